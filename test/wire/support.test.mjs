// SPDX-License-Identifier: MIT
//
// Support with a real server: a batch is installed, addresses are asked for
// and proven, processes die in between, and whoever changes till.db can stop
// gifts, but not redirect them.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { ask, gift, install, newKey, paperWithBatch, sign, sql, tryInstall,
	verify } from './gifts.mjs';
import { Paper, binary, patience, sleep, until } from './paper.mjs';

let paper;
afterEach(async () => {
	if (paper?.child)
		await paper.stop();
	else if (paper)
		fs.rmSync(paper.dir, { recursive: true });
	paper = null;
});

async function served(options) {
	paper = await paperWithBatch(options);
	await paper.serve();
	await until('support', async () => (await paper.get('/support')).status === 200);
	return paper;
}

const isPaused = async () => {
	const { status, body } = await ask(paper);
	return status === 503 && /<h1>Support is paused/.test(body) && !/bcrt1/.test(body);
};

// Asks until the till answers: just after a start it may not yet.
const given = (headers) => until('an address', async () => {
	const { status, location } = await ask(paper, undefined, headers);
	return status === 303 && location;
});

test('a paper without a batch has no support pages and no till', async () => {
	paper = await Paper.start({ stories: 1 });
	assert.equal((await paper.get('/support')).status, 404);
	assert.equal((await ask(paper)).status === 303, false);
	assert.equal(paper.processes('till').length, 0);
	assert.equal(paper.processes('watch').length, 0);
	assert.doesNotMatch(await paper.metrics(), /farthing_support_/);
});

test('a batch comes to a paper that is being served, and support opens', async () => {
	paper = await Paper.start({ stories: 1 });
	paper.key = newKey(paper, 'paper.key');
	paper.batch = sign(paper, paper.key);
	const out = install(paper, paper.batch, '--key', `${paper.key}.pub`);
	assert.match(out, /This key is pinned now/);
	const location = await given();
	const { status, proof, address, shown, headers, html } = await gift(paper, location);
	assert.equal(status, 200);
	assert.match(address, /^bcrt1q[a-z0-9]{38}$/);
	assert.equal(shown, address);
	assert.equal(headers['referrer-policy'], 'no-referrer');
	assert.match(headers['cache-control'], /no-store/);
	assert.equal(headers['set-cookie'], undefined);
	assert.match(headers.refresh, /^5$/);
	assert.match(html, /regtest/);
	assert.doesNotMatch(html, /<script/i);
	const { status: genuine, stdout, stderr } = verify(paper, proof);
	assert.equal(genuine, 0, stdout + stderr);
	assert.deepEqual(paper.processes('watch'), []);
	assert.match(await paper.metrics(), /\nfarthing_support_paused 0\n/);
	const pin = fs.statSync(path.join(paper.paper, 'trust/pin'));
	assert.equal(pin.mode & 0o777, 0o444);
	// Once more changes nothing, another key is refused.
	assert.match(install(paper, paper.batch), /knew it already/);
});

test('a batch whose till was lost is watched, and not begun anew', async () => {
	paper = await paperWithBatch();
	const till = path.join(paper.paper, 'till');
	fs.rmSync(till, { recursive: true });
	const out = install(paper, paper.batch);
	assert.match(out, /installed again as used up/);
	assert.match(out, /all of its 60 addresses are watched/);
	assert.match(paper.command('support'), /PAUSED: all addresses/);
	await paper.serve();
	await until('the pause', isPaused);
	await paper.stop({ keep: true });
	const next = sign(paper, paper.key, { previous: paper.batch,
		out: 'batch-2.txt' });
	assert.match(install(paper, next), /Batch 2 is installed/);
	assert.match(paper.command('ledger', 'check'), /^0 entries, 0 payments, 120 addr/);
});

