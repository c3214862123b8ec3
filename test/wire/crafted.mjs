// SPDX-License-Identifier: MIT
//
// Picture files of the shapes that have broken decoders before: what a format
// lets somebody say, and no honest program does. Nothing of them is copied from
// anywhere; each is written here by its format's own rules.

import zlib from 'node:zlib';
import { chunk, harbour, sample, sealed } from './pictures.mjs';

// ---- WebP without loss (RFC 9649)

// Bits, the least of a byte first.
class Bits {
	bytes = [];
	used = 0;

	put(value, count) {
		for (let i = 0; i < count; i++, this.used++) {
			if (this.used % 8 === 0)
				this.bytes.push(0);
			this.bytes[this.used >> 3] |= (value >>> i & 1) << this.used % 8;
		}
		return this;
	}
}

const reversed = (value, count) => {
	let r = 0;
	for (let i = 0; i < count; i++)
		r |= (value >>> i & 1) << (count - 1 - i);
	return r;
};

// How many codes there are of each length, from 0 on. The first three fill the
// tables of a decoder as far as complete codes can: 654, 630 and 410 entries
// for 280, 256 and 40 symbols. The last one is not complete and takes 542.
const GREEN = [0, 1, 1, 0, 0, 0, 0, 0, 0, 99, 13, 65, 33, 1, 65, 2];
const OTHER = [0, 1, 1, 0, 0, 0, 0, 0, 0, 91, 21, 73, 65, 1, 1, 2];
const DISTANCE = [0, 1, 0, 3, 1, 0, 0, 1, 0, 27, 1, 1, 1, 1, 1, 2];
const OVERFLOWING = [0, 0, 0, 0, 0, 0, 0, 0, 0, 27, 5, 1, 1, 1, 1, 4];
const TOO_MANY = [0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 37];
const TOO_FEW = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40];
const SIZES = [280, 256, 256, 256, 40];

// A code of SIZE symbols: the lengths in their order, each as four bits.
function putCode(bits, counts, size) {
	const lengths = counts.flatMap((count, length) =>
		Array(count).fill(length)).slice(0, size);
	bits.put(0, 1).put(15, 4); // not a simple one; all 19 lengths follow
	for (const symbol of [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12,
		13, 14, 15])
		bits.put(symbol < 16 ? 4 : 0, 3);
	bits.put(0, 1); // for all symbols
	for (let i = 0; i < size; i++)
		bits.put(reversed(lengths[i] ?? 0, 4), 4);
}

function riff(bits) {
	const data = Buffer.concat([Buffer.from(bits.bytes), // of an even length
		Buffer.alloc(4096 + bits.bytes.length % 2)]);
	const head = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0', 'latin1');
	head.writeUInt32LE(12 + data.length, 4);
	head.writeUInt32LE(data.length, 16);
	return Buffer.concat([head, data]);
}

const begin = (side) => new Bits().put(0x2f, 8).put(side - 1, 14)
	.put(side - 1, 14).put(0, 4);

function vp8l(codes, { cache = 0 } = {}) {
	const bits = begin(64).put(0, 1); // nothing is transformed
	bits.put(cache ? 1 : 0, 1);
	if (cache)
		bits.put(cache, 4);
	bits.put(0, 1); // one group of codes
	codes.forEach((counts, i) => putCode(bits, counts,
		SIZES[i] + (i === 0 && cache ? 1 << cache : 0)));
	return riff(bits); // every point is the first symbol of each
}

const whole = [GREEN, OTHER, OTHER, OTHER, DISTANCE];
const at = (i, counts) => whole.map((was, k) => k === i ? counts : was);

// One that says that it has 65,536 groups of codes.
function vp8lGroups() {
	const bits = begin(64).put(0, 2).put(1, 1).put(7, 3).put(0, 1);
	for (const symbol of [255, 255, 0, 0, 0]) // a simple code of one symbol
		bits.put(1, 1).put(0, 1).put(1, 1).put(symbol, 8);
	return riff(bits);
}

// One that undoes its transforms twice.
function vp8lTransforms() {
	const bits = begin(64);
	for (let i = 0; i < 40; i++)
		bits.put(1, 1).put(2, 2);
	return riff(bits);
}

// The control: its tables are as large as may be, and it is a picture.
export const largestTables = vp8l(whole);

