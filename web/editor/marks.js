// SPDX-License-Identifier: MIT
//
// Proof marks: what a careful reader would pencil into the margin. They come
// with the page and with the answer to each save, as places in the text that
// was sent, and move with it until the next answer. A mark is underlined, and
// stands in a list that the keyboard reaches, with a button for each mend, or
// one that goes where the writer has to say more.
//
// A mend is a change of the text that was sent; what was typed since stays. It
// is one step of undo, which Ctrl+Z takes back from the list, too.
import { closeHistory, undo } from 'prosemirror-history';
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { lookForCaret } from './caret.js';
import { h } from './dom.js';
import { mergeText } from './merge.js';
import { schema } from './schema.js';
import { locate } from './source.js';
import { unitsOf } from './units.js';
import { say, sayCount } from './words.js';

const key = new PluginKey('marks');

// The field of a picture's dialog that a mark is about.
const pictureFields = { 'no alternative text': 'alt', 'no credit': 'credit' };

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

// As the server reads a field of one line.
function onOneLine(text) {
	return text.trim().replace(/ ?[\n\t][\n\t]*/g, ' ');
}

// TEXT with the mend in it.
function applied(text, { offset, length, text: piece }) {
	const units = unitsOf(text, [offset, offset + length]);

	return text.slice(0, units.get(offset)) + piece +
		text.slice(units.get(offset + length));
}

// Writes VALUE into FIELD as a person would, so that the browser's own undo
// knows it.
function typeInto(field, value) {
	const was = field.value;
	let head = 0;
	let tail = 0;

	while (head < was.length && was[head] === value[head])
		head++;
	while (tail < was.length - head && tail < value.length - head &&
		was.at(-1 - tail) === value.at(-1 - tail))
		tail++;
	const piece = value.slice(head, value.length - tail);

	show(field);
	field.focus();
	field.setSelectionRange(head, was.length - tail);
	if (document.execCommand(piece ? 'insertText' : 'delete', false, piece) &&
		field.value === value)
		return;
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
}

// A field may stand in a part that is folded up.
function show(field) {
	for (let e = field.closest('details'); e; e = e.parentElement.closest('details'))
		e.open = true;
}

export class Proof {
	// editor: the TextEditor; form: with the other fields; list: the element
	// that holds the list; isPlain(): the Markdown view is shown, where marks
	// stand in its field; openPicture(name): the dialog of the selected figure,
	// with that field in focus; late(): the text is another one by now;
	// leave(name, value): tells the newsroom what stands, or no longer does,
	// and has the text looked at anew; resolves to whether it was kept
	constructor(editor, form, list, { isPlain, openPicture, late, leave }) {
		Object.assign(this, { editor, form, list, isPlain, openPicture, late, leave });
		this.marks = [];
		this.standing = []; // what somebody has let stand
		this.texts = {}; // that the marks are about, by field
		this.kept = new Map(); // what the page knew how to fill, by kind
		this.undone = []; // where the last mends were made, and what they left
		this.status = h('p', { class: 'quiet', role: 'status' });
		this.items = h('ol', { class: 'fe-marks', hidden: true });
		this.stands = h('div', { hidden: true });
		list.addEventListener('keydown', (event) => this.pressed(event));
	}

	pressed(event) {
		if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey ||
			event.key !== 'z' || !this.undone.length)
			return;
		event.preventDefault();
		const { field, left } = this.undone.pop();

