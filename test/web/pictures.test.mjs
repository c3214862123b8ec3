// SPDX-License-Identifier: MIT
//
// The picture library in a browser: sending by choice, drop and paste with
// progress; words and focal point by mouse and by keyboard; without script; on
// a phone; and axe over both screens, light and dark.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';
import { Newsroom } from '../wire/newsroom.mjs';
import { until } from '../wire/paper.mjs';
import { another, form, post } from '../wire/pictures.mjs';

const axe = fs.readFileSync(new URL(
	'./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const HARBOUR = 'test/pictures/harbour.jpg';
const shots = process.env.FARTHING_SHOTS;

let paper, ada, browser;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox'] });
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

async function open(options = {}) {
	const context = await browser.newContext(options);
	const [name, value] = ada.cookie.split('=');
	await context.addCookies([{ name, value, domain: 'localhost', path: '/',
		secure: true, httpOnly: true, sameSite: 'Strict' }]);
	const page = await context.newPage();
	page.wrong = [];
	page.on('console', (m) => m.type() === 'error' && page.wrong.push(m.text()));
	await page.goto(`${paper.origin}/pictures`);
	return page;
}

async function close(page) {
	assert.deepEqual(page.wrong, []);
	await page.context().close();
}

async function violations(page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Runtime.evaluate', { expression: axe });
	const { result } = await cdp.send('Runtime.evaluate', {
		expression: 'axe.run().then((r) => JSON.stringify(r.violations.map(' +
			'(v) => [v.id, v.nodes.map((n) => n.html)])))',
		awaitPromise: true });
	return JSON.parse(result.value);
}

async function shoot(page, name) {
	if (shots)
		await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

const overflow = (page) => page.evaluate(() =>
	document.documentElement.scrollWidth - innerWidth);

// A file that comes by EVENT, "drop" or "paste".
function give(page, event, name) {
	const bytes = [...fs.readFileSync('test/pictures/clear.png')];
	return page.evaluate(([kind, data, file]) => {
		const transfer = new DataTransfer();
		transfer.items.add(new File([new Uint8Array(data)], file,
			{ type: 'image/png' }));
		const options = { bubbles: true, cancelable: true };
		document.querySelector('h1').dispatchEvent(kind === 'drop'
			? new DragEvent('drop', { ...options, dataTransfer: transfer })
			: new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
	}, [event, bytes, name]);
}

test('pictures are chosen, dropped and pasted, and each says what became of it',
	async () => {
		const page = await open();
		assert.deepEqual(await violations(page), []);
		await shoot(page, 'pictures-empty');
		await page.getByLabel('Picture files').setInputFiles([HARBOUR,
			'test/pictures/README.md']);
		await page.getByRole('button', { name: 'Send pictures' }).click();
		const sent = page.locator('#sent');
		await sent.getByText('2 of 2 sent').waitFor({ timeout: 120000 });
		await sent.getByText('In the library. The file told where the picture ' +
			'was taken').waitFor();
		await page.getByText('No pictures yet').waitFor({ state: 'detached' });
		await sent.getByText('This is no picture').waitFor();
		await give(page, 'drop', 'dropped.png');
		await sent.getByText('3 of 3 sent').waitFor({ timeout: 120000 });
		await give(page, 'paste', 'pasted.png');
		await sent.getByText('4 of 4 sent').waitFor({ timeout: 120000 });
		await sent.getByText('Was in the library already').waitFor();
		await shoot(page, 'pictures-sent');
		await page.reload();
		assert.deepEqual(await violations(page), []);
		await shoot(page, 'pictures');
		await sent.waitFor({ state: 'hidden' });
		assert.equal(page.wrong.filter((w) => !/422/.test(w)).length, 0);
		page.wrong = [];
		await close(page);
	});

test('the focal point is pointed at, and the cuts follow', async () => {
	const page = await open();
	await page.getByRole('link', { name: /The quay of Port Lune/ }).first().click();
	await page.getByRole('heading', { name: 'harbour.jpg' }).waitFor();
	assert.deepEqual(await violations(page), []);
	await shoot(page, 'picture');
	const whole = page.locator('#whole');
	const { width, height } = await whole.boundingBox();
	await whole.click({ position: { x: width * 0.25, y: height * 0.1 } });
	assert.equal(await page.getByLabel('From the left').inputValue(), '25');
	assert.equal(await page.getByLabel('From the top').inputValue(), '10');
	const place = () => page.locator('.square img').evaluate((img) =>
		img.style.objectPosition);
	assert.equal(await place(), '50% 0%');
	// By keyboard alone.
	await page.getByLabel('From the top').focus();
	await page.keyboard.press('ArrowUp');
	assert.equal(await page.getByLabel('From the top').inputValue(), '11');
	await page.getByLabel('Alternative text').fill('Boats before hills');
	await page.getByLabel('Rights end on').fill('2026-12-01');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Saved.').waitFor({ timeout: 60000 });
	assert.equal(await page.getByLabel('Alternative text').inputValue(),
		'Boats before hills');
	await close(page);
});

// ---- what browsers draw, and files are

// Draws in the page and gives the bytes as a JPEG.
async function drawn(page, width, height, draw) {
	const text = await page.evaluate(([w, h, body]) => {
		const canvas = document.createElement('canvas');
		canvas.width = w;
		canvas.height = h;
		new Function('c', 'w', 'h', body)(canvas.getContext('2d'), w, h);
		return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
	}, [width, height, draw]);
	return Buffer.from(text, 'base64');
}

// Four colours, one in each corner: red, green; blue, white.
const CORNERS = `
	for (const [i, colour] of ['#f00', '#0f0', '#00f', '#fff'].entries()) {
		c.fillStyle = colour;
		c.fillRect(i % 2 * w / 2, (i >> 1) * h / 2, w / 2, h / 2);
	}`;

async function send(bytes, name = 'a.jpg') {
	const body = Buffer.concat([Buffer.from('--B\r\nContent-Disposition: ' +
		`form-data; name="file"; filename="${name}"\r\n\r\n`), bytes,
	Buffer.from('\r\n--B--\r\n')]);
	const { status, body: said } = await ada.request('POST',
		'/pictures/upload', { body, headers: {
			'content-type': 'multipart/form-data; boundary=B',
			'content-length': body.length, accept: 'application/json',
			'sec-fetch-site': 'same-origin' } });
	assert.equal(status, 200, said);
	return JSON.parse(said).pictures[0];
}

// The size of the picture at URL, and the colours of its corners.
const seen = (page, url) => page.evaluate(async (src) => {
	const img = new Image();
	img.src = src;
	await img.decode();
	const canvas = document.createElement('canvas');
	canvas.width = img.naturalWidth;
	canvas.height = img.naturalHeight;
	const c = canvas.getContext('2d');
	c.drawImage(img, 0, 0);
	const at = (x, y) => [...c.getImageData(Math.round(canvas.width * x),
		Math.round(canvas.height * y), 1, 1).data.slice(0, 3)]
		.map((n) => n > 170 ? 'f' : n < 85 ? '0' : '8').join('');
	return { width: canvas.width, height: canvas.height,
		corners: [at(.2, .2), at(.8, .2), at(.2, .8), at(.8, .8)] };
}, url);

const FORMATS = ['jpg', 'webp', 'avif'];

test('all eight ways to hold a camera come out upright', async () => {
	const page = await open();
	const jpeg = await drawn(page, 160, 96, CORNERS);
	const red = 'f00', green = '0f0', blue = '00f', white = 'fff';
	const upright = {
		1: [red, green, blue, white], 2: [green, red, white, blue],
		3: [white, blue, green, red], 4: [blue, white, red, green],
		5: [red, blue, green, white], 6: [blue, red, white, green],
		7: [white, green, blue, red], 8: [green, white, red, blue],
	};
	for (const [way, corners] of Object.entries(upright)) {
		const exif = Buffer.from('\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08' +
			'\0\x01\x01\x12\0\x03\0\0\0\x01\0' +
			String.fromCharCode(Number(way)) + '\0\0\0\0\0\0', 'latin1');
		const { url } = await send(Buffer.concat([jpeg.subarray(0, 2), exif,
			jpeg.subarray(2)]));
		for (const format of FORMATS) {
			const got = await seen(page, url.replace(/jpg$/, format));
			assert.deepEqual(got.corners, corners, `${way} as ${format}`);
			assert.equal(got.width > got.height, way < 5, `${way}`);
		}
	}
	await close(page);
});

// ---- colours

const u32 = (n) => {
	const b = Buffer.alloc(4);
	b.writeUInt32BE(n >>> 0);
	return b;
};

// An ICC profile whose red is sRGB's green, and the other way round, so that
// one sees whether anybody has looked at it.
function profile() {
	const fixed = (n) => u32(Math.round(n * 65536));
	const xyz = (...v) => Buffer.concat([Buffer.from('XYZ \0\0\0\0'),
		...v.map(fixed)]);
	const curve = Buffer.concat([Buffer.from('curv\0\0\0\0'), u32(1),
		Buffer.from([2, 0x33, 0, 0])]);
	const words = (s) => Buffer.concat([Buffer.from('desc\0\0\0\0'),
		u32(s.length + 1), Buffer.from(`${s}\0`), Buffer.alloc(79)]);
	const tags = [['desc', words('SECRET-PROFILE')],
		['cprt', Buffer.from('text\0\0\0\0none\0')],
		['wtpt', xyz(0.9642, 1, 0.8249)],
		['rXYZ', xyz(0.3851, 0.7169, 0.0971)],
		['gXYZ', xyz(0.4361, 0.2225, 0.0139)],
		['bXYZ', xyz(0.1431, 0.0606, 0.7141)],
		['rTRC', curve], ['gTRC', curve], ['bTRC', curve]];
	let at = 128 + 4 + 12 * tags.length;
	const table = [u32(tags.length)], data = [];
	for (const [name, bytes] of tags) {
		const room = Buffer.concat([bytes,
			Buffer.alloc((4 - bytes.length % 4) % 4)]);
		table.push(Buffer.from(name), u32(at), u32(bytes.length));
		data.push(room);
		at += room.length;
	}
	const head = Buffer.alloc(128);
	u32(at).copy(head, 0);
	head.write('\x02\x10\0\0mntrRGB XYZ ', 8, 'latin1');
	head.write('acsp', 36);
	Buffer.concat([0.9642, 1, 0.8249].map(fixed)).copy(head, 68);
	return Buffer.concat([head, ...table, ...data]);
}

function chunk(name, data) {
	const body = Buffer.concat([Buffer.from(name), data]);
	return Buffer.concat([u32(data.length), body, u32(zlib.crc32
		? zlib.crc32(body) : crc(body))]);
}

function crc(bytes) {
	let c = ~0;
	for (const byte of bytes) {
		c ^= byte;
		for (let i = 0; i < 8; i++)
			c = c & 1 ? c >>> 1 ^ 0xedb88320 : c >>> 1;
	}
	return ~c >>> 0;
}

// A PNG of one colour, BYTES for each point.
function png(width, height, depth, bytes, chunks = []) {
	const head = Buffer.concat([u32(width), u32(height),
		Buffer.from([depth, 2, 0, 0, 0])]);
	const row = Buffer.concat([Buffer.from([0]),
		...Array(width).fill(Buffer.from(bytes))]);
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', head), ...chunks,
		chunk('IDAT', zlib.deflateSync(Buffer.concat(Array(height).fill(row)))),
		chunk('IEND', Buffer.alloc(0))]);
}

test('printers’ colours, deep ones and those of a profile become sRGB',
	async () => {
		const page = await open();
		const icc = chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'),
			zlib.deflateSync(profile())]));
		const files = {
			cmyk: [fs.readFileSync('test/pictures/cmyk.jpg'), 'f00'],
			deep: [png(60, 40, 16, [0, 0, 0xff, 0xff, 0, 0]), '0f0'],
			profiled: [png(60, 40, 8, [0xff, 0, 0], [icc]), '0f0'],
			plain: [png(60, 40, 8, [0xff, 0, 0]), 'f00'],
		};
		for (const [what, [bytes, colour]] of Object.entries(files)) {
			const { url } = await send(bytes);
			for (const format of FORMATS) {
				const name = url.replace(/jpg$/, format);
				const { corners } = await seen(page, name);
				assert.deepEqual([...new Set(corners)], [colour],
					`${what} as ${format}`);
				assert.ok(!fs.readFileSync(`${paper.paper}/public${name}`)
					.includes('SECRET-PROFILE'));
			}
		}
		await close(page);
	});