export const webp = {
	'a code that overflows its table': vp8l(at(4, OVERFLOWING)),
	'a code of too many': vp8l(at(4, TOO_MANY)),
	'a code of too few': vp8l(at(4, TOO_FEW)),
	'no code': vp8l(at(4, [40])),
	'the first code': vp8l(at(0, OVERFLOWING)),
	'a middle code': vp8l(at(2, OVERFLOWING)),
	'all codes': vp8l(whole.map(() => OVERFLOWING)),
	'a cache too large': vp8l(whole, { cache: 15 }),
	'a cache and no codes for it': vp8l(at(4, OVERFLOWING), { cache: 11 }),
	'groups without end': vp8lGroups(),
	'transforms without end': vp8lTransforms(),
};

// ---- PNG

const still = sample('clear.png');
const pngWith = (...chunks) => Buffer.concat([still.subarray(0, 33), ...chunks,
	still.subarray(33)]);
const zeros = (mb) => zlib.deflateSync(Buffer.alloc(mb << 20), { level: 9 });
const bomb = zeros(100);

// A profile that says of itself that it has SIZE bytes and TAGS.
function profile(size, tags) {
	const p = Buffer.alloc(256);
	p.writeUInt32BE(size, 0);
	p.write('lcms\x04\x30\0\0mntrRGB XYZ ', 4, 'latin1');
	p.write('acsp', 36, 'latin1');
	p.writeUInt32BE(tags, 128);
	for (let i = 132; i + 12 <= 256; i += 12) {
		p.write('rXYZ', i, 'latin1');
		p.writeUInt32BE(0xfffffff0, i + 4);
		p.writeUInt32BE(0x7fffffff, i + 8);
	}
	return p;
}

const iccp = (bytes) => pngWith(sealed('iCCP',
	Buffer.concat([Buffer.from('name\0\0'), bytes])));

function lengthOf(name, length) {
	const c = chunk(name, Buffer.alloc(16));
	c.writeUInt32BE(length, 0);
	return c;
}

export const png = {
	'a profile of 100 MB': iccp(bomb),
	'a profile that is none': iccp(zlib.deflateSync(Buffer.from('no profile'))),
	'a profile that is not packed': iccp(Buffer.from('no profile')),
	'a profile larger than it is': iccp(zlib.deflateSync(
		profile(0xfffffff0, 9))),
	'a profile of many tags': iccp(zlib.deflateSync(profile(256, 0xffffffff))),
	'a profile without a name': pngWith(sealed('iCCP', bomb)),
	'words of 100 MB': pngWith(sealed('zTXt',
		Buffer.concat([Buffer.from('Comment\0\0'), bomb]))),
	'other words of 100 MB': pngWith(sealed('iTXt',
		Buffer.concat([Buffer.from('Comment\0\x01\0\0\0'), bomb]))),
	'words two hundred times': pngWith(...Array(200).fill(sealed('zTXt',
		Buffer.concat([Buffer.from('Comment\0\0'), zeros(1)])))),
	'points of 100 MB': Buffer.concat([still.subarray(0, 33),
		sealed('IDAT', bomb), sealed('IEND', Buffer.alloc(0))]),
	'a second head': pngWith(still.subarray(8, 33)),
	'more colours than there are': pngWith(sealed('PLTE', Buffer.alloc(3 * 300)),
		sealed('tRNS', Buffer.alloc(300)), sealed('hIST', Buffer.alloc(700))),
	'a length of 2 GB': pngWith(lengthOf('tEXt', 0x7fffffff)),
	'a length of 4 GB': pngWith(lengthOf('tEXt', 0xffffffff)),
	'Exif in a circle': pngWith(sealed('eXIf', circle())),
};

// ---- Exif, which is a TIFF

// A list of entries that is followed by itself, and has itself in it.
function circle() {
	const t = Buffer.alloc(8 + 2 + 4 * 12 + 4);
	t.write('II*\0', 0, 'latin1');
	t.writeUInt32LE(8, 4);
	t.writeUInt16LE(4, 8);
	[[0x8769, 4, 1, 8], [0x8825, 4, 1, 8], [0x14a, 4, 1, 8],
		[0x10e, 2, 0xffffffff, 0x7fffffff]].forEach(
		([tag, type, count, value], i) => {
			t.writeUInt16LE(tag, 10 + 12 * i);
			t.writeUInt16LE(type, 12 + 12 * i);
			t.writeUInt32LE(count, 14 + 12 * i);
			t.writeUInt32LE(value, 18 + 12 * i);
		});
	t.writeUInt32LE(8, t.length - 4);
	return t;
}

