// SPDX-License-Identifier: MIT
//
// `farthing watch-address` against a real paper, and against somebody in
// between who changes what readers get.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ask, gift, newKey, paperWithBatch } from './gifts.mjs';
import { binary, sleep, until } from './paper.mjs';
import { socks } from './socks.mjs';

let paper, thief, alter, proxy, url, sendmail;

// Another genuine address of the same batch, which the thief would show.
const other = 'bcrt1qcr8te4kr609gcawutmrza0j4xv80jy8zeqchgx';

before(async () => {
	paper = await paperWithBatch();
	paper.command('support', 'network_most', '500');
	await paper.serve();
	await until('an address', async () => (await ask(paper)).status === 303);
	thief = newKey(paper, 'thief.key');
	proxy = http.createServer(async (request, response) => {
		if (request.method === 'POST') {
			request.resume();
			const { status, location } = await ask(paper);
			response.writeHead(alter === 'down' ? 503 : status,
				location ? { location } : {});
			response.end();
			return;
		}
		const { status, html, address } = await gift(paper, request.url);
		response.writeHead(status, { 'content-type': 'text/html' });
		response.end(typeof alter === 'function' ? alter(html, address) : html);
	});
	await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
	url = `http://127.0.0.1:${proxy.address().port}`;
	// Stands for Debian's exim or postfix: keeps what it is given.
	sendmail = path.join(paper.dir, 'sendmail');
	fs.writeFileSync(sendmail, `#!/bin/sh
{ echo "with $*"; cat; } >> ${sendmail}.got
[ ! -e ${sendmail}.fails ]
`, { mode: 0o755 });
});

after(async () => {
	proxy?.closeAllConnections();
	proxy?.close();
	await paper?.stop();
});

async function watch(how, ...options) {
	alter = how;
	const child = spawn(binary, ['watch-address', `${url}/support`, ...options],
		{ env: { ...process.env, SENDMAIL: sendmail } });
	let said = '';
	child.stdout.on('data', (d) => { said += d; });
	child.stderr.on('data', (d) => { said += d; });
	const code = await new Promise((done) => child.on('close', done));
	return { code, said };
}

const byKey = () => ['--key', `${paper.key}.pub`];

test('a genuine address: 0', async () => {
	const { code, said } = await watch(null, ...byKey());
	assert.equal(code, 0, said);
	assert.match(said, /bcrt1\S+ is genuine/);
});

test('the key is kept at the first visit', async () => {
	const file = path.join(paper.dir, 'kept.pub');
	assert.match((await watch(null, '--keep', file)).said, /is kept in/);
	assert.equal((await watch(null, '--keep', file)).code, 0);
	assert.ok(fs.readFileSync(`${paper.key}.pub`, 'utf8').includes(
		fs.readFileSync(file, 'utf8').split('\n')[1]));
});

const grouped = (address) => address.match(/.{1,4}/g)
	.map((part) => `<span>${part}</span>`).join('<wbr>');

for (const [what, how, why] of [
	['the address that people see', (html, address) =>
		html.replace(grouped(address), grouped(other)), /shows bcrt1qcr8te4/],
	['the link', (html, address) => html.replace(`href="bitcoin:${address}`,
		`href="bitcoin:${other}`), /shows bcrt1qcr8te4|another address/],
	['the code', (html) => html.replace(/(stroke="#000" d="M[^"]*?)h1/, '$1h2'), /code/],
	['the code, for a picture', (html) => html.replace('</main>',
		'<img src="/code.png"></main>'), /<img/],
	['the code, for a second one', (html) => html.replace(/<svg class="qr"[^]*?<\/svg>/,
		'$&$&'), /second/],
	['the code, for none', (html) =>
		html.replace(/<svg class="qr"[^]*?<\/svg>/, ''), /code/],
	['the link, for none', (html) =>
		html.replace(/<a class="button" href="bitcoin:[^]*?<\/a>/, ''), /no link/],
	['the amount in the link', (html) => html.replace(/href="bitcoin:([^?"]*)[^"]*"/,
		'href="bitcoin:$1?amount=20"'), /code/],
	['the proof\'s address', (html, address) =>
		html.replace(`address: ${address}`, `address: ${other}`), /./],
	['everything', (html, address) => html.replaceAll(address, other)
		.replace(grouped(address), grouped(other)), /not genuine|./],
	['the proof, for nonsense', (html) =>
		html.replace(/\nleaf: \d+/, '\nleaf: x'), /broken/],
	['the statement', (html) => html.replace('count: 60', 'count: 61'), /./],
	['the words around it', (html, address) =>
		html.replace('</main>', `<p>Pay to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT</p></main>`),
	/shows 1BoatSLR/],
])
	test(`${what} exchanged: 1`, async () => {
		const { code, said } = await watch(how, ...byKey());
		assert.equal(code, 1, said);
		assert.match(said, /ALARM/);
		assert.match(said, why);
	});

