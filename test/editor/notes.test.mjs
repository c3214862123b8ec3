// Footnotes while one writes: no mark goes but with its note.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, TextSelection } from '../../web/editor/node_modules/prosemirror-state/dist/index.js';
import { followNote, freeLabel, notesPlugin } from '../../web/editor/notes.js';
import { rebase } from '../../web/editor/merge.js';
import { Source } from '../../web/editor/source.js';

function open(markdown) {
	const source = new Source(markdown);

	return { source, state: EditorState.create(
		{ doc: source.doc, plugins: [notesPlugin()] }) };
}

function marksOf(doc) {
	const labels = [];

	doc.descendants((node) => {
		if (node.type.name === 'footnote_ref')
			labels.push(node.attrs.label);
	});
	return labels;
}

const kept = [
	'The quay[^Q] is old.\n\n[^q]: Built in 1711.\n',
	'Он[^Прим] сказал.\n\n[^прим]: Сноска тут.\n',
	'The quay[^Straße] is old.\n\n[^STRASSE]: Built in 1711.\n',
	'The quay[^1] is old.\n\n[^1]: See {{< ref "x" >}} there.\n',
	'The quay[^1] is old.\n\n> [^1]: Built in 1711.\n',
	'The quay[^1] is old.\n\n- a\n\n  [^1]: Built in 1711.\n',
	'The quay[^1] is old.\n\n[^1]: ![Pic](/a.jpg)\n    {lang=fr}\n',
	'The quay[^a_b] is old.\n\n[^a_b]: See {{< ref "x" >}} there.\n',
];

test('a mark stays when a letter is typed, however its note is written', () => {
	for (const text of kept) {
		const { source, state } = open(text);
		const typed = state.apply(state.tr.insertText('Q', 1));

		assert.equal(marksOf(state.doc).length, 1, text);
		assert.equal(source.write(typed.doc).markdown, `Q${text}`);
	}
});

test('a mark stays when the changes of another are put in', () => {
	for (const text of kept) {
		const { state } = open(`${text}\nLast.\n`);
		const theirs = `New${text}\nLast one.\n`;
		const { tr } = state;

		assert.ok(rebase(tr, state.doc, new Source(theirs).doc));
		const merged = state.apply(tr).doc;

		assert.deepEqual(marksOf(merged), marksOf(state.doc), text);
	}
});

test('a mark stays when its note comes to be kept word for word', () => {
	const { state } = open('The quay[^1] is old.\n\n[^1]: Built in 1711.\n');
	const theirs = 'The quay[^1] is old.\n\n[^1]: See {{< ref "x" >}}.\n';
	const { tr } = state;

	assert.ok(rebase(tr, state.doc, new Source(theirs).doc));
	assert.deepEqual(marksOf(state.apply(tr).doc), ['1']);
});

test('a mark goes with its note', () => {
	for (const text of kept) {
		const { state } = open(text);
		const from = state.doc.firstChild.nodeSize;
		const without = state.apply(state.tr.delete(from, state.doc.content.size));

		assert.deepEqual(marksOf(without.doc), [], text);
	}
});

test('a mark leads to its note, and nowhere if that is kept word for word', () => {
	for (const [text, leads] of [['A[^q] b.\n\n[^Q]: Note.\n', true],
		['A[^q] b.\n\n> [^q]: Note.\n', false]]) {
		const { state } = open(text);
		const behind = state.apply(state.tr.setSelection(
			TextSelection.create(state.doc, 3)));

		assert.equal(followNote(behind), leads, text);
	}
});

test('a label with escapes is kept word for word', () => {
	const text = 'The quay[^a\\_b].\n\nLast.\n\n[^a\\_b]: Built in 1711.\n';

	assert.equal(new Source('').write(open(text).state.doc).markdown, text.trim());
});

test('a mark that is put in without a note goes', () => {
	const { state } = open('The quay is old.\n');
	const { doc } = open('That[^7] one.\n\n[^7]: A note.\n').state;
	const mark = doc.slice(1, doc.firstChild.nodeSize - 1);

	assert.deepEqual(marksOf(state.apply(state.tr.replace(1, 1, mark)).doc), []);
});

test('a new note takes no label that a text kept word for word has', () => {
	assert.equal(freeLabel(open('x[^3]\n\n[^3]: y\n').state.doc), '1');
	assert.equal(freeLabel(open('x\n\n[^1]: See {{< ref "x" >}} there.\n').state.doc),
		'2');
});

test('a second note of the same label, in other letters, gets one of its own', () => {
	const { state } = open('x[^a]\n\n[^A]: One.\n');
	const note = state.doc.child(1);
	const twice = note.type.create({ label: 'a' }, note.content);
	const labels = [];

	state.apply(state.tr.insert(state.doc.content.size, twice)).doc.forEach((node) => {
		if (node.type.name === 'footnote')
			labels.push(node.attrs.label);
	});
	assert.deepEqual(labels, ['A', 'a-1']);
});
