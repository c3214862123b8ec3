// SPDX-License-Identifier: MIT
//
// Stories are written on a real server: saving with and without a script, two
// in one story, who may see and write what, and a server killed while saving.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Newsroom, decode } from './newsroom.mjs';
import { sleep, story, until } from './paper.mjs';

let paper, ada, bo, rita, sports;

before(async () => {
	paper = await Newsroom.start({ stories: 3 });
	ada = await paper.owner();
	bo = await paper.member(ada, { name: 'Bo Reed', login: 'bo', role: 3 });
	rita = await paper.member(ada, { name: 'Rita Vaz', login: 'rita', role: 4 });
	const file = path.join(paper.dir, 'match.md');
	fs.writeFileSync(file, story(9).replace('World', 'Sport'));
	paper.command('import', file);
	sports = await paper.member(ada, { name: 'Sal Port', login: 'sal',
		role: 3, sections: ['Sport'] });
});
after(() => paper.stop());

const value = (body, name) =>
	new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1];

// A new story, open on WHO's screen.
async function begin(who, headline, section = '') {
	const { status, location, body } = await who.post('/stories/new',
		{ headline, section });
	assert.equal(status, 303, body);
	return open(who, location);
}

async function open(who, url) {
	const { status, body } = await who.get(url);
	assert.equal(status, 200);
	return { who, url, base: value(body, 'base'), tab: value(body, 'tab'), body };
}

// Saves as the script does; the page goes on from what it is told.
async function save(page, fields) {
	const { status, json } = await page.who.send(`${page.url}/save`,
		{ base: page.base, tab: page.tab, ...fields });
	if (['saved', 'unchanged', 'merged'].includes(json.status))
		page.base = json.revision;
	return { code: status, ...json };
}

test('a story begins with its headline, and who began it has the byline', async () => {
	const page = await begin(ada, 'The quay is closed', 'World');
	assert.match(page.body, />\s*The quay is closed</);
	assert.equal(value(page.body, 'authors'), 'Ada Quay');
	assert.match(page.body, /<option value="World" selected>/);
	assert.match(page.body, /id="editor-words"/);
	assert.equal((await ada.post('/stories/new', { headline: ' ' })).status, 422);
});

