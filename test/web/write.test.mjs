// SPDX-License-Identifier: MIT
// A story is written in a real browser on a real server, as people do it: with
// pauses, two tabs, two people, no network, a server that is killed while
// somebody types, on a phone, by keyboard alone, without a script, in Arabic.
// KILLS says how often the server is killed: a hundred times, which takes about
// a minute.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Newsroom, PASSWORD } from "../wire/newsroom.mjs";
import { patience, sleep, until } from "../wire/paper.mjs";
import { launch, signedIn } from "./people.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url)
	.resolve("axe-core/axe.min.js"), "utf8");
const shots = "build/screenshots";
const kills = Number(process.env.KILLS ?? 100);
const desk = { width: 1280, height: 900 };
let paper, browser, ada, bo;

before(async () => {
	fs.mkdirSync(shots, { recursive: true });
	paper = await Newsroom.start({ stories: 3 });
	ada = await paper.owner();
	bo = await paper.member(ada, { name: "Bo Reed", login: "bo", role: 3 });
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await paper?.stop();
});

async function begin(who, headline) {
	const { location } = await who.post("/stories/new",
		{ headline, section: "World" });
	return location;
}

async function open(context, url) {
	const page = await context.newPage();
	await page.goto(context.origin + url);
	await page.waitForSelector("html[data-editor=ready]");
	page.text = page.locator(".fe-text");
	return page;
}

const state = (page) => page.getAttribute("#save-state", "data-state");
const saved = (page, ms = 20000) => page.waitForFunction(() =>
	document.getElementById("save-state").dataset.state === "saved",
null, { timeout: ms * patience });

// The body as the server has it.
async function stored(who, url) {
	const { body } = await who.get(url);
	return /name="body">\n([^<]*)<\/textarea>/.exec(body)[1]
		.replaceAll("&quot;", "\"").replaceAll("&amp;", "&")
		.replaceAll("&#39;", "'").replaceAll("&gt;", ">");
}

async function end(context) {
	assert.deepEqual(context.faults, []);
	await context.close();
}

async function sound(page, what) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => globalThis.axe.run());
	assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [],
		what);
}

test("what is typed is saved at the pause, and the page says when", async () => {
	const url = await begin(ada, "A first story");
	const context = await signedIn(browser, ada);
	const page = await open(context, url);
	await page.text.click();
	await page.keyboard.type("The wall broke at noon.");
	await saved(page);
	assert.match(await page.textContent("#save-state"),
		/Saved on the server at \d\d:\d\d:\d\d/);
	await page.fill("#f-headline", "The wall broke");
	await page.fill("#f-standfirst", "And nobody was there.");
	await saved(page);
	assert.equal((await stored(ada, url)).trim(), "The wall broke at noon.");
	await page.reload();
	assert.equal(await page.inputValue("#f-headline"), "The wall broke");
	await page.waitForSelector("html[data-editor=ready]");
	assert.match(await page.textContent(".fe-text"), /broke at noon/);
	await end(context);
});

test("a mark is mended by one click, and nothing else changes", async () => {
	const url = await begin(ada, "Marks");
	const context = await signedIn(browser, ada);
	const page = await open(context, url);
	await page.text.click();
	await page.keyboard.type("He said said it. And more.");
	await saved(page);
	await page.click(".fe-marks li:has-text(\"twice\") button:not(.fe-goto)");
	await saved(page);
	await until("the mended text", async () =>
		(await stored(ada, url)).trim() === "He said it. And more.");
	await end(context);
});

