// SPDX-License-Identifier: MIT
//
// Pictures on a real server: sent as browsers send them and as nobody should,
// developed by the darkroom, kept in the library, shown to readers.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';
import { NONE, another, filesOf, form, harbour, orphans, part, png, post, sample,
	saveWords, stemOf, wordsOf }
	from './pictures.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
});
after(() => paper.stop());

const upload = (bytes, { file = 'a.jpg', client = ada } = {}) =>
	post(client, form([{ file, bytes }]));

const words = (id, fields, client = ada) => wordsOf(client, id, fields);

const change = (id, fields) => saveWords(ada, id, fields);

const rendition = (name) =>
	fs.readFileSync(path.join(paper.paper, 'public/pictures', name));

async function refused(bytes, word, options) {
	const { status, json } = await upload(bytes, options);
	assert.equal(status, 422);
	assert.deepEqual(json.pictures, []);
	assert.match(json.message, word);
	assert.equal((await ada.get('/pictures')).status, 200);
}

test('a picture becomes renditions, with its words', async () => {
	const { status, json } = await upload(harbour, { file: 'harbour.jpg' });
	assert.equal(status, 200);
	const [picture] = json.pictures;
	assert.match(picture.url, /^\/pictures\/[a-z2-7]{26}-800\.jpg$/);
	assert.equal(picture.name, 'harbour.jpg');
	assert.equal(picture.width, 900);
	assert.equal(picture.known, false);
	assert.equal(picture.had_place, true);
	assert.equal(picture.had_device, true);
	assert.match(picture.caption, /^The quay of Port Lune/);
	const stem = picture.url.slice(10, 36);
	const names = fs.readdirSync(path.join(paper.paper, 'public/pictures'));
	for (const end of ['-400.avif', '-400.webp', '-400.jpg', '-800.avif',
		'-800.webp', '-800.jpg', '-1x1.jpg', '-4x3.jpg', '-16x9.jpg'])
		assert.ok(names.includes(stem + end), end);
});

test('no rendition has a place, a camera or a serial number in it', async () => {
	const { json } = await upload(harbour);
	const stem = json.pictures[0].url.slice(10, 36);
	for (const name of fs.readdirSync(path.join(paper.paper, 'public/pictures')))
		if (name.startsWith(stem))
			for (const secret of ['GPS', 'Lumen', '778120', '8BIM'])
				assert.ok(!rendition(name).includes(secret),
					`${secret} in ${name}`);
});

test('the newsroom shows it, and readers have it once a story does', async () => {
	const { json } = await upload(harbour);
	const [{ url }] = json.pictures;
	const here = await ada.get(url);
	assert.equal(here.status, 200);
	assert.equal(here.headers['content-type'], 'image/jpeg');
	assert.equal((await paper.get(url)).status, 404);
	await published('Shows the harbour', url);
	assert.equal((await paper.get(url)).status, 200);
});

test('originals are out of reach, and not for other accounts', async () => {
	const folder = path.join(paper.paper, 'private/originals');
	const [name] = fs.readdirSync(folder);
	const mode = (file) => fs.statSync(file).mode & 0o777;
	assert.match(name, /^[0-9a-f]{64}$/);
	assert.equal(mode(folder), 0o700);
	assert.equal(mode(path.join(folder, name)), 0o600);
	for (const url of [`/originals/${name}`, `/pictures/${name}`,
		`/pictures/../private/originals/${name}`,
		`/pictures/..%2f..%2fprivate%2foriginals%2f${name}`]) {
		assert.notEqual((await paper.get(url)).status, 200);
		assert.notEqual((await ada.get(url)).status, 200);
	}
});

test('the same file again is the same picture', async () => {
	const bytes = another();
	const first = (await upload(bytes)).json.pictures[0];
	const again = (await upload(bytes, { file: 'copy.jpg' })).json.pictures[0];
	assert.equal(again.id, first.id);
	assert.equal(again.known, true);
	assert.equal(again.name, 'a.jpg');
	const twice = await post(ada, form([{ bytes }, { bytes }]));
	assert.deepEqual(twice.json.pictures.map((p) => p.id), [first.id, first.id]);
});

