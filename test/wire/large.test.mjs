// SPDX-License-Identifier: MIT
//
// Pictures of many megabytes, as they come out of a camera: they are sent from
// their files, whoever asks, and cost a reader process no memory.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Load, Paper, patience, sleep, until } from './paper.mjs';

const MB = 1024 * 1024;
let paper;

// Bytes that differ from place to place, so that none can be confused.
function bytesOf(size, seed) {
	const bytes = Buffer.alloc(size);
	for (let i = 0; i + 4 <= size; i += 4)
		bytes.writeUInt32LE((i * 2654435761 + seed) >>> 0, i);
	return bytes;
}

const at = (name) => path.join(paper.paper, 'public/pictures', name);

function put(name, bytes) {
	fs.writeFileSync(at(name), bytes);
	return bytes;
}

const get = (name, options) => paper.get(`/pictures/${name}`, options);

// Of all readers together.
function memory() {
	return paper.processes('reader').reduce((sum, pid) => sum +
		Number(/VmRSS:\s+(\d+)/.exec(
			fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024, 0);
}

before(async () => {
	paper = await Paper.start({ stories: 3,
		conf: 'trust_loopback = no\nrequests_per_second = 0\n' });
	fs.mkdirSync(path.join(paper.paper, 'public/pictures'), { recursive: true });
});
after(() => paper.stop());

test('thirty readers of one large picture at once all get it', async () => {
	const bytes = put('thirty.jpg', bytesOf(5 * MB, 1));
	const all = await Promise.all(Array.from({ length: 30 },
		() => get('thirty.jpg')));
	assert.deepEqual(all.map(({ status }) => status), Array(30).fill(200));
	for (const { headers, body } of all) {
		assert.equal(headers['content-length'], String(5 * MB));
		assert.ok(body.equals(bytes));
	}
});

test('who asks for the head of a large picture slows nobody down', async () => {
	put('head.jpg', bytesOf(16 * MB, 2));
	await get('/');
	const load = new Load(paper, '/', { clients: 1 });
	const heads = [];
	for (let i = 0; i < 90; i++) {
		heads.push(get('head.jpg', { method: 'HEAD' }));
		await sleep(10);
	}
	for (const { status, headers, body } of await Promise.all(heads)) {
		assert.equal(status, 200);
		assert.equal(headers['content-length'], String(16 * MB));
		assert.equal(body.length, 0);
	}
	await load.stop();
	assert.deepEqual(load.failures, []);
	assert.ok(load.percentile(50) < 10 * patience,
		`${load.percentile(50)} ms`);
});

test('forty readers who take nothing cost no memory', async () => {
	for (let i = 0; i < 4; i++)
		put(`still-${i}.jpg`, bytesOf(10 * MB, i));
	const was = memory();
	const sockets = Array.from({ length: 40 }, (_, i) => {
		const socket = paper.connect();
		socket.pause();
		socket.write(`GET /pictures/still-${i % 4}.jpg HTTP/1.1\r\n` +
			'Host: a\r\n\r\n');
		return socket;
	});
	await sleep(1000);
	const more = memory() - was;
	for (const socket of sockets)
		socket.destroy();
	assert.ok(more < 20 * MB * patience, `${Math.round(more / MB)} MB more`);
});

test('a large picture is told apart from what takes its place', async () => {
	const first = put('place.jpg', bytesOf(2 * MB, 7));
	const young = await get('place.jpg');
	assert.ok(young.body.equals(first));
	const old = await until('a tag', async () => {
		const got = await get('place.jpg', { method: 'HEAD' });
		return got.headers.etag && got.headers['last-modified'] && got;
	});
	const conditions = { 'If-None-Match': old.headers.etag };
	const same = await get('place.jpg', { headers: conditions });
	assert.equal(same.status, 304);
	assert.equal(same.headers.etag, old.headers.etag);
	assert.equal(same.body.length, 0);
	assert.equal((await get('place.jpg', { headers: { 'If-Modified-Since':
		old.headers['last-modified'] } })).status, 304);
	// As long, and put there with the time of the one before.
	const { atime, mtime } = fs.statSync(at('place.jpg'));
	const second = put('other.jpg', bytesOf(2 * MB, 8));
	fs.utimesSync(at('other.jpg'), atime, mtime);
	fs.renameSync(at('other.jpg'), at('place.jpg'));
	const next = await get('place.jpg', { headers: conditions });
	assert.equal(next.status, 200);
	assert.ok(next.body.equals(second));
	// Written anew where it lies, within the same second.
	const third = put('place.jpg', bytesOf(2 * MB, 9));
	const last = await get('place.jpg', { headers: conditions });
	assert.equal(last.status, 200);
	assert.ok(last.body.equals(third));
});

// Reads slowly, so that there is time to do something in the middle.
async function interrupted(name, what) {
	const socket = paper.connect();
	const parts = [];
	let ended = false;
	socket.on('close', () => { ended = true; });
	socket.write(`GET /pictures/${name} HTTP/1.1\r\nHost: a\r\n` +
		'Connection: close\r\n\r\n');
	await new Promise((done) => socket.once('data', (d) => {
		parts.push(d);
		socket.pause();
		done();
	}));
	await sleep(200);
	what();
	socket.on('data', (d) => parts.push(d));
	socket.resume();
	await until('the end', () => ended, 10000);
	const all = Buffer.concat(parts);
	return all.subarray(all.indexOf('\r\n\r\n') + 4);
}

test('what is being sent stays the same when another file is put there',
	async () => {
		const bytes = put('moved.jpg', bytesOf(16 * MB, 3));
		put('new.jpg', bytesOf(16 * MB, 4));
		const got = await interrupted('moved.jpg', () =>
			fs.renameSync(at('new.jpg'), at('moved.jpg')));
		assert.ok(got.equals(bytes));
	});

test('of a file that is written to while it is sent nobody gets two halves',
	async () => {
		const bytes = put('written.jpg', bytesOf(16 * MB, 5));
		const got = await interrupted('written.jpg', () =>
			put('written.jpg', bytesOf(16 * MB, 6)));
		assert.ok(got.length < bytes.length, `${got.length} bytes`);
		assert.ok(got.equals(bytes.subarray(0, got.length)));
	});

test('pipelined requests for large pictures are answered in order', async () => {
	const a = put('a.jpg', bytesOf(MB, 10));
	const b = put('b.jpg', bytesOf(3 * MB, 11));
	const { answers } = await paper.raw(['a', 'b', 'a'].map((name, i) =>
		`GET /pictures/${name}.jpg HTTP/1.1\r\nHost: a\r\n` +
		`${i === 2 ? 'Connection: close\r\n' : ''}\r\n`).join(''));
	assert.equal(answers.length, 3);
	assert.ok(answers[0].body.equals(a));
	assert.ok(answers[1].body.equals(b));
	assert.ok(answers[2].body.equals(a));
});

test('a picture that is too large is none', async () => {
	put('huge.jpg', bytesOf(16 * MB + 1, 12));
	assert.equal((await get('huge.jpg')).status, 404);
});
