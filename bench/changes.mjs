// From the button that an editor presses in the browser until every reader
// process shows it, on a paper of 100,000 stories: a new story, a correction, a
// withdrawal, the front page, the banner, a redirect. The promise is that of
// bench/publish.mjs, which goes by the command's way; here the newsroom's own
// forms, checklist and log are in it. The floor is the same form refused: what
// one request costs that changes nothing. A withdrawal moves the readers' database
// out of its log before they hear of it, so that the text stands nowhere: that is
// where its time goes.
import fs from 'node:fs';
import http from 'node:http';
import { Newsroom } from '../test/wire/newsroom.mjs';
import * as lib from './lib.mjs';

const rounds = 40;
const most = 50; // ms
const dir = `${lib.out}/changes`;
const table = new lib.Table('changes');

fs.rmSync(dir, { recursive: true, force: true });
fs.cpSync(lib.archive(100000), dir, { recursive: true });
const port = await lib.freePort();
const paper = await lib.serve(dir, { readers: 2, newsroom: `127.0.0.1:${port}` });
const host = `localhost:${port}`;
const owner = await Object.setPrototypeOf({ newsroomPort: port, paper: dir, host,
	origin: `http://${host}` }, Newsroom.prototype).owner();
// The kernel spreads them over both readers.
const agents = Array.from({ length: 16 }, () =>
	new http.Agent({ keepAlive: true, maxSockets: 1 }));

async function seenByAll(path, is) {
	await Promise.all(agents.map(async (agent) => {
		for (let left = 5000; !is(await lib.get(paper.port, path, {}, agent)); left--) {
			if (left === 0)
				throw new Error(`${path}: readers do not see it`);
			await lib.sleep(1);
		}
	}));
}

async function sent(path, form, status = 303) {
	const answer = await owner.post(path, form);
	if (answer.status !== status)
		throw new Error(`${path}: ${answer.status} ${answer.body}`);
	return answer;
}

const field = (body, name) =>
	new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1];

async function step(id, name, form = {}) {
	const { body } = await owner.get(`/stories/${id}/publish`);
	return () => sent(`/stories/${id}/${name}`,
		{ revision: field(body, 'revision') ?? '', ...form });
}

async function save(id, body) {
	const page = await owner.get(`/stories/${id}`);
	await sent(`/stories/${id}/save`, { base: field(page.body, 'base'),
		authors: 'B. Ench', section: 'World', body });
}

// Each gives what to press, and where and how a reader sees it.
const changes = {
	'a new story': async (mark, kept) => {
		const { location } = await sent('/stories/new', { headline: mark });
		kept.id = /^\/stories\/(\d+)/.exec(location)[1];
		await save(kept.id, `The wall was seen by ${mark}.\n`);
		return [await step(kept.id, 'publish'), '/', ({ body }) => body.includes(mark)];
	},
	'a correction': async (mark, kept) => {
		const { body } = await owner.get(`/stories/${kept.id}/publish`);
		kept.path = /href="https?:\/\/[^/"]+(\/\d{4}\/[^"]+)"/.exec(body)[1];
		await save(kept.id, `The wall was not seen by ${mark}.\n`);
		return [await step(kept.id, 'change', { kind: 'correction', place: 'head',
			text: `Corrected: ${mark}.` }), kept.path,
		(page) => page.body.includes(`Corrected: ${mark}.`)];
	},
	'a withdrawal': async (mark, kept) => [await step(kept.id, 'withdraw',
		{ reason: `Withdrawn: ${mark}.` }), kept.path, ({ status }) => status === 410],
	'the front page': async (mark, kept) => {
		kept.lead = 1 + (kept.lead ?? 0) % 90;
		const { body } = await owner.get('/front');
		const story = await owner.get(`/stories/${kept.lead}/publish`);
		const path = /href="https?:\/\/[^/"]+(\/\d{4}\/[^"]+)"/.exec(story.body)[1];
		return [() => sent('/front', { number: field(body, 'number'),
			row_0: `1:${kept.lead}` }), '/', (page) => page.body.includes(path)];
	},
	'the banner': async (mark) => {
		const seen = await owner.seen('/front/banner', '/front');
		return [() => sent('/front/banner', { seen, text: mark }), '/',
			({ body }) => body.includes(mark)];
	},
	'a redirect': async (mark) => {
		const from = `/${mark.toLowerCase().replaceAll(' ', '-')}`;
		const seen = await owner.seen('/redirects', '/redirects');
		return [() => sent('/redirects', { seen, from, to: '/about' }), from,
			({ status }) => status === 301];
	},
};

const times = Object.fromEntries(Object.keys(changes).map((name) => [name, []]));
const floor = [];
const kept = {};
const ms = (began) => Number(process.hrtime.bigint() - began) / 1e6;
for (let round = 0; round < rounds; round++) {
	for (const [name, prepare] of Object.entries(changes)) {
		const [press, path, is] = await prepare(`Bench ${process.pid} ${round}`, kept);
		let began = process.hrtime.bigint();
		await sent('/redirects', { from: 'no', to: 'no' }, 422);
		floor.push(ms(began));
		began = process.hrtime.bigint();
		await press();
		await seenByAll(path, is);
		times[name].push(ms(began));
		await lib.sleep(7);
	}
}
for (const agent of agents)
	agent.destroy();
await paper.stop();
fs.rmSync(dir, { recursive: true });
for (const [name, list] of Object.entries(times)) {
	const p99 = lib.percentile(list, 99);
	table.row(`${name}, until all readers see it, p99`, p99, 'ms',
		`half within ${lib.median(list).toFixed(1)} ms; a form refused ` +
		`${lib.median(floor).toFixed(1)} ms`, `at most ${most}`, p99 <= most);
}
table.write();