test('several files at once, by a form without script', async () => {
	const answer = await post(ada, form([{ bytes: another() },
		{ file: 'clear.png', bytes: sample('clear.png') },
		{ file: '', bytes: Buffer.alloc(0) }]),
	{ accept: 'text/html' });
	assert.equal(answer.status, 303);
	assert.equal(answer.location, '/pictures?done=pictures-added');
	const { body } = await ada.get(answer.location);
	assert.match(body, /The pictures are in the library\./);
	assert.match(body, /clear\.png/);
	const one = await post(ada, form([{ bytes: another() }]),
		{ accept: 'text/html' });
	assert.match(one.location, /^\/pictures\/\d+\?done=picture-added$/);
});

test('good files are taken beside one that is refused', async () => {
	const { status, json } = await post(ada, form([{ bytes: another() },
		{ file: 'notes.jpg', bytes: Buffer.from('no picture') }]));
	assert.equal(status, 200);
	assert.equal(json.pictures.length, 1);
	assert.equal(json.refused[0].name, 'notes.jpg');
	const page = await post(ada, form([
		{ file: 'notes.jpg', bytes: Buffer.from('no picture') }]),
	{ accept: 'text/html' });
	assert.equal(page.status, 422);
	assert.match(page.body, /notes\.jpg<\/bdi>: This is no picture/);
});

test('all kinds that are taken are taken', async () => {
	for (const file of ['still.webp', 'still.avif', 'still.heic', 'moving.gif'])
		assert.equal((await upload(sample(file), { file })).status, 200, file);
});

// ---- what no picture is

test('a picture of 65,535 by 65,535 points is refused by its head', async () => {
	await refused(png(65535, 65535), /too large/);
	await refused(png(30000, 30000), /too large/);
});

test('a picture that says more than it has is refused', async () => {
	await refused(png(4000, 4000), /damaged/);
});

test('a file that breaks off is refused', async () => {
	await refused(harbour.subarray(0, 20000), /breaks off/);
	await refused(sample('clear.png').subarray(0, 1500), /breaks off/);
	await refused(sample('still.webp').subarray(0, 900), /breaks off/);
	await refused(sample('still.avif').subarray(0, 900), /damaged/);
	await refused(sample('still.heic').subarray(0, 1500), /damaged/);
	await refused(sample('moving.gif').subarray(0, 200), /breaks off/);
	await refused(harbour.subarray(0, 3), /no picture/);
});

test('drawings, pages and scripts are no pictures', async () => {
	await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">' +
		'<script>alert(1)</script></svg>'), /no picture/,
	{ file: 'logo.svg' });
	await refused(Buffer.from('<!doctype html><script>1</script>'),
		/no picture/, { file: 'a.png' });
	await refused(Buffer.from('push graphic-context\nviewbox 0 0 640 480\n' +
		'fill \'url(https://127.0.0.1/x)\'\npop graphic-context'),
	/no picture/, { file: 'a.mvg' });
	await refused(Buffer.from('%!PS\n(%pipe%id) (r) file'), /no picture/);
	await refused(Buffer.from('%PDF-1.7\n'), /no picture/);
});

test('names are shown and lead nowhere', async () => {
	const names = ['../../etc/passwd', '..\\..\\boot.ini', '/abs/olute.jpg',
		'a\u202egpj.exe', '<script>alert(1)</script>.jpg', 'x'.repeat(900)];
	for (const file of names) {
		const { status, json } = await upload(another(), { file });
		assert.equal(status, 200, file);
		const [{ name, id }] = json.pictures;
		assert.doesNotMatch(name, /[\\/\u202e]/);
		assert.ok(Buffer.byteLength(name) <= 200);
		const page = await ada.get(`/pictures/${id}`);
		assert.equal(page.status, 200);
		assert.doesNotMatch(page.body, /<script>alert/);
	}
	assert.deepEqual(fs.readdirSync(path.join(paper.paper, 'private/originals'))
		.filter((n) => !/^[0-9a-f]{64}$/.test(n)), []);
});

