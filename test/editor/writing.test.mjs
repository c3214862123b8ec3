// Writing in the visual editor, as a journalist does it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { atEnd, launch, saved, shut, withPage } from './browser.mjs';

let browser;

before(async () => {
	browser = await launch();
});
after(() => shut(browser));

const story = 'First line.\n\n* a\n* b\n\nHead\n----\n\nLast [l][r].\n\n[r]: /x\n';

test('opening and saving changes no byte', () => withPage(browser, { body: story },
	async (page, newsroom) => {
		assert.equal(await saved(page, newsroom), story);
		assert.equal(newsroom.revisions.length, 1);
	}));

test('typing changes its own block and no other', () => withPage(browser,
	{ body: story }, async (page, newsroom) => {
		await page.text.locator('p').first().click();
		await page.settle();
		await page.keyboard.press('End');
		await page.settle();
		await page.keyboard.type(' More & more.');
		assert.equal(await saved(page, newsroom),
			story.replace('First line.', 'First line. More & more.'));
	}));

test('undo goes back to the very bytes', () => withPage(browser, { body: story },
	async (page, newsroom) => {
		await page.text.locator('h2').click();
		await page.settle();
		await page.keyboard.type('xyz');
		assert.match(await saved(page, newsroom), /^## .*xyz/m);
		await page.keyboard.press('Control+z');
		assert.equal(await saved(page, newsroom), story);
	}));

test('a whole story by keyboard: headings, lists, quotes, marks, rule', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		const { keyboard } = page;

		await page.text.focus();
		await keyboard.type('## Harbour');
		await keyboard.press('Enter');
		await keyboard.type('It is ');
		await keyboard.press('Control+b');
		await keyboard.type('late');
		await keyboard.press('Control+b');
		await keyboard.type('.');
		await keyboard.press('Enter');
		await keyboard.type('- one');
		await keyboard.press('Enter');
		await keyboard.type('two');
		await keyboard.press('Enter');
		await keyboard.press('Tab');
		await keyboard.type('deeper');
		await keyboard.press('Enter');
		await keyboard.press('Enter');
		await keyboard.press('Enter');
		await keyboard.type('> said');
		await keyboard.press('Enter');
		await keyboard.press('Enter');
		await keyboard.type('Small');
		await keyboard.press('Control+Alt+3');
		await keyboard.press('Enter');
		await keyboard.type('1. first');
		await keyboard.press('Enter');
		await keyboard.press('Enter');
		await keyboard.type('a');
		await keyboard.press('Shift+Enter');
		await keyboard.type('b');
		assert.equal(await saved(page, newsroom), '## Harbour\n\nIt is **late**.\n\n' +
			'- one\n- two\n  - deeper\n\n> said\n\n### Small\n\n1. first\n\na\\\nb');
	}));

test('the toolbar is one stop, its arrows and words do the work', () =>
	withPage(browser, { body: 'Words' }, async (page, newsroom) => {
		const { keyboard } = page;

		await page.text.focus();
		await page.settle();
		await keyboard.press('Control+a');
		await page.settle();
		await keyboard.press('Alt+F10');
		const active = () => page.evaluate(() =>
			document.activeElement.dataset.command);

		assert.equal(await active(), 'undo');
		for (let i = 0; i < 4; i++)
			await keyboard.press('ArrowRight');
		assert.equal(await active(), 'strong');
		await keyboard.press('Enter');
		assert.equal(await saved(page, newsroom), '**Words**');
		assert.equal(await page.getAttribute('[data-command=strong]', 'aria-pressed'),
			'true');
		await keyboard.press('Alt+F10');
		assert.equal(await page.evaluate(() =>
			document.querySelectorAll('.fe-bar [tabindex="0"]').length), 2);
		await keyboard.press('End');
		await page.settle();
		assert.equal(await active(), 'markdown');
		await keyboard.press('Escape');
		assert.ok(await page.evaluate(() =>
			document.activeElement.classList.contains('fe-text')));
	}));

test('a footnote is set with its words, numbered, and goes with its mark', () =>
	withPage(browser, { body: 'Old[^a] text.\n\n[^a]: Old note.\n' },
		async (page, newsroom) => {
			const { keyboard } = page;

			await page.text.locator('p').first().click();
			await page.settle();
			await keyboard.press('Home');
			await page.settle();
			await keyboard.type('New');
			await keyboard.press('Control+Alt+f');
			await keyboard.type('The new note.');
			await keyboard.press('Control+Enter');
			await keyboard.type(' words. ');
			assert.equal(await saved(page, newsroom), 'New[^1] words. Old[^a] text.\n\n' +
				'[^a]: Old note.\n\n[^1]: The new note.\n');
			assert.deepEqual(await page.locator('.fe-ref').evaluateAll((all) =>
				all.map((e) => e.dataset.number)), ['1', '2']);
			await page.text.locator('.fe-note').last().click();
			await page.settle();
			await keyboard.press('Control+a');
			await keyboard.press('Backspace');
			assert.equal(await saved(page, newsroom), '');
		}));

