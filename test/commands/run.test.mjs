// SPDX-License-Identifier: MIT
//
// ./run as somebody new to it: it serves a paper and its newsroom, its link
// makes the first owner, Ctrl-C ends it, and a second run keeps what there is.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Newsroom } from '../wire/newsroom.mjs';
import { freePort, until } from '../wire/paper.mjs';

const root = new URL('../../', import.meta.url).pathname;

// Two ports in a row that are free.
async function ports() {
	for (;;) {
		const port = await freePort();
		try {
			await fetch(`http://127.0.0.1:${port + 1}/`);
		} catch {
			return port;
		}
	}
}

async function run(port, dir) {
	const child = spawn(`${root}run`, ['--port', String(port), '--dir', dir],
		{ cwd: os.tmpdir(), detached: true });
	const it = { said: '', child, link: null };

	child.stdout.on('data', (d) => it.said += d);
	child.stderr.on('data', (d) => it.said += d);
	it.ended = new Promise((done) => child.on('close', done));
	it.paper = await until('the paper', async () => {
		if (child.exitCode !== null)
			throw new Error(it.said);
		const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
		return answer?.status === 200 && answer.text();
	}, 60000);
	await until('the newsroom', () => fetch(`http://localhost:${port + 1}/sign-in`)
		.then(({ status }) => status === 200, () => false), 15000);
	[it.link] = /http:\S+\/first\/[\w-]{43}/.exec(it.said) ?? [null];
	// As a terminal does it, to all of them.
	it.interrupt = () => {
		process.kill(-child.pid, 'SIGINT');
		return it.ended;
	};
	return it;
}

test('./run serves a paper, its link makes an owner, and a second run keeps both',
	async (t) => {
		const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-run-'));
		let running;
		t.after(async () => {
			await running?.interrupt().catch(() => {});
			fs.rmSync(dir, { recursive: true, force: true });
		});
		let port = await ports();
		running = await run(port, `${dir}/demo`);
		const { link, said } = running;
		assert.ok(link, said);
		assert.equal(new URL(link).host, `localhost:${port + 1}`);
		assert.match(running.paper, /The Port Lune Farthing/);
		const owner = await Object.setPrototypeOf({ newsroomPort: port + 1,
			host: new URL(link).host, origin: new URL(link).origin,
			paper: `${dir}/demo` }, Newsroom.prototype)
			.join(link, { name: 'Ada Quay', login: 'ada' });
		const { location } = await owner.post('/stories/new', { headline: 'Mine' });
		assert.match(location, /^\/stories\/\d+/);
		assert.equal(await running.interrupt(), 0);

		port = await ports();
		running = await run(port, `${dir}/demo`);
		assert.equal(running.link, null, 'the link works once');
		assert.ok(running.paper.includes(`http://127.0.0.1:${port}/`));
		owner.paper.newsroomPort = port + 1;
		owner.paper.host = `localhost:${port + 1}`;
		const list = await owner.get('/stories');
		assert.equal(list.status, 200);
		assert.match(list.body, />Mine</);
		assert.equal(await running.interrupt(), 0);
		running = null;
	});
