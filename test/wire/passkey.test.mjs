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
	let status = 0;
	for (let i = 0; i < 12 && status !== 429; i++)
		({ status } = await stranger.password('not the password', 'ada'));
	assert.equal(status, 429);
	assert.equal((await signIn(key)).status, 200);
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
