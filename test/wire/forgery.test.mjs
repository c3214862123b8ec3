// SPDX-License-Identifier: MIT
//
// What a forger tries at the newsroom's door: signatures that are bent and
// still fit, requests that hide where they come from or what they are, guesses
// at what is there, a queue full of guessed passwords, and uploads without end.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { Newsroom, PASSWORD } from './newsroom.mjs';
import { Authenticator } from './authenticator.mjs';

let paper, ada, key;

const challenge = async (client, path = '/sign-in/challenge') =>
	JSON.parse((await client.get(path)).body);

async function add(client, authenticator) {
	const wish = (await client.get('/account/passkeys/challenge',
		{ headers: { accept: 'application/json' } })).body;
	const { status } = await client.send('/account/passkeys',
		authenticator.create(JSON.parse(wish), paper.origin));
	assert.equal(status, 200);
}

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	key = new Authenticator();
	await add(ada, key);
});
after(() => paper.stop());

// ---- signatures

const N = BigInt('0xffffffff00000000ffffffffffffffff' +
	'bce6faada7179e84f3b9cac2fc632551');

function integer(n) {
	let hex = n.toString(16);
	if (hex.length % 2)
		hex = `0${hex}`;
	const bytes = Buffer.from(hex, 'hex');
	const body = bytes[0] & 0x80 ? Buffer.concat([Buffer.from([0]), bytes])
		: bytes;
	return Buffer.concat([Buffer.from([2, body.length]), body]);
}

// The other signature of the same text: (r, n - s) fits whenever (r, s) does.
function mirrored(text) {
	const der = Buffer.from(text, 'base64url');
	const r = der.subarray(4, 4 + der[3]);
	const s = der.subarray(6 + der[3]);
	const body = Buffer.concat([integer(BigInt(`0x${r.toString('hex')}`)),
		integer(N - BigInt(`0x${s.toString('hex')}`))]);
	return Buffer.concat([Buffer.from([0x30, body.length]), body])
		.toString('base64url');
}

const refusals = async () => (await ada.get('/audit')).body.split('<tr>')
	.filter((row) => /sign-in refused/.test(row)).length;

test('a signature that is mirrored signs nobody in a second time', async () => {
	const client = paper.client();
	const form = key.get(await challenge(client), paper.origin);
	const twin = { ...form, signature: mirrored(form.signature) };
	assert.notEqual(twin.signature, form.signature);
	assert.equal((await client.send('/sign-in/passkey', form)).status, 200);
	for (const again of [twin, form])
		assert.equal((await paper.client().send('/sign-in/passkey', again))
			.status, 422);
	// Sent at once, one of the two is good.
	const other = key.get(await challenge(client), paper.origin);
	const both = await Promise.all([other,
		{ ...other, signature: mirrored(other.signature) }].map((f) =>
		paper.client().send('/sign-in/passkey', f)));
	assert.deepEqual(both.map(({ status }) => status).sort(), [200, 422]);
});

test('a signature with more or less in it is refused, and noted', async () => {
	const sig = await paper.member(ada, { name: 'Sig Fox', login: 'sig',
		role: 4 });
	const own = new Authenticator();
	await add(sig, own);
	const before = await refusals();
	const bend = async (how) => {
		const client = paper.client();
		const form = own.get(await challenge(client), paper.origin);
		const bytes = Buffer.from(form.signature, 'base64url');
		return client.send('/sign-in/passkey',
			{ ...form, signature: how(bytes).toString('base64url') });
	};
	for (const [what, how] of Object.entries({
		'a byte behind it': (b) => Buffer.concat([b, Buffer.from([0])]),
		'a signature behind it': (b) => Buffer.concat([b, b]),
		'a byte less': (b) => b.subarray(0, -1),
		'a longer length': (b) => Buffer.concat([b.subarray(0, 1),
			Buffer.from([b[1] + 1]), b.subarray(2), Buffer.from([0])]),
		'zeros': (b) => Buffer.from([0x30, 6, 2, 1, 0, 2, 1, 0]),
		'r alone': (b) => Buffer.concat([Buffer.from([0x30, b[3] + 2]),
			b.subarray(2, 4 + b[3])]),
		nothing: () => Buffer.alloc(0) }))
		assert.ok([400, 422].includes((await bend(how)).status), what);
	assert.ok(await refusals() > before, 'it stands in the log');
	assert.equal((await bend((b) => b)).status, 200);
});

