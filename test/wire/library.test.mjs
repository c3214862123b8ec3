// SPDX-License-Identifier: MIT
//
// Changed pictures on a real server: what is owed is made although everything
// is killed in between; who may change what will reach readers; and nobody
// waits for somebody else's two hundred.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';
import { another, form, post, stemOf, wordsOf } from './pictures.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
});
after(() => paper.stop());

async function upload(client = ada, bytes = another()) {
	const { status, json, body } = await post(client,
		form([{ bytes }]));
	assert.equal(status, 200, body);
	return json.pictures[0];
}

const folder = () => path.join(paper.paper, 'public/pictures');
// Not those that are being written, under a name of their own.
const renditions = (picture) => fs.readdirSync(folder())
	.filter((n) => n.startsWith(stemOf(picture)) && /\.(avif|webp|jpe?g|png)$/.test(n));
const has = (picture, word) => renditions(picture).filter((n) =>
	fs.readFileSync(path.join(folder(), n)).includes(word));

// A draft with a picture; its address in the newsroom.
async function draft(headline, { url }, section = 'World') {
	// A file of the same name would be the same story.
	const file = path.join(paper.dir, `${headline}.md`);
	fs.writeFileSync(file, `---\ntitle: ${headline}\nsection: ${section}\n` +
		`draft: true\n---\n\nWords.\n\n![](${url})\n`);
	paper.run('import', paper.paper, file);
	const { body } = await ada.get('/stories');
	return new RegExp(`href="(/stories/\\d+)"[^>]*>[^<]*${headline}`)
		.exec(body)[1];
}

async function restarted(kill) {
	const [pid] = paper.processes('newsroom');
	kill(pid);
	await until('another newsroom', async () => {
		const [next] = paper.processes('newsroom');
		return next && next !== pid &&
			(await ada.get('/pictures').catch(() => ({}))).status === 200;
	});
}

test('a name that was taken out goes from the files, whoever is killed',
	async () => {
		const picture = await upload();
		const name = 'Secret Source';
		assert.equal((await ada.post(`/pictures/${picture.id}/save`,
			await wordsOf(ada, picture.id, { credit: name }))).status, 303);
		assert.ok(has(picture, name).length >= 9);
		// The darkroom stands still: words are saved, files are not made.
		const [darkroom] = paper.processes('darkroom');
		process.kill(darkroom, 'SIGSTOP');
		const saving = ada.post(`/pictures/${picture.id}/save`,
			await wordsOf(ada, picture.id, { credit: 'Nobody' }))
			.catch(() => null);
		await until('the words', async () => (await ada.get(
			`/pictures/${picture.id}`)).body.includes('Nobody'));
		assert.match((await ada.get(`/pictures/${picture.id}`)).body,
			/are being made anew/);
		assert.ok(has(picture, name).length >= 9);
		await restarted((pid) => process.kill(pid, 'SIGKILL'));
		await saving;
		// Nobody saves again: it comes by itself.
		try {
			process.kill(darkroom, 'SIGCONT');
		} catch {
			// It was replaced, having stood still for too long.
		}
		await until('files without the name', () =>
			has(picture, name).length === 0, 60000);
		assert.equal(has(picture, 'Nobody').length,
			renditions(picture).length);
		await until('nothing is owed', async () => !/are being made anew/.test(
			(await ada.get(`/pictures/${picture.id}`)).body));
	});

test('saved twice while the darkroom stands, the last words are in the files',
	async () => {
		const picture = await upload();
		const [darkroom] = paper.processes('darkroom');
		process.kill(darkroom, 'SIGSTOP');
		const answers = [];
		for (const credit of ['First Words', 'Second Words', 'Third Words']) {
			answers.push(ada.post(`/pictures/${picture.id}/save`,
				await wordsOf(ada, picture.id, { credit })));
			await until(credit, async () => (await ada.get(
				`/pictures/${picture.id}`)).body.includes(credit));
		}
		try {
			process.kill(darkroom, 'SIGCONT');
		} catch {
			// It was replaced, having stood still for too long.
		}
		for (const { status } of await Promise.all(answers))
			assert.ok([200, 303].includes(status), String(status));
		await until('the last words', () => has(picture, 'Third Words').length ===
			renditions(picture).length, 60000);
		assert.deepEqual(has(picture, 'Second Words'), []);
	});

