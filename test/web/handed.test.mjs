// SPDX-License-Identifier: MIT
//
// Links that are shown once to be handed on: a button copies them and says so
// to those who listen; without it they are text that is selected as one.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { House } from './people.mjs';

let house, ada;

before(async () => {
	house = await House.open();
	ada = await house.person();
	await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
});
after(() => house?.close());

async function invites(person, name) {
	const { page } = person;
	await person.goSurely('/staff/invite');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByRole('radio', { name: /^Editor\b/ }).check();
	await person.press('Invite somebody');
	await page.locator('.code').waitFor();
}

async function makesLink(person) {
	await person.go(`${ada.story}/preview`);
	await person.page.getByLabel('For whom').fill('A lawyer');
	await person.press('Make a link');
	await person.page.locator('.code').waitFor();
}

// What the clipboard has, as somebody finds out who pastes it.
async function pasted(person) {
	const page = await person.page.context().newPage();
	await page.goto(`${house.origin}/stories`);
	const field = page.getByRole('searchbox').or(page.getByLabel('Words'));
	await field.first().focus();
	await page.keyboard.press('Control+v');
	const value = await field.first().inputValue();
	await page.close();
	return value;
}

async function copies(person, pattern) {
	const { page } = person;
	const link = await page.locator('.code').innerText();
	assert.match(link, pattern);
	assert.equal(await page.getByRole('status').last().innerText(), '');
	await person.tabTo(person.button('Copy the link'));
	await page.keyboard.press('Enter');
	await page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
	assert.equal(await pasted(person), link);
}

test('an invitation is copied by its button, and it is said', async () => {
	await invites(ada, 'Ben Hull');
	await copies(ada, /\/join\/[\w-]{43}$/);
});

test('so is a link that opens one preview', async () => {
	await ada.begin('A bridge');
	await makesLink(ada);
	await copies(ada, /\/p\/[\w-]{43}$/);
});

test('where the browser refuses, the link is selected, and it is said',
	async () => {
		await makesLink(ada);
		await ada.page.evaluate(() => {
			navigator.clipboard.writeText = () =>
				Promise.reject(new DOMException('no', 'NotAllowedError'));
		});
		await ada.press('Copy the link');
		await ada.page.getByRole('status')
			.filter({ hasText: 'The link is selected' }).waitFor();
		assert.equal(await ada.page.evaluate(() => String(getSelection())),
			await ada.page.locator('.code').innerText());
	});

test('without a script no button is shown, and a click selects the link',
	async () => {
		const plain = await ada.elsewhere({ javaScriptEnabled: false });
		await makesLink(plain);
		assert.equal(await plain.button('Copy the link').isVisible(), false);
		assert.equal(await plain.page.locator('.code').evaluate((code) =>
			getComputedStyle(code).userSelect), 'all');
		await plain.end();
	});

test('nothing went wrong on any of these pages', () => ada.end());
