// SPDX-License-Identifier: MIT
// How long a story is wanted: said by an editor, seen by the reporter in the
// editor, in the plain form and in the list; kept by the story and no browser,
// with no revision of the text and a row in the log.
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

async function begin(who, fields) {
	const { location } = await who.post("/stories/new",
		{ headline: "A quay", section: "World" });
	const { body } = await who.get(location);
	const of = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)[1];
	const { status } = await who.send(`${location}/save`,
		{ base: of("base"), tab: of("tab"), ...fields });
	assert.equal(status, 200);
	return location;
}

const revision = async (url) =>
	/name="base" value="(\d+)"/.exec((await ada.get(url)).body)[1];
const counts = async (who, url) => (await who.get(url)).body
	.match(/id="counts"[^]*?<\/div>/)[0].replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

test("an editor says it, the reporter and the list tell it", async () => {
	const url = await begin(bo, { body: "One two three four five." });
	const was = await revision(url);
	const hers = await signedIn(browser, ada);
	let page = await hers.newPage();
	await page.goto(paper.origin + url);
	await page.waitForSelector("html[data-editor=ready]", wait);
	await page.fill("#f-length", "3");
	await page.keyboard.press("Tab");
	await page.waitForFunction(() => document.querySelector(".to-cut").textContent ===
		"2 words to cut", null, wait);
	await until("the length on the server", async () =>
		/value="3"/.test((await ada.get(url)).body), 10000);
	assert.equal(await revision(url), was, "no revision");
	await hers.close();
	// Another browser has it, and another person.
	assert.match(await counts(ada, url), /5 words · 1 minute to read.*2 words to cut/);
	assert.match(await counts(bo, url), /3 words wanted · Ada Quay.*2 words to cut/);
	assert.doesNotMatch((await bo.get(url)).body, /id="f-length"/);
	const his = await signedIn(browser, bo);
	page = await his.newPage();
	await page.goto(paper.origin + url);
	await page.waitForSelector("html[data-editor=ready]", wait);
	await page.locator(".fe-text").click();
	await page.keyboard.press("Control+End");
	await page.keyboard.type(" Six.");
	await page.waitForFunction(() => document.querySelector(".to-cut").textContent ===
		"3 words to cut", null, wait);
	await page.goto(`${paper.origin}/stories`);
	assert.match(await page.textContent(".stories tbody tr"), /3 words wanted/);
	await his.close();
	const { body } = await ada.get("/audit");
	assert.match(body, /said how long[^]*3 words/);
});

test("a reporter does not change what an editor said", async () => {
	const url = await begin(bo, { body: "One two." });
	const set = (who, length, unit = "words") =>
		who.send(`${url}/length`, { length, unit });
	assert.equal((await set(bo, "10")).status, 200, "nobody has said it yet");
	assert.equal((await set(bo, "12")).status, 200, "and it is one's own");
	assert.equal((await set(ada, "400")).status, 200);
	assert.equal((await set(bo, "12")).status, 403);
	assert.match(await counts(bo, url), /400 words wanted/);
	for (const wrong of ["-1", "1.5", "x", "1000001"])
		assert.equal((await set(ada, wrong)).status, 422, wrong);
	assert.equal((await set(ada, "5", "lines")).status, 422);
	assert.equal((await set(ada, "", "words")).status, 200);
	assert.doesNotMatch(await counts(ada, url), /wanted ·/);
});

test("without a script it is sent with the text, and neither is lost", async () => {
	const url = await begin(ada, { body: "One." });
	const plain = await signedIn(browser, ada, { javaScriptEnabled: false });
	const page = await plain.newPage();
	await page.goto(paper.origin + url);
	await page.fill("#body", "One two three.");
	await page.fill("#f-length", "2");
	await page.click("button:has-text('Save')");
	assert.equal((await page.inputValue("#body")).trim(), "One two three.");
	assert.equal(await page.inputValue("#f-length"), "2");
	assert.match(await page.textContent("#counts"), /1 word to cut/);
	await plain.close();
});

test("languages that count characters are measured so", async () => {
	const url = await begin(ada, { lang: "ja", body: "市長は早く家に帰った。" });
	const { body } = await ada.get(url);
	assert.match(body, /value="characters" selected/);
	assert.equal((await ada.send(`${url}/length`,
		{ length: "9", unit: "characters" })).status, 200);
	assert.match(await counts(ada, url), /11 characters.*2 characters to cut/);
});