test('what was saved is there, and saving it again changes nothing', async () => {
	const page = await begin(ada, 'Twice');
	const text = { headline: 'Twice', body: 'One.\n\nTwo “three”.\n',
		tags: 'a, b', authors: 'Ada Quay, Bo Reed' };
	const first = await save(page, text);
	assert.equal(first.status, 'saved');
	assert.match(first.saved_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	const second = await save(page, text);
	assert.equal(second.status, 'unchanged');
	assert.equal(second.revision, first.revision);
	const again = await open(ada, page.url);
	assert.equal(value(again.body, 'tags'), 'a, b');
	assert.match(again.body, /One\.\n\nTwo “three”\.\n<\/textarea>/);
});

test('what was saved by hand is told from what was saved while writing', async () => {
	const page = await begin(ada, 'By hand');
	const list = async () => (await ada.get(`${page.url}/revisions`)).body;
	const first = await save(page, { body: 'One.\n' });
	assert.match(await list(), /saved while writing/);
	const again = await save(page, { body: 'One.\n', kind: 'save' });
	assert.equal(again.status, 'unchanged');
	assert.equal(again.revision, first.revision);
	assert.doesNotMatch(await list(), /quiet">saved while writing/);
	await save(page, { body: 'Two.\n', kind: 'save' });
	assert.doesNotMatch(await list(), /quiet">saved while writing/);
	// Somebody else's is theirs.
	await save(page, { body: 'Three.\n' });
	const other = await open(bo, page.url);
	await bo.send(`${page.url}/save`, { base: value(other.body, 'base'), tab: 'b',
		body: 'Three.\n', kind: 'save' });
	assert.match(await list(), /quiet">saved while writing/);
	assert.match(await list(), /for a month once an hour/);
});

test('who is in a story is told, and who has left it', async () => {
	const page = await begin(ada, 'Who is here');
	const look = async (who, form) =>
		(await who.send(`${page.url}/present`, form)).json;
	const own = await look(ada, { tab: page.tab });
	assert.deepEqual(own.present, []);
	assert.equal(String(own.revision), String(page.base));
	assert.deepEqual((await look(bo, { tab: 'bo' })).present.map((p) => p.name),
		['Ada Quay']);
	assert.equal((await look(ada, { tab: page.tab })).present.length, 1);
	await look(bo, { tab: 'bo', leave: '1' });
	assert.deepEqual((await look(ada, { tab: page.tab })).present, []);
	const { status } = await bo.send(`${page.url}/present`, {});
	assert.equal(status, 400);
});

test('a name with a comma in it stays one name', async () => {
	const page = await begin(ada, 'Names');
	await save(page, { authors: 'Reed, Jr.;' });
	assert.equal(value((await open(ada, page.url)).body, 'authors'),
		'Reed, Jr.;');
	await save(page, { authors: 'Reed, Jr.; Ana Vaz' });
	assert.equal(value((await open(ada, page.url)).body, 'authors'),
		'Reed, Jr.; Ana Vaz');
	await save(page, { authors: 'آنا، باول' });
	assert.equal(value((await open(ada, page.url)).body, 'authors'),
		'آنا, باول');
});

test('marks say where they stand, in bytes of the field', async () => {
	const page = await begin(ada, 'Marks');
	const body = 'Größe: he said said it.';
	const { marks } = await save(page, { body, headline: 'Marks' });
	const mark = marks.find((m) => m.kind === 'doubled word');
	assert.equal(mark.field, 'body');
	assert.equal(Buffer.from(body).subarray(mark.offset,
		mark.offset + mark.length).toString(), 'said said');
});

test('the work of two is put together where it does not touch', async () => {
	const one = await begin(ada, 'Two at once');
	await save(one, { body: 'First paragraph.\n\nSecond paragraph.\n' });
	const two = await open(bo, one.url);
	assert.match(two.body, /Also here: Ada Quay/);
	assert.equal((await save(one, { body:
		'First paragraph, by Ada.\n\nSecond paragraph.\n' })).status, 'saved');
	const merged = await save(two, { body:
		'First paragraph.\n\nSecond paragraph, by Bo.\n' });
	assert.equal(merged.status, 'merged');
	assert.equal(merged.by, 'Ada Quay');
	assert.equal(merged.fields.body,
		'First paragraph, by Ada.\n\nSecond paragraph, by Bo.\n');
	assert.deepEqual(merged.present.map((p) => p.name), ['Ada Quay']);
	const seen = await save(one, { body:
		'First paragraph, by Ada.\n\nSecond paragraph.\n' });
	assert.equal(seen.status, 'merged');
	assert.equal(seen.fields.body, merged.fields.body);
});

test('two changes of the same words are never put over each other', async () => {
	const one = await begin(ada, 'Same words');
	await save(one, { body: 'It broke at noon.\n' });
	const two = await open(bo, one.url);
	await save(one, { body: 'It broke at one.\n', kicker: 'Harbour' });
	const no = await save(two, { body: 'It broke at two.\n', dateline: 'Quay' });
	assert.equal(no.code, 409);
	assert.equal(no.status, 'conflict');
	assert.equal(no.fields.body, 'It broke at one.\n');
	assert.equal(no.by, 'Ada Quay');
	// Without a script: both, side by side, and what only one changed is in.
	const { status, body } = await bo.post(`${one.url}/save`, { base: two.base,
		tab: two.tab, body: 'It broke at two.\n', dateline: 'Quay' });
	assert.equal(status, 409);
	assert.match(body, /It broke at two\.\n<\/textarea>/);
	assert.match(body, /<ins>one<\/ins>/);
	assert.match(body, /name="kicker">\nHarbour</);
	assert.match(body, /name="dateline">\nQuay</);
	assert.equal((await open(ada, one.url)).body.includes('at two'), false);
	// The choice stands on top of what was seen.
	const done = await bo.post(`${one.url}/save`, { base: value(body, 'base'),
		tab: two.tab, kind: 'merge', body: 'It broke at half past one.\n',
		kicker: 'Harbour', dateline: 'Quay' });
	assert.equal(done.status, 303);
	assert.match((await open(ada, one.url)).body, /half past one/);
});

test('an answer that was lost on the way is no conflict with oneself', async () => {
	const page = await begin(ada, 'Lost');
	const was = page.base;
	await save(page, { body: 'One.\n' });
	page.base = was;
	assert.equal((await save(page, { body: 'One two.\n' })).status, 'saved');
});

test('readers see nothing of what is only saved', async () => {
	const page = await open(ada, '/stories/1');
	await save(page, { body: 'Not for readers yet.\n' });
	const { body } = await ada.get('/stories?status=changed');
	assert.match(body, /Published, changes not yet/);
	const url = /<loc>[^<]*(\/2026\/[^<]*)<\/loc>/.exec(String((await
	paper.get('/sitemap.xml')).body))?.[1] ?? '/';
	assert.doesNotMatch(String((await paper.get(url)).body), /Not for readers/);
});

test('what cannot be saved comes back with the text that was typed', async () => {
	const page = await begin(ada, 'Faults');
	const fault = await save(page, { lang: 'no language', body: 'Mine.' });
	assert.equal(fault.code, 422);
	assert.match(fault.message, /code of a language/);
	const { status, body } = await ada.post(`${page.url}/save`,
		{ base: page.base, tab: page.tab, lang: '!', body: 'Mine & yours.' });
	assert.equal(status, 422);
	assert.match(body, /Mine &amp; yours\./);
	assert.equal((await save(page, { body: 'x'.repeat(1024 * 1024 + 1) })).code,
		413);
	assert.equal((await save(page, { body: 'y'.repeat(1024 * 1024) })).status,
		'saved');
});

test('a text that is too long comes back whole, and is not proof-read', async () => {
	const page = await begin(ada, 'At length');
	const rough = {
		'signs of Markdown': '*a [b](c "d" _e_ `f` <g> &amp; ',
		'paragraphs that stand twice': 'The the wall “broke yesterday\n\n',
		'quotation marks': 'a "',
		'words of two scripts': 'он “c ',
	};
	for (const [what, part] of Object.entries(rough)) {
		const text = part.repeat(Math.ceil(1.1 * (1 << 20) / part.length));
		const { status, body } = await ada.post(`${page.url}/save`,
			{ base: page.base, tab: page.tab, body: text });
		assert.equal(status, 413, what);
		const typed = decode(/name="body"[^>]*>\n?([^<]*)</.exec(body)?.[1] ?? '');
		assert.ok(typed === text, `${what}: ${typed.length} of ${text.length}`);
		assert.match(body, /The text is too long/, what);
		assert.doesNotMatch(body, /"kind":"/, what);
	}
});

test('where the marks cannot be found, what was typed comes back all the same', async () => {
	const page = await begin(ada, 'Without marks');
	const typed = { base: page.base, tab: page.tab, kicker: 'x'.repeat(20000),
		body: `The the wall.\n\n![](/pictures/${'a'.repeat(26)}-1200.jpg)\n` };
	const rename = (from, to) => spawnSync('sqlite3', [
		path.join(paper.paper, 'private/paper.db'), '.timeout 5000',
		`ALTER TABLE ${from} RENAME TO ${to}`]);
	const before = await ada.post(`${page.url}/save`, typed);
	assert.equal(before.status, 422);
	assert.match(before.body, /"kind":"doubled word"/);
	assert.equal(rename('picture', 'nowhere').status, 0);
	const answer = await ada.post(`${page.url}/save`, typed);
	assert.equal(rename('nowhere', 'picture').status, 0);
	assert.equal(answer.status, 422);
	assert.match(answer.body, /The the wall\./);
	assert.doesNotMatch(answer.body, /"kind":"/);
});

test('what one account typed is not saved under another', async () => {
	const hers = await begin(ada, 'One machine');
	const account = value(hers.body, 'account');
	assert.match(account, /^[\w-]{22}$/);
	assert.equal(account, value((await open(ada, '/stories/1')).body, 'account'));
	assert.match((await ada.get('/stories')).body,
		new RegExp(`id="copies" hidden data-account="${account}"`));
	const his = await open(bo, hers.url);
	assert.notEqual(value(his.body, 'account'), account);
	// Her page, from which his session is used now.
	const form = { base: hers.base, tab: hers.tab, account, body: 'Hers & hers.' };
	for (const [path, fields] of [['save', form],
		['present', { tab: hers.tab, account }]]) {
		const { status, json } = await bo.send(`${hers.url}/${path}`, fields);
		assert.equal(status, 401);
		assert.deepEqual(json, { status: 'other-account' });
	}
	const { status, body } = await bo.post(`${hers.url}/save`, form);
	assert.equal(status, 409);
	assert.match(body, /opened under another account/);
	assert.match(body, /Hers &amp; hers\./);
	assert.doesNotMatch((await open(ada, hers.url)).body, /Hers &amp; hers/);
	// Having been told, he may.
	assert.equal((await bo.post(`${hers.url}/save`, { ...form,
		account: value(body, 'account') })).status, 303);
});

test('a field of somebody’s invention is refused', async () => {
	const page = await begin(ada, 'Mass');
	for (const field of ['status', 'published', 'writer', 'is_draft', 'id'])
		assert.equal((await ada.post(`${page.url}/save`, { base: page.base,
			[field]: '1' })).status, 400);
});

test('a save that another site has sent changes nothing', async () => {
	const page = await begin(ada, 'Forged');
	for (const site of ['cross-site', 'same-site', 'none'])
		assert.equal((await ada.post(`${page.url}/save`, { base: page.base,
			body: 'forged' }, { headers: { 'sec-fetch-site': site } })).status,
		403);
	assert.doesNotMatch((await open(ada, page.url)).body, /forged/);
});

test('who is signed out is told so, also by a script', async () => {
	const page = await begin(ada, 'Out');
	const nobody = paper.client();
	const { status } = await nobody.send(`${page.url}/save`, { base: '1' });
	assert.equal(status, 401);
});

test('a reporter writes their own stories, and those of others look like none', async () => {
	const own = await begin(rita, 'My own');
	assert.equal((await save(own, { body: 'Mine.' })).status, 'saved');
	const adas = await begin(ada, 'Not hers');
	// No sections of hers are named: she sees all, and writes her own.
	assert.equal((await rita.get(adas.url)).status, 303);
	assert.equal((await rita.send(`${adas.url}/save`, { base: adas.base,
		body: 'Rita was here' })).status, 403);
	assert.equal((await open(ada, own.url)).body.includes('Mine.'), true);
});

test('a story one may not see gets the very answer of one that is not there', async () => {
	const world = await begin(ada, 'Secret', 'World');
	const id = world.url.split('/').pop();
	const strip = ({ status, body, headers }) => ({ status,
		body: body.replaceAll(id, 'N').replaceAll('987654', 'N'),
		names: Object.keys(headers).filter((n) => n !== 'date') });
	for (const way of ['', '/preview', '/revisions', '/publish'])
		assert.deepEqual(strip(await sports.get(`/stories/${id}${way}`)),
			strip(await sports.get(`/stories/987654${way}`)), way);
	for (const way of ['/save', '/notes']) {
		const there = await sports.post(`/stories/${id}${way}`, {});
		const none = await sports.post(`/stories/987654${way}`, {});
		assert.equal(there.status, 404);
		assert.deepEqual(strip(there), strip(none), way);
	}
	const list = await sports.get('/stories');
	assert.doesNotMatch(list.body, /Secret/);
	assert.doesNotMatch((await sports.get('/stories?q=secret')).body,
		/href="\/stories\/\d+"/);
});

test('one cannot write a story into a section of others', async () => {
	const page = await begin(sports, 'A match');
	const { code } = await save(page, { section: 'World' });
	assert.equal(code, 422);
	assert.equal((await sports.post('/stories/new',
		{ headline: 'x', section: 'World' })).status, 403);
});

test('the list is filtered, and paged by the last story', async () => {
	for (let i = 0; i < 55; i++)
		await ada.post('/stories/new', { headline: `Counted ${i}`, section: '' });
	const first = await ada.get('/stories?q=counted&mine=1');
	assert.equal(first.body.match(/class="headline"/g).length, 50);
	const older = /href="(\/stories\?[^"]*before=\d+-\d+)"/.exec(first.body)[1]
		.replaceAll('&amp;', '&');
	assert.match(older, /q=counted&mine=1&before=/);
	const second = await ada.get(older);
	assert.equal(second.body.match(/class="headline"/g).length, 5);
	assert.match((await ada.get('/stories?q=nobodywrotethis')).body,
		/No story is like that/);
	assert.equal((await ada.get('/stories?section=World&status=published')).body
		.match(/class="headline"/g).length, 3);
	assert.match((await ada.get('/stories?person=Ines+Corvo')).body,
		/Story number/);
});

test('raw text becomes fields for a script, and a draft without one', async () => {
	const text = 'Storm breaks the wall\n\nBy Ada Quay\n\nThe wall broke at ' +
		'noon. It was old.\n\nShare on Facebook\n';
	const { json } = await ada.send('/stories/intake', { text, lang: 'en' });
	assert.equal(json.fields.headline, 'Storm breaks the wall');
	assert.equal(json.fields.authors, 'Ada Quay');
	assert.match(json.fields.body, /broke at noon/);
	assert.ok(json.notes.length > 0);
	assert.equal(json.aside[0].text, 'Share on Facebook');
	const { status, location } = await ada.post('/stories/intake', { text });
	assert.equal(status, 303);
	const { body } = await ada.get(location);
	assert.match(body, /The wall broke at noon/);
	assert.match(body, /Set aside: Share on Facebook/);
	assert.equal((await ada.post('/stories/intake', { text: '  ' })).status, 422);
	assert.equal((await ada.send('/stories/intake', { text: ' ' })).status, 422);
});

test('an embargo in raw text is said first, and holds the draft made of it',
	async () => {
		const text = 'EMBARGOED UNTIL 00:01 ON 12 MARCH 2099\n\n' +
			'Storm breaks the wall\n\nThe wall broke at noon. It was old, ' +
			'and nobody had looked at it for a year or more.\n';
		const { json } = await ada.send('/stories/intake', { text, lang: 'en' });
		assert.match(json.notes[0].text, /^EMBARGO: .*2099-03-12 00:01/);
		const { location } = await ada.post('/stories/intake', { text });
		assert.match((await ada.get(location)).body, /EMBARGO: /);
		const id = /stories\/(\d+)/.exec(location)[1];
		assert.match(paper.command('show', id), /embargo +2099-03-12 00:01/);
	});

test('notes are answered, resolved and kept', async () => {
	const page = await begin(ada, 'Noted');
	await save(page, { body: 'It broke at noon.' });
	await bo.post(`${page.url}/notes`, { quote: 'at noon', text: 'Who says so?',
		revision: page.base });
	let { body } = await ada.get(page.url);
	assert.match(body, /Bo Reed[^]*“?at noon[^]*Who says so\?/);
	const note = value(body, 'note');
	await ada.post(`${page.url}/notes`, { parent: note, text: 'The office.' });
	await ada.post(`${page.url}/notes`, { note, do: 'resolve' });
	({ body } = await ada.get(page.url));
	assert.match(body, /1 note done with/);
	assert.match(body, /The office\.[^]*Done with by Ada Quay/);
	assert.equal((await ada.post(`${page.url}/notes`, { text: '' })).status, 422);
	const long = await ada.post(`${page.url}/notes`, { text: 'n'.repeat(4001) });
	assert.equal(long.status, 422);
	assert.match(long.body, /n{4001}/);
	const other = await begin(ada, 'Other');
	assert.equal((await ada.post(`${other.url}/notes`, { note, do: 'resolve' }))
		.status, 404);
});

test('revisions are listed, compared, named and restored', async () => {
	const page = await begin(ada, 'History');
	await save(page, { body: 'The first words of it.\n' });
	const first = page.base;
	for (let i = 0; i < 4; i++)
		await save(page, { body: `The first words, and ${i}.\n` });
	let { body } = await ada.get(`${page.url}/revisions`);
	assert.match(body, /\d more while writing/);
	await ada.post(`${page.url}/name`, { revision: first, name: 'As told' });
	({ body } = await ada.get(`${page.url}/revisions`));
	assert.match(body, /As told/);
	({ body } = await ada.get(
		`${page.url}/compare?a=${page.base}&b=${first}`));
	assert.match(body, /<del>of it<\/del>/);
	assert.match(body, /<ins>[^<]*and 3<\/ins>/);
	const restored = await ada.post(`${page.url}/restore`,
		{ revision: first, base: page.base });
	assert.match(restored.location, /done=restored/);
	assert.match((await open(ada, page.url)).body, /The first words of it\./);
	// Somebody saved meanwhile: nothing is restored over it.
	const late = await ada.post(`${page.url}/restore`,
		{ revision: page.base, base: page.base });
	assert.match(late.location, /done=not-restored/);
	const other = await begin(ada, 'Other history');
	for (const [way, form] of [['restore', { revision: first,
		base: other.base }], ['name', { revision: first, name: 'x' }]])
		assert.equal((await ada.post(`${other.url}/${way}`, form)).status, 404);
	assert.equal((await ada.get(`${other.url}/compare?a=${first}&b=${first}`))
		.status, 404);
});

test('the preview is the page as readers will see it, and runs nothing', async () => {
	const page = await begin(ada, 'Previewed', 'World');
	await save(page, { body: 'Some **strong** words.\n\n<script>1</script>\n' });
	const screen = await ada.get(`${page.url}/preview?width=phone`);
	assert.match(screen.body, /<iframe class="phone" sandbox="allow-same-origin"/);
	const { body, headers } = await ada.get(`${page.url}/page`);
	assert.match(body, /<strong>strong<\/strong>/);
	assert.doesNotMatch(body, /<script>/);
	assert.match(headers['content-security-policy'],
		/^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self';.*frame-ancestors 'self'$/);
});

test('a secret link opens one story for whoever has it, until it is revoked', async () => {
	const page = await begin(ada, 'For a lawyer');
	await save(page, { body: 'Confidential words.\n' });
	const made = await ada.post(`${page.url}/links`, { note: 'Lawyer', days: '3' });
	assert.equal(made.status, 200);
	const [, way] = /http:\/\/localhost:\d+(\/p\/[\w-]{43})/.exec(made.body);
	const nobody = paper.client();
	const { status, body, headers } = await nobody.get(way);
	assert.equal(status, 200);
	assert.match(body, /Confidential words/);
	assert.equal(headers['cache-control'], 'no-store');
	assert.equal(headers['referrer-policy'], 'no-referrer');
	assert.match(headers['x-robots-tag'], /noindex/);
	assert.match(headers['content-security-policy'],
		/^default-src 'none'; style-src 'sha256-/);
	assert.doesNotMatch(headers['content-security-policy'], /script|unsafe/);
	assert.equal(headers['set-cookie'], undefined);
	// The address is said once, and its secret is nowhere in the paper.
	assert.doesNotMatch((await ada.get(`${page.url}/preview`)).body,
		new RegExp(way));
	const [, link] = /links\/(\d+)\/revoke/.exec(
		(await ada.get(`${page.url}/preview`)).body);
	const other = await begin(ada, 'Another story');
	assert.equal((await ada.post(`${other.url}/links/${link}/revoke`)).status,
		404);
	assert.equal((await nobody.get(way)).status, 200);
	assert.equal((await ada.post(`${page.url}/links/${link}/revoke`)).status,
		303);
	const gone = await nobody.get(way);
	const never = await nobody.get(`/p/${'A'.repeat(43)}`);
	assert.equal(gone.status, 404);
	assert.equal(gone.body, never.body);
	for (const days of ['0', '31', '-1', 'x', ''])
		assert.notEqual((await ada.post(`${page.url}/links`,
			{ note: '', days })).status, 200);
});

test('a secret link ends by itself', async () => {
	const page = await begin(ada, 'Short');
	const made = await ada.post(`${page.url}/links`, { note: '', days: '1' });
	const [, way] = /(\/p\/[\w-]{43})/.exec(made.body);
	assert.equal((await paper.client().get(way)).status, 200);
	paper.signal('SIGTERM');
	await paper.ended;
	const { status, stderr } = spawnSync('sqlite3', [
		path.join(paper.paper, 'private/paper.db'),
		'UPDATE preview SET expires_us = 1 WHERE id = ' +
		'(SELECT max(id) FROM preview)'], { encoding: 'utf8' });
	assert.equal(status, 0, stderr);
	await paper.serve();
	assert.equal((await paper.client().get(way)).status, 404);
	assert.match((await ada.get(`${page.url}/preview`)).body, /Expired/);
});

test('nothing that is written becomes a tag of the page', async () => {
	const page = await begin(ada, '</title><script>alert(1)</script>');
	await save(page, { headline: '"><img src=x onerror=alert(1)>',
		body: '</textarea><script>alert(1)</script>', tags: '"><b>',
		dateline: '<svg onload=alert(1)>' });
	await ada.post(`${page.url}/notes`, { quote: '<i>', text: '<script>1</script>' });
	for (const url of [page.url, '/stories', `${page.url}/revisions`,
		`${page.url}/preview`, `${page.url}/notes`,
		`${page.url}/compare?a=${page.base - 1}&b=${page.base}`]) {
		const { body, headers } = await ada.get(url);
		assert.doesNotMatch(body, /<script>|<img|<svg|<b>[^<]*alert|<i>/);
		assert.match(headers['content-security-policy'],
			/default-src 'none'.*script-src 'self'/);
	}
});

test('a full disk is said, the text comes back, and saving goes on later', async (t) => {
	const small = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-small-'));
	const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m',
		'tmpfs', small]).status === 0;
	if (!mounted) {
		fs.rmdirSync(small);
		console.log('note: no full disk without the right to mount one');
		return t.skip();
	}
	const was = process.env.TMPDIR;
	let full;
	try {
		process.env.TMPDIR = small;
		full = await Newsroom.start({ stories: 1 });
		const cy = await full.owner();
		const page = await begin(cy, 'Full');
		const ballast = path.join(small, 'ballast');
		const out = fs.openSync(ballast, 'w');
		try {
			for (;;)
				fs.writeSync(out, Buffer.alloc(4096));
		} catch (e) {
			assert.equal(e.code, 'ENOSPC');
		}
		fs.closeSync(out);
		const text = `Words ${'that matter '.repeat(3000)}.`;
		let no;
		for (let i = 0; i < 50 && no?.code !== 507; i++)
			no = await save(page, { body: `${text} ${i}` });
		assert.equal(no.code, 507);
		assert.match(no.message, /disk is full/);
		const { status, body } = await cy.post(`${page.url}/save`,
			{ base: page.base, tab: page.tab, body: `${text} kept` });
		assert.equal(status, 507);
		assert.match(body, /that matter \. kept\n?<\/textarea>/);
		assert.match(body, /disk is full/);
		fs.rmSync(ballast);
		const yes = await save(page, { body: `${text} at last` });
		assert.equal(yes.status, 'saved');
		assert.match((await open(cy, page.url)).body, /at last/);
	} finally {
		process.env.TMPDIR = was ?? '';
		if (!was)
			delete process.env.TMPDIR;
		full?.signal('SIGKILL');
		await full?.ended;
		await sleep(300);
		spawnSync('umount', ['-l', small]);
		fs.rmdirSync(small);
	}
});

test('twenty who write at once all have their words kept', async () => {
	const page = await begin(ada, 'Twenty');
	const parts = Array.from({ length: 20 }, (_, i) => `Paragraph ${i}.`);
	await save(page, { body: `${parts.join('\n\n')}\n` });
	const open20 = await Promise.all(parts.map(() => open(ada, page.url)));
	const done = await Promise.all(open20.map((p, i) => save(p, { body:
		`${parts.with ? parts.with(i, `Paragraph ${i}, written.`).join('\n\n')
			: parts.map((t, k) => k === i ? `Paragraph ${i}, written.` : t)
				.join('\n\n')}\n` })));
	for (const { status } of done)
		assert.match(status, /^(saved|merged)$/);
	const { body } = await ada.get(page.url);
	for (let i = 0; i < 20; i++)
		assert.match(body, new RegExp(`Paragraph ${i}, written\\.`));
});

test('a server killed while saving loses nothing that it acknowledged', async () => {
	const page = await begin(ada, 'Killed');
	let acknowledged = 0;
	for (let round = 0; round < 5; round++) {
		let running = true;
		const writing = (async () => {
			for (let i = acknowledged + 1; running; i++) {
				try {
					const { status } = await save(page,
						{ headline: 'Killed', body: `Line ${i}.\n` });
					if (status === 'saved')
						acknowledged = i;
				} catch {
					return;
				}
			}
		})();
		await sleep(50 + Math.random() * 200);
		const [pid] = paper.processes('newsroom');
		process.kill(pid, 'SIGKILL');
		running = false;
		await writing;
		await until('the newsroom', async () => {
			const [now] = paper.processes('newsroom');
			if (!now || now === pid)
				return false;
			return (await ada.get('/stories').catch(() => null))?.status === 200;
		}, 10000);
		const again = await open(ada, page.url);
		const line = Number(/Line (\d+)\./.exec(again.body)?.[1] ?? 0);
		assert.ok(line >= acknowledged, `${line} of ${acknowledged}`);
		acknowledged = line;
		page.base = again.base;
	}
	assert.ok(acknowledged > 0);
	paper.said = '';
});