test('a key of another kind under a known name is refused, and noted',
	async () => {
		const mia = await paper.member(ada, { name: 'Mia Vole', login: 'mia',
			role: 4 });
		const own = new Authenticator();
		await add(mia, own);
		const before = await refusals();
		for (const alg of [-8, -257]) {
			const forger = new Authenticator({ alg });
			forger.handle = own.handle;
			const client = paper.client();
			const { status } = await client.send('/sign-in/passkey',
				forger.get(await challenge(client), paper.origin,
					{ id: own.id }));
			assert.equal(status, 422, String(alg));
		}
		assert.ok(await refusals() > before);
		assert.match((await ada.get('/audit')).body, /Mia Vole/);
	});

// ---- where a request comes from, and what it is

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const rename = (headers, client = ada) => client.request('POST',
	'/account/me', { headers: { ...FORM, ...headers }, body: 'name=Forged&lang=' });

test('a form that does not say where it comes from is refused', async () => {
	for (const headers of [{}, { origin: 'null' }, { origin: '' },
		{ origin: 'https://evil.example' }, { origin: `${paper.origin}.evil` },
		{ referer: `${paper.origin}/account` },
		{ 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-site' },
		{ 'sec-fetch-site': 'cross-site', origin: paper.origin },
		{ 'sec-fetch-site': 'same-origin, cross-site' },
		{ 'sec-fetch-mode': 'navigate' }]) {
		const { status } = await rename(headers);
		assert.equal(status, 403, JSON.stringify(headers));
	}
	assert.doesNotMatch((await ada.get('/account')).body, /Forged/);
	// Browsers of old say it in their own way.
	assert.equal((await rename({ origin: paper.origin })).status, 303);
	assert.equal((await ada.post('/account/me', { name: 'Ada Quay', lang: '' })).status,
		303);
});

test('no header and no field makes another request of one', async () => {
	const names = ['x-http-method-override', 'x-http-method', 'x-method-override',
		'x-original-url', 'x-rewrite-url', 'x-original-method'];
	for (const name of names) {
		const got = await ada.get('/account/me',
			{ headers: { [name]: 'POST', 'sec-fetch-site': 'same-origin' } });
		assert.ok([404, 405].includes(got.status), `${name}: ${got.status}`);
		// What stands there changes neither the address nor who may.
		const plain = await paper.client().get('/sign-in');
		const bent = await paper.client().get('/sign-in',
			{ headers: { [name]: '/stories' } });
		assert.equal(bent.status, plain.status);
		assert.equal(bent.body, plain.body);
		const cross = await rename({ [name]: 'GET',
			'sec-fetch-site': 'cross-site' });
		assert.equal(cross.status, 403, name);
	}
	for (const field of ['_method', '_METHOD', 'method'])
		assert.equal((await ada.post('/account/me',
			{ name: 'Forged', lang: '', [field]: 'GET' })).status, 400, field);
	for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE'])
		assert.ok((await ada.request(method, '/account/me')).status >= 400,
			method);
	assert.doesNotMatch((await ada.get('/account')).body, /Forged/);
});

test('an address that opens something is told to no other site', async () => {
	const { body } = await ada.post('/staff/invite', [['name', 'New One'],
		['role', '4'], ['scope', 'all']]);
	const [, join] = /https?:\/\/[^/]+(\/join\/[\w-]{43})/.exec(body);
	const { location } = await ada.post('/stories/new', { headline: 'Secret' });
	const [story] = /^\/stories\/\d+/.exec(location);
	const made = await ada.post(`${story}/links`, { note: '', days: '1' });
	const [, way] = /(\/p\/[\w-]{43})/.exec(made.body);
	const first = `/first/${'A'.repeat(43)}`;
	for (const [path, status] of [[join, 200], [way, 200], [first, 404]]) {
		const page = await paper.client().get(path);
		assert.equal(page.status, status, path);
		assert.match(page.headers['referrer-policy'],
			/^(same-origin|no-referrer)$/);
		assert.match(page.headers['cache-control'], /no-store/);
		// Nothing on it is asked of anybody else, or leads there: but to the
		// paper itself, which is told nothing.
		const own = page.body.replaceAll('https://wire.example/', '/');
		for (const [, url] of own.matchAll(
			/(?:src|href|action|srcset)="([^"]*)"/g))
			assert.match(url, /^(\/(?!\/)|#|$)|^https?:\/\/localhost[:/]/,
				`${path} names ${url}`);
	}
});

// ---- guesses

const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];

test('a long draft of somebody else is missing as quickly as none', async () => {
	paper.command('set', 'sections', 'World, Sport');
	const spy = await paper.member(ada, { name: 'Spy', login: 'spy', role: 4,
		sections: ['Sport'] });
	const { location } = await ada.post('/stories/new',
		{ headline: 'Long matter', section: 'World' });
	const [, id] = /\/stories\/(\d+)/.exec(location);
	const { body } = await ada.get(`/stories/${id}`);
	const saved = await ada.send(`/stories/${id}/save`, {
		base: /name="base" value="(\d+)"/.exec(body)[1],
		tab: /name="tab" value="([^"]*)"/.exec(body)[1],
		headline: 'Long matter', section: 'World',
		body: 'A sentence of the secret text.\n\n'.repeat(28000) });
	assert.equal(saved.json.status, 'saved', saved.body);
	const missing = Number(id) + 1000;
	const times = { [id]: [], [missing]: [] };
	for (let i = 0; i < 60; i++)
		for (const n of i % 2 ? [id, missing] : [missing, id]) {
			const began = process.hrtime.bigint();
			assert.equal((await spy.get(`/stories/${n}`)).status, 404);
			times[n].push(Number(process.hrtime.bigint() - began));
		}
	const there = median(times[id]), none = median(times[missing]);
	assert.ok(there < 1.7 * none && none < 1.7 * there,
		`${there / 1e6} ms and ${none / 1e6} ms`);
});

