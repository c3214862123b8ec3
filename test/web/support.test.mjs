// SPDX-License-Identifier: MIT
// What only a browser can tell of the golden support pages: that the codes can
// be read back, that an address is copied without gaps, that a receipt prints
// on one page. Reads build/golden (make golden-show); zbarimg reads the codes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = resolve("build/golden");
const names = (pattern) => readdirSync(folder)
	.filter((f) => pattern.test(f))
	.map((f) => f.slice(0, -5));
const address = (name) => pathToFileURL(`${folder}/${name}.html`).href;
const out = mkdtempSync(join(tmpdir(), "farthing-support-"));
let browser;

before(async () => {
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox"],
	});
});
after(async () => {
	await browser.close();
	rmSync(out, { recursive: true, force: true });
});

async function open(name, options) {
	const page = await browser.newPage(options);
	await page.goto(address(name));
	return page;
}

async function read_code(page) {
	const path = join(out, "code.png");
	await page.locator("svg.qr").screenshot({ path });
	const ran = spawnSync("zbarimg", ["--quiet", "--raw", "-Sdisable",
		"-Sqrcode.enable", path], { encoding: "utf8" });
	assert.equal(ran.status, 0, ran.stderr);
	return ran.stdout.trim();
}

const looks = [
	{ viewport: { width: 320, height: 740 } },
	{ viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
	{ viewport: { width: 1280, height: 900 }, forcedColors: "active",
		colorScheme: "dark" },
];

test("the code of a gift is read back as its payment link", async () => {
	const gifts = names(/^gift(?!-paused).*\.html$/);
	assert.ok(gifts.length >= 7);
	for (const look of looks) {
		for (const name of gifts) {
			const page = await open(name, look);
			const href = await page.locator("a.button")
				.getAttribute("href");
			assert.match(href, /^bitcoin:bc1q/);
			assert.equal((await read_code(page)).toLowerCase(),
				href.toLowerCase(), name);
			await page.close();
		}
	}
});

test("the code of a receipt is its private address", async () => {
	for (const name of names(/^receipt.*\.html$/)) {
		for (const media of ["screen", "print"]) {
			const page = await open(name, looks[1]);
			await page.emulateMedia({ media });
			assert.equal(await read_code(page),
				await page.locator(".back code").textContent());
			await page.close();
		}
	}
});

test("one click selects an address, and no gap is copied with it",
	async () => {
		for (const name of names(/^gift.*\.html$/)) {
			const page = await open(name, { viewport:
				{ width: 360, height: 740 } });
			const code = page.locator(".address");
			if (name.startsWith("gift-paused")) {
				assert.equal(await code.count(), 0);
				await page.close();
				continue;
			}
			const wanted = (await page.locator("a.button")
				.getAttribute("href")).split(/[:?]/)[1];
			await code.click({ clickCount: 2 });
			const copied = await page.evaluate(() =>
				getSelection().toString());
			assert.equal(copied, wanted, name);
			assert.equal(await code.evaluate((c) =>
				getComputedStyle(c).direction), "ltr");
			await page.close();
		}
	});

test("a paused gift says where it stands only if something has come",
	async () => {
		for (const [name, n] of [["gift-paused", 0], ["gift-paused-paid", 1]]) {
			const page = await open(name);
			assert.equal(await page.locator(".states").count(), n);
			assert.equal(await page.locator("a.button, .address, .qr")
				.count(), 0);
			await page.close();
		}
	});

test("amounts of bitcoin stand in even columns", async () => {
	for (const [width, columns] of [[320, 1], [360, 1], [700, 2], [1280, 2]]) {
		const page = await open("support-bare", { viewport:
			{ width, height: 740 } });
		const boxes = [];
		for (const label of await page.locator(".choices label").all())
			boxes.push(await label.boundingBox());
		const edges = (list) => new Set(list.map((b) => Math.round(b.x)));
		assert.equal(edges(boxes).size, columns, `at ${width}`);
		const wide = new Set(boxes.slice(0, -1).map((b) => Math.round(b.width)));
		assert.equal(wide.size, 1, `at ${width}: ${[...wide]}`);
		assert.equal(await page.evaluate(() =>
			document.documentElement.scrollWidth > innerWidth), false);
		await page.close();
	}
});

test("exactly one state is the present one: a word, a sign and weight",
	async () => {
		for (const name of names(/^gift(?!-paused).*\.html$/)) {
			const page = await open(name);
			const now = page.locator(".states [aria-current=step]");
			assert.equal(await now.count(), 1, name);
			assert.ok((await now.locator("em").textContent()).length);
			assert.equal(await now.locator("i").textContent(), "●");
			assert.ok(await now.evaluate((li) =>
				Number(getComputedStyle(li).fontWeight)) >= 700);
			await page.close();
		}
	});

test("receipts and gifts print on one page each", async () => {
	for (const name of [...names(/^receipt.*\.html$/), "gift",
		"gift-settled"]) {
		for (const format of ["A4", "Letter"]) {
			const page = await open(name);
			const pdf = await page.pdf({ format, margin: {
				top: "15mm", bottom: "15mm", left: "15mm",
				right: "15mm" } });
			const pages = pdf.toString("latin1")
				.match(/\/Type\s*\/Page\b/g).length;
			assert.equal(pages, 1, `${name} on ${format}`);
			await page.close();
		}
	}
});

test("the form is sent by keyboard alone, without script", async () => {
	const page = await open("support", { javaScriptEnabled: false });
	let sent;
	await page.route("**/support", (route) => {
		sent = route.request();
		return route.abort();
	});
	await page.getByRole("radio", { name: /£20/ }).focus();
	await page.keyboard.press("Space");
	await page.keyboard.press("Tab");
	await page.keyboard.type("25.50");
	await page.keyboard.press("Enter");
	await page.waitForTimeout(200);
	assert.equal(sent?.method(), "POST");
	assert.equal(sent.postData(), "amount=2000&own=25.50&unit=GBP&for=");
	await page.close();
});

test("what may be pressed is 44 pixels high", async () => {
	for (const name of ["support", "gift", "support-arabic"]) {
		const page = await open(name, { viewport:
			{ width: 360, height: 740 }, hasTouch: true });
		for (const item of await page.locator("main label:has(input), " +
			"main button, main a.button, main input#own, " +
			"main select, main summary").all()) {
			const box = await item.boundingBox();
			assert.ok(box.height >= 44, `${name}: ` +
				`${await item.textContent()} is ${box.height}`);
		}
		await page.close();
	}
});
