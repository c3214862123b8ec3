// SPDX-License-Identifier: MIT
//
// The treasurer's screens and the settings of support, which lie in the till:
// with no till, when one comes, and when it dies.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fs from 'node:fs';
import { ask, install, newKey, sign, sql } from './gifts.mjs';
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
	assert.match(body, /Not known: no node has been heard of yet/);
	assert.doesNotMatch(body, /Nothing is wrong/);
	assert.match(body, /farthing ledger DIR export bip329/);
	assert.match((await ada.get('/steps')).body,
		/done<\/span> <a href="\/money"/);
});

test('a watch that nothing in the settings asks for is not missed', async () => {
	const { status, body } = await ada.get('/health');
	assert.equal(status, 200);
	assert.match(body, /Till<\/th>/);
	assert.doesNotMatch(body, /Watch on the chain/);
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

test('the paper’s own addresses may stand in a story, and no others',
	async () => {
		const addresses = paper.run('batch', 'show', paper.batch, '--addresses')
			.match(/bcrt1q[a-z0-9]+/g);
		const { location } = await ada.post('/stories/new', { headline: 'Own' });
		const [url] = /^\/stories\/\d+/.exec(location);
		const checked = async (body) => {
			const page = await ada.get(url);
			const answer = await ada.post(`${url}/save`, { headline: 'Own', body,
				base: /name="base" value="(\d+)"/.exec(page.body)[1] });
			assert.equal(answer.status, 303, answer.body);
			return (await ada.get(`${url}/publish`)).body;
		};
		const not = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
		assert.match(await checked(`Give to ${not}.`), /is not the paper’s/);
		assert.doesNotMatch(await checked(`Give to ${addresses[0]}, or ` +
			`[here](bitcoin:${addresses[5].toUpperCase()}).`),
		/is not the paper’s/);
		assert.match(await checked(`Give to ${addresses[0]} or ${not}.`),
			new RegExp(`<q><bdi>${not}`));
		await checked(`Give to ${addresses[1]}.`);
		const { body } = await ada.get(`${url}/publish`);
		assert.equal((await ada.post(`${url}/publish`, { revision:
			/name="revision" value="(\d+)"/.exec(body)[1] })).status, 303);
	});

test('they may stand in the words of a picture, too, and no others', async () => {
	const addresses = paper.run('batch', 'show', paper.batch, '--addresses')
		.match(/bcrt1q[a-z0-9]+/g);
	const picture = fs.readFileSync('test/pictures/harbour.jpg');
	const body = Buffer.concat([Buffer.from('--B\r\nContent-Disposition: ' +
		'form-data; name="file"; filename="a.jpg"\r\n\r\n'), picture,
	Buffer.from('\r\n--B--\r\n')]);
	const sent = await ada.request('POST', '/pictures/upload', { body,
		headers: { 'content-type': 'multipart/form-data; boundary=B',
			accept: 'application/json', 'sec-fetch-site': 'same-origin' } });
	const [{ id }] = JSON.parse(sent.body).pictures;
	const save = async (caption) => ada.post(`/pictures/${id}/save`, { caption,
		base: /name="base" value="(\d+)"/.exec(
			(await ada.get(`/pictures/${id}`)).body)[1],
		credit: '', creator: '', alt: '', rights: '', expires: '', x: 50, y: 50 });
	const not = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
	const no = await save(`Give to ${addresses[3]} or ${not}`);
	assert.equal(no.status, 422);
	assert.match(no.body, new RegExp(`<q><bdi>${not}`));
	// Now unknown to the newsroom and asked of the till, then known.
	for (const caption of [`Give to ${addresses[7]}`, `To ${addresses[7]}`])
		assert.equal((await save(caption)).status, 303);
	assert.match((await ada.get(`/pictures/${id}`)).body,
		new RegExp(`To ${addresses[7]}</textarea>`));
});

// What the newsroom says to ADA in the language LANG at PATH.
async function inLanguage(lang, path) {
	await ada.post('/account/me', { name: 'Ada Quay', lang });
	const { body } = await ada.get(path);
	await ada.post('/account/me', { name: 'Ada Quay', lang: 'en' });
	return body;
}

test('an alarm is told in the language of whoever looks', async () => {
	for (const path of ['/money', '/health']) {
		const ko = await inLanguage('ko', path);
		assert.match(ko, /묶음 1의 주소가 5분의 1 이하로 남았습니다/, path);
		const ar = await inLanguage('ar', path);
		assert.match(ar, /بقي خُمس عناوين الدفعة 1 أو أقل/, path);
		assert.doesNotMatch(ko + ar, /a fifth of the addresses/, path);
	}
});

test('the pace of addresses is told once the batch is a day old', async () => {
	assert.doesNotMatch((await money()).body, /addresses were handed out/);
	sql(paper, `DROP TRIGGER batch_never_back;
		UPDATE batch SET installed_us = installed_us - 4 * 86400000000`);
	const { body } = await money();
	assert.match(body, /In the last 4 days 17 addresses were handed out\. At that pace those of the newest batch last until /);
});

const row = (body, name) => new RegExp(`<tr><th scope="row">${name}</th>` +
	'<td><span class="status (\\w+)">[^<]*</span></td>' +
	'<td>(.*?)</td><td class="number">(\\d+)</td>').exec(body)?.slice(1);

test('a process that is killed is seen, and its coming back, too', async () => {
	const names = { 'Readers’ pages 1': 'reader', Till: 'till',
		'Vault of passwords': 'vault', 'Darkroom of pictures': 'darkroom' };
	assert.equal(row((await ada.get('/health')).body, 'Supervisor of all others')[0], 'good');
	for (const [name, process_] of Object.entries(names)) {
		const before = row((await ada.get('/health')).body, name);
		assert.equal(before[0], 'good', name);
		assert.match(before[1], /<time/);
		process.kill(paper.processes(process_)[0], 'SIGKILL');
		await until(`${name} again`, async () => {
			const now = row((await ada.get('/health')).body, name);
			return now?.[0] === 'good' && Number(now[2]) === Number(before[2]) + 1;
		}, 15000);
	}
	await until('the till', async () => (await money()).status === 200, 15000);
});

test('the settings of support are before readers as soon as they are saved', async () => {
	const was = await form();
	assert.match(was.seen, /^\d+(\.[0-9a-f]{16})+$/);
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
	const was = await form();
	// As programs before this one wrote it.
	const { seen, ...all } = was;
	const lines = ['currency', ...Object.keys(all).filter((k) =>
		k !== 'currency')].flatMap((key) => (all[key] ?? '').split('\n')
		.filter((line) => line || key === 'text')
		.map((line) => `${key} = ${line}`));
	const file = `${paper.dir}/settings.txt`;
	fs.writeFileSync(file, [...lines, 'call = We live on this.', ''].join('\n'));
	paper.command('support', '--file', file);
	assert.ok(seen);
	assert.equal((await ada.post('/settings/support',
		{ ...was, title: 'Another title' })).status, 303);
	assert.match(paper.command('support'), /title = Another title/);
	assert.match((await ada.get('/settings/support')).body,
		/kept as they are[^]*<pre[^>]*>call = We live on this\./);
});

test('rates are chosen in the newsroom: who is asked, and when one is believed',
	async () => {
		const was = await form();
		assert.equal(was.rate_sources, undefined);
		const { status } = await ada.post('/settings/support', { ...was,
			rate_sources: 'off', rate_sources_least: '3',
			rate_band_percent: '7', rate_jump_percent: '30',
			rate_stale_minutes: '90', quote_minutes: '45', window: '300',
			window_days: '20', network_most: '5', unverified_minutes: '60' });
		assert.equal(status, 303);
		const said = paper.command('support');
		for (const line of ['rate_sources = off', 'rate_sources_least = 3',
			'rate_band_percent = 7', 'rate_jump_percent = 30',
			'rate_stale_minutes = 90', 'quote_minutes = 45', 'window = 300',
			'window_days = 20', 'network_most = 5', 'unverified_minutes = 60'])
			assert.ok(said.includes(line), line);
		for (const bad of ['http://127.0.0.1/', 'mtgox', 'coinbase\nrate = 1'])
			assert.equal((await ada.post('/settings/support',
				{ ...await form(), rate_sources: bad })).status, 422, bad);
		const log = (await ada.get('/audit')).body;
		assert.match(log, /rate_sources = off, rate_sources_least = 3/);
		// Where a node is asked has no field, and the page says why.
		const { body } = await ada.get('/settings/support');
		assert.match(body, /node = http:\/\/USER:PASSWORD@127\.0\.0\.1:8332/);
		assert.match(body, /believe a node that lies/);
		for (const name of ['node', 'rate_source', 'socks5'])
			assert.equal((await ada.post('/settings/support',
				{ ...was, [name]: 'http://127.0.0.1:1' })).status, 400, name);
		await ada.post('/settings/support', { ...await form(), rate_sources: '',
			rate_sources_least: '2' });
		assert.doesNotMatch(paper.command('support'), /rate_sources =/);
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
	assert.equal(status, 409);
	assert.match(body, /A command on the server changed this meanwhile/);
	assert.match(body, /value="From the browser"/);
	assert.match(body, /id="t-title">[^]*?From the shell/);
	assert.match(paper.command('support'), /title = From the shell/);
	// What another field says is put together with it.
	const other = await ada.post('/settings/support', { ...was, delay_days: '9' });
	assert.equal(other.status, 303);
	assert.match(paper.command('support'), /title = From the shell/);
	assert.match(paper.command('support'), /delay_days = 9/);
	// Sent again, it is sent knowingly.
	const seen = /name="seen" value="([^"]+)"/.exec(body)[1];
	assert.equal((await ada.post('/settings/support',
		{ ...was, seen, title: 'From the browser' })).status, 303);
	assert.match(paper.command('support'), /title = From the browser/);
	paper.command('support', 'title', 'From the shell');
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
