// What a journalist's browser has to load.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import zlib from 'node:zlib';

const gen = new URL('../../build/gen/', import.meta.url);
const LIMIT = 150_000; // bytes, compressed

test('the editor is at most 150 kB compressed', () => {
	const script = fs.readFileSync(new URL('editor.js', gen));
	const gzip = zlib.gzipSync(script, { level: 9 }).length;
	const brotli = zlib.brotliCompressSync(script).length;

	console.log(`note: editor.js ${script.length} bytes, ` +
		`gzip ${gzip}, brotli ${brotli}`);
	assert.ok(gzip <= LIMIT, `${gzip} bytes`);
});

test('it names every package that is in it, with its licence', () => {
	const script = fs.readFileSync(new URL('editor.js', gen), 'utf8');
	const notice = script.slice(0, script.indexOf('*/'));

	for (const name of ['prosemirror-model', 'prosemirror-view', 'micromark',
		'mdast-util-to-markdown', 'orderedmap'])
		assert.ok(new RegExp(`^${name} [0-9.]+ \\(MIT\\); Copyright`, 'mi')
			.test(notice), name);
	assert.match(notice, /Permission is hereby granted, free of charge/);
});

test('it can run under a policy without eval and inline style', () => {
	const script = fs.readFileSync(new URL('editor.js', gen), 'utf8');

	assert.doesNotMatch(script, /\beval\(|new Function\(/);
});

test('the lock file names no host', () => {
	const lock = fs.readFileSync(
		new URL('../../web/editor/package-lock.json', import.meta.url), 'utf8');

	assert.doesNotMatch(lock, /"resolved"/);
	assert.match(lock, /"integrity": "sha512-/);
});
