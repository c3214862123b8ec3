// SPDX-License-Identifier: MIT
//
// The processes of a server: what dies comes back without a refused
// connection, what is replaced fails no request, and what ends drains.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { Load, Paper, binary, patience, sleep, until } from './paper.mjs';

let paper;
afterEach(async () => {
	if (paper)
		await paper.stop();
	paper = null;
});

// Whether it runs. One that has ended but whose end nobody has asked for yet
// does not: orphans are left to the system's first process, which may take its
// time.
const open = (pid) => {
	try {
		return !/\) [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return false;
	}
};

test('the list of processes names each', async () => {
	paper = await Paper.start();
	// The first page can be served before the newsroom has begun its work.
	for (const name of ['reader 1', 'reader 2', 'newsroom'])
		await until(name, () => paper.processes(name).length === 1);
	assert.equal(fs.readFileSync(path.join(paper.paper, 'run/farthing.pid'),
		'utf8').trim(), String(paper.child.pid));
});

test('the sandbox stands around each child', { skip: patience > 1 }, async () => {
	paper = await Paper.start();
	paper.command('withdraw', '1', '--note', 'So that the newsroom is at work.');
	for (const pid of [...paper.processes('reader'), ...paper.processes('newsroom')])
		await until('its sandbox', () => /\nNoNewPrivs:\t1\nSeccomp:\t2\n/.test(
			fs.readFileSync(`/proc/${pid}/status`, 'utf8')));
	// What readers have open is the public half, and nothing of the other.
	for (const pid of paper.processes('reader'))
		for (const fd of fs.readdirSync(`/proc/${pid}/fd`)) {
			const file = fs.readlinkSync(`/proc/${pid}/fd/${fd}`);
			assert.ok(!file.includes('/private/'), file);
		}
});

// A program that starts the server after LINES of a shell.
function starter(lines) {
	const file = path.join(paper.dir, 'starter');
	fs.writeFileSync(file, `#!/bin/sh\n${lines}\nexec ${path.resolve(binary)} "$@"\n`,
		{ mode: 0o755 });
	return file;
}

// What a process has open; of a descriptor that it closed meanwhile, nothing.
function opened(pid, fd) {
	try {
		return fs.readlinkSync(`/proc/${pid}/fd/${fd}`);
	} catch (error) {
		assert.equal(error.code, 'ENOENT');
		return null;
	}
}

test('children have nothing of what their starter had open or in its environment',
	async () => {
		paper = await Paper.make();
		await paper.serve(starter('exec 7</etc/passwd'),
			{ env: { ...process.env, SECRET_TOKEN: 'x' } });
		const pids = await until('all of them', () => {
			const found = ['reader', 'newsroom'].flatMap(
				(word) => paper.processes(word));
			return found.length === 3 ? found : null;
		});
		for (const pid of pids) {
			assert.doesNotMatch(fs.readFileSync(`/proc/${pid}/environ`, 'latin1'),
				/SECRET_TOKEN/);
			for (const fd of fs.readdirSync(`/proc/${pid}/fd`))
				assert.notEqual(opened(pid, fd), '/etc/passwd');
		}
	});

test('who is started without standard descriptors writes into no file of ours',
	async () => {
		paper = await Paper.make();
		await paper.serve(starter('exec <&- 2>&-'));
		const [pid] = await until('the newsroom', () => {
			const found = paper.processes('newsroom');
			return found.length ? found : null;
		});
		// Which is worth a message.
		process.kill(pid, 'SIGKILL');
		await until('another', () => {
			const found = paper.processes('newsroom');
			return found.length && found[0] !== pid;
		});
		assert.equal(fs.readFileSync(path.join(paper.paper, 'run/farthing.pid'),
			'utf8'), `${paper.child.pid}\n`);
	});

test('a child that hangs is killed, and another does its work', async () => {
	paper = await Paper.start({ conf: 'watchdog_seconds = 1\n' });
	for (const name of ['reader 2', 'newsroom']) {
		const [before] = await until(name, () => {
			const found = paper.processes(name);
			return found.length ? found : null;
		});
		// It is watched from its first beat on, which comes when it has
		// begun its work.
		paper.command('set', 'motto', `Before ${name}`);
		await sleep(500 * patience);
		process.kill(before, 'SIGSTOP');
		await until('another', () => {
			const [now] = paper.processes(name);
			return now && now !== before;
		}, 15000);
		await until('a word about it', () => paper.said.includes(
			`${name} (process ${before}) has hung`));
	}
	paper.command('withdraw', '1', '--note', 'It is at work.');
	for (let i = 0; i < 20; i++)
		assert.equal((await paper.get('/')).status, 200);
	assert.match(await paper.metrics(), /farthing_reader_restarts_total 1\n/);
	assert.equal(paper.said.match(/has hung/g).length, 2);
});

