// SPDX-License-Identifier: MIT
//
// From the writer's desk to the readers, on a real server: each role, what it
// may not, a second pair of eyes, times over a change of the clock,
// corrections, withdrawals, the front page, its banner, and redirects.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Newsroom, decode } from './newsroom.mjs';
import { sleep, until } from './paper.mjs';

let paper, owner, editor, reporter, money;

before(async () => {
	paper = await Newsroom.start({ stories: 6, zone: 'Europe/Berlin' });
	paper.command('set', 'sections', 'World, Sport, Arts');
	owner = await paper.owner();
	editor = await paper.member(owner,
		{ name: 'Ed Marsh', login: 'ed', role: 3 });
	reporter = await paper.member(owner,
		{ name: 'Rae Holt', login: 'rae', role: 4 });
	money = await paper.member(owner,
		{ name: 'Mo Tiller', login: 'mo', role: 6 });
});
after(() => paper.stop());

const reader = async (path) => {
	const { status, headers, body } = await paper.get(path);
	return { status, headers, body: body.toString() };
};

// The hidden number of the text that a screen shows.
async function revision(who, id) {
	const { body } = await who.get(`/stories/${id}/publish`);
	return /name="revision" value="(\d+)"/.exec(body)?.[1];
}

// A story of WHO with HEADLINE and TEXT; its number.
async function write(who, headline, text = 'The sea rose, and the wall held.') {
	const { location } = await who.post('/stories/new', { headline });
	const id = /^\/stories\/(\d+)/.exec(location)[1];
	await save(who, id, { headline, body: text });
	return id;
}

// Saves fields of the story as its form has them, over what they are.
async function save(who, id, fields) {
	const { body } = await who.get(`/stories/${id}`);
	const form = new Map([['base', /name="base" value="(\d+)"/.exec(body)[1]],
		['authors', 'Rae Holt']]);
	for (const [name, value] of Object.entries(fields))
		form.set(name, value);
	const answer = await who.post(`/stories/${id}/save`, [...form]);
	assert.equal(answer.status, 303, answer.body);
}

async function step(who, id, name, form = {}) {
	return who.post(`/stories/${id}/${name}`,
		{ revision: await revision(who, id) ?? '', ...form });
}

// Where readers find it.
async function address(id) {
	const { body } = await owner.get(`/stories/${id}/publish`);
	return /href="https:\/\/wire\.example(\/[^"]+)"/.exec(body)[1];
}

const log = async () => (await owner.get('/audit')).body;

test('a story is submitted, sent back, submitted again and published',
	async () => {
		const id = await write(reporter, 'The wall holds');
		let { body } = await reporter.get(`/stories/${id}/publish`);
		assert.match(body, /<button class="main">Submit</);
		assert.doesNotMatch(body, /Publish now/);
		assert.equal((await step(reporter, id, 'submit',
			{ note: 'Done' })).status, 303);
		({ body } = await reporter.get(`/stories/${id}/publish`));
		assert.match(body, /It is with the editors/);

		const refused = await step(editor, id, 'send-back', { note: ' ' });
		assert.equal(refused.status, 422);
		assert.match(refused.body, /Say what is to be done/);
		await step(editor, id, 'send-back', { note: 'Which wall?' });
		({ body } = await reporter.get(`/stories/${id}/publish`));
		assert.match(body, /Which wall\?/);

		await step(reporter, id, 'submit');
		const { status, location } = await step(editor, id, 'publish');
		assert.equal(status, 303);
		assert.match(location, /done=published/);
		const page = await reader(await address(id));
		assert.equal(page.status, 200);
		assert.match(page.body, /The wall holds/);
		assert.match(await log(), /Ed Marsh[^]*publish/);
	});

test('who may not publish is refused, and sees no such button', async () => {
	const id = await write(reporter, 'Not yet');
	for (const name of ['approve', 'publish', 'schedule', 'withdraw',
		'send-back', 'change', 'embargo', 'put-back', 'assign'])
		assert.equal((await step(reporter, id, name)).status, 403, name);
	assert.equal((await money.get(`/stories/${id}/publish`)).status, 403);
	for (const [path, who] of [['/front', reporter], ['/redirects', editor],
		['/settings/publishing', editor], ['/calendar', money]])
		assert.equal((await who.get(path)).status, 403, path);
	assert.equal((await paper.client().get('/front')).status, 303);
	assert.equal((await reporter.get('/calendar')).status, 200);
});

test('what concerns the whole paper is not for who is kept to a section',
	async () => {
		const sport = await paper.member(owner, { name: 'Sol Port',
			login: 'sol', role: 2, sections: ['Sport'] });
		const whole = await paper.member(owner, { name: 'Una Wold',
			login: 'una', role: 2 });
		for (const path of ['/front', '/front/preview', '/redirects',
			'/settings', '/settings/sections', '/audit']) {
			assert.equal((await sport.get(path)).status, 403, path);
			assert.ok((await whole.get(path)).status < 400, path);
		}
		assert.equal((await sport.post('/front/banner', { text: 'Fire' }))
			.status, 403);
		const { body } = await sport.get('/stories');
		for (const path of ['/front', '/redirects', '/settings', '/audit'])
			assert.ok(!body.includes(`href="${path}"`), path);
		assert.equal((await sport.get('/money')).status, 200);
		// Nor does an answer name what they may not read.
		const id = await write(owner, 'World in secret');
		await save(owner, id, { headline: 'World in secret', section: 'World',
			body: 'Not yet.' });
		for (const at of ['/front', '/front/preview']) {
			const { status, body: page } =
				await sport.get(`${at}?number=0&row_0=1%3A${id}`);
			assert.equal(status, 403);
			assert.doesNotMatch(page, /in secret/);
		}
	});

test('a story that is gone cannot be put on the front page', async () => {
	const [, number] = /name="number" value="(\d+)"/.exec(
		(await editor.get('/front')).body);
	assert.equal((await editor.post('/front', { number, row_0: '1:999999' }))
		.status, 409);
});

// Steps with a story of one section, by somebody who is for another one only
// and has it as a writer. What each step is answered.
async function answers(who, id, forms) {
	const got = {};
	for (const [name, form] of Object.entries(forms)) {
		const { status, location } = await step(who, id, name, form);
		got[name] = location ? `${status} ${location.split('done=')[1]}` : status;
	}
	return got;
}

