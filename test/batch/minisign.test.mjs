// SPDX-License-Identifier: MIT
// Debian's minisign as the judge: it uses our keys and checks our signatures,
// and we use its keys.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const binary = process.env.FARTHING_BINARY;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-minisign-'));
after(() => fs.rmSync(dir, { recursive: true, force: true }));
const has = spawnSync('minisign', ['-v']).error === undefined;
const skip = has ? false : 'minisign is not installed';
if (!has)
	console.log('note: minisign is not installed; its tests are skipped');
const at = (name) => path.join(dir, name);
const zpub = 'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH' +
	'1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';

function call(program, words, input = '') {
	const ran = spawnSync(program, words,
		{ encoding: 'utf8', cwd: dir, input });
	return { ...ran, said: ran.stdout + ran.stderr };
}
function good(program, words, input) {
	const ran = call(program, words, input);
	assert.equal(ran.status, 0, `${program} ${words.join(' ')}: ${ran.said}`);
	return ran.stdout;
}
fs.writeFileSync(at('pass'), 'a long passphrase\n');

// As doc/address-batch.md says it to a person.
function split(batch) {
	const doc = fs.readFileSync('doc/address-batch.md', 'utf8');
	const script = /\tawk '\/\^farthing[^]*?statement\.minisig\n/.exec(doc)[0]
		.replaceAll('batch-1.txt', batch).replace(/^\t/gm, '');
	good('sh', ['-c', script]);
}

test('minisign verifies a statement that we signed', { skip }, () => {
	good(binary, ['batch', 'new-key', 'ours', '--memory', '16',
		'--passphrase-file', 'pass']);
	good(binary, ['batch', 'sign', 'ours', zpub, '--name', 'The Test',
		'--count', '5', '--passphrase-file', 'pass']);
	split('batch-1.txt');
	const said = good('minisign', ['-V', '-p', 'ours.pub', '-m', 'statement']);
	assert.match(said, /Trusted comment: farthing batch 1/);
	fs.appendFileSync(at('statement'), '\n');
	assert.notEqual(call('minisign', ['-V', '-p', 'ours.pub', '-m',
		'statement']).status, 0);
});

test('minisign signs with our secret key', { skip }, () => {
	fs.writeFileSync(at('message'), 'hello\n');
	good('minisign', ['-S', '-s', 'ours', '-m', 'message'],
		'a long passphrase\n');
	good('minisign', ['-V', '-p', 'ours.pub', '-m', 'message']);
	good('minisign', ['-R', '-s', 'ours', '-p', 'again.pub'],
		'a long passphrase\n');
	assert.equal(fs.readFileSync(at('again.pub'), 'utf8').split('\n')[1],
		fs.readFileSync(at('ours.pub'), 'utf8').split('\n')[1]);
});

test('we sign with minisign\'s keys, at its own cost', { skip }, () => {
	good('minisign', ['-G', '-p', 'theirs.pub', '-s', 'theirs'],
		'a long passphrase\na long passphrase\n');
	good('minisign', ['-G', '-W', '-p', 'theirs.next.pub', '-s',
		'theirs.next']);
	good(binary, ['batch', 'sign', 'theirs', zpub, '--name', 'The Test',
		'--count', '5', '--passphrase-file', 'pass', '--out', 'b']);
	good(binary, ['batch', 'show', 'b', '--key', 'theirs.pub']);
	split('b');
	good('minisign', ['-V', '-p', 'theirs.pub', '-m', 'statement']);
	// A key without passphrase works, too, and follows the first.
	fs.renameSync(at('theirs.next'), at('second'));
	fs.renameSync(at('theirs.next.pub'), at('second.pub'));
	good('minisign', ['-G', '-W', '-p', 'second.next.pub', '-s',
		'second.next']);
	const said = good(binary, ['batch', 'sign', 'second', zpub, '--previous',
		'b', '--out', 'c']);
	assert.match(said, /in the wallet 5 to 1004/);
});
