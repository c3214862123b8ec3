// SPDX-License-Identifier: MIT
//
// Copies of unsaved text in the browser: IndexedDB, or localStorage where
// there is none. A copy belongs to a story and to one tab; it is
// { story, tab, base, fields, at }, and is deleted when the server has it.
const NAME = 'farthing';
const STORE = 'copies';

function asked(request) {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

function open() {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(NAME, 1);

		request.onupgradeneeded = () => request.result.createObjectStore(STORE);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
		request.onblocked = () => reject(new Error('blocked'));
	});
}

function simple(prefix) {
	const keys = () => Object.keys(localStorage).filter((k) => k.startsWith(prefix));

	return {
		put: (key, copy) => localStorage.setItem(prefix + key, JSON.stringify(copy)),
		remove: (key) => localStorage.removeItem(prefix + key),
		all: () => keys().map((k) => JSON.parse(localStorage.getItem(k))),
	};
}

export class Keeper {
	constructor(story, tab) {
		this.story = story;
		this.tab = tab;
		this.key = `${story}/${tab}`;
		this.plain = simple(`${NAME}:copy:`);
		this.db = null;
		this.queue = Promise.resolve(); // one after the other
	}

	rename(tab) {
		this.tab = tab;
		this.key = `${this.story}/${tab}`;
	}

	async store(mode) {
		this.db ??= await open();
		return this.db.transaction(STORE, mode).objectStore(STORE);
	}

	inOrder(work) {
		this.queue = this.queue.then(work, work);
		return this.queue;
	}

	// A promise of whether it is kept.
	put(copy) {
		const whole = { ...copy, story: this.story, tab: this.tab };

		return this.inOrder(async () => {
			try {
				await asked((await this.store('readwrite')).put(whole, this.key));
				return true;
			} catch {
				return this.putNow(copy);
			}
		});
	}

	// At once, while the page is being closed.
	putNow(copy) {
		try {
			this.plain.put(this.key, { ...copy, story: this.story, tab: this.tab });
			return true;
		} catch {
			return false;
		}
	}

	remove(tab = this.tab) {
		const key = `${this.story}/${tab}`;

		return this.inOrder(async () => {
			try {
				this.plain.remove(key);
				await asked((await this.store('readwrite')).delete(key));
			} catch {
				// It is found again at the next opening, and is then the same
				// as what the server has.
			}
		});
	}

	// All copies of this story, the newest first.
	async list() {
		let all = [];

		try {
			all = await asked((await this.store('readonly')).getAll());
		} catch {
			// localStorage may still have some.
		}
		try {
			all.push(...this.plain.all());
		} catch {
			// No storage at all.
		}
		return all.filter((c) => c && c.story === this.story && c.fields)
			.sort((a, b) => b.at - a.at)
			.filter((c, i, list) =>
				list.findIndex((other) => other.tab === c.tab) === i);
	}
}
