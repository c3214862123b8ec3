// SPDX-License-Identifier: MIT
// Notes in the margin, and the revisions of a story, as two people use them in
// a browser: a note about words, answered, resolved and kept; revisions named,
// held side by side and restored, and none restored over what another has just
// saved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Newsroom } from "../wire/newsroom.mjs";
import { patience, until } from "../wire/paper.mjs";
import { launch, signedIn } from "./people.mjs";

const wait = { timeout: 15000 * patience };
let paper, ada, bo, browser;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
	bo = await paper.member(ada, { name: "Bo Reed", login: "bo", role: 4 });
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

async function pageOf(who, url) {
	const page = await (await signedIn(browser, who)).newPage();
	page.setDefaultTimeout(wait.timeout);
	await open(page, url);
	return page;
}

async function open(page, url) {
	await page.goto(paper.origin + url);
	if (/\/stories\/\d+$/.test(url))
		await page.waitForSelector("html[data-editor=ready]", wait);
}

async function end(...pages) {
	for (const page of pages) {
		assert.deepEqual(page.context().faults, []);
		await page.context().close();
	}
}

// One saved by hand; the address of the story.
async function save(who, body, url) {
	url ??= (await who.post("/stories/new",
		{ headline: "A quay", section: "World" })).location;
	const { body: html } = await who.get(url);
	const of = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)[1];
	const { status } = await who.send(`${url}/save`, { base: of("base"),
		tab: of("tab"), kind: "save", body });
	assert.equal(status, 200);
	return url;
}

const stored = async (url) => /name="body">\n([^<]*)<\/textarea>/
	.exec((await ada.get(url)).body)[1].trim();

test("a note is written, answered, resolved, kept and opened again", async () => {
	const url = await save(bo, "The wall broke at noon, and nobody was there.");
	const hers = await pageOf(ada, url);
	await hers.fill("#f-quote", "at noon");
	await hers.fill("#f-text", "Who says so?");
	await hers.click(".new-note button");
	await hers.waitForSelector(".remarks li");
	assert.match(await hers.textContent(".to-notes"), /^1 note/);
	// The writer sees it beside the words, and answers.
	const his = await pageOf(bo, url);
	const note = his.locator(".remarks > li").first();
	assert.match(await note.textContent(), /Ada Quay.*at noon.*Who says so\?/s);
	await note.locator("summary").click();
	await note.locator("textarea").fill("The harbour master.");
	await note.locator(".answer button").click();
	await his.waitForSelector(".answered");
	assert.match(await his.textContent(".answered"), /Bo Reed.*The harbour master\./s);
	// Words that go take no note with them.
	await save(bo, "The wall broke, says the harbour master.", url);
	await open(hers, url);
	assert.match(await hers.textContent(".remarks > li"),
		/at noon.*no longer.*Who says so\?/s);
	await hers.locator(".remarks .do button").click();
	await hers.waitForFunction(() =>
		/^(0|no) notes/i.test(document.querySelector(".to-notes").textContent), null, wait);
	const kept = hers.locator("#notes > details").last();
	await kept.locator("summary").first().click();
	assert.match(await kept.textContent(), /Who says so\?.*The harbour master\..*Ada Quay/s);
	await kept.locator(".do button").click();
	await hers.waitForFunction(() =>
		/^1 note/.test(document.querySelector(".to-notes").textContent), null, wait);
	await end(hers, his);
});

test("a revision is named, compared and restored; the text of before stays", async () => {
	const url = await save(bo, "Cod costs four crowns.");
	await save(bo, "Cod costs nine crowns, says the market.", url);
	const page = await pageOf(bo, `${url}/revisions`);
	const rows = page.locator(".history > li");
	const count = await rows.count();
	// The first that was saved is the second from below: below it is the empty one.
	const first = () => rows.nth(count - 2);
	await first().locator("summary").click();
	await first().locator("input[name=name]").fill("As it was told");
	await first().locator("form.name button").click();
	await page.waitForSelector(".history strong");
	assert.equal(await page.textContent(".history strong"), "As it was told");
	await rows.first().getByRole("link", { name: "What changed" }).click();
	await page.waitForSelector(".compare del");
	assert.deepEqual((await page.locator(".compare thead th").allTextContents())
		.map((head) => /Newest$/.test(head)), [false, true]);
	assert.equal((await page.locator(".compare del").first().textContent()).trim(), "four");
	assert.match(await page.locator(".compare ins").first().textContent(), /nine/);
	await page.setViewportSize({ width: 360, height: 740 });
	for (const word of ["del", "ins"]) {
		const box = await page.locator(`.compare ${word}`).first().boundingBox();
		assert.ok(box.x >= 0 && box.x + box.width <= 360, `${word} is out of view on a phone`);
	}
	await page.setViewportSize({ width: 1280, height: 900 });
	await open(page, `${url}/revisions`);
	await first().getByRole("button", { name: /^Restore/ }).click();
	await page.waitForFunction(() =>
		/Restored\. The text of before is kept/.test(document.body.textContent), null, wait);
	assert.equal(await stored(url), "Cod costs four crowns.");
	await open(page, `${url}/revisions`);
	assert.ok(await rows.count() > count, "nothing is lost by it");
	assert.match(await rows.first().textContent(), /Bo Reed/);
	await end(page);
});

test("nobody restores over what another has just saved", async () => {
	const url = await save(bo, "One.");
	await save(bo, "Two.", url);
	const page = await pageOf(bo, `${url}/revisions`);
	await save(ada, "Two, and Ada's three.", url);
	await page.getByRole("button", { name: /^Restore/ }).last().click();
	await page.waitForFunction(() =>
		/Not restored: somebody saved meanwhile/.test(document.body.textContent),
	null, wait);
	await until("what Ada saved", async () =>
		(await stored(url)).replace("&#39;", "'") === "Two, and Ada's three.");
	await end(page);
});
