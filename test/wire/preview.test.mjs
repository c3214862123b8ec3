// SPDX-License-Identifier: MIT
//
// A preview is the page that readers get: the whole of it, tag by tag, but for
// what is named here. Compared are a story with everything that a story can
// have, and the front page.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Newsroom } from './newsroom.mjs';
import { form, harbour, post, saveWords } from './pictures.mjs';

const ORIGIN = 'https://wire.example';

const text = (picture) => `The *first* paragraph says "hello" -- and more.[^1]

## What was said

> "It held," said the harbour master.

![A boat](${picture} "Boats at the quay")

| Boat | Crew |
| --- | ---: |
| Gull | 3 |
| Tern | 12 |

- one
- two

[A film of the night](https://video.example/watch)

See [the bridge](/2026/01/02/story-1) and [elsewhere](https://other.example/x).

[^1]: Or so it is *said*.
`;

let paper, ada, picture;

before(async () => {
	paper = await Newsroom.start({ stories: 3, zone: 'Europe/Berlin' });
	ada = await paper.owner();
	paper.command('set', 'sections', 'World, Über Land');
	[picture] = (await post(ada, form([{ bytes: harbour }]))).json.pictures;
	const { status } = await saveWords(ada, picture.id,
		{ caption: 'The "old" quay', alt: 'A "quay"', credit: 'The "Watt"' });
	assert.equal(status, 303);
});
after(() => paper.stop());

async function save(url, fields) {
	const { body } = await ada.get(url);
	const { status } = await ada.post(`${url}/save`,
		{ base: /name="base" value="(\d+)"/.exec(body)[1], ...fields });
	assert.equal(status, 303);
}

async function step(url, way, fields = {}) {
	const { body } = await ada.get(`${url}/publish`);
	const { status } = await ada.post(`${url}/${way}`,
		{ revision: /name="revision" value="(\d+)"/.exec(body)[1], ...fields });
	assert.equal(status, 303);
}

async function write(fields) {
	const { location } = await ada.post('/stories/new',
		{ headline: fields.headline });
	const [url] = /^\/stories\/\d+/.exec(location);
	await save(url, fields);
	return url;
}

async function reader(target) {
	const { status, body } = await paper.get(target);
	assert.equal(status, 200, target);
	return body.toString();
}

async function preview(target) {
	const { status, body } = await ada.get(target);
	assert.equal(status, 200, target);
	return body;
}

async function pathOf(url) {
	const { body } = await ada.get(`${url}/publish`);
	return new RegExp(`${ORIGIN}(/20[^"<]*)`).exec(body)[1];
}

// A page tag by tag.
const tags = (html) => html.replace(/></g, '>\n<').split('\n');

// The one difference: links lead out of a preview, into a window of their
// own.
const ledOut = (html) => html
	.replace(/(<a (?:rel="alternate" )?)href="\//g,
		`$1target="_blank" href="${ORIGIN}/`)
	.replace(/(<a (?:rel="alternate" )?)href="http/g,
		'$1target="_blank" href="http');

const body = (html) => html.slice(html.indexOf('<body'));

