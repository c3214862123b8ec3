// SPDX-License-Identifier: MIT
//
// Pictures that are meant to do harm: bombs, files of two kinds, spoilt ones by
// the hundred, secrets in odd places, names and forms; and a darkroom that dies.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { Newsroom } from './newsroom.mjs';
import { until } from './paper.mjs';
import { NONE, another, filesOf, form, harbour, orphans, png, post, sample, sealed,
	stemOf } from './pictures.mjs';

let paper, ada;

before(async () => {
	paper = await Newsroom.start({ stories: 1 });
	ada = await paper.owner();
});
after(() => paper.stop());

const upload = (bytes, { file = 'a.jpg', client = ada } = {}) =>
	post(client, form([{ file, bytes }]));
const rendition = (name) =>
	fs.readFileSync(path.join(paper.paper, 'public/pictures', name));

async function refused(bytes, word, options) {
	const { status, json } = await upload(bytes, options);
	assert.equal(status, 422);
	assert.deepEqual(json.pictures, []);
	assert.match(json.message, word);
	assert.equal((await ada.get('/pictures')).status, 200);
}

// A story that readers have, with the picture at URL; its address for readers.
async function published(title, url, section = 'World') {
	const file = path.join(paper.dir, `${title.replace(/ /g, '-')}.md`);
	fs.writeFileSync(file, `---\ntitle: ${title}\nsection: ${section}\n` +
		`date: 2026-02-05T10:00:00Z\nimage: ${url}\n---\n\nText.\n`);
	paper.run('import', paper.paper, file);
	return until('the story', async () =>
		new RegExp(`href="(/2026/02/05/[^"]*${
			title.toLowerCase().replace(/ /g, '-')}[^"]*)"`).exec(
			String((await paper.get('/')).body))?.[1]);
}

// ---- bombs, polyglots, secrets

// A JPEG with SEGMENTS, [marker, bytes], behind its first two bytes, and TAIL
// behind its end.
const jpeg = (segments, tail = '') => Buffer.concat([harbour.subarray(0, 2),
	...segments.map(([marker, bytes]) => {
		const head = Buffer.from([0xff, marker, 0, 0]);
		head.writeUInt16BE(bytes.length + 2, 2);
		return Buffer.concat([head, Buffer.from(bytes)]);
	}), another().subarray(2), Buffer.from(tail)]);

const of = ({ url }) => filesOf(paper).renditions.filter((n) =>
	n.startsWith(stemOf({ url })));

// A PNG with TEXT in a chunk, and TAIL behind its end.
function pngWith(text, tail = '') {
	const still = sample('clear.png');
	const words = sealed('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'));
	// Another one each time: a text of its own, too.
	const own = sealed('tEXt', Buffer.from(`Own\0${crypto.randomUUID()}`));
	return Buffer.concat([still.subarray(0, 33), words, own,
		still.subarray(33), Buffer.from(tail, 'latin1')]);
}

// A GIF with a comment, and TAIL behind its end.
function gifWith(text, tail = '') {
	const still = sample('moving.gif');
	const colours = still[10] & 0x80 ? 3 << ((still[10] & 7) + 1) : 0;
	const comment = Buffer.concat([Buffer.from([0x21, 0xfe, text.length]),
		Buffer.from(text), Buffer.from([0])]);
	return Buffer.concat([still.subarray(0, 13 + colours), comment,
		still.subarray(13 + colours), Buffer.from(tail)]);
}

const TYPES = { jpg: 'image/jpeg', webp: 'image/webp', avif: 'image/avif' };

