// SPDX-License-Identifier: MIT
//
// Shortcodes of other systems, taken out before Markdown is read, by the rules
// of src/text/markdown_shortcode.c. A figure leaves a mark behind, code that
// is highlighted its fences, all else nothing; where each character of the new
// text stood in the old one is kept. On the same walk is found what else
// readers do not see (hidden.js): it stays, but for what Markdown would end at
// a blank line.
import { HiddenWalk, bracketAt, isBracket, mayHide, paragraphAt } from './hidden.js';

const forms = [['{{<', '>}}'], ['{{%', '%}}'], ['{%', '%}'], ['{{', '}}']];
const LONGEST = 2000;
const MISSES = 2000;
const TICKS = 16;
const fence = '~~~~~~~~';
const nothing = '<!---->'; // for Markdown as a tag, a block or in a line

// What stands for a figure: never in a manuscript, for it is no character.
const figureMark = '\uFDD0';

// "{{ x }}" speaks of a page to Jekyll; else it is a story's own.
function isVariable(inside) {
	return /^$|^["'.$]|\||^(site|page|post|layout|include|forloop)\./.test(inside);
}

function shortcodeAt(source, at) {
	const form = forms.find(([open]) => source.startsWith(open, at));

	if (!form)
		return null;
	const [open, close] = form;
	const rest = paragraphAt(source, at + open.length, LONGEST);
	const end = rest.indexOf(close);
	const found = rest.slice(0, Math.max(0, end));

	if (end < 0 || found.includes(open))
		return null;
	const isLiquid = open === '{%' || open === '{{';
	const inside = isLiquid
		? found.trim().replace(/^-/, '').replace(/-$/, '').trim()
		: found.trim();

	return open === '{{' && !isVariable(inside) ? null
		: { inside, length: open.length + end + close.length };
}

function isFigure(inside) {
	return inside.startsWith('figure') || (inside.startsWith('include ') &&
		/figure|image/.test(inside.slice(0, 40)));
}

// ---- code, of which nothing is taken: src/text/markdown_code.c

function lineAt(source, at) {
	const end = source.indexOf('\n', at);

	return source.slice(at, end < 0 ? source.length : end);
}

function columnsOf(lead) {
	let columns = 0;

	for (const c of lead)
		columns += c === '\t' ? 4 - columns % 4 : 1;
	return columns;
}

function indentOf(line) {
	return columnsOf(/^[ \t]*/.exec(line)[0]);
}

// White space and the signs of quotations and items.
const lead = /^(?:[\s>]|[-*+][ \t]|\d{1,9}[.)][ \t])*/;

function fenceOf(text) {
	return /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(text)?.[0] || '';
}

class CodeWalk {
	constructor(source) {
		this.source = source;
		this.noneBefore = [];
		this.lineStart = 0; // of the line that was begun last
		this.isBehindBlank = false;
		this.isIndented = false;
		this.isInList = false;
		this.listColumn = 0; // where the text of the item begins
		this.isInItemCode = false; // indented more than that
	}

	fencedEnd(at, open) {
		const { source } = this;
		const first = lineAt(source, at);
		const isQuoted = first.trim().startsWith('>');
		let i = at + first.length;

		while (i < source.length) {
			const line = lineAt(source, i + 1);
			const text = line.replace(/^[\s>]*/, '');
			const close = fenceOf(text);

			if (isQuoted && !line.trim().startsWith('>'))
				return i;
			i += 1 + line.length;
			if (close.length >= open.length && close[0] === open[0] &&
				!text.slice(close.length).trim())
				break;
		}
		return Math.min(i, source.length);
	}

	// Only white space and signs stand before AT in its line.
	isFirst(at) {
		const before = this.source.slice(this.lineStart, at);

		return lead.exec(before)[0] === before;
	}

