// Saving in a real browser against a real server: dead networks, killed
// servers, two tabs, two people.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { atEnd, axePath, launch, open, saved, shut, withPage } from './browser.mjs';
import { random } from './generate.mjs';
import { Newsroom } from './server.mjs';

let browser;
const kills = Number(process.env.FARTHING_KILLS || 12);

before(async () => {
	browser = await launch();
});
after(() => shut(browser));

const sentence = (page) => page.textContent('#save-state span');
const shown = (page, text) => page.waitForFunction((t) =>
	document.querySelector('.fe-text').textContent.includes(t), text);

// What is left over in a browser reaches the server: put back by the next page,
// or sent by the one that was closed, whose last request may come late.
async function arrives(page, newsroom, body) {
	for (let left = 150; newsroom.newest.body !== body; left--) {
		assert.ok(left > 0, `it has ${JSON.stringify(newsroom.newest.body)}, ` +
			`the page is ${await page.state()}`);
		await page.waitForTimeout(100);
	}
	// A page with nothing to save says nothing.
	await page.waitForFunction(() => [undefined, 'saved'].includes(
		document.getElementById('save-state').dataset.state), null, { timeout: 15000 });
}

test('a pause is saved by itself, and the page says when, exactly', () =>
	withPage(browser, { body: 'One.' }, async (page, newsroom) => {
		await atEnd(page);
		await page.keyboard.type(' Two.');
		assert.match(await sentence(page), /Not saved yet|Saving/);
		await page.until('saved');
		assert.equal(newsroom.newest.body, 'One. Two.');
		assert.match(await sentence(page), /^Saved on the server at \d\d:\d\d:\d\d$/);
		await page.fill('#headline', 'A new headline');
		await page.waitForTimeout(50);
		await page.until('saved');
		assert.equal(newsroom.newest.headline, 'A new headline');
		await page.locator('form button.main').click();
		assert.match(page.url(), /\/stories\/1$/);
	}));

test('a full disk is told, the text kept, and saved when there is room', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		newsroom.mode = 'disk-full';
		await page.text.focus();
		await page.keyboard.type('Not lost.');
		await page.until('disk-full');
		assert.equal(await sentence(page), 'Not saved: the server’s disk is full. ' +
			'Your text is kept in this browser.');
		assert.match(await page.textContent('.fe-aloud'), /disk is full/);
		await page.keyboard.type(' More.');
		await page.waitForTimeout(400);
		newsroom.mode = 'well';
		await page.click('#save-state button');
		await page.until('saved');
		assert.equal(newsroom.newest.body, 'Not lost. More.');
	}));

test('signed out: the text is kept, and goes on after signing in elsewhere', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		newsroom.mode = 'signed-out';
		await page.text.focus();
		await page.keyboard.type('Mine.');
		await page.until('signed-out');
		assert.match(await sentence(page), /signed out\. Your text is kept/);
		const [other] = await Promise.all([page.context().waitForEvent('page'),
			page.click('#save-state a')]);

		assert.match(other.url(), /\/sign-in$/);
		newsroom.mode = 'well';
		await other.close();
		await page.bringToFront();
		await page.until('saved');
		assert.equal(newsroom.newest.body, 'Mine.');
	}));

test('a killed server, and the page closed meanwhile: the text comes back', async () => {
	const newsroom = await new Newsroom({ body: 'Start.' }).start();
	const context = await browser.newContext();
	const page = await open(browser, newsroom, { context });

	await atEnd(page);
	await newsroom.kill();
	await page.keyboard.type(' Written while it was dead.');
	await page.until('offline');
	assert.equal(await sentence(page), 'Not saved: no connection. ' +
		'Your text is kept in this browser.');
	await page.close({ runBeforeUnload: false });
	newsroom.mode = 'busy'; // takes nothing from the closed page, however late
	await newsroom.start();
	const again = await open(browser, newsroom, { context });

	await again.until('busy');
	newsroom.mode = 'well';
	await again.until('saved');
	assert.equal(newsroom.newest.body, 'Start. Written while it was dead.');
	assert.match(await again.textContent('#notices'), /was put back/);
	await again.click('#notices button:has-text("Leave it out")');
	await again.waitForTimeout(1300);
	await again.until('saved');
	assert.equal(newsroom.newest.body, 'Start.');
	await again.end();
	const third = await open(browser, newsroom, { context });

	assert.equal(await third.locator('#notices p').count(), 0, 'nothing is left over');
	await third.end();
	await context.close();
	await newsroom.kill();
});

