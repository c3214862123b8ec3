// SPDX-License-Identifier: MIT
//
// What good requests get: methods, encodings, conditions, connections that
// are kept, and the same bytes from every reader.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { Paper, until } from './paper.mjs';

let paper;
let target;
before(async () => {
	paper = await Paper.start();
	const feed = JSON.parse((await paper.get('/feed.json')).body);
	target = new URL(feed.items[0].url).pathname;
	await dated(target);
});
after(() => paper.stop());

// A page has no date within the second of a change that was not the first.
const dated = (path) => until(`a date of ${path}`, async () => {
	const got = await paper.get(path);
	return got.headers['last-modified'] && got;
});

const ask = (path, fields = '') =>
	`GET ${path} HTTP/1.1\r\nHost: a.example\r\n${fields}\r\n`;
const last = (path) => ask(path, 'Connection: close\r\n');

test('every kind of page answers', async () => {
	for (const path of ['/', target, '/section/world', '/person/ines-corvo',
		'/tag/numbers', '/archive', '/archive/2026', '/archive/2026/01',
		'/2026/01/02', '/about', '/feed.rss', '/feed.atom', '/feed.json',
		'/section/world/feed.rss', '/sitemap.xml', '/sitemap-pages.xml',
		'/news-sitemap.xml', '/robots.txt'])
		assert.equal((await paper.get(path)).status, 200, path);
	assert.equal((await paper.get('/2026/01/02/nothing-here')).status, 404);
	assert.equal((await paper.get('/nothing')).status, 404);
});

test('HEAD gives the same fields as GET, and no body', async () => {
	const get = await paper.raw(last(target));
	const head = await paper.raw(last(target).replace('GET', 'HEAD'));
	const fields = (text) => text.split('\r\n\r\n')[0].replace(/\r\nDate: .*/i, '');
	assert.equal(fields(head.text), fields(get.text));
	assert.equal(head.text.split('\r\n\r\n')[1], '');
});

for (const [accept, coding, decode] of [
	['gzip', 'gzip', zlib.gunzipSync],
	['br', 'br', zlib.brotliDecompressSync],
	['gzip, deflate, br', 'br', zlib.brotliDecompressSync],
	['br;q=0, gzip;q=0.5', 'gzip', zlib.gunzipSync],
	['*', null, null],
	['identity', undefined, (b) => b],
	['gzip;q=0', undefined, (b) => b],
	['deflate', undefined, (b) => b],
])
	test(`Accept-Encoding "${accept}" is answered in a coding that it allows`, async () => {
		const plain = await paper.get(target);
		const got = await paper.get(target, { headers: { 'accept-encoding': accept } });
		assert.equal(got.status, 200);
		assert.match(got.headers.vary, /accept-encoding/i);
		if (coding === null)
			return;
		assert.equal(got.headers['content-encoding'], coding);
		assert.ok(decode(got.body).equals(plain.body));
	});

test('what says Vary with a coding says it without one, and on 304', async () => {
	const plain = await paper.get(target);
	const fresh = await paper.get(target, { headers: { 'if-none-match': plain.headers.etag } });
	for (const { headers } of [plain, fresh])
		assert.match(headers.vary, /accept-encoding/i);
	assert.ok(plain.headers['cache-control']);
});

test('conditions: the tag of each coding, lists, the star, and dates', async () => {
	const plain = await paper.get(target);
	const br = await paper.get(target, { headers: { 'accept-encoding': 'br' } });
	assert.notEqual(br.headers.etag, plain.headers.etag);
	const status = async (headers) => (await paper.get(target, { headers })).status;
	assert.equal(await status({ 'if-none-match': plain.headers.etag }), 304);
	assert.equal(await status({ 'if-none-match': `"x", ${plain.headers.etag}` }), 304);
	assert.equal(await status({ 'if-none-match': `W/${plain.headers.etag}` }), 304);
	assert.equal(await status({ 'if-none-match': '*' }), 304);
	assert.equal(await status({ 'if-none-match': '"x"' }), 200);
	assert.equal(await status({ 'if-none-match': br.headers.etag,
		'accept-encoding': 'br' }), 304);
	assert.equal(await status({ 'if-modified-since': 'yesterday' }), 200);
});

