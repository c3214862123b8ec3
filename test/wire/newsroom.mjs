// SPDX-License-Identifier: MIT
//
// A paper with its newsroom served, and people who are signed in to it: a
// client keeps a cookie and sends forms as a browser does.
//
//	const paper = await Newsroom.start();
//	const ada = await paper.owner();
//	const { status, body } = await ada.get('/stories');
//	await ada.post('/account/name', { name: 'Ada Quay' });
//	await paper.stop();

import crypto from 'node:crypto';
import http from 'node:http';
import { Paper, binary, freePort } from './paper.mjs';

export { binary };

export const PASSWORD = 'correct horse battery';

// The code of an authenticator app (RFC 6238), STEPS from now.
export function totp(secret, steps = 0, now = Date.now()) {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	let bits = '';
	for (const c of secret.replace(/\s/g, ''))
		bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(now / 30000) + steps));
	const mac = crypto.createHmac('sha1', key).update(counter).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000)
		.padStart(6, '0');
}

// What stands in HTML, as a browser reads it.
export const decode = (s) => s.replaceAll('&#39;', '\'').replaceAll('&quot;', '"')
	.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export class Newsroom extends Paper {
	// HOST: the name of a proxy before it, which is https there. BEFORE is
	// called with the paper before it is served.
	static async start({ conf = '', host = '', before = null,
		...options } = {}) {
		const port = await freePort();
		if (host)
			conf += `newsroom_origin = https://${host}\n`;
		const made = await Paper.make({ conf, ...options,
			newsroom: `127.0.0.1:${port}` });
		const paper = Object.setPrototypeOf(made, Newsroom.prototype);
		paper.newsroomPort = port;
		paper.host = host || `localhost:${port}`;
		paper.origin = host ? `https://${host}` : `http://localhost:${port}`;
		before?.(paper);
		await paper.serve();
		return paper;
	}

	// Somebody who is not signed in.
	client() {
		return new Client(this);
	}

	// The first owner, made by the one-time link and signed in.
	async owner({ name = 'Ada Quay', login = 'ada' } = {}) {
		const link = this.command('newsroom', 'first-link').trim();
		return this.join(link, { name, login });
	}

	// Opens a link: an account with codes from an app, signed in.
	async join(link, { name, login }) {
		const client = this.client();
		client.login = login;
		const { status, location, body } = await client.post(
			new URL(link).pathname, { name, login, password: PASSWORD });
		if (status !== 303 || location !== '/account/second')
			throw new Error(`joining: ${status} ${location} ${body}`);
		await client.enrol();
		return client;
	}

	// Somebody whom OWNER invites. ROLE: 1 owner, 2 publisher, 3 editor, 4
	// reporter, 5 photographer, 6 treasurer; SECTIONS: names.
	async member(owner, { name, login, role, sections = [] }) {
		const { status, body } = await owner.post('/staff/invite', [
			['name', name], ['role', String(role)],
			['scope', sections.length ? 'some' : 'all'],
			...sections.map((s, i) => [`section_${i}`, s])]);
		const [link] = /https?:[^<"]*\/join\/[\w-]{43}/.exec(body) ?? [];
		if (status !== 200 || !link)
			throw new Error(`inviting: ${status} ${body}`);
		return this.join(link, { name, login });
	}
}

export class Client {
	cookie = ''; // of the session
	device = ''; // of the browser, which lasts longer

	constructor(paper) {
		this.paper = paper;
	}

	// One request; redirects are not followed. BODY is sent as it is.
	request(method, path, { headers = {}, body = null } = {}) {
		return new Promise((done, fail) => {
			const request = http.request({ host: '127.0.0.1',
				port: this.paper.newsroomPort, path, method, agent: false,
				headers: { host: this.paper.host,
					...this.#cookies(),
					...headers } }, (response) => {
				const parts = [];
				response.on('data', (d) => parts.push(d));
				response.on('error', fail);
				response.on('end', () => {
					this.#keep(response.headers['set-cookie']);
					done({ status: response.statusCode,
						headers: response.headers,
						location: response.headers.location,
						body: Buffer.concat(parts).toString() });
				});
			});
			request.on('error', fail);
			request.end(body);
		});
	}

	#cookies() {
		const all = [this.cookie, this.device].filter(Boolean);
		return all.length ? { cookie: all.join('; ') } : {};
	}

	#keep(lines = []) {
		for (const line of lines) {
			const [pair] = line.split(';');
			if (pair.startsWith('__Host-farthing-device='))
				this.device = pair;
			else
				this.cookie = /max-age=0(;|$)/i.test(line) ? '' : pair;
		}
	}

	get(path, options) {
		return this.request('GET', path, options);
	}

	// A form of an object, or of an array of pairs.
	post(path, form = {}, { headers = {} } = {}) {
		return this.request('POST', path, {
			headers: { 'content-type': 'application/x-www-form-urlencoded',
				'sec-fetch-site': 'same-origin', ...headers },
			body: new URLSearchParams(form).toString() });
	}

	// What the form that is sent to PATH was drawn from, on the screen SCREEN.
	async seen(path, screen = path) {
		const { body } = await this.get(screen);
		const [, form] = body.split(`action="${path}"`);
		return /name="seen" value="([^"]*)"/.exec(form)?.[1] ?? '';
	}

	// A form of settings, as somebody sends it who has just opened it.
	async save(path, form = {}, screen = path) {
		const pairs = Array.isArray(form) ? form : Object.entries(form);
		return this.post(path,
			[['seen', await this.seen(path, screen)], ...pairs]);
	}

	// The same by a script, which gets JSON back.
	async send(path, form = {}) {
		const answer = await this.post(path, form,
			{ headers: { accept: 'application/json' } });
		return { ...answer, json: JSON.parse(answer.body) };
	}

	// Sets up codes, which is the way into the newsroom after joining.
	async enrol() {
		const page = await this.get('/account/second');
		[, this.secret] = /class="code">([A-Z2-7 ]+)</.exec(page.body);
		const { status, body } = await this.post('/account/totp',
			{ code: totp(this.secret, 0, this.paper.now()) });
		if (status !== 200)
			throw new Error(`enrolling: ${status} ${body}`);
		this.codes = [...body.matchAll(/class="code">([A-Z2-7-]{19})</g)]
			.map(([, code]) => code);
	}

	// The password, anew: the answer to it.
	async password(password = PASSWORD, login = this.login, options = {}) {
		this.cookie = '';
		return this.post('/sign-in/password', { login, password, next: '/' },
			options);
	}

	// Signs in anew by password and a recovery code, of which there are ten.
	async signIn() {
		await this.password();
		const answer = await this.post('/sign-in/code',
			{ code: this.codes.pop(), next: '/' });
		if (answer.status !== 303)
			throw new Error(`signing in: ${answer.status} ${answer.body}`);
		return answer;
	}
}
