// SPDX-License-Identifier: MIT
//
// What people do in a newsroom, each from signing in to what a reader sees, by
// the browser alone (people.mjs). They follow one another in one paper: the
// first sets it up, the second invites those who go on.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../wire/paper.mjs';
import { HARBOUR, House, PASSWORD, loaded } from './people.mjs';

let house, ada, rae, bo;
let due; // when the scheduled story appears, in ms

before(async () => {
	house = await House.open({ zone: 'Europe/Berlin' });
});
after(() => house?.close());

test('a new paper is set up from the first link to a story with a picture',
	async () => {
		ada = await house.person();
		const { page } = ada;
		await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
		await page.getByRole('heading', { name: 'First steps' }).waitFor();

		await ada.turn(() => page
			.getByRole('link', { name: 'Say who publishes' }).click());
		await ada.surely();
		await page.getByLabel('Publisher', { exact: true })
			.fill('Quay Press, Port Lune');
		await ada.sends();

		await ada.menu('First steps');
		await page.getByRole('link', { name: 'Name the sections' }).click();
		for (const name of ['Harbour', 'Sport']) {
			await page.getByLabel('New section').fill(name);
			await ada.press('Save');
			await page.locator(`input[value=${name}]`).waitFor();
		}

		await ada.menu('First steps');
		await page.getByRole('link', { name: 'Write the first story' }).click();
		await page.getByRole('link', { name: 'New story' }).click();
		await page.getByLabel('Headline').fill('The harbour opens again');
		await ada.press('Begin writing');
		await ada.ready();
		ada.story = new URL(page.url()).pathname;
		await ada.fill({ section: 'Harbour', by: 'Ada Quay',
			standfirst: 'Boats may land from Monday.' });
		await ada.sendPicture(HARBOUR,
			{ alt: 'Boats at a quay', credit: 'Ada Quay' });
		await ada.text('The harbour opens on Monday.\n\nNobody was hurt.');
		await ada.save();
		await ada.toPublish();
		const path = await ada.publish();

		await ada.menu('First steps');
		for (const name of ['Say who publishes', 'Name the sections',
			'Secure your account', 'Write the first story',
			'Put a picture into a story'])
			await page.getByRole('listitem').filter({ hasText: name })
				.getByText('done').waitFor();

		const front = await house.reads('/');
		await front.getByText('Quay Press, Port Lune').waitFor();
		await front.getByText('Boats may land from Monday.').waitFor();
		await loaded(front.getByAltText('Boats at a quay'));
		await front.getByRole('link', { name: 'The harbour opens again' })
			.first().click();
		await front.getByText('Nobody was hurt.').waitFor();
		assert.equal(new URL(front.url()).pathname, path);
		await loaded(front.getByAltText('Boats at a quay'));
		await front.end();
		await ada.end();
	});

test('a reporter submits, an editor approves and publishes', async () => {
	const desk = await ada.elsewhere();
	await desk.goSurely('/settings/publishing');
	await desk.page.getByLabel('Nothing is published before').check();
	await desk.sends();
	rae = await desk.invite({ name: 'Rae Holt', login: 'rae', role: 'Reporter' });
	bo = await desk.invite({ name: 'Bo Reed', login: 'bo', role: 'Editor' });

	await rae.begin('The bridge is closed');
	await rae.fill({ section: 'Harbour', by: 'Rae Holt' });
	await rae.text('The bridge is closed until Monday.');
	await rae.save();
	await rae.toPublish();
	assert.equal(await rae.button('Publish now').count(), 0);
	await rae.page.getByLabel('A word to the editors').fill('Check the day.');
	await rae.press('Submit');
	await rae.says('Submitted. The editors see it now.');

	await bo.menu('Stories');
	await bo.page.getByRole('link', { name: 'The bridge is closed' }).click();
	await bo.ready();
	await bo.toPublish();
	await bo.says('Check the day.');
	assert.equal(await bo.button('Publish now').count(), 0);
	await bo.press('Approve this text');
	await bo.says('This text was approved by Bo Reed.');
	const path = await bo.publish();
	await house.sees(path, 'The bridge is closed until Monday.');
	await house.sees('/', 'The bridge is closed');

	// What an editor wrote needs somebody else's eyes, too.
	await bo.begin('An own story');
	await bo.fill({ section: 'Harbour', by: 'Bo Reed' });
	await bo.text('Nobody else has read this.');
	await bo.save();
	await bo.toPublish();
	await bo.says('somebody who wrote none of it has to approve it');
	assert.equal(await bo.button('Publish now').count(), 0);
	assert.equal(await bo.button('Approve this text').count(), 0);

	await desk.goSurely('/settings/publishing');
	await desk.page.getByLabel('Nothing is published before').uncheck();
	await desk.sends();
	for (const person of [desk, rae, bo])
		await person.end();
});

