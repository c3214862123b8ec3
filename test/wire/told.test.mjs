// SPDX-License-Identifier: MIT
//
// New words of a picture that readers have in stories: what the newsroom is
// asked before it saves them, and what readers are then told.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';
import { another, form, post, saveWords, wordsOf } from './pictures.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
});
after(() => paper.stop());

const upload = async () =>
	(await post(ada, form([{ file: 'a.jpg', bytes: another() }])))
		.json.pictures[0];

// Stories that readers have with the picture at URL; their addresses.
async function published(titles, url, { section = 'World', head = '' } = {}) {
	const files = titles.map((title) => {
		const file = path.join(paper.dir, `${title.replace(/ /g, '-')}.md`);
		fs.writeFileSync(file, `---\ntitle: ${title}\nsection: ${section}\n` +
			`date: 2026-02-05T10:00:00Z\nimage:\n  path: ${url}\n${head}` +
			'---\n\nText.\n');
		return file;
	});
	paper.run('import', paper.paper, ...files);
	const address = (title) =>
		`/2026/02/05/${title.toLowerCase().replace(/ /g, '-')}`;
	for (const title of titles)
		await until(title, async () =>
			(await paper.get(address(title))).status === 200);
	return titles.map(address);
}

const page = async (at) => String((await paper.get(at)).body);
const markOf = (body) => /name="told" value="([0-9a-f]+)"/.exec(body)?.[1];

// The form of picture ID with FIELDS in it, and how it is sent.
async function opened(client, id, fields) {
	const words = await wordsOf(client, id, { alt: 'Boats', ...fields });
	return (said = {}) =>
		client.post(`/pictures/${id}/save`, { ...words, ...said });
}

