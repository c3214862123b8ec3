// SPDX-License-Identifier: MIT
// A second implementation of doc/address-batch.md, written from that document
// alone and sharing nothing with the first but node's hashes and Ed25519. It
// reads batches and checks proofs. What breaks a rule throws an Error.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

const sha256 = (...parts) => {
	const hash = crypto.createHash('sha256');
	parts.forEach((part) => hash.update(part));
	return hash.digest();
};
const hmac = (key, ...parts) => {
	const mac = crypto.createHmac('sha256', key);
	parts.forEach((part) => mac.update(part));
	return mac.digest();
};
const u8 = (n) => Buffer.from([n]);
const u32 = (n) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(n);
	return bytes;
};

// NOTATION
function hex(text, bytes) {
	assert.match(text, /^[0-9a-f]+$/);
	assert.equal(text.length, 2 * bytes);
	return Buffer.from(text, 'hex');
}
function base64(text, bytes) {
	const raw = Buffer.from(text, 'base64');
	assert.equal(raw.toString('base64'), text);
	if (bytes !== undefined)
		assert.equal(raw.length, bytes);
	return raw;
}
function number(text, least, most) {
	assert.match(text, /^(0|[1-9][0-9]*)$/);
	assert.ok(Number(text) >= least && Number(text) <= most, text);
	return Number(text);
}

class Lines {
	constructor(text) {
		assert.ok(text.endsWith('\n'));
		this.lines = text.slice(0, -1).split('\n');
	}
	next() {
		assert.ok(this.lines.length, 'cut short');
		return this.lines.shift();
	}
	field(name) {
		const line = this.next();
		assert.ok(line.startsWith(`${name}: `) &&
			line.length > name.length + 2, `${name}: ${line}`);
		return line.slice(name.length + 2);
	}
}

// KEYS
export function publicKey(text) {
	const raw = base64(text, 42);
	assert.equal(raw.toString('latin1', 0, 2), 'Ed');
	return { id: raw.subarray(2, 10), key: raw.subarray(10) };
}
export const keyHash = ({ id, key }) => sha256('farthing key', u8(0), id, key);
export function fingerprint(hash) {
	let bits = BigInt(`0x${hash.subarray(0, 20).toString('hex')}`), out = '';
	for (let i = 0; i < 32; i++, bits >>= 5n)
		out = 'abcdefghijklmnopqrstuvwxyz234567'[Number(bits & 31n)] + out;
	return out.replace(/(....)(?=.)/g, '$1 ');
}
const asSubject = (key) => crypto.createPublicKey({
	key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') },
	format: 'jwk' });
function verifySigned(key, { id, signature, comment, commentSignature }, text) {
	assert.ok(id.equals(key.id), 'another key');
	const hashed = crypto.createHash('blake2b512').update(text).digest();
	assert.ok(crypto.verify(null, hashed, asSubject(key.key), signature),
		'false signature');
	assert.ok(crypto.verify(null, Buffer.concat([signature,
		Buffer.from(comment)]), asSubject(key.key), commentSignature),
	'false comment');
}
function takeSigned(lines) {
	const raw = base64(lines.field('signature'), 74);
	assert.equal(raw.toString('latin1', 0, 2), 'ED');
	const comment = lines.field('comment');
	assert.ok(Buffer.byteLength(comment) <= 1024);
	assert.doesNotMatch(comment, /[\u0000-\u0008\u000a-\u001f\u007f]/);
	return { id: raw.subarray(2, 10), signature: raw.subarray(10), comment,
		commentSignature: base64(lines.field('comment-signature'), 64) };
}

// ADDRESSES: made from scripts, so that there is one form.
const networks = {
	main: { hrp: 'bc', p2pkh: 0, p2sh: 5, number: 0 },
	testnet: { hrp: 'tb', p2pkh: 0x6f, p2sh: 0xc4, number: 1 },
	signet: { hrp: 'tb', p2pkh: 0x6f, p2sh: 0xc4, number: 2 },
	regtest: { hrp: 'bcrt', p2pkh: 0x6f, p2sh: 0xc4, number: 3 },
};
const letters58 =
	'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
