// SPDX-License-Identifier: MIT
//
// Another's changes, put into a text that goes on being typed: the cursor and
// what was typed meanwhile stay. What was changed on both sides is not
// guessed at: then nothing is put in, and the next save asks the server again.
import { Fragment } from 'prosemirror-model';
import { Mapping } from 'prosemirror-transform';

// The longest common run of two lists, as pairs of indexes.
function common(a, b, same) {
	let head = 0;
	let tail = 0;

	while (head < a.length && head < b.length && same(a[head], b[head]))
		head++;
	while (tail < a.length - head && tail < b.length - head &&
		same(a[a.length - 1 - tail], b[b.length - 1 - tail]))
		tail++;
	const n = a.length - head - tail;
	const m = b.length - head - tail;
	const pairs = Array.from({ length: head }, (_, i) => [i, i]);

	if (n > 0 && m > 0 && n * m < 4e6)
		pairs.push(...longest(a, b, head, n, m, same));
	for (let i = tail; i > 0; i--)
		pairs.push([a.length - i, b.length - i]);
	return pairs;
}

function longest(a, b, head, n, m, same) {
	const width = m + 1;
	const table = new Uint32Array((n + 1) * width);

	for (let i = n - 1; i >= 0; i--)
		for (let k = m - 1; k >= 0; k--)
			table[i * width + k] = same(a[head + i], b[head + k])
				? table[(i + 1) * width + k + 1] + 1
				: Math.max(table[(i + 1) * width + k], table[i * width + k + 1]);
	const pairs = [];

	for (let i = 0, k = 0; i < n && k < m;) {
		if (same(a[head + i], b[head + k]))
			pairs.push([head + i++, head + k++]);
		else if (table[(i + 1) * width + k] >= table[i * width + k + 1])
			i++;
		else
			k++;
	}
	return pairs;
}

// Where A and B differ: [{ from, to, by: [from, to] }] of A and of B.
export function changes(a, b, same = (x, y) => x === y) {
	const found = [];
	let i = 0;
	let k = 0;

	for (const [ai, bi] of [...common(a, b, same), [a.length, b.length]]) {
		if (ai > i || bi > k)
			found.push({ from: i, to: ai, by: [k, bi] });
		i = ai + 1;
		k = bi + 1;
	}
	return found;
}

// TEXT with the spaces at its end that LIKE has: the server keeps none, but
// whoever has just typed one goes on behind it.
export function withEnd(text, like) {
	const spaces = /[ \n]*$/.exec(like)[0];

	return /[ \n]$/.test(text) ? text : text + spaces;
}

// The three-way merge of lines of text; null where both sides changed a place.
export function mergeText(base, mine, theirs) {
	if (base === mine || mine === theirs)
		return theirs;
	if (base === theirs)
		return mine;
	const split = (s) => s.split(/(?<=[\n ])/);
	const words = split(base);
	const own = split(mine);
	const other = split(theirs);
	const ours = changes(words, own).map((c) =>
		({ ...c, text: own.slice(...c.by).join('') }));
	const all = [...ours, ...changes(words, other).map((c) =>
		({ ...c, text: other.slice(...c.by).join('') }))]
		.sort((x, y) => x.from - y.from || x.to - y.to);
	let text = '';
	let at = 0;
	let last = null;

	for (const change of all) {
		const isSame = last && change.from === last.from && change.to === last.to &&
			change.text === last.text;

		if (isSame)
			continue;
		if (change.from < at || (last && change.from === last.to &&
			(change.from === change.to || last.from === last.to)))
			return null;
		text += words.slice(at, change.from).join('') + change.text;
		at = change.to;
		last = change;
	}
	return text + words.slice(at).join('');
}

// What Markdown does not write: a paragraph with nothing in it yet, and spaces
// at the end of one. They are where somebody is just writing.
const isBlank = (node) => node.type.name === 'paragraph' &&
	node.content.size === node.textContent.length && node.textContent.trim() === '';

function childrenOf(doc) {
	const list = [];

	doc.forEach((node, offset) => list.push({ node, offset, end: offset + node.nodeSize }));
	return list;
}

// AFTER with the spaces at the ends of its texts that BEFORE has there.
function withSpaces(before, after) {
	if (before.type !== after.type)
		return after;
	if (!before.isTextblock) {
		if (before.isLeaf || before.childCount !== after.childCount)
			return after;
		return after.copy(Fragment.from(childrenOf(after).map(({ node }, i) =>
			withSpaces(before.child(i), node))));
	}
	const last = before.lastChild;
	const spaces = last?.isText ? / *$/.exec(last.text)[0].length : 0;

	if (!spaces || after.textContent.endsWith(' '))
		return after;
	return after.copy(after.content.append(
		Fragment.from(last.cut(last.text.length - spaces))));
}

// One block for one: only what differs inside of it.
function narrowed(before, after, pos) {
	const start = before.content.findDiffStart(after.content);

	if (!before.sameMarkup(after) || start === null)
		return null;
	let { a, b } = before.content.findDiffEnd(after.content);
	const overlap = start - Math.min(a, b);

	if (overlap > 0) {
		a += overlap;
		b += overlap;
	}
	return { from: pos + 1 + start, to: pos + 1 + a, slice: after.slice(start, b) };
}

// The replacements, in places of BEFORE, that make AFTER of it, but for what
// AFTER cannot have, being read from Markdown: that stays.
export function replacements(before, after) {
	const b = childrenOf(after);
	let a = childrenOf(before).filter(({ node }) => !isBlank(node));

	if (a.length === 0 || b.every(({ node }) => isBlank(node)))
		a = childrenOf(before);
	return changes(a, b, (x, y) => x.node.eq(withSpaces(x.node, y.node))).map((change) => {
		const [from, to] = change.by;
		const isOne = change.to === change.from + 1 && to === from + 1;
		const inner = isOne && narrowed(a[change.from].node,
			withSpaces(a[change.from].node, b[from].node), a[change.from].offset);
		const behind = change.from ? a[change.from - 1].end : 0;

		return inner || {
			from: change.from < change.to ? a[change.from].offset : behind,
			to: change.from < change.to ? a[change.to - 1].end : behind,
			slice: after.slice(from < b.length ? b[from].offset : after.content.size,
				to < b.length ? b[to].offset : after.content.size),
		};
	});
}

// Puts what leads from SENT to THEIRS into TR, whose document has come from
// SENT by MAPPING. False where a place was changed here too.
export function rebase(tr, sent, theirs, mapping = new Mapping()) {
	const list = replacements(sent, theirs).map((one) => {
		const from = mapping.map(one.from, -1);
		const to = mapping.map(one.to, 1);
		const isTouched = one.from === one.to ? from !== to
			: !sameSlice(sent, one, tr.doc, from, to);

		return isTouched ? null : { from, to, slice: one.slice };
	});

	if (list.includes(null))
		return false;
	for (const { from, to, slice } of list.reverse())
		tr.replace(from, to, slice);
	return true;
}

function sameSlice(sent, one, doc, from, to) {
	return to <= doc.content.size && from <= to &&
		sent.slice(one.from, one.to).eq(doc.slice(from, to));
}
