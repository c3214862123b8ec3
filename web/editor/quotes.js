// SPDX-License-Identifier: MIT
//
// Quotation marks, apostrophes, dashes and the ellipsis as one types, by the
// language where one types; the table and rules are those of
// src/text/typography.c. One Backspace takes the change back. What is pasted
// gets its marks by the same table.
import { InputRule } from 'prosemirror-inputrules';
import { Fragment, Slice } from 'prosemirror-model';

const narrow = '\u202F';
const english = '“”‘’';
// Outer marks, then inner ones.
const table = {
	'de-CH': '«»‹›', 'de-LI': '«»‹›', 'fr-CH': '«»‹›', 'it-CH': '«»‹›',
	'pt-BR': english, de: '„“‚‘', fr: '«»“”', es: '«»“”', it: '«»“”',
	ca: '«»“”', gl: '«»“”', eu: '«»“”', pt: '«»“”', el: '«»“”', nb: '«»‘’',
	nn: '«»‘’', no: '«»‘’', ru: '«»„“', uk: '«»„“', be: '«»„“', hy: '«»„“',
	fa: '«»‹›', ar: '«»“”', cs: '„“‚‘', sk: '„“‚‘', sl: '„“‚‘', bg: '„“’’',
	is: '„“‚‘', lt: '„“‚‘', et: '„“‚‘', ka: '„“‚‘', mk: '„“’‘', pl: '„”«»',
	ro: '„”«»', hu: '„”»«', hr: '„”‘’', sr: '„”’’', bs: '„”’’', he: '””’’',
	sv: '””’’', fi: '””’’', da: '»«›‹', ja: '「」『』', 'zh-TW': '「」『』',
	'zh-HK': '「」『』',
};

export function quotesOf(lang) {
	const [outer, outerEnd, inner, innerEnd] =
		table[lang] || table[lang.split('-')[0]] || english;
	const space = lang === 'fr' || (lang.startsWith('fr-') && lang !== 'fr-CH')
		? narrow : '';

	return { outer: outer + space, outerEnd: space + outerEnd, inner, innerEnd };
}

