// Addresses and payment links against Electrum, an independent wallet: it
// restores a wallet from a public key, and lists the same addresses.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const binary = process.env.FARTHING_BINARY;
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-electrum-'));
after(() => fs.rmSync(root, { recursive: true, force: true }));

const networks = { main: [], testnet: ['--testnet'], regtest: ['--regtest'] };
const missing = spawnSync('electrum', ['--version']).error ?
	'electrum is not installed' : false;
if (missing)
	console.log(`note: ${missing}; addresses are not compared with it`);

// The keys of this test, and what Electrum's own modules say: not a part of
// its command line.
function oracle(...words) {
	return JSON.parse(execFileSync('/usr/bin/python3',
		['test/coin/oracle.py', ...words], { encoding: 'utf8' }));
}

function electrum(network, dir, ...words) {
	const text = execFileSync('electrum', ['--offline', ...networks[network],
		'-D', dir, ...words], { encoding: 'utf8' });
	return JSON.parse(text);
}

function probe(kind, text) {
	const ran = spawnSync(binary, ['probe', kind, '-'],
		{ encoding: 'utf8', input: text });
	assert.equal(ran.status, 0, `probe ${kind}: ${ran.stderr}`);
	return ran.stdout.trim().split('\n');
}

// The addresses that a probe lists, of one network and branch.
function addresses(lines, network, branch) {
	return lines.map((line) => line.split(' '))
		.filter((f) => f[0] === network && f[1] === String(branch))
		.map((f) => f[3]);
}

for (const network of Object.keys(networks))
	test(`wallets of ${network} have the same addresses`, { skip: missing }, () => {
		const keys = oracle('keys', network);
		assert.equal(Object.keys(keys).length, 3);
		for (const [kind, key] of Object.entries(keys)) {
			const dir = fs.mkdtempSync(path.join(root, 'wallet-'));
			const wallet = path.join(dir, 'w');
			electrum(network, dir, 'restore', key, '-w', wallet);
			const receive = electrum(network, dir, 'listaddresses',
				'--receiving', '-w', wallet);
			const change = electrum(network, dir, 'listaddresses',
				'--change', '-w', wallet);
			const lines = probe('descriptor', key);
			assert.ok(receive.length >= 20 && change.length >= 10);
			assert.deepEqual(addresses(lines, network, 0)
				.slice(0, receive.length), receive, kind);
			assert.deepEqual(addresses(lines, network, 1)
				.slice(0, change.length), change, kind);
		}
	});

for (const network of Object.keys(networks))
	test(`several signers of ${network} have the same addresses`,
		{ skip: missing }, () => {
			for (const { descriptor, receive } of oracle('multi', network)) {
				const lines = probe('descriptor', descriptor);
				assert.deepEqual(addresses(lines, network, 0), receive);
			}
		});

test('a payment link of Electrum is read', { skip: missing }, () => {
	for (const network of ['main', 'regtest']) {
		const dir = fs.mkdtempSync(path.join(root, 'wallet-'));
		const wallet = path.join(dir, 'w');
		electrum(network, dir, 'restore', oracle('keys', network).wpkh,
			'-w', wallet);
		const request = electrum(network, dir, 'add_request', '0.00123456',
			'--memo', 'Story 17 & más', '-w', wallet);
		const lines = probe('payment-uri', request.URI);
		assert.ok(lines.includes(`network ${network}`));
		assert.ok(lines.includes(`address ${request.address}`));
		assert.ok(lines.includes('amount 0.00123456'));
		assert.ok(lines.includes('message Story 17 & más'));
	}
});

test('Electrum reads our payment links', { skip: missing }, () => {
	const { wpkh } = oracle('keys', 'main');
	const [address] = addresses(probe('descriptor', wpkh), 'main', 0);
	const message = encodeURIComponent('Story 17 & más?');
	const lines = probe('payment-uri',
		`bitcoin:${address}?amount=0.5&label=Farthing&message=${message}`);
	const [link, qr] = lines.slice(-2);
	assert.match(qr, /^BITCOIN:BC1Q/);
	assert.deepEqual(oracle('uri', link), { address, amount: 50000000,
		label: 'Farthing', message: 'Story 17 & más?',
		memo: 'Story 17 & más?' });
	const scanned = oracle('uri', qr);
	assert.equal(scanned.address.toLowerCase(), address);
	assert.equal(scanned.amount, 50000000);
});
