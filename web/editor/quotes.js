// SPDX-License-Identifier: MIT
//
// Quotation marks, apostrophes, dashes and the ellipsis as one types, by the
// language where one types; the table and rules are those of
// src/text/typography.c. One Backspace takes the change back.
import { InputRule } from 'prosemirror-inputrules';

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

export function quoteRules(storyLang) {
	const rule = (pattern, made) => new InputRule(pattern,
		(state, match, start, end) => {
			if (isCode(state, start))
				return null;
			const $start = state.doc.resolve(start);
			const before = $start.parent.textBetween(0, $start.parentOffset,
				null, '\uFFFC');

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
