// From `farthing serve` to the first page in a client's hands, with a million
// stories, files in the system's cache.
import * as lib from './lib.mjs';

const table = new lib.Table('start');
const dir = lib.archive(1000000);
const times = [];
for (let round = 0; round < 9; round++) {
	const paper = await lib.serve(dir);
	times.push(paper.ms);
	await paper.stop();
}
const ms = lib.median(times);
table.row('start to first page, a million stories', ms, 'ms',
	`slowest of 9: ${Math.max(...times).toFixed(0)} ms`,
	'at most 200', ms <= 200);
table.write();
