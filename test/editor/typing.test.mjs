// Signs that change as one types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, TextSelection } from '../../web/editor/node_modules/prosemirror-state/dist/index.js';
import { quoteRules } from '../../web/editor/quotes.js';
import { schema } from '../../web/editor/schema.js';

const { doc, paragraph } = schema.nodes;

// WORDS, typed sign by sign as prosemirror-inputrules asks the rules.
function typed(words, lang = 'en') {
	const rules = quoteRules(() => lang);
	let state = EditorState.create({ doc: doc.create(null, paragraph.create()) });

	for (const sign of words) {
		const { from, $from } = state.selection;
		const text = $from.parent.textBetween(0, $from.parentOffset, null, '\uFFFC') + sign;
		const made = rules.map((rule) => {
			const match = rule.match.exec(text);

			return match && rule.handler(state, match,
				from - (match[0].length - sign.length), from);
		}).find(Boolean);

		state = state.apply(made || state.tr.insertText(sign));
		state = state.apply(state.tr.setSelection(TextSelection.atEnd(state.doc)));
	}
	return state.doc.textContent;
}

test('dashes and points are set among words', () => {
	assert.equal(typed('So -- and --- so...'), 'So – and — so…');
	assert.equal(typed('и -- всё', 'ru'), 'и — всё');
});

test('no sign of an address is changed', () => {
	for (const address of ['https://x.example/a--b', 'http://x.example/--/c...d',
		'https://x.example/a---b', 'sftp://x.example/a--b']) {
		assert.equal(typed(address), address);
		assert.equal(typed(`(see ${address})`), `(see ${address})`);
		assert.equal(typed(`${address} -- so...`), `${address} – so…`);
	}
});

test('behind an address they are set again', () => {
	assert.equal(typed('https://x.example。那么--'), 'https://x.example。那么–');
	assert.equal(typed('"https://x.example"--so'), '“https://x.example”–so');
	assert.equal(typed('<https://x.example>--so'), '<https://x.example>–so');
});
