// SPDX-License-Identifier: MIT
// web/verify.html in a real browser, opened as readers open it: a file on the
// disk. What it says must be what `farthing verify` says, with the browser's
// own hashes and signatures and without them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.resolve('test/web/package.json'));
const { chromium } = require('playwright-core');
const binary = process.env.FARTHING_BINARY;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-page-'));
const at = (name) => path.join(dir, name);
const zpub = 'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH' +
	'1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const page = fs.readFileSync('web/verify.html', 'utf8');
let browser, key, other, proof, late, shared, address;

function call(...words) {
	return spawnSync(binary, words, { encoding: 'utf8', cwd: dir });
}
function good(...words) {
	const ran = call(...words);
	assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.stderr}`);
	return ran.stdout;
}
const publicKey = (name) =>
	fs.readFileSync(at(`${name}.pub`), 'utf8').split('\n')[1];

before(async () => {
	fs.writeFileSync(at('pass'), 'a passphrase\n');
	for (const name of ['k', 'o'])
		good('batch', 'new-key', name, '--memory', '16',
			'--passphrase-file', 'pass');
	const sign = ['batch', 'sign', 'k', zpub, '--name',
		'The Port Lune Farthing', '--origin', 'https://portlune.example',
		'--count', '100', '--passphrase-file', 'pass', '--out'];
	good(...sign, 'b');
	good(...sign, 'old', '--from', '2020-01-01');
	proof = good('batch', 'show', 'b', '--proof', '77');
	shared = good('batch', 'show', 'b', '--proof', '2');
	late = good('batch', 'show', 'old', '--proof', '77');
	address = /^address: (.*)$/m.exec(proof)[1];
	key = publicKey('k');
	other = publicKey('o');
	const meta = '<meta name="farthing-key" content="';
	assert.ok(page.includes(`${meta}">`));
	fs.writeFileSync(at('saved.html'), page.replace(meta, meta + key));
	fs.writeFileSync(at('plain.html'), page);
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	});
});
after(async () => {
	await browser?.close();
	fs.rmSync(dir, { recursive: true, force: true });
});

// How a browser may be less than a new one.
const without = {
	nothing: () => {},
	subtle: () => Object.defineProperty(Crypto.prototype, 'subtle',
		{ value: undefined }),
	ed25519: () => {
		SubtleCrypto.prototype.importKey = () =>
			Promise.reject(new DOMException('no', 'NotSupportedError'));
	},
};

async function open(name, lacks = 'nothing', options = {}) {
	const context = await browser.newContext(options);
	const tab = await context.newPage();
	tab.faults = [];
	tab.on('pageerror', (error) => tab.faults.push(error.message));
	tab.on('console', (message) => tab.faults.push(message.text()));
	tab.on('request', (request) => {
		if (!request.url().startsWith('file:'))
			tab.faults.push(`asks for ${request.url()}`);
	});
	await tab.addInitScript(without[lacks]);
	await tab.goto(pathToFileURL(at(name)).href);
	return tab;
}
async function ask(tab, text, more = {}) {
	await tab.fill('#proof', text);
	if (more.key)
		await tab.fill('#key', more.key);
	await tab.fill('#address', more.address ?? '');
	await tab.click('button');
	await tab.waitForSelector('#result [data-result]');
	return tab.getAttribute('#result [data-result]', 'data-result');
}
// What the program says, in the page's words.
function program(text, more = {}) {
	fs.writeFileSync(at('asked'), text);
	const ran = call('verify', '--key', more.key ?? key, 'asked',
		...more.address ? [more.address] : []);
	return ran.status === 0 ? 'genuine' : ran.status === 3 ? 'late'
		: ran.stdout.startsWith('NOT GENUINE') ? 'denied'
			: ran.stdout.startsWith('NOT THE SAME') ? 'other-address'
				: 'unreadable';
}

