// SPDX-License-Identifier: MIT
//
// The visual editor of one field: a view of ProseMirror whose document is the
// Markdown of the field.
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule }
	from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { Fragment, Slice } from 'prosemirror-model';
import { EditorState, NodeSelection, Plugin, Selection, TextSelection }
	from 'prosemirror-state';
import { Mapping } from 'prosemirror-transform';
import { EditorView } from 'prosemirror-view';
import { lookForCaret } from './caret.js';
import { keymapOf } from './commands.js';
import { nodeViews } from './figure.js';
import { escapeThenTab, keysId } from './leave.js';
import { marksPlugin } from './marks.js';
import { rebase } from './merge.js';
import { labelsOf, notesPlugin } from './notes.js';
import { cleanAddress, cleanHtml, isOwn, paragraphsOf } from './paste.js';
import { quoteRules, setPasted } from './quotes.js';
import { isRtl, schema } from './schema.js';
import { Source } from './source.js';
import { tablePlugins } from './tables.js';

const { nodes, marks } = schema;

function markdownRules() {
	return [
		textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading,
			(match) => ({ level: match[1].length })),
		wrappingInputRule(/^\s*>\s$/, nodes.quote),
		wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list),
		wrappingInputRule(/^(\d{1,4})\.\s$/, nodes.ordered_list,
			(match) => ({ start: Number(match[1]) }),
			(match, node) => node.childCount + node.attrs.start === Number(match[1])),
		textblockTypeInputRule(/^```$/, nodes.code_block),
		new InputRule(/^---$/, (state, match, start, end) => {
			const $start = state.doc.resolve(start);

			return $start.depth === 1 && $start.parent.type === nodes.paragraph
				? state.tr.replaceRangeWith(start - 1, end + 1, nodes.rule.create())
				: null;
		}),
	];
}

// Plain text as paragraphs; one address by itself is a link.
function plainSlice(text) {
	const href = /^\s*https?:\/\/\S+\s*$/.test(text) && cleanAddress(text.trim());

	if (href)
		return new Slice(Fragment.from(schema.text(text.trim(),
			[marks.link.create({ href })])), 0, 0);
	const paragraphs = paragraphsOf(text).map((lines) =>
		nodes.paragraph.create(null, lines.flatMap((line, i) => i
			? [nodes.hard_break.create(), schema.text(line)] : [schema.text(line)])));

	return new Slice(Fragment.from(paragraphs), 1, 1);
}

// Notes stand at the top and are not split into what they are pasted among.
function closeNotes(slice) {
	let has = false;

	slice.content.forEach((node) => {
		has ||= node.type === nodes.footnote;
	});
	return has ? new Slice(slice.content, 0, 0) : slice;
}

// Typing while a picture or a card is selected does not replace it.
function typeBehind(view, from, to, text) {
	const { selection, tr } = view.state;

	if (!(selection instanceof NodeSelection) || selection.node.isInline)
		return false;
	const pos = selection.to;

	if (!tr.doc.resolve(pos).parent.canReplaceWith(selection.$to.index(),
		selection.$to.index(), nodes.paragraph))
		return true;
	tr.insert(pos, nodes.paragraph.create(null, schema.text(text)));
	tr.setSelection(TextSelection.create(tr.doc, pos + 1 + text.length));
	view.dispatch(tr.scrollIntoView());
	return true;
}

// Reached by Tab, a text that begins with a card has no caret by itself.
function placeCaret(view) {
	setTimeout(() => {
		const { anchorNode } = getSelection();

		if (view.hasFocus() && !(anchorNode && view.dom.contains(anchorNode)))
			view.focus();
	}, 0);
	return false;
}

// With a picture or card selected the browser has no caret to move.
function leaveNode(find) {
	return (state, dispatch) => {
		if (!(state.selection instanceof NodeSelection))
			return false;
		dispatch?.(state.tr.setSelection(find(state.doc)).scrollIntoView());
		return true;
	};
}

export class TextEditor {
	// options: place, markdown, label, lang() of the story, openDialog(name,
	// view), changed(), files(list, pos), left(pictures), raw(text) which
	// may take over a pasted raw text
	constructor(options) {
		this.options = options;
		const tabLeaves = escapeThenTab();

		this.source = new Source(options.markdown);
		this.written = null;
		this.sent = null;
		this.view = new EditorView(options.place, {
			state: this.stateOf(this.source.doc),
			attributes: {
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': options.label,
				'aria-describedby': keysId,
				class: 'fe-text',
				spellcheck: 'true',
			},
			nodeViews: nodeViews((view) => options.openDialog('picture', view)),
			dispatchTransaction: (tr) => this.dispatch(tr),
			transformPastedHTML: (html) => this.clean(html),
			transformPasted: (slice, view) => this.curl(closeNotes(slice), view),
			clipboardTextParser: (text, $context, isPlain) => plainSlice(text),
			handlePaste: (view, event) => this.paste(event),
			handleDrop: (view, event) => this.drop(view, event),
			handleTextInput: typeBehind,
			handleDOMEvents: {
				focus: placeCaret,
				keydown: (view, event) => tabLeaves(event) || lookForCaret(view),
				paste: (view) => {
					this.isOwn = false;
					return lookForCaret(view);
				},
				cut: lookForCaret,
				copy: lookForCaret,
			},
		});
		this.view.dom.setAttribute('data-hint', options.hint);
		this.setLang();
		this.showHint();
	}

	// While there is no text, where it will be.
	showHint() {
		this.view.dom.classList.toggle('fe-blank', this.isEmpty() &&
			this.view.state.doc.firstChild?.type === schema.nodes.paragraph);
	}

	stateOf(doc) {
		return EditorState.create({
			doc,
			// In words, not on a card, which typing would be about.
			selection: Selection.findFrom(doc.resolve(0), 1, true) || undefined,
			plugins: [
				keymap({
					'Mod-End': leaveNode(Selection.atEnd),
					'Mod-Home': leaveNode(Selection.atStart),
				}),
				inputRules({ rules: [...markdownRules(),
					...quoteRules(() => this.options.lang())] }),
				keymap(keymapOf((name, view) => this.options.openDialog(name, view))),
				history(),
				notesPlugin(),
				marksPlugin(),
				...tablePlugins(),
				dropCursor(),
				gapCursor(),
				new Plugin({ view: () => ({ update: () => this.options.moved?.() }) }),
			],
		});
	}

	setLang() {
		this.view.dom.setAttribute('lang', this.options.lang());
		this.view.dom.setAttribute('dir',
			isRtl(this.options.lang()) ? 'rtl' : 'ltr');
	}

	dispatch(tr) {
		if (!this.view)
			return;
		this.view.updateState(this.view.state.apply(tr));
		if (!tr.docChanged)
			return;
		this.sent?.mapping.appendMapping(tr.mapping);
		this.written = null;
		this.showHint();
		this.options.changed(tr);
	}

	// { markdown, pieces }
	write() {
		this.written ??= this.source.write(this.view.state.doc);
		return this.written;
	}

	// Where the cursor stands in the Markdown: there a letter would be written.
	place() {
		const { tr, selection: { head } } = this.view.state;
		const { markdown } = this.source.write(tr.insertText('\uE000', head).doc);

		return Math.max(0, markdown.indexOf('\uE000'));
	}

	// Remembers what is being sent, for the answer is about that.
	mark() {
		const written = this.write();

		this.sent = { doc: this.view.state.doc, mapping: new Mapping(), written };
	}

	// Puts MARKDOWN in place of what was sent; false if it cannot be.
	apply(markdown, sent = this.sent) {
		const source = new Source(markdown);

		lookForCaret(this.view);
		const tr = this.view.state.tr;

		if (!rebase(tr, sent.doc, source.doc, sent.mapping))
			return false;
		this.source = source;
		this.written = null;
		this.view.dispatch(tr.setMeta('addToHistory', false)
			.setMeta('merged', true));
		return true;
	}

	// Takes MARKDOWN as the person wrote it elsewhere (the Markdown view); it
	// can be undone. PREPARE is given the
	// transaction before it is made.
	replace(markdown, prepare = (tr) => tr) {
		const source = new Source(markdown);
		const tr = this.view.state.tr;

		rebase(tr, this.view.state.doc, source.doc);
		this.source = source;
		this.written = null;
		if (tr.docChanged)
			this.view.dispatch(prepare(tr));
	}

	isEmpty() {
		return this.view.state.doc.textContent.trim() === '' &&
			this.view.state.doc.childCount <= 1;
	}

	clean(html) {
		const { html: clean, pictures } = cleanHtml(html,
			labelsOf(this.view.state.doc));

		this.isOwn = isOwn(html);
		if (pictures)
			this.options.left(pictures);
		return clean;
	}

	// What was written here has the marks that somebody wanted.
	curl(slice, view) {
		return this.isOwn || view.dragging ? slice
			: setPasted(slice, view.state, () => this.options.lang());
	}

	paste(event) {
		const files = [...(event.clipboardData?.files || [])]
			.filter((f) => f.type.startsWith('image/'));
		const text = event.clipboardData?.getData('text/plain') || '';
		const html = event.clipboardData?.getData('text/html') || '';

		if (files.length && !html.includes('<table')) {
			this.options.files(files, this.view.state.selection.from);
			return true;
		}
		return !html && this.options.raw(text);
	}

	drop(view, event) {
		const files = [...(event.dataTransfer?.files || [])]
			.filter((f) => f.type.startsWith('image/'));
		const at = files.length &&
			view.posAtCoords({ left: event.clientX, top: event.clientY });

		if (!at)
			return false;
		event.preventDefault();
		this.options.files(files, at.pos);
		return true;
	}

	// Markdown at the cursor, as blocks.
	insertMarkdown(markdown) {
		const { doc } = new Source(markdown);
		const { tr } = this.view.state;

		if (this.isEmpty())
			tr.replaceWith(0, tr.doc.content.size, doc.content);
		else
			tr.replaceSelection(new Slice(doc.content, 0, 0));
		this.view.dispatch(tr.scrollIntoView());
	}

	focus(pos = null) {
		if (pos !== null)
			this.view.dispatch(this.view.state.tr.setSelection(
				TextSelection.near(this.view.state.doc.resolve(pos))).scrollIntoView());
		this.view.focus();
	}
}
