// SPDX-License-Identifier: MIT
//
// Markdown to document, as src/text/markdown.h reads it: CommonMark with
// tables, footnotes and strikethrough, languages marked by {lang=xx}, pictures
// that stand alone as figures with caption and credit.
//
// readBlocks gives the top of the document as a row of blocks, each with the
// place of its source: what lies between two of them is white space. A block
// in which anything stands that the document cannot say becomes `raw`, and so
// do all together in which one thing stands that readers do not see.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { align, textPart } from './align.js';
import { hasHiddenLine } from './hidden.js';
import { liftBrackets, misread } from './misread.js';
import { schema } from './schema.js';
import { takeShortcodes } from './shortcode.js';

const DEPTH_MAX = 12;
const CREDIT_MAX = 100; // bytes
const creditMarks = ['Photo:', 'Foto:', 'Photograph:', 'Picture:', 'Credit:',
	'Bild:', 'Фото:', 'Photo by ', '©'];
const langValue = '[A-Za-z0-9-]{1,35}';
const langMark = new RegExp(`^\\{lang=(${langValue})\\}`);
const langLine = new RegExp(`(^|\\n)[ \\t]*\\{lang=(${langValue})\\}\\s*$`);

// Thrown where the document has no place for something.
class NoPlace extends Error {}

export function isLang(lang) {
	return lang.length <= 35 &&
		/^([A-Za-z]{2,8}|[xXiI](?=-))(-[A-Za-z0-9]{1,8})*$/.test(lang);
}

// LABEL as Markdown compares it.
export function sameLabel(label) {
	return label.replace(/\s+/g, ' ').trim().toLowerCase().toUpperCase();
}

// The label of a note's mark, or of a note. With its escapes it is another one,
// and they are not written.
function labelOf({ label, identifier }) {
	if (sameLabel(label) !== sameLabel(identifier))
		throw new NoPlace('a label with escapes');
	return label;
}

function parse(text) {
	return fromMarkdown(text, {
		extensions: [gfmFootnote(), gfmTable(),
			gfmStrikethrough({ singleTilde: false })],
		mdastExtensions: [
			gfmFootnoteFromMarkdown(),
			gfmTableFromMarkdown(),
			gfmStrikethroughFromMarkdown(),
		],
	});
}

// The lines of PARAGRAPH; what stands there beside words and tags is a sign.
function wordsOf({ children }) {
	return children.map((node) => node.type === 'text' ? node.value
		: node.type === 'break' || /^<br/i.test(node.value) ? '\n'
		: node.type === 'html' ? '' : '\uFFFC').join('');
}

class Reader {
	constructor(source, text, origin, isTracking) {
		this.source = source;
		this.text = text;
		this.origin = origin;
		this.isTracking = isTracking;
		this.definitions = new Map();
		this.notes = new Set();
		this.pieces = []; // of text, in order, for those who track
	}

	// ---- inlines

	prepareText(node) {
		const ready = { type: 'text', value: node.value };

		if (node.offsets)
			ready.offsets = node.offsets;
		else if (this.isTracking && node.position)
			ready.offsets = align(node.value, this.text,
				node.position.start.offset, node.position.end.offset);
		return ready;
	}

	// "[words]{lang=xx}", where other inlines may stand between the brackets.
	spans(children) {
		const all = children.map((c) => c.type === 'text' ? this.prepareText(c) : c);

		for (let i = 0, open = null; i < all.length; i++) {
			const { type, value } = all[i];

			for (let k = 0; type === 'text' && k < value.length; k++) {
				if (value[k] === '[')
					open = { i, k };
				if (value[k] !== ']' || !open)
					continue;
				const mark = langMark.exec(value.slice(k + 1, k + 50));

				if (!mark || !isLang(mark[1]))
					continue;
				const first = all[open.i];
				const inside = open.i === i
					? [textPart(first, open.k + 1, k)]
					: [textPart(first, open.k + 1), ...all.slice(open.i + 1, i),
						textPart(all[i], 0, k)];

				all.splice(open.i, i - open.i + 1,
					textPart(first, 0, open.k),
					{ type: 'langSpan', lang: mark[1], children: inside },
					textPart(all[i], k + 1 + mark[0].length));
				i = open.i + 1;
				open = null;
				break;
			}
		}
		return all;
	}

	inlines(children, marks = []) {
		return this.spans(children).flatMap((c) => this.inline(c, marks));
	}

