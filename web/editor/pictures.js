// SPDX-License-Identifier: MIT
//
// Pictures: found in the library or sent to it, for the text (a figure) or for
// the head of the story (the form's own fields).
import { selectedNode } from './commands.js';
import { open } from './dialogs.js';
import { h, labelled } from './dom.js';
import { schema } from './schema.js';
import { say, sayCount } from './words.js';

// ---- the library

// The library answers { pictures: [{ url, thumb, alt, caption, credit, rights,
// name }], more }; q are words to look for.
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

// Sends FILES and gives what the library made of them; a fault's message is
// the library's own, if it said any.
export async function sendPictures(url, files) {
	const form = new FormData();

	files.forEach((file) => form.append('file', file, file.name || 'picture'));
	const answer = await fetch(url, {
		method: 'POST', body: form, headers: { Accept: 'application/json' },
	}).catch(() => null);
	const said = await answer?.json().catch(() => null);

	if (!said?.pictures?.length)
		throw new Error(said?.message || said?.text || say('UPLOAD_FAILED'));
	return said.pictures;
}

// What the files gave away and the library took out, or nothing.
export function wordsOfSafety(pictures) {
	return pictures.some((p) => p.had_place || p.had_device)
		? say('UPLOAD_SAFE') : '';
}

// ---- the dialog

function choice(picture, take) {
	const radio = h('input', { type: 'radio', name: 'pick', value: picture.url,
		onchange: () => take(picture) });

	return h('label', { class: 'fe-pick' }, radio,
		h('img', { src: picture.thumb || picture.url, alt: '', loading: 'lazy' }),
		h('span', { dir: 'auto' }, picture.alt || picture.name || picture.url));
}

// The part of the dialog in which a picture is searched and sent; take(picture)
// is told which one was chosen.
class Shelf {
	constructor(options, take) {
		this.options = options;
		this.take = take;
		this.words = h('input', { type: 'search', dir: 'auto',
			oninput: () => this.soon(), onkeydown: (event) => this.key(event) });
		this.list = h('fieldset', { class: 'fe-picks', hidden: true },
			h('legend', {}, say('PICTURE_LIBRARY')));
		this.note = h('p', { class: 'quiet', role: 'status' });
		this.file = options.upload && h('input', { type: 'file', accept: 'image/*',
			onchange: () => this.send() });
		this.fields = [
			this.file && labelled(say('PICTURE_SEND'), this.file),
			labelled(say('PICTURE_SEARCH'), this.words), this.note, this.list,
		];
	}

	soon() {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.look(), 300);
	}

	key(event) {
		if (event.key !== 'Enter')
			return;
		event.preventDefault();
		this.look();
	}

	show(pictures) {
		this.list.replaceChildren(this.list.firstChild,
			...pictures.map((p) => choice(p, this.take)));
		this.list.hidden = !pictures.length;
	}

	async look() {
		const words = this.words.value;

		this.note.textContent = say('LOOKING');
		try {
			const found = await findPictures(this.options.pictures, words);

			if (words !== this.words.value)
				return;
			this.show(found);
			this.note.textContent = found.length ? ''
				: words.trim() ? say('PICTURE_NONE') : say('PICTURE_EMPTY');
		} catch {
			this.note.textContent = say('PICTURE_UNREACHED');
		}
	}

	async send() {
		const files = [...this.file.files];

		if (!files.length)
			return;
		this.note.textContent = sayCount('UPLOADING', files.length);
		try {
			const sent = await sendPictures(this.options.upload, files);

			this.show(sent);
			this.note.textContent = wordsOfSafety(sent);
			this.list.querySelector('input').click();
		} catch (fault) {
			this.note.textContent = fault.message;
		}
		this.file.value = '';
	}
}

const picked = ['src', 'alt', 'caption', 'credit', 'rights'];

