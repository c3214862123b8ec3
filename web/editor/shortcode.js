// SPDX-License-Identifier: MIT
//
// Shortcodes of other systems, taken out before Markdown is read, by the rules
// of src/text/markdown_shortcode.c. A figure leaves a mark behind, all else
// nothing; where each character of the new text stood in the old one is kept.
const forms = [['{{<', '>}}'], ['{{%', '%}}'], ['{%', '%}'], ['{{', '}}']];
const LONGEST = 2000;
const MISSES = 2000;

// What stands for a figure: never in a manuscript, for it is no character.
export const figureMark = '\uFDD0';

function shortcodeAt(source, at) {
	for (const [open, close] of forms) {
		if (!source.startsWith(open, at))
			continue;
		const end = source
			.slice(at + open.length, at + open.length + LONGEST)
			.indexOf(close);

		return end < 0 ? null : {
			inside: source.substr(at + open.length, end).trim(),
			length: open.length + end + close.length,
		};
	}
	return null;
}

function isFigure(inside) {
	return inside.startsWith('figure') || (inside.startsWith('include ') &&
		/figure|image/.test(inside.slice(0, 40)));
}

// The text without shortcodes; offsets[i] is where its character i stood, and
// has one more entry for the end. hasAny is false where nothing was taken.
export function takeShortcodes(source) {
	if (!source.includes('{{') && !source.includes('{%'))
		return { text: source, hasAny: false, origin: (i) => i };
	let text = '';
	const offsets = [];
	let misses = 0;
	const put = (string, at, step) => {
		for (let i = 0; i < string.length; i++)
			offsets.push(at + i * step);
		text += string;
	};

	for (let i = 0; i < source.length; i++) {
		const found = source[i] === '{' && misses < MISSES
			? shortcodeAt(source, i) : null;

		if (!found) {
			misses += source[i] === '{';
			put(source[i], i, 1);
			continue;
		}
		const whole = source.substr(i, found.length);

		if (isFigure(found.inside)) {
			const before = source.slice(source.lastIndexOf('\n', i - 1) + 1, i);
			const behind = /^[^\n]*/.exec(source.slice(i + found.length))[0];
			const isAlone = !before.trim() && !behind.trim();

			put(isAlone ? `\n${figureMark}\n` : figureMark, i, 0);
		}
		for (let k = whole.indexOf('\n'); k >= 0; k = whole.indexOf('\n', k + 1))
			put('\n', i + k, 1);
		i += found.length - 1;
	}
	offsets.push(source.length);
	return { text, hasAny: text !== source, origin: (i) => offsets[i] };
}
