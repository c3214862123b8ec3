// SPDX-License-Identifier: MIT
//
// The newsroom's door, tried by people who stand close to it: who knows a
// password, was a colleague, shares a machine, or only wants to be in the way.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Newsroom, PASSWORD, totp } from './newsroom.mjs';

let paper, ada, last = 0;

before(async () => {
	paper = await Newsroom.start();
	ada = await paper.owner();
});
after(() => paper.stop());

const member = (role) => {
	const login = `member${++last}`;
	return paper.member(ada, { name: `Member ${last}`, login, role });
};
const invite = async () => {
	const { body } = await ada.post('/staff/invite',
		{ name: 'New', role: '4', scope: 'all' });
	return new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]).pathname;
};
const secretOf = async (client) =>
	/class="code">([A-Z2-7 ]+)</.exec(
		(await client.get('/account/second')).body)?.[1];

// The table of sessions gives the number of one that has ended to the next.
test('nobody has seen the secret that a new person is given', async () => {
	const path = await invite();
	const eve = await member(4);
	const hers = await secretOf(eve);
	assert.ok(hers);
	await eve.post('/sign-out');
	const bob = paper.client();
	assert.equal((await bob.post(path,
		{ name: 'Bob', login: 'bob', password: PASSWORD })).status, 303);
	const his = await secretOf(bob);
	assert.ok(his);
	assert.notEqual(his, hers);
	assert.equal(await secretOf(bob), his);
});

test('who knows a password sets up no codes in place of those there are',
	async () => {
		const path = await invite();
		const carol = paper.client(), eve = paper.client();
		await carol.post(path,
			{ name: 'Carol', login: 'carol', password: PASSWORD });
		assert.equal((await eve.password(PASSWORD, 'carol')).location,
			'/account/second');
		const hers = await secretOf(eve);
		assert.ok(hers);
		carol.login = 'carol';
		await carol.enrol();
		assert.equal((await eve.get('/account/second')).location,
			'/sign-in/code');
		const { status, location } = await eve.post('/account/totp',
			{ code: totp(hers) });
		assert.deepEqual([status, location], [303, '/sign-in/code']);
		assert.equal((await eve.get('/stories')).location, '/sign-in/code');
		assert.equal((await carol.get('/stories')).status, 200);
	});

test('a password that is replaced while it is tried opens nothing',
	async () => {
		const bob = await member(3);
		const eve = paper.client();
		const change = bob.post('/account/password',
			{ password: 'a quite new password' });
		await sleep(20);
		assert.equal((await eve.password(PASSWORD, bob.login)).status, 422);
		assert.equal((await change).status, 303);
	});

// How many seconds DO takes, and what it gives.
async function timed(what) {
	const from = performance.now();
	const answer = await what();
	return { ...answer, s: (performance.now() - from) / 1000 };
}

test('who tries many passwords at once has no more tries', async () => {
	const other = await Newsroom.start({ host: 'desk.example' });
	try {
		const owner = await other.owner();
		const from = { headers: { 'x-forwarded-for': '203.0.113.9' } };
		const all = await Promise.all(Array.from({ length: 16 }, () =>
			other.client().password('not the password', 'ada', from)));
		const count = (n) => all.filter(({ status }) => status === n).length;
		assert.equal(count(422) + count(503) + count(429), 16);
		assert.ok(count(422) <= 10, `${count(422)} were looked at`);
		assert.ok(count(429) >= 6);
		// What was right does not count.
		const elsewhere = { headers: { 'x-forwarded-for': '198.51.100.7' } };
		for (let i = 0; i < 12; i++)
			assert.equal((await owner.password(PASSWORD, 'ada', elsewhere))
				.status, 303);
	} finally {
		await other.stop();
	}
});

