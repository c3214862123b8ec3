// SPDX-License-Identifier: MIT
//
// The dialogs: link, card, language, raw text; pictures.js has one more. Each is a <dialog> with a form: Enter
// does it, Escape leaves everything as it was, the focus goes back to the text.
import { linkRange, setLang, setLink } from './commands.js';
import { h, labelled } from './dom.js';
import { figureDialog } from './pictures.js';
import { isLang } from './read.js';
import { schema } from './schema.js';
import { say } from './words.js';

// Opens a dialog with FIELDS; done(form) returns the words of a fault or
// nothing. More buttons: [{ word, press }].
export function open(title, fields, { done, more = [], word = 'INSERT', back }) {
	const fault = h('p', { class: 'fault', role: 'alert' });
	const heading = h('h2', { id: 'fe-dialog-title' }, title);
	const dialog = h('dialog', { class: 'fe-dialog', 'aria-labelledby': heading.id });
	const close = () => {
		dialog.close();
		dialog.remove();
		back();
	};
	const form = h('form', {
		method: 'dialog',
		novalidate: true,
		onsubmit: (event) => {
			event.preventDefault();
			const wrong = done(form);

			fault.textContent = wrong || '';
			if (!wrong)
				close();
		},
	}, heading, fields, fault, h('p', { class: 'acts' },
		h('button', { class: 'main' }, say(word)),
		more.map((m) => h('button', { type: 'button', onclick: () => {
			m.press();
			close();
		} }, say(m.word))),
		h('button', { type: 'button', onclick: close }, say('CANCEL'))));

	dialog.addEventListener('cancel', (event) => {
		event.preventDefault();
		close();
	});
	dialog.append(form);
	document.body.append(dialog);
	dialog.showModal();
	return { dialog, form, close };
}

// "example.org" is meant as an address.
export function asAddress(typed) {
	const text = typed.trim();

	if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text))
		return `mailto:${text}`;
	if (/^(https?:\/\/|mailto:)\S+$/i.test(text) || /^[/#]\S*$/.test(text))
		return text;
	return /^[^\s:/]+\.[^\s:/]{2,}(\/\S*)?$/.test(text) ? `https://${text}` : null;
}

function linkDialog(view) {
	const { from, to, mark } = linkRange(view.state);
	const href = h('input', { name: 'href', type: 'url', dir: 'ltr',
		autocomplete: 'off', value: mark?.attrs.href || '' });
	const text = from === to && h('input', { name: 'text', dir: 'auto' });

	open(say('LINK'), [
		labelled(say('LINK_ADDRESS'), href, say('LINK_HINT')),
		text && labelled(say('LINK_TEXT'), text),
	], {
		word: 'LINK_SET',
		back: () => view.focus(),
		more: mark ? [{ word: 'LINK_REMOVE',
			press: () => setLink(null)(view.state, view.dispatch) }] : [],
		done: () => {
			const address = asAddress(href.value);

			if (!address)
				return say('LINK_FAULT');
			setLink({ href: address, text: text && text.value.trim() })(
				view.state, view.dispatch);
			return null;
		},
	});
	href.focus();
	href.select();
}

// A card is a paragraph which is one link and nothing else.
function cardDialog(view) {
	const href = h('input', { name: 'href', type: 'url', dir: 'ltr',
		autocomplete: 'off' });
	const text = h('input', { name: 'text', dir: 'auto' });

	open(say('CARD'), [
		labelled(say('LINK_ADDRESS'), href, say('CARD_HINT')),
		labelled(say('CARD_TITLE'), text),
	], {
		back: () => view.focus(),
		done: () => {
			const address = asAddress(href.value);

			if (!address || !/^https?:/i.test(address))
				return say('LINK_FAULT');
			view.dispatch(view.state.tr.replaceSelectionWith(
				schema.nodes.embed.create({ href: address,
					text: text.value.trim() || address })).scrollIntoView());
			return null;
		},
	});
	href.focus();
}

const langs = ['ar', 'de', 'en', 'es', 'fa', 'fr', 'he', 'it', 'ja', 'ko', 'nl', 'pl',
	'pt', 'ru', 'tr', 'uk', 'zh'];

function langDialog(view) {
	const names = new Intl.DisplayNames(
		[document.documentElement.lang || 'en'], { type: 'language' });
	const code = h('input', { name: 'lang', dir: 'ltr', autocomplete: 'off',
		list: 'fe-langs', size: '12' });
	const options = h('datalist', { id: 'fe-langs' },
		langs.map((l) => h('option', { value: l }, names.of(l))));
	const set = (lang) => setLang(lang)(view.state, view.dispatch);

	open(say('LANGUAGE'), [
		labelled(say('LANGUAGE_CODE'), code, say('LANGUAGE_HINT')), options,
	], {
		word: 'LANGUAGE_SET',
		back: () => view.focus(),
		more: [{ word: 'LANGUAGE_REMOVE', press: () => set(null) }],
		done: () => {
			if (!isLang(code.value.trim()))
				return say('LANGUAGE_FAULT');
			set(code.value.trim());
			return null;
		},
	});
	code.focus();
}

// ---- raw text

function rawDialog(view, options) {
	const text = h('textarea', { name: 'text', rows: '14', dir: 'auto' });

	open(say('RAW'), [labelled(say('RAW_LABEL'), text, say('RAW_HINT'))], {
		word: 'RAW_TAKE',
		back: () => view.focus(),
		done: () => {
			if (!text.value.trim())
				return say('RAW_FAULT');
			options.takeRaw(text.value);
			return null;
		},
	});
	text.focus();
}

export function openDialog(name, view, options) {
	({ link: linkDialog, card: cardDialog, lang: langDialog, picture: figureDialog,
		raw: rawDialog })[name](view, options);
}
