// SPDX-License-Identifier: MIT
//
// A preview is the page that readers get: the whole of it, tag by tag, but for
// what is named here. Compared are a story with everything that a story can
// have, and the front page.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Newsroom } from './newsroom.mjs';
import { form, harbour, post } from './pictures.mjs';

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

// The first difference: links lead out of a preview, into a window of their
// own.
const ledOut = (html) => html
	.replace(/<a href="\//g, `<a target="_blank" href="${ORIGIN}/`)
	.replace(/<a href="http/g, '<a target="_blank" href="http');

// What only readers have: other stories, which are looked for when it is out,
// and the ways to the versions that they can look up and to all corrections.
const alone = (html) =>
	html.replace(/<section class="related">[^]*?<\/section>\n?/, '')
		.replace(/ <a [^>]*\/versions">[^<]*<\/a>/, '')
		.replace(/<li><a [^>]*\/corrections">[^<]*<\/a><\/li>\n/, '');

const storyOf = async (path) => alone(await reader(path));

const body = (html) => html.slice(html.indexOf('<body'));

// What a head says to programs, of a page that they may not see.
const isForPrograms = (tag) =>
	/^<meta (property="(og|article):|name="(twitter:|robots"))/.test(tag) ||
	/^<(link rel="canonical"|script type="application\/ld\+json")/.test(tag);
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
		const url = await write({ ...fields, body: text(picture.url) });
		const draft = await preview(`${url}/page`);
		const made = await ada.post(`${url}/links`, { note: '', days: '7' });
		const [secret] = SECRET.exec(made.body);
		const stranger = await paper.client().get(secret);
		assert.equal(stranger.status, 200);
		await step(url, 'publish');
		const path = await pathOf(url);

		for (const word of [/<picture>/, /class="notes?"|id="note-1"/,
			/<blockquote/, /<table/, /class="card"/])
			assert.match(draft, word);
		same(minutes(draft), minutes(await storyOf(path)));
		// Its pictures have addresses below its own.
		same(minutes(stranger.body.replaceAll(secret, '')), minutes(draft));

		await save(url, { ...fields,
			body: text(picture.url).replace('first', 'second') });
		await step(url, 'change', { kind: 'correction',
			text: 'It is the second one, not the first.', place: 'head' });
		const corrected = await storyOf(path);
		assert.match(corrected, /It is the second one, not the first\./);
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
	same(minutes(draft), minutes(await storyOf(await pathOf(url))));
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
