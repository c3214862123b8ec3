// SPDX-License-Identifier: MIT
//
// Slow clients in hundreds: each is let go for its lack of progress, and good
// readers are unharmed. siege.test.mjs does the same with thousands.

import { after, before, test } from 'node:test';
import { compare } from './crowd.mjs';
import { paperWithBatch } from './gifts.mjs';
import { until } from './paper.mjs';

let paper;
before(async () => {
	// Only a paper that takes gifts waits for a body.
	paper = await paperWithBatch({ conf: 'head_seconds = 2\nidle_seconds = 2\n' +
		'slowest_bytes_per_second = 20000\nconnections_per_address = 0\n' });
	await paper.serve();
	await until('support', async () =>
		(await paper.get('/support')).status === 200);
});
after(() => paper.stop());

const shed = 15000;

test('five hundred slow heads', (t) => compare(t, paper, 500, {
	head: 'GET / HTTP/1.1\r\nHost: a\r\n', rest: 'X-A: b\r\n', reads: true,
	reason: 'slow-head' }, shed));

test('five hundred slow bodies', (t) => compare(t, paper, 500, {
	head: 'POST /support HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n',
	rest: 'a', reads: true, reason: 'slow-body' }, shed));

test('five hundred chunked bodies that never end', (t) => compare(t, paper, 500, {
	head: 'POST /support HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n',
	rest: '1\r\na\r\n', reads: true, reason: 'slow-body' }, shed));

test('forty readers that ask for megabytes and take nothing', (t) => compare(t, paper, 40, {
	head: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1500), rest: '', reads: false,
	reason: 'slow-reader' }, shed));

test('five hundred that say nothing', (t) => compare(t, paper, 500, {
	head: '', rest: '', reads: true }, shed));
