// SPDX-License-Identifier: MIT
//
// Where the words of Markdown's texts stand in the source.
import { decodeNamedCharacterReference } from 'decode-named-character-reference';

function decodeReference(reference) {
	const number = /^&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}));$/.exec(reference);

	if (!number)
		return decodeNamedCharacterReference(reference.slice(1, -1)) || null;
	const code = number[1] ? parseInt(number[1], 16) : Number(number[2]);

	return code > 0 && code <= 0x10FFFF ? String.fromCodePoint(code) : '\uFFFD';
}

// Where in SOURCE each unit of VALUE stands, which was read from between START
// and END: escapes and references are longer there, and lines have prefixes.
export function align(value, source, start, end) {
	const offsets = [];
	let at = start;

	while (offsets.length < value.length && at < end) {
		const want = value[offsets.length];
		const reference = source[at] === '&' &&
			/^&[#A-Za-z0-9]{1,32};/.exec(source.slice(at, Math.min(end, at + 34)));
		const decoded = reference && decodeReference(reference[0]);

		if (decoded && value.startsWith(decoded, offsets.length)) {
			for (let i = 0; i < decoded.length; i++)
				offsets.push(at);
			at += reference[0].length;
		} else if (source[at] === '\\' && source[at + 1] === want &&
			/[!-/:-@[-`{-~]/.test(want)) {
			offsets.push(at + 1);
			at += 2;
		} else {
			if (source[at] === want)
				offsets.push(at);
			at++;
		}
	}
	while (offsets.length < value.length)
		offsets.push(end);
	return offsets;
}

// Of the text NODE, the units FROM to TO.
export function textPart(node, from, to) {
	return {
		type: 'text',
		value: node.value.slice(from, to),
		offsets: node.offsets?.slice(from, to),
	};
}
