// SPDX-License-Identifier: MIT
//
// A temporary paper with a real server, and the ways to speak to it: raw bytes
// over sockets, whole requests, commands. No packages; Node 18 or newer.
//
//	const paper = await Paper.start({ conf: 'trust_loopback = no\n' });
//	const { status, body } = await paper.get('/');
//	await paper.stop();

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../port.mjs';

export { freePort };

const top = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const variant = process.env.FARTHING_VARIANT || 'release';
export const binary = path.join(top, 'build', variant, 'farthing');

// Sanitizers make everything slower: limits of time are for the release.
export const patience = variant === 'release' ? 1 : 8;

// Nothing is left running, whatever happens to the tests.
const running = new Set();
process.on('exit', () => {
	for (const paper of running)
		paper.child?.kill('SIGKILL');
});

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Calls FN until it gives something true, or fails after MS.
export async function until(what, fn, ms = 5000) {
	const end = Date.now() + ms * patience;
	for (;;) {
		const got = await fn();
		if (got)
			return got;
		if (Date.now() > end)
			throw new Error(`waited ${ms} ms for ${what}`);
		await sleep(5);
	}
}

export function story(n, head = '') {
	return `---
title: Story number ${n}
description: What happened when number ${n} happened.
section: World
authors: [Ines Corvo]
tags: [numbers]
date: 2026-01-0${1 + (n % 9)}T10:00:00Z
${head}---

The town woke to number ${n}. ${'It had rained all night, and the river stood high under the old bridge. '.repeat(30)}
`;
}

// Debian's libfaketime, of tools/need all.
const OTHER_CLOCK = '/usr/$LIB/faketime/libfaketime.so.1';

export class Paper {
	loads = [];
	ahead = 0; // of the server's clock before ours, in ms

	// CONF: more lines of farthing.conf. STORIES: how many are published.
	// DEMO: it is the demonstration newspaper, with stories of its own.
	static async make({ conf = '', stories = 12, listen = '127.0.0.1',
		newsroom = 'off', zone = null, demo = false } = {}) {
		const paper = new Paper();
		paper.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-wire-'));
		paper.paper = path.join(paper.dir, 'paper');
		paper.port = await freePort();
		paper.metricsPort = await freePort();
		if (demo)
			paper.demo();
		else
			paper.run('init', paper.paper, '--name', 'The Wire Test',
				'--lang', 'en', '--origin', 'https://wire.example',
				...(zone ? ['--zone', zone] : []));
		paper.conf = `listen = ${listen}:${paper.port}\n` +
			`metrics = 127.0.0.1:${paper.metricsPort}\nreaders = 2\n` +
			`newsroom = ${newsroom}\n`;
		paper.configure(conf);
		const inbox = path.join(paper.dir, 'in');
		fs.mkdirSync(inbox);
		for (let n = 1; n <= stories; n++)
			fs.writeFileSync(path.join(inbox, `story-${n}.md`), story(n));
		if (stories)
			paper.run('import', paper.paper, inbox);
		return paper;
	}

	demo() {
		const { status, stderr } = spawnSync(path.join(top, 'tools/demo'),
			[binary, this.paper, `http://127.0.0.1:${this.port}`],
			{ encoding: 'utf8' });
		if (status !== 0)
			throw new Error(`tools/demo: ${status} ${stderr}`);
	}

	static async start(options) {
		const paper = await Paper.make(options);
		await paper.serve();
		return paper;
	}

	configure(conf) {
		fs.writeFileSync(path.join(this.paper, 'farthing.conf'),
			this.conf + conf, { mode: 0o644 });
	}

	// Server and commands that are started from now on have a clock that
	// shows AT, in ms, and goes on from there.
	setClock(at) {
		this.ahead = Math.round((at - Date.now()) / 1000) * 1000;
	}

	// What that clock shows.
	now() {
		return Date.now() + (this.ahead ?? 0);
	}

	// Only the clock of the day is another one: what is measured, and the
	// times of files, stay.
	get env() {
		return this.ahead === 0 ? process.env : { ...process.env,
			LD_PRELOAD: OTHER_CLOCK, DONT_FAKE_MONOTONIC: '1',
			NO_FAKE_STAT: '1', FAKETIME: (this.ahead < 0 ? '' : '+') +
				this.ahead / 1000 };
	}

	// Runs a command to its end; fails if it does. Returns its output.
	run(...words) {
		const done = spawnSync(binary, words,
			{ encoding: 'utf8', env: this.env });
		if (done.status !== 0)
			throw new Error(`farthing ${words.join(' ')}: ` +
				`${done.status} ${done.stderr}`);
		return done.stdout;
	}

	command(name, ...words) {
		return this.run(name, this.paper, ...words);
	}

	// MORE: options of node's spawn, such as a user.
	async serve(program = binary, more = {}) {
		this.said = '';
		this.child = spawn(program, ['serve', this.paper],
			{ stdio: ['ignore', 'pipe', 'pipe'], env: this.env, ...more });
		this.ended = new Promise((done) => {
			this.child.on('exit', (code, signal) => done({ code, signal }));
		});
		this.child.stderr.on('data', (d) => { this.said += d; });
		await new Promise((ready, fail) => {
			let out = '';
			this.child.stdout.on('data', (d) => {
				out += d;
				if (out.includes('\n'))
					ready();
			});
			this.ended.then(({ code }) =>
				fail(new Error(`serve ended with ${code}: ${this.said}`)));
		});
		running.add(this);
		// The first page is there as soon as one reader is: the others
		// and the newsroom have their names a moment later.
		const readers = Number([...fs.readFileSync(
			path.join(this.paper, 'farthing.conf'), 'utf8')
			.matchAll(/^readers = (\d+)$/gm)].at(-1)?.[1] ?? 1);
		await until('all processes', () =>
			this.processes('reader').length >= readers &&
			this.processes('newsroom').length >= 1);
	}