test('text from before is merged with what others wrote since', async () => {
	const newsroom = await new Newsroom({ body: 'First.\n\nLast.\n' }).start();
	const context = await browser.newContext();
	const page = await open(browser, newsroom, { context });

	await atEnd(page);
	await newsroom.kill();
	await page.keyboard.type(' Mine.');
	await page.until('offline');
	await page.close({ runBeforeUnload: false });
	newsroom.other({ body: 'First. Theirs.\n\nLast.\n' });
	await newsroom.start();
	const again = await open(browser, newsroom, { context });

	await arrives(again, newsroom, 'First. Theirs.\n\nLast. Mine.\n');
	await shown(again, 'Theirs.');
	await again.end();
	await context.close();
	await newsroom.kill();
});

test('a text that is too hard for the visual editor is shown as Markdown', () =>
	withPage(browser, { body: `${'*a_ '.repeat(6000)}\n` }, async (page, newsroom) => {
		await page.getByText(/shown as Markdown/).waitFor({ timeout: 10000 });
		assert.equal(await page.isVisible('#body'), true);
		await page.fill('#body', 'Mine, plain.\n');
		await page.until('saved');
		await page.click('[data-id=markdown], button:has-text("Visual")');
		await page.text.waitFor({ timeout: 10000 });
		await atEnd(page);
		await page.keyboard.type(' And on.');
		await page.until('saved');
		assert.equal(newsroom.newest.body.trim(), 'Mine, plain. And on.');
		// A colleague saves such a text while one writes.
		newsroom.other({ body: `Mine, plain. And on.\n\n${'[a]('.repeat(6000)}\n` });
		await page.keyboard.press('Control+Home');
		await page.settle();
		await page.keyboard.type('So: ');
		await page.waitForFunction(() => document.getElementById('body').value
			.includes('[a](['), null, { timeout: 20000 });
		await page.getByText(/shown as Markdown/).waitFor({ timeout: 10000 });
		await page.until('saved');
		assert.match(newsroom.newest.body,
			/^So: Mine, plain\. And on\.\n\n(\[a\]\(){6000}\n$/);
		// Who was writing goes on in the Markdown, at the same place.
		await page.keyboard.type('it is ');
		await page.until('saved');
		assert.match(newsroom.newest.body, /^So: it is Mine, plain\. And on\.\n/);
	}));

test('two tabs of one story see each other’s text, and the cursor stays', async () => {
	const newsroom = await new Newsroom({ body: 'First.\n\nLast.\n' }).start();
	const context = await browser.newContext();
	const one = await open(browser, newsroom, { context });
	const two = await open(browser, newsroom, { context });

	await atEnd(two);
	await atEnd(one);
	await one.keyboard.press('Control+Home');
	await one.keyboard.type('Very ');
	await shown(two, 'Very First.');
	await two.keyboard.type(' End.');
	await two.until('saved');
	await shown(one, 'Last. End.');
	await one.keyboard.type('much ');
	await one.until('saved');
	assert.equal(newsroom.newest.body, 'Very much First.\n\nLast. End.\n');
	await one.end();
	await two.end();
	await context.close();
	await newsroom.kill();
});

test('a duplicated tab keeps its own copies', async () => {
	const newsroom = await new Newsroom({ body: 'First.\n\nLast.\n' }).start();
	const context = await browser.newContext();

	await context.addInitScript(() => {
		if (!sessionStorage.getItem('seen'))
			sessionStorage.setItem('farthing:tab', 'twin');
		sessionStorage.setItem('seen', '1');
	});
	const pages = [await open(browser, newsroom, { context }),
		await open(browser, newsroom, { context })];

	newsroom.mode = 'busy';
	for (const [i, page] of pages.entries()) {
		await page.text.locator('p').nth(i).click();
		await page.settle();
		await page.keyboard.press('End');
		await page.settle();
		await page.keyboard.type(` Tab${i}.`);
		await page.until('busy');
	}
	for (const page of pages)
		await page.close({ runBeforeUnload: false });
	newsroom.mode = 'well';
	const again = await open(browser, newsroom, { context });

	await arrives(again, newsroom, 'First. Tab0.\n\nLast. Tab1.\n');
	await shown(again, 'Tab1.');
	await again.end();
	await context.close();
	await newsroom.kill();
});

test('of two copies neither is lost when the server takes none at first', async () => {
	const newsroom = await new Newsroom({ body: 'First.\n\nLast.\n' }).start();
	const context = await browser.newContext();

	for (const i of [0, 1]) {
		const page = await open(browser, newsroom, { context });

		newsroom.mode = 'busy';
		await page.text.locator('p').nth(i).click();
		await page.settle();
		await page.keyboard.press('End');
		await page.settle();
		await page.keyboard.type(` Tab${i}.`);
		await page.until('busy');
		await page.context().setOffline(true); // no last request
		await page.close({ runBeforeUnload: false });
		await context.setOffline(false);
	}
	const second = await open(browser, newsroom, { context });

	await second.until('busy');
	newsroom.mode = 'well';
	await second.until('saved');
	await second.end();
	const third = await open(browser, newsroom, { context });

	await arrives(third, newsroom, 'First. Tab0.\n\nLast. Tab1.\n');
	await third.end();
	const fourth = await open(browser, newsroom, { context });

	assert.equal(await fourth.locator('#notices p').count(), 0, 'nothing is left over');
	await fourth.end();
	await context.close();
	await newsroom.kill();
});

test('two people: merged while both go on typing, neither cursor jumps', () =>
	withPage(browser, { body: 'Alpha one.\n\nBeta two.\n\nGamma three.\n' },
		async (page, newsroom) => {
			newsroom.present = [{ name: 'Ana Sol' }];
			await page.text.locator('p').last().click();
			await page.settle();
			await page.keyboard.press('End');
			await page.settle();
			newsroom.other({ body: 'Alpha ONE.\n\nInserted.\n\nBeta two.\n\nGamma three.\n' });
			for (const word of ['a', 'b', 'c', 'd', 'e', 'f']) {
				await page.keyboard.type(` ${word}`);
				await page.waitForTimeout(450);
			}
			await page.until('saved');
			assert.equal(newsroom.newest.body, 'Alpha ONE.\n\nInserted.\n\nBeta two.\n\n' +
				'Gamma three. a b c d e f\n');
			assert.match(await page.textContent('#present'), /Also here: Ana Sol/);
			assert.match(await page.textContent('#notices'), /someone else were put into/);
			await page.keyboard.press('Control+z');
			assert.match(await page.text.textContent(), /Inserted/,
				'undo takes back one’s own');
		}));

test('whoever pauses behind a space goes on behind it', () =>
	withPage(browser, { body: 'Alpha one.\n\nBeta two.\n' }, async (page, newsroom) => {
		await atEnd(page);
		for (const [i, keys] of [['Space', 'Enter'], ['Space'], ['Enter']].entries()) {
			newsroom.other({ body: newsroom.newest.body.replace(/^Alpha/, `Alpha ${i}`) });
			for (const key of keys)
				await page.keyboard.press(key);
			await shown(page, `Alpha ${i}`);
			await page.keyboard.type(`word${i}`);
			await page.until('saved');
		}
		assert.equal(await saved(page, newsroom), 'Alpha 2 1 0 one.\n\nBeta two.\n\n' +
			'word0 word1\n\nword2\n');
	}));

test('two people typing at once in their own paragraphs: no word is lost', async () => {
	const newsroom = await new Newsroom({ body: 'One.\n\nMiddle.\n\nTwo.\n' }).start();
	const pages = [await open(browser, newsroom), await open(browser, newsroom)];
	const typed = [[], []];

	await Promise.all(pages.map(async (page, who) => {
		const r = random(who + 11);
		const paragraph = page.text.locator('p').filter({ hasText: ['One.', 'Two.'][who] });

		await paragraph.click();
		await page.settle();
		await page.keyboard.press('End');
		await page.settle();
		for (let i = 0; i < 25; i++) {
			typed[who].push(`w${who}n${i}`);
			await page.keyboard.type(` w${who}n${i}`);
			await page.waitForTimeout(r(500));
		}
	}));
	await pages[0].until('saved');
	await pages[1].until('saved');
	assert.equal(newsroom.newest.body, `One. ${typed[0].join(' ')}\n\nMiddle.\n\n` +
		`Two. ${typed[1].join(' ')}\n`);
	await pages[0].end();
	await pages[1].end();
	await newsroom.kill();
});

test('the network goes and comes back: told, kept, saved at once', () =>
	withPage(browser, { body: 'One.' }, async (page, newsroom) => {
		await atEnd(page);
		await page.context().setOffline(true);
		await page.keyboard.type(' Two.');
		await page.until('offline');
		await page.keyboard.type(' Three.');
		await page.waitForTimeout(3000);
		await page.context().setOffline(false);
		await page.until('saved', 3000);
		assert.equal(newsroom.newest.body, 'One. Two. Three.');
		assert.match(await page.textContent('.fe-aloud'), /^Saved on the server/);
	}));

test('without IndexedDB localStorage keeps it; with neither the page says so', async () => {
	for (const [what, want] of [['indexedDB', /kept in this browser/],
		['both', /cannot keep it: leave this page open/]]) {
		const newsroom = await new Newsroom({ body: '' }).start();
		const context = await browser.newContext();

		await context.addInitScript((which) => {
			indexedDB.open = () => {
				throw new Error('private');
			};
			if (which === 'both')
				Storage.prototype.setItem = () => {
					throw new Error('full');
				};
		}, what);
		const page = await open(browser, newsroom, { context });

		newsroom.mode = 'busy';
		await page.text.focus();
		await page.keyboard.type('Mine.');
		await page.until('busy');
		await page.waitForTimeout(300);
		assert.match(await sentence(page), want);
		if (what === 'indexedDB') {
			await page.close({ runBeforeUnload: false });
			newsroom.mode = 'well';
			const again = await open(browser, newsroom, { context });

			await arrives(again, newsroom, 'Mine.');
			await again.end();
		}
		await context.close();
		await newsroom.kill();
	}
});

for (const choice of ['Keep yours', 'Take the one on the server'])
	test(`the same words changed by two: ${choice}`, () =>
		withPage(browser, { body: 'The old word.\n' }, async (page, newsroom) => {
			await page.text.locator('p').dblclick({ position: { x: 55, y: 10 } });
			await page.settle();
			await page.keyboard.type('new');
			newsroom.other({ body: 'The ancient word.\n' });
			await page.until('conflict');
			const mine = await page.text.textContent();

			assert.match(await page.textContent('#conflict'), /Ana changed the same words/);
			assert.match(await page.textContent('#conflict'), /ancient/);
			assert.ok(await page.evaluate(() =>
				document.getElementById('conflict').contains(document.activeElement)));
			assert.equal(newsroom.newest.body, 'The ancient word.\n');
			await page.click(`#conflict button:has-text("${choice}")`);
			await page.until('saved');
			assert.equal(newsroom.newest.body, choice === 'Keep yours' ? `${mine}\n`
				: 'The ancient word.\n');
			assert.equal((await page.text.textContent()).trim(),
				newsroom.newest.body.trim());
		}));

test('what only the other changed is on the screen while one chooses', () =>
	withPage(browser, { body: 'The old word.\n' }, async (page, newsroom) => {
		await page.fill('[name=headline]', 'Mine');
		newsroom.other({ headline: 'Theirs', body: 'The checked word.\n' });
		await page.until('conflict');
		assert.match(await page.textContent('#conflict'), /Theirs/);
		assert.doesNotMatch(await page.textContent('#conflict'), /checked/);
		assert.equal((await page.text.textContent()).trim(), 'The checked word.');
		await atEnd(page);
		await page.keyboard.type('!');
		await page.click('#conflict button:has-text("Keep yours")');
		await page.until('saved');
		assert.equal(newsroom.newest.headline, 'Mine');
		assert.equal(newsroom.newest.body, 'The checked word.!\n');
	}));

test('leaving warns only while something is not saved', async () => {
	const newsroom = await new Newsroom({ body: 'One.' }).start();
	const page = await open(browser, newsroom);
	let warned = 0;

	page.on('dialog', (dialog) => {
		warned++;
		dialog.dismiss();
	});
	await atEnd(page);
	await page.keyboard.type(' Two.');
	await page.close({ runBeforeUnload: true });
	await new Promise((resolve) => setTimeout(resolve, 500));
	assert.equal(warned, 1);
	await page.until('saved');
	await page.close({ runBeforeUnload: true });
	await new Promise((resolve) => setTimeout(resolve, 500));
	assert.equal(warned, 1);
	assert.ok(page.isClosed());
	await newsroom.kill();
});

test(`a server killed ${kills} times at any moment while one types`, async () => {
	const newsroom = await new Newsroom({ body: '' }).start();
	const page = await open(browser, newsroom);
	const r = random(Number(process.env.FARTHING_SEED || 7));
	let typed = '';

	await page.text.focus();
	for (let i = 0; i < kills; i++) {
		const killing = new Promise((resolve) => setTimeout(() =>
			resolve(newsroom.kill()), r(1600)));

		for (let k = 0; k < 6; k++) {
			await page.keyboard.type(`w${i}x${k} `);
			typed += `w${i}x${k} `;
			await page.waitForTimeout(r(400));
		}
		await killing;
		await page.waitForTimeout(r(500));
		await newsroom.start();
	}
	await page.until('saved', 30000);
	assert.equal(newsroom.newest.body, typed.trim());
	assert.equal((await page.text.textContent()).trim(), typed.trim());
	await page.end();
	await newsroom.kill();
});

// Where a match stands, in bytes.
function placeOf(body, m) {
	return { offset: Buffer.byteLength(body.slice(0, m.index)), length: m[0].length };
}

test('proof marks: underlined as one writes, mended by one click or key', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		newsroom.marks = ({ body }) => [...body.matchAll(/the the|teh/g)].map((m) => ({
			kind: 'doubled word', field: 'body', ...placeOf(body, m),
			message: 'A fault', go: 'Go there', place: { field: 'body', ...placeOf(body, m) },
			mends: [{ say: 'Write: the', field: 'body', ...placeOf(body, m), text: 'the' }],
		})).concat([{ kind: 'no byline', field: 'headline', offset: 0, length: 0,
			place: { field: 'headline', offset: 0, length: 0 }, go: 'Name the writer',
			message: 'There is no byline', mends: [] }]);
		await page.text.focus();
		await page.keyboard.type('Ünder **the the** 🙂 “sky” of teh');
		await page.keyboard.type(' sea');
		await page.waitForSelector('.fe-text .fe-mark');
		const underlined = () => page.locator('.fe-text .fe-mark').allTextContents();

		assert.deepEqual(await underlined(), ['the the', 'teh']);
		await atEnd(page);
		await page.keyboard.press('Control+Home');
		await page.keyboard.type('More ');
		assert.deepEqual(await underlined(), ['the the', 'teh'], 'they move along');
		await page.until('saved');
		await page.locator('#proof .fe-goto').nth(1).focus();
		await page.keyboard.press('Enter');
		assert.ok(await page.evaluate(() =>
			document.activeElement.classList.contains('fe-text')));
		assert.equal(await page.evaluate(() => getSelection().toString()), 'teh');
		const mend = page.locator('#proof li button:has-text("Write:")').last();

		await mend.focus();
		await page.keyboard.press('Enter');
		assert.match(await page.text.textContent(), /of the sea/);
		assert.ok(await page.evaluate(() =>
			document.getElementById('proof').contains(document.activeElement)));
		await page.keyboard.press('Control+z');
		assert.match(await page.text.textContent(), /of teh sea/, 'one step takes it back');
		await page.until('saved');
		await page.locator('#proof li button:has-text("Write:")').last().click();
		await page.locator('#proof li button:has-text("Write:")').first().click();
		const body = await saved(page, newsroom);

		assert.match(body, /More Ünder .*the.* 🙂 “sky” of the sea/);
		assert.doesNotMatch(body, /the the/);
		assert.match(await page.textContent('#proof'), /1 mark.*There is no byline/s);
		await page.click('#proof li button:has-text("Name the writer")');
		assert.equal(await page.evaluate(() => document.activeElement.name), 'headline');
	}));