// ---- many, and those that are thought better of

test('many are sent at once, with progress, and a broken one stops none',
	async () => {
		const page = await open();
		const harbour = fs.readFileSync(HARBOUR);
		const files = Array.from({ length: 8 }, (_, i) => ({
			name: i === 3 ? 'broken.jpg' : `many-${i}.jpg`,
			mimeType: 'image/jpeg',
			buffer: i === 3 ? harbour.subarray(0, 20000) : Buffer.concat([
				harbour.subarray(0, -2), Buffer.from([0xff, 0xfe, 0, 4, 77, i]),
				harbour.subarray(-2)]) }));
		await page.getByLabel('Picture files').setInputFiles(files);
		await page.getByRole('button', { name: 'Send pictures' }).click();
		const sent = page.locator('#sent');
		await sent.getByRole('progressbar').first().waitFor();
		assert.ok(await sent.getByRole('progressbar').count() > 1);
		await sent.getByText('8 of 8 sent').waitFor({ timeout: 180000 });
		assert.equal(await sent.getByRole('progressbar').count(), 0);
		assert.equal(await sent.getByRole('link').count(), 7);
		assert.match(await sent.locator('li', { hasText: 'broken.jpg' })
			.textContent(), /breaks off/);
		assert.deepEqual(await violations(page), []);
		page.wrong = page.wrong.filter((w) => !/422/.test(w));
		await close(page);
	});