const opens = /(?:^|[\s\u00A0\u202F([{/=\-–—"'“„‘‚«‹¿¡「『])$/;

// In Macedonian the inner mark opens as an apostrophe looks: it counts where a
// mark may open.
function isOpenInner(before, { inner, innerEnd }) {
	let at = before.lastIndexOf(inner);

	while (at > 0 && !opens.test(before.slice(0, at)))
		at = before.lastIndexOf(inner, at - 1);
	return inner !== innerEnd && at > before.lastIndexOf(innerEnd);
}

// What SIGN ('"' or "'") becomes behind BEFORE, the words of the paragraph.
export function setQuote(sign, before, lang) {
	const marks = quotesOf(lang);

	if (sign === '"')
		return opens.test(before) ? marks.outer : marks.outerEnd;
	if (opens.test(before) && !/['’]$/.test(before))
		return marks.inner;
	return isOpenInner(before, marks) && !/\s$/.test(before)
		? marks.innerEnd : '’';
}

// The language of the place POS: of the words, the paragraph, the quotation
// around it, or the story.
export function langAt(state, pos, storyLang) {
	const $pos = state.doc.resolve(pos);
	const marks = state.storedMarks || $pos.marks();
	const mark = marks.find((m) => m.type.name === 'lang');

	if (mark)
		return mark.attrs.lang;
	for (let depth = $pos.depth; depth > 0; depth--)
		if ($pos.node(depth).attrs.lang)
			return $pos.node(depth).attrs.lang;
	return storyLang();
}

function isCode(state, pos) {
	const $pos = state.doc.resolve(pos);

	return $pos.parent.type.spec.code ||
		(state.storedMarks || $pos.marks()).some((m) => m.type.spec.code);
}

function insert(state, text, start, end) {
	const marks = state.storedMarks || state.doc.resolve(start).marks();

	return state.tr.replaceWith(start, end, state.schema.text(text, marks));
}

// An address that may go on, as src/text/bare_link.c ends them.
const openAddress = new RegExp('[a-z0-9]://[^\\s<>"«»\\u2010-\\u206F\\u3000-\\u303F' +
	'\\uFF00-\\uFF0F\\uFF1A-\\uFF20\\p{Script=Han}\\p{Script=Hiragana}' +
	'\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}' +
	'\\p{Script=Khmer}\\p{Script=Myanmar}]*$', 'iu');

export function quoteRules(storyLang) {
	const rule = (pattern, made) => new InputRule(pattern,
		(state, match, start, end) => {
			if (isCode(state, start))
				return null;
			const $start = state.doc.resolve(start);
			const before = $start.parent.textBetween(0, $start.parentOffset,
				null, '\uFFFC');

			if (!/["']$/.test(match[0]) && openAddress.test(before))
				return null;
			return insert(state, made(match, before,
				langAt(state, start, storyLang)), start, end);
		}, { inCode: false, inCodeMark: false });

	return [
		rule(/["']$/, (match, before, lang) =>
			setQuote(match[0].at(-1), before, lang)),
		rule(/\.\.\.$/, () => '…'),
		rule(/–-$/, () => '—'),
		rule(/(?<=[^-])--$/, (match, before, lang) =>
			/^(ru|uk|be)\b/.test(lang) ? '—' : '–'),
	];
}

// ---- pasted

const asian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
const letter = /[\p{L}\p{N}]/u;
// Nothing in it is a word.
const address = /\b[a-z]+:\/\/[^\s"']*(?:'[^\s"']+)*/gi;

// A single mark further on closes what opens before AT.
function closesSingle(words, at) {
	return /^.{0,300}?[^\s']'(?![\p{L}\p{N}])/su.test(words.slice(at));
}

// The straight marks of WORDS, one paragraph behind BEFORE, as a printer sets
// them: for each of its units what stands there then. langs(at): of the place.
class Setter {
	constructor(words, before, langs) {
		this.words = words.replace(address, (found) => 'x'.repeat(found.length));
		this.before = before;
		this.langs = langs;
		this.made = [...Array(words.length).keys()].map((at) => words[at]);
		const { outer, outerEnd } = quotesOf(langs(0));

		this.inDouble = outer !== outerEnd &&
			before.lastIndexOf(outer[0]) > before.lastIndexOf(outerEnd.at(-1));
		this.inSingle = isOpenInner(before, quotesOf(langs(0)));
	}

	set() {
		for (let at = 0; at < this.words.length; at++) {
			if (this.words[at] === '"')
				this.double(at);
			else if (this.words[at] === "'")
				this.single(at);
			this.before = (this.before + this.made[at]).slice(-40);
		}
		return this.made;
	}

	// Feet and inches.
	isMeasure(isOpen) {
		return (isOpen ? /\d['’]\d+$/ : /\d$/).test(this.before);
	}

	double(at) {
		const next = this.words[at + 1] ?? ' ';
		const lang = this.langs(at);
		// Where no spaces part words, one opens and the next one closes.
		const opening = asian.test(this.before) ? !this.inDouble
			: opens.test(this.before) && !(this.inDouble && /\s/.test(next)) &&
			!(this.inDouble && /\s$/.test(this.before) && at + 1 === this.words.length);

		if (/[\u05D0-\u05EA]$/.test(this.before) && letter.test(next)) {
			this.made[at] = '״'; // of an abbreviation
			return;
		}
		if (!opening && this.isMeasure(this.inDouble))
			return;
		this.inDouble = opening;
		this.inSingle = false;
		this.made[at] = quotesOf(lang)[opening ? 'outer' : 'outerEnd'];
		if (this.made[at].length > 1)
			this.takeSpace(at, opening ? 1 : -1);
	}

	// French marks bring their own.
	takeSpace(at, step) {
		for (let i = at + step; /^[ \u00A0\u202F]$/.test(this.made[i] ?? ''); i += step)
			this.made[i] = '';
		this.before = step < 0 ? this.before.replace(/[ \u00A0\u202F]+$/, '') : this.before;
	}

	single(at) {
		const next = this.words[at + 1] ?? ' ';
		const { inner, innerEnd } = quotesOf(this.langs(at));

		if (!this.inSingle && this.isMeasure(false) && !/\p{L}/u.test(next))
			return;
		if (!this.inSingle && opens.test(this.before) && !/['’]$/.test(this.before) &&
			!/\s/.test(next) && !/^\d\d(?!\d)/.test(this.words.slice(at + 1)) &&
			closesSingle(this.words, at + 1)) {
			this.inSingle = true;
			this.made[at] = inner;
		} else if (this.inSingle && !letter.test(next)) {
			this.inSingle = false;
			this.made[at] = innerEnd;
		} else {
			this.made[at] = '’';
		}
	}
}

const isCodeNode = (node) => node.marks.some((m) => m.type.spec.code);

// The nodes of one paragraph with their marks set; code keeps its own.
function setInline(nodes, before, lang) {
	const words = nodes.map((n) => !n.isText || isCodeNode(n)
		? (n.type.name === 'hard_break' ? '\n' : '\uFFFC').repeat(n.nodeSize)
		: n.text).join('');

	if (!/["']/.test(words))
		return nodes;
	const langs = nodes.flatMap((n) => Array(n.nodeSize).fill(
		n.marks.find((m) => m.type.name === 'lang')?.attrs.lang || lang));
	const setter = new Setter(words, before, (at) => langs[at]);
	const signs = setter.set();
	let at = 0;

	return nodes.flatMap((n) => {
		const text = signs.slice(at, at += n.nodeSize).join('');

		return !n.isText || isCodeNode(n) ? [n]
			: text ? [n.type.schema.text(text, n.marks)] : [];
	});
}

// SLICE, which is pasted where STATE's selection begins, with the marks of the
// language there.
export function setPasted(slice, state, storyLang) {
	const { $from } = state.selection;

	if (isCode(state, $from.pos))
		return slice;
	let before = slice.openStart > 0 || slice.content.firstChild?.isInline
		? $from.parent.textBetween(0, $from.parentOffset, null, '\uFFFC') : '';
	const inline = (content, lang) => {
		const was = before;

		before = '';
		return Fragment.from(setInline(nodesOf(content), was, lang));
	};
	const inside = (node, lang) => node.isText || node.isAtom || node.type.spec.code
		? node : node.copy(content(node.content, node.attrs.lang || lang));
	const content = (fragment, lang) => fragment.firstChild?.isInline
		? inline(fragment, lang)
		: Fragment.from(nodesOf(fragment).map((node) => inside(node, lang)));

	return new Slice(content(slice.content, langAt(state, $from.pos, storyLang)),
		slice.openStart, slice.openEnd);
}

function nodesOf(fragment) {
	const nodes = [];

	fragment.forEach((node) => nodes.push(node));
	return nodes;
}
