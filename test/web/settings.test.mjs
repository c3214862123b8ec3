// SPDX-License-Identifier: MIT
//
// A new owner follows the first steps, one by one, until all are done, and
// changes every kind of setting; each time a reader looks whether it is there.
// And no field of settings stands without an explanation. By the browser alone
// (people.mjs), but for the batch of addresses, which no page can install.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { install, newKey, sign } from '../wire/gifts.mjs';
import { HARBOUR, House } from './people.mjs';

const LIMIT = { timeout: 150000 };

let house, ada;

before(async () => {
	house = await House.open({ zone: 'Europe/Berlin' });
	ada = await house.person();
	await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
});
after(() => house?.close());

// The step called NAME as the list has it.
const step = (name) => ada.page.locator('.steps li', { hasText: name });

// Opens a step from the list, where it says what it is for.
async function follow(name) {
	await ada.menu('First steps');
	await step(name).getByText('to do').waitFor();
	assert.ok((await step(name).locator('.quiet').innerText()).length > 10);
	await ada.turn(() => step(name).getByRole('link').click());
	await ada.surely();
	await ada.page.getByRole('heading', { level: 1 }).first().waitFor();
}

async function isDone(name) {
	await ada.menu('First steps');
	await step(name).getByText('done').waitFor();
}

test('the first steps are followed one by one until all are done', LIMIT,
	async () => {
		const { page } = ada;
		await page.getByRole('heading', { name: 'First steps' }).waitFor();

		await follow('Say who publishes the paper');
		await page.getByLabel('Publisher', { exact: true })
			.fill('Quay Press, Port Lune');
		await ada.sends();
		await isDone('Say who publishes the paper');
		await house.sees('/', 'Quay Press, Port Lune');

		await follow('Name the sections');
		await page.getByLabel('New section').fill('Harbour');
		await ada.sends();
		await isDone('Name the sections');
		await house.sees('/', 'Harbour');

		await follow('Write a few words about yourself');
		await page.getByLabel('A few words').fill('Writes of walls and boats.');
		await ada.sends('Add a person');
		await isDone('Write a few words about yourself');

		await isDone('Secure your account');

		await follow('Invite a second owner');
		const bo = await ada.invite(
			{ name: 'Bo Tern', login: 'bo', role: 'Owner' });
		await bo.end();
		await isDone('Invite a second owner');

		await follow('Write the first story');
		await ada.begin('The harbour opens again');
		await ada.fill({ section: 'Harbour', by: 'Ada Quay',
			standfirst: 'Boats may land from Monday.' });
		await ada.sendPicture(HARBOUR,
			{ alt: 'Boats at a quay', credit: 'Ada Quay' });
		await ada.text('The harbour opens on Monday.');
		await ada.save();
		await ada.toPublish();
		await ada.publish();
		for (const name of ['Write the first story',
			'Put a picture into a story', 'Look at the front page'])
			await isDone(name);
		await house.sees('/person/ada-quay', 'Writes of walls and boats.');

		// The one step that no page does: it says what to do and why.
		await follow('Let readers support the paper');
		await ada.says('farthing batch install');
		const { paper } = house;
		const key = newKey(paper, 'paper.key');
		install(paper, sign(paper, key, { count: 24, shared: 4 }),
			'--key', `${key}.pub`);
		await ada.page.getByRole('link', { name: 'First steps' }).waitFor();
		await tillDone();
		await ada.says('All steps are done.');
	});

// The till comes within a moment; the list is looked at anew until it is there.
async function tillDone() {
	for (let i = 0; i < 60; i++) {
		await ada.go('/steps');
		if (await step('Let readers support').getByText('done').count())
			return;
	}
	throw new Error('the step of support is not done, though a batch is there');
}

test('the paper itself: every field is before readers', LIMIT, async () => {
	const { page } = ada;
	await ada.goSurely('/settings/paper');
	await page.getByLabel('Motto').fill('All that floats');
	await page.getByLabel('Place', { exact: true }).fill('Port Lune');
	await page.getByLabel('Call for support').fill('We live on our readers.');
	await page.getByLabel('How to reach the publisher').fill('4 Rua do Sal');
	await ada.sends();
	await house.sees('/', 'All that floats');
	await house.sees('/', 'We live on our readers.');
	await house.sees('/', '4 Rua do Sal');
	// Language and time zone, as the date line says them.
	await page.getByLabel('Language').selectOption({ label: 'Deutsch' });
	await page.getByLabel('Time zone').selectOption('Pacific/Auckland');
	await ada.sends();
	const reader = await house.reads('/');
	assert.equal(await reader.locator('html').getAttribute('lang'), 'de');
	await reader.end();
	await page.getByLabel('Language').selectOption({ label: 'English' });
	await page.getByLabel('Time zone').selectOption('Europe/Berlin');
	await ada.sends();
});