test('a right holds for the section that readers see, not only the working one',
	async () => {
		const desk = await paper.member(owner, { name: 'Ann Row', login: 'ann',
			role: 3, sections: ['Sport'] });
		const id = await write(desk, 'Two sections');
		const [, newest] = /name="revision" value="(\d+)"/.exec(
			(await owner.get(`/stories/${id}/publish`)).body);
		await save(owner, id, { headline: 'Two sections', body: 'In World.',
			section: 'World' });
		const world = await revision(owner, id);
		assert.equal((await step(owner, id, 'publish')).status, 303);
		// She began it, so she may write it, and put it into her section.
		await save(desk, id, { headline: 'Two sections', body: 'In Sport now.',
			section: 'Sport' });
		const page = await reader(await address(id));
		const steps = { change: { kind: 'update' }, withdraw: { reason: 'x' },
			approve: {}, assign: { who: 'ann' }, publish: {},
			schedule: { date: '2031-01-01', time: '10:00' },
			unschedule: {}, embargo: { until: '2031-01-01T10:00' },
			'put-back': {}, 'send-back': { note: 'x' } };
		const refused = Object.fromEntries(Object.keys(steps)
			.map((name) => [name, 403]));
		assert.deepEqual(await answers(desk, id, steps), refused);
		assert.equal((await reader(await address(id))).body, page.body);
		const { body } = await desk.get(`/stories/${id}/publish`);
		assert.match(body, /in a section that is not one of yours/);
		for (const name of ['change', 'withdraw', 'approve'])
			assert.ok(!body.includes(`/stories/${id}/${name}"`), name);

		// Nor once it is gone: what readers had last counts.
		assert.equal((await step(owner, id, 'withdraw', { reason: 'x' }))
			.status, 303);
		assert.deepEqual(await answers(desk, id, steps), refused);

		// A text of another section is not taken up again by her.
		const back = async (who, revisionId) => (await who.post(
			`/stories/${id}/restore`, { revision: revisionId,
				base: await revision(owner, id) })).location;
		assert.equal(await back(desk, world),
			`/stories/${id}/revisions?done=not-yours`);
		assert.match(await back(desk, newest), /done=restored/);
		assert.match(await back(owner, world), /done=restored/);
		await desk.post(`/stories/${id}/restore`, { revision: newest,
			base: await revision(owner, id) });

		// Who is for both sections goes on.
		const both = await paper.member(owner, { name: 'Bo Oth', login: 'both',
			role: 3, sections: ['Sport', 'World'] });
		await save(owner, id, { headline: 'Two sections', body: 'In Sport.',
			section: 'Sport' });
		assert.equal((await step(both, id, 'change', { kind: 'update' })).status,
			303);
		assert.deepEqual(await answers(desk, id,
			{ withdraw: { reason: 'Mine now' } }), { withdraw: '303 withdrawn' });
	});

test('an approved text of another section needs the right for that one',
	async () => {
		const desk = await paper.member(owner, { name: 'Cy Low', login: 'cy',
			role: 3, sections: ['Sport'] });
		const id = await write(desk, 'An older text');
		await save(owner, id, { headline: 'An older text', body: 'World.',
			section: 'World' });
		const old = await revision(owner, id);
		assert.equal((await step(owner, id, 'approve')).status, 303);
		await save(desk, id, { headline: 'An older text', body: 'Sport.',
			section: 'Sport' });
		assert.equal((await desk.post(`/stories/${id}/publish`,
			{ revision: old })).status, 403);
		assert.equal((await desk.post(`/stories/${id}/publish`,
			{ revision: await revision(desk, id) })).status, 303);
	});

test('a section that is renamed is the same one, also for old texts',
	async () => {
		const desk = await paper.member(owner, { name: 'Di Fen', login: 'di',
			role: 3, sections: ['Arts'] });
		const id = await write(owner, 'Renamed');
		await save(owner, id, { headline: 'Renamed', body: 'In Arts.',
			section: 'Arts' });
		const old = await revision(owner, id);
		const page = await owner.get('/settings/sections');
		const form = [...page.body.matchAll(
			/name="((?:slug|name|shown|place)_\d+)"[^>]*value="([^"]*)"/g)]
			.map(([, name, value]) => [name, value === 'Arts' ? 'Culture' : value]);
		assert.ok(form.some(([, value]) => value === 'Culture'), page.body);
		const { status, body } = await owner.save('/settings/sections', form);
		assert.equal(status, 303, body);
		// Saving what is there changes nothing, and says today's name.
		const open = await desk.get(`/stories/${id}`);
		assert.match(open.body, /<option value="Culture" selected/);
		await save(owner, id, { headline: 'Renamed', body: 'Moved.',
			section: 'Sport' });
		assert.equal((await desk.get(`/stories/${id}`)).status, 404);
		const { location } = await owner.post(`/stories/${id}/restore`,
			{ revision: old, base: await revision(owner, id) });
		assert.match(location, /done=restored/);
		assert.match((await desk.get(`/stories/${id}`)).body,
			/<option value="Culture" selected/);
		assert.equal((await step(desk, id, 'publish')).status, 303);
		assert.match((await reader(await address(id))).body, /Culture/);
	});

test('a newer text that was not looked at is not published', async () => {
	const id = await write(reporter, 'Two at once');
	const seen = await revision(editor, id);
	await save(reporter, id, { headline: 'Two at once', body: 'Newer.' });
	const { status, body } = await editor.post(`/stories/${id}/publish`,
		{ revision: seen });
	assert.equal(status, 409);
	assert.match(body, /Somebody saved a newer text meanwhile/);
});

