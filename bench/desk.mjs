// The newsroom's own work on a paper of 100,000 stories: saving, with twenty
// writers who pause at the same moment, and lists of every kind.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import * as lib from './lib.mjs';

const table = new lib.Table('desk');
const dir = `${lib.out}/desk`;
fs.rmSync(dir, { recursive: true, force: true });
fs.cpSync(lib.archive(100000), dir, { recursive: true });
const lines = execFileSync('taskset', ['-c', '0', 'build/release/bench/desk', dir],
	{ encoding: 'utf8' }).trim().split('\n').map((line) => line.split(' '));
fs.rmSync(dir, { recursive: true });

const names = {
	save: '20 writers at once, saved one by one',
	together: '20 writers at once, saved together',
};
for (const [name, count, p50, p99] of lines) {
	const most = name in names ? 20 : 30;
	const ms = Number(p99) / 1000;
	table.row(names[name] ?? name, ms, 'ms',
		`99th of ${count}; half within ${(Number(p50) / 1000).toFixed(2)} ms`,
		`at most ${most}`, ms <= most);
}
table.write();
