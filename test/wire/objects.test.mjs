// SPDX-License-Identifier: MIT
//
// The matrix once more, with things that are there: drafts and published
// stories of one's own section and of another, times every role, times every
// address that a story has. What is not one's to see is answered as what is
// missing, and asking changes nothing. test/wire/matrix.test.mjs has all
// addresses, with numbers that nothing has.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Newsroom, binary } from './newsroom.mjs';

// Who sees stories of World, and whether of Sport too; the right to write, and
// to publish.
const PEOPLE = {
	owner: { sport: true, write: true, publish: true },
	publisher: { role: 2, sport: true, write: true, publish: true },
	editor: { role: 3, sections: ['World'], write: true, publish: true },
	reporter: { role: 4, sections: ['World'], write: true },
	photographer: { role: 5, sections: ['World'] },
	treasurer: { role: 6, isNobody: true },
};
const SCREENS = ['', '/notes', '/revisions', '/preview', '/page', '/publish'];

const posts = spawnSync(binary, ['probe', 'newsroom-routes'],
	{ encoding: 'utf8' }).stdout.split('\n').map((line) => line.split('\t'))
	.filter(([method, pattern]) => method === 'POST' &&
		/^\/stories\/:id\//.test(pattern))
	.map(([, pattern, right]) => ({ right,
		end: pattern.replace('/stories/:id', '').replace(':link', '1') }));

let paper;
const people = {}, stories = {};

async function begin(headline, section) {
	const { location } = await people.owner.post('/stories/new',
		{ headline, section });
	const id = /^\/stories\/(\d+)/.exec(location)[1];
	const { body } = await people.owner.get(`/stories/${id}`);
	const answer = await people.owner.post(`/stories/${id}/save`, {
		base: /name="base" value="(\d+)"/.exec(body)[1], headline, section,
		authors: 'Ada Quay', body: `What only ${section} may read.` });
	assert.equal(answer.status, 303, answer.body);
	return id;
}

async function revisionOf(id) {
	const { body } = await people.owner.get(`/stories/${id}/publish`);
	return /name="revision" value="(\d+)"/.exec(body)?.[1];
}

before(async () => {
	paper = await Newsroom.start({ stories: 1, conf: 'requests_burst = 20000\n' });
	people.owner = await paper.owner();
	paper.command('set', 'sections', 'World, Sport');
	for (const [name, { role, sections }] of Object.entries(PEOPLE))
		if (role)
			people[name] = await paper.member(people.owner,
				{ name, login: name, role, sections });
	for (const section of ['World', 'Sport']) {
		stories[`draft ${section}`] = await begin(`Draft of ${section}`, section);
		const id = await begin(`Out of ${section}`, section);
		const { status, body } = await people.owner.post(
			`/stories/${id}/publish`, { revision: await revisionOf(id) });
		assert.equal(status, 303, body);
		stories[`public ${section}`] = id;
	}
});
after(() => paper.stop());

const sees = (who, story) => !PEOPLE[who].isNobody &&
	(/World$/.test(story) || Boolean(PEOPLE[who].sport));

for (const who of Object.keys(PEOPLE))
	test(`${who}: each screen of each story is there, or as if it were not`,
		async () => {
			for (const [story, id] of Object.entries(stories))
				for (const end of SCREENS) {
					const { status, body } = await people[who].get(
						`/stories/${id}${end}`);
					// Who may not write in it is led to the preview.
					const wanted = PEOPLE[who].isNobody ? 403
						: !sees(who, story) ? 404
						: end === '' && !PEOPLE[who].publish ? 303 : 200;
					assert.equal(status, wanted, `${who}: ${story}${end}`);
					if (wanted !== 200)
						assert.doesNotMatch(body, /Draft of|Out of|may read/);
				}
		});

test('what is not to be seen is answered word for word as what is missing',
	async () => {
		for (const end of SCREENS) {
			const [a, b] = await Promise.all([stories['draft Sport'], '999999']
				.map((id) => people.reporter.get(`/stories/${id}${end}`)));
			assert.equal(a.body, b.body);
		}
	});

// Another's section first: nothing of it changes, whoever asks. Then one's own,
// of which only what one has no right to is asked.
for (const who of ['editor', 'reporter', 'photographer', 'treasurer'])
	test(`${who}: nothing is done to a story without the right`, async () => {
		const { write, publish, isNobody } = PEOPLE[who];
		const may = { write, edit: publish, publish, withdraw: publish,
			stories: !isNobody };
		const was = {};
		const look = async (id) => [
			(await people.owner.get(`/stories/${id}/revisions`)).body,
			(await people.owner.get(`/stories/${id}/notes`)).body,
			(await people.owner.get(`/stories/${id}/publish`)).body,
		].join('').replace(/<time[^]*?<\/time>/g, '');
		for (const [story, id] of Object.entries(stories))
			was[story] = await look(id);
		for (const [story, id] of Object.entries(stories))
			for (const { end, right } of posts) {
				// A reporter writes in what is the reporter's own.
				const isOthers = who === 'reporter' && right === 'write';
				if (sees(who, story) && may[right] && !isOthers)
					continue;
				const form = { revision: await revisionOf(id) ?? '1', text: 'x',
					reason: 'x', headline: 'x', base: '1', tab: 'x' };
				// Only what the form has: others are 400 for everybody.
				const { status } = await people[who].post(
					`/stories/${id}${end}`, await fit(end, form));
				assert.equal(status, !may[right] ||
					(isOthers && sees(who, story)) ? 403 : 404,
					`${who}: ${story}${end}`);
			}
		for (const [story, id] of Object.entries(stories))
			assert.equal(await look(id), was[story], `${who} changed ${story}`);
	});

const fieldsOf = new Map(spawnSync(binary, ['probe', 'newsroom-routes'],
	{ encoding: 'utf8' }).stdout.split('\n').map((line) => line.split('\t'))
	.filter(([method]) => method === 'POST')
	.map(([, pattern, , , , fields]) => [pattern.replace('/stories/:id', '')
		.replace(':link', '1'), (fields || '').split(' ')]));

function fit(end, form) {
	return Object.fromEntries(Object.entries(form)
		.filter(([name]) => fieldsOf.get(end).includes(name)));
}
