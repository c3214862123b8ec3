// An Electrum server for tests: as much of the protocol (version 1.4) as a
// wallet on regtest needs, over a node that speaks bitcoind's calls. It holds
// the whole chain in memory, reads it again from the start after a
// reorganisation, and is asked by nobody but the wallet of a test. So Debian's
// Electrum can be the independent payer, and the newsroom's own wallet.
import { createHash } from 'node:crypto';
import net from 'node:net';

const VERSION = ['farthing-test 1', '1.4'];
const POLL_MS = 200;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const sha256d = (bytes) => sha256(sha256(bytes));
const reversed = (hex) => Buffer.from(hex, 'hex').reverse();
const hashOfScript = (hex) => sha256(Buffer.from(hex, 'hex')).reverse()
	.toString('hex');

// The hashes beside the way from transaction AT up to the root.
function merkleBranch(txids, at) {
	let row = txids.map(reversed);
	const branch = [];
	while (row.length > 1) {
		if (row.length % 2)
			row.push(row[row.length - 1]);
		branch.push(Buffer.from(row[at ^ 1]).reverse().toString('hex'));
		const above = [];
		for (let i = 0; i < row.length; i += 2)
			above.push(sha256d(Buffer.concat([row[i], row[i + 1]])));
		row = above;
		at >>= 1;
	}
	return branch;
}

class Index {
	constructor(rpc) {
		this.rpc = rpc;
		this.clear();
	}

	clear() {
		this.blocks = []; // { hash, header, txids }
		this.outputs = new Map(); // "txid:n" -> script hash
		this.history = new Map(); // script hash -> Map(txid -> height)
		this.mempool = new Map(); // txid -> script hashes
		this.values = new Map(); // "txid:n" -> { hash, sats }
		this.spent = new Set();
	}

	touch(hash, txid, height) {
		if (!this.history.has(hash))
			this.history.set(hash, new Map());
		this.history.get(hash).set(txid, height);
	}

	take(tx, height) {
		const touched = new Set();
		for (const input of tx.vin) {
			const from = `${input.txid}:${input.vout}`;
			if (this.outputs.has(from))
				touched.add(this.outputs.get(from));
			if (input.txid)
				this.spent.add(from);
		}
		for (const output of tx.vout) {
			const hash = hashOfScript(output.scriptPubKey.hex);
			const at = `${tx.txid}:${output.n}`;
			this.outputs.set(at, hash);
			this.values.set(at,
				{ hash, sats: Math.round(output.value * 1e8) });
			touched.add(hash);
		}
		for (const hash of touched)
			this.touch(hash, tx.txid, height);
		return touched;
	}

	// Reads what is new. Returns whether anything was.
	async follow() {
		const height = await this.rpc('getblockcount');
		let changed = false;
		for (let at = this.blocks.length - 1; at >= 0; at--) {
			const is = at <= height &&
				await this.rpc('getblockhash', [at]) ===
				this.blocks[at].hash;
			if (is)
				break;
			// Another chain, or a shorter one: all anew.
			this.clear();
			changed = true;
			break;
		}
		for (let at = this.blocks.length; at <= height; at++) {
			const hash = await this.rpc('getblockhash', [at]);
			const block = await this.rpc('getblock', [hash, 2]);
			const txs = block.rawtx ?? block.tx;
			this.blocks.push({
				hash,
				header: await this.rpc('getblockheader',
					[hash, false]),
				txids: txs.map((tx) => tx.txid),
			});
			for (const tx of txs) {
				this.mempool.delete(tx.txid);
				this.take(tx, at);
			}
			changed = true;
		}
		return await this.followMempool() || changed;
	}

	async followMempool() {
		const now = new Set(await this.rpc('getrawmempool'));
		let changed = false;
		for (const txid of now) {
			if (this.mempool.has(txid))
				continue;
			const tx = await this.rpc('getrawtransaction', [txid, 1]);
			this.mempool.set(txid, this.take(tx, 0));
			changed = true;
		}
		for (const [txid, touched] of this.mempool) {
			if (now.has(txid))
				continue;
			for (const hash of touched)
				this.history.get(hash)?.delete(txid);
			this.mempool.delete(txid);
			changed = true;
		}
		return changed;
	}

	list(hash) {
		return [...this.history.get(hash) ?? []]
			.map(([tx_hash, height]) => height ? { tx_hash, height }
				: { tx_hash, height, fee: 200 })
			.sort((a, b) => (a.height || 1e9) - (b.height || 1e9));
	}

	status(hash) {
		const list = this.list(hash);
		return list.length ? sha256(list.map((row) =>
			`${row.tx_hash}:${row.height}:`).join('')).toString('hex')
			: null;
	}

