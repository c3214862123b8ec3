// A till's book with a million entries: balance, check, export.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import * as lib from './lib.mjs';

const entries = 1000000;
const table = new lib.Table('ledger');
const dir = `${lib.out}/ledger-${entries}`;
fs.mkdirSync(dir, { recursive: true });
const [balance, check, write, mb, kb, fill] = execFileSync(
	'build/release/bench/ledger_book', [dir, String(entries)],
	{ encoding: 'utf8' }).trim().split('\n').map(Number);
table.row('balance of a million entries', balance, 'ms',
	'median of 21', 'at most 10', balance <= 10);
table.row('check of a million entries, from the first', check / 1000, 's',
	'', 'at most 30', check <= 30000);
table.row('export of a million entries as JSON', write / 1000, 's',
	`${mb} MB`, '', null);
table.row('memory that the export adds', kb / 1024, 'MB',
	'', 'at most 32', kb <= 32 * 1024);
if (fill > 0)
	table.row('one payment taken over, a thousand in a transaction', fill,
		'µs', '', '', null);
table.write();
