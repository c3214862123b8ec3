// SPDX-License-Identifier: MIT
//
// Every screen of the newsroom, filled with what a newsroom has: in English
// and in Arabic, on a phone and on a desk, light and dark, axe finds nothing;
// nothing scrolls sideways at 320 px; every target is 24 px; the focus is seen;
// and no English word stands in a screen of another language.
//
//	FARTHING_SHOTS=DIR node --test test/web/screens.test.mjs
//
// also keeps pictures of them all.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { enter, forgotten, furnished, speak } from './furnished.mjs';

const axe = fs.readFileSync(new URL(
	'./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const shots = process.env.FARTHING_SHOTS;
const only = process.env.FARTHING_SCREENS;

let paper, browser, screens;

before(async () => {
	paper = await furnished();
	screens = paper.screens.filter((s) => !only ||
		new RegExp(only).test(s.pattern));
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox'] });
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

// The policy of the pages lets no script in but theirs: all is asked by the
// debugger.
async function ask(page, expression) {
	page.cdp ??= await page.context().newCDPSession(page);
	const { result, exceptionDetails } = await page.cdp.send('Runtime.evaluate',
		{ expression, awaitPromise: true, returnByValue: true });
	assert.ok(!exceptionDetails, exceptionDetails?.exception?.description);
	return result.value;
}

async function violations(page) {
	await ask(page, axe);
	return ask(page, `axe.run(document, { iframes: false,
		rules: { 'target-size': { enabled: true } } }).then((r) =>
		r.violations.flatMap((v) => v.nodes.map((n) =>
			v.id + ': ' + n.html.slice(0, 200) + ' ' + n.any.concat(n.all)
				.map((c) => c.message).join(' ').slice(0, 200))))`);
}

// Calls FN with a page on each screen, one browser for each state of sign-in.
async function eachScreen(options, fn) {
	for (const who of ['full', 'nobody', 'half', 'first']) {
		const page = await enter(paper, browser, who, options);
		for (const screen of screens.filter((s) => s.who === who)) {
			const answer = await page.goto(page.origin + screen.path);
			assert.equal(answer.status(),
				screen.pattern === '(no such)' ? 404 : 200, screen.path);
			await fn(page, screen);
		}
		await page.context().close();
	}
}

const fileOf = ({ pattern, path }, more) => `${shots}/${
	(pattern.includes(':') ? pattern : path).replace(/[^\w]+/g, '-')
		.replace(/^-|-$/g, '') || 'home'}-${more}.png`;

test('every page that the newsroom gives is looked at here', () => {
	assert.deepEqual(forgotten(paper.screens), []);
	assert.ok(paper.screens.length > 35);
});

for (const lang of ['en', 'ar'])
	for (const colorScheme of ['light', 'dark'])
		test(`axe finds nothing: ${lang}, ${colorScheme}`, async () => {
			await speak(paper, lang);
			const found = [];
			for (const width of [360, 1280])
				await eachScreen({ colorScheme, locale: lang,
					viewport: { width, height: 900 } },
				async (page, screen) => {
					if (shots)
						await page.screenshot({ fullPage: true, path: fileOf(
							screen, `${lang}-${width}-${colorScheme}`) });
					for (const v of await violations(page))
						found.push(`${screen.path} at ${width}: ${v}`);
				});
			assert.deepEqual(found, []);
		});

test('nothing scrolls sideways at 320 px, in any language', async () => {
	const found = [];
	for (const lang of ['en', 'es', 'fr', 'de', 'ru', 'ar', 'ko']) {
		await speak(paper, lang);
		await eachScreen({ viewport: { width: 320, height: 640 },
			locale: lang }, async (page, screen) => {
			const wide = await ask(page,
				'document.documentElement.scrollWidth - innerWidth');
			if (wide > 0)
				found.push(`${screen.path} in ${lang}: ${wide} px`);
			// Nor does a table whose rows are cards, in itself.
			const inner = await ask(page, `Math.max(0,
				...[...document.querySelectorAll('.wide:has(.cards)')]
				.map((e) => e.scrollWidth - e.clientWidth))`);
			if (inner > 0)
				found.push(`a table of ${screen.path} in ${lang}: ${inner} px`);
			if (shots && (lang === 'ko' || lang === 'de'))
				await page.screenshot({ fullPage: true,
					path: fileOf(screen, `${lang}-320`) });
		});
	}
	assert.deepEqual(found, []);
});

test('the focus is seen wherever the keyboard leads', async () => {
	const found = [];
	await speak(paper, 'en');
	await eachScreen({ viewport: { width: 1280, height: 900 } },
		async (page, screen) => {
			if (screen.isReaders)
				return;
			for (let i = 0; i < 40; i++) {
				await page.keyboard.press('Tab');
				const at = await ask(page, `(() => {
					const e = document.activeElement;
					if (!e || e === document.body || e.tagName === 'IFRAME')
						return null;
					const s = getComputedStyle(e);
					return { seen: (s.outlineStyle !== 'none' &&
						parseFloat(s.outlineWidth) >= 2 &&
						s.outlineColor !== 'rgba(0, 0, 0, 0)') ||
						s.boxShadow !== 'none' ||
						// A part of a date has a mark of its own, and the
						// text that is written a line beside it.
						e.type === 'date' || e.matches('.fe-text'),
						html: e.outerHTML.slice(0, 160) };
				})()`);
				if (!at)
					break;
				if (!at.seen)
					found.push(`${screen.path}: ${at.html}`);
			}
		});
	assert.deepEqual([...new Set(found)], []);
});

// Words in Latin letters that stand in a Korean screen rightly: what people
// wrote or are called, units, formats, keys, languages in themselves, what is
// typed into a shell or a file.
const written = ['The Port Lune Farthing', 'Port Lune', 'The Wire Test', 'Ada Quay', 'Rae Holt', 'Mo Tiller',
	'Nadia Brandt', 'Tide tables', 'High water', 'Town', 'Harbour', 'Culture', 'Science', 'Opinion', 'World',
	'A sailing boat before hills, the sun low', 'For the harbour master',
	'harbour.jpg', 'ada', 'rae', 'mo', 'English', 'Español', 'Français',
	'Deutsch', 'new-press', 'press', 'ethics', 'A boat with no name', 'The wall holds',
	'Port Lune'];
const allowed = [
	/[\w.-]+@[\w.]+|https:\/\/[\w.]*/g, // addresses
	/(?:[\w.-]*\/[\w.-]+)+\/?|\b\w+\.conf|\b\w+\//g, // paths, files
	new RegExp(written.map((w) => `(?<![A-Za-z])${w}(?![A-Za-z])`).join('|'), 'g'),
	/[A-Z]\w+\/[\w\/+-]+/g, // zones
	/\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/g, // a secret for an app
	/\bCtrl(\+(Shift|Alt))*\+\w/g,
	new RegExp(`(?<![A-Za-z])(${[
		'Farthing', 'DIR', 'node', 'Caddy', 'hledger', 'BIP329', 'fixed', 'ada',
		'Bitcoin', 'BTC', 'EUR', 'signet', 'HUP', 'kill', 'off', 'farthing serve',
		'coinbase', 'kraken', 'bitstamp', 'coingecko', 'mempool', 'bitfinex',
		'blockchain', 'gemini',
		'Markdown', 'CSV', 'JSON', 'TLS', 'Landlock', 'Linux', 'UTC', 'QR',
		'kB', 'MB', 'GB', 'TB', 'JPEG', 'PNG', 'WebP', 'AVIF', 'HEIC', 'GIF',
		'Tab', 'Esc',
	].join('|')})(?![A-Za-z])`, 'g'),
];

test('no English word stands in a Korean screen', async () => {
	const found = [];
	await speak(paper, 'ko');
	await eachScreen({ viewport: { width: 1280, height: 900 }, locale: 'ko' },
		async (page, screen) => {
			if (screen.isReaders)
				return;
			// What is in another language says so, and values are people's.
			const text = await ask(page, `(() => {
				const words = [];
				const walk = document.createTreeWalker(document.body,
					NodeFilter.SHOW_TEXT);
				for (let n = walk.nextNode(); n; n = walk.nextNode()) {
					const e = n.parentElement;
					if (e.closest('script, style, pre, code, [lang]:not(html),' +
						' select[name=zone], .spoken,' +
						' [dir=auto], textarea, .code' +
						(location.pathname === '/audit' ? '' : ', bdi')))
						continue;
					words.push(n.data);
				}
				for (const e of document.querySelectorAll(
					'[aria-label], [title], [placeholder], [alt]'))
					if (!e.closest('[lang]:not(html), [dir=auto], code'))
						for (const a of ['aria-label', 'title', 'placeholder',
							'alt'])
							words.push(e.getAttribute(a) ?? '');
				return words.join('\\n');
			})()`);
			for (const line of text.split('\n')) {
				const rest = allowed.reduce((l, a) => l.replace(a, ' '),
					line).match(/[A-Za-z]{2,}/g);
				if (rest)
					found.push(`${screen.path}: ${line.trim()}`);
			}
		});
	assert.deepEqual([...new Set(found)], []);
});

// Forms of a screen that can be refused, and change nothing when they are not.
const harmless = (action) =>
	!/sign-|again|account|staff\/\d|remove|revoke|hide|undo|delete/.test(action);

// Sends the form of a screen to ACTION as nobody would: drawn from what is no
// more and changed, or with nothing in it. The status of what came back; 0:
// there is no such form.
async function refused(page, path, action, isEmpty) {
	await page.goto(page.origin + path);
	const form = `[...document.forms].find((f) => f.method === 'post' &&
		new URL(f.action).pathname === ${JSON.stringify(action)})`;
	if (!await ask(page, `!!${form}`))
		return 0;
	const came = page.waitForNavigation({ timeout: 20000 });
	await ask(page, `((form) => {
		const texts = [...form.elements].filter((e) => e.tagName === 'TEXTAREA' ||
			['text', 'password', 'date', 'number'].includes(e.type));
		for (const e of ${isEmpty ? 'texts' : '[]'})
			e.value = '';
		if (${!isEmpty} && texts.length)
			texts[0].value += 'x';
		for (const e of ${isEmpty ? '[]' : 'form.elements'})
			if (['seen', 'number', 'base'].includes(e.name))
				e.value = e.name === 'seen' ? '1.0000000000000000' : '1';
		HTMLFormElement.prototype.submit.call(form);
	})(${form})`);
	return (await came).status();
}

// At the end: some of these forms are taken.
for (const [lang, colorScheme, width] of [['en', 'light', 1280], ['ar', 'dark', 360]])
	test(`axe finds nothing on pages that refuse a form: ${lang}, ${colorScheme}`, async () => {
		await speak(paper, lang);
		const found = [];
		const seen = {};
		const tried = new Set();
		await eachScreen({ colorScheme, locale: lang,
			viewport: { width, height: 900 } }, async (page, screen) => {
			if (screen.isReaders)
				return;
			const actions = new Set(await ask(page, `[...document.forms].map((f) =>
				f.method === 'post' ? new URL(f.action).pathname : '')`));
			for (const action of [...actions].filter((a) => a && harmless(a) &&
				!tried.has(a)))
				for (const isEmpty of [false, true]) {
					tried.add(action);
					const status = await refused(page, screen.path, action, isEmpty);
					if (status < 400)
						continue;
					seen[status] = (seen[status] ?? 0) + 1;
					if (shots)
						await page.screenshot({ fullPage: true, path: fileOf(
							screen, `${status}-${seen[status]}-${lang}-${width}`) });
					for (const v of await violations(page))
						found.push(`${screen.path} to ${action}, ${status}: ${v}`);
				}
			await page.goto(page.origin + screen.path);
		});
		assert.deepEqual([...new Set(found)], []);
		assert.ok(seen[409] >= 3 && seen[422] >= 5, JSON.stringify(seen));
	});
