// SPDX-License-Identifier: MIT
//
// A button that copies the address above it, with a word on how that went,
// which is read aloud. Without this script the button stays hidden, and the
// address is copied by hand: a click selects all of it.

for (const box of document.querySelectorAll('[data-copy]')) {
	const text = document.getElementById(box.dataset.copy);
	const said = box.querySelector('[role=status]');

	box.hidden = false;
	box.querySelector('button').addEventListener('click', async () => {
		// The same words once more are read again only if they went away.
		said.textContent = '';
		try {
			await navigator.clipboard.writeText(text.textContent);
			said.textContent = box.dataset.done;
		} catch {
			// No right to, or a browser that has no clipboard for pages.
			getSelection().selectAllChildren(text);
			said.textContent = box.dataset.failed;
		}
	});
}
