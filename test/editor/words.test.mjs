// Every message of the script is there, in seven languages.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { languages, readWords } from './words.mjs';

const editor = new URL('../../web/editor/', import.meta.url);
const rows = readWords();

function keysUsed() {
	const keys = new Set();

	for (const name of fs.readdirSync(editor).filter((n) => n.endsWith('.js'))) {
		const text = fs.readFileSync(new URL(name, editor), 'utf8');

		for (const [, call] of text.matchAll(
			/(?:say|sayCount)\(([^;]*?)\)|(?:word:)([^,;}]*)/g))
			for (const [, key] of (call || '').matchAll(/'([A-Z][A-Z_]+)'/g))
				keys.add(key);
		for (const [, rest] of text.matchAll(/\bword\b:?\s*=?([^,;}]*)/g))
			for (const [, key] of rest.matchAll(/'([A-Z][A-Z_]+)'/g))
				keys.add(key);
		if (name === 'status.js')
			for (const [, key] of text.matchAll(/: '([A-Z_]+)'[,\n]/g))
				keys.add(key);
	}
	return keys;
}

test('every message is there in every language', () => {
	for (const [key, row] of Object.entries(rows)) {
		assert.equal(row.length, languages.length, key);
		row.forEach((text, i) => assert.ok(text, `${key} in ${languages[i]}`));
	}
});

test('what is put in is alike in all languages', () => {
	for (const [key, row] of Object.entries(rows)) {
		const places = (s) => [...new Set(s.split('|').at(-1).match(/\{\d\}/g))].join();

		row.forEach((text, i) =>
			assert.equal(places(text), places(row[0]), `${key} in ${languages[i]}`));
	}
});

test('plurals have as many forms as their language', () => {
	const forms = [2, 2, 2, 2, 3, 6, 1];

	for (const [key, row] of Object.entries(rows))
		if (row[0].includes('|'))
			row.forEach((text, i) => assert.equal(text.split('|').length, forms[i],
				`${key} in ${languages[i]}`));
});

test('the script asks for no message that is missing, and for each there is', () => {
	const used = keysUsed();

	assert.ok(used.size > 90, `${used.size} found`);
	for (const key of used)
		assert.ok(rows[key], `${key} is missing`);
	for (const key of Object.keys(rows))
		assert.ok(used.has(key), `${key} is never said`);
});