test('faults in the form are refused', async () => {
	const bytes = another();
	const bad = {
		'no end': Buffer.concat([part({ bytes })]),
		'another field': form([{ bytes, name: 'picture' }]),
		'no file': form([{ bytes, file: null }]),
		'before it': Buffer.concat([Buffer.from('x\r\n'), form([{ bytes }])]),
		'behind it': Buffer.concat([form([{ bytes }]), Buffer.from('x')]),
		'two names': Buffer.from('--BOUNDARY\r\nContent-Disposition: form-data;' +
			' name="file"; name="file"; filename="a"\r\n\r\nx\r\n--BOUNDARY--\r\n'),
		'star name': Buffer.from('--BOUNDARY\r\nContent-Disposition: form-data;' +
			' name="file"; filename*=UTF-8\'\'a\r\n\r\nx\r\n--BOUNDARY--\r\n'),
		nothing: Buffer.from('--BOUNDARY--\r\n'),
	};
	for (const [what, body] of Object.entries(bad)) {
		const { status } = await post(ada, body);
		assert.ok(status === 400 || status === 422, `${what}: ${status}`);
	}
	assert.equal((await post(ada, form([{ bytes }]),
		{ 'content-type': 'image/jpeg' })).status, 415);
	assert.equal((await post(ada, form([{ bytes }]),
		{ 'content-type': 'multipart/form-data' })).status, 400);
	const many = await post(ada, form(Array(51).fill({ bytes })));
	assert.equal(many.status, 422);
	assert.match(many.json.message, /at most 50/);
});

test('who has no right, or no session, sends nothing', async () => {
	const body = form([{ bytes: another() }]);
	const stranger = await post(paper.client(), body);
	assert.ok([401, 413].includes(stranger.status), String(stranger.status));
	const forged = await post(ada, body, { 'sec-fetch-site': 'cross-site' });
	assert.ok([403, 413].includes(forged.status), String(forged.status));
});

test('a body that is too large is refused before it is read', async () => {
	const { status } = await post(ada, Buffer.alloc(1024),
		{ 'content-length': 400 * 1024 * 1024 }).catch((e) => ({ status: e.code }));
	assert.ok([413, 'ECONNRESET', 'EPIPE'].includes(status), String(status));
});

// ---- the library

test('words and focal point are changed, and the cuts with them', async () => {
	const { json } = await upload(another());
	const { id, url } = json.pictures[0];
	const before = rendition(`${url.slice(10, 36)}-16x9.jpg`);
	const page = await ada.get(`/pictures/${id}`);
	assert.match(page.body, /told where the picture was taken and with which/);
	const fields = await words(id, { caption: 'A quay\nby night',
		credit: 'Staff', alt: 'Lamps', rights: '© Wire',
		expires: '2099-12-31', y: 0 });
	const { status, location } = await ada.post(`/pictures/${id}/save`, fields);
	assert.equal(status, 303);
	assert.equal(location, `/pictures/${id}?done=saved`);
	assert.match((await ada.get(location)).body, /A quay  ?by night/);
	assert.notDeepEqual(rendition(`${url.slice(10, 36)}-16x9.jpg`), before);
	for (const odd of [{ x: 101 }, { y: -1 }, { x: '' }, { stem: 'x' },
		{ base: 'x' }])
		assert.equal((await ada.post(`/pictures/${id}/save`,
			{ ...fields, ...odd })).status, 400);
	const date = await ada.post(`/pictures/${id}/save`,
		{ ...fields, expires: '2027-02-30' });
	assert.equal(date.status, 422);
	assert.match(date.body, /This is no date/);
});

test('the library is searched by the beginnings of words', async () => {
	const { json } = await upload(another());
	const { id } = json.pictures[0];
	await change(id, { caption: 'Čapek’s Straße', creator: 'Zed' });
	const found = async (q) => JSON.parse((await ada.get(
		`/pictures?format=json&q=${encodeURIComponent(q)}`)).body)
		.pictures.map((p) => p.id);
	assert.deepEqual(await found('capek strass'), []);
	assert.deepEqual(await found('capek straß'), [id]);
	assert.deepEqual(await found('ZED cap'), [id]);
	assert.deepEqual(await found('nothing of the kind'), []);
	assert.deepEqual(await found('" OR NEAR( * ) zed'), []);
	const { body } = await ada.get('/pictures?q=zed');
	assert.match(body, /Čapek’s Straße/);
});

