// The newsroom as its people meet it, over HTTP, on a paper of 100,000
// stories: twenty who write pause at the same moment, lists are filtered, a
// story is previewed. Beside each stands its floor, taken in the same minutes:
// the same number of requests at once for a ready file of the newsroom, and,
// for what is saved, one write of the same text that has reached the disk.
import fs from 'node:fs';
import { Newsroom } from '../test/wire/newsroom.mjs';
import * as lib from './lib.mjs';

const writers = 20;
const rounds = 60;
const lists = 40;
const table = new lib.Table('write');
const dir = `${lib.out}/write`;
const words = 'The wall broke at noon on Tuesday, and the river came in. ';

fs.rmSync(dir, { recursive: true, force: true });
fs.cpSync(lib.archive(100000), dir, { recursive: true });
const port = await lib.freePort();
const paper = await lib.serve(dir, { readers: 1,
	newsroom: `127.0.0.1:${port}` });
const desk = Object.setPrototypeOf({ newsroomPort: port, paper: dir,
	origin: `http://localhost:${port}` }, Newsroom.prototype);
const owner = await desk.owner();
lib.pin(lib.processes(paper.pid).newsroom[0]);

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

async function saves() {
	const pages = [];
	for (let i = 0; i < writers; i++) {
		const id = 1 + i * 4999;
		const { body } = await owner.get(`/stories/${id}`);
		const value = (name) =>
			new RegExp(`name="${name}" value="([^"]*)"`).exec(body)[1];
		pages.push({ id, base: value('base'), tab: value('tab') });
	}
	const file = /href="(\/static\/[^"]*desk\.css)"/.exec(
		(await owner.get('/stories')).body)[1];
	const ready = [];
	const times = [];
	for (let round = 0; round < rounds; round++) {
		await Promise.all(pages.map(() => timed(() => owner.get(file), ready)));
		await lib.sleep(50);
		await Promise.all(pages.map((page, i) => timed(async () => {
			const { json } = await owner.send(`/stories/${page.id}/save`, {
				base: page.base, tab: page.tab,
				body: `${words.repeat(100)} ${round} ${i}.\n` });
			if (json.status !== 'saved')
				throw new Error(`save: ${JSON.stringify(json)}`);
			page.base = json.revision;
		}, times)));
		await lib.sleep(50);
	}
	row(`${writers} writers at once, each save`, times, 20,
		lib.percentile(ready, 99) + diskFloor());
}

async function gets() {
	const file = /href="(\/static\/[^"]*desk\.css)"/.exec(
		(await owner.get('/stories')).body)[1];
	const ready = [];
	const kinds = {
		'all': '/stories',
		'by status': '/stories?status=published',
		'by section': '/stories?section=World',
		'by words': '/stories?q=harbour',
		'by words that are nowhere': '/stories?q=xyzzyplugh',
		'mine': '/stories?mine=1',
		'far down': '/stories?before=500',
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
	const times = [];
	for (let i = 0; i < 200; i++)
		await timed(() => owner.get(`/stories/${1 + i * 499}/page`), times);
	row('preview', times, 10, floor);
}

await saves();
await gets();
await paper.stop();
fs.rmSync(dir, { recursive: true });
table.write();
