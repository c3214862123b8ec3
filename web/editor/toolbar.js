// SPDX-License-Identifier: MIT
//
// The toolbar: words, each with its keys. One stop for the Tab key, arrows
// within (ARIA's toolbar); Alt+F10 leads to it from the text, Escape back.
import { commands, tableCommands } from './commands.js';
import { h } from './dom.js';
import { keysId } from './leave.js';
import { isInTable } from './tables.js';
import { say } from './words.js';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// "Ctrl+Alt+2"; as aria-keyshortcuts wants it, "Control+Alt+2".
export function keysOf(name, isForAria = false) {
	const parts = name.split('-').map((part) => part === 'Mod'
		? isMac ? (isForAria ? 'Meta' : '⌘') : isForAria ? 'Control' : 'Ctrl'
		: part.length === 1 ? part.toUpperCase() : part);

	return parts.join('+');
}

class Bar {
	constructor(label, view) {
		this.view = view;
		this.items = [];
		this.dom = h('div', { class: 'fe-bar', role: 'toolbar', 'aria-label': label,
			onkeydown: (event) => this.key(event) });
	}

	add(command, press) {
		const keys = command.keys?.[0];
		const button = h('button', {
			type: 'button',
			tabindex: this.items.length ? '-1' : '0',
			'data-command': command.id,
			title: keys ? keysOf(keys) : null,
			'aria-keyshortcuts': keys ? keysOf(keys, true) : null,
			'aria-pressed': command.isOn ? 'false' : null,
			'aria-haspopup': command.dialog ? 'dialog' : null,
			// The text keeps its selection and the focus.
			onmousedown: (event) => event.preventDefault(),
			onclick: () => press(),
		}, say(command.word), command.dialog ? '…' : '',
		keys ? h('kbd', { 'aria-hidden': 'true', dir: 'ltr' }, keysOf(keys)) : null);

		this.items.push({ command, button });
		this.dom.append(button);
		return button;
	}

	key(event) {
		const shown = this.items.map((i) => i.button).filter((b) => !b.hidden);
		const at = shown.indexOf(document.activeElement);
		const isRtl = getComputedStyle(this.dom).direction === 'rtl';
		const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
		const next = step ? shown[(at + step + shown.length) % shown.length]
			: event.key === 'Home' ? shown[0]
			: event.key === 'End' ? shown.at(-1) : null;

		if (event.key === 'Escape') {
			event.preventDefault();
			this.view().focus();
		}
		if (!next || at < 0)
			return;
		event.preventDefault();
		this.rove(next);
		next.focus();
	}

	rove(button) {
		for (const item of this.items)
			item.button.tabIndex = item.button === button ? 0 : -1;
	}

	update(state) {
		for (const { command, button } of this.items) {
			if (command.isOn)
				button.setAttribute('aria-pressed', String(command.isOn(state)));
			// Not disabled: the arrows would lose their place.
			if (command.run)
				button.setAttribute('aria-disabled',
					String(!command.run(state, null, null)));
		}
	}
}

export class Toolbar {
	// editor() is the TextEditor; more: commands of the page itself, { id,
	// word, press }
	constructor(editor, openDialog, more) {
		const view = () => editor().view;
		const run = (command) => () => {
			if (command.dialog)
				openDialog(command.dialog, view());
			else if (command.run(view().state, view().dispatch, view()))
				view().focus();
		};

		this.main = new Bar(say('TOOLBAR'), view);
		this.table = new Bar(say('TABLE_TOOLBAR'), view);
		for (const command of commands)
			this.main.add(command, run(command));
		for (const command of more)
			this.main.add(command, command.press);
		for (const command of tableCommands)
			this.table.add(command, run(command));
		this.table.dom.append(h('span', { class: 'fe-keys', id: keysId },
			say('TABLE_KEYS')));
		this.table.dom.hidden = true;
		this.dom = h('div', { class: 'fe-tools' }, this.main.dom, this.table.dom);
	}

	// The first of the commands, from the text.
	focus() {
		this.main.items.find((i) => i.button.tabIndex === 0).button.focus();
	}

	button(id) {
		return this.main.items.find((i) => i.command.id === id)?.button;
	}

	update(state) {
		this.main.update(state);
		this.table.dom.hidden = !isInTable(state);
		if (!this.table.dom.hidden)
			this.table.update(state);
	}

	setMarkdown(isMarkdown) {
		for (const { command, button } of this.main.items)
			button.hidden = isMarkdown && !command.isAlways;
		this.main.rove(this.main.items.find((i) => !i.button.hidden).button);
		this.table.dom.hidden = true;
	}
}
