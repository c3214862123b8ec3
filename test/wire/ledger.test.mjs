// SPDX-License-Identifier: MIT
//
// Whoever has /support/ledger.json, and nothing else, finds every figure of
// /support/ledger. The book is one of more years than the page lists months.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { afterEach, test } from 'node:test';
import { paperWithBatch, sql } from './gifts.mjs';
import { until } from './paper.mjs';

let paper;
afterEach(async () => {
	if (paper?.child)
		await paper.stop();
	else if (paper)
		fs.rmSync(paper.dir, { recursive: true });
	paper = null;
});

const DAY = 86400000;
const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// By the file's "formula", from its basis.
function recompute({ since, as_of: asOf, opening, costs, months, earlier }) {
	const rows = [...months, ...earlier ? [earlier] : []];
	const sum = (name) => rows.reduce((n, row) => n + row[name], 0);
	const monthly = costs.reduce((n, cost) => n + cost.month, 0);
	const given = sum('worth');
	return {
		given, monthly_costs: monthly,
		total_gifts: sum('gifts'), total_sat: sum('sat'),
		cost_of_a_day: Math.round(monthly * 12 / 365),
		used: Math.floor(monthly * 12 *
			Math.max(0, dayOf(asOf) + 1 - dayOf(since)) / 365),
		funded_until: dayText(dayOf(since) +
			Math.floor((opening + given) * 365 / (monthly * 12))),
	};
}

// The page's figures, in the file's words.
function shown(html) {
	const cents = (text) => Math.round(Number(text.replace(/[€,]/g, '')) * 100);
	const sats = (text) =>
		Math.round(Number(text.replace(/[^0-9.]/g, '')) * 1e8);
	const number = (text) => Number(text.replaceAll(',', ''));
	const row = (name) => new RegExp(`<dt>${name}.*?</dt> <dd>.*?>([^<]*)<`)
		.exec(html)?.[1];
	const cells = (line) =>
		[...line.matchAll(/<td class="end">(?:<bdi[^>]*>)?([^<]*)/g)]
			.map((m) => m[1]);
	const rows = [...html.matchAll(/<tr><th scope="row">[^]*?<\/tr>/g)]
		.map((m) => cells(m[0])).map(([gifts, coin, worth]) => ({
			gifts: gifts === '–' ? 0 : number(gifts), sat: sats(coin),
			worth: cents(worth) }));
	return {
		rows: rows.slice(0, -1), total: rows.at(-1),
		as_of: /up to and including <time datetime="([^"]*)"/.exec(html)[1],
		funded_until: /funded until <time datetime="([^"]*)"/.exec(html)?.[1],
		opening: cents(row('In hand at the start')),
		given: cents(row('Given')), used: cents(row('Used from')),
		monthly_costs: cents(row('Cost of a month')),
		cost_of_a_day: cents(row('Cost of a day')),
		since: /<dt>The count began on<\/dt> <dd><time datetime="([^"]*)"/
			.exec(html)[1],
		delay: /Gifts are shown <bdi>(\d+ days?)<\/bdi> after/.exec(html)?.[1],
	};
}

// GIFTS of some days ago in the book of a paper that is not being served.
function book(paper, gifts) {
	const today = Math.floor(Date.now() / DAY);
	sql(paper, `INSERT INTO account (name) VALUES
		('income:gifts:general'), ('income:gifts:campaign:press')
		ON CONFLICT DO NOTHING; ${gifts.map(([ago, sat, cents, account]) =>
		`INSERT INTO day (day, account, currency, amount, money, gifts)
		SELECT ${today - ago}, id, 'EUR', ${sat}, ${cents}, 7 FROM account
		WHERE name = 'income:gifts:${account ?? 'general'}';`).join('')}`);
}

async function read(settings, gifts) {
	paper = await paperWithBatch();
	paper.command('support', 'currency', 'EUR');
	for (const [key, value] of Object.entries(settings))
		paper.command('support', key, value);
	book(paper, gifts);
	await paper.serve();
	await until('support', async () =>
		(await paper.get('/support')).status === 200);
	const { body: html } = await paper.get('/support/ledger');
	const { body: json } = await paper.get('/support/ledger.json');
	return { page: shown(html.toString()), file: JSON.parse(json),
		html: html.toString() };
}

function same({ page, file }) {
	const computed = recompute(file);
	for (const [name, value] of Object.entries(computed)) {
		assert.deepEqual(file[name], value, `the file's ${name}`);
		if (page[name] !== undefined)
			assert.deepEqual(page[name], value, `the page's ${name}`);
	}
	assert.equal(page.opening, file.opening);
	assert.equal(page.since, file.since);
	assert.equal(page.as_of, file.as_of);
	assert.deepEqual(page.rows,
		[...file.months, ...file.earlier ? [file.earlier] : []].map(({ gifts, sat, worth }) => ({ gifts, sat, worth })));
	assert.deepEqual(page.total, { gifts: computed.total_gifts,
		sat: computed.total_sat, worth: computed.given });
}

test('a hundred months are all in the file, one by one or in a sum', async () => {
	const gifts = [];
	for (let i = 0; i < 100; i++)
		gifts.push([3 + 31 * i, 123456 + 1000 * i, 7777 + 10 * i]);
	gifts.push([40, 500000, 30000, 'campaign:press']);
	const start = dayText(Math.floor(Date.now() / DAY) - 3200);
	const got = await read({ start, opening: '123.45', delay_days: '2',
		round: '1.00', round_btc: '0.00001', cost: '77.77 Rent',
		campaign: `press 500.00 ${start} 2099-12-31 A new press` }, gifts);
	assert.ok(got.file.months.length === 60 && got.file.earlier.months > 30);
	same(got);
	assert.equal(got.page.delay, '2 days');
	assert.equal(got.file.as_of,
		dayText(Math.floor(Date.now() / DAY) - 2));
	assert.deepEqual(got.file.campaigns.map(({ id, goal, reached, to }) =>
		[id, goal, reached, to]), [['press', 50000, 30000, '2099-12-31']]);
	assert.match(got.html, /€300<\/bdi> of <bdi[^>]*>€500/);
	assert.match(got.html, /Until <time datetime="2099-12-31">/);
});

test('a few gifts, none of them late', async () => {
	const start = dayText(Math.floor(Date.now() / DAY) - 30);
	const got = await read({ start, delay_days: '0', round: '0.01',
		round_btc: '0.00000001', cost: '100.00 Rent' },
	[[0, 12345, 1234], [1, 100, 10]]);
	same(got);
	assert.equal(got.page.delay, undefined);
	assert.equal(got.page.as_of, dayText(Math.floor(Date.now() / DAY)));
	assert.equal(got.file.given, 1244);
});
