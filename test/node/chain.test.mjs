// SPDX-License-Identifier: MIT
//
// The watch against btcd on regtest: blocks, payments, replacements,
// reorganisations, restarts. Needs test/node/install and `make node-tools`.

import {test, before, after} from 'node:test';
import assert from 'node:assert/strict';
import {MINER, Node, Wallet, Watch, liar, pay, scriptOf, sleep, until}
	from './lib.mjs';

const OURS = Array.from({length: 40}, (_, i) => scriptOf(i + 1));
let node, wallet, watch;

before(async () => {
	node = await Node.start();
	wallet = new Wallet(node);
	// Witnesses are allowed from block 432 on.
	await node.generate(440);
	await wallet.collect(1, 100);
	watch = new Watch(node.url);
	watch.hello(420, OURS);
	await watch.level(node);
});

after(async () => {
	await watch?.stop();
	await node?.stop();
});

async function same() {
	await watch.level(node);
	assert.deepEqual(watch.paid(), await node.paid(OURS));
}

test('the state is told', async () => {
	await until('up to date', () => watch.state?.startsWith('ok:'));
	assert.equal(watch.blocks[0].height, 419);
});

test('a payment is seen, then paid', async () => {
	const {txid} = await wallet.pay(OURS[0], 12345);
	await until('seen', () => watch.seen[`${txid}:0`] === 12345);
	assert.equal(watch.of('seen').at(-1).args[3], 'rbf');
	await node.generate(1);
	await same();
	assert.equal(watch.paid()[`${txid}:0`], 12345);
});

test('two outputs of one transaction are two payments', async () => {
	const coin = wallet.coins.shift();
	const txid = await wallet.send(
		wallet.make(coin, [OURS[1], OURS[2]], 777, {sequence: 0xffffffff}));
	await until('seen', () => watch.seen[`${txid}:1`] === 777);
	assert.equal(watch.of('seen').at(-1).args[3], 'final');
	await node.generate(1);
	await same();
});

test('a replacement is followed by its inputs', async () => {
	const {txid, coin} = await wallet.pay(OURS[3], 5000);
	await until('seen', () => watch.seen[`${txid}:0`]);
	const other = await wallet.send(
		wallet.make(coin, [OURS[4]], 6000, {fee: 50000}));
	await until('the other is seen', () => watch.seen[`${other}:0`]);
	await until('dropped', () => !watch.seen[`${txid}:0`]);
	const spent = watch.of('spent by').at(-1);
	assert.deepEqual(spent.args.slice(1, 4), [txid, other, '0']);
	assert.deepEqual(watch.of('dropped').at(-1).args, [txid, other]);
	await node.generate(1);
	await same();
});

test('a double spend that pays somebody else is told', async () => {
	const {txid, coin} = await wallet.pay(OURS[5], 5000);
	await until('seen', () => watch.seen[`${txid}:0`]);
	const other = await wallet.send(
		wallet.make(coin, [scriptOf(999)], 6000, {fee: 50000}));
	await until('dropped', () => !watch.seen[`${txid}:0`]);
	assert.deepEqual(watch.of('dropped').at(-1).args, [txid, other]);
	await node.generate(1);
	await same();
	assert.equal(watch.paid()[`${txid}:0`], undefined);
});

// 66 coins, and what signs away some of them.
async function split() {
	const value = 100000;
	const txid = await wallet.send(wallet.make(wallet.coins.shift(),
		Array(66).fill(wallet.script), value));
	await node.generate(1);
	return {
		all: Array.from({length: 66}, (_, n) => `${txid}:${n}`),
		sign: (coins, script, fee) => pay(MINER, 'sign',
			...coins.map((at) => `${at}:${value}:4294967293`), '/',
			`${script}:${coins.length * value - fee}`),
	};
}

// Only the first 64 inputs of a payment are listed in facts and followed.
test('a payment whose 66th input is spent by another is told as gone', async () => {
	const {all, sign} = await split();
	// In the mempool.
	const txid = await wallet.send(sign(all, OURS[5], 20000));
	await until('seen', () => watch.seen[`${txid}:0`]);
	await wallet.send(sign([all[65]], scriptOf(997), 90000));
	await until('told as gone', () => !watch.seen[`${txid}:0`]);
	assert.equal(watch.of('dropped').at(-1).args[0], txid);
	await node.generate(1);
	await same();
	assert.equal(watch.paid()[`${txid}:0`], undefined);
});

test('a payment in a block that goes, whose 66th input is spent in the next', async () => {
	const {all, sign} = await split();
	const txid = await wallet.send(sign(all, OURS[5], 20000));
	const [hash] = await node.generate(1);
	await same();
	assert.ok(watch.paid()[`${txid}:0`]);
	const dropped = watch.of('dropped').length;
	await node.call('invalidateblock', hash);
	await wallet.send(sign([all[65]], scriptOf(996), 90000));
	await node.generate(2);
	await same();
	assert.equal(watch.paid()[`${txid}:0`], undefined);
	await until('told as gone', () => watch.of('dropped').slice(dropped)
		.some((f) => f.args[0] === txid));
});

