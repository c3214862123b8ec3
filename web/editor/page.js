// SPDX-License-Identifier: MIT
//
// The page: its form, the visual editor and the Markdown view of the body,
// saving, the copies in the browser, the other tabs and people.
import { figureOf, openDialog } from './dialogs.js';
import { countWords, minutesOf, wordsOf } from './count.js';
import { h, labelled } from './dom.js';
import { Keeper } from './keep.js';
import { Proof } from './marks.js';
import { mergeText } from './merge.js';
import { Saver, sameFields } from './save.js';
import { conflictPanel, Notices, Status } from './status.js';
import { TextEditor } from './text.js';
import { Toolbar } from './toolbar.js';
import { clockTime, number, say, sayCount } from './words.js';

const TIMEOUT = 20000; // ms, for one request
const BEACON = 60000; // bytes that a closing page may still send
const RAW_MIN = 300; // characters; shorter ones are pasted as they are
const VISUAL_MAX = 400000; // characters; longer texts open as Markdown

function freshName() {
	return `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
}

// The tab's name outlives a reload. A tab that was duplicated has its
// original's, until that one answers.
function tabName(made = null) {
	const key = 'farthing:tab';

	try {
		const name = made || sessionStorage.getItem(key) || freshName();

		sessionStorage.setItem(key, name);
		return name;
	} catch {
		return made || freshName();
	}
}

// As many marks of quotations and lists in one line as the program refuses.
function isTooDeep(markdown) {
	return /^[ \t]*(?:(?:[>*+-]|\d+[.)])[ \t]*){25,}/m.test(markdown);
}

function placed(id, make, put) {
	const found = document.getElementById(id);

	if (found)
		return found;
	const made = make();

	made.id = id;
	put(made);
	return made;
}

export class StoryPage {
	constructor(form) {
		this.form = form;
		this.data = form.dataset;
		this.body = form.elements.body;
		this.tab = tabName();
		this.visit = freshName();
		this.isPlain = this.body.value.length > VISUAL_MAX || isTooDeep(this.body.value);
		this.dialogOptions = {
			pictures: this.data.pictures,
			lang: () => this.lang(),
			takeRaw: (text) => this.takeRaw(text),
		};
	}

	lang() {
		return this.form.elements.lang?.value || this.data.lang ||
			document.documentElement.lang || 'en';
	}

	url() {
		return this.data.save || this.form.getAttribute('action');
	}

	start() {
		this.build();
		this.initial = this.read();
		this.saver = new Saver({
			read: () => this.read(),
			mark: () => this.editor.mark(),
			send: (fields, base) => this.send(fields, base),
			keep: (copy) => this.keeper.put(copy),
			forget: () => this.keeper.remove(),
			apply: (fields, sent) => this.apply(fields, sent),
			told: (state) => this.status.show(state),
			saved: (body, sent) => this.saved(body, sent),
			conflict: (body) => this.conflict(body),
		}, { base: this.form.elements.base.value, fields: this.initial });
		this.saver.state.at = this.data.savedAt || null;
		this.keeper = new Keeper(this.data.story, this.tab);
		this.listen();
		this.count();
		this.saver.beat(() => document.visibilityState === 'visible');
		this.restore().finally(() => {
			document.documentElement.dataset.editor = 'ready';
		});
	}

	// ---- the page's parts

	build() {
		const { form, body } = this;
		const first = (e) => form.prepend(e);

		this.status = new Status(placed('save-state', () => h('p'), first), {
			signIn: this.data.signIn,
			retry: () => this.saver.wake(),
		});
		this.notices = new Notices(placed('notices', () => h('div'),
			(e) => this.status.aloud.after(e)));
		this.conflictPlace = placed('conflict', () =>
			h('section', { class: 'fe-conflict', hidden: true }),
		(e) => this.notices.place.after(e));
		this.present = placed('present', () => h('p', { class: 'quiet', hidden: true }),
			(e) => this.status.aloud.after(e));
		this.place = placed('editor', () => h('div'), (e) => body.before(e));
		this.place.classList.add('fe');
		const text = h('div', { class: 'fe-page' });

		this.toolbar = new Toolbar(() => this.editor,
			(name, view) => openDialog(name, view, this.dialogOptions), [
				...(this.data.intake ? [{ id: 'raw', word: 'RAW', dialog: 'raw',
					press: () => openDialog('raw', this.editor.view, this.dialogOptions) }]
					: []),
				{ id: 'markdown', word: 'MARKDOWN', isAlways: true,
					press: () => this.setPlain(!this.isPlain) },
			]);
		this.place.append(this.toolbar.dom, text);
		this.editor = new TextEditor({
			place: text,
			markdown: this.isPlain ? '' : body.value,
			label: say('TEXT'),
			lang: () => this.lang(),
			openDialog: (name, view) => openDialog(name, view, this.dialogOptions),
			changed: (tr) => this.changed(tr),
			moved: () => this.moved(),
			files: (files, pos) => this.upload(files, pos),
			left: (n) => this.notices.tell(sayCount('PICTURES_LEFT', n)),
			raw: (pasted) => this.offerRaw(pasted),
		});
		this.buildFoot();
		this.toolbar.update(this.editor.view.state);
		this.showPlain();
	}

	buildFoot() {
		const foot = placed('counts', () => h('div', { class: 'fe-foot' }),
			(e) => this.body.after(e));
		const key = `farthing:length:${this.data.story}`;

		this.counts = h('span', {});
		this.cut = h('span', {});
		this.wanted = h('input', { type: 'number', min: '0', step: '10',
			inputmode: 'numeric', 'data-unsaved': true });
		try {
			this.wanted.value = localStorage.getItem(key) || '';
		} catch {
			// Without storage it is for this visit.
		}
		this.wanted.addEventListener('input', () => {
			try {
				localStorage.setItem(key, this.wanted.value);
			} catch {
				// As above.
			}
			this.count();
		});
		foot.append(this.counts, labelled(say('LENGTH_WANTED'), this.wanted), this.cut);
		this.proof = new Proof(this.editor, this.form, placed('proof',
			() => h('section', { 'aria-labelledby': 'proof-title' }),
			(e) => foot.after(e)), () => this.isPlain);
	}

	listen() {
		const { form, saver } = this;

		form.addEventListener('input', (event) => {
			if (event.target.matches('[data-unsaved]') ||
				this.editor.view.dom.contains(event.target))
				return;
			if (event.target === form.elements.lang)
				this.editor.setLang();
			saver.touch();
			this.count();
		});
		form.addEventListener('submit', (event) => this.submit(event));
		this.place.addEventListener('keydown', (event) => {
			if (event.altKey && event.key === 'F10') {
				event.preventDefault();
				this.toolbar.focus();
			}
		});
		document.addEventListener('keydown', (event) => {
			if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key === 's') {
				event.preventDefault();
				saver.flush({ evenIfSame: true });
			}
		});
		addEventListener('online', () => saver.wake());
		addEventListener('focus', () => saver.wake());
		addEventListener('pageshow', (event) => event.persisted && saver.wake());
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'visible')
				saver.wake();
			else
				saver.keepNow().then(() => saver.flush());
		});
		addEventListener('beforeunload', (event) => {
			if (!this.isLeaving && saver.isDirty())
				event.preventDefault();
		});
		addEventListener('pagehide', () => this.leave());
		this.channel = 'BroadcastChannel' in window
			? new BroadcastChannel(`farthing-story-${this.data.story}`) : null;
		this.alive = new Set();
		this.channel?.addEventListener('message', ({ data }) => this.heard(data));
	}

	// ---- text

	read() {
		const fields = {};

		if (!this.isPlain)
			this.body.value = this.editor.write().markdown;
		for (const element of this.form.elements) {
			const { name, type } = element;

			if (!name || name === 'base' || type === 'submit' || type === 'button' ||
				type === 'file' || element.disabled || element.closest('[data-unsaved]') ||
				((type === 'checkbox' || type === 'radio') && !element.checked))
				continue;
			const value = type === 'select-multiple'
				? [...element.selectedOptions].map((o) => o.value)
				: element.value.replace(/\r\n?/g, '\n');

			fields[name] = name in fields ? [fields[name], value].flat() : value;
		}
		return fields;
	}

	changed(tr) {
		if (!this.saver)
			return;
		if (!tr.getMeta('merged') || !this.isApplying)
			this.saver.touch();
		this.count();
	}

	moved() {
		if (this.editor)
			this.toolbar.update(this.editor.view.state);
	}

	count() {
		clearTimeout(this.counting);
		this.counting = setTimeout(() => {
			const words = this.isPlain ? wordsOf(this.body.value)
				: countWords(this.editor.view.state.doc);
			const wanted = Number(this.wanted.value);

			this.counts.textContent = `${sayCount('WORDS', words)} · ` +
				sayCount('MINUTES', minutesOf(words));
			this.cut.textContent = !wanted ? ''
				: words > wanted ? sayCount('TO_CUT', words - wanted)
					: sayCount('FREE', wanted - words);
		}, this.counting ? 150 : 0);
	}

	setPlain(isPlain) {
		if (isPlain === this.isPlain)
			return;
		if (isPlain) {
			this.body.value = this.editor.write().markdown;
		} else if (this.body.value.length > VISUAL_MAX || isTooDeep(this.body.value)) {
			this.notices.tell(say('ONLY_MARKDOWN'));
			return;
		} else {
			this.editor.replace(this.body.value);
		}
		this.isPlain = isPlain;
		this.proof.showPlain([]);
		this.showPlain();
		(isPlain ? this.body : this.editor).focus();
		this.saver.flush({ evenIfSame: true });
	}

	showPlain() {
		const label = this.form.querySelector(`label[for="${this.body.id}"]`);

		this.body.hidden = !this.isPlain;
		this.body.dir = 'auto';
		if (label)
			label.hidden = !this.isPlain;
		this.editor.view.dom.parentNode.hidden = this.isPlain;
		this.toolbar.setMarkdown(this.isPlain);
		this.toolbar.button('markdown').firstChild.data =
			say(this.isPlain ? 'VISUAL' : 'MARKDOWN');
	}

	// ---- saving

	async send(fields, base) {
		const body = new URLSearchParams();

		for (const [name, value] of Object.entries(fields))
			for (const one of [value].flat())
				body.append(name, one);
		body.append('base', base);
		const answer = await fetch(this.url(), {
			method: 'POST',
			body,
			headers: { Accept: 'application/json' },
			redirect: 'manual',
			cache: 'no-store',
			signal: AbortSignal.timeout(TIMEOUT),
		});

		// A page to sign in instead of an answer.
		if (answer.type === 'opaqueredirect' || answer.status === 0)
			return { status: 401, body: null };
		return { status: answer.status,
			body: await answer.json().catch(() => null) };
	}

	apply(theirs, sent) {
		// A syllable that is being composed is not to be broken.
		if (this.editor.view.composing)
			return null;
		const own = this.read();
		const merged = {};

		for (const [name, value] of Object.entries(theirs)) {
			if (name === 'body' && !this.isPlain)
				continue;
			if (!(name in own) || typeof own[name] !== 'string')
				continue;
			merged[name] = mergeText(sent[name], own[name], value);
			if (merged[name] === null)
				return null;
		}
		this.isApplying = true;
		const isIn = this.isPlain || !('body' in theirs) ||
			this.editor.apply(theirs.body);

		this.isApplying = false;
		if (!isIn)
			return null;
		for (const [name, value] of Object.entries(merged))
			this.put(name, value);
		return { ...sent, ...this.known(theirs, sent) };
	}

	known(theirs, sent) {
		return Object.fromEntries(Object.entries(theirs).filter(([name]) => name in sent));
	}

	// The cursor stays among the same words.
	put(name, value) {
		const field = this.form.elements[name];

		if (!field || field.value === value)
			return;
		const { value: was, selectionStart: at } = field;
		let head = 0;

		while (head < was.length && was[head] === value[head])
			head++;
		field.value = value;
		if (field === document.activeElement && typeof at === 'number')
			field.setSelectionRange(...Array(2).fill(
				at <= head ? at : Math.max(0, at + value.length - was.length)));
	}

	saved(body, sent) {
		this.form.elements.base.value = this.saver.base;
		this.showPresent(body.present || []);
		if (body.status === 'saved' || body.status === 'merged')
			this.post({ kind: 'saved', revision: body.revision });
		if (body.status === 'merged' && !this.isOwnTab &&
			!sameFields({ ...sent, ...this.known(body.fields, sent) }, sent))
			this.notices.tell(say('MERGED', clockTime(new Date(body.saved_at || Date.now()))));
		if (Array.isArray(body.marks))
			this.showMarks(body);
	}

	showMarks(body) {
		if (this.isPlain) {
			this.proof.showPlain(body.marks);
			return;
		}
		if (this.editor.view.composing)
			return; // as in apply; the next answer has them again
		if (body.status === 'merged') {
			if (this.editor.write().markdown !== body.fields.body)
				return;
			this.editor.mark();
		}
		this.proof.show(body.marks);
	}

	showPresent(list) {
		const names = list.map((p) => p.name).filter(Boolean);

		this.present.hidden = names.length === 0;
		this.present.textContent = names.length === 0 ? ''
			: say('PRESENT', new Intl.ListFormat(document.documentElement.lang || 'en')
				.format(names));
	}

	conflict(body) {
		const { fields: theirs, revision } = body;

		conflictPanel(this.conflictPlace, {
			mine: () => this.read(),
			theirs,
			by: body.by,
			names: (name) => this.form.elements[name]?.labels?.[0]?.textContent.trim() ||
				(name === 'body' ? say('TEXT') : name),
			keep: () => this.saver.takeMine(revision),
			take: () => {
				this.replaceAll(theirs);
				this.saver.takeTheirs(revision, this.read());
				this.form.elements.base.value = revision;
			},
		});
	}

	// Puts these fields on the screen; in the body it can be undone.
	replaceAll(fields) {
		for (const [name, value] of Object.entries(fields)) {
			if (name === 'body' && !this.isPlain)
				this.editor.replace(value);
			else if (this.form.elements[name] && typeof value === 'string')
				this.put(name, value);
		}
		this.count();
	}

	submit(event) {
		const other = event.submitter && (event.submitter.hasAttribute('formaction') ||
			event.submitter.name);

		this.read();
		this.form.elements.base.value = this.saver.base;
		if (other) {
			this.isLeaving = true;
			return;
		}
		event.preventDefault();
		this.saver.flush({ evenIfSame: true });
	}

	// The page is being closed: what was not acknowledged is kept, and sent
	// once more without waiting for an answer.
	leave() {
		if (this.isLeaving || !this.saver.isDirty())
			return;
		const fields = this.read();

		this.keeper.putNow({ base: this.saver.base, fields, at: Date.now() });
		if (this.saver.isConflict)
			return;
		const body = new URLSearchParams();

		for (const [name, value] of Object.entries(fields))
			for (const one of [value].flat())
				body.append(name, one);
		body.append('base', this.saver.base);
		if (body.toString().length < BEACON)
			fetch(this.url(), { method: 'POST', body, keepalive: true,
				headers: { Accept: 'application/json' } }).catch(() => {});
	}

	// ---- other tabs, and text from before

	post(message) {
		this.channel?.postMessage({ ...message, tab: this.tab, visit: this.visit });
	}

	heard(data) {
		if (data.kind === 'who')
			this.post({ kind: 'here', to: data.visit });
		if (data.kind === 'here' && data.to === this.visit) {
			this.alive.add(data.tab);
			if (data.tab === this.tab) {
				this.tab = tabName(freshName());
				this.keeper.rename(this.tab);
			}
		}
		if (data.kind === 'saved' && String(data.revision) !== String(this.saver.base) &&
			!this.saver.isDirty()) {
			this.isOwnTab = true; // not somebody else's changes
			this.saver.flush({ evenIfSame: true }).finally(() => {
				this.isOwnTab = false;
			});
		}
	}

	async othersAlive() {
		this.post({ kind: 'who' });
		await new Promise((resolve) => setTimeout(resolve, this.channel ? 250 : 0));
		return this.alive;
	}

	// Copies that the server never acknowledged are put back, the oldest
	// first: it merges each with what it has.
	async restore() {
		const alive = await this.othersAlive();
		const copies = (await this.keeper.list()).reverse();

		for (const copy of copies.filter((c) => !alive.has(c.tab))) {
			if (!sameFields({ ...this.initial, ...copy.fields }, this.initial))
				await this.putBack(copy);
			if (copy.tab !== this.tab && !this.saver.isDirty())
				await this.keeper.remove(copy.tab);
		}
		if (copies.length && !this.saver.isDirty())
			await this.keeper.remove();
	}

	async putBack(copy) {
		if (this.saver.isConflict)
			return;
		this.replaceAll(copy.fields);
		this.notices.tell(say('PUT_BACK', clockTime(new Date(copy.at))), [{
			word: 'LEAVE_OUT',
			press: () => {
				this.replaceAll(this.initial);
				this.saver.touch();
			},
		}]);
		await this.saver.restored(copy.base);
	}

	// ---- raw text and pictures

	offerRaw(text) {
		if (!this.data.intake || text.length < RAW_MIN || !/\n/.test(text) ||
			!this.editor.isEmpty())
			return false;
		this.takeRaw(text);
		return true;
	}

	async takeRaw(text) {
		const waiting = this.notices.tell(say('RAW_READING'));

		try {
			const answer = await fetch(this.data.intake, {
				method: 'POST',
				body: new URLSearchParams({ text, lang: this.lang() }),
				headers: { Accept: 'application/json' },
				signal: AbortSignal.timeout(TIMEOUT),
			});

			if (!answer.ok)
				throw new Error(String(answer.status));
			this.putDraft(await answer.json());
		} catch {
			// The text itself is not lost by it.
			this.editor.view.pasteText(text);
			this.notices.tell(say('RAW_UNREAD'));
		}
		waiting.remove();
	}

	// What intake found goes into the fields that are empty.
	putDraft({ fields, notes = [], aside = [] }) {
		for (const [name, value] of Object.entries(fields)) {
			const field = this.form.elements[name];

			if (name !== 'body' && field && !field.value && typeof value === 'string')
				this.put(name, value);
		}
		if (fields.body && this.isPlain)
			this.put('body', [this.body.value.trim(), fields.body].filter(Boolean)
				.join('\n\n'));
		else if (fields.body)
			this.editor.insertMarkdown(fields.body);
		this.saver.touch();
		this.count();
		if (notes.length || aside.length)
			this.notices.place.append(h('details', { class: 'fe-intake', open: true },
				h('summary', {}, say('RAW_DONE')),
				h('ul', {}, notes.map((n) => h('li', { dir: 'auto' },
					n.line ? `${say('LINE')} ${number(n.line)}: ${n.text}` : n.text))),
				aside.length ? h('h3', {}, say('RAW_ASIDE')) : null,
				aside.map((a) => h('blockquote', { dir: 'auto' }, a.text))));
	}

	async upload(files, pos) {
		if (!this.data.upload) {
			this.notices.tell(say('UPLOAD_NONE'));
			return;
		}
		const waiting = this.notices.tell(sayCount('UPLOADING', files.length));
		const form = new FormData();
		const mapping = this.editor.view.state.doc;

		files.forEach((file) => form.append('file', file, file.name));
		try {
			const answer = await fetch(this.data.upload, {
				method: 'POST', body: form, headers: { Accept: 'application/json' },
			});

			if (!answer.ok)
				throw new Error(String(answer.status));
			const { pictures = [] } = await answer.json();
			const { view } = this.editor;
			const at = mapping === view.state.doc ? pos : view.state.selection.from;
			const tr = view.state.tr;

			for (const picture of pictures.slice().reverse())
				tr.replaceRangeWith(at, at, figureOf({
					src: picture.url,
					alt: picture.alt || '',
					caption: picture.caption || '',
					credit: picture.credit || '',
				}, this.lang()));
			view.dispatch(tr);
		} catch {
			this.notices.tell(say('UPLOAD_FAILED'));
		}
		waiting.remove();
	}
}
