// SPDX-License-Identifier: MIT
//
// What readers do not see (hidden.js) in Markdown's tree of the text, which
// knows nothing of it.
import { align, textPart } from './align.js';

const flowParents = ['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition'];

// The leaves of TREE that are of one of TYPES: [{ node, parent, start, end }],
// in the order of the text.
function leavesOf(tree, types) {
	const found = [];
	const visit = (parent) => {
		for (const node of parent.children)
			if (node.children)
				visit(node);
			else if (types.includes(node.type) && node.position)
				found.push({ node, parent, start: node.position.start.offset,
					end: node.position.end.offset });
	};

	visit(tree);
	return found;
}

// Those of HIDDEN that Markdown does not read as such: HTML is a single tag or
// block for it, or two tags among the same words; a bracket is text.
export function misread(tree, hidden) {
	const leaves = hidden.length ? leavesOf(tree, ['html', 'text']) : [];
	let i = 0;

	return hidden.filter(({ what, start, end }) => {
		while (i < leaves.length && leaves[i].end <= start)
			i++;
		const first = leaves[i];

		if (!first || first.start > start ||
			(what === 'html' && first.node.type !== 'html'))
			return true;
		if (first.end >= end)
			return false;
		let k = i;

		while (k < leaves.length && leaves[k].end < end)
			k++;
		const last = leaves[k];

		return what === 'bracket' || first.start !== start ||
			flowParents.includes(first.parent.type) || last?.end !== end ||
			last.parent !== first.parent || last.node.type !== 'html';
	});
}

// Makes of each bracket in a text of TREE, read from TEXT, a node of its own.
export function liftBrackets(tree, hidden, text) {
	const brackets = hidden.filter(({ what }) => what === 'bracket');
	let next = 0;
	const split = (node) => {
		const { start, end } = node.position;

		while (next < brackets.length && brackets[next].start < start.offset)
			next++;
		const first = next;

		while (next < brackets.length && brackets[next].end <= end.offset)
			next++;
		return first === next ? [node]
			: withBrackets(node, brackets.slice(first, next), text);
	};
	const visit = (parent) => {
		parent.children = parent.children.flatMap((node) => {
			if (node.children)
				visit(node);
			return node.type === 'text' ? split(node) : [node];
		});
	};

	if (brackets.length > 0)
		visit(tree);
}

function withBrackets(node, brackets, text) {
	const offsets = align(node.value, text, node.position.start.offset,
		node.position.end.offset);
	const whole = { ...node, offsets };
	const parts = [];
	let at = 0;

	for (const { start, end } of brackets) {
		const from = at;

		while (offsets[at] < start)
			at++;
		parts.push(textPart(whole, from, at),
			{ type: 'html', value: text.slice(start, end) });
		while (offsets[at] < end)
			at++;
	}
	return [...parts, textPart(whole, at)].filter(({ value }) => value);
}
