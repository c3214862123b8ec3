// SPDX-License-Identifier: MIT
//
// From the newsroom to the reader: what is published is seen at once by every
// reader, what is scheduled at its second and nowhere before.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Paper, patience, sleep, story, until } from './paper.mjs';

let paper;
before(async () => { paper = await Paper.start({ stories: 5 }); });
after(() => paper.stop());

// Imports one manuscript into the running server; gives the story's number.
function draft(n, head = 'draft: true\n') {
	const file = path.join(paper.dir, `draft-${n}.md`);
	fs.writeFileSync(file, story(n, head));
	paper.command('import', file);
	const line = paper.command('list', '--find', `Story number ${n}`);
	return /\b(\d+)\b/.exec(line.split('\n').find((l) =>
		l.includes(`Story number ${n}`)))[1];
}

const everywhere = ['/', '/section/world', '/person/ines-corvo', '/tag/numbers',
	'/feed.rss', '/feed.atom', '/feed.json', '/section/world/feed.rss',
	'/news-sitemap.xml', '/archive', '/archive/2026', '/archive/2026/01'];

// The pages on which WORD stands, asked of both readers: each connection is
// given to one of them by chance.
async function seenOn(word) {
	const seen = [];
	for (const target of everywhere)
		for (let i = 0; i < 4; i++) {
			const { body } = await paper.get(target);
			if (body.includes(word) && !seen.includes(target))
				seen.push(target);
		}
	return seen;
}

test('a draft is nowhere', async () => {
	draft(71);
	assert.deepEqual(await seenOn('Story number 71'), []);
});

test('a picture that was put into the folder by hand keeps its room free', async () => {
	const folder = path.join(paper.paper, 'public/pictures');
	const picture = (name) => fs.readFileSync(new URL(`../pictures/${name}`,
		import.meta.url));
	// The harbour lies on its side, and says so as cameras do; this one says
	// that it stands upright.
	const upright = Buffer.concat([Buffer.from('ffd8ffe10022457869660000' +
		'4d4d002a00000008000101120003000000010001000000000000', 'hex'),
	picture('harbour.jpg').subarray(2)]);
	fs.writeFileSync(path.join(folder, 'quay-1.jpg'), upright);
	fs.writeFileSync(path.join(folder, 'mole.jpg'), picture('harbour.jpg'));
	fs.writeFileSync(path.join(folder, 'none.png'), 'no picture');
	fs.symlinkSync('/etc/hostname', path.join(folder, 'link.png'));
	const file = path.join(paper.dir, 'pictures.md');
	fs.writeFileSync(file, story(70, 'picture: /pictures/quay-1.jpg\n') +
		'\n![A mole](/pictures/mole.jpg "Ines")\n\n![Nothing](/pictures/none.png)\n' +
		'\n![A link](/pictures/link.png)\n');
	paper.command('import', file);
	const target = '/2026/01/08/pictures';
	const body = await until('the story', async () => {
		const { status, body } = await paper.get(target);
		return status === 200 && String(body);
	});
	const sized = (name) => new RegExp(`<img[^>]*src="/pictures/${name}"[^>]*>`)
		.exec(body)[0].match(/width="(\d+)" height="(\d+)"/)?.slice(1);
	assert.deepEqual(sized('quay-1.jpg'), ['1200', '900']);
	assert.deepEqual(sized('mole.jpg'), ['900', '1200']);
	assert.equal(sized('none.png'), undefined);
	assert.equal(sized('link.png'), undefined);
	assert.doesNotMatch(body, /srcset/);
	paper.command('withdraw', target, '--note', 'A test.');
});

test('what is published is seen by every reader within 50 ms', async () => {
	const id = draft(72);
	await paper.get('/');
	paper.command('publish', id);
	await sleep(50 * patience);
	for (let i = 0; i < 10; i++)
		assert.ok((await paper.get('/')).body.includes('Story number 72'));
	assert.ok((await seenOn('Story number 72')).length >= 6);
});

test('what is withdrawn answers 410 with its note, and is nowhere', async () => {
	const id = draft(73);
	paper.command('publish', id);
	const { items } = JSON.parse((await until('the story', async () => {
		const { body } = await paper.get('/feed.json');
		return body.includes('Story number 73') && body;
	})));
	const target = new URL(items.find((i) => i.title === 'Story number 73').url).pathname;
	assert.equal((await paper.get(target)).status, 200);
	paper.command('withdraw', id, '--note', 'The source took it back.');
	await sleep(50 * patience);
	const gone = await paper.get(target);
	assert.equal(gone.status, 410);
	assert.ok(gone.body.includes('The source took it back.'));
	assert.deepEqual(await seenOn('Story number 73'), []);
});

test('a scheduled story appears at its second, and nowhere before', async () => {
	const id = draft(74);
	const at = Math.ceil(Date.now() / 1000 + 2) * 1000;
	paper.command('schedule', id, new Date(at).toISOString().replace('.000', ''));
	assert.deepEqual(await seenOn('Story number 74'), []);
	assert.ok(Date.now() < at);
	let seen = 0;
	while (Date.now() < at - 60) {
		const { body } = await paper.get('/');
		assert.ok(!body.includes('Story number 74') || Date.now() >= at, 'too early');
		await sleep(5);
	}
	await until('the story', async () => {
		const { body } = await paper.get('/');
		seen = Date.now();
		return body.includes('Story number 74');
	}, 3000);
	assert.ok(seen >= at, `${at - seen} ms too early`);
	assert.ok(seen - at < 150 * patience, `${seen - at} ms late`);
	assert.ok((await seenOn('Story number 74')).length >= 6);
});

test('before its time a scheduled story is at no address that can be guessed', async () => {
	const id = draft(75);
	const when = new Date(Date.now() + 3600e3);
	paper.command('schedule', id, when.toISOString().replace(/\.\d+/, ''));
	assert.deepEqual(await seenOn('Story number 75'), []);
	for (const day of [when.toISOString().slice(0, 10), '2026-01-04', '2026-01-05']) {
		const base = `/${day.replaceAll('-', '/')}`;
		for (const target of [`${base}/story-number-75`, `${base}/75`, base]) {
			const { status, body } = await paper.get(target);
			assert.ok(!body.includes('Story number 75'), target);
			assert.notEqual(status, 410);
		}
	}
});

test('an embargo holds against a publish', async () => {
	const ends = new Date(Date.now() + 3600e3).toISOString().replace(/\.\d+/, '');
	const id = draft(76, `draft: true\nembargo: ${ends}\n`);
	paper.command('publish', id);
	assert.deepEqual(await seenOn('Story number 76'), []);
});

test('a story that was scheduled while no server ran is out at the next start', async () => {
	const id = draft(77);
	paper.signal('SIGTERM');
	await paper.ended;
	paper.command('schedule', id,
		new Date(Date.now() + 1000).toISOString().replace(/\.\d+/, ''));
	await sleep(1200);
	await paper.serve();
	await until('the story', async () =>
		(await paper.get('/')).body.includes('Story number 77'), 1000);
});

test('a story scheduled on a newsroom that is killed appears nevertheless', async () => {
	const id = draft(78);
	const at = Math.ceil(Date.now() / 1000 + 1) * 1000;
	paper.command('schedule', id, new Date(at).toISOString().replace('.000', ''));
	process.kill(paper.processes('newsroom')[0], 'SIGKILL');
	await until('the story', async () =>
		(await paper.get('/')).body.includes('Story number 78'), 4000);
	assert.ok(Date.now() >= at);
});
