// What the benches share: starting servers, reading what they used, printing
// rows. Called by itself with names of groups it lists the rows that were not
// met; with --must these are a failure.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { freePort } from '../test/port.mjs';

export { freePort };

export const farthing = path.resolve('build/release/farthing');
export const out = 'build/bench';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export function median(values) {
	const v = [...values].sort((a, b) => a - b);
	return v.length % 2 ? v[(v.length - 1) / 2]
		: (v[v.length / 2 - 1] + v[v.length / 2]) / 2;
}

// Binds a process to the first core; load runs on the second.
export function pin(pid) {
	execFileSync('taskset', ['-cp', '0', String(pid)]);
}

export function percentile(values, p) {
	const v = [...values].sort((a, b) => a - b);
	return v[Math.min(v.length - 1, Math.ceil(v.length * p / 100) - 1)];
}

// Nanoseconds of processor that a process (of one thread) has used.
export function cpuNs(pid) {
	return Number(fs.readFileSync(`/proc/${pid}/schedstat`, 'ascii')
		.split(' ')[0]);
}

// A value of /proc/PID/status or smaps_rollup, in bytes.
export function memory(pid, what, file = 'status') {
	const line = fs.readFileSync(`/proc/${pid}/${file}`, 'ascii')
		.split('\n').find((l) => l.startsWith(`${what}:`));
	return line ? Number(line.replace(/\D/g, '')) * 1024 : 0;
}

// The processes of a running paper, by their role.
export function processes(supervisor) {
	const all = { supervisor: [supervisor], reader: [], newsroom: [], till: [] };
	const children = fs.readFileSync(
		`/proc/${supervisor}/task/${supervisor}/children`, 'ascii')
		.trim().split(' ').filter(Boolean).map(Number);
	for (const pid of children) {
		const words = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
			.replaceAll('\0', ' ');
		const role = /^farthing: (\w+)/.exec(words)?.[1] ?? 'other';
		(all[role] ??= []).push(pid);
	}
	return all;
}

export function get(port, target, headers = {}, agent = false) {
	return new Promise((done, failed) => {
		const request = http.get(
			{ host: '127.0.0.1', port, path: target, headers, agent },
			(response) => {
				const parts = [];
				response.on('data', (part) => parts.push(part));
				response.on('end', () => done({
					status: response.statusCode,
					headers: response.headers,
					raw: response.rawHeaders,
					body: Buffer.concat(parts),
				}));
			});
		request.on('error', failed);
	});
}

export async function waitFor(port, target = '/') {
	for (let i = 0; i < 3000; i++) {
		try {
			const answer = await get(port, target);
			if (answer.status === 200)
				return answer;
		} catch {
			// Not there yet.
		}
		await sleep(2);
	}
	throw new Error(`no answer on port ${port}`);
}

// A paper of N stories from the generator, made once and kept.
export function archive(stories, seed = 1) {
	const dir = `${out}/archive-${stories}`;
	if (!fs.existsSync(`${dir}/ready`)) {
		fs.rmSync(dir, { recursive: true, force: true });
		execFileSync('build/release/bench/archive',
			[dir, String(stories), String(seed)], { stdio: 'inherit' });
		fs.writeFileSync(`${dir}/ready`, '');
	}
	return dir;
}

// Starts `farthing serve`; settings are lines of farthing.conf.
export async function serve(dir, settings = {}) {
	const port = await freePort();
	const all = { listen: `127.0.0.1:${port}`, metrics: 'off', ...settings };
	fs.writeFileSync(`${dir}/farthing.conf`, Object.entries(all)
		.map(([key, value]) => `${key} = ${value}\n`).join(''));
	const began = process.hrtime.bigint();
	const child = spawn(farthing, ['serve', dir],
		{ stdio: ['ignore', 'ignore', 'inherit'] });
	await waitFor(port);
	const ms = Number(process.hrtime.bigint() - began) / 1e6;
	return { port, ms, pid: child.pid, stop: () => stop(child) };
}

export async function stop(child) {
	if (child.exitCode !== null)
		return;
	const gone = new Promise((done) => child.on('exit', done));
	child.kill('SIGTERM');
	await gone;
}

// Paths of up to N stories, spread over the whole archive, from its sitemaps.
export async function storyPaths(port, n) {
	const index = (await get(port, '/sitemap.xml')).body.toString();
	const maps = [...index.matchAll(/<loc>([^<]*)<\/loc>/g)]
		.map((m) => new URL(m[1]).pathname);
	const paths = [];
	const each = Math.ceil(n / maps.length);
	for (const map of maps) {
		const text = (await get(port, map)).body.toString();
		const locs = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)]
			.map((m) => new URL(m[1]).pathname)
			.filter((p) => /^\/\d{4}\/\d\d\/\d\d\/./.test(p));
		const step = Math.max(1, Math.floor(locs.length / each));
		for (let i = 0; i < locs.length && i / step < each; i += step)
			paths.push(locs[i]);
	}
	return paths.slice(0, n);
}

// Load with wrk: requests done and errors.
export function wrk(port, target, seconds, connections = 64, headers = []) {
	// The load has a core of its own, so that it and the server do not
	// push each other about.
	const text = execFileSync('taskset', ['-c', '1', 'wrk', '-t1', `-c${connections}`,
		`-d${seconds}s`, ...headers.flatMap((h) => ['-H', h]),
		`http://127.0.0.1:${port}${target}`], { encoding: 'utf8' });
	const requests = Number(/(\d+) requests in/.exec(text)[1]);
	const bad = /Non-2xx or 3xx responses: (\d+)/.exec(text);
	const socket = /Socket errors: (.*)/.exec(text);
	if (bad || socket)
		throw new Error(`wrk saw errors: ${text}`);
	return requests;
}

export class Table {
	constructor(group) {
		this.group = group;
		this.rows = [];
	}

	// target is a text for people; met is a boolean, or null where the
	// row has nothing to reach.
	row(figure, value, unit, against, target, met) {
		const round = typeof value === 'number'
			? Number(value.toPrecision(4)) : value;
		this.rows.push({ figure, value: round, unit, against, target, met });
		const mark = met === null ? '    ' : met ? 'met ' : 'NOT ';
		console.log(`${mark} ${figure}: ${round} ${unit}` +
			`${against ? ` (${against})` : ''}` +
			`${target ? `, to reach: ${target}` : ''}`);
	}

	write() {
		fs.writeFileSync(`${out}/${this.group}.json`,
			JSON.stringify(this.rows, null, '\t') + '\n');
	}
}

if (process.argv[1].endsWith('bench/lib.mjs')) {
	const words = process.argv.slice(2);
	const must = words[0] === '--must';
	const rows = words.slice(must ? 1 : 0).flatMap((group) =>
		JSON.parse(fs.readFileSync(`${out}/${group}.json`, 'utf8')));
	const missed = rows.filter((row) => row.met === false);
	console.log(`== ${rows.length} rows, not met: ${missed.length}`);
	for (const row of missed)
		console.log(`   ${row.figure}: ${row.value} ${row.unit}, ` +
			`to reach: ${row.target}`);
	process.exitCode = must && missed.length > 0 ? 1 : 0;
}