test('a picture that is also a page, a script, an archive is made anew',
	async () => {
		const page = '<!doctype html><script>alert("polyglot")</script>';
		const zip = `PK\x03\x04\x14\0\0\0\0\0${'\0'.repeat(16)}polyglot.html${
			page}PK\x01\x02${'\0'.repeat(42)}polyglot.htmlPK\x05\x06${
			'\0'.repeat(18)}`;
		const sent = {
			'page in a comment': jpeg([[0xfe, page]]),
			'page behind the end': jpeg([], page),
			'script in a comment': jpeg([[0xfe, '*/=alert("polyglot")/*']]),
			'script in a GIF': gifWith('=1;/*', '*/alert("polyglot")//'),
			'script in its comment': gifWith('*/alert("polyglot")//'),
			'document in a comment': jpeg([[0xfe, '%PDF-1.7 polyglot']]),
			'document in a PNG': pngWith('%PDF-1.7 polyglot',
				'%PDF-1.7\n1 0 obj polyglot\nendobj\n%%EOF'),
			'archive behind the end': jpeg([], zip),
			'archive behind a PNG': pngWith('polyglot', zip),
			'page in a PNG': pngWith(page),
			'program in a segment': jpeg([[0xed, '\x7fELFpolyglot']]),
		};
		for (const [what, bytes] of Object.entries(sent)) {
			assert.ok(bytes.includes('polyglot'), what);
			const { status, json } = await upload(bytes,
				{ file: `${what}.html` });
			assert.equal(status, 200, `${what}: ${json?.message}`);
			const names = of(json.pictures[0]);
			assert.ok(names.length >= 6, what);
			await published(`Also ${what}`, json.pictures[0].url);
			for (const name of names) {
				for (const word of ['polyglot', 'alert(', '<script', 'PK\x03\x04',
					'%PDF', '\x7fELF'])
					assert.ok(!rendition(name).includes(word),
						`${word} in ${what}`);
				for (const client of [paper, ada]) {
					const { status: is, headers } =
						await client.get(`/pictures/${name}`);
					assert.equal(is, 200, name);
					assert.equal(headers['content-type'],
						TYPES[path.extname(name).slice(1)]);
					assert.equal(headers['x-content-type-options'], 'nosniff');
				}
			}
		}
	});

test('archives, drawings of pages and other kinds are no pictures', async () => {
	await refused(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200)]),
		/no picture/, { file: 'a.zip.jpg' });
	await refused(Buffer.concat([Buffer.from('II*\0\x08\0\0\0'),
		Buffer.alloc(200)]), /no picture/, { file: 'a.tif' });
	await refused(Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)]),
		/no picture/, { file: 'a.bmp' });
	await refused(Buffer.concat([Buffer.from('\xff\x0a', 'latin1'),
		Buffer.alloc(200)]), /no picture/, { file: 'a.jxl' });
	await refused(Buffer.concat([Buffer.from('\x1f\x8b\x08', 'latin1'),
		zlib.gzipSync(Buffer.alloc(1 << 20))]), /no picture/,
	{ file: 'a.svgz' });
	await refused(Buffer.concat([Buffer.from('\0\0\0\x0cjP  \r\n\x87\n',
		'latin1'), Buffer.alloc(200)]), /no picture/, { file: 'a.jp2' });
});

// Points that cost no bytes: WIDTH times HEIGHT of them, all black.
function blank(width, height) {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([1, 0, 0, 0, 0], 8);
	const rows = zlib.deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) *
		height), { level: 9 });
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		sealed('IHDR', head), sealed('IDAT', rows),
		sealed('IEND', Buffer.alloc(0))]);
}

test('many points from few bytes stay within the limits', async () => {
	const bomb = blank(10900, 11000); // 119.9 million from 15 kB
	assert.ok(bomb.length < 100000);
	const [pid] = paper.processes('newsroom');
	const { status } = await upload(bomb, { file: 'blank.png' });
	assert.ok([200, 422].includes(status), String(status));
	await refused(blank(11000, 11000), /too large/);
	assert.deepEqual(paper.processes('newsroom'), [pid]);
	assert.equal((await upload(another())).status, 200);
});

// A GIF of COUNT pictures, each one point.
function gif(count, width = 40, height = 30) {
	const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff',
		'latin1');
	head.writeUInt16LE(width, 6);
	head.writeUInt16LE(height, 8);
	const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
	return Buffer.concat([head, ...Array(count).fill(frame),
		Buffer.from([0x3b])]);
}