function manyEntries() {
	const t = Buffer.alloc(60000, 0xff);
	t.write('MM\0*\0\0\0\x08', 0, 'latin1');
	return t;
}

export const tiff = {
	'lists in a circle': Buffer.concat([circle(), Buffer.alloc(500)]),
	'entries without end': manyEntries(),
};

// ---- JPEG

const segment = (marker, bytes) => {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(bytes.length + 2, 2);
	return Buffer.concat([head, bytes]);
};
const jpegWith = (...segments) => Buffer.concat([harbour.subarray(0, 2),
	...segments, harbour.subarray(2)]);
const exif = (bytes) => segment(0xe1,
	Buffer.concat([Buffer.from('Exif\0\0'), bytes]));

// Where the segment MARKER of the harbour begins.
function find(marker) {
	for (let i = 2; i < harbour.length;
		i += 2 + harbour.readUInt16BE(i + 2))
		if (harbour[i + 1] === marker)
			return i;
	throw new Error('no such segment');
}

// A head of a frame, as large as said, with COUNT components.
function frame(marker, side, count, sampling = 0x11) {
	const body = Buffer.alloc(6 + 3 * count);
	body[0] = 8;
	body.writeUInt16BE(side, 1);
	body.writeUInt16BE(side, 3);
	body[5] = count;
	for (let i = 0; i < count; i++)
		body.set([i + 1, sampling, 0], 6 + 3 * i);
	return segment(marker, body);
}

const own = find(0xc0);
const behind = own + 2 + harbour.readUInt16BE(own + 2);
const instead = (...segments) => Buffer.concat([harbour.subarray(0, own),
	...segments, harbour.subarray(behind)]);
const also = (...segments) => Buffer.concat([harbour.subarray(0, behind),
	...segments, harbour.subarray(behind)]);

// Lengths of codes, so many of each, and their symbols.
const codes = (counts, symbols) => segment(0xc4, Buffer.concat([
	Buffer.from([0x00]), Buffer.from(counts), Buffer.alloc(symbols, 7)]));

// A scan of all its points, again and again.
function scans(count) {
	const one = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 0, 0])),
		Buffer.from([0x7f])]);
	const dc = segment(0xc4, Buffer.concat([Buffer.from([0, 1]),
		Buffer.alloc(15), Buffer.from([0])]));
	const table = segment(0xdb, Buffer.alloc(65, 1).fill(0, 0, 1));
	return Buffer.concat([Buffer.from([0xff, 0xd8]), table,
		frame(0xc2, 4000, 1), dc, ...Array(count).fill(one),
		Buffer.from([0xff, 0xd9])]);
}

export const jpeg = {
	'two heads of a frame': also(frame(0xc0, 40, 3)),
	'a larger head behind it': also(frame(0xc0, 20000, 3)),
	'a head of another kind behind it': also(frame(0xc2, 900, 3)),
	'a head of a lossless one': instead(frame(0xc3, 900, 3)),
	'a head of 255 components': instead(frame(0xc0, 900, 255)),
	'a head of no component': instead(frame(0xc0, 900, 0)),
	'a head of components of no size': instead(frame(0xc0, 900, 3, 0x00)),
	'a head of components too large': instead(frame(0xc0, 900, 3, 0xff)),
	'codes of 4,080 symbols': also(codes(Array(16).fill(255), 4080)),
	'codes of more than fit': also(codes([3, ...Array(15).fill(0)], 3)),
	'codes of a table that is none': also(segment(0xc4,
		Buffer.concat([Buffer.from([0x7f]), Buffer.alloc(16)]))),
	'codes that break off': also(segment(0xc4, Buffer.from([0, 16, 16]))),
	'a segment that ends before it begins': also(Buffer.from([0xff, 0xfe, 0, 0])),
	'ten thousand scans': scans(10000),
	'Exif in a circle': jpegWith(exif(circle())),
	'Exif of entries without end': jpegWith(exif(manyEntries())),
	'a profile in 255 parts, of which there is one': jpegWith(segment(0xe2,
		Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\xff', 'latin1'),
			profile(0xfffffff0, 0xffffffff)]))),
	'a profile that is none': jpegWith(segment(0xe2, Buffer.concat([
		Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'),
		profile(256, 0xffffffff)]))),
	'words that are none': jpegWith(segment(0xed, Buffer.concat([
		Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\x7f\xff\xff\xff',
			'latin1'), Buffer.alloc(64, 0x1c)]))),
};

