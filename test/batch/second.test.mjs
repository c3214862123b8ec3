// SPDX-License-Identifier: MIT
// The second implementation (second.mjs) against the document's vectors, and
// against what the program makes: they must agree on every proof, genuine or
// changed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import * as second from './second.mjs';

const binary = process.env.FARTHING_BINARY;
const doc = fs.readFileSync('doc/address-batch.md', 'utf8');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-batch-'));
after(() => fs.rmSync(dir, { recursive: true, force: true }));

const vector = (name) =>
	new RegExp(`<!-- vector ${name} -->\n\`\`\`\n([^]*?)\`\`\`\n`)
		.exec(doc)[1];
function run(...words) {
	return spawnSync(binary, words, { encoding: 'utf8', cwd: dir });
}
function good(...words) {
	const ran = run(...words);
	assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.stderr}`);
	return ran.stdout;
}

// BIP84's test vector.
const zpub = 'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH' +
	'1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
let key;
before(() => {
	fs.writeFileSync(path.join(dir, 'pass'), 'one two three\n');
	good('batch', 'new-key', 'k', '--memory', '16', '--passphrase-file',
		'pass');
	good('batch', 'sign', 'k', zpub, '--name', 'Η Εφημερίδα', '--count', '37',
		'--shared', '3', '--passphrase-file', 'pass', '--origin',
		'https://a.example', '--origin', 'http://[::1]:8080');
	key = second.publicKey(
		fs.readFileSync(path.join(dir, 'k.pub'), 'utf8').split('\n')[1]);
});

test('the document\'s keys have its hashes and fingerprints', () => {
	const lines = vector('keys').split('\n');
	for (const [at, seed] of [[0, 0], [3, 0x20]]) {
		const one = second.publicKey(lines[at]);
		assert.equal(one.id[0], seed ? 0x11 : 1);
		assert.equal(second.keyHash(one).toString('hex'), lines[at + 1]);
		assert.equal(second.fingerprint(second.keyHash(one)), lines[at + 2]);
	}
});

test('the document\'s batch is read, and its salts are made again', () => {
	const batch = second.readBatch(vector('batch'));
	const leaves = vector('leaves');
	const seed = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
	const secret = second.batchSecret(seed, batch.statement);
	assert.ok(leaves.includes(`batch-secret ${secret.toString('hex')}\n`));
	for (const leaf of batch.leaves) {
		assert.ok(second.saltOf(secret, leaf.index).equals(leaf.salt));
		const hash = second.leafHash('main', leaf).toString('hex');
		assert.ok(leaves.includes(`leaf ${leaf.index}\n` +
			`script ${leaf.script.toString('hex')}\n` +
			`salt ${leaf.salt.toString('hex')}\nhash ${hash}\n`));
	}
	assert.equal(vector('statement-hash').trim(), 'statement-hash ' +
		second.statementHash(batch.text).toString('hex'));
});

test('the document\'s proofs hold, and the program says so too', () => {
	const line = vector('keys').split('\n')[0];
	for (const name of ['proof-0', 'proof-4']) {
		const text = vector(name), file = path.join(dir, name);
		second.checkProof(text, second.publicKey(line));
		fs.writeFileSync(file, text);
		assert.ok([0, 3].includes(run('verify', '--key', line, file).status));
		assert.throws(() => second.checkProof(text, key));
		assert.equal(run('verify', '--key', 'k.pub', file).status, 1);
	}
});

test('what the program signs is read by the second, leaf by leaf', () => {
	const text = fs.readFileSync(path.join(dir, 'batch-1.txt'), 'utf8');
	const batch = second.readBatch(text);
	assert.equal(batch.statement.paper, 'Η Εφημερίδα');
	assert.equal(batch.leaves[0].address,
		'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu');
	assert.ok(second.keyHash(key).equals(batch.statement.paperId));
	for (let i = 0; i < 37; i++) {
		const proof = good('batch', 'show', 'batch-1.txt', '--proof', `${i}`);
		const checked = second.checkProof(proof, key);
		assert.equal(checked.address, batch.leaves[i].address);
		assert.equal(checked.leaf.shared, i < 3);
	}
});

test('both refuse a proof with any of its characters changed', () => {
	const proof = good('batch', 'show', 'batch-1.txt', '--proof', '20');
	const file = path.join(dir, 'changed');
	let seed = 7;
	for (let at = 0; at < proof.length; at += 11) {
		seed = (seed * 1103515245 + 12345) % 2147483648;
		const other = String.fromCharCode(33 + seed % 90);
		if (other === proof[at] || /\s/.test(proof[at]))
			continue;
		const changed = proof.slice(0, at) + other + proof.slice(at + 1);
		fs.writeFileSync(file, changed);
		assert.equal(run('verify', '--key', 'k.pub', file).status, 1,
			`${at}: ${other}`);
		assert.throws(() => second.checkProof(changed, key));
	}
});