// A WebP that moves, of COUNT pictures.
function webp(count) {
	const frame = Buffer.from('ANMF\x18\0\0\0\0\0\0\0\0\0\x27\0\0\x1d\0\0' +
		'\x0a\0\0\0VP8L\0\0\0\0', 'latin1');
	const head = Buffer.from('WEBPVP8X\x0a\0\0\0\x02\0\0\0\x27\0\0\x1d\0\0' +
		'ANIM\x06\0\0\0\0\0\0\0\0\0', 'latin1');
	const size = Buffer.alloc(4);
	size.writeUInt32LE(head.length + count * frame.length);
	return Buffer.concat([Buffer.from('RIFF'), size, head,
		...Array(count).fill(frame)]);
}

const box = (name, ...parts) => {
	const body = Buffer.concat(parts);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(body.length + 8);
	return Buffer.concat([length, Buffer.from(name), body]);
};

// An AVIF that says that it is a sequence of COUNT pictures.
function avif(count) {
	const table = Buffer.alloc(12);
	table.writeUInt32BE(count, 8);
	return Buffer.concat([sample('still.avif'), box('moov', box('trak',
		box('mdia', box('minf', box('stbl', box('stsz', table))))))]);
}

// A PNG that says so, or has as many heads of pictures.
function apng(said, count) {
	const still = sample('clear.png');
	const actl = Buffer.alloc(8);
	actl.writeUInt32BE(said);
	const first = sealed('acTL', actl), frame = sealed('fcTL', Buffer.alloc(26));
	return Buffer.concat([still.subarray(0, 33), first,
		...Array(count).fill(frame), still.subarray(33)]);
}

test('a million pictures in one file are refused before anybody decodes',
	async () => {
		const [darkroom] = paper.processes('darkroom');
		const was = filesOf(paper);
		process.kill(darkroom, 'SIGSTOP');
		try {
			const many = 1000000;
			for (const [what, bytes] of Object.entries({ gif: gif(many),
				'apng that says so': apng(many, 0), apng: apng(2, many),
				webp: webp(many), avif: avif(many) }))
				await refused(bytes, /more than 10,000 pictures/,
					{ file: what });
		} finally {
			process.kill(darkroom, 'SIGCONT');
		}
		assert.deepEqual(filesOf(paper), was);
	});

test('of pictures that move, one is taken', async () => {
	const { status, json } = await upload(gif(1000), { file: 'many.gif' });
	assert.equal(status, 200);
	for (const name of of(json.pictures[0]))
		for (const word of ['ANIM', 'ANMF', 'avis'])
			assert.ok(!rendition(name).includes(word), name);
	const wide = await upload(gif(1, 29000, 4000), { file: 'wide.gif' });
	assert.ok([200, 422].includes(wide.status), String(wide.status));
	await refused(gif(1, 60000, 60000), /too large/);
	// A PNG that says that it moves is its first picture.
	assert.ok([200, 422].includes((await upload(apng(30, 0))).status));
	assert.equal((await upload(another())).status, 200);
});

// ---- files that are made to break decoders

// Files from real ones by a seed: cut short, bits turned, bytes put in, taken
// out, doubled, numbers made large.
function spoil(bytes, chance) {
	let b = Buffer.from(bytes);
	for (let n = 1 + chance(6); n > 0; n--) {
		const at = chance(b.length - 4);
		switch (chance(6)) {
		case 0:
			b = b.subarray(0, 16 + chance(b.length - 16));
			break;
		case 1:
			b[at] ^= 1 << chance(8);
			break;
		case 2:
			b = Buffer.concat([b.subarray(0, at),
				Buffer.alloc(1 + chance(64), chance(256)), b.subarray(at)]);
			break;
		case 3:
			b = Buffer.concat([b.subarray(0, at),
				b.subarray(at + 1 + chance(64))]);
			break;
		case 4:
			b = Buffer.concat([b.subarray(0, at), b.subarray(chance(at + 1))]);
			break;
		default:
			b.writeUInt32BE([0, 1, 0x7fffffff, 0xffffffff, 0xffff0000][
				chance(5)], at);
		}
		if (b.length < 32)
			b = Buffer.concat([b, Buffer.alloc(32)]);
	}
	return b;
}

