// SPDX-License-Identifier: MIT
//
// A story is scheduled over a change of the clock, and the server really runs
// across it: each paper is served by a clock of its own (Paper.setClock), first
// on the day before, when the time is set by the browser, then from some
// seconds before the change until readers have the story. So nothing here has
// to be done in time, however slow the machine.

import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../wire/paper.mjs';
import { House } from './people.mjs';

const DAY = 24 * 3600 * 1000;
const LEAD = 6000; // for how long it is served before something happens, in ms

// CHANGE: the instant of it. DAY and TYPED: what the editor types. SAYS: what
// the page answers. CHOICES: between what, as it stands there. TIMES: the same
// for machines; the second is the instant of the change. SHOWN: the clock's time as readers get it.
const CHANGES = [{
	zone: 'Europe/Berlin', what: 'an hour is left out',
	change: '2031-03-30T01:00:00Z', day: '2031-03-30', typed: '02:00',
	says: '02:00 never comes',
	choices: ['30 March 2031, 01:00 (UTC+1): before the time that is left out',
		'30 March 2031, 03:00 (UTC+2): after it'],
	times: ['2031-03-30T01:00:00+01:00', '2031-03-30T03:00:00+02:00'],
	shown: '2031-03-30T03:00:00+02:00',
}, {
	zone: 'Europe/Berlin', what: 'an hour comes twice',
	change: '2031-10-26T01:00:00Z', day: '2031-10-26', typed: '02:00',
	says: '02:00 comes twice',
	choices: ['02:00 (UTC+2), the first',
		'02:00 (UTC+1), the second, when the clock has gone back'],
	times: ['2031-10-26T02:00:00+02:00', '2031-10-26T02:00:00+01:00'],
	shown: '2031-10-26T02:00:00+01:00', isTwice: true,
}, {
	zone: 'Australia/Lord_Howe', what: 'half an hour comes twice',
	change: '2031-04-05T15:00:00Z', day: '2031-04-06', typed: '01:30',
	says: '01:30 comes twice',
	choices: ['01:30 (UTC+11), the first',
		'01:30 (UTC+10:30), the second, when the clock has gone back'],
	times: ['2031-04-06T01:30:00+11:00', '2031-04-06T01:30:00+10:30'],
	shown: '2031-04-06T01:30:00+10:30', isTwice: true,
}, {
	zone: 'Africa/Cairo', what: 'a day begins at one',
	change: '2031-04-24T22:00:00Z', day: '2031-04-25', typed: '00:00',
	says: '00:00 never comes',
	choices: ['24 April 2031, 23:00 (UTC+2): before the time that is left out',
		'25 April 2031, 01:00 (UTC+3): after it'],
	times: ['2031-04-24T23:00:00+02:00', '2031-04-25T01:00:00+03:00'],
	shown: '2031-04-25T01:00:00+03:00',
}];

let house;
after(() => house?.close());

// The same paper, served by a clock that shows AT.
async function serveAt(at) {
	await house.paper.stop({ keep: true });
	house.paper.setClock(at);
	await house.paper.serve();
}

// A story that waits for the second of the two times, or the first.
async function schedule(person, change, headline, isFirst = false) {
	const { page } = person;
	await person.begin(headline);
	await person.fill({ by: 'Ada Quay' });
	await person.text(`${headline}: that is all.`);
	await person.save();
	await person.toPublish();
	await setTime(person, change, isFirst);
	await person.says('Scheduled. It appears by itself.');
	const at = change.times[isFirst ? 0 : 1];
	await page.locator(`time[datetime="${at}"]`).first().waitFor();
}

async function setTime(person, change, isFirst = false) {
	const { page } = person;
	await page.locator('summary', { hasText:
		/^(Publish at a set time|Set another time)$/ }).click();
	// The zone in view, beside the fields.
	await page.getByText(change.zone).first().waitFor();
	await page.getByLabel('Date', { exact: true }).fill(change.day);
	await page.getByLabel('Time', { exact: true }).fill(change.typed);
	await person.press('Schedule');
	await person.says(change.says);
	const choices = page.getByRole('group', { name: /^Which (time|of)/ });
	assert.deepEqual((await choices.locator('label').allInnerTexts())
		.map((label) => label.trim()), change.choices);
	await choices.getByRole('radio').nth(isFirst ? 0 : 1).check();
	await person.press('Schedule');
}

// Readers have HEADLINE from the instant DUE on, by the server's own clock:
// nothing of it before, on the front page or at its address.
async function appears(headline, path, due) {
	const { paper } = house;
	const look = async (target) => {
		const { status, headers, body } = await paper.get(target);
		return { has: status === 200 && body.includes(headline), status,
			at: Date.parse(headers.date) };
	};
	let early = 0;
	await until(`"${headline}" in front`, async () => {
		const [front, story] = [await look('/'), await look(path)];
		for (const { has, at } of [front, story])
			assert.ok(!has || at >= due, `${headline} is early`);
		early += front.at < due && story.status === 404;
		return front.has && story.has;
	}, LEAD + 60000);
	assert.ok(early > 0, 'nobody looked before');
}

for (const change of CHANGES)
	test(`${change.zone}, where ${change.what}`, async () => {
		const instant = Date.parse(change.change);
		const address = `/${change.day.replaceAll('-', '/')}`;
		house = await House.open({ zone: change.zone,
			before: (paper) => paper.setClock(instant - DAY) });
		let ada = await house.person();
		await ada.join(house.firstLink(), { name: 'Ada Quay', login: 'ada' });
		await schedule(ada, change, 'The clocks have changed');
		if (change.isTwice)
			await schedule(ada, change, 'The clocks will change', true);
		await ada.end();

		if (change.isTwice) {
			const first = Date.parse(change.times[0]);
			await serveAt(first - LEAD);
			await appears('The clocks will change',
				`${address}/the-clocks-will-change`, first);
			assert.ok(!(await house.paper.get('/')).body
				.includes('The clocks have changed'));
		}

		await serveAt(instant - LEAD);
		await appears('The clocks have changed',
			`${address}/the-clocks-have-changed`, instant);
		const reader = await house.reads('/');
		await reader.getByRole('link', { name: 'The clocks have changed' })
			.first().click();
		await reader.getByText('The clocks have changed: that is all.')
			.waitFor();
		const time = reader.locator(`time[datetime="${change.shown}"]`).first();
		await time.waitFor();
		assert.match(await time.innerText(),
			new RegExp(`\\b${change.shown.slice(11, 16)}\\b`));
		await reader.end();

		// The editor sees it, too, and that the time is no longer to be had.
		ada = await ada.elsewhere();
		await ada.menu('Stories');
		await ada.page.getByRole('link', { name: 'The clocks have changed' })
			.click();
		await ada.ready();
		await ada.toPublish();
		await ada.page.locator(`time[datetime="${change.shown}"]`).first()
			.waitFor();
		await ada.begin('Too late');
		await ada.fill({ by: 'Ada Quay' });
		await ada.text('Too late.');
		await ada.save();
		await ada.toPublish();
		await setTime(ada, change);
		await ada.says('That time has passed.');
		await ada.end();
		await house.close();
		house = null;
	});