test('a batch laid ready and not taken in yet is taken in', async () => {
	paper = await paperWithBatch();
	const till = path.join(paper.paper, 'till');
	fs.rmSync(till, { recursive: true });
	fs.mkdirSync(till, { recursive: true });
	fs.copyFileSync(paper.batch, path.join(till, 'batch-1'));
	assert.match(install(paper, paper.batch), /knew it already/);
});

test('a batch that was lost is brought back while the paper is served', async () => {
	await served();
	const before = await given();
	await paper.stop({ keep: true });
	fs.rmSync(path.join(paper.paper, 'till'), { recursive: true });
	await paper.serve();
	// It may be asked while the till makes its file.
	await until('the alarm', () => /urgent \S+ batch 1 was installed, but is not in/
		.test(spawnSync(binary, ['support', paper.paper], { encoding: 'utf8' }).stdout));
	assert.match(install(paper, paper.batch), /installed again as used up/);
	install(paper, sign(paper, paper.key, { previous: paper.batch,
		out: 'batch-2.txt' }));
	assert.ok((await gift(paper, await given())).address);
	assert.equal((await gift(paper, before)).status, 404);
	await until('no alarm', () => !/urgent/.test(paper.command('support')));
});

// Everything in DIR/till as it is now; gives what puts it back.
function copyOfTill() {
	const till = path.join(paper.paper, 'till');
	const copy = path.join(paper.dir, 'till-of-before');
	fs.cpSync(till, copy, { recursive: true });
	return () => {
		fs.rmSync(till, { recursive: true });
		fs.cpSync(copy, till, { recursive: true });
	};
}

for (const many of [1, 5])
	test(`an old till.db put back after ${many}: no address repeats, and it is told`,
		async () => {
			await served();
			const seen = new Set();
			const another = async () => {
				const { address } = await gift(paper, await given());
				assert.ok(address && !seen.has(address), address);
				seen.add(address);
			};
			await another();
			await paper.stop({ keep: true });
			const putBack = copyOfTill();
			await paper.serve();
			for (let i = 0; i < many; i++)
				await another();
			await paper.stop({ keep: true });
			putBack();
			await paper.serve();
			for (let i = 0; i < 3; i++)
				await another();
			const out = paper.command('support');
			assert.match(out, /What is wrong now, and since when:\n {2}urgent \S+Z till\/till\.db is older than it was/);
			assert.match(out, new RegExp(`addresses 5 to ${4 + many} of batch 1`));
			assert.match(paper.said, /till: till\/till.db is older than it was/);
			// It is told after a new start, and without a server, too.
			await paper.stop({ keep: true });
			assert.match(paper.command('support'), /urgent \S+Z till\/till\.db is older/);
		});

test('a tally that is missing is made anew, and one that is none pauses', async () => {
	await served();
	const tally = path.join(paper.paper, 'tally');
	const { address } = await gift(paper, await given());
	assert.equal(fs.readFileSync(tally, 'latin1'),
		'farthing tally 1\n1 5\n1 5 given\n');
	assert.equal(fs.statSync(tally).mode & 0o777, 0o600);
	await paper.stop({ keep: true });
	fs.rmSync(tally);
	await paper.serve();
	assert.notEqual((await gift(paper, await given())).address, address);
	assert.match(paper.command('support'), /notice \S+Z DIR\/tally was missing/);
	await paper.stop({ keep: true });
	fs.writeFileSync(tally, 'nonsense\n');
	await paper.serve();
	await until('a refusal', async () => (await ask(paper)).status === 503);
	await until('a word', () =>
		/urgent .*is no tally of addresses/.test(paper.command('support')));
	assert.equal(fs.readFileSync(tally, 'latin1'), 'nonsense\n');
	await paper.stop({ keep: true });
	fs.rmSync(tally);
	await paper.serve();
	await given();
	await until('all well', () => !/urgent/.test(paper.command('support')));
});

