// SPDX-License-Identifier: MIT
//
// Text that is only in the browser: of two people who share a machine, found
// again from the list of stories.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { House, dies } from './people.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url)
	.resolve('axe-core/axe.min.js'), 'utf8');
const LONG = 30000; // ms

let house, ada, bo;

before(async () => {
	house = await House.open({ stories: 1 });
	ada = await house.person();
	context().setDefaultTimeout(20000);
	await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
	bo = await ada.invite({ name: 'Bo Reed', login: 'bo', role: 'Editor' });
	// They have one machine, and one browser.
	await bo.end();
	bo.page = ada.page;
});
after(() => house?.close());

const context = () => ada.page.context();

function state(page, name) {
	return page.locator(`#save-state[data-state=${name}]`)
		.waitFor({ timeout: LONG });
}

// Another tab, in which both go on.
async function tab() {
	ada.page = await context().newPage();
	bo.page = ada.page;
	return ada.page;
}

// A story of Ada's with TEXT saved, and MORE that is nowhere but in the
// browser; the tab in which it was typed is closed. The tab's name.
async function leave(headline, text, more) {
	await ada.go('/stories');
	await ada.begin(headline);
	await ada.text(text);
	await ada.save();
	const { page } = ada;
	await context().setOffline(true);
	await page.locator('.fe-text').press('Control+End');
	await page.keyboard.insertText(more);
	await state(page, 'offline');
	const name = await page.evaluate(() => sessionStorage.getItem('farthing:tab'));
	await tab();
	await dies(page);
	await context().setOffline(false);
	return name;
}

// What the list says of copies: those of one's own, and whether of others.
async function said(who) {
	const { page } = who;
	await who.go('/stories');
	await page.locator('#copies[data-ready]').waitFor({ state: 'attached' });
	return { own: await page.locator('#copies li').allInnerTexts(),
		isOther: await page.getByText('unsaved text of another account')
			.isVisible() };
}

// All that lies in the browser, whosever it is.
const kept = (page) => page.evaluate(() => new Promise((done, fail) => {
	const request = indexedDB.open('farthing', 1);
	request.onerror = () => fail(request.error);
	request.onsuccess = () => {
		const all = request.result.transaction('copies').objectStore('copies')
			.getAll();
		all.onerror = () => fail(all.error);
		all.onsuccess = () => {
			request.result.close();
			done(all.result);
		};
	};
}));

test('another account on the same machine neither gets nor sees a copy', async () => {
	const name = await leave('Tides', 'Saved words.', ' Only in the browser.');
	const { story } = ada;
	const { own, isOther } = await said(ada);
	let [copy] = await kept(ada.page);
	assert.match(copy.account, /^[\w-]{22}$/);
	assert.equal(own.length, 1);
	assert.match(own[0], /Tides.*\d\d:\d\d:\d\d/s);
	assert.equal(isOther, false);
	await ada.signOut();

	await bo.signIn();
	assert.deepEqual(await said(bo), { own: [], isOther: true });
	assert.doesNotMatch(await bo.page.content(), /Only in the browser/);
	// Even in the tab that had the copy's name.
	await bo.page.evaluate((n) => sessionStorage.setItem('farthing:tab', n), name);
	await bo.open(story);
	await bo.says('unsaved text of another account');
	assert.equal(await bo.page.locator('.fe-text').innerText(), 'Saved words.');
	await bo.page.locator('.fe-text').press('Control+Home');
	await bo.page.keyboard.insertText('A line of Bo.');
	await bo.page.keyboard.press('Enter');
	await bo.save();
	await bo.page.reload();
	await bo.ready();
	assert.match(await bo.page.locator('.fe-text').innerText(),
		/^A line of Bo\.\s+Saved words\.$/);
	[copy] = await kept(bo.page);
	assert.match(copy.fields.body, /Only in the browser/);
	await bo.go('/stories');
	await bo.signOut();

	// Its own account finds it, with what the other wrote.
	await ada.signIn();
	await ada.go('/stories');
	await ada.page.locator('#copies').getByRole('link', { name: 'Tides' }).click();
	await ada.ready();
	await ada.says('was put back');
	await state(ada.page, 'saved');
	assert.match(await ada.page.locator('.fe-text').innerText(),
		/^A line of Bo\.\s+Saved words\. Only in the browser\.$/);
	assert.deepEqual(await said(ada), { own: [], isOther: false });
	assert.deepEqual(await kept(ada.page), []);
});

