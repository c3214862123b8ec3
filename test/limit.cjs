// SPDX-License-Identifier: MIT
//
// No test waits for ever. Loaded before files of tests,
//
//	node --require ./test/limit.cjs --test FILE...
//
// this watches each of them from a thread of its own, which a test cannot
// block. Where nothing began or ended for FARTHING_TEST_LIMIT seconds (120), it
// names the test that hangs, and kills the process and all that it started.
// Node 18 has no such option; a test's own `timeout` leaves running what hangs.
'use strict';
const fs = require('node:fs');
const { Worker, isMainThread, parentPort, workerData } =
	require('node:worker_threads');

const seconds = Number(process.env.FARTHING_TEST_LIMIT || 120);

// The process that starts the files has no tests of its own.
if (isMainThread && !process.execArgv.includes('--test'))
	begin();
else if (workerData?.isLimit)
	watch();

function begin() {
	const { beforeEach, afterEach } = require('node:test');
	const worker = new Worker(__filename,
		{ execArgv: [], workerData: { isLimit: true } });

	worker.unref();
	beforeEach((t) => worker.postMessage(`in the test "${t?.name}"`));
	afterEach((t) => worker.postMessage(`after the test "${t?.name}"`));
}

function watch() {
	let where = 'before the first test';
	let timer = setTimeout(giveUp, seconds * 1000);

	parentPort.on('message', (now) => {
		where = now;
		clearTimeout(timer);
		timer = setTimeout(giveUp, seconds * 1000);
	});

	function giveUp() {
		fs.writeSync(2, `HANGS ${where}: nothing for ${seconds} s\n`);
		for (const pid of [...below(process.pid), process.pid])
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It has ended meanwhile.
			}
	}
}

// What PID has started, and what that has.
function below(pid) {
	const children = new Map();

	for (const name of fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n)))
		try {
			const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
			const parent = Number(stat.slice(stat.lastIndexOf(')') + 2)
				.split(' ')[1]);

			children.set(parent,
				[...children.get(parent) ?? [], Number(name)]);
		} catch {
			// It has ended meanwhile.
		}
	const found = [];
	for (let next = [pid]; next.length;) {
		next = next.flatMap((p) => children.get(p) ?? []);
		found.push(...next);
	}
	return found;
}