test('rights that have ended are told', async () => {
	const { json } = await upload(another());
	const { id } = json.pictures[0];
	await change(id, { caption: 'Ended', expires: '2020-01-31' });
	assert.match((await ada.get(`/pictures/${id}`)).body,
		/Rights ended on 2020-01-31/);
	const { body } = await ada.get('/pictures?ending=1');
	assert.match(body, /Ended/);
	assert.doesNotMatch(body, /The quay of Port Lune/);
});

test('readers get three formats, and words that follow the library',
	async () => {
		const { json } = await upload(another());
		const { id, url } = json.pictures[0];
		const stem = url.slice(10, 36);
		const file = path.join(paper.dir, 'pictured.md');
		fs.writeFileSync(file, `---
title: A story with pictures
section: World
date: 2026-02-01T10:00:00Z
image: ${url}
---

![](${url})
`);
		paper.run('import', paper.paper, file);
		const address = await until('the story', async () =>
			/href="(\/2026\/02\/01\/[^"]+)"/.exec(
				String((await paper.get('/')).body))?.[1]);
		const page = async () => String((await paper.get(address)).body);
		const body = await page();
		assert.equal(body.match(/<picture>/g).length, 2);
		assert.match(body, new RegExp(
			`type="image/avif" srcset="/pictures/${stem}-400\\.avif 400w, `));
		assert.match(body, new RegExp(
			`property="og:image" content="[^"]*/${stem}-16x9\\.jpg"`));
		assert.match(body, /alt="A sailing boat before hills, the sun low"/);
		for (const [, found] of body.matchAll(/(\/pictures\/[^ "]+)/g))
			assert.equal((await paper.get(found)).status, 200, found);
		const page2 = await ada.get(`/pictures/${id}`);
		assert.match(page2.body, /A story with pictures/);
		await change(id, { caption: 'A newer caption', alt: 'Anew' });
		await until('the new words', async () => {
			const now = await page();
			return now.includes('A newer caption') && now.includes('alt="Anew"');
		});
	});

test('before publishing, rights that have ended are told', async () => {
	const { json } = await upload(another());
	const { id, url } = json.pictures[0];
	await change(id, { caption: 'Old', credit: 'X', alt: 'Old',
		expires: '2020-01-31' });
	const file = path.join(paper.dir, 'ended.md');
	fs.writeFileSync(file, `---\ntitle: Ended rights\ndraft: true\n---\n\n` +
		`![Old](${url} "X")\n`);
	paper.run('import', paper.paper, file);
	const use = /\/stories\/(\d+)"[^>]*>Ended rights/.exec(
		(await ada.get(`/pictures/${id}`)).body);
	const page = await ada.get(`/stories/${use[1]}/publish`);
	assert.match(page.body, /rights of 1 picture end/);
	assert.match(page.body, /2020-01-31/);
});

// ---- who sees what

// A draft with BODY; its address in the newsroom.
async function draft(headline, image = '', body = 'Words.') {
	const file = path.join(paper.dir, 'draft.md');
	fs.writeFileSync(file, `---\ntitle: ${headline}\nsection: World\n` +
		`draft: true\n${image && `image: ${image}\n`}---\n\n${body}\n`);
	paper.run('import', paper.paper, file);
	const { body: list } = await ada.get('/stories');
	return new RegExp(`href="(/stories/\\d+)"[^>]*>[^<]*${headline}`)
		.exec(list)[1];
}

const sources = (body) => [...body.matchAll(
	/(?:src|srcset)="([^"]+)"/g)].flatMap(([, s]) =>
	s.split(', ').map((part) => part.split(' ')[0]))
	.filter((s) => s.includes('/pictures/'));