	beginLine(at) {
		const line = lineAt(this.source, at);
		const indent = indentOf(line);

		this.lineStart = at;
		if (!line.trim()) {
			this.isBehindBlank = true;
			return at;
		}
		if (indent >= 4 && !this.isInList &&
			(this.isBehindBlank || this.isIndented || at === 0)) {
			this.isIndented = true;
			return at + line.length;
		}
		const signs = lead.exec(line)[0];
		const open = fenceOf(line.slice(signs.length));

		const isItem = /[-*+\d]/.test(signs);
		const isNote = line.startsWith('[^');

		this.isInItemCode = this.isInList && indent >= this.listColumn + 4 &&
			(this.isBehindBlank || this.isInItemCode);
		if (isItem)
			this.listColumn = columnsOf(signs);
		else if (isNote)
			this.listColumn = 4;
		if (isItem || isNote)
			this.isInList = true;
		else if (this.isBehindBlank && indent < 2)
			this.isInList = false;
		this.isBehindBlank = false;
		this.isIndented = false;
		return !open || (indent >= 4 && !this.isInList) ? at
			: this.fencedEnd(at, open);
	}

	spanEnd(at) {
		const { source } = this;
		const runOf = (from) => {
			let n = 0;

			while (source[from + n] === '`')
				n++;
			return n;
		};
		const n = runOf(at);
		let i = at + n;

		if (n >= TICKS || this.noneBefore[n] > at)
			return at + n;
		while (i < source.length) {
			const run = runOf(i);

			if (run === n)
				return i + run;
			if (source[i] === '\n' && !lineAt(source, i + 1).trim())
				break;
			i += run || 1;
		}
		this.noneBefore[n] = i;
		return at + n;
	}

	// Where the code that begins at AT ends; AT if none does.
	skip(at) {
		const { source } = this;

		if (at === 0 || source[at - 1] === '\n') {
			const end = this.beginLine(at);

			if (end > at)
				return end;
		}
		if (source[at] === '\\' && at + 1 < source.length &&
			source[at + 1] !== '\n')
			return at + 2;
		return source[at] === '`' ? this.spanEnd(at) : at;
	}
}

// ---- what is taken

class Cut {
	constructor(source) {
		this.source = source;
		this.text = '';
		this.offsets = [];
		this.hasNoEnd = new Set();
		this.cuts = [];
		this.hidden = [];
	}

	// Of what is between FROM and TO, something is taken, or moved.
	cut(from, to) {
		this.cuts.push({ from, to });
	}

	// Between FROM and TO stands something, as WHAT.
	hide(what, from, to) {
		const start = this.text.length;

		this.put(this.source.slice(from, to), from, 1);
		this.hidden.push({ what, start, end: this.text.length, from, to });
	}

	put(string, at, step) {
		for (let i = 0; i < string.length; i++)
			this.offsets.push(at + i * step);
		this.text += string;
	}

	// Leaves line ends in place.
	pass(from, to) {
		for (let i = from; i < to; i++)
			if (this.source[i] === '\n')
				this.put('\n', i, 1);
	}

	isAlone(from, to) {
		const before = this.source.slice(
			this.source.lastIndexOf('\n', from - 1) + 1, from);

		return !(from && before.trim()) && !lineAt(this.source, to).trim();
	}

	// "highlight" and "raw" enclose code and text as it stands, "comment"
	// what is nobody's. Gives where that ends.
	takeEnclosed(inside, at, behind) {
		const name = inside.split(/\s/, 1)[0];

		if (!['highlight', 'raw', 'comment'].includes(name) ||
			this.hasNoEnd.has(name))
			return behind;
		const tag = new RegExp(`(?:\\{\\{<-? *(?:end|/) *${name}[ -]*>\\}\\}|` +
			`\\{\\{%-? *(?:end|/) *${name}[ -]*%\\}\\}|` +
			`\\{%-? *(?:end|/) *${name}[ -]*%\\}|` +
			`\\{\\{-? *(?:end|/) *${name}[ -]*\\}\\})`, 'g');

		tag.lastIndex = behind;
		const found = tag.exec(this.source);

		if (!found) {
			this.hasNoEnd.add(name);
			return behind;
		}
		const end = found.index;
		const done = end + found[0].length;
		const body = this.source.slice(behind, end);
		const isCode = name === 'highlight';

		if (isCode && (!this.isAlone(at, behind) || !this.isAlone(end, done) ||
			body.includes(fence)))
			return behind;
		this.pass(at, behind);
		if (isCode)
			this.put(fence, at, 0);
		if (name === 'comment')
			this.pass(behind, end);
		else
			this.put(body, behind, 1);
		if (isCode)
			this.put(fence, end, 0);
		return done;
	}

