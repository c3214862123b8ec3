// SPDX-License-Identifier: MIT
//
// A disk that is full while pictures are sent. Run by pictures.test.mjs in a
// mount namespace of its own, where a small disk of memory is mounted; ends
// with 77 where that cannot be.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Newsroom } from './newsroom.mjs';

const small = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-full-'));
if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', small])
	.status !== 0) {
	fs.rmdirSync(small);
	process.exit(77);
}

const harbour = fs.readFileSync('test/pictures/harbour.jpg');
const another = () => Buffer.concat([harbour.subarray(0, -2),
	Buffer.from([0xff, 0xfe, 0, 18]), crypto.randomBytes(16),
	harbour.subarray(-2)]);

process.env.TMPDIR = small;
const paper = await Newsroom.start({ stories: 1 });
const ada = await paper.owner();

async function upload(bytes) {
	const body = Buffer.concat([Buffer.from('--B\r\nContent-Disposition: ' +
		'form-data; name="file"; filename="a.jpg"\r\n\r\n'), bytes,
	Buffer.from('\r\n--B--\r\n')]);
	const { status, body: said } = await ada.request('POST',
		'/pictures/upload', { body, headers: {
			'content-type': 'multipart/form-data; boundary=B',
			'content-length': body.length, accept: 'application/json',
			'sec-fetch-site': 'same-origin' } });
	return { status, json: JSON.parse(said) };
}

const ballast = path.join(small, 'ballast');

// Leaves ROOM bytes.
function fill(room) {
	const out = fs.openSync(ballast, 'w');
	const { bavail, bsize } = fs.statfsSync(small);
	const left = bavail * bsize - room;
	fs.writeSync(out, Buffer.alloc(Math.max(left, 0)));
	fs.closeSync(out);
}

const list = () => ['private/originals', 'public/pictures'].flatMap((f) =>
	fs.readdirSync(path.join(paper.paper, f)).map((n) => `${f}/${n}`)).sort();

try {
	const first = await upload(another());
	assert.equal(first.status, 200);
	const was = list();
	let refused = 0;
	// With less and less room, it ends at another place each time.
	for (let room = 400 * 1024; room >= 0; room -= 40 * 1024) {
		const before = list();
		fill(room);
		const { status, json } = await upload(another());
		if (status !== 200) {
			assert.equal(status, 507, JSON.stringify(json));
			assert.match(json.message, /disk is full/);
			refused++;
		}
		// Readers are served, and the newsroom shows what it has.
		assert.equal((await paper.get('/')).status, 200);
		assert.equal((await ada.get(first.json.pictures[0].url)).status, 200);
		assert.equal((await ada.get('/pictures')).status, 200);
		fs.rmSync(ballast);
		if (status !== 200)
			assert.deepEqual(list(), before, `with ${room} bytes`);
	}
	assert.ok(refused >= 3, `${refused} were refused`);
	assert.ok(list().length >= was.length);
	assert.equal((await upload(another())).status, 200);
} finally {
	paper.signal('SIGKILL');
	await paper.ended;
}
process.exit(0);
