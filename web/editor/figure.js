// SPDX-License-Identifier: MIT
//
// How pictures, cards and what is kept word for word look while one writes.
// Only pictures of the newsroom itself are shown: one of another server would
// tell it who is writing about what.
import { NodeSelection } from 'prosemirror-state';
import { h } from './dom.js';
import { say } from './words.js';

function isOwn(src) {
	return /^\/(?![/\\])/.test(src) || src.startsWith('blob:');
}

class FigureView {
	constructor(node, view, getPos, edit) {
		this.picture = h('div', { class: 'fe-shown', contenteditable: 'false' });
		this.contentDOM = h('figcaption', { dir: 'auto' });
		this.foot = h('div', { class: 'fe-credit', contenteditable: 'false' });
		this.dom = h('figure', { class: 'fe-figure' },
			this.picture, this.contentDOM, this.foot);
		this.button = h('button', {
			type: 'button',
			onclick: () => {
				view.dispatch(view.state.tr.setSelection(
					NodeSelection.create(view.state.doc, getPos())));
				edit(view);
			},
		}, say('PICTURE_EDIT'));
		this.fill(node);
	}

	fill(node) {
		const { src, alt, credit } = node.attrs;

		this.node = node;
		this.picture.replaceChildren(isOwn(src)
			? h('img', { src, alt, loading: 'lazy' })
			: h('span', { class: 'fe-elsewhere', dir: 'ltr' }, src || '–'));
		this.contentDOM.classList.toggle('fe-empty', node.content.size === 0);
		this.contentDOM.setAttribute('data-hint', say('CAPTION'));
		this.foot.replaceChildren(
			h('span', { dir: 'auto' }, credit
				? `${say('CREDIT')}: ${credit}` : say('NO_CREDIT')), ' · ',
			h('span', { dir: 'auto' }, alt ? `${say('ALT')}: ${alt}` : say('NO_ALT')),
			' ', this.button);
	}

	update(node) {
		if (node.type !== this.node.type)
			return false;
		this.fill(node);
		return true;
	}

	stopEvent(event) {
		return this.foot.contains(event.target);
	}

	ignoreMutation(mutation) {
		return mutation.type !== 'selection' &&
			!this.contentDOM.contains(mutation.target);
	}
}

export function nodeViews(edit) {
	return {
		figure: (node, view, getPos) => new FigureView(node, view, getPos, edit),
	};
}