		// The last step is another one by now, and not to be lost here.
		if (field ? field.value !== left : !this.editor.view.state.doc.eq(left)) {
			this.undone = [];
			return;
		}
		if (field) {
			field.focus();
			document.execCommand('undo');
		} else {
			undo(this.editor.view.state, this.editor.view.dispatch);
			this.editor.focus();
		}
	}

	// MARKS of an answer about FIELDS; in the visual editor their body is what
	// EDITOR.sent holds. Nothing is underlined in the Markdown view.
	show(marks, fields) {
		const isPlain = this.isPlain();

		this.texts = {};
		for (const [name, value] of Object.entries(fields))
			this.texts[name] = name === 'body' || typeof value !== 'string' ? value
				: onOneLine(value);
		if (!isPlain)
			this.texts.body = this.editor.sent.written.markdown;
		this.standing = marks.filter((mark) => mark.by);
		this.marks = marks.filter((mark) => !mark.by).map((mark, id) => ({ ...mark, id, mends: this.mendsOf(mark) }));
		this.underline(isPlain ? [] : this.decorations());
		this.draw();
	}

	// The page has looked up what an answer has not.
	mendsOf({ kind, length, mends = [] }) {
		if (length === 0 && mends.length)
			this.kept.set(kind, mends);
		return mends.length || length ? mends : this.kept.get(kind) || [];
	}

	clear() {
		this.marks = [];
		this.underline([]);
		this.draw();
	}

	underline(decorations) {
		const { view } = this.editor;

		lookForCaret(view);
		if (decorations.length || key.getState(view.state).find().length)
			view.dispatch(view.state.tr
				.setMeta(key, DecorationSet.create(view.state.doc, decorations))
				.setMeta('addToHistory', false));
	}

	decorations() {
		const { sent } = this.editor;
		const inBody = this.marks.filter((m) => m.field === 'body' && m.length > 0);
		const units = unitsOf(this.texts.body,
			inBody.flatMap((m) => [m.offset, m.offset + m.length]));

		lookForCaret(this.editor.view);
		return inBody.map((mark) => {
			const at = locate(sent.doc, sent.written,
				units.get(mark.offset), units.get(mark.offset + mark.length));
			const from = at && sent.mapping.map(at.from, 1);
			const to = at && sent.mapping.map(at.to, -1);

			if (!at || from >= to)
				return null;
			const words = !at.isBlock && sent.doc.textBetween(at.from, at.to);
			const attrs = { class: 'fe-mark', 'data-mark': String(mark.id),
				title: mark.message };

			return at.isBlock
				? Decoration.node(from, to, attrs, { id: mark.id, words })
				: Decoration.inline(from, to, attrs, { id: mark.id, words });
		}).filter(Boolean);
	}

	decorationOf(id) {
		return key.getState(this.editor.view.state)
			.find(undefined, undefined, (spec) => spec.id === id)[0] || null;
	}

	// ---- the list

	// Who stands in the list stays at the same place of it.
	draw(said = '') {
		const focused = document.activeElement?.closest?.('.fe-marks li');
		const at = this.items.contains(focused)
			? [...this.items.children].indexOf(focused) : -1;
		const count = this.marks.length
			? sayCount('PROOF_COUNT', this.marks.length) : say('PROOF_NONE');

		if (!this.list.contains(this.status))
			this.list.replaceChildren(h('h2', { id: 'proof-title' }, say('PROOF')),
				this.status, this.items, this.stands);
		this.items.replaceChildren(...this.marks.map((mark) => this.item(mark)));
		this.items.hidden = !this.marks.length;
		this.drawStanding();
		this.status.textContent = `${said} ${count}`.trim();
		if (at >= 0)
			this.focus(at);
	}

	drawStanding() {
		this.stands.hidden = !this.standing.length;
		this.stands.replaceChildren(
			h('p', { class: 'quiet' }, sayCount('STANDS', this.standing.length)),
			h('ul', { class: 'fe-marks' }, this.standing.map((mark) =>
				h('li', { 'data-kind': mark.kind },
					mark.excerpt ? h('q', { dir: 'auto' }, mark.excerpt.slice(0, 80)) : null,
					' ', h('span', {}, mark.message), ' ',
					h('span', { class: 'hint' }, say('STET_BY', mark.by)),
					h('p', { class: 'acts' }, h('button', { type: 'button',
						onclick: () => this.takeBack(mark) }, say('STET_BACK')))))));
	}

	// The item at AT, or the last one; FIELD, or the text, where none is left.
	focus(at, field = this.form.elements.body) {
		const item = this.items.children[Math.min(at, this.items.children.length - 1)];
		const button = item?.querySelector('.acts button');

		if (button)
			button.focus();
		else if (field.name === 'body' && !this.isPlain())
			this.editor.focus();
		else
			field.focus();
	}

	excerptOf(mark) {
		const decoration = this.decorationOf(mark.id);
		const text = decoration?.spec.words || '';

		// A sign alone says nothing.
		if (text.length === 1 && mark.excerpt)
			return mark.excerpt;
		if (text || !mark.length || (decoration && !this.isPlain()))
			return text;
		const whole = this.texts[mark.field] || '';
		const units = unitsOf(whole, [mark.offset, mark.offset + mark.length]);

		return whole.slice(units.get(mark.offset), units.get(mark.offset + mark.length));
	}

	item(mark) {
		const excerpt = this.excerptOf(mark);
		const button = (words, press) =>
			h('button', { type: 'button', onclick: press }, words);

		return h('li', { 'data-mark': mark.id, 'data-kind': mark.kind },
			h('button', { type: 'button', class: 'fe-goto',
				onclick: () => this.goto(mark) },
			excerpt ? h('q', { dir: 'auto' }, excerpt.slice(0, 80)) : null, ' ',
			h('span', {}, mark.message)),
			h('p', { class: 'acts' }, mark.mends.length
				? mark.mends.map((mend) =>
					button(mend.say, () => this.mend(mark, mend)))
				: button(mark.go, () => this.goto(mark)),
			mark.stet ? h('button', { type: 'button', class: 'fe-stet',
				onclick: () => this.letStand(mark) }, say('STET')) : null));
	}

	// ---- letting stand

	async letStand(mark) {
		if (!await this.leave('stet', mark.stet))
			return;
		const at = this.marks.findIndex((m) => m.id === mark.id);

		if (at < 0)
			return; // an answer has come, and has it no more
		this.marks = this.marks.filter((m) => m.id !== mark.id);
		this.drop(mark.id);
		this.draw(say('STET_LEFT'));
		this.focus(at);
	}

	async takeBack(mark) {
		if (!await this.leave('unstet', mark.unstet))
			return;
		this.standing = this.standing.filter((m) => m !== mark);
		this.drawStanding();
		this.items.querySelector('button')?.focus();
	}

	// ---- going there

	goto(mark) {
		const { field: name, offset, length } = mark.place || mark;
		const decoration = this.decorationOf(mark.id);
		const field = this.form.elements[name];

		if (name === 'body' && !this.isPlain())
			return decoration ? this.gotoWords(mark, decoration) : this.editor.focus();
		if (!field)
			return null;
		const units = unitsOf(field.value, [offset, offset + length]);

		show(field);
		field.focus();
		return field.setSelectionRange?.(units.get(offset), units.get(offset + length));
	}

	gotoWords(mark, { from, to }) {
		const { view } = this.editor;
		const { doc, tr } = view.state;
		const node = doc.nodeAt(from);

		if (node?.type === schema.nodes.figure && pictureFields[mark.kind])
			return this.openPicture(from, pictureFields[mark.kind]);
		if (node?.isBlock || !mark.length)
			return this.editor.focus(from);
		// Before the full stop, or behind the words; else on the words.
		const end = mark.place?.length === 0
			? to - (mark.offset + mark.length - mark.place.offset) : to;

		view.dispatch(tr.setSelection(TextSelection.create(doc,
			mark.place?.length === 0 ? end : from, end)).scrollIntoView());
		return view.focus();
	}

	// ---- mending

	mend(mark, mend) {
		const isWords = mend.field === 'body' && !this.isPlain();
		const field = this.form.elements[mend.field];
		const base = this.texts[mend.field] ?? '';
		const now = isWords ? this.editor.write().markdown : field.value;
		const at = this.marks.findIndex((m) => m.id === mark.id);
		const mended = mergeText(base, now, applied(base, mend));

		if (mended === null || mended === now)
			return this.late();
		if (isWords)
			this.editor.replace(mended, closeHistory);
		else
			typeInto(field, mended);
		this.undone.push(isWords ? { left: this.editor.view.state.doc }
			: { field, left: field.value });
		this.marks = this.marks.filter((m) => m.id !== mark.id);
		this.drop(mark.id);
		this.draw(say('MENDED'));
		return this.focus(at, field);
	}

	drop(id) {
		const { view } = this.editor;
		const decoration = this.decorationOf(id);

		if (decoration)
			view.dispatch(view.state.tr.setMeta(key,
				key.getState(view.state).remove([decoration])));
	}
}