function base58check(version, hash) {
	const body = Buffer.concat([u8(version), hash]);
	const all = Buffer.concat([body, sha256(sha256(body)).subarray(0, 4)]);
	let n = BigInt(`0x${all.toString('hex')}`), out = '';
	for (; n > 0n; n /= 58n)
		out = letters58[Number(n % 58n)] + out;
	for (const byte of all) {
		if (byte !== 0)
			break;
		out = `1${out}`;
	}
	return out;
}
const charset = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
function polymod(values) {
	const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
		0x2a1462b3];
	let sum = 1;
	for (const value of values) {
		const top = sum >>> 25;
		sum = ((sum & 0x1ffffff) << 5) ^ value;
		for (let i = 0; i < 5; i++)
			if ((top >> i) & 1)
				sum ^= generators[i];
	}
	return sum;
}
function bech32(hrp, version, program) {
	const bits = [...program].map((b) => b.toString(2).padStart(8, '0'))
		.join('');
	const data = [version, ...bits.match(/.{1,5}/g)
		.map((b) => parseInt(b.padEnd(5, '0'), 2))];
	const codes = [...hrp].map((c) => c.charCodeAt(0));
	const head = [...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31)];
	const sum = polymod([...head, ...data, 0, 0, 0, 0, 0, 0]) ^
		(version ? 0x2bc830a3 : 1);
	const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >> shift) & 31);
	return `${hrp}1${[...data, ...check].map((v) => charset[v]).join('')}`;
}
export function addressOf(script, network) {
	const { hrp, p2pkh, p2sh } = networks[network];
	const text = script.toString('hex');
	if (/^76a914.{40}88ac$/.test(text))
		return base58check(p2pkh, script.subarray(3, 23));
	if (/^a914.{40}87$/.test(text))
		return base58check(p2sh, script.subarray(2, 22));
	const version = script[0] ? script[0] - 0x50 : 0;
	assert.ok(version >= 0 && version <= 16 && script[1] + 2 === script.length);
	return bech32(hrp, version, script.subarray(2));
}
// The script of an address, which must be what is made of that script.
function segwitScript(address, hrp) {
	const values = [...address.slice(hrp.length + 1, -6)]
		.map((c) => charset.indexOf(c));
	assert.ok(!values.includes(-1));
	const bits = values.slice(1)
		.map((v) => v.toString(2).padStart(5, '0')).join('');
	const program = Buffer.from((bits.match(/.{8}/g) ?? [])
		.map((b) => parseInt(b, 2)));
	return Buffer.concat([u8(values[0] ? 0x50 + values[0] : 0),
		u8(program.length), program]);
}
function base58Script(address, p2pkh) {
	let n = 0n;
	for (const c of address) {
		assert.ok(letters58.includes(c));
		n = n * 58n + BigInt(letters58.indexOf(c));
	}
	const raw = Buffer.from(n.toString(16).padStart(50, '0'), 'hex');
	assert.equal(raw.length, 25);
	const hash = raw.subarray(1, 21);
	const [before, behind] = raw[0] === p2pkh
		? ['76a914', '88ac'] : ['a914', '87'];
	return Buffer.concat([Buffer.from(before, 'hex'), hash,
		Buffer.from(behind, 'hex')]);
}
export function scriptOf(address, network) {
	const { hrp, p2pkh } = networks[network];
	const script = address.startsWith(`${hrp}1`)
		? segwitScript(address, hrp) : base58Script(address, p2pkh);
	assert.equal(addressOf(script, network), address);
	return script;
}

// LEAVES AND TREE
export function leafHash(network, { index, shared, script, salt }) {
	return sha256(u8(0), u8(3), 'btc', u8(network.length), network, u32(index),
		u8(shared ? 1 : 0), u8(script.length), script, salt);
}
const inner = (left, right) => sha256(u8(1), left, right);
export function rootOf(hashes) {
	while (hashes.length > 1) {
		const above = [];
		for (let i = 0; i < hashes.length; i += 2)
			above.push(i + 1 < hashes.length
				? inner(hashes[i], hashes[i + 1]) : hashes[i]);
		hashes = above;
	}
	return hashes[0];
}
export function rootByPath(hash, index, count, path) {
	path = [...path];
	for (let i = index, n = count; n > 1;
		i = Math.floor(i / 2), n = Math.ceil(n / 2)) {
		if (i % 2 === 1)
			hash = inner(path.shift() ?? assert.fail('short'), hash);
		else if (i + 1 < n)
			hash = inner(hash, path.shift() ?? assert.fail('short'));
	}
	assert.equal(path.length, 0);
	return hash;
}
export function batchSecret(seed, statement) {
	return hmac(seed, 'farthing batch', u8(0), statement.paperId,
		u8(networks[statement.network].number), u32(statement.batch));
}
export const saltOf = (secret, index) =>
	hmac(secret, 'farthing salt', u8(0), u32(index)).subarray(0, 16);

