// SPDX-License-Identifier: MIT
// Checks pages for what keeps people out, with axe-core: any violation is a
// failure. Usage: node test/web/axe.mjs FILE...
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const looks = [
	{ viewport: { width: 360, height: 740 }, colorScheme: "light" },
	{ viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
];
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox"],
});
let failed = 0;
let passed = 0;
for (const look of looks) {
	const page = await browser.newPage(look);
	for (const file of process.argv.slice(2)) {
		await page.goto(pathToFileURL(file).href);
		await page.addScriptTag({ path: axe });
		const { violations, passes } = await page.evaluate(() => axe.run());
		passed += passes.length;
		for (const v of violations) {
			failed++;
			const where = v.nodes.map((n) => n.target.join(" "));
			console.log(`${file} at ${look.viewport.width}: ${v.id}: ` +
				`${v.help}\n    ${where.slice(0, 3).join("\n    ")}`);
		}
	}
	await page.close();
}
await browser.close();
console.log(`axe: ${passed} rules passed, ${failed} violations`);
process.exit(failed || !passed ? 1 : 0);
