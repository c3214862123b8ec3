// CPU per request of the support pages, keep-alive, 64 connections, against a
// hot story in the same run. A page that lies ready costs the processor time of
// its bytes, so each is compared with the story whose answer is nearest to it
// in length, head and body together. Rounds alternate; medians count.
//
// A gift's page is not kept ready: it asks the till for the state each time,
// checks the proof and draws the code, and the till's processor time is counted
// as well. A reservation is that, and one durable transaction of the till.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import * as lib from './lib.mjs';

const rounds = Number(process.env.FARTHING_BENCH_ROUNDS ?? 9);
const seconds = Number(process.env.FARTHING_BENCH_SECONDS ?? 2);
const asksEach = 300; // in a round
const gzip = { 'Accept-Encoding': 'gzip' };
const table = new lib.Table('support');

// A public key of BIP84's own example, for test networks.
const wallet = 'vpub5YvMuJNjRSYon44z9QmCfdf8SqJRVNvz6m55Qy5iVjZQxDfUgtiQjnc7C' +
	'C1fAbED2tAGCZRERUfvtn2DstZGU6HMns6dXXH2wujSc2wfi2x';
const settings = `currency = EUR
title = Keep the paper alive
text = It lives on what its readers give, and prints what comes in.
amount = 5.00 a day of the archive
amount = 20.00 a morning
amount_btc = 0.0001 a day of the archive
cost = 1450.00 Two half posts
cost = 320.00 Rent
start = ${new Date(Date.now() - 700 * 86400e3).toISOString().slice(0, 10)}
opening = 9800.00
window = 100000
network_most = 10000
`;

// The archive of the other benches, with a batch of addresses and gifts of two
// years.
function paperWithGifts() {
	const dir = path.resolve(`${lib.out}/archive-1000-gifts`);
	fs.rmSync(dir, { recursive: true, force: true });
	fs.cpSync(lib.archive(1000), dir, { recursive: true,
		filter: (name) => !/\/run$|\/bell$/.test(name) });
	const at = (name) => path.join(dir, name);
	const words = ['--passphrase-file', at('words')];
	const run = (...args) => execFileSync(lib.farthing, args,
		{ stdio: ['ignore', 'ignore', 'inherit'] });
	fs.writeFileSync(at('words'), 'for a bench\n');
	fs.writeFileSync(at('settings'), settings);
	run('batch', 'new-key', at('key'), '--memory', '16', ...words);
	run('batch', 'sign', at('key'), wallet, '--network', 'regtest',
		'--count', String(rounds * asksEach + 1000), '--name', 'The Port Lune Farthing',
		'--origin', 'https://bench.example', '--out', at('batch'), ...words);
	run('batch', 'install', dir, at('batch'));
	run('support', dir, '--file', at('settings'));
	execFileSync('build/release/bench/gifts', [dir, '500'],
		{ stdio: 'inherit' });
	return dir;
}

// Asks for an address, as the form does; gives where the reader is sent.
function reserve(port, agent) {
	const form = 'amount=none&own=&unit=BTC&for=';
	return new Promise((done, failed) => {
		const request = http.request({ host: '127.0.0.1', port, agent,
			path: '/support', method: 'POST', headers: {
				'Content-Type': 'application/x-www-form-urlencoded',
				'Content-Length': form.length } },
		(response) => {
			response.resume();
			response.on('end', () => response.statusCode === 303
				? done(response.headers.location)
				: failed(new Error(`a reservation: ${response.statusCode}`)));
		});
		request.on('error', failed);
		request.end(form);
	});
}

async function reserveMany(port) {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
	let left = asksEach;
	await Promise.all(Array.from({ length: 16 }, async () => {
		while (left-- > 0)
			await reserve(port, agent);
	}));
	agent.destroy();
	return asksEach;
}

const paper = await lib.serve(paperWithGifts(), { readers: 1 });
await lib.waitFor(paper.port, '/support');
const { reader: [reader], till: [till] } = lib.processes(paper.pid);
for (const pid of [reader, till])
	lib.pin(pid);

// Bytes of an answer as it is sent.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
async function size(target) {
	const page = await lib.get(paper.port, target, gzip, agent);
	if (page.status !== 200)
		throw new Error(`${target}: ${page.status}`);
	return page.body.length + page.raw.join('').length;
}
const stories = [];
for (const target of await lib.storyPaths(paper.port, 1000))
	stories.push({ target, bytes: await size(target) });
const nearest = (bytes) => stories.reduce((best, story) =>
	Math.abs(story.bytes - bytes) < Math.abs(best.bytes - bytes)
		? story : best);

const pages = {};
for (const [name, target] of Object.entries({ support: '/support',
	ledger: '/support/ledger', gift: await reserve(paper.port) })) {
	const bytes = await size(target);
	pages[name] = { target, bytes };
	pages[`${name}'s story`] = nearest(bytes);
}
agent.destroy();
const reservation = { bytes: 0 };
const all = [...new Set(Object.values(pages)), reservation];
for (const page of all)
	page.us = [];
const spent = () => lib.cpuNs(reader) + lib.cpuNs(till);
for (let round = 0; round < rounds; round++) {
	for (const page of all) {
		const before = spent();
		const n = page.target
			? lib.wrk(paper.port, page.target, seconds, 64,
				['Accept-Encoding: gzip'])
			: await reserveMany(paper.port);
		page.us.push((spent() - before) / n / 1000);
	}
}
await paper.stop();

const us = (page) => lib.median(page.us);
const ratio = (a, b) => lib.median(a.us.map((v, i) => v / b.us[i]));
const bytes = (page) => `${page.bytes} bytes`;
for (const [name, what, target] of [
	['support', '/support', 1.05], ['ledger', '/support/ledger', 1.05],
	['gift', 'a gift\'s page, which asks the till', null]]) {
	const page = pages[name];
	const story = pages[`${name}'s story`];
	const times = ratio(page, story);
	table.row(`CPU per request of ${what}`, us(page), 'us', bytes(page), '',
		null);
	table.row(`${what}, against a hot story as long`, times, 'times',
		`${us(story).toFixed(2)} us, ${bytes(story)}`,
		target ? `at most ${target}` : '',
		target ? times <= target : null);
}
table.row('CPU of a reservation, reader and till, in one durable transaction',
	us(reservation), 'us', '', '', null);
table.write();