test('signed by another key than the one expected: 1', async () => {
	const { code, said } = await watch(null, '--key', `${thief}.pub`);
	assert.equal(code, 1, said);
	assert.match(said, /not genuine/);
});

test('the alarm runs a command, with the words on its standard input', async () => {
	const file = path.join(paper.dir, 'alarm');
	await watch((html) => html.replace('count: 60', 'count: 61'), ...byKey(),
		'--command', `{ echo $FARTHING_VERDICT; cat; } > ${file}`);
	assert.match(fs.readFileSync(file, 'utf8'), /^forged\n.*ALARM/);
});

test('the alarm is sent by mail, and a mail that cannot be is told', async () => {
	const bad = (html) => html.replace('count: 60', 'count: 61');
	await watch(null, ...byKey(), '--mail', 'desk@paper.example');
	assert.ok(!fs.existsSync(`${sendmail}.got`), 'no mail while all is well');
	const { code } = await watch(bad, ...byKey(),
		'--mail', 'desk@paper.example');
	assert.equal(code, 1);
	const got = fs.readFileSync(`${sendmail}.got`, 'utf8');
	assert.match(got, /^with -t -i\nTo: desk@paper\.example\nSubject: ALARM: .*\n/);
	assert.match(got, /\n\nhttp:\/\/127\.0\.0\.1:\d+: ALARM: /);
	fs.writeFileSync(`${sendmail}.fails`, '');
	const { code: still, said } = await watch(bad, ...byKey(),
		'--mail', 'desk@paper.example');
	assert.equal(still, 1);
	assert.match(said, /sendmail ended with 1: the alarm may not have/);
	fs.rmSync(`${sendmail}.fails`);
	const { said: none } = await watch(bad, ...byKey(), '--command', 'exit 7');
	assert.match(none, /ended with 7/);
});

test('through SOCKS5 the proxy looks the paper up, and all goes its way', async () => {
	const through = await socks(proxy.address().port);
	alter = null;
	const child = spawn(binary, ['watch-address', 'http://paper.onion',
		'--socks5', `127.0.0.1:${through.port}`, ...byKey()]);
	assert.equal(await new Promise((done) => child.on('close', done)), 0);
	assert.ok(through.seen.length >= 1);
	for (const { kind, name, port } of through.seen)
		assert.deepEqual([kind, name, port], [3, 'paper.onion', 80]);
	await through.stop();
	const alone = spawn(binary, ['watch-address', url,
		'--socks5', `127.0.0.1:${through.port}`, ...byKey()]);
	assert.equal(await new Promise((done) => alone.on('close', done)), 3,
		'without the proxy nothing goes out');
});

test('on a clock: asked again, and each change is told', {
	skip: !process.env.FARTHING_TEST_ALL && 'minutes: in ./check all',
}, async () => {
	const file = path.join(paper.dir, 'changes');
	alter = null;
	const child = spawn(binary, ['watch-address', url, ...byKey(),
		'--every', '1', '--command', `echo $FARTHING_VERDICT >> ${file}`]);
	let said = '';
	child.stdout.on('data', (d) => { said += d; });
	const began = Date.now();
	await until('the first', () => /genuine/.test(said));
	alter = 'down';
	await until('the second', () => fs.existsSync(file) &&
		fs.readFileSync(file, 'utf8') === 'silent\n', 80000);
	assert.ok(Date.now() - began > 45000, 'not before its time');
	alter = null;
	await until('the third', () =>
		fs.readFileSync(file, 'utf8') === 'silent\ngenuine\n', 80000);
	await sleep(100);
	assert.equal(child.exitCode, null);
	child.kill();
});

test('nothing to be had: 3', async () => {
	assert.equal((await watch('down', ...byKey())).code, 3);
	assert.equal((await watch((html) => html.replace(/<pre[^]*<\/pre>/, ''),
		...byKey())).code, 3);
	alter = null;
	const child = spawn(binary, ['watch-address', 'http://127.0.0.1:9',
		...byKey()]);
	assert.equal(await new Promise((done) => child.on('close', done)), 3);
});