test('times over a change of the clock are asked for, or refused', async () => {
	const id = await write(reporter, 'Summer time');
	let answer = await step(editor, id, 'schedule',
		{ date: '2031-03-30', time: '02:30' });
	assert.equal(answer.status, 422);
	assert.match(answer.body, /02:30 never comes/);
	// What is offered in its place.
	assert.match(answer.body, /value="before"[^<]*<span>30 March 2031, 01:30 \(UTC\+1\)/);
	assert.match(answer.body, /value="after"[^<]*<span>30 March 2031, 03:30 \(UTC\+2\)/);
	for (const [which, at] of [['before', '2031-03-30T01:30:00\\+01:00'],
		['after', '2031-03-30T03:30:00\\+02:00']]) {
		answer = await step(editor, id, 'schedule',
			{ date: '2031-03-30', time: '02:30', which });
		assert.equal(answer.status, 303);
		assert.match((await editor.get(`/stories/${id}/publish`)).body,
			new RegExp(`datetime="${at}"`));
		await step(editor, id, 'unschedule');
	}
	answer = await step(editor, id, 'schedule',
		{ date: '2031-10-26', time: '02:30' });
	assert.equal(answer.status, 422);
	assert.match(answer.body, /02:30 comes twice/);
	assert.match(answer.body, /value="earlier"[^<]*<span>02:30 \(UTC\+2\), the first/);
	assert.match(answer.body, /value="later"[^<]*<span>02:30 \(UTC\+1\), the second/);
	answer = await step(editor, id, 'schedule',
		{ date: '2031-10-26', time: '02:30', which: 'later' });
	assert.equal(answer.status, 303);
	const { body } = await editor.get(`/stories/${id}/publish`);
	assert.match(body, /datetime="2031-10-26T02:30:00\+01:00"/);
	assert.match(body, /datetime="2031-10-26T01:30:00Z"/);
	assert.match(body, /Europe\/Berlin/);
	assert.match((await editor.get('/calendar?form=month&day=2031-10-01'))
		.body, /Summer time/);
	assert.match((await editor.get('/calendar?form=week&day=2031-10-26'))
		.body, /Summer time/);
	assert.match((await editor.get('/calendar?form=list&day=2031-10-02'))
		.body, /Summer time/);
	assert.doesNotMatch((await editor.get('/calendar?day=2031-12-01')).body,
		/Summer time/);
	// The calendar says when the clock is changed, and by how much.
	for (const [form, day, words] of [['month', '2031-10-01', 'back'],
		['week', '2031-10-26', 'back'], ['list', '2031-10-02', 'back'],
		['month', '2031-03-01', 'forward']])
		assert.match((await editor.get(`/calendar?form=${form}&day=${day}`))
			.body, new RegExp(`The clock goes ${words} by 60 minutes`));
	assert.doesNotMatch((await editor.get('/calendar?day=2031-07-01')).body,
		/The clock goes/);
	answer = await step(editor, id, 'unschedule');
	assert.match(answer.location, /done=unscheduled/);
	await step(editor, id, 'schedule', { date: '2031-10-26', time: '06:00' });
	answer = await step(editor, id, 'publish');
	assert.match(answer.location, /done=published/);
	assert.equal((await reader(await address(id))).status, 200);
	assert.equal((await step(editor, id, 'schedule',
		{ date: '2031-10-26', time: '06:00' })).status, 409);
	const other = await write(reporter, 'Never soon');
	answer = await step(editor, other, 'schedule',
		{ date: '2001-01-01', time: '06:00' });
	assert.match(answer.body, /That time has passed/);
	answer = await step(editor, other, 'schedule',
		{ date: 'soon', time: '6' });
	assert.equal(answer.status, 422);
});

test('an embargo holds whoever publishes', async () => {
	const id = await write(reporter, 'Held back');
	assert.equal((await step(editor, id, 'embargo',
		{ until: '2031-05-05T06:00' })).status, 303);
	let { body } = await editor.get(`/stories/${id}/publish`);
	assert.match(body, /Publish when the embargo ends/);
	assert.match((await editor.get('/calendar?day=2031-05-01')).body,
		/Embargo ends[^]*Held back/);
	const { location } = await step(editor, id, 'publish');
	assert.match(location, /done=scheduled/);
	({ body } = await editor.get(`/stories/${id}/publish`));
	assert.match(body, /datetime="2031-05-05T06:00:00\+02:00"/);
});

// As until, but for the newsroom, which has a limit of requests.
const slowly = (what, fn, ms) => until(what, async () => {
	await sleep(100);
	return fn();
}, ms);

// An instant so many seconds from now, as the paper's clock has it.
function soon(seconds) {
	const [date, time] = new Date(Date.now() + seconds * 1000)
		.toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).split(' ');
	return { date, time };
}

test('the list reads the very text that readers would see', async () => {
	const id = await write(reporter, 'Old and new');
	const old = await revision(editor, id);
	await step(owner, id, 'approve');
	await save(reporter, id, { headline: 'Old and new',
		body: 'Send to 0x52908400098527886E0F7030069857D2E4169EE7.' });
	let { body } = await editor.get(`/stories/${id}/publish`);
	assert.match(body, /Blocks[^]*0x52908400098527886E0F7030069857D2E4169EE7/);
	// The approved text has no address in it.
	let answer = await editor.post(`/stories/${id}/schedule`,
		{ revision: old, date: '2031-01-01', time: '06:00' });
	assert.equal(answer.status, 303, answer.body);
	({ body } = await editor.get(`/stories/${id}/publish`));
	assert.match(body, /In the approved text, which will appear:[^]*In the newest text[^]*0x5290/);
	// To approve the newest would let that one appear.
	assert.equal((await step(editor, id, 'approve')).status, 409);
	await step(editor, id, 'unschedule');
	// And the other way round: an older one that is not clean.
	const bad = await revision(editor, id);
	await step(owner, id, 'approve');
	await save(reporter, id, { headline: 'Old and new', body: 'Clean.' });
	answer = await editor.post(`/stories/${id}/publish`, { revision: bad });
	assert.equal(answer.status, 409);
	assert.match(answer.body, /0x52908400098527886E0F7030069857D2E4169EE7/);
	answer = await step(editor, id, 'publish');
	assert.equal(answer.status, 303);
});

test('what came up since it was scheduled is looked at when it is due',
	async () => {
		const id = await write(reporter, 'Due soon');
		assert.equal((await step(editor, id, 'schedule', soon(3))).status, 303);
		await save(reporter, id, { headline: 'Due soon',
			body: 'Give to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4.' });
		await slowly('it to be kept back', async () =>
			/It was due and did not appear\. Mend this[^<]*<\/strong> A coin address/
				.test((await editor.get(`/stories/${id}/publish`)).body), 8000);
		assert.match((await owner.get('/health')).body,
			/“Due soon” was due and did not appear: A coin address that is not the paper’s/);
		assert.doesNotMatch((await reader('/')).body, /Due soon/);
		await save(reporter, id, { headline: 'Due soon', body: 'Give here.' });
		await step(editor, id, 'publish');
		assert.doesNotMatch((await owner.get('/health')).body, /Due soon” was due/);
	});

// The picture of a file of test/pictures in the library: { id, url }.
async function picture(who, file) {
	const head = '--B\r\nContent-Disposition: form-data; name="file"; ' +
		`filename="${file}"\r\nContent-Type: image/jpeg\r\n\r\n`;
	const body = Buffer.concat([Buffer.from(head),
		fs.readFileSync(`test/pictures/${file}`),
		Buffer.from('\r\n--B--\r\n')]);
	const answer = await who.request('POST', '/pictures/upload', { body,
		headers: { 'content-type': 'multipart/form-data; boundary=B',
			'content-length': body.length, accept: 'application/json',
			'sec-fetch-site': 'same-origin' } });
	assert.equal(answer.status, 200, answer.body);
	return JSON.parse(answer.body).pictures[0];
}

