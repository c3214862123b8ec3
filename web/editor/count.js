// SPDX-License-Identifier: MIT
//
// Words as src/text/document.h counts them: languages without spaces between
// words count two characters a word.
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.\-]*/gu;
const MINUTE = 220; // words

export function wordsOf(text) {
	const characters = text.match(dense)?.length || 0;
	const rest = characters ? text.replace(dense, ' ') : text;

	return (rest.match(word)?.length || 0) + Math.ceil(characters / 2);
}

const counted = new WeakMap();

// Blocks that did not change are not counted again.
export function countWords(doc) {
	let sum = 0;

	doc.forEach((node) => {
		if (!counted.has(node))
			counted.set(node, node.isTextblock || node.isBlock
				? wordsOf(node.textBetween(0, node.content.size, ' ', ' ')) : 0);
		sum += counted.get(node);
	});
	return sum;
}

export function minutesOf(words) {
	return Math.max(1, Math.round(words / MINUTE));
}