	signal(name) {
		this.child.kill(name);
	}

	// Process numbers of the running children whose name has WORD in it.
	processes(word) {
		const all = [];
		for (const pid of fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
			try {
				const line = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
				const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
				if (line.startsWith(`farthing: ${word}`) &&
				    line.includes(this.paper) &&
				    Number(stat.split(') ')[1].split(' ')[1]) === this.child.pid)
					all.push(Number(pid));
			} catch {
				// It has ended meanwhile.
			}
		}
		return all;
	}

	// Ends the server and removes the paper. Fails if a process crashed.
	// KEEP leaves the paper, to be served again.
	async stop({ keep = false } = {}) {
		// A test that failed has not stopped them.
		for (const load of this.loads)
			load.running = false;
		this.signal('SIGTERM');
		const { code } = await this.ended;
		this.child = null;
		if (!keep)
			fs.rmSync(this.dir, { recursive: true, force: true });
		if (code !== 0)
			throw new Error(`serve ended with ${code}: ${this.said}`);
		if (/signal (4|6|7|8|11|31) |Sanitizer|must\(/.test(this.said))
			throw new Error(`a process crashed: ${this.said}`);
	}

	connect(options = {}) {
		const socket = net.connect({ port: this.port, host: '127.0.0.1',
			...options });
		socket.on('error', () => {});
		return socket;
	}

	// Sends BYTES (a string is latin1) as they are, and gives all that comes
	// back until the server closes, or until MS have passed.
	raw(bytes, { ms = 3000, end = false, ...options } = {}) {
		return new Promise((done) => {
			const socket = this.connect(options);
			const began = Date.now();
			let got = Buffer.alloc(0);
			let reset = false;
			const finish = (closed) => {
				clearTimeout(timer);
				socket.destroy();
				done({ text: got.toString('latin1'), closed, reset,
					answers: answers(got), ms: Date.now() - began });
			};
			const timer = setTimeout(() => finish(false), ms * patience);
			socket.on('data', (d) => { got = Buffer.concat([got, d]); });
			socket.on('error', (e) => { reset = e.code; });
			socket.on('close', () => finish(true));
			socket.write(typeof bytes === 'string'
				? Buffer.from(bytes, 'latin1') : bytes);
			if (end)
				socket.end();
		});
	}

	// One whole request on a connection of its own.
	get(target, { headers = {}, method = 'GET', agent = false, ...options } = {}) {
		return new Promise((done, fail) => {
			const request = http.request({ host: '127.0.0.1',
				port: this.port, path: target, method, headers, agent,
				...options }, (response) => {
				const parts = [];
				response.on('data', (d) => parts.push(d));
				response.on('error', fail);
				response.on('end', () => done({ status: response.statusCode,
					headers: response.headers, body: Buffer.concat(parts) }));
			});
			request.on('error', fail);
			request.end();
		});
	}

	async metrics() {
		const { body } = await this.get('/metrics', { port: this.metricsPort });
		return body.toString();
	}
}

// The answers in BYTES, one after the other, as a client of keep-alive reads
// them; heads of HEAD requests have no body, so those are not for here.
export function answers(bytes) {
	const found = [];
	for (let at = 0; at < bytes.length;) {
		const end = bytes.indexOf('\r\n\r\n', at);
		if (end < 0)
			break;
		const head = bytes.toString('latin1', at, end);
		const match = /^HTTP\/1\.1 (\d{3}) /.exec(head);
		if (!match)
			throw new Error(`no answer: ${head.slice(0, 80)}`);
		const length = /\r\ncontent-length: (\d+)/i.exec(head);
		const status = Number(match[1]);
		const size = status === 304 ? 0 : Number(length ? length[1] : 0);
		found.push({ status, head,
			body: bytes.subarray(end + 4, end + 4 + size) });
		at = end + 4 + size;
	}
	return found;
}

// A client that asks for TARGET again and again, over connections of its own
// or one that is kept, until it is told to stop; it keeps all failures.
export class Load {
	constructor(paper, target = '/', { keepAlive = false, clients = 4 } = {}) {
		this.paper = paper;
		paper.loads.push(this);
		this.target = target;
		this.times = [];
		this.failures = [];
		this.running = true;
		this.agents = [];
		this.clients = Array.from({ length: clients }, () => {
			const agent = keepAlive
				? new http.Agent({ keepAlive: true, maxSockets: 1 }) : false;
			this.agents.push(agent);
			return this.client(agent);
		});
	}

	async client(agent) {
		while (this.running) {
			const began = performance.now();
			try {
				const { status } = await this.paper.get(this.target, { agent });
				if (status !== 200)
					this.failures.push(`status ${status}`);
				this.times.push(performance.now() - began);
			} catch (e) {
				this.failures.push(`${e.code || e.message} after ` +
					`${Math.round(performance.now() - began)} ms`);
			}
			await sleep(1);
		}
	}

	async stop() {
		this.running = false;
		await Promise.all(this.clients);
		for (const agent of this.agents)
			if (agent)
				agent.destroy();
		this.times.sort((a, b) => a - b);
		return this;
	}

	percentile(p) {
		return this.times[Math.min(this.times.length - 1,
			Math.floor(this.times.length * p / 100))];
	}
}
