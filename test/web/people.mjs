// SPDX-License-Identifier: MIT
//
// A paper, and people who work in its newsroom and read it as people do: by a
// browser, by forms and buttons, each in a browser of their own. Nothing is
// asked of the server behind the browser's back; only the first link comes from
// the command, as it does in life.
//
//	const house = await House.open();
//	const ada = await house.person();
//	await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
//	const { path } = await ada.publishNew({ headline: 'A bridge', ... });
//	const page = await house.reads(path);
//	await house.close();
//
// Every wait is for something that appears; none is for a time.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { Newsroom, PASSWORD, totp } from '../wire/newsroom.mjs';

export { PASSWORD };

export const HARBOUR = 'test/pictures/harbour.jpg';
const DESK = { width: 1280, height: 900 };
const PATIENCE = 90000;
const MOMENT = 20000; // in which a change reaches readers, on a busy machine
const STEP = 30000; // of a code, in ms
const CODE = /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/;

export const launch = () => chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox'] });

// What CONTEXT's pages complain of is kept in its faults; of other places than
// ORIGINS nothing may be asked.
function listen(context, origins) {
	context.faults = [];
	context.on('page', (page) => {
		page.on('pageerror', (e) => context.faults.push(String(e.stack)));
		page.on('console', (m) => {
			if (/Content Security Policy|TypeError/.test(m.text()))
				context.faults.push(m.text());
		});
		page.on('request', (r) => {
			const { origin, protocol } = new URL(r.url());
			if (!origins.includes(origin) &&
				!/^(data|blob|about):$/.test(protocol))
				context.faults.push(`asked ${r.url()}`);
		});
	});
}

// A browser in which WHO is signed in, a client of test/wire/newsroom.mjs: for
// tests that are not of signing in. What its pages complain of is kept.
export async function signedIn(browser, who, options = {}) {
	const context = await browser.newContext({ viewport: DESK, ...options });
	const [name, value] = who.cookie.split('=');
	context.origin = who.paper.origin;
	await context.addCookies([{ name, value, secure: true, httpOnly: true,
		sameSite: 'Strict', url: context.origin.replace('http:', 'https:') }]);
	listen(context, [context.origin]);
	return context;
}

export class House {
	static async open(options = {}) {
		const house = new House();
		house.paper = await Newsroom.start({ stories: 0, ...options });
		house.origin = house.paper.origin;
		house.readers = `http://127.0.0.1:${house.paper.port}`;
		house.browser = await launch();
		return house;
	}

	async close() {
		await this.browser?.close();
		await this.paper?.stop();
	}

	firstLink() {
		return this.paper.command('newsroom', 'first-link').trim();
	}

	// A browser whose pages' complaints are kept in faults, and in which no
	// dialog opens.
	async #context(options) {
		const context = await this.browser.newContext(
			{ viewport: DESK, ...options });
		context.setDefaultTimeout(PATIENCE);
		if (this.paper.ahead !== 0)
			await context.clock.install({ time: this.paper.now() });
		listen(context, [this.origin, this.readers]);
		context.on('page', (page) => page.on('dialog', (d) => {
			context.faults.push(`dialog: ${d.message()}`);
			d.dismiss();
		}));
		return context;
	}

	async person(options = {}) {
		const context = await this.#context(options);
		return new Person(this, await context.newPage(), options);
	}

	// The page at PATH as a stranger sees it, in a browser of their own.
	// Addresses of the paper lead to where it is served here.
	async reads(path, options = {}) {
		const context = await this.#context(options);
		const page = await context.newPage();
		page.answer = await page.goto(this.readers + path);
		page.end = async () => {
			assert.deepEqual(await context.cookies(), []);
			assert.deepEqual(context.faults, []);
			await context.close();
		};
		return page;
	}

	// The same, for one thing that has to stand there, or comes within a moment
	// if the page is loaded anew.
	async sees(path, words, options) {
		const page = await this.reads(path, options);
		const until = Date.now() + MOMENT;
		assert.equal(page.answer.status(), 200, path);
		while (Date.now() < until &&
			await page.getByText(words).count() === 0)
			await page.reload();
		await page.getByText(words).first().waitFor({ timeout: 1000 });
		await page.end();
	}
}

export class Person {
	// What is known of the account: name, login, secret, codes, and the newest
	// step of which a code was used.
	account = { used: -Infinity };

	constructor(house, page, options) {
		this.house = house;
		this.page = page;
		this.hasScript = options.javaScriptEnabled !== false;
	}

	async end() {
		assert.deepEqual(this.page.context().faults, []);
		await this.page.context().close();
	}

	go(path) {
		return this.page.goto(this.house.origin + path);
	}

	button(name) {
		return this.page.getByRole('button', { name, exact: true });
	}