test('a link by dialog: set, changed, refused, removed', () =>
	withPage(browser, { body: 'See the report.' }, async (page, newsroom) => {
		const { keyboard } = page;

		await page.text.focus();
		await page.settle();
		await keyboard.press('Control+a');
		await page.settle();
		await keyboard.press('Control+k');
		await keyboard.type('javascript:alert(1)');
		await keyboard.press('Enter');
		assert.match(await page.textContent('.fe-dialog .fault'), /no address/);
		await keyboard.press('Control+a');
		await keyboard.type('example.org/report');
		await keyboard.press('Enter');
		assert.equal(await page.locator('dialog').count(), 0);
		assert.equal(await saved(page, newsroom),
			'[See the report.](https://example.org/report)');
		await keyboard.press('ArrowLeft');
		await keyboard.press('ArrowRight');
		await keyboard.press('Control+k');
		assert.equal(await page.inputValue('dialog input[name=href]'),
			'https://example.org/report');
		await page.click('dialog button:has-text("Remove link")');
		assert.equal(await saved(page, newsroom), 'See the report.');
		await keyboard.press('Control+k');
		await keyboard.press('Escape');
		assert.equal(await page.locator('dialog').count(), 0);
	}));

test('a table: made, walked by Tab, a row and column more, aligned', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		const { keyboard } = page;

		await page.text.focus();
		await page.click('[data-command=table]');
		for (const word of ['Year', 'Ships', 'Crew', '1961', '4|5', '', '', '', 'end']) {
			if (word)
				await keyboard.type(word);
			if (word !== 'end')
				await keyboard.press('Tab');
		}
		await page.click('[data-command=align-end]');
		await keyboard.press('Tab');
		await keyboard.type('more');
		assert.equal(await saved(page, newsroom), '| Year | Ships | Crew |\n' +
			'| - | - | -: |\n| 1961 | 4\\|5 | |\n| | | end |\n| more | | |');
		await page.click('[data-command=column-delete]');
		assert.match(await saved(page, newsroom), /^\| Ships \| Crew \|/);
		await page.click('[data-command=table-delete]');
		assert.equal(await saved(page, newsroom), '');
	}));

test('Escape and Tab lead out of a table, and change nothing', () =>
	withPage(browser, { body: '' }, async (page, newsroom) => {
		const { keyboard } = page;
		const isInText = () => page.text.evaluate((e) =>
			e === document.activeElement);

		await page.text.focus();
		await keyboard.press('Control+Alt+t');
		await keyboard.type('Year');
		await page.locator('.fe-keys').getByText('Esc, then Tab').waitFor();
		const before = await saved(page, newsroom);
		await keyboard.press('Escape');
		await keyboard.press('Tab');
		assert.equal(await isInText(), false);
		await page.text.focus();
		await keyboard.press('Escape');
		await keyboard.press('Shift+Tab');
		assert.equal(await isInText(), false);
		// Any other key in between, and Tab is for the table again.
		await page.text.focus();
		await keyboard.press('Escape');
		await keyboard.press('ArrowRight');
		await keyboard.press('Tab');
		assert.equal(await isInText(), true);
		assert.equal(await saved(page, newsroom), before);
	}));

test('a card is set by its dialog, and is a paragraph of one link', () =>
	withPage(browser, { body: 'Text.' }, async (page, newsroom) => {
		const { keyboard } = page;

		await atEnd(page);
		await keyboard.press('Enter');
		await page.click('[data-command=card]');
		await keyboard.type('mailto:a@example.org');
		await keyboard.press('Enter');
		assert.match(await page.textContent('.fe-dialog .fault'), /no address/);
		await page.fill('dialog [name=href]', 'https://video.example/x');
		await page.fill('dialog [name=text]', 'The film of the swan');
		await page.click('dialog button.main');
		assert.match(await page.textContent('.fe-card'), /swan.*video\.example/s);
		assert.match(await saved(page, newsroom),
			/^Text\.\n\n\[The film of the swan\]\(https:\/\/video\.example\/x\)/);
	}));