test('hundreds of spoilt files end a child or nothing, and are said',
	async () => {
		const processes = () => ['newsroom', 'reader', 'darkroom']
			.map((word) => paper.processes(word));
		const before = processes();
		let seed = 20261128, taken = 0, no = 0;
		const chance = (n) => {
			seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
			return (seed >>> 8) % n;
		};
		for (const name of ['harbour.jpg', 'cmyk.jpg', 'clear.png', 'still.webp',
			'still.avif', 'still.heic', 'moving.gif'])
			for (let round = 0; round < (name === 'harbour.jpg' ? 2 : 6); round++) {
				const bad = Array.from({ length: 8 }, () =>
					({ file: name, bytes: spoil(sample(name), chance) }));
				const { status, json } = await post(ada, form(bad));
				assert.ok([200, 422].includes(status), `${name}: ${status}`);
				assert.equal(json.pictures.length + json.refused.length, 8);
				for (const { message } of json.refused)
					assert.match(message, /damaged|breaks off|no picture|large/);
				taken += json.pictures.length;
				no += json.refused.length;
			}
		assert.ok(no > 150, `${taken} taken, ${no} refused`);
		assert.match(paper.said, /a picture was refused: /);
		assert.deepEqual(processes(), before);
		assert.deepEqual(await orphans(ada), NONE);
		assert.equal((await upload(another())).status, 200);
	});

// An Exif segment as a camera writes it: orientation, place, maker's notes, and
// a small picture of its own.
function exif() {
	const entry = (tag, type, count, value) => {
		const e = Buffer.alloc(12);
		e.writeUInt16LE(tag, 0);
		e.writeUInt16LE(type, 2);
		e.writeUInt32LE(count, 4);
		if (Buffer.isBuffer(value))
			value.copy(e, 8);
		else
			e.writeUInt32LE(value, 8);
		return e;
	};
	const list = (entries, next) => {
		const n = Buffer.alloc(2);
		n.writeUInt16LE(entries.length);
		const then = Buffer.alloc(4);
		then.writeUInt32LE(next);
		return Buffer.concat([n, ...entries, then]);
	};
	const size = (n) => 2 + 12 * n + 4;
	const first = 8, camera = first + size(3), place = camera + size(1);
	const small = place + size(2), text = small + size(2);
	const maker = Buffer.from('SECRET-MAKER\0');
	const thumb = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 14]),
		Buffer.from('SECRET-THUMB'), Buffer.from([0xff, 0xd9])]);
	return Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0'),
		list([entry(0x112, 3, 1, 1), entry(0x8769, 4, 1, camera),
			entry(0x8825, 4, 1, place)], small),
		list([entry(0x927c, 7, maker.length, text)], 0),
		list([entry(1, 2, 2, Buffer.from('N\0')),
			entry(0x1d, 2, 4, Buffer.from('GPS\0'))], 0),
		list([entry(0x201, 4, 1, text + maker.length),
			entry(0x202, 4, 1, thumb.length)], 0), maker, thumb]);
}