test('what will reach readers by itself is changed by who may publish it',
	async () => {
		const pia = await paper.member(ada, { name: 'Pia', login: 'pia',
			role: 5 });
		const eve = await paper.member(ada, { name: 'Eve', login: 'eve',
			role: 3 });
		const picture = await upload(pia);
		const change = async (client, credit) => client.post(
			`/pictures/${picture.id}/save`,
			await wordsOf(client, picture.id, { credit, alt: 'Boats' }));
		assert.equal((await change(pia, 'By Pia')).status, 303);
		const story = await draft('Waits for its time', picture);
		const page = async () => (await eve.get(`${story}/publish`)).body;
		const step = async (name, form = {}) => {
			const [, revision] = /name="revision" value="(\d+)"/.exec(
				await page());
			const done = await eve.post(`${story}/${name}`,
				{ revision, ...form });
			assert.equal(done.status, 303, done.body);
		};
		const unapprove = `action="${story}/unapprove"`;
		// Approved, it loses that to a change of somebody without the right.
		await step('approve');
		assert.ok((await page()).includes(unapprove));
		const taken = await change(pia, 'By Pia again');
		assert.equal(taken.status, 303);
		assert.equal(taken.status, 303, taken.body);
			assert.match(taken.location, /done=picture-unapproved$/);
		assert.match((await pia.get(taken.location)).body,
			/has to approve it anew/);
		assert.ok(!(await page()).includes(unapprove));
		// Who could publish it leaves it as it is.
		await step('approve');
		assert.match((await change(eve, 'By Eve')).location, /done=saved$/);
		assert.ok((await page()).includes(unapprove));
		// Scheduled, it is as good as before readers.
		await step('schedule', { date: '2099-01-01', time: '10:00' });
		const no = await change(pia, 'Late words');
		assert.equal(no.status, 403);
		assert.match(no.body, /or will at a time that is set/);
		assert.match((await change(eve, 'Eve once more')).location,
			/done=saved$/);
	});

test('where two have to look at what is published, words of pictures are no way past',
	async () => {
		const eva = await paper.member(ada, { name: 'Eva', login: 'eva',
			role: 3 });
		const picture = await upload();
		const change = async (credit) => eva.post(
			`/pictures/${picture.id}/save`,
			await wordsOf(eva, picture.id, { credit, alt: 'Boats' }));
		assert.equal((await change('By Ada')).status, 303);
		const story = await draft('Seen by two', picture);
		const page = async () => (await eva.get(`${story}/publish`)).body;
		const step = async (name, form = {}) => {
			const [, revision] = /name="revision" value="(\d+)"/.exec(
				await page());
			const done = await eva.post(`${story}/${name}`,
				{ revision, ...form });
			assert.equal(done.status, 303, done.body);
		};
		await ada.save('/settings/publishing', { eyes: '1' });
		try {
			await step('approve');
			// Also who may publish takes the approval back.
			const taken = await change('By Eva');
			assert.equal(taken.status, 303, taken.body);
			assert.match(taken.location, /done=picture-unapproved$/);
			assert.ok(!(await page()).includes(`action="${story}/unapprove"`));
			await step('approve');
			await step('schedule', { date: '2099-01-01', time: '10:00' });
			const no = await change('Nobody else has seen this');
			assert.equal(no.status, 409);
			assert.match(no.body, /a second pair of eyes looks at what is/);
			assert.match(no.body, /Nobody else has seen this/);
			// What may put somebody in danger goes at once.
			assert.match((await change('')).location, /done=saved$/);
		} finally {
			await ada.save('/settings/publishing');
		}
		assert.match((await change('By Eva')).location, /done=saved$/);
	});

// ---- who may have the files

