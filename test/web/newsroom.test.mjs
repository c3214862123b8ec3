// SPDX-License-Identifier: MIT
//
// The newsroom's way in as a person goes it, in a browser with a virtual
// authenticator: joining, a passkey, signing out and in, stepping up; without
// script by password and code; and axe over every screen.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { Newsroom, PASSWORD, totp } from '../wire/newsroom.mjs';

const axe = fs.readFileSync(new URL(
	'./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

let paper, browser;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox'] });
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

async function withKey(page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('WebAuthn.enable');
	await cdp.send('WebAuthn.addVirtualAuthenticator', { options: {
		protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
		hasUserVerification: true, isUserVerified: true,
		automaticPresenceSimulation: true } });
}

async function violations(page) {
	// The policy of the pages lets no script in but theirs; axe goes by the
	// debugger.
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Runtime.evaluate', { expression: axe });
	const { result } = await cdp.send('Runtime.evaluate', {
		expression: 'axe.run().then((r) => JSON.stringify(r.violations.map(' +
			'(v) => [v.id, v.nodes.map((n) => n.html)])))',
		awaitPromise: true });
	return JSON.parse(result.value);
}

test('by passkey: join, sign out, sign in, step up', async () => {
	const page = await (await browser.newContext()).newPage();
	const wrong = [];
	page.on('console', (m) => m.type() === 'error' && wrong.push(m.text()));
	await withKey(page);
	await page.goto(paper.command('newsroom', 'first-link').trim());
	await page.getByLabel('Name', { exact: true }).fill('Ada Quay');
	await page.getByLabel('User name').fill('ada');
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Make my account' }).click();
	await page.getByRole('heading', { name: 'A second way' }).waitFor();
	assert.deepEqual(await violations(page), []);
	await page.getByLabel('Name of this device').fill('Test browser');
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	await page.waitForURL(/\/(steps|stories)$/);
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL('**/sign-in');
	await page.getByRole('button', { name: 'Use a passkey' }).click();
	await page.waitForURL(/\/(steps|stories)$/);
	await page.goto(`${paper.origin}/again?next=/staff/invite`);
	await page.getByRole('button', { name: 'Use a passkey' }).click();
	await page.waitForURL(`${paper.origin}/staff/invite`);
	await page.goto(`${paper.origin}/account`);
	await page.getByText('Test browser').waitFor();
	// On a phone, too, what is done with it is in view.
	await page.setViewportSize({ width: 360, height: 740 });
	const { x, width } = await page
		.getByRole('button', { name: 'Remove', exact: true }).boundingBox();
	assert.ok(x + width <= 360, `${x} ${width}`);
	assert.deepEqual(wrong, []);
	await page.context().close();
});

test('by passkey alone: join, codes, sign out and in, add and remove a password',
	async () => {
		const page = await (await browser.newContext()).newPage();
		const wrong = [];
		const note = (m) => m.type() === 'error' && wrong.push(m.text());
		page.on('console', note);
		await withKey(page);
		await page.goto(paper.command('newsroom', 'reset', 'ada').trim());
		await page.getByRole('button', { name: 'Go in by passkey alone' }).click();
		await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
		assert.deepEqual(await violations(page), []);
		assert.equal(await page.locator('li .code').count(), 10);
		await page.getByRole('link', { name: 'Go on' }).click();
		await page.goto(`${paper.origin}/staff/invite`);
		await page.getByLabel('Name', { exact: true }).fill('Kay Solo');
		await page.getByRole('radio', { name: /^Editor/ }).check();
		// Nothing is chosen for the sections: that is asked for (422).
		page.off('console', note);
		await page.getByRole('button', { name: 'Invite somebody' }).click();
		await page.getByText('Choose all sections with none ticked').waitFor();
		assert.deepEqual(await violations(page), []);
		await page.getByLabel('All sections, also those to come').check();
		await page.getByRole('button', { name: 'Invite somebody' }).click();
		const link = await page.locator('p.code').innerText();

		const other = await (await browser.newContext()).newPage();
		other.on('console', note);
		await withKey(other);
		await other.goto(link);
		assert.deepEqual(await violations(other), []);
		await other.getByLabel('User name').fill('kay');
		await other.getByRole('button', { name: 'Go in by passkey alone' })
			.click();
		await other.getByRole('heading', { name: 'Your recovery codes' })
			.waitFor();
		await other.getByRole('link', { name: 'Go on' }).click();
		await other.getByRole('button', { name: 'Sign out' }).click();
		await other.getByRole('button', { name: 'Use a passkey' }).click();
		await other.waitForURL(/\/(steps|stories)$/);
		await other.goto(`${paper.origin}/account`);
		assert.deepEqual(await violations(other), []);
		await other.getByLabel('New password').fill(PASSWORD);
		await other.getByRole('button', { name: 'Add a password' }).click();
		await other.getByText('The password was changed').waitFor();
		await other.getByRole('button', { name: 'Remove the password' }).click();
		await other.getByText('The password was removed').waitFor();
		assert.deepEqual(wrong, []);
		await page.context().close();
		await other.context().close();
	});

test('on a phone the menu shows where one is', async () => {
	const page = await (await browser.newContext(
		{ viewport: { width: 360, height: 740 } })).newPage();
	await withKey(page);
	await page.goto(paper.command('newsroom', 'reset', 'ada').trim());
	await page.getByRole('button', { name: 'Go in by passkey alone' }).click();
	await page.getByRole('link', { name: 'Go on' }).click();
	for (const path of ['/stories', '/pictures', '/health']) {
		await page.goto(paper.origin + path);
		const { x, width } = await page.locator('.rail [aria-current]')
			.boundingBox();
		assert.ok(x > -1 && x + width < 361, `${path}: ${x} ${width}`);
		assert.equal(await page.evaluate(() => scrollY), 0);
	}
	await page.context().close();
});

test('without script: by password and code', async () => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(paper.command('newsroom', 'reset', 'ada').trim());
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Save' }).click();
	const secret = await page.locator('.code').innerText();
	await page.getByRole('textbox', { name: 'Code' }).fill(totp(secret));
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
	const code = await page.locator('li .code').first().innerText();
	await page.getByRole('link', { name: 'Go on' }).click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByLabel('User name').fill('ada');
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('textbox', { name: 'Code' }).fill(code);
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.waitForURL(/\/(steps|stories)$/);
	paper.state = await context.storageState();
	await context.close();
});

for (const colorScheme of ['light', 'dark'])
	test(`every screen is accessible, and none scrolls sideways: ${colorScheme}`,
		async () => {
			for (const width of [320, 1280]) {
				const context = await browser.newContext({ colorScheme,
					storageState: paper.state,
					viewport: { width, height: 800 } });
				const page = await context.newPage();
				for (const path of ['/stories', '/staff', '/staff/1',
					'/staff/invite', '/account', '/account/second', '/audit',
					'/again', '/nothing']) {
					await page.goto(paper.origin + path);
					assert.deepEqual(await violations(page), [], path);
					assert.ok(await page.evaluate(() =>
						document.documentElement.scrollWidth <= innerWidth),
					`${path} at ${width}`);
				}
				await context.clearCookies();
				await page.goto(`${paper.origin}/sign-in`);
				assert.deepEqual(await violations(page), []);
				await context.close();
			}
		});
