// The newsroom as its people meet it, over HTTP, on a paper of 100,000
// stories: twenty reporters, each of a section and with a story of their own,
// pause at the same moment, every second text with faults for which mends are
// looked for; lists are filtered, a story is previewed. Beside each stands its floor, taken in the same minutes:
// the same number of requests at once for a ready file of the newsroom, and,
// for what is saved, one write of the same text that has reached the disk.
// Readers ask for a story meanwhile: in turn while nobody saves and while the
// twenty save twice a second, from a thread of their own.
import fs from 'node:fs';
import http from 'node:http';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { Newsroom } from '../test/wire/newsroom.mjs';
import * as lib from './lib.mjs';

const writers = 20;
const rounds = 60;
const lists = 200;
const turns = 6; // of readers with and without writers
const reads = 600; // in a turn, one every 4 ms
const dir = `${lib.out}/write`;
const words = 'The wall broke at noon on Tuesday, and the river came in. ';
const faults = ['It took the the bridge away. ', 'The mayor had left yesterday. ',
	'“We have seen it, she said. '];
const sections = ['News', 'World', 'Politics', 'Business', 'Opinion', 'Culture',
	'Science', 'Sport', 'Harbour', 'Law', 'Weather', 'Letters']; // as in archive.c

if (!isMainThread)
	await keepSaving(workerData);

const table = new lib.Table('write');
fs.rmSync(dir, { recursive: true, force: true });
fs.cpSync(lib.archive(100000), dir, { recursive: true });
const port = await lib.freePort();
const paper = await lib.serve(dir, { readers: 1,
	newsroom: `127.0.0.1:${port}` });
const desk = newsroomAt(port);
const owner = await desk.owner();
const team = [];
for (let i = 0; i < writers; i++)
	team.push(await reporter(i));
lib.pin(lib.processes(paper.pid).newsroom[0]);

function newsroomAt(newsroomPort) {
	const host = `localhost:${newsroomPort}`;
	return Object.setPrototypeOf({ newsroomPort, paper: dir, host,
		origin: `http://${host}` }, Newsroom.prototype);
}

const ms = (began) => Number(process.hrtime.bigint() - began) / 1e6;

async function timed(request, times) {
	const began = process.hrtime.bigint();
	const answer = await request();
	times.push(ms(began));
	return answer;
}

function row(name, times, most, floor) {
	const p99 = lib.percentile(times, 99);
	table.row(name, p99, 'ms', `99th of ${times.length}; half within ` +
		`${lib.median(times).toFixed(2)} ms; floor ${floor.toFixed(2)} ms`,
	`at most ${most}`, p99 <= most);
}

// What a write of this text costs that has reached the disk.
function diskFloor() {
	const times = [];
	const file = fs.openSync(`${dir}/floor`, 'w');
	const bytes = Buffer.from(words.repeat(100));
	for (let i = 0; i < 200; i++) {
		const began = process.hrtime.bigint();
		fs.writeSync(file, bytes);
		fs.fdatasyncSync(file);
		times.push(ms(began));
	}
	fs.closeSync(file);
	return lib.percentile(times, 99);
}

async function staticFile() {
	return /href="(\/static\/[^"]*desk\.css)"/.exec(
		(await owner.get('/stories')).body)[1];
}

// A reporter's account, and a story that nobody else has.
async function reporter(i) {
	const section = sections[i % sections.length];
	const client = await desk.member(owner, { name: `Reporter ${i}`,
		login: `reporter${i}`, role: 4, sections: [section] });
	const { status, location } = await client.post('/stories/new',
		{ headline: `The ${section} of day ${i}`, section });
	const [, id] = /\/stories\/(\d+)/.exec(location) ?? [];
	if (!id)
		throw new Error(`a reporter's story: ${status}`);
	return { cookie: client.cookie, id };
}

async function openPage({ cookie, id }, newsroomPort) {
	const client = newsroomAt(newsroomPort).client();
	client.cookie = cookie;
	const { body } = await client.get(`/stories/${id}`);
	const value = (name) =>
		new RegExp(`name="${name}" value="([^"]*)"`).exec(body)[1];
	return { client, id, base: value('base'), tab: value('tab') };
}

function openPages(all, newsroomPort) {
	return Promise.all(all.map((one) => openPage(one, newsroomPort)));
}

// The text of writer I in a round: of every second one, with each of the
// faults, somewhere else each time.
function textOf(i, round) {
	const all = Array(100).fill(words);
	if (i % 2 === 1)
		faults.forEach((fault, n) => {
			all[(round * 7 + i + n * 30) % all.length] = fault;
		});
	return `${all.join('')} ${round} ${i}.\n`;
}

async function save(page, i, round) {
	const { json } = await page.client.send(`/stories/${page.id}/save`, {
		base: page.base, tab: page.tab, body: textOf(i, round) });
	if (json.status !== 'saved')
		throw new Error(`save: ${JSON.stringify(json)}`);
	page.base = json.revision;
	return json;
}

