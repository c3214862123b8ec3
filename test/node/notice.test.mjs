// SPDX-License-Identifier: MIT
//
// Notices make the watch look before its time: a real btcd's WebSocket, a
// ZeroMQ publisher of a few lines, and servers that break every rule. The watch
// polls once in half a minute here, so what is seen sooner is a notice's work.

import {test, before, after} from 'node:test';
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {createServer} from 'node:net';
import {Node, Wallet, Watch, scriptOf, sleep, until} from './lib.mjs';

const POLL = 30000, SOON = 3000;
let node, wallet, next = 1000;

before(async () => {
	node = await Node.start();
	wallet = new Wallet(node);
	await node.generate(440);
	await wallet.collect(1, 40);
});

after(() => node?.stop());

// A server of bare sockets: SERVE gets each connection.
async function bare(serve) {
	const sockets = new Set();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
		serve(socket);
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	return {
		port: server.address().port,
		sockets,
		stop: () => {
			sockets.forEach((s) => s.destroy());
			return new Promise((done) => server.close(done));
		},
	};
}

async function watching(options) {
	const script = scriptOf(next++);
	const watch = new Watch(node.url, {poll: POLL, ...options});
	watch.hello(440, [script]);
	await watch.level(node);
	await until('the mempool is told', () => watch.pool);
	return {watch, script};
}

const ok = (watch) => until('notices come', () =>
	watch.notices.some((n) => n.endsWith(': ok')));

async function latency(what, watch, test, ms = SOON) {
	const begun = performance.now();
	await until(what, test, ms);
	const took = performance.now() - begun;
	console.log(`# ${what}: ${took.toFixed(0)} ms`);
	return took;
}

const seen = (watch) => Object.keys(watch.seen).length;
const paid = (watch) => Object.keys(watch.paid()).length;

test('btcd: a payment is seen, and its block, long before the next poll', async () => {
	const {watch, script} = await watching({more: ['notices']});
	await ok(watch);
	await sleep(500); // the look that a new connection makes
	for (let i = 0; i < 5; i++) {
		await wallet.pay(script, 1000 + i);
		await latency('a payment is seen', watch, () => seen(watch) === i + 1);
		await sleep(100 * i);
	}
	await node.generate(1);
	await latency('a block is told', watch, () => paid(watch) === 5);
	await watch.stop();
});

// A publisher as libzmq's: its greeting in two parts, subscriptions obeyed.
function publisher(socket) {
	let had = Buffer.alloc(0), topics = [], greeted = false;
	const greeting = Buffer.alloc(64);
	greeting[0] = 0xff;
	greeting[8] = 1;
	greeting[9] = 0x7f;
	greeting[10] = 3;
	greeting[11] = 1;
	greeting.write('NULL', 12);
	socket.write(greeting.subarray(0, 10));
	socket.on('data', (part) => {
		had = Buffer.concat([had, part]);
		if (!greeted) {
			if (had.length < 64)
				return;
			assert.equal(had[0], 0xff);
			assert.equal(had[10], 3);
			assert.equal(had.toString('latin1', 12, 16), 'NULL');
			had = had.subarray(64);
			greeted = true;
			socket.write(greeting.subarray(10));
			const ready = Buffer.from('\x05READY\x0bSocket-Type' +
				'\0\0\0\x03PUB\x08Identity\0\0\0\0', 'latin1');
			socket.write(Buffer.from([4, ready.length]));
			socket.write(ready);
		}
		while (had.length >= 2 && had.length >= 2 + had[1]) {
			const body = had.subarray(2, 2 + had[1]);
			if (had[0] === 4)
				assert.match(body.toString('latin1'), /READY.*SUB/s);
			else if (body[0] === 1)
				topics.push(body.toString('latin1', 1));
			had = had.subarray(2 + had[1]);
		}
	});
	socket.notify = (topic) => {
		if (!topics.some((t) => topic.startsWith(t)))
			return;
		socket.write(Buffer.concat([Buffer.from([1, topic.length]),
			Buffer.from(topic), Buffer.from([1, 32]), Buffer.alloc(32, 7),
			Buffer.from([0, 4, 0, 0, 0, 0])]));
	};
}

test('ZeroMQ: a payment is seen, and its block, long before the next poll', async () => {
	const server = await bare(publisher);
	const notify = (topic) =>
		server.sockets.forEach((s) => s.notify(topic));
	const {watch, script} = await watching(
		{more: [`tcp://127.0.0.1:${server.port}`]});
	await ok(watch);
	await sleep(500);
	await wallet.pay(script, 1000);
	notify('rawtx');
	await sleep(500);
	assert.equal(seen(watch), 0);
	notify('hashtx');
	await latency('a payment is seen by ZeroMQ', watch, () => seen(watch) === 1);
	await node.generate(1);
	notify('hashblock');
	await latency('a block is told by ZeroMQ', watch, () => paid(watch) === 1);
	server.sockets.forEach((s) => s.destroy());
	await until('it is connected again', () =>
		watch.notices.filter((n) => n.endsWith(': ok')).length === 2);
	await watch.stop();
	await server.stop();
});