test("a server killed at any moment takes no word with it", async (t) => {
	const url = await begin(ada, "Killed while typing");
	const context = await signedIn(browser, ada);
	const page = await open(context, url);
	const words = [];
	let typing = true;
	await page.text.click();
	const typist = (async () => {
		while (typing) {
			const word = `w${words.length}x`;
			words.push(word);
			await page.keyboard.type(`${word} `, { delay: 12 });
			if (words.length % 15 === 0)
				await page.keyboard.press("Enter");
			if (Math.random() < 0.05)
				await sleep(1300);
		}
	})();
	for (let done = 0; done < kills;) {
		await sleep(Math.random() * 900);
		// A newsroom that dies often would have to wait: every fourth time
		// the whole server is killed, and begins to count anew.
		if (done % 4 === 3) {
			paper.child.kill("SIGKILL");
			await paper.ended;
			await paper.serve();
			done++;
			continue;
		}
		const [pid] = paper.processes("newsroom");
		if (!pid)
			continue;
		process.kill(pid, "SIGKILL");
		done++;
		await until("another newsroom", () => {
			const [now] = paper.processes("newsroom");
			return now && now !== pid;
		}, 15000);
	}
	typing = false;
	await typist;
	await saved(page, 40000);
	t.diagnostic(`${kills} kills, ${words.length} words`);
	assert.deepEqual((await stored(ada, url)).split(/\s+/).filter(Boolean), words);
	paper.said = "";
	await end(context);
});

// Writes to FILE until there is no room.
function fill(file) {
	const out = fs.openSync(file, "w");
	try {
		for (;;)
			fs.writeSync(out, Buffer.alloc(4096));
	} catch (e) {
		assert.equal(e.code, "ENOSPC");
	}
	fs.closeSync(out);
}

test("on a full disk the text stays in the browser, until there is room", async (t) => {
	const small = fs.mkdtempSync(path.join(os.tmpdir(), "farthing-small-"));
	const was = process.env.TMPDIR;
	let full;
	if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", small])
		.status !== 0) {
		fs.rmdirSync(small);
		t.skip("no full disk without the right to mount one");
		return;
	}
	try {
		process.env.TMPDIR = small;
		full = await Newsroom.start({ stories: 1 });
		const cy = await full.owner();
		const url = await begin(cy, "No room");
		const context = await signedIn(browser, cy);
		let page = await open(context, url);
		await page.text.click();
		await page.keyboard.type("Before.");
		await saved(page);
		fill(path.join(small, "ballast"));
		// The log may have room for some saves yet.
		let typed = "Before.";
		for (let i = 0; i < 60 && await state(page) !== "disk-full"; i++) {
			const more = ` Part ${i}, ${"of which nothing is lost, ".repeat(400)}`
				.trimEnd();
			typed += more;
			await page.keyboard.insertText(more);
			await page.waitForFunction(() => /^(saved|disk-full)$/.test(
				document.getElementById("save-state").dataset.state),
			null, { timeout: 20000 * patience });
		}
		assert.match(await page.textContent("#save-state"),
			/disk is full\. Your text is kept in this browser/);
		await page.keyboard.type(" And on.");
		typed += " And on.";
		await page.waitForTimeout(500);
		await page.screenshot({ path: `${shots}/desk-disk-full.png` });
		assert.equal(await state(page), "disk-full");
		// The page is closed and opened again: it still has it.
		await page.close({ runBeforeUnload: false });
		page = await open(context, url);
		assert.match(await page.textContent("#notices"), /was put back/);
		assert.equal((await page.textContent(".fe-text")).trim(), typed);
		assert.notEqual((await stored(cy, url)).trim(), typed);
		fs.rmSync(path.join(small, "ballast"));
		await saved(page, 40000);
		assert.equal((await stored(cy, url)).trim(), typed);
		await end(context);
	} finally {
		if (was === undefined)
			delete process.env.TMPDIR;
		else
			process.env.TMPDIR = was;
		full?.signal("SIGKILL");
		await full?.ended;
		await sleep(300);
		spawnSync("umount", ["-l", small]);
		fs.rmdirSync(small);
	}
});

