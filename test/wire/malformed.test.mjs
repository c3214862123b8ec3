// SPDX-License-Identifier: MIT
//
// Requests that are wrong in every way we could find: each gets exactly one
// refusal, and the connection is closed, so that no proxy in front can be
// brought to see two requests where the server sees one.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Paper } from './paper.mjs';

let paper;
before(async () => { paper = await Paper.start(); });
after(() => paper.stop());

const get = (fields, target = '/') =>
	`GET ${target} HTTP/1.1\r\nHost: a.example\r\n${fields}\r\n`;
const post = (fields, body = '') =>
	`POST / HTTP/1.1\r\nHost: a.example\r\n${fields}\r\n${body}`;
const chunked = (body) => post('Transfer-Encoding: chunked\r\n', body);
const evil = 'GET /evil HTTP/1.1\r\nHost: a.example\r\n\r\n';

// Name, bytes, and the status (or several that would do).
const table = [
	['both lengths', post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${evil}`), 400],
	['both lengths, other order', post('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', `0\r\n\r\n${evil}`), 400],
	['two lengths that differ', post('Content-Length: 5\r\nContent-Length: 6\r\n', 'hello'), 400],
	['two lengths that agree', post('Content-Length: 5\r\nContent-Length: 5\r\n', 'hello'), 400],
	['a list of lengths', post('Content-Length: 5, 5\r\n', 'hello'), 400],
	['a signed length', post('Content-Length: +5\r\n', 'hello'), 400],
	['a negative length', post('Content-Length: -1\r\n', 'hello'), 400],
	['a hexadecimal length', post('Content-Length: 0x10\r\n', 'hello'), 400],
	['a length with an underscore', post('Content-Length: 1_0\r\n', 'hello'), 400],
	['an empty length', post('Content-Length: \r\n', 'hello'), 400],
	['a length of 2^64', post('Content-Length: 18446744073709551616\r\n', 'x'), [400, 413]],
	['a length of 2^63', post('Content-Length: 9223372036854775808\r\n', 'x'), [400, 413]],
	['a length too large', post('Content-Length: 10000000\r\n', 'x'), 413],
	['a bare line feed behind the request line', 'GET / HTTP/1.1\nHost: a.example\r\n\r\n', 400],
	['a bare line feed behind a field', 'GET / HTTP/1.1\r\nHost: a.example\n\r\n', 400],
	['only line feeds', 'GET / HTTP/1.1\nHost: a.example\n\n', 400],
	['a bare carriage return in a value', get('X-A: b\rc\r\n'), 400],
	['a bare carriage return as line end', 'GET / HTTP/1.1\r\nHost: a.example\rX: y\r\n\r\n', 400],
	['NUL in a value', get('X-A: b\0c\r\n'), 400],
	['NUL in a name', get('X\0A: b\r\n'), 400],
	['NUL in the target', get('', '/a\0b'), 400],
	['a space before the colon', get('X-A : b\r\n'), 400],
	['a length with a space before the colon', post('Content-Length : 5\r\n', 'hello'), 400],
	['a tab before the colon', get('X-A\t: b\r\n'), 400],
	['a folded line', get('X-A: b\r\n c\r\n'), 400],
	['a folded line with a tab', get('X-A: b\r\n\tc\r\n'), 400],
	['a first field that begins with a space', 'GET / HTTP/1.1\r\n Host: a.example\r\n\r\n', 400],
	['an empty name', get(': b\r\n'), 400],
	['a field without a colon', get('X-A\r\n'), 400],
	['a name that is no token', get('X(A): b\r\n'), 400],
	['a name with a byte above 127', get('X\xe9: b\r\n'), 400],
	['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
	['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n', 400],
	['a Host with a user', 'GET / HTTP/1.1\r\nHost: u@a.example\r\n\r\n', 400],
	['a Host with a path', 'GET / HTTP/1.1\r\nHost: a.example/x\r\n\r\n', 400],
	['a Host with a space', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
	['a target without a slash', get('', 'x'), 400],
	['the asterisk form of GET', get('', '*'), 400],
	['dots in the path', get('', '/../etc/passwd'), [400, 404]],
	['dots that are encoded', get('', '/%2e%2e/etc/passwd'), [400, 404]],
	['an encoded slash', get('', '/..%2fetc'), [400, 404]],
	['an encoded NUL', get('', '/a%00b'), [400, 404]],
	['an overlong slash', get('', '/%c0%ae%c0%ae/'), [400, 404]],
	['a faulty escape', get('', '/%zz'), [400, 404]],
	['a cut escape', get('', '/a%4'), [400, 404]],
	['a backslash', get('', '/..\\etc'), [400, 404]],
	['a byte above 127 in the target', get('', '/\xff'), 400],
	['a space in the target', get('', '/a b'), 400],
	['a tab as separator', 'GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n', 400],
	['two spaces as separator', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
	['no version', 'GET /\r\nHost: a\r\n\r\n', [400, 505]],
	['version 0.9', 'GET /\r\n\r\n', [400, 505]],
	['version 2.0', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n', 505],
	['version 1.10', 'GET / HTTP/1.10\r\nHost: a\r\n\r\n', [400, 505]],
	['a version in small letters', 'GET / http/1.1\r\nHost: a\r\n\r\n', [400, 505]],
	['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 501, 505]],
	['a method that is no token', 'G(T / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
	['a handshake of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
	['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', [405, 501]],
	['CONNECT', 'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n', [400, 405, 501]],
	['TRACE', 'TRACE / HTTP/1.1\r\nHost: a.example\r\n\r\n', [405, 501]],
	['a target of 64 kB', get('', `/${'a'.repeat(65536)}`), 414],
	['a field of 64 kB', get(`X-A: ${'a'.repeat(65536)}\r\n`), 431],
	['two hundred fields', get('X-A: b\r\n'.repeat(200)), 431],
	['a POST without a length', post(''), 411],
	['an expectation', post('Expect: 200-maybe\r\nContent-Length: 5\r\n', 'hello'), 417],
	['an unknown coding', post('Transfer-Encoding: gzip\r\n', ''), [400, 501]],
	['identity and chunked', post('Transfer-Encoding: identity, chunked\r\n', '0\r\n\r\n'), [400, 501]],
	['chunked twice', post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'), [400, 501]],
	['two codings in two fields', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), [400, 501]],
	['a comma before chunked', post('Transfer-Encoding: ,chunked\r\n', '0\r\n\r\n'), [400, 501]],
	['a space of another kind before chunked', post('Transfer-Encoding: \xa0chunked\r\n', '0\r\n\r\n'), [400, 501]],
	['a coding with a parameter', post('Transfer-Encoding: chunked;a=b\r\n', '0\r\n\r\n'), [400, 501]],
	['a vertical tab before chunked', post('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'), [400, 501]],
	['chunked in version 1.0', 'POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
	['a chunk size with an underscore', chunked('0_2e\r\nx\r\n0\r\n\r\n'), 400],
	['a chunk size with 0x', chunked('0x5\r\nhello\r\n0\r\n\r\n'), 400],
	['a chunk size behind a space', chunked(' 5\r\nhello\r\n0\r\n\r\n'), 400],
	['a chunk size with a sign', chunked('+5\r\nhello\r\n0\r\n\r\n'), 400],
	['an empty chunk size', chunked('\r\nhello\r\n0\r\n\r\n'), 400],
	['a chunk size of 2^64', chunked('10000000000000000\r\nx'), [400, 413]],
	['a chunk size of 2^63', chunked('8000000000000000\r\nx'), [400, 413]],
	['a chunk that ends with a line feed', chunked('5\r\nhello\n0\r\n\r\n'), 400],
	['a chunk size that ends with a line feed', chunked('5\nhello\r\n0\r\n\r\n'), 400],
	['a chunk longer than its size', chunked('5\r\nhello!\r\n0\r\n\r\n'), 400],
	['a chunk extension with a line feed', chunked('5;a\nb\r\nhello\r\n0\r\n\r\n'), 400],
];

for (const [name, bytes, expected] of table)
	test(`${name} is refused once, and closed`, async () => {
		const { answers, closed, text } = await paper.raw(bytes);
		const wanted = [].concat(expected);
		assert.equal(answers.length, 1, `${answers.length} answers: ${text.slice(0, 200)}`);
		assert.ok(wanted.includes(answers[0].status),
			`${answers[0].status}, not ${wanted}`);
		assert.ok(closed, 'the connection stays open');
		assert.match(answers[0].head, /\r\nconnection: close/i);
	});

test('a good request and then a bad one: one answer each, then closed', async () => {
	const { answers, closed } = await paper.raw(get('') + get('X-A : b\r\n') + evil);
	assert.deepEqual(answers.map((a) => a.status), [200, 400]);
	assert.ok(closed);
});

test('a trailer cannot set a length', async () => {
	const { answers, closed } = await paper.raw(
		`${chunked('0\r\nContent-Length: 50\r\n\r\n')}${get('Connection: close\r\n')}`);
	assert.ok([400, 405].includes(answers[0].status));
	// Whichever it is, what follows is not read as a request any more.
	assert.equal(answers.length, 1);
	assert.ok(closed);
});

test('a body is not taken for a request', async () => {
	const { answers } = await paper.raw(
		post(`Content-Length: ${evil.length}\r\nConnection: close\r\n`, evil));
	assert.equal(answers.length, 1);
	assert.equal(answers[0].status, 405);
});

test('random bytes never get two answers, and the readers live', async (t) => {
	let seed = Number(process.env.SEED || Date.now() % 1000000);
	t.diagnostic(`seed ${seed}`);
	const random = () => {
		seed = (seed * 1103515245 + 12345) % 2147483648;
		return seed / 2147483648;
	};
	const base = post('Content-Length: 5\r\nX-A: b\r\nAccept: */*\r\n', 'hello');
	for (let i = 0; i < 300; i++) {
		const bytes = Buffer.from(base, 'latin1');
		for (let k = 0; k < 3; k++)
			bytes[Math.floor(random() * (bytes.length - 6))] = Math.floor(random() * 256);
		const { answers } = await paper.raw(bytes, { ms: 2000, end: true });
		assert.ok(answers.length <= 1, JSON.stringify(bytes.toString('latin1')));
	}
	assert.equal((await paper.get('/')).status, 200);
});
