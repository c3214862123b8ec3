// The saver alone, with a clock, a server and a browser's storage that do as
// they are told: a journalist's text against every order of events.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeText, changes } from '../../web/editor/merge.js';
import { Saver } from '../../web/editor/save.js';
import { unitsOf } from '../../web/editor/units.js';
import { random } from './generate.mjs';

class World {
	constructor() {
		this.time = 0;
		this.timers = [];
		this.text = '';
		this.others = {}; // fields beside the body
		this.store = null;
		this.canKeep = true;
		this.server = { text: '', revision: 1 };
		this.sends = [];
		this.states = [];
		this.answer = () => this.takes();
		this.saver = new Saver({
			read: () => ({ ...this.others, body: this.text }),
			mark: () => {},
			send: (fields, base, isExplicit) => {
				this.sends.push({ at: this.time, fields, base, isExplicit });
				return this.answer(fields, base);
			},
			look: async () => this.looked,
			keep: async (copy) => {
				if (this.canKeep)
					this.store = structuredClone(copy);
				return this.canKeep;
			},
			forget: async () => {
				this.store = null;
			},
			apply: (theirs, sent) => {
				const merged = mergeText(sent.body, this.text, theirs.body);

				if (merged === null)
					return null;
				this.text = merged;
				return theirs;
			},
			replace: ({ body = this.text, ...others }) => {
				this.text = body;
				Object.assign(this.others, others);
			},
			told: (state) => this.states.push(state.name),
			saved: () => {},
			conflict: (body, open) => {
				this.conflictBody = body;
				this.open = open;
			},
		}, {
			base: 1, fields: { body: '' },
			clock: { now: () => this.time },
			timers: {
				setTimeout: (run, ms) => this.later(run, ms),
				clearTimeout: (timer) => this.cancel(timer),
				setInterval: () => 0,
				clearInterval: () => {},
			},
		});
	}

	later(run, ms) {
		const timer = { run, at: this.time + ms };

		this.timers.push(timer);
		return timer;
	}

	cancel(timer) {
		this.timers = this.timers.filter((t) => t !== timer);
	}

	async settle() {
		for (let i = 0; i < 30; i++)
			await Promise.resolve();
	}

	// Time goes on by MS, timers in their order.
	async pass(ms) {
		const end = this.time + ms;

		for (;;) {
			await this.settle();
			const next = this.timers.filter((t) => t.at <= end)
				.sort((a, b) => a.at - b.at)[0];

			if (!next)
				break;
			this.time = Math.max(this.time, next.at);
			this.cancel(next);
			next.run();
		}
		this.time = end;
		await this.settle();
	}

	async type(text) {
		this.text += text;
		this.saver.touch();
		await this.settle();
	}

	takes() {
		const sent = this.sends.at(-1);

		if (sent.fields.body === this.server.text && sent.base === this.server.revision)
			return { status: 200, body: { status: 'unchanged',
				revision: this.server.revision } };
		this.server = { text: sent.fields.body, revision: this.server.revision + 1 };
		return { status: 200, body: { status: 'saved', revision: this.server.revision,
			saved_at: '2026-11-27T14:03:21Z' } };
	}

	get state() {
		return this.states.at(-1);
	}
}

test('a pause of a second is saved, and typing without one every three', async () => {
	const w = new World();

	await w.type('a');
	await w.pass(999);
	assert.equal(w.sends.length, 0);
	await w.pass(2);
	assert.equal(w.server.text, 'a');
	assert.equal(w.state, 'saved');
	w.sends.length = 0;
	for (let i = 0; i < 100; i++) {
		await w.type('x');
		await w.pass(100);
	}
	assert.ok(w.sends.length >= 3 && w.sends.length <= 5, `${w.sends.length}`);
	await w.pass(2000);
	assert.equal(w.server.text, w.text);
	assert.equal(w.store, null, 'what the server has is not kept');
});