test('the till cannot open its tally a second time', { skip: patience > 1 }, async () => {
	await served();
	await given();
	const [pid] = paper.processes('till');
	const [fd] = fs.readdirSync(`/proc/${pid}/fd`).filter((n) =>
		fs.readlinkSync(`/proc/${pid}/fd/${n}`).endsWith('/tally'));
	// O_WRONLY | O_APPEND
	assert.equal(parseInt(/flags:\s*0*([0-7]+)/.exec(fs.readFileSync(
		`/proc/${pid}/fdinfo/${fd}`, 'utf8'))[1], 8) & 0o2003, 0o2001);
});

test('a receipt moved to another signed address is not shown, and told', async () => {
	await served();
	const before = await given();
	assert.ok((await gift(paper, before)).address);
	sql(paper, 'UPDATE ask SET leaf = leaf + 3');
	await until('no address', async () => !/bcrt1/.test((await gift(paper, before)).html));
	await until('a word', () => /urgent \S+Z till\.db: the row of a receipt/
		.test(paper.command('support')));
	const check = spawnSync(binary, ['ledger', paper.paper, 'check'], { encoding: 'utf8' });
	assert.equal(check.status, 1);
	assert.match(check.stdout, /a receipt is for an address that was not handed out/);
	// Others are given addresses; and mended, it is shown again.
	await given();
	sql(paper, 'UPDATE ask SET leaf = leaf - 3 WHERE id = 1');
	await until('the address', async () => (await gift(paper, before)).address);
});

test('an address is handed out once, whatever dies in between', async () => {
	await served({ conf: 'node = http://a:b@127.0.0.1:9\n' });
	const seen = new Set();
	const locations = [];
	for (const victim of ['till', 'reader 1', 'watch', 'till', 'reader 2']) {
		const location = await given();
		locations.push(location);
		const { address } = await gift(paper, location);
		assert.ok(address && !seen.has(address), address);
		seen.add(address);
		const [pid] = await until(victim, () => {
			const all = paper.processes(victim);
			return all.length > 0 && all;
		});
		process.kill(pid, 'SIGKILL');
		assert.equal((await paper.get('/')).status, 200);
	}
	// All receipts are still good.
	for (const location of locations) {
		const page = await until('the receipt', async () => {
			const { status, address } = await gift(paper, location);
			return status === 200 && address;
		});
		assert.ok(seen.has(page));
	}
	assert.match(await paper.metrics(), /\nfarthing_till_restarts_total 2\n/);
});

test('a reader is told soon when the till hangs, and served when it is back', async () => {
	await served();
	await given();
	const [pid] = paper.processes('till');
	process.kill(pid, 'SIGSTOP');
	const began = performance.now();
	const { status } = await ask(paper);
	assert.equal(status, 503);
	assert.ok(performance.now() - began < 3500 * patience);
	assert.equal((await paper.get('/')).status, 200);
	process.kill(pid, 'SIGCONT');
	await given();
});

for (const [what, text] of [
	['an address', `DROP TRIGGER leaf_same; ${Array.from({ length: 60 }, (_, i) =>
		`UPDATE leaf SET script = x'0014${i.toString(16).padStart(40, 'a')}' ` +
			`WHERE number = ${i};`).join('')}`],
	['a salt', 'DROP TRIGGER leaf_same; UPDATE leaf SET salt = randomblob(16)'],
	['what is shared', 'DROP TRIGGER leaf_same; ' +
		'UPDATE leaf SET is_shared = 1 - is_shared'],
	['a statement', 'DROP TRIGGER batch_never_back; UPDATE batch SET ' +
		"statement = replace(statement, 'count: 60', 'count: 61')"],
	['a signature', 'UPDATE batch SET signature = ' +
		"replace(signature, 'a', 'b')"],
	['the tree', 'UPDATE node SET hash = randomblob(32)'],
]) {
	test(`${what} changed in till.db at rest: support is paused`, async () => {
		paper = await paperWithBatch();
		sql(paper, text);
		await paper.serve();
		// Before anybody has asked for an address.
		await until('the page without its form', async () => {
			const { status, body } = await paper.get('/support');
			return status === 200 && /class="paused"/.test(body) && !/<form/.test(body);
		});
		await until('the pause', isPaused);
		await until('a word to the newsroom', async () => {
			await ask(paper);
			return /PAUSED|till\/alarms/.test(paper.command('support'));
		});
	});

	test(`${what} changed in till.db while it is served: support is paused`, async () => {
		await served();
		const before = await given();
		assert.ok((await gift(paper, before)).address);
		sql(paper, text);
		await until('the pause', isPaused);
		const { html } = await gift(paper, before);
		// What was shown before may be shown on only if it still proves.
		const { proof, address, shown } = await gift(paper, before);
		if (/bcrt1/.test(html)) {
			assert.equal(shown, address);
			assert.equal(verify(paper, proof).status, 0);
		}
		await until('a word to the newsroom', () =>
			/till: .*(paused|proof|signed)/.test(paper.said));
		await until('the metric', async () =>
			/\nfarthing_support_(paused|alarms_total) [1-9]/.test(await paper.metrics()));
	});
}