test('a picture from the library, with caption, credit and alternative text', () =>
	withPage(browser, { body: 'Text.' }, async (page, newsroom) => {
		const { keyboard } = page;

		await atEnd(page);
		await keyboard.press('Enter');
		await keyboard.press('Control+Alt+p');
		await keyboard.type('quay');
		await page.locator('.fe-pick input').check();
		assert.equal(await page.inputValue('dialog [name=alt]'), 'The old quay');
		await page.fill('dialog [name=alt]', 'A quay in the rain');
		await page.click('dialog button.main');
		assert.equal(await saved(page, newsroom),
			'Text.\n\n![A quay in the rain](/pictures/quay.png)\n' +
			'*The quay (Photo: Rita Vaz)*');
		await page.click('.fe-figure button');
		await page.fill('dialog [name=credit]', 'Ana Sol');
		await page.click('dialog button.main');
		await page.click('.fe-figure figcaption');
		await page.settle();
		await keyboard.press('End');
		await page.settle();
		await keyboard.type(' at dawn.');
		assert.match(await saved(page, newsroom),
			/\*The quay at dawn\. \(Photo: Ana Sol\)\*$/);
	}));

test('Enter leaves a caption, breaks a line in a cell', () =>
	withPage(browser, { body: '![A](/pictures/quay.png)\n*The quay*\n\n' +
		'| a | b |\n|---|---|\n| c | d |\n' }, async (page, newsroom) => {
		await page.click('figcaption');
		await page.settle();
		await page.keyboard.press('Enter');
		await page.keyboard.type('Next.');
		await page.locator('td').first().click();
		await page.settle();
		await page.keyboard.press('End');
		await page.settle();
		await page.keyboard.press('Enter');
		await page.keyboard.type('e');
		assert.equal(await saved(page, newsroom), '![A](/pictures/quay.png)\n*The quay*\n\n' +
			'Next.\n\n| a | b |\n| - | - |\n| c<br>e | d |\n');
	}));

test('quotation marks as one types, by the language', async () => {
	const cases = {
		en: ['"So," he said, "don\'t." -- \'Yes\'...', '“So,” he said, “don’t.” – ‘Yes’…'],
		de: ['Er sagte: "Es ist \'gut\'."', 'Er sagte: „Es ist ‚gut‘.“'],
		fr: ['Il dit "oui" et l\'eau', 'Il dit «\u202Foui\u202F» et l’eau'],
		es: ['Dijo "sí"', 'Dijo «sí»'],
		ru: ['Он сказал "да" -- и всё', 'Он сказал «да» — и всё'],
		ar: ['قال "نعم"', 'قال «نعم»'],
		ko: ['그는 "네"라고', '그는 “네”라고'],
	};

	for (const [lang, [typed, want]] of Object.entries(cases))
		await withPage(browser, { body: '' }, async (page, newsroom) => {
			await page.text.focus();
			await page.keyboard.type(typed);
			assert.equal(await saved(page, newsroom), want, lang);
			await page.keyboard.type('"');
			await page.keyboard.press('Backspace');
			assert.equal(await saved(page, newsroom), `${want}"`, lang);
		}, { storyLang: lang });
});

test('words of another language are marked, and quoted as that language does', () =>
	withPage(browser, { body: 'Er rief allez und ging.' }, async (page, newsroom) => {
		await page.text.focus();
		await page.keyboard.press('Home');
		await page.settle();
		for (let i = 0; i < 8; i++)
			await page.keyboard.press('ArrowRight');
		for (let i = 0; i < 5; i++)
			await page.keyboard.press('Shift+ArrowRight');
		await page.click('[data-command=lang]');
		await page.keyboard.type('fr');
		await page.keyboard.press('Enter');
		assert.equal(await saved(page, newsroom), 'Er rief [allez]{lang=fr} und ging.');
	}, { storyLang: 'de' }));

test('the Markdown view is the same text, and undo reaches across', () =>
	withPage(browser, { body: story }, async (page, newsroom) => {
		await page.click('[data-command=markdown]');
		assert.equal(await page.inputValue('#body'), story);
		assert.ok(await page.evaluate(() => document.activeElement.id === 'body'));
		await page.fill('#body', `${story}\nAnother.\n`);
		assert.equal(await saved(page, newsroom), `${story}\nAnother.\n`);
		await page.click('[data-command=markdown]');
		assert.match(await page.text.textContent(), /Another\./);
		await page.keyboard.press('Control+z');
		assert.equal(await saved(page, newsroom), story);
	}));

test('words, minutes and what is to cut', () =>
	withPage(browser, { body: 'one two three four\n\n- five' }, async (page) => {
		assert.match(await page.textContent('#counts'), /5 words · 1 minute to read/);
		await page.fill('#counts input', '3');
		await page.waitForFunction(() =>
			/2 words to cut/.test(document.getElementById('counts').textContent));
		await page.fill('#counts input', '9');
		await page.waitForFunction(() =>
			/4 words free/.test(document.getElementById('counts').textContent));
	}));