// A server of WebSockets that goes wrong once the opening is done.
const wrong = (after) => (socket) => {
	let head = '';
	socket.on('data', (part) => {
		if (head.includes('\r\n\r\n'))
			return;
		head += part.toString('latin1');
		if (!head.includes('\r\n\r\n'))
			return;
		const key = /Sec-WebSocket-Key: (\S+)/.exec(head)[1];
		const accept = createHash('sha1')
			.update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
			.digest('base64');
		socket.write('HTTP/1.1 101 Switching Protocols\r\n' +
			'Upgrade: websocket\r\nConnection: Upgrade\r\n' +
			`Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
		after(socket);
	});
};

const flood = (bytes) => (socket) => {
	const more = () => {
		while (!socket.destroyed && socket.write(bytes))
			;
	};
	socket.on('drain', more);
	more();
};

// Runs a watch whose only notices come from SERVE, polls often, and demands
// that payments are found as ever; returns what was told of the notices.
function broken(name, serve, want, {busy = 0.5} = {}) {
	test(`with ${name} the watch goes on`, async () => {
		let tries = 0;
		const server = await bare((socket) => {
			tries++;
			serve(socket);
		});
		const script = scriptOf(next++);
		const watch = new Watch(node.url, {poll: 300,
			more: [`ws:u:p@http://127.0.0.1:${server.port}/`]});
		watch.hello(440, [script]);
		await watch.level(node);
		const line = await until('it is told', () => watch.notices.find((n) =>
			n.startsWith(`127.0.0.1:${server.port}: `) && want.test(n)));
		assert.ok(line);
		const cpu = watch.cpu();
		const begun = performance.now();
		await wallet.pay(script, 1000);
		await until('the payment is seen', () => seen(watch) === 1);
		await sleep(1500);
		const share = (watch.cpu() - cpu) / (performance.now() - begun);
		assert.ok(share < busy, `busy for ${share} of the time`);
		assert.ok(tries < 8, `${tries} tries`);
		assert.ok(!watch.of('node').some((f) => /^down/.test(f.text)));
		await watch.stop();
		await server.stop();
	});
}

broken('a server that closes at once', (s) => s.destroy(), /ended/);
broken('a server that talks something else', (s) => s.write('220 ready\r\n\r\n'),
	/no WebSocket/);
broken('a server that refuses', (s) => s.end(
	'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'), /404/);
broken('a head without an end', flood('HTTP/1.1 101 OK\r\nA: b\r\n'),
	/without an end/);
broken('a masked frame', wrong((s) => s.write(Buffer.from([0x81, 0x81, 1, 1, 1, 1, 1]))),
	/breaks the rules/);
broken('a frame of 2^63 bytes', wrong((s) =>
	s.write(Buffer.from([0x81, 127, 0x7f, 0, 0, 0, 0, 0, 0, 0]))),
	/breaks the rules/);
broken('a server that stands and closes', wrong((s) => s.end()), /ended|ok/);
broken('a flood of notices', wrong(flood(Buffer.alloc(60000,
	Buffer.from([0x81, 1, 0x41])))), /more than anyone needs/);
broken('a notice every millisecond', wrong((s) => {
	const timer = setInterval(() => s.write(Buffer.from([0x81, 1, 0x41])), 1);
	s.on('close', () => clearInterval(timer));
}), /ok/);
broken('a flood of pings', wrong(flood(Buffer.alloc(60000,
	Buffer.from([0x89, 1, 0x41])))), /answers|more than anyone needs/);
broken('frames that come byte by byte and never end', wrong((s) => {
	s.write(Buffer.from([0x81, 126, 0xff, 0xff]));
	const timer = setInterval(() => s.write('a'), 5);
	s.on('close', () => clearInterval(timer));
}), /ok/);

test('a ZeroMQ that is none, and one that says nothing, harm nobody', async () => {
	const loud = await bare((s) => s.write('HTTP/1.1 200 OK\r\n\r\n'));
	const mute = await bare(() => {});
	const script = scriptOf(next++);
	const watch = new Watch(node.url, {poll: 300, more:
		[`tcp://127.0.0.1:${loud.port}`, `tcp://127.0.0.1:${mute.port}`]});
	watch.hello(440, [script]);
	await until('it is told', () => watch.notices.some((n) =>
		/no ZeroMQ/.test(n)));
	await wallet.pay(script, 1000);
	await until('the payment is seen', () => seen(watch) === 1);
	await watch.stop();
	await loud.stop();
	await mute.stop();
});
