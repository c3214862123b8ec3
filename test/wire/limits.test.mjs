// SPDX-License-Identifier: MIT
//
// What one reader may take, what all may, and what is written down of it.
// Loopback has a whole /8 of addresses, so that readers can be told apart.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { paperWithBatch } from './gifts.mjs';
import { Paper, sleep, until } from './paper.mjs';

let paper;
afterEach(async () => {
	if (paper)
		await paper.stop();
	paper = null;
});

// How often each status came for N requests.
async function statuses(n, options) {
	const count = {};
	for (let i = 0; i < n; i++) {
		const { status, headers } = await paper.get('/', options);
		count[status] = (count[status] || 0) + 1;
		if (status === 429 || status === 503)
			assert.ok(headers['retry-after'], 'no Retry-After');
	}
	return count;
}

// Two readers share the work, each with a limit of its own: what matters is
// that it ends, and that others are unharmed.
const tight = 'requests_per_second = 1\nrequests_burst = 10\n';

test('who asks too fast is told so, and others are not', async () => {
	paper = await Paper.start({ conf: `trust_loopback = no\n${tight}` });
	const greedy = await statuses(60, { localAddress: '127.0.0.1' });
	assert.ok(greedy[200] >= 10 && greedy[200] <= 26, JSON.stringify(greedy));
	assert.ok(greedy[429] >= 30, JSON.stringify(greedy));
	assert.deepEqual(await statuses(10, { localAddress: '127.0.0.2' }), { 200: 10 });
	await sleep(2200);
	const later = await statuses(1, { localAddress: '127.0.0.1' });
	assert.deepEqual(later, { 200: 1 });
});

test('behind a proxy on this machine the reader is who it says', async () => {
	paper = await Paper.start({ conf: tight });
	const from = (address) => ({ headers: { 'x-forwarded-for': address } });
	assert.ok((await statuses(60, from('203.0.113.1')))[429] >= 30);
	assert.deepEqual(await statuses(10, from('203.0.113.2')), { 200: 10 });
	// The last one is the proxy's own word; what stands before it is not.
	assert.ok((await statuses(10, from('203.0.113.77, 203.0.113.1')))[429] >= 5);
	assert.deepEqual(await statuses(10, from('203.0.113.1, 203.0.113.78')), { 200: 10 });
	assert.deepEqual(await statuses(60, {}), { 200: 60 });
});

test('an IPv6 network of /64 is one reader', async () => {
	paper = await Paper.start({ conf: tight });
	const from = (address) => ({ headers: { 'x-forwarded-for': address } });
	const count = { 200: 0, 429: 0 };
	for (let i = 0; i < 60; i++)
		count[(await paper.get('/', from(`2001:db8::${i.toString(16)}`))).status]++;
	assert.ok(count[429] >= 30, JSON.stringify(count));
	assert.deepEqual(await statuses(10, from('2001:db8:0:1::1')), { 200: 10 });
});

test('a reader on the net cannot choose to be another', async () => {
	paper = await Paper.start({ conf: `trust_loopback = no\n${tight}` });
	const count = { 200: 0, 429: 0 };
	for (let i = 0; i < 60; i++)
		count[(await paper.get('/', {
			headers: { 'x-forwarded-for': `203.0.113.${i}` } })).status]++;
	assert.ok(count[429] >= 30, JSON.stringify(count));
});

test('connections of one address are limited, and given back', async () => {
	paper = await Paper.start({
		conf: 'trust_loopback = no\nconnections_per_address = 5\n' });
	const open = Array.from({ length: 40 }, () => {
		const socket = paper.connect({ localAddress: '127.0.0.1' });
		socket.got = '';
		socket.on('data', (d) => { socket.got += d; });
		return socket;
	});
	await until('the refusals', () =>
		open.filter((s) => s.got.startsWith('HTTP/1.1 429 ')).length >= 30);
	assert.ok(open.filter((s) => s.got === '').length >= 5);
	assert.deepEqual(await statuses(5, { localAddress: '127.0.0.9' }), { 200: 5 });
	for (const socket of open)
		socket.destroy();
	await sleep(100);
	assert.deepEqual(await statuses(3, { localAddress: '127.0.0.1' }), { 200: 3 });
});

// Sends a request in two pieces, the second when the first has arrived.
function inPieces(head, rest, options) {
	return new Promise((done, failed) => {
		const socket = paper.connect(options);
		let got = '';
		socket.on('data', (d) => {
			got += d;
			if (/\r\n\r\n/.test(got)) {
				done(got);
				socket.destroy();
			}
		});
		socket.on('close', () => failed(new Error(`closed: ${got}`)));
		socket.write(head);
		setTimeout(() => socket.write(rest), 100);
	});
}

