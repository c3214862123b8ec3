// SPDX-License-Identifier: MIT
//
// Caddy in front, as doc/caddy.md says: the Caddyfile of doc/ with a local
// certificate authority. Left out, with a word, where Caddy is not installed.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Paper, freePort, until } from './paper.mjs';

const missing = spawnSync('caddy', ['version']).error
	? 'note: caddy is not installed, so it is not tried' : false;
if (missing)
	console.log(missing);

let paper;
let caddy;
let port;
let ca;

before(async () => {
	if (missing)
		return;
	paper = await Paper.start({ conf: 'access_log = access.log\n' +
		'log_addresses = yes\nrequests_per_second = 1\nrequests_burst = 20\n' });
	port = await freePort();
	const shipped = fs.readFileSync(path.join(path.dirname(
		fileURLToPath(import.meta.url)), '../../doc/Caddyfile'), 'utf8');
	const file = path.join(paper.dir, 'Caddyfile');
	fs.writeFileSync(file, '{\n\tadmin off\n\tauto_https disable_redirects\n' +
		'\tskip_install_trust\n}\n' +
		shipped.replace('news.example {', `localhost:${port} {\n\ttls internal`)
			.replace('127.0.0.1:8080', `127.0.0.1:${paper.port}`));
	caddy = spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
		stdio: ['ignore', 'ignore', 'pipe'],
		env: { ...process.env, HOME: paper.dir, XDG_DATA_HOME: paper.dir,
			XDG_CONFIG_HOME: paper.dir } });
	let said = '';
	caddy.stderr.on('data', (d) => { said += d; });
	process.on('exit', () => caddy.kill('SIGKILL'));
	const root = path.join(paper.dir, 'caddy/pki/authorities/local/root.crt');
	await until('Caddy', async () => {
		assert.equal(caddy.exitCode, null, said);
		if (!fs.existsSync(root))
			return false;
		ca = fs.readFileSync(root);
		return get('/robots.txt').then(() => true, () => false);
	}, 20000);
});

after(async () => {
	if (missing)
		return;
	if (caddy)
		caddy.kill('SIGKILL');
	if (paper)
		await paper.stop();
});

function get(target, headers = {}) {
	return new Promise((done, fail) => {
		https.get({ host: '127.0.0.1', servername: 'localhost', port, ca,
			path: target, headers: { host: `localhost:${port}`, ...headers },
			agent: false }, (response) => {
			const parts = [];
			response.on('data', (d) => parts.push(d));
			response.on('end', () => done({ status: response.statusCode,
				headers: response.headers, body: Buffer.concat(parts) }));
		}).on('error', fail);
	});
}

test('a page comes through as it is', { skip: missing }, async () => {
	const direct = await paper.get('/');
	const proxied = await get('/');
	assert.equal(proxied.status, 200);
	assert.ok(proxied.body.equals(direct.body));
	// Caddy asks for gzip by itself, so the tag is that of another coding.
	assert.equal((await get('/', { 'if-none-match': proxied.headers.etag })).status, 304);
	assert.equal((await get('/', { 'accept-encoding': 'br' }))
		.headers['content-encoding'], 'br');
	assert.equal((await get('/nothing')).status, 404);
});

test('HTTP/2 works', { skip: missing }, async () => {
	const session = http2.connect(`https://localhost:${port}`, { ca,
		lookup: (host, options, done) => options.all
			? done(null, [{ address: '127.0.0.1', family: 4 }])
			: done(null, '127.0.0.1', 4) });
	const stream = session.request({ ':path': '/feed.json' });
	let status;
	let body = '';
	stream.on('response', (headers) => { status = headers[':status']; });
	stream.on('data', (d) => { body += d; });
	await new Promise((done, fail) => {
		stream.on('end', done);
		stream.on('error', fail);
		session.on('error', fail);
	});
	session.close();
	assert.equal(status, 200);
	assert.equal(JSON.parse(body).title, 'The Wire Test');
});

test('a forged address is thrown away, and the limit holds', { skip: missing }, async () => {
	const count = { 200: 0, 429: 0 };
	for (let i = 0; i < 80; i++)
		count[(await get('/', { 'x-forwarded-for': `203.0.113.${i}` })).status]++;
	assert.ok(count[429] >= 20, JSON.stringify(count));
	const log = await until('the log', () => {
		const text = fs.readFileSync(path.join(paper.paper, 'access.log'), 'utf8');
		return text.split('\n').length > 60 && text;
	});
	assert.doesNotMatch(log, /203\.0\.113/);
	assert.match(log, /127\.0\.0\.1/);
});

test('what Caddy lets through malformed gets no two answers', { skip: missing }, async () => {
	const { status } = await get('/', { 'transfer-encoding': 'identity' });
	assert.ok([200, 400, 429, 501, 502].includes(status), `${status}`);
});
