// SPDX-License-Identifier: MIT
//
// What readers do not see of a text beside the shortcodes of Hugo and Liquid:
// what raw HTML hides, by the rules of src/text/markdown_hidden.c; shortcodes
// of WordPress, by those of src/text/markdown_bracket.c; and lines of
// attributes and abbreviations, by those of src/text/markdown_attribute.c.
const LONGEST = 2000; // of a bracket
const ATTRIBUTES_MAX = 300;
const blank = '(?=[ \\t\\r\\f\\v]*(?:\\n|$))';
const nameEnd = '(?![A-Za-z0-9:_-])';

// The part of SOURCE from AT before its first blank line, or COUNT of it.
export function paragraphAt(source, at, count) {
	return source.slice(at, at + count)
		.split(/\n(?=[ \t\r]*(?:\n|$))/, 1)[0];
}

// ---- what raw HTML hides

// With <pre>: that is seen, but is code over blank lines. The others end
// within their paragraph, and hide no picture.
const long = ['pre', 'script', 'style', 'template'];
const short = ['audio', 'iframe', 'noscript', 'object', 'video'];
const ends = Object.fromEntries([...long, ...short].map((name) => [name,
	new RegExp((short.includes(name) ? `\\n${blank}|<img${nameEnd}|` : '') +
		`</${name}${nameEnd}`, 'ig')]));
const hiding = new RegExp(
	`<(!--|(?:${[...long, ...short].join('|')})${nameEnd})`, 'iy');

export class HiddenWalk {
	constructor(source) {
		this.source = source;
		this.noneBefore = {}; // by names: where none that may begin ends
	}

	// Where what is hidden at AT ends; AT if nothing is. To be asked in order.
	end(at) {
		hiding.lastIndex = at;
		const name = hiding.exec(this.source)?.[1].toLowerCase();

		if (!name || this.noneBefore[name] > at)
			return at;
		const { end, seen } = name === '!--' ? this.commentEnd(at)
			: this.elementEnd(name, at);

		if (!end)
			this.noneBefore[name] = seen;
		return end || at;
	}

	commentEnd(at) {
		const end = this.source.indexOf('-->', at + 2); // "<!-->" is whole

		return { end: end < 0 ? 0 : end + 3, seen: this.source.length };
	}

	elementEnd(name, at) {
		const { source } = this;

		ends[name].lastIndex = at + 1;
		const last = ends[name].exec(source);

		if (!last?.[0].startsWith('</'))
			return { end: 0, seen: last?.index ?? source.length };
		return { end: source.indexOf('>', last.index) + 1, seen: source.length };
	}
}

// ---- WordPress

// Those that must enclose something; those that must have attributes.
const enclosing = ['caption', 'wp_caption', 'embed'];
const notBare = ['caption', 'wp_caption', 'audio', 'video'];
const names = 'caption|wp_caption|embed|gallery|playlist|audio|video';
const bracket = new RegExp(`\\[(/?)(${names})${nameEnd}`, 'y');

// How a bracket that may be one begins, as a pattern.
export const bracketStart = `/?(?:${names})${nameEnd}`;

export function isBracket(source, at) {
	bracket.lastIndex = at;
	return bracket.test(source);
}

// The shortcode of WordPress at AT: its length, and that of all there with what
// it encloses; null if there is none.
export function bracketAt(source, at) {
	const rest = paragraphAt(source, at, LONGEST);

	bracket.lastIndex = 0;
	const found = bracket.exec(rest);
	const length = rest.indexOf(']') + 1;

	if (!found || !length)
		return null;
	const [start, isEnd, name] = found;
	const inside = rest.slice(start.length, length - 1);
	const behind = rest.slice(length);

	if (/^(?:[(:]|\[(?!\/))/.test(behind) || /^[^ \t\n\r\f\v]/.test(inside) ||
		(!isEnd && notBare.includes(name) && !inside.includes('=')))
		return null;
	if (isEnd || !enclosing.includes(name))
		return { name, length, all: length };
	const close = `[/${name}]`;
	const end = behind.indexOf(close);

	return end < 0 ? null : { name, length, all: length + end + close.length };
}

// ---- lines of attributes

const inBraces = `[^{}\\n]{0,${ATTRIBUTES_MAX}}\\}`;
const attributes = new RegExp('^(?:\\{(?:' +
	`(?::\\s*)?[#.][A-Za-z\\u0080-\\uFFFF]${inBraces}|` +
	`:\\s*(?!lang=)[A-Za-z]+(?:\\}|[=\\s]${inBraces}))\\s*)+$`);
const abbreviation = new RegExp(`^\\*\\[[^\\]\\n]{1,${ATTRIBUTES_MAX}}\\]:`);

// One of the lines of a paragraph, of WORDS, is none of its words.
export function hasHiddenLine(words) {
	return words.split('\n').map((line) => line.trim())
		.some((line) => attributes.test(line) || abbreviation.test(line));
}

// ---- whether to look at all

const any = new RegExp(`\\{[{%]|${hiding.source}|\\[${bracketStart}`, 'i');

export function mayHide(source) {
	return any.test(source);
}
