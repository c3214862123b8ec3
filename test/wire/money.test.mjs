// SPDX-License-Identifier: MIT
//
// The treasurer's screens and the settings of support, which lie in the till:
// with no till, when one comes, and when it dies.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, install, newKey, sign } from './gifts.mjs';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';

let paper, ada, tom, eve;

before(async () => {
	paper = await Newsroom.start({ stories: 2 });
	ada = await paper.owner();
	tom = await paper.member(ada, { name: 'Tom', login: 'tom', role: 6 });
	eve = await paper.member(ada, { name: 'Eve', login: 'eve', role: 4 });
});
after(() => paper.stop());

const money = () => ada.get('/money');

// The form as it stands: names and values.
async function form() {
	const { status, body } = await ada.get('/settings/support');
	assert.equal(status, 200);
	const all = {};
	for (const [, name, value] of body.matchAll(
		/<input type="(?:text|hidden)"[^>]* name="(\w+)"[^>]*? value="([^"]*)"/g))
		all[name] = value;
	for (const [, name, value] of body.matchAll(
		/<textarea[^>]* name="(\w+)"[^>]*>\n([^<]*)<\/textarea>/g))
		all[name] = value;
	return all;
}

test('a paper without a till works, and says how to begin', async () => {
	const { status, body } = await money();
	assert.equal(status, 200);
	assert.match(body, /takes no support yet/);
	assert.match(body, /farthing batch install/);
	assert.equal((await ada.get('/money/ledger')).status, 404);
	assert.match((await ada.get('/settings/support')).body, /takes no support yet/);
	assert.equal((await ada.post('/settings/support', { title: 'x' })).status, 404);
	assert.equal((await ada.get('/health')).status, 200);
});

test('a batch comes, and the treasurer sees it', async () => {
	paper.key = newKey(paper, 'paper.key');
	paper.batch = sign(paper, paper.key, { count: 24, shared: 4 });
	install(paper, paper.batch, '--key', `${paper.key}.pub`);
	await until('the till', async () => /Readers are given addresses/
		.test((await money()).body));
	const { body } = await money();
	assert.match(body, /20 of 20/);
	assert.match(body, /regtest/);
	assert.match(body, /for tests: its coins are worth nothing/);
	assert.match(body, /Nothing has come in/);
	assert.match(body, /farthing ledger DIR export bip329/);
	assert.match((await ada.get('/steps')).body,
		/done<\/span> <a href="\/money"/);
});