	unspent(hash) {
		const rows = [];
		for (const { tx_hash, height } of this.list(hash))
			for (let n = 0; this.values.has(`${tx_hash}:${n}`); n++) {
				const output = this.values.get(`${tx_hash}:${n}`);
				if (output.hash === hash &&
					!this.spent.has(`${tx_hash}:${n}`))
					rows.push({ tx_hash, tx_pos: n, height,
						value: output.sats });
			}
		return rows;
	}
}

class Peer {
	constructor(socket, index, rpc) {
		Object.assign(this, { socket, index, rpc });
		this.watched = new Map(); // script hash -> status told
		this.tip = null;
		let rest = '';
		socket.on('error', () => {});
		socket.on('data', (data) => {
			const lines = (rest + data).split('\n');
			rest = lines.pop();
			for (const line of lines)
				this.hear(JSON.parse(line));
		});
	}

	say(message) {
		this.socket.write(`${JSON.stringify(
			{ jsonrpc: '2.0', ...message })}\n`);
	}

	async hear({ id, method, params = [] }) {
		try {
			this.say({ id, result: await this.answer(method, params) });
		} catch (error) {
			this.say({ id, error: { code: 1, message: error.message } });
		}
	}

	header() {
		const height = this.index.blocks.length - 1;
		return { height, hex: this.index.blocks[height].header };
	}

	headers(start, count) {
		const rows = this.index.blocks.slice(start, start + count);
		return { count: rows.length, max: 2016,
			hex: rows.map((row) => row.header).join('') };
	}

	async answer(method, params) {
		const { index } = this;
		switch (method) {
		case 'server.version': return VERSION;
		case 'server.features': return {
			genesis_hash: index.blocks[0].hash, hosts: {},
			protocol_min: '1.4', protocol_max: '1.4', pruning: null,
			server_version: VERSION[0], hash_function: 'sha256' };
		case 'server.banner': return 'for tests';
		case 'server.donation_address': return '';
		case 'server.peers.subscribe': return [];
		case 'server.ping': return null;
		case 'mempool.get_fee_histogram': return [];
		case 'blockchain.estimatefee':
		case 'blockchain.relayfee': return 0.00001;
		case 'blockchain.headers.subscribe':
			this.tip = this.header();
			return this.tip;
		case 'blockchain.block.header':
			return index.blocks[params[0]].header;
		case 'blockchain.block.headers':
			return this.headers(params[0], params[1]);
		case 'blockchain.scripthash.subscribe':
			this.watched.set(params[0], index.status(params[0]));
			return this.watched.get(params[0]);
		case 'blockchain.scripthash.get_history':
			return index.list(params[0]);
		case 'blockchain.scripthash.listunspent':
			return index.unspent(params[0]);
		case 'blockchain.transaction.get':
			return this.rpc('getrawtransaction', [params[0], 0]);
		case 'blockchain.transaction.broadcast':
			return this.rpc('sendrawtransaction', [params[0]]);
		case 'blockchain.transaction.get_merkle': {
			const { txids } = index.blocks[params[1]];
			const pos = txids.indexOf(params[0]);
			return { block_height: params[1], pos,
				merkle: merkleBranch(txids, pos) };
		}
		default: throw new Error(`unknown method ${method}`);
		}
	}

	tellChanges() {
		const now = this.header();
		if (this.tip && this.tip.hex !== now.hex) {
			this.tip = now;
			this.say({ method: 'blockchain.headers.subscribe',
				params: [now] });
		}
		for (const [hash, told] of this.watched) {
			const status = this.index.status(hash);
			if (status === told)
				continue;
			this.watched.set(hash, status);
			this.say({ method: 'blockchain.scripthash.subscribe',
				params: [hash, status] });
		}
	}
}

// Serves what RPC(method, params) knows, at PORT, 0 for any that is free;
// resolves to { port, stop }.
export async function electrumServer(rpc, port = 0) {
	const index = new Index(rpc);
	const peers = new Set();
	await index.follow();
	const server = net.createServer((socket) => {
		const peer = new Peer(socket, index, rpc);
		peers.add(peer);
		socket.on('close', () => peers.delete(peer));
	});
	await new Promise((done, fail) => server.on('error', fail)
		.listen(port, '127.0.0.1', done));
	let timer;
	let is_stopped = false;
	const poll = async () => {
		try {
			if (await index.follow())
				for (const peer of peers)
					peer.tellChanges();
		} catch {
			// The node is being started again, perhaps.
		}
		if (!is_stopped)
			timer = setTimeout(poll, POLL_MS);
	};
	timer = setTimeout(poll, POLL_MS);
	return {
		port: server.address().port,
		stop() {
			is_stopped = true;
			clearTimeout(timer);
			for (const peer of peers)
				peer.socket.destroy();
			server.close();
		},
	};
}