test("two tabs of one person come to the same text", async () => {
	const url = await begin(ada, "Two tabs");
	const context = await signedIn(browser, ada);
	const one = await open(context, url);
	await one.text.click();
	await one.keyboard.type("First paragraph.");
	await one.keyboard.press("Enter");
	await one.keyboard.type("Second paragraph.");
	await saved(one);
	const two = await open(context, url);
	await two.locator(".fe-text p").last().click();
	await two.keyboard.press("End");
	await two.keyboard.type(" From the second tab.");
	await one.bringToFront();
	await one.locator(".fe-text p").first().click();
	await one.keyboard.press("End");
	await one.keyboard.type(" From the first tab.");
	await saved(one);
	await saved(two);
	await until("one text of both", async () => {
		const text = await stored(ada, url);
		return /First paragraph\. From the first tab\./.test(text) &&
			/Second paragraph\. From the second tab\./.test(text);
	}, 10000);
	await end(context);
});

test("two people see each other, and their work is put together", async () => {
	const url = await begin(ada, "Two people");
	const hers = await signedIn(browser, ada);
	const his = await signedIn(browser, bo);
	const one = await open(hers, url);
	await one.text.click();
	await one.keyboard.type("First paragraph.");
	await one.keyboard.press("Enter");
	await one.keyboard.type("Second paragraph.");
	await saved(one);
	const two = await open(his, url);
	assert.match(await two.textContent("#present"), /Ada Quay/);
	await two.locator(".fe-text p").last().click();
	await two.keyboard.press("End");
	await two.keyboard.type(" Bo was here.");
	await saved(two);
	await one.locator(".fe-text p").first().click();
	await one.keyboard.press("End");
	await one.keyboard.type(" Ada too.");
	await one.waitForFunction(() =>
		/Bo was here/.test(document.querySelector(".fe-text").textContent));
	await saved(one);
	assert.match(await one.textContent("#present"), /Bo Reed/);
	assert.match(await stored(ada, url),
		/First paragraph\. Ada too\.\n\nSecond paragraph\. Bo was here\./);
	const list = await open_list(hers);
	assert.match(await list.textContent(".stories tbody tr"), /Open now:.*Bo Reed/);
	await end(hers);
	await end(his);
});

test("what another writes in the middle of a syllable waits for its end", async () => {
	const url = await begin(ada, "한글");
	const context = await signedIn(browser, ada);
	const page = await open(context, url);
	const cdp = await context.newCDPSession(page);
	const compose = (text) => cdp.send("Input.imeSetComposition",
		{ text, selectionStart: text.length, selectionEnd: text.length });
	await page.text.click();
	await page.keyboard.type("앞 문단.");
	await page.keyboard.press("Enter");
	await page.keyboard.type("뒤 문단. ");
	await saved(page);
	await compose("ㅎ");
	await compose("하");
	await until("the half syllable on the server", async () =>
		/뒤 문단\. 하/.test(await stored(ada, url)), 10000);
	const { body } = await bo.get(url);
	const value = (name) =>
		new RegExp(`name="${name}" value="([^"]*)"`).exec(body)[1];
	await bo.send(`${url}/save`, { base: value("base"), tab: value("tab"),
		body: (await stored(ada, url)).replace("앞 문단.", "앞 문단을 고침.") });
	// Meanwhile pages have asked what is new.
	await sleep(5000);
	assert.doesNotMatch(await page.text.textContent(), /고침/);
	await compose("한");
	await cdp.send("Input.insertText", { text: "한" });
	await compose("ㄱ");
	await compose("글");
	await cdp.send("Input.insertText", { text: "글" });
	await page.waitForFunction(() =>
		/고침/.test(document.querySelector(".fe-text").textContent));
	await saved(page);
	assert.equal((await stored(ada, url)).trim(),
		"앞 문단을 고침.\n\n뒤 문단. 한글");
	await end(context);
});

