// What is pasted from other programs comes out clean. test/editor/paste holds
// what they put on the clipboard, and the Markdown it must become.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { atEnd, launch, paste, saved, shut, withPage } from './browser.mjs';

const dir = new URL('paste/', import.meta.url);
let browser;

before(async () => {
	browser = await launch();
});
after(() => shut(browser));

// Nothing of the source's dress, and nothing that acts or tells.
async function checkDom(page) {
	const found = await page.evaluate(() => [...document.querySelectorAll(
		'.fe-text *')].flatMap((e) => [
		...[...e.attributes].filter((a) => /^(style|on|id$|srcset)/.test(a.name))
			.map((a) => `${e.tagName} ${a.name}=${a.value}`),
		...(/^(SCRIPT|STYLE|IFRAME|FONT|CENTER|META|LINK)$/.test(e.tagName)
			? [e.tagName] : []),
		...(e.tagName === 'IMG' && !e.src.startsWith(location.origin) &&
			!/ProseMirror/.test(e.className) ? [e.src] : []),
		...[...e.classList].filter((c) => !/^(fe-|ProseMirror)/.test(c)),
	]));

	assert.deepEqual(found, []);
}

for (const name of fs.readdirSync(dir).filter((f) => f.endsWith('.html')))
	test(`pasted: ${name}`, () => withPage(browser, { body: '' },
		async (page, newsroom) => {
			const html = fs.readFileSync(new URL(name, dir), 'utf8');
			const want = fs.readFileSync(new URL(name.replace('.html', '.md'), dir), 'utf8');

			await page.text.focus();
			await paste(page, { html, text: 'plain' });
			assert.equal((await saved(page, newsroom)).trim(), want.trim());
			await checkDom(page);
			const pictures = /<img(?![^>]*width="?1\b)/.test(html);

			assert.equal(/left out/.test(await page.textContent('#notices')), pictures);
			await page.keyboard.press('Control+z');
			assert.equal(await saved(page, newsroom), '');
		}));

test('a paste in the middle of a paragraph joins its words', () =>
	withPage(browser, { body: 'One three.' }, async (page, newsroom) => {
		await page.text.focus();
		await page.keyboard.press('Home');
		await page.settle();
		for (let i = 0; i < 4; i++)
			await page.keyboard.press('ArrowRight');
		await paste(page, { html: '<span style="font-weight:700">two </span>' });
		assert.equal(await saved(page, newsroom), 'One **two** three.');
	}));

test('footnotes that are pasted do not take the labels that are there', () =>
	withPage(browser, { body: 'Old[^1].\n\n[^1]: Old note.\n' },
		async (page, newsroom) => {
			await page.text.locator('p').first().click();
			await page.settle();
			await page.keyboard.press('End');
			await page.settle();
			await page.keyboard.press('Enter');
			await paste(page, { html: fs.readFileSync(
				new URL('libreoffice.html', dir), 'utf8') });
			const body = await saved(page, newsroom);

			assert.match(body, /Old\[\^1\]\./);
			assert.match(body, /\*\*nein\*\*\[\^2\]/);
			assert.match(body, /^\[\^2\]: Protokoll/m);
			assert.match(body, /^\[\^1\]: Old note/m);
		}));

test('plain text: paragraphs, broken lines, an address', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		await page.text.focus();
		await paste(page, { text: 'A line that was broken by a mail program at some width, and\n' +
			'goes on here until it ends.\n\nShort\nlines\n\n*star* & <b>' });
		assert.equal(await saved(page, newsroom),
			'A line that was broken by a mail program at some width, and goes on here ' +
			'until it ends.\n\nShort\\\nlines\n\n\\*star\\* & \\<b>');
		await page.keyboard.press('Enter');
		await paste(page, { text: 'https://example.org/a?b=c' });
		assert.match(await saved(page, newsroom), /<https:\/\/example\.org\/a\?b=c>$/);
	}));

const raw = `Harbour ferry sinks\n\n${'The ferry sank on Monday. '.repeat(20)}\n\nNobody was hurt.\n`;

test('raw text into an empty story goes through intake, with what it did', () =>
	withPage(browser, { body: '', headline: '' }, async (page, newsroom) => {
		await page.text.focus();
		await paste(page, { text: raw });
		await page.waitForSelector('.fe-intake');
		assert.equal(newsroom.intakes.length, 1);
		assert.equal(await page.inputValue('#headline'), 'Harbour ferry sinks');
		assert.equal(await page.inputValue('#kicker'), 'Harbour');
		assert.match(await page.textContent('.fe-intake'), /first line became/);
		assert.match(await page.textContent('.fe-intake'), /Support us/);
		assert.match(await saved(page, newsroom), /^The ferry sank[^]*Nobody was hurt\.$/);
	}));