test('saving by hand is said as such, also of what is saved already', async () => {
	const w = new World();

	await w.type('abc');
	await w.pass(1100);
	assert.deepEqual(w.sends.map((s) => s.isExplicit), [false]);
	w.saver.flush({ isExplicit: true });
	await w.pass(10);
	assert.deepEqual(w.sends.map((s) => s.isExplicit), [false, true]);
	// While another save is under way it comes behind that one.
	let answer;

	w.answer = () => new Promise((done) => {
		answer = () => done(w.takes());
	});
	await w.type('def');
	await w.pass(1100);
	w.saver.flush({ isExplicit: true });
	await w.settle();
	assert.equal(w.sends.length, 3);
	answer();
	w.answer = () => w.takes();
	await w.pass(10);
	assert.deepEqual(w.sends.slice(2).map((s) => s.isExplicit), [false, true]);
	// Without a connection it is not forgotten, and said.
	w.answer = () => Promise.reject(new TypeError());
	w.saver.flush({ isExplicit: true });
	await w.pass(10);
	assert.equal(w.state, 'offline');
	w.answer = () => w.takes();
	await w.pass(20000);
	assert.equal(w.sends.at(-1).isExplicit, true);
	assert.equal(w.state, 'saved');
	w.sends.length = 0;
	await w.type('ghi');
	await w.pass(1100);
	assert.deepEqual(w.sends.map((s) => s.isExplicit), [false]);
});

test('the text is kept in the browser before it is sent', async () => {
	const w = new World();

	w.answer = () => {
		assert.equal(w.store.fields.body, 'abc');
		return w.takes();
	};
	await w.type('abc');
	await w.pass(1100);
	assert.equal(w.server.text, 'abc');
});

test('no connection: told, kept, tried again until it is there', async () => {
	const w = new World();

	w.answer = () => Promise.reject(new TypeError('no network'));
	await w.type('abc');
	await w.pass(1100);
	assert.equal(w.state, 'offline');
	assert.equal(w.store.fields.body, 'abc');
	await w.type('def');
	await w.pass(60000);
	assert.equal(w.state, 'offline');
	assert.equal(w.store.fields.body, 'abcdef');
	assert.ok(w.sends.length > 5 && w.sends.length < 20, `${w.sends.length} tries`);
	w.answer = () => w.takes();
	await w.pass(10001);
	assert.equal(w.server.text, 'abcdef');
	assert.equal(w.state, 'saved');
	assert.equal(w.store, null);
});

test('each answer of trouble has its own sentence', async () => {
	for (const [status, state] of [[401, 'signed-out'], [403, 'forbidden'],
		[404, 'gone'], [413, 'too-long'], [503, 'busy'], [507, 'disk-full'],
		[500, 'broken'], [400, 'refused']]) {
		const w = new World();

		w.answer = () => ({ status, body: null });
		await w.type('abc');
		await w.pass(1100);
		assert.equal(w.state, state);
		assert.equal(w.store.fields.body, 'abc');
		w.answer = () => w.takes();
		w.saver.wake();
		await w.pass(100);
		assert.equal(w.server.text, 'abc', String(status));
		assert.equal(w.state, 'saved');
	}
});

test('what was refused is sent again once it is another text', async () => {
	const w = new World();

	w.answer = () => w.text.length > 5
		? { status: 413, body: { status: 'too-long' } } : w.takes();
	await w.type('far too long');
	await w.pass(60000);
	assert.equal(w.sends.length, 1, 'the same is not sent over and over');
	assert.equal(w.state, 'too-long');
	await w.type(' and more');
	await w.pass(2000);
	assert.equal(w.sends.length, 2);
	assert.equal(w.state, 'too-long');
	w.text = 'fits';
	await w.type('');
	await w.pass(2000);
	assert.equal(w.server.text, 'fits');
	assert.equal(w.state, 'saved');
	assert.equal(w.store, null);
});

