// SPDX-License-Identifier: MIT
//
// A document and the Markdown it came from. Blocks that were not touched are
// written as they were read, byte for byte, with what stood between them; so
// opening and saving changes nothing, and an edit changes one block.
//
// A block is untouched if it is the same object, or equal to what was read
// (an edit that was taken back).
import { docOf, readBlocks, sameLabel, trackBlock } from './read.js';
import { writeBlock } from './write.js';

const lists = { bullet_list: ['-', '*', '+'], ordered_list: ['.', ')'] };

const definition = /^ {0,3}\[[^\]]+\]:/m;

function keyOf(node) {
	return JSON.stringify(node.toJSON());
}

// The sign of the list that TEXT is.
function signOf(text) {
	return /^\s*(?:\d+([.)])|([-*+]))/.exec(text)?.slice(1).find(Boolean);
}

export class Source {
	constructor(markdown) {
		this.markdown = markdown;
		this.blocks = readBlocks(markdown);
		this.doc = docOf(this.blocks);
		this.known = new WeakMap(); // node: the indexes it may be from
		this.byKey = null;
		this.written = new WeakMap();
		this.blocks.forEach((block, i) => this.known.set(block.node, [i]));
		this.definedIn = new Map(); // identifier: the source that defines it
		for (const { node, defines } of this.blocks)
			for (const id of defines)
				this.definedIn.set(id, node.attrs.source);
	}

	// The indexes of the blocks that NODE may be: its own, or of all equal ones.
	indexesOf(node) {
		const known = this.known.get(node);

		if (known)
			return known;
		if (!this.byKey) {
			this.byKey = new Map();
			this.blocks.forEach((block, i) => {
				const key = keyOf(block.node);

				if (!this.byKey.has(key))
					this.byKey.set(key, []);
				this.byKey.get(key).push(i);
			});
		}
		const equal = this.byKey.get(keyOf(node)) || [];

		this.known.set(node, equal);
		return equal;
	}

	// The blocks, kept word for word, in which a link may be defined.
	definitionsOf(doc) {
		const sources = new Set();

		doc.forEach((node) => {
			if (node.type.name === 'raw' && definition.test(node.attrs.source))
				sources.add(node.attrs.source);
		});
		return sources;
	}

	hasAllDefinitions(block, sources) {
		return [...block.uses].every((id) => sources.has(this.definedIn.get(id)));
	}

	// The block means by itself what it meant where it stood.
	standsAlone(index) {
		const block = this.blocks[index];

		if (block.alone === undefined) {
			const text = this.markdown.slice(block.start, block.end);
			const [first, second] = readBlocks(
				`${text}\n\n${contextOf(this.doc, text)}`);

			block.alone = Boolean(first) && first.node.eq(block.node) &&
				(!second || second.start > text.length);
		}
		return block.alone;
	}

	fresh(node, options) {
		const key = `${options.bullet}${options.hasDefinitions}`;
		const cache = this.written.get(node) || {};

		cache[key] ??= writeBlock(node, options);
		this.written.set(node, cache);
		return cache[key];
	}

	// One block behind BEFORE ({ text, index, node } or null).
	piece(node, before, definitions) {
		const hasDefinitions = definitions.size > 0;
		const signs = lists[node.type.name];
		const isAfterList = before && signs && before.node.type === node.type;
		const taken = isAfterList ? signOf(before.text) : null;
		const indexes = this.indexesOf(node);
		const next = !before ? 0 : before.index >= 0 ? before.index + 1 : -1;
		const isNext = indexes.includes(next);
		let index = isNext ? next : indexes[0] ?? -1;
		const block = this.blocks[index];
		let text = block ? this.markdown.slice(block.start, block.end) : '';

		// Unless it follows what it followed, it must not run into it.
		if (index >= 0 && (!this.hasAllDefinitions(block, definitions) ||
			(!isNext && (/^[ \t]/.test(text) || (taken && signOf(text) === taken) ||
				!this.standsAlone(index)))))
			index = -1;
		if (index < 0) {
			const write = (bullet) => this.fresh(node, { bullet, hasDefinitions });

			// A list that begins with a rule takes another sign by itself.
			text = node.type.name === 'raw' ? node.attrs.source.trimStart()
				: !signs ? write('-') : signs.map(write).find((made) =>
					signOf(made) !== taken) ?? write(signs[0]);
		}
		return { node, index, text };
	}

