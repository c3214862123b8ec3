// The demonstration newspaper in Debian's chromium, with script switched off
// for readers.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { createRequire } from 'node:module';
import { addresses, demo } from './demo.mjs';

const require = createRequire(new URL('./package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
let paper;
let browser;
let kinds;

before(async () => {
	paper = await demo();
	const found = [...(await addresses(paper.port)).keys()];
	const one = (pattern) => found.find((p) => pattern.test(p));
	kinds = {
		front: '/',
		story: one(/harbour-bell$/),
		plain: one(/tide-tables/),
		arabic: one(/^\/\d{4}\/.*%D9/),
		opinion: one(/opinion-benches/),
		table: one(/budget/),
		section: '/section/harbour',
		person: one(/^\/person\//),
		tag: one(/^\/tag\//),
		archive: '/archive',
		month: one(/^\/archive\/\d{4}\/\d\d$/),
		day: one(/^\/\d{4}\/\d\d\/\d\d$/),
		about: '/about',
		missing: '/no-such-page',
		gone: paper.gone,
	};
	browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
			'--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync'],
	});
});

after(async () => {
	await browser?.close();
	await paper.stop();
});

async function visit(target, options, body) {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const foreign = [];
	page.on('request', (request) => {
		if (!request.url().startsWith(paper.url) &&
			!request.url().startsWith('data:'))
			foreign.push(request.url());
	});
	await page.goto(paper.url + target);
	await body(page);
	assert.deepEqual(foreign, [], `${target} asks another site`);
	await context.close();
}

test('every kind of page was found', () => {
	for (const [name, target] of Object.entries(kinds))
		assert.ok(target, name);
});

for (const scheme of ['light', 'dark']) {
	test(`axe finds nothing on any page, ${scheme}`, async () => {
		for (const [name, target] of Object.entries(kinds)) {
			await visit(target, { colorScheme: scheme, bypassCSP: true,
				viewport: { width: 1280, height: 900 } },
			async (page) => {
				await page.evaluate(axe);
				const found = await page.evaluate(() =>
					globalThis.axe.run(document, { runOnly: [
						'wcag2a', 'wcag2aa', 'wcag21a',
						'wcag21aa', 'wcag22aa',
						'best-practice'] }));
				assert.deepEqual(found.violations.map((v) =>
					`${name}: ${v.id}: ${v.nodes[0].html}`), []);
			});
		}
	});
}

test('no page scrolls sideways, from 320 to 2560 pixels', async () => {
	for (const [name, target] of Object.entries(kinds)) {
		for (const width of [320, 360, 768, 1280, 2560]) {
			await visit(target, { viewport: { width, height: 800 },
				javaScriptEnabled: true, bypassCSP: true },
			async (page) => {
				const over = await page.evaluate(() =>
					document.documentElement.scrollWidth -
					document.documentElement.clientWidth);
				assert.ok(over <= 0, `${name} at ${width}: ${over}`);
			});
		}
	}
});

test('screenshots are taken for people to look at', async () => {
	for (const [name, target] of Object.entries(kinds)) {
		for (const width of [360, 1280]) {
			for (const colorScheme of ['light', 'dark']) {
				await visit(target, { colorScheme,
					javaScriptEnabled: false,
					viewport: { width, height: 900 } },
				(page) => page.screenshot({ fullPage: true,
					path: `build/screenshots/${name}-${width}-` +
						`${colorScheme}.png` }));
			}
		}
	}
});

test('the headline and first lines stand on a phone\'s first screen',
	async () => {
		await visit(kinds.story, { viewport: { width: 360, height: 740 },
			bypassCSP: true },
		async (page) => {
			const top = await page.evaluate(() =>
				document.querySelector('h1').getBoundingClientRect()
					.bottom);
			assert.ok(top < 740, `headline ends at ${top}`);
		});
	});

test('the keyboard reaches the story by the skip link', async () => {
	await visit(kinds.story, { bypassCSP: true,
		viewport: { width: 1280, height: 900 } },
	async (page) => {
		await page.keyboard.press('Tab');
		const first = await page.evaluate(() =>
			document.activeElement.getAttribute('href'));
		assert.match(first, /^#/);
		await page.keyboard.press('Enter');
		assert.ok(await page.evaluate((id) =>
			document.querySelector(id) !== null, first));
	});
});