test('signed out, and found so without a word: typed on, and in again', async () => {
	for (const [body, state] of [[null, 'signed-out'],
		[{ status: 'other-account' }, 'other-account']]) {
		const w = new World();

		w.answer = () => ({ status: 401, body });
		w.looked = { status: 401, body };
		await w.saver.look();
		assert.equal(w.state, state);
		await w.pass(20000);
		assert.equal(w.state, state);
		await w.type('abc');
		await w.pass(20000);
		assert.equal(w.state, state);
		assert.equal(w.store.fields.body, 'abc');
		// Nobody has to come back to this page for it.
		w.answer = () => w.takes();
		await w.pass(5001);
		assert.equal(w.server.text, 'abc');
		assert.equal(w.state, 'saved');
		// And where nothing was typed.
		w.answer = () => ({ status: 401, body });
		await w.saver.look();
		assert.equal(w.state, state);
		w.answer = () => w.takes();
		await w.pass(5001);
		assert.equal(w.state, 'saved');
	}
});

test('a browser that cannot keep is told about', async () => {
	const w = new World();

	w.canKeep = false;
	w.answer = () => Promise.reject(new TypeError());
	await w.type('abc');
	await w.pass(1100);
	assert.equal(w.saver.state.isKept, false);
});

test('an answer about an older text does not make the newer one saved', async () => {
	const w = new World();
	let release;

	w.answer = () => new Promise((resolve) => {
		release = () => resolve(w.takes());
	});
	await w.type('one');
	await w.pass(1100);
	await w.type(' two');
	release();
	await w.settle();
	assert.ok(w.saver.isDirty());
	assert.notEqual(w.state, 'saved');
	w.answer = () => w.takes();
	await w.pass(1100);
	assert.equal(w.server.text, 'one two');
	assert.equal(w.sends.at(-1).base, 2);
});

test('a merge goes in beside what was typed meanwhile', async () => {
	const w = new World();

	w.text = 'one two three ';
	w.saver.acked = { body: w.text };
	w.answer = () => ({ status: 200, body: { status: 'merged', revision: 7,
		fields: { body: 'ONE two three four ' } } });
	await w.type('four ');
	w.saver.flush();
	w.text += 'five ';
	await w.settle();
	assert.equal(w.text, 'ONE two three four five ');
	assert.equal(w.saver.base, 7);
	assert.ok(w.saver.isDirty());
});

test('a merge that cannot go in does not move the base', async () => {
	const w = new World();

	w.text = 'one two ';
	w.saver.acked = { body: w.text };
	w.answer = () => ({ status: 200, body: { status: 'merged', revision: 7,
		fields: { body: 'ONE two three ' } } });
	await w.type('three ');
	w.saver.flush();
	w.text = `uno${w.text.slice(3)}`;
	await w.settle();
	assert.equal(w.text, 'uno two three ');
	assert.equal(w.saver.base, 1);
	w.answer = () => w.takes();
	await w.pass(1100);
	assert.equal(w.sends.at(-1).base, 1, 'the server is asked again');
});

test('a conflict waits for the person, and nothing is sent or lost', async () => {
	const w = new World();
	const body = { status: 'conflict', revision: 9, fields: { body: 'theirs' } };

	w.answer = () => ({ status: 409, body });
	await w.type('mine');
	await w.pass(1100);
	assert.equal(w.state, 'conflict');
	await w.type(' more');
	await w.pass(30000);
	assert.equal(w.sends.length, 1);
	assert.equal(w.store.fields.body, 'mine more');
	w.answer = () => w.takes();
	await w.saver.takeMine(9);
	assert.equal(w.sends.at(-1).base, 9);
	assert.equal(w.server.text, 'mine more');
});

test('who keeps their own text takes the fields that only others changed', async () => {
	const w = new World();
	const theirs = { headline: 'Checked', standfirst: 'New', body: 'theirs' };

	w.others = { headline: 'Old', standfirst: 'Old too' };
	w.saver.acked = w.saver.world.read();
	w.answer = () => ({ status: 409,
		body: { status: 'conflict', revision: 9, fields: theirs } });
	await w.type('mine');
	await w.pass(1100);
	assert.deepEqual(w.open, ['body']);
	assert.deepEqual(w.others, { headline: 'Checked', standfirst: 'New' });
	w.others.standfirst = 'My own'; // while the choice is open
	w.answer = () => w.takes();
	await w.saver.takeMine(9);
	assert.deepEqual(w.sends.at(-1).fields,
		{ headline: 'Checked', standfirst: 'My own', body: 'mine' });
	assert.equal(w.state, 'saved');
});

