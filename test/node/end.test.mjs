// SPDX-License-Identifier: MIT
//
// From a reader's question to the ledger, with nothing in between but what a
// newsroom runs: a paper that is served, a node on regtest, a wallet that
// pays. Needs test/node/install and `make V=release all node-tools`.

process.env.V ??= 'release';
process.env.FARTHING_VARIANT ??= process.env.V;

import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';

const { Node, PASSWORD, USER, Wallet, until } = await import('./lib.mjs');
const { ask, gift, install, paperWithBatch, verify } = await import('../wire/gifts.mjs');

let node, wallet, paper, rates;

// The script of a segwit address of version 0 (BIP173), in hex.
function scriptOfAddress(address) {
	const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
	const data = [...address.slice(address.lastIndexOf('1') + 1, -6)]
		.map((c) => letters.indexOf(c));
	const bits = data.slice(1).map((n) => n.toString(2).padStart(5, '0')).join('');
	const bytes = bits.match(/.{8}/g).map((b) => parseInt(b, 2));
	assert.equal(data[0], 0);
	return Buffer.from([0, bytes.length, ...bytes]).toString('hex');
}

before(async () => {
	node = await Node.start();
	wallet = new Wallet(node);
	await node.generate(440); // witnesses are allowed from block 432 on
	await wallet.collect(1, 60);
	rates = http.createServer((request, response) =>
		response.end('{"price": {"last": "50000.00"}}'));
	await new Promise((done) => rates.listen(0, '127.0.0.1', done));
	const from = `http://127.0.0.1:${rates.address().port}`;
	paper = await paperWithBatch({ conf:
		`node = http://${USER}:${PASSWORD}@127.0.0.1:${node.port}\n` +
		'node_poll_seconds = 1\nrate_minutes = 1\n' +
		['one', 'two', 'three'].map((name) =>
			`rate_source = ${name} ${from}/${name} price.last\n`).join('') });
	paper.command('support', 'currency', 'EUR');
	paper.command('support', 'start', '2026-11-01');
	paper.command('support', 'cost', '100.00 Rent');
	paper.command('support', 'delay_days', '0');
	paper.command('support', 'round', '0.01');
	paper.command('support', 'network_most', '50');
	await paper.serve();
	await until('the chain and a rate are known', () =>
		/node {7}ok[^]*rate {7}50000\.00 EUR/.test(paper.command('support')), 60000);
});

after(async () => {
	await paper?.stop();
	await node?.stop();
	rates?.closeAllConnections();
	rates?.close();
});

async function given(form) {
	const { location } = await until('an address', async () => {
		const got = await ask(paper, form);
		return got.status === 303 && got;
	});
	const page = await gift(paper, location);
	assert.equal(verify(paper, page.proof).status, 0);
	assert.equal(page.shown, page.address);
	return { location, ...page, script: scriptOfAddress(page.address) };
}

const state = (location, want) => until(`the page says ${want}`, async () =>
	want.test((await gift(paper, location)).state), 30000);

const books = () => {
	assert.match(paper.command('ledger', 'check'), /follows from the first entry/);
	return paper.command('ledger', 'balance');
};

test('an amount in the currency is asked in bitcoin, with its rate', async () => {
	const { html, location } = await given('amount=&own=25&unit=EUR&for=');
	assert.match(html, /0\.0005/);
	assert.match(html, /bitcoin:bcrt1[a-z0-9]+\?amount=0\.0005&/);
	assert.match(html, /€25/);
	assert.equal((await paper.get(`${location}/receipt`)).status, 200);
});

test('a payment is seen, confirmed, settled, and stands in the ledger', async () => {
	const { location, script } = await given();
	await state(location, /Waiting/);
	await wallet.pay(script, 500000); // 0.005 BTC: two confirmations
	await state(location, /Seen/);
	await node.generate(1);
	await state(location, /In the chain/);
	assert.match((await gift(paper, location)).html, /1 of 2/);
	await node.generate(1);
	await state(location, /Settled/);
	assert.match(books(), /0\.00500000/);
	assert.match((await gift(paper, location)).html, /€250/);
	const { given: sum, used, monthly_costs: costs } =
		await until('the public ledger', async () => {
			const { body } = await paper.get('/support/ledger.json');
			return JSON.parse(body).given > 0 && JSON.parse(body);
		});
	assert.equal(sum, 25000);
	assert.ok(used > 0 && costs === 10000);
	assert.match(paper.command('ledger', 'export', 'hledger'), /income:gifts/);
	assert.match((await paper.get('/support')).body.toString(), /Funded|funded/);
});