test('rights that have ended since it was scheduled warn, or keep it back',
	async () => {
		const { id: at, url } = await picture(editor, 'harbour.jpg');
		const words = async (expires) => editor.post(`/pictures/${at}/save`, {
			base: /name="base" value="(\d+)"/.exec(
				(await editor.get(`/pictures/${at}`)).body)[1],
			alt: 'The quay', credit: 'Ines Faro', rights: 'Wire',
			caption: 'The quay.', creator: '', expires, x: '50', y: '50' });
		const set = (level) => owner.save('/settings/publishing',
			{ check_ended: level });
		assert.equal((await words('')).status, 303);
		for (const [level, headline] of [['1', 'Rights warn'],
			['2', 'Rights block']]) {
			assert.equal((await set(level)).status, 303);
			await words('2099-01-01');
			const id = await write(reporter, headline,
				`The quay.\n\n![](${url})\n`);
			// The library has words and rights: nothing is missing.
			assert.doesNotMatch((await editor.get(`/stories/${id}/publish`))
				.body, /alternative text|neither rights/);
			const { status, body } = await step(editor, id, 'schedule', soon(3));
			assert.equal(status, 303, body);
			await words('2026-01-01');
			await slowly('it to be due', async () => (await owner.get('/health'))
				.body.includes(`“${headline}”`), 8000);
			const health = (await owner.get('/health')).body;
			const shown = (await reader('/')).body.includes(headline);
			assert.equal(shown, level === '1', headline);
			assert.match(health, level === '1'
				? /“Rights warn” appeared by itself, though:/
				: /“Rights block” was due and did not appear:/);
			if (level === '1')
				await step(editor, id, 'withdraw', { reason: 'Not ours.' });
		}
		// What ends before it appears is known when it is scheduled.
		await words('2031-01-01');
		const id = await write(reporter, 'Too late', `Late.\n\n![](${url})\n`);
		assert.equal((await step(editor, id, 'schedule',
			{ date: '2031-01-02', time: '06:00' })).status, 409);
		assert.equal((await step(editor, id, 'schedule',
			{ date: '2030-12-31', time: '06:00' })).status, 303);
		assert.equal((await set('1')).status, 303);
	});