for (const lacks of Object.keys(without))
	test(`genuine and not, with a browser that lacks ${lacks}`, async () => {
		const tab = await open('saved.html', lacks);
		for (const [text, more, want] of [
			[proof, {}, 'genuine'],
			[shared, {}, 'genuine'],
			[proof, { address }, 'genuine'],
			[proof, { address: address.toUpperCase() }, 'genuine'],
			[proof, { address: address.replace(/(.{4})/g, '$1 ') }, 'genuine'],
			[proof, { address: address.slice(0, -1) }, 'other-address'],
			[proof, { address: 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu' },
				'other-address'],
			[late, {}, 'late'],
			[proof.replace(/\n/g, '\r\n'), {}, 'genuine'],
			[`Dear Ada,\n\n> ${proof.replace(/\n/g, '\n> ')}\nYours`, {},
				'genuine'],
			['', {}, 'unreadable'],
			['farthing proof 1\n', {}, 'unreadable'],
		]) {
			assert.equal(await ask(tab, text, more), want,
				await tab.textContent('#result'));
			assert.equal(program(text, more), want);
		}
		assert.deepEqual(tab.faults, []);
		await tab.context().close();
	});

test('every field that is tampered with is told, as the program tells it',
	async () => {
		const fast = await open('saved.html');
		const slow = await open('saved.html', 'subtle');
		for (const [at, line] of proof.trimEnd().split('\n').entries())
			for (const turn of [(s) => s.replace(/.$/, (c) =>
				c === '0' ? '1' : '0'), (s) => s.replace(/: (.)/, (_, c) =>
				`: ${c === 'A' ? 'B' : 'A'}`), (s) => `${s} `.slice(0, -2)]) {
				const lines = proof.split('\n');
				lines[at] = turn(line);
				const text = lines.join('\n');
				if (text === proof)
					continue;
				const want = program(text);
				assert.match(want, /denied|unreadable/, text);
				const got = await ask(fast, text);
				/* The program looks at the address while it reads. */
				assert.ok(got === want || (at === 1 && got === 'denied'),
					`${lines[at]}: ${got}, not ${want}`);
				assert.equal(await ask(slow, text), got);
			}
		await fast.context().close();
		await slow.context().close();
	});

test('another key, and a leaf in another\'s place, are refused', async () => {
	const tab = await open('plain.html');
	assert.equal(await ask(tab, proof, { key }), 'genuine');
	assert.equal(await ask(tab, proof, { key: other }), 'denied');
	assert.equal(program(proof, { key: other }), 'denied');
	assert.match(await tab.textContent('#result'), /another key/);
	assert.equal(await ask(tab, proof, { key: 'nonsense' }), 'unreadable');
	const swapped = proof.replace(/^address: .*$/m,
		'address: bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu');
	assert.equal(await ask(tab, swapped, { key }), 'denied');
	const text = await tab.textContent('#result');
	assert.doesNotMatch(text, /Port Lune/);
	await tab.context().close();
});

test('the key that was saved with it is shown, and no other is asked for',
	async () => {
		const tab = await open('saved.html');
		assert.ok(await tab.isHidden('#ask'));
		const groups = await tab.$$eval('#known-keys span',
			(spans) => spans.map((span) => span.textContent));
		assert.ok(good('batch', 'show', 'b').includes(groups.join(' ')));
		await tab.context().close();
		const plain = await open('plain.html');
		assert.ok(await plain.isHidden('#known'));
		await plain.context().close();
	});

test('the address is large, in groups of four, and copied as one', async () => {
	const tab = await open('saved.html');
	await ask(tab, proof);
	const groups = await tab.$$eval('.address span',
		(spans) => spans.map((span) => span.textContent));
	assert.ok(groups.slice(0, -1).every((group) => group.length === 4));
	assert.equal(await tab.textContent('.address'), address);
	await tab.click('.address');
	assert.equal(await tab.evaluate(() => String(getSelection())), address);
	await tab.context().close();
});

test('a file is opened, and the keyboard is enough', async () => {
	fs.writeFileSync(at('proof.txt'), proof);
	const tab = await open('saved.html');
	await tab.setInputFiles('#file', at('proof.txt'));
	await tab.waitForSelector('[data-result=genuine]');
	await tab.reload();
	await tab.focus('#proof');
	await tab.keyboard.insertText(proof);
	const walked = [];
	for (let i = 0; i < 3; i++) {
		await tab.keyboard.press('Tab');
		walked.push(await tab.evaluate(() =>
			document.activeElement.id || document.activeElement.tagName));
	}
	assert.deepEqual(walked, ['file', 'address', 'BUTTON']);
	await tab.keyboard.press('Enter');
	await tab.waitForSelector('[data-result=genuine]');
	assert.equal(await tab.getAttribute('#result', 'aria-live'), 'polite');
	await tab.context().close();
});

test('it cannot reach the network, whatever is in it', async () => {
	const tab = await open('saved.html');
	const reached = await tab.evaluate(() =>
		fetch('http://127.0.0.1:9/').then(() => 'yes', (e) => e.message));
	assert.notEqual(reached, 'yes');
	assert.ok(tab.faults.some((fault) => /Content Security Policy/.test(fault)));
	await tab.context().close();
});

test('its policy names the hashes of its own style and script', () => {
	const { createHash } = require('node:crypto');
	for (const name of ['style', 'script']) {
		const text = new RegExp(`<${name}>([^]*?)</${name}>`).exec(page)[1];
		const hash = createHash('sha256').update(text).digest('base64');
		assert.ok(page.includes(`${name}-src 'sha256-${hash}'`),
			`${name}-src should be 'sha256-${hash}'`);
	}
});

test('it fits 320 px and wider, and axe finds no fault, light and dark',
	async () => {
		for (const [width, colorScheme] of [[320, 'light'], [360, 'light'],
			[360, 'dark'], [1280, 'light'], [1280, 'dark']])
			for (const [name, text, more] of [['genuine', proof, {}],
				['denied', proof.replace('leaf: 77', 'leaf: 76'), {}],
				['late', late, {}]]) {
				const tab = await open('saved.html', 'nothing', {
					viewport: { width, height: 740 }, colorScheme,
					bypassCSP: true });
				await ask(tab, text, more);
				const over = await tab.evaluate(() =>
					document.documentElement.scrollWidth - innerWidth);
				assert.ok(over <= 0, `${name} at ${width}: ${over} px over`);
				await tab.screenshot({ fullPage: true, path:
					`build/screenshots/verify-${name}-${width}-` +
					`${colorScheme}.png` });
				await tab.addScriptTag({ path:
					require.resolve('axe-core/axe.min.js') });
				const { violations } = await tab.evaluate(() =>
					axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa',
						'wcag22aa', 'best-practice'] }));
				assert.deepEqual(violations.map((v) =>
					`${v.id}: ${v.nodes.map((n) => n.html)}`), []);
				await tab.context().close();
			}
	});
