// The picture library with 10,000 pictures: its list, pages of it far down, and
// searches, each a whole screen as the newsroom answers it.
import { execFileSync } from 'node:child_process';
import * as lib from './lib.mjs';
import { Newsroom } from '../test/wire/newsroom.mjs';

const PICTURES = 10000;
const ROUNDS = 200;
const MOST = 30;
const table = new lib.Table('library');
const paper = await Newsroom.start({ stories: 20 });
const ada = await paper.owner();

paper.signal('SIGTERM');
await paper.ended;
execFileSync('build/release/bench/library', [paper.paper, String(PICTURES)],
	{ stdio: 'inherit' });
await paper.serve();

const shapes = {
	'the newest 48': () => '/pictures',
	'48 from anywhere': () =>
		`/pictures?before=${50 + Math.floor(Math.random() * PICTURES)}`,
	'a word that one picture has': () => '/pictures?q=lighthouse',
	'a word that one in a hundred has': () => '/pictures?q=ferry',
	'a word that all have': () => '/pictures?q=quay',
	'a letter': () => '/pictures?q=w',
	'three letters': () => '/pictures?q=wab',
	'three words, begun': () => '/pictures?q=qu+fer+ba',
	'words that none has together': () => '/pictures?q=quay+nowhere',
	'rights that end, and a word': () => '/pictures?ending=1&q=quay',
	'rights that end': () => '/pictures?ending=1',
};

for (const [name, url] of Object.entries(shapes)) {
	const times = [];
	for (let i = 0; i < ROUNDS; i++) {
		const began = process.hrtime.bigint();
		const { status } = await ada.get(url());
		times.push(Number(process.hrtime.bigint() - began) / 1e6);
		if (status !== 200)
			throw new Error(`${url()}: ${status}`);
		await lib.sleep(20);
	}
	const p99 = lib.percentile(times, 99);
	table.row(`${PICTURES} pictures: ${name}`, p99, 'ms',
		`99th of ${ROUNDS}; half within ${lib.median(times).toFixed(2)} ms`,
		`at most ${MOST}`, p99 <= MOST);
}
await paper.stop();
table.write();