test('a preview shows pictures in all sizes and formats', async () => {
	const head = (await upload(another())).json.pictures[0];
	const inner = (await upload(another())).json.pictures[0];
	const url = await draft('Previewed pictures', head.url,
		`![](${inner.url})\n\n![By hand](/pictures/hand.svg)`);
	fs.writeFileSync(path.join(paper.paper, 'public/pictures/hand.svg'),
		'<svg xmlns="http://www.w3.org/2000/svg"/>');
	const { body } = await ada.get(`${url}/page`);
	assert.equal(body.match(/<picture>/g).length, 2);
	assert.match(body, /type="image\/avif" srcset=/);
	assert.match(body, /alt="A sailing boat before hills, the sun low"/);
	const all = sources(body);
	assert.ok(all.length > 10);
	for (const src of all) {
		const { status, headers } = await ada.get(src);
		assert.equal(status, 200, src);
		assert.equal(headers['x-content-type-options'], 'nosniff');
		assert.match(headers['cross-origin-resource-policy'], /same-origin/);
	}
	const { headers } = await ada.get('/pictures/hand.svg');
	assert.match(headers['content-security-policy'], /sandbox/);
	// Cookies go along from inside the frame, and nothing runs in it.
	assert.match((await ada.get(`${url}/preview`)).body,
		/<iframe [^>]*sandbox="allow-same-origin"/);
	assert.match((await ada.get('/front')).body,
		/<iframe [^>]*sandbox="allow-same-origin"/);
});

test('an unpublished picture is missing for whoever may not see it', async () => {
	const { url, id } = (await upload(another())).json.pictures[0];
	const cash = await paper.member(ada,
		{ name: 'Tess Till', login: 'tess', role: 6 });
	const eye = await paper.member(ada,
		{ name: 'Phil Photo', login: 'phil', role: 5 });
	assert.equal((await eye.get(url)).status, 200);
	for (const client of [cash, paper.client()]) {
		const no = await client.get(url);
		const never = await client.get(`/pictures/${'a'.repeat(26)}-800.jpg`);
		assert.equal(no.status, 404);
		assert.equal(no.body.replaceAll(url, ''), never.body);
		assert.equal((await client.get(url.replace('.jpg', '.avif'))).status, 404);
	}
	assert.equal((await cash.get(`/pictures/${id}`)).status, 403);
	// Published, it is no secret.
	const file = path.join(paper.dir, 'shown.md');
	fs.writeFileSync(file, '---\ntitle: Shown to all\nsection: World\n' +
		`date: 2026-02-02T10:00:00Z\nimage: ${url}\n---\n\nText.\n`);
	paper.run('import', paper.paper, file);
	await until('it is public', async () =>
		(await cash.get(url)).status === 200);
	assert.equal((await paper.client().get(url)).status, 200);
});

test('a secret link shows the pictures of its story and no others', async () => {
	const mine = (await upload(another())).json.pictures[0];
	const other = (await upload(another())).json.pictures[0];
	const url = await draft('For the lawyer', mine.url, `![](${mine.url})`);
	const made = await ada.post(`${url}/links`, { note: '', days: '1' });
	const [, way] = /(\/p\/[\w-]{43})/.exec(made.body);
	const guest = paper.client();
	const { body } = await guest.get(way);
	const all = sources(body);
	assert.ok(all.length > 10);
	for (const src of all) {
		assert.ok(src.startsWith(`${way}/pictures/`), src);
		assert.equal((await guest.get(src)).status, 200, src);
	}
	const named = (p) => p.url.slice(1);
	assert.equal((await guest.get(`${way}/${named(mine)}`)).status, 200);
	assert.equal((await guest.get(`${way}/${named(other)}`)).status, 404);
	assert.equal((await guest.get(mine.url)).status, 404);
	assert.equal((await guest.get(
		`/p/${'A'.repeat(43)}/${named(mine)}`)).status, 404);
	const [, link] = /links\/(\d+)\/revoke/.exec(
		(await ada.get(`${url}/preview`)).body);
	await ada.post(`${url}/links/${link}/revoke`);
	assert.equal((await guest.get(`${way}/${named(mine)}`)).status, 404);
});