test('a till.db of another key is of no use without its pin', async () => {
	paper = await paperWithBatch();
	const other = await paperWithBatch();
	fs.copyFileSync(path.join(other.paper, 'till/till.db'),
		path.join(paper.paper, 'till/till.db'));
	fs.rmSync(other.dir, { recursive: true });
	await paper.serve();
	await until('the pause', isPaused);
});

test('a statement signed again by another key is refused, and pauses', async () => {
	paper = await paperWithBatch();
	const thief = newKey(paper, 'thief.key');
	const forged = sign(paper, thief, { out: 'forged.txt' });
	const { status, stderr } = tryInstall(paper, forged);
	assert.equal(status, 1);
	assert.match(stderr, /key|paper/);
	// Whoever can write till.db puts it there all the same.
	const text = fs.readFileSync(forged, 'latin1');
	const statement = /farthing statement 1\n[^]*?\nnext-key: [0-9a-f]{64}\n/
		.exec(text)[0];
	const root = /\nroot: ([0-9a-f]{64})\n/.exec(statement)[1];
	sql(paper, 'DROP TRIGGER batch_never_back; UPDATE batch SET statement = ' +
		`'${statement.replaceAll("'", "''")}'`);
	assert.ok(root);
	await paper.serve();
	await until('the pause', isPaused);
});

test('what is no batch for this paper is refused', async () => {
	paper = await paperWithBatch();
	const refused = (file, why) => {
		const { status, stderr } = tryInstall(paper, file);
		assert.equal(status, 1, stderr);
		assert.match(stderr, why);
	};
	const text = fs.readFileSync(paper.batch, 'latin1');
	const put = (name, content) => {
		const file = path.join(paper.dir, name);
		fs.writeFileSync(file, content, 'latin1');
		return file;
	};
	refused(put('cut', text.slice(0, text.length / 2)), /./);
	refused(put('empty', ''), /./);
	refused(put('count', text.replace('count: 60', 'count: 59')), /./);
	refused(put('gap', text.replace(/^7 no .*\n/m, '')), /./);
	refused(put('swapped', text.replace(/^(8 no )\S+/m,
		`$1${/^9 no (\S+)/m.exec(text)[1]}`)), /./);
	refused(path.join(paper.dir, 'nothing'), /No such file/);
	const second = sign(paper, paper.key, { previous: paper.batch, out: 'second.txt' });
	const third = sign(paper, paper.key, { previous: second, out: 'third.txt' });
	refused(third, /./); // a number is missing
	install(paper, second);
	refused(paper.batch, /./); // an old number
	assert.match(paper.command('support'), /batch {6}2: /);
	const other = await Paper.make({ stories: 0 });
	try {
		fs.writeFileSync(path.join(other.dir, 'passphrase'), 'x\n');
		const { status, stderr } = tryInstall(other, sign(paper,
			paper.key, { name: 'Another Paper', out: 'other.txt' }));
		assert.equal(status, 1);
		assert.match(stderr, /Another Paper.*The Wire Test/s);
		// The same name and key, another place.
		const elsewhere = sign(paper, paper.key, { out: 'elsewhere.txt',
			origin: 'https://other.example' });
		const place = tryInstall(other, elsewhere);
		assert.equal(place.status, 1);
		assert.match(place.stderr, /other\.example.*wire\.example.*--origin/s);
		other.command('set', 'origin', 'https://other.example');
		assert.match(install(other, elsewhere), /This key is pinned now/);
	} finally {
		fs.rmSync(other.dir, { recursive: true });
	}
});

