// SPDX-License-Identifier: MIT
//
// The page "Health" of a real server to which something happens: it says so in
// plain words, and when it is over it says nothing of it any more. A process
// that is killed is among the tests of money.test.mjs.

import { afterEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { install, newKey, sign } from './gifts.mjs';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';

let paper, node;
afterEach(async () => {
	await paper?.stop();
	await stopNode();
	paper = null;
});

test('a full disk is told before and while saving fails, and room, too', (t) => {
	const { status, stdout, stderr } = spawnSync('unshare', ['-m',
		'--propagation', 'private', process.execPath,
		'test/wire/health-full.mjs'], { encoding: 'utf8' });
	if (status === 77 || status === null ||
	    /unshare.*(permitted|not found)/.test(stderr)) {
		console.log('note: no full disk without the right to mount one');
		return t.skip();
	}
	assert.equal(status, 0, stdout + stderr);
});

// --- a node

const GENESIS =
	'0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206';
// It knows the first block of regtest and nothing else, which is new where it
// is asked: the paper's clock is one of that day.
const DAY = Date.parse('2011-02-02T23:20:00Z');
const ANSWERS = {
	getblockchaininfo: { chain: 'regtest', blocks: 0, headers: 0,
		bestblockhash: GENESIS },
	getblockhash: GENESIS,
	getblockheader: '0100000000000000000000000000000000000000000000000000000' +
		'000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a' +
		'9fb8aa4b1e5e4adae5494dffff7f2002000000',
	getrawmempool: [],
};

function startNode(port = 0) {
	node = http.createServer((request, response) => {
		let body = '';
		request.on('data', (d) => { body += d; });
		request.on('end', () => {
			// It has no notices to give.
			if (request.method !== 'POST') {
				response.statusCode = 404;
				response.end();
				return;
			}
			const { id, method } = JSON.parse(body);
			response.end(JSON.stringify({ id, error: null,
				result: ANSWERS[method] ?? null }));
		});
	});
	return new Promise((done) => node.listen(port, '127.0.0.1',
		() => done(node.address().port)));
}

async function stopNode() {
	const closed = node && new Promise((done) => node.close(done));
	node?.closeAllConnections();
	await closed;
	node = null;
}

const TROUBLE = new RegExp('No node has told the till about the chain lately: ' +
	'gifts are not seen now, and are caught up with later\\.');

test('a node that is lost is told, and its coming back', async () => {
	const port = await startNode();
	paper = await Newsroom.start({ stories: 1,
		conf: `node = http://reader:secret@127.0.0.1:${port}\n` +
			'node_poll_seconds = 1\n',
		before: (p) => {
			p.setClock(DAY);
			const key = newKey(p, 'paper.key');
			install(p, sign(p, key), '--key', `${key}.pub`);
			fs.chmodSync(path.join(p.paper, 'farthing.conf'), 0o600);
		} });
	const ada = await paper.owner();
	const health = async () => (await ada.get('/health')).body;
	const says = (what, pattern, ms = 60000) => until(what,
		async () => pattern.test(await health()), ms);

	await says('a node', />up to date</);
	assert.doesNotMatch(await health(), TROUBLE);
	await stopNode();
	// At once where the chain stands; among what needs attention when it is
	// more than a node that is being started again.
	await says('a lost node', />does not answer</);
	await says('that nothing is verified', /Payments are not verified now\./);
	await says('what needs attention', TROUBLE, 240000);
	assert.match(await health(), /things? needs? attention:/);
	await startNode(port);
	await until('it to be over', async () => {
		const body = await health();
		return />up to date</.test(body) && !TROUBLE.test(body) &&
			!/Payments are not verified now/.test(body);
	}, 120000);
});

// --- a process

test('a process that hangs is told, and that it works again', async () => {
	paper = await Newsroom.start({ stories: 1,
		conf: 'watchdog_seconds = 60\n' });
	const ada = await paper.owner();
	const trouble = 'Readers’ pages 2: does not answer. The server starts it ' +
		'anew; if this stays, look at the server’s log.';
	const has = async () => (await ada.get('/health')).body.includes(trouble);
	const [reader] = paper.processes('reader 2');

	assert.equal(await has(), false);
	process.kill(reader, 'SIGSTOP');
	await until('it to be told', has, 40000);
	process.kill(reader, 'SIGCONT');
	await until('it to be over', async () => !await has(), 20000);
	// It is the same one.
	assert.deepEqual(paper.processes('reader 2'), [reader]);
});