test('a change of a picture’s words is told like one of the story', async () => {
	const { id, url } = await upload();
	const [one, two] = await published(['Told one', 'Told two'], url);
	const send = await opened(ada, id, { caption: 'The mole at dusk' });
	const asked = await send();
	assert.equal(asked.status, 422);
	assert.match(asked.body, /see these words in 2 published stories/);
	for (const title of ['Told one', 'Told two'])
		assert.match(asked.body, new RegExp(
			`<a dir="auto" href="/stories/\\d+">${title}</a>`));
	assert.match(asked.body, />\n?The mole at dusk<\/textarea>/);
	const told = markOf(asked.body);
	// Without an answer, or with one that is none, nothing is saved.
	for (const said of [{}, { told }, { kind: 'typo' }, { told, kind: 'first' },
		{ told, kind: 'x' }, { told, kind: '' },
		{ told: '0'.repeat(16), kind: 'typo' },
		{ told, kind: 'correction', text: ' ' },
		{ told, kind: 'clarification' },
		{ told, kind: 'update', text: 'x'.repeat(4001) }]) {
		const no = await send(said);
		assert.equal(no.status, 422, JSON.stringify(said).slice(0, 80));
		assert.equal(markOf(no.body), told);
		assert.match(no.body, />\n?The mole at dusk<\/textarea>/);
	}
	const faulty = await send({ told, kind: 'correction', place: 'head',
		old: '1' });
	assert.match(faulty.body, /a correction without words tells nobody/);
	assert.match(faulty.body, /value="correction" checked/);
	assert.match(faulty.body, /value="head" checked/);
	assert.doesNotMatch(await page(one), /The mole at dusk/);
	const yes = await send({ told, kind: 'correction', place: 'foot',
		text: 'The picture shows the mole, not the quay.' });
	assert.equal(yes.status, 303, yes.body);
	assert.match(yes.location, /done=picture-told$/);
	for (const at of [one, two]) {
		await until('the new words', async () =>
			(await page(at)).includes('The mole at dusk'));
		const body = await page(at);
		assert.match(body, /shows the mole, not the quay/);
		assert.match(body, /"correction":\[\{[^\]]*shows the mole/);
		const old = await page(`${at}/versions/1`);
		assert.match(old, /The quay of Port Lune/);
		assert.doesNotMatch(old, /The mole at dusk/);
		assert.match(await page(`${at}/versions/2`), /The mole at dusk/);
		assert.match(await page(`${at}/versions/1-2`),
			/<del>[^<]*quay[^]*<ins>[^<]*mole/);
	}
	const all = await page('/corrections');
	assert.equal(all.match(/shows the mole, not the quay/g).length, 2);
	assert.match(await page('/corrections.atom'), /shows the mole/);
	const log = (await ada.get('/audit')).body;
	assert.ok(log.match(new RegExp(`picture ${id}<`, 'g'))?.length >= 2, log);
	// A typing error makes a version and no notice.
	assert.equal((await saveWords(ada, id, { alt: 'Boats',
		caption: 'The mole, at dusk' })).status, 303);
	await until('the version', async () =>
		(await page(`${one}/versions/3`)).includes('The mole, at dusk'));
	assert.equal((await page('/corrections'))
		.match(/shows the mole, not the quay/g).length, 2);
});

test('what readers do not see asks nothing', async () => {
	const { id, url } = await upload();
	const [at] = await published(['Its own words'], url,
		{ head: '  caption: Ours\n  alt: Ours\n  credit: Ours\n' });
	assert.match(await page(at), /Ours/);
	// The story gives all of that itself.
	for (const fields of [{ caption: 'New', credit: 'New', rights: 'New' },
		{ caption: 'New', x: 10, y: 20 }, { expires: '2099-01-01' },
		{ left1: '10', top1: '10', width1: '30' }]) {
		const send = await opened(ada, id, fields);
		assert.match((await send()).location, /done=saved$/);
	}
	assert.equal((await paper.get(`${at}/versions`)).status, 404);
	// Who took it is not seen beside a credit.
	await published(['Bare words'], url);
	assert.equal((await saveWords(ada, id, { credit: 'Ada' })).status, 303);
	const hidden = await opened(ada, id, { credit: 'Ada', alt: '',
		creator: 'Bo', expires: '2099-01-01', x: 77 });
	assert.match((await hidden()).location, /done=saved$/);
	assert.equal((await (await opened(ada, id, { credit: 'Bo', alt: '' }))())
		.status, 422);
});

test('each section of each story is asked, whatever is said', async () => {
	const { id, url } = await upload();
	const [at] = await published(['In the world'], url);
	const eve = await paper.member(ada, { name: 'Eve', login: 'eve',
		role: 3, sections: ['World'] });
	const pia = await paper.member(ada, { name: 'Pia', login: 'pia',
		role: 5 });
	const mine = await opened(eve, id, { caption: 'By Eve' });
	const told = markOf((await mine()).body);
	assert.ok(told);
	const said = { told, kind: 'update', text: 'New.' };
	const no = await (await opened(pia, id, { caption: 'By Pia' }))(said);
	assert.equal(no.status, 403);
	assert.doesNotMatch(await page(at), /By Pia/);
	// One more story, in a section that is not hers.
	await published(['Elsewhere too'], url, { section: 'Elsewhere' });
	assert.equal((await mine(said)).status, 403);
	assert.doesNotMatch(await page('/corrections'), /New\./);
});

test('who was asked about other stories, or other words, is asked again',
	async () => {
		const { id, url } = await upload();
		const [at] = await published(['Race one'], url);
		const send = await opened(ada, id, { caption: 'Mine' });
		const said = { kind: 'clarification', text: 'What is meant.' };
		const told = markOf((await send()).body);
		await published(['Race two'], url);
		const again = await send({ told, ...said });
		assert.equal(again.status, 422);
		assert.match(again.body, /these stories have become others/);
		assert.match(again.body, /see these words in 2 published stories/);
		assert.match(again.body, /value="clarification" checked/);
		assert.match(again.body, />\n?What is meant\.<\/textarea>/);
		const now = { told: markOf(again.body), ...said };
		// Somebody else is quicker.
		assert.equal((await saveWords(ada, id, { caption: 'Yours',
			alt: 'Boats' })).status, 303);
		const late = await send(now);
		assert.equal(late.status, 409);
		assert.match(late.body, /Saved meanwhile: Yours/);
		assert.match(late.body, />\n?Mine<\/textarea>/);
		assert.match(late.body, />\n?What is meant\.<\/textarea>/);
		const [, base] = /name="base" value="(\d+)"/.exec(late.body);
		assert.equal((await send({ ...now, base })).status, 303);
		// The same sent twice is one change.
		assert.match((await send({ ...now, base })).location ?? '',
			/done=saved$/);
		await until('the words', async () => (await page(at)).includes('Mine'));
		assert.equal((await paper.get(`${at}/versions/3`)).status, 200);
		assert.equal((await paper.get(`${at}/versions/4`)).status, 404);
	});

test('of many stories all are told, and their number is exact', async () => {
	const { id, url } = await upload();
	const titles = Array.from({ length: 63 }, (_, i) => `Many ${i + 1}`);
	const all = await published(titles, url);
	const send = await opened(ada, id, { caption: 'Everywhere' });
	const asked = await send();
	assert.match(asked.body, /see these words in 63 published stories/);
	assert.equal(asked.body.match(/href="\/stories\/\d+">Many /g).length >= 50,
		true);
	assert.match(asked.body, /and 13 more/);
	assert.equal((await send({ told: markOf(asked.body), kind: 'correction',
		text: 'Told everywhere.' })).status, 303);
	for (const at of all)
		await until(at, async () => (await page(at)).includes('Told everywhere.'));
});

test('where two look at what is published, words are taken out and told',
	async () => {
		const { id, url } = await upload();
		const [at] = await published(['Seen by two'], url);
		await ada.save('/settings/publishing', { eyes: '1' });
		try {
			const fresh = await opened(ada, id, { caption: 'New words' });
			const told = markOf((await (await opened(ada, id,
				{ caption: '', alt: '' }))()).body);
			assert.ok(told);
			assert.equal((await fresh({ told, kind: 'typo' })).status, 409);
			// In danger: out at once, and what was is not to be read.
			const out = await opened(ada, id, { caption: '', alt: '' });
			assert.equal((await out({ told, kind: 'update', old: '1' })).status,
				303);
		} finally {
			await ada.save('/settings/publishing');
		}
		await until('its end', async () =>
			!(await page(at)).includes('The quay of Port Lune'));
		assert.doesNotMatch(await page(`${at}/versions/1`),
			/The quay of Port Lune/);
	});

test('in seven languages it is asked, and nothing is missing', async () => {
	const { id, url } = await upload();
	await published(['In languages'], url);
	const words = { es: '¿Qué clase de cambio', fr: 'De quelle sorte',
		de: 'Was für eine Änderung', ru: 'Что это за изменение',
		ar: 'ما نوع هذا التغيير', ko: '어떤 수정인가요' };
	try {
		for (const [lang, word] of Object.entries(words)) {
			await ada.post('/account/me', { name: 'Ada Quay', lang });
			const asked = await (await opened(ada, id, { caption: 'New' }))();
			assert.equal(asked.status, 422);
			assert.ok(asked.body.includes(word), lang);
			assert.doesNotMatch(asked.body, /Nothing is saved yet/);
		}
	} finally {
		await ada.post('/account/me', { name: 'Ada Quay', lang: 'en' });
	}
});
