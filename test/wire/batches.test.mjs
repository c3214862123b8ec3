// SPDX-License-Identifier: MIT
//
// Batches that are installed one after the other: one that cannot be taken in
// is refused before the pin knows it, and stands in no other's way.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { ask, install, newKey, sign, sql, testKey, tryInstall } from './gifts.mjs';
import { Paper, until } from './paper.mjs';

let paper;

afterEach(async () => {
	if (paper.child)
		await paper.stop();
	fs.rmSync(paper.dir, { recursive: true, force: true });
});

const pin = () => fs.readFileSync(path.join(paper.paper, 'trust/pin'), 'utf8');
const files = () => fs.readdirSync(path.join(paper.paper, 'till'))
	.filter((name) => /^(batch|lost)-/.test(name));

// Batch N, of the addresses ACCOUNT of the key.
function batch(n, account) {
	return sign(paper, paper.key, { count: 12, shared: 2,
		descriptor: `wpkh(${testKey}/${account}/*)`, first: 0,
		previous: n > 1 && path.join(paper.dir, `b${n - 1}.txt`),
		out: `b${n}.txt` });
}

async function withTwo() {
	paper = await Paper.make();
	paper.key = newKey(paper, 'paper.key');
	install(paper, batch(1, 0));
	install(paper, batch(2, 1));
}

for (const served of [false, true])
	test(`addresses of an earlier batch are refused, and nothing is pinned${served ? ', while it is served' : ''}`, async () => {
		await withTwo();
		if (served)
			await paper.serve();
		const before = pin();
		const { status, stderr } = tryInstall(paper, batch(3, 0));
		assert.equal(status, 1);
		assert.match(stderr, /b3\.txt: the address of leaf 0 is in an earlier batch.* Nothing was installed/);
		assert.equal(pin(), before);
		assert.deepEqual(files(), []);
		fs.rmSync(path.join(paper.dir, 'b3.txt'));
		install(paper, batch(3, 2));
		assert.match(paper.run('support', paper.paper), /\n {2}batch {6}3: 10 of 10 /);
	});

test('one that was pinned and is no good keeps no later one out', async () => {
	await withTwo();
	const good = batch(3, 2);
	install(paper, good);
	// As an older program left it: pinned, and not taken in.
	for (const name of ['till.db', 'till.db-wal', 'till.db-shm'])
		fs.rmSync(path.join(paper.paper, 'till', name), { force: true });
	fs.writeFileSync(path.join(paper.paper, 'till/batch-3'), 'no batch\n');
	install(paper, path.join(paper.dir, 'b1.txt'));
	assert.match(paper.run('support', paper.paper), /\n {2}batch {6}1: 0 of 10 /);
	const { status, stderr } = tryInstall(paper, batch(4, 3));
	assert.equal(status, 0, stderr);
	assert.match(stderr, /till\/batch-3: /);
	assert.match(paper.run('support', paper.paper), /\n {2}batch {6}4: 10 of 10 /);
});

test('the newest batch given again to a till.db of an older program is not lost', async () => {
	await withTwo();
	// What the sixth state of the tables has changed is made so again.
	sql(paper, `DROP TRIGGER payment_added; DROP TRIGGER payment_moved;
		DROP TRIGGER payment_gone; DROP TABLE paid;
		CREATE TABLE paid (state INTEGER PRIMARY KEY, n INTEGER NOT NULL,
		amount INTEGER NOT NULL) STRICT;
		CREATE TRIGGER payment_added AFTER INSERT ON payment BEGIN SELECT 1; END;
		CREATE TRIGGER payment_moved AFTER UPDATE ON payment BEGIN SELECT 1; END;
		CREATE TRIGGER payment_gone AFTER DELETE ON payment BEGIN SELECT 1; END;
		PRAGMA user_version = 5;`);
	const { status, stdout, stderr } = tryInstall(paper, path.join(paper.dir, 'b2.txt'));
	assert.equal(status, 0, stderr);
	assert.match(stdout, /^Batch 2 is installed \(the pin knew it already\)/);
	assert.deepEqual(files(), []);
	assert.match(paper.run('support', paper.paper), /\n {2}batch {6}2: 10 of 10 /);
});

test('when its time is over support is paused, and both sides are told', async () => {
	paper = await Paper.make();
	paper.key = newKey(paper, 'paper.key');
	// A day that ends in a moment.
	const end = Math.floor(Date.now() / 1000) + 15;
	const time = (s) => new Date(s * 1000).toISOString().replace('.000', '');
	install(paper, sign(paper, paper.key, { from: time(end - 86400) }));
	await paper.serve();
	await until('an address', async () => (await ask(paper)).status === 303);
	assert.match(paper.run('support', paper.paper),
		/\n {2}warning .* the time for which batch 1 was signed ends within four weeks/);
	await until('the pause', async () =>
		/class="paused"/.test((await paper.get('/support')).body), 60000);
	assert.ok(Date.now() / 1000 >= end);
	assert.equal((await ask(paper)).status, 503);
	const said = paper.run('support', paper.paper);
	assert.match(said, /^ {2}support {4}PAUSED: the time for which the batch was signed/);
	assert.ok(said.includes(`\n  until      ${time(end)}\n`));
	assert.match(said, /\n {2}urgent .* support is paused: the time for which/);
	assert.match(fs.readFileSync(path.join(paper.paper, 'till/alarms'), 'utf8'),
		/support is paused: the time for which/);
});