test('nobody who works, however long, is taken for one that hangs', async () => {
	paper = await Paper.start({ conf: 'watchdog_seconds = 1\n' });
	const before = [...paper.processes('reader'), ...paper.processes('newsroom')];
	const load = new Load(paper, '/', { clients: 2 });
	await sleep(4000);
	await load.stop();
	assert.deepEqual([...paper.processes('reader'), ...paper.processes('newsroom')], before);
	assert.doesNotMatch(paper.said, /hung/);
});

test('watchdog_seconds = 0 lets a child hang', async () => {
	paper = await Paper.start({ conf: 'watchdog_seconds = 0\n' });
	const [pid] = paper.processes('reader 2');
	process.kill(pid, 'SIGSTOP');
	await sleep(1500);
	assert.deepEqual(paper.processes('reader 2'), [pid]);
	process.kill(pid, 'SIGCONT');
});

test('while the public paper cannot be read everyone gets a 503 at once', async () => {
	paper = await Paper.start();
	const file = path.join(paper.paper, 'public/public.db');
	// Pages have a date when the newsroom has noted by what they are made,
	// which is what it writes at its first start.
	await until('a date', async () => (await paper.get('/')).headers['last-modified']);
	const kill = () => {
		for (const pid of paper.processes('reader'))
			process.kill(pid, 'SIGKILL');
	};
	const [newsroom] = paper.processes('newsroom');
	process.kill(newsroom, 'SIGSTOP');
	// What the log still holds would be as good as the file, and the newsroom
	// could write it back.
	const log = `${file}-wal`;
	const goodLog = fs.existsSync(log) ? fs.readFileSync(log) : null;
	const good = fs.readFileSync(file);
	fs.writeFileSync(file, 'This is no database. '.repeat(1000));
	if (goodLog)
		fs.writeFileSync(log, '');
	kill();
	await until('a 503', async () => (await paper.get('/')).status === 503);
	for (let i = 0; i < 30; i++) {
		const began = performance.now();
		const { status, headers } = await paper.get('/');
		assert.equal(status, 503);
		assert.equal(headers['retry-after'], '5');
		assert.ok(performance.now() - began < 1000 * patience);
		await sleep(100);
	}
	assert.match(paper.said, /public\.db.*readers get a 503 meanwhile/);
	assert.doesNotMatch(paper.said,
		/reader \d.*(has ended with code|soon after its start)/);
	fs.writeFileSync(file, good);
	if (goodLog)
		fs.writeFileSync(log, goodLog);
	process.kill(newsroom, 'SIGCONT');
	await until('the paper', async () => (await paper.get('/')).status === 200);
	for (let i = 0; i < 20; i++)
		await until('a page', async () => (await paper.get('/')).status === 200);
});

test('a child that keeps dying is tried again later and later', async () => {
	paper = await Paper.start();
	for (let i = 0; i < 5; i++) {
		const pid = await until('the newsroom', () => paper.processes('newsroom')[0]);
		process.kill(pid, 'SIGKILL');
		await until('its death', () => !open(pid));
	}
	await until('a word about it', () =>
		/newsroom has died 5 times soon after its start; next try in 800 ms/.test(paper.said));
	const said = performance.now();
	assert.equal((await paper.get('/')).status, 200);
	await until('the newsroom again', () => paper.processes('newsroom')[0]);
	// The word comes by a pipe, a little after it was said.
	assert.ok(performance.now() - said > 500, 'it waits as long as it says');
});

test('SIGTERM drains: what is being answered is answered, then it ends', async () => {
	paper = await Paper.start();
	const idle = paper.connect();
	const busy = paper.connect();
	let got = '';
	busy.on('data', (d) => { got += d; });
	busy.write('GET /robots.txt HTTP/1.1\r\nHost: a\r\n');
	await sleep(100);
	const began = performance.now();
	paper.signal('SIGTERM');
	await sleep(100);
	busy.write('\r\n');
	await until('the answer', () => /Sitemap:/.test(got));
	assert.match(got, /^HTTP\/1\.1 200 /);
	assert.match(got, /\r\nConnection: close\r\n/i);
	idle.destroy();
	const { code } = await paper.ended;
	assert.equal(code, 0);
	assert.ok(performance.now() - began < 3000 * patience);
	await assert.rejects(paper.get('/'), /ECONNREFUSED/);
	await paper.serve();
});

test('who stops waits for no connection on which nothing is asked', async () => {
	paper = await Paper.start({ conf: 'grace_seconds = 3600\nidle_seconds = 3600\n' });
	const idle = paper.connect();
	let got = '';
	idle.on('data', (d) => { got += d; });
	idle.write('GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n');
	await until('the answer', () => /Sitemap:/.test(got));
	paper.signal('SIGTERM');
	// An hour, if it waited.
	const { code } = await paper.ended;
	assert.equal(code, 0);
	idle.destroy();
	await paper.serve();
});

