// SPDX-License-Identifier: MIT
//
// The picture library in a browser: sending by choice, drop and paste with
// progress; words and focal point by mouse and by keyboard; without script; on
// a phone; and axe over both screens, light and dark.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { Newsroom } from '../wire/newsroom.mjs';

const axe = fs.readFileSync(new URL(
	'./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const HARBOUR = 'test/pictures/harbour.jpg';
const shots = process.env.FARTHING_SHOTS;

let paper, ada, browser;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox'] });
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

async function open(options = {}) {
	const context = await browser.newContext(options);
	const [name, value] = ada.cookie.split('=');
	await context.addCookies([{ name, value, domain: 'localhost', path: '/',
		secure: true, httpOnly: true, sameSite: 'Strict' }]);
	const page = await context.newPage();
	page.wrong = [];
	page.on('console', (m) => m.type() === 'error' && page.wrong.push(m.text()));
	await page.goto(`${paper.origin}/pictures`);
	return page;
}

async function close(page) {
	assert.deepEqual(page.wrong, []);
	await page.context().close();
}

async function violations(page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Runtime.evaluate', { expression: axe });
	const { result } = await cdp.send('Runtime.evaluate', {
		expression: 'axe.run().then((r) => JSON.stringify(r.violations.map(' +
			'(v) => [v.id, v.nodes.map((n) => n.html)])))',
		awaitPromise: true });
	return JSON.parse(result.value);
}

async function shoot(page, name) {
	if (shots)
		await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

const overflow = (page) => page.evaluate(() =>
	document.documentElement.scrollWidth - innerWidth);

// A file that comes by EVENT, "drop" or "paste".
function give(page, event, name) {
	const bytes = [...fs.readFileSync('test/pictures/clear.png')];
	return page.evaluate(([kind, data, file]) => {
		const transfer = new DataTransfer();
		transfer.items.add(new File([new Uint8Array(data)], file,
			{ type: 'image/png' }));
		const options = { bubbles: true, cancelable: true };
		document.querySelector('h1').dispatchEvent(kind === 'drop'
			? new DragEvent('drop', { ...options, dataTransfer: transfer })
			: new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
	}, [event, bytes, name]);
}

test('pictures are chosen, dropped and pasted, and each says what became of it',
	async () => {
		const page = await open();
		assert.deepEqual(await violations(page), []);
		await shoot(page, 'pictures-empty');
		await page.getByLabel('Picture files').setInputFiles([HARBOUR,
			'test/pictures/README.md']);
		await page.getByRole('button', { name: 'Send pictures' }).click();
		const sent = page.locator('#sent');
		await sent.getByText('2 of 2 sent').waitFor({ timeout: 120000 });
		await sent.getByText('In the library. The file told where the picture ' +
			'was taken').waitFor();
		await sent.getByText('This is no picture').waitFor();
		await give(page, 'drop', 'dropped.png');
		await sent.getByText('3 of 3 sent').waitFor({ timeout: 120000 });
		await give(page, 'paste', 'pasted.png');
		await sent.getByText('4 of 4 sent').waitFor({ timeout: 120000 });
		await sent.getByText('Was in the library already').waitFor();
		await shoot(page, 'pictures-sent');
		await page.reload();
		assert.deepEqual(await violations(page), []);
		await shoot(page, 'pictures');
		await sent.waitFor({ state: 'hidden' });
		assert.equal(page.wrong.filter((w) => !/422/.test(w)).length, 0);
		page.wrong = [];
		await close(page);
	});

test('the focal point is pointed at, and the cuts follow', async () => {
	const page = await open();
	await page.getByRole('link', { name: /The quay of Port Lune/ }).click();
	await page.getByRole('heading', { name: 'harbour.jpg' }).waitFor();
	assert.deepEqual(await violations(page), []);
	await shoot(page, 'picture');
	const whole = page.locator('#whole');
	const { width, height } = await whole.boundingBox();
	await whole.click({ position: { x: width * 0.25, y: height * 0.1 } });
	assert.equal(await page.getByLabel('From the left').inputValue(), '25');
	assert.equal(await page.getByLabel('From the top').inputValue(), '10');
	const place = () => page.locator('.square img').evaluate((img) =>
		img.style.objectPosition);
	assert.equal(await place(), '50% 0%');
	// By keyboard alone.
	await page.getByLabel('From the top').focus();
	await page.keyboard.press('ArrowUp');
	assert.equal(await page.getByLabel('From the top').inputValue(), '11');
	await page.getByLabel('Alternative text').fill('Boats before hills');
	await page.getByLabel('Rights end on').fill('2026-12-01');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Saved.').waitFor({ timeout: 60000 });
	assert.equal(await page.getByLabel('Alternative text').inputValue(),
		'Boats before hills');
	await close(page);
});

test('without script a picture is sent, too', async () => {
	const page = await open({ javaScriptEnabled: false });
	await page.getByLabel('Picture files').setInputFiles(
		'test/pictures/still.webp');
	await page.getByRole('button', { name: 'Send pictures' }).click();
	await page.getByText('The picture is in the library.')
		.waitFor({ timeout: 120000 });
	await page.getByLabel('Caption').fill('Still');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Saved.').waitFor();
	await close(page);
});

test('on a phone, in the dark, nothing is cut off', async () => {
	const page = await open({ viewport: { width: 320, height: 640 },
		colorScheme: 'dark', hasTouch: true });
	assert.ok(await overflow(page) <= 0);
	assert.deepEqual(await violations(page), []);
	await shoot(page, 'pictures-phone');
	await page.getByRole('link', { name: /The quay of Port Lune/ }).click();
	assert.ok(await overflow(page) <= 0);
	assert.deepEqual(await violations(page), []);
	await shoot(page, 'picture-phone');
	await close(page);
});
