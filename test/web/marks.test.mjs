// SPDX-License-Identifier: MIT
// Every kind of proof mark, in a real browser on a real newsroom: one click
// mends it, or leads to where the writer has to go on, and begins it; in the
// visual editor and in the Markdown view, by mouse and by keyboard, with undo,
// and in words where no script runs.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { Newsroom } from "../wire/newsroom.mjs";
import { patience, until } from "../wire/paper.mjs";

const kinds = [...fs.readFileSync("src/text/proof.c", "utf8")
	.matchAll(/\[PROOF_[A-Z_]+\] = "([a-z ]+)"/g)].map(([, name]) => name);
const wait = { timeout: 15000 * patience };
const wall = "The wall of the old harbour broke at noon, and nobody was there.";
const whole = { authors: "Bo", dateline: "Port Lune", body: wall };
let paper, ada, browser, context, picture, bare;

// For each kind: what the story has besides; which mend (the first); and what
// the field, or the body, has then.
const cases = {
	"quotation not closed": { body: "He said “no and left.",
		want: "He said “no and left.”" },
	"quotation not opened": { body: "It rained. He said no” and left.",
		want: "It rained. “He said no” and left." },
	"quotation mark turned": { body: "Russian dumplings ” pelmeni” made with crab.",
		want: "Russian dumplings “pelmeni” made with crab." },
	"no end": { body: "The mayor went home and left the door **wide open**",
		want: "The mayor went home and left the door **wide open**." },
	"no main verb": { body: "Kim, who arrived by train from North Korea.",
		want: "Kim arrived by train from North Korea." },
	"doubled word": { body: "It was the the *end*.", want: "It was the *end*." },
	"doubled paragraph": { body: `${wall}\n\n- one\n\n${wall}\n\nAnd then it rained.`,
		want: `${wall}\n\n- one\n\nAnd then it rained.` },
	"relative day": { body: "They met yesterday.",
		want: /^They met on \d+ [A-Z][a-z]+ \d{4}\.$/ },
	"mixed scripts": { body: "The pаypal scam.", want: "The paypal scam." },
	"no byline": { authors: "", field: "authors", want: "Ada Quay" },
	"no dateline": { dateline: "", field: "dateline", want: "Port Lune" },
	"no caption": { head: true, alt: "A", credit: "B", field: "caption",
		want: "The quay at noon" },
	"no credit": { head: true, alt: "A", caption: "A quay.", field: "credit",
		want: "Rita Vaz" },
	"no alternative text": { head: true, caption: "A quay.", credit: "B",
		field: "alt", want: "The old quay" },
};

// Pictures in the text, too.
const more = [
	["no alternative text", { text: true, alt: "",
		want: (url) => `![The old quay](${url})\n*A quay (Photo: B)*` }],
	["no credit", { text: true, alt: "A", caption: "A quay",
		want: (url) => `![A](${url})\n*A quay (Photo: Rita Vaz)*` }],
];

async function send(file) {
	const bytes = fs.readFileSync(`test/pictures/${file}`);
	const { status, body } = await ada.request("POST", "/pictures/upload", {
		body: Buffer.concat([Buffer.from("--B\r\nContent-Disposition: form-data; " +
			`name="file"; filename="${file}"\r\nContent-Type: image/jpeg\r\n\r\n`),
		bytes, Buffer.from("\r\n--B--\r\n")]),
		headers: { "content-type": "multipart/form-data; boundary=B",
			accept: "application/json", "sec-fetch-site": "same-origin" } });
	assert.equal(status, 200, body);
	return JSON.parse(body).pictures[0];
}

async function describe({ id }, words) {
	const { body } = await ada.get(`/pictures/${id}`);
	const fields = Object.fromEntries([...body.matchAll(
		/<(?:input|textarea)[^>]*name="([a-z_]+)"[^>]*?(?:value="([^"]*)"|>)/g)]
		.map(([, name, value = ""]) => [name, value]));
	delete fields.q;
	const { status } = await ada.post(`/pictures/${id}/save`,
		{ ...fields, ...words });
	assert.equal(status, 303);
}

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	picture = await send("harbour.jpg");
	await describe(picture, { alt: "The old quay", credit: "Rita Vaz",
		caption: "The quay at noon" });
	bare = await send("clear.png");
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox"],
	});
	const [name, value] = ada.cookie.split("=");
	context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	await context.addCookies([{ name, value, secure: true, httpOnly: true,
		sameSite: "Strict", url: paper.origin.replace("http:", "https:") }]);
	// Where such stories come from, as readers know.
	const url = await begin(whole);
	const { body } = await ada.get(`${url}/publish`);
	const { status } = await ada.post(`${url}/publish`, {
		revision: /name="revision" value="(\d+)"/.exec(body)[1] });
	assert.equal(status, 303);
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

