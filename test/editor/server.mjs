// A newsroom as small as the editor's contract (web/editor/README.md): one
// story with its revisions, merged as text. What goes wrong in the world can
// be switched on; kill() drops every connection, and start() comes back on the
// same port with what was acknowledged.
import fs from 'node:fs';
import http from 'node:http';
import { mergeText } from '../../web/editor/merge.js';
import { wordsOf } from './words.mjs';

const gen = new URL('../../build/gen/', import.meta.url);
const desk = new URL('../../web/desk.css', import.meta.url);
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; " +
	"img-src 'self' blob:; connect-src 'self'";
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk' +
	'YAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64');
const plainDesk = ':root{--paper:#fffdf8;--ink:#1a1816;--second:#5c5751;' +
	'--hair:#1a1816;--soft:#d9d3c7;--edge:#857d72;--accent:#8f4a1f;--bad:#a3160f;' +
	'--sans:sans-serif;--mono:monospace}body{margin:1rem;background:var(--paper);' +
	'color:var(--ink);font:.9375rem/1.5 var(--sans)}[hidden]{display:none!important}';

const escape = (s) => String(s).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

// Those that listen: a test that fails in its middle leaves one, which would
// keep its process from ending.
const listening = new Set();

export async function killAll() {
	for (const newsroom of listening)
		await newsroom.kill();
}

export class Newsroom {
	constructor(fields = {}, { lang = 'en', storyLang = 'en' } = {}) {
		this.lang = lang;
		this.storyLang = storyLang;
		this.revisions = [{ headline: 'A quay', kicker: '', standfirst: '', body: '',
			...fields }];
		this.saves = 0;
		this.mode = 'well'; // disk-full, signed-out, forbidden, busy, slow
		this.marks = () => [];
		this.present = [];
		this.by = 'Ana';
		this.pictures = [{ url: '/pictures/quay.png', thumb: '/pictures/quay.png',
			name: 'quay', alt: 'The old quay', caption: 'The quay', credit: 'Rita Vaz' }];
		this.intakes = [];
		this.length = { length: '', unit: 'words' };
		this.port = 0;
		this.sockets = new Set();
	}

	get newest() {
		return this.revisions.at(-1);
	}