	// Gives where what was taken ends.
	take({ inside, length }, at) {
		const end = at + length;
		const behind = this.takeEnclosed(inside, at, end);

		this.cut(at, behind);
		if (behind > end)
			return behind;
		if (isFigure(inside))
			this.put(this.isAlone(at, end) ? `\n${figureMark}\n` : figureMark,
				at, 0);
		this.pass(at, end);
		return end;
	}

	// A caption becomes a figure with its picture, and its words are no
	// Markdown; where a line begins with a bracket, what is behind it may begin
	// a block. Gives where what was taken ends.
	takeBracket({ name, length, all }, at, isFirst) {
		const isFigure = all > length && name !== 'embed';
		const end = at + (isFigure ? all : length);

		if (!isFigure && (!isFirst || /\p{L}/u.test(this.source[end] ?? ''))) {
			this.hide('bracket', at, end);
			return end;
		}
		this.cut(at, end);
		this.put(this.source.slice(at, end), at, 1);
		return end;
	}

	takeHidden(at, end) {
		if (!/\n[ \t\r>]*\n/.test(this.source.slice(at, end))) {
			this.hide('html', at, end);
			return;
		}
		this.cut(at, end);
		this.put(nothing, at, 0);
	}
}

class Walk {
	constructor(source) {
		this.source = source;
		this.cut = new Cut(source);
		this.code = new CodeWalk(source);
		this.html = new HiddenWalk(source);
		this.misses = 0;
	}

	// Takes what begins at AT; gives where that ends, or AT.
	takeAt(at) {
		const { source, cut } = this;
		const isBrace = source[at] === '{';

		if (isBrace || (source[at] === '[' && isBracket(source, at))) {
			const found = this.misses >= MISSES ? null
				: isBrace ? shortcodeAt(source, at) : bracketAt(source, at);

			this.misses += !found;
			return !found ? at : isBrace ? cut.take(found, at)
				: cut.takeBracket(found, at, this.code.isFirst(at));
		}
		const end = source[at] !== '<' || this.code.isInItemCode ? at
			: this.html.end(at);

		if (end > at)
			cut.takeHidden(at, end);
		return end;
	}

	run() {
		const { source, cut } = this;

		for (let i = 0; i < source.length;) {
			const end = this.code.skip(i);
			const behind = end === i ? this.takeAt(i) : i;

			if (behind === i)
				cut.put(source.slice(i, Math.max(end, i + 1)), i, 1);
			i = Math.max(end, behind, behind === i ? i + 1 : 0);
		}
		cut.offsets.push(source.length);
	}
}

// { text, origin, cuts, hidden }: the text without shortcodes, and where each
// of its characters, and its end, stood. "cuts" are the ranges of SOURCE that
// are not in it as they stand there: [{ from, to }]. "hidden" are those of both
// that are, but that Markdown may read as something else: [{ what, start, end,
// from, to }], what is "html" or "bracket". Both by rising place.
export function takeShortcodes(source) {
	if (!mayHide(source))
		return { text: source, origin: (i) => i, cuts: [], hidden: [] };
	const walk = new Walk(source);

	walk.run();
	const { text, offsets, cuts, hidden } = walk.cut;

	return { text, origin: (i) => offsets[i], cuts, hidden };
}