test('what is on its way can be cancelled, and nothing of it is kept',
	async () => {
		const page = await open();
		const harbour = fs.readFileSync(HARBOUR);
		// A comment of a megabyte, which a slow line takes its time for.
		const slow = Buffer.concat([harbour.subarray(0, 2),
			...Array(20).fill(Buffer.concat([
				Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65533)])),
			harbour.subarray(2)]);
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Network.emulateNetworkConditions', { offline: false,
			latency: 5, downloadThroughput: -1, uploadThroughput: 100000 });
		const count = () => fs.readdirSync(
			`${paper.paper}/private/originals`).length;
		const before = count();
		await page.getByLabel('Picture files').setInputFiles([
			{ name: 'slow.jpg', mimeType: 'image/jpeg', buffer: slow },
			{ name: 'later.jpg', mimeType: 'image/jpeg', buffer: slow },
			{ name: 'kept.png', mimeType: 'image/png',
				buffer: png(50, 50, 8, [1, 2, 3]) }]);
		await page.getByRole('button', { name: 'Send pictures' }).click();
		const sent = page.locator('#sent');
		const bar = sent.getByRole('progressbar', { name: 'slow.jpg' });
		await page.waitForFunction(() => {
			const [first] = document.querySelectorAll('#sent progress');
			return first.value > 0 && first.value < first.max;
		}, null, { timeout: 60000 });
		assert.ok(await bar.isVisible());
		// One that waits, then the one on its way; by keyboard.
		await sent.getByRole('button', { name: 'Cancel: later.jpg' }).focus();
		await page.keyboard.press('Enter');
		await sent.getByRole('button', { name: 'Cancel: slow.jpg' }).focus();
		await page.keyboard.press('Enter');
		await sent.getByText('3 of 3 sent').waitFor({ timeout: 60000 });
		assert.equal(await sent.getByText('Cancelled. Nothing of it was kept.')
			.count(), 2);
		assert.equal(await sent.getByRole('link').count(), 1);
		assert.equal(count(), before + 1);
		assert.deepEqual(await violations(page), []);
		await close(page);
	});

