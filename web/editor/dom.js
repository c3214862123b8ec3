// SPDX-License-Identifier: MIT
//
// Elements, made without a string of tags.

// h('p', { class: 'x', onclick() {} }, 'text', element, ...). An attribute
// that is null or false is left out; one that is true is empty.
export function h(tag, attrs = {}, ...children) {
	const element = document.createElement(tag);

	for (const [name, value] of Object.entries(attrs)) {
		if (name.startsWith('on'))
			element.addEventListener(name.slice(2), value);
		else if (value !== null && value !== undefined && value !== false)
			element.setAttribute(name, value === true ? '' : value);
	}
	element.append(...children.flat().filter((c) =>
		c !== null && c !== undefined && c !== false));
	return element;
}

let ids = 0;

// A label with its field, one below the other; gives the pair.
export function labelled(text, field, hint) {
	field.id ||= `fe-${++ids}`;
	const note = hint && h('span', { class: 'hint', id: `${field.id}-hint` }, hint);

	if (note)
		field.setAttribute('aria-describedby', note.id);
	return h('p', { class: 'field' },
		h('label', { for: field.id }, text), field, note);
}