test('strangers who guess make it slow for strangers, and for nobody else',
	async () => {
		const bob = await member(3);
		const stranger = paper.client();
		// What they say of where they come from counts for nothing: without
		// a proxy that field is their own.
		const from = (i) => ({ headers: { 'x-forwarded-for': `203.0.113.${i}, ` +
			`198.51.${i}.7` } });
		for (let i = 0; i < 10; i++)
			assert.equal((await stranger.password('not the password', bob.login,
				from(i))).status, 422);
		const slow = await timed(() =>
			stranger.password('not the password', bob.login, from(11)));
		assert.equal(slow.status, 422);
		assert.ok(slow.s > 1.8, `${slow.s} s`);
		// At once they are no faster.
		const many = await Promise.all(Array.from({ length: 8 }, (_, i) =>
			paper.client().password('not the password', bob.login, from(i))));
		assert.deepEqual(many.map(({ status }) => status).sort(),
			[422, 422, 422, 422, 429, 429, 429, 429]);
		// Bob on a new computer is slow, and gets in; on his own he is not.
		const fresh = paper.client();
		Object.assign(fresh, { login: bob.login, codes: bob.codes });
		const right = await timed(() => fresh.password());
		assert.deepEqual([right.status, right.location],
			[303, '/sign-in/code']);
		assert.ok(right.s > 1.8, `${right.s} s`);
		const own = await timed(() => bob.password());
		assert.equal(own.location, '/sign-in/code');
		assert.ok(own.s < 1.8, `${own.s} s`);
		await bob.signIn();
		const { body } = await ada.get('/audit');
		assert.equal(body.split('passwords').length, 2);
	});

test('wrong passwords from a known device are counted by themselves', async () => {
	const bob = await member(3);
	const phone = paper.client();
	Object.assign(phone, { login: bob.login, codes: bob.codes });
	await phone.signIn();
	assert.match(phone.device, /^__Host-farthing-device=[\w-]{64}$/);
	assert.notEqual(phone.device, bob.device);
	const was = phone.device;
	let status = 0;
	for (let i = 0; i < 12 && status !== 429; i++)
		({ status } = await phone.password('not the password'));
	assert.equal(status, 429);
	// Nobody else waits: not his other device, and not a stranger.
	const one = await timed(() => bob.password());
	assert.ok(one.status === 303 && one.s < 1.8, `${one.status} ${one.s}`);
	const two = await timed(() => paper.client().password(PASSWORD, bob.login));
	assert.ok(two.status === 303 && two.s < 1.8, `${two.status} ${two.s}`);
	// The cookie is for that account alone, and not to be made.
	const carol = await member(3);
	for (const device of [was, `${was.slice(0, -1)}_`, was.slice(0, -2)]) {
		const eve = paper.client();
		eve.device = device;
		assert.equal((await eve.password(PASSWORD, carol.login)).status, 303);
		assert.equal((await eve.get('/stories')).location, '/sign-in/code');
	}
});

test('wrong codes of who knows a password are counted over a restart',
	async () => {
		const bob = await member(3);
		const eve = paper.client();
		eve.login = bob.login;
		for (let i = 0; i < 10; i++) {
			if (i % 5 === 0)
				await eve.password();
			assert.notEqual((await eve.post('/sign-in/code',
				{ code: '000000' })).status, 429);
		}
		await eve.password();
		const wrong = () => eve.post('/sign-in/code', { code: '000000' });
		assert.equal((await wrong()).status, 429);
		paper.signal('SIGTERM');
		await paper.ended;
		await paper.serve();
		assert.equal((await wrong()).status, 429);
		// He is let in: on his own device, and with a recovery code anywhere.
		await bob.password();
		assert.equal((await bob.post('/sign-in/code',
			{ code: totp(bob.secret, 1), next: '/' })).status, 303);
		const fresh = paper.client();
		Object.assign(fresh, { login: bob.login, codes: bob.codes });
		await fresh.signIn();
		// A code that was right forgets the wrong ones.
		await eve.password();
		assert.equal((await wrong()).status, 422);
	});

test('behind a proxy each network is counted by the proxy\'s own word',
	async (t) => {
		const desk = await Newsroom.start({ stories: 1, host: 'desk.example' });
		t.after(() => desk.stop());
		const owner = await desk.owner();
		const guess = (chain, password = 'not the password', client = null) =>
			(client ?? desk.client()).password(password, 'ada',
				{ headers: { 'x-forwarded-for': chain } });
		for (let i = 0; i < 10; i++)
			assert.equal((await guess('203.0.113.1')).status, 422);
		assert.equal((await guess('203.0.113.99')).status, 429);
		// What stands before the last one is the visitor's.
		assert.equal((await guess('198.51.100.1, 203.0.113.1')).status, 429);
		assert.equal((await guess('198.51.100.1', PASSWORD)).status, 303);
		assert.equal((await guess('203.0.113.1', PASSWORD, owner)).status, 303);
	});

test('wrong step-ups wait, and are noted', async () => {
	const bob = await member(3);
	let status = 0;
	for (let i = 0; i < 12 && status !== 429; i++)
		({ status } = await bob.post('/again', { password: 'no' }));
	assert.equal(status, 429);
	assert.match((await ada.get('/audit')).body, /step-up/);
});

