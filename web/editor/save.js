// SPDX-License-Identifier: MIT
//
// When a story is saved, and what is true about it. Pure: what sends, keeps
// and tells the time is given, so that tests can break each.
//
// I1  no text is taken for saved that the server has not acknowledged
// I2  one request is under way at any time
// I3  the base of a save is the revision that the text on the screen holds
//     everything of; a merge that cannot be put into the text does not move it
// I4  what is not acknowledged is kept in the browser
const PAUSE = 1000; // ms without typing
const LONGEST = 3000; // ms while typing
const KEEP = 200; // ms
const BEAT = 4000; // ms between two looks at who else is here
const RETRY_FIRST = 1000;
const RETRY_MOST = 10000;

// What an answer's status means, and whether to try again by ourselves.
const faults = {
	// With 401: the page is of one account, and another has signed in since.
	'other-account': { state: 'other-account', retry: 5000 },
	401: { state: 'signed-out', retry: 5000 },
	403: { state: 'forbidden', retry: 30000 },
	404: { state: 'gone', retry: 30000 },
	410: { state: 'gone', retry: 30000 },
	413: { state: 'too-long', retry: 0 },
	429: { state: 'busy', retry: 5000 },
	503: { state: 'busy', retry: 2000 },
	507: { state: 'disk-full', retry: 5000 },
};

export function sameFields(a, b) {
	return JSON.stringify(a) === JSON.stringify(b);
}

export class Saver {
	// world: read() gives the fields, { name: text }; mark() says that they
	// are what is being sent; send(fields, base, isExplicit) a
	// promise of { status, body }, rejected without a connection;
	// look() a promise of the same, rejected as well, of who is here and which
	// revision is the newest;
	// keep(copy) and forget() a promise of whether that worked;
	// apply(fields, sent) puts merged fields into the text and gives those it
	// then has of the server's, or null where it cannot;
	// replace(fields) puts these on the screen in place of its own;
	// told(state), saved(body) and conflict(body, open) tell the page; open are
	// the names of the fields of which one is to be chosen.
	constructor(world, { base, fields, clock = Date, timers = globalThis }) {
		Object.assign(this, { world, base, clock, timers });
		this.acked = fields;
		this.state = { name: 'saved', at: null, isKept: true };
		this.timer = null;
		this.keepTimer = null;
		this.beatTimer = null;
		this.inFlight = null;
		this.dirtySince = null;
		this.attempts = 0;
		this.isConflict = false;
		this.isKept = true;
		this.isExplicit = false; // the person has said "save"
		this.stopped = false;
	}

	isDirty() {
		return this.isConflict || !sameFields(this.world.read(), this.acked);
	}

	tell(name, more = {}) {
		this.state = { name, isKept: this.isKept, isDirty: this.isDirty(),
			at: this.state.at, ...more };
		this.world.told(this.state);
	}

	// Something was typed.
	touch() {
		const now = this.clock.now();

		this.dirtySince ??= now;
		this.keepSoon();
		if (this.isConflict)
			return;
		if (!this.inFlight && this.attempts === 0)
			this.tell('typing');
		else if (this.attempts > 0 && !this.state.isDirty)
			this.tell(this.state.name, { message: this.state.message });
		// While there is no connection, its own rhythm holds; what was refused
		// is another text now.
		if (this.attempts === 0)
			this.schedule(Math.min(PAUSE, this.dirtySince + LONGEST - now));
		else if (!this.nextRetry)
			this.schedule(PAUSE);
	}

	schedule(ms) {
		this.timers.clearTimeout(this.timer);
		this.timer = this.timers.setTimeout(() => this.flush(), Math.max(0, ms));
	}

	keepSoon() {
		this.keepTimer ??= this.timers.setTimeout(() => this.keepNow(), KEEP);
	}

	async keepNow() {
		this.timers.clearTimeout(this.keepTimer);
		this.keepTimer = null;
		if (!this.isDirty())
			return;
		const was = this.isKept;

		this.isKept = await this.world.keep({
			base: this.base, acked: this.acked, fields: this.world.read(),
			at: this.clock.now(),
		});
		if (was !== this.isKept)
			this.tell(this.state.name);
	}

	// Saves now; a promise that ends when nothing is under way any more.
	// isExplicit: because the person said so, and not at a pause; then the
	// revision is marked as such, also if it has just been saved.
	flush({ isExplicit = false, evenIfSame = isExplicit || this.attempts > 0 } = {}) {
		this.timers.clearTimeout(this.timer);
		if (this.isConflict || this.stopped)
			return Promise.resolve();
		this.isExplicit ||= isExplicit;
		if (this.inFlight)
			return isExplicit ? this.inFlight.then(() => this.flush({ evenIfSame }))
				: this.inFlight;
		const fields = this.world.read();
		const isSame = sameFields(fields, this.acked);

		if (isSame && !evenIfSame && !this.isExplicit) {
			this.dirtySince = null;
			if (this.state.name === 'typing')
				this.tell('saved');
			return Promise.resolve();
		}
		this.world.mark();
		if (!isSame && this.attempts === 0)
			this.tell('saving');
		this.inFlight = this.attempt(fields, isSame && !this.isExplicit).finally(() => {
			this.inFlight = null; // I2
			this.after();
		});
		return this.inFlight;
	}

