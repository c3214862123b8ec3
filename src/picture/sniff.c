/* SPDX-License-Identifier: MIT
 *
 * The heads of picture files:
 *
 *	JPEG	ITU T.81 annex B: segments up to the first start of frame
 *	PNG	the IHDR chunk, which is first (ISO 15948 11.2.2)
 *	GIF	the logical screen (GIF89a 18)
 *	WebP	RFC 9649: VP8X, VP8L or VP8 chunk, whichever is first
 *	AVIF, HEIC	ISO 14496-12 boxes: the largest "ispe" property in
 *		meta/iprp/ipco, for a file of tiles has several
 */
#include "picture/sniff.h"

#include <string.h>

#include "base/must.h"

/* A place in a file; reading behind its end gives zeros and is remembered. */
struct bytes {
	struct str s;
	size_t at;
	bool is_short;
};

static uint32_t take(struct bytes *b, unsigned count)
{
	uint32_t n = 0;

	if (b->s.n - b->at < count) {
		b->is_short = true;
		b->at = b->s.n;
		return 0;
	}
	for (unsigned i = 0; i < count; i++)
		n = n << 8 | (unsigned char)b->s.p[b->at++];
	return n;
}

static uint32_t take_little(struct bytes *b, unsigned count)
{
	uint32_t n = 0;

	if (b->s.n - b->at < count) {
		b->is_short = true;
		b->at = b->s.n;
		return 0;
	}
	for (unsigned i = 0; i < count; i++)
		n |= (uint32_t)(unsigned char)b->s.p[b->at++] << (8 * i);
	return n;
}

static void pass(struct bytes *b, size_t n)
{
	if (b->s.n - b->at < n) {
		b->is_short = true;
		b->at = b->s.n;
	} else {
		b->at += n;
	}
}

static bool is_at(struct str s, size_t at, struct str word)
{
	return str_eq(str_part(s, at, word.n), word);
}

/* A marker that starts a frame: all of C0 to CF but three. */
static bool is_frame(uint32_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
	       marker != 0xc8 && marker != 0xcc;
}

/* Goes to the next segment's content; 0 at the end of all, or a fault. */
static uint32_t next_segment(struct bytes *b, size_t *ret_n)
{
	uint32_t marker;
	uint32_t n;

	if (take(b, 1) != 0xff)
		return 0;
	do
		marker = take(b, 1);
	while (marker == 0xff);
	/* The end, or a marker without a segment. */
	if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9))
		return 0;
	n = take(b, 2);
	if (n < 2 || b->is_short)
		return 0;
	*ret_n = n - 2;
	return marker;
}

enum { START_OF_SCAN = 0xda };

static void read_jpeg(struct bytes *b, struct picture_size *size)
{
	uint32_t marker;
	size_t n;

	pass(b, 2);
	while ((marker = next_segment(b, &n)) && marker != START_OF_SCAN) {
		if (is_frame(marker)) {
			pass(b, 1);
			size->height = take(b, 2);
			size->width = take(b, 2);
			return;
		}
		pass(b, n);
	}
	b->is_short = true;
}

/* All chunks are there, up to the last one. */
static bool png_is_whole(struct str file)
{
	enum { SIGNATURE = 8, NAME_AND_SUM = 8 };
	struct bytes b = {.s = file};

	pass(&b, SIGNATURE);
	while (!b.is_short) {
		size_t n = take(&b, 4);
		bool is_last = is_at(file, b.at, STR("IEND"));

		pass(&b, n + NAME_AND_SUM);
		if (is_last)
			return !b.is_short;
	}
	return false;
}

/* Its container is as long as it says. */
static bool webp_is_whole(struct str file)
{
	struct bytes b = {.s = file};

	pass(&b, 4);
	pass(&b, take_little(&b, 4));
	return !b.is_short;
}

static void pass_gif_blocks(struct bytes *b)
{
	uint32_t n;

	while ((n = take(b, 1)) > 0)
		pass(b, n);
}

