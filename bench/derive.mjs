// Addresses derived for each second of processor, against what libsecp256k1
// needs in the same run for the multiplications alone.
import { execFileSync } from 'node:child_process';
import * as lib from './lib.mjs';

// Public test keys of BIP32's first two vectors.
const one = 'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ES' +
	'FjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8';
const two = 'xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9' +
	'W6oDMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB';

// How many multiplications an address of each kind needs.
const kinds = [
	['wpkh', `wpkh(${one}/0/*)`, 1],
	['pkh', `pkh(${one}/0/*)`, 1],
	['sh(wpkh)', `sh(wpkh(${one}/0/*))`, 1],
	['tr', `tr(${one}/0/*)`, 2],
	['wsh(sortedmulti) of two', `wsh(sortedmulti(2,${one}/0/*,${two}/0/*))`, 2],
];

const seconds = Number(process.env.FARTHING_BENCH_SECONDS ?? 4);
const table = new lib.Table('derive');
for (const [kind, descriptor, needs] of kinds) {
	const [addresses, scripts, add, create] = execFileSync(
		'build/release/bench/derive', [descriptor, String(seconds)],
		{ encoding: 'utf8' }).trim().split(' ').map(Number);
	const best = Math.max(add, create);
	const share = addresses * needs / best;
	table.row(`${kind}: addresses a second`, addresses, 'addresses a second',
		`${Math.round(scripts)} scripts without text, ` +
		`${add} secp256k1_ec_pubkey_tweak_add, ` +
		`${create} secp256k1_ec_pubkey_create`, '', null);
	table.row(`${kind}: against the bare multiplication`, share, 'times',
		`${needs} for each, ${best} a second: the quicker of the two`,
		'at least 0.8', share >= 0.8);
}
table.write();
