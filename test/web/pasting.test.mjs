// SPDX-License-Identifier: MIT
//
// Raw text that is pasted into a story goes through the newsroom's own intake,
// and stands in the story's fields with its marks; nothing of it is lost.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { House } from './people.mjs';

const WAIT = 30000; // ms
const RAW = `From: desk@agency.example
To: newsroom@wire.example
Subject: Ferry story for tomorrow

HARBOUR

Ferry sinks at the old quay

The boat had been laid up since spring

By Rita Vaz

LISBON, 26 November – The ferry that crossed the harbour for for sixty years \
sank on Thursday morning. Nobody was on board.

"We heard a crack," said the harbour master, Ana Lima. "Then it was gone."

It had carried some 4,000 people a day until it was laid up in spring.

Support our journalism: give from €5 a month.

Share on Facebook
Share on X
`;

let house, ada;

before(async () => {
	house = await House.open({ stories: 1 });
	ada = await house.person();
	ada.page.context().setDefaultTimeout(WAIT);
	await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
});
after(() => house?.close());

// As the system's clipboard offers it.
async function paste(page, text) {
	await page.locator('.fe-text').click();
	await page.evaluate((words) => {
		const data = new DataTransfer();
		data.setData('text/plain', words);
		document.querySelector('.fe-text').dispatchEvent(new ClipboardEvent(
			'paste', { clipboardData: data, bubbles: true, cancelable: true }));
	}, text);
}

test('raw text pasted into an empty story is taken apart, with its marks', async () => {
	const { page } = ada;
	await ada.begin('To be named');
	await page.getByLabel('By', { exact: true }).fill('');
	await paste(page, RAW);
	await page.locator('.fe-intake').waitFor();
	await page.locator('#save-state[data-state=saved]').waitFor();
	const text = await page.locator('.fe-text').innerText();
	assert.match(text, /The ferry that crossed the harbour for for/);
	assert.match(text, /4,000 people a day/);
	assert.doesNotMatch(text, /Support our journalism|Share on|agency\.example/);
	// What was filled stays; what was empty is filled.
	assert.equal(await page.getByLabel('Headline').inputValue(), 'To be named');
	assert.match(await page.getByLabel('By', { exact: true }).inputValue(),
		/Rita Vaz/);
	assert.match(await page.locator('.fe-intake').innerText(),
		/Support our journalism/);
	// The doubled word is marked.
	await page.locator('.fe-marks').getByText(/twice/).first().waitFor();
	await page.reload();
	await ada.ready();
	assert.equal(await page.locator('.fe-text').innerText(), text);
});

test('without a connection raw text is pasted as it is', async () => {
	const { page } = ada;
	await ada.begin('No way there');
	await page.route('**/stories/intake', (route) => route.abort());
	await paste(page, RAW);
	await page.locator('.fe-text', { hasText: 'Share on X' }).waitFor();
	await page.locator('#save-state[data-state=saved]').waitFor();
	await page.unroute('**/stories/intake');
	// Its quotation marks are set, as of all that is pasted.
	const text = (await page.locator('.fe-text').innerText()).replace(/[“”]/g, '"');
	for (const line of RAW.split('\n').filter(Boolean))
		assert.ok(text.includes(line.slice(0, 40)), line);
});

test('raw text that would act is text', async () => {
	const { page } = ada;
	await ada.begin('Acting');
	await paste(page, `${RAW}\n\n<img src=x onerror=window.pwned=1>\n\n` +
		'<script>window.pwned=1</script>\n\n[a](javascript:window.pwned=1)\n');
	await page.locator('.fe-intake').waitFor();
	await page.locator('#save-state[data-state=saved]').waitFor();
	assert.equal(await page.evaluate(() => window.pwned), undefined);
	assert.equal(await page.locator('.fe-text :is(script, [onerror], ' +
		'a[href^=javascript])').count(), 0);
	await ada.end();
});