test('addresses that are handed out are counted, and few left are told', async () => {
	for (let i = 0; i < 17; i++)
		await until('an address', async () => (await ask(paper, undefined,
			{ 'x-forwarded-for': `198.51.${i}.7` })).status === 303);
	const { body } = await money();
	assert.match(body, /3 of 20/);
	assert.match(body, /20 % or less are left/);
	assert.match(body, /nothing paid<\/th><td class="number">17</);
	await until('the alarm', async () =>
		/status wait">warning/.test((await money()).body));
	assert.match((await ada.get('/health')).body, /needs? attention/);
});

test('the settings of support are before readers as soon as they are saved', async () => {
	const was = await form();
	assert.match(was.seen, /^[0-9a-f]{64}$/);
	const { status, location, body } = await ada.post('/settings/support', { ...was,
		title: 'Keep the Wire humming', currency: 'EUR',
		text: 'We live on *this*.\n\nAnd on nothing else.',
		cost: '1200.00 Rent\n300.00 Paper', start: '2026-11-01',
		opening: '1000.00', amount: '5.00 a coffee\n',
		campaign: 'new-press 2500.00 2026-11-01 2099-01-31 A new press' });
	assert.equal(status, 303, body.match(/<p class="fault"[^>]*>.*/)?.[0]);
	assert.equal(location, '/settings/support?done=saved');
	await until('the title', async () => /Keep the Wire humming/
		.test((await paper.get('/support')).body.toString()));
	const now = await form();
	assert.equal(now.cost, '1200.00 Rent\n300.00 Paper');
	assert.equal(now.text, 'We live on *this*.\n\nAnd on nothing else.');
	assert.match(paper.command('support'), /cost = 300.00 Paper/);
	assert.match((await money()).body, /funded until/);
});

test('lines that the form does not have are kept', async () => {
	paper.command('support', 'quote_minutes', '45');
	const was = await form();
	await ada.post('/settings/support', { ...was, title: 'Another title' });
	assert.match(paper.command('support'), /quote_minutes = 45/);
	assert.match(paper.command('support'), /title = Another title/);
	assert.match((await ada.get('/settings/support')).body, /quote_minutes = 45/);
});

test('a fault is told beside its field, and nothing is kept', async () => {
	const was = await form();
	for (const [field, value] of [['cost', 'much Rent'], ['start', 'yesterday'],
		['confirm', '0.001 none'], ['currency', 'euro'], ['rate', 'high'],
		['title', 'pay to bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080']]) {
		const { status, body } = await ada.post('/settings/support',
			{ ...was, [field]: value });
		assert.equal(status, 422, field);
		assert.match(body, new RegExp(`id="x-${field}">This is not understood`), field);
		assert.match(body, /Another title|pay to/);
	}
	assert.match(paper.command('support'), /title = Another title/);
});

test('nobody overwrites what they have not seen', async () => {
	const was = await form();
	paper.command('support', 'title', 'From the shell');
	const { status, body } = await ada.post('/settings/support',
		{ ...was, title: 'From the browser' });
	assert.equal(status, 422);
	assert.match(body, /Somebody else has changed/);
	assert.match(body, /value="From the browser"/);
	assert.match(paper.command('support'), /title = From the shell/);
});

test('no field says where money goes, and none can be added', async () => {
	const was = await form();
	for (const name of ['address', 'key', 'batch', 'descriptor', 'others'])
		assert.equal((await ada.post('/settings/support',
			{ ...was, [name]: 'bcrt1q' })).status, 400, name);
	assert.equal((await ada.post('/settings/support', was,
		{ headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
	// A line break in a field of one line does not make another setting.
	const { status } = await ada.post('/settings/support',
		{ ...was, title: 'One\ncurrency = USD' });
	assert.equal(status, 422);
	assert.match(paper.command('support'), /title = From the shell/);
});

test('the treasurer reads and changes nothing; a reporter does not even read', async () => {
	assert.equal((await tom.get('/money')).status, 200);
	assert.equal((await tom.get('/money/ledger')).status, 200);
	assert.equal((await tom.get('/health')).status, 200);
	for (const path of ['/settings', '/settings/support', '/settings/paper', '/steps'])
		assert.equal((await tom.get(path)).status, 403, path);
	for (const path of ['/settings/support', '/settings/paper', '/settings/sections',
		'/settings/people', '/settings/pages/about', '/steps/hide'])
		assert.equal((await tom.post(path)).status, 403, path);
	for (const path of ['/money', '/money/ledger', '/health', '/settings/support'])
		assert.equal((await eve.get(path)).status, 403, path);
	assert.equal((await ada.post('/money')).status, 405);
});

test('the ledger is paged by key', async () => {
	const { status, body } = await ada.get('/money/ledger');
	assert.equal(status, 200);
	assert.match(body, /No entry yet/);
	for (const before of ['x', '-1', '99999999999999999999'])
		assert.equal((await ada.get(`/money/ledger?before=${before}`)).status, 404);
});

test('a till that dies is missed by nobody else, and comes back', async () => {
	const [pid] = paper.processes('till');
	process.kill(pid, 'SIGSTOP');
	const silent = await money();
	assert.equal(silent.status, 503);
	assert.match(silent.body, /The till does not answer now/);
	assert.match((await ada.get('/health')).body, /The till does not answer now/);
	process.kill(pid, 'SIGKILL');
	await until('the till', async () => (await money()).status === 200, 15000);
	assert.match((await ada.get('/health')).body, /Till<\/th>/);
});
