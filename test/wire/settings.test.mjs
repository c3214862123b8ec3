// SPDX-License-Identifier: MIT
//
// The newsroom's settings, health and first steps on a real server: what is
// saved is before readers, what is wrong is said beside its field, and what
// others send is refused.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 2 });
	ada = await paper.owner();
});
after(() => paper.stop());

const whole = { name: 'The Wire Test', motto: 'On the wire', place: 'Port Lune',
	lang: 'en', zone: 'Asia/Tokyo', origin: 'https://wire.example',
	publisher: 'Ines Corvo', address: 'press@wire.example', support: '' };

const front = async () => (await paper.get('/')).body.toString();

test('a new paper opens with its first steps', async () => {
	const { location } = await ada.get('/');
	assert.equal(location, '/steps');
	const { status, body } = await ada.get('/steps');
	assert.equal(status, 200);
	assert.match(body, /Say who publishes the paper/);
	assert.match(body, /href="\/settings\/sections"/);
});

test('what is saved of the paper is before readers, and the step is done', async () => {
	const before = await ada.get('/settings/paper');
	assert.equal(before.status, 200);
	assert.match(before.body, /value="The Wire Test"/);
	assert.match(before.body, /<option value="Asia\/Tokyo">Tokyo, UTC\+9</);
	assert.match(before.body, /<option value="America\/Argentina\/Buenos_Aires">Buenos Aires \(Argentina\), UTC−3</);
	assert.match(before.body, /<option value="Asia\/Kolkata">Kolkata, UTC\+5:30</);
	const { status, location } = await ada.save('/settings/paper', whole);
	assert.equal(status, 303);
	assert.equal(location, '/settings/paper?done=saved');
	await until('the publisher', async () => /Ines Corvo/.test(await front()));
	assert.match(await front(), /On the wire/);
	const { body } = await ada.get('/settings/paper');
	assert.match(body, /<option value="Asia\/Tokyo" selected>/);
	const steps = await ada.get('/steps');
	assert.match(steps.body, /done<\/span> <a href="\/settings\/paper"/);
});

test('a fault stands beside its field, and nothing is saved', async () => {
	const wrong = { ...whole, name: ' ', origin: 'wire.example/path',
		zone: 'Asia/Nowhere', motto: 'Kept as typed' };
	const { status, body } = await ada.save('/settings/paper', wrong);
	assert.equal(status, 422);
	assert.match(body, /id="x-name">This must not be empty/);
	assert.match(body, /id="x-origin">Write it as/);
	assert.match(body, /value="Kept as typed"/);
	const zone = await ada.save('/settings/paper', { ...whole, zone: '../../etc/passwd' });
	assert.equal(zone.status, 422);
	assert.match(zone.body, /id="x-zone">/);
	assert.doesNotMatch(await front(), /Kept as typed/);
});

