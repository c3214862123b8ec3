// The ports that the tests listen on.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { freePort } from './paper.mjs';

const PORTS = 600; // of some 30,000: by chance alone a pair would be among them

const asks = `
	import { freePort } from ${JSON.stringify(
		fileURLToPath(new URL('../port.mjs', import.meta.url)))};
	const ports = [];
	while (ports.length < ${PORTS})
		ports.push(await freePort());
	console.log(JSON.stringify(ports));
	process.stdin.resume();
`;

test('no port is given twice, to one test or to two at once', async () => {
	const other = spawn(process.execPath, ['--input-type=module', '-e', asks],
		{ stdio: ['pipe', 'pipe', 'inherit'] });
	const theirs = new Promise((done) => {
		let said = '';
		other.stdout.on('data', (d) => {
			said += d;
			if (said.endsWith('\n'))
				done(JSON.parse(said));
		});
	});
	const ports = [];
	while (ports.length < PORTS)
		ports.push(await freePort());
	ports.push(...await theirs);
	other.stdin.end();
	await once(other, 'exit');
	assert.equal(new Set(ports).size, ports.length);
	// Nor one at which a browser opens no page.
	assert.ok(Math.min(...ports) > 10080);
});
