// SPDX-License-Identifier: MIT
//
// Crowds of slow clients, and how good readers fare among them: compared with
// how they fared before, since machines differ.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Load, patience, sleep, until } from './paper.mjs';

// N sockets that send HEAD at once and then one byte of REST every 200 ms;
// those that do not read never take a byte of an answer.
export function crowd(paper, n, { head, rest, reads }) {
	const sockets = [];
	for (let i = 0; i < n; i++) {
		const socket = paper.connect({ localAddress: `127.0.${1 + i % 200}.1` });
		socket.ended = false;
		socket.on('close', () => { socket.ended = true; });
		if (reads)
			socket.on('data', () => {});
		else
			socket.pause();
		socket.write(head);
		sockets.push(socket);
	}
	const timer = setInterval(() => {
		for (const socket of sockets)
			if (!socket.ended && rest)
				socket.write(rest);
	}, 200);
	return {
		sockets,
		end: () => {
			clearInterval(timer);
			for (const socket of sockets)
				socket.destroy();
		},
	};
}

// How long good readers wait for MS: the middle and the slowest but one in a
// hundred.
export async function measure(paper, ms) {
	const load = new Load(paper, '/', { clients: 2 });
	await sleep(ms);
	await load.stop();
	assert.deepEqual(load.failures, []);
	return { middle: load.percentile(50), high: load.percentile(99) };
}

export function memory(paper) {
	return Math.max(...paper.processes('reader').map((pid) =>
		Number(/VmRSS:\s+(\d+)/.exec(
			fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024));
}

// Of all readers together: "open" now, or "accepted_total" since their start.
async function connections(paper, what) {
	const text = await paper.metrics();
	return [...text.matchAll(/connections_([a-z_]+)\{[^}]*\} (\d+)/g)]
		.reduce((sum, m) => sum + (m[1] === what ? Number(m[2]) : 0), 0);
}

// Of all connections that the server ended for REASON.
async function refusals(paper, reason) {
	const text = await paper.metrics();
	return [...text.matchAll(/reason="([^"]*)"[^}]*\} (\d+)/g)]
		.reduce((sum, m) => sum + (m[1] === reason ? Number(m[2]) : 0), 0);
}

// Good readers before the crowd and within it; then until the crowd is shed,
// nearly all of it for the REASON of WHAT.
export async function compare(t, paper, n, what, shedWithin) {
	const before = await measure(paper, 700);
	const refused = await refusals(paper, what.reason);
	const accepted = await connections(paper, 'accepted_total');
	const slow = crowd(paper, n, what);
	try {
		await until('the crowd to come in', async () =>
			await connections(paper, 'accepted_total') - accepted >= n,
		shedWithin);
		const during = await measure(paper, 1200);
		t.diagnostic(`${n} slow: middle ${before.middle.toFixed(1)} -> ` +
			`${during.middle.toFixed(1)} ms, p99 ${before.high.toFixed(1)} ` +
			`-> ${during.high.toFixed(1)} ms, ${memory(paper).toFixed(0)} MB`);
		// The crowd is played by the same process as the good readers, which
		// costs them more than the server does.
		assert.ok(during.middle < before.middle * 5 + 10,
			`${before.middle} -> ${during.middle} ms`);
		assert.ok(memory(paper) < 150 * patience);
		// A paused socket does not see its own end: the server is asked.
		await until('the crowd to be shed', async () =>
			await connections(paper, 'open') < n / 20, shedWithin);
		if (what.reason)
			assert.ok(await refusals(paper, what.reason) - refused >
				n * 0.9, what.reason);
	} finally {
		slow.end();
	}
	assert.equal((await paper.get('/')).status, 200);
}