test('sections are made, named anew and put in order; addresses stay', async () => {
	const { status } = await ada.save('/settings/sections', [
		['slug_0', 'world'], ['name_0', 'Globe'], ['place_0', '2'],
		['new', 'Harbour']]);
	assert.equal(status, 303);
	const again = await ada.save('/settings/sections', [
		['slug_0', 'world'], ['name_0', 'Globe'], ['place_0', '2'],
		['slug_1', 'harbour'], ['name_1', 'Harbour'], ['place_1', '1'],
		['shown_1', '1']]);
	assert.equal(again.status, 303);
	await until('the new name', async () =>
		/\/section\/harbour[\s\S]*\/section\/world">Globe/.test(await front()));
	assert.equal((await paper.get('/section/world')).status, 200);
	// The old manuscripts still say the old name, and lead there.
	const taken = await ada.save('/settings/sections', [
		['slug_0', 'world'], ['name_0', 'Globe'], ['place_0', '1'],
		['new', 'World']]);
	assert.equal(taken.status, 422);
	assert.match(taken.body, /id="x-new">Another section/);
	const blank = await ada.save('/settings/sections', [
		['slug_0', 'world'], ['name_0', ' '], ['place_0', '1']]);
	assert.equal(blank.status, 422);
	const unknown = await ada.save('/settings/sections', [
		['slug_0', 'nowhere'], ['name_0', 'X'], ['place_0', '1']]);
	assert.equal(unknown.status, 404);
});

test('a section that ends takes no new stories, and its archive stays', async () => {
	const list = (closed) => ada.save('/settings/sections', [
		['slug_0', 'harbour'], ['name_0', 'Harbour'], ['place_0', '1'],
		['slug_1', 'world'], ['name_1', 'Globe'], ['place_1', '2'],
		['shown_0', '1'], ['shown_1', '1'], ...closed]);
	const head = async () =>
		/<nav class="sections"[^]*?<\/nav>/.exec(await front())[0];
	const before = (await paper.get('/section/world')).body.toString();
	const stories = [...before.matchAll(/href="(\/\d{4}\/[^"]+)"/g)]
		.map(([, path]) => path);
	assert.ok(stories.length > 0);
	assert.equal((await list([['closed_1', '1']])).status, 303);
	await until('it is gone from the head', async () =>
		!/\/section\/world/.test(await head()));
	assert.match(await head(), /\/section\/harbour/);
	const page = await paper.get('/section/world');
	assert.equal(page.status, 200);
	for (const path of stories) {
		assert.ok(page.body.toString().includes(path), path);
		assert.equal((await paper.get(path)).status, 200, path);
	}
	for (const form of ['atom', 'json'])
		assert.equal((await paper.get(`/section/world/feed.${form}`)).status,
			200, form);
	// No form offers it, and none that is made by hand puts a story there.
	const offered = (await ada.get('/stories/new')).body;
	assert.match(offered, /<option value="Harbour"/);
	assert.doesNotMatch(offered, /<option value="Globe"/);
	assert.equal((await ada.post('/stories/new',
		{ headline: 'New', section: 'Globe' })).status, 403);
	const made = await ada.post('/stories/new',
		{ headline: 'New', section: 'Harbour' });
	const [url] = /^\/stories\/\d+/.exec(made.location);
	const text = (await ada.get(url)).body;
	const save = (section) => ada.post(`${url}/save`, { section,
		base: /name="base" value="(\d+)"/.exec(text)[1], headline: 'New' });
	assert.equal((await save('Globe')).status, 422);
	// A story that is there already is written on in it.
	const old = (await ada.get('/stories/1')).body;
	assert.match(old, /<option value="Globe" selected/);
	const kept = await ada.post('/stories/1/save', { section: 'Globe',
		base: /name="base" value="(\d+)"/.exec(old)[1],
		headline: 'Story number 1', body: 'Still here.' });
	assert.equal(kept.status, 303);
	assert.match((await ada.get('/audit')).body, /Harbour, \(Globe\)/);
	// It is opened again as it was.
	assert.equal((await list([])).status, 303);
	await until('it is back', async () => /\/section\/world/.test(await head()));
	assert.match((await ada.get('/stories/new')).body, /<option value="Globe"/);
});

test('all stories of a closed section go to another in one step', async () => {
	const MOVE = '/settings/sections/move', SCREEN = '/settings/sections';
	const list = (...more) => ada.save(SCREEN, [
		['slug_0', 'harbour'], ['name_0', 'Harbour'], ['place_0', '1'],
		['slug_1', 'world'], ['name_1', 'Globe'], ['place_1', '2'],
		['shown_0', '1'], ['shown_1', '1'], ...more]);
	const paths = async (url) => [...new Set((await paper.get(url)).body
		.toString().match(/(?<=href=")\/\d{4}\/\d\d\/\d\d\/[^"]+/g) ?? [])];
	const move = (form) => ada.save(MOVE, form, SCREEN);
	const stories = await paths('/section/world');
	assert.ok(stories.length > 0);
	assert.doesNotMatch((await ada.get(SCREEN)).body, /sections\/move/);
	const draft = (await ada.post('/stories/new',
		{ headline: 'A draft', section: 'Globe' })).location.replace(/\?.*/, '');
	await list(['closed_1', '1']);
	const { body } = await ada.get(SCREEN);
	const [, count] = /Move its (\d+) stor/.exec(body);
	assert.ok(Number(count) > stories.length);
	assert.match(body, /The stories of Globe go to/);
	// Nothing is moved without a choice, to a closed one, or unseen.
	assert.equal((await move({ from: 'world', to: '' })).status, 422);
	const closed = await move({ from: 'world', to: 'world' });
	assert.equal(closed.status, 422);
	assert.match(closed.body, /class="fault" id="x-0">Choose a section that is open/);
	assert.equal((await move({ from: 'nowhere', to: 'harbour' })).status, 404);
	assert.equal((await ada.post(MOVE, { from: 'world', to: 'harbour' })).status, 409);
	// One story less than the button said: it is asked once more.
	const seen = await ada.seen(MOVE, SCREEN);
	const text = (await ada.get(draft)).body;
	assert.equal((await ada.post(`${draft}/save`, { section: 'Harbour',
		base: /name="base" value="(\d+)"/.exec(text)[1],
		headline: 'A draft' })).status, 303);
	const late = await ada.post(MOVE, { seen, from: 'world', to: 'harbour' });
	assert.equal(late.status, 409);
	assert.match(late.body, /Nothing has been moved/);
	assert.match(late.body, new RegExp(`Move its ${count - 1} stor`));
	assert.match(late.body, /<option value="harbour" selected>/);
	const done = await move({ from: 'world', to: 'harbour' });
	assert.equal(done.status, 303);
	assert.equal(done.location, '/settings/sections?done=moved');
	// Readers find them there, each at its own address.
	await until('they stand in the other section', async () => {
		const there = await paths('/section/harbour');
		return stories.every((path) => there.includes(path));
	});
	for (const path of stories) {
		const page = await paper.get(path);
		assert.equal(page.status, 200, path);
		assert.match(page.body.toString(), /\/section\/harbour/);
	}
	for (const end of ['', '/feed.rss', '/feed.atom', '/feed.json']) {
		const old = await paper.get(`/section/world${end}`);
		assert.equal(old.status, 301, end);
		assert.match(old.headers.location, new RegExp(`/section/harbour${end}$`));
	}
	assert.doesNotMatch((await ada.get(SCREEN)).body, /sections\/move/);
	assert.match((await ada.get('/stories/1')).body,
		/<option value="Harbour" selected/);
	assert.match((await ada.get('/stories/1/revisions')).body,
		/moved to another section/);
	const log = (await ada.get('/audit')).body;
	assert.match(log, /moved all stories of a section/);
	assert.match(log, new RegExp(`Harbour \\(${count - 1}\\)`));
	// Opened again it is a section like any other, with none of them.
	assert.equal((await list()).status, 303);
	const again = await ada.post('/stories/new', { headline: 'Back', section: 'Globe' });
	assert.equal(again.status, 303);
});

test('a person gets a page, and keeps its address under another name', async () => {
	assert.equal((await ada.save('/settings/people',
		{ name: 'Tom Reed', about: 'Writes of <b>ships</b>.' })).status, 303);
	const { body } = await ada.get('/settings/people');
	assert.match(body, /href="\/settings\/people\/tom-reed" dir="auto">Tom Reed/);
	assert.match(body, /&lt;b&gt;ships/);
	assert.equal((await ada.save('/settings/people', { slug: 'tom-reed',
		name: 'Thomas Reed', about: '' }, '/settings/people/tom-reed')).status, 303);
	assert.match((await ada.get('/settings/people/tom-reed')).body,
		/value="Thomas Reed"/);
	await ada.save('/settings/people', { name: 'Bea Sol', about: '' });
	const taken = await ada.save('/settings/people', { slug: 'bea-sol',
		name: 'Tom Reed', about: '' }, '/settings/people/bea-sol');
	assert.equal(taken.status, 422);
	assert.match(taken.body, /id="x-name">Somebody else has this name, or had/);
	assert.equal((await ada.get('/settings/people/nobody')).status, 404);
	assert.equal((await ada.save('/settings/people', { slug: 'nobody',
		name: 'X', about: '' })).status, 404);
});

test('a policy is a page of its own, and known to machines', async () => {
	assert.equal((await paper.get('/about/ethics')).status, 404);
	assert.equal((await ada.save('/settings/pages/ethics',
		{ text: 'We take **no** gifts.' })).status, 303);
	await until('the page', async () => (await paper.get('/about/ethics')).status === 200);
	const page = (await paper.get('/about/ethics')).body.toString();
	assert.match(page, /We take <strong>no<\/strong> gifts/);
	assert.match(await front(), /"ethicsPolicy":"https:\/\/wire\.example\/about\/ethics"/);
	assert.match(await front(), /href="\/about\/ethics"/);
	assert.equal((await ada.save('/settings/pages/ethics', { text: '' })).status, 303);
	await until('no page', async () => (await paper.get('/about/ethics')).status === 404);
	assert.equal((await ada.get('/settings/pages/other')).status, 404);
	const long = await ada.save('/settings/pages/ethics', { text: 'x'.repeat(70000) });
	assert.equal(long.status, 422);
});

test('what has no field is refused, and what another site sends', async () => {
	assert.equal((await ada.save('/settings/paper',
		{ ...whole, support_address: 'bc1q' })).status, 400);
	assert.equal((await ada.save('/settings/people',
		{ name: 'X', about: '', id: '1' })).status, 400);
	for (const path of ['/settings/paper', '/settings/sections',
		'/settings/people', '/settings/pages/about', '/steps/hide'])
		assert.equal((await ada.post(path, {},
			{ headers: { 'sec-fetch-site': 'cross-site' } })).status, 403, path);
});

test('a stranger sees nothing of it', async () => {
	for (const path of ['/settings', '/settings/paper', '/settings/sections',
		'/settings/people', '/settings/pages', '/health', '/steps']) {
		const { status, location } = await paper.client().get(path);
		assert.equal(status, 303, path);
		assert.match(location, /^\/sign-in/);
	}
});

test('health says in words that all is well, and what is looked at', async () => {
	const { status, body } = await ada.get('/health');
	assert.equal(status, 200);
	assert.match(body, /Readers’ pages 2/);
	assert.match(body, /Free on the disk/);
	assert.match(body, /Story number/);
	assert.match(body, /Farthing makes none by itself yet/);
	const all = body.match(/status good">running/g);
	// Two readers, supervisor, newsroom, vault, darkroom.
	assert.equal(all.length, 6);
});

test('the steps can be hidden', async () => {
	assert.equal((await ada.post('/steps/hide')).status, 303);
	assert.equal((await ada.get('/')).location, '/stories');
	assert.equal((await ada.get('/steps')).status, 200);
});
