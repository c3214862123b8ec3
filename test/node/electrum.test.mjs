// SPDX-License-Identifier: MIT
//
// From a fresh paper to a settled gift, with a wallet that knows nothing of
// us on both ends: Debian's Electrum makes the newsroom's key and later finds
// the coin with it; a reader's Electrum pays what the page says.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { ask, gift, install, newKey, sign, verify } from '../wire/gifts.mjs';
import { Paper } from '../wire/paper.mjs';
import { electrumServer } from './electrum_server.mjs';
import { Node, PASSWORD, USER, until } from './lib.mjs';

const run = promisify(execFile);

class Electrum {
	constructor(dir, name) {
		this.dir = path.join(dir, name);
	}

	async say(...words) {
		const { stdout } = await run('electrum',
			['--regtest', '-D', this.dir, ...words],
			{ timeout: 60000 });
		return stdout.trim();
	}

	offline(...words) {
		return this.say('--offline', ...words);
	}

	async connect(port) {
		await this.say('daemon', '-d', '--oneserver',
			'--server', `127.0.0.1:${port}:t`);
		this.is_up = true;
		await this.say('load_wallet');
	}

	async balance() {
		const { confirmed, unconfirmed } =
			JSON.parse(await this.say('getbalance'));
		return { confirmed: Number(confirmed ?? 0),
			unconfirmed: Number(unconfirmed ?? 0) };
	}

	async stop() {
		if (this.is_up)
			await this.say('stop').catch(() => {});
	}
}

let dir, node, server, newsroom, reader, paper;

before(async () => {
	dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-electrum-'));
	newsroom = new Electrum(dir, 'newsroom');
	reader = new Electrum(dir, 'reader');
	await newsroom.offline('create');
	await reader.offline('create');
	const [miner] = JSON.parse(await reader.offline('listaddresses'));
	node = await Node.start({ miner });
	// Segregated witness is switched on by the miners' votes.
	await node.generate(450);
	server = await electrumServer(
		(method, params = []) => node.call(method, ...params));
	paper = await Paper.make({ stories: 2, conf:
		`node = http://${USER}:${PASSWORD}@127.0.0.1:${node.port}/\n` +
		'node_poll_seconds = 1\n' });
	paper.key = newKey(paper, 'paper.key');
	paper.batch = sign(paper, paper.key,
		{ descriptor: await newsroom.offline('getmpk') });
	install(paper, paper.batch);
	await paper.serve();
});

after(async () => {
	await paper?.stop();
	await reader?.stop();
	await newsroom?.stop();
	server?.stop();
	await node?.stop();
	fs.rmSync(dir, { recursive: true, force: true });
});

const state = async (location, wanted) =>
	until(`the page says ${wanted}`, async () => {
		const page = await gift(paper, location);
		return wanted.test(page.state ?? '') && page;
	}, 60000);

test('Electrum pays a gift, its page goes to settled, and Electrum finds it', async () => {
	const location = await until('an address', async () => {
		const answer = await ask(paper, 'amount=own&own=0.015&unit=BTC&for=');
		return answer.status === 303 && answer.location;
	});
	const asked = await state(location, /Waiting/i);
	const known = JSON.parse(await newsroom.offline('listaddresses'));
	assert.ok(known.includes(asked.address),
		'the address is one of the newsroom\'s own wallet');
	const proven = verify(paper, asked.proof);
	assert.equal(proven.status, 0, proven.stdout + proven.stderr);

	await reader.connect(server.port);
	await until('the reader has coins', async () =>
		(await reader.balance()).confirmed > 1, 60000);
	const tx = await reader.say('payto', '--fee', '0.0002',
		asked.address, '0.015');
	await reader.say('broadcast', tx);
	await state(location, /Seen/i);
	await node.generate(1);
	await state(location, /In the chain|Settled/i);
	await node.generate(6);
	const settled = await state(location, /Settled/i);
	assert.match(settled.html, /0\.015/);

	assert.match(paper.command('ledger', 'check'), /0\.015/);
	assert.match(paper.command('ledger', 'balance'), /0\.015/);

	await newsroom.connect(server.port);
	await until('the newsroom\'s wallet has the coin', async () =>
		(await newsroom.balance()).confirmed === 0.015, 60000);
});
