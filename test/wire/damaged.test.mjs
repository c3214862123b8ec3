// SPDX-License-Identifier: MIT
//
// Files that are damaged: what can be made anew is, of the others it is said
// which it is and what to do.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { binary, Paper, until } from './paper.mjs';

// Overwrites the file from FROM on, but for its last byte's place.
function damage(file, from) {
	const { size } = fs.statSync(file);
	const fd = fs.openSync(file, 'r+');
	fs.writeSync(fd, Buffer.alloc(Math.max(size - from, 4096), 0x5a), 0, undefined, from);
	fs.closeSync(fd);
}

const publicDb = (paper) => path.join(paper.paper, 'public/public.db');
const privateDb = (paper) => path.join(paper.paper, 'private/paper.db');

// Every story of the feed is there.
async function whole(paper, stories) {
	// The other reader may be behind the one that answers here.
	const items = await until('all stories', async () => {
		const got = await paper.get('/feed.json');
		const all = got.status === 200 ? JSON.parse(got.body).items : [];
		return all.length === stories && all;
	}, 20000);
	for (const item of items)
		await until(item.url, async () =>
			(await paper.get(new URL(item.url).pathname)).status === 200, 20000);
}

for (const [what, from] of [['its head', 0], ['all behind its first page', 32768]])
	test(`a public.db with damage in ${what} is made anew`, async () => {
		const paper = await Paper.make();
		// The log has the newest of it.
		fs.rmSync(publicDb(paper) + '-wal', { force: true });
		fs.rmSync(publicDb(paper) + '-shm', { force: true });
		damage(publicDb(paper), from);
		await paper.serve();
		await whole(paper, 12);
		await until('the log', () => /public\.db was damaged\. It is .*public\.db\.damaged-\d{8}T\d{6}Z now/
			.test(paper.said));
		const names = fs.readdirSync(path.join(paper.paper, 'public'));
		assert.ok(names.some((name) => /^public\.db\.damaged-\d{8}T\d{6}Z$/.test(name)), `${names}`);
		await paper.stop();
	});

test('a command makes it anew, too, and does its work', async () => {
	const paper = await Paper.make();
	damage(publicDb(paper), 0);
	paper.command('set', 'motto', 'All of it');
	await paper.serve();
	await whole(paper, 12);
	assert.doesNotMatch(paper.said, /damaged/);
	await paper.stop();
});

test('a private/paper.db that is damaged is named, with what to do, and readers are served', async () => {
	const paper = await Paper.make();
	damage(privateDb(paper), 0);
	const child = spawn(binary, ['serve', paper.paper], { stdio: ['ignore', 'ignore', 'pipe'] });
	const ended = once(child, 'exit');
	let said = '';
	child.stderr.on('data', (d) => { said += d; });
	await until('what is said', () => /readers are served what was published/.test(said));
	assert.match(said, /private\/paper\.db: .*damaged/);
	assert.match(said, /restore it from a backup.*doc\/storage\.md/);
	await until('a page', async () => {
		try {
			return (await paper.get('/')).status === 200;
		} catch {
			return false; // Nobody listens yet.
		}
	});
	await whole(paper, 12);
	child.kill('SIGTERM');
	await ended;
	assert.equal(fs.readdirSync(path.join(paper.paper, 'private'))
		.filter((name) => /damaged-/.test(name)).length, 0);
	fs.rmSync(paper.dir, { recursive: true });
});