test('what another wrote is corrected, and readers see what and how', async () => {
	const writer = await bo.elsewhere();
	const path = await writer.publishNew({ headline: 'Ferry at nine',
		section: 'Harbour', by: 'Bo Reed',
		text: 'The ferry leaves at nine.\n\nIt is free.' });
	const { story } = writer;
	await writer.end();

	const desk = await ada.elsewhere();
	await desk.menu('Stories');
	await desk.page.getByRole('link', { name: 'Ferry at nine' }).click();
	await desk.ready();
	assert.equal(new URL(desk.page.url()).pathname, story);
	await desk.text('The ferry leaves at ten.\n\nIt is free.');
	await desk.save();
	await house.sees(path, 'The ferry leaves at nine.');
	await desk.toPublish();
	assert.equal(await desk.page.locator('.compared del').innerText(), 'nine');
	assert.equal(await desk.page.locator('.compared ins').innerText(), 'ten');
	// Without a kind and words it does not go.
	await desk.press('Publish this change');
	await desk.says('Choose one:');
	await desk.change(/^Correction/, 'It leaves at ten, not at nine.');
	await desk.end();

	const reader = await house.reads(path);
	await reader.getByText('The ferry leaves at ten.').waitFor();
	await reader.getByText('It leaves at ten, not at nine.').waitFor();
	await reader.getByRole('link', { name: 'What changed' }).click();
	await reader.waitForURL('**/versions');
	await reader.getByText('First published').waitFor();
	await reader.getByRole('link', { name: 'What changed' }).first().click();
	assert.equal(await reader.locator('del').last().innerText(), 'nine');
	assert.equal(await reader.locator('ins').last().innerText(), 'ten');
	await reader.goto(`${house.readers}/corrections`);
	await reader.getByText('It leaves at ten, not at nine.').waitFor();
	await reader.getByRole('link', { name: 'Ferry at nine' }).first().click();
	assert.equal(new URL(reader.url()).pathname, path);
	await reader.end();
});

test('an older revision is restored, and readers have it again', async () => {
	const desk = await bo.elsewhere();
	const { page } = desk;
	const path = await desk.publishNew({ headline: 'Fish prices',
		section: 'Harbour', by: 'Bo Reed', text: 'Cod costs four crowns.' });
	await desk.open(desk.story);
	await desk.text('Cod cots four crowns.');
	await desk.save();
	await desk.toPublish();
	await desk.change(/^Typing error/);
	await house.sees(path, 'Cod cots four crowns.');

	await desk.open(desk.story);
	await page.getByRole('link', { name: 'Revisions' }).click();
	const shown = page.locator('.history > li').filter({
		hasText: 'Readers see this' });
	await shown.waitFor();
	// The one below what readers see is what they saw first.
	await page.getByRole('link', { name: 'What changed' }).first().click();
	await page.locator('.compare del').filter({ hasText: 'costs' }).waitFor();
	await page.getByRole('button', { name: /^Restore/ }).click();
	await desk.says('Restored. The text of before is kept');
	if (!page.url().endsWith(desk.story))
		await desk.open(desk.story);
	await desk.ready();
	await house.sees(path, 'Cod cots four crowns.');
	await desk.toPublish();
	await desk.change(/^Typing error/);
	await house.sees(path, 'Cod costs four crowns.');
	await desk.end();
});

