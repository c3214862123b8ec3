// SPDX-License-Identifier: MIT
//
// Forms that come when the session has ended, or the proof of who one is has
// grown old: what was typed waits, for the same account and for nobody else.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Newsroom, PASSWORD, decode, totp } from './newsroom.mjs';

let paper, ada, bo;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	bo = await paper.member(ada, { name: 'Bo Reed', login: 'bo', role: 3 });
});
after(() => paper.stop());

// The form on a page of /kept: where it goes, and its fields in their order.
function formOf(body) {
	const [, action, form] = /<form[^>]*action="([^"]*)"[^>]*>([^]*?)<\/form>/
		.exec(body.slice(body.indexOf('<main')));
	assert.doesNotMatch(form, /hidden/); // all of it is to be seen
	return { action, fields: [...form.matchAll(
		/<textarea[^>]* name="([^"]*)"[^>]*>\n([^<]*)</g)].map(
		([, name, value]) => [decode(name), decode(value)]) };
}

async function sql(statement) {
	paper.signal('SIGTERM');
	await paper.ended;
	const { status, stderr } = spawnSync('sqlite3',
		[path.join(paper.paper, 'private/paper.db'), statement],
		{ encoding: 'utf8' });
	assert.equal(status, 0, stderr);
	await paper.serve();
}

// WHO has been away for four days: the session has ended by time, and the
// browser still has its cookies.
function endSession(who) {
	return sql(`UPDATE session SET seen_us = seen_us - ${4 * 86400}000000
		WHERE staff = (SELECT id FROM staff WHERE login = '${who.login}')`);
}

async function begin(who, headline) {
	const { location } = await who.post('/stories/new',
		{ headline, section: 'World' });
	const { body } = await who.get(location);
	return { url: location, base: /name="base" value="(\d+)"/.exec(body)[1],
		tab: /name="tab" value="([^"]*)"/.exec(body)[1] };
}

const next = (location) =>
	decodeURIComponent(/[?&]next=([^&]*)/.exec(location)[1]);

async function signInTo(who, to) {
	let answer = await who.post('/sign-in/password',
		{ login: who.login, password: PASSWORD, next: to });
	assert.match(answer.location, /^\/sign-in\/code\?/);
	assert.equal(next(answer.location), to);
	answer = await who.post('/sign-in/code', { code: who.codes.pop(), next: to });
	assert.equal(answer.location, to);
}

test('a text saved after the session has ended waits, and is saved', async () => {
	const story = await begin(bo, 'Typed for an hour');
	const text = 'First "line" & <more>.\n\n\n  - 두 번째\n\nlast\n' +
		'x'.repeat(200000);
	await endSession(bo);
	const { status, location } = await bo.post(`${story.url}/save`, {
		base: story.base, tab: story.tab, headline: 'Typed for an hour',
		body: text });
	assert.equal(status, 303);
	assert.match(location, /^\/sign-in\?next=\/kept\/[\w-]{43}$/);
	assert.match((await bo.get(location)).body, /waits here for 30 minutes/);
	const place = next(location);
	await signInTo(bo, place);
	const page = await bo.get(place);
	assert.equal(page.status, 200);
	assert.match(page.body, /First &quot;line&quot; &amp; &lt;more&gt;/);
	const form = formOf(page.body);
	assert.equal(form.action, `${story.url}/save`);
	const sent = await bo.post(form.action, form.fields);
	assert.equal(sent.status, 303);
	const { body } = await bo.get(story.url);
	assert.equal(decode(/name="body">\n([^<]*)<\/textarea>/.exec(body)[1]), text);
});

test('nobody else gets it, and without a known account nothing is kept', async () => {
	const story = await begin(bo, 'Whose is it');
	await endSession(bo);
	const { location } = await bo.post(`${story.url}/save`,
		{ base: story.base, tab: story.tab, body: 'Mine alone.' });
	const place = next(location);
	const other = await ada.get(place);
	assert.equal(other.status, 404);
	assert.doesNotMatch(other.body, /Mine alone/);
	assert.equal((await bo.get(place)).status, 303);
	const stranger = paper.client();
	assert.equal((await stranger.get(place)).status, 303);
	const sent = await stranger.post(`${story.url}/save`, { body: 'No.' });
	assert.equal(sent.location, '/sign-in');
	stranger.device = `__Host-farthing-device=${'A'.repeat(64)}`;
	assert.equal((await stranger.post(`${story.url}/save`, { body: 'No.' }))
		.location, '/sign-in');
	assert.equal((await stranger.post(`${story.url}/save`,
		{ body: 'x'.repeat(100000) })).status, 413);
	await signInTo(bo, place);
	assert.equal((await bo.get(place)).status, 200);
});

test('a forged form, a strange field and a password are not kept', async () => {
	const story = await begin(bo, 'Not kept');
	await endSession(bo);
	const forged = await bo.post(`${story.url}/save`, { body: 'Forged.' },
		{ headers: { 'sec-fetch-site': 'cross-site' } });
	assert.equal(forged.status, 403);
	assert.equal((await bo.post(`${story.url}/save`,
		{ body: 'x', unknown: 'y' })).location, '/sign-in');
	assert.equal((await bo.post('/account/password',
		{ password: 'a new one for me' })).location, '/sign-in');
	await bo.signIn();
});

