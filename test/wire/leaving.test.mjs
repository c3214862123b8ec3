// SPDX-License-Identifier: MIT
//
// Downloads that are under way when readers are replaced: by new settings,
// which come each night where logs are rotated, or by a new program.

import { afterEach, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Paper, binary, patience, sleep, until } from './paper.mjs';

const MB = 1024 * 1024;
let paper;

afterEach(() => paper?.stop());

async function start(program = binary) {
	paper = await Paper.make({ stories: 1, conf: 'grace_seconds = 1\n' });
	const folder = path.join(paper.paper, 'public/pictures');
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(path.join(folder, 'large.jpg'), Buffer.alloc(16 * MB, 'x'));
	if (program !== binary) {
		fs.copyFileSync(binary, path.join(paper.dir, program));
		await paper.serve(path.join(paper.dir, program));
	} else {
		await paper.serve();
	}
}

// A client that takes about 1.5 MB a second, and how it ended.
function download() {
	const socket = paper.connect({ highWaterMark: 32768 });
	const state = { socket, got: 0, ended: false };
	socket.on('data', (d) => {
		state.got += d.length;
		socket.pause();
		setTimeout(() => socket.resume(), d.length / 1500);
	});
	socket.on('close', () => { state.ended = true; });
	socket.write('GET /pictures/large.jpg HTTP/1.1\r\nHost: a\r\n' +
		'Connection: close\r\n\r\n');
	return state;
}

async function begun(n = 1) {
	const all = Array.from({ length: n }, download);
	await until('the first bytes', () => all.every(({ got }) => got > 0));
	return all;
}

const reloads = () =>
	paper.said.split('with the new settings').length - 1;

async function reload() {
	const before = reloads();
	paper.signal('SIGHUP');
	await until('new settings', () => reloads() > before);
}

test('what is being sent when new settings come is sent to its end', async () => {
	await start();
	const all = await begun(4);
	const old = paper.processes('reader');
	await reload();
	await until('the ends', () => all.every(({ ended }) => ended), 30000);
	for (const { got } of all)
		assert.ok(got > 16 * MB, `${got} bytes`);
	await until('the old readers to go', () =>
		!paper.processes('reader').some((pid) => old.includes(pid)));
	assert.doesNotMatch(paper.said, /is killed/);
});

test('what is being sent when a new program comes is sent to its end', async () => {
	await start('own');
	const all = await begun(4);
	const old = paper.processes('reader');
	paper.signal('SIGUSR2');
	await until('new readers', () => paper.processes('reader')
		.filter((pid) => !old.includes(pid)).length === 2, 10000);
	await until('the ends', () => all.every(({ ended }) => ended), 30000);
	for (const { got } of all)
		assert.ok(got > 16 * MB, `${got} bytes`);
});

test('readers that were replaced twice are gone soon', async () => {
	await start();
	const all = await begun(4);
	const old = paper.processes('reader');
	await reload();
	await sleep(2000);
	// Whoever has a download is still there.
	assert.ok(paper.processes('reader').some((pid) => old.includes(pid)));
	await reload();
	await until('their end', () =>
		!paper.processes('reader').some((pid) => old.includes(pid)));
	await until('the ends', () => all.every(({ ended }) => ended));
	assert.doesNotMatch(paper.said, /is killed/);
});

test('however often settings come, readers do not pile up', async () => {
	await start();
	await begun(4);
	for (let i = 0; i < 8; i++) {
		await begun(2);
		await reload();
		await sleep(300);
	}
	// Each had a second, and there are two of each.
	assert.ok(paper.processes('reader').length <= 2 + 2 * 5 * patience);
	await until('their end', () => paper.processes('reader').length <= 4);
});

test('a server that stops waits for no download beyond its grace time', async () => {
	await start();
	await begun(4);
	await reload();
	await begun(4);
	const began = performance.now();
	paper.signal('SIGTERM');
	assert.equal((await paper.ended).code, 0);
	const took = performance.now() - began;
	assert.ok(took > 900 && took < 3500 * patience, `${took} ms`);
	assert.doesNotMatch(paper.said, /is killed/);
	await paper.serve();
});

test('so does one that stops after a new program has come', async () => {
	await start('own');
	const old = paper.processes('reader');
	await begun(4);
	paper.signal('SIGUSR2');
	await until('new readers', () => paper.processes('reader')
		.filter((pid) => !old.includes(pid)).length === 2, 10000);
	// Those that leave have had their grace time.
	await sleep(2000);
	assert.ok(paper.processes('reader').some((pid) => old.includes(pid)));
	const began = performance.now();
	paper.signal('SIGTERM');
	assert.equal((await paper.ended).code, 0);
	const took = performance.now() - began;
	assert.ok(took > 900 && took < 3500 * patience, `${took} ms`);
	assert.doesNotMatch(paper.said, /is killed/);
});

test('what readers held that are gone is counted no more', async () => {
	await start();
	await paper.get('/');
	const pages = async () => {
		const body = await paper.metrics();
		return [...body.matchAll(/^farthing_cache_pages\{[^}]*\} (\d+)$/gm)]
			.map(([, n]) => Number(n));
	};
	await until('a page in the cache', async () =>
		(await pages()).some((n) => n > 0));
	const old = paper.processes('reader');
	await reload();
	await until('their end', () =>
		!paper.processes('reader').some((pid) => old.includes(pid)), 10000);
	assert.equal((await pages()).reduce((a, b) => a + b), 0);
});

// Nobody follows at once: it must be replaced soon.
test('a reader that somebody ends by a signal has its grace time', async () => {
	await start();
	await begun(4);
	for (const pid of paper.processes('reader')) {
		process.kill(pid, 'SIGTERM');
		await until('its end', () => !paper.processes('reader').includes(pid),
			3000);
	}
});
