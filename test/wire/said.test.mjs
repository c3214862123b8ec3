// SPDX-License-Identifier: MIT
//
// What the server says to whoever started it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { binary, freePort, Paper, until } from './paper.mjs';

// Serves and stops; what was said on standard output and standard error.
async function serve(paper, words = [], env = {}, stderr = 'pipe') {
	let out = '';
	let said = '';
	const child = spawn(binary, ['serve', paper.paper, ...words],
		{ stdio: ['ignore', 'pipe', stderr], env: { ...process.env, ...env } });
	const ended = new Promise((done) => { child.on('exit', done); });
	child.stdout.on('data', (d) => { out += d; });
	child.stderr?.on('data', (d) => { said += d; });
	await until('its words', () => out.includes('Ctrl-C') &&
		(out.includes('Newsroom: ') || /newsroom = off/.test(paper.conf)));
	child.kill('SIGTERM');
	await ended;
	return { out, said };
}

test('each line has its time, in UTC', async () => {
	const paper = await Paper.make({ stories: 0 });
	const began = Math.floor(Date.now() / 1000) * 1000;
	const { said } = await serve(paper);
	const lines = said.trim().split('\n');
	assert.ok(lines.some((line) => / farthing: stopping/.test(line)), said);
	for (const line of lines) {
		const [, time] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) [a-z]+( \d+)?: ./.exec(line) ?? [];
		assert.ok(Date.parse(time) >= began && Date.parse(time) <= Date.now(), line);
	}
	fs.rmSync(paper.dir, { recursive: true });
});

test('in the journal they have none, which has its own', async () => {
	const paper = await Paper.make({ stories: 0 });
	const file = path.join(paper.dir, 'journal');
	const fd = fs.openSync(file, 'w');
	const { dev, ino } = fs.fstatSync(fd, { bigint: true });
	await serve(paper, [], { JOURNAL_STREAM: `${dev}:${ino}` }, fd);
	assert.match(fs.readFileSync(file, 'utf8'), /^farthing: stopping/m);
	fs.rmSync(paper.dir, { recursive: true });
});

test('what a command says has no time', async () => {
	const paper = await Paper.make({ stories: 0 });
	const { stderr } = spawnSync(binary, ['show', paper.paper, '99'], { encoding: 'utf8' });
	assert.match(stderr, /^farthing show: /);
	fs.rmSync(paper.dir, { recursive: true });
});

test('the address that it prints can be opened', async () => {
	const paper = await Paper.make({ stories: 0, listen: '*' });
	const { out } = await serve(paper);
	assert.match(out, new RegExp(`at http://localhost:${paper.port}/ and all addresses of this machine `));
	fs.rmSync(paper.dir, { recursive: true });
});

test('a port for the newsroom is not said to be at its origin', async () => {
	const port = await freePort();
	const paper = await Paper.make({ stories: 0, newsroom: `127.0.0.1:${await freePort()}`,
		conf: 'newsroom_origin = https://desk.example.org\n' });
	const { out } = await serve(paper, ['--newsroom-port', `${port}`]);
	assert.match(out, new RegExp(`Newsroom: 127\\.0\\.0\\.1:${port}, .* https://desk\\.example\\.org/`));
	fs.rmSync(paper.dir, { recursive: true });
});

test('its help names its signals', () => {
	const { stdout } = spawnSync(binary, ['help', 'serve'], { encoding: 'utf8' });
	for (const name of ['TERM', 'HUP', 'USR2'])
		assert.match(stdout, new RegExp(`^ {2}${name}`, 'm'));
});
