// SPDX-License-Identifier: MIT
//
// What "Health" says of a disk that fills up, and when there is room again. Run
// by health.test.mjs in a mount namespace of its own, where the paper lies on a
// small disk of memory; ends with 77 where that cannot be.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Newsroom } from './newsroom.mjs';

const small = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-full-'));
const mount = (options, ...more) => spawnSync('mount',
	['-t', 'tmpfs', '-o', options, ...more, 'tmpfs', small]).status === 0;
// It takes no more memory than lies on it.
if (!mount('size=2g')) {
	fs.rmdirSync(small);
	process.exit(77);
}

process.env.TMPDIR = small;
const paper = await Newsroom.start({ stories: 1 });
const ada = await paper.owner();
const ballast = path.join(small, 'ballast');
const health = async () => {
	const { status, body } = await ada.get('/health');
	assert.equal(status, 200);
	return body;
};

async function save(url, base, body) {
	const { status, body: said } = await ada.post(`${url}/save`,
		{ headline: 'A full disk', base, body });
	return { status, said };
}

try {
	const { location } = await ada.post('/stories/new',
		{ headline: 'A full disk' });
	const [url] = /^\/stories\/\d+/.exec(location);
	const [, base] = /name="base" value="(\d+)"/.exec((await ada.get(url)).body);
	assert.match(await health(), /All is well\./);

	// Little room: told before anything fails.
	assert.ok(mount('remount,size=300m'));
	assert.match(await health(), /1 thing needs attention:/);
	assert.match(await health(),
		/Only 3\d\d MB is free on the disk\. Make room, or saving will fail\./);

	// None: what is saved now is refused, in plain words, and not lost.
	const { bavail, bsize } = fs.statfsSync(small);
	fs.writeFileSync(ballast, '');
	assert.equal(spawnSync('fallocate',
		['-l', String(bavail * bsize), ballast]).status, 0);
	const text = 'No word of it is lost. '.repeat(4000);
	const { status, said } = await save(url, base, text);
	assert.equal(status, 507, said);
	assert.match(said, /disk/);
	const full = await health();
	assert.match(full, /Only 0 \w+ is free on the disk\./);
	assert.match(full, /things? needs? attention:/);
	// Readers notice nothing.
	assert.equal((await paper.get('/')).status, 200);

	// Room again: it is over, and what was refused is saved.
	fs.rmSync(ballast);
	assert.ok(mount('remount,size=2g'));
	const over = await health();
	assert.match(over, /All is well\./);
	assert.doesNotMatch(over, /free on the disk\. Make room/);
	assert.equal((await save(url, base, text)).status, 303);
	assert.match((await ada.get(url)).body, /No word of it is lost\./);
	await paper.stop();
} catch (e) {
	console.error(e);
	paper.child?.kill('SIGKILL');
	process.exit(1);
}
process.exit(0);
