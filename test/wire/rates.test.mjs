// SPDX-License-Identifier: MIT
//
// Rates from real HTTP servers: the forms in which the ready sources answer,
// as their operators document them, and everything that can be wrong with an
// answer; over TLS with a certificate that nobody has signed, and through a
// SOCKS5 proxy. Besides, the rate that the newsroom sets by hand, and a watch
// process that hangs.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ask, gift, paperWithBatch, sql } from './gifts.mjs';
import { patience, sleep, until } from './paper.mjs';
import { socks } from './socks.mjs';

const source = fs.readFileSync(path.join(path.dirname(
	fileURLToPath(import.meta.url)), '../../src/watch/rate.c'), 'utf8');

// The ready sources as the program has them: name, path, place.
const ready = [...source.slice(source.indexOf('READY[]'),
	source.indexOf('const struct rate_source *rate_ready'))
	.matchAll(/\{"(\w+)",\s*((?:"[^"]*"\s*)+),\s*"([^"]*)"\}/g)]
	.map(([, name, url, place]) => ({ name, place,
		path: url.replaceAll(/"\s*"|^"|"\s*$/g, '')
			.replace(/^https:\/\/[^/]*/, '') }));

// What each says when a bitcoin costs PRICE in CUR, in the form of its
// operator's documentation, shortened only in members of no interest.
const forms = {
	coinbase: (p, cur) => ({ data: { amount: String(p), base: 'BTC',
		currency: cur } }),
	kraken: (p, cur) => ({ error: [], result: { [`XXBTZ${cur}`]: {
		a: [`${p + 1}.10000`, '1', '1.000'], b: [`${p}.00000`, '2', '2.000'],
		c: [`${p}.00000`, '0.00213000'], v: ['412.5', '1043.3'],
		p: [`${p}.4`, `${p}.1`], t: [21000, 48123], l: ['1', '1'],
		h: ['9', '9'], o: `${p}.0` } } }),
	bitstamp: (p) => ({ timestamp: '1795428000', open: '1', high: '999999',
		low: '1', last: String(p), volume: '88.1', vwap: '3',
		bid: String(p - 1), ask: String(p + 1), side: '0',
		open_24: '4', percent_change_24: '-0.41' }),
	coingecko: (p, cur) => ({ bitcoin: { [cur.toLowerCase()]: p } }),
	mempool: (p, cur) => ({ time: 1795428000, USD: p * 2, [cur]: p, JPY: 9 }),
	bitfinex: (p) => [p - 1, 12.5, p + 1, 14.1, -350, -0.0041, p, 95.3,
		p + 900, p - 900],
	blockchain: (p, cur) => ({ ARS: { '15m': 1, last: 2, buy: 3, sell: 4,
		symbol: 'ARS' }, [cur]: { '15m': p, last: p, buy: p, sell: p,
		symbol: cur } }),
	gemini: (p) => ({ bid: String(p - 1), ask: String(p + 1), volume: {
		BTC: '7.1', EUR: '400000', timestamp: 1795428000000 },
	last: String(p) }),
};

// A server that stands for all exchanges. MODE of a name says what is wrong.
class Exchange {
	constructor() {
		this.asked = [];
		this.mode = {};
		this.price = {};
		this.serve = (request, response) => this.answer(request, response);
	}

	async start(options) {
		this.server = options ? https.createServer(options, this.serve)
			: http.createServer(this.serve);
		this.server.on('tlsClientError', () => {});
		await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
		this.port = this.server.address().port;
		return this;
	}

	find(url) {
		return ready.find(({ path: p }) => new RegExp(`^${p
			.replaceAll(/[.?+*]/g, '\\$&').replaceAll('{CUR}', '[A-Z]{3}')
			.replaceAll('{cur}', '[a-z]{3}')}$`).test(url));
	}

	answer(request, response) {
		const { name } = this.find(request.url) ?? {};
		const cur = /usd|chf/i.exec(request.url)?.[0].toUpperCase() ??
			this.currency ?? 'EUR';
		const price = this.price[name] ?? 60000;
		this.asked.push({ name, url: request.url, headers: request.headers });
		switch (name ? this.mode[name] : 'unknown') {
		case undefined:
			response.setHeader('Content-Type', 'application/json');
			return response.end(JSON.stringify(forms[name](price, cur)));
		case 'down':
			response.statusCode = 503;
			return response.end('{"error":"maintenance"}');
		case 'limit':
			response.statusCode = 429;
			return response.end();
		case 'moved':
			response.writeHead(301, { Location: 'http://127.0.0.1:1/' });
			return response.end();
		case 'garbage':
			return response.end('<!doctype html><title>Hello</title>');
		case 'other form':
			return response.end('{"price":{"EUR":"60000"}}');
		case 'huge':
			return response.end(`{"x":"${'y'.repeat(1 << 20)}"}`);
		case 'cut':
			response.setHeader('Content-Length', '1000');
			response.write('{"bitcoin":');
			return request.socket.destroy();
		case 'slow': {
			const drip = setInterval(() => response.write(' '), 500);
			response.on('close', () => clearInterval(drip));
			return response.write('{');
		}
		default:
			response.statusCode = 404;
			return response.end();
		}
	}

	stop() {
		this.server.closeAllConnections();
		return new Promise((done) => this.server.close(done));
	}
}

const line = ({ name, path: p, place }, origin) =>
	`rate_source = ${name} ${origin}${p} ${place}\n`;
const pick = (...names) => names.map((n) => ready.find((r) => r.name === n));
const lines = (list, origin) => list.map((r) => line(r, origin)).join('');

let paper;
const servers = [];
afterEach(async () => {
	if (paper?.child)
		await paper.stop();
	else if (paper)
		fs.rmSync(paper.dir, { recursive: true });
	paper = null;
	for (const server of servers.splice(0))
		await server.stop();
});

async function exchange(options) {
	const server = await new Exchange().start(options);
	servers.push(server);
	return server;
}

async function served(conf, currency = 'EUR') {
	paper = await paperWithBatch({ conf });
	paper.command('support', 'currency', currency);
	await paper.serve();
	return paper;
}

const status = () => paper.command('support');
const has = (what, pattern, ms = 20000) => until(what, () =>
	pattern.test(status()), ms);
const said = (pattern, ms = 20000) => until(String(pattern), () =>
	pattern.test(paper.said), ms);
const times = (pattern) => [...paper.said.matchAll(pattern)].length;
// Whoever asks anew asks all at once.
const again = async () => {
	const [pid] = paper.processes('watch');
	process.kill(pid, 'SIGKILL');
	await until('another watch', () => paper.processes('watch')
		.some((p) => p !== pid));
};

test('the ready settings read what the exchanges answer', async () => {
	const all = await exchange();
	assert.deepEqual(ready.map((r) => r.name).sort(), Object.keys(forms).sort());
	ready.forEach(({ name }, i) => { all.price[name] = 60000 + i; });
	await served(lines(ready, `http://127.0.0.1:${all.port}`));
	await has('all rates', /rate {7}60003\.50 EUR \(median of 8\)/, 40000);
	await has('the sources', /sources {4}8 of 8 answer\n/);
	assert.equal(sql(paper, 'SELECT source, price FROM quote ORDER BY price'),
		ready.map(({ name }, i) => `${name}|${6000000 + 100 * i}`).join('\n'));
	for (const { headers, url } of all.asked) {
		assert.equal(headers['user-agent'], 'farthing');
		assert.equal(headers.cookie, undefined);
		assert.doesNotMatch(url, /[{}]/);
	}
	const metrics = await until('metrics', async () => {
		const text = await paper.metrics();
		return /sources_answering 8\n/.test(text) && text;
	}, 40000);
	assert.match(metrics, /\nfarthing_support_rate_known 1\n/);
	assert.match(metrics, /\nfarthing_support_rate_sources 8\n/);
	// The newsroom chooses another currency: it is asked for at once.
	all.asked.length = 0;
	all.currency = 'CHF';
	paper.command('support', 'currency', 'CHF');
	await has('francs', /rate {7}60003\.50 CHF/, 40000);
	for (const { name, url } of all.asked)
		assert.ok(/chf/i.test(url) || /mempool|blockchain/.test(name), url);
	assert.doesNotMatch(paper.said, /rates:/);
	// Nobody has to pay for what a reader looks at.
	const before = all.asked.length;
	for (let i = 0; i < 5; i++)
		await paper.get('/support');
	assert.equal(all.asked.length, before);
});

test('the newsroom chooses who is asked, and nothing is started anew', async () => {
	const all = await exchange();
	const list = pick('coinbase', 'kraken', 'bitstamp', 'gemini');
	list.forEach(({ name }, i) => { all.price[name] = 60000 + 10 * i; });
	const own = { ...list[0], name: 'mine' };
	await served(lines([...list, own], `http://127.0.0.1:${all.port}`));
	await has('all five', /sources {4}5 of 5 answer\n/, 40000);
	const [pid] = paper.processes('watch');
	paper.command('support', 'rate_sources', 'gemini, kraken');
	// Those, as farthing.conf describes them, and what has no ready name.
	await has('two and its own', /sources {4}3 of 3 answer\n/, 40000);
	all.asked.length = 0;
	paper.command('support', 'currency', 'USD');
	await has('dollars', /rate {7}60010\.00 USD \(median of 3\)/, 40000);
	assert.deepEqual([...new Set(all.asked.map(({ url }) => url))].sort(),
		[own, ...pick('kraken', 'gemini')].map(({ path: p }) => p
			.replace('{CUR}', 'USD').replace('{cur}', 'usd')).sort());
	paper.command('support', 'rate_sources', 'off');
	await has('its own alone', /sources {4}1 of 1 answer\n/, 40000);
	for (const bad of ['mtgox', 'http://127.0.0.1:1/', 'kraken http://x y'])
		assert.throws(() => paper.command('support', 'rate_sources', bad),
			/sources are off, or some of coinbase/);
	paper.command('support', 'rate_sources', '');
	await has('all five again', /sources {4}5 of 5 answer\n/, 40000);
	assert.deepEqual(paper.processes('watch'), [pid]);
});

test('who names nobody in farthing.conf has a watch once sources are chosen',
	async () => {
		const proxy = await socks(1);
		servers.push(proxy);
		await served(`socks5 = 127.0.0.1:${proxy.port}\n`);
		await has('the currency', /currency/);
		assert.deepEqual(paper.processes('watch'), []);
		paper.command('support', 'rate_sources', 'kraken');
		await until('a watch', () => paper.processes('watch').length === 1);
		await until('a question to kraken', () => proxy.seen.length > 0);
		assert.deepEqual([...new Set(proxy.seen.map(({ name }) => name))],
			['api.kraken.com']);
	});

test('a source that fails is said once, asked again soon, and said to answer again',
	async () => {
		const all = await exchange();
		all.mode = { coinbase: 'down', kraken: 'garbage', bitstamp: 'huge',
			gemini: 'other form', mempool: 'limit', coingecko: 'cut',
			bitfinex: 'moved' };
		await served(lines(ready, `http://127.0.0.1:${all.port}`));
		await said(/rates: coinbase fails: answers with status 503\. .* To do: most likely nothing/, 30000);
		await said(/rates: kraken fails: the answer has no price at "result\.\*\.c\.0"\. .*another form/, 30000);
		await said(/rates: bitstamp fails: 127\.0\.0\.1:\d+: the answer is above 262144 bytes/, 30000);
		await said(/rates: gemini fails: the answer has no price at "last"/, 30000);
		await said(/rates: mempool fails: answers with status 429\. .*less often/, 30000);
		await said(/rates: coingecko fails: .*To do: see whether/, 30000);
		await said(/rates: bitfinex fails: answers with status 301/, 30000);
		assert.equal(times(/rates: blockchain/g), 0);
		// One is too few, and the newsroom is told, with the reasons.
		await has('the alarm', /1 of 8 sources of rates answers, and 2 must agree/, 30000);
		assert.match(status(), /sources {4}1 of 8 answer: coinbase: answers with status 503/);
		assert.match(status(), /rate {7}none/);
		assert.match(await paper.metrics(),
			/\nfarthing_support_rate_sources_answering 1\n/);
		// Asked again and again, and not a word more.
		const asked = () => all.asked.filter((a) => a.name === 'kraken').length;
		const before = asked();
		await until('more tries', () => asked() > before, 30000);
		assert.equal(times(/rates: kraken fails/g), 1);
		all.mode = { bitfinex: 'moved' };
		await said(/rates: kraken answers again/, 60000);
		await has('a rate', /rate {7}60000\.00 EUR \(median of \d\)/, 60000);
		await until('the end of it', () =>
			!/must agree/.test(status().split('What the newsroom was told')[0]),
		60000);
	});

test('what lies outside of the band is not believed', async () => {
	const all = await exchange();
	all.price = { kraken: 600000, bitstamp: 60100 };
	await served(lines(pick('coinbase', 'kraken', 'bitstamp'),
		`http://127.0.0.1:${all.port}`));
	await has('the rate', /rate {7}60050\.00 EUR \(median of 2\)/, 40000);
	// Two liars against one: then there is none, once the old one is too
	// old, and until then the old one stays.
	all.price = { kraken: 600000, bitstamp: 601000 };
	await again();
	await until('they were asked', () => all.asked.length >= 6, 40000);
	await sleep(500);
	assert.match(status(), /rate {7}60050\.00 EUR/);
});

test('a source that drips keeps nothing else waiting', async () => {
	const all = await exchange();
	all.mode = { coinbase: 'slow' };
	await served(lines(pick('coinbase', 'kraken', 'bitstamp'),
		`http://127.0.0.1:${all.port}`));
	await until('it is asked', () => all.asked.length >= 1, 20000);
	const { status: given } = await until('an address', async () => {
		const answer = await ask(paper);
		return answer.status === 303 && answer;
	});
	assert.equal(given, 303);
	await has('the rate of the others', /60000\.00 EUR \(median of 2\)/, 40000);
	await said(/rates: coinbase fails: .*no whole answer in 15000 ms/, 60000);
	assert.equal(paper.processes('watch').length, 1);
	assert.doesNotMatch(paper.said, /has hung/);
});

function certificate(dir, name) {
	const key = path.join(dir, 'key.pem');
	const cert = path.join(dir, 'cert.pem');
	const done = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048',
		'-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj',
		`/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`],
	{ encoding: 'utf8' });
	assert.equal(done.status, 0, done.stderr);
	return { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
}

test('over TLS a certificate that nobody has signed is not believed', async () => {
	const dir = fs.mkdtempSync('/tmp/farthing-tls-');
	try {
		const all = await exchange(certificate(dir, 'localhost'));
		await served(lines(pick('coinbase', 'kraken'),
			`https://localhost:${all.port}`));
		await said(/rates: coinbase fails: localhost:\d+: .*certificate.*To do: .*its certificate is right/i, 30000);
		await has('the alarm', /0 of 2 sources of rates answer, and 2 must/, 30000);
		assert.equal(all.asked.length, 0);
	} finally {
		fs.rmSync(dir, { recursive: true });
	}
});

test('through SOCKS5 the proxy looks the names up, and all goes its way', async () => {
	const all = await exchange();
	const proxy = await socks(all.port);
	servers.push(proxy);
	await served(`socks5 = 127.0.0.1:${proxy.port}\n` +
		lines(pick('coinbase', 'kraken'), 'http://rates.example'));
	await has('the rate', /60000\.00 EUR \(median of 2\)/, 40000);
	for (const { kind, name, port } of proxy.seen)
		assert.deepEqual([kind, name, port], [3, 'rates.example', 80]);
	assert.ok(proxy.seen.length >= 1);
	assert.equal(all.asked[0].headers.host, 'rates.example');
});

test('an old rate_currency does no harm, and its end is told', async () => {
	const all = await exchange();
	await served('rate_currency = USD\n' + lines(pick('coinbase', 'kraken'),
		`http://127.0.0.1:${all.port}`));
	await said(/"rate_currency" has no effect any more.*farthing support DIR currency/);
	await has('the rate', /60000\.00 EUR \(median of 2\)/, 40000);
	assert.ok(all.asked.every(({ url }) => /EUR/.test(url)));
});

test('a rate that the newsroom sets needs no net, and readers are told of it', async () => {
	paper = await paperWithBatch();
	paper.command('support', 'currency', 'EUR');
	const today = new Date().toISOString().slice(0, 10);
	paper.command('support', 'rate', 'fixed 60000');
	paper.command('support', 'amount', '6.00 a day');
	await paper.serve();
	assert.match(status(), new RegExp(
		`rate {7}60000\\.00 EUR \\(set by newsroom on ${today}\\)`));
	const location = await until('an address', async () => {
		const answer = await ask(paper, 'amount=EUR600&own=&unit=EUR&for=');
		return answer.status === 303 && answer.location;
	});
	const { html } = await gift(paper, location);
	assert.match(html, new RegExp('set by the newsroom on ' +
		`<time datetime="${today}">`));
	assert.match(html, /amount=0\.0001[^0-9]/);
	assert.deepEqual(paper.processes('watch'), []);
	// One that is to come does not hold yet.
	paper.command('support', 'rate', 'fixed 60000 2999-01-01');
	assert.match(status(), /rate {7}none/);
});

test('a watch that hangs is killed and follows itself, and a till that hangs is not its fault',
	async () => {
		const all = await exchange();
		await served('watchdog_seconds = 1\n' + lines(pick('coinbase', 'kraken'),
			`http://127.0.0.1:${all.port}`));
		await has('the rate', /median of 2/, 40000);
		const [pid] = paper.processes('watch');
		process.kill(pid, 'SIGSTOP');
		await said(/watch \(process \d+\) has hung for 3 s and is killed/, 30000);
		const next = await until('the next', () => paper.processes('watch')
			.find((p) => p !== pid), 10000);
		await until('it asks', () => all.asked.length >= 4, 40000);
		const [till] = paper.processes('till');
		process.kill(till, 'SIGSTOP');
		await said(/till \(process \d+\) has hung/, 30000);
		await until('another till', () => paper.processes('till')
			.some((p) => p !== till), 10000);
		await sleep(2000 * patience);
		assert.deepEqual(paper.processes('watch'), [next]);
		assert.equal(times(/watch \(process \d+\) has hung/g), 1);
	});
