// The document of the editor is the Markdown of the program: nothing is lost
// in either direction. What a rewritten text means is asked of the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { readMarkdown } from '../../web/editor/read.js';
import { schema } from '../../web/editor/schema.js';
import { Source, locate } from '../../web/editor/source.js';
import { Documents, markdown, random } from './generate.mjs';

const root = new URL('../../', import.meta.url).pathname;
const farthing = `${root}build/release/farthing`;
const seeds = Number(process.env.FARTHING_SEEDS || 40);
const first = Number(process.env.FARTHING_SEED || 1);

// Emphasis within emphasis is no more than emphasis.
function flat(html) {
	const open = { em: 0, strong: 0, s: 0 };

	return html.replace(/<(\/?)(em|strong|s)>/g, (tag, isEnd, name) => {
		open[name] += isEnd ? -1 : 1;
		return open[name] === (isEnd ? 0 : 1) ? tag : '';
	});
}

// White space in HTML, and emphasis that goes on.
function plain(html) {
	return flat(html).replace(/<\/(em|strong|s)>(\s*)<\1>/g, '$2')
		// Words of another script, found line by line.
		.replace(/<\/span>\s*<span lang="und-[^"]*"( dir="\w+")?>/g, ' ')
		.replace(/\s*\n\s*/g, ' ').replace(/\s+/g, ' ')
		.replace(/ ?<br> ?/g, '<br>').trim();
}

function render(text) {
	const head = '---\ntitle: T\nlang: en\n---\n';
	const done = spawnSync(farthing, ['render', '--body', '-'],
		{ input: head + text, encoding: 'utf8' });

	assert.equal(done.status, 0, done.stderr);
	return plain(done.stdout);
}

// Every block written anew, as if all had been edited.
function touchAll(text) {
	const source = new Source(text);
	const stranger = new Source('');

	return stranger.write(source.doc).markdown;
}

function checkUntouched(text, name) {
	const source = new Source(text);

	assert.equal(source.write(source.doc).markdown, text,
		`${name}: opened and saved, it is another text`);
	const other = new Source(text).doc; // equal, but not the same objects
	assert.equal(source.write(other).markdown, text, name);
}

// Where words of another language end is guessed within a line, and lines are
// joined when a paragraph is written anew.
const unguessed = (html) =>
	html.replace(/<span lang="und-[^>]*>([^]*?)<\/span>/g, '$1');

function checkMeaning(text, name) {
	const again = touchAll(text);

	assert.equal(unguessed(render(again)), unguessed(render(text)),
		`${name}: written anew it means another thing\n--- was\n${text}\n--- is\n${again}`);
}

function manuscripts(dir, found = []) {
	for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
		const path = `${dir}/${entry.name}`;

		if (entry.isDirectory() && entry.name !== 'node_modules')
			manuscripts(path, found);
		else if (/\.(md|txt)$/.test(entry.name) ||
			dir.endsWith('/corpus/markdown'))
			found.push(path);
	}
	return found;
}

function readFiles() {
	const dirs = [`${root}test`, `${root}../shared/samples`];

	for (const dir of dirs.filter((d) => !fs.existsSync(d)))
		console.log(`note: no ${dir}, left out`);
	return dirs.filter((d) => fs.existsSync(d)).flatMap((d) => manuscripts(d))
		.map((path) => {
			const bytes = fs.readFileSync(path);
			const text = bytes.toString('utf8').replace(/\r\n?/g, '\n')
				.replace(/^---\n[^]*?\n---\n/, '');

			return { path: path.replace(root, ''), text };
		})
		.filter(({ text }) => !text.includes('\0') && !text.includes('\uFFFD'));
}

test('every manuscript of the tree is the same after opening and saving', () => {
	const files = readFiles();

	assert.ok(files.length > 60, `only ${files.length} found`);
	for (const { path, text } of files)
		checkUntouched(text, path);
	console.log(`note: ${files.length} manuscripts`);
});