	press(name) {
		return this.button(name).click();
	}

	// Does what leads to another page, or to the same anew, and waits for that:
	// what the old one says is not taken for an answer.
	async turn(act) {
		const { page } = this;
		await page.evaluate(() => {
			document.documentElement.dataset.isOld = '';
		});
		await act();
		await page.locator('html:not([data-is-old])').waitFor();
		await page.waitForLoadState();
	}

	// A link of the menu.
	async menu(name) {
		await this.turn(() => this.page
			.getByRole('navigation', { name: 'Newsroom menu' })
			.getByRole('link', { name, exact: true }).click());
		await this.page.getByRole('heading', { level: 1 }).first().waitFor();
	}

	// A form that says "Saved." on the page that answers.
	async sends(name = 'Save') {
		await this.turn(() => this.press(name));
		await this.says('Saved.');
	}

	says(words) {
		return this.page.getByText(words).first().waitFor();
	}

	// A code of the app that was not used yet. Three of them are good at any
	// time; beyond that a recovery code, of which there are ten.
	code() {
		const now = Math.floor(this.house.paper.now() / STEP);
		const step = Math.max(this.account.used + 1, now - 1);
		if (step > now + 1)
			return this.account.codes.pop();
		this.account.used = step;
		return totp(this.account.secret, step - now, now * STEP);
	}

	// From a link to an account with an app and recovery codes, all typed.
	async join(link, { name, login }) {
		const { page } = this;
		Object.assign(this.account, { name, login });
		await page.goto(link);
		await page.getByLabel('Name', { exact: true }).fill(name);
		await page.getByLabel('User name').fill(login);
		await page.getByLabel('Password').fill(PASSWORD);
		await this.press('Make my account');
		await page.getByRole('heading', { name: 'A second way' }).waitFor();
		this.account.secret = await page.locator('.code').innerText();
		await page.getByRole('textbox', { name: 'Code' }).fill(this.code());
		await this.press('Go on');
		await page.getByRole('heading', { name: 'Your recovery codes' })
			.waitFor();
		this.account.codes = await page.locator('li .code').allInnerTexts();
		assert.equal(this.account.codes.length, 10);
		for (const code of this.account.codes)
			assert.match(code, CODE);
		await page.getByRole('link', { name: 'Go on' }).click();
		await this.button('Sign out').waitFor();
		return this;
	}

	async signOut() {
		await this.press('Sign out');
		await this.button('Sign in').waitFor();
	}

	async signIn() {
		const { page } = this;
		if (!page.url().includes('/sign-in'))
			await this.go('/sign-in');
		await page.getByLabel('User name').fill(this.account.login);
		await page.getByLabel('Password').fill(PASSWORD);
		await this.press('Sign in');
		await page.getByRole('textbox', { name: 'Code' }).fill(this.code());
		await this.press('Go on');
		await this.button('Sign out').waitFor();
	}

	// The same person in another browser, who signs in there.
	async elsewhere(options) {
		const other = await this.house.person(options);
		other.account = this.account;
		await other.signIn();
		return other;
	}

	// The screen at PATH, before which one may have to show again who one is.
	async goSurely(path) {
		await this.go(path);
		await this.surely();
	}

	async surely() {
		const { page } = this;
		if (!/\/again\b/.test(page.url()))
			return;
		await page.getByLabel('Password').fill(PASSWORD);
		await page.locator('form:has([type=password]) button').click();
		await page.waitForURL((url) => url.pathname !== '/again');
	}

	// Invites somebody, who joins by the link in a browser of their own.
	async invite({ name, login, role, sections = [] }, options) {
		const { page } = this;
		await this.goSurely('/staff/invite');
		await page.getByLabel('Name', { exact: true }).fill(name);
		await page.getByRole('radio', { name: new RegExp(`^${role}\\b`) })
			.check();
		if (sections.length)
			await page.getByRole('radio', { name: 'Only these' }).check();
		else
			await page.getByRole('radio', { name: 'All sections' }).check();
		for (const section of sections)
			await page.getByRole('checkbox', { name: section, exact: true })
				.check();
		await this.press('Invite somebody');
		const link = (await page.locator('.code').innerText()).trim();
		const person = await this.house.person(options);
		return person.join(link, { name, login });
	}

	// --- stories

	// The editor is ready: its script, where there is one.
	async ready() {
		await this.page.locator(this.hasScript
			? 'html[data-editor=ready]' : '#body').waitFor();
	}

	async begin(headline) {
		await this.menu('Stories');
		await this.page.getByRole('link', { name: 'New story' }).click();
		await this.page.getByLabel('Headline').fill(headline);
		await this.press('Begin writing');
		await this.ready();
		this.story = new URL(this.page.url()).pathname;
	}