test('a picture is cut by the keyboard alone, and readers get that cut',
	async () => {
		const page = await open();
		const { id, url } = await send(await drawn(page, 900, 1200, CORNERS));
		const wide = `${paper.paper}/public/pictures/${url.slice(10, 36)}-16x9.jpg`;
		const before = fs.readFileSync(wide);
		await page.goto(`${paper.origin}/pictures/${id}`);
		await page.getByLabel('From the top').focus();
		for (let i = 0; i < 40; i++)
			await page.keyboard.press('ArrowUp');
		assert.equal(await page.getByLabel('From the top').inputValue(), '90');
		const place = () => page.locator('.wide-crop img').evaluate((img) =>
			img.style.objectPosition);
		assert.equal(await place(), '50% 100%');
		await page.keyboard.press('Enter');
		await page.getByText('Saved.').waitFor({ timeout: 60000 });
		assert.notDeepEqual(fs.readFileSync(wide), before);
		const { corners } = await seen(page, `/pictures/${url.slice(10, 36)}` +
			'-16x9.jpg');
		assert.deepEqual(corners, ['00f', 'fff', '00f', 'fff']);
		await close(page);
	});

// ---- cut by hand

// A story that readers have, at the head of the front page, with the picture.
async function publish(title, url) {
	const file = `${paper.dir}/cut.md`;
	fs.writeFileSync(file, `---\ntitle: ${title}\nsection: World\n` +
		`date: ${new Date(Date.now() - 1000).toISOString()}\n` +
		`image: ${url}\n---\n\nText.\n`);
	paper.run('import', paper.paper, file);
}

