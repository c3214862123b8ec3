// SPDX-License-Identifier: MIT
//
// Words and characters as src/text/document.h counts them, which a test
// compares: languages without spaces between words count two characters a
// word; spaces are one between two others. What a reader is not shown (the
// words of the library, addresses, marks of footnotes) does not count.
const dense = /(?=[\p{L}\p{Nd}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/gu;
const word = /[\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}'’\u00AD-]*/gu;
const MINUTE = 220; // words

const none = { words: 0, dense: 0, characters: 0 };

// Of one block's text.
export function countText(text) {
	const characters = text.match(dense)?.length || 0;
	const rest = characters ? text.replace(dense, ' ') : text;

	return {
		words: rest.match(word)?.length || 0,
		dense: characters,
		characters: [...text.trim().replace(/\s+/g, ' ')].length,
	};
}

function add(a, b) {
	return { words: a.words + b.words, dense: a.dense + b.dense,
		characters: a.characters + b.characters };
}

function leafText(node) {
	if (node.type.name === 'embed')
		return node.attrs.text;
	return node.type.name === 'hard_break' ? ' ' : '';
}

const counted = new WeakMap();

function countNode(node) {
	if (counted.has(node))
		return counted.get(node);
	let sum = none;

	if (node.isTextblock || node.type.name === 'figure')
		sum = countText(node.textBetween(0, node.content.size, ' ', leafText));
	else if (node.isLeaf)
		sum = countText(leafText(node));
	else
		node.forEach((child) => {
			sum = add(sum, countNode(child));
		});
	counted.set(node, sum);
	return sum;
}

// { words, characters } of a document. Blocks that did not change are not
// counted again.
export function countDoc(doc) {
	const { words, dense: two, characters } = countNode(doc);

	return { words: words + Math.ceil(two / 2), characters };
}

export function minutesOf(words) {
	return Math.max(1, Math.round(words / MINUTE));
}
