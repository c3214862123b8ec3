// SPDX-License-Identifier: MIT
//
// Picture files of the shapes that have broken decoders before (crafted.mjs):
// tables that overflow, lengths that lie, lists in a circle, little that
// becomes much. Each is refused in words and nothing of it is kept, or it is a
// clean picture; the newsroom goes on, and no process is started anew.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Newsroom } from './newsroom.mjs';
import { NONE, another, filesOf, form, orphans, post, stemOf }
	from './pictures.mjs';
import * as crafted from './crafted.mjs';

let paper, ada, bo, began;

const processes = () => ['newsroom', 'reader', 'darkroom', 'vault']
	.map((word) => paper.processes(word).sort());

before(async () => {
	paper = await Newsroom.start({ stories: 1, conf: 'requests_burst = 20000\n' });
	ada = await paper.owner();
	bo = await paper.member(ada, { name: 'Bo Reed', login: 'bo', role: 3 });
	// The library's folders are made with its first picture.
	assert.equal((await upload(another(), 'first.jpg')).status, 200);
	began = processes();
});
after(() => paper.stop());

const upload = (bytes, file) => post(ada, form([{ file, bytes }]));

const HEADS = { '.jpg': /^\xff\xd8\xff/, '.webp': /^RIFF....WEBP/s,
	'.avif': /^....ftypavif/s };

// What readers would get is made by us, and has nothing of the file in it.
function isClean({ url }) {
	const names = filesOf(paper).renditions.filter((name) =>
		name.startsWith(stemOf({ url })));
	assert.ok(names.length >= 3, names.join());
	for (const name of names)
		assert.match(fs.readFileSync(path.join(paper.paper, 'public/pictures',
			name)).toString('latin1', 0, 16), HEADS[path.extname(name)]);
}

async function isSafe(bytes, file) {
	const was = filesOf(paper);
	const { status, json } = await upload(bytes, file);
	if (status === 200) {
		isClean(json.pictures[0]);
	} else {
		assert.equal(status, 422);
		assert.match(json.message, /damaged|breaks off|no picture|too large/);
		assert.deepEqual(filesOf(paper), was);
	}
	assert.equal((await bo.get('/stories')).status, 200);
	assert.deepEqual(processes(), began);
	return status;
}

test('tables as large as may be are those of a picture', async () => {
	assert.equal(await isSafe(crafted.largestTables, 'a.webp'), 200);
});

test('a WebP whose tables would overflow is refused', async () => {
	for (const [what, bytes] of Object.entries(crafted.webp))
		assert.equal(await isSafe(bytes, `${what}.webp`), 422, what);
});

test('a TIFF is no picture, whatever its lists lead to', async () => {
	for (const [what, bytes] of Object.entries(crafted.tiff))
		assert.equal(await isSafe(bytes, `${what}.tif`), 422, what);
});

for (const kind of ['png', 'jpeg', 'avif', 'heic', 'gif'])
	for (const [what, bytes] of Object.entries(crafted[kind]))
		test(`${kind}, ${what}: it is refused in words, or a clean picture`,
			() => isSafe(bytes, `${what}.${kind}`));

test('nothing is left of them, and pictures are taken as before', async () => {
	assert.deepEqual(await orphans(ada), NONE);
	assert.equal((await upload(another(), 'a.jpg')).status, 200);
	assert.deepEqual(processes(), began);
});