	inline(node, marks) {
		const under = (mark) => this.inlines(node.children, mark.addToSet(marks));

		switch (node.type) {
		case 'text':
			return this.put(node.value.replace(/\n/g, ' '), node.offsets, marks);
		case 'inlineCode':
			return this.code(node, marks);
		case 'emphasis':
			return under(schema.marks.em.create());
		case 'strong':
			return under(schema.marks.strong.create());
		case 'delete':
			return under(schema.marks.strike.create());
		case 'langSpan':
			return under(schema.marks.lang.create({ lang: node.lang }));
		case 'link':
			return under(this.linkMark(node));
		case 'linkReference':
			return under(this.linkMark(this.defined(node)));
		case 'image':
		case 'imageReference':
			return [schema.nodes.image.create(this.picture(node), null, marks)];
		case 'break':
			return [schema.nodes.hard_break.create(null, null, marks)];
		case 'footnoteReference':
			return [schema.nodes.footnote_ref.create(
				{ label: labelOf(node) }, null, marks)];
		case 'html':
			return [/^<br\s*\/?>$/i.test(node.value)
				? schema.nodes.hard_break.create(null, null, marks)
				: schema.nodes.raw_inline.create(
					{ source: node.value }, null, marks)];
		default:
			throw new NoPlace(node.type);
		}
	}

	put(value, offsets, marks) {
		if (value && this.isTracking)
			this.pieces.push({ value, offsets: offsets || [] });
		return value ? [schema.text(value, marks)] : [];
	}

	code(node, marks) {
		const value = node.value.replace(/\n/g, ' ');
		let offsets = null;

		if (this.isTracking) {
			const { start, end } = node.position;
			const ticks = /^`+/.exec(this.text.slice(start.offset))[0].length;

			offsets = align(value, this.text.replace(/\n/g, ' '),
				start.offset + ticks, end.offset - ticks);
		}
		return this.put(value, offsets, schema.marks.code.create().addToSet(marks));
	}

	linkMark({ url, title }) {
		return schema.marks.link.create({ href: url, title: title || null });
	}

	picture(node) {
		const { url, title } = node.type === 'image' ? node : this.defined(node);

		return { src: url, alt: node.alt || '', title: title || null };
	}

	defined(node) {
		const definition = this.definitions.get(node.identifier);

		if (!definition)
			throw new NoPlace('a reference to nothing');
		this.uses.add(node.identifier);
		return definition;
	}

	// ---- blocks

	// Takes a last line {lang=xx} off a paragraph; gives the language.
	takeLangLine(paragraph) {
		const last = paragraph.children.at(-1);
		const found = last?.type === 'text' && langLine.exec(last.value);
		const isFirst = paragraph.children.length === 1;

		if (!found || !isLang(found[2]) || (found.index === 0 && !found[1] &&
			!isFirst && paragraph.children.at(-2).type !== 'break'))
			return null;
		const rest = this.prepareText(last);

		rest.value = rest.value.slice(0, found.index);
		paragraph.children = paragraph.children.slice(0, -1);
		if (rest.value)
			paragraph.children.push(rest);
		else if (!found[1] && !isFirst)
			paragraph.children.pop(); // the hard break before it
		return found[2];
	}

	flow(children, depth, parent) {
		const blocks = [];

		if (depth > DEPTH_MAX)
			throw new NoPlace('depth');
		children.forEach((child, i) => {
			const node = { ...child };
			const lang = node.type === 'paragraph' ? this.takeLangLine(node) : null;
			const isEmpty = lang && node.children.length === 0;

			if (lang && parent && i === children.length - 1)
				parent.lang = lang;
			else if (isEmpty)
				this.langOfBefore(blocks, lang);
			if (isEmpty)
				return;
			blocks.push(this.block(node, depth,
				parent && i === children.length - 1 ? null : lang));
		});
		return blocks;
	}

	langOfBefore(blocks, lang) {
		const before = blocks.at(-1);

		if (!before || !('lang' in before.attrs))
			throw new NoPlace('a language of nothing');
		blocks[blocks.length - 1] = before.type.create(
			{ ...before.attrs, lang }, before.content);
	}

	block(node, depth, lang = null) {
		switch (node.type) {
		case 'paragraph':
			if (hasHiddenLine(wordsOf(node)))
				throw new NoPlace('attributes');
			return this.figure(node, lang) ||
				schema.nodes.paragraph.create({ lang }, this.inlines(node.children));
		case 'heading':
			return schema.nodes.heading.create(
				{ level: node.depth }, this.inlines(node.children));
		case 'blockquote': {
			const self = { lang: null };
			const inside = this.flow(node.children, depth + 1, self);

			return this.filled(schema.nodes.quote, self, inside);
		}
		case 'list':
			return this.list(node, depth);
		case 'code':
			return this.codeBlock(node);
		case 'thematicBreak':
			return schema.nodes.rule.create();
		case 'table':
			return this.table(node);
		case 'html':
			return schema.nodes.raw.create({ source: node.value, kind: 'html' });
		default:
			throw new NoPlace(node.type);
		}
	}

	filled(type, attrs, blocks) {
		return type.create(attrs, blocks.length
			? blocks : [schema.nodes.paragraph.create()]);
	}

	codeBlock(node) {
		const info = [node.lang, node.meta].filter(Boolean).join(' ');
		const { start, end } = node.position;
		const value = node.value;

		if (this.isTracking && value) {
			const first = this.text.slice(start.offset).match(/^[ ]{0,3}(`{3,}|~{3,})[^\n]*/);

