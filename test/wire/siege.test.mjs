// SPDX-License-Identifier: MIT
//
// The same as slow.test.mjs with thousands of clients; each is let go, and good
// readers are unharmed.

import { after, before, test } from 'node:test';
import { compare } from './crowd.mjs';
import { Paper } from './paper.mjs';

let paper;
before(async () => {
	paper = await Paper.start({ conf: 'head_seconds = 2\nidle_seconds = 2\n' +
		'slowest_bytes_per_second = 20000\nconnections_per_address = 0\n' });
});
after(() => paper.stop());

const shed = 60000;

test('three thousand slow heads', (t) => compare(t, paper, 3000, {
	head: 'GET / HTTP/1.1\r\nHost: a\r\n', rest: 'X-A: b\r\n', reads: true }, shed));

test('three thousand slow bodies', (t) => compare(t, paper, 3000, {
	head: 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n',
	rest: 'a', reads: true }, shed));

test('three thousand chunked bodies that never end', (t) => compare(t, paper, 3000, {
	head: 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n',
	rest: '1\r\na\r\n', reads: true }, shed));

test('three hundred readers that ask for megabytes and take nothing', (t) => compare(t, paper, 300, {
	head: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1500), rest: '', reads: false },
shed));

test('three thousand that say nothing', (t) => compare(t, paper, 3000, {
	head: '', rest: '', reads: true }, shed));
