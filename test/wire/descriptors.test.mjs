// SPDX-License-Identifier: MIT
//
// A machine that lets the server open few files: it says so, and nobody is
// left without an answer that could have had one.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { binary, Paper, until } from './paper.mjs';

const isRoot = process.getuid() === 0;
// Root may raise any limit.
const user = isRoot ? { uid: 65534, gid: 65534 } : {};

// A paper of USER, and a program that serves with at most N open files.
async function few(n) {
	const paper = await Paper.make();
	const program = path.join(paper.dir, 'few');
	fs.writeFileSync(program, `#!/bin/sh\nulimit -n ${n}\nexec ${binary} "$@"\n`,
		{ mode: 0o755 });
	fs.chmodSync(paper.dir, 0o755);
	if (isRoot)
		spawnSync('chown', ['-R', '65534:65534', paper.paper]);
	return { paper, program };
}

for (const n of [20, 48])
	test(`with ${n} open files it does not start, and says what it needs`, async () => {
		const { paper, program } = await few(n);
		const { status, stderr } = spawnSync(program, ['serve', paper.paper],
			{ encoding: 'utf8', timeout: 30000, ...user });
		assert.equal(status, 1);
		assert.match(stderr, new RegExp(`only ${n} files can be open at once, and \\d+ are needed`));
		assert.match(stderr, /LimitNOFILE=/);
		fs.rmSync(paper.dir, { recursive: true });
	});

test('with some more it says for how many connections there is room, and the next get a 503', async () => {
	const { paper, program } = await few(100);
	await paper.serve(program, user);
	assert.match(paper.said, /only 100 files .* there is room for (\d+) connections, not for the 16000/);
	const room = Number(/room for (\d+) conn/.exec(paper.said)[1]);
	assert.ok(room > 0 && room < 200);
	// So many that each reader is full, wherever they fall.
	const open = [];
	let full = 0;
	for (let i = 0; i < room + 100 && full < 3; i++) {
		const socket = paper.connect();
		socket.on('data', (d) => { full += d.includes('HTTP/1.1 503 '); });
		open.push(socket);
		if (i >= room / 2)
			await new Promise((done) => setTimeout(done, 5));
	}
	await until('a 503', () => full > 0);
	await until('the log', () => /connections were turned away so far/.test(paper.said), 10000);
	for (const socket of open)
		socket.destroy();
	await until('a page', async () => (await paper.get('/')).status === 200);
	await paper.stop();
});