			this.pieces.push({ value, offsets: align(value, this.text,
				start.offset + (first ? first[0].length + 1 : 0), end.offset) });
		}
		return schema.nodes.code_block.create(
			{ info }, value ? schema.text(value) : null);
	}

	list(node, depth) {
		const items = node.children.map((item) => this.filled(
			schema.nodes.list_item, null, this.flow(item.children, depth + 1)));
		const tight = !node.spread && node.children.every((item) => !item.spread);

		return node.ordered
			? schema.nodes.ordered_list.create(
				{ start: node.start ?? 1, tight }, items)
			: schema.nodes.bullet_list.create({ tight }, items);
	}

	table(node) {
		const width = node.align.length;
		const { table_cell, table_header, table_row, table } = schema.nodes;
		const rows = node.children.map((row, r) => {
			const cells = row.children.slice(0, width);

			return table_row.create(null, node.align.map((align, i) =>
				(r ? table_cell : table_header).create(
					{ align: align || null },
					cells[i] ? this.inlines(cells[i].children) : null)));
		});

		return table.create(null, rows);
	}

	// A paragraph of one picture, perhaps with an emphasised line below it.
	figure(paragraph, lang) {
		const isPicture = (n) => n?.type === 'image' || n?.type === 'imageReference';
		const isBlank = (n) => n.type === 'break' ||
			(n.type === 'text' && !n.value.trim());
		const [first, ...others] = paragraph.children;
		const isLinked = (first?.type === 'link' || first?.type === 'linkReference')
			&& first.children.length === 1 && isPicture(first.children[0]);
		const picture = isLinked ? first.children[0] : first;
		const begin = others.findIndex((n) => !isBlank(n));
		const rest = begin < 0 ? [] : others.slice(begin);

		if (!isPicture(picture) || rest.length > 1 ||
			(rest.length === 1 && rest[0].type !== 'emphasis'))
			return null;
		if (lang)
			throw new NoPlace('the language of a picture');
		const { src, alt, title } = this.picture(picture);
		const attrs = { src, alt };

		if (isLinked)
			attrs.href = (first.type === 'link' ? first : this.defined(first)).url;
		if (rest.length === 0 && title) {
			attrs.titled = true;
			const caption = this.takeCredit([{ type: 'text', value: title }], attrs);

			return schema.nodes.figure.create(attrs,
				caption[0].value ? schema.text(caption[0].value) : null);
		}
		if (rest.length === 1 && title)
			throw new NoPlace('a caption twice');
		return schema.nodes.figure.create(attrs, rest.length === 1
			? this.inlines(this.takeCredit(rest[0].children, attrs)) : null);
	}

	takeCredit(children, attrs) {
		const last = children.at(-1);

		if (last?.type !== 'text')
			return children;
		const ready = this.prepareText(last);
		// The program looks at one line of the manuscript only.
		const line = ready.value.lastIndexOf('\n') + 1;

		for (const mark of creditMarks) {
			const at = ready.value.indexOf(mark, line);
			const rest = ready.value.slice(at + mark.length);
			const credit = rest.replace(/[\s)\].]+$/, '').trim();

			if (at < 0 || !credit ||
				new TextEncoder().encode(rest).length > CREDIT_MAX)
				continue;
			const caption = ready.value.slice(0, at).replace(/[\s([]+$/, '');
			const begin = at + mark.length + rest.indexOf(credit);

			attrs.credit = credit;
			attrs.lead = ready.value.slice(caption.length, begin);
			attrs.tail = ready.value.slice(begin + credit.length);
			return [...children.slice(0, -1), textPart(ready, 0, caption.length)];
		}
		return children;
	}

	// ---- the top

	embedOf(paragraph) {
		const only = paragraph.type.name === 'paragraph' && !paragraph.attrs.lang &&
			paragraph.childCount === 1 && paragraph.firstChild;

		if (!only || !only.isText || only.marks.length !== 1 ||
			only.marks[0].type.name !== 'link' ||
			!/^https?:/.test(only.marks[0].attrs.href))
			return paragraph;
		return schema.nodes.embed.create(
			{ ...only.marks[0].attrs, text: only.text });
	}

	top(node) {
		if (node.type === 'definition')
			return schema.nodes.raw.create(
				{ source: this.sourceOf(node), kind: 'definition' });
		if (node.type === 'footnoteDefinition') {
			if (this.notes.has(node.identifier))
				throw new NoPlace('a note twice');
			this.notes.add(node.identifier);
			return this.filled(schema.nodes.footnote, { label: labelOf(node) },
				this.flow(node.children, 1));
		}
		return this.embedOf(this.block(node, 0, node.language));
	}

	// Whole lines.
	rangeOf(node) {
		const from = this.origin(node.position.start.offset);
		const to = this.origin(node.position.end.offset);
		const behind = this.source.indexOf('\n', to);

		return {
			start: this.source.lastIndexOf('\n', from - 1) + 1,
			end: to > from && this.source[to - 1] === '\n' ? to - 1
				: behind < 0 ? this.source.length : behind,
		};
	}

	sourceOf(node) {
		const { start, end } = this.rangeOf(node);

		return this.source.slice(start, end);
	}
}

