// SPDX-License-Identifier: MIT
//
// Each text that would act, in each field of a story, as Markdown and in each
// of its places: on the screen where it is written, in the preview, at the
// reader's. And awkward text, which comes through as it was typed.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { Newsroom } from '../wire/newsroom.mjs';
import { harm, naughty, payloads, watch } from './payloads.mjs';

const EACH = 20; // payloads in a story
const WAIT = 30000; // ms

let paper, ada, browser, desk, readers;
const faults = [];

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	readers = `http://127.0.0.1:${paper.port}`;
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	});
	const context = await browser.newContext();
	const [name, value] = ada.cookie.split('=');
	context.setDefaultTimeout(WAIT);
	watch(context, [paper.origin, readers], faults);
	context.on('dialog', (dialog) => {
		faults.push(`dialog ${dialog.message()}`);
		dialog.dismiss();
	});
	context.on('weberror', (e) => faults.push(String(e.error().stack)));
	await context.addCookies([{ name, value, secure: true, httpOnly: true,
		sameSite: 'Strict', url: paper.origin.replace('http:', 'https:') }]);
	desk = await context.newPage();
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

const value = (body, name) =>
	new RegExp(`name="${name}" value="(\\d+)"`).exec(body)?.[1];

// A story with these fields, published; its paths in the newsroom and paper.
async function publish(fields) {
	const { location } = await ada.post('/stories/new', { headline: 'x' });
	const { body } = await ada.get(location);
	const saved = await ada.post(`${location}/save`,
		{ base: value(body, 'base'), ...fields });
	assert.equal(saved.status, 303, saved.body);
	const screen = await ada.get(`${location}/publish`);
	const { status, body: why } = await ada.post(`${location}/publish`,
		{ revision: value(screen.body, 'revision') });
	assert.equal(status, 303, why);
	const done = await ada.get(`${location}/publish`);
	const path = /href="https:\/\/wire\.example(\/[^"]+)"/.exec(done.body)[1];
	return { story: location, path };
}

async function look(url) {
	const answer = await desk.goto(url);
	assert.ok(answer.status() < 400, `${url}: ${answer.status()}`);
	if (await desk.locator('form[data-editor]').count())
		await desk.locator('html[data-editor=ready]').waitFor();
	for (const frame of desk.frames())
		assert.deepEqual(await frame.evaluate(harm), [], url);
	assert.deepEqual(faults, [], url);
}

// All of it, where Markdown has places for it.
const places = (all) => [
	...all,
	...all.map((p) => `- ${p.replace(/\n/g, ' ')}`),
	...all.map((p) => `> ${p.replace(/\n/g, ' ')}`),
	`| a | b |\n|---|---|\n${all.map((p) =>
		`| ${p.replace(/\n/g, ' ').replaceAll('|', '')} | x |`).join('\n')}`,
	...all.map((p) => `# ${p.replace(/\n/g, ' ')}`),
	...all.map((p) => `[${p}](https://x.example/) ![${p}](/x.jpg)`),
	...all.map((p) => `[a](<${p}>) [a](/x "${p}") ![a](<${p}> '${p}')`),
	...all.map((p) => `*![a](/x.jpg)*\n*${p} Photo: ${p}*`),
	...all.map((p) => `\`${p}\` [${p}]{lang=de} x[^1]`),
	`[^1]: ${all.join(' ')}`,
].join('\n\n');

test('what would act is text in each field and each place', async () => {
	const lines = payloads.map((p) => p.replace(/[\n\0]/g, ' '));
	for (let i = 0; i < payloads.length; i += EACH) {
		const some = payloads.slice(i, i + EACH).filter((p) => !p.includes('\0'));
		const line = lines.slice(i, i + EACH).join(' ');
		const { story, path } = await publish({
			kicker: line, headline: line, standfirst: line, authors: line,
			dateline: line, tags: line, picture: '', alt: line, caption: line,
			credit: line, rights: line, body: places(some) });
		await look(paper.origin + story);
		await look(`${paper.origin}${story}/preview`);
		await look(readers + path);
	}
	await look(`${paper.origin}/stories`);
	await look(readers);
});

test('a sign that ends strings elsewhere is refused or harmless', async () => {
	const { location } = await ada.post('/stories/new', { headline: 'Nul' });
	const { body } = await ada.get(location);
	const text = `a\0b <scr\0ipt>window.pwned=1</scr\0ipt> [a](java\0script:1)`;
	const { status } = await ada.post(`${location}/save`,
		{ base: value(body, 'base'), body: text, headline: text });
	assert.ok([303, 400, 422].includes(status), String(status));
	await look(paper.origin + location);
	await look(`${paper.origin}${location}/preview`);
});

// Where others stand behind a text on its line, and it is not set apart: what
// it says of directions goes on in them.
const leaks = (text) => {
	const found = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const node = walk.currentNode;
		if (!node.data.includes(text) ||
			node.parentElement.closest('script, style, textarea, option, title'))
			continue;
		let element = node.parentElement;
		const isApart = (e) => {
			const style = getComputedStyle(e);
			return /isolate|plaintext/.test(style.unicodeBidi) ||
				style.display !== 'inline';
		};
		while (!isApart(element))
			element = element.parentElement;
		const behind = document.createRange();
		behind.setStart(node, node.data.indexOf(text) + text.length);
		behind.setEndAfter(element.lastChild);
		if (/[\p{L}\p{N}]/u.test(behind.toString()))
			found.push(element.outerHTML.slice(0, 300));
	}
	return found;
};

async function staysApart() {
	for (const text of naughty.filter((t) =>
		/[\u202A-\u202E\u2066-\u2069]/.test(t)))
		assert.deepEqual(await desk.evaluate(leaks, text), [],
			`${desk.url()}: ${JSON.stringify(text)}`);
}

test('awkward text comes through as it was typed, and stays in its place', async () => {
	const body = naughty.map((t) => t.replace(/[\\`*_{}[\]<>()#+.!|~&%$-]/g, '\\$&'))
		.join('\n\n');
	for (let i = 0; i < naughty.length; i += 3) {
		const at = (k) => naughty[(i + k) % naughty.length];
		const fields = { headline: at(0), kicker: at(1), standfirst: at(2),
			dateline: at(3), tags: at(4), authors: at(5) };
		const { story, path } = await publish({ ...fields, body });
		await look(paper.origin + story);
		for (const [name, text] of Object.entries(fields))
			assert.equal(await desk.inputValue(`[name=${name}]`), text, name);
		assert.equal(await desk.locator('#body').evaluate((e) =>
			e.value.trim()), body);
		await look(readers + path);
		await staysApart();
		assert.equal(await desk.locator('h1').textContent(), at(0));
		const text = await desk.locator('main').textContent();
		for (const t of Object.values(fields))
			assert.ok(text.includes(t), `${JSON.stringify(t)} at ${path}`);
		if (i > 0)
			continue;
		const paragraphs = await desk.locator('article p').allTextContents();
		for (const t of naughty)
			assert.ok(paragraphs.includes(t), `${JSON.stringify(t)} in the text`);
	}
	for (const url of [`${paper.origin}/stories`, `${paper.origin}/calendar`,
		`${paper.origin}/front`, readers]) {
		await look(url);
		await staysApart();
	}
});
