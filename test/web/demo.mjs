// A running demonstration newspaper for the checks of pages, in a folder of
// its own, and the address of every kind of page in it.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../port.mjs';

const binary = path.resolve(process.env.FARTHING_BINARY ??
	'build/release/farthing');

export function get(port, target) {
	return new Promise((done, failed) => {
		http.get({ host: '127.0.0.1', port, path: target, agent: false },
			(response) => {
				const parts = [];
				response.on('data', (part) => parts.push(part));
				response.on('end', () => done({
					status: response.statusCode,
					headers: response.headers,
					body: Buffer.concat(parts),
				}));
			}).on('error', failed);
	});
}

export async function demo() {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'farthing-web-'));
	const dir = path.join(root, 'paper');
	const port = await freePort();
	execFileSync('tools/demo', [binary, dir, `http://127.0.0.1:${port}`]);
	// One story is gone, so that there is a 410 to look at.
	const gone = execFileSync(binary, ['withdraw', dir, 'seagull',
		'--note', 'The gull was not asked.'], { encoding: 'utf8' })
		.match(/\/\d{4}\S*/)[0];
	const server = spawn(binary, ['serve', dir, '--port', String(port)],
		{ stdio: ['ignore', 'ignore', 'inherit'] });
	for (let i = 0; ; i++) {
		try {
			if ((await get(port, '/')).status === 200)
				break;
		} catch {
			// Not there yet.
		}
		if (i > 500)
			throw new Error('the demonstration paper does not start');
		await new Promise((done) => setTimeout(done, 20));
	}
	return {
		port,
		dir,
		binary,
		gone,
		url: `http://127.0.0.1:${port}`,
		stop: async () => {
			const end = new Promise((done) => server.on('exit', done));
			server.kill('SIGTERM');
			await end;
			fs.rmSync(root, { recursive: true, force: true });
		},
	};
}

// The address of every page of the paper, by kind, found as a crawler would
// find it: from the links of the pages themselves.
export async function addresses(port) {
	const seen = new Map();
	const wait = ['/'];
	while (wait.length > 0) {
		const target = wait.pop();
		if (seen.has(target))
			continue;
		const answer = await get(port, target);
		seen.set(target, answer);
		const type = answer.headers['content-type'] ?? '';
		if (!type.startsWith('text/html'))
			continue;
		for (const [, href] of answer.body.toString()
			.matchAll(/ href="?([^" >]*)/g)) {
			const url = new URL(href.replaceAll('&amp;', '&'),
				`http://127.0.0.1:${port}${target}`);
			if (url.port === String(port))
				wait.push(url.pathname + url.search);
		}
	}
	return seen;
}