test('a paper that moves away from its batch shows no address of it', async () => {
	await served();
	await given();
	paper.command('set', 'origin', 'https://moved.example');
	await until('a pause', async () => {
		const { status, location } = await ask(paper);
		if (status !== 303)
			return false;
		const { html } = await gift(paper, location);
		return /class="paused"/.test(html) && !/bcrt1/.test(html);
	});
	assert.match(paper.command('support'), /wire\.example.*moved\.example/s);
	await until('a word to the newsroom', () => /another place/.test(paper.said));
	// On one's own machine it has no place yet.
	paper.command('set', 'origin', 'http://127.0.0.1:9000');
	await until('an address', async () => (await gift(paper, await given())).address);
});

test('an installation that was broken off is ended by the next one', async () => {
	paper = await Paper.make({ stories: 1 });
	paper.key = newKey(paper, 'paper.key');
	const file = sign(paper, paper.key);
	install(paper, file);
	// As if it had died before the pin, and before the ledger.
	fs.rmSync(path.join(paper.paper, 'trust'), { recursive: true });
	install(paper, file);
	for (const name of fs.readdirSync(path.join(paper.paper, 'till')))
		fs.rmSync(path.join(paper.paper, 'till', name));
	fs.copyFileSync(file, path.join(paper.paper, 'till/batch-1'));
	await paper.serve();
	await given();
	assert.equal(fs.existsSync(path.join(paper.paper, 'till/batch-1')), false);
	assert.match(install(paper, file), /is installed/);
});

test('the window full: a shared address, and it says so', async () => {
	paper = await paperWithBatch();
	paper.command('support', 'window', '3');
	await paper.serve();
	const seen = [];
	for (let i = 0; i < 6; i++) {
		const page = await gift(paper, await given());
		seen.push(/\nshared: (yes|no)\n/.exec(page.proof)[1]);
		assert.equal(verify(paper, page.proof).status, 0);
	}
	assert.deepEqual(seen.slice(0, 3), ['no', 'no', 'no']);
	assert.deepEqual(seen.slice(3), ['yes', 'yes', 'yes']);
});

test('one network gets so many addresses of its own in a day', async () => {
	paper = await paperWithBatch();
	paper.command('support', 'network_most', '2');
	await paper.serve();
	const seen = [];
	for (let i = 0; i < 4; i++)
		seen.push(/\nshared: (yes|no)\n/.exec((await gift(paper,
			await given({ 'X-Forwarded-For': '203.0.113.7' }))).proof)[1]);
	assert.deepEqual(seen, ['no', 'no', 'yes', 'yes']);
});

test('the last address given out: paused, never used twice', async () => {
	paper = await paperWithBatch({ count: 6, shared: 2 });
	paper.command('support', 'network_most', '100');
	await paper.serve();
	const seen = new Set();
	let paused = false;
	for (let i = 0; i < 12 && !paused; i++) {
		const { status, location } = await until('an answer', async () => {
			const got = await ask(paper);
			return (got.status === 303 || /<h1>Support is paused/.test(got.body)) && got;
		});
		paused = status !== 303;
		if (paused)
			break;
		const { address, proof } = await gift(paper, location);
		if (/\nshared: no\n/.test(proof)) {
			assert.ok(!seen.has(address));
			seen.add(address);
		}
	}
	assert.ok(seen.size <= 4);
	assert.match(paper.command('support'), /: 0 of 4 addresses left|PAUSED/);
});

