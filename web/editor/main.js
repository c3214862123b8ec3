// SPDX-License-Identifier: MIT
//
// The script of the page on which a story is written.
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { Source } from './source.js';

const place = document.getElementById('editor');
const field = document.getElementById('body');

if (place && field)
	new EditorView(place, {
		state: EditorState.create({ doc: new Source(field.value).doc }),
	});