// A story with these fields; its address.
async function begin(fields) {
	const { location } = await ada.post("/stories/new",
		{ headline: "A quay", section: "World" });
	const { body } = await ada.get(location);
	const of = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)[1];
	const { status, json } = await ada.send(`${location}/save`,
		{ base: of("base"), tab: of("tab"), ...fields });
	assert.equal(status, 200, JSON.stringify(json));
	return location;
}

function fieldsOf({ head, text, alt = "", caption = "", credit = "", ...c },
	{ url } = picture) {
	const fields = { ...whole };
	for (const name of ["authors", "dateline", "body"])
		if (name in c)
			fields[name] = c[name];
	if (head)
		Object.assign(fields, { picture: url, alt, caption, credit });
	if (text)
		fields.body = `${wall}\n\n![${alt}](${url})\n*${
			caption || "A quay (Photo: B)"}*\n\n${wall.replace("noon", "ten")}`;
	return fields;
}

async function open(url, isPlain = false) {
	const page = await context.newPage();
	page.faults = [];
	page.on("pageerror", (e) => page.faults.push(String(e.stack)));
	await page.goto(paper.origin + url);
	await page.waitForSelector("html[data-editor=ready]", wait);
	if (isPlain) {
		await page.click("[data-command=markdown]");
		await page.waitForSelector("#body:visible", wait);
	}
	return page;
}

// The mark of KIND; the list has it as soon as the page is there.
async function mark(page, kind) {
	const item = page.locator(`#proof li[data-kind="${kind}"]`).first();
	await item.waitFor(wait);
	return item;
}

// What the server has in the field.
async function stored(url, name = "body") {
	const { body } = await ada.get(url);
	const found = name === "body" ? /name="body">\n([^<]*)<\/textarea>/.exec(body)
		: new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(body);
	return found[1].replaceAll("&quot;", "\"").replaceAll("&amp;", "&").trim();
}

async function clickOne(kind, c, isPlain) {
	const url = await begin(fieldsOf(c));
	const page = await open(url, isPlain);
	const item = await mark(page, kind);
	const name = c.field ?? "body";
	const was = await stored(url, name);
	const want = typeof c.want === "function" ? c.want(picture.url) : c.want;
	const isThere = async () => {
		const now = await stored(url, name);
		return want instanceof RegExp ? want.test(now)
			: c.text ? now.includes(want) : now === want;
	};
	assert.ok(!await isThere(), "not mended yet");
	await item.locator(".acts button").first().click();
	await until(`"${kind}" mended: ${want}`, isThere, 15000);
	await page.waitForFunction((k) =>
		document.getElementById("save-state").dataset.state === "saved" &&
		!document.querySelector(`#proof li[data-kind="${k}"]`), kind, wait);
	assert.match(await page.textContent("#proof [role=status]"), /mark/i);
	// One step takes it back, from wherever the click has left the person.
	await page.keyboard.press("Control+z");
	await until(`"${kind}" taken back`, async () =>
		await stored(url, name) === was, 15000);
	await mark(page, kind);
	assert.deepEqual(page.faults, []);
	await page.close();
}

test("the cases are those of the program", () => {
	assert.ok(kinds.length >= 14);
	assert.deepEqual(Object.keys(cases).sort(), [...kinds].sort());
});

for (const [kind, c] of [...Object.entries(cases), ...more])
	for (const view of c.field ? ["visual"] : ["visual", "Markdown"])
		test(`"${kind}"${c.text ? " in the text" : ""} is mended in the ${view} view`,
			() => clickOne(kind, c, view === "Markdown"));