const missing = async (path) => {
	const { status, body } = await paper.get(path);
	const never = await paper.get(`/pictures/${'a'.repeat(26)}-800.jpg`);

	assert.equal(never.status, 404);
	return status === 404 && body.equals(never.body);
};
const shown = async (path) => (await paper.get(path)).status === 200;

test('readers have a picture from the moment on at which its story is out',
	async () => {
		const { url } = await upload();
		const square = url.replace(/-\d+\.jpg/, '-1x1.jpg');
		const avif = url.replace('.jpg', '.avif');
		assert.ok(await missing(url));
		const work = await draft('Not yet', { url });
		for (const path of [url, square, avif])
			assert.ok(await missing(path), path);
		// The newsroom's own screens have it.
		assert.equal((await ada.get(url)).status, 200);
		assert.ok((await ada.get(`${work}/page`)).body.includes(url));
		// At its time, to the moment.
		const due = Math.ceil(Date.now() / 1000 + 3) * 1000;
		const file = path.join(paper.dir, 'due.md');
		fs.writeFileSync(file, '---\ntitle: At its time\nsection: World\n' +
			`date: ${new Date(due).toISOString()}\nimage: ${url}\n---\n\n` +
			'Text.\n');
		paper.run('import', paper.paper, file);
		let early = 0;
		const address = await until('the story', async () => {
			const is = await shown(url);
			assert.ok(!is || Date.now() >= due, 'before its time');
			early += !is;
			return /href="(\/[^"]*)"[^>]*>At its time/.exec(
				String((await paper.get('/')).body))?.[1];
		}, 20000);
		assert.ok(early > 3);
		for (const path of [url, square, avif])
			assert.ok(await shown(path), path);
		// Another story has it, too; the first is taken back.
		const stories = (await ada.get('/stories')).body;
		const [, first] = /href="(\/stories\/\d+)"[^>]*>[^<]*At its time/
			.exec(stories);
		const other = path.join(paper.dir, 'other.md');
		fs.writeFileSync(other, '---\ntitle: Second one\nsection: World\n' +
			`date: ${new Date(due - 60000).toISOString()}\nimage: ${url}\n` +
			'---\n\nText.\n');
		paper.run('import', paper.paper, other);
		await until('the second story', async () => String((await paper.get('/'))
			.body).includes('Second one'));
		const second = /href="(\/stories\/\d+)"[^>]*>[^<]*Second one/
			.exec((await ada.get('/stories')).body)[1];
		const withdraw = async (story) => {
			const [, revision] = /name="revision" value="(\d+)"/.exec(
				(await ada.get(`${story}/publish`)).body);
			const done = await ada.post(`${story}/withdraw`,
				{ revision, reason: 'Wrong.' });
			assert.equal(done.status, 303, done.body);
		};
		await withdraw(first);
		await until('it is gone', async () =>
			(await paper.get(address)).status === 410);
		assert.ok(await shown(url));
		// With the last one it goes, from what is kept in memory as well.
		await withdraw(second);
		for (const path of [url, square, avif])
			await until(`${path} is gone`, () => missing(path));
		assert.doesNotMatch(String((await paper.get('/')).body),
			new RegExp(url.slice(10, 36)));
		assert.equal((await ada.get(url)).status, 200);
	});

test('a picture that a page about the paper has is there as well', async () => {
	const { url } = await upload();
	assert.ok(await missing(url));
	assert.equal((await ada.save('/settings/pages/about',
		{ text: `We print.\n\n![The house](${url})\n` })).status, 303);
	await until('it is there', () => shown(url));
	assert.match(String((await paper.get('/about')).body), /The house/);
});

test('one picture does not wait for many of somebody else', async () => {
	const bob = await paper.member(ada, { name: 'Bob', login: 'bob', role: 5 });
	const many = 8;
	let done = 0;
	const sending = Promise.all(Array.from({ length: many }, async () => {
		await upload(ada);
		done++;
	}));
	await until('the first of many', () => done > 0, 60000);
	await upload(bob);
	assert.ok(done < many / 2, `${done} of ${many} were before`);
	await sending;
});