// What a reader's browser has loaded for the first picture of the front page:
// the address, and the colours of its corners.
async function front(page, title) {
	await page.goto(`http://127.0.0.1:${paper.port}/`);
	await page.getByRole('link', { name: title }).first().waitFor();
	const img = page.locator('article img').first();
	await img.evaluate((e) => e.decode());
	const src = await img.evaluate((e) => e.currentSrc);
	return { src, ...await seen(page, src) };
}

const numbers = (page, i) => page.locator('.crops li').nth(i)
	.locator('input').evaluateAll((all) => all.map((e) => Number(e.value)));

test('a part is set by mouse and by keys, and readers get its very points',
	async () => {
		const page = await open();
		const { id, url } = await send(await drawn(page, 1600, 1200, CORNERS));
		const stem = url.slice(10, 36);
		await publish('Cut by hand', url);
		const reader = await browser.newContext().then((c) => c.newPage());
		const before = await front(reader, 'Cut by hand');
		assert.deepEqual(before.corners, ['f00', '0f0', '00f', 'fff']);

		await page.goto(`${paper.origin}/pictures/${id}`);
		const wide = page.locator('.crops li').nth(2);
		await wide.locator('summary').click();
		await wide.getByRole('button', { name: 'Draw in the picture' }).click();
		const frame = page.getByRole('button', { name: /^Part for 16:9/ });
		assert.ok(await frame.evaluate((e) => document.activeElement === e));
		assert.equal(await frame.getAttribute('data-shape'), '16:9');
		assert.deepEqual(await numbers(page, 2), [0, 12.5, 100]);
		// The corner is drawn in to less than half, the whole to the lower
		// right: white alone.
		let box = await frame.boundingBox();
		await page.mouse.move(box.x + box.width - 5, box.y + box.height - 5);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width * 0.4,
			box.y + box.height * 0.4, { steps: 5 });
		await page.mouse.up();
		box = await frame.boundingBox();
		const [, , width] = await numbers(page, 2);
		assert.ok(width > 35 && width < 45, String(width));
		await page.mouse.move(box.x + 20, box.y + 20);
		await page.mouse.down();
		await page.mouse.move(box.x + 900, box.y + 900, { steps: 5 });
		await page.mouse.up();
		const [left, top] = await numbers(page, 2);
		assert.ok(Math.abs(left + width - 100) < 0.2, `${left} ${width}`);
		assert.ok(top > 60, String(top));
		assert.deepEqual(await wide.locator('canvas').evaluate((e) =>
			[...e.getContext('2d').getImageData(10, 10, 1, 1).data]),
		[255, 255, 255, 255]);
		assert.deepEqual(await violations(page), []);
		await shoot(page, 'picture-cut');

		// The square by keys alone: blue, below on the left.
		const square = page.locator('.crops li').nth(0);
		await square.locator('summary').focus();
		await page.keyboard.press('Enter');
		await square.getByRole('button', { name: 'Draw in the picture' })
			.focus();
		await page.keyboard.press('Enter');
		for (let i = 0; i < 22; i++)
			await page.keyboard.press('-');
		for (let i = 0; i < 20; i++)
			await page.keyboard.press('Shift+ArrowLeft');
		for (let i = 0; i < 20; i++)
			await page.keyboard.press('Shift+ArrowDown');
		const [x, y, w] = await numbers(page, 0);
		assert.equal(x, 0);
		assert.ok(w > 25 && w < 40, String(w));
		assert.ok(Math.abs(y + w * 4 / 3 - 100) < 0.3, `${y} ${w}`);
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Saved.').waitFor({ timeout: 60000 });
		assert.deepEqual(await numbers(page, 2), [left, top, width]);
		assert.deepEqual(await numbers(page, 0), [x, y, w]);
		assert.deepEqual(await numbers(page, 1), [0, 0, 0]);
		await close(page);

		// What readers get: the part, in a format of theirs, and no more.
		const after = await front(reader, 'Cut by hand');
		assert.match(after.src, new RegExp(`${stem}-16x9(-\\d+)?\\.avif$`));
		assert.deepEqual([...new Set(after.corners)], ['fff']);
		assert.ok(Math.abs(after.width / after.height - 16 / 9) < 0.02);
		for (const end of ['-16x9.jpg', '-16x9.webp', '-16x9.avif',
			'-16x9-400.jpg', '-16x9-400.webp', '-16x9-400.avif']) {
			const { corners } = await seen(reader, `/pictures/${stem}${end}`);
			assert.deepEqual([...new Set(corners)], ['fff'], end);
		}
		await reader.getByRole('link', { name: 'Cut by hand' }).first().click();
		const shared = await reader.locator('meta[property="og:image"]')
			.evaluateAll((all) => all.map((m) => new URL(m.content).pathname));
		const colours = {};
		for (const path of shared)
			colours[path.slice(37)] = [...new Set(
				(await seen(reader, path)).corners)];
		assert.deepEqual(colours['16x9.jpg'], ['fff']);
		assert.deepEqual(colours['1x1.jpg'], ['00f']);
		assert.equal(colours['4x3.jpg'].length, 4);
		const data = JSON.parse(await reader.locator(
			'script[type="application/ld+json"]').first().textContent());
		assert.ok(JSON.stringify(data).includes(`${stem}-16x9.jpg`));
		await reader.context().close();
	});