test('a section gets another name and is closed; a page and a person change',
	LIMIT, async () => {
		const { page } = ada;
		await ada.goSurely('/settings/sections');
		await page.getByLabel('Name of Harbour').fill('The Quays');
		await page.getByLabel('New section').fill('Town');
		await ada.sends();
		await house.sees('/section/harbour', 'The Quays');
		await page.getByLabel('Closed of The Quays').check();
		await ada.sends();
		const reader = await house.reads('/');
		const head = reader.locator('nav.sections');
		await head.getByText('Town').waitFor();
		assert.equal(await head.getByText('The Quays').count(), 0);
		await reader.end();
		await house.sees('/section/harbour', 'The harbour opens again');
		await page.getByLabel('Closed of The Quays').uncheck();
		await ada.sends();

		await ada.goSurely('/settings/pages/about');
		await page.getByLabel('Text', { exact: true })
			.fill('We are **two** people.');
		await ada.sends();
		await house.sees('/about', 'two');
		await ada.goSurely('/settings/pages/ethics');
		await page.getByLabel('Text', { exact: true }).fill('No gifts.');
		await ada.sends();
		await house.sees('/about/ethics', 'No gifts.');

		await ada.goSurely('/settings/people/ada-quay');
		await page.getByLabel('A few words').fill('Writes of the sea.');
		await ada.sends();
		await house.sees('/person/ada-quay', 'Writes of the sea.');
	});

test('support: words, costs, a goal and a rate', LIMIT, async () => {
	const { page } = ada;
	const today = new Date().toISOString().slice(0, 10);
	await ada.goSurely('/settings/support');
	const fill = (key, value) => page.locator(`[name="${key}"]`).fill(value);
	await fill('title', 'Keep the boats afloat');
	await fill('text', 'We own no bank.');
	await fill('currency', 'EUR');
	await fill('amount', '6.00 a day of the office');
	await fill('start', today);
	await fill('cost', '1200.00 Rent');
	await fill('opening', '3600.00');
	await fill('campaign', `court 1200.00 ${today} 2099-01-31 The papers in court`);
	await fill('rate', `fixed 60000.00 ${today}`);
	await fill('rate_sources', 'off');
	await fill('rate_stale_minutes', '90');
	await ada.sends();
	for (const words of ['Keep the boats afloat', 'We own no bank.',
		'a day of the office', 'The papers in court'])
		await house.sees('/support', words);
	await house.sees('/support', 'Rent');
	assert.equal(await page.locator('[name="rate_stale_minutes"]')
		.inputValue(), '90');
	// What has no field says what to write, and where.
	await ada.says('node = http://USER:PASSWORD@127.0.0.1:8332');
});

test('two owners change one thing, and neither loses a word', LIMIT, async () => {
	const other = await ada.elsewhere();
	for (const who of [ada, other])
		await who.goSurely('/settings/paper');
	await ada.page.getByLabel('Motto').fill('Said first');
	await ada.sends();
	await other.page.getByLabel('Motto').fill('Said second');
	await other.press('Save');
	await other.says('saved this meanwhile');
	await other.page.locator('#t-motto', { hasText: 'Said first' }).waitFor();
	assert.equal(await other.page.getByLabel('Motto').inputValue(),
		'Said second');
	await house.sees('/', 'Said first');
	await other.sends();
	await house.sees('/', 'Said second');
	await other.end();
});

test('no field of settings stands without its explanation', LIMIT, async () => {
	const { page } = ada;
	for (const path of ['/settings/paper', '/settings/sections',
		'/settings/people', '/settings/people/ada-quay',
		'/settings/pages/about', '/settings/publishing',
		'/settings/support']) {
		await ada.goSurely(path);
		const bare = await page.locator('main').evaluate((main) =>
			[...main.querySelectorAll('input:not([type=hidden]), select, textarea')]
				.filter((field) => {
					const ids = (field.getAttribute('aria-describedby') ?? '')
						.split(' ').filter(Boolean);
					const words = ids.map((id) =>
						document.getElementById(id)?.textContent.trim() ?? '');
					const own = field.closest('label')
						?.querySelector('small, .hint, .quiet')?.textContent.trim();
					return !(ids.length > 0 && words.every((w) => w.length > 3)) &&
						!own;
				}).map((field) => field.name));
		assert.deepEqual(bare, [], path);
		const count = await page.locator('main input:not([type=hidden]), main ' +
			'select, main textarea').count();
		assert.ok(count > 0, path);
	}
});
