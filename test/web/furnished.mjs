// SPDX-License-Identifier: MIT
//
// A newsroom with something on every screen, to be looked at by eyes and by
// programs: the demonstration newspaper with an owner, a staff, drafts,
// revisions, notes, pictures, redirects, and two years of gifts in its till.
//
//	const paper = await furnished();
//	for (const { name, path } of paper.screens) ...
//	await paper.stop();

import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { binary, Newsroom } from '../wire/newsroom.mjs';
import { sql } from '../wire/gifts.mjs';

const DAY = 86400000;

// Gifts of DAYS days up to today, one or more a day, by SQL, for there is no
// chain to see them on. The hashes say nothing.
function give(paper, days) {
	const today = Math.floor(Date.now() / DAY);
	const accounts = ['assets:bitcoin:batch 1', 'income:gifts:general',
		'income:gifts:campaign:press', 'income:gifts:story:/lighthouse'];
	const rows = [`INSERT INTO account (id, name) VALUES
		${accounts.map((name, i) => `(${i + 1}, '${name}')`)};`];
	let seq = 0;
	for (let ago = days; ago >= 0; ago--)
		for (let i = 0; i < 1 + ago % 3; i++) {
			const at = (today - ago) * DAY * 1000 + i * 3600000000;
			const credit = 2 + (ago + i) % 3;
			const sat = 20000 + (ago * 7919 + i * 104729) % 180000;
			const cents = Math.round(sat * 60000 / 1e6);
			const txid = `x'${crypto.createHash('sha256')
				.update(String(++seq)).digest('hex')}'`;
			rows.push(`INSERT INTO entry VALUES (${seq}, 1, ${at}, ${at},
				${txid}, 0, ${txid}, ${900000 + seq}, ${seq % 100}, 0, ${sat},
				1, ${credit}, 'EUR', 2, ${cents}, 6000000, 'fixed', ${at},
				${txid});
			INSERT INTO day VALUES (${today - ago}, ${credit}, 'EUR', ${sat},
				${cents}, 1) ON CONFLICT DO UPDATE SET
				amount = amount + ${sat}, money = money + ${cents},
				gifts = gifts + 1;
			INSERT INTO payment VALUES (${seq}, ${txid}, 0, ${seq % 100},
				${sat}, 0, ${at}, ${ago === 0 ? i % 2 : 2}, ${900000 + seq},
				${at}, 1, 0);`);
		}
	sql(paper, `BEGIN; ${rows.join('\n')}
		INSERT INTO balance SELECT account, sum(x), count(*) FROM
		(SELECT debit AS account, amount AS x FROM entry
		UNION ALL SELECT credit, -amount FROM entry) GROUP BY account;
		COMMIT;`);
}

// Many of the batch's addresses were handed out in the last weeks.
function handOut(paper, n, days) {
	const from = (Date.now() - days * DAY) * 1000;
	const step = Math.floor(days * DAY * 1000 / n);
	const rows = [];
	for (let i = 0; i < n; i++)
		rows.push(`INSERT INTO ask (token, leaf, is_shared, is_common, is_open,
			asked_us, kind, purpose, wanted, money, currency, decimals)
			SELECT randomblob(32), first + next + ${i}, 0, 0, ${i % 9 ? 0 : 1},
			${from + i * step}, 0, '', 0, 0, '', 0 FROM batch
			WHERE number = 1;`);
	sql(paper, `BEGIN; ${rows.join('\n')}
		UPDATE batch SET next = next + ${n} WHERE number = 1; COMMIT;`);
}

async function write(who, fields) {
	const { location } = await who.post('/stories/new',
		{ headline: fields.headline });
	const url = /^\/stories\/\d+/.exec(location)[0];
	await save(who, url, fields);
	return url;
}

async function save(who, url, fields) {
	const { body } = await who.get(url);
	const answer = await who.post(`${url}/save`,
		{ base: /name="base" value="(\d+)"/.exec(body)[1],
			authors: 'Ada Quay', ...fields });
	if (answer.status !== 303)
		throw new Error(`saving: ${answer.status} ${answer.body}`);
}

