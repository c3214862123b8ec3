// SPDX-License-Identifier: MIT
//
// Whatever can be typed in the newsroom is filled with text that would run as a
// script where it is not escaped for its place; then every screen and every
// page of the paper that a link leads to is opened in a browser. None runs it,
// tries to run it, or takes it for an element. attacks.test.mjs has each of them
// in each field of a story.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { HARBOUR, House } from './people.mjs';
import { harm, payloads, watch } from './payloads.mjs';

// What forms take of them; the sign with the number nought is refused.
const WHOLE = payloads.filter((p) => !p.includes('\0')).join('\n\n');

let house, ada;
let left = [];

// The next few of them, as much as goes into MOST characters of one line.
function hostile(most = 120) {
	const taken = [];
	for (let room = most; ;) {
		if (left.length === 0) {
			left = payloads.filter((p) => !/[\0\u2028\u2029]/.test(p))
				.map((p) => p.replace(/[\n\t]/g, ' '));
		}
		const at = left.findIndex((p) => p.length + 1 <= room);
		if (at < 0)
			return taken.length ? taken.join(' ') : payloads[0];
		room -= left[at].length + 1;
		taken.push(...left.splice(at, 1));
	}
}

before(async () => {
	house = await House.open();
	ada = await house.person();
	const context = ada.page.context();
	watch(context, [house.origin, house.readers], context.faults);
});
after(() => house?.close());

async function settings() {
	const { page } = ada;
	await ada.goSurely('/settings/paper');
	for (const name of ['Motto', 'Place', 'Publisher',
		'How to reach the publisher', 'Call for support'])
		await page.getByLabel(name, { exact: true }).fill(hostile(100));
	await ada.sends();
	for (let i = 0; i < 3; i++) {
		await ada.go('/settings/sections');
		await page.getByLabel('New section').fill(`${i} ${payloads[9 + i]}`);
		await ada.press('Save');
		await page.locator(`[name=name_${i}]`).waitFor();
	}
	await ada.go('/settings/people');
	await page.getByLabel('Name', { exact: true }).fill(hostile(60));
	await page.getByLabel('A few words')
		.fill(WHOLE.slice(0, 2000));
	await ada.sends('Add a person');
	for (const name of ['about', 'ethics']) {
		await ada.go(`/settings/pages/${name}`);
		await page.getByLabel('Text', { exact: true })
			.fill(WHOLE);
		await ada.sends();
	}
	await ada.go('/staff/invite');
	await page.getByLabel('Name', { exact: true }).fill(hostile(60));
	await page.getByRole('radio', { name: /^Reporter\b/ }).check();
	await page.getByRole('radio', { name: 'All sections' }).check();
	await ada.press('Invite somebody');
	await page.locator('.code').waitFor();
}

// A story all of whose fields are hostile; its number says which section.
async function story(i) {
	const { page } = ada;
	await ada.begin(hostile(150));
	await page.getByLabel('Section').selectOption({ index: 1 + i % 3 });
	await page.getByLabel('Kicker').fill(hostile(60));
	await page.getByLabel('Standfirst').fill(hostile(200));
	await page.getByLabel('By', { exact: true }).fill(hostile(60));
	await page.getByLabel('Place', { exact: true }).fill(hostile(60));
	await page.getByLabel('Topics').fill(hostile(80));
	if (i === 0)
		await ada.sendPicture(HARBOUR,
			{ alt: hostile(200), credit: hostile(60) });
	await ada.text(WHOLE);
	await ada.save();
	await ada.toPublish();
	await ada.publish();
}

// Addresses that lead elsewhere, and such as are refused and shown again.
async function redirects() {
	const { page } = ada;
	for (const [from, to] of [['/"><img/src/onerror=window.pwned=1>', '/'],
		['/</a><svg/onload=window.pwned=1>', '/about'],
		['/x', 'javascript:window.pwned=1'], ['/y', '//pwned.example/'],
		[hostile(100), hostile(100)]]) {
		await ada.go('/redirects');
		await page.getByLabel('Old address').fill(from);
		await page.getByLabel('Leads to').fill(to);
		await ada.press('Add');
		await page.getByRole('heading', { level: 1 }).waitFor();
		assert.deepEqual(await page.evaluate(harm), [], `${from} to ${to}`);
	}
}

