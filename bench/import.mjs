// Import of a tree of Markdown files: stories per second of processor, and
// the most memory that it took, for 5,000 and 50,000 stories.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import * as lib from './lib.mjs';

const table = new lib.Table('import');
const most = {};
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
		// The shell's times say what the import alone has used.
		const run = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; ` +
			`time "$0" import "$1" "$2" --quiet >/dev/null`,
			lib.farthing, dir, files], { encoding: 'utf8' });
		if (run.status !== 0)
			throw new Error(run.stderr);
		const [user, system] = run.stderr.trim().split('\n').at(-1)
			.split(' ').map(Number);
		rates.push(stories / (user + system));
		most[stories] = process.resourceUsage;
	}
	const rate = lib.median(rates);
	table.row(`import of ${stories} stories`, rate,
		'stories per second of processor', '',
		'at least 10000', rate >= 10000);
}
table.write();