/* The bytes of a table of colours, as the flags before it say. */
static size_t gif_colours(uint32_t flags)
{
	return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* The first of its pictures is there. */
static bool gif_is_whole(struct str file)
{
	enum { HEAD = 10, EXTENSION = 0x21, PICTURE = 0x2c };
	struct bytes b = {.s = file};
	uint32_t kind;

	pass(&b, HEAD);
	pass(&b, gif_colours(take(&b, 1)) + 2);
	while ((kind = take(&b, 1)) == EXTENSION) {
		pass(&b, 1);
		pass_gif_blocks(&b);
	}
	if (kind != PICTURE)
		return false;
	pass(&b, 8);
	pass(&b, gif_colours(take(&b, 1)) + 1);
	pass_gif_blocks(&b);
	return !b.is_short;
}

static bool jpeg_is_whole(struct str file)
{
	struct bytes b = {.s = file};
	struct str scans;
	uint32_t marker;
	size_t n;

	pass(&b, 2);
	while ((marker = next_segment(&b, &n)) && marker != START_OF_SCAN)
		pass(&b, n);
	scans = str_from(file, b.at);
	return marker && str_find_str(scans, STR("\xff\xd9")) < scans.n;
}

bool picture_is_whole(struct str file, enum picture_kind kind)
{
	switch (kind) {
	case PICTURE_JPEG:
		return jpeg_is_whole(file);
	case PICTURE_PNG:
		return png_is_whole(file);
	case PICTURE_WEBP:
		return webp_is_whole(file);
	case PICTURE_GIF:
		return gif_is_whole(file);
	case PICTURE_AVIF:
	case PICTURE_HEIC:
		break;
	}
	return true;
}

static void read_png(struct bytes *b, struct picture_size *size)
{
	pass(b, 8);
	if (take(b, 4) != 13 || !is_at(b->s, b->at, STR("IHDR")))
		b->is_short = true;
	pass(b, 4);
	size->width = take(b, 4);
	size->height = take(b, 4);
}

static void read_gif(struct bytes *b, struct picture_size *size)
{
	pass(b, 6);
	size->width = take_little(b, 2);
	size->height = take_little(b, 2);
}

static void read_webp(struct bytes *b, struct picture_size *size)
{
	struct str kind = str_part(b->s, 12, 4);
	uint32_t bits;

	pass(b, 20);
	if (str_eq(kind, STR("VP8X"))) {
		pass(b, 4);
		size->width = take_little(b, 3) + 1;
		size->height = take_little(b, 3) + 1;
	} else if (str_eq(kind, STR("VP8L"))) {
		if (take(b, 1) != 0x2f)
			b->is_short = true;
		bits = take_little(b, 4);
		size->width = (bits & 0x3fff) + 1;
		size->height = (bits >> 14 & 0x3fff) + 1;
	} else if (str_eq(kind, STR("VP8 "))) {
		pass(b, 3);
		if (take(b, 3) != 0x9d012a)
			b->is_short = true;
		size->width = take_little(b, 2) & 0x3fff;
		size->height = take_little(b, 2) & 0x3fff;
	} else {
		b->is_short = true;
	}
}

/* The content of the first box KIND in S; p NULL if there is none. */
static struct str box_of(struct str s, struct str kind)
{
	struct bytes b = {.s = s};

	while (b.at + 8 <= s.n) {
		size_t start = b.at;
		size_t head = 8;
		uint64_t n = take(&b, 4);
		struct str name = str_part(s, b.at, 4);

		pass(&b, 4);
		if (n == 1) {
			n = (uint64_t)take(&b, 4) << 32;
			n |= take(&b, 4);
			head = 16;
		} else if (n == 0) {
			n = s.n - start;
		}
		if (b.is_short || n < head || n > s.n - start)
			return STR_NONE;
		if (str_eq(name, kind))
			return str_part(s, start + head, (size_t)n - head);
		b.at = start + (size_t)n;
	}
	return STR_NONE;
}

static void read_heif(struct bytes *b, struct picture_size *size)
{
	struct str meta = str_from(box_of(b->s, STR("meta")), 4);
	struct str rest = box_of(box_of(meta, STR("iprp")), STR("ipco"));

	for (;;) {
		struct str ispe = box_of(rest, STR("ispe"));
		struct bytes p = {.s = ispe, .at = 0};
		uint32_t width;
		uint32_t height;

		if (!ispe.p)
			break;
		pass(&p, 4);
		width = take(&p, 4);
		height = take(&p, 4);
		if (p.is_short)
			break;
		if ((uint64_t)width * height >
		    (uint64_t)size->width * size->height) {
			size->width = width;
			size->height = height;
		}
		rest = str_from(rest, (size_t)(ispe.p + ispe.n - rest.p));
	}
}

/* AVIF or HEIC by the brands of the first box. */
static bool is_heif(struct str file, enum picture_kind *ret_kind)
{
	struct str brands = box_of(file, STR("ftyp"));

	if (!is_at(file, 4, STR("ftyp")) || brands.n < 8)
		return false;
	for (size_t at = 0; at + 4 <= brands.n; at += 4) {
		if (at == 4)
			continue; /* the minor version */
		*ret_kind = PICTURE_AVIF;
		if (is_at(brands, at, STR("avif")))
			return true;
		*ret_kind = PICTURE_HEIC;
		if (is_at(brands, at, STR("heic")) ||
		    is_at(brands, at, STR("heix")))
			return true;
	}
	return false;
}

static bool find_kind(struct str file, enum picture_kind *ret_kind)
{
	if (str_starts(file, STR("\xff\xd8\xff")))
		*ret_kind = PICTURE_JPEG;
	else if (str_starts(file, STR("\x89PNG\r\n\x1a\n")))
		*ret_kind = PICTURE_PNG;
	else if (str_starts(file, STR("GIF87a")) ||
		 str_starts(file, STR("GIF89a")))
		*ret_kind = PICTURE_GIF;
	else if (str_starts(file, STR("RIFF")) && is_at(file, 8, STR("WEBP")))
		*ret_kind = PICTURE_WEBP;
	else
		return is_heif(file, ret_kind);
	return true;
}

enum rc picture_sniff(struct str file, struct picture_size *ret_size)
{
	struct picture_size size = {0};
	struct bytes b = {.s = file};

	if (!find_kind(file, &size.kind))
		return RC_INVALID;
	switch (size.kind) {
	case PICTURE_JPEG:
		read_jpeg(&b, &size);
		break;
	case PICTURE_PNG:
		read_png(&b, &size);
		break;
	case PICTURE_GIF:
		read_gif(&b, &size);
		break;
	case PICTURE_WEBP:
		read_webp(&b, &size);
		break;
	case PICTURE_AVIF:
	case PICTURE_HEIC:
		read_heif(&b, &size);
		break;
	}
	if (b.is_short || size.width == 0 || size.height == 0)
		return RC_INVALID;
	if (size.width > PICTURE_SIDE_MAX || size.height > PICTURE_SIDE_MAX ||
	    (uint64_t)size.width * size.height > PICTURE_POINTS_MAX)
		return RC_LIMIT;
	*ret_size = size;
	return RC_OK;
}

const char *picture_kind_name(enum picture_kind kind)
{
	static const char *const names[] = {
	    "JPEG", "PNG", "WebP", "AVIF", "HEIC", "GIF"};

	must(kind < sizeof(names) / sizeof(*names));
	return names[kind];
}