test('only who has to do with pictures may send much', async () => {
	const max = await member(6);
	const { status } = await max.request('POST', '/pictures/upload', {
		headers: { 'sec-fetch-site': 'same-origin',
			'content-type': 'application/octet-stream',
			'content-length': String(9 * 1024 * 1024) } });
	assert.equal(status, 413);
});

test('no answer is another host\'s to load', async () => {
	for (const path of ['/sign-in', '/stories', '/nowhere'])
		assert.equal((await ada.get(path))
			.headers['cross-origin-resource-policy'], 'same-origin', path);
	const { headers } = await paper.client().password(PASSWORD, 'ada');
	assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
});

test('a draft that one may not see is as missing as one that is not', async () => {
	paper.command('set', 'sections', 'World, Sport');
	const sport = await paper.member(ada, { name: 'Spo', login: 'spo', role: 4,
		sections: ['Sport'] });
	const { location } = await ada.post('/stories/new',
		{ headline: 'A <b>secret</b> matter', section: 'World' });
	const [, id] = /\/stories\/(\d+)/.exec(location);
	const missing = String(Number(id) + 1000);
	const look = async (method, path) => {
		const { status, body } = method === 'GET' ? await sport.get(path)
			: await sport.post(path, { base: '1', revision: '1', note: 'x',
				days: '1', text: 'x', name: 'x' });
		return [status, body];
	};
	for (const [method, rest] of [['GET', ''], ['GET', '/revisions'],
		['GET', '/compare?a=1&b=1'], ['GET', '/notes'], ['GET', '/preview'],
		['GET', '/page'], ['POST', '/links/1/revoke']])
		assert.deepEqual(await look(method, `/stories/${id}${rest}`),
			await look(method, `/stories/${missing}${rest}`), rest);
	for (const [rest, form] of [['/save', { base: '1', headline: 'x' }],
		['/restore', { base: '1', revision: '1' }],
		['/name', { revision: '1', name: 'x' }], ['/notes', { text: 'x' }],
		['/links', { days: '1', note: '' }]])
		assert.equal((await sport.post(`/stories/${id}${rest}`, form)).status,
			404, rest);
	assert.doesNotMatch((await sport.get('/stories')).body, /secret/);

	const editor = await paper.member(ada, { name: 'Edi', login: 'edi', role: 3,
		sections: ['Sport'] });
	const front = await editor.get(`/front?number=0&row_0=1%3A${id}`);
	assert.equal(front.status, 403);
	assert.doesNotMatch(front.body, /secret/);
	assert.match((await ada.get(`/front?number=0&row_0=1%3A${id}`)).body,
		/secret/);

	const made = await ada.post(`/stories/${id}/links`,
		{ note: 'for the lawyer', days: '2' });
	const { pathname } = new URL(/http:[^<"]*\/p\/[\w-]{43}/.exec(made.body)[0]);
	const page = await paper.client().get(pathname);
	assert.equal(page.status, 200);
	assert.match(page.headers['content-security-policy'],
		/default-src 'none'; style-src 'sha256-[^']*'; img-src 'self'; /);
	assert.doesNotMatch(page.body, /<b>secret/);
	assert.match((await ada.get('/audit')).body, /made a secret link/);
	const [, link] = new RegExp(`/stories/${id}/links/(\\d+)/revoke`)
		.exec((await ada.get(`/stories/${id}/preview`)).body);
	await ada.post(`/stories/${id}/links/${link}/revoke`);
	assert.equal((await paper.client().get(pathname)).status, 404);
	assert.match((await ada.get('/audit')).body, /revoked a secret link/);
});

test('where one is signed in stands in plain words, and markup is words',
	async () => {
		const dora = await member(4);
		const { codes } = dora;
		for (const agent of ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; ' +
			'rv:145.0) Gecko/20100101 Firefox/145.0',
		'<b>by hand</b>', '']) {
			const other = paper.client();
			const options = { headers: { 'user-agent': agent } };
			await other.password(PASSWORD, dora.login, options);
			assert.equal((await other.post('/sign-in/code',
				{ code: codes.pop(), next: '/' }, options)).status, 303);
		}
		const { body } = await dora.get('/account');
		assert.match(body, /<th scope="row">Firefox on Windows<\/th>/);
		assert.match(body, /<bdi>&lt;b&gt;by hand&lt;\/b&gt;<\/bdi>/);
		assert.match(body, /<bdi>It did not say its name<\/bdi>/);
		assert.doesNotMatch(body, /Mozilla/);
	});
