// SPDX-License-Identifier: MIT
//
// A lid is closed over a story, a page is left and come back to, the clock has
// gone on by hours, the session has ended and a colleague has saved meanwhile:
// nothing is lost, and what the page says of saving is true at each moment.
//
// The browser is Debian's chromium as it is, seen from outside: playwright's
// own pages pretend to be looked at always, and are never frozen.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { freePort } from '../wire/paper.mjs';
import { House, Person, dies } from './people.mjs';

const WAIT = 60000; // ms
const NIGHT = 8 * 3600 * 1000;

let house, own, browser, ada, bo;

// The page's clock, which can be set forward.
const clock = () => {
	const Real = Date;
	globalThis.ahead = 0;
	globalThis.Date = class extends Real {
		constructor(...args) {
			super(...(args.length ? args : [Real.now() + globalThis.ahead]));
		}

		static now() {
			return Real.now() + globalThis.ahead;
		}
	};
};

before(async () => {
	house = await House.open({ stories: 1 });
	const port = await freePort();
	own = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', `--remote-debugging-port=${port}`],
		// Pages that were left may come back as they were.
		ignoreDefaultArgs: ['--disable-back-forward-cache'] });
	browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`,
		{ noDefaults: true });
	const [context] = browser.contexts();
	context.setDefaultTimeout(WAIT);
	context.faults = [];
	await context.addInitScript(clock);
	ada = new Person(house, await tab(), {});
	await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
	bo = await ada.invite({ name: 'Bo Reed', login: 'bo', role: 'Editor' });
	bo.page.context().setDefaultTimeout(WAIT);
});
after(async () => {
	assert.deepEqual(browser?.contexts()[0].faults, []);
	await browser?.close();
	await own?.close();
	await house?.close();
});

async function tab() {
	const [context] = browser.contexts();
	const page = await context.newPage();
	page.on('pageerror', (e) => context.faults.push(String(e.stack)));
	await page.bringToFront();
	return page;
}

// A frozen page is hidden first; nothing but this shows it again.
async function lid(page, isOpen) {
	page.outside ??= await page.context().newCDPSession(page);
	if (isOpen)
		await page.outside.send('Page.setWebLifecycleState', { state: 'active' });
	await page.outside.send('Emulation.setFocusEmulationEnabled',
		{ enabled: isOpen });
	if (!isOpen)
		await page.outside.send('Page.setWebLifecycleState', { state: 'frozen' });
	assert.equal(await page.evaluate(() => document.visibilityState),
		isOpen ? 'visible' : 'hidden');
}

const close = (page) => lid(page, false);
const openLid = (page) => lid(page, true);

const says = (page) => page.locator('#save-state').innerText();

async function state(page, name) {
	await page.locator(`#save-state[data-state=${name}]`).waitFor()
		.catch(async (e) => {
			throw new Error(`not ${name}: ${await says(page)}`, { cause: e });
		});
}

async function write(page, text) {
	await page.locator('.fe-text').press('Control+End');
	await page.keyboard.insertText(text);
}

const body = (page) => page.locator('.fe-text').innerText();

// The story's text as the server has it, for whoever opens it now.
async function stored(who, story) {
	const page = await who.page.context().newPage();
	await page.goto(house.origin + story);
	const text = await page.locator('#body').evaluate((e) => e.defaultValue);
	await page.close();
	return text.trim();
}

// A story with TEXT on the server, open in a tab of its own.
async function begin(headline, text) {
	ada.page = await tab();
	await ada.go('/stories');
	await ada.begin(headline);
	await ada.text(text);
	await ada.save();
	return { page: ada.page, story: ada.story };
}

// A colleague puts a paragraph before it.
async function another(story, text) {
	await bo.open(story);
	await bo.page.locator('.fe-text').press('Control+Home');
	await bo.page.keyboard.insertText(text);
	await bo.page.keyboard.press('Enter');
	await bo.save();
}

test('the lid falls while a word is being typed', async () => {
	const { page, story } = await begin('Lid', 'One.');
	await write(page, ' Two.');
	await close(page);
	// What is said is true while nobody looks: either it is there, or not saved.
	const said = await page.locator('#save-state').getAttribute('data-state');
	assert.ok(said !== 'saved' || await stored(bo, story) === 'One. Two.', said);
	await openLid(page);
	await state(page, 'saved');
	assert.equal(await stored(bo, story), 'One. Two.');
	await page.close();
});

