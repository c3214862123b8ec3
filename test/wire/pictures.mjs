// SPDX-License-Identifier: MIT
//
// Pictures as browsers send them, for tests of the library.

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

export const sample = (name) => fs.readFileSync(`test/pictures/${name}`);
export const harbour = sample('harbour.jpg');

export function part({ name = 'file', file = 'a.jpg', type = 'image/jpeg',
	bytes }) {
	return Buffer.concat([Buffer.from(
		`--BOUNDARY\r\nContent-Disposition: form-data; name="${name}"` +
		(file === null ? '' : `; filename="${file}"`) +
		`\r\nContent-Type: ${type}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
}

export const form = (parts) =>
	Buffer.concat([...parts.map(part), Buffer.from('--BOUNDARY--\r\n')]);

export async function post(client, body, headers = {}) {
	const answer = await client.request('POST', '/pictures/upload', { body,
		headers: { 'content-type': 'multipart/form-data; boundary=BOUNDARY',
			'content-length': body.length, accept: 'application/json',
			'sec-fetch-site': 'same-origin', ...headers } });
	try {
		answer.json = JSON.parse(answer.body);
	} catch {
		answer.json = null;
	}
	return answer;
}

// Another file with the same picture: text behind its end is no part of it.
export const another = () => Buffer.concat([harbour.subarray(0, -2),
	Buffer.from([0xff, 0xfe, 0, 18]), crypto.randomBytes(16),
	harbour.subarray(-2)]);

// What the form of picture ID has, and sends when FIELDS are changed in it.
export async function wordsOf(client, id, fields = {}) {
	const { body } = await client.get(`/pictures/${id}`);
	const [, base] = /name="base" value="(\d+)"/.exec(body);
	return { base, caption: '', credit: '', creator: '', alt: '', rights: '',
		expires: '', x: 50, y: 50, ...fields };
}

// Saves them, and says of which KIND the change is, should that be asked.
export async function saveWords(client, id, fields, said = { kind: 'typo' }) {
	const address = `/pictures/${id}/save`;
	const words = await wordsOf(client, id, fields);
	const first = await client.post(address, words);
	const told = first.status === 422 &&
		/name="told" value="([0-9a-f]+)"/.exec(first.body)?.[1];
	return told ? client.post(address, { ...words, told, ...said }) : first;
}

// A part of a PNG, and a PNG of which only the head is true.
export function chunk(name, data) {
	const body = Buffer.concat([Buffer.from(name), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const sum = Buffer.alloc(4);
	// Readers of heads do not look at it.
	return Buffer.concat([length, body, sum]);
}

// CRC-32, of which a PNG has one behind each part.
function crc(bytes) {
	let c = ~0;
	for (const byte of bytes) {
		c ^= byte;
		for (let i = 0; i < 8; i++)
			c = c & 1 ? c >>> 1 ^ 0xedb88320 : c >>> 1;
	}
	return ~c >>> 0;
}

// A part whose sum is right.
export function sealed(name, data) {
	const c = chunk(name, data);
	c.writeUInt32BE(crc(c.subarray(4, -4)), c.length - 4);
	return c;
}

export function png(width, height) {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(Buffer.alloc(64))),
		chunk('IEND', Buffer.alloc(0))]);
}

// What a picture's files are called by.
export const stemOf = ({ url }) => url.slice(10, 36);

export function filesOf({ paper }) {
	const list = (folder) => fs.readdirSync(path.join(paper, folder));
	return { originals: list('private/originals'),
		renditions: list('public/pictures') };
}

// The stems of all pictures that the library knows.
async function stems(client) {
	const known = new Set();
	for (let before = ''; ;) {
		const { pictures } = JSON.parse((await client.get(
			`/pictures?format=json${before && `&before=${before}`}`)).body);
		for (const picture of pictures)
			known.add(stemOf(picture));
		if (pictures.length < 48)
			return known;
		before = pictures.at(-1).id;
	}
}

// Files of the library's kind that no row knows of, and how many there should
// be.
export const NONE = { renditions: [], originals: 0 };

export async function orphans(client) {
	const known = await stems(client);
	const { originals, renditions } = filesOf(client.paper);
	return { renditions: renditions.filter((n) =>
		/^[a-z2-7]{26}-/.test(n) && !known.has(n.slice(0, 26))),
	originals: originals.length - known.size };
}
