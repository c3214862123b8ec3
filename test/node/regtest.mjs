// SPDX-License-Identifier: MIT
//
// A chain of one's own to try gifts on, by hand: btcd on regtest, and an
// Electrum server over it. All coins go to the address that is given; each
// line that is typed mines as many blocks as it says, an empty one mines one.
// tools/regtest starts it; it ends with its input, or by Ctrl-C.

import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { electrumServer } from './electrum_server.mjs';
import { Node, PASSWORD, USER } from './lib.mjs';

// Segregated witness is switched on by the miners' votes.
const FIRST_BLOCKS = 450;
const MOST_BLOCKS = 1000;

const [miner, port, electrumPort] = process.argv.slice(2);
let node, server;

async function end(code) {
	server?.stop();
	await node?.stop();
	process.exit(code);
}

function mustBeFree(at) {
	return new Promise((done, fail) => {
		const s = createServer().listen(at, '127.0.0.1',
			() => s.close(done));
		s.on('error', () =>
			fail(new Error(`another program has port ${at}`)));
	});
}

process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));
try {
	await mustBeFree(Number(port));
	await mustBeFree(Number(electrumPort));
	node = await Node.start({ miner, port: Number(port) });
	await node.generate(FIRST_BLOCKS);
	server = await electrumServer((method, params = []) =>
		node.call(method, ...params), Number(electrumPort));
	console.log(`A chain of ${FIRST_BLOCKS} blocks, whose coins are all at
${miner}.

In farthing.conf:
	node = http://${USER}:${PASSWORD}@127.0.0.1:${port}
For Electrum:
	--oneserver --server 127.0.0.1:${server.port}:t

Enter mines a block, a number and Enter so many. Ctrl-C ends it.`);
	for await (const line of createInterface({ input: process.stdin })) {
		const count = Number(line.trim() || 1);
		if (!Number.isInteger(count) || count < 1 || count > MOST_BLOCKS) {
			console.log(`a number from 1 to ${MOST_BLOCKS}`);
			continue;
		}
		await node.generate(count);
		console.log(`block ${await node.call('getblockcount')}`);
	}
	await end(0);
} catch (error) {
	console.error(`regtest: ${error.message}`);
	await end(1);
}