test('links, captions and hidden addresses are found; hashes are not',
	async () => {
		const id = await write(reporter, 'Hidden');
		const blocked = async (fields) => {
			await save(reporter, id, { headline: 'Hidden', ...fields });
			return /Blocks<\/span>/.test(
				(await editor.get(`/stories/${id}/publish`)).body);
		};
		for (const fields of [
			{ body: 'bc1q w508 d6qe jxtd g4y5 r3za rvar y0c5 xw7k v8f3 t4' },
			{ body: '[Give](https://a.example/?to=bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4)' },
			{ body: 'bc1q\u200bw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4' },
			{ body: 'Text.', standfirst: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' },
			{ body: '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQG' +
				'v7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A' }])
			assert.ok(await blocked({ standfirst: '', ...fields }),
				JSON.stringify(fields));
		for (const body of [
			'4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
			'0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060',
			'Commit 83af01ea3d7f3d2e2b2a1f7de4fa5a6ee3d4d1f1.'])
			assert.ok(!await blocked({ standfirst: '', body }), body);
	});

test('an address for coins blocks until it is gone', async () => {
	const id = await write(reporter, 'Send coins',
		'Give to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 now.');
	const { body } = await editor.get(`/stories/${id}/publish`);
	assert.match(body, /Blocks[^]*bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4/);
	assert.doesNotMatch(body, /Publish now/);
	assert.equal((await step(editor, id, 'publish')).status, 409);
	assert.equal((await step(editor, id, 'schedule',
		{ date: '2031-01-01', time: '06:00' })).status, 409);
	await save(reporter, id, { headline: 'Send coins', body: 'Give here.' });
	assert.equal((await step(editor, id, 'publish')).status, 303);
});

test('a correction is shown wherever readers look', async () => {
	const id = await write(reporter, 'Nine boats', 'Nine boats sank.');
	await step(editor, id, 'publish');
	const path = await address(id);
	await save(reporter, id, { headline: 'Nine boats', body: 'Ten boats sank.' });
	assert.doesNotMatch((await reader(path)).body, /Ten boats/);

	const { body } = await editor.get(`/stories/${id}/publish`);
	assert.match(body, /What kind of change is this\?/);
	assert.match(body, /<del>Nine<\/del>/);
	assert.match(body, /<ins>Ten<\/ins>/);
	let answer = await step(editor, id, 'change', { text: 'x' });
	assert.equal(answer.status, 422);
	assert.match(answer.body, /Choose one/);
	answer = await step(editor, id, 'change', { kind: 'correction', text: '' });
	assert.match(answer.body, /a correction without words/);
	answer = await step(editor, id, 'change', { kind: 'correction',
		text: 'Ten boats sank, not nine.', place: 'head' });
	assert.equal(answer.status, 303);

	const page = await reader(path);
	assert.match(page.body, /Ten boats sank, not nine\./);
	const data = JSON.parse(
		/<script type="application\/ld\+json">([^]*?)<\/script>/
			.exec(page.body)[1]);
	assert.match(JSON.stringify(data),
		/"CorrectionComment"[^]*Ten boats sank, not nine\./);
	for (const other of ['/corrections', '/corrections.rss'])
		assert.match((await reader(other)).body,
			/Ten boats sank, not nine\./, other);
	assert.match((await reader(`${path}/versions`)).body, /Correction/);
});

test('a withdrawn story is gone with its reason, and can be put back',
	async () => {
		const id = await write(reporter, 'All wrong');
		await step(editor, id, 'publish');
		const path = await address(id);
		let answer = await step(editor, id, 'withdraw', { reason: '' });
		assert.equal(answer.status, 422);
		assert.match(answer.body, /A reason is needed/);
		answer = await step(editor, id, 'withdraw',
			{ reason: 'It was about another town.' });
		assert.match(answer.location, /done=withdrawn/);
		let page = await reader(path);
		assert.equal(page.status, 410);
		assert.match(page.body, /It was about another town\./);
		assert.match(await log(), /withdrew[^]*It was about another town/);
		answer = await step(editor, id, 'put-back');
		assert.equal(answer.status, 303, answer.body);
		page = await reader(path);
		assert.equal(page.status, 200);
	});

test('a new text for a withdrawn story comes without the earlier ones',
	async () => {
		const box = /<input[^>]* name="old"[^>]*>/;
		const id = await write(reporter, 'Libel in print');
		await step(editor, id, 'publish');
		const path = await address(id);
		let { body } = await editor.get(`/stories/${id}/publish`);
		assert.doesNotMatch(body.match(box)?.[0] ?? '', / checked/);
		await step(editor, id, 'withdraw', { reason: 'By a court.' });
		await save(editor, id, { headline: 'Clean', body: 'Clean.' });
		({ body } = await editor.get(`/stories/${id}/publish`));
		assert.match(body.match(box)[0], / checked/);
		/* Somebody else may want it otherwise, and is not asked twice. */
		({ body } = await step(editor, id, 'change', { kind: '' }));
		assert.doesNotMatch(body.match(box)[0], / checked/);
		await step(editor, id, 'change', { kind: 'update', old: '1' });
		assert.match((await reader(path)).body, /Clean/);
		assert.doesNotMatch((await reader(`${path}/versions/1`)).body,
			/Libel/);
	});

test('with a second pair of eyes nobody publishes what they wrote', async () => {
	const set = (form) => owner.save('/settings/publishing', form);
	assert.equal((await editor.post('/settings/publishing',
		{ eyes: '1' })).status, 403);
	assert.equal((await set({ eyes: '1', check_byline: '2' })).status, 303);
	try {
		const id = await write(editor, 'My own words');
		let { body } = await editor.get(`/stories/${id}/publish`);
		assert.match(body, /Some of what is new in this text is yours/);
		assert.doesNotMatch(body, /Publish now|Approve this text/);
		assert.equal((await step(editor, id, 'approve')).status, 409);
		assert.equal((await step(editor, id, 'publish')).status, 409);
		({ body } = await owner.get(`/stories/${id}/publish`));
		assert.match(body, /<button class="main">Approve this text</);
		await step(owner, id, 'approve');
		({ body } = await editor.get(`/stories/${id}/publish`));
		assert.match(body, /This text was approved by Ada Quay/);
		/* A change of one word needs new eyes. */
		await save(editor, id, { headline: 'My own words', body: 'Others.' });
		assert.equal((await step(editor, id, 'publish')).status, 409);
		await step(owner, id, 'approve');
		assert.equal((await step(editor, id, 'publish')).status, 303);
		/* One who wrote a part of it does not approve the rest. */
		const both = await write(reporter, 'Of two');
		await save(editor, both, { headline: 'Of two', body: 'Mine.' });
		await save(owner, both, { headline: 'Of two', body: 'Mine. No.' });
		assert.equal((await step(editor, both, 'approve')).status, 409);
		assert.match((await editor.get(`/stories/${both}/publish`)).body,
			/Some of what is new in this text is yours/);
		const unnamed = await write(editor, 'By nobody');
		await save(editor, unnamed, { headline: 'By nobody', authors: '',
			body: 'Nobody wrote it.' });
		await step(owner, unnamed, 'approve');
		assert.equal((await step(owner, unnamed, 'publish')).status, 409);
	} finally {
		assert.equal((await set({ check_byline: '1' })).status, 303);
	}
});

test('a secret link lives no longer than the right of who made it', async () => {
	const cy = await paper.member(owner, { name: 'Lin Kern', login: 'lin',
		role: 3 });
	const staff = (await owner.get('/staff')).body;
	const id = /href="\/staff\/(\d+)"[^>]*>(?:<bdi>)?Lin Kern/.exec(staff)[1];
	const links = [];
	for (const who of [cy, editor]) {
		const story = await write(who, 'For the lawyer');
		const { body } = await cy.post(`/stories/${story}/links`,
			{ note: '', days: '3' });
		links.push(/\/p\/[\w-]{43}/.exec(body)[0]);
	}
	const look = async () => {
		const all = await Promise.all(links.map((l) => paper.client().get(l)));
		return all.map(({ status }) => status);
	};
	assert.deepEqual(await look(), [200, 200]);
	// A reporter has a right to her own stories alone.
	const role = (n) => owner.save(`/staff/${id}/role`,
		{ role: n, scope: 'all' }, `/staff/${id}`);
	assert.equal((await role('4')).status, 303);
	assert.deepEqual(await look(), [200, 404]);
	await role('3');
	await owner.post(`/staff/${id}/disable`);
	assert.deepEqual(await look(), [404, 404]);
	const missing = await paper.client().get(`/p/${'A'.repeat(43)}`);
	const dead = await paper.client().get(links[0]);
	assert.equal(dead.body, missing.body);
});

test('an approval is taken back by who gave it, or by an owner', async () => {
	const set = (form) => owner.save('/settings/publishing', form);
	const other = await paper.member(owner, { name: 'Vi Dunn', login: 'vi',
		role: 3 });
	assert.equal((await set({ eyes: '1' })).status, 303);
	try {
		const id = await write(reporter, 'Twice looked at');
		await step(editor, id, 'approve');
		assert.match((await editor.get(`/stories/${id}/publish`)).body,
			/Take the approval back/);
		assert.doesNotMatch((await other.get(`/stories/${id}/publish`)).body,
			/Take the approval back/);
		assert.equal((await step(other, id, 'unapprove')).status, 403);
		assert.equal((await step(reporter, id, 'unapprove')).status, 403);
		assert.match((await step(editor, id, 'unapprove')).location,
			/done=unapproved/);
		assert.equal((await step(editor, id, 'unapprove')).status, 409);
		assert.equal((await step(other, id, 'publish')).status, 409);
		await step(other, id, 'approve');
		assert.match((await step(owner, id, 'unapprove')).location,
			/done=unapproved/);
		assert.match(await log(), /took an approval back[^]*story \d+/);

		// The shell, too, has to say that it does without.
		for (const args of [['publish', id],
			['schedule', id, '2031-01-01 10:00']])
			assert.throws(() => paper.command(...args),
				/second pair of eyes.*--without-approval/);
		assert.equal((await reader(`/${id}`)).status, 404);
		assert.doesNotMatch(await log(), /published without approval/);
		paper.command('publish', id, '--without-approval');
		assert.match(await log(), /from a shell[^]*published without approval/);
		const approved = await write(reporter, 'Looked at');
		await step(editor, approved, 'approve');
		paper.command('publish', approved);
		assert.equal((await log()).split('published without approval').length, 2);
	} finally {
		await set({});
	}
});

// The newsroom is killed while steps are taken: each is in the log as often as
// it was taken.
test('no step is without its row, nor a row without its step, after a kill',
	async () => {
		const ids = [];
		for (let i = 0; i < 12; i++)
			ids.push(await write(reporter, `Killed ${i}`));
		for (const [i, id] of ids.entries()) {
			const asked = step(editor, id, 'submit').catch(() => null);
			if (i % 3 === 2) {
				await sleep(4 * (i % 5));
				process.kill(paper.processes('newsroom')[0], 'SIGKILL');
				await asked;
				await until('the newsroom', async () =>
					(await owner.get('/stories').catch(() => ({}))).status ===
						200);
			}
			await asked;
		}
		const count = (sql) => Number(spawnSync('sqlite3', ['-readonly',
			path.join(paper.paper, 'private/paper.db'), sql],
		{ encoding: 'utf8' }).stdout);
		let taken = 0;
		for (const id of ids) {
			const steps = count('SELECT count(*) FROM step WHERE kind = 1 ' +
				`AND story = ${id}`);
			assert.equal(count("SELECT count(*) FROM audit WHERE what = " +
				`'submit' AND about = 'story ${id}'`), steps, `story ${id}`);
			taken += steps;
		}
		assert.ok(taken >= 8, `${taken}`);
		assert.match((await owner.get('/audit?check=1')).body, /Rows that fit/);
	});

test('the front page is arranged, looked at, published and undone', async () => {
	const one = await write(reporter, 'Leads the page');
	await step(editor, one, 'publish');
	const lead = (body) => /<h2[^>]*>\s*<a[^>]*>([^<]*)</.exec(body)?.[1];
	const page = await editor.get('/front');
	assert.match(page.body, /fills itself/);
	const number = /name="number" value="(\d+)"/.exec(page.body)[1];
	const plan = `number=${number}&row_0=1%3A3&row_1=2%3A${one}`;
	const moved = await editor.get(`/front?${plan}&do=lead%3A1`);
	assert.match(moved.body, new RegExp(`name="row_0" value="1:${one}"`));
	assert.match(moved.body, /name="row_1" value="2:3"/);
	assert.match(moved.body, /Readers do not see this arrangement yet/);
	const preview = await editor.get(`/front/preview?${plan}`);
	assert.equal(preview.status, 200);
	assert.match(preview.headers['content-security-policy'],
		/frame-ancestors 'self'/);
	assert.equal(lead(preview.body), 'Story number 3');
	assert.notEqual(lead((await reader('/')).body), 'Story number 3');

	let answer = await editor.post('/front', { number,
		row_0: '1:3', row_1: `2:${one}`, until_1: '2031-02-30T06:00' });
	assert.equal(answer.status, 422);
	assert.match(answer.body, /Write it as 2026-11-28T06:00/);
	answer = await editor.post('/front', { number, row_0: '1:3',
		row_1: `2:${one}`, until_1: '2031-02-20T06:00', do: '' });
	assert.equal(answer.status, 303, answer.body);
	assert.equal(lead((await reader('/')).body), 'Story number 3');
	// Whoever has not seen that replaces nothing unawares.
	assert.equal((await editor.post('/front',
		{ number, row_0: '1:2' })).status, 409);
	const query = new URL(answer.location, paper.origin).searchParams;
	answer = await editor.post('/front/undo',
		{ number: query.get('made'), was: query.get('was') });
	assert.equal(answer.status, 303);
	assert.match(answer.location, /done=undone/);
	assert.notEqual(lead((await reader('/')).body), 'Story number 3');
});

test('a banner is shown, and goes by itself', async () => {
	let answer = await editor.save('/front/banner', { text: '', story: '', until: '' }, '/front');
	assert.equal(answer.status, 422);
	answer = await editor.save('/front/banner', { text: 'The dam breaks', story: '99999', until: '' }, '/front');
	assert.equal(answer.status, 422);
	assert.match(answer.body, /There is no such story/);
	// Until in a moment, by the paper's clock, to the second.
	const when = new Date(Date.now() + 3000);
	const local = when.toLocaleString('sv-SE',
		{ timeZone: 'Europe/Berlin' }).replace(' ', 'T');
	answer = await editor.save('/front/banner', { text: 'The dam breaks', story: '2', until: local }, '/front');
	assert.equal(answer.status, 303, answer.body);
	assert.match((await reader('/')).body, /The dam breaks/);
	await until('the banner to go', async () =>
		!/The dam breaks/.test((await reader('/')).body), 6000);
	assert.ok(Date.now() >= Math.floor(when / 1000) * 1000 - 50);
	await editor.save('/front/banner', { text: 'Back again' }, '/front');
	assert.match((await reader('/')).body, /Back again/);
	await editor.save('/front/banner', { off: '1' }, '/front');
	assert.doesNotMatch((await reader('/')).body, /Back again/);
	assert.match(await log(), /banner/);
});

test('a banner on every page comes and goes at once, and by itself', async () => {
	const id = await write(reporter, 'The flood');
	const paths = ['/', '/archive', '/about', '/corrections', '/no/such/page'];
	const { location } = (await reader('/story-number-2')).headers;
	paths.push(location ? new URL(location, 'https://wire.example').pathname
		: await address(2));
	const has = async (text) => Promise.all(paths.map(async (path) =>
		(await reader(path)).body.includes(text)));
	const before = await Promise.all(paths.map((path) => reader(path)));
	let answer = await editor.save('/front/banner', { text: 'The river rises', story: id, everywhere: '1' }, '/front');
	assert.equal(answer.status, 303, answer.body);
	assert.deepEqual(await has('The river rises'), paths.map(() => true));
	// All who ask get the very same bytes, and each page is small enough.
	for (const path of paths) {
		const [a, b] = [await reader(path), await reader(path)];
		assert.equal(a.body, b.body);
		assert.equal(a.headers.etag, b.headers.etag);
	}
	// Its story is no draft any more: it leads there, from all of them.
	assert.doesNotMatch((await reader('/about')).body, /class="breaking"[^]*<a href="[^"]*flood/);
	await step(editor, id, 'publish');
	for (const path of paths)
		assert.match((await reader(path)).body,
			/class="breaking"[^]*<a href="[^"]*the-flood/, path);
	answer = await editor.get('/front');
	assert.match(answer.body, /name="everywhere" value="1" checked/);
	await editor.save('/front/banner', { off: '1' }, '/front');
	assert.deepEqual(await has('The river rises'), paths.map(() => false));
	// What was before is there again, byte for byte.
	const now = await Promise.all(paths.map((path) => reader(path)));
	for (const [i, path] of paths.entries())
		if (['/about', '/corrections'].includes(path))
			assert.ok(now[i].body === before[i].body, path);
	const { date, time } = soon(2);
	await editor.save('/front/banner', { text: 'For a moment',
		until: `${date}T${time}`, everywhere: '1' }, '/front');
	assert.match((await reader('/about')).body, /For a moment/);
	await slowly('the banner to go everywhere', async () =>
		!(await has('For a moment')).includes(true), 6000);
});