test('of two who change one picture, the second gets both texts', async () => {
	const { id } = (await upload(another())).json.pictures[0];
	const mine = await words(id, { caption: 'Mine', alt: 'Same', x: 40 });
	const yours = await words(id, { caption: 'Yours', alt: 'Same' });
	assert.equal((await ada.post(`/pictures/${id}/save`, mine)).status, 303);
	const no = await ada.post(`/pictures/${id}/save`, yours);
	assert.equal(no.status, 409);
	assert.match(no.body, />\n?Yours<\/textarea>/);
	assert.match(no.body, /Saved meanwhile: Mine/);
	assert.match(no.body, /Saved meanwhile: 40/);
	assert.doesNotMatch(no.body, /Saved meanwhile: Same/);
	assert.match((await ada.get(`/pictures/${id}`)).body,
		/>\n?Mine<\/textarea>/);
	// Having seen both, the second one decides.
	const [, base] = /name="base" value="(\d+)"/.exec(no.body);
	assert.equal((await ada.post(`/pictures/${id}/save`,
		{ ...yours, base })).status, 303);
	assert.match((await ada.get(`/pictures/${id}`)).body,
		/>\n?Yours<\/textarea>/);
});

// A story that readers have, with the picture at URL; its address for readers.
async function published(title, url, section = 'World') {
	const file = path.join(paper.dir, `${title.replace(/ /g, '-')}.md`);
	fs.writeFileSync(file, `---\ntitle: ${title}\nsection: ${section}\n` +
		`date: 2026-02-05T10:00:00Z\nimage: ${url}\n---\n\nText.\n`);
	paper.run('import', paper.paper, file);
	return until('the story', async () =>
		new RegExp(`href="(/2026/02/05/[^"]*${
			title.toLowerCase().replace(/ /g, '-')}[^"]*)"`).exec(
			String((await paper.get('/')).body))?.[1]);
}

const foreign = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';

test('what readers see is changed by who may publish it, and by nobody else',
	async () => {
		const picture = (await upload(another())).json.pictures[0];
		const { id, url } = picture;
		const story = await published('Locked words', url);
		const page = async () => String((await paper.get(story)).body);
		const other = { sections: ['Elsewhere'] };
		const world = { sections: ['World'] };
		const pia = await paper.member(ada, { name: 'Pia', login: 'pia',
			role: 5, ...world });
		const rex = await paper.member(ada, { name: 'Rex', login: 'rex',
			role: 4 });
		const eve = await paper.member(ada, { name: 'Eve', login: 'eve',
			role: 3, ...world });
		for (const client of [pia, rex]) {
			const no = await client.post(`/pictures/${id}/save`,
				await words(id, { caption: 'Typed words' }, client));
			assert.equal(no.status, 403);
			assert.match(no.body, />\n?Typed words<\/textarea>/);
			assert.match(no.body, /Ask an editor/);
			const moved = await client.post(`/pictures/${id}/save`,
				await words(id, { x: 10 }, client));
			assert.equal(moved.status, 403);
		}
		assert.doesNotMatch(await page(), /Typed words/);
		const yes = await saveWords(eve, id, { caption: 'By Eve', alt: 'x' });
		assert.equal(yes.status, 303, yes.body);
		await until('her words', async () => (await page()).includes('By Eve'));
		const log = (await ada.get('/audit')).body;
		assert.match(log, /The quay of Port Lune[^<]*-&gt; [^<]*By Eve/);
		// What no reader sees, a photographer may change.
		const free = (await upload(another(), { client: pia }))
			.json.pictures[0].id;
		assert.equal((await pia.post(`/pictures/${free}/save`,
			await words(free, { caption: 'Mine' }, pia))).status, 303);
		// And remove, if it is hers.
		const not = await rex.post(`/pictures/${free}/remove`);
		assert.equal(not.status, 403);
		assert.match(not.body, /somebody else sent this picture/);
		assert.equal((await pia.post(`/pictures/${free}/remove`)).status, 303);
		void other;
	});

