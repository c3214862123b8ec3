// SPDX-License-Identifier: MIT
//
// The script of the page on which a story is written. The page is a form that
// works without it; what it needs of the page is in README.md.
import { StoryPage } from './page.js';
import { setWords } from './words.js';

const form = document.querySelector('form[data-editor]');
const words = document.getElementById('editor-words');

if (form && words) {
	setWords(JSON.parse(words.textContent), document.documentElement.lang,
		form.dataset.zone);
	try {
		new StoryPage(form).start();
	} catch (fault) {
		// The plain form is still there.
		form.elements.body.hidden = false;
		document.getElementById('editor')?.remove();
		throw fault;
	}
}
