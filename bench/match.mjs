// A full block of 4 MB matched against a million watched scripts, against the
// time that hashing its transactions' ids takes in the same run.
import { execFileSync } from 'node:child_process';
import * as lib from './lib.mjs';

const table = new lib.Table('match');
const rounds = execFileSync('taskset',
	['-c', '0', 'build/release/bench/match', '41'], { encoding: 'utf8' })
	.trim().split('\n').slice(1).map((line) => line.split(' ').map(Number));
const middle = (i) => lib.median(rounds.map((r) => r[i])) / 1e6;
const ratio = lib.median(rounds.map((r) => r[1] / r[0]));
table.row('a block of 4 MB against a million scripts', middle(1), 'ms',
	`hashing its ids: ${middle(0).toFixed(2)} ms, ${rounds[0][3]} transactions`,
	'', null);
table.row('matching to hashing', ratio, '', '', 'at most 1.3', ratio <= 1.3);
table.row('reading it, with root checked', middle(2), 'ms', '', '', null);
table.write();