async function around() {
	const { page } = ada;
	await ada.open(ada.story);
	await ada.text(`${hostile()}\n\n${hostile()}`);
	await ada.save();
	await ada.toPublish();
	await ada.change(/^Correction/, hostile(200));
	await ada.go(`${ada.story}/notes`);
	await page.getByLabel('A note to your colleagues')
		.fill(WHOLE.slice(0, 2000));
	await ada.press('Keep note');
	await page.locator('.remarks .said').first().waitFor();
	await ada.go(`${ada.story}/revisions`);
	await page.getByText('Name…').first().click();
	await page.getByLabel('Name of this revision').first().fill(hostile(60));
	await ada.press('Save');
	await ada.says('The revision has its name.');
	await ada.go(`${ada.story}/preview`);
	await page.getByLabel('For whom').fill(hostile(60));
	await ada.press('Make a link');
	await page.locator('.code').waitFor();
	await ada.menu('Front page');
	await page.locator('#banner').getByLabel('Text').fill(hostile(200));
	await ada.press('Show the banner');
	await ada.says('Readers see the banner now.');
	await ada.menu('Pictures');
	await page.locator('.thumbs a').first().click();
	for (const name of ['Caption', 'Alternative text', 'Credit line',
		'Photographer', 'Rights'])
		await page.getByLabel(name, { exact: true }).fill(hostile(150));
	await ada.press('Save');
	await page.getByText('Saved.', { exact: true }).waitFor();
	// A story that was withdrawn shows its reason.
	await story(1);
	await page.locator('summary', { hasText: 'Withdraw' }).click();
	await page.getByLabel('Reason').fill(hostile(200));
	await ada.press('Withdraw');
	await ada.says('Withdrawn. Readers see your reason.');
	await redirects();
	// And raw text, taken apart by rules.
	await ada.go('/stories/new');
	await page.getByText('Or paste raw text').click();
	await page.getByLabel('Text as it came in').fill(WHOLE);
	await ada.press('Make a draft of it');
	await ada.ready();
}

// Opens FIRST and whatever its pages lead to on ORIGIN; how many there were.
async function crawl(page, origin, first, pass = () => true) {
	const queue = [...first];
	const known = new Set(queue);
	let n = 0;
	for (let path; (path = queue.shift()) !== undefined && n < 250; n++) {
		const answer = await page.goto(origin + path);
		assert.ok(answer.status() < 500, `${path}: ${answer.status()}`);
		if (!/html/.test(answer.headers()['content-type'] ?? ''))
			continue;
		if (await page.locator('form[data-editor]').count())
			await page.locator('html[data-editor=ready]').waitFor();
		for (const frame of page.frames())
			assert.deepEqual(await frame.evaluate(harm), [], path);
		const links = await page.locator('a[href]').evaluateAll((all) =>
			all.map((a) => a.href));
		for (const link of links) {
			const url = new URL(link);
			const way = url.pathname + url.search;
			if (url.origin === origin && pass(way) && !known.has(way)) {
				known.add(way);
				queue.push(way);
			}
		}
	}
	return n;
}

const FILES = /\.(rss|atom|json|xml|jpg|webp|avif|txt|ots)$|^\/feed/;

test('hostile text is text, on every screen and every page', async () => {
	await ada.join(house.firstLink(), { name: `Ada ${payloads[4]}`,
		login: 'ada' });
	await settings();
	await story(2);
	await story(0);
	await around();
	const { page } = ada;
	const asked = encodeURIComponent(`"><script>window.pwned=1</script>`);
	assert.deepEqual(page.context().faults, []);

	const rooms = await crawl(page, house.origin, ['/', '/stories', '/account',
		'/account/second', '/audit', '/health', '/money', '/redirects',
		'/settings', '/settings/people', '/settings/pages', '/staff',
		'/staff/invite', '/calendar?form=list', '/front', '/pictures',
		`${ada.story}/publish`, `${ada.story}/notes`, `${ada.story}/preview`,
		`${ada.story}/revisions`, `/${asked}`,
		`/stories?q=${asked}&person=${asked}&section=${asked}&status=${asked}`,
		`/pictures?q=${asked}`, `/calendar?form=${asked}&month=${asked}`,
		`/sign-in?next=${asked}`],
	(way) => !/^\/calendar\?|^\/sign-out|\/front\?/.test(way));
	assert.ok(rooms > 30, `${rooms} screens`);
	await ada.end();

	const reader = await house.reads('/');
	watch(reader.context(), [house.readers], reader.context().faults);
	const pages = await crawl(reader, house.readers, ['/', '/corrections',
		`/${asked}`, `/section/${asked}`, `/tag/${asked}?x=${asked}`],
		(way) => !FILES.test(way));
	assert.ok(pages > 15, `${pages} pages`);
	await reader.end();
});
