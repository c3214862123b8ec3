// SPDX-License-Identifier: MIT
//
// What can be done to a text, each with its words and its keys. A command is
// { id, word, keys, run(state, dispatch, view), isOn(state) }.
import { chainCommands, createParagraphNear, exitCode, lift, liftEmptyBlock,
	newlineInCode, selectNodeBackward, setBlockType, splitBlock, toggleMark, wrapIn,
	baseKeymap } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { undoInputRule } from 'prosemirror-inputrules';
import { liftListItem, sinkListItem, splitListItem, wrapInList }
	from 'prosemirror-schema-list';
import { NodeSelection, TextSelection } from 'prosemirror-state';
import { followNote, insertNote } from './notes.js';
import { schema } from './schema.js';
import * as tables from './tables.js';

const { nodes, marks } = schema;

function markIsOn(type) {
	return ({ selection, storedMarks, doc }) => selection.empty
		? Boolean(type.isInSet(storedMarks || selection.$from.marks()))
		: doc.rangeHasMark(selection.from, selection.to, type);
}

function around(state, type) {
	const { $from } = state.selection;

	for (let depth = $from.depth; depth > 0; depth--)
		if ($from.node(depth).type === type)
			return $from.node(depth);
	return null;
}

function headingIsOn(level) {
	return ({ selection }) => selection.$from.parent.type === nodes.heading &&
		selection.$from.parent.attrs.level === level;
}

// A heading again makes a paragraph of it.
function heading(level) {
	return (state, dispatch) => headingIsOn(level)(state)
		? setBlockType(nodes.paragraph)(state, dispatch)
		: setBlockType(nodes.heading, { level })(state, dispatch);
}

function quote(state, dispatch) {
	return around(state, nodes.quote) ? lift(state, dispatch)
		: wrapIn(nodes.quote)(state, dispatch);
}

function list(type) {
	const other = type === nodes.bullet_list ? nodes.ordered_list : nodes.bullet_list;

	return (state, dispatch) => {
		const { $from } = state.selection;

		for (let depth = $from.depth; depth > 0; depth--) {
			if ($from.node(depth).type === type)
				return liftListItem(nodes.list_item)(state, dispatch);
			if ($from.node(depth).type === other) {
				dispatch?.(state.tr.setNodeMarkup($from.before(depth), type,
					{ tight: $from.node(depth).attrs.tight }));
				return true;
			}
		}
		return wrapInList(type)(state, dispatch);
	};
}

function codeBlock(state, dispatch) {
	return state.selection.$from.parent.type === nodes.code_block
		? setBlockType(nodes.paragraph)(state, dispatch)
		: setBlockType(nodes.code_block)(state, dispatch);
}

function rule(state, dispatch) {
	dispatch?.(state.tr.replaceSelectionWith(nodes.rule.create()).scrollIntoView());
	return true;
}

function hardBreak(state, dispatch) {
	if (!state.selection.$from.parent.inlineContent)
		return false;
	dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create(), false)
		.scrollIntoView());
	return true;
}

// The language of the words that are selected, or of the block if none are.
export function setLang(lang) {
	return (state, dispatch) => {
		const { selection, tr } = state;
		const { $from, from, to, empty } = selection;

		if (!empty) {
			tr.removeMark(from, to, marks.lang);
			if (lang)
				tr.addMark(from, to, marks.lang.create({ lang }));
		} else {
			let depth = $from.depth;

			for (let d = depth; d > 0; d--)
				if ($from.node(d).type === nodes.quote)
					depth = d;
			if (!depth || !('lang' in $from.node(depth).attrs))
				return false;
			tr.setNodeMarkup($from.before(depth), null,
				{ ...$from.node(depth).attrs, lang });
		}
		dispatch?.(tr);
		return true;
	};
}

// Sets or takes away the link of the selection, or of the link around it.
export function setLink(attrs) {
	return (state, dispatch) => {
		const { from, to } = linkRange(state);
		const tr = state.tr;

		if (from === to && attrs) {
			const words = attrs.text || attrs.href;

			tr.replaceSelectionWith(schema.text(words,
				[marks.link.create({ href: attrs.href })]), false);
		} else {
			tr.removeMark(from, to, marks.link);
			if (attrs)
				tr.addMark(from, to, marks.link.create({ href: attrs.href }));
		}
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

export function linkRange(state) {
	const { $from, from, to, empty } = state.selection;
	const mark = marks.link.isInSet($from.marks()) ||
		[$from.nodeAfter, $from.nodeBefore].map((node) =>
			node && marks.link.isInSet(node.marks)).find(Boolean);

	if (!empty || !mark)
		return { from, to, mark: empty ? null
			: mark || findLink(state, from, to) };
	const start = $from.start();
	let range = { from, to, mark };

	$from.parent.forEach((node, offset) => {
		const at = start + offset;

		if (mark.isInSet(node.marks) && at <= range.to && at + node.nodeSize >= range.from)
			range = { from: Math.min(at, range.from),
				to: Math.max(at + node.nodeSize, range.to), mark };
	});
	return range;
}

function findLink(state, from, to) {
	let found = null;

	state.doc.nodesBetween(from, to, (node) => {
		found ||= marks.link.isInSet(node.marks) || null;
	});
	return found;
}

// A caption is one line: what comes next is a paragraph.
function leaveCaption(state, dispatch) {
	const { $from } = state.selection;

	if ($from.parent.type !== nodes.figure)
		return false;
	if (dispatch) {
		const pos = $from.after();
		const tr = state.tr.insert(pos, nodes.paragraph.create());

		dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 1))
			.scrollIntoView());
	}
	return true;
}

