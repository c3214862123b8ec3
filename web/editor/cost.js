// SPDX-License-Identifier: MIT
//
// Whether a text can be shown by the visual editor without holding the browser
// up: reading some Markdown takes time by the square of its length (marks in
// one paragraph that may each end at any other), and some takes long for each
// character. Nobody writes so, but somebody can send it.
//
// The estimate is in microseconds of a slow machine, and takes time by the
// length alone. It looks at lines: where one surely begins a new paragraph, the
// marks of the one before count no more. Where it is not sure it does not begin
// one, so a text may be thought harder than it is, and never easier.
const LONGEST = 400000; // characters
const DEEPEST = 25; // marks of quotations and lists in a line; as the program's
const MOST = 6e5; // of a whole text
const MOST_OF_PARAGRAPH = 1e5; // what grows by the square

const CHARACTER = 0.3;
const LINE = 30;
const EMPTY = 3;
const MARK = 30; // of emphasis, links, code, tags; also a cell of a table
const CONTAINER = 80; // a quotation, a list's item
const INDENT = 15; // a space at the beginning: a list in a list
const SQUARE = 0.01; // a mark, for each character of its paragraph

// A mark of inlines; "|" only is one of cells.
const marks = new Uint8Array(128);

for (const c of '*_~`[]!<&\\{')
	marks[c.charCodeAt(0)] = 1;

const empty = /^(?: {0,3}>)*[ \t]*$/;
const containers = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]|\[\^[^\]\s]{1,99}\]:)(?=[ \t>]|$))+/;
const bullet = /^ {0,3}(?:[*+-][ \t]+\S|#{1,6}[ \t])/;
const numbered = /^ {0,3}\d{1,9}([.)])[ \t]+\S/;
const fence = /^(`{3,}|~{3,})[^`]*$/;
const html = /^[\s>*+\-\d.)]*</;
// Not surely a row of a table.
const noRow = /^(?: {4}|\t| {0,3}(?:[>*+\-#<`~=_\d]|\[\^))/;
const delimiters = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

function cellsOf(line) {
	const inside = line.trim().replace(/^\|/, '').replace(/\|$/, '');
	let n = 1;

	for (let i = 0; i < inside.length; i++) {
		if (inside[i] === '\\')
			i++;
		else if (inside[i] === '|')
			n++;
	}
	return n;
}

function marksOf(line) {
	let n = 0;
	let pipes = 0;

	for (let i = 0; i < line.length; i++) {
		const c = line.charCodeAt(i);

		if (c < 128)
			n += marks[c];
		if (c === 124)
			pipes++;
	}
	return { n, pipes };
}

function depthOf(line) {
	return containers.exec(line)?.[0].match(/[>*+-]|\d+[.)]|\[/g).length ?? 0;
}

class Estimate {
	constructor() {
		this.all = 0;
		this.isOver = false;
		this.fence = ''; // code begins with this
		this.hasHtml = false; // which may go on over empty lines
		this.block();
	}

	// A paragraph begins.
	begin() {
		this.length = 0;
		this.marks = 0;
	}

	// Lines without an empty one between them begin.
	block() {
		this.begin();
		this.lines = 0;
		this.first = '';
		this.columns = 0; // of a table
		this.sign = ''; // of its numbers
	}

	// LINE surely begins a paragraph of its own.
	isNew(line) {
		if (noRow.test(line))
			this.columns = 0;
		if (bullet.test(line) || this.columns > 0)
			return true;
		const sign = numbered.exec(line)?.[1] ?? '';

		if (this.lines === 0)
			this.sign = sign;
		return sign !== '' && sign === this.sign;
	}

	// Code between fences that stand at the line's beginning, in no list, has
	// no paragraphs.
	isCode(line) {
		if (this.fence) {
			const end = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1] ?? '';

			if (end.startsWith(this.fence))
				this.fence = '';
			this.all += LINE + line.length * CHARACTER;
			this.isOver ||= this.all > MOST;
			this.block();
			return true;
		}
		this.hasHtml ||= html.test(line);
		if (this.lines === 0 && !this.hasHtml)
			this.fence = fence.exec(line)?.[1] ?? '';
		return false;
	}

	line(line) {
		if (this.isCode(line))
			return;
		if (empty.test(line)) {
			this.all += EMPTY + line.length * CHARACTER;
			this.block();
			return;
		}
		if (this.isNew(line))
			this.begin();
		const { n, pipes } = marksOf(line);

		this.length += line.length + 1;
		this.marks += n;
		this.all += LINE + line.length * CHARACTER + (n + pipes) * MARK +
			this.columns * MARK + depthOf(line) * CONTAINER +
			/^[ \t]*/.exec(line)[0].length * INDENT +
			n * this.length * SQUARE;
		// What came before in the paragraph is looked at once more, too.
		this.isOver ||= this.marks * this.length * SQUARE > MOST_OF_PARAGRAPH ||
			this.all > MOST;
		if (this.lines === 1 && delimiters.test(line) && !noRow.test(this.first) &&
			cellsOf(this.first) === cellsOf(line))
			this.columns = cellsOf(line);
		if (this.lines++ === 0)
			this.first = line;
	}
}

function isTooDeep(markdown) {
	return new RegExp(`^[ \\t]*(?:(?:[>*+-]|\\d{1,9}[.)])[ \\t]*){${DEEPEST},}`, 'm')
		.test(markdown);
}

// MARKDOWN is rather not read by the visual editor.
export function isTooHard(markdown) {
	if (markdown.length > LONGEST || isTooDeep(markdown))
		return true;
	const estimate = new Estimate();

	for (let at = 0; at <= markdown.length && !estimate.isOver;) {
		const end = markdown.indexOf('\n', at);
		const to = end < 0 ? markdown.length : end;

		estimate.line(markdown.slice(at, to));
		at = to + 1;
	}
	return estimate.isOver;
}