test('an address for coins that is not the paper\u2019s is refused in words',
	async () => {
		const { id, url } = (await upload(another())).json.pictures[0];
		const story = await published('Coins in words', url);
		const send = (fields) => saveWords(ada, id, { alt: 'x', ...fields });
		for (const name of ['caption', 'credit', 'creator', 'alt', 'rights']) {
			const no = await send({ [name]: `Give to ${foreign}` });
			assert.equal(no.status, 422, name);
			assert.match(no.body, new RegExp(`<bdi>${foreign}</bdi>`));
			assert.doesNotMatch(no.body, /name="despite"/);
			assert.equal((await send({ [name]: foreign, despite: foreign }))
				.status, 422);
		}
		assert.doesNotMatch(String((await paper.get(story)).body), /bc1qw508/);
		// Where it only warns, somebody says so for this very address.
		const level = async (check_address) => assert.equal((await ada.save(
			'/settings/publishing', { check_address })).status, 303);
		await level('1');
		const warned = await send({ caption: foreign });
		assert.equal(warned.status, 422);
		assert.match(warned.body,
			new RegExp(`name="despite" value="${foreign}"`));
		assert.match(warned.body, new RegExp(`>\\n?${foreign}</textarea>`));
		assert.equal((await send({ caption: foreign, despite: 'x' })).status,
			422);
		assert.equal((await send({ caption: foreign, despite: foreign }))
			.status, 303);
		assert.equal((await send({})).status, 303);
		await level('2');
	});

test('the same file has another name in another paper', async () => {
	const other = await Newsroom.start({ stories: 1 });
	try {
		const bob = await other.owner();
		const here = (await upload(harbour)).json.pictures[0];
		const there = (await upload(harbour, { client: bob }))
			.json.pictures[0];
		assert.equal(here.width, there.width);
		assert.notEqual(stemOf(here), stemOf(there));
	} finally {
		await other.stop();
	}
});

test('what is taken out of the words is in no file any more', async () => {
	const { id, url } = (await upload(another())).json.pictures[0];
	const stem = stemOf({ url });
	const all = () => fs.readdirSync(path.join(paper.paper, 'public/pictures'))
		.filter((n) => n.startsWith(stem));
	const { body } = await ada.get(`/pictures/${id}`);
	const [, creator] = /name="creator"[^>]*value="([^"]+)"/.exec(body);
	assert.ok(creator.length > 3);
	assert.ok(all().some((n) => rendition(n).includes(creator)));
	assert.equal((await ada.post(`/pictures/${id}/save`, await words(id,
		{ caption: 'Nobody', credit: 'Agency \u00c9toile' }))).status, 303);
	const kinds = new Set();
	for (const name of all()) {
		const { status } = await ada.get(`/pictures/${name}`);
		const sent = rendition(name);
		assert.equal(status, 200);
		assert.ok(!sent.includes(creator), name);
		assert.ok(!sent.includes('quay of Port Lune'), name);
		assert.ok(sent.includes('Agency \u00c9toile'), name);
		kinds.add(path.extname(name));
	}
	assert.deepEqual([...kinds].sort(), ['.avif', '.jpg', '.webp']);
});

test('what no story has can be removed, and its files go', async () => {
	const used = (await upload(another())).json.pictures[0];
	const free = (await upload(another())).json.pictures[0];
	await draft('Holds a picture', used.url);
	const no = await ada.post(`/pictures/${used.id}/remove`);
	assert.equal(no.status, 409);
	assert.match(no.body, /Holds a picture/);
	assert.match(no.body, /cannot be removed/);
	const before = filesOf(paper);
	const yes = await ada.post(`/pictures/${free.id}/remove`);
	assert.equal(yes.location, '/pictures?done=picture-removed');
	assert.match((await ada.get(yes.location)).body, /gone from the library/);
	assert.equal((await ada.get(`/pictures/${free.id}`)).status, 404);
	assert.equal((await ada.get(free.url)).status, 404);
	const after = filesOf(paper);
	assert.equal(after.originals.length, before.originals.length - 1);
	assert.ok(!after.renditions.some((n) => n.startsWith(stemOf(free))));
	assert.ok(after.renditions.some((n) => n.startsWith(stemOf(used))));
});