test('by touch a part is moved, and given up again', async () => {
	const page = await open({ viewport: { width: 400, height: 800 },
		hasTouch: true, isMobile: true });
	const { id, url } = await send(await drawn(page, 1200, 1200, CORNERS));
	const stem = url.slice(10, 36);
	await page.goto(`${paper.origin}/pictures/${id}`);
	const wide = page.locator('.crops li').nth(2);
	await wide.locator('summary').tap();
	await wide.getByRole('button', { name: 'Draw in the picture' }).tap();
	const frame = page.getByRole('button', { name: /^Part for 16:9/ });
	await frame.scrollIntoViewIfNeeded();
	const before = await numbers(page, 2);
	const box = await frame.boundingBox();
	const cdp = await page.context().newCDPSession(page);
	const began = Date.now() / 1000 - 2;
	const touch = (type, after, ...points) => cdp.send(
		'Input.dispatchTouchEvent',
		{ type, touchPoints: points, timestamp: began + after });
	const at = (dy) => ({ x: box.x + 40, y: box.y + 20 + dy });
	await touch('touchStart', 0, at(0));
	for (const [i, dy] of [20, 40, 60, 60].entries())
		await touch('touchMove', 0.3 * (i + 1), at(dy));
	// Lifted while it still moved, it would make the next tap none.
	await touch('touchEnd', 2);
	const [left, top, width] = await numbers(page, 2);
	assert.ok(top > before[1] + 5, `${before[1]} became ${top}`);
	assert.deepEqual([left, width], [before[0], before[2]]);
	assert.ok(await overflow(page) <= 0);
	await shoot(page, 'picture-touch');
	await page.getByRole('button', { name: 'Save' }).tap();
	await page.getByText('Saved.').waitFor({ timeout: 60000 });
	const cuts = () => fs.readdirSync(`${paper.paper}/public/pictures`)
		.filter((n) => n.startsWith(`${stem}-16x9`)).length;
	assert.ok(cuts() >= 6);
	// As it was: by the focal point, and nothing of the part is left.
	await wide.getByRole('button', { name: 'Follow the focal point' }).tap();
	assert.deepEqual(await numbers(page, 2), [0, 0, 0]);
	await page.getByRole('button', { name: 'Save' }).tap();
	await page.getByText('Saved.').waitFor({ timeout: 60000 });
	assert.equal(cuts(), 1);
	await close(page);
});

