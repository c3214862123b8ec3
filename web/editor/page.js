// SPDX-License-Identifier: MIT
//
// The page: its form, the visual editor and the Markdown view of the body,
// saving, the copies in the browser, the other tabs and people.
import { NodeSelection } from 'prosemirror-state';
import { isTooHard } from './cost.js';
import { openDialog } from './dialogs.js';
import { countDoc, minutesOf } from './count.js';
import { h } from './dom.js';
import { Keeper } from './keep.js';
import { LeadPicture, figureOf, sendPictures, wordsOfSafety } from './pictures.js';
import { Proof } from './marks.js';
import { mergeText, withEnd } from './merge.js';
import { rawPanel, readRaw } from './raw.js';
import { readMarkdown } from './read.js';
import { Saver, sameFields } from './save.js';
import { conflictPanel, Notices, Status } from './status.js';
import { freshName, tabName } from './tab.js';
import { TextEditor } from './text.js';
import { Toolbar } from './toolbar.js';
import { clockTime, momentTime, number, say, sayCount } from './words.js';

const TIMEOUT = 20000; // ms, for one request
const BEACON = 60000; // bytes that a closing page may still send
const RAW_MIN = 300; // characters; shorter ones are pasted as they are
const COUNT_MAX = 200000; // characters of Markdown that are read anew to count