test("who comes is seen within seconds, and so is who leaves", async () => {
	const url = await begin(ada, "Come and gone");
	const hers = await signedIn(browser, ada);
	const his = await signedIn(browser, bo);
	const one = await open(hers, url);
	const isHere = (name, ms) => one.waitForFunction((n) => {
		const place = document.getElementById("present");
		return n ? !place.hidden && place.textContent.includes(n) : place.hidden;
	}, name, { timeout: ms * patience });
	const two = await open(his, url);
	await isHere("Bo Reed", 6000);
	await two.close();
	await isHere("", 6000);
	// One whose computer goes dark says nothing.
	const three = await open(his, url);
	await isHere("Bo Reed", 6000);
	await his.setOffline(true);
	await isHere("", 18000);
	await three.close({ runBeforeUnload: false });
	await end(hers);
	await his.close();
});

async function open_list(context) {
	const page = await context.newPage();
	await page.goto(`${paper.origin}/stories`);
	return page;
}

test("two who change the same words choose, and neither is overwritten", async () => {
	const url = await begin(ada, "Same words");
	const hers = await signedIn(browser, ada);
	const his = await signedIn(browser, bo);
	const one = await open(hers, url);
	await one.fill("#f-kicker", "Harbour");
	await saved(one);
	const two = await open(his, url);
	await hers.setOffline(true);
	await one.fill("#f-kicker", "The quay");
	await two.fill("#f-kicker", "The port");
	await saved(two);
	await hers.setOffline(false);
	await one.waitForSelector("#conflict h2:visible", { timeout: 20000 * patience });
	assert.match(await one.textContent("#conflict"), /The port/);
	assert.match(await one.textContent("#conflict"), /The quay/);
	assert.match((await ada.get(url)).body, /value="The port"/);
	await one.click("#conflict button.main");
	await saved(one);
	assert.match((await ada.get(url)).body, /value="The quay"/);
	await end(hers);
	await end(his);
});

test("without a network the text is kept here, also when the tab is closed", async () => {
	const url = await begin(ada, "Offline");
	const context = await signedIn(browser, ada);
	let page = await open(context, url);
	await context.setOffline(true);
	await page.text.click();
	await page.keyboard.type("Written in a tunnel.");
	await page.waitForFunction(() =>
		document.getElementById("save-state").dataset.state === "offline");
	assert.match(await page.textContent("#save-state"),
		/Not saved: no connection\. Your text is kept in this browser/);
	await page.close();
	await context.setOffline(false);
	page = await open(context, url);
	await until("the text of before", async () =>
		(await stored(ada, url)).trim() === "Written in a tunnel.", 15000);
	// Put back by this page and said so, or sent by the closed one after all:
	// with it goes the pretence of having no network.
	if (await page.textContent("#notices") === "")
		await page.reload();
	await page.waitForFunction(() => document.querySelector(".fe-text")
		?.textContent.includes("Written in a tunnel."), null, { timeout: 15000 });
	await end(context);
});

test("who is signed out while writing is told, and loses nothing", async () => {
	const url = await begin(bo, "Signed out");
	const context = await signedIn(browser, bo);
	const page = await open(context, url);
	await context.clearCookies();
	await page.text.click();
	await page.keyboard.type("Still mine.");
	await page.waitForSelector("#save-state[data-state=signed-out]");
	assert.equal(await page.getAttribute("#save-state a", "href"), "/sign-in");
	const [name, value] = bo.cookie.split("=");
	await context.addCookies([{ name, value, secure: true, httpOnly: true,
		sameSite: "Strict", url: paper.origin.replace("http:", "https:") }]);
	await saved(page);
	assert.equal((await stored(bo, url)).trim(), "Still mine.");
	await end(context);
});