async function upload(who, file) {
	const head = '--BOUNDARY\r\nContent-Disposition: form-data; name="file"; ' +
		`filename="${file.split('/').pop()}"\r\nContent-Type: image/jpeg\r\n\r\n`;
	const body = Buffer.concat([Buffer.from(head), fs.readFileSync(file),
		Buffer.from('\r\n--BOUNDARY--\r\n')]);
	const answer = await who.request('POST', '/pictures/upload', { body,
		headers: { 'content-type': 'multipart/form-data; boundary=BOUNDARY',
			'content-length': body.length, accept: 'application/json',
			'sec-fetch-site': 'same-origin' } });
	if (answer.status !== 200)
		throw new Error(`picture: ${answer.status} ${answer.body}`);
}

// The first address of a link in the page at PATH that matches.
async function find(who, path, pattern) {
	const { body } = await who.get(path);
	const found = pattern.exec(body);
	if (!found)
		throw new Error(`no ${pattern} at ${path}: ${body}`);
	return found[1];
}

// A section that has come to an end, with a story in it.
async function closeOne(who) {
	const path = '/settings/sections';
	const rows = async () => {
		const { body } = await who.get(path);
		return [...body.matchAll(/name="(slug|name|place)_(\d+)" value="([^"]*)"/g)]
			.map(([, name, i, value]) => [`${name}_${i}`, value]);
	};
	await who.save(path, [...await rows(), ['new', 'Tide tables']]);
	await write(who, { headline: 'High water', section: 'Tide tables',
		body: 'At noon.' });
	const all = await rows();
	const [slug] = all.find(([, value]) => value === 'tide-tables');
	const { status } = await who.save(path,
		[...all, [slug.replace('slug', 'closed'), '1']]);
	if (status !== 303)
		throw new Error(`closing a section: ${status}`);
}

