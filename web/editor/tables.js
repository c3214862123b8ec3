// SPDX-License-Identifier: MIT
//
// Tables of Markdown: the first row is the head, a column has one alignment,
// no cell spans another.
import { Plugin, TextSelection } from 'prosemirror-state';
import { addRowAfter, goToNextCell, isInTable, selectedRect,
	tableEditing } from 'prosemirror-tables';
import { schema } from './schema.js';

const { table, table_row, table_cell, table_header, paragraph } = schema.nodes;

// The head's cells are heads and no others; all of a column are aligned alike.
function mendTable(tr, node, pos) {
	const aligns = [];

	node.firstChild.forEach((cell) => aligns.push(cell.attrs.align));
	node.forEach((row, rowAt, r) => row.forEach((cell, cellAt, c) => {
		const want = r ? table_cell : table_header;
		const align = aligns[c] ?? null;

		if (cell.type !== want || cell.attrs.align !== align)
			tr.setNodeMarkup(pos + 1 + rowAt + 1 + cellAt, want,
				{ ...cell.attrs, align });
	}));
}

function mendPlugin() {
	return new Plugin({
		appendTransaction(transactions, before, state) {
			if (!transactions.some((tr) => tr.docChanged))
				return null;
			const tr = state.tr;

			state.doc.descendants((node, pos) => {
				if (node.type === table)
					mendTable(tr, node, pos);
				return !node.isTextblock && node.type !== table;
			});
			return tr.docChanged ? tr : null;
		},
	});
}

export function tablePlugins() {
	return [mendPlugin(), tableEditing()];
}

export function insertTable(rows, columns) {
	return (state, dispatch) => {
		const made = table.create(null, Array.from({ length: rows }, (_, r) =>
			table_row.create(null, Array.from({ length: columns }, () =>
				(r ? table_cell : table_header).create()))));
		const { $from } = state.selection;

		if ($from.depth < 1 || isInTable(state))
			return false;
		if (dispatch) {
			const tr = state.tr.replaceSelectionWith(made);
			const at = tr.mapping.map($from.before(1));
			let found = null;

			tr.doc.nodesBetween(Math.max(0, at - 1), tr.doc.content.size, (node, pos) => {
				if (node.type === table_header && found === null &&
					pos >= at - 1)
					found = pos + 1;
			});
			if (found !== null)
				tr.setSelection(TextSelection.create(tr.doc, found));
			if (tr.doc.lastChild.type === table)
				tr.insert(tr.doc.content.size, paragraph.create());
			dispatch(tr.scrollIntoView());
		}
		return true;
	};
}

// The alignment of the column that the cursor is in.
export function alignColumn(align) {
	return (state, dispatch) => {
		if (!isInTable(state))
			return false;
		if (dispatch) {
			const { table: node, tableStart, left } = selectedRect(state);
			const tr = state.tr;
			let at = tableStart + 1;

			node.firstChild.forEach((cell, offset, c) => {
				if (c === left)
					tr.setNodeMarkup(at + offset, null, { ...cell.attrs, align });
			});
			dispatch(tr);
		}
		return true;
	};
}

// Tab in the last cell makes a row.
export function nextCell(state, dispatch, view) {
	if (!isInTable(state))
		return false;
	if (goToNextCell(1)(state, dispatch))
		return true;
	if (addRowAfter(state, dispatch))
		return goToNextCell(1)(view.state, view.dispatch);
	return false;
}

export {
	isInTable, addRowAfter, addRowBefore, deleteRow,
	addColumnAfter, addColumnBefore, deleteColumn, deleteTable, goToNextCell,
} from 'prosemirror-tables';
