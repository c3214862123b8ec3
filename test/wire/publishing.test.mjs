// SPDX-License-Identifier: MIT
//
// From the writer's desk to the readers, on a real server: each role, what it
// may not, a second pair of eyes, times over a change of the clock,
// corrections, withdrawals, the front page, its banner, and redirects.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Newsroom } from './newsroom.mjs';
import { sleep, until } from './paper.mjs';

let paper, owner, editor, reporter, money;

before(async () => {
	paper = await Newsroom.start({ stories: 6, zone: 'Europe/Berlin' });
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
	answer = await step(editor, id, 'schedule',
		{ date: '2031-10-26', time: '02:30' });
	assert.equal(answer.status, 422);
	assert.match(answer.body, /02:30 comes twice/);
	assert.match(answer.body, /2031-10-26T02:30:00\+02:00/);
	assert.match(answer.body, /2031-10-26T02:30:00\+01:00/);
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
		assert.match(await log(), /withdraw[^]*It was about another town/);
		answer = await step(editor, id, 'put-back');
		assert.equal(answer.status, 303, answer.body);
		page = await reader(path);
		assert.equal(page.status, 200);
	});

test('with a second pair of eyes nobody publishes what they wrote', async () => {
	const set = (form) => owner.post('/settings/publishing', form);
	assert.equal((await editor.post('/settings/publishing',
		{ eyes: '1' })).status, 403);
	assert.equal((await set({ eyes: '1', check_byline: '2' })).status, 303);
	try {
		const id = await write(editor, 'My own words');
		let { body } = await editor.get(`/stories/${id}/publish`);
		assert.match(body, /You saved this text yourself/);
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
		const unnamed = await write(editor, 'By nobody');
		await save(editor, unnamed, { headline: 'By nobody', authors: '',
			body: 'Nobody wrote it.' });
		await step(owner, unnamed, 'approve');
		assert.equal((await step(owner, unnamed, 'publish')).status, 409);
	} finally {
		assert.equal((await set({ check_byline: '1' })).status, 303);
	}
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
	const was = new URL(answer.location, paper.origin).searchParams.get('was');
	answer = await editor.post('/front/undo', { was });
	assert.equal(answer.status, 303);
	assert.match(answer.location, /done=undone/);
	assert.notEqual(lead((await reader('/')).body), 'Story number 3');
});

test('a banner is shown, and goes by itself', async () => {
	let answer = await editor.post('/front/banner',
		{ text: '', story: '', until: '' });
	assert.equal(answer.status, 422);
	answer = await editor.post('/front/banner',
		{ text: 'The dam breaks', story: '99999', until: '' });
	assert.equal(answer.status, 422);
	assert.match(answer.body, /There is no such story/);
	// Until in a moment, by the paper's clock, to the second.
	const when = new Date(Date.now() + 3000);
	const local = when.toLocaleString('sv-SE',
		{ timeZone: 'Europe/Berlin' }).replace(' ', 'T');
	answer = await editor.post('/front/banner',
		{ text: 'The dam breaks', story: '2', until: local });
	assert.equal(answer.status, 303, answer.body);
	assert.match((await reader('/')).body, /The dam breaks/);
	await until('the banner to go', async () =>
		!/The dam breaks/.test((await reader('/')).body), 6000);
	assert.ok(Date.now() >= Math.floor(when / 1000) * 1000 - 50);
	await editor.post('/front/banner', { text: 'Back again' });
	assert.match((await reader('/')).body, /Back again/);
	await editor.post('/front/banner', { off: '1' });
	assert.doesNotMatch((await reader('/')).body, /Back again/);
	assert.match(await log(), /banner/);
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