	async fill({ section, by, standfirst, headline, tags }) {
		const { page } = this;
		if (headline !== undefined)
			await page.getByLabel('Headline').fill(headline);
		if (section)
			await page.getByLabel('Section').selectOption({ label: section });
		if (standfirst)
			await page.getByLabel('Standfirst').fill(standfirst);
		if (by)
			await page.getByLabel('By', { exact: true }).fill(by);
		if (tags)
			await page.getByLabel('Topics').fill(tags);
	}

	// Types TEXT over whatever stands there.
	async text(text) {
		const { page } = this;
		if (!this.hasScript) {
			await page.getByLabel('Text', { exact: true }).fill(text);
			return;
		}
		await page.locator('.fe-text').click();
		await page.keyboard.press('Control+a');
		await page.keyboard.press('Delete');
		for (const [i, part] of text.split('\n\n').entries()) {
			if (i)
				await page.keyboard.press('Enter');
			await page.keyboard.insertText(part);
		}
	}

	async save() {
		if (!this.hasScript) {
			await this.turn(() => this.press('Save'));
			await this.says('Saved');
			return;
		}
		await this.press('Save');
		await this.page.locator('#save-state[data-state=saved]').waitFor();
	}

	// The lead picture, sent from this device from within the story.
	async sendPicture(file, { alt, credit }) {
		const { page } = this;
		await page.getByText('Lead picture').click();
		await page.getByRole('button', { name: 'Choose a picture' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('Send a picture').setInputFiles(file);
		await dialog.locator('.fe-pick input:checked').waitFor();
		await dialog.getByLabel('Alternative text').fill(alt);
		await dialog.getByLabel('Credit').fill(credit);
		await dialog.getByRole('button', { name: 'Use this picture' }).click();
		await page.locator('.fe-lead').waitFor();
	}

	// The lead picture, from the library.
	async choosePicture(words) {
		const { page } = this;
		await page.getByText('Lead picture').click();
		await page.getByRole('button', { name: 'Choose a picture' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.locator('.fe-pick', { hasText: words })
			.getByRole('radio').check();
		await dialog.getByRole('button', { name: 'Use this picture' }).click();
		await page.locator('.fe-lead').waitFor();
	}

	// From the editor to the screen that publishes.
	async toPublish() {
		await this.page.getByRole('button', { name: /^(Publish|Hand in)…$/ })
			.click();
		await this.page.getByRole('heading', { name: 'What comes next' })
			.waitFor();
	}

	// The path of the story in the paper, from the screen that publishes.
	async path() {
		const link = this.page.getByRole('link', { name: /wire\.example/ });
		return new URL(await link.getAttribute('href')).pathname;
	}

	async publish() {
		await this.press('Publish now');
		await this.says('Published. Readers see it now.');
		return this.path();
	}

	// A whole story; its path in the paper.
	async publishNew({ headline, text, ...fields }) {
		await this.begin(headline);
		await this.fill(fields);
		await this.text(text);
		await this.save();
		await this.toPublish();
		return this.publish();
	}

	// A change that readers see. KIND: as it stands on the screen.
	async change(kind, words) {
		const { page } = this;
		await page.getByRole('radio', { name: kind }).check();
		if (words)
			await page.getByLabel('What readers are told').fill(words);
		await this.press('Publish this change');
		await this.says('Published. Readers see it now.');
	}

	async open(story) {
		await this.go(story);
		await this.ready();
	}

	// --- by keyboard alone

	// Tab until WHERE has the focus.
	async tabTo(where, limit = 150) {
		for (let i = 0; i < limit; i++) {
			if (await where.evaluateAll((all) =>
				all.includes(document.activeElement)))
				return;
			await this.page.keyboard.press('Tab');
		}
		throw new Error(`no way by keyboard to ${where}`);
	}

	async type(where, words) {
		await this.tabTo(where);
		await this.page.keyboard.type(words);
	}

	async enter(where, key = 'Enter') {
		await this.tabTo(where);
		await this.page.keyboard.press(key);
	}
}

// Closes a page that has no network: its last request, too, reaches nobody.
// Chromium would send that, for the pretence of no network ends with the page.
export async function dies(page) {
	await page.evaluate(() => {
		globalThis.fetch = () => Promise.reject(new TypeError('no network'));
	});
	await page.close();
}

// The pictures of a page that are there for somebody who looks, all loaded.
export async function loaded(locator) {
	const picture = locator.first();
	await picture.waitFor();
	await picture.scrollIntoViewIfNeeded();
	await picture.evaluate((img) => img.complete || new Promise((done) => {
		img.onload = done;
		img.onerror = done;
	}));
	assert.ok(await picture.evaluate((img) => img.naturalWidth) > 0,
		'a picture did not load');
	return picture;
}
