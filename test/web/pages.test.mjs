// SPDX-License-Identifier: MIT
// What only a browser can tell of the golden pages: that they fit, that the
// lead leads, that a story starts on a phone's first screen, and that nothing
// is asked of anybody else. Reads build/golden (make golden-show).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = resolve("build/golden");
const names = readdirSync(folder)
	.filter((f) => f.endsWith(".html"))
	.map((f) => f.slice(0, -5));
const address = (name) => pathToFileURL(`${folder}/${name}.html`).href;
let browser;

before(async () => {
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox"],
	});
});
after(() => browser.close());

async function open(name, width, height = 740, more = {}) {
	const page = await browser.newPage({
		viewport: { width, height }, ...more });
	await page.goto(address(name));
	return page;
}

test("no page is wider than its window, from 320 px to 4K", async () => {
	assert.ok(names.length >= 19);
	const page = await browser.newPage();
	for (const name of names) {
		await page.goto(address(name));
		for (const width of [320, 360, 500, 640, 768, 900, 1024, 1120,
			1300, 1920, 3840]) {
			await page.setViewportSize({ width, height: 700 });
			const over = await page.evaluate(() =>
				document.documentElement.scrollWidth - innerWidth);
			assert.ok(over <= 0, `${name} at ${width}: ${over} px over`);
		}
	}
	await page.close();
});

test("the lead is unmistakably the biggest story", async () => {
	const page = await open("front", 1280);
	const sizes = await page.$$eval("main h2 a, main h3 a", (links) =>
		links.map((a) => parseFloat(getComputedStyle(a).fontSize)));
	const [lead, ...rest] = sizes;
	assert.ok(lead >= 40 && lead <= 52, `lead ${lead}px`);
	assert.ok(Math.max(...rest) <= lead / 1.25);
	await page.close();
});

test("a phone's first screen has headline, standfirst and text", async () => {
	const page = await open("story", 360);
	for (const what of ["h1", ".story .standfirst", ".text > p"]) {
		const box = await page.locator(what).first().boundingBox();
		assert.ok(box.y > 0 && box.y < 740 - 60, `${what} at ${box.y}`);
	}
	await page.close();
});

test("a headline has air below it, and each masthead its rule", async () => {
	for (const width of [360, 1280]) {
		const page = await browser.newPage({
			viewport: { width, height: 740 } });
		for (const name of names) {
			await page.goto(address(name));
			const air = await page.evaluate(() => {
				const h1 = document.querySelector("main h1");
				let next = h1?.nextElementSibling ??
					h1?.parentElement.nextElementSibling;
				if (next?.matches(".text"))
					next = next.firstElementChild;
				if (!next || innerWidth >= 1024 &&
					document.body.matches(".list, .archive"))
					return Infinity;
				return next.getBoundingClientRect().top -
					h1.getBoundingClientRect().bottom +
					parseFloat(getComputedStyle(h1).paddingBottom);
			});
			assert.ok(air >= 8, `${name} at ${width}: ${air} px`);
			const rule = await page.evaluate(() => {
				const last = document.querySelector(".masthead")
					.lastElementChild;
				return last.matches(".sections")
					? getComputedStyle(last).borderTopWidth
					: getComputedStyle(last, "::after")
						.borderTopWidth;
			});
			assert.equal(rule, "3px", `${name} at ${width}`);
		}
		await page.close();
	}
});

test("footnotes stand beside the text on a desk, mirrored in Arabic",
	async () => {
		for (const [name, is_after] of [["story", true],
			["story-arabic", false]]) {
			const page = await open(name, 1280);
			const text = await page.locator(".text > p").first()
				.boundingBox();
			const note = await page.locator(".note").first()
				.boundingBox();
			if (is_after)
				assert.ok(note.x >= text.x + text.width);
			else
				assert.ok(note.x + note.width <= text.x);
			await page.close();
		}
	});

test("print starts with the nameplate and has no navigation", async () => {
	const page = await open("story", 800);
	await page.emulateMedia({ media: "print" });
	for (const nav of await page.locator("nav").all())
		assert.equal(await nav.isVisible(), false);
	const box = await page.locator(".nameplate").boundingBox();
	assert.ok(box.y < 60);
	await page.close();
});

test("no page asks anybody else for anything, or runs a script", async () => {
	const page = await browser.newPage();
	const asked = [];
	page.on("request", (r) => asked.push(r.url()));
	for (const name of names) {
		await page.goto(address(name));
		const scripts = await page.$$eval(
			"script:not([type='application/ld+json'])", (s) => s.length);
		assert.equal(scripts, 0, name);
	}
	const others = asked.filter((url) => !url.startsWith("file:"));
	assert.deepEqual(others, []);
	await page.close();
});

test("JSON-LD can be read and says what the page says", async () => {
	const page = await open("story", 1280);
	const data = JSON.parse(await page.locator(
		"script[type='application/ld+json']").textContent());
	assert.equal(data["@type"], "NewsArticle");
	assert.equal(data.headline, await page.locator("h1").textContent());
	assert.equal(data.publisher["@type"], "NewsMediaOrganization");
	assert.match(data.datePublished, /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/);
	assert.equal(data.author.length, 3);
	await page.close();
});

test("JSON-LD names the site, a writer's page and the lists", async () => {
	const linked = async (name) => {
		const page = await open(name, 1280);
		const texts = await page.locator(
			"script[type='application/ld+json']").allTextContents();
		const h1 = await page.locator("h1").textContent();
		await page.close();
		return { data: texts.map((t) => JSON.parse(t)), h1 };
	};
	const front = await linked("front");
	const [paper, site] = front.data[0]["@graph"];
	assert.equal(site["@type"], "WebSite");
	assert.equal(site.name, front.h1);
	assert.match(site.url, /^https:\/\/[^/]+\/$/);
	assert.equal(site.publisher["@id"], paper["@id"]);
	const person = await linked("person");
	assert.equal(person.data[0]["@type"], "ProfilePage");
	assert.equal(person.data[0].mainEntity["@type"], "Person");
	assert.equal(person.data[0].mainEntity.name, person.h1);
	assert.equal(person.data[0].mainEntity.worksFor["@id"], paper["@id"]);
	const { data, h1 } = await linked("tag-empty");
	assert.equal(data[0]["@type"], "CollectionPage");
	assert.equal(data[0].name, h1);
	assert.equal(data[0].publisher["@id"], paper["@id"]);
	// The section's is not its first page.
	for (const name of ["section", "day", "archive", "missing"])
		assert.deepEqual((await linked(name)).data, [], name);
	assert.equal((await linked("about")).data[0]["@graph"].length, 1);
});