test('what is not ours stays word for word, as a card', () =>
	withPage(browser, { body: '<div>raw</div>\n\n{{< youtube x >}}\n\n' +
		'<https://video.example/watch>\n\nText <b>b</b>.\n' }, async (page, newsroom) => {
		assert.equal(await page.locator('.fe-text > .fe-raw').count(), 2);
		assert.match(await page.textContent('.fe-card'), /video\.example/);
		await atEnd(page);
		await page.keyboard.type(' More.');
		assert.equal(await saved(page, newsroom), '<div>raw</div>\n\n{{< youtube x >}}\n\n' +
			'<https://video.example/watch>\n\nText <b>b</b>. More.\n');
		await page.locator('.fe-text > .fe-raw').first().click();
		await page.settle();
		await page.keyboard.type('Below');
		assert.match(await saved(page, newsroom),
			/^<div>raw<\/div>\n\nBelow\n\n\{\{< youtube/,
			'typing does not take the place of what is selected');
	}));

test('right-to-left: the story and the page', () =>
	withPage(browser, { body: 'قال الرجل.' }, async (page, newsroom) => {
		assert.equal(await page.getAttribute('.fe-text', 'dir'), 'rtl');
		await atEnd(page);
		await page.keyboard.press('Enter');
		await page.keyboard.type('> نعم');
		assert.equal(await page.evaluate(() =>
			getComputedStyle(document.querySelector('.fe-text blockquote')).direction), 'rtl');
		assert.equal(await saved(page, newsroom), 'قال الرجل.\n\n> نعم');
		assert.match(await page.textContent('#save-state'), /حُفظ على الخادم/);
	}, { lang: 'ar', storyLang: 'ar' }));

test('a text that is nested too deep opens as Markdown, and is saved', () =>
	withPage(browser, { body: `${'> '.repeat(60)}deep\n` }, async (page, newsroom) => {
		assert.ok(await page.isVisible('#body'));
		await page.click('[data-command=markdown]');
		assert.match(await page.textContent('#notices'), /too deep ones/);
		assert.equal(await page.locator('#notices p').count(), 1, 'said once');
		assert.equal(await saved(page, newsroom), `${'> '.repeat(60)}deep\n`);
	}));

// A syllable that grows under an input method, and is then done.
async function compose(page, steps, done = steps.at(-1), pause = 60) {
	page.cdp ??= await page.context().newCDPSession(page);
	for (const text of steps) {
		await page.cdp.send('Input.imeSetComposition',
			{ text, selectionStart: text.length, selectionEnd: text.length });
		await page.waitForTimeout(pause);
	}
	await page.cdp.send('Input.insertText', { text: done });
	await page.settle();
}

test('Korean comes in whole, syllable by syllable', () => withPage(browser,
	{ body: '', storyLang: 'ko' }, async (page, newsroom) => {
		await page.text.focus();
		await compose(page, ['ㅎ', '하', '한']);
		await compose(page, ['ㄱ', '그', '글']);
		await page.keyboard.type(' ');
		await compose(page, ['ㅅ', '시', '신'], '신');
		await compose(page, ['ㅁ', '무', '문'], '문');
		await page.keyboard.type('.');
		await page.keyboard.press('Enter');
		await compose(page, ['ㄷ', '두', '둘']);
		assert.equal(await saved(page, newsroom), '한글 신문.\n\n둘');
	}));

test('a save in the middle of a syllable breaks nothing', () => withPage(browser,
	{ body: '앞 문단.\n\n뒤 문단.\n', storyLang: 'ko' }, async (page, newsroom) => {
		await atEnd(page);
		await page.keyboard.type(' ');
		await compose(page, ['ㅎ', '하', '한'], '한', 1300);
		assert.ok(newsroom.saves > 1, 'it was saved meanwhile');
		await compose(page, ['ㄱ', '그', '글'], '글', 1300);
		assert.equal(await saved(page, newsroom), '앞 문단.\n\n뒤 문단. 한글\n');
	}));

test('a composition that is given up leaves nothing behind', () => withPage(browser,
	{ body: 'Text.' }, async (page, newsroom) => {
		await atEnd(page);
		page.cdp = await page.context().newCDPSession(page);
		for (const text of ['に', 'にほ', 'にほん', '日本', ''])
			await page.cdp.send('Input.imeSetComposition',
				{ text, selectionStart: text.length, selectionEnd: text.length });
		await page.settle();
		await page.keyboard.type(' On.');
		assert.equal(await saved(page, newsroom), 'Text. On.');
	}));
