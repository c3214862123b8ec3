// The messages of src/page/desk_words_editor.inc: { KEY: [en, es, ...] }.
import fs from 'node:fs';

const file = new URL('../../src/page/desk_words_editor.inc', import.meta.url);
export const languages = ['en', 'es', 'fr', 'de', 'ru', 'ar', 'ko'];

export function readWords() {
	const rows = {};

	for (const [, key, rest] of fs.readFileSync(file, 'utf8')
		.matchAll(/WORD\(EDITOR_([A-Z_]+),([^]*?)\)\n(?=WORD|$)/g))
		rows[key] = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|\bNULL\b/g)]
			.map((m) => m[1] === undefined ? null : JSON.parse(`"${m[1]}"`));
	return rows;
}

export function wordsOf(lang) {
	const column = languages.indexOf(lang);

	return Object.fromEntries(Object.entries(readWords())
		.map(([key, row]) => [key, row[column] ?? row[0]]));
}
