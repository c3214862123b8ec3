// SPDX-License-Identifier: MIT
//
// The dialogs: link, picture, language. Each is a <dialog> with a form: Enter
// does it, Escape leaves everything as it was, the focus goes back to the text.
import { linkRange, selectedNode, setLang, setLink } from './commands.js';
import { h, labelled } from './dom.js';
import { isLang } from './read.js';
import { schema } from './schema.js';
import { say } from './words.js';

// Opens a dialog with FIELDS; done(form) returns the words of a fault or
// nothing. More buttons: [{ word, press }].
function open(title, fields, { done, more = [], word = 'INSERT', back }) {
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

// ---- pictures

// The library answers { pictures: [{ url, thumb, alt, caption, credit, name }],
// more }; q are words to look for.
export async function findPictures(url, words) {
	const address = new URL(url, location.href);

	address.searchParams.set('format', 'json');
	if (words)
		address.searchParams.set('q', words);
	const answer = await fetch(address, { headers: { Accept: 'application/json' } });

	if (!answer.ok)
		throw new Error(String(answer.status));
	return (await answer.json()).pictures || [];
}

function choice(picture, take) {
	const radio = h('input', { type: 'radio', name: 'pick', value: picture.url,
		onchange: () => take(picture) });

	return h('label', { class: 'fe-pick' }, radio,
		h('img', { src: picture.thumb || picture.url, alt: '', loading: 'lazy' }),
		h('span', { dir: 'auto' }, picture.alt || picture.name || picture.url));
}

function pictureDialog(view, options) {
	const chosen = selectedNode(view.state, schema.nodes.figure);
	const was = chosen?.node.attrs || {};
	const src = h('input', { name: 'src', dir: 'ltr', value: was.src || '',
		autocomplete: 'off' });
	const alt = h('textarea', { name: 'alt', rows: '2', dir: 'auto' }, was.alt || '');
	const caption = h('textarea', { name: 'caption', rows: '2', dir: 'auto' });
	const credit = h('input', { name: 'credit', dir: 'auto', value: was.credit || '' });
	const words = h('input', { type: 'search', dir: 'auto' });
	const list = h('fieldset', { class: 'fe-picks' },
		h('legend', {}, say('PICTURE_LIBRARY')));
	const note = h('p', { class: 'quiet', role: 'status' });
	const take = (picture) => {
		src.value = picture.url;
		alt.value ||= picture.alt || '';
		caption.value ||= picture.caption || '';
		credit.value ||= picture.credit || '';
	};
	const look = async () => {
		note.textContent = say('LOOKING');
		try {
			const found = await findPictures(options.pictures, words.value);

			list.replaceChildren(list.firstChild, ...found.map((p) => choice(p, take)));
			note.textContent = found.length ? '' : say('PICTURE_NONE');
		} catch {
			note.textContent = say('PICTURE_UNREACHED');
		}
	};
	let timer;

	words.addEventListener('input', () => {
		clearTimeout(timer);
		timer = setTimeout(look, 300);
	});
	words.addEventListener('keydown', (event) => {
		if (event.key === 'Enter') {
			event.preventDefault();
			look();
		}
	});
	open(say('PICTURE'), [
		options.pictures && [labelled(say('PICTURE_SEARCH'), words), note, list],
		labelled(say('PICTURE_ADDRESS'), src),
		labelled(say('ALT'), alt, say('ALT_HINT')),
		!chosen && labelled(say('CAPTION'), caption),
		labelled(say('CREDIT'), credit, say('CREDIT_HINT')),
	].flat(), {
		word: chosen ? 'CHANGE' : 'INSERT',
		back: () => view.focus(),
		done: () => putPicture(view, chosen, {
			src: src.value.trim(), alt: alt.value.trim(),
			credit: credit.value.trim(), caption: caption.value.trim(),
		}, options.lang()),
	});
	if (options.pictures) {
		words.focus();
		look();
	} else {
		src.focus();
	}
}

const creditWords = { de: 'Foto: ', es: 'Foto: ', it: 'Foto: ', pt: 'Foto: ',
	nl: 'Foto: ', pl: 'Foto: ', ru: 'Фото: ', en: 'Photo: ', fr: 'Photo: ' };

// How a credit is joined to a caption in a language: the program knows these
// words (text/markdown_polish.c), and a sign for all other languages.
function joined(lang, hasCaption) {
	const word = creditWords[lang.split('-')[0]] || '© ';

	return hasCaption ? { lead: ` (${word}`, tail: ')' } : { lead: word, tail: '' };
}

export function figureOf({ src, alt, credit, caption }, lang) {
	return schema.nodes.figure.create({
		src, alt, credit, ...(credit ? joined(lang, Boolean(caption)) : {}),
	}, caption ? schema.text(caption) : null);
}

function putPicture(view, chosen, made, lang) {
	if (!made.src || /\s/.test(made.src) ||
		!(/^https?:\/\//.test(made.src) || /^[^:]*$/.test(made.src)))
		return say('PICTURE_FAULT');
	if (chosen) {
		const { attrs, content } = chosen.node;

		view.dispatch(view.state.tr.setNodeMarkup(chosen.pos, null, {
			...attrs, ...(attrs.lead === null ? joined(lang, content.size > 0) : {}),
			src: made.src, alt: made.alt, credit: made.credit,
		}));
	} else {
		view.dispatch(view.state.tr.replaceSelectionWith(figureOf(made, lang))
			.scrollIntoView());
	}
	return null;
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
	({ link: linkDialog, lang: langDialog, picture: pictureDialog,
		raw: rawDialog })[name](view, options);
}
