// The check of one proof, as till and reader make it before an address is
// shown, against the Ed25519 verifications in it done bare, in the same run.
import { execFileSync } from 'node:child_process';
import * as lib from './lib.mjs';

const seconds = String(process.env.FARTHING_BENCH_SECONDS ?? 4);
const [check, parsed, bare, bytes] = execFileSync(
	'build/release/bench/proof', [seconds],
	{ encoding: 'utf8' }).trim().split(' ').map(Number);
const table = new lib.Table('proof');
table.row('check of a proof, one of 10,000 addresses', check, 'µs',
	`${bare} µs for its two Ed25519 verifications`, 'at most 200',
	check <= 200);
table.row('its text read and checked', parsed, 'µs', `${bytes} bytes`,
	'', null);
table.row('check against the bare verifications', check / bare, 'times', '',
	'at most 1.5', check / bare <= 1.5);
table.write();