test('without script a part is three numbers, and half of them are refused',
	async () => {
		const page = await open({ javaScriptEnabled: false });
		const { id, url } = await send(png(800, 600, 8, [1, 2, 3]));
		await page.goto(`${paper.origin}/pictures/${id}`);
		const item = page.locator('.crops li').nth(1);
		await item.locator('summary').click();
		await item.getByLabel('Left edge').fill('50');
		await item.getByLabel('Upper edge').fill('12.5');
		await page.getByLabel('Caption').fill('A square');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('needs all three numbers').waitFor();
		// What was typed is there, and nothing has to be typed again.
		assert.equal(await page.getByLabel('Caption').inputValue(), 'A square');
		assert.equal(await item.getByLabel('Left edge').inputValue(), '50');
		assert.equal(await item.getByLabel('Upper edge').inputValue(), '12.5');
		await item.getByLabel('Width').fill('75');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Saved.').waitFor({ timeout: 60000 });
		// It stays within the picture.
		assert.deepEqual(await numbers(page, 1), [25, 12.5, 75]);
		const { width, height } = await seen(await open(),
			`/pictures/${url.slice(10, 36)}-4x3.jpg`);
		assert.deepEqual([width, height], [600, 450]);
		page.wrong = page.wrong.filter((w) => !/422/.test(w));
		await close(page);
	});

test('on a phone a picture is sent, and the row says so', async () => {
	const page = await open({ viewport: { width: 360, height: 740 },
		hasTouch: true, isMobile: true });
	await page.getByLabel('Picture files').setInputFiles({ name:
		`${'a-long-name-'.repeat(12)}.png`, mimeType: 'image/png',
	buffer: png(64, 64, 8, [9, 9, 9]) });
	await page.getByRole('button', { name: 'Send pictures' }).tap();
	await page.locator('#sent').getByText('1 of 1 sent')
		.waitFor({ timeout: 60000 });
	assert.ok(await overflow(page) <= 0);
	await close(page);
});

test('without script a picture is sent, too', async () => {
	const page = await open({ javaScriptEnabled: false });
	await page.getByLabel('Picture files').setInputFiles(
		'test/pictures/still.webp');
	await page.getByRole('button', { name: 'Send pictures' }).click();
	await page.getByText('The picture is in the library.')
		.waitFor({ timeout: 120000 });
	await page.getByLabel('Caption').fill('Still');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Saved.').waitFor();
	await close(page);
});

test('on a phone, in the dark, nothing is cut off', async () => {
	const page = await open({ viewport: { width: 320, height: 640 },
		colorScheme: 'dark', hasTouch: true });
	assert.ok(await overflow(page) <= 0);
	assert.deepEqual(await violations(page), []);
	await shoot(page, 'pictures-phone');
	await page.getByRole('link', { name: /The quay of Port Lune/ }).first().click();
	assert.ok(await overflow(page) <= 0);
	assert.deepEqual(await violations(page), []);
	await shoot(page, 'picture-phone');
	await close(page);
});

// A story that readers have with the newest picture of the library; where.
async function published(title, url) {
	const file = `${paper.dir}/${title}.md`;
	fs.writeFileSync(file, `---\ntitle: ${title}\nsection: World\n` +
		`date: 2026-02-05T10:00:00Z\nimage: ${url}\n---\n\nText.\n`);
	paper.run('import', paper.paper, file);
	const at = `/2026/02/05/${title.toLowerCase().replace(/ /g, '-')}`;
	await until(title, async () => (await paper.get(at)).status === 200);
	return `http://127.0.0.1:${paper.port}${at}`;
}