test("all of it by keyboard alone", async () => {
	const context = await signedIn(browser, ada);
	const page = await open_list(context);
	await page.locator("a[href='/stories/new']").focus();
	await page.keyboard.press("Enter");
	await page.waitForURL("**/stories/new");
	await page.keyboard.type("By keyboard");
	await page.keyboard.press("Enter");
	await page.waitForSelector("html[data-editor=ready]");
	const url = new URL(page.url()).pathname;
	// From the headline on, Tab reaches the text.
	await page.locator("#f-headline").focus();
	for (let i = 0; i < 30; i++) {
		await page.keyboard.press("Tab");
		if (await page.evaluate(() =>
			document.activeElement.classList.contains("fe-text")))
			break;
	}
	await page.keyboard.type("No mouse was used.");
	await page.keyboard.press("Control+s");
	await saved(page);
	assert.equal((await stored(ada, url)).trim(), "No mouse was used.");
	// What was saved by hand is told from what was saved while writing.
	await page.goto(`${paper.origin}${url}/revisions`);
	assert.match(await page.textContent(".history li .quiet"), /^saved$/);
	await end(context);
});

test("a story is written on a phone", async () => {
	const url = await begin(ada, "On a phone, with a headline of some length");
	const context = await signedIn(browser, ada, { viewport: { width: 320, height: 640 },
		hasTouch: true, isMobile: true });
	const page = await open(context, url);
	await page.text.tap();
	await page.keyboard.type("Typed with a thumb.");
	await saved(page);
	for (const way of [url, "/stories", "/stories/new", `${url}/revisions`,
		`${url}/preview?width=phone`, `${url}/notes`]) {
		await page.goto(paper.origin + way);
		assert.ok(await page.evaluate(() =>
			document.documentElement.scrollWidth) <= 320, way);
	}
	await end(context);
});

test("all of it without a script", async () => {
	const context = await signedIn(browser, ada, { javaScriptEnabled: false });
	const page = await open_list(context);
	await page.click("text=New story");
	await page.fill("#f-headline", "Without a script");
	await page.click("text=Begin writing");
	await page.fill("#body", "Plain words.");
	await page.click("button:text-is(\"Save\")");
	assert.match(await page.textContent(".done"), /Saved/);
	const url = new URL(page.url()).pathname;
	// Somebody else saves other words, and then the same ones.
	const other = async (body) => {
		const { body: html } = await bo.get(url);
		await bo.post(`${url}/save`, { body, tab: "x",
			base: /name="base" value="(\d+)"/.exec(html)[1] });
	};
	await other("Plain old words.");
	await page.fill("#body", "Plain new words.");
	await page.click("button:text-is(\"Save\")");
	assert.match(await page.textContent("h1"), /same words/);
	assert.match(await page.textContent(".version"), /Plain old words/);
	await page.screenshot({ path: `${shots}/desk-conflict.png`, fullPage: true });
	await page.fill("#f-body", "Plain old and new words.");
	await page.click("text=Save as it stands here");
	assert.equal((await stored(ada, url)).trim(), "Plain old and new words.");
	await page.goto(`${paper.origin}${url}/revisions`);
	await page.click("text=What changed");
	assert.match(await page.textContent(".compare ins"), /new/);
	await end(context);
});