// What a head says to programs, of a page that they may not see.
const isForPrograms = (tag) =>
	/^<meta (property="(og|article):|name="(twitter:|robots"))/.test(tag) ||
	/^<(link rel="(canonical"|alternate" hreflang)|script type="application\/ld\+json")/
		.test(tag);
const head = (html) => tags(html.slice(0, html.indexOf('<body')))
	.filter((tag) => !isForPrograms(tag));

// PREVIEW is what READERS have.
function same(preview, readers) {
	assert.deepEqual(tags(body(preview)), tags(ledOut(body(readers))));
	assert.deepEqual(head(preview), head(readers));
}

// A draft has the moment at which it is looked at.
const minutes = (html) => html.replace(/\d\d:\d\d:\d\d|\d\d:\d\d(?=<)/g, '');

const SECRET = /\/p\/[\w-]{43}/;

test('a story, for the staff and by a secret link, before and after a correction',
	async () => {
		const fields = { headline: 'A "whole" story', kicker: 'The sea',
			section: 'Über Land', standfirst: 'It was "close".',
			authors: 'Ada Quay, Inés Corvo, Ada Quay', tags: 'sea, Río Lune',
			dateline: 'Port Lune', picture: picture.url };
		// Another of its section stands below it; another one is its translation.
		const other = await write({ headline: 'Came before', section: 'Über Land',
			authors: 'Ada Quay', body: 'It did.' });
		await step(other, 'publish');
		const url = await write({ ...fields, body: text(picture.url) });
		const draft = await preview(`${url}/page`);
		const made = await ada.post(`${url}/links`, { note: '', days: '7' });
		const [secret] = SECRET.exec(made.body);
		const stranger = await paper.client().get(secret);
		assert.equal(stranger.status, 200);
		await step(url, 'publish');
		const where = await pathOf(url);

		for (const word of [/<picture>/, /class="notes?"|id="note-1"/,
			/<blockquote/, /<table/, /class="card"/,
			/class="related"[^]*Came before/,
			/alt="A “quay”"/, /<figcaption>The “old” quay/, /The “Watt”/])
			assert.match(draft, word);
		assert.doesNotMatch(draft, /<figcaption>[^<]*&quot;|alt="[^"]*&quot;/);
		same(minutes(draft), minutes(await reader(where)));
		// Its pictures have addresses below its own.
		same(minutes(stranger.body.replaceAll(secret, '')), minutes(draft));

		await save(url, { ...fields,
			body: text(picture.url).replace('first', 'second') });
		await step(url, 'change', { kind: 'correction',
			text: 'It is the second one, not the first.', place: 'head' });
		const corrected = await reader(where);
		for (const word of [/It is the second one, not the first\./,
			/\/versions">/, /<li><a [^>]*\/corrections">/])
			assert.match(corrected, word);
		same(await preview(`${url}/page`), corrected);
	});

test('sections, people and topics lead from a preview to where readers get',
	async () => {
		const url = await write({ headline: 'Leads on', section: 'World',
			authors: 'Ada Quay', tags: 'sea', body: 'It does.' });
		const before = await preview(`${url}/page`);
		await step(url, 'publish');
		for (const path of ['/section/world', '/person/ada-quay', '/tag/sea']) {
			assert.ok(before.includes(`href="${ORIGIN}${path}"`), path);
			await reader(path);
		}
	});

test('a section that has a new name is where it was', async () => {
	const url = await write({ headline: 'In the world', section: 'World',
		authors: 'Ada Quay', body: 'It is.' });
	const { body: screen } = await ada.get('/settings/sections');
	const inputs = [...screen.split('action="/settings/sections"')[1]
		.matchAll(/<input[^>]* name="([^"]+)"[^>]*?(?: value="([^"]*)")?[^>]*>/g)]
		.filter(([tag]) => !/type="(checkbox|radio)"/.test(tag) ||
			/ checked/.test(tag))
		.map(([, name, value]) => [name, value === 'World' ? 'Abroad' : value ?? '']);
	const { status } = await ada.post('/settings/sections', inputs);
	assert.equal(status, 303);
	assert.match((await ada.get('/settings/sections')).body, /value="Abroad"/);
	const draft = await preview(`${url}/page`);
	await step(url, 'publish');
	same(minutes(draft), minutes(await reader(await pathOf(url))));
});

test('the front page as it is, and as it will be', async () => {
	same(await preview('/front/preview'), await reader('/'));
	const { body: screen } = await ada.get('/front');
	const number = /name="number" value="(\d+)"/.exec(screen)[1];
	const plan = { number, row_0: '1:2', row_1: '2:1' };
	const draft = await preview(`/front/preview?${new URLSearchParams(plan)}`);
	const { status } = await ada.post('/front', plan);
	assert.equal(status, 303);
	same(draft, await reader('/'));
});

test('a story of opinion, with translations that are out and one that is not',
	async () => {
		paper.command('set', 'sections', 'World, Über Land, Opinion');
		paper.command('set', 'about', 'A paper of the harbour.');
		const url = await write({ headline: 'We think', section: 'Opinion',
			authors: 'Ada Quay', body: 'It is said.' });
		const file = path.join(paper.dir, 'we-think.md');
		fs.writeFileSync(file, `---
title: We think
section: Opinion
authors: [Ada Quay]
translations:
  - {lang: de, url: /2026/01/02/story-1}
  - {lang: es, url: /2026/01/02/nothing-here}
  - {lang: fr, url: "https://other.example/ici"}
---

It is said.
`);
		paper.command('save', /\d+/.exec(url)[0], file);
		const draft = await preview(`${url}/page`);
		for (const word of [/class="story opinion"/, /hreflang="de"/,
			/hreflang="fr"/, /\/about/])
			assert.match(draft, word);
		assert.doesNotMatch(draft, /hreflang="es"/);
		await step(url, 'publish');
		same(minutes(draft), minutes(await reader(await pathOf(url))));
	});