test('raw text by the toolbar stands where the cursor is; headlines stay', () =>
	withPage(browser, { body: 'Before.' }, async (page, newsroom) => {
		await atEnd(page);
		await page.keyboard.press('Enter');
		await page.click('[data-command=raw]');
		await page.fill('dialog textarea', raw);
		await page.click('dialog button.main');
		await page.waitForSelector('.fe-intake');
		assert.equal(await page.inputValue('#headline'), 'A quay');
		assert.match(await saved(page, newsroom), /^Before\.\n\nThe ferry/);
	}));

test('raw text that the server cannot read is pasted as it is', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		newsroom.intake = (form, response) => newsroom.json(response, {}, 500);
		await page.text.focus();
		await paste(page, { text: raw });
		await page.waitForFunction(() =>
			/pasted as it is/.test(document.getElementById('notices').textContent));
		assert.match(await saved(page, newsroom), /^Harbour ferry sinks\n\nThe ferry/);
	}));

test('a picture that is pasted is uploaded and stands as a figure', () =>
	withPage(browser, { body: 'Text.' }, async (page, newsroom) => {
		await atEnd(page);
		await page.evaluate(() => {
			const data = new DataTransfer();

			data.items.add(new File([new Uint8Array([137, 80])], 'a.png',
				{ type: 'image/png' }));
			document.querySelector('.fe-text').dispatchEvent(new ClipboardEvent('paste',
				{ clipboardData: data, bubbles: true, cancelable: true }));
		});
		await page.waitForSelector('.fe-figure');
		assert.equal(await saved(page, newsroom), 'Text.\n\n![](/pictures/new.png)');
		assert.match(await page.textContent('.fe-figure'), /No alternative text/);
	}));

test('cut and pasted within the text, nothing of it is lost', () =>
	withPage(browser, { body: fs.readFileSync(new URL('story.md', import.meta.url), 'utf8') },
		async (page, newsroom) => {
			const before = await saved(page, newsroom);
			await page.text.focus();
			await page.keyboard.press('Control+a');
			await page.waitForTimeout(100);
			const copy = await page.evaluate(() => {
				const data = new DataTransfer();

				document.querySelector('.fe-text').dispatchEvent(new ClipboardEvent('cut',
					{ clipboardData: data, bubbles: true, cancelable: true }));
				return data.getData('text/html');
			});

			assert.equal((await saved(page, newsroom)).trim(), '');
			await paste(page, { html: copy });
			assert.equal((await saved(page, newsroom)).trim(), before.trim());
		}));

// What is pasted, by language, and what it becomes.
const quoted = {
	en: [
		[`"He said 'no'," she wrote. It's the '90s, 6'2" tall.`,
			`“He said ‘no’,” she wrote. It’s the ’90s, 6'2" tall.`],
		['<p>"A <b>bold</b>" claim</p><p>"B"</p>', '“A **bold**” claim\n\n“B”'],
		['<p>"A" <code>x = "y\'s"</code> "B"</p><pre>"z"</pre>',
			'“A” `x = "y\'s"` “B”\n\n```\n"z"\n```'],
		['See "https://example.org/it\'s" then', /^See “.*it's.*” then$/],
	],
	de: [['"Nein", sagte er, "wie \'so\' oft."', '„Nein“, sagte er, „wie ‚so‘ oft.“']],
	fr: [['Il dit " oui " et "l\'an".', 'Il dit «\u202Foui\u202F» et «\u202Fl’an\u202F».']],
	ru: [['Он сказал "нет".', 'Он сказал «нет».']],
	ja: [['彼は"はい"と"いいえ"。', '彼は「はい」と「いいえ」。']],
};

for (const [lang, cases] of Object.entries(quoted))
	test(`straight quotation marks are set as they are pasted: ${lang}`, () =>
		withPage(browser, { body: '' }, async (page, newsroom) => {
			for (const [given, want] of cases) {
				await page.text.focus();
				await page.keyboard.press('Control+a');
				await page.settle();
				await page.keyboard.press('Backspace');
				await paste(page, given.startsWith('<') ? { html: given, text: 'x' }
					: { text: given });
				const body = (await saved(page, newsroom)).trim();

				if (want instanceof RegExp)
					assert.match(body, want);
				else
					assert.equal(body, want);
			}
		}, { storyLang: lang }));

test('marks that are pasted into words and code follow what stands there', () =>
	withPage(browser, { body: 'He said “no' }, async (page, newsroom) => {
		await atEnd(page);
		await paste(page, { text: '" and "left"' });
		assert.equal((await saved(page, newsroom)).trim(),
			'He said “no” and “left”');
		await page.keyboard.press('Control+a');
		await page.settle();
		await page.keyboard.press('Backspace');
		await page.keyboard.type('```');
		await page.keyboard.press('Space');
		await paste(page, { text: 'a = "b"' });
		assert.match(await saved(page, newsroom), /a = "b"/);
	}));

test('straight marks that somebody wanted stay when they are moved', () =>
	withPage(browser, { body: 'A "b" it\'s.' }, async (page, newsroom) => {
		await page.text.focus();
		await page.keyboard.press('Control+a');
		await page.settle();
		const html = await page.evaluate(() => {
			const data = new DataTransfer();

			document.querySelector('.fe-text').dispatchEvent(new ClipboardEvent('cut',
				{ clipboardData: data, bubbles: true, cancelable: true }));
			return data.getData('text/html');
		});

		await paste(page, { html, text: 'x' });
		assert.equal((await saved(page, newsroom)).trim(), 'A "b" it\'s.');
	}));

test('what is plainly no text stays away, and text never does', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		const becomes = async (html, want) => {
			await page.text.focus();
			await page.keyboard.press('Control+a');
			await page.settle();
			await page.keyboard.press('Backspace');
			await paste(page, { html, text: 'x' });
			assert.equal((await saved(page, newsroom)).trim(), want, html);
		};

		await becomes('<nav><ul><li><a href="https://a.example/">Home</a></li></ul></nav>' +
			'<p>One.</p><form><label>Mail <input></label><p>Sign up</p></form>' +
			'<dialog open><p>Cookies</p></dialog><template><p>T</p></template>' +
			'<noscript><p>Switch it on</p></noscript><div role="search">Find</div>' +
			'<aside><h3>More</h3><ul><li><a href="https://a.example/b">Other</a></li>' +
			'</ul></aside><p>Two.</p>', 'One.\n\nTwo.');
		await becomes('<p>One.</p><aside><p>It opened in 1920.</p></aside>',
			'One.\n\nIt opened in 1920.');
		await becomes('<form id="aspnetForm"><h1>Ferry</h1><p>One.</p></form>',
			'## Ferry\n\nOne.');
		await becomes('<nav><ul><li>Home</li></ul></nav>', '- Home');
	}));

