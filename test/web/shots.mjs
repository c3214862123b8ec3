// SPDX-License-Identifier: MIT
// Pictures of pages, to be looked at: phone and desk, light and dark, print.
// Usage: node test/web/shots.mjs FOLDER OUT [NAME...]
// FOLDER is served on a port of its own; OUT gets NAME-360.png and so on.
import { createServer } from "node:http";
import { readFile, readdir, mkdir } from "node:fs/promises";
import { join, normalize } from "node:path";
import { chromium } from "playwright-core";

const [folder, out, ...only] = process.argv.slice(2);
const types = { html: "text/html;charset=utf-8", jpg: "image/jpeg" };
const server = createServer(async (request, response) => {
	const path = normalize(new URL(request.url, "http://x").pathname);
	try {
		const bytes = await readFile(join(folder, path));
		const type = types[path.split(".").pop()] ?? "text/plain";
		response.writeHead(200, { "content-type": type }).end(bytes);
	} catch {
		response.writeHead(404).end();
	}
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const base = `http://127.0.0.1:${server.address().port}/`;

const looks = [
	["360", { viewport: { width: 360, height: 740 } }],
	["1280", { viewport: { width: 1280, height: 900 } }],
	["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
];
const names = (await readdir(folder))
	.filter((f) => f.endsWith(".html"))
	.map((f) => f.slice(0, -5))
	.filter((n) => !only.length || only.includes(n));
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox"],
});
await mkdir(out, { recursive: true });
for (const [look, options] of looks) {
	const page = await browser.newPage(options);
	for (const name of names) {
		await page.goto(`${base}${name}.html`);
		await page.screenshot({ path: join(out, `${name}-${look}-top.png`) });
		const wide = await page.evaluate(() =>
			document.documentElement.scrollWidth - innerWidth);
		if (wide > 0)
			console.log(`${name} at ${look}: ${wide} px too wide`);
		await page.screenshot({
			path: join(out, `${name}-${look}.png`), fullPage: true });
	}
	await page.close();
}
await browser.close();
server.close();
