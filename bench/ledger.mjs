// A till's book with a million entries: balance, check, export.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import * as lib from './lib.mjs';

const entries = Number(process.env.FARTHING_BENCH_ENTRIES ?? 1000000);
const many = entries === 1000000 ? 'a million' : String(entries);
const table = new lib.Table('ledger');
const dir = `${lib.out}/ledger-${entries}`;
const bench = (...words) => execFileSync('build/release/bench/ledger_book',
	words, { encoding: 'utf8' }).trim().split('\n').map(Number);
let fill = null;
if (!fs.existsSync(`${dir}/ready`)) {
	fs.rmSync(dir, { recursive: true, force: true });
	fs.mkdirSync(dir, { recursive: true });
	[fill] = bench('fill', dir, String(entries));
	fs.writeFileSync(`${dir}/ready`, '');
}
const [balance, check, write, mb, kb] = bench('look', dir);
table.row(`balance of ${many} entries`, balance, 'ms',
	'median of 21', 'at most 10', balance <= 10);
table.row(`check of ${many} entries, from the first`, check / 1000, 's',
	'', 'at most 10', check <= 10000);
table.row(`export of ${many} entries as JSON`, write / 1000, 's',
	`${mb} MB`, '', null);
table.row('memory that the export adds', kb / 1024, 'MB',
	'', 'at most 32', kb <= 32 * 1024);
for (const [i, name] of ['the treasurer\'s report', 'a page of the ledger',
	'a piece of its export'].entries()) {
	const ms = bench('treasurer', dir)[i];
	table.row(`${name}, of ${many} entries`, ms, 'ms', '99th of 300',
		'at most 30', ms <= 30);
}
if (fill !== null)
	table.row('one payment taken over, a thousand in a transaction', fill,
		'µs', '', '', null);
table.write();
