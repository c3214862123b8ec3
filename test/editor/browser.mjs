// Debian's chromium, with the editor's page in it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { killAll, Newsroom } from './server.mjs';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');

export const axePath = require.resolve('axe-core/axe.min.js');

export function launch() {
	return chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update',
			'--disable-sync'],
	});
}

// Ends BROWSER, which may be none, and what a failed test left listening.
export async function shut(browser) {
	await killAll();
	await browser?.close();
}

// A page on NEWSROOM's story; faults that the page reports fail the test.
export async function open(browser, newsroom, options = {}) {
	const context = options.context || await browser.newContext(options);
	const page = await context.newPage();

	page.faults = [];
	page.on('pageerror', (error) => page.faults.push(String(error.stack || error)));
	page.on('console', (message) => {
		if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text()))
			page.faults.push(message.text());
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(newsroom.url) && !/^(data|blob|about):/.test(request.url()))
			page.faults.push(`asked ${request.url()}`);
	});
	await page.goto(`${newsroom.url}/stories/1`);
	await page.waitForSelector('html[data-editor=ready]', { timeout: 10000 });
	page.text = page.locator('.fe-text');
	page.state = () => page.getAttribute('#save-state', 'data-state');
	page.markdown = () => page.evaluate(() => {
		const body = document.getElementById('body');

		return body.value;
	});
	page.settle = () => page.waitForTimeout(80); // see atEnd
	page.until = (state, timeout = 15000) => page.waitForFunction((s) =>
		document.getElementById('save-state').dataset.state === s, state, { timeout });
	page.end = async () => {
		assert.deepEqual(page.faults, []);
		await (options.context ? page.close() : context.close());
	};
	return page;
}

// Runs BODY with a newsroom of FIELDS and a page on it.
export async function withPage(browser, fields, body, options = {}) {
	const newsroom = await new Newsroom(fields, options).start();

	try {
		const page = await open(browser, newsroom, options);

		await body(page, newsroom);
		await page.end();
	} finally {
		await newsroom.kill().catch(() => {});
	}
}

// Puts the cursor at the end of the text. A person's keys come later than a
// script's: the editor looks at where the cursor is some milliseconds after
// it was moved.
export async function atEnd(page) {
	await page.text.focus();
	await page.settle();
	await page.keyboard.press('Control+End');
	await page.settle();
}

// Pastes as another program would offer it.
export async function paste(page, { html, text = '' }) {
	await page.settle();
	await page.evaluate(({ html, text }) => {
		const data = new DataTransfer();

		if (html)
			data.setData('text/html', html);
		data.setData('text/plain', text);
		document.querySelector('.fe-text').dispatchEvent(new ClipboardEvent('paste',
			{ clipboardData: data, bubbles: true, cancelable: true }));
	}, { html, text });
}

export async function saved(page, newsroom) {
	await page.keyboard.press('Control+s');
	await page.until('saved');
	return newsroom.newest.body;
}
