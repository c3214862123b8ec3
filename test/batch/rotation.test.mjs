// SPDX-License-Identifier: MIT
// A paper whose key was put away, and what readers then have: the file to save
// as the paper hands it out, in a browser. What was signed before stays
// genuine; the old key, in a thief's hands, signs nothing that is.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { install, newKey, sign } from '../wire/gifts.mjs';
import { Paper, until } from '../wire/paper.mjs';

const require = createRequire(path.resolve('test/web/package.json'));
const { chromium } = require('playwright-core');
let paper, browser, saved, verifyPage;
const proofs = {};
const keys = {};

const publicKey = (file) =>
	fs.readFileSync(`${file}.pub`, 'utf8').split('\n')[1];
const proofOf = (batch, leaf = '7') =>
	paper.run('batch', 'show', batch, '--proof', leaf);
async function get(target) {
	const { status, body } = await until(target, async () => {
		const got = await paper.get(target);
		return got.status === 200 && got;
	});
	assert.equal(status, 200);
	return body.toString();
}
// What the paper hands out now, on the disk.
async function save(name) {
	const file = path.join(paper.dir, name);
	fs.writeFileSync(file, await get('/support/verify.html'));
	return file;
}

before(async () => {
	paper = await Paper.make({ stories: 1 });
	const key = newKey(paper, 'paper.key');
	const at = (name) => path.join(paper.dir, name);
	const one = sign(paper, key, { out: 'one' });
	proofs.one = proofOf(one);
	keys.old = publicKey(key);
	// A thief has a copy of the key, and its passphrase.
	for (const end of ['', '.pub', '.next', '.next.pub'])
		fs.copyFileSync(`${key}${end}`, `${at('stolen.key')}${end}`);
	paper.run('batch', 'rotate', key, '--memory', '16',
		'--passphrase-file', at('passphrase'));
	keys.now = publicKey(key);
	const two = sign(paper, key, { previous: one, out: 'two' });
	const three = sign(paper, key, { previous: two, out: 'three' });
	const four = sign(paper, key, { previous: three, out: 'four' });
	proofs.two = proofOf(two);
	proofs.three = proofOf(three);
	proofs.four = proofOf(four);
	// By the old key: in the place of the second, and after the newest.
	let chain = one;
	for (const name of ['instead', 'third', 'fourth', 'fifth']) {
		chain = sign(paper, at('stolen.key'),
			{ previous: chain, out: name, count: 50 });
		proofs[name] = proofOf(chain);
	}
	// Another first batch, of the same key and number.
	proofs.another = proofOf(sign(paper, at('stolen.key'),
		{ out: 'another', count: 40 }));
	for (const batch of [one, two])
		install(paper, batch);
	await paper.serve();
	saved = await save('two.html');
	verifyPage = await get('/support/verify');
	install(paper, three);
	await until('the third batch', async () =>
		/ 3 [0-9a-f]{64}/.test(await get('/support/verify.html')));
	await save('three.html');
	fs.writeFileSync(at('damaged.html'), fs.readFileSync(saved, 'utf8')
		.replace(/( 2 )[0-9a-f]{4}/, '$1zzzz'));
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	});
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

async function ask(name, proof, fill = {}) {
	const context = await browser.newContext();
	const tab = await context.newPage();
	await tab.goto(pathToFileURL(path.join(paper.dir, name)).href);
	for (const [field, text] of Object.entries(fill))
		await tab.fill(`#${field}`, text);
	await tab.fill('#proof', proof);
	await tab.click('button');
	await tab.waitForSelector('#result [data-result]');
	const got = { result: await tab.getAttribute('#result [data-result]',
		'data-result'), text: await tab.textContent('#result'),
		known: await tab.textContent('#known') };
	await context.close();
	return got;
}

test('a proof of the old key is genuine, of an earlier batch', async () => {
	const { result, text, known } = await ask('two.html', proofs.one);
	assert.equal(result, 'earlier');
	assert.match(text, /✓ Genuine, of an earlier batch/);
	assert.match(text, /Batch1; this page knows newer ones, up to 2/);
	assert.match(known, /the 2 batches of addresses that the paper had installed/);
});

test('the newest is genuine, and so is one that follows it', async () => {
	for (const [name, proof] of [['two.html', 'two'], ['two.html', 'three'],
		['three.html', 'three'], ['three.html', 'four']])
		assert.equal((await ask(name, proofs[proof])).result, 'genuine',
			`${proof} by ${name}`);
	// Of a key in use, too, what is older than the newest is so called.
	assert.equal((await ask('three.html', proofs.two)).result, 'earlier');
});

test('what the old key signs now is refused', async () => {
	for (const [name, proof, why] of [
		['two.html', 'instead', /batch 2 is another one/],
		['three.html', 'instead', /batch 2 is another one/],
		['two.html', 'another', /batch 1 is another one/],
		['two.html', 'third', /does not follow/],
		['two.html', 'fourth', /signed by another key/],
		['three.html', 'third', /batch 3 is another one/],
		['three.html', 'fourth', /does not follow/],
		['three.html', 'fifth', /signed by another key/]]) {
		const { result, text } = await ask(name, proofs[proof]);
		assert.equal(result, 'denied', `${proof} by ${name}: ${text}`);
		assert.match(text, why);
		assert.match(text, /Do not pay/);
	}
});

test('a list that is damaged trusts nothing', async () => {
	const { result } = await ask('damaged.html', proofs.one,
		{ key: keys.now });
	assert.equal(result, 'denied');
	assert.equal((await ask('damaged.html', proofs.two,
		{ key: keys.now })).result, 'genuine');
});

test('the page of the key names those that were put away', () => {
	assert.ok(verifyPage.includes(keys.now));
	assert.match(verifyPage, /Earlier keys/);
	assert.ok(verifyPage.includes(keys.old));
	assert.match(verifyPage, /<br>Batch 1<\/p>/);
});
