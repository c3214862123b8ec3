// SPDX-License-Identifier: MIT
//
// A btcd on regtest, a wallet of one key that pays, and the watch as a
// program whose facts are folded into what a till would hold.

import {spawn, execFileSync} from 'node:child_process';
import {createInterface} from 'node:readline';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import http from 'node:http';

const root = fileURLToPath(new URL('../../', import.meta.url));
const build = join(root, 'build', process.env.V || 'debug', 'test/node');
const btcd = join(root, 'build/nodes/btcd-v0.24.2');

export const MINER = '11'.repeat(32);
export const USER = 'user', PASSWORD = 'secret';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export function freePort() {
	return new Promise((done) => {
		const s = createServer().listen(0, '127.0.0.1', () => {
			const {port} = s.address();
			s.close(() => done(port));
		});
	});
}

export async function until(what, test, ms = 20000) {
	const end = Date.now() + ms;

	for (;;) {
		const got = await test();
		if (got)
			return got;
		if (Date.now() > end)
			throw new Error(`still not: ${what}`);
		await sleep(30);
	}
}

export const pay = (...args) =>
	execFileSync(join(build, 'pay'), args, {encoding: 'utf8'}).trim();

// A script that nobody holds the key of: p2wpkh of a number.
export const scriptOf = (n) => '0014' + n.toString(16).padStart(40, '0');

export class Node {
	static async start(options = {}) {
		const n = new Node();
		n.dir = mkdtempSync(join(tmpdir(), 'farthing-node-'));
		n.port = options.port || await freePort();
		n.p2p = await freePort();
		n.network = options.network || 'regtest';
		n.miner = options.miner;
		await n.up();
		return n;
	}
	async up() {
		const script = ['--' + this.network, '--notls',
			'--nodnsseed', `--rpcuser=${USER}`, `--rpcpass=${PASSWORD}`,
			`--rpclisten=127.0.0.1:${this.port}`,
			`--listen=127.0.0.1:${this.p2p}`,
			`--datadir=${this.dir}/data`, `--logdir=${this.dir}/log`,
			'--txindex', '--debuglevel=error',
			'--minrelaytxfee=0.00000001'];
		if (this.network === 'regtest')
			script.push('--miningaddr=' +
				(this.miner || pay(MINER, 'address', 'regtest')));
		this.child = spawn(btcd, script, {stdio: 'ignore'});
		await until('btcd answers', () =>
			this.call('getblockcount').then(() => true, () => false));
	}
	async down() {
		if (!this.child)
			return;
		const gone = new Promise((done) => this.child.on('exit', done));
		this.child.kill('SIGINT');
		await gone;
		this.child = null;
	}
	async stop() {
		await this.down();
		rmSync(this.dir, {recursive: true, force: true});
	}
	get url() {
		return `${USER}:${PASSWORD}@http://127.0.0.1:${this.port}/`;
	}
	async call(method, ...params) {
		const answer = await fetch(`http://127.0.0.1:${this.port}/`, {
			method: 'POST',
			headers: {authorization: 'Basic ' +
				Buffer.from(`${USER}:${PASSWORD}`).toString('base64')},
			body: JSON.stringify({jsonrpc: '1.0', id: 1, method, params}),
		});
		const {result, error} = await answer.json();
		if (error)
			throw new Error(`${method}: ${error.message}`);
		return result;
	}
	generate(n) {
		return this.call('generate', n);
	}
	best() {
		return this.call('getbestblockhash');
	}
	// What the best chain pays to SCRIPTS: {"txid:vout": satoshi}
	async paid(scripts) {
		const all = {};
		for (let hash = await this.best(); hash;) {
			const block = await this.call('getblock', hash, 2);
			for (const tx of block.rawtx || block.tx)
				for (const out of tx.vout)
					if (scripts.includes(out.scriptPubKey.hex))
						all[`${tx.txid}:${out.n}`] =
							Math.round(out.value * 1e8);
			hash = block.height > 0 ? block.previousblockhash : null;
		}
		return all;
	}
}

// Pays out of the miner's coinbases.
export class Wallet {
	constructor(node) {
		this.node = node;
		this.script = pay(MINER, 'script');
		this.coins = [];
	}
	// Takes the coinbases of blocks FROM to TO, which must be mature when
	// they are spent.
	async collect(from, to) {
		for (let h = from; h <= to; h++) {
			const hash = await this.node.call('getblockhash', h);
			const block = await this.node.call('getblock', hash, 2);
			const tx = (block.rawtx || block.tx)[0];
			this.coins.push({at: `${tx.txid}:0`,
				value: Math.round(tx.vout[0].value * 1e8)});
		}
	}
	// A signed transaction that pays VALUE to each of SCRIPTS.
	make(coin, scripts, value, {fee = 1000, sequence = 0xfffffffd} = {}) {
		const change = coin.value - value * scripts.length - fee;
		return pay(MINER, 'sign', `${coin.at}:${coin.value}:${sequence}`,
			'/', ...scripts.map((s) => `${s}:${value}`),
			`${this.script}:${change}`);
	}
	async send(hex) {
		return this.node.call('sendrawtransaction', hex);
	}
	async pay(script, value, options) {
		const coin = this.coins.shift();
		const txid = await this.send(this.make(coin, [script], value, options));
		return {txid, coin};
	}
}