test('a SIGTERM in the first moment of a child ends it cleanly', async () => {
	paper = await Paper.start();
	const { pid } = paper.child;
	const children = () => fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
		.trim().split(' ').map(Number);
	for (const name of ['newsroom', 'reader 1']) {
		const [before] = await until(name, () => {
			const all = paper.processes(name);
			return all.length === 1 && all;
		});
		const known = children();
		process.kill(before, 'SIGKILL');
		let after;
		const end = Date.now() + 5000 * patience;
		while (!after && Date.now() < end)
			after = children().find((child) => !known.includes(child));
		process.kill(after, 'SIGTERM');
		await until('its end', () =>
			paper.said.includes(`${name} (process ${after}) has ended with code 0`));
	}
});

test('a second SIGTERM ends it at once', async () => {
	paper = await Paper.start();
	const busy = paper.connect();
	busy.write('GET / HTTP/1.1\r\n');
	await sleep(100);
	paper.signal('SIGTERM');
	await sleep(500);
	const began = performance.now();
	paper.signal('SIGTERM');
	assert.equal((await paper.ended).code, 0);
	assert.ok(performance.now() - began < 1000 * patience);
	busy.destroy();
	await paper.serve();
});

test('the supervisor killed by force takes all with it, and the port is free', async () => {
	paper = await Paper.start();
	const children = await until('all three', () => {
		const all = [...paper.processes('reader'), ...paper.processes('newsroom')];
		return all.length === 3 && all;
	});
	paper.signal('SIGKILL');
	await paper.ended;
	await until('the children to be gone', () => !children.some(open));
	await paper.serve();
	assert.equal((await paper.get('/')).status, 200);
});

test('a second server on the same paper is told who serves it', async () => {
	paper = await Paper.start();
	const { status, stderr } = spawnSync(binary, ['serve', paper.paper],
		{ encoding: 'utf8' });
	assert.equal(status, 1);
	assert.match(stderr, /is being served already/);
	assert.ok(stderr.includes(String(paper.child.pid)));
});

test('another paper on the same port is refused', async () => {
	paper = await Paper.start();
	const other = await Paper.make();
	fs.writeFileSync(path.join(other.paper, 'farthing.conf'), paper.conf);
	const { status, stderr } = spawnSync(binary, ['serve', other.paper],
		{ encoding: 'utf8' });
	fs.rmSync(other.dir, { recursive: true });
	assert.equal(status, 1);
	assert.ok(stderr.includes(String(paper.port)), stderr);
});

for (const [conf, why] of [
	['reader = 2\n', /farthing\.conf:5: unknown key "reader"/],
	['readers = 2\n', /farthing\.conf:5: readers was given in line 3/],
	['cache_mb = lots\n', /farthing\.conf:5: cache_mb: write a whole number/],
])
	test(`settings with "${conf.trim()}" are refused with their line`, async () => {
		const bad = await Paper.make({ stories: 0 });
		bad.configure(conf);
		const { status, stderr } = spawnSync(binary, ['serve', bad.paper],
			{ encoding: 'utf8' });
		fs.rmSync(bad.dir, { recursive: true });
		assert.equal(status, 1);
		assert.match(stderr, why);
	});

test('a paper of a newer version is refused, and serving ends', async () => {
	const newer = await Paper.make({ stories: 1 });
	try {
		const file = path.join(newer.paper, 'private/paper.db');
		const bytes = fs.readFileSync(file);
		bytes.writeUInt32BE(99, 60); // SQLite's user_version
		fs.writeFileSync(file, bytes);
		const { status, stderr } = spawnSync(binary,
			['serve', newer.paper],
			{ encoding: 'utf8', timeout: 5000 * patience });
		assert.equal(status, 1);
		assert.match(stderr, /newer version/);
	} finally {
		fs.rmSync(newer.dir, { recursive: true });
	}
});

test('a folder without a paper is refused', () => {
	const { status, stderr } = spawnSync(binary, ['serve', '/nonexistent'],
		{ encoding: 'utf8' });
	assert.equal(status, 1);
	assert.match(stderr, /farthing init/);
});

test('new settings are taken over without a failed request, bad ones are not', async () => {
	paper = await Paper.start();
	const load = new Load(paper, '/', { keepAlive: true });
	const log = path.join(paper.paper, 'access.log');
	paper.configure('access_log = access.log\n');
	const before = paper.processes('reader');
	paper.signal('SIGHUP');
	await until('new readers', () => /with the new settings/.test(paper.said));
	await until('the old ones to go', () => !before.some(open), 12000);
	paper.configure('access_log = access.log\nnonsense = 1\n');
	paper.signal('SIGHUP');
	await until('a refusal', () => /the old settings stay: .*:6: unknown key/.test(paper.said));
	await load.stop();
	assert.deepEqual(load.failures, []);
	await until('a line in the log', () => fs.statSync(log).size > 0);
});