// ---- AVIF and HEIF

// BYTES of the file with those behind the first NAME, OFFSET on, changed.
function patched(bytes, name, offset, ...change) {
	const b = Buffer.from(bytes);
	b.set(change, b.indexOf(name) + 4 + offset);
	return b;
}

const largest = [0xff, 0xff, 0xff, 0xff];

function heifs(name) {
	const file = sample(name);
	const change = (...how) => patched(file, ...how);
	// Version and flags; sizes; one item: its number, where it is stored, an
	// offset, and a length.
	return {
		'an item beyond the file': change('iloc', 14, ...largest),
		'an item longer than the file': change('iloc', 18, ...largest),
		'an item before the file': change('iloc', 14, 0, 0, 0, 0, 0, 0, 0, 1),
		'an item that turns over': change('iloc', 14, 0xff, 0xff, 0xff, 0xf0,
			0, 0, 0, 0x20),
		'an item of no length': change('iloc', 18, 0, 0, 0, 0),
		'65,535 items': change('iloc', 6, 0xff, 0xff),
		'65,535 parts of one': change('iloc', 12, 0xff, 0xff),
		'numbers of no size': change('iloc', 4, 0, 0),
		'numbers of an odd size': change('iloc', 4, 0xff, 0xff),
		'more items than told': change('iinf', 4, 0xff, 0xff),
		'another item is the picture': change('pitm', 4, 0x7f, 0xff),
		'a size of nothing': change('ispe', 4, ...Array(8).fill(0)),
		'a size of everything': change('ispe', 4, ...largest, ...largest),
		'a size of other points': change('ispe', 4, 0, 0, 0x40, 0, 0, 0, 0x1d, 0),
		'properties that are none': change('ipma', 4, 0, 0, 0, 1, 0, 1, 3, 0xff,
			0x7f, 0xff),
		'properties without end': change('ipma', 4, ...largest),
		'a box of no length': change('iprp', -8, 0, 0, 0, 0),
		'a box of one byte': change('iprp', -8, 0, 0, 0, 1),
		'a box longer than the file': change('ipco', -8, 0x7f, 0xff, 0xff, 0xff),
		'boxes in boxes': Buffer.concat([file.subarray(0, 28), nested(5000),
			file.subarray(28)]),
	};
}

function nested(depth) {
	const b = Buffer.alloc(8 * depth);
	for (let i = 0; i < depth; i++) {
		b.writeUInt32BE(8 * (depth - i), 8 * i);
		b.write('moov', 8 * i + 4);
	}
	return b;
}

export const avif = heifs('still.avif');
export const heic = heifs('still.heic');

// ---- GIF

// A canvas, and one picture on it at LEFT, TOP.
function gifOf({ canvas = 40, left = 0, top = 0, width = 40, height = 40,
	bits = 2, data = [0x44, 0x01], colours = true }) {
	const head = Buffer.alloc(13);
	head.write('GIF89a');
	head.writeUInt16LE(canvas, 6);
	head.writeUInt16LE(canvas, 8);
	head[10] = colours ? 0x80 : 0;
	const one = Buffer.alloc(10);
	one[0] = 0x2c;
	[left, top, width, height].forEach((n, i) => one.writeUInt16LE(n, 1 + 2 * i));
	return Buffer.concat([head, Buffer.from(colours ? [0, 0, 0, 255, 255, 255]
		: []), one, Buffer.from([bits, data.length, ...data, 0, 0x3b])]);
}

export const gif = {
	'a picture beyond the canvas': gifOf({ left: 30, top: 30 }),
	'a picture far beyond it': gifOf({ left: 65000, top: 65000 }),
	'a picture larger than it': gifOf({ canvas: 1, width: 65535, height: 65535 }),
	'a picture of nothing': gifOf({ width: 0, height: 0 }),
	'a canvas of nothing': gifOf({ canvas: 0 }),
	'no colours': gifOf({ colours: false }),
	'codes of no bits': gifOf({ bits: 0 }),
	'codes of 12 bits': gifOf({ bits: 12 }),
	'codes of 255 bits': gifOf({ bits: 255 }),
	'codes that are not there yet': gifOf({ data: Array(200).fill(0xff) }),
	'codes that begin anew without end': gifOf({ data: Array(250).fill(0x24) }),
};