// Of each depth: one payment that moves to another block, one that is
// replaced by a double spend, one that is in the block below.
for (let depth = 1; depth <= 20; depth++)
	test(`a reorganisation of depth ${depth}`, async () => {
		const moved = await wallet.pay(OURS[6], 1000 + depth);
		const doubled = await wallet.pay(OURS[7], 2000 + depth);
		const hashes = await node.generate(depth);
		await same();
		assert.ok(watch.paid()[`${doubled.txid}:0`]);
		const gone = watch.of('block gone').length;
		await node.call('invalidateblock', hashes[0]);
		await wallet.send(wallet.make(
			doubled.coin, [scriptOf(998)], 3000, {fee: 60000}));
		await node.generate(depth + 1);
		await same();
		assert.equal(watch.of('block gone').length - gone, depth);
		assert.equal(watch.paid()[`${doubled.txid}:0`], undefined);
		assert.equal(watch.paid()[`${moved.txid}:0`], 1000 + depth);
	});

test('a branch with less work undoes nothing', async () => {
	const gone = watch.of('block gone').length;
	const hashes = await node.generate(3);
	await same();
	await node.call('invalidateblock', hashes[0]);
	await until('it waits', () => watch.state.startsWith('syncing:'));
	await sleep(300);
	assert.equal(watch.of('block gone').length, gone);
	await node.generate(4);
	await same();
	assert.equal(watch.of('block gone').length, gone + 3);
	await until('up to date', () => watch.state.startsWith('ok:'));
});

test('a node that is down is told, and caught up with', async () => {
	// btcd forgets a regtest chain when it stops: another node keeps it.
	const peer = await Node.start();
	const gone = watch.of('block gone').length;
	await node.call('addnode', `127.0.0.1:${peer.p2p}`, 'add');
	await until('the peer has it all', async () =>
		await peer.best() === await node.best());
	await node.down();
	await until('down', () => watch.state.startsWith('down:'));
	await node.up();
	await until('it waits', () => watch.state.startsWith('syncing:'));
	await node.call('addnode', `127.0.0.1:${peer.p2p}`, 'add');
	await until('the node has it all', async () =>
		await peer.best() === await node.best());
	await same();
	assert.equal(watch.of('block gone').length, gone);
	await peer.stop();
	await wallet.pay(OURS[8], 4321);
	await node.generate(3);
	await same();
});

test('payments while the watch was away are found', async () => {
	const before = watch;
	await watch.stop();
	await wallet.pay(OURS[9], 999);
	await node.generate(2);
	const pooled = await wallet.pay(OURS[10], 111);
	watch = new Watch(node.url);
	watch.blocks = before.blocks;
	watch.hello(420, OURS);
	await same();
	await until('seen', () => watch.seen[`${pooled.txid}:0`] === 111);
	await until('the mempool is told', () => watch.pool);
});

test('a reorganisation while the watch was away is found', async () => {
	await node.generate(1);
	await same();
	const before = watch;
	await wallet.pay(OURS[11], 1234);
	const hashes = await node.generate(15);
	await same();
	await watch.stop();
	await node.call('invalidateblock', hashes[0]);
	await node.generate(17);
	watch = new Watch(node.url);
	watch.blocks = before.blocks;
	watch.hello(420, OURS);
	await same();
});

test('a new epoch begins anew in the middle of anything', async () => {
	for (let i = 0; i < 5; i++) {
		watch.hello(420, OURS, {list: []});
		await sleep(i * 20);
	}
	await same();
});

test('what an earlier epoch saw and is double-spent is told', async () => {
	const {txid, coin} = await wallet.pay(OURS[12], 5000);
	await until('seen', () => watch.seen[`${txid}:0`]);
	const blocks = watch.blocks;
	await watch.stop();
	const other = await wallet.send(
		wallet.make(coin, [scriptOf(997)], 5000, {fee: 70000}));
	await node.generate(1);
	watch = new Watch(node.url);
	watch.blocks = blocks;
	watch.hello(420, OURS, {pending: [`${txid} ${coin.at}`]});
	await same();
	await until('dropped', () => watch.of('dropped').length > 0);
	assert.deepEqual(watch.of('dropped')[0].args, [txid, other]);
});

test('a rescan finds what new scripts were paid before', async () => {
	const late = scriptOf(5000);
	await wallet.pay(late, 31337);
	await node.generate(3);
	await watch.level(node);
	watch.say('scripts ' + late);
	watch.say('rescan 420');
	await until('found', () =>
		Object.values(watch.paid()).includes(31337));
	assert.deepEqual(watch.paid(), await node.paid([...OURS, late]));
});

test('before anybody was shown an address, it begins at the top', async () => {
	const other = new Watch(node.url);
	other.hello('now', OURS, {list: []});
	await other.level(node);
	assert.equal(other.blocks.length, 1);
	const {txid} = await wallet.pay(OURS[13], 222);
	await node.generate(1);
	await other.level(node);
	assert.deepEqual(other.paid(), {[`${txid}:0`]: 222});
	await other.stop();
});

test('a watch whose till is deaf waits, and goes on', async () => {
	const other = new Watch(node.url);
	other.say('deaf');
	other.hello(1, OURS, {list: []});
	await other.level(node);
	await other.stop();
});

test('another node is asked when one fails', async () => {
	const bad = await liar(node, () => 'garbage');
	const other = new Watch([bad.url, node.url]);
	other.hello(420, OURS, {list: []});
	await other.level(node);
	assert.ok(other.state.startsWith('ok:'));
	await other.stop();
	await bad.stop();
});
