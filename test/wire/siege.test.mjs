// SPDX-License-Identifier: MIT
//
// The same as slow.test.mjs with thousands of clients; each is let go, and good
// readers are unharmed.

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

const shed = 60000;

test('three thousand slow heads', (t) => compare(t, paper, 3000, {
	head: 'GET / HTTP/1.1\r\nHost: a\r\n', rest: 'X-A: b\r\n', reads: true,
	reason: 'slow-head' }, shed));

test('three thousand slow bodies', (t) => compare(t, paper, 3000, {
	head: 'POST /support HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n',
	rest: 'a', reads: true, reason: 'slow-body' }, shed));

test('three thousand chunked bodies that never end', (t) => compare(t, paper, 3000, {
	head: 'POST /support HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n',
	rest: '1\r\na\r\n', reads: true, reason: 'slow-body' }, shed));

test('three hundred readers that ask for megabytes and take nothing', (t) => compare(t, paper, 300, {
	head: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1500), rest: '', reads: false,
	reason: 'slow-reader' }, shed));

test('three thousand that say nothing', (t) => compare(t, paper, 3000, {
	head: '', rest: '', reads: true }, shed));
