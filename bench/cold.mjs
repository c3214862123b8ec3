// CPU of the reader process for a story that is in no cache: query, Markdown,
// page, brotli or gzip. The stories are spread over 100,000.
import * as lib from './lib.mjs';

const table = new lib.Table('cold');
const paper = await lib.serve(lib.archive(100000), { readers: 1 });
const reader = lib.processes(paper.pid).reader[0];
const paths = await lib.storyPaths(paper.port, 6000);

for (const coding of ['gzip', 'br', 'identity']) {
	const mine = paths.splice(0, 2000);
	const before = lib.cpuNs(reader);
	for (const target of mine) {
		const answer = await lib.get(paper.port, target,
			{ 'Accept-Encoding': coding });
		if (answer.status !== 200)
			throw new Error(`${target}: ${answer.status}`);
	}
	const us = (lib.cpuNs(reader) - before) / mine.length / 1000;
	table.row(`CPU of a cold story page, ${coding}`, us, 'us',
		`${mine.length} stories of 100,000, connection and all`,
		'at most 1000', us <= 1000);
}
await paper.stop();
table.write();