test('a kept form has no other right than its sender', async () => {
	const story = await begin(bo, 'Rights are asked again');
	await endSession(bo);
	const { location } = await bo.post('/redirects', { from: '/a', to: '/b' });
	const place = next(location);
	await signInTo(bo, place);
	const form = formOf((await bo.get(place)).body);
	assert.equal((await bo.post(form.action, form.fields)).status, 403);
	assert.ok(story.url);
});

test('a password alone lays nothing before its owner, nor does a device',
	async () => {
		const role = { role: '1', scope: 'all' };
		const thief = paper.client();
		thief.login = 'ada';
		await thief.password();
		for (const [to, form] of [['/staff/2/role', role],
			['/stories/1/save', { body: 'Theirs.' }]])
			assert.equal((await thief.post(to, form)).location,
				'/sign-in/code');
		const found = paper.client();
		found.device = ada.device;
		assert.equal((await found.post('/stories/1/save', { body: 'x' }))
			.location, '/sign-in');
		assert.equal((await found.post('/stories/1/save',
			{ body: 'x'.repeat(100000) })).status, 413);
		// Nor is a session that was ended by hand the proof of anything.
		await found.signIn.call(Object.assign(found,
			{ login: 'ada', codes: ada.codes }));
		const { cookie } = found;
		await found.post('/sign-out');
		found.cookie = cookie;
		assert.equal((await found.post('/stories/1/save', { body: 'x' }))
			.location, '/sign-in');
	});

test('no form about staff, roles or ways to sign in waits at all', async () => {
	const forms = [['/staff/2/role', { role: '1', scope: 'all' }],
		['/staff/invite', { name: 'Eve', role: '1', scope: 'all' }],
		['/settings/publishing', { check_alt: '0' }]];
	await endSession(ada);
	for (const [to, form] of forms)
		assert.equal((await ada.post(to, form)).location, '/sign-in');
	await ada.signIn();
	await sql('UPDATE session SET stepped_us = stepped_us - 700000000');
	for (const [to, form] of forms.slice(0, 2))
		assert.equal((await ada.post(to, form)).location, '/again');
	assert.match((await ada.post(...forms[2])).location, /next=\/kept/);
	await ada.post('/again', { password: PASSWORD, next: '/' });
});

test('what waits is gone with the account, and with its password', async () => {
	const cy = await paper.member(ada, { name: 'Cy Low', login: 'cy', role: 3 });
	const id = /href="\/staff\/(\d+)"[^>]*>(?:<bdi>)?Cy Low/.exec(
		(await ada.get('/staff')).body)[1];
	const story = await begin(cy, 'Gone with it');
	const save = () => cy.post(`${story.url}/save`, { base: story.base,
		tab: story.tab, body: 'Waiting words.' });
	await endSession(cy);
	let place = next((await save()).location);
	assert.equal((await ada.post(`/staff/${id}/disable`)).status, 303);
	assert.equal((await save()).location, '/sign-in');
	assert.equal((await ada.post(`/staff/${id}/enable`)).status, 303);
	await cy.signIn();
	assert.equal((await cy.get(place)).status, 404);
	await endSession(cy);
	place = next((await save()).location);
	const { body } = await ada.post(`/staff/${id}/reset`);
	const link = /https?:[^<"]*\/join\/[\w-]{43}/.exec(body)[0];
	cy.cookie = '';
	await cy.post(new URL(link).pathname, { password: PASSWORD });
	await cy.enrol();
	assert.equal((await cy.get(place)).status, 404);
});

test('settings sent when the step-up is old wait behind the password', async () => {
	const seen = await ada.seen('/settings/pages/about');
	await sql('UPDATE session SET stepped_us = stepped_us - 700000000');
	const text = 'About us.\n\nIn two paragraphs.\n';
	const { location } = await ada.post('/settings/pages/about', { seen, text });
	assert.match(location, /^\/again\?next=\/kept\/[\w-]{43}$/);
	const page = await ada.get(location);
	assert.match(page.body, /Nothing was saved yet/);
	const proved = await ada.post('/again',
		{ password: PASSWORD, next: next(location) });
	assert.equal(proved.location, next(location));
	const again = await ada.get(proved.location);
	assert.match(again.body, /<code>\/settings\/pages\/about<\/code>/);
	const form = formOf(again.body);
	assert.deepEqual(form, { action: '/settings/pages/about',
		fields: [['seen', seen], ['text', text]] });
	assert.equal((await ada.post(form.action, form.fields)).status, 303);
	assert.match((await ada.get('/settings/pages/about')).body,
		/In two paragraphs/);
	assert.ok(totp(ada.secret));
});

test('notes, publishing forms and more wait as well', async () => {
	const story = await begin(bo, 'All kinds of forms');
	const forms = [[`${story.url}/notes`, { text: 'Who says so?', quote: '' }],
		[`${story.url}/send-back`, { revision: story.base, note: 'Too long' }],
		[`${story.url}/withdraw`, { revision: story.base, reason: 'Wrong' }],
		['/front/banner', { text: 'Fire', story: '', until: '' }],
		['/stories/intake', { text: 'Raw text', lang: 'en' }]];
	await endSession(bo);
	const places = [];
	for (const [action, fields] of forms)
		places.push(next((await bo.post(action, fields)).location));
	await bo.signIn();
	for (const [i, [action, fields]] of forms.entries())
		assert.deepEqual(formOf((await bo.get(places[i])).body),
			{ action, fields: Object.entries(fields) });
});