const payloads = [
	'<img src=x onerror="window.pwned=1">', '<svg onload="window.pwned=1"></svg>',
	'<script>window.pwned=1</script>', '<iframe srcdoc="<script>top.pwned=1</script>">',
	'<a href="javascript:window.pwned=1">x</a>', '<a href="java&#10;script:pwned=1">x</a>',
	'<a href=" data:text/html,<script>pwned=1</script>">x</a>',
	'<math><mtext><table><mglyph><style><img src=x onerror="window.pwned=1">',
	'<p style="background:url(javascript:pwned=1)">x</p>',
	'<input autofocus onfocus="window.pwned=1">', '<details open ontoggle="pwned=1">x',
	'<form action="javascript:pwned=1"><button>x</button></form>',
	'<base href="https://evil.example/">', '<meta http-equiv=refresh content="0;url=//evil.example">',
	'<noscript><p title="</noscript><img src=x onerror=pwned=1>">',
	'<a data-pm-slice="0 0 []" href="javascript:pwned=1" dir="auto">x</a>',
	'<pre class="fe-raw" data-kind="html" data-pm-slice="0 0 []" dir="auto"><img src=x onerror=pwned=1></pre>',
	'<figure data-src="javascript:pwned=1" data-pm-slice="0 0 []" dir="auto"><figcaption>x</figcaption></figure>',
	'<div data-embed data-href="javascript:pwned=1" data-pm-slice="0 0 []" dir="auto"><b>x</b></div>',
];

// The policy would stop them; it is switched off here, for it is the second
// lock and not the first.
test('nothing that is pasted or written runs in an editor’s browser', () =>
	withPage(browser, { body: payloads.join('\n\n') +
		'\n\n[x](javascript:window.pwned=1) <javascript:pwned=1> ![x](javascript:pwned=1)\n\n' +
		'![a](javascript:pwned=1)\n\n[j]: javascript:pwned=1\n\n[j] `<b>`\n' },
	async (page, newsroom) => {
		const before = newsroom.newest.body;

		assert.equal(await saved(page, newsroom), before);
		for (const html of payloads) {
			await paste(page, { html });
			await page.waitForTimeout(40);
		}
		await saved(page, newsroom);
		assert.equal(await page.evaluate(() => window.pwned), undefined);
		assert.deepEqual(await page.locator('.fe-text a').evaluateAll((all) =>
			all.map((a) => a.protocol).filter((p) => !/^(https?|mailto):$|^$|^:$/.test(p))), []);
		assert.equal(await page.locator(
			'.fe-text :is(script, iframe, svg, form, base, meta, input)').count(), 0);
	}, { bypassCSP: true }));
