// SPDX-License-Identifier: MIT
//
// Copies of unsaved text in the browser: IndexedDB, or localStorage where
// there is none. A copy belongs to an account, a story and one tab; it is
// { account, story, tab, page, base, acked, fields, at }, and is deleted when
// the server has it. "account" is what the newsroom calls the account in this
// storage: several may use one browser, and none gets to see another's text.
// "page" is what the saves of the page are known by, "acked" are the fields as
// the server had them in "base".
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

function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function simple(prefix) {
	const keys = () => Object.keys(localStorage).filter((k) => k.startsWith(prefix));

	return {
		put: (key, copy) => localStorage.setItem(prefix + key, JSON.stringify(copy)),
		remove: (key) => localStorage.removeItem(prefix + key),
		all: () => keys().map((k) => parsed(localStorage.getItem(k))),
	};
}

function keyOf({ account, story, tab }) {
	return `${account}/${story}/${tab}`;
}

export class Keeper {
	// Without a story: of all that the account has. The tab is for what is put.
	constructor({ account, story = '', tab = '' }) {
		Object.assign(this, { account, story, tab });
		this.plain = simple(`${NAME}:copy:`);
		this.db = null;
		this.queue = Promise.resolve(); // one after the other
	}

	rename(tab) {
		this.tab = tab;
	}

	whole(copy) {
		return { story: this.story, tab: this.tab, ...copy, account: this.account };
	}

	async store(mode) {
		this.db ??= await open();
		return this.db.transaction(STORE, mode).objectStore(STORE);
	}

	// Ends when it is so, and not merely begun: the page may go at any time.
	async change(act) {
		const store = await this.store('readwrite');
		const done = new Promise((resolve, reject) => {
			store.transaction.oncomplete = resolve;
			store.transaction.onabort = () => reject(store.transaction.error);
		});

		act(store);
		await done;
	}

	inOrder(work) {
		this.queue = this.queue.then(work, work);
		return this.queue;
	}

	// A promise of whether it is kept.
	put(copy) {
		const whole = this.whole(copy);

		return this.inOrder(async () => {
			try {
				await this.change((store) => store.put(whole, keyOf(whole)));
				return true;
			} catch {
				return this.putNow(whole);
			}
		});
	}

	// At once, while the page is being closed.
	putNow(copy) {
		const whole = this.whole(copy);

		try {
			this.plain.put(keyOf(whole), whole);
			return true;
		} catch {
			return false;
		}
	}

	remove(copy = {}) {
		const key = keyOf(this.whole(copy));

		return this.inOrder(async () => {
			try {
				this.plain.remove(key);
				await this.change((store) => store.delete(key));
			} catch {
				// It is found again at the next opening, and is then the same
				// as what the server has.
			}
		});
	}

	async all() {
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
		return all.filter((c) => c?.fields && (!this.story || c.story === this.story));
	}

	// The copies of this account, the newest of each tab, the newest first.
	async list() {
		const own = (await this.all()).filter((c) => c.account === this.account);

		return own.sort((a, b) => b.at - a.at).filter((c, i) =>
			own.findIndex((other) => keyOf(other) === keyOf(c)) === i);
	}

	// Whether others have some here. More is not to be known.
	async hasOthers() {
		return (await this.all()).some((c) => c.account !== this.account);
	}
}
