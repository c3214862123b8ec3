// SPDX-License-Identifier: MIT
//
// Texts of a megabyte that are meant to cost much: what makes readers of
// Markdown explode, and what looks like an address for coins at every letter.
// Each is previewed, looked through before publishing, published and read; it
// costs some times what prose of that length does and no more, everybody else
// is answered meanwhile, and no process is started anew.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Newsroom } from './newsroom.mjs';
import { sleep, until } from './paper.mjs';

const SIZE = 1000000;
const TIMES = 25; // a hundred and more if the work grew with the square

const half = (part) => part.repeat(Math.floor(SIZE / 2 / part.length));
const full = (part) => half(part) + half(part);
// Parts that are numbered, as many as fit into HALVES halves.
const numbered = (part, halves = 2) => {
	let text = '';
	for (let n = 1; text.length < SIZE / 2 * halves; n++)
		text += part(n);
	return text.slice(0, SIZE / 2 * halves);
};

const prose = full('The sea rose, and the wall held. It rained for days.\n\n');
const bombs = {
	'quotations in quotations': full('>'),
	'quotations and lists': half('> - ') + half('x\n'),
	'quotations that go on': half('>') + half('a\n'),
	'lists in lists': full('- '),
	'lists by indenting': numbered((n) => `${' '.repeat(n)}- a\n`),
	'numbers': half('1. ') + half('a\n'),
	'brackets': full('['),
	'brackets that are links': half('[') + half('](a)'),
	'pictures in pictures': full('!['),
	'links that do not end': full('[a](<b'),
	'titles that do not end': full('[x](y "'),
	'stars': full('*a_ '),
	'stars and links': full('**x [a*b**c*](d)'),
	'backticks': full('`a'),
	'backticks, ever more': numbered((n) => `${'`'.repeat(n)}a`),
	'tables': full('a|b\n-|-\n'),
	'a wide table': `${half('|a')}\n${half('|-')}`,
	'short rows': `|a|b|c|d|e|f|g|h\n|-|-|-|-|-|-|-|-\n${half('a\n')}`,
	'footnotes': half('[^a]: b\n\n') + half('[^a] '),
	'many footnotes': numbered((n) => `[^${n}] `, 1) +
		numbered((n) => `\n\n[^${n}]: b`, 1),
	'definitions': numbered((n) => `[a${n}]: b\n`, 1) +
		numbered((n) => `[a${n}] `, 1),
	'tags that do not end': full('<a b=\''),
	'comments that do not end': full('a<!-- '),
	'sections that do not end': full('a<![CDATA['),
	'references': full('&a'),
	'languages': full('[a]{lang=de}'),
	'quotation marks': full('\'"a'),
	'addresses of ones': full('1'),
	'addresses of fours': full('4'),
	'addresses of invoices': full(`sp1${'q'.repeat(120)}`),
};

let paper, ada, began, costs, others;

before(async () => {
	paper = await Newsroom.start({ stories: 1, conf: 'requests_burst = 20000\n' });
	ada = await paper.owner();
	const bo = await paper.member(ada, { name: 'Bo Reed', login: 'bo', role: 3 });
	began = processes();
	costs = await look(await write('Prose', prose));
	others = [keepAsking(bo, '/account'), keepAsking(paper, '/')];
});
after(async () => {
	await Promise.all(others.map((one) => one.stop()));
	await paper.stop();
});

const processes = () => ['newsroom', 'reader']
	.flatMap((word) => paper.processes(word).sort());

// Processor time of the newsroom, in ticks: no other program counts.
function ticks() {
	const [pid] = paper.processes('newsroom');
	const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
	const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12);
	return Number(user) + Number(system);
}

// A story of that TEXT; its address.
async function write(headline, text) {
	const { location } = await ada.post('/stories/new',
		{ headline, section: 'World' });
	const [url] = /^\/stories\/\d+/.exec(location);
	const { body } = await ada.get(url);
	const value = (name) =>
		new RegExp(`name="${name}" value="([^"]*)"`).exec(body)[1];
	const { json } = await ada.send(`${url}/save`, { headline, section: 'World',
		authors: 'Ada Quay', base: value('base'), tab: value('tab'), body: text });
	assert.equal(json.status, 'saved', headline);
	return url;
}

// What it costs to look at it: as the page it will be, and before publishing.
async function look(url) {
	const began = ticks();
	for (const screen of ['page', 'publish'])
		assert.equal((await ada.get(`${url}/${screen}`)).status, 200, screen);
	return ticks() - began;
}

// Somebody who asks for TARGET again and again.
function keepAsking(client, target) {
	const one = { count: 0, wrong: [], isRunning: true };
	one.ended = (async () => {
		while (one.isRunning) {
			const { status } = await client.get(target);
			if (status !== 200)
				one.wrong.push(status);
			one.count++;
			await sleep(2);
		}
	})();
	one.answered = async () => {
		const was = one.count;
		await until(`an answer to ${target}`, () => one.count > was + 1, 60000);
	};
	one.stop = () => {
		one.isRunning = false;
		return one.ended;
	};
	return one;
}

async function publish(url) {
	const page = (await ada.get(`${url}/publish`)).body;
	const { status, location } = await ada.post(`${url}/publish`,
		{ revision: /name="revision" value="(\d+)"/.exec(page)[1] });
	assert.equal(status, 303);
	assert.match(location, /done=published/);
	const [, target] = /href="https:\/\/wire\.example(\/[^"]+)"/.exec(
		(await ada.get(location)).body);
	const answer = await paper.get(target);
	assert.equal(answer.status, 200);
	assert.ok(answer.body.length > 1000);
	assert.equal((await paper.get('/feed.json')).status, 200);
}

for (const [what, text] of Object.entries(bombs))
	test(`${what} cost some times what prose does, and hold nobody up`,
		async () => {
			const url = await write(what, text);
			let ratio = Infinity;
			for (let tries = 0; tries < 2 && ratio > TIMES; tries++)
				ratio = Math.min(ratio, await look(url) / (costs + 1));
			assert.ok(ratio <= TIMES, `${ratio} times as much`);
			await publish(url);
			await Promise.all(others.map((one) => one.answered()));
			assert.deepEqual(others.map(({ wrong }) => wrong), [[], []]);
			assert.deepEqual(processes(), began);
			assert.doesNotMatch(paper.said, /has hung/);
		});