	// The Markdown of DOC, and where its blocks are: { markdown, pieces: [{
	// node, pos, start, end }] }, pos in the document, the others in it.
	write(doc) {
		const definitions = this.definitionsOf(doc);
		const pieces = [];
		let markdown = '';
		let before = null;

		doc.forEach((node, pos) => {
			const piece = this.piece(node, before, definitions);

			if (!piece.text)
				return;
			markdown += this.gap(before, piece);
			pieces.push({ node, pos, start: markdown.length,
				end: markdown.length + piece.text.length });
			markdown += piece.text;
			before = piece;
		});
		return { markdown: markdown + this.end(before), pieces };
	}

	end(last) {
		const block = this.blocks.at(-1);

		if (!last)
			return block ? '' : this.markdown;
		return last.index >= 0 && last.index === this.blocks.length - 1
			? this.markdown.slice(block.end) : /\n*$/.exec(this.markdown)[0];
	}

	gap(before, piece) {
		const block = this.blocks[piece.index];

		if (!before)
			return piece.index === 0 ? this.markdown.slice(0, block.start) : '';
		return before.index >= 0 && before.index === piece.index - 1
			? this.markdown.slice(this.blocks[before.index].end, block.start)
			: '\n\n';
	}
}

const labelled = /\[(\^?)((?:[^[\]\\]|\\.)+)\]/g;
const contexts = new WeakMap(); // of documents

// The links' definitions of DOC by their labels, and its notes.
function contextsOf(doc) {
	const found = contexts.get(doc);

	if (found)
		return found;
	const made = new Map();
	const add = (label, part) => {
		const key = sameLabel(label);

		if (!made.has(key)) // the first holds
			made.set(key, part);
	};

	doc.forEach((node) => {
		if (node.type.name === 'raw' && definition.test(node.attrs.source))
			for (const [, sign, label] of node.attrs.source.matchAll(labelled))
				add(sign + label, node.attrs.source);
		if (node.type.name === 'footnote')
			made.set(sameLabel(`^${node.attrs.label}`), `[^${node.attrs.label}]: .`);
	});
	contexts.set(doc, made);
	return made;
}

// What a single block of DOC, TEXT, must be read with: the definitions of the
// links in it, and a note for each of its labels.
function contextOf(doc, text) {
	const all = contextsOf(doc);
	const parts = new Set();

	if (all.size > 0)
		for (const [, sign, label] of text.matchAll(labelled))
			parts.add(all.get(sameLabel(sign + label)));
	return [...parts].filter(Boolean).join('\n\n');
}

// The place in the document of unit INDEX of the text in the block at POS.
function positionIn(node, pos, index) {
	let left = index;
	let found = null;

	node.descendants((child, at) => {
		if (!child.isText || found !== null)
			return found === null;
		if (left <= child.text.length)
			found = pos + 1 + at + left;
		left -= child.text.length;
		return false;
	});
	return found;
}

// Where the range FROM to TO (UTF-16 units of WRITTEN.markdown) stands in DOC:
// { from, to }; the whole block where its words are not in it; null if none.
export function locate(doc, written, from, to) {
	const piece = written.pieces.find((p) => from <= p.end && to >= p.start);

	if (!piece)
		return null;
	const whole = { from: piece.pos, to: piece.pos + piece.node.nodeSize,
		isBlock: true };
	const text = written.markdown.slice(piece.start, piece.end);
	const tracked = piece.tracked ??= trackBlock(text, contextOf(doc, text)) || false;

	if (!tracked || !tracked.text.length)
		return whole;
	const start = tracked.offsets.findIndex((o) => o >= from - piece.start);
	let end = tracked.offsets.findLastIndex((o) => o < to - piece.start);

	if (start < 0 || end < start)
		return whole;
	end = positionIn(piece.node, piece.pos, end + 1);
	const begin = positionIn(piece.node, piece.pos, start + 1);

	return begin === null || end === null ? whole : { from: begin - 1, to: end };
}
