// SPDX-License-Identifier: MIT
//
// Papers with a batch of addresses on a test network, and what a reader does
// with them. The key of the addresses is a public one of BIP84's own example,
// with the version bytes of test networks: no private key is in this tree.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Paper, binary } from './paper.mjs';

export const testKey = 'vpub5YvMuJNjRSYon44z9QmCfdf8SqJRVNvz6m55Qy5iVjZQxDfU' +
	'gtiQjnc7CC1fAbED2tAGCZRERUfvtn2DstZGU6HMns6dXXH2wujSc2wfi2x';

const passphrase = 'a passphrase for tests';

// Makes NAME, NAME.next and their .pub beside the paper.
export function newKey(paper, name) {
	const file = path.join(paper.dir, name);
	const words = path.join(paper.dir, 'passphrase');
	fs.writeFileSync(words, `${passphrase}\n`);
	paper.run('batch', 'new-key', file, '--memory', '16',
		'--passphrase-file', words);
	return file;
}

// Signs a batch; returns its file.
export function sign(paper, key, { count = 60, shared = 4, network = 'regtest',
	name = 'The Wire Test', origin = 'https://wire.example', previous, out = 'batch.txt',
	descriptor = testKey, first, from } = {}) {
	const file = path.join(paper.dir, out);
	paper.run('batch', 'sign', key, descriptor, '--count', String(count),
		'--shared', String(shared), '--out', file,
		'--passphrase-file', path.join(paper.dir, 'passphrase'),
		...(from ? ['--from', from, '--valid-days', '1'] : []),
		...(first === undefined ? [] : ['--first', String(first)]),
		...(previous ? ['--previous', previous]
			: ['--name', name, '--network', network,
				'--origin', origin]));
	return file;
}

export function install(paper, file, ...options) {
	return paper.run('batch', 'install', paper.paper, file, ...options);
}

// The same, but it may fail: { status, stdout, stderr }.
export function tryInstall(paper, file, ...options) {
	return spawnSync(binary,
		['batch', 'install', paper.paper, file, ...options],
		{ encoding: 'utf8' });
}

// A paper with a batch, not served yet.
export async function paperWithBatch({ count, shared, ...options } = {}) {
	const paper = await Paper.make({ stories: 2, ...options });
	paper.key = newKey(paper, 'paper.key');
	paper.batch = sign(paper, paper.key, { count, shared });
	install(paper, paper.batch);
	return paper;
}

// What a reader gets who asks for an address: { status, location, body }.
export async function ask(paper, form = 'amount=none&own=&unit=BTC&for=', more = {}) {
	const { status, headers, body } = await new Promise((done, fail) => {
		import('node:http').then(({ default: http }) => {
			const request = http.request({ host: '127.0.0.1',
				port: paper.port, path: '/support', method: 'POST',
				agent: false, headers: { ...more,
					'Content-Type': 'application/x-www-form-urlencoded',
					'Content-Length': Buffer.byteLength(form) } },
			(response) => {
				const parts = [];
				response.on('data', (d) => parts.push(d));
				response.on('error', fail);
				response.on('end', () => done({
					status: response.statusCode,
					headers: response.headers,
					body: Buffer.concat(parts).toString() }));
			});
			request.on('error', fail);
			request.end(form);
		});
	});
	return { status, location: headers.location, body };
}

// The page of a gift, read as a person or a watcher reads it.
export async function gift(paper, location) {
	const { status, headers, body } = await paper.get(location);
	const html = body.toString();
	const proof = /<pre[^>]*>(farthing proof 1\n[^<]*)<\/pre>/.exec(html)?.[1];
	return { status, headers, html, proof,
		address: /\naddress: (\S+)\n/.exec(proof ?? '')?.[1],
		shown: /<code class="address"[^>]*>(.*?)<\/code>/.exec(html)?.[1]
			.replaceAll(/<[^>]*>/g, ''),
		state: /aria-current="step">.*?<span>([^<]*)<\/span>/.exec(html)?.[1] };
}

export function verify(paper, proof, key = `${paper.key}.pub`) {
	const file = path.join(paper.dir, 'proof.txt');
	fs.writeFileSync(file, proof);
	return spawnSync(binary, ['verify', file, '--key', key],
		{ encoding: 'utf8' });
}

export function sql(paper, text, file = 'till/till.db') {
	const done = spawnSync('sqlite3',
		['-bail', '-cmd', '.timeout 5000', path.join(paper.paper, file)],
		{ encoding: 'utf8', input: text });
	if (done.status !== 0)
		throw new Error(`sqlite3: ${done.stderr}`);
	return done.stdout.trim();
}
