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

import http from 'node:http';
import { Paper, freePort } from './paper.mjs';

export const PASSWORD = 'correct horse battery';

export class Newsroom extends Paper {
	static async start({ conf = '', ...options } = {}) {
		const port = await freePort();
		const made = await Paper.make({ conf, ...options,
			newsroom: `127.0.0.1:${port}` });
		const paper = Object.setPrototypeOf(made, Newsroom.prototype);
		paper.newsroomPort = port;
		paper.origin = `http://localhost:${port}`;
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

	async join(link, { name, login }) {
		const client = this.client();
		client.login = login;
		const { status, body } = await client.post(
			new URL(link).pathname, { name, login, password: PASSWORD });
		if (status !== 303)
			throw new Error(`joining: ${status} ${body}`);
		return client;
	}
}

export class Client {
	cookie = '';

	constructor(paper) {
		this.paper = paper;
	}

	// One request; redirects are not followed. BODY is sent as it is.
	request(method, path, { headers = {}, body = null } = {}) {
		return new Promise((done, fail) => {
			const request = http.request({ host: '127.0.0.1',
				port: this.paper.newsroomPort, path, method, agent: false,
				headers: { host: `localhost:${this.paper.newsroomPort}`,
					...(this.cookie ? { cookie: this.cookie } : {}),
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

	#keep(lines = []) {
		for (const line of lines) {
			const [pair] = line.split(';');
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

	// The same by a script, which gets JSON back.
	async send(path, form = {}) {
		const answer = await this.post(path, form,
			{ headers: { accept: 'application/json' } });
		return { ...answer, json: JSON.parse(answer.body) };
	}

	// Signs in by password, anew.
	async signIn(login = this.login, password = PASSWORD) {
		this.login = login;
		this.cookie = '';
		return this.post('/sign-in/password', { login, password, next: '/' });
	}
}
