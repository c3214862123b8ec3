// SPDX-License-Identifier: MIT
//
// What the page says about saving, in a sentence, and what it asks.
import { h } from './dom.js';
import { changes } from './merge.js';
import { momentTime, say } from './words.js';

const causes = {
	offline: 'OFFLINE', 'disk-full': 'DISK_FULL', 'signed-out': 'SIGNED_OUT',
	'other-account': 'OTHER_ACCOUNT', forbidden: 'FORBIDDEN', gone: 'GONE', 'too-long': 'TOO_LONG', busy: 'BUSY',
	broken: 'BROKEN', refused: 'REFUSED', conflict: 'CONFLICT',
};

// The same, found while nothing was unsaved.
const whole = {
	'signed-out': 'SIGNED_OUT_SAVED', 'other-account': 'OTHER_ACCOUNT_SAVED',
};

export class Status {
	// place: the sentence's element; signIn: address; retry(): try now
	constructor(place, { signIn, retry }) {
		Object.assign(this, { place, signIn, retry });
		// Read aloud when something goes wrong and when it is well again, and
		// not at each save.
		this.aloud = h('p', { class: 'fe-aloud', role: 'status' });
		place.after(this.aloud);
		this.wasFault = false;
	}

	// Whether it stands there, from the server or by us, how it is with saving.
	isTold() {
		return Boolean(this.place.dataset.state);
	}

	// A page may come with the word that the server could not save its text.
	isUnsaved() {
		return this.place.dataset.state === 'broken';
	}

	sentence({ name, at, isKept, isDirty, message }) {
		if (name === 'saved')
			return at ? say('SAVED_AT', momentTime(new Date(at))) : say('SAVED');
		if (name === 'saving')
			return say('SAVING');
		if (name === 'typing')
			return say('TYPING');
		if (name in whole && !isDirty)
			return say(whole[name]);
		return `${say(causes[name], message || '')} ` +
			say(isKept ? 'KEPT' : 'NOT_KEPT');
	}

	show(state) {
		const text = this.sentence(state);
		const isFault = state.name in causes;

		this.place.dataset.state = state.name;
		this.place.replaceChildren(h('span', {}, text),
			['signed-out', 'other-account'].includes(state.name) && this.signIn ? h('a', {
				href: this.signIn, target: '_blank', rel: 'opener',
			}, say('SIGN_IN_ELSEWHERE')) : '',
			isFault && state.name !== 'conflict' ? h('button', {
				type: 'button', onclick: () => this.retry(),
			}, say('TRY_NOW')) : '');
		if (isFault !== this.wasFault)
			this.aloud.textContent = text;
		this.wasFault = isFault;
	}
}

// A line that tells something once, with what can be done about it.
export class Notices {
	constructor(place) {
		this.place = place;
	}

	// actions: [{ word, press }]
	tell(text, actions = []) {
		const notice = h('p', { class: 'note fe-notice', role: 'status' },
			h('span', {}, text),
			actions.map(({ word, press }) => h('button', {
				type: 'button',
				onclick: () => {
					notice.remove();
					press();
				},
			}, say(word))),
			h('button', { type: 'button', onclick: () => notice.remove() },
				say('DISMISS')));

		// Said again, it stands where it is new, and once.
		for (const old of [...this.place.children])
			if (old.textContent === notice.textContent)
				old.remove();
		this.place.append(notice);
		return notice;
	}
}

// TEXT with what is not in OTHER marked.
function marked(text, other, tag) {
	const split = (s) => s.split(/(?<=\s)|(?=\s)/);
	const words = split(text);
	const parts = [];
	let at = 0;

	for (const { from, to } of changes(words, split(other))) {
		parts.push(words.slice(at, from).join(''));
		if (to > from)
			parts.push(h(tag, {}, words.slice(from, to).join('')));
		at = to;
	}
	return [...parts, words.slice(at).join('')];
}

// Both texts side by side, of every field in which they differ. mine() is
// read when asked: it can still be edited.
export function conflictPanel(place, { mine, theirs, names, by, keep, take }) {
	const own = mine();
	const rows = Object.keys(theirs).filter((name) =>
		name in own && own[name] !== theirs[name]);
	const done = (press) => () => {
		place.hidden = true;
		place.replaceChildren();
		press();
	};

	place.replaceChildren(
		h('h2', { tabindex: '-1' }, say('CONFLICT_TITLE')),
		h('p', {}, by ? say('CONFLICT_BY', by) : say('CONFLICT_TEXT')),
		...rows.map((name) => h('div', { class: 'fe-both' },
			h('section', {},
				h('h3', {}, `${names(name)}: ${say('CONFLICT_MINE')}`),
				h('div', { class: 'fe-version', dir: 'auto', tabindex: '0', role: 'region',
					'aria-label': say('CONFLICT_MINE') },
				marked(own[name], theirs[name], 'ins'))),
			h('section', {},
				h('h3', {}, `${names(name)}: ${say('CONFLICT_THEIRS')}`),
				h('div', { class: 'fe-version', dir: 'auto', tabindex: '0', role: 'region',
					'aria-label': say('CONFLICT_THEIRS') },
				marked(theirs[name], own[name], 'ins'))))),
		h('p', { class: 'acts' },
			h('button', { type: 'button', class: 'main', onclick: done(keep) },
				say('KEEP_MINE')),
			h('button', { type: 'button', onclick: done(take) }, say('TAKE_THEIRS'))));
	place.hidden = false;
	place.querySelector('h2').focus();
}
