// SPDX-License-Identifier: MIT
// farthing batch and verify, as a newcomer at the other computer calls them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

const binary = process.env.FARTHING_BINARY;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-offline-'));
after(() => fs.rmSync(dir, { recursive: true, force: true }));
const at = (name) => path.join(dir, name);
const read = (name) => fs.readFileSync(at(name), 'utf8');
// BIP84's and BIP32's test vectors.
const zpub = 'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH' +
	'1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const xpub = 'xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu' +
	'8ED9W6oDMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB';
const secrets = ['xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqji' +
	'ChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi',
'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn',
'abandon abandon abandon abandon abandon abandon abandon abandon abandon ' +
	'abandon abandon about'];
const pass = ['--passphrase-file', 'pass'];
const cheap = ['--memory', '16', ...pass];

function call(...words) {
	return spawnSync(binary, words, { encoding: 'utf8', cwd: dir, input: '' });
}
function good(...words) {
	const ran = call(...words);
	assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.stderr}`);
	return ran.stdout;
}
function refused(why, ...words) {
	const ran = call(...words);
	assert.notEqual(ran.status, 0, words.join(' '));
	assert.match(ran.stderr, why);
	return ran;
}

before(() => {
	fs.writeFileSync(at('pass'), 'one two three\n');
	good('batch', 'new-key', 'k', ...cheap);
	good('batch', 'sign', 'k', zpub, '--name', 'The Test', '--count', '10',
		'--shared', '2', ...pass);
});

test('help lists each part, and each has an example', () => {
	const list = good('batch', 'help');
	for (const sub of ['new-key', 'sign', 'show', 'rotate', 'rescue']) {
		assert.match(list, new RegExp(`^  ${sub}`, 'm'));
		const text = good('batch', 'help', sub);
		assert.match(text, new RegExp(`Example:\n  farthing batch ${sub}`));
		assert.ok(text.split('\n').length <= 25);
		assert.equal(good('batch', sub, '--help'), text);
		assert.equal(good('help', 'batch', sub), text);
		for (const line of text.split('\n'))
			assert.ok(line.length <= 80, line);
	}
	assert.equal(call('batch').status, 2);
	assert.equal(call('batch', 'sing').status, 2);
});

test('new-key makes four files, keeps them close, writes over none', () => {
	for (const name of ['k', 'k.next'])
		assert.equal(fs.statSync(at(name)).mode & 0o777, 0o600);
	assert.notEqual(read('k.pub'), read('k.next.pub'));
	refused(/k is there already/, 'batch', 'new-key', 'k', ...cheap);
	fs.writeFileSync(at('j.next.pub'), '');
	refused(/j\.next\.pub is there/, 'batch', 'new-key', 'j', ...cheap);
	fs.writeFileSync(at('empty'), '\n');
	refused(/passphrase is empty/, 'batch', 'new-key', 'i', '--memory', '16',
		'--passphrase-file', 'empty');
	assert.ok(!fs.existsSync(at('i')));
});

test('a private key is refused and not repeated', () => {
	for (const secret of secrets) {
		fs.writeFileSync(at('secret'), secret);
		for (const given of [secret, 'secret', `wpkh(${secret}/0/*)`]) {
			// Words inside of a descriptor are no phrase, but no key either.
			const why = given.includes('(') && secret.includes(' ')
				? /no extended key/ : /private key|secret/;
			for (const ran of [
				refused(why, 'batch', 'sign', 'k', given, '--name', 'X',
					...pass, '--out', 'never'),
				refused(why, 'batch', 'rescue', given, 'batch-1.txt')])
				for (const part of secret.split(' '))
					assert.ok(!ran.stderr.includes(part), ran.stderr);
		}
	}
	assert.ok(!fs.existsSync(at('never')));
});

test('the next batch goes on where the one before ended', () => {
	const said = good('batch', 'sign', 'k', zpub, '--previous', 'batch-1.txt',
		'--count', '5', ...pass);
	assert.match(said, /in the wallet 10 to 14/);
	assert.match(said, /batch +2\n/);
	assert.match(read('batch-2.txt'), /^paper: The Test$/m);
	const list = good('batch', 'show', 'batch-2.txt', '--addresses');
	assert.match(list, /^10 bc1q\w+ shared\n/);
	refused(/--first is/, 'batch', 'sign', 'k', zpub, '--previous',
		'batch-1.txt', '--first', '0', ...pass, '--out', 'x');
	refused(/another descriptor/, 'batch', 'sign', 'k', `wpkh(${xpub}/0/*)`,
		'--previous', 'batch-1.txt', ...pass, '--out', 'x');
	refused(/another network/, 'batch', 'sign', 'k', zpub, '--network',
		'regtest', '--previous', 'batch-1.txt', ...pass, '--out', 'x');
	refused(/belong to the main network/, 'batch', 'sign', 'k', zpub,
		'--network', 'regtest', '--name', 'X', ...pass, '--out', 'x');
	refused(/is there already/, 'batch', 'sign', 'k', zpub, '--previous',
		'batch-1.txt', ...pass);
});

test('the same key makes the same batch again, byte for byte', () => {
	const sign = (out) => good('batch', 'sign', 'k', zpub, '--name', 'The Test',
		'--from', '2026-11-01', '--count', '50', ...pass, '--out', out);
	sign('one');
	sign('two');
	assert.equal(read('one'), read('two'));
});

test('rotate puts the announced key into use, and a batch follows', () => {
	good('batch', 'new-key', 'r', ...cheap);
	good('batch', 'sign', 'r', zpub, '--name', 'R', '--count', '5', ...pass,
		'--out', 'r1');
	const next = read('r.next.pub'), old = read('r');
	fs.writeFileSync(at('wrong'), 'one two four\n');
	refused(/passphrase is wrong/, 'batch', 'rotate', 'r', '--memory', '16',
		'--passphrase-file', 'wrong');
	assert.equal(read('r'), old);
	good('batch', 'rotate', 'r', ...cheap);
	assert.equal(read('r.pub'), next);
	assert.equal(read('r.old-1'), old);
	assert.notEqual(read('r.next.pub'), next);
	good('batch', 'sign', 'r', zpub, '--previous', 'r1', ...pass, '--out', 'r2');
	good('batch', 'show', 'r2', '--key', 'r.pub');
	// The old key cannot go on after that.
	refused(/neither signed by this key/, 'batch', 'sign', 'r.old-1', zpub,
		'--previous', 'r2', '--next', 'r.next.pub', ...pass, '--out', 'r3');
	// Broken off before the new next key was made: it is finished.
	fs.copyFileSync(at('r'), at('r.next'));
	fs.copyFileSync(at('r.pub'), at('r.next.pub'));
	good('batch', 'rotate', 'r', ...cheap);
	assert.equal(read('r.pub'), next);
	assert.ok(!fs.existsSync(at('r.old-2')));
});

test('rescue says what a wallet needs, and labels each address', () => {
	const said = good('batch', 'rescue', zpub, 'batch-1.txt', 'batch-2.txt',
		'--labels', 'labels');
	assert.match(said, /descriptor +wpkh\(xpub[^#]+<0;1>\/\*\)#\w{8}\n/);
	assert.match(said, /highest +number 14\n/);
	assert.match(said, /gap to set +15\n/);
	const labels = read('labels').trim().split('\n').map(JSON.parse);
	assert.equal(labels.length, 15);
	assert.deepEqual(labels[0], { type: 'addr',
		ref: 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
		label: 'The Test, batch 1, address 0 (shared)' });
	refused(/does not come out of this descriptor/, 'batch', 'rescue',
		`wpkh(${xpub}/0/*)`, 'batch-1.txt');
});

test('show and verify tell what was changed', () => {
	const text = read('batch-1.txt');
	for (const [from, to, why] of [
		['count: 10', 'count: 11', /signature is false/],
		['batch: 1', 'batch: 2', /"previous" is missing or wrong/],
		['network: main', 'network: testnet', /signature is false/],
		['\n5 no', '\n6 no', /address 5 of 10/],
		['end\n', '', /cut short/],
	]) {
		fs.writeFileSync(at('changed'), text.replace(from, to));
		refused(why, 'batch', 'show', 'changed');
	}
	refused(/another key/, 'batch', 'show', 'batch-1.txt', '--key',
		'k.next.pub');
	refused(/no address 10/, 'batch', 'show', 'batch-1.txt', '--proof', '10');
	fs.writeFileSync(at('proof'), good('batch', 'show', 'batch-1.txt',
		'--proof', '4'));
	assert.match(good('verify', '--key', 'k.pub', 'proof'), /^GENUINE/);
	assert.match(good('verify', '--key', 'k.next.pub', '--key', 'k.pub',
		'proof'), /^GENUINE/);
	assert.match(call('verify', '--key', 'k.next.pub', 'proof').stdout,
		/^NOT GENUINE: the statement is signed by another key/);
	assert.equal(call('verify', 'proof').status, 2);
	refused(/no proof in it/, 'verify', '--key', 'k.pub', 'pass');
});