// A program of its own at its own path, so that it can be replaced.
async function withOwnProgram() {
	paper = await Paper.make();
	const program = path.join(paper.dir, 'farthing');
	fs.copyFileSync(binary, program);
	fs.chmodSync(program, 0o755);
	await paper.serve(program);
	return (bytes) => {
		fs.writeFileSync(`${program}.new`, bytes, { mode: 0o755 });
		fs.renameSync(`${program}.new`, program);
	};
}

test('a new program takes over under load without a failed request', async () => {
	const replace = await withOwnProgram();
	const loads = [new Load(paper, '/', { clients: 4 }),
		new Load(paper, '/feed.json', { clients: 4, keepAlive: true })];
	const pid = paper.child.pid;
	for (let i = 1; i <= 3; i++) {
		const before = [...paper.processes('reader'), ...paper.processes('newsroom')];
		replace(fs.readFileSync(binary));
		paper.signal('SIGUSR2');
		await until('the new program', () =>
			paper.said.split('a new program has taken over').length === i + 1, 10000);
		await until('the old ones to go', () => !before.some(open), 12000);
	}
	for (const load of loads) {
		await until('enough requests', () => load.times.length > 50);
		await load.stop();
		assert.deepEqual(load.failures, []);
	}
	assert.equal(paper.child.pid, pid);
	assert.equal(paper.processes('reader').length, 2);
	assert.equal(paper.processes('newsroom').length, 1);
	assert.match(await paper.metrics(), /farthing_takeovers_total 3\n/);
	paper.command('withdraw', '1', '--note', 'After the takeover.');
	process.kill(paper.processes('reader 1')[0], 'SIGKILL');
	assert.equal((await paper.get('/')).status, 200);
});

for (const [name, bytes] of [
	['that is no program', Buffer.from('this is no program\n')],
	['that fails at once', Buffer.from('#!/bin/sh\nexit 1\n')],
	['that is empty', Buffer.alloc(0)],
])
	test(`a new program ${name} does not take over, and the old serves on`, async () => {
		const replace = await withOwnProgram();
		const load = new Load(paper, '/');
		const [reader] = paper.processes('reader 1');
		replace(bytes);
		paper.signal('SIGUSR2');
		await until('a refusal', () => /program did not take over/.test(paper.said));
		// What dies now comes back from the old program.
		process.kill(reader, 'SIGKILL');
		await until('the reader', () => paper.processes('reader 1').some((p) => p !== reader));
		await load.stop();
		assert.ok(load.failures.every((f) => /RESET|socket hang up/.test(f)),
			load.failures.join(', '));
		assert.ok(load.failures.length <= 4);
		replace(fs.readFileSync(binary));
		paper.signal('SIGUSR2');
		await until('the good program', () => /new program has taken over/.test(paper.said), 10000);
		assert.equal((await paper.get('/')).status, 200);
	});

// A program that passes the rehearsal and is the real one for the roles that
// GOOD allows, but ends at once in all others.
function faultyProgram(good) {
	const file = path.join(paper.dir, 'faulty');
	const source = `
		#include <stdlib.h>
		#include <string.h>
		#include <unistd.h>
		int main(int argc, char **argv)
		{
			if (getenv("FARTHING_REHEARSE"))
				return 0;
			if (argc > 2 && strstr(argv[2], "${good}"))
				execv("${binary}", argv);
			return 1;
		}`;
	const { status, stderr } = spawnSync('gcc', ['-x', 'c', '-o', file, '-'],
		{ input: source, encoding: 'utf8' });
	assert.equal(status, 0, stderr);
	return fs.readFileSync(file);
}

for (const [what, good, why] of [
	['readers', 'nobody', /did not take over: a reader of it ended/],
	['newsroom', 'role=0', /did not take over: its newsroom process ended/],
])
	test(`a new program whose ${what} cannot start does not take over`, async () => {
		const replace = await withOwnProgram();
		const load = new Load(paper, '/', { keepAlive: true });
		replace(faultyProgram(good));
		const before = paper.processes('reader');
		paper.signal('SIGUSR2');
		await until('its refusal', () => why.test(paper.said));
		await until('its readers to go', () =>
			paper.processes('reader').length === 2, 12000);
		assert.deepEqual(paper.processes('reader'), before);
		paper.command('withdraw', '1', '--note', 'The old newsroom is back.');
		await load.stop();
		assert.deepEqual(load.failures, []);
	});
