// SPDX-License-Identifier: MIT
//
// Proof marks: what a careful reader would pencil into the margin. They come
// with the answer to a save, as places in the text that was sent, and move
// with it until the next answer. A mark is underlined, and stands in a list
// that the keyboard reaches; where it names a replacement, one click mends it.
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { lookForCaret } from './caret.js';
import { h } from './dom.js';
import { locate } from './source.js';
import { unitsOf } from './units.js';
import { say, sayCount } from './words.js';

const key = new PluginKey('marks');

export function marksPlugin() {
	return new Plugin({
		key,
		state: {
			init: () => DecorationSet.empty,
			apply: (tr, set) => tr.getMeta(key) || set.map(tr.mapping, tr.doc),
		},
		props: { decorations: (state) => key.getState(state) },
	});
}

export class Proof {
	// editor: the TextEditor; form: with the other fields; list: the element
	// that holds the list; isPlain(): the Markdown view is shown, where marks
	// stand in its field
	constructor(editor, form, list, isPlain) {
		Object.assign(this, { editor, form, list, isPlain });
		this.marks = [];
	}

	showPlain(marks) {
		this.marks = marks.map((mark, id) => ({ ...mark, id }));
		this.clear();
		this.draw();
	}

	clear() {
		this.underline([]);
	}

	underline(decorations) {
		const { view } = this.editor;

		lookForCaret(view);
		if (decorations.length || key.getState(view.state).find().length)
			view.dispatch(view.state.tr
				.setMeta(key, DecorationSet.create(view.state.doc, decorations))
				.setMeta('addToHistory', false));
	}

	// MARKS of an answer about what EDITOR.sent holds.
	show(marks) {
		const { sent, view } = this.editor;

		lookForCaret(view);

		const text = sent.written.markdown;
		const inBody = marks.filter((m) => m.field === 'body' && m.length > 0);
		const units = unitsOf(text,
			inBody.flatMap((m) => [m.offset, m.offset + m.length]));
		const decorations = [];

		this.marks = marks.map((mark, id) => ({ ...mark, id }));
		for (const mark of this.marks) {
			const at = inBody.includes(marks[mark.id]) && locate(sent.doc, sent.written,
				units.get(mark.offset), units.get(mark.offset + mark.length));

			if (!at)
				continue;
			const from = sent.mapping.map(at.from, 1);
			const to = sent.mapping.map(at.to, -1);

			if (from >= to)
				continue;
			const words = !at.isBlock && sent.doc.textBetween(at.from, at.to);
			const attrs = { class: 'fe-mark', 'data-mark': String(mark.id),
				title: `${mark.message}. ${mark.suggestion || ''}` };

			decorations.push(at.isBlock
				? Decoration.node(from, to, attrs, { id: mark.id, words })
				: Decoration.inline(from, to, attrs, { id: mark.id, words }));
		}
		this.underline(decorations);
		this.draw();
	}

	decorationOf(id) {
		return key.getState(this.editor.view.state)
			.find(undefined, undefined, (spec) => spec.id === id)[0] || null;
	}

	draw() {
		const items = this.marks.map((mark) => this.item(mark));

		this.list.replaceChildren(
			h('h2', { id: 'proof-title' }, say('PROOF')),
			h('p', { class: 'quiet', role: 'status' }, items.length
				? sayCount('PROOF_COUNT', items.length) : say('PROOF_NONE')),
			...(items.length ? [h('ol', { class: 'fe-marks' }, items)] : []));
	}

	item(mark) {
		const decoration = this.decorationOf(mark.id);
		const excerpt = decoration?.spec.words || '';
		const canMend = typeof mark.replacement === 'string' &&
			(decoration ? decoration.spec.words !== false : this.fieldOf(mark));

		return h('li', { 'data-mark': mark.id },
			h('button', {
				type: 'button',
				class: 'fe-goto',
				onclick: () => this.goto(mark),
			}, excerpt ? h('q', { dir: 'auto' }, excerpt.slice(0, 80)) : null, ' ',
			h('span', {}, mark.message)),
			mark.suggestion ? h('span', { class: 'hint' }, mark.suggestion) : null,
			canMend ? h('button', {
				type: 'button',
				onclick: () => this.mend(mark),
			}, mark.replacement ? say('MEND', mark.replacement) : say('MEND_DELETE'))
				: null);
	}

	fieldOf(mark) {
		const field = (mark.field !== 'body' || this.isPlain()) &&
			this.form.elements[mark.field];

		return field && 'value' in field ? field : null;
	}

	goto(mark) {
		const decoration = this.decorationOf(mark.id);
		const field = this.fieldOf(mark);

		if (decoration) {
			this.editor.focus(decoration.from);
		} else if (field) {
			const units = unitsOf(field.value, [mark.offset, mark.offset + mark.length]);

			field.focus();
			if (mark.length && field.setSelectionRange)
				field.setSelectionRange(units.get(mark.offset),
					units.get(mark.offset + mark.length));
		} else
			this.editor.focus();
	}

	// One click; it can be undone. What is not there any more is left alone.
	mend(mark) {
		const decoration = this.decorationOf(mark.id);
		const { view } = this.editor;
		const field = this.fieldOf(mark);

		if (decoration && decoration.spec.words === view.state.doc.textBetween(
			decoration.from, decoration.to)) {
			view.dispatch(view.state.tr.insertText(mark.replacement,
				decoration.from, decoration.to).scrollIntoView());
		} else if (field) {
			const units = unitsOf(field.value, [mark.offset, mark.offset + mark.length]);

			field.setRangeText(mark.replacement, units.get(mark.offset),
				units.get(mark.offset + mark.length), 'end');
			field.dispatchEvent(new Event('input', { bubbles: true }));
		}
		this.marks = this.marks.filter((m) => m.id !== mark.id);
		this.drop(mark.id);
		this.draw();
		const next = this.list.querySelector('button');

		if (next)
			next.focus();
		else
			this.editor.focus();
	}

	drop(id) {
		const { view } = this.editor;
		const decoration = this.decorationOf(id);

		if (decoration)
			view.dispatch(view.state.tr.setMeta(key,
				key.getState(view.state).remove([decoration])));
	}
}