// WAS: what the fields have; done(made) returns the words of a fault or
// nothing. Fields that WAS has not are not asked for; options.focus names the
// one to begin in.
function pictureDialog(was, options, { word, back, done }) {
	const fields = {
		src: h('input', { name: 'src', dir: 'ltr', autocomplete: 'off' }),
		alt: h('textarea', { name: 'alt', rows: '2', dir: 'auto' }),
		caption: h('textarea', { name: 'caption', rows: '2', dir: 'auto' }),
		credit: h('input', { name: 'credit', dir: 'auto' }),
		rights: h('input', { name: 'rights', dir: 'auto' }),
	};
	let filled = {};
	// The words of a picture that is not meant any more go with it.
	const shelf = options.pictures && new Shelf(options, (picture) => {
		for (const name of picked.slice(1))
			if (!fields[name].value || fields[name].value === filled[name])
				fields[name].value = picture[name] || '';
		fields.src.value = picture.url;
		filled = { ...picture };
	});

	for (const name of picked)
		fields[name].value = was[name] ?? '';
	open(say('PICTURE'), [
		...shelf ? shelf.fields : [],
		labelled(say('PICTURE_ADDRESS'), fields.src),
		labelled(say('ALT'), fields.alt, say('ALT_HINT')),
		'caption' in was && labelled(say('CAPTION'), fields.caption),
		labelled(say('CREDIT'), fields.credit, say('CREDIT_HINT')),
	], {
		word,
		back,
		done: () => {
			const made = Object.fromEntries(
				picked.map((name) => [name, fields[name].value.trim()]));

			if (!made.src || /\s/.test(made.src) ||
				!(/^https?:\/\//.test(made.src) || /^[^:]*$/.test(made.src)))
				return say('PICTURE_FAULT');
			return done(made);
		},
	});
	if (shelf)
		shelf.look();
	(fields[options.focus] ||
		(shelf ? shelf.file || shelf.words : fields.src)).focus();
}

// ---- in the text

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

function putFigure(view, chosen, made, lang) {
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

export function figureDialog(view, options) {
	const chosen = selectedNode(view.state, schema.nodes.figure);
	const { src, alt, credit } = chosen?.node.attrs || {};

	pictureDialog(chosen ? { src, alt, credit } : { caption: '' }, options, {
		word: chosen ? 'CHANGE' : 'INSERT',
		back: () => view.focus(),
		done: (made) => putFigure(view, chosen, made, options.lang()),
	});
}

// ---- at the head of the story

// A button before the fields of the lead picture, which fills them, and the
// picture itself; changed() is called after that.
export class LeadPicture {
	constructor(form, options, changed) {
		this.names = { src: 'picture', alt: 'alt', caption: 'caption',
			credit: 'credit', rights: 'rights' };
		this.form = form;
		this.options = options;
		this.changed = changed;
		this.shown = h('img', { class: 'fe-lead', alt: '', hidden: true,
			onerror: () => {
				this.shown.hidden = true;
			} });
		this.button = h('button', { type: 'button', 'aria-haspopup': 'dialog',
			onclick: () => this.ask() });
		form.elements.picture.closest('.field').before(
			h('p', { class: 'acts' }, this.button), this.shown);
		this.show();
	}

	field(name) {
		return this.form.elements[this.names[name]];
	}

	// Only pictures of the newsroom itself: another server would learn who
	// writes what.
	show() {
		const src = this.field('src').value;

		this.button.textContent =
			`${say(src ? 'PICTURE_EDIT' : 'PICTURE_CHOOSE')}…`;
		this.shown.hidden = !/^\/[^/]/.test(src);
		if (!this.shown.hidden && this.shown.getAttribute('src') !== src)
			this.shown.src = src;
	}

	ask() {
		const was = Object.fromEntries(
			picked.map((name) => [name, this.field(name)?.value ?? '']));

		pictureDialog(was, this.options, {
			word: was.src ? 'CHANGE' : 'PICTURE_USE',
			back: () => this.button.focus(),
			done: (made) => {
				for (const name of picked)
					if (this.field(name))
						this.field(name).value = made[name];
				this.show();
				this.changed();
				return null;
			},
		});
	}
}
