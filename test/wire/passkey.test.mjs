// SPDX-License-Identifier: MIT
//
// Passkeys against a real server: what is right signs in, and whatever is bent
// does not.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Newsroom } from './newsroom.mjs';
import { Authenticator } from './authenticator.mjs';

let paper, ada, key;

async function add(client, authenticator, bent) {
	const wish = (await client.get('/account/passkeys/challenge',
		{ headers: { accept: 'application/json' } })).body;
	return client.send('/account/passkeys',
		authenticator.create(JSON.parse(wish), paper.origin, bent));
}

async function wish(client, path = '/sign-in/challenge') {
	return JSON.parse((await client.get(path)).body);
}

async function signIn(authenticator, bent) {
	const client = paper.client();
	return client.send('/sign-in/passkey',
		authenticator.get(await wish(client), paper.origin, bent));
}

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	key = new Authenticator();
	assert.equal((await add(ada, key)).json.next, '/account?done=passkey-added');
});
after(() => paper.stop());

test('each algorithm that browsers have signs in', async () => {
	for (const alg of [-7, -8, -257]) {
		const other = new Authenticator({ alg });
		assert.equal((await add(ada, other)).status, 200, String(alg));
		const client = paper.client();
		const { json } = await client.send('/sign-in/passkey',
			other.get(await wish(client), paper.origin));
		assert.equal(json.next, '/');
		assert.equal((await client.get('/stories')).status, 200);
	}
});

test('an authenticator that does not count signs in again and again', async () => {
	const other = new Authenticator({ counts: false });
	assert.equal((await add(ada, other)).status, 200);
	assert.equal((await signIn(other)).status, 200);
	assert.equal((await signIn(other)).status, 200);
});

test('what another site had signed is refused', async () => {
	for (const bent of [{ origin: 'https://evil.example' },
		{ origin: 'http://localhost' }, { rp: 'evil.example' },
		{ crossOrigin: true }, { kind: 'webauthn.create' }])
		assert.equal((await signIn(key, bent)).status, 422,
			JSON.stringify(bent));
});

test('without a person who was verified nobody signs in', async () => {
	for (const flags of [0, 1, 4])
		assert.equal((await signIn(key, { flags })).status, 422);
});

test('another signature, key or person is refused', async () => {
	assert.equal((await signIn(key,
		{ text: Buffer.from('something else') })).status, 422);
	assert.equal((await signIn(new Authenticator())).status, 422);
	const stranger = new Authenticator();
	stranger.handle = key.handle;
	assert.equal((await signIn(stranger, { id: key.id })).status, 422);
	assert.equal((await signIn(key,
		{ handle: Buffer.alloc(32, 7).toString('base64url') })).status, 422);
});

test('an answer works once', async () => {
	const client = paper.client();
	const form = key.get(await wish(client), paper.origin);
	assert.equal((await client.send('/sign-in/passkey', form)).status, 200);
	assert.equal((await paper.client().send('/sign-in/passkey', form)).status,
		422);
});

test('a challenge of ours, and for this, is needed', async () => {
	const other = Buffer.alloc(40, 1).toString('base64url');
	assert.equal((await signIn(key, { challenge: other })).status, 422);
	assert.equal((await signIn(key, { challenge: 'AAAA' })).status, 422);
	const client = paper.client();
	const stepUp = await wish(ada, '/again/challenge');
	assert.equal((await client.send('/sign-in/passkey',
		key.get(stepUp, paper.origin))).status, 422);
});

test('a counter that goes back is refused, and noted', async () => {
	assert.equal((await signIn(key, { counter: 1 })).status, 422);
	assert.match((await ada.get('/audit')).body, /passkey counter/);
	assert.equal((await signIn(key)).status, 200);
});