test('settings are changed while it is served, and readers see them', async () => {
	await served();
	paper.command('support', 'currency', 'EUR');
	paper.command('support', 'title', 'Keep the bell ringing');
	paper.command('support', 'amount_btc', '0.0001 a coffee', '0.001 a day');
	await until('the new page', async () =>
		/0\.0001.BTC[^]*a coffee/.test((await paper.get('/support')).body));
	const { status, stderr } = spawnSync(binary,
		['support', paper.paper, 'address', 'bc1q'], { encoding: 'utf8' });
	assert.equal(status, 1);
	assert.match(stderr, /address/);
	paper.command('support', 'title', '--clear');
	assert.doesNotMatch(paper.command('support'), /bell/);
});

test('log lines of support have no token and no address', async () => {
	await served({ conf: 'access_log = access.log\nlog_addresses = yes\n' });
	const location = await given();
	await gift(paper, location);
	await paper.get(`${location}/receipt`);
	await paper.get('/support/gift/aaaaaaaaaaaaaaaaaaaaaaaaaa');
	await paper.get('/about');
	const token = location.split('/').at(-1);
	const log = path.join(paper.paper, 'access.log');
	await until('the log', () => /about/.test(fs.readFileSync(log, 'utf8')));
	const text = fs.readFileSync(log, 'utf8');
	assert.doesNotMatch(text, new RegExp(`${token}|aaaaaaaaaa|bcrt1`));
	for (const line of text.split('\n').filter((l) => /support/.test(l)))
		assert.doesNotMatch(line, /127\.0\.0\.1/);
});