for (const page of ['a story', '/', '/feed.rss', '/feed.json', '/archive', '/sitemap.xml',
	'/news-sitemap.xml', '/favicon.svg'])
	test(`${page} says when it changed, and If-Modified-Since is taken`, async () => {
		const path = page === 'a story' ? target : page;
		const { headers } = await dated(path);
		const date = headers['last-modified'];
		const status = async (headers) =>
			(await paper.get(path, { headers })).status;
		assert.ok(Date.parse(date) <= Date.parse(headers.date), `${date} of ${headers.date}`);
		assert.equal(await status({ 'if-modified-since': date }), 304);
		assert.equal(await status({ 'if-modified-since':
			new Date(Date.parse(date) - 1000).toUTCString() }), 200);
		// RFC 9110 13.2.2: the tag goes first.
		assert.equal(await status({ 'if-none-match': '"x"', 'if-modified-since': date }), 200);
		assert.equal(await status({ 'if-none-match': headers.etag,
			'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }), 304);
		const fresh = await paper.get(path, { headers: { 'if-modified-since': date } });
		assert.equal(fresh.headers['last-modified'], date);
	});

test('a 304 has no body and keeps the connection in step', async () => {
	const { headers } = await paper.get(target);
	const { answers } = await paper.raw(
		ask(target, `If-None-Match: ${headers.etag}\r\n`) + last('/robots.txt'));
	assert.deepEqual(answers.map((a) => a.status), [304, 200]);
});

test('the same state gives the same bytes, from every reader', async () => {
	const seen = new Set();
	for (let i = 0; i < 12; i++) {
		const { text } = await paper.raw(last(target));
		seen.add(text.replace(/\r\nDate: [^\r]*/i, ''));
	}
	assert.equal(seen.size, 1);
});

test('pipelined requests are answered in their order', async () => {
	const paths = ['/robots.txt', target, '/nothing', '/feed.json', '/'];
	const { answers, closed } = await paper.raw(
		paths.map((p) => ask(p)).join('').replace(/$/, last('/about')));
	assert.deepEqual(answers.map((a) => a.status), [200, 200, 404, 200, 200, 200]);
	assert.match(answers[0].body.toString(), /Sitemap:/);
	assert.ok(closed);
});

test('a thousand pipelined requests get a thousand answers', async () => {
	const { answers } = await paper.raw(ask('/robots.txt').repeat(999) + last('/robots.txt'),
		{ ms: 8000 });
	assert.equal(answers.filter((a) => a.status === 200).length, 1000);
});

test('a request in single bytes is a request', async () => {
	const socket = paper.connect();
	socket.setNoDelay(true);
	let got = '';
	const closed = new Promise((done) => socket.on('close', done));
	socket.on('data', (d) => { got += d; });
	for (const byte of last('/robots.txt'))
		await new Promise((done) => socket.write(byte, done));
	await closed;
	assert.match(got, /^HTTP\/1\.1 200 /);
});

test('a half-closed connection still gets its answer', async () => {
	const { answers } = await paper.raw(ask('/robots.txt'), { end: true });
	assert.equal(answers.length, 1);
	assert.equal(answers[0].status, 200);
});

test('version 1.0 gets an answer and its connection closed', async () => {
	const { answers, closed } = await paper.raw('GET / HTTP/1.0\r\nHost: a\r\n\r\n');
	assert.equal(answers[0].status, 200);
	assert.ok(closed);
});

test('absolute form: the path counts', async () => {
	const { answers } = await paper.raw(
		'GET http://a.example/robots.txt HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n');
	assert.equal(answers.length, 1);
	assert.ok([200, 400].includes(answers[0].status), answers[0].status);
});

test('links name the paper\'s origin, whatever Host the request has', async () => {
	for (const headers of [{ host: 'evil.example' },
		{ 'x-forwarded-host': 'evil.example' },
		{ 'x-original-url': '/nothing' }]) {
		const { status, body } = await paper.get(target, { headers });
		assert.equal(status, 200);
		assert.ok(!body.includes('evil.example'));
		assert.ok(body.includes('https://wire.example'));
	}
});

test('an unknown query chooses no other page', async () => {
	const plain = await paper.get(target);
	const other = await paper.get(`${target}?utm_source=x&a=${'b'.repeat(500)}`);
	assert.equal(other.status, 200);
	assert.ok(other.body.equals(plain.body));
});

test('a range with ten thousand parts is no work', async () => {
	const { status } = await paper.get(target, {
		headers: { range: `bytes=${'0-1,'.repeat(2000)}5-6` } });
	assert.ok([200, 416].includes(status), `${status}`);
});

test('a POST is refused once its head is there, without its body', async () => {
	const { answers, closed, text } = await paper.raw(
		'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\nonly=this');
	assert.equal(answers[0].status, 405);
	assert.match(text, /\r\nallow: GET, HEAD\r\n/i);
	assert.equal(answers.length, 1);
	assert.ok(closed, 'the connection stays open');
});

test('a POST with a body is refused, and told what is allowed', async () => {
	const body = 'a=b&c=d';
	const { answers, closed } = await paper.raw(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}${last('/')}`);
	assert.equal(answers[0].status, 405);
	assert.match(answers[0].head, /\r\nallow: /i);
	assert.equal(answers.length, 1);
	assert.ok(closed, 'the connection stays open');
});