test('a time is set for a story', async () => {
	const desk = await bo.elsewhere();
	const { page } = desk;
	await desk.begin('Tide at noon');
	await desk.fill({ section: 'Harbour', by: 'Bo Reed' });
	await desk.text('High water comes by itself.');
	await desk.save();
	await desk.toPublish();
	await page.locator('summary', { hasText: 'Publish at a set time' }).click();
	// The next minute, or the one behind it when that is very near.
	due = Math.ceil((Date.now() + 8000) / 60000) * 60000;
	// "2026-11-28 06:00"
	const [day, time] = new Date(due).toLocaleString('sv-SE',
		{ timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' })
		.split(' ');
	await page.getByLabel('Date', { exact: true }).fill(day);
	await page.getByLabel('Time', { exact: true }).fill(time);
	await desk.press('Schedule');
	await desk.says('Scheduled. It appears by itself.');
	await desk.end();
	const front = await house.reads('/');
	assert.equal(await front.getByText('Tide at noon').count(), 0);
	assert.ok(Date.now() < due, 'the machine is too slow for this test');
	await front.end();
});

// What PERSON is offered, and what they get who type an address.
async function offered(person, links, refused) {
	const menu = person.page.getByRole('navigation', { name: 'Newsroom menu' })
		.getByRole('link');
	assert.deepEqual(await menu.allInnerTexts(), links);
	for (const name of links) {
		await person.menu(name);
		assert.equal(await person.page.getByText('That is not yours to do')
			.count(), 0, name);
	}
	for (const path of refused) {
		const answer = await person.go(path);
		assert.ok([403, 404].includes(answer.status()),
			`${path}: ${answer.status()}`);
		await person.page.getByRole('heading', { name:
			/^(That is not yours to do|There is nothing here)$/ }).waitFor();
		assert.equal(await person.page.locator('main form').count(), 0, path);
	}
}

test('who may not is offered nothing, and gets nothing by typing', async () => {
	const desk = await ada.elsewhere();
	await desk.begin('A secret of the harbour');
	await desk.fill({ section: 'Harbour', by: 'Ada Quay' });
	await desk.text('Nobody may know yet.');
	await desk.save();
	const { story } = desk;
	const pia = await desk.invite({ name: 'Pia Lens', login: 'pia',
		role: 'Photographer' });
	const tom = await desk.invite({ name: 'Tom Coin', login: 'tom',
		role: 'Treasurer' });
	const sam = await desk.invite({ name: 'Sam Ball', login: 'sam',
		role: 'Reporter', sections: ['Sport'] });
	await desk.end();
	for (const person of [pia, tom, sam]) {
		await person.signOut();
		await person.signIn();
	}

	const owners = ['/staff', '/staff/invite', '/staff/1', '/audit', '/settings',
		'/settings/paper', '/settings/sections', '/settings/publishing',
		'/settings/support', '/redirects', '/steps'];
	await offered(pia, ['Stories', 'Calendar', 'Pictures'],
		[...owners, '/stories/new', '/front', '/money', '/health']);
	await offered(tom, ['Money', 'Health'], [...owners, '/stories',
		'/stories/new', story, `${story}/publish`, '/calendar', '/pictures',
		'/front']);
	await offered(sam, ['Stories', 'Calendar', 'Pictures'], [...owners, story,
		`${story}/publish`, `${story}/preview`, `${story}/revisions`,
		`${story}/notes`, `${story}/page`, '/front', '/money', '/health']);

	// A photographer reads and sends pictures, and writes nothing.
	await pia.menu('Stories');
	assert.equal(await pia.page.getByText('New story').count(), 0);
	// A reporter writes in the own section, and hands in.
	await sam.menu('Stories');
	assert.equal(await sam.page.getByText('A secret of the harbour').count(), 0);
	await sam.page.getByRole('link', { name: 'New story' }).click();
	await sam.page.getByLabel('Headline').fill('A goal');
	assert.deepEqual((await sam.page.getByLabel('Section').locator('option')
		.allInnerTexts()).filter((o) => o !== 'None yet'), ['Sport']);
	await sam.page.getByLabel('Section').selectOption({ label: 'Sport' });
	await sam.press('Begin writing');
	await sam.ready();
	await sam.text('One to nil.');
	await sam.save();
	await sam.toPublish();
	for (const name of ['Publish now', 'Approve this text', 'Schedule',
		'Withdraw'])
		assert.equal(await sam.button(name).count(), 0, name);
	for (const person of [pia, tom, sam])
		await person.end();
});

test('on a phone a story is written, published and read', async () => {
	const phone = { viewport: { width: 360, height: 640 }, hasTouch: true,
		isMobile: true };
	const desk = await bo.elsewhere(phone);
	const { page } = desk;
	const fits = async (where, what) => assert.ok(await where.evaluate(() =>
		document.documentElement.scrollWidth) <= 360, `${what} is too wide`);
	await fits(page, 'stories');
	await page.getByRole('link', { name: 'New story' }).tap();
	await page.getByLabel('Headline').tap();
	await page.keyboard.type('Seen from the quay');
	await fits(page, 'new');
	await desk.button('Begin writing').tap();
	await desk.ready();
	await desk.fill({ section: 'Harbour', by: 'Bo Reed' });
	await page.locator('.fe-text').tap();
	await page.keyboard.type('Typed with a thumb.');
	await fits(page, 'write');
	await desk.button('Save').tap();
	await page.locator('#save-state[data-state=saved]').waitFor();
	await page.getByRole('button', { name: 'Publish…' }).tap();
	await desk.button('Publish now').waitFor();
	await fits(page, 'publish');
	await desk.button('Publish now').tap();
	await desk.says('Published. Readers see it now.');
	const path = await desk.path();
	await desk.end();

	const reader = await house.reads(path, phone);
	await reader.getByText('Typed with a thumb.').waitFor();
	await fits(reader, 'story');
	await reader.end();
});

test('by keyboard alone: sign in, write, publish, note, correct', async () => {
	const desk = await house.person();
	desk.account = bo.account;
	const { page } = desk;
	const button = (name) => desk.button(name);
	const field = (name) => page.getByLabel(name, { exact: true });

	await desk.go('/sign-in');
	await desk.type(field('User name'), 'bo');
	await desk.type(field('Password'), PASSWORD);
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Your code' }).waitFor();
	await desk.type(page.getByRole('textbox', { name: 'Code' }), desk.code());
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Stories' }).waitFor();
	await desk.enter(page.getByRole('link', { name: 'New story' }));
	await page.waitForURL('**/stories/new');
	await desk.type(field('Headline'), 'No mouse in the house');
	await page.keyboard.press('Enter');
	await desk.ready();
	await desk.type(field('Section'), 'Harbour');
	await desk.type(field('By'), 'Bo Reed');
	await desk.type(page.locator('.fe-text'), 'The cat was at work at nine.');
	await page.keyboard.press('Control+s');
	await page.locator('#save-state[data-state=saved]').waitFor();
	await desk.enter(button('Publish…'));
	await page.getByRole('heading', { name: 'What comes next' }).waitFor();
	await desk.enter(button('Publish now'));
	await desk.says('Published. Readers see it now.');
	const path = await desk.path();
	await house.sees(path, 'The cat was at work at nine.');

	await desk.enter(page.getByRole('link', { name: 'Notes', exact: true }));
	await page.waitForURL('**/notes');
	await desk.type(field('A note to your colleagues'), 'Was it not ten?');
	await desk.enter(button('Keep note'));
	await page.locator('.remarks .said').getByText('Was it not ten?').waitFor();
	await desk.ready();
	await desk.tabTo(page.locator('.fe-text'));
	await page.keyboard.press('Control+End');
	for (let i = 0; i < 'nine.'.length; i++)
		await page.keyboard.press('Backspace');
	await page.keyboard.type('ten.');
	await page.keyboard.press('Control+s');
	await page.locator('#save-state[data-state=saved]').waitFor();
	await desk.enter(button('Publish…'));
	await page.getByRole('heading', { name: 'What comes next' }).waitFor();
	await desk.enter(page.getByRole('radio').first(), 'Space');
	await desk.type(field('What readers are told'), 'It was ten, not nine.');
	await desk.enter(button('Publish this change'));
	await desk.says('Published. Readers see it now.');
	await desk.end();
	await house.sees(path, 'The cat was at work at ten.');
	await house.sees(path, 'It was ten, not nine.');
});

test('without a script: write, publish, correct, arrange, withdraw', async () => {
	const plain = { javaScriptEnabled: false };
	const desk = await bo.elsewhere(plain);
	const { page } = desk;
	const path = await desk.publishNew({ headline: 'Plain and early',
		section: 'Sport', by: 'Bo Reed', text: 'It began at one.' });
	await house.sees(path, 'It began at one.', plain);

	await desk.open(desk.story);
	await desk.text('It began at two.');
	await desk.save();
	await desk.toPublish();
	await desk.change(/^Correction/, 'It began at two, not at one.');
	await house.sees(path, 'It began at two.', plain);
	await house.sees('/corrections', 'It began at two, not at one.', plain);

	// An old story becomes the lead.
	const lead = async () => {
		const front = await house.reads('/', plain);
		const name = await front.locator('h2, h3').first().innerText();
		await front.end();
		return name;
	};
	assert.notEqual(await lead(), 'Fish prices');
	await desk.menu('Front page');
	await page.getByLabel('Words in its headline').fill('Fish');
	await desk.press('Find');
	const asLead = page.getByRole('button', { name: /^As lead ?: Fish prices$/ });
	if (await asLead.count() === 0)
		await page.getByRole('button',
			{ name: /^Keep it here ?: Fish prices$/ }).click();
	await asLead.first().click();
	await desk.says('Readers do not see this arrangement yet.');
	await desk.press('Publish the front page');
	await desk.says('Readers see this front page now.');
	assert.equal(await lead(), 'Fish prices');

	await desk.go(`${desk.story}/publish`);
	await page.locator('summary', { hasText: 'Withdraw' }).click();
	await page.getByLabel('Reason').fill('It never began at all.');
	await desk.press('Withdraw');
	await desk.says('Withdrawn. Readers see your reason.');
	await desk.end();
	const gone = await house.reads(path, plain);
	assert.equal(gone.answer.status(), 410);
	await gone.getByText('It never began at all.').waitFor();
	assert.equal(await gone.getByText('It began at two.').count(), 0);
	await gone.end();
	const front = await house.reads('/', plain);
	assert.equal(await front.getByText('Plain and early').count(), 0);
	await front.end();
});

test('the focal point of a picture decides what is cut off for readers',
	async () => {
		const desk = await bo.elsewhere();
		const { page } = desk;
		await desk.menu('Pictures');
		await page.getByLabel('Picture files').setInputFiles(
			'test/pictures/still.webp');
		await desk.press('Send pictures');
		await page.locator('#sent').getByText('In the library').waitFor();
		await desk.menu('Pictures');
		await page.locator('.thumbs a').first().click();
		await page.getByLabel('Caption').fill('Still water');
		await page.getByLabel('Alternative text').fill('Water without a wave');
		await page.getByLabel('Credit line').fill('Bo Reed');
		await desk.sends();
		const picture = page.url().replace(/\?.*/, '');

		await desk.begin('Still water');
		await desk.fill({ section: 'Harbour', by: 'Bo Reed',
			standfirst: 'No wave at all.' });
		await desk.choosePicture('Water without a wave');
		await desk.text('There was no wind.');
		await desk.save();
		await desk.toPublish();
		const path = await desk.publish();

		// The cuts that a reader's page names, each as its bytes.
		const cuts = async () => {
			const reader = await house.reads(path);
			await loaded(reader.getByAltText('Water without a wave'));
			const urls = await reader.locator('meta[property="og:image"]')
				.evaluateAll((all) => all.map((m) => m.content));
			assert.ok(urls.length >= 3, `${urls.length} cuts`);
			const all = [];
			for (const url of urls) {
				const answer = await reader.goto(
					house.readers + new URL(url).pathname);
				assert.equal(answer.status(), 200, url);
				all.push((await answer.body()).toString('base64'));
				await loaded(reader.locator('img'));
			}
			await reader.end();
			return all;
		};
		const before = await cuts();
		await page.goto(picture);
		const whole = await loaded(page.locator('#whole'));
		const { width, height } = await whole.boundingBox();
		await whole.click({ position: { x: width * 0.1, y: height * 0.1 } });
		assert.equal(await page.getByLabel('From the left').inputValue(), '10');
		await desk.press('Save');
		await page.getByText('Saved.', { exact: true }).waitFor();
		await desk.end();
		// Readers follow within a second.
		await until('new cuts', async () =>
			(await cuts()).some((cut, i) => cut !== before[i]), 20000);
	});

test('what was scheduled appears by itself', async () => {
	const front = await house.reads('/');
	const link = front.getByRole('link', { name: 'Tide at noon' }).first();
	await until('the scheduled story', async () => {
		await front.reload();
		return await link.count() > 0;
	}, Math.max(0, due - Date.now()) + 20000);
	assert.ok(Date.now() >= due);
	await link.click();
	await front.getByText('High water comes by itself.').waitFor();
	await front.end();
});

// An address for each screen of the newsroom, by the pattern of its route.
async function screens(desk) {
	const { page } = desk;
	await desk.menu('Stories');
	await page.getByRole('link', { name: 'Ferry at nine' }).click();
	await desk.ready();
	const story = new URL(page.url()).pathname;
	await page.getByRole('link', { name: 'Revisions' }).click();
	const compare = await page.getByRole('link', { name: 'What changed' })
		.first().getAttribute('href');
	await desk.go(`${story}/preview`);
	await page.getByLabel('For whom').fill('A lawyer');
	await desk.press('Make a link');
	const secret = new URL(await page.locator('.code').innerText()).pathname;
	await desk.menu('Pictures');
	const picture = await page.locator('.thumbs a').first()
		.getAttribute('href');
	await desk.goSurely('/settings/people');
	await page.getByLabel('Name', { exact: true }).fill('Ines Corvo');
	await page.getByLabel('A few words').fill('Writes about boats.');
	await desk.sends('Add a person');
	await desk.go('/settings/people');
	const person = await page.getByRole('link', { name: 'Ines Corvo' })
		.getAttribute('href');
	return (pattern) => ({ '/pictures/:id': picture, '/staff/:id': '/staff/1',
		'/settings/people/:slug': person, '/p/:token': secret,
		'/settings/pages/:name': '/settings/pages/about',
		'/stories/:id/compare': compare })[pattern] ??
		pattern.replace('/stories/:id', story).replace(':token', 'x'.repeat(43));
}

test('no screen waits for a script to be painted', async () => {
	const desk = await ada.elsewhere();
	const address = await screens(desk);
	const routes = house.paper.run('probe', 'newsroom-routes').split('\n')
		.map((line) => line.split('\t')).filter(([method, pattern]) =>
			method === 'GET' && !/challenge$/.test(pattern))
		.map(([, pattern]) => pattern);
	assert.ok(routes.length > 35);
	const held = new Set();
	const hold = (context) => context.route(/\.js$/, (route) => {
		held.add(route.request().url().split('/').at(-1)); // and no answer
	});
	await hold(desk.page.context());
	const stranger = await house.person();
	await hold(stranger.page.context());

	const look = async (who, path) => {
		const page = await who.page.context().newPage();
		const answer = await page.goto(house.origin + path,
			{ waitUntil: 'commit' });
		const sent = await answer.text();
		await page.getByRole('heading').first().waitFor();
		await page.waitForFunction(() => performance.getEntriesByName(
			'first-contentful-paint').length > 0);
		// All that was sent stands there, not only what comes before a script.
		await page.waitForFunction((n) =>
			document.querySelectorAll('form').length === n,
		(sent.match(/<form/g) ?? []).length);
		await page.close();
	};
	for (const pattern of routes)
		await look(desk, address(pattern));
	for (const path of ['/sign-in', '/stories', address('/p/:token')])
		await look(stranger, path);
	assert.deepEqual([...held].sort(), ['copies.js', 'desk.js', 'editor.js',
		'passkey.js', 'pictures.js']);
	await stranger.end();
	await desk.end();
});
