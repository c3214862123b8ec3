// SPDX-License-Identifier: MIT
//
// The chain that doc/support.md tells newcomers to try gifts on.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MINER, freePort, pay, until } from './lib.mjs';

const program = fileURLToPath(new URL('regtest.mjs', import.meta.url));

async function regtest(port, electrumPort) {
	const child = spawn(process.execPath,
		[program, pay(MINER, 'address', 'regtest'), port, electrumPort]);
	const all = { child, text: '' };
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data) => {
			all.text += data;
		});
	all.over = once(child, 'exit');
	return all;
}

test('the chain is there, each line mines, and its end leaves nothing', async () => {
	const port = await freePort();
	const electrum = await freePort();
	const chain = await regtest(port, electrum);
	await until('it is told how to use it', () =>
		/Enter mines/.test(chain.text), 60000);
	assert.match(chain.text, new RegExp(`@127\\.0\\.0\\.1:${port}\n`));
	assert.match(chain.text, new RegExp(`127\\.0\\.0\\.1:${electrum}:t\n`));
	await new Promise((done) => {
		const s = net.connect(electrum, '127.0.0.1', () => done(s.end()));
	});
	chain.child.stdin.write('\n');
	await until('one', () => /block 451/.test(chain.text));
	chain.child.stdin.write('3\n');
	await until('three more', () => /block 454/.test(chain.text));
	chain.child.stdin.write('all\n');
	await until('an answer', () => /a number from 1/.test(chain.text));

	const second = await regtest(port, 0);
	assert.equal((await second.over)[0], 1);
	assert.match(second.text, new RegExp(`another program has port ${port}`));

	chain.child.stdin.end();
	assert.equal((await chain.over)[0], 0);
	await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
});