test('a page left open saves nothing under who signs in after', async () => {
	await ada.go('/stories');
	await ada.begin('Ebb');
	await ada.text('Typed by Ada.');
	await ada.save();
	const { page } = ada;
	await tab();
	await ada.go('/stories');
	await ada.signOut();
	await bo.signIn();
	// It knows without a word being typed.
	await state(page, 'other-account');
	await page.locator('.fe-text').press('Control+End');
	await page.keyboard.insertText(' And on, by Ada.');
	await page.getByText('another account is signed in').first().waitFor();
	await page.getByText('kept in this browser').first().waitFor();
	await bo.go(`${ada.story}/revisions`);
	assert.doesNotMatch(await bo.page.locator('main').innerText(), /Bo Reed/);
	await bo.go('/stories');
	await bo.signOut();
	await ada.signIn();
	await state(page, 'saved');
	assert.match(await page.locator('.fe-text').innerText(), /And on, by Ada/);
	await ada.go(`${ada.story}/revisions`);
	assert.doesNotMatch(await ada.page.locator('main').innerText(), /Bo Reed/);
	await page.close();
});

test('a copy is read and deleted from the list, and comes back by undo', async () => {
	await leave('Surge', 'Saved.', ' Read me in the list.');
	await said(ada);
	const row = ada.page.locator('#copies li');
	await row.getByText('Show the text').click();
	assert.match(await row.locator('.version').innerText(), /Read me in the list/);
	await ada.page.evaluate(axe);
	const { violations } = await ada.page.evaluate(() => globalThis.axe.run());
	assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
	await ada.page.screenshot({ path: 'build/screenshots/desk-copies.png' });
	await ada.press('Delete this text');
	await row.getByText('Deleted from this browser').waitFor();
	await ada.press('Undo');
	await row.getByRole('link', { name: 'Surge' }).waitFor();
	assert.equal((await said(ada)).own.length, 1);
	await ada.press('Delete this text');
	await row.getByText('Deleted from this browser').waitFor();
	assert.deepEqual((await said(ada)).own, []);
});

test('what an open tab is about to save is its own matter', async () => {
	await ada.go('/stories');
	await ada.begin('Flood');
	await ada.text('Saved.');
	await ada.save();
	const { page } = ada;
	await context().setOffline(true);
	await page.locator('.fe-text').press('Control+End');
	await page.keyboard.insertText(' Not yet.');
	await state(page, 'offline');
	// Only saving is without a connection.
	await page.route(/\/(save|present)$/, (route) => route.abort());
	await context().setOffline(false);
	await tab();
	assert.deepEqual((await said(ada)).own, []);
	await page.unroute(/\/(save|present)$/);
	await state(page, 'saved');
	await page.close();
});

test('what a button could not save lies in the browser until it is saved', async () => {
	await ada.go('/stories');
	await ada.begin('Neap');
	await ada.text('Saved.');
	await ada.save();
	const { page, story } = ada;
	await page.locator('.fe-text').press('Control+End');
	await page.keyboard.insertText(' Not yet.');
	await page.getByLabel('Topics').fill('tide, '.repeat(1500));
	await ada.turn(() => page.getByRole('button', { name: /^Publish…$/ }).click());
	await ada.ready();
	await state(page, 'refused');
	assert.match(await page.locator('#save-state').innerText(),
		/^Not saved: .* Your text is kept in this browser/);
	await tab();
	await page.close();
	await ada.open(story);
	await ada.says('was put back');
	assert.equal(await ada.page.locator('.fe-text').innerText(), 'Saved. Not yet.');
	await ada.page.getByLabel('Topics').fill('tide');
	await state(ada.page, 'saved');
	await ada.page.reload();
	await ada.ready();
	assert.equal(await ada.page.locator('.fe-text').innerText(), 'Saved. Not yet.');
	await state(ada.page, 'saved');
});