test('every story written anew means what it meant', () => {
	const files = readFiles().filter(({ path }) =>
		/^test\/(proof|port-lune|intake)\//.test(path));

	assert.ok(files.length > 40);
	for (const { path, text } of files)
		checkMeaning(text, path);
});

test('Markdown by chance is the same after opening and saving', () => {
	for (let seed = first; seed < first + seeds * 10; seed++)
		checkUntouched(markdown(seed), `seed ${seed}`);
});

test('Markdown by chance, written anew, means what it meant', () => {
	for (let seed = first; seed < first + seeds * 2; seed++)
		checkMeaning(markdown(seed), `seed ${seed}`);
});

test('a document written and read is the same document', () => {
	for (let seed = first; seed < first + seeds * 5; seed++) {
		const doc = new Documents(seed).document();

		doc.check();
		const { markdown: text } = new Source('').write(doc);
		const again = readMarkdown(text);

		assert.deepEqual(normal(again), normal(doc), `seed ${seed}\n${text}`);
	}
});

// What looks the same is the same: marks on spaces and breaks, and whether a list is
// loose, which two paragraphs in an item decide.
function normal(node) {
	const inline = (n) => n.text === undefined || n.marks?.some((m) => m.type === 'code')
		? [n] : n.text.split(/( +)/).filter(Boolean)
			.map((text) => text.trim() ? { ...n, text } : { type: 'text', text });
	const visit = (n) => {
		const content = (n.content || []).flatMap((c) =>
			c.type === 'text' ? inline(c)
				: c.type === 'hard_break' ? [{ type: c.type }] : [visit(c)]);
		const { tight, ...attrs } = n.attrs || {};
		const isBreak = (c) => c?.type === 'hard_break';

		return { ...n, attrs, content: content.filter((c, i, all) => c.text !== ' ' ||
			!(isBreak(all[i - 1]) || isBreak(all[i + 1]))) };
	};

	return visit(node.toJSON());
}

test('one tilde is a range, and two strike', () => {
	const text = '회의는 3~5일, 행사는 ~~10~~ 12~13일.';

	assert.equal(touchAll(text).trim(), text);
	assert.equal(render(text),
		'<p lang="und-Hang">회의는 3~5일, 행사는 <s>10</s> 12~13일.</p>');
	for (const near of ['a~~b~~c', '~~~a~~', '~~a~~~b', 'a~ ~~b~~ ~c',
		'~\\~a~\\~', '1~~2~3~~4'])
		checkMeaning(near, near);
});

test('shortcodes are taken as the program takes them', () => {
	for (const [text, words] of [
		['One {{ two\n\nThree\n\nfour }} five\n', 'One {{ two|Three|four }} five'],
		['One {{< x and\n\nTwo >}} three\n', 'One {{< x and|Two >}} three'],
		['Write `{{ page.name }}` so.\n', 'Write {{ page.name }} so.'],
		['Dear {{name}}, come.\n', 'Dear {{name}}, come.'],
		['```\n{{< x >}}\n```\n\nAfter\n', '{{< x >}}|After'],
	]) {
		const found = [];

		readMarkdown(text).descendants((n) => {
			if (n.isTextblock)
				found.push(n.textContent);
		});
		assert.equal(found.join('|'), words);
		checkUntouched(text, text);
		checkMeaning(text, text);
	}
	for (const text of [
		'{% highlight c %}\nx = "{{ y }}";\n\n{% if %}\n{% endhighlight %}\n\nB\n',
		'A {% comment %} not\n\nthis {% endcomment %}B\n\nC\n',
		'{% raw %}{{ page.x }}{% endraw %} y\n']) {
		checkUntouched(text, text);
		checkMeaning(text, text);
	}
});

test('an edit changes one block and no byte of the others', () => {
	const text = 'One   line.\n\n\n* a\n* b\n\nHead\n----\n\nLast\tline\n\n';
	const source = new Source(text);
	const blocks = [];

	source.doc.forEach((n) => blocks.push(n));
	blocks[2] = schema.nodes.heading.create({ level: 2 }, schema.text('Heads'));
	const doc = schema.nodes.doc.create(null, blocks);

	assert.equal(source.write(doc).markdown,
		'One   line.\n\n\n* a\n* b\n\n## Heads\n\nLast\tline\n\n');
});

test('blocks that come to stand together do not run into each other', () => {
	const cases = ['- a\n\n---\n\n- b\n', '- a\n\n---\n\n    code\n', '1. a\n\nx\n\n1. b\n',
		'[^1]: note\n\nx[^1]\n\n    code\n', '- a\n\n---\n\n   b\n'];

	for (const text of cases) {
		const source = new Source(text);
		const blocks = [source.doc.child(0), source.doc.child(2)];
		const doc = schema.nodes.doc.create(null, blocks);
		const written = source.write(doc).markdown;

		assert.deepEqual(normal(readMarkdown(written)), normal(doc), written);
	}
});

test('blocks that are moved, copied and deleted by chance stay what they are', () => {
	for (let seed = first; seed < first + seeds * 10; seed++) {
		const r = random(seed);
		const source = new Source(markdown(seed) + markdown(seed + 7919));
		const blocks = [];

		// Raw blocks may say anything about what follows them; behind indented
		// code a list may be taken for one (isDoubtful in read.js).
		source.doc.forEach((node) => {
			if (node.type.name !== 'raw' && node.textContent !== 'code' && node.type.name !== 'footnote' &&
				!hasNote(node) && node.content.size + node.nodeSize > 2)
				blocks.push(node);
		});
		if (blocks.length === 0)
			continue;
		for (let n = 1 + r(4); n > 0; n--) {
			const at = r(blocks.length);

			if (r(3) === 0 && blocks.length > 1)
				blocks.splice(at, 1);
			else
				blocks.splice(r(blocks.length), 0, blocks[at]);
		}
		const doc = schema.nodes.doc.create(null, blocks);
		const text = source.write(doc).markdown;

		assert.deepEqual(normal(readMarkdown(text)), normal(doc), `seed ${seed}\n${text}`);
	}
});

function hasNote(node) {
	let has = false;

	node.descendants((child) => {
		has ||= child.type.name === 'footnote_ref';
	});
	return has;
}

test('links keep their address when its definition is deleted', () => {
	const source = new Source('See [that][r].\n\n[r]: https://example.org/\n');
	const doc = schema.nodes.doc.create(null, [source.doc.child(0)]);

	assert.equal(source.write(doc).markdown, 'See [that](https://example.org/).\n');
});

test('places in the Markdown are found in the document', () => {
	const text = '# One\n\nHe *said* \\*so &amp; [left][r] `x y`.\n\n' +
		'> - deep **words**\n>   here[^1]\n\n```\ncode here\n```\n\n' +
		'| a | bee |\n|---|---|\n| sea | dee |\n\n[^1]: A note.\n\n[r]: /x\n';
	const source = new Source(text);
	const written = source.write(source.doc);

	for (const word of ['One', 'said', '*so', 'left', 'x y', 'words', 'here',
		'code here', 'bee', 'dee', 'A note']) {
		const at = text.indexOf(word);
		const found = locate(source.doc, written, at, at + word.length);

		assert.ok(!found.isBlock, word);
		assert.equal(source.doc.textBetween(found.from, found.to), word);
	}
});