for (const javaScriptEnabled of [true, false])
	test(`words that readers have are corrected, ${javaScriptEnabled
		? 'and readers see it' : 'without script, too'}`, async () => {
		const { id, url } = (await post(ada, form([{ bytes: another() }])))
			.json.pictures[0];
		const name = `Corrected ${javaScriptEnabled ? 'one' : 'two'}`;
		const at = await published(name, url);
		const page = await open({ javaScriptEnabled });
		await page.goto(`${paper.origin}/pictures/${id}`);
		await page.getByLabel('Caption').fill('The mole, in the evening');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		// It is asked, nothing is lost, and each story is a click away.
		await page.getByText('see these words in one published story').waitFor();
		assert.equal(await page.getByLabel('Caption').inputValue(),
			'The mole, in the evening');
		const link = page.getByRole('alert').getByRole('link', { name });
		assert.match(await link.getAttribute('href'), /^\/stories\/\d+$/);
		if (javaScriptEnabled) {
			for (const colorScheme of ['light', 'dark'])
				for (const width of [360, 1280]) {
					await page.emulateMedia({ colorScheme });
					await page.setViewportSize({ width, height: 800 });
					assert.ok(await overflow(page) <= 0);
					assert.deepEqual(await violations(page), []);
					await shoot(page, `told-${width}-${colorScheme}`);
				}
		}
		await page.getByRole('radio', { name: /^Correction/ }).check();
		const publish = page.getByRole('button',
			{ name: 'Publish this change' }).first();
		await publish.click();
		await page.getByText('a correction without words').waitFor();
		await page.getByLabel('What readers are told')
			.fill('The picture shows the mole.');
		await publish.click();
		await page.getByText('its readers are told').waitFor({ timeout: 120000 });
		// What a reader finds: the words, the notice, and what was.
		await until('the notice', async () => {
			await page.goto(at);
			return await page.getByText('The picture shows the mole.').count();
		});
		await page.getByText('The mole, in the evening').first().waitFor();
		await page.goto(`${at}/versions/1-2`);
		await page.locator('del', { hasText: 'quay' }).first().waitFor();
		await page.locator('ins', { hasText: 'mole' }).first().waitFor();
		await shoot(page, `compared-${javaScriptEnabled}`);
		await page.goto(`${at}/versions/1`);
		await page.getByText('The quay of Port Lune').first().waitFor();
		page.wrong = page.wrong.filter((w) => !/422/.test(w));
		await close(page);
	});

test('from within a story a picture is sent, as its lead and in its text', async () => {
	const page = await open();
	await page.goto(`${paper.origin}/stories/new`);
	await page.getByLabel('Headline').fill('Ferry stops for a swan');
	await page.getByRole('button', { name: 'Begin writing' }).click();
	await page.locator('[data-editor=ready]').waitFor();
	assert.match(await page.locator('.fe-blank').evaluate((e) =>
		getComputedStyle(e, '::before').content), /The text begins here/);
	await page.getByText('Lead picture').click();
	await page.getByRole('button', { name: 'Choose a picture' }).click();
	const dialog = page.getByRole('dialog');
	assert.deepEqual(await violations(page), []);
	await dialog.getByLabel('Send a picture').setInputFiles(HARBOUR);
	await dialog.getByText('where the picture was taken').waitFor({ timeout: 120000 });
	assert.match(await dialog.getByLabel('Address').inputValue(),
		/^\/pictures\/.*\.jpg$/);
	await dialog.getByLabel('Alternative text').fill('Boats at a quay');
	await shoot(page, 'story-picture');
	await dialog.getByRole('button', { name: 'Use this picture' }).click();
	await page.getByRole('button', { name: 'Change picture' }).waitFor();
	await page.locator('.fe-lead').waitFor();
	await page.locator('.fe-text').click();
	await page.keyboard.type('The boat waited.');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Alt+p');
	await dialog.getByLabel('Search').fill('harbour');
	await dialog.locator('.fe-pick input').first().check();
	await dialog.getByRole('button', { name: 'Insert' }).click();
	await page.locator('.fe-figure img').waitFor();
	await page.keyboard.press('Control+s');
	await page.getByText(/^Saved on the server/).waitFor();
	const url = page.url();
	await page.goto(`${url}/preview`);
	const frame = page.frameLocator('iframe').first();
	await frame.getByAltText('Boats at a quay').first().waitFor();
	assert.ok(await frame.locator('article img').count() >= 2);
	page.wrong = [];
	await close(page);
});