// A paragraph {lang=xx} speaks of the block before it: they become one.
function joinLangLines(nodes, reader) {
	const joined = [];

	for (const node of nodes) {
		const copy = { ...node };

		if (node.type === 'paragraph')
			copy.language = reader.takeLangLine(copy);
		const before = joined.at(-1);

		if (copy.language && copy.children.length === 0 &&
			['paragraph', 'heading', 'blockquote'].includes(before?.type)) {
			before.language = copy.language;
			before.position = { start: before.position.start, end: copy.position.end };
		} else if (copy.language && copy.children.length === 0) {
			joined.push({ type: 'nothing', position: node.position });
		} else {
			joined.push(copy);
		}
	}
	return joined;
}

function rawKind(source) {
	return /^\s*<!--/.test(source) ? 'comment'
		: /^\s*</.test(source) ? 'html'
		: /\{\{|\{%/.test(source) ? 'shortcode' : 'other';
}

function raw(source) {
	return schema.nodes.raw.create({ source, kind: rawKind(source) });
}

function rawBlock(source, start, end) {
	return { node: raw(source.slice(start, end)), start, end, uses: new Set() };
}

function toBlock(node, reader) {
	const range = reader.rangeOf(node);

	reader.uses = new Set();
	try {
		let made = reader.top(node);

		if (node.language && made.attrs.lang !== node.language) {
			if (!('lang' in made.attrs))
				throw new NoPlace('a language');
			made = made.type.create({ ...made.attrs, lang: node.language }, made.content);
		}
		made.check();
		return { node: made, ...range, uses: reader.uses };
	} catch (fault) {
		if (!(fault instanceof NoPlace) && !(fault instanceof RangeError))
			throw fault;
		return rawBlock(reader.source, range.start, range.end);
	}
}

// What lies between blocks and is not white: shortcodes.
function gapBlock(source, start, end) {
	const gap = source.slice(start, end);
	const white = /^\s*/.exec(gap)[0];
	const words = gap.trim();

	// From the line's start, for the same reason as blocks.
	const from = start + white.lastIndexOf('\n') + 1;

	return words
		? [rawBlock(source, from, start + white.length + words.length)] : [];
}

function collectDefinitions(nodes, reader) {
	for (const node of nodes)
		if (node.type === 'definition' && !reader.definitions.has(node.identifier))
			reader.definitions.set(node.identifier, node);
}

// Where the two libraries disagree whether a list begins: behind indented code.
function isDoubtful(before, node, source) {
	return before?.node.type.name === 'code_block' && node.type === 'paragraph' &&
		/^\s*\d+[.)]/.test(source);
}

// And where they disagree what a link's definition is: before a table.
function isOneWith(before, node, source) {
	return node.type === 'table' && before?.node.attrs.kind === 'definition' &&
		!/^[ \t]*\n[ \t]*\n/.test(source);
}

function overlaps(a, b) {
	return a && b.start < a.end + 1 && b.start < b.end + 1 && b.start <= a.end;
}

// BLOCKS with one raw block for all that each of CUTS touches: what is written
// anew would be without it, or show its other half.
function keepCuts(blocks, cuts, source) {
	const kept = [];
	let next = 0;
	let reach = 0; // where the last cut ends of those that begin before here

	for (const block of blocks) {
		const isOneWithBefore = reach > block.start;

		while (next < cuts.length && cuts[next].from < block.end)
			reach = Math.max(reach, cuts[next++].to);
		if (isOneWithBefore)
			kept.push(rawBlock(source, kept.pop().start, block.end));
		else if (reach > block.start)
			kept.push(rawBlock(source, block.start, block.end));
		else
			kept.push(block);
	}
	return kept;
}

// The blocks of SOURCE: [{ node, start, end, uses, defines }], by rising place.
// "uses" are the identifiers of link definitions that the block depends on,
// "defines" those that stand in it.
export function readBlocks(source) {
	const { text, origin, cuts, hidden } = takeShortcodes(source);
	const reader = new Reader(source, text, origin, false);
	const tree = parse(text);
	const all = [...cuts, ...misread(tree, hidden)].sort((a, b) => a.from - b.from);
	let blocks = [];
	let done = 0;

	liftBrackets(tree, hidden, text);
	collectDefinitions(tree.children, reader);
	for (const node of joinLangLines(tree.children, reader)) {
		const block = toBlock(node, reader);
		const before = blocks.at(-1);

		const behind = source.slice(before?.end, block.end);

		if (isDoubtful(before, node, behind))
			block.node = raw(source.slice(block.start, block.end));
		if (overlaps(before, block) || isOneWith(before, node, behind)) {
			before.end = Math.max(before.end, block.end);
			before.node = raw(source.slice(before.start, before.end));
		} else {
			blocks.push(...gapBlock(source, done, block.start), block);
		}
		done = Math.max(done, blocks.at(-1).end);
	}
	blocks.push(...gapBlock(source, done, source.length));
	blocks = keepCuts(blocks, all, source);
	for (const block of blocks)
		block.defines = new Set();
	// Both in the order of the text.
	let i = 0;

	for (const [id, node] of reader.definitions) {
		const at = origin(node.position.start.offset);

		while (i < blocks.length && at > blocks[i].end)
			i++;
		if (i < blocks.length && at >= blocks[i].start)
			blocks[i].defines.add(id);
	}
	return blocks;
}

export function docOf(blocks) {
	return schema.nodes.doc.create(null, blocks.length
		? blocks.map((b) => b.node) : [schema.nodes.paragraph.create()]);
}

// The document of SOURCE.
export function readMarkdown(source) {
	return docOf(readBlocks(source));
}

// Where the words of one block stand in its source. CONTEXT is Markdown that
// defines what the block refers to. Gives { text, offsets }: the block's text
// nodes as one string, and the place in SOURCE of each of its units; null if
// the block has no text of its own.
export function trackBlock(source, context) {
	const text = `${source}\n\n${context}`;
	const reader = new Reader(text, text, (i) => i, true);
	const tree = parse(text);

	liftBrackets(tree, takeShortcodes(source).hidden, text);
	collectDefinitions(tree.children, reader);
	const own = joinLangLines(tree.children, reader).filter((n) =>
		n.position.start.offset < source.length);

	reader.uses = new Set();
	try {
		for (const node of own)
			reader.top(node);
	} catch (fault) {
		if (fault instanceof NoPlace)
			return null;
		throw fault;
	}
	return {
		text: reader.pieces.map((p) => p.value).join(''),
		offsets: reader.pieces.flatMap((p) => p.offsets),
	};
}