// Of the page, and not of the story.
const ABOUT = ['base', 'tab', 'account'];

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
		this.isPlain = isTooHard(this.body.value);
		this.dialogOptions = {
			pictures: this.data.pictures,
			upload: this.data.upload,
			lang: () => this.lang(),
			takeRaw: (text) => this.takeRaw(text),
		};
	}

	lang() {
		return this.form.elements.lang?.value || this.data.lang ||
			document.documentElement.lang || 'en';
	}

	// What the account is called in this browser's storage, and is asked for as:
	// somebody else may sign in while the page is open.
	account() {
		return this.form.elements.account?.value || '';
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
			send: (...what) => this.send(...what),
			look: () => this.look(),
			keep: (copy) => this.keeper.put({ ...copy, page: this.about().tab }),
			forget: () => this.forget(),
			apply: (fields, sent) => this.apply(fields, sent),
			replace: (fields) => this.replaceAll(fields),
			told: (state) => this.status.show(state),
			saved: (body, sent) => this.saved(body, sent),
			conflict: (...what) => this.conflict(...what),
		}, { base: this.form.elements.base.value,
			fields: this.status.isUnsaved() ? {} : this.initial });
		this.saver.state.at = this.data.savedAt || null;
		this.keeper = new Keeper({ account: this.account(),
			story: this.data.story, tab: this.tab });
		this.listen();
		this.count();
		this.showFirstMarks();
		this.saver.beat(() => document.visibilityState === 'visible');
		if (this.isPlain)
			this.notices.tell(say('ONLY_MARKDOWN'));
		const isUnsaved = this.status.isUnsaved();

		this.restore().finally(() => {
			if (isUnsaved)
				this.saver.wake();
			else if (!this.status.isTold())
				this.saver.tell('saved');
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
			hint: say('TEXT_HINT'),
			lang: () => this.lang(),
			openDialog: (name, view) => openDialog(name, view, this.dialogOptions),
			changed: (tr) => this.changed(tr),
			moved: () => this.moved(),
			files: (files, pos) => this.upload(files, pos),
			left: (n) => this.notices.tell(sayCount('PICTURES_LEFT', n)),
			raw: (pasted) => this.offerRaw(pasted),
		});
		this.buildFoot();
		if (this.data.pictures && form.elements.picture)
			this.lead = new LeadPicture(form, this.dialogOptions, () => {
				this.saver.touch();
				this.count();
			});
		this.toolbar.update(this.editor.view.state);
		this.showPlain();
	}

	buildFoot() {
		const foot = placed('counts', () => h('div', { class: 'fe-foot' }),
			(e) => this.body.after(e));
		this.counts = foot.querySelector('.counted') || h('span', { class: 'counted' });
		this.cut = foot.querySelector('.to-cut') || h('span', { class: 'to-cut' });
		foot.append(...[this.counts, this.cut].filter((e) => !e.parentNode));
		this.wish = foot.querySelector('[data-length]');
		this.wish?.addEventListener('change', () => this.keepLength());
		this.wish?.addEventListener('input', () => this.count());
		this.proof = new Proof(this.editor, this.form, placed('proof',
			() => h('section', { 'aria-labelledby': 'proof-title' }),
			(e) => foot.after(e)), {
			isPlain: () => this.isPlain,
			openPicture: (pos, focus) => this.openPicture(pos, focus),
			leave: (name, value) => this.letStand(name, value),
			late: () => {
				this.notices.tell(say('MEND_LATE'));
				this.saver.flush({ evenIfSame: true });
			},
		});
	}

	openPicture(pos, focus) {
		const { view } = this.editor;

		view.dispatch(view.state.tr.setSelection(
			NodeSelection.create(view.state.doc, pos)));
		openDialog('picture', view, { ...this.dialogOptions, focus });
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
				saver.flush({ isExplicit: true });
			}
		});
		this.listenToLife();
		addEventListener('beforeunload', (event) => {
			if (!this.isLeaving && saver.isDirty())
				event.preventDefault();
		});
		this.channel = 'BroadcastChannel' in window
			? new BroadcastChannel(`farthing-story-${this.data.story}`) : null;
		this.alive = new Set();
		this.putBackOf = new Set(); // tabs that are no more
		this.channel?.addEventListener('message', ({ data }) => this.heard(data));
	}

	// The page is looked at or not, frozen with the lid closed, left, and come
	// back to as it was, an hour or a night later.
	listenToLife() {
		const { saver } = this;
		const back = () => {
			this.status.show(saver.state); // what was today may be yesterday
			saver.wake().then(() => saver.look());
		};

		addEventListener('online', () => saver.wake());
		addEventListener('focus', () => saver.wake());
		addEventListener('pageshow', (event) => event.persisted && back());
		document.addEventListener('resume', back);
		document.addEventListener('freeze', () => this.keepAtOnce());
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'visible')
				back();
			else
				saver.keepNow().then(() => saver.flush());
		});
		addEventListener('pagehide', () => this.leave());
	}

	// ---- text

	read() {
		const fields = {};

		if (!this.isPlain)
			this.body.value = this.editor.write().markdown;
		for (const element of this.form.elements) {
			const { name, type } = element;

			if (!name || ABOUT.includes(name) || type === 'submit' || type === 'button' ||
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

	// How long the story is wanted, by whoever may say so or by what the page
	// tells: { wanted, unit }.
	wanted() {
		if (this.wish)
			return { wanted: Number(this.wish.querySelector('input').value),
				unit: this.wish.querySelector('select').value };
		const told = this.cut.parentNode.querySelector('[data-wanted]');

		return { wanted: Number(told?.dataset.wanted || 0), unit: told?.dataset.unit };
	}

	// It is data of the story, and no part of its text: no revision is made.
	async keepLength() {
		const { wanted, unit } = this.wanted();
		const answer = await this.ask(this.wish.dataset.length,
			new URLSearchParams({ length: wanted || '', unit })).catch(() => null);

		if (answer?.status !== 200)
			this.notices.tell(answer?.body?.message || say('LENGTH_LOST'));
	}

	// A mark that stands is data of the story, too; the answer to the save has
	// the marks anew.
	async letStand(name, value) {
		const answer = await this.ask(this.url().replace(/save$/, 'stet'),
			new URLSearchParams({ [name]: value })).catch(() => null);
		const isKept = answer?.status === 200;

		if (isKept)
			this.saver.flush({ evenIfSame: true });
		else
			this.notices.tell(answer?.body?.message || say('STET_LOST'));
		return isKept;
	}

	// In the Markdown view a long text is counted as it was when it was shown:
	// reading it anew would hold up the keys.
	counted() {
		if (!this.isPlain)
			return countDoc(this.editor.view.state.doc);
		return this.body.value.length > COUNT_MAX || isTooHard(this.body.value)
			? null : countDoc(readMarkdown(this.body.value));
	}

	count() {
		clearTimeout(this.counting);
		this.counting = setTimeout(() => {
			const { wanted, unit } = this.wanted();
			const now = this.counted();

			if (!now) {
				this.counts.textContent = ''; // rather than an old number
				return;
			}
			const isLetters = unit === 'characters';
			const rest = (isLetters ? now.characters : now.words) - wanted;

			this.counts.textContent = [sayCount('WORDS', now.words),
				isLetters && sayCount('CHARACTERS', now.characters),
				now.words > 0 && sayCount('MINUTES', minutesOf(now.words))]
				.filter(Boolean).join(' · ');
			this.cut.textContent = !wanted ? ''
				: sayCount(isLetters
					? rest > 0 ? 'TO_CUT_CHARACTERS' : 'FREE_CHARACTERS'
					: rest > 0 ? 'TO_CUT' : 'FREE', Math.abs(rest));
		}, this.counting ? 150 : 0);
	}

	setPlain(isPlain) {
		if (isPlain === this.isPlain)
			return;
		if (isPlain) {
			this.takeMarkdown();
		} else if (isTooHard(this.body.value)) {
			this.notices.tell(say('ONLY_MARKDOWN'));
			return;
		} else {
			this.editor.replace(this.body.value);
		}
		this.isPlain = isPlain;
		this.proof.clear();
		this.showPlain();
		(isPlain ? this.body : this.editor).focus();
		this.saver.flush({ evenIfSame: true });
	}

	// The Markdown view gets the text, and the cursor its place in it.
	takeMarkdown() {
		const at = this.editor.place();

		this.body.value = this.editor.write().markdown;
		this.body.setSelectionRange(at, at);
	}

	// What is to be shown is too hard for the visual editor. Who is writing in
	// it goes on in the Markdown view.
	goPlain() {
		const isWriting = this.editor.view.hasFocus();

		this.takeMarkdown();
		this.isPlain = true;
		this.proof.clear();
		this.showPlain();
		if (isWriting)
			this.body.focus();
		this.notices.tell(say('ONLY_MARKDOWN'));
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

	presentUrl() {
		return this.url().replace(/save$/, 'present');
	}

	about() {
		return { tab: this.form.elements.tab?.value || this.tab,
			account: this.account() };
	}

	presentForm(more = {}) {
		return new URLSearchParams({ ...this.about(), ...more });
	}

	async look() {
		const answer = await this.ask(this.presentUrl(), this.presentForm());

		if (answer.status === 200 && answer.body)
			this.showPresent(answer.body.present || []);
		return answer;
	}

	saveForm(fields, base) {
		const body = new URLSearchParams({ base, ...this.about() });

		for (const [name, value] of Object.entries(fields))
			for (const one of [value].flat())
				body.append(name, one);
		return body;
	}

	async send(fields, base, isExplicit) {
		const body = this.saveForm(fields, base);

		if (isExplicit)
			body.append('kind', 'save');
		return this.ask(this.url(), body);
	}

	async ask(url, body) {
		const answer = await fetch(url, {
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

		if (!this.isPlain && isTooHard(theirs.body ?? ''))
			this.goPlain();

		for (const [name, value] of Object.entries(theirs)) {
			if (name === 'body' && !this.isPlain)
				continue;
			if (!(name in own) || typeof own[name] !== 'string')
				continue;
			merged[name] = mergeText(sent[name], own[name],
				withEnd(value, sent[name]));
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
			this.showMarks(body, body.status === 'merged'
				? { ...sent, ...body.fields } : sent);
	}

	// Those that the page came with.
	showFirstMarks() {
		const marks = document.getElementById('proof-marks');

		if (!marks)
			return;
		this.editor.mark();
		this.proof.show(JSON.parse(marks.textContent), this.initial);
	}

	showMarks(body, fields) {
		if (!this.isPlain && this.editor.view.composing)
			return; // as in apply; the next answer has them again
		if (!this.isPlain && body.status === 'merged') {
			if (this.editor.write().markdown !== body.fields.body)
				return;
			this.editor.mark();
		}
		this.proof.show(body.marks, fields);
	}

	showPresent(list) {
		const names = list.map((p) => p.name).filter(Boolean);

		this.present.hidden = names.length === 0;
		this.present.textContent = names.length === 0 ? ''
			: say('PRESENT', new Intl.ListFormat(document.documentElement.lang || 'en')
				.format(names));
	}

	conflict({ fields: theirs, revision, by }, open) {
		conflictPanel(this.conflictPlace, {
			mine: () => this.read(),
			theirs: Object.fromEntries(open.map((name) => [name, theirs[name]])),
			by,
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
		if (!this.isPlain && isTooHard(fields.body ?? ''))
			this.goPlain();
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
		this.saver.flush({ isExplicit: true });
	}

	// Without waiting for anything: nothing may come after.
	keepAtOnce() {
		const fields = this.read();

		if (this.saver.isDirty())
			this.keeper.putNow({ base: this.saver.base, acked: this.saver.acked,
				fields, at: Date.now(), page: this.about().tab });
		return fields;
	}

	// The page is being closed: what was not acknowledged is kept, and sent
	// once more without waiting for an answer. The others see that we are gone.
	leave() {
		fetch(this.presentUrl(), { method: 'POST', keepalive: true,
			body: this.presentForm({ leave: 1 }),
			headers: { Accept: 'application/json' } }).catch(() => {});
		if (this.isLeaving || !this.saver.isDirty())
			return;
		const fields = this.keepAtOnce();

		if (this.saver.isConflict)
			return;
		const body = this.saveForm(fields, this.saver.base);

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

		if (await this.keeper.hasOthers())
			this.notices.tell(say('OTHER_COPIES'));

		for (const copy of copies.filter((c) => !alive.has(c.tab))) {
			const isNew = !sameFields({ ...this.initial, ...copy.fields }, this.initial);

			if (isNew && this.saver.isConflict)
				break;
			this.putBackOf.add(copy.tab);
			if (isNew)
				await this.putBack(copy);
			// The others wait for the next opening: only one at a time is seen.
			if (this.saver.isDirty())
				break;
		}
		if (copies.length && !this.saver.isDirty())
			await this.forget();
	}

	// The server has all of it: also of what was put back of other tabs.
	async forget() {
		const tabs = [this.tab, ...this.putBackOf];

		this.putBackOf.clear();
		await Promise.all(tabs.map((tab) => this.keeper.remove({ tab })));
	}

	async putBack(copy) {
		// An answer about what stood there would be taken for one about this.
		while (this.saver.inFlight)
			await this.saver.inFlight;
		// What that page has sent last, without seeing an answer, may be there.
		if (copy.page && this.form.elements.tab)
			this.form.elements.tab.value = copy.page;
		this.replaceAll(copy.fields);
		this.notices.tell(say('PUT_BACK', momentTime(new Date(copy.at))), [{
			word: 'LEAVE_OUT',
			press: () => {
				this.replaceAll(this.initial);
				this.saver.touch();
			},
		}]);
		await this.saver.restored(copy);
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
			this.putDraft(await readRaw(this.data.intake, text, this.lang()));
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
		if (!this.isPlain && isTooHard(fields.body ?? ''))
			this.goPlain();
		if (fields.body && this.isPlain)
			this.put('body', [this.body.value.trim(), fields.body].filter(Boolean)
				.join('\n\n'));
		else if (fields.body)
			this.editor.insertMarkdown(fields.body);
		this.saver.touch();
		this.count();
		if (notes.length || aside.length)
			this.notices.place.append(rawPanel(notes, aside));
	}

	async upload(files, pos) {
		if (!this.data.upload) {
			this.notices.tell(say('UPLOAD_NONE'));
			return;
		}
		const waiting = this.notices.tell(sayCount('UPLOADING', files.length));
		const mapping = this.editor.view.state.doc;

		try {
			const pictures = await sendPictures(this.data.upload, files);
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
			if (wordsOfSafety(pictures))
				this.notices.tell(wordsOfSafety(pictures));
		} catch (fault) {
			this.notices.tell(fault.message);
		}
		waiting.remove();
	}
}
