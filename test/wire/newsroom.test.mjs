// SPDX-License-Identifier: MIT
//
// The newsroom's pages on a real server: signing in and what guards it.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Newsroom, PASSWORD, totp } from './newsroom.mjs';
import { until } from './paper.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 2, conf: 'access_log = access\n' });
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
	const wrong = await bob.password('not the password', 'ada');
	const nobody = await bob.password('not the password', 'nobody');
	assert.equal(wrong.status, 422);
	assert.equal(nobody.status, 422);
	assert.equal(wrong.body.replace('value="ada"', ''),
		nobody.body.replace('value="nobody"', ''));
});

test('a password and a code sign in, with a new cookie each time', async () => {
	const was = ada.cookie;
	const half = await ada.password();
	assert.equal(half.location, '/sign-in/code');
	assert.match(ada.cookie, /^__Host-farthing=[\w-]{43}$/);
	assert.notEqual(ada.cookie, was);
	const between = ada.cookie;
	assert.equal((await ada.get('/stories')).location, '/sign-in/code');
	const code = totp(ada.secret, 1);
	const { status } = await ada.post('/sign-in/code', { code, next: '/' });
	assert.equal(status, 303);
	assert.notEqual(ada.cookie, between);
	assert.equal((await ada.get('/stories')).status, 200);
	// The half session's token is gone.
	const other = paper.client();
	other.cookie = between;
	assert.equal((await other.get('/sign-in/code')).location, '/sign-in');
});

test('a code is good for one use', async () => {
	const { status, location } = await ada.password();
	assert.equal(status, 303);
	assert.equal(location, '/sign-in/code');
	const again = await ada.post('/sign-in/code',
		{ code: totp(ada.secret, 1), next: '/' });
	assert.equal(again.status, 422);
	assert.match(again.body, /used already/);
	await ada.signIn();
	const used = ada.codes.slice();
	assert.equal(used.length, 9);
});

test('five wrong codes end the half session', async () => {
	const bob = paper.client();
	bob.login = 'ada';
	await bob.password();
	for (let i = 0; i < 4; i++)
		assert.equal((await bob.post('/sign-in/code',
			{ code: 'AAAA-AAAA-AAAA-AAAA', next: '/' })).status, 422);
	const last = await bob.post('/sign-in/code',
		{ code: 'AAAA-AAAA-AAAA-AAAA', next: '/' });
	assert.equal(last.location, '/sign-in');
	assert.equal(bob.cookie, '');
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

// What happens to the server happens to the newsroom, too; nobody is signed
// out by it.
const answers = async () => {
	try {
		return (await ada.get('/stories')).status === 200;
	} catch {
		return false;
	}
};

test('a newsroom that dies is started again', async () => {
	const [was] = paper.processes('newsroom');
	process.kill(was, 'SIGKILL');
	await until('another newsroom', () =>
		paper.processes('newsroom').some((pid) => pid !== was));
	await until('its pages', answers);
});

test('a vault that dies is started again', async () => {
	const [was] = paper.processes('vault');
	process.kill(was, 'SIGKILL');
	await until('another vault', () =>
		paper.processes('vault').some((pid) => pid !== was));
	assert.equal((await ada.password()).status, 303);
	await ada.signIn();
});

test('new settings and a new program serve the newsroom on', async () => {
	paper.signal('SIGHUP');
	await until('the new settings', () =>
		paper.said.includes('serving with the new settings'));
	await until('its pages', answers);
	const was = paper.processes('newsroom').join();
	paper.signal('SIGUSR2');
	await until('the new program', () =>
		paper.said.includes('a new program has taken over'), 15000);
	await until('another newsroom', () =>
		paper.processes('newsroom').length === 1 &&
		paper.processes('newsroom').join() !== was);
	await until('its pages', answers);
	assert.equal((await ada.password()).status, 303);
	await ada.signIn();
});

test('no link stands in the access log', async () => {
	const token = 'A'.repeat(43);
	for (const path of ['first', 'join', 'p'])
		await ada.get(`/${path}/${token}`);
	await until('the log', () => fs.readFileSync(
		`${paper.paper}/access`, 'utf8').includes('/join/'), 15000);
	const log = fs.readFileSync(`${paper.paper}/access`, 'utf8');
	assert.ok(!log.includes(token));
	assert.ok(!log.includes(ada.cookie.split('=')[1]));
});