	async start() {
		this.server = http.createServer((request, response) =>
			this.answer(request, response));
		this.server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
		});
		await new Promise((resolve, reject) => {
			this.server.on('error', reject);
			this.server.listen(this.port, '127.0.0.1', resolve);
		});
		this.port = this.server.address().port;
		this.url = `http://127.0.0.1:${this.port}`;
		listening.add(this);
		return this;
	}

	async kill() {
		const closed = new Promise((resolve) => this.server.close(resolve));

		listening.delete(this);
		for (const socket of this.sockets)
			socket.destroy();
		await closed;
	}

	send(response, status, type, body, more = {}) {
		response.writeHead(status, { 'Content-Type': type,
			'Cache-Control': 'no-store', 'Content-Security-Policy': policy, ...more });
		response.end(body);
	}

	json(response, body, status = 200) {
		this.send(response, status, 'application/json', JSON.stringify(body));
	}

	async answer(request, response) {
		const url = new URL(request.url, this.url);
		const chunks = [];

		for await (const chunk of request)
			chunks.push(chunk);
		const body = Buffer.concat(chunks);

		if (request.method === 'POST' && url.pathname === '/stories/1/save')
			return this.save(new URLSearchParams(body.toString()), response);
		if (request.method === 'POST' && url.pathname === '/stories/1/present')
			return this.mode === 'signed-out'
				? this.send(response, 303, 'text/plain', '', { Location: '/sign-in' })
				: this.json(response, { revision: this.revisions.length,
					present: this.present });
		if (request.method === 'POST' && url.pathname === '/stories/1/length') {
			this.length = Object.fromEntries(new URLSearchParams(body.toString()));
			return this.json(response, { status: 'saved' });
		}
		if (request.method === 'POST' && url.pathname === '/stories/intake')
			return this.intake(new URLSearchParams(body.toString()), response);
		if (request.method === 'POST' && url.pathname === '/pictures/upload')
			return this.json(response, { pictures: [{ url: '/pictures/new.png' }] });
		if (url.pathname === '/pictures')
			return this.json(response, { pictures: this.pictures.filter((p) =>
				p.name.includes(url.searchParams.get('q') || '')) });
		if (url.pathname.startsWith('/pictures/'))
			return this.send(response, 200, 'image/png', dot);
		if (url.pathname === '/editor.js' || url.pathname === '/editor.css')
			return this.send(response, 200, url.pathname.endsWith('js')
				? 'text/javascript' : 'text/css',
			fs.readFileSync(new URL(url.pathname.slice(1), gen)));
		if (url.pathname === '/desk.css')
			return this.send(response, 200, 'text/css', fs.existsSync(desk)
				? fs.readFileSync(desk) : plainDesk);
		if (url.pathname === '/sign-in')
			return this.send(response, 200, 'text/html', '<!doctype html><title>In</title>');
		if (url.pathname === '/stories/1')
			return this.send(response, 200, 'text/html; charset=utf-8', this.page());
		return this.send(response, 404, 'text/plain', 'nothing');
	}

	async save(form, response) {
		const wrong = { 'disk-full': 507, forbidden: 403, busy: 503, broken: 500 }[this.mode];

		if (this.mode === 'slow')
			await new Promise((resolve) => setTimeout(resolve, 700));
		if (this.mode === 'signed-out')
			return this.send(response, 303, 'text/plain', '', { Location: '/sign-in' });
		if (wrong)
			return this.json(response, { error: this.mode }, wrong);
		return this.json(response, this.store(form));
	}

	store(form) {
		const base = Number(form.get('base'));
		const fields = Object.fromEntries([...form].filter(([name]) => !['base', 'kind', 'tab', 'account'].includes(name)));
		const newest = this.revisions.length;
		const before = this.newest;
		let status = 'saved';

		if (base !== newest) {
			const old = this.revisions[base - 1];

			status = 'merged';
			for (const name of Object.keys(fields)) {
				const merged = mergeText(old[name] ?? '', fields[name], before[name] ?? '');

				if (merged === null)
					return { status: 'conflict', revision: newest, fields: before,
						by: this.by };
				fields[name] = merged;
			}
		}
		const isSame = Object.keys(fields).every((n) => fields[n] === before[n]);

		if (!isSame) {
			this.revisions.push({ ...before, ...fields });
			this.saves++;
		} else if (status === 'saved') {
			status = 'unchanged';
		}
		return {
			status, revision: this.revisions.length, saved_at: new Date().toISOString(),
			fields: status === 'merged' ? this.newest : undefined,
			marks: this.marks(this.newest), present: this.present, words: 0,
		};
	}

	// Somebody else saves.
	other(change) {
		this.revisions.push({ ...this.newest, ...change });
	}

	intake(form, response) {
		const [headline, ...rest] = form.get('text').trim().split(/\n\s*\n/);

		this.intakes.push(form.get('text'));
		return this.json(response, {
			fields: { headline, kicker: 'Harbour', body: rest.join('\n\n') },
			notes: [{ line: 1, text: 'The first line became the headline.' }],
			aside: [{ what: 'support call', text: 'Support us' }],
		});
	}

	page() {
		const { headline, kicker, standfirst, body } = this.newest;
		const field = (name, label, value) =>
			`<p class="field"><label for="${name}">${label}</label>` +
			`<input id="${name}" name="${name}" value="${escape(value)}"></p>`;

		return `<!doctype html><html lang="${this.lang}" dir="${this.lang === 'ar'
			? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><title>Story</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/desk.css"><link rel="stylesheet" href="/editor.css">
<script src="/editor.js" defer></script></head><body class="alone"><main>
<h1>Story</h1>
<form data-editor method="post" action="/stories/1/save" data-story="1"
data-lang="${this.storyLang}" data-zone="Europe/Lisbon" data-sign-in="/sign-in"
data-pictures="/pictures" data-upload="/pictures/upload"
data-intake="/stories/intake" data-saved-at="2026-11-27T14:03:21Z">
<input type="hidden" name="base" value="${this.revisions.length}">
<input type="hidden" name="account" value="one">
${field('headline', 'Headline', headline)}
${field('kicker', 'Kicker', kicker)}
${field('standfirst', 'Standfirst', standfirst)}
<p class="field"><label for="body">Text</label>
<textarea id="body" name="body" rows="20">
${escape(body)}</textarea></p>
<div id="counts" class="fe-foot"><span class="field" data-length="/stories/1/length">
<label for="length">Length wanted</label><input id="length" name="length" type="number"
data-unsaved value="${this.length.length}"><select name="unit" aria-label="Counted in"
data-unsaved><option value="words">words</option><option value="characters"
${this.length.unit === 'characters' ? 'selected' : ''}>characters</option></select></span></div>
<p class="acts"><button class="main">Save</button></p></form>
<script type="application/json" id="editor-words">${JSON.stringify(
		wordsOf(this.lang)).replace(/</g, '\\u003c')}</script>
</main></body></html>`;
	}
}