test('what readers see counts as use, not the newest text alone', async () => {
	const { id, url } = (await upload(another())).json.pictures[0];
	const file = path.join(paper.dir, 'seen.md');
	fs.writeFileSync(file, '---\ntitle: Seen by readers\nsection: World\n' +
		`date: 2026-02-03T10:00:00Z\nimage: ${url}\n---\n\nText.\n`);
	paper.run('import', paper.paper, file);
	const story = await until('its use', async () =>
		/(\/stories\/\d+)"[^>]*>Seen by readers<\/a> <span class="status good">/
			.exec((await ada.get(`/pictures/${id}`)).body)?.[1]);
	// A working text without the picture is not what readers see.
	const { body } = await ada.get(story);
	const [, base] = /name="base" value="(\d+)"/.exec(body);
	const [, tab] = /name="tab" value="([^"]*)"/.exec(body);
	const saved = await ada.send(`${story}/save`, { base, tab,
		headline: 'Seen by readers', section: 'World', picture: '',
		body: 'Text.' });
	assert.equal(saved.json.status, 'saved', saved.body);
	assert.match((await ada.get(`/pictures/${id}`)).body,
		/>Seen by readers<\/a> <span class="status good">/);
	assert.equal((await ada.post(`/pictures/${id}/remove`)).status, 409);
});

test('rights that have ended: readers keep it, the newsroom is told', async () => {
	const { id, url } = (await upload(another())).json.pictures[0];
	const file = path.join(paper.dir, 'over.md');
	fs.writeFileSync(file, '---\ntitle: Rights are over\nsection: World\n' +
		`date: 2026-02-04T10:00:00Z\nimage: ${url}\n---\n\nText.\n`);
	paper.run('import', paper.paper, file);
	await change(id, { caption: 'Over', credit: 'X', alt: 'Over',
		expires: '2020-01-31' });
	const address = await until('the story', async () =>
		/href="(\/2026\/02\/04\/[^"]+)"/.exec(
			String((await paper.get('/')).body))?.[1]);
	// Nothing changes before readers' eyes without a person's decision.
	assert.match(String((await paper.get(address)).body),
		new RegExp(stemOf({ url })));
	const { body } = await ada.get(`/pictures/${id}`);
	assert.match(body, /Rights ended on 2020-01-31/);
	assert.match(body, /Take it out of the stories below/);
	assert.match(body, /Rights are over/);
	const [, story] = /(\/stories\/\d+)"[^>]*>Rights are over/.exec(body);
	assert.match((await ada.get(`${story}/publish`)).body, /2020-01-31/);
});

// ---- nothing is half stored

test('the same file sent twice at once leaves one set of files', async () => {
	assert.deepEqual(await orphans(ada), NONE);
	for (let i = 0; i < 3; i++) {
		const bytes = another();
		const two = await Promise.all([upload(bytes), upload(bytes)]);
		const [a, b] = two.map(({ json }) => json.pictures[0]);
		assert.equal(a.id, b.id);
		assert.equal((await ada.get(a.url)).status, 200);
	}
	assert.deepEqual(await orphans(ada), NONE);
});

test('files of which no row knows are gone after a kill', async () => {
	for (const enough of [
		(now, was) => now.originals.length > was.originals.length,
		(now, was) => now.renditions.length > was.renditions.length,
		(now, was) => now.renditions.length > was.renditions.length + 4]) {
		const was = filesOf(paper);
		const [pid] = paper.processes('newsroom');
		const sending = upload(another()).catch(() => null);
		while (!enough(filesOf(paper), was))
			await new Promise((done) => setImmediate(done));
		process.kill(pid, 'SIGKILL');
		await sending;
		await until('another newsroom', async () => {
			const [next] = paper.processes('newsroom');
			return next && next !== pid &&
				(await ada.get('/pictures').catch(() => ({}))).status === 200;
		});
		assert.deepEqual(await orphans(ada), NONE);
	}
	assert.equal((await upload(another())).status, 200);
});

test('a full disk is said, nothing is half stored, other work goes on', (t) => {
	const { status, stdout, stderr } = spawnSync('unshare', ['-m',
		'--propagation', 'private', process.execPath,
		'test/wire/pictures-full.mjs'], { encoding: 'utf8' });
	if (status === 77 || status === null ||
	    /unshare.*(permitted|not found)/.test(stderr)) {
		console.log('note: no full disk without the right to mount one');
		return t.skip();
	}
	assert.equal(status, 0, stdout + stderr);
});
