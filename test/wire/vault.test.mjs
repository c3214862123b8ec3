// SPDX-License-Identifier: MIT
//
// The vault dies over passwords: trouble of the machine is no guess, and whoever
// waits it out gets in. It takes as long as the newsroom waits for a vault.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';

let paper;

before(async () => {
	paper = await Newsroom.start();
	await paper.owner();
});
after(() => paper?.stop());

// Processor time of a process, in ticks; null: it is gone.
function ticks(pid) {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[12]);
	} catch {
		return null;
	}
}

// Kills the vault that is at work over a password.
async function killAtWork() {
	let pid, idle;
	await until('a vault at work', () => {
		const [newest] = paper.processes('vault');
		if (newest !== pid)
			[pid, idle] = [newest, ticks(newest)];
		return pid && idle !== null && ticks(pid) > idle + 1;
	}, 20000);
	process.kill(pid, 'SIGKILL');
	await until('its end', () => ticks(pid) === null);
}

test('a vault that dies over passwords locks nobody out', async () => {
	// As many as may be wrong from one place.
	for (let n = 0; n < 2; n++) {
		const asked = Promise.all(Array.from({ length: 8 }, () =>
			paper.client().password(undefined, 'ada')));
		for (let dead = 0; dead < 7; dead++)
			await killAtWork();
		const answers = (await asked).map(({ status }) => status);
		assert.ok(answers.filter((status) => status === 503).length >= 6,
			answers.join());
	}
	await until('another vault', () => paper.processes('vault').length === 1);
	// From no browser that is known, which has tries of its own.
	assert.equal((await paper.client().password(undefined, 'ada')).status, 303);
	// And a wrong one is still wrong.
	assert.equal((await paper.client().password('a wrong battery', 'ada')).status, 422);
});