test('without script it is a plain form with the whole text in it', async () => {
	const newsroom = await new Newsroom({ body: 'All of it.\n' }).start();
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();

	await page.goto(`${newsroom.url}/stories/1`);
	assert.equal(await page.inputValue('textarea[name=body]'), 'All of it.\n');
	await page.fill('textarea[name=body]', 'Changed.');
	await page.click('button.main');
	assert.equal(newsroom.newest.body, 'Changed.');
	await context.close();
	await newsroom.kill();
});

test('axe finds nothing, light and dark, desk and phone, dialogs too', async () => {
	const body = fs.readFileSync(new URL('story.md', import.meta.url), 'utf8');

	for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark' },
		{ viewport: { width: 320, height: 700 } }])
		for (const lang of ['en', 'ar'])
			await withPage(browser, { body }, async (page, newsroom) => {
				newsroom.marks = () => [{ kind: 'x', field: 'body', offset: 0, length: 3,
					message: 'A fault', go: 'Go there', mends: [{ say: 'Write: A', field: 'body',
						offset: 0, length: 3, text: 'A' }] },
				{ kind: 'y', field: 'headline', offset: 0, length: 0, message: 'None',
					go: 'Write it', mends: [] }];
				await saved(page, newsroom);
				await page.addScriptTag({ path: axePath }).catch(() => {});
				const check = async (what) => {
					const found = await page.evaluate(async (source) => {
						if (!window.axe)
							window.eval(source);
						const { violations } = await window.axe.run(document, {
							runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
								'best-practice'],
						});

						return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html)
							.join(' ').slice(0, 300)}`);
					}, fs.readFileSync(axePath, 'utf8'));

					assert.deepEqual(found, [], `${what} ${lang} ${JSON.stringify(options)}`);
				};

				await check('page');
				for (const id of ['link', 'picture', 'lang']) {
					await page.locator('.fe-text p').first().click();
					await page.locator(`[data-command=${id}]`).click();
					await page.waitForTimeout(150);
					await check(id);
					await page.keyboard.press('Escape');
				}
				assert.ok(await page.evaluate(() =>
					document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');
				await page.evaluate(() => 0);
			}, { ...options, lang, bypassCSP: true });
});