// In a thread: all save at once, twice a second, until it is ended.
async function keepSaving({ reporters, newsroomPort }) {
	const pages = await openPages(reporters, newsroomPort);
	for (let round = 0; ; round++) {
		await Promise.all(pages.map((page, i) => save(page, i, round)));
		await lib.sleep(500);
	}
}

// What is measured is what was meant: mends for every second writer alone.
function checkMarks(marks, i) {
	const mended = marks.filter((mark) => mark.mends?.length > 0).length;
	if (mended < (i % 2 === 1 ? faults.length : 0))
		throw new Error(`writer ${i} has ${mended} mends: ${JSON.stringify(marks)}`);
}

async function saves() {
	const pages = await openPages(team, port);
	const file = await staticFile();
	const ready = [];
	const times = [];
	for (const [i, page] of pages.entries())
		checkMarks((await save(page, i, 0)).marks, i);
	for (let round = 1; round <= rounds; round++) {
		await Promise.all(pages.map(({ client }) =>
			timed(() => client.get(file), ready)));
		await lib.sleep(50);
		await Promise.all(pages.map((page, i) => timed(
			() => save(page, i, round), times)));
		await lib.sleep(50);
	}
	row(`${writers} writers at once, each save`, times, 20,
		lib.percentile(ready, 99) + diskFloor());
}

// The page that twenty steps down the list lead to.
async function farDown() {
	let url = '/stories';

	for (let i = 0; i < 20; i++)
		url = /href="(\/stories\?[^"]*before=[\d-]+)"/.exec(
			(await owner.get(url)).body)[1].replaceAll('&amp;', '&');
	return url;
}

async function gets() {
	const file = await staticFile();
	const ready = [];
	const kinds = {
		'all': '/stories',
		'by status': '/stories?status=published',
		'by section': '/stories?section=World',
		'by words': '/stories?q=harbour',
		'by words that are nowhere': '/stories?q=xyzzyplugh',
		'mine': '/stories?mine=1',
		'far down': await farDown(),
	};
	const days = {
		'month': '/calendar',
		'week': '/calendar?form=week',
		'list': '/calendar?form=list',
	};
	for (let i = 0; i < 200; i++)
		await timed(() => owner.get(file), ready);
	const floor = lib.percentile(ready, 99);
	for (const [name, target] of Object.entries(kinds)) {
		const times = [];
		await owner.get(target);
		for (let i = 0; i < lists; i++)
			await timed(() => owner.get(target), times);
		row(`list, ${name}`, times, 30, floor);
	}
	// The days on which there is most: the newest of the archive.
	const { body } = await owner.get('/stories?status=published');
	const day = /datetime="(\d{4}-\d\d-\d\d)/.exec(body)[1];
	for (const [name, target] of Object.entries(days)) {
		const times = [];
		const url = `${target}${target.includes('?') ? '&' : '?'}day=${day}`;
		await owner.get(url);
		for (let i = 0; i < lists; i++)
			await timed(() => owner.get(url), times);
		row(`calendar, ${name}`, times, 30, floor);
	}
	const times = [];
	for (let i = 0; i < 200; i++)
		await timed(() => owner.get(`/stories/${1 + i * 499}/page`), times);
	row('preview', times, 10, floor);
}

// What one reader process needs for a story, and how long readers wait.
async function readersTurn(target, agent, reader) {
	const times = [];
	const cpu = lib.cpuNs(reader);
	const pending = [];
	for (let i = 0; i < reads; i++) {
		pending.push(timed(() => lib.get(paper.port, target, {}, agent), times));
		await lib.sleep(4);
	}
	await Promise.all(pending);
	return { p99: lib.percentile(times, 99),
		cpu: (lib.cpuNs(reader) - cpu) / 1000 / reads };
}

async function readers() {
	const [target] = await lib.storyPaths(paper.port, 1);
	const [reader] = lib.processes(paper.pid).reader;
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	const alone = [];
	const beside = [];
	lib.pin(reader);
	await readersTurn(target, agent, reader);
	for (let i = 0; i < turns; i++) {
		alone.push(await readersTurn(target, agent, reader));
		const saving = new Worker(new URL(import.meta.url), { workerData: {
			reporters: team, newsroomPort: port } });
		await lib.sleep(500);
		beside.push(await readersTurn(target, agent, reader));
		await saving.terminate();
		await lib.sleep(200);
	}
	agent.destroy();
	for (const [name, of, unit, room] of [['wait, p99', 'p99', 'ms', 1],
		['CPU per request', 'cpu', 'us', 5]]) {
		const was = lib.median(alone.map((turn) => turn[of]));
		const is = lib.median(beside.map((turn) => turn[of]));
		table.row(`readers while ${writers} save, ${name}`, is, unit,
			`without them ${was.toFixed(2)} ${unit}; medians of ${turns}`,
			`at most ${room} ${unit} more`, is <= was + room);
	}
}

await saves();
await gets();
await readers();
await paper.stop();
fs.rmSync(dir, { recursive: true });
table.write();
