// SPDX-License-Identifier: MIT
//
// A node that lies: a proxy in front of btcd alters its answers. Whatever it
// says, no fact may come of it but NODE, and the watch must recover by itself
// once it tells the truth.

import {test, before, after} from 'node:test';
import assert from 'node:assert/strict';
import {Node, Watch, liar, pay, MINER, scriptOf, sleep, until} from
	'./lib.mjs';

let node, ours;

before(async () => {
	node = await Node.start();
	// The miner's own script: every coinbase is a payment.
	ours = [pay(MINER, 'script')];
	await node.generate(30);
});

after(() => node?.stop());

const flip = (hex, at) => hex.slice(0, at) +
	(hex[at] === '0' ? '1' : '0') + hex.slice(at + 1);

// Runs a watch against LIE until its state matches STATE; then the lie ends,
// and the watch must come to the truth.
function lies(name, state, lie, {told = 0, options = {}} = {}) {
	test(name, async () => {
		let lying = true;
		const proxy = await liar(node, (method, answer, params) =>
			lying ? lie(method, answer, params) : answer);
		const watch = new Watch(proxy.url, options);
		watch.hello(10, ours);
		await until(`state ${state}`, () => state.test(watch.state));
		await sleep(100);
		for (const {kind} of watch.facts)
			assert.ok(told || ['node', 'block'].includes(kind), kind);
		// Only the block below the first may have been believed.
		assert.ok(told || watch.of('block').length <= 1);
		lying = false;
		await watch.level(node, 30000);
		assert.deepEqual(Object.keys(watch.paid()).sort(),
			Object.keys(await node.paid(ours)).filter((at) =>
				watch.paid()[at]).sort());
		assert.equal(Object.keys(watch.paid()).length, 21);
		await watch.stop();
		await proxy.stop();
	});
}

const when = (which, change) => (method, answer) => {
	if (method === which && answer.result !== null)
		answer.result = change(answer.result);
	return answer;
};

lies('garbage', /^down: .*no JSON-RPC/, () => '\0\x01garbage');
lies('an empty answer', /^down: .*no JSON-RPC/, () => '');
lies('JSON that nests without end', /^down: .*no JSON-RPC/,
	() => '{"result":' + '['.repeat(1000000));
lies('no result', /^down: .*no result/,
	(m, answer) => ({...answer, result: null}));
lies('the answer to another question', /^down: .*another question/,
	(m, answer) => ({...answer, id: answer.id + 1}));
lies('a wrong password', /^down: .*password/, () => (response) => {
	response.statusCode = 401;
	response.end();
});
lies('a page instead of an answer', /^down: .*no JSON-RPC/,
	() => (response) => {
		response.statusCode = 302;
		response.setHeader('location', 'http://127.0.0.1:1/');
		response.end('<html>');
	});
lies('another network', /^wrong network: .*regtest/,
	when('getblockhash', () => '000000000019d6689c085ae165831e934ff763ae46a2a6' +
		'c172b3f1b60a8ce26f'));
lies('a height below zero', /^down: .*height/,
	when('getblockchaininfo', (r) => ({...r, blocks: -1})));
lies('a height above all', /^down: .*height/,
	when('getblockchaininfo', (r) => ({...r, blocks: 2 ** 53})));
lies('a height that is no whole number', /^down: .*height/,
	when('getblockchaininfo', (r) => ({...r, blocks: 30.5})));
lies('a best block that is no hash', /^down: .*hash/,
	when('getblockchaininfo', (r) => ({...r, bestblockhash: 'zz'})));
lies('a header that was not asked for', /^down: .*not the header/,
	when('getblockheader', (hex) => flip(hex, 8)));
lies('a block whose header is altered', /^down: .*(not the block|root|those)/,
	when('getblock', (hex) => flip(hex, 150)));
lies('a block whose transactions are altered', /^down: /,
	when('getblock', (hex) => flip(hex, hex.length - 100)));
lies('a block cut short', /^down: /,
	when('getblock', (hex) => hex.slice(0, -10)));
lies('a block with something behind it', /^down: .*behind/,
	when('getblock', (hex) => hex + '00'));
lies('a block that is not hexadecimal', /^down: .*hexadecimal/,
	when('getblock', (hex) => 'x' + hex.slice(1)));
lies('a huge answer', /^down: .*above/, () => (response) => {
	response.on('error', () => {});
	const write = () => {
		for (let i = 0; i < 2000 && !response.destroyed; i++)
			if (!response.write('x'.repeat(65536)))
				return response.once('drain', write);
		response.end();
	};
	write();
});
lies('an answer that drips', /^down: .*no whole answer/,
	() => (response) => {
		const timer = setInterval(() => response.write(' '), 100);
		response.on('close', () => clearInterval(timer));
	});
lies('no answer at all', /^down: .*no whole answer/, () => () => {});
lies('a connection that is cut', /^down: /, () => (response) =>
	response.socket.destroy());
lies('a mempool that is no list', /^down: .*list/,
	when('getrawmempool', () => ({})), {told: 1});
lies('a chain that has grown old', /^stale: /, (m, answer) => answer,
	{told: 1, options: {stale: 1}});

test('a branch without work undoes nothing', async () => {
	let lying = false;
	const hash = 'ab'.repeat(32);
	const proxy = await liar(node, (method, answer, params) => {
		if (lying && method === 'getblockchaininfo')
			answer.result = {...answer.result, blocks: 1000,
				bestblockhash: hash};
		if (lying && method === 'getblockhash' && params[0] > 12)
			return {...answer, error: null, result: hash};
		if (lying && method === 'getblockheader' && params[0] === hash)
			return {...answer, error: null, result: '00'.repeat(80)};
		return answer;
	});
	const watch = new Watch(proxy.url);
	watch.hello(10, ours);
	await watch.level(node);
	lying = true;
	await until('down', () => /^down: .*not the header/.test(watch.state));
	assert.equal(watch.of('block gone').length, 0);
	lying = false;
	await watch.level(node);
	await until('up to date', () => watch.state.startsWith('ok:'));
	await watch.stop();
	await proxy.stop();
});

test('a transaction that was not asked for is not seen', async () => {
	let lying = true;
	const tx = (await node.call('getblock',
		await node.best(), 2));
	const proxy = await liar(node, (method, answer) => {
		if (lying && method === 'getrawmempool')
			answer.result = ['cd'.repeat(32)];
		if (lying && method === 'getrawtransaction')
			return {...answer, error: null,
				result: (tx.rawtx || tx.tx)[0].hex};
		return answer;
	});
	const watch = new Watch(proxy.url);
	watch.hello(10, [...ours, scriptOf(1)]);
	await until('down', () => /^down: .*not the one/.test(watch.state));
	assert.equal(watch.of('seen').length, 0);
	lying = false;
	await until('up to date', () => watch.state.startsWith('ok:'));
	await watch.stop();
	await proxy.stop();
});