async function fill(paper) {
	const { ada } = paper;
	const rae = await paper.member(ada, { name: 'Rae Holt', login: 'rae',
		role: 4, sections: ['Harbour'] });
	await paper.member(ada, { name: 'Mo Tiller', login: 'mo', role: 6 });
	const { body } = await ada.post('/staff/invite',
		{ name: 'Nadia Brandt', role: '3', scope: 'all' });
	const join = new URL(/http:[^<"]*\/join\/[\w-]{43}/.exec(body)[0]).pathname;
	const url = await write(ada, { headline: 'The wall holds',
		standfirst: 'It was close.', section: 'Harbour',
		body: 'The sea rose on Monday.\n\n## The night\n\nThe wall held.' });
	await save(ada, url, { headline: 'The wall holds',
		standfirst: 'It was close.', section: 'Harbour',
		body: 'The sea rose on Sunday, higher than ever.\n\n## The night\n\n' +
			'The wall "held" -- at last.' });
	const page = await ada.get(url);
	const revision = /name="base" value="(\d+)"/.exec(page.body)[1];
	await ada.post(`${url}/notes`, { quote: 'higher than ever', revision,
		text: 'Who says so?' });
	const made = await ada.post(`${url}/links`,
		{ note: 'For the harbour master', days: '7' });
	const secret = /\/p\/[\w-]{43}/.exec(made.body)[0];
	const open = await write(rae, { headline: 'A boat with no name',
		authors: 'Rae Holt', section: 'Harbour', body: 'It lay there.' });
	await rae.post(`${open}/submit`, { revision: /name="revision" value="(\d+)"/
		.exec((await rae.get(`${open}/publish`)).body)[1], note: 'Please look.' });
	await upload(ada, 'test/pictures/harbour.jpg');
	await ada.post('/redirects', { from: '/old-page', to: '/about' });
	await closeOne(ada);
	await ada.save('/settings/people', { name: 'Ada Quay',
		about: 'Writes of walls and the sea.' });
	await ada.save('/settings/pages/ethics', { text: 'We take **no** gifts.' });
	return { url, secret, join, revision };
}

// What is no screen, though it answers a GET.
const notScreens = ['/', '/settings', '/money/export/:format', '/sign-in/challenge', '/again/challenge',
	'/account/passkeys/challenge',
	// Shown to who signs in anew after a form was sent too late.
	'/kept/:token',
	// A file.
	'/p/:token/pictures/:name'];

// Pages as readers see them, which other tests look at, in newsrooms' frames.
const readers = ['/stories/:id/page', '/front/preview', '/p/:token'];

// Every screen: { pattern, path, who }, WHO being the state that sees it.
async function screens({ ada, made: { url, secret, join, revision } }) {
	const picture = /href="(\/pictures\/\d+)"/
		.exec((await ada.get('/pictures')).body)[1];
	const full = {
		'/pictures': ['/pictures'],
		'/pictures/:id': [picture],
		'/account/second': ['/account/second'],
		'/again': ['/again'],
		'/account': ['/account'],
		'/staff': ['/staff'],
		'/staff/invite': ['/staff/invite'],
		'/staff/:id': ['/staff/1', '/staff/2'],
		'/audit': ['/audit'],
		'/stories': ['/stories', '/stories?q=nothing-of-the-kind'],
		'/stories/new': ['/stories/new'],
		'/stories/:id': [url],
		'/stories/:id/notes': [`${url}/notes`],
		'/stories/:id/revisions': [`${url}/revisions`],
		'/stories/:id/compare': [`${url}/compare?a=${revision - 1}&b=${revision}`],
		'/stories/:id/preview': [`${url}/preview`],
		'/stories/:id/page': [`${url}/page`],
		'/p/:token': [secret],
		'/stories/:id/publish': [`${url}/publish`, '/stories/1/publish'],
		'/calendar': ['/calendar'],
		'/front': ['/front'],
		'/front/preview': ['/front/preview'],
		'/redirects': ['/redirects'],
		'/settings/paper': ['/settings/paper?done=saved'],
		'/settings/sections': ['/settings/sections'],
		'/settings/people': ['/settings/people'],
		'/settings/people/:slug': ['/settings/people/ada-quay'],
		'/settings/pages': ['/settings/pages'],
		'/settings/pages/:name': ['/settings/pages/ethics'],
		'/settings/publishing': ['/settings/publishing'],
		'/settings/support': ['/settings/support'],
		'/health': ['/health'],
		'/steps': ['/steps'],
		'/money': ['/money'],
		'/money/ledger': ['/money/ledger'],
		'(no such)': ['/nothing'],
	};
	const other = {
		'/sign-in': ['nobody', '/sign-in'],
		'/join/:token': ['nobody', join],
		'/sign-in/code': ['half', '/sign-in/code'],
		'/first/:token': ['first', null],
	};
	return [
		...Object.entries(full).flatMap(([pattern, paths]) => paths.map(
			(path) => ({ pattern, path, who: 'full',
				isReaders: readers.includes(pattern) }))),
		...Object.entries(other).map(([pattern, [who, path]]) =>
			({ pattern, path, who, isReaders: false })),
	];
}

// The patterns of GET routes that are no screen of the list: there is none,
// unless somebody adds a route and not its screen.
export function forgotten(list) {
	const known = new Set([...notScreens, ...list.map((s) => s.pattern)]);
	return spawnSync(binary, ['probe', 'newsroom-routes'],
		{ encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
		.map((line) => line.split('\t'))
		.filter(([method, pattern]) => method === 'GET' && !known.has(pattern))
		.map(([, pattern]) => pattern);
}

export async function furnished() {
	const paper = await Newsroom.start({ demo: true, before: (p) => {
		give(p, 700);
		handOut(p, 900, 60);
	} });
	try {
		paper.ada = await paper.owner();
		paper.made = await fill(paper);
		paper.screens = await screens(paper);
	} catch (e) {
		await paper.stop();
		throw e;
	}
	// Another paper, which has no owner yet.
	paper.fresh = await Newsroom.start({ stories: 0 });
	paper.screens.find((s) => s.who === 'first').path = new URL(
		paper.fresh.command('newsroom', 'first-link').trim()).pathname;
	paper.half = paper.client();
	await paper.half.password(undefined, 'rae');
	const stop = paper.stop.bind(paper);
	paper.stop = async () => {
		await paper.fresh.stop();
		await stop();
	};
	return paper;
}

// The interface in the language LANG for the signed-in owner.
export async function speak(paper, lang) {
	const { status } = await paper.ada.post('/account/me',
		{ name: 'Ada Quay', lang });
	if (status !== 303)
		throw new Error(`language: ${status}`);
}

// A page of BROWSER in which SCREEN can be opened, and its address.
export async function enter(paper, browser, who, options = {}) {
	const context = await browser.newContext(options);
	const client = { full: paper.ada, half: paper.half }[who];
	if (client) {
		const [name, value] = client.cookie.split('=');
		await context.addCookies([{ name, value, domain: 'localhost', path: '/',
			secure: true, httpOnly: true, sameSite: 'Strict' }]);
	}
	const page = await context.newPage();
	page.origin = (who === 'first' ? paper.fresh : paper).origin;
	return page;
}