test('what is typed while a choice is open goes into the words of others', async () => {
	const w = new World();
	const theirs = { headline: 'Theirs', body: 'theirs, checked' };

	w.others = { headline: 'Old' };
	w.text = 'old';
	w.saver.acked = w.saver.world.read();
	w.answer = () => ({ status: 409,
		body: { status: 'conflict', revision: 9, fields: theirs } });
	w.others.headline = 'Mine';
	w.saver.touch();
	await w.pass(1100);
	assert.deepEqual(w.open, ['headline']);
	await w.type('!');
	await w.pass(300);
	const copy = w.store;

	w.answer = () => w.takes();
	await w.saver.takeMine(9);
	assert.deepEqual(w.sends.at(-1).fields,
		{ headline: 'Mine', body: 'theirs, checked!' });
	// The page may also be closed instead, and the copy put back.
	assert.deepEqual(copy.fields, { headline: 'Mine', body: 'theirs, checked!' });
	assert.deepEqual(copy.acked, { headline: 'Old', body: 'theirs, checked' });
});

test('a copy put back knows which fields it had not changed', async () => {
	const w = new World();
	const theirs = { headline: 'Checked', body: 'theirs' };

	w.others = { headline: 'Old' };
	w.saver.acked = w.saver.world.read();
	w.answer = () => Promise.reject(new TypeError());
	await w.type('mine');
	await w.pass(1100);
	const copy = w.store;
	const next = new World();

	next.others = { headline: copy.fields.headline };
	next.text = copy.fields.body;
	next.answer = () => ({ status: 409,
		body: { status: 'conflict', revision: 9, fields: theirs } });
	await next.saver.restored(copy);
	next.answer = () => next.takes();
	await next.saver.takeMine(9);
	assert.deepEqual(next.sends.at(-1).fields, { headline: 'Checked', body: 'mine' });
});

test('by chance: what was typed is on the server or in the browser, always', async () => {
	for (let seed = 1; seed <= 300; seed++) {
		const r = random(seed);
		const w = new World();
		const answers = [
			() => w.takes(),
			() => w.takes(),
			() => Promise.reject(new TypeError()),
			() => ({ status: 503, body: null }),
			() => ({ status: 507, body: null }),
			// Saved, and the answer is lost.
			() => {
				w.takes();
				return Promise.reject(new TypeError());
			},
			() => new Promise((resolve) => w.later(() => resolve(w.takes()), r(4000))),
		];

		w.answer = () => answers[r(answers.length)]();
		for (let i = 0; i < 40; i++) {
			if (r(3))
				await w.type(`${seed}-${i} `);
			if (r(9) === 0)
				w.saver.wake();
			await w.pass(r(2500) + 250);
			const isThere = w.server.text === w.text ||
				w.store?.fields.body === w.text;

			assert.ok(isThere, `seed ${seed}: ${w.text}`);
			if (w.state === 'saved')
				assert.equal(w.server.text, w.text, `seed ${seed}: told a lie`);
		}
		w.answer = () => w.takes();
		w.saver.wake();
		await w.pass(20000);
		assert.equal(w.server.text, w.text);
		assert.equal(w.state, 'saved');
	}
});

test('texts merge where both changed other words, and else do not', () => {
	assert.equal(mergeText('a b c d', 'a B c d', 'a b c D'), 'a B c D');
	assert.equal(mergeText('a b', 'a x b', 'a b'), 'a x b');
	assert.equal(mergeText('one two', 'one 2', 'one zwei'), null);
	assert.equal(mergeText('one two', 'one 2', 'one 2'), 'one 2');
	assert.deepEqual(changes([1, 2, 3], [1, 4, 3]), [{ from: 1, to: 2, by: [1, 2] }]);
});

test('bytes of UTF-8 are found as places of the text', () => {
	const text = 'aé€🙂z';
	const units = unitsOf(text, [0, 1, 3, 6, 10, 11]);

	assert.deepEqual([...units.values()], [0, 1, 2, 3, 5, 6]);
});