test('a passkey signs in while a queue is full of guesses', async () => {
	let answered = 0;
	const guesses = Promise.all(Array.from({ length: 150 }, async (_, i) => {
		const client = paper.client();
		await client.post('/sign-in/password', { login: i % 2 ? 'ada' : `x${i}`,
			password: `${PASSWORD} ${i}`, next: '/' });
		answered++;
	}));
	// Until the queue is there.
	while (answered < 5)
		await new Promise((done) => setImmediate(done));
	const client = paper.client();
	const { status } = await client.send('/sign-in/passkey',
		key.get(await challenge(client), paper.origin));
	const then = answered;
	assert.equal(status, 200);
	assert.equal((await client.get('/stories')).status, 200);
	await guesses;
	assert.equal(answered, 150);
	assert.ok(then < 150, 'it came when all guesses had been answered');
});

// ---- uploads without end

const peak = (pid) => Number(/VmHWM:\s+(\d+) kB/.exec(
	fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// One form with a file of MB megabytes, which is no picture.
function flood(mb) {
	const head = Buffer.from('--B\r\nContent-Disposition: form-data; ' +
		'name="file"; filename="a.jpg"\r\n\r\n');
	const tail = Buffer.from('\r\n--B--\r\n');
	const piece = crypto.randomBytes(1 << 20);
	return new Promise((done) => {
		const request = http.request({ host: '127.0.0.1', agent: false,
			port: paper.newsroomPort, path: '/pictures/upload', method: 'POST',
			headers: { host: paper.host, cookie: ada.cookie,
				accept: 'application/json', 'sec-fetch-site': 'same-origin',
				'content-type': 'multipart/form-data; boundary=B',
				'content-length': head.length + (mb << 20) + tail.length } },
		(response) => {
			response.resume();
			response.on('end', () => done(response.statusCode));
		});
		request.on('error', (e) => done(e.code));
		request.write(head);
		let left = mb;
		const more = () => {
			while (left > 0) {
				left--;
				if (!request.write(piece)) {
					request.once('drain', more);
					return;
				}
			}
			request.end(tail);
		};
		more();
	});
}

test('twenty who send 64 MB at once fit into little memory', async () => {
	const [pid] = paper.processes('newsroom');
	const before = peak(pid);
	const answers = await Promise.all(Array.from({ length: 20 },
		() => flood(64)));
	for (const answer of answers)
		assert.ok([413, 422, 429, 503, 'ECONNRESET', 'EPIPE'].includes(answer),
			String(answer));
	assert.ok(answers.includes(422), answers.join());
	assert.deepEqual(paper.processes('newsroom'), [pid]);
	const grown = peak(pid) - before;
	assert.ok(grown < 200, `${grown} MB more`);
	assert.equal((await ada.get('/stories')).status, 200);
});
