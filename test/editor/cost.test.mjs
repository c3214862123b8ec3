// No text holds the browser up: what is hard to read is shown as Markdown, and
// what is not takes time by its length. Only relations are looked at, of the
// processor's time, the least of several rounds: machines differ, and others
// work on them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { isTooHard } from '../../web/editor/cost.js';
import { Source } from '../../web/editor/source.js';
import { hostile } from './bombs.mjs';

const root = new URL('../../', import.meta.url).pathname;
const LONGEST = 400000;
const ROUNDS = 5;

const sentence = 'The harbour wall broke at *noon*, and nobody saw it go while the ' +
	'tide came in over the [old quay](https://quay.example/), says a report. ';
const prose = (n) => `${sentence.repeat(5)}\n\n`
	.repeat(Math.ceil(n / sentence.length / 5)).slice(0, n);

// Microseconds of processor for what the page does when it opens TEXT.
function time(text) {
	const start = process.cpuUsage();

	if (!isTooHard(text)) {
		const source = new Source(text);

		source.write(source.doc);
	}
	const { user, system } = process.cpuUsage(start);

	return user + system;
}

// HOLDS, given the least times of the texts, in one of the rounds.
function inTime(texts, holds, what) {
	const least = texts.map(() => Infinity);

	for (let i = 0; i < ROUNDS && !(i > 0 && holds(...least)); i++)
		texts.forEach((text, k) => {
			least[k] = Math.min(least[k], time(text));
		});
	assert.ok(holds(...least), `${what}: ${least.join(', ')} us`);
}

test('twice the text takes twice the time, whatever it is', () => {
	for (const { name, make } of hostile)
		inTime([make(12000), make(24000), prose(20000)],
			(one, two, plain) => two <= 2.5 * one + plain, name);
});

test('what is read at all takes not much longer than the longest plain text', () => {
	const plain = prose(LONGEST / 4);

	for (const { name, make } of hostile) {
		let few = 16;
		let many = LONGEST;

		while (many - few > few / 2) {
			const half = (few + many) >> 1;

			if (isTooHard(make(half)))
				many = half;
			else
				few = half;
		}
		inTime([make(few), plain], (taken, quarter) => taken < 20 * quarter,
			`${name}, ${few} characters`);
	}
});

test('what people write is not too hard', () => {
	const link = (i) => `[Report ${i}](https://archive.example/reports/2026/${i}.html)`;
	const each = (n, make) => Array.from({ length: n }, (_, i) => make(i)).join('');
	const texts = {
		'the longest prose': prose(LONGEST),
		'a paragraph with a hundred links': each(100, (i) => `${link(i)}, `),
		'a list of a thousand': each(1000, (i) => `- ${link(i)}\n`),
		'a numbered list of a thousand': each(1000, (i) => `${i + 1}. ${link(i)}\n`),
		'a list in a list': each(300, (i) => `- Part ${i}\n    - ${link(i)}\n\n`),
		'a table': `| Where | Votes |\n|---|--:|\n${each(500, (i) =>
			`| ${link(i)} | **${i}** |\n`)}`,
		'references': `See [1] and [2].\n\n${each(150, (i) =>
			`[${i}]: https://archive.example/reports/2026/${i}.html "Report ${i}"\n`)}`,
		'notes': each(300, (i) => `Said[^${i}] so.\n\n[^${i}]: ${sentence}\n\n`),
		'a program': `~~~\n${each(3000, (i) => `\tif (a[${i}] < *b && c_d)\n`)}~~~\n`,
		'quoted': each(300, () => `> > ${sentence}\n>\n`),
	};

	for (const [name, text] of Object.entries(texts))
		assert.equal(isTooHard(text), false, name);
	const files = spawnSync('git', ['ls-files', '-z', '*.md'],
		{ cwd: root, encoding: 'utf8' }).stdout.split('\0').filter(Boolean);

	assert.ok(files.length > 50);
	for (const file of files)
		assert.equal(isTooHard(fs.readFileSync(root + file, 'utf8')), false, file);
});