test('no secret of a file is in any rendition, wherever it hid', async () => {
	const xmp = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta ` +
		'xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/' +
		'02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
		'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux=' +
		'"http://ns.adobe.com/exif/1.0/aux/" exif:GPSLatitude="SECRET-LAT" ' +
		'aux:SerialNumber="SECRET-XMP"/></rdf:RDF></x:xmpmeta>';
	const bytes = jpeg([[0xe1, exif()], [0xe1, xmp],
		[0xfe, 'SECRET-COMMENT'], [0xe2, 'MPF\0SECRET-MPF'],
		[0xee, 'SECRET-APP14'], [0xeb, 'SECRET-APP11'],
		[0xed, 'Photoshop 3.0\x008BIM\x04\x0c\0\0\0\0\0\x0cSECRET-THUM2']],
	'SECRET-TAIL');
	const { status, json } = await upload(bytes);
	assert.equal(status, 200);
	const [picture] = json.pictures;
	assert.ok(picture.had_place && picture.had_device);
	const names = of(picture);
	assert.ok(names.length >= 9);
	for (const name of names)
		for (const secret of ['SECRET-', 'GPS'])
			assert.ok(!rendition(name).includes(secret), `${secret} ${name}`);
	assert.match((await ada.get(`/pictures/${picture.id}`)).body,
		/told where the picture was taken and with which/);
});

test('odd names and forms of many parts are taken as they come', async () => {
	for (const file of ['CON', 'NUL', 'NUL.jpg', 'aux.jpg', 'a.jpg.html',
		'x'.repeat(300), ' ', '.', '..', '-rf', '%2e%2e%2fx', 'é'.repeat(150)]) {
		const { status, json } = await upload(another(), { file });
		assert.equal(status, 200, file);
		const [{ name }] = json.pictures;
		assert.doesNotMatch(name, /[\u0000-\u001f\u007f]/);
		assert.ok(Buffer.byteLength(name) <= 200, name);
	}
	// No file system has such names.
	for (const file of ['y'.repeat(4096), 'z'.repeat(60000)])
		assert.ok([400, 422].includes((await upload(another(), { file })).status));
	for (const file of ['a\0b.jpg', '\u0001\u0007bell.jpg', 'a\u007fb.jpg'])
		assert.equal((await upload(another(), { file })).status, 400);
	const parts = Buffer.concat(Array(100000).fill(Buffer.from('--BOUNDARY\r\n' +
		'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n' +
		'x\r\n')).concat(Buffer.from('--BOUNDARY--\r\n')));
	assert.equal((await post(ada, parts)).status, 422);
	const long = 'B'.repeat(8000);
	const { status } = await post(ada, Buffer.from(`--${long}--\r\n`),
		{ 'content-type': `multipart/form-data; boundary=${long}` });
	assert.ok([400, 431].includes(status), String(status));
	const nested = Buffer.from('--BOUNDARY\r\nContent-Disposition: form-data; ' +
		'name="file"; filename="a"\r\nContent-Type: multipart/mixed; ' +
		'boundary=INNER\r\n\r\n--INNER\r\n\r\nx\r\n--INNER--\r\n' +
		'\r\n--BOUNDARY--\r\n');
	assert.equal((await post(ada, nested)).status, 400);
	const twice = Buffer.from('--BOUNDARY\r\nContent-Disposition: form-data; ' +
		'name="file"; filename="a"; filename="b"\r\n\r\nx\r\n' +
		'--BOUNDARY--\r\n');
	assert.equal((await post(ada, twice)).status, 400);
	assert.deepEqual(await orphans(ada), NONE);
});

test('ids and names that are guessed are not there', async () => {
	for (const url of ['/pictures/999999', '/pictures/0', '/pictures/01',
		'/pictures/x', `/pictures/${'a'.repeat(26)}-800.jpg`,
		`/pictures/${'a'.repeat(26)}-800.php`])
		assert.equal((await ada.get(url)).status, 404, url);
	const stranger = await paper.client().get('/pictures/1');
	assert.equal(stranger.status, 303);
});

const decodes = (pid) =>
	/libvips/.test(fs.readFileSync(`/proc/${pid}/maps`, 'utf8'));

test('a darkroom that dies is started again, and the next picture goes on',
	async () => {
		const [pid] = paper.processes('darkroom');
		process.kill(pid, 'SIGKILL');
		await until('another darkroom', () => {
			const [next] = paper.processes('darkroom');
			return next && next !== pid;
		});
		// It loads the decoders when there is something to decode.
		assert.equal(decodes(paper.processes('darkroom')[0]), false);
		assert.equal((await upload(another())).status, 200);
		assert.equal(decodes(paper.processes('darkroom')[0]), true);
	});

test('no process but the darkroom has the decoders in it, nor what asks others',
	() => {
		const pids = ['reader', 'newsroom', 'vault'].flatMap((word) =>
			paper.processes(word));
		assert.ok(pids.length >= 3);
		for (const pid of [paper.child.pid, ...pids])
			assert.doesNotMatch(
				fs.readFileSync(`/proc/${pid}/maps`, 'utf8'),
				/libvips|libxml2|libcurl/);
	});