// Whose words these are, nobody changes.
test("a day in a quotation gets its date beside it, in both views", async () => {
	for (const isPlain of [false, true]) {
		const said = "“We met yesterday,” he said. It rained.";
		const url = await begin(fieldsOf({ body: said }));
		const page = await open(url, isPlain);
		const item = await mark(page, "relative day");
		const button = item.locator(".acts button:not(.fe-stet)");
		assert.equal(await button.count(), 1);
		assert.match(await button.textContent(), /\[\d+ \p{L}+ \d{4}\].*yesterday/u);
		await button.click();
		await until("the date", async () =>
			/^“We met yesterday \\?\[\d+ \p{L}+ \d{4}\\?\],” he said\. It rained\.$/u
				.test(await stored(url)), 15000);
		await page.waitForFunction(() =>
			!document.querySelector("#proof li[data-kind='relative day']"), null, wait);
		// It is none when the page is opened anew, either.
		await page.close();
		const again = await open(url);
		await again.locator("#proof [role=status]", { hasText: /\S/ }).waitFor(wait);
		assert.equal(await again.locator("#proof li").count(), 0);
		await again.close();
	}
});

// What no mend could know stays as it is, for all who open the story later.
test("a mark that is right is left, in both views, until it is marked again", async () => {
	for (const isPlain of [false, true]) {
		const url = await begin(fieldsOf({ body: `It fell a year ago today.\n\n${wall}` }));
		let page = await open(url, isPlain);
		let item = await mark(page, "relative day");
		await item.locator(".fe-stet").focus();
		await page.keyboard.press("Enter");
		const stands = page.locator("#proof ul li");
		await stands.filter({ hasText: "Ada Quay" }).waitFor(wait);
		assert.equal(await page.locator("#proof ol li").count(), 0);
		assert.equal(await page.locator(".fe-mark").count(), 0);
		// Another save does not bring it back, nor does another day.
		await page.close();
		page = await open(url);
		await page.locator("#proof ul li", { hasText: "Ada Quay" }).waitFor(wait);
		assert.equal(await page.locator("#proof ol li").count(), 0);
		await page.locator(".fe-text p").last().click();
		await page.keyboard.press("End");
		await page.keyboard.type(" Then it rained.");
		await until("more text", async () =>
			(await stored(url)).endsWith("Then it rained."), 15000);
		assert.equal(await page.locator("#proof ol li").count(), 0);
		const { body } = await ada.get(`${url}/publish`);
		assert.match(body, /1 mark was left as it is[^]*a year ago today[^]*Ada Quay/);
		assert.doesNotMatch(body, /proof mark is left/);
		await page.locator("#proof ul button").click();
		await mark(page, "relative day");
		await page.waitForFunction(() =>
			!document.querySelector("#proof ul li"), null, wait);
		assert.match((await ada.get(`${url}/publish`)).body, /1 proof mark is left/);
		assert.deepEqual(page.faults, []);
		await page.close();
	}
});

test("an open quotation may lose its mark instead", async () => {
	const url = await begin(fieldsOf({ body: "He said “no and left." }));
	const page = await open(url);
	const item = await mark(page, "quotation not closed");
	const mends = item.locator(".acts button:not(.fe-stet)");
	assert.equal(await mends.count(), 2);
	await mends.last().click();
	await until("no mark", async () =>
		await stored(url) === "He said no and left.", 15000);
	await page.close();
});

test("where only the writer knows, one click begins it there", async () => {
	const focused = (page) => page.evaluate(() => {
		const e = document.activeElement;
		return { name: e.name || e.className, at: e.selectionStart,
			selected: String(getSelection()), inDialog: !!e.closest("dialog") };
	});
	const places = [
		["no alternative text", { text: true, alt: "" }, { name: "alt", inDialog: true }],
		["no credit", { text: true, alt: "A", caption: "A quay" },
			{ name: "credit", inDialog: true }],
		["no alternative text", { head: true, caption: "A.", credit: "B" },
			{ name: "alt", inDialog: false }],
		["no caption", { head: true, alt: "A", credit: "B" }, { name: "caption" }],
		["no credit", { head: true, alt: "A", caption: "A." }, { name: "credit" }],
		["relative day", { body: "It fell a year ago today." }, { selected: "today" }],
	];
	for (const [kind, c, want] of places) {
		const url = await begin(fieldsOf(c, bare));
		const page = await open(url);
		const item = await mark(page, kind);
		assert.equal(await item.locator(".acts button:not(.fe-stet)").count(), 1, kind);
		assert.equal(await item.locator(".fe-stet").count(), 1, kind);
		await item.locator(".acts button").first().focus();
		await page.keyboard.press("Enter");
		const got = await focused(page);
		for (const [name, value] of Object.entries(want))
			assert.equal(got[name], value, `${kind}: ${name}, ${JSON.stringify(got)}`);
		assert.deepEqual(page.faults, []);
		await page.close();
	}
	// In Markdown: between the brackets.
	const url = await begin(fieldsOf({ text: true, alt: "" }, bare));
	const page = await open(url, true);
	await (await mark(page, "no alternative text")).locator(".acts button").first().click();
	await page.keyboard.type("A clear sea");
	await until("what was typed there", async () =>
		(await stored(url)).includes(`![A clear sea](${bare.url})`), 15000);
	await page.close();
});

