// SPDX-License-Identifier: MIT
//
// Raw text, as it reaches a newsroom: the newsroom's own intake sorts it, and
// what it did and doubts is shown.
import { h } from './dom.js';
import { number, say } from './words.js';

const TIMEOUT = 20000; // ms

// What intake makes of the text: fields, notes, and what was set aside.
export async function readRaw(url, text, lang) {
	const answer = await fetch(url, {
		method: 'POST',
		body: new URLSearchParams({ text, lang }),
		headers: { Accept: 'application/json' },
		signal: AbortSignal.timeout(TIMEOUT),
	});

	if (!answer.ok)
		throw new Error(String(answer.status));
	return answer.json();
}

export function rawPanel(notes, aside) {
	return h('details', { class: 'fe-intake', open: true },
		h('summary', {}, say('RAW_DONE')),
		h('ul', {}, notes.map((n) => h('li', { dir: 'auto' },
			n.line ? `${say('LINE')} ${number(n.line)}: ${n.text}` : n.text))),
		aside.length ? h('h3', {}, say('RAW_ASIDE')) : null,
		aside.map((a) => h('blockquote', { dir: 'auto' }, a.text)));
}