// STATEMENT
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;
function time(text) {
	assert.match(text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	const date = new Date(text);
	assert.equal(date.toISOString(), text.replace('Z', '.000Z'));
	assert.ok(date >= 0);
	return date;
}
function takeStatement(lines) {
	const s = { first: lines.next() };
	assert.equal(s.first, 'farthing statement 1');
	s.paper = lines.field('paper');
	assert.ok(Buffer.byteLength(s.paper) <= 200 && !unseen.test(s.paper) &&
		s.paper.trim() === s.paper);
	s.paperId = hex(lines.field('paper-id'), 32);
	s.origins = [];
	while (lines.lines[0]?.startsWith('origin: '))
		s.origins.push(lines.field('origin'));
	assert.ok(s.origins.length <= 8 &&
		new Set(s.origins).size === s.origins.length);
	for (const origin of s.origins) {
		const found = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d+))?$/
			.exec(origin);
		assert.ok(found && origin.length <= 200, origin);
		if (found[1])
			number(found[1], 1, 65535);
	}
	assert.equal(lines.next(), 'rail: btc');
	s.network = lines.field('network');
	assert.ok(Object.hasOwn(networks, s.network));
	s.batch = number(lines.field('batch'), 1, 1e6);
	s.first = number(lines.field('first'), 0, 2 ** 31);
	s.count = number(lines.field('count'), 1, 1e6);
	assert.ok(s.first + s.count <= 2 ** 31);
	s.shared = number(lines.field('shared'), 0, Math.min(s.count, 1000));
	s.root = hex(lines.field('root'), 32);
	s.from = time(lines.field('from'));
	s.until = time(lines.field('until'));
	assert.ok(s.from < s.until);
	s.previous = hex(lines.field('previous'), 32);
	assert.equal(s.previous.every((b) => b === 0), s.batch === 1);
	s.nextKey = hex(lines.field('next-key'), 32);
	return s;
}
// The lines from "farthing statement 1" to "next-key", as signed.
function statementText(text) {
	const found = /^farthing statement 1\n(?:.*\n)*?next-key: .*\n/m.exec(text);
	assert.ok(found && found[0].length <= 4096, 'no statement');
	return found[0];
}
export const statementHash = (text) => sha256(text);

// BATCH AND PROOF
export function readBatch(text) {
	const lines = new Lines(text), batch = {};
	assert.equal(lines.next(), 'farthing batch 1');
	batch.key = publicKey(lines.field('key'));
	batch.signed = takeSigned(lines);
	batch.text = statementText(text);
	batch.statement = takeStatement(lines);
	verifySigned(batch.key, batch.signed, batch.text);
	const s = batch.statement;
	batch.leaves = Array.from({ length: s.count }, (_, index) => {
		const [i, shared, address, salt, ...more] = lines.next().split(' ');
		assert.equal(number(i, 0, s.count - 1), index);
		assert.equal(shared, index < s.shared ? 'yes' : 'no');
		assert.equal(more.length, 0);
		return { index, shared: shared === 'yes', address,
			script: scriptOf(address, s.network), salt: hex(salt, 16) };
	});
	assert.equal(lines.next(), 'end');
	assert.equal(lines.lines.length, 0);
	assert.ok(rootOf(batch.leaves.map((leaf) => leafHash(s.network, leaf)))
		.equals(s.root), 'other leaves');
	return batch;
}
export function checkProof(text, key) {
	assert.ok(Buffer.byteLength(text) <= 8192);
	const lines = new Lines(text);
	assert.equal(lines.next(), 'farthing proof 1');
	const address = lines.field('address');
	const leaf = { index: number(lines.field('leaf'), 0, 999999) };
	const shared = lines.field('shared');
	assert.match(shared, /^(yes|no)$/);
	leaf.shared = shared === 'yes';
	leaf.salt = hex(lines.field('salt'), 16);
	const path = lines.field('path');
	const joined = path === 'none' ? Buffer.alloc(0) : base64(path);
	assert.ok(joined.length % 32 === 0 && (path === 'none' || joined.length));
	const signed = takeSigned(lines);
	const statementOf = lines.lines.map((line) => `${line}\n`).join('');
	const s = takeStatement(lines);
	assert.equal(lines.lines.length, 0);
	leaf.script = scriptOf(address, s.network);
	verifySigned(key, signed, statementOf);
	assert.ok(leaf.index < s.count);
	assert.equal(leaf.shared, leaf.index < s.shared);
	const steps = Array.from({ length: joined.length / 32 },
		(_, i) => joined.subarray(32 * i, 32 * i + 32));
	assert.ok(rootByPath(leafHash(s.network, leaf), leaf.index, s.count, steps)
		.equals(s.root), 'not in the tree');
	return { address, statement: s, leaf };
}
