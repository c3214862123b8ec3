// Another's changes put into a text that is being typed: what Markdown does not
// write, a space just typed or a paragraph just begun, stays where it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Transform } from '../../web/editor/node_modules/prosemirror-transform/dist/index.js';
import { rebase, withEnd } from '../../web/editor/merge.js';
import { schema } from '../../web/editor/schema.js';
import { Source } from '../../web/editor/source.js';
import { markdown, random } from './generate.mjs';

const seeds = Number(process.env.FARTHING_SEEDS || 40);
const first = Number(process.env.FARTHING_SEED || 1);

// Where TEXT ends in DOC.
function endOf(doc, text) {
	let at = -1;

	doc.descendants((node, pos) => {
		if (node.isText && node.text.includes(text))
			at = pos + node.text.indexOf(text) + text.length;
	});
	assert.ok(at >= 0, text);
	return at;
}

function blocks(doc) {
	return Array.from({ length: doc.childCount }, (_, i) => doc.child(i).textContent);
}

// The text BASE, in which SPACES were typed behind PLACE, with THEIRS put in.
function typed(base, place, spaces, theirs) {
	const start = new Source(base).doc;
	const sent = new Transform(start).insert(endOf(start, place), schema.text(spaces)).doc;
	const tr = new Transform(sent);

	assert.ok(rebase(tr, sent, new Source(theirs).doc), 'it can be put in');
	return tr.doc;
}

test('a space just typed stays when another block was changed', () => {
	assert.deepEqual(blocks(typed('One.\n\nTwo.\n', 'One.', ' ', 'One.\n\nTwo, or more.\n')),
		['One. ', 'Two, or more.']);
	assert.deepEqual(blocks(typed('One.\n\nTwo.\n', 'Two.', '  ', 'Zero.\n\nOne!\n\nTwo.\n')),
		['Zero.', 'One!', 'Two.  ']);
});

test('a space just typed stays when its own block was changed', () => {
	assert.deepEqual(blocks(typed('One of it.\n\nTwo.\n', 'One of it.', ' ',
		'Most of it.\n\nTwo.\n')), ['Most of it. ', 'Two.']);
});

test('a space just typed in a list, a quotation, a table stays', () => {
	for (const [base, place, theirs] of [
		['- one\n- two\n', 'one', '- one\n- two, too\n'],
		['> one\n>\n> two\n', 'two', '> once\n>\n> two\n'],
		['| a | b |\n| - | - |\n| c | d |\n', 'c', '| a | b |\n| - | - |\n| c | e |\n'],
	]) {
		const doc = typed(base, place, ' ', theirs);
		const at = endOf(doc, place);

		assert.equal(doc.textBetween(at, at + 1), ' ', base);
		assert.equal(new Source(theirs).write(doc).markdown.trim(), theirs.trim());
	}
});

test('a paragraph just begun stays, wherever it is', () => {
	const empty = schema.nodes.paragraph.create();

	for (const [place, want] of [
		[0, ['', 'One!', 'New.', 'Two.']], [1, ['One!', '', 'New.', 'Two.']],
		[2, ['One!', 'New.', 'Two.', '']]]) {
		const start = new Source('One.\n\nTwo.\n').doc;
		let pos = 0;

		for (let i = 0; i < place; i++)
			pos += start.child(i).nodeSize;
		const sent = new Transform(start).insert(pos, empty).doc;
		const tr = new Transform(sent);

		assert.ok(rebase(tr, sent, new Source('One!\n\nNew.\n\nTwo.\n').doc));
		assert.equal(blocks(tr.doc).filter((text) => text === '').length, 1);
		if (place !== 1)
			assert.deepEqual(blocks(tr.doc), want);
		tr.doc.check();
	}
});

test('a text that is taken away or comes into an empty one', () => {
	for (const [was, is] of [['', 'One.\n'], ['One.\n', ''], ['One.\n\nTwo.\n', '']]) {
		const sent = new Source(was).doc;
		const tr = new Transform(sent);

		assert.ok(rebase(tr, sent, new Source(is).doc));
		tr.doc.check();
		assert.ok(tr.doc.eq(new Source(is).doc));
	}
});

test('of any two texts one becomes the other, but for its last spaces', () => {
	for (let seed = first; seed < first + seeds; seed++) {
		const r = random(seed);
		const write = () => markdown(1 + r(1e9));
		const [was, is] = [write(), write()];
		const sent = new Source(was).doc;
		const tr = new Transform(sent);
		const theirs = new Source(is).doc;

		assert.ok(rebase(tr, sent, theirs), `seed ${seed}`);
		tr.doc.check();
		assert.equal(new Source('').write(tr.doc).markdown,
			new Source('').write(theirs).markdown, `seed ${seed}`);
	}
});

test('a line keeps the space that was just typed at its end', () => {
	assert.equal(withEnd('A quay', 'A pier '), 'A quay ');
	assert.equal(withEnd('A quay ', 'A pier '), 'A quay ');
	assert.equal(withEnd('A quay', 'A pier'), 'A quay');
	assert.equal(withEnd('', ' '), ' ');
});