// The watch, and a till that folds its facts as coin/fact.h says.
export class Watch {
	constructor(urls, {poll = 50, stale = 1e9, more = []} = {}) {
		this.facts = [];
		this.notices = []; // "HOST: ok", "HOST: what is wrong"
		this.blocks = []; // {height, hash, paid: {}}
		this.seen = {};
		this.epoch = 0;
		this.child = spawn(join(build, 'watch_probe'),
			[String(poll), String(stale), ...more, ...[urls].flat()],
			{stdio: ['pipe', 'pipe', 'inherit']});
		createInterface({input: this.child.stdout}).on('line',
			(line) => this.fact(line));
	}
	say(line) {
		this.child.stdin.write(line + '\n');
	}
	hello(birth, scripts, {network = 'regtest', list = this.list(),
		pending = []} = {}) {
		this.epoch++;
		this.synced = null;
		this.pool = false;
		this.say(`hello ${this.epoch} ${network} ${birth} ${list.join(' ')}`);
		for (let i = 0; i < scripts.length; i += 500)
			this.say('scripts ' + scripts.slice(i, i + 500).join(' '));
		for (const p of pending)
			this.say('pending ' + p);
		this.say('end');
	}
	list() {
		return this.blocks.slice(-12).reverse()
			.map((b) => `${b.height}:${b.hash}`);
	}
	fact(line) {
		if (line.startsWith('notices ')) {
			this.notices.push(line.slice(8));
			return;
		}
		const [epoch, seq, ...rest] = line.split(' ');
		const text = rest.join(' ');
		const kind = ['block gone', 'spent by', 'node', 'block', 'paid', 'seen',
			'dropped', 'synced', 'rate'].find((k) => text.startsWith(k + ' '));
		const args = text.slice(kind.length + 1).split(' ');

		this.facts.push({kind, args, text});
		if (Number(epoch) !== this.epoch)
			return;
		this.fold(kind, args);
	}
	fold(kind, args) {
		const above = (height) => {
			this.blocks = this.blocks.filter((b) => b.height < height);
		};
		if (kind === 'node') {
			this.state = args.join(' ');
		} else if (kind === 'block') {
			const [height, hash] = [Number(args[0]), args[1]];
			const old = this.blocks.find((b) => b.height === height);
			if (old && old.hash !== hash)
				above(height);
			if (!old || old.hash !== hash)
				this.blocks.push({height, hash, paid: {}});
			this.synced = null;
		} else if (kind === 'block gone') {
			above(Number(args[0]));
			this.synced = null;
		} else if (kind === 'paid') {
			const block = this.blocks.find((b) => b.height === Number(args[3]));
			block.paid[args[0]] = Number(args[2]);
			delete this.seen[args[0]];
		} else if (kind === 'seen') {
			this.seen[args[0]] = Number(args[2]);
		} else if (kind === 'dropped') {
			for (const at of Object.keys(this.seen))
				if (at.startsWith(args[0]))
					delete this.seen[at];
		} else if (kind === 'synced') {
			this.synced = this.blocks.find(
				(b) => b.height === Number(args[0])).hash;
			this.pool ||= args[1] === 'pool';
		}
	}
	paid() {
		return Object.assign({}, ...this.blocks.map((b) => b.paid));
	}
	of(kind) {
		return this.facts.filter((f) => f.kind === kind);
	}
	// Milliseconds of processor that the watch has used.
	cpu() {
		const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return 10 * (Number(fields[11]) + Number(fields[12]));
	}
	level(node, ms) {
		return until('the watch is level with the node', async () =>
			this.synced && this.synced === await node.best(), ms);
	}
	async stop() {
		const gone = new Promise((done) => this.child.on('exit',
			(code) => done(code)));
		this.child.stdin.end('quit\n');
		const code = await gone;
		if (code !== 0)
			throw new Error(`watch_probe ended with ${code}`);
	}
}

// Stands in front of a node and alters its answers. LIE gets the method, the
// answer and the params, and returns the answer to send: an object, a string
// for raw bytes, or a function that is given the response.
export async function liar(node, lie) {
	const server = http.createServer((request, response) => {
		let body = '';
		request.on('data', (part) => body += part);
		request.on('end', async () => {
			const {id, method, params} = JSON.parse(body);
			let answer;
			try {
				answer = {result: await node.call(method, ...params),
					error: null, id};
			} catch (e) {
				answer = {result: null,
					error: {code: -5, message: e.message}, id};
			}
			const altered = await lie(method, answer, params);
			if (typeof altered === 'function')
				altered(response);
			else
				response.end(typeof altered === 'string'
					? altered : JSON.stringify(altered));
		});
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `u:p@http://127.0.0.1:${server.address().port}/`,
		stop: () => {
			server.closeAllConnections();
			return new Promise((done) => server.close(done));
		},
	};
}