	async attempt(fields, isBeat) {
		const began = this.clock.now();
		const { isExplicit } = this;
		let answer;

		await this.keepNow(); // I4
		try {
			answer = await this.world.send(fields, this.base, isExplicit);
		} catch {
			if (!isBeat || this.isDirty())
				this.failed('offline', this.backoff());
			return;
		}
		const isTaken = answer.status >= 200 && answer.status < 300 &&
			answer.body?.status;

		if (isExplicit && (isTaken || answer.body?.status === 'conflict'))
			this.isExplicit = false;
		if (isTaken)
			this.took(answer.body, fields, began);
		else if (answer.body?.status === 'conflict')
			this.disagree(answer.body);
		else
			this.refused(answer, isBeat);
	}

	backoff() {
		return Math.min(RETRY_MOST, RETRY_FIRST * 2 ** this.attempts);
	}

	failed(state, retry, message) {
		this.attempts++;
		this.nextRetry = retry;
		this.tell(state, { message });
	}

	refused({ status, body }, isBeat) {
		const fault = faults[body?.status] || faults[status] ||
			{ state: status >= 500 ? 'broken' : 'refused', retry: status >= 500 ? 5000 : 0 };

		if (!isBeat || this.isDirty() || status === 401)
			this.failed(fault.state, fault.retry, body?.message);
	}

	took(body, sent, began) {
		this.attempts = 0;
		if (body.status === 'conflict') {
			this.disagree(body);
			return;
		}
		if (body.status === 'merged') {
			const has = this.world.apply(body.fields, sent);

			if (has) { // I3
				this.base = body.revision;
				this.acked = has;
			}
		} else {
			this.base = body.revision;
			this.acked = sent; // I1
		}
		this.dirtySince = this.isDirty() ? began : null;
		this.world.saved(body, sent);
		if (body.saved_at)
			this.state.at = body.saved_at;
		this.tell(this.isDirty() ? 'typing' : 'saved', {
			at: body.saved_at || this.state.at,
			isMerged: body.status === 'merged',
		});
	}

	disagree(body) {
		this.isConflict = true;
		this.attempts = 0;
		const open = this.takeUntouched(body.fields);

		this.tell('conflict');
		this.world.conflict(body, open);
		this.keepSoon();
	}

	// The fields of THEIRS that were not changed here need no choice: they are
	// put on the screen at once, so that nothing is typed over what is unseen.
	// Returns the names of the others.
	takeUntouched(theirs) {
		const own = this.world.read();
		const names = Object.keys(theirs).filter((name) =>
			name in own && sameFields(own[name], this.acked[name]));
		const pick = (fields) => Object.fromEntries(names.map((name) =>
			[name, fields[name]]));

		this.world.replace(pick(theirs));
		this.acked = { ...this.acked, ...pick(this.world.read()) };
		return Object.keys(theirs).filter((name) => !names.includes(name));
	}

	// The person chose: their own text stands, on top of that revision.
	takeMine(revision) {
		this.isConflict = false;
		this.base = revision;
		this.acked = {};
		return this.flush();
	}

	// The other text was put on the screen in place of theirs.
	takeTheirs(revision, fields) {
		this.isConflict = false;
		this.base = revision;
		this.acked = fields;
		this.after();
		this.tell('saved');
	}

	after() {
		if (this.isDirty()) {
			if (this.isConflict)
				return;
			if (this.attempts === 0)
				this.schedule(PAUSE);
			else if (this.nextRetry)
				this.schedule(this.nextRetry);
			return;
		}
		this.dirtySince = null;
		this.timers.clearTimeout(this.keepTimer);
		this.keepTimer = null;
		this.world.forget();
		if (this.attempts && this.nextRetry)
			this.schedule(this.nextRetry);
	}

	// The connection is back, or the person is: no need to wait.
	wake() {
		if (this.attempts > 0 || this.isDirty()) {
			this.attempts = Math.min(this.attempts, 1);
			return this.flush({ evenIfSame: this.attempts > 0 });
		}
		return Promise.resolve();
	}

	// Asks from time to time who else is here; what they changed is fetched.
	beat(isVisible) {
		this.beatTimer = this.timers.setInterval(() => {
			if (isVisible())
				this.look();
		}, BEAT);
	}

	async look() {
		const isBusy = () => this.inFlight || this.isConflict || this.stopped ||
			this.attempts > 0;

		if (isBusy())
			return;
		const answer = await this.world.look().catch(() => null);

		if (!answer || isBusy())
			return;
		if (answer.status === 401) {
			this.refused(answer, true);
			this.after();
		} else if (answer.body?.revision &&
			String(answer.body.revision) !== String(this.base)) {
			this.flush({ evenIfSame: true });
		}
	}

	// Text from elsewhere (a copy kept in the browser) that began at BASE, whose
	// fields were ACKED, has been put on the screen.
	restored({ base, acked = {} }) {
		this.base = base;
		this.acked = acked;
		return this.flush({ evenIfSame: true });
	}

	stop() {
		this.stopped = true;
		this.timers.clearTimeout(this.timer);
		this.timers.clearTimeout(this.keepTimer);
		this.timers.clearInterval(this.beatTimer);
	}
}