test('junk under a known name makes one row, and the passkey goes on', async () => {
	const other = new Authenticator();
	const eve = await paper.member(ada, { name: 'Eve Low', login: 'eve', role: 4 });
	await add(eve, other);
	const junk = { id: Buffer.from(other.id).toString('base64url'),
		client_data: 'e30', authenticator_data: 'AAAA', signature: 'AAAA',
		handle: '', next: '/' };
	for (let i = 0; i < 20; i++)
		assert.equal((await paper.client().send('/sign-in/passkey', junk)).status,
			422);
	const rows = (await ada.get('/audit')).body.split('<tr>')
		.filter((r) => /sign-in refused/.test(r) && /Eve Low/.test(r));
	assert.equal(rows.length, 1);
	assert.match(rows[0], /<bdi>eve<\/bdi>/);
	assert.equal((await signIn(other)).status, 200);
});

test('a passkey of an unknown algorithm is not added', async () => {
	for (const alg of [-65535, 0, -37])
		assert.equal((await add(ada, new Authenticator({ alg }))).status, 422);
	assert.equal((await add(ada, new Authenticator(), { flags: 0x41 })).status,
		422);
	assert.equal((await add(ada, new Authenticator(),
		{ origin: 'https://evil.example' })).status, 422);
	assert.equal((await add(ada, key)).status, 422);
});

test('a passkey steps up its own account only', async () => {
	const bob = await paper.member(ada,
		{ name: 'Bob Weir', login: 'bob', role: 4 });
	const his = new Authenticator();
	assert.equal((await add(bob, his)).status, 200);
	const asked = await wish(ada, '/again/challenge');
	assert.equal((await ada.send('/again/passkey',
		his.get(asked, paper.origin))).status, 422);
	const was = ada.cookie;
	const again = await wish(ada, '/again/challenge');
	assert.equal((await ada.send('/again/passkey',
		key.get(again, paper.origin))).status, 200);
	assert.notEqual(ada.cookie, was);
});

test('whoever has a passkey is not locked out by wrong passwords', async () => {
	const stranger = paper.client();
	for (let i = 0; i < 12; i++)
		await stranger.password('not the password', 'ada');
	const many = await Promise.all(Array.from({ length: 6 }, () =>
		paper.client().password('not the password', 'ada')));
	assert.ok(many.some(({ status }) => status === 429));
	assert.equal((await signIn(key)).status, 200);
});

// Joins by a passkey alone, as web/passkey.js does it: the answer.
async function joinWith(link, who, authenticator, bent = {}) {
	const path = new URL(link).pathname;
	const client = paper.client();
	const asked = await client.send(`${path}/challenge`, who);
	if (asked.status !== 200)
		return { client, ...asked };
	const { client_data, authenticator_data } =
		authenticator.create(asked.json, paper.origin, bent);
	return { client, wish: asked.json, ...await client.post(`${path}/passkey`,
		{ ...who, client_data, authenticator_data }) };
}

async function invite() {
	const { body } = await ada.post('/staff/invite',
		{ name: 'New', role: '3', scope: 'all' });
	return /http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0];
}

const codesOf = (body) =>
	[...body.matchAll(/class="code">([A-Z2-7-]{19})</g)].map(([, c]) => c);