test("without a script, what is sent after the session's end comes back", async () => {
	const own = await paper.member(ada, { name: "Cy Lund", login: "cy", role: 3 });
	const url = await begin(own, "Signed out, no script");
	const context = await signedIn(browser, own, { javaScriptEnabled: false });
	const [name, value] = own.device.split("=");
	await context.addCookies([{ name, value, secure: true, httpOnly: true,
		sameSite: "Strict", url: paper.origin.replace("http:", "https:") }]);
	const page = await context.newPage();
	await page.goto(paper.origin + url);
	await page.fill("#body", "An hour's work.\n\nWith \"quotes\" & more.\n");
	// Away for four days: the session has ended by time.
	paper.signal("SIGTERM");
	await paper.ended;
	const { status, stderr } = spawnSync("sqlite3", [
		path.join(paper.paper, "private/paper.db"),
		"UPDATE session SET seen_us = seen_us - 345600000000 WHERE staff = " +
		"(SELECT id FROM staff WHERE login = 'cy')"], { encoding: "utf8" });
	assert.equal(status, 0, stderr);
	await paper.serve();
	await page.click("button:text-is(\"Save\")");
	assert.match(await page.textContent("main"), /waits here for 30 minutes/);
	await page.screenshot({ path: `${shots}/desk-kept-sign-in.png` });
	await page.fill("#f-login", "cy");
	await page.fill("#f-password", PASSWORD);
	await page.click("button:text-is(\"Sign in\")");
	await page.fill("#f-code", own.codes.pop());
	await page.click("button:text-is(\"Go on\")");
	assert.match(await page.textContent("h1"), /still here/);
	assert.match(await page.inputValue("main textarea[name=body]"),
		/An hour's work/);
	await page.screenshot({ path: `${shots}/desk-kept.png` });
	await page.click("button:text-is(\"Send it again\")");
	assert.match(await page.textContent(".done"), /Saved/);
	await own.signIn();
	assert.equal(await stored(own, url),
		"An hour's work.\n\nWith \"quotes\" & more.\n");
	await end(context);
});

test("a link for somebody outside shows the story and nothing more", async () => {
	const url = await begin(ada, "For outside");
	const context = await signedIn(browser, ada);
	const page = await context.newPage();
	await page.goto(`${paper.origin}${url}/preview`);
	await page.fill("#f-note", "A lawyer");
	await page.click("text=Make a link");
	const secret = (await page.textContent(".code")).trim();
	const stranger = await browser.newContext({ viewport: desk });
	const reading = await stranger.newPage();
	await reading.goto(secret);
	assert.match(await reading.textContent("h1"), /For outside/);
	assert.deepEqual(await stranger.cookies(), []);
	await page.click("text=Revoke");
	assert.equal((await reading.goto(secret)).status(), 404);
	await stranger.close();
	await end(context);
});

test("every screen keeps nobody out, light and dark, also in Arabic", async () => {
	const url = await begin(ada, "The old quay is closed to boats until spring");
	const { body } = await ada.get(url);
	await ada.post(`${url}/save`, { base: /name="base" value="(\d+)"/.exec(body)[1],
		tab: "x", kicker: "Harbour", standfirst: "Seven boats have to go.",
		dateline: "Port Lune", tags: "harbour, fishing",
		body: "The wall broke at noon. He said said so.\n\n## What was known\n\n" +
			"> “We were told,” said Ines Corvo.\n\n- one\n- two\n" });
	await ada.post(`${url}/notes`, { quote: "at noon", text: "Who says so?" });
	const screens = { stories: "/stories", new: "/stories/new", write: url,
		revisions: `${url}/revisions`, preview: `${url}/preview`,
		notes: `${url}/notes` };
	const looks = [["light", {}], ["dark", { colorScheme: "dark" }],
		["phone", { viewport: { width: 360, height: 740 } }], ["ar", {}]];
	for (const [look, options] of looks) {
		if (look === "ar")
			await ada.post("/account/me", { name: "Ada Quay", lang: "ar" });
		const context = await signedIn(browser, ada, options);
		const page = await context.newPage();
		for (const [name, way] of Object.entries(screens)) {
			await page.goto(paper.origin + way);
			if (name === "write")
				await page.waitForSelector("html[data-editor=ready]");
			await sound(page, `${name} ${look}`);
			if (look === "ar")
				assert.equal(await page.getAttribute("html", "dir"), "rtl");
			assert.ok(await page.evaluate(() => document.documentElement
				.scrollWidth <= innerWidth), `${name} ${look} is too wide`);
			await page.screenshot({ fullPage: true,
				path: `${shots}/desk-${name}-${look}.png` });
		}
		await end(context);
	}
	await ada.post("/account/me", { name: "Ada Quay", lang: "en" });
});
