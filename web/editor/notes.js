// SPDX-License-Identifier: MIT
//
// Footnotes: a mark in the text and a block with its words. They are numbered
// by the order of the marks, as the page does. A note without a mark is kept
// and says so; a mark goes with its note.
//
// Labels are the same as for Markdown: "[^Q]" is the mark of "[^q]:". A note may
// also stand in a block that is kept word for word.
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { sameLabel } from './read.js';
import { schema } from './schema.js';
import { say } from './words.js';

const key = new PluginKey('notes');
const rawNote = /\[\^((?:[^[\]\\\s]|\\.)+)\]:/g;

// { label as sameLabel gives it: { number, refs: [pos], note: pos } } in the
// order of the marks.
export function notesOf(doc) {
	const notes = new Map();
	const at = (label) => {
		const same = sameLabel(label);

		if (!notes.has(same))
			notes.set(same, { number: 0, refs: [], note: null });
		return notes.get(same);
	};
	let number = 0;

	doc.descendants((node, pos) => {
		if (node.type.name === 'footnote_ref') {
			const one = at(node.attrs.label);

			one.number ||= ++number;
			one.refs.push(pos);
		} else if (node.type.name === 'footnote') {
			at(node.attrs.label).note ??= pos;
		}
	});
	return notes;
}

function decorate(doc) {
	const marks = [];

	for (const { number, refs, note } of notesOf(doc).values()) {
		for (const pos of refs)
			marks.push(Decoration.node(pos, pos + 1, {
				'data-number': String(number),
				'aria-label': `${say('FOOTNOTE')} ${number}`,
			}));
		if (note !== null)
			marks.push(Decoration.node(note, note + doc.nodeAt(note).nodeSize, {
				'data-number': number ? String(number) : '–',
				'data-unused': number ? null : say('FOOTNOTE_UNUSED'),
				'aria-label': `${say('FOOTNOTE')} ${number || ''}`,
				role: 'note',
			}));
	}
	return DecorationSet.create(doc, marks);
}

// The labels of the notes in blocks that are kept word for word.
function rawLabels(doc) {
	const labels = new Set();

	doc.descendants((node) => {
		if (node.type.name === 'raw')
			for (const [, label] of node.attrs.source.matchAll(rawNote))
				labels.add(sameLabel(label));
	});
	return labels;
}

// Marks whose note was deleted, or that have come without one, and a second
// note of the same label. A mark that never had a note here stays: what is not
// understood is not to be lost.
function mend(before, state) {
	const { tr, doc } = state;
	const seen = new Set();
	const refs = [];
	let extra = 0;

	doc.descendants((node, pos) => {
		if (node.type.name === 'footnote_ref')
			refs.push({ pos, label: sameLabel(node.attrs.label) });
		if (node.type.name !== 'footnote')
			return;
		const label = sameLabel(node.attrs.label);

		if (seen.has(label))
			tr.setNodeMarkup(pos, null, { label: `${node.attrs.label}-${++extra}` });
		seen.add(label);
	});
	const alone = refs.filter(({ label }) => !seen.has(label));

	if (alone.length > 0) {
		const raw = rawLabels(doc);
		const had = notesOf(before);
		const hadRaw = rawLabels(before);
		const stays = (label) => raw.has(label) || (had.get(label)?.number &&
			had.get(label).note === null && !hadRaw.has(label));

		for (const { pos, label } of alone.reverse())
			if (!stays(label))
				tr.delete(pos, pos + 1);
	}
	return tr.docChanged ? tr : null;
}

export function notesPlugin() {
	return new Plugin({
		key,
		state: {
			init: (_, { doc }) => decorate(doc),
			apply: (tr, set) => tr.docChanged ? decorate(tr.doc) : set,
		},
		props: { decorations: (state) => key.getState(state) },
		appendTransaction: (transactions, before, state) =>
			transactions.some((tr) => tr.docChanged) ? mend(before.doc, state) : null,
	});
}

// The labels that are taken.
export function labelsOf(doc) {
	return new Set([...notesOf(doc).keys(), ...rawLabels(doc)]);
}

export function freeLabel(doc) {
	const labels = labelsOf(doc);
	let n = 1;

	while (labels.has(String(n)))
		n++;
	return String(n);
}

// Puts a mark here and its note at the end, and goes there.
export function insertNote(state, dispatch) {
	const { $to } = state.selection;
	const { footnote, footnote_ref, paragraph } = schema.nodes;

	for (let depth = $to.depth; depth > 0; depth--)
		if ($to.node(depth).type === footnote)
			return false;
	if (!$to.parent.inlineContent || $to.parent.type.spec.code)
		return false;
	if (dispatch) {
		const label = freeLabel(state.doc);
		const tr = state.tr.insert($to.pos, footnote_ref.create({ label }));

		tr.insert(tr.doc.content.size,
			footnote.create({ label }, paragraph.create()));
		tr.setSelection(TextSelection.near(tr.doc.resolve(tr.doc.content.size - 2)));
		dispatch(tr.scrollIntoView());
	}
	return true;
}

// From a note to its mark, from behind a mark to its note.
export function followNote(state, dispatch) {
	const { $from } = state.selection;
	const notes = notesOf(state.doc);
	let target = null;

	for (let depth = $from.depth; depth > 0; depth--)
		if ($from.node(depth).type === schema.nodes.footnote)
			target = notes.get(sameLabel($from.node(depth).attrs.label))?.refs[0] + 1;
	if (!target) {
		const before = $from.nodeBefore || $from.nodeAfter;

		const note = before?.type === schema.nodes.footnote_ref
			? notes.get(sameLabel(before.attrs.label)).note : null;

		if (note !== null)
			target = note + 2;
	}
	if (!target)
		return false;
	dispatch?.(state.tr.setSelection(
		TextSelection.near(state.doc.resolve(target))).scrollIntoView());
	return true;
}