test('the till and the watch have open only what is theirs', { skip: patience > 1 },
	async () => {
		await served({ conf: 'node = http://a:b@127.0.0.1:9\n' });
		const files = (pid) => fs.readdirSync(`/proc/${pid}/fd`)
			.map((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`));
		const [till] = await until('the till', () => paper.processes('till'));
		const [watch] = await until('the watch', () =>
			paper.processes('watch').length && paper.processes('watch'));
		for (const pid of [till, watch])
			await until('its sandbox', () => /\nNoNewPrivs:\t1\nSeccomp:\t2\n/.test(
				fs.readFileSync(`/proc/${pid}/status`, 'utf8')));
		for (const file of files(till))
			assert.ok(!file.includes('/private/') && !file.includes('/public/'), file);
		for (const file of files(watch))
			assert.ok(!file.includes(paper.paper), file);
		for (const pid of paper.processes('reader'))
			for (const file of files(pid))
				assert.ok(!file.includes('/till/') && !file.includes('/trust/'), file);
	});

test('readers do not get the password of a node', { skip: patience > 1 }, async () => {
	await served({ conf: 'node = http://anna:Geheim7@127.0.0.1:9\n' });
	for (const name of ['reader', 'newsroom', 'till'])
		for (const pid of paper.processes(name))
			for (const fd of fs.readdirSync(`/proc/${pid}/fd`)) {
				const file = `/proc/${pid}/fd/${fd}`;
				if (/memfd:farthing-(config|secrets|pin)/.test(fs.readlinkSync(file)))
					assert.doesNotMatch(fs.readFileSync(file, 'latin1'), /Geheim7/);
			}
});

test('a new program takes over with till and watch, gifts go on', async () => {
	await served({ conf: 'node = http://a:b@127.0.0.1:9\n' });
	const before = await given();
	for (let i = 2; i <= 3; i++) {
		paper.signal('SIGUSR2');
		await until('the new program', () =>
			paper.said.split('a new program has taken over').length === i, 15000);
		await given();
	}
	for (const name of ['till', 'watch'])
		await until(name, () => paper.processes(name).length === 1);
	paper.signal('SIGHUP');
	await until('new settings', () => /with the new settings/.test(paper.said));
	await given();
	assert.ok((await gift(paper, before)).address);
});

// Whoever sends something does not leave at once: sockets that keep the readers
// of PAPER, which PROGRAM serves.
async function busyReaders(program) {
	const folder = path.join(paper.paper, 'public/pictures');
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(path.join(folder, 'large.jpg'), Buffer.alloc(16 << 20, 'x'));
	await paper.serve(program);
	await until('support', async () => (await paper.get('/support')).status === 200);
	const busy = Array.from({ length: 8 }, () => {
		const socket = paper.connect({ highWaterMark: 1024 });
		socket.on('error', () => {});
		socket.write('GET /pictures/large.jpg HTTP/1.1\r\nHost: a\r\n\r\n');
		return new Promise((done) => socket.once('data', () => {
			socket.pause();
			done(socket);
		}));
	});
	return Promise.all(busy);
}

// Both generations would read the answers of one socket.
test('readers that leave take no answer from those who come after the next', async () => {
	paper = await paperWithBatch({ conf: 'grace_seconds = 4\n' });
	const sockets = await busyReaders();
	const old = paper.processes('reader');
	const settings = () => paper.said.split('with the new settings').length - 1;
	paper.signal('SIGHUP');
	await until('new settings', () => settings() === 1);
	assert.ok(old.some((pid) => paper.processes('reader').includes(pid)));
	paper.signal('SIGHUP');
	await given();
	for (let i = 0; i < 24; i++) {
		const { status, body } = await ask(paper);
		assert.equal(status, 303, `${i}: ${body}`);
		await sleep(20);
	}
	await until('the next settings', () => settings() === 2, 15000);
	assert.ok(!old.some((pid) => paper.processes('reader').includes(pid)));
	await given();
	for (const socket of sockets)
		socket.destroy();
});

test('settings that waited are read though no new program is there', async () => {
	paper = await paperWithBatch({ conf: 'grace_seconds = 4\n' });
	const program = path.join(paper.dir, 'farthing');
	fs.copyFileSync(binary, program);
	fs.chmodSync(program, 0o755);
	const sockets = await busyReaders(program);
	const settings = () => paper.said.split('with the new settings').length - 1;
	paper.signal('SIGHUP');
	await until('new settings', () => settings() === 1);
	paper.signal('SIGHUP');
	await until('waiting', () => /readers of the last change/.test(paper.said));
	fs.unlinkSync(program);
	paper.signal('SIGUSR2');
	await until('the attempt', () => /no new program/.test(paper.said), 15000);
	await until('the next settings', () => settings() === 2, 5000);
	for (const socket of sockets)
		socket.destroy();
});

test('a program that knew no till is followed by one that does', async () => {
	paper = await Paper.make({ stories: 1 });
	await paper.serve();
	// What an older program hands over names no till, as one does for which
	// there is none; and then a batch is there.
	paper.key = newKey(paper, 'paper.key');
	const [pid] = [paper.child.pid];
	process.kill(pid, 'SIGSTOP');
	const done = spawnSync('timeout', ['3', binary, 'batch', 'install',
		paper.paper, sign(paper, paper.key)], { encoding: 'utf8' });
	assert.equal(done.status, 124, done.stderr);
	paper.signal('SIGUSR2');
	process.kill(pid, 'SIGCONT');
	await until('the new program', () =>
		/a new program has taken over|with the new settings/.test(paper.said), 15000);
	await given();
});

// The pin and all folders above it are root's, what is written to is not.
test('a server that is a user of its own cannot replace the pin', {
	skip: process.getuid() !== 0 && 'only root can try' }, async () => {
	// As doc/serving.md has it.
	paper = await Paper.make({ stories: 2 });
	paper.key = newKey(paper, 'paper.key');
	paper.batch = sign(paper, paper.key);
	fs.chmodSync(paper.dir, 0o755);
	for (const name of ['run', 'till'])
		fs.mkdirSync(path.join(paper.paper, name), { recursive: true });
	spawnSync('chown', ['-R', '65534:65534', ...['private', 'public', 'till', 'run']
		.map((name) => path.join(paper.paper, name))]);
	install(paper, paper.batch);
	await paper.serve(binary, { uid: 65534, gid: 65534 });
	await until('support', async () => (await paper.get('/support')).status === 200);
	assert.match(await gift(paper, await given()).then((g) => g.address), /^bcrt1/);
	assert.match(await paper.metrics(), /\nfarthing_sandbox_pin_is_apart 1\n/);
	assert.match(await paper.metrics(), /\nfarthing_sandbox_landlock_abi \d+\n/);
	const till = fs.statSync(path.join(paper.paper, 'till/till.db'));
	assert.equal(till.uid, 65534);
	const replaced = spawnSync('sh', ['-c', `cd '${paper.paper}'; echo x >trust/pin; ` +
		'mv trust trust.old; mv trust/pin trust/old; rm -f trust/pin; ls trust'],
	{ uid: 65534, gid: 65534, encoding: 'utf8' });
	assert.equal(replaced.stdout, 'pin\n', replaced.stderr);
	// Root brings in the next batch while it is being served.
	const second = sign(paper, paper.key, { previous: paper.batch, out: 'second.txt' });
	install(paper, second);
	assert.match(paper.command('support'), /batch {6}2: /);
	assert.equal(fs.statSync(path.join(paper.paper, 'trust/pin')).uid, 0);
});

for (const [what, change] of [
	['a pin to which others may write', (trust) => fs.chmodSync(`${trust}/pin`, 0o664)],
	['a folder to which others may write', (trust) => fs.chmodSync(trust, 0o777)],
	['a pin that is a link', (trust) => {
		fs.renameSync(`${trust}/pin`, `${trust}/../pin`);
		fs.symlinkSync('../pin', `${trust}/pin`);
	}],
])
	test(`${what} is not trusted, and says so`, async () => {
		paper = await paperWithBatch();
		change(path.join(paper.paper, 'trust'));
		const { status, stderr } = spawnSync(binary, ['serve', paper.paper],
			{ encoding: 'utf8', timeout: 5000 * patience });
		assert.equal(status, 1, stderr);
		assert.match(stderr, /trust/);
	});

test('a pin that is no pin: readers and till say so, nobody is shown an address', async () => {
	paper = await paperWithBatch();
	const pin = path.join(paper.paper, 'trust/pin');
	const text = fs.readFileSync(pin, 'utf8');
	fs.chmodSync(pin, 0o644);
	fs.writeFileSync(pin, text.replace('batch: 1', 'batch: x'));
	const child = spawn(binary, ['serve', paper.paper]);
	let said = '';
	child.stderr.on('data', (d) => { said += d; });
	await until('a word', () => /till: trust\/pin/.test(said));
	const answer = await ask(paper).catch(() => ({ status: 0 }));
	assert.notEqual(answer.status, 303);
	child.kill('SIGKILL');
});

test('a node\'s cookie file that is another: the watch begins again with it', async () => {
	const cookie = path.join(fs.mkdtempSync('/tmp/farthing-cookie-'), 'cookie');
	fs.writeFileSync(cookie, '__cookie__:one');
	await served({ conf: `node = http://127.0.0.1:9\nnode_auth = ${cookie}\n` });
	const [before] = await until('the watch', () =>
		paper.processes('watch').length && paper.processes('watch'));
	await sleep(50);
	fs.writeFileSync(`${cookie}.new`, '__cookie__:two');
	fs.renameSync(`${cookie}.new`, cookie);
	await until('another watch', () =>
		paper.processes('watch').some((pid) => pid !== before), 10000);
	fs.rmSync(path.dirname(cookie), { recursive: true });
});

test('SIGTERM waits for the till', async () => {
	await served();
	await given();
	const asks = Array.from({ length: 8 }, () => ask(paper));
	await sleep(20);
	paper.signal('SIGTERM');
	const answers = await Promise.allSettled(asks);
	const bad = answers.filter(({ status, value }) =>
		status === 'fulfilled' && value.status >= 500);
	assert.equal(bad.length, 0);
	assert.equal((await paper.ended).code, 0);
	await paper.serve();
});
