// SPDX-License-Identifier: MIT
//
// What a script adds to the newsroom's screens; all of them work without it.
// The front page: stories are dragged to where they belong. A drop renames the
// rows' hidden fields in their new order and asks for the screen anew.

const form = document.getElementById('front');

// The list item that is being dragged.
let dragged = null;

function rows() {
	return [...form.querySelectorAll('li.placed')];
}

// row_N and until_N by the order on the page, with the slot of their list.
function number() {
	rows().forEach((row, n) => {
		const field = row.querySelector('input[name^="row_"]');
		const story = field.value.split(':')[1];
		field.name = `row_${n}`;
		field.value = `${row.parentElement.dataset.slot}:${story}`;
		const until = row.querySelector('input[name^="until_"]');
		if (until)
			until.name = `until_${n}`;
	});
}

// Where in LIST something dropped at height Y belongs.
function below(list, y) {
	return [...list.querySelectorAll('li.placed')].find((row) => {
		const { top, height } = row.getBoundingClientRect();
		return row !== dragged && y < top + height / 2;
	}) ?? null;
}

function drop(event, list) {
	event.preventDefault();
	if (!dragged)
		return;
	list.insertBefore(dragged, below(list, event.clientY) ??
		list.querySelector('li:not(.placed)'));
	number();
	// The screen comes anew with the preview and what fills itself.
	form.requestSubmit(form.querySelector('button[value="look"]'));
}

if (form) {
	for (const row of rows()) {
		row.draggable = true;
		row.addEventListener('dragstart', (event) => {
			dragged = row;
			row.classList.add('dragged');
			event.dataTransfer.effectAllowed = 'move';
			event.dataTransfer.setData('text/plain', row.innerText);
		});
		row.addEventListener('dragend', () => {
			row.classList.remove('dragged');
			dragged = null;
		});
	}
	for (const list of form.querySelectorAll('ol[data-slot]')) {
		list.addEventListener('dragover', (event) => {
			if (dragged)
				event.preventDefault();
		});
		list.addEventListener('drop', (event) => drop(event, list));
	}
}