for (const [what, conf, as] of [
	['behind a proxy', '', (n) => ['', `X-Forwarded-For: 203.0.113.${n}\r\n`]],
	['by itself', 'trust_loopback = no\n', (n) => [`127.0.0.${n}`, '']],
])
	test(`unfinished requests of one reader leave room for others, ${what}`,
		async () => {
			paper = await paperWithBatch({
				conf: `${conf}connections_per_address = 2000\n` });
			await paper.serve();
			await until('support', async () =>
				(await paper.get('/support')).status === 200);
			const post = (n, length) => `POST /support HTTP/1.1\r\nHost: a\r\n${
				as(n)[1]}Content-Type: application/x-www-form-urlencoded\r\n` +
				`Content-Length: ${length}\r\n\r\n`;
			const from = (n) => as(n)[0] ? { localAddress: as(n)[0] } : {};
			const greedy = Array.from({ length: 800 }, () => {
				const socket = paper.connect(from(1));
				socket.got = '';
				socket.on('data', (d) => { socket.got += d; });
				socket.write(post(1, 65000) + 'a'.repeat(60000));
				return socket;
			});
			// Both readers then have no room left for this one.
			await until('refusals', () => greedy.filter((s) =>
				s.got.startsWith('HTTP/1.1 503 ')).length >= 200);
			const half = 'a'.repeat(30000);
			const fair = await inPieces(post(2, 60000) + half, half, from(2));
			assert.doesNotMatch(fair, /^HTTP\/1\.1 (429|503) /);
			for (const socket of greedy)
				socket.destroy();
			assert.equal((await paper.get('/')).status, 200);
		});

test('when all connections are taken, a ready 503 comes quickly', async () => {
	paper = await Paper.start({ conf: 'connections = 40\n' });
	const open = Array.from({ length: 200 }, () => paper.connect());
	await sleep(200);
	const began = performance.now();
	const count = await statuses(20);
	const each = (performance.now() - began) / 20;
	assert.ok(count[503] >= 18, JSON.stringify(count));
	assert.ok(each < 50, `${each} ms for each`);
	for (const socket of open)
		socket.destroy();
	await until('room again', async () => (await paper.get('/')).status === 200);
});

test('the access log has no addresses', async () => {
	paper = await Paper.start({ conf: 'access_log = access.log\n' });
	const file = path.join(paper.paper, 'access.log');
	await paper.get('/nothing?secret=1', { headers: {
		'x-forwarded-for': '203.0.113.5', 'user-agent': 'wire/1 "\\x' } });
	await paper.get('/');
	const log = await until('two lines', () => {
		const text = fs.readFileSync(file, 'utf8');
		return text.split('\n').length >= 3 && text;
	});
	assert.match(log, /\/nothing/);
	assert.doesNotMatch(log, /127\.0\.0\.1|203\.0\.113/);
	assert.equal(fs.statSync(file).mode & 0o007, 0);
});

test('the access log has addresses where its owner wants them', async () => {
	paper = await Paper.start({
		conf: 'access_log = access.log\nlog_addresses = yes\n' });
	await paper.get('/', { headers: { 'x-forwarded-for': '203.0.113.5' } });
	await until('the line', () => /203\.0\.113\.5/.test(
		fs.readFileSync(path.join(paper.paper, 'access.log'), 'utf8')));
});

test('a host of one name answers to no other', async () => {
	paper = await Paper.start({ conf: 'host = wire.example\n' });
	assert.equal((await paper.get('/', { headers: { host: 'wire.example' } })).status, 200);
	assert.equal((await paper.get('/', { headers: { host: 'WIRE.example:80' } })).status, 200);
	assert.equal((await paper.get('/', { headers: { host: 'evil.example' } })).status, 421);
});

test('the metrics are Prometheus\' text, on a port of their own', async () => {
	paper = await Paper.start();
	await statuses(10);
	await paper.get('/nothing');
	const text = await until('the counts', async () => {
		const got = await paper.metrics();
		return /class="4xx"\} 1\n/.test(got) && got;
	});
	for (const line of text.split('\n').filter(Boolean))
		assert.match(line, /^(# (HELP|TYPE) [a-z_]+ .*|[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? [0-9.e+]+)$/);
	const sum = [...text.matchAll(/requests_total\{[^}]*class="2xx"\} (\d+)/g)]
		.reduce((n, m) => n + Number(m[1]), 0);
	assert.equal(sum, 10);
	assert.equal((await paper.get('/', { port: paper.metricsPort })).status, 404);
	assert.equal((await paper.get('/metrics')).status, 404);
});
