// The newsroom's door while strangers try passwords at it: an editor signs in
// with a passkey, by turns alone and while guesses come from many addresses, as
// a proxy names them, for names that there are and names that there are not.
// The guesses are sent from a thread of their own, each of so many at once as
// soon as the last one is answered.
import { Worker, isMainThread, parentPort, workerData }
	from 'node:worker_threads';
import { Authenticator } from '../test/wire/authenticator.mjs';
import { Client, Newsroom } from '../test/wire/newsroom.mjs';
import * as lib from './lib.mjs';

const host = 'desk.example';
const turns = 4; // with and without
const people = 15; // each may sign in 64 times in five minutes
const times = 105; // that one of them signs in, in a turn
const atOnce = 64;
const most = 500; // ms

// Guesses without end, each from another network.
async function guess(paper) {
	const tried = {};
	let n = 0;
	const one = async () => {
		for (;;) {
			const i = n++;
			const { status } = await new Client(paper).post('/sign-in/password',
				{ login: i % 2 ? 'ada' : `name${i}`,
					password: `not the password ${i}`, next: '/' },
				{ headers: { 'x-forwarded-for': `${1 + i % 199}.${
					(i >> 3) % 256}.${(i >> 11) % 256}.7` } });
			tried[status] = (tried[status] ?? 0) + 1;
			await lib.sleep(10);
		}
	};
	parentPort.on('message', () => parentPort.postMessage(tried));
	await Promise.all(Array.from({ length: atOnce }, one));
}

async function challenge(client, path) {
	return JSON.parse((await client.get(path,
		{ headers: { accept: 'application/json' } })).body);
}

const rp = { rp: host };

async function signIn(paper, key) {
	const client = paper.client();
	const began = process.hrtime.bigint();
	const { status } = await client.send('/sign-in/passkey', key.get(
		await challenge(client, '/sign-in/challenge'), paper.origin, rp));
	if (status !== 200)
		throw new Error(`signing in: ${status}`);
	return Number(process.hrtime.bigint() - began) / 1e6;
}

async function turn(paper, keys, all) {
	for (let i = 0; i < times; i++) {
		all.push(await signIn(paper, keys[i % people]));
		await lib.sleep(10);
	}
}

// A passkey of CLIENT's account.
async function add(paper, client) {
	const key = new Authenticator();
	const made = key.create(
		await challenge(client, '/account/passkeys/challenge'),
		paper.origin, rp);
	if ((await client.send('/account/passkeys', made)).status !== 200)
		throw new Error('the passkey was not added');
	return key;
}

async function besideGuesses(paper, keys, all, tried) {
	const { newsroomPort } = paper;
	const worker = new Worker(new URL(import.meta.url),
		{ workerData: { newsroomPort, host } });
	const say = () => new Promise((done) => {
		worker.once('message', done);
		worker.postMessage('');
	});
	// Until the queue is there.
	while (Object.keys(await say()).length === 0)
		await lib.sleep(50);
	await turn(paper, keys, all);
	for (const [status, count] of Object.entries(await say()))
		tried[status] = (tried[status] ?? 0) + count;
	await worker.terminate();
}

async function measure() {
	const table = new lib.Table('door');
	const paper = await Newsroom.start({ stories: 1, host,
		conf: 'requests_burst = 100000\n' });
	const ada = await paper.owner();
	const keys = [await add(paper, ada)];
	for (let i = 1; i < people; i++)
		keys.push(await add(paper, await paper.member(ada,
			{ name: `Editor ${i}`, login: `editor${i}`, role: 3 })));
	for (const key of keys)
		await signIn(paper, key);
	const alone = [];
	const beside = [];
	const tried = {};
	for (let i = 0; i < turns; i++) {
		await turn(paper, keys, alone);
		await besideGuesses(paper, keys, beside, tried);
	}
	await paper.stop();
	const was = lib.percentile(alone, 99);
	const is = lib.percentile(beside, 99);
	const answers = Object.entries(tried).map(([status, count]) =>
		`${count} times ${status}`).join(', ');
	table.row(`a passkey while ${atOnce} guess at once, p99`, is, 'ms',
		`alone ${was.toFixed(2)} ms, ${(is / was).toFixed(1)} times; half ` +
		`within ${lib.median(beside).toFixed(2)} and ` +
		`${lib.median(alone).toFixed(2)} ms; guesses: ${answers}`,
		`below ${most}`, is < most);
	table.write();
}

if (isMainThread)
	await measure();
else
	await guess(workerData);
