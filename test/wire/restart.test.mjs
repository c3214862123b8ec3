// SPDX-License-Identifier: MIT
//
// What dies comes back within a time that is promised, and nobody is refused
// meanwhile. These measure short times under load: test/wire/run gives them the
// machine for themselves.

import assert from 'node:assert/strict';
import net from 'node:net';
import { afterEach, test } from 'node:test';
import { Load, Paper, patience, sleep, until } from './paper.mjs';

let paper;
afterEach(async () => {
	if (paper)
		await paper.stop();
	paper = null;
});

test('readers killed under load are back within 300 ms, nobody is refused', async () => {
	paper = await Paper.start();
	const load = new Load(paper, '/', { clients: 6 });
	await sleep(200);
	for (let i = 0; i < 3; i++) {
		const [before] = paper.processes('reader 1');
		const began = performance.now();
		process.kill(before, 'SIGKILL');
		await until('the reader', () => {
			const [now] = paper.processes('reader 1');
			return now && now !== before;
		});
		const took = performance.now() - began;
		assert.ok(took < 300 * patience, `back after ${took} ms`);
		// Later than "soon after its start" it would be at once again; the
		// second and third time it is delayed by 0 and 100 ms.
		await sleep(300);
	}
	await load.stop();
	// A request that a killed reader had in its hands is lost with it; one
	// that is not accepted yet must not be.
	assert.equal(load.failures.filter((f) => /REFUSED/.test(f)).length, 0,
		load.failures.join(', '));
	assert.ok(load.failures.length <= 3 * 6, load.failures.join(', '));
	assert.ok(load.times.length > 100);
	assert.ok(load.times.at(-1) < 600 * patience, `slowest: ${load.times.at(-1)} ms`);
	assert.match(await paper.metrics(), /farthing_reader_restarts_total 3\n/);
});

test('a port that is held for a moment yet, by what a kill left, is waited for', async () => {
	paper = await Paper.make();
	const held = net.createServer();
	await new Promise((done) => held.listen(paper.port, '127.0.0.1', done));
	setTimeout(() => held.close(), 300);
	await paper.serve();
	assert.equal((await paper.get('/')).status, 200);
});

test('a connection made while every reader is dead waits and is served', async () => {
	paper = await Paper.start();
	for (const pid of paper.processes('reader'))
		process.kill(pid, 'SIGSTOP');
	const waiting = Array.from({ length: 20 }, () => paper.get('/'));
	await sleep(50);
	for (const pid of paper.processes('reader'))
		process.kill(pid, 'SIGKILL');
	for (const { status } of await Promise.all(waiting))
		assert.equal(status, 200);
});

test('the newsroom killed: readers notice nothing, and it is back', async () => {
	paper = await Paper.start();
	const load = new Load(paper, '/', { clients: 2 });
	const before = await until('the newsroom', () => paper.processes('newsroom')[0]);
	process.kill(before, 'SIGKILL');
	await until('the newsroom', () => {
		const [now] = paper.processes('newsroom');
		return now && now !== before;
	}, 300);
	paper.command('withdraw', '1', '--note', 'It was killed.');
	await load.stop();
	assert.deepEqual(load.failures, []);
});
