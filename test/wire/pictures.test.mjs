// SPDX-License-Identifier: MIT
//
// Pictures on a real server: sent as browsers send them and as nobody should,
// developed by the darkroom, kept in the library, shown to readers.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';

const sample = (name) => fs.readFileSync(`test/pictures/${name}`);
const harbour = sample('harbour.jpg');
let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
});
after(() => paper.stop());

function part({ name = 'file', file = 'a.jpg', type = 'image/jpeg', bytes }) {
	return Buffer.concat([Buffer.from(
		`--BOUNDARY\r\nContent-Disposition: form-data; name="${name}"` +
		(file === null ? '' : `; filename="${file}"`) +
		`\r\nContent-Type: ${type}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
}

const form = (parts) =>
	Buffer.concat([...parts.map(part), Buffer.from('--BOUNDARY--\r\n')]);

async function post(client, body, headers = {}) {
	const answer = await client.request('POST', '/pictures/upload', { body,
		headers: { 'content-type': 'multipart/form-data; boundary=BOUNDARY',
			'content-length': body.length, accept: 'application/json',
			'sec-fetch-site': 'same-origin', ...headers } });
	try {
		answer.json = JSON.parse(answer.body);
	} catch {
		answer.json = null;
	}
	return answer;
}

const upload = (bytes, { file = 'a.jpg', client = ada } = {}) =>
	post(client, form([{ file, bytes }]));

// Another file with the same picture: text behind its end is no part of it.
const another = () => Buffer.concat([harbour.subarray(0, -2),
	Buffer.from([0xff, 0xfe, 0, 18]), crypto.randomBytes(16),
	harbour.subarray(-2)]);

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

test('the newsroom shows it, and readers have the very same', async () => {
	const { json } = await upload(harbour);
	const here = await ada.get(json.pictures[0].url);
	assert.equal(here.status, 200);
	assert.equal(here.headers['content-type'], 'image/jpeg');
	assert.equal((await paper.get(json.pictures[0].url)).status, 200);
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

function chunk(name, data) {
	const body = Buffer.concat([Buffer.from(name), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const sum = Buffer.alloc(4);
	// Readers of heads do not look at it.
	return Buffer.concat([length, body, sum]);
}

function png(width, height) {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(Buffer.alloc(64))),
		chunk('IEND', Buffer.alloc(0))]);
}

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

test('a GIF that is also a script is made anew', async () => {
	const bytes = Buffer.concat([sample('moving.gif'),
		Buffer.from('/*'), Buffer.from('*/=alert("polyglot")//')]);
	const { status, json } = await upload(bytes, { file: 'x.gif' });
	if (status === 422)
		return;
	const stem = json.pictures[0].url.slice(10, 36);
	for (const name of fs.readdirSync(path.join(paper.paper, 'public/pictures')))
		if (name.startsWith(stem)) {
			assert.ok(!rendition(name).includes('polyglot'), name);
			assert.match((await paper.get(`/pictures/${name}`))
				.headers['x-content-type-options'], /nosniff/);
		}
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
	const fields = { caption: 'A quay\nby night', credit: 'Staff', creator: '',
		alt: 'Lamps', rights: '© Wire', expires: '2099-12-31', x: 50, y: 0 };
	const { status, location } = await ada.post(`/pictures/${id}/save`, fields);
	assert.equal(status, 303);
	assert.equal(location, `/pictures/${id}?done=saved`);
	assert.match((await ada.get(location)).body, /A quay  ?by night/);
	assert.notDeepEqual(rendition(`${url.slice(10, 36)}-16x9.jpg`), before);
	for (const odd of [{ x: 101 }, { y: -1 }, { x: '' }, { stem: 'x' }])
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
	await ada.post(`/pictures/${id}/save`, { caption: 'Čapek’s Straße',
		credit: '', creator: 'Zed', alt: '', rights: '', expires: '',
		x: 50, y: 50 });
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
	await ada.post(`/pictures/${id}/save`, { caption: 'Ended', credit: '',
		creator: '', alt: '', rights: '', expires: '2020-01-31', x: 50, y: 50 });
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
		await ada.post(`/pictures/${id}/save`, { caption: 'A newer caption',
			credit: '', creator: '', alt: 'Anew', rights: '', expires: '',
			x: 50, y: 50 });
		await until('the new words', async () => {
			const now = await page();
			return now.includes('A newer caption') && now.includes('alt="Anew"');
		});
	});

test('before publishing, rights that have ended are told', async () => {
	const { json } = await upload(another());
	const { id, url } = json.pictures[0];
	await ada.post(`/pictures/${id}/save`, { caption: 'Old', credit: 'X',
		creator: '', alt: 'Old', rights: '', expires: '2020-01-31',
		x: 50, y: 50 });
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

test('ids and names that are guessed are not there', async () => {
	for (const url of ['/pictures/999999', '/pictures/0', '/pictures/01',
		'/pictures/x', `/pictures/${'a'.repeat(26)}-800.jpg`,
		`/pictures/${'a'.repeat(26)}-800.php`])
		assert.equal((await ada.get(url)).status, 404, url);
	const stranger = await paper.client().get('/pictures/1');
	assert.equal(stranger.status, 303);
});

test('a darkroom that dies is started again, and the next picture goes on',
	async () => {
		const [pid] = paper.processes('darkroom');
		process.kill(pid, 'SIGKILL');
		await until('another darkroom', () => {
			const [next] = paper.processes('darkroom');
			return next && next !== pid;
		});
		assert.equal((await upload(another())).status, 200);
	});

test('no process but the darkroom has the decoders in it', () => {
	for (const word of ['reader', 'newsroom', 'vault'])
		for (const pid of paper.processes(word))
			assert.doesNotMatch(
				fs.readFileSync(`/proc/${pid}/maps`, 'utf8'), /libvips/);
});
