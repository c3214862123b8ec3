// A photograph of 12 megapixels sent to the newsroom: until all renditions are
// there, what the child that decodes it took, and what the others felt of it.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import * as lib from './lib.mjs';
import { Newsroom } from '../test/wire/newsroom.mjs';

const ROUNDS = 5;
const MB = 1024 * 1024;
const table = new lib.Table('picture');
const photograph = execFileSync('build/release/bench/photograph',
	{ maxBuffer: 64 * MB, encoding: 'buffer' });
const paper = await Newsroom.start({ stories: 20 });
const ada = await paper.owner();
const [darkroom] = paper.processes('darkroom');
const [newsroom] = paper.processes('newsroom');

// Another file with the same picture: a comment behind its first two bytes.
const another = () => Buffer.concat([photograph.subarray(0, 2),
	Buffer.from([0xff, 0xfe, 0, 18]), crypto.randomBytes(16),
	photograph.subarray(2)]);

async function send() {
	const body = Buffer.concat([Buffer.from('--B\r\nContent-Disposition: ' +
		'form-data; name="file"; filename="a.jpg"\r\n\r\n'), another(),
	Buffer.from('\r\n--B--\r\n')]);
	const began = process.hrtime.bigint();
	const { status, body: text } = await ada.request('POST', '/pictures/upload',
		{ body, headers: { 'content-type': 'multipart/form-data; boundary=B',
			'content-length': body.length, accept: 'application/json',
			'sec-fetch-site': 'same-origin' } });
	if (status !== 200)
		throw new Error(`${status} ${text}`);
	return { seconds: Number(process.hrtime.bigint() - began) / 1e9,
		picture: JSON.parse(text).pictures[0] };
}

// The highest that a child of the darkroom ever had, in bytes.
let peak = 0;
function look() {
	try {
		for (const pid of fs.readFileSync(
			`/proc/${darkroom}/task/${darkroom}/children`, 'ascii')
			.trim().split(' ').filter(Boolean))
			peak = Math.max(peak, lib.memory(pid, 'VmHWM'));
	} catch {
		// It has ended meanwhile.
	}
}

async function waits(isDone, ask) {
	const times = [];
	while (!isDone()) {
		const began = process.hrtime.bigint();
		await ask();
		times.push(Number(process.hrtime.bigint() - began) / 1e6);
		await lib.sleep(5);
	}
	return times;
}

await send();
const before = lib.memory(darkroom, 'VmRSS');
const newsroomBefore = lib.memory(newsroom, 'RssAnon');
const seconds = [], desk = [], readers = [];
const timer = setInterval(look, 5);
let last;
for (let round = 0; round < ROUNDS; round++) {
	let isDone = false;
	const [sent, a, b] = await Promise.all([
		send().finally(() => { isDone = true; }),
		waits(() => isDone, () => ada.get('/stories')),
		waits(() => isDone, () => paper.get('/'))]);
	seconds.push(sent.seconds);
	last = sent.picture;
	desk.push(...a);
	readers.push(...b);
}
clearInterval(timer);
const stem = last.url.slice(10, 36);
const files = fs.readdirSync(`${paper.paper}/public/pictures`)
	.filter((name) => name.startsWith(stem));
const bytes = files.reduce((sum, name) =>
	sum + fs.statSync(`${paper.paper}/public/pictures/${name}`).size, 0);

table.row('12 megapixels, until all renditions are there',
	lib.median(seconds), 's', `${files.length} files, ` +
	`${(bytes / 1e6).toFixed(1)} MB from ${(photograph.length / 1e6).toFixed(1)}` +
	` MB; slowest of ${ROUNDS}: ${Math.max(...seconds).toFixed(2)} s`, '', null);
table.row('memory of the child that decodes it', peak / MB, 'MB',
	'at its highest, shared libraries included', '', null);
const grown = (lib.memory(darkroom, 'VmRSS') - before) / MB;
table.row('the darkroom itself has grown by', grown, 'MB',
	`after ${ROUNDS} pictures`, 'at most 1', grown <= 1);
const more = (lib.memory(newsroom, 'RssAnon') - newsroomBefore) / MB;
table.row('the newsroom has grown by', more, 'MB',
	`after ${ROUNDS} pictures`, 'at most 8', more <= 8);
table.row('the list of stories meanwhile', lib.percentile(desk, 99), 'ms',
	`99th of ${desk.length}; half within ${lib.median(desk).toFixed(2)} ms`,
	'at most 100', lib.percentile(desk, 99) <= 100);
table.row('the front page meanwhile', lib.percentile(readers, 99), 'ms',
	`99th of ${readers.length}; half within ` +
	`${lib.median(readers).toFixed(2)} ms`, 'at most 50',
	lib.percentile(readers, 99) <= 50);
await paper.stop();
table.write();
