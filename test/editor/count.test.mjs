// Words, characters and quotation marks as the program counts and sets them:
// the editor's script has its own count.js and quotes.js, which must agree.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { countDoc } from '../../web/editor/count.js';
import { quotesOf, setQuote } from '../../web/editor/quotes.js';
import { docOf, readBlocks } from '../../web/editor/read.js';

const root = new URL('../../', import.meta.url).pathname;
const farthing = `${root}build/release/farthing`;

function probe(kind, input) {
	const done = spawnSync(farthing, ['probe', kind, '-'], { input, encoding: 'utf8' });

	assert.equal(done.status, 0, done.stderr);
	return done.stdout;
}

const bodyOf = (text) => text.replace(/^---\n[^]*?\n---\n/, '');

function counts(body) {
	const { words, characters } = countDoc(docOf(readBlocks(body)));

	return `${words} words, ${characters} characters\n`;
}

test('a text is as long in the editor as it is for the program', () => {
	const seen = new Set();

	for (const dir of ['test/proof/clean', 'test/proof/faulty'])
		for (const name of fs.readdirSync(root + dir)) {
			if (!name.endsWith('.md') || name === 'README.md')
				continue;
			const text = fs.readFileSync(`${root}${dir}/${name}`, 'utf8');

			seen.add(name.slice(0, 2));
			assert.equal(counts(bodyOf(text)), probe('count', text), name);
		}
	for (const lang of ['en', 'es', 'fr', 'de', 'ru', 'ar', 'ko', 'ja', 'zh'])
		assert.ok(seen.has(lang), lang);
});

test('and so is what is rare in one', () => {
	for (const body of ['don’t well-known U.S. 3.5 e.g. a/b a_b x² ½ １２',
		'word[^1]word ten[^2].\n\n[^1]: a note of five words\n\n[^2]: b',
		'![alt words](a.jpg "a caption (Photo: X Y)")\n\nText.',
		'![alt](a.jpg)\n*A caption of words (Photo: X Y)*', '`a b` c **d**e *f*',
		'| a b | c |\n|---|---|\n| d | e f |', '```\na b\n  c\n```',
		'- a b\n- c\n\n  d\n\n1. e\n\n> f g\n>\n> h', '# A b\n\n## C',
		'a\\\nb  \nc', '[two words](https://example.org/a-b-c)',
		'<https://example.org/one/two>', 'ภาษาไทย ง่าย ๆ', '市長は早くABCの家に帰った。',
		'नमस्ते दुनिया। שלום עולם', 'e\u0301te\u0301 a\u00ADb 👍🏽 x',
		'{lang=ru}\nПривет, мир.', 'a\u00A0b\u3000c'])
		assert.equal(counts(body), probe('count', `---\ntitle: T\n---\n${body}\n`),
			body);
});

// LINE as one types it.
function typed(line, lang) {
	let before = '';

	for (const sign of line)
		before += sign === '"' || sign === "'" ? setQuote(sign, before, lang) : sign;
	return before;
}

test('quotation marks are those of the program, in all its languages', () => {
	const tags = (file, pattern) => [...fs.readFileSync(root + file, 'utf8')
		.matchAll(pattern)].map(([, tag]) => tag);
	const langs = new Set([
		...tags('src/text/typography.c', /\{"([a-zA-Z-]+)", QUOTES/g),
		...tags('web/editor/quotes.js', /['\s]([a-z]{2}(?:-[A-Z]{2})?)'?: (?:'|english)/g),
		'en', 'en-GB', 'de-AT', 'fr-CA', 'es-MX', 'x-none', 'tlh']);
	const lines = ['"One," she said, "and \'two\' more."', '("so") ["so"]',
		'It isn\'t Ann\'s.', '"What." "No."'];

	assert.ok(langs.size > 45, `${langs.size} languages`);
	for (const lang of langs) {
		const set = probe('typography', `${lang}\n${lines.join('\n')}\n`)
			.trimEnd().split('\n');

		lines.forEach((line, i) => assert.equal(typed(line, lang), set[i],
			`${lang}: ${line}, ${JSON.stringify(quotesOf(lang))}`));
	}
});
