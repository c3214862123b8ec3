// SPDX-License-Identifier: MIT
//
// The newsroom's pages on a real server: signing in and what guards it.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Newsroom, PASSWORD } from './newsroom.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 2 });
	ada = await paper.owner();
});
after(() => paper.stop());

test('the first owner is signed in and sees the stories', async () => {
	const { status, body, headers } = await ada.get('/stories');
	assert.equal(status, 200);
	assert.match(body, /Ada Quay/);
	assert.match(headers['content-security-policy'], /default-src 'none'/);
	assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
	assert.equal(headers['cache-control'], 'no-store');
});

test('there is no second first owner', () => {
	assert.throws(() => paper.command('newsroom', 'first-link'),
		/has an owner/);
});

test('a stranger is led to the sign-in page, and back from it', async () => {
	const { status, location } = await paper.client().get('/stories');
	assert.equal(status, 303);
	assert.equal(location, '/sign-in?next=/stories');
});

test('a wrong password and a name that nobody has look the same', async () => {
	const bob = paper.client();
	const wrong = await bob.signIn('ada', 'not the password');
	const nobody = await bob.signIn('nobody', 'not the password');
	assert.equal(wrong.status, 422);
	assert.equal(nobody.status, 422);
	assert.equal(wrong.body.replace('value="ada"', ''),
		nobody.body.replace('value="nobody"', ''));
});

test('the right password signs in, with a new cookie', async () => {
	const again = paper.client();
	const { status } = await again.signIn('ada');
	assert.equal(status, 303);
	assert.match(again.cookie, /^__Host-farthing=[\w-]{43}$/);
	assert.notEqual(again.cookie, ada.cookie);
	assert.equal((await again.get('/stories')).status, 200);
	await again.post('/sign-out');
	assert.equal(again.cookie, '');
});

test('a form from another site is refused', async () => {
	for (const headers of [{ 'sec-fetch-site': 'cross-site' },
		{ 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }])
		assert.equal((await ada.post('/sign-out', {}, { headers })).status, 403);
	const { status } = await ada.request('POST', '/sign-out', { headers: {
		'content-type': 'application/x-www-form-urlencoded',
		origin: 'https://evil.example' } });
	assert.equal(status, 403);
	assert.equal((await ada.get('/stories')).status, 200);
});

test('a field that the form does not have is refused', async () => {
	const { status } = await paper.client().post('/sign-in/password',
		{ login: 'ada', password: PASSWORD, role: 'owner' });
	assert.equal(status, 400);
});

test('another name of the host is sent away', async () => {
	const { status, body } = await ada.get('/stories',
		{ headers: { host: 'rebound.example' } });
	assert.equal(status, 421);
	assert.match(body, new RegExp(paper.origin));
});

test('files are kept for ever under the address of their content', async () => {
	const page = await ada.get('/stories');
	const [, url] = /href="(\/static\/[0-9a-f]+\/desk\.css)"/.exec(page.body);
	const { status, headers } = await ada.get(url);
	assert.equal(status, 200);
	assert.match(headers['cache-control'], /immutable/);
	assert.equal((await ada.get('/static/0000000000000000/desk.css')).status,
		404);
});