function breakInCell(state, dispatch) {
	return tables.isInTable(state) && hardBreak(state, dispatch);
}

// Behind the last block of a quotation or a note, an empty line leads out.
const enter = chainCommands(newlineInCode, leaveCaption, breakInCell,
	splitListItem(nodes.list_item), createParagraphNear, liftEmptyBlock,
	splitBlock);

export const commands = [
	{ id: 'undo', word: 'UNDO', keys: ['Mod-z'], run: undo },
	{ id: 'redo', word: 'REDO', keys: ['Mod-y', 'Mod-Shift-z'], run: redo },
	{ id: 'heading', word: 'HEADING', keys: ['Mod-Alt-2'], run: heading(2),
		isOn: headingIsOn(2) },
	{ id: 'subheading', word: 'SUBHEADING', keys: ['Mod-Alt-3'], run: heading(3),
		isOn: headingIsOn(3) },
	{ id: 'strong', word: 'BOLD', keys: ['Mod-b'], run: toggleMark(marks.strong),
		isOn: markIsOn(marks.strong) },
	{ id: 'em', word: 'ITALIC', keys: ['Mod-i'], run: toggleMark(marks.em),
		isOn: markIsOn(marks.em) },
	{ id: 'strike', word: 'STRUCK', keys: ['Mod-Shift-x'],
		run: toggleMark(marks.strike), isOn: markIsOn(marks.strike) },
	{ id: 'quote', word: 'QUOTATION', keys: ['Mod-Shift-9'], run: quote,
		isOn: (state) => Boolean(around(state, nodes.quote)) },
	{ id: 'bullets', word: 'LIST', keys: ['Mod-Shift-8'],
		run: list(nodes.bullet_list),
		isOn: (state) => Boolean(around(state, nodes.bullet_list)) },
	{ id: 'numbers', word: 'NUMBERED', keys: ['Mod-Shift-7'],
		run: list(nodes.ordered_list),
		isOn: (state) => Boolean(around(state, nodes.ordered_list)) },
	{ id: 'link', word: 'LINK', keys: ['Mod-k'], dialog: 'link',
		isOn: markIsOn(marks.link) },
	{ id: 'card', word: 'CARD', keys: ['Mod-Alt-k'], dialog: 'card' },
	{ id: 'footnote', word: 'FOOTNOTE', keys: ['Mod-Alt-f'], run: insertNote },
	{ id: 'picture', word: 'PICTURE', keys: ['Mod-Alt-p'], dialog: 'picture' },
	{ id: 'table', word: 'TABLE', keys: ['Mod-Alt-t'],
		run: tables.insertTable(3, 3), isOn: tables.isInTable },
	{ id: 'lang', word: 'LANGUAGE', keys: ['Mod-Alt-l'], dialog: 'lang' },
	{ id: 'code', word: 'CODE', keys: ['Mod-e'], run: toggleMark(marks.code),
		isOn: markIsOn(marks.code) },
	{ id: 'code-block', word: 'CODE_BLOCK', keys: ['Mod-Alt-c'], run: codeBlock,
		isOn: (state) => state.selection.$from.parent.type === nodes.code_block },
	{ id: 'rule', word: 'RULE', keys: ['Mod-Alt-r'], run: rule },
];

export const tableCommands = [
	{ id: 'row-above', word: 'ROW_ABOVE', run: tables.addRowBefore },
	{ id: 'row-below', word: 'ROW_BELOW', run: tables.addRowAfter },
	{ id: 'row-delete', word: 'ROW_DELETE', run: tables.deleteRow },
	{ id: 'column-before', word: 'COLUMN_BEFORE', run: tables.addColumnBefore },
	{ id: 'column-after', word: 'COLUMN_AFTER', run: tables.addColumnAfter },
	{ id: 'column-delete', word: 'COLUMN_DELETE', run: tables.deleteColumn },
	{ id: 'align-start', word: 'ALIGN_LEFT', run: tables.alignColumn('left') },
	{ id: 'align-centre', word: 'ALIGN_CENTRE', run: tables.alignColumn('center') },
	{ id: 'align-end', word: 'ALIGN_RIGHT', run: tables.alignColumn('right') },
	{ id: 'table-delete', word: 'TABLE_DELETE', run: tables.deleteTable },
];

export function keymapOf(openDialog) {
	const keys = {
		...baseKeymap,
		Enter: enter,
		'Shift-Enter': chainCommands(exitCode, hardBreak),
		Backspace: chainCommands(undoInputRule, baseKeymap.Backspace,
			selectNodeBackward),
		Tab: chainCommands(tables.nextCell, sinkListItem(nodes.list_item)),
		'Shift-Tab': chainCommands(tables.goToNextCell(-1),
			liftListItem(nodes.list_item)),
		'Mod-Alt-0': setBlockType(nodes.paragraph),
		'Mod-Enter': followNote,
	};

	for (const command of commands)
		for (const name of command.keys)
			keys[name] = command.dialog
				? (state, dispatch, view) => {
					openDialog(command.dialog, view);
					return true;
				} : command.run;
	return keys;
}

// The node of TYPE that is selected, or that the cursor is in.
export function selectedNode(state, type) {
	const { selection } = state;
	const { $from } = selection;

	if (selection instanceof NodeSelection && selection.node.type === type)
		return { node: selection.node, pos: selection.from };
	return $from.parent.type === type
		? { node: $from.parent, pos: $from.before() } : null;
}