test('a machine that dies with its lid closed has kept what was typed', async () => {
	const { page, story } = await begin('Battery', 'One.');
	await page.context().setOffline(true);
	await write(page, ' Two.');
	await close(page);
	// Kept before anything that takes time: the page does nothing any more.
	const copies = await page.evaluate(() => Object.keys(localStorage)
		.filter((k) => k.startsWith('farthing:copy:'))
		.map((k) => JSON.parse(localStorage[k]).fields.body));
	assert.deepEqual(copies.map((c) => c.trim()), ['One. Two.']);
	ada.page = await tab();
	await dies(page);
	await ada.page.context().setOffline(false);
	assert.equal(await stored(bo, story), 'One.');
	await ada.open(story);
	await ada.says('was put back');
	await state(ada.page, 'saved');
	assert.equal(await stored(bo, story), 'One. Two.');
	await ada.page.close();
});

// Ada's sessions in this browser end: she ends them from another machine.
async function endSession() {
	const other = await ada.elsewhere();
	await other.go('/account');
	await other.press('End all others');
	await other.page.getByRole('heading', { level: 1 }).waitFor();
	await other.end();
}

test('eight hours later, signed out, and a colleague was there', async () => {
	const { page, story } = await begin('Night', 'One.');
	await page.context().setOffline(true);
	await write(page, ' Two.');
	await close(page);
	await page.evaluate((ms) => {
		globalThis.ahead += ms;
	}, NIGHT);
	await another(story, 'Zero.');
	await endSession();
	await page.context().setOffline(false);
	await openLid(page);
	await state(page, 'signed-out');
	assert.match(await says(page), /Not saved: you are signed out\. Your text is kept/);
	assert.equal(await body(page), 'One. Two.');
	await write(page, ' Three.');
	assert.match(await says(page), /Not saved: you are signed out\. Your text is kept/);
	// In another tab, as the page offers.
	ada.page = await tab();
	await ada.signIn();
	await ada.page.close();
	await page.bringToFront();
	await state(page, 'saved');
	await page.locator('.fe-text', { hasText: 'Zero.' }).waitFor();
	assert.match(await body(page), /^Zero\.\s+One\. Two\. Three\.$/);
	assert.equal(await stored(bo, story), 'Zero.\n\nOne. Two. Three.');
	await page.close();
});

test('with nothing unsaved the page does not say that something is', async () => {
	const { page, story } = await begin('Rest', 'One.');
	await close(page);
	await page.evaluate((ms) => {
		globalThis.ahead += ms;
	}, NIGHT * 3);
	await endSession();
	await openLid(page);
	await state(page, 'signed-out');
	assert.match(await says(page), /You are signed out\. .*saved on the server/);
	assert.doesNotMatch(await says(page), /Not saved|kept in this browser/);
	// Until a word is typed.
	await write(page, ' Two.');
	await page.getByText('Not saved: you are signed out').first().waitFor();
	ada.page = await tab();
	await ada.signIn();
	await ada.page.close();
	await page.bringToFront();
	await state(page, 'saved');
	assert.equal(await stored(bo, story), 'One. Two.');
	await page.close();
});

test('a day later it says of which day the text is', async () => {
	const { page } = await begin('Day', 'One.');
	assert.doesNotMatch(await says(page), /20\d\d/);
	await close(page);
	await page.evaluate((ms) => {
		globalThis.ahead += ms;
	}, NIGHT * 3);
	await openLid(page);
	await page.waitForFunction(() => /20\d\d/.test(
		document.getElementById('save-state').innerText));
	await page.close();
});

for (const isKept of [true, false])
	test(`a page that is left and come back to, ${isKept ? 'as it was'
		: 'made anew'}`, async () => {
		const { page, story } = await begin(`Back ${isKept}`, 'One.');
		page.on('dialog', (dialog) => dialog.accept());
		if (isKept) {
			// Browsers differ in which pages they keep; this makes this one
			// keep ours.
			await page.route('**/*', async (route) => {
				const response = await route.fetch({ maxRedirects: 0 });
				const headers = { ...response.headers() };
				delete headers['cache-control'];
				await route.fulfill({ response, headers });
			});
			await ada.open(story);
		}
		await page.evaluate(() => {
			globalThis.isSame = true;
		});
		await write(page, ' Two.');
		// Left in the middle of it.
		await page.getByRole('link', { name: 'Calendar' }).click();
		await page.getByRole('heading', { name: 'Calendar', level: 1 }).waitFor();
		await another(story, 'Zero.');
		await page.goBack({ waitUntil: 'commit' });
		await ada.ready();
		assert.equal(await page.evaluate(() => globalThis.isSame === true), isKept);
		await page.locator('.fe-text', { hasText: 'Zero.' }).waitFor();
		await state(page, 'saved');
		assert.match(await body(page), /^Zero\.\s+One\. Two\.$/);
		await write(page, ' Three.');
		await ada.save();
		assert.equal(await stored(bo, story), 'Zero.\n\nOne. Two. Three.');
		await page.unrouteAll({ behavior: 'ignoreErrors' });
		await page.close();
	});
