// SPDX-License-Identifier: MIT
//
// A node behind TLS, as btcd is without more ado: calls over https and notices
// over wss, with the certificate that node_ca names, and with another. The
// node knows the first block of regtest and nothing else.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { paperWithBatch } from './gifts.mjs';
import { until } from './paper.mjs';

const genesis = {
	hash: '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
	header: '0100000000000000000000000000000000000000000000000000000000000000' +
		'000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e' +
		'5e4adae5494dffff7f2002000000',
};
const answers = {
	getblockchaininfo: () => ({ chain: 'regtest', blocks: 0, headers: 0,
		bestblockhash: genesis.hash }),
	getblockhash: () => genesis.hash,
	getblockheader: () => genesis.header,
	getrawmempool: () => [],
};

class Node {
	calls = [];
	sockets = new Set();

	async start(tls) {
		this.server = https.createServer(tls, (request, response) => {
			let body = '';
			request.on('data', (d) => { body += d; });
			request.on('end', () => {
				const { id, method } = JSON.parse(body);
				this.calls.push({ method,
					authorization: request.headers.authorization });
				response.end(JSON.stringify({ id, error: null,
					result: answers[method]?.() ?? null }));
			});
		});
		this.server.on('upgrade', (request, socket) => {
			this.opening = request.headers;
			this.path = request.url;
			this.sockets.add(socket);
			socket.on('error', () => {});
			socket.write('HTTP/1.1 101 Switching Protocols\r\n' +
				'Upgrade: websocket\r\nConnection: Upgrade\r\n' +
				`Sec-WebSocket-Accept: ${createHash('sha1').update(
					request.headers['sec-websocket-key'] +
					'258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')}` +
				'\r\n\r\n');
		});
		this.server.on('tlsClientError', () => { this.refused = true; });
		await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
		this.port = this.server.address().port;
		return this;
	}

	notify() {
		const text = Buffer.from('{"jsonrpc":"1.0","method":"blockconnected"}');
		for (const socket of this.sockets)
			socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
	}

	stop() {
		this.sockets.forEach((s) => s.destroy());
		this.server.closeAllConnections();
		return new Promise((done) => this.server.close(done));
	}
}

let dir, paper, node;

function certificate(name) {
	const key = path.join(dir, `${name}.key`);
	const file = path.join(dir, `${name}.pem`);
	const done = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048',
		'-nodes', '-keyout', key, '-out', file, '-days', '2', '-subj',
		'/CN=localhost', '-addext',
		'subjectAltName=DNS:localhost,IP:127.0.0.1'], { encoding: 'utf8' });
	assert.equal(done.status, 0, done.stderr);
	return { file, key: fs.readFileSync(key), cert: fs.readFileSync(file) };
}

before(() => { dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-tls-')); });
after(() => fs.rmSync(dir, { recursive: true }));
afterEach(async () => {
	if (paper?.child)
		await paper.stop();
	await node?.stop();
	paper = node = null;
});

async function served(ca, tls) {
	node = await new Node().start(tls);
	paper = await paperWithBatch({ conf:
		`node = https://reader:secret@localhost:${node.port}\n` +
		`node_ca = ${ca}\nnode_poll_seconds = 600\n` });
	fs.chmodSync(path.join(paper.paper, 'farthing.conf'), 0o600);
	await paper.serve();
}

const said = (pattern) => until(String(pattern), () =>
	pattern.test(paper.said), 30000);

test('with the right certificate it is asked over https, and its notices over wss are heeded',
	async () => {
		const own = certificate('own');
		await served(own.file, own);
		await said(/watch: notices come from localhost:\d+/);
		await until('the chain', () => /block {6}0\n/.test(
			paper.command('support')), 30000);
		assert.equal(node.path, '/ws');
		const basic = `Basic ${Buffer.from('reader:secret').toString('base64')}`;
		assert.equal(node.opening.authorization, basic);
		assert.ok(node.calls.every((c) => c.authorization === basic));
		// Ten minutes too early.
		const before = node.calls.length;
		node.notify();
		await until('it looks', () => node.calls.length > before, 10000);
		assert.doesNotMatch(paper.said, /secret/);
	});

test('with another certificate nothing is asked, and the reason is told', async () => {
	const own = certificate('own');
	const other = certificate('other');
	await served(other.file, own);
	await said(/no notices from localhost:\d+ \(.*certificate.*\)/i);
	await until('the reason', () => /node {7}down: .*certificate/i.test(
		paper.command('support')), 30000);
	assert.equal(node.calls.length, 0);
	assert.equal(node.sockets.size, 0);
});