test('a banner and an arrangement are looked at before anybody else sees them',
	async () => {
		const { body } = await editor.get('/front');
		const number = /name="number" value="(\d+)"/.exec(body)[1];
		const look = await editor.get(`/front/preview?number=${number}` +
			'&row_0=1%3A4&text=Not+yet&story=2&until=');
		assert.equal(look.status, 200);
		assert.match(look.body, /class="breaking"[^]*Not yet/);
		// Links lead to the public paper, never into the newsroom.
		assert.doesNotMatch(look.body, /<a [^>]*href="\//);
		assert.match(look.body, /<a target="_blank" href="https:\/\/wire\.example\//);
		assert.doesNotMatch((await reader('/')).body, /Not yet/);
		// To show it keeps the arrangement that is on the screen.
		const answer = await editor.save('/front/banner', { number,
			row_0: '1:4', until_0: '', text: 'Not yet', story: '', until: '' }, '/front');
		assert.match(answer.location, /row_0=1(%3A|:)4/);
		assert.match((await editor.get(answer.location)).body,
			/Readers do not see this arrangement yet/);
		await editor.save('/front/banner', { off: '1' }, '/front');
	});

test('a preview has the notices that readers have, and leads nowhere here',
	async () => {
		const id = await write(reporter, 'Looked at',
			'Nine [boats](/2026/boats) sank.[^1]\n\n[^1]: Or ten.');
		await step(editor, id, 'publish');
		await save(reporter, id, { headline: 'Looked at', body: 'Ten sank.[^1]\n\n[^1]: Or [nine](/nine).' });
		await step(editor, id, 'change', { kind: 'correction',
			text: 'Ten boats sank, not nine.', place: 'head' });
		const { status, body } = await editor.get(`/stories/${id}/page`);
		assert.equal(status, 200);
		assert.match(body, /class="corrections" id="corrections"[^]*Ten boats sank, not nine\./);
		assert.doesNotMatch(body, /<a [^>]*href="\//);
		assert.match(body, /href="https:\/\/wire\.example\/nine"/);
		assert.match(body, /class="nameplate"><a target="_blank" href="https:\/\/wire\.example\/"/);
		assert.match(body, /href="#note-1"/);
		// The notice stands there as it does for readers.
		const box = (html) =>
			/<section class="corrections"[^]*?<\/section>/.exec(html)[0];
		assert.equal(box(body), box((await reader(await address(id))).body));
	});

test('redirects lead on, are undone, and never in a circle', async () => {
	const add = (from, to) => owner.post('/redirects', { from, to });
	assert.equal((await add('/old', '/older')).status, 303);
	let answer = await add('/older', '/old');
	assert.equal(answer.status, 422);
	assert.match(answer.body, /lead in a circle/);
	for (const bad of ['old', '//evil.example', '/a b', '/a?b', '',
		'https://evil.example/'])
		assert.equal((await add('/x', bad)).status, 422, bad);
	for (const own of ['/about', '/archive', '/support', '/2026/01'])
		assert.match((await add(own, '/x')).body,
			/id="x-from">The paper itself answers at this address/, own);
	assert.equal((await add('https://wire.example/was-here', '2')).status, 303);
	const page = await reader('/was-here');
	assert.equal(page.status, 301);
	assert.match((await owner.get('/redirects')).body, /\/was-here/);
	answer = await owner.post('/redirects/remove', { from: '/was-here' });
	assert.equal((await reader('/was-here')).status, 404);
	const undo = await owner.get(answer.location);
	assert.match(undo.body, /name="from" value="\/was-here"/);
	assert.equal((await owner.post('/redirects/remove',
		{ from: '/was-here' })).status, 404);
	assert.equal((await editor.post('/redirects',
		{ from: '/y', to: '/' })).status, 403);
});

// A file of redirects, or the fields of the form that shows what it overwrites.
function sendRedirects(who, text, fields = null) {
	const parts = fields ? Object.entries({ lines: text, ...fields })
		: [['file"; filename="redirects.csv', text]];
	const body = Buffer.from(`${parts.map(([name, value]) => '--B\r\n' +
		`Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
		.join('')}--B--\r\n`);
	return who.request('POST', '/redirects/file', { body, headers: {
		'content-type': 'multipart/form-data; boundary=B',
		'content-length': body.length,
		'sec-fetch-site': 'same-origin' } });
}

test('redirects come from a file, with a word on each line that is wrong',
	async () => {
		assert.equal((await sendRedirects(editor, '/y,/')).status, 403);
		let answer = await sendRedirects(owner, '');
		assert.equal(answer.status, 422);
		assert.match(answer.body, /Choose a file/);
		const lines = Array.from({ length: 3000 }, (_, i) =>
			`/archive/${i}.html,/about`);
		answer = await sendRedirects(owner, ['old,new', ...lines,
			'https://wire.example/caf%C3%A9,2', '/loop,/loop',
			'/further,/archive/7.html', '/about/us', '/z,99999',
			'"/quoted, one",/'].join('\r\n'));
		assert.equal(answer.status, 422);
		assert.match(answer.body, /3,?001 addresses were taken/);
		assert.match(answer.body, /5 lines were left out/);
		assert.match(answer.body, /Line 3003:[^]*\/loop → \/loop[^]*in a circle/);
		assert.match(answer.body, /Line 3004:[^]*leads on itself/);
		assert.match(answer.body, /Line 3005:[^]*Two addresses are needed/);
		assert.match(answer.body, /Line 3006:[^]*There is no such story/);
		for (const path of ['/archive/0.html', '/archive/2999.html',
			'/caf%C3%A9', '/quoted,%20one'])
			assert.equal((await reader(path)).status,
				path.startsWith('/quoted') ? 404 : 301, path);
		// One of them can be changed as others are, at once.
		answer = await owner.post('/redirects',
			{ from: '/archive/7.html', to: '/archive/8.html' });
		assert.match(answer.body, /leads on itself/);
		answer = await owner.post('/redirects', { from: '/older', to: '/' });
		assert.match(answer.body, /Other addresses lead to this one/);
		const both = await owner.post('/redirects',
			{ from: '/archive/7.html', to: '2' });
		assert.equal(both.status, 409);
		assert.equal((await owner.post('/redirects', { from: '/archive/7.html',
			to: '2', seen: /name="seen" value="([^"]+)"/.exec(both.body)[1] }))
			.status, 303);
		assert.match((await reader('/archive/7.html')).headers.location,
			/story-number-2|\/2026\//);
		assert.match((await owner.get('/redirects')).body, /after=/);
		answer = await sendRedirects(owner, '/last,/about');
		assert.equal(answer.location, '/redirects?done=redirect-file');
		assert.match(await log(), /3001 addresses, 5 lines left out, 0 replaced/);
	});

test('an address that stands twice in a file is asked about, not guessed',
	async () => {
		const answer = await sendRedirects(owner, ['/twice/a,/about',
			'/twice/b,/', 'https://wire.example/twice/a/,/corrections',
			'/twice/c,2', '/twice/b/,/', '"/twice/%61",2', '/twice/a,/about/',
		].join('\n'));
		assert.equal(answer.status, 422);
		assert.match(answer.body, /2 addresses were taken/);
		assert.match(answer.body, /4 lines were left out/);
		// Each names the other, and what to do.
		for (const [line, other] of [[1, 3], [3, 1], [6, 1], [7, 3]])
			assert.match(answer.body, new RegExp(`Line ${line}:</strong>[^\n]*` +
				`Line ${other} leads the same address elsewhere[^<]*Leave one`));
		assert.equal((await reader('/twice/a')).status, 404);
		assert.equal((await reader('/twice/b')).status, 301);
		assert.equal((await reader('/twice/c')).status, 301);
		// What it leads to already is no matter: neither is asked to replace it.
		await sendRedirects(owner, '/twice/a,/about');
		const again = await sendRedirects(owner, '/twice/a,/\n/twice/a,2');
		assert.equal(again.status, 422);
		assert.match(again.body, /2 lines were left out/);
		assert.match((await reader('/twice/a')).headers.location, /\/about$/);
	});

test('what a file of redirects would overwrite is seen before, and then chosen',
	async () => {
		const leads = async (path) =>
			(await reader(path)).headers.location?.replace(/^https?:..[^/]*/, '');
		const field = (body, name) => decode(
			new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '');
		await sendRedirects(owner, '/kept/a,/about\n/kept/b,/about\n/kept/c,2');
		// The same once more overwrites nothing.
		assert.equal((await sendRedirects(owner,
			'/kept/a/,/about/\n/kept/b,/about\n/kept/c,2')).status, 303);
		const file = '/kept/a,/\n"/kept/b",/about\n/kept/c,/corrections\n/kept/d,/';
		const shown = await sendRedirects(owner, file);
		assert.equal(shown.status, 409);
		assert.match(shown.body, /2 addresses of the file lead elsewhere already/);
		assert.match(shown.body, /\/kept\/a<[^]*\/about<[^]*\/kept\/c<[^]*\/corrections</);
		assert.equal(field(shown.body, 'lines'), file);
		assert.equal(await leads('/kept/a'), '/about');
		assert.equal((await reader('/kept/d')).status, 404);
		// One that somebody else changes meanwhile is shown anew.
		const seen = field(shown.body, 'seen');
		const both = await owner.post('/redirects', { from: '/kept/a', to: '3' });
		await owner.post('/redirects', { from: '/kept/a', to: '3',
			seen: field(both.body, 'seen') });
		const again = await sendRedirects(owner, file, { seen, theirs: 'replace' });
		assert.equal(again.status, 409);
		// They stay as they are, and the rest of the file is taken.
		const kept = await sendRedirects(owner, file,
			{ seen: field(again.body, 'seen'), theirs: 'keep' });
		assert.equal(kept.location, '/redirects?done=redirect-rest');
		assert.equal(await leads('/kept/d'), '/');
		assert.notEqual(await leads('/kept/c'), '/corrections');
		assert.match(await log(), /2 addresses, 0 lines left out, 2 not replaced/);
		// Or they are replaced.
		const done = await sendRedirects(owner, file,
			{ seen: field(again.body, 'seen'), theirs: 'replace' });
		assert.equal(done.location, '/redirects?done=redirect-file');
		assert.equal(await leads('/kept/a'), '/');
		assert.equal(await leads('/kept/c'), '/corrections');
		assert.match(await log(), /4 addresses, 0 lines left out, 2 replaced/);
		assert.equal((await sendRedirects(editor, file,
			{ seen, theirs: 'replace' })).status, 403);
	});

test('what another site sends, and fields of no form, change nothing',
	async () => {
		const id = await write(reporter, 'Forged');
		const { status } = await editor.post(`/stories/${id}/publish`, {},
			{ headers: { 'sec-fetch-site': 'cross-site' } });
		assert.equal(status, 403);
		assert.equal((await editor.post(`/stories/${id}/publish`,
			{ status: 'published' })).status, 400);
		assert.equal((await editor.get('/stories/99999/publish')).status, 404);
		assert.equal((await editor.get('/stories/017/publish')).status, 404);
		await sleep(10);
		assert.match((await editor.get(`/stories/${id}/publish`)).body,
			/status off">Draft/);
	});

test('an old address that another story has meanwhile is told before publishing',
	async () => {
		const file = path.join(paper.dir, 'alias.md');
		const text = (title) => `---\ntitle: ${title}\ndraft: true\n` +
			'aliases: [/old/tide]\n---\n\nThe tide came.\n';
		fs.writeFileSync(file, text('First tide'));
		const first = /^Story (\d+)/.exec(paper.command('save', 'new', file))[1];
		fs.writeFileSync(file, text('Second tide'));
		const second = /^Story (\d+)/.exec(paper.command('save', 'new', file))[1];
		const told = async () =>
			(await owner.get(`/stories/${second}/publish`)).body;
		assert.doesNotMatch(await told(), /An address from before/);
		paper.command('publish', first);
		assert.match(await told(),
			/An address from before leads elsewhere by now[^]*<q><bdi>\/old\/tide</);
		// It is told, and hinders nobody.
		assert.equal((await step(owner, second, 'publish')).status, 303);
		assert.equal((await reader('/old/tide')).headers.location,
			await address(first));
	});