test('a passkey alone makes an account, with recovery codes', async () => {
	const link = await invite();
	const who = { name: 'Kay Solo', login: 'kay' };
	const own = new Authenticator();
	// What is bent makes none, and uses the link up for nobody.
	for (const bent of [{ origin: 'https://evil.example' },
		{ rp: 'evil.example' }, { flags: 0x41 }, { flags: 0x44 },
		{ kind: 'webauthn.get' }, { challenge: 'A'.repeat(54) }]) {
		const { status, body } = await joinWith(link, who, own, bent);
		assert.equal(status, 422, JSON.stringify(bent));
		assert.match(body, /role="alert"/);
	}
	// Nor does what is wrong with the person, said before the key is made.
	for (const [form, text] of [[{ ...who, login: 'ada' }, /already/],
		[{ ...who, name: 'ADA QUAY' }, /looks like it/],
		[{ ...who, name: ' ' }, /./]]) {
		const { status, json } = await joinWith(link, form, own);
		assert.equal(status, 422);
		assert.match(json.text, text);
	}
	// A challenge of another link, or of signing in, is none.
	const other = await paper.client().send(
		`${new URL(await invite()).pathname}/challenge`, who);
	const signing = await wish(paper.client());
	for (const { challenge } of [other.json, signing])
		assert.equal((await joinWith(link, who, own, { challenge })).status,
			422);

	const { client, status, body } = await joinWith(link, who, own);
	assert.equal(status, 200, body);
	const codes = codesOf(body);
	assert.equal(codes.length, 10);
	assert.equal((await client.get('/stories')).status, 200);
	assert.equal((await joinWith(link, who, own)).status, 404);
	assert.equal((await signIn(own)).status, 200);
	// There is no password to guess, and none to step up by.
	client.login = 'kay';
	assert.equal((await paper.client().password('', 'kay')).status, 422);
	assert.doesNotMatch((await client.get('/again')).body, /name="password"/);

	// The last way in stays; with a password beside it, either may go.
	const idOf = async () => /passkeys\/(\d+)\/remove/.exec(
		(await client.get('/account')).body)[1];
	const id = await idOf();
	assert.equal((await client.post(`/account/passkeys/${id}/remove`)).status,
		422);
	assert.match((await client.get('/account')).body, /has no password/);
	assert.equal((await client.post('/account/password',
		{ password: 'a password at last' })).status, 303);
	assert.equal((await client.post(`/account/passkeys/${id}/remove`)).status,
		422); // the password would stand alone
	assert.equal((await paper.client().password('a password at last', 'kay'))
		.location, '/sign-in/code');
	assert.match((await client.post('/account/password/remove')).location,
		/done=password-removed/);
	assert.equal((await paper.client().password('a password at last', 'kay'))
		.status, 422);
	assert.match((await ada.get('/audit')).body, /removed a password/);

	// The passkey is lost: a recovery code lets in, once.
	const fresh = paper.client();
	const way = await fresh.password(codes[0], 'kay');
	assert.deepEqual([way.status, way.location], [303, '/account']);
	assert.equal((await fresh.get('/stories')).status, 200);
	assert.equal((await paper.client().password(codes[0], 'kay')).status, 422);
	// Of an account with a password it is no first half.
	assert.equal((await paper.client().password(ada.codes[0], 'ada')).status,
		422);
});

test('a password is not removed while it is a way that is needed', async () => {
	const bob = await paper.member(ada, { name: 'Bob Pass', login: 'bobp',
		role: 4 });
	assert.equal((await bob.post('/account/password/remove')).status, 422);
	assert.doesNotMatch((await bob.get('/account')).body,
		/\/account\/password\/remove/);
	const own = new Authenticator();
	await add(bob, own);
	assert.equal((await bob.post('/account/password/remove')).status, 303);
	assert.equal((await bob.get('/account')).status, 200);
	assert.equal((await signIn(own)).status, 200);
	// Codes without a password are no way in.
	await bob.enrol().catch(() => null);
	const id = /passkeys\/(\d+)\/remove/.exec(
		(await bob.get('/account')).body)[1];
	assert.equal((await bob.post(`/account/passkeys/${id}/remove`)).status, 422);
});

test('a new link lets in anew by passkey, under the same handle', async () => {
	const bob = await paper.member(ada, { name: 'Bob Lost', login: 'bobl',
		role: 4 });
	const old = new Authenticator();
	await add(bob, old);
	const link = paper.command('newsroom', 'reset', 'bobl').trim();
	const own = new Authenticator();
	const { status, body, wish: asked } = await joinWith(link, {}, own);
	assert.equal(status, 200, body);
	assert.equal(asked.handle, old.handle);
	assert.equal(asked.login, 'bobl');
	assert.equal((await signIn(own)).status, 200);
	assert.equal((await signIn(old)).status, 422);
	assert.equal((await bob.get('/stories')).status, 303);
	assert.equal((await bob.password()).status, 422);
});

test('broken answers are refused', async () => {
	const client = paper.client();
	const good = key.get(await wish(client), paper.origin);
	for (const name of ['id', 'client_data', 'authenticator_data', 'signature'])
		for (const value of ['', '*', good[name].slice(0, 9), good[name] + 'A',
			'A'.repeat(20000)])
			assert.equal((await client.send('/sign-in/passkey',
				{ ...good, [name]: value })).status, 422, name);
});
