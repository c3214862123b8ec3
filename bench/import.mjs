// Import of a tree of Markdown files: stories per second of processor, and
// the most memory that it took, for 5,000 and 50,000 stories.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import * as lib from './lib.mjs';

// A command's own processor time in seconds, and its most memory in MB.
function measured(...command) {
	const run = spawnSync('build/release/bench/spent', command,
		{ encoding: 'utf8' });
	if (run.status !== 0)
		throw new Error(run.stderr);
	const [seconds, kb] = run.stdout.trim().split(' ').map(Number);
	return { seconds, memory: kb / 1024 };
}

const table = new lib.Table('import');
const memory = {};
for (const stories of [5000, 50000]) {
	const files = `${lib.out}/files-${stories}`;
	if (!fs.existsSync(files))
		execFileSync('build/release/bench/archive',
			['--files', files, String(stories), '7']);
	const rates = [];
	for (let round = 0; round < 3; round++) {
		const dir = `${lib.out}/import-paper`;
		fs.rmSync(dir, { recursive: true, force: true });
		execFileSync(lib.farthing, ['init', dir, '--name', 'Bench',
			'--lang', 'en']);
		const run = measured(lib.farthing, 'import', dir, files, '--quiet');
		rates.push(stories / run.seconds);
		memory[stories] = Math.max(memory[stories] ?? 0, run.memory);
	}
	const rate = lib.median(rates);
	table.row(`import of ${stories} stories`, rate,
		'stories per second of processor', '',
		'at least 10000', rate >= 10000);
}
table.row('memory for 50000 stories', memory[50000], 'MB',
	`5000 stories: ${memory[5000].toFixed(1)} MB`,
	'at most 100, and at most 5 more than for 5000',
	memory[50000] <= 100 && memory[50000] <= memory[5000] + 5);
table.write();
