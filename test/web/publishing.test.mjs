// SPDX-License-Identifier: MIT
// A story's way to the readers in a real browser on a real server: written,
// submitted, approved and published, and corrected under a second account; the
// front page arranged by buttons and by dragging; by keyboard alone, without a
// script, on a phone, in Arabic. Screenshots go to build/screenshots.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { Newsroom, PASSWORD } from "../wire/newsroom.mjs";
import { sleep } from "../wire/paper.mjs";
import { launch, signedIn } from "./people.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url)
	.resolve("axe-core/axe.min.js"), "utf8");
const shots = "build/screenshots";
const desk = { width: 1280, height: 900 };
let paper, browser, ada, bo, rae;

before(async () => {
	fs.mkdirSync(shots, { recursive: true });
	paper = await Newsroom.start({ stories: 9, zone: "Europe/Berlin" });
	ada = await paper.owner();
	bo = await paper.member(ada, { name: "Bo Reed", login: "bo", role: 3 });
	rae = await paper.member(ada, { name: "Rae Holt", login: "rae", role: 4 });
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

// A page on URL of a browser in which WHO is signed in.
async function open(who, url, options = {}) {
	const page = await (await signedIn(browser, who, options)).newPage();
	await page.goto(paper.origin + url);
	page.end = async () => {
		assert.deepEqual(page.context().faults, []);
		await page.context().close();
	};
	return page;
}

const button = (page, name) =>
	page.getByRole("button", { name, exact: true });

// A story of WHO; its address in the newsroom.
async function write(who, headline, body) {
	const { location } = await who.post("/stories/new", { headline });
	const url = new URL(location, paper.origin).pathname;
	await save(who, url, { headline, body });
	return url;
}

async function save(who, url, fields) {
	const { body } = await who.get(url);
	const answer = await who.post(`${url}/save`,
		{ base: /name="base" value="(\d+)"/.exec(body)[1],
			authors: "Rae Holt", ...fields });
	assert.equal(answer.status, 303, answer.body);
}

// No fault of accessibility, nothing wider than the screen, and a picture.
async function inspect(page, name) {
	const wide = await page.evaluate(() =>
		document.documentElement.scrollWidth - innerWidth);
	assert.ok(wide <= 0, `${name}: ${wide} px too wide`);
	await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
	const context = page.context();
	const checked = await browser.newContext({ bypassCSP: true,
		viewport: page.viewportSize(), colorScheme: await page.evaluate(() =>
			matchMedia("(prefers-color-scheme: dark)").matches
				? "dark" : "light") });
	await checked.addCookies(await context.cookies());
	const copy = await checked.newPage();
	await copy.goto(page.url());
	await copy.addScriptTag({ content: axe });
	const found = await copy.evaluate(() => window.axe.run(document,
		{ iframes: false }));
	await checked.close();
	assert.deepEqual(found.violations.map((v) =>
		`${name}: ${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), []);
}

const reader = async (path) => (await paper.get(path)).body.toString();

test("what is to be mended is in view after one click, with the editor and without", async () => {
	const url = await write(rae, "A short one", "It was the the end.");
	for (const javaScriptEnabled of [true, false]) {
		const page = await open(ada, `${url}/publish`,
			{ viewport: { width: 1280, height: 500 }, javaScriptEnabled });
		await page.locator("li", { hasText: "proof mark" })
			.getByRole("link", { name: "Mend it" }).click();
		await page.waitForURL(/#proof$/);
		const marks = await page.getByRole("heading", { name: "Proof marks" }).elementHandle();
		await page.waitForFunction((e) => e.getBoundingClientRect().bottom < innerHeight, marks);
		await save(rae, url, { headline: "A short one", body: "" });
		await page.goto(`${paper.origin}${url}/publish`);
		await page.locator("li", { hasText: "no text" })
			.getByRole("link", { name: "Mend it" }).click();
		await page.waitForURL(/#text$/);
		const text = await page.locator(javaScriptEnabled ? ".fe-text" : "#body").elementHandle();
		await page.waitForFunction((e) => {
			const { top } = e.getBoundingClientRect();
			return scrollY > 0 && top > 0 && top < innerHeight;
		}, text);
		await save(rae, url, { headline: "A short one", body: "It was the the end." });
		await page.end();
	}
});

test("write, submit, approve, publish; corrected by somebody else", async () => {
	const url = await write(rae, "The bridge is closed",
		"The bridge is closed until Monday.");

	let page = await open(rae, `${url}/publish`);
	await page.getByLabel("A word to the editors (may stay empty)")
		.fill("Please check the day.");
	await button(page, "Submit").click();
	await page.getByText("Submitted. The editors see it now.").waitFor();
	await page.end();

	page = await open(bo, `${url}/publish`);
	await page.getByText("Please check the day.").waitFor();
	await button(page, "Approve this text").click();
	await page.getByText("This text was approved by Bo Reed.").waitFor();
	await button(page, "Publish now").click();
	await page.getByText("Published. Readers see it now.").waitFor();
	const link = await page.getByRole("link", { name: /wire\.example/ })
		.getAttribute("href");
	const path = new URL(link).pathname;
	await page.end();
	assert.match(await reader(path), /closed until Monday/);

	await save(rae, url, { headline: "The bridge is closed",
		body: "The bridge is closed until Tuesday." });
	assert.match(await reader(path), /closed until Monday/);
	page = await open(ada, `${url}/publish`);
	assert.equal(await page.locator(".compared del").innerText(), "Monday");
	assert.equal(await page.locator(".compared ins").innerText(), "Tuesday");
	await button(page, "Publish this change").click();
	await page.getByText("Choose one:").waitFor();
	await page.getByRole("radio", { name: /^Correction/ }).check();
	await page.getByLabel("What readers are told")
		.fill("The bridge is closed until Tuesday, not Monday.");
	await page.getByRole("radio", { name: "At the head" }).check();
	await button(page, "Publish this change").click();
	await page.getByText("Published. Readers see it now.").waitFor();
	await page.end();
	for (const where of [path, "/corrections"])
		assert.match(await reader(where), /until Tuesday, not Monday/);
});

test("a time that comes twice is asked for, by keyboard alone", async () => {
	const url = await write(rae, "At night", "Clocks go back.");
	const page = await open(bo, `${url}/publish`);
	const summary = page.locator("summary",
		{ hasText: "Publish at a set time" });

	await summary.focus();
	await page.keyboard.press("Enter");
	await page.getByLabel("Date", { exact: true }).fill("2031-10-26");
	await page.getByLabel("Time", { exact: true }).fill("02:30");
	await page.keyboard.press("Enter");
	await page.getByText("02:30 comes twice").waitFor();
	await page.getByRole("radio", { name: /the second/ }).focus();
	await page.keyboard.press("Space");
	await button(page, "Schedule").focus();
	await page.keyboard.press("Enter");
	await page.getByText("Scheduled. It appears by itself.").waitFor();
	assert.equal(await page.locator(
		"time[datetime='2031-10-26T02:30:00+01:00']").count(), 1);
	await button(page, "Do not publish it then").click();
	await page.getByText("It is a draft again").first().waitFor();
	await page.end();
});

test("what was withdrawn is undone with one click", async () => {
	const url = await write(rae, "Too early", "It was too early.");
	const page = await open(bo, `${url}/publish`);

	await button(page, "Publish now").click();
	await page.locator("summary", { hasText: "Withdraw" }).click();
	await page.getByLabel("Reason").fill("It was too early.");
	await button(page, "Withdraw").click();
	await page.getByText("Withdrawn. Readers see your reason.").waitFor();
	await button(page, "Undo the withdrawal").click();
	await page.getByText("Published. Readers see it now.").waitFor();
	await page.end();
});

const lead = (html) => /<h2[^>]*>\s*<a[^>]*>([^<]*)</.exec(html)[1];
const onPage = (page) => page.locator("li.placed .story").allInnerTexts();

for (const script of [true, false])
	test(`the front page is arranged ${script ? "with" : "without"} a script`,
		async () => {
			const page = await open(bo, "/front",
				{ javaScriptEnabled: script });
			const name = script ? "Story number 3" : "Story number 4";

			await page.getByLabel("Words in its headline").fill(name);
			await button(page, "Find").click();
			// It may fill a place by itself already.
			await page.getByRole("button", { name:
				new RegExp(`^(As lead|Keep it here) ?: ${name}$`) })
				.first().click();
			const leads = page.locator("ol[data-slot='1'] li.placed");
			if (await leads.count() === 0)
				await page.getByRole("button", { name:
					new RegExp(`^As lead ?: ${name}$`) }).first().click();
			await leads.filter({ hasText: name }).waitFor();
			await page.getByText("Readers do not see this arrangement yet.")
				.waitFor();
			assert.notEqual(lead(await reader("/")), name);
			await page.frameLocator("iframe.preview").locator("h2").first()
				.filter({ hasText: name }).waitFor();
			await button(page, "Publish the front page").click();
			await page.getByText("Readers see this front page now.").waitFor();
			assert.equal(lead(await reader("/")), name);
			await button(page, "Undo: as it was before").click();
			await page.getByText("Undone.").waitFor();
			assert.notEqual(lead(await reader("/")), name);
			await page.end();
		});

test("stories are dragged to where they belong", async () => {
	const page = await open(bo, "/front?number=0&row_0=1%3A2&row_1=2%3A3" +
		"&row_2=2%3A5&row_3=3%3A6");
	const before = await onPage(page);

	await page.locator("li.placed").nth(2).dragTo(
		page.locator("ol[data-slot='1'] li.placed"),
		{ targetPosition: { x: 20, y: 4 } });
	await page.waitForURL(/row_0=1%3A5/);
	assert.deepEqual(await onPage(page),
		[before[2], before[0], before[1], before[3]]);
	await page.end();
});

// What WHO sees who signs in at the door, with a recovery code.
async function enter(who, options = {}) {
	const context = await browser.newContext({ viewport: desk, ...options });
	const page = await context.newPage();
	await page.goto(`${paper.origin}/sign-in`);
	await page.getByLabel("User name").fill(who.login);
	await page.getByLabel("Password").fill(PASSWORD);
	await button(page, "Sign in").click();
	await page.getByRole("textbox", { name: "Code" }).fill(who.codes.pop());
	await button(page, "Go on").click();
	await page.waitForURL(/\/(steps|stories)$/);
	return page;
}

// Waits until readers of PATH see what WORDS says, and returns their page.
async function appears(path, words, ms = 10000) {
	for (const end = Date.now() + ms; ;) {
		const html = await reader(path);
		if (words.test(html))
			return html;
		if (Date.now() > end)
			throw new Error(`${path} never has ${words}`);
		await sleep(50);
	}
}

// "2026-11-27" and "18:31:07", so many seconds from now by the paper's clock.
const soon = (seconds) => new Date(Date.now() + seconds * 1000)
	.toLocaleString("sv-SE", { timeZone: "Europe/Berlin" }).split(" ");

async function published(who, headline, body) {
	const url = await write(who, headline, body);
	const page = await open(bo, `${url}/publish`);
	await button(page, "Publish now").click();
	await page.getByText("Published. Readers see it now.").waitFor();
	const link = await page.getByRole("link", { name: /wire\.example/ })
		.getAttribute("href");
	return { url, page, path: new URL(link).pathname };
}

test("without a script: from the sign-in to what a reader sees", async () => {
	let page = await enter(rae, { javaScriptEnabled: false });
	await page.goto(`${paper.origin}/stories/new`);
	await page.locator("#f-headline").fill("The tide tables are wrong");
	await page.locator("main button").first().click();
	const url = new URL(page.url()).pathname.replace(/\/$/, "");
	await page.locator("textarea[name=body]")
		.fill("The tide tables of this year are wrong by an hour.");
	await page.locator("[name=authors]").fill("Rae Holt");
	await page.getByRole("button", { name: /^Save/ }).first().click();
	await page.goto(`${paper.origin}${url}/publish`);
	await button(page, "Submit").click();
	await page.getByText("Submitted. The editors see it now.").waitFor();
	await page.context().close();

	page = await enter(bo, { javaScriptEnabled: false });
	await page.goto(`${paper.origin}${url}/publish`);
	await button(page, "Approve this text").click();
	await page.getByText("Approved, this very text.").waitFor();
	await button(page, "Publish now").click();
	await page.getByText("Published. Readers see it now.").waitFor();
	const link = await page.getByRole("link", { name: /wire\.example/ })
		.getAttribute("href");
	await page.context().close();
	assert.match(await reader(new URL(link).pathname), /wrong by an hour/);
});

test("an hour that never comes is refused, and what is offered is taken",
	async () => {
		const url = await write(rae, "In spring", "Clocks go forward.");
		const page = await open(bo, `${url}/publish`);
		const fold = page.locator("summary",
			{ hasText: "Publish at a set time" });
		await fold.click();
		await page.getByLabel("Date", { exact: true }).fill("2031-03-30");
		await page.getByLabel("Time", { exact: true }).fill("02:30");
		await button(page, "Schedule").click();
		await page.getByText("02:30 never comes").waitFor();
		await page.getByText("Which time instead?").waitFor();
		await page.getByRole("radio", { name: /after it/ }).check();
		await button(page, "Schedule").click();
		await page.getByText("Scheduled. It appears by itself.").waitFor();
		assert.equal(await page.locator(
			"time[datetime='2031-03-30T03:30:00+02:00']").count(), 1);
		await page.goto(`${paper.origin}/calendar?form=week&day=2031-03-30`);
		await page.getByText("The clock goes forward by 60 minutes.").waitFor();
		await page.getByRole("link", { name: "In spring" }).click();
		await button(page, "Do not publish it then").click();
		await page.getByText("It is a draft again").first().waitFor();
		// And at an instant that comes: readers have it to the second.
		const [date, time] = soon(3);
		await page.locator("summary", { hasText: "Publish at a set time" })
			.click();
		await page.getByLabel("Date", { exact: true }).fill(date);
		await page.getByLabel("Time", { exact: true }).evaluate(
			(field, value) => {
				field.step = "1";
				field.value = value;
			}, time);
		await button(page, "Schedule").click();
		await page.getByText("Scheduled. It appears by itself.").waitFor();
		assert.doesNotMatch(await reader("/"), /In spring/);
		await appears("/", /In spring/);
		assert.equal(new Date().toLocaleTimeString("sv-SE",
			{ timeZone: "Europe/Berlin" }) >= time, true);
		await page.end();
	});

test("each kind of change is told, or not, wherever readers look", async () => {
	const { url, page, path } = await published(rae, "Four kinds",
		"Nine boats sank.");
	const kinds = [["Correction", "Ten boats", "It was ten boats, not nine."],
		["Clarification", "Ten small boats", "The boats were small ones."],
		["Update", "Eleven small boats", "One more has sunk since."],
		["Typing error", "Eleven smaller boats", ""]];
	for (const [kind, boats, told] of kinds) {
		await save(rae, url, { headline: "Four kinds",
			body: `${boats} sank.` });
		await page.goto(`${paper.origin}${url}/publish`);
		await page.getByRole("radio", { name: new RegExp(`^${kind}`) })
			.check();
		await page.getByLabel("What readers are told").fill(told);
		await button(page, "Publish this change").click();
		await page.getByText("Published. Readers see it now.").waitFor();
		const html = await reader(path);
		assert.match(html, new RegExp(`${boats} sank`), kind);
		if (told)
			for (const where of [path, "/corrections", "/corrections.rss",
				"/corrections.json"])
				assert.ok((await reader(where)).includes(told),
					`${kind}: ${where}`);
	}
	await page.end();
	const data = JSON.parse(
		/<script type="application\/ld\+json">([^]*?)<\/script>/
			.exec(await reader(path))[1]);
	assert.match(JSON.stringify(data), /CorrectionComment[^]*ten boats, not nine/);
	// The versions that readers have had, and how two of them differ.
	const out = await (await browser.newContext()).newPage();
	const host = `http://127.0.0.1:${paper.port}`;
	await out.goto(`${host}${path}/versions`);
	assert.equal(await out.locator(".versions > li").count(), 5);
	await out.locator(".versions > li").first().getByRole("link").last()
		.click();
	assert.ok(await out.locator("del, ins").count() > 0);
	await out.context().close();
});

test("an embargo is set, holds, and ends by itself", async () => {
	const url = await write(rae, "Held a moment", "Not before then.");
	const page = await open(bo, `${url}/publish`);
	const [date, time] = soon(6);
	await page.locator("summary", { hasText: "Embargo" }).click();
	await page.getByLabel("Not before").evaluate((field, value) => {
		field.step = "1";
		field.value = value;
	}, `${date}T${time}`);
	await button(page, "Set the embargo").click();
	await button(page, "Publish when the embargo ends").click();
	await page.getByText("Scheduled. It appears by itself.").waitFor();
	assert.doesNotMatch(await reader("/"), /Held a moment/);
	await appears("/", /Held a moment/);
	await page.end();
});

test("a withdrawal tells readers why", async () => {
	const { page, path } = await published(rae, "Another town", "All wrong.");
	await page.locator("summary", { hasText: "Withdraw" }).click();
	await button(page, "Withdraw").click();
	await page.getByLabel("Reason").fill("It was about another town.");
	await button(page, "Withdraw").click();
	await page.getByText("Withdrawn. Readers see your reason.").waitFor();
	const { status, body } = await paper.get(path);
	assert.equal(status, 410);
	assert.match(body.toString(), /It was about another town\./);
	assert.doesNotMatch(await reader("/"), /Another town/);
	await page.end();
});

test("a pin ends when it was to, by keyboard alone", async () => {
	const page = await open(bo, "/front?number=0&row_0=1%3A2");
	const number = await page.locator("#front input[name=number]")
		.getAttribute("value");
	const fresh = await open(bo, "/front");
	const now = await fresh.locator("#front input[name=number]")
		.getAttribute("value");
	await fresh.end();
	await page.goto(`${paper.origin}/front?number=${now ?? number}&row_0=1%3A2`);
	const before = lead(await reader("/"));
	const [date, time] = soon(6);
	const until = page.locator("#front input[name=until_0]");
	await until.focus();
	await until.evaluate((field, value) => {
		field.step = "1";
		field.value = value;
	}, `${date}T${time}`);
	await button(page, "Publish the front page").focus();
	await page.keyboard.press("Enter");
	await page.getByText("Readers see this front page now.").waitFor();
	assert.equal(lead(await reader("/")), "Story number 2");
	for (const end = Date.now() + 12000;
		lead(await reader("/")) === "Story number 2";) {
		assert.ok(Date.now() < end, "the pin stays");
		await sleep(50);
	}
	assert.equal(lead(await reader("/")), before);
	await page.end();
});

test("each screen stands in every light, on a phone and in Arabic", async () => {
	const url = await write(rae, "For the pictures", "One text.");
	await bo.post(`${url}/publish`, { revision: /name="revision" value="(\d+)"/
		.exec((await bo.get(`${url}/publish`)).body)[1] });
	await save(rae, url, { headline: "For the pictures", body: "Two texts." });
	await ada.post("/redirects", { from: "/old/page", to: "2" });
	const screens = { publish: `${url}/publish`, month: "/calendar",
		week: "/calendar?form=week", agenda: "/calendar?form=list",
		front: "/front", redirects: "/redirects",
		publishing: "/settings/publishing" };
	const looks = { 360: { viewport: { width: 360, height: 740 } },
		1280: {}, dark: { colorScheme: "dark" }, narrow: { viewport:
			{ width: 320, height: 600 } } };

	for (const [look, options] of Object.entries(looks))
		for (const [name, path] of Object.entries(screens)) {
			const page = await open(ada, path, options);
			await inspect(page, `${name}-${look}`);
			await page.end();
		}
	await ada.post("/account/me", { name: "Ada Quay", lang: "ar" });
	for (const [name, path] of Object.entries(screens))
		for (const width of [360, 1280]) {
			const page = await open(ada, path,
				{ viewport: { width, height: 900 } });
			assert.equal(await page.getAttribute("html", "dir"), "rtl");
			await inspect(page, `${name}-ar-${width}`);
			await page.end();
		}
});