test('over, under, twice and late: everything counts', async () => {
	const { location, script } = await given('amount=&own=0.001&unit=BTC&for=');
	await wallet.pay(script, 30000);
	await wallet.pay(script, 40000);
	await node.generate(1);
	await state(location, /Settled/);
	const { html } = await gift(paper, location);
	assert.match(html, /0\.0003/);
	assert.match(html, /0\.0004/);
	books();
});

test('a reorganisation moves one payment and takes another back', async () => {
	const moved = await given();
	const doubled = await given();
	await wallet.pay(moved.script, 50000); // below 0.001: one confirmation
	const { coin } = await wallet.pay(doubled.script, 60000);
	const hashes = await node.generate(1);
	for (const { location } of [moved, doubled])
		await state(location, /Settled/);
	const sum = () => Number(/Balance ([0-9.]+) BTC/.exec(
		paper.command('ledger', 'check'))[1]);
	const before = sum();
	await node.call('invalidateblock', hashes[0]);
	// The coin of one goes elsewhere, for a larger fee.
	await wallet.send(wallet.make(coin, [`0014${'ab'.repeat(20)}`], 3000,
		{ fee: 60000 }));
	await node.generate(3);
	await until('one is taken back', async () =>
		/Taken back by the chain/.test((await gift(paper, doubled.location)).html) &&
		Math.round((before - sum()) * 1e8) === 60000, 30000);
	await state(moved.location, /Settled/);
	books();
});

test('all nodes gone: addresses are shown, and all is caught up after', async () => {
	const { location, script } = await given();
	const peer = await Node.start();
	await node.call('addnode', `127.0.0.1:${peer.p2p}`, 'add');
	await until('the peer has it all', async () =>
		await peer.best() === await node.best(), 60000);
	await node.down();
	await until('the till knows', () => /node {7}down/.test(paper.command('support')), 60000);
	const { location: blind, script: other } = await given();
	await node.up();
	await node.call('addnode', `127.0.0.1:${peer.p2p}`, 'add');
	await until('the node has it all', async () =>
		await peer.best() === await node.best(), 60000);
	await wallet.pay(script, 70000);
	await wallet.pay(other, 80000);
	await node.generate(2);
	await state(location, /Settled/);
	await state(blind, /Settled/);
	books();
	await peer.stop();
});

test('till and watch killed in the middle: nothing lost, nothing twice', async () => {
	const gifts = [];
	for (let i = 0; i < 6; i++) {
		gifts.push(await given());
		await wallet.pay(gifts[i].script, 10000 + i);
		for (const name of ['till', 'watch'])
			for (const pid of paper.processes(name))
				if (i % 2 === (name === 'till' ? 0 : 1))
					process.kill(pid, 'SIGKILL');
		if (i % 3 === 2)
			await node.generate(1);
	}
	await node.generate(2);
	for (const { location } of gifts)
		await state(location, /Settled/);
	const sum = gifts.reduce((all, _, i) => all + 10000 + i, 0);
	assert.ok(sum > 0);
	books();
});

test('a till that was lost: its batch is watched again, and all gifts are found', async () => {
	const sum = () => Math.round(1e8 * Number(/Balance ([0-9.]+) BTC/.exec(
		paper.command('ledger', 'check'))[1]));
	const { script } = await given();
	await node.generate(6);
	await until('the newest block', async () => paper.command('support')
		.includes(`block      ${(await node.call('getblockcount'))}\n`), 60000);
	const before = sum();
	assert.ok(before > 0);
	await paper.stop({ keep: true });
	fs.rmSync(`${paper.paper}/till`, { recursive: true });
	await wallet.pay(script, 90000);
	await node.generate(3);
	assert.match(install(paper, paper.batch), /installed again as used up/);
	await paper.serve();
	await until('all gifts', () => sum() === before + 90000, 60000);
	assert.equal((await ask(paper)).status, 503);
	books();
});