test("a story of many faults is mended by keyboard alone", async () => {
	const url = await begin({ headline: "A quay", body:
		`He said “no and left.\n\n${wall}\n\n${wall}\n\nIt was the the end` });
	const page = await open(url);
	await (await mark(page, "no end")).waitFor();
	await page.locator("#proof .acts button").first().focus();
	for (let left = await page.locator("#proof li").count(); left > 0; left--) {
		await page.keyboard.press("Enter");
		await page.waitForFunction((n) =>
			document.querySelectorAll("#proof ol li").length < n, left, wait);
	}
	await page.waitForFunction(() =>
		document.activeElement.classList.contains("fe-text"), null, wait);
	await until("all of it", async () => await stored(url) ===
		`He said “no and left.”\n\n${wall}\n\nIt was the end.`, 15000);
	assert.equal(await stored(url, "authors"), "Ada Quay");
	assert.equal(await stored(url, "dateline"), "Port Lune");
	await page.close();
});

test("what was typed after a mend is not what the list takes back", async () => {
	const url = await begin(fieldsOf({ body: "It was the the *end*." }));
	const page = await open(url);
	await (await mark(page, "doubled word")).locator(".acts button").first().click();
	await until("the mend", async () => await stored(url) === "It was the *end*.", 15000);
	await page.locator(".fe-text").focus();
	await page.waitForTimeout(80);
	await page.keyboard.press("Control+End");
	await page.waitForTimeout(80);
	await page.keyboard.type(" Really it was");
	await until("what was typed", async () =>
		(await stored(url)).endsWith("Really it was"), 15000);
	await (await mark(page, "no end")).locator("button").first().focus();
	await page.keyboard.press("Control+z");
	await page.waitForTimeout(1500);
	assert.equal((await page.locator(".fe-text").textContent()).trim(),
		"It was the end. Really it was");
	await page.close();
});

test("what was typed after the save stays when a mark is mended", async () => {
	const url = await begin(fieldsOf({ body: `It was the the end.\n\n${wall}` }));
	const page = await open(url);
	const item = await mark(page, "doubled word");
	await page.locator(".fe-text p").last().click();
	await page.keyboard.press("End");
	await page.keyboard.type(" Then it rained.");
	await item.locator(".acts button").first().click();
	await until("both", async () => await stored(url) ===
		`It was the end.\n\n${wall} Then it rained.`, 15000);
	await page.close();
});

test("without a script the form says all of it in words", async () => {
	const plain = await browser.newContext({ javaScriptEnabled: false,
		viewport: { width: 360, height: 800 } });
	const [name, value] = ada.cookie.split("=");
	await plain.addCookies([{ name, value, secure: true, httpOnly: true,
		sameSite: "Strict", url: paper.origin.replace("http:", "https:") }]);
	const { location } = await ada.post("/stories/new",
		{ headline: "A quay", section: "World" });
	const page = await plain.newPage();
	await page.goto(paper.origin + location);
	await page.fill("#body", "He said “no and left.\n\nIt was the the end.");
	await page.click("button.main, button:has-text('Save')");
	const text = (await page.textContent("#proof")).replace(/[\u2068\u2069]/g, "");
	assert.match(text, /never closed.*Line 1.*Put ” behind “and left\.”.*Take out “/s);
	assert.match(text, /A word stands twice.*Line 3.*Write: the/s);
	assert.match(text, /has no place.*Write: Port Lune/s);
	// What stands is kept with what was typed since.
	await page.fill("#f-headline", "A quay, and more");
	await page.locator("#proof li", { hasText: "twice" }).getByRole("button").click();
	await page.locator("#proof ul li", { hasText: "Ada Quay" }).waitFor(wait);
	assert.equal(await page.inputValue("#f-headline"), "A quay, and more");
	assert.doesNotMatch(await page.textContent("#proof ol"), /twice/);
	await page.locator("#proof ul").getByRole("button").click();
	await page.locator("#proof ol li", { hasText: "twice" }).waitFor(wait);
	await page.click("#proof a[href='#f-dateline']");
	assert.equal(await page.evaluate(() => document.documentElement.scrollWidth),
		360);
	await plain.close();
});
