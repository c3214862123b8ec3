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

#include "base/cursor.h"
#include "base/must.h"

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
static uint32_t next_segment(struct cursor *c, size_t *ret_n)
{
	uint32_t marker;
	uint32_t n;

	if (cursor_u8(c) != 0xff)
		return 0;
	do
		marker = cursor_u8(c);
	while (marker == 0xff);
	/* The end, or a marker without a segment. */
	if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9))
		return 0;
	n = cursor_be16(c);
	if (n < 2 || c->bad)
		return 0;
	*ret_n = n - 2;
	return marker;
}

enum { START_OF_SCAN = 0xda };

static void read_jpeg(struct cursor *c, struct picture_size *size)
{
	uint32_t marker;
	size_t n;

	cursor_pass(c, 2);
	while ((marker = next_segment(c, &n)) && marker != START_OF_SCAN) {
		if (is_frame(marker)) {
			cursor_pass(c, 1);
			size->height = cursor_be16(c);
			size->width = cursor_be16(c);
			return;
		}
		cursor_pass(c, n);
	}
	c->bad = true;
}

/* Orientation in EXIF, which is a TIFF file: its first directory; 0: it says
 * none. */
static uint32_t exif_orientation(struct str tiff)
{
	enum { ORIENTATION = 0x0112, SHORT = 3, DIRECTORY_AT = 4 };
	bool is_little = str_starts(tiff, STR("II*"));
	struct cursor c = cursor_of(tiff);
	uint32_t n;

	cursor_pass(&c, DIRECTORY_AT);
	n = is_little ? cursor_le32(&c) : cursor_be32(&c);
	c = cursor_of(tiff);
	cursor_pass(&c, n);
	n = is_little ? cursor_le16(&c) : cursor_be16(&c);
	for (uint32_t i = 0; i < n && !c.bad; i++) {
		uint32_t tag = is_little ? cursor_le16(&c) : cursor_be16(&c);
		uint32_t type = is_little ? cursor_le16(&c) : cursor_be16(&c);
		uint32_t value;

		cursor_pass(&c, 4);
		value = is_little ? cursor_le16(&c) : cursor_be16(&c);
		cursor_pass(&c, 2);
		if (tag == ORIENTATION && type == SHORT && !c.bad)
			return value;
	}
	return 0;
}

bool picture_is_on_side(struct str file, enum picture_kind kind)
{
	static const struct str exif = {"Exif\0\0", 6};
	enum { APP1 = 0xe1, QUARTER_FIRST = 5, QUARTER_LAST = 8 };
	struct cursor c = cursor_of(file);
	uint32_t marker;
	size_t n;

	if (kind != PICTURE_JPEG)
		return false;
	cursor_pass(&c, 2);
	while ((marker = next_segment(&c, &n)) && marker != START_OF_SCAN) {
		struct str body = cursor_take(&c, n);

		if (marker == APP1 && str_starts(body, exif)) {
			uint32_t turn =
			    exif_orientation(str_from(body, exif.n));

			return turn >= QUARTER_FIRST && turn <= QUARTER_LAST;
		}
	}
	return false;
}

/* All chunks are there, up to the last one. */
static bool png_is_whole(struct str file)
{
	enum { SIGNATURE = 8, NAME_AND_SUM = 8 };
	struct cursor c = cursor_of(file);

	cursor_pass(&c, SIGNATURE);
	while (!c.bad) {
		size_t n = cursor_be32(&c);
		bool is_last = str_starts(cursor_rest(&c), STR("IEND"));

		cursor_pass(&c, n + NAME_AND_SUM);
		if (is_last)
			return !c.bad;
	}
	return false;
}

/* Its container is as long as it says. */
static bool webp_is_whole(struct str file)
{
	struct cursor c = cursor_of(file);

	cursor_pass(&c, 4);
	cursor_pass(&c, cursor_le32(&c));
	return !c.bad;
}

static void pass_gif_blocks(struct cursor *c)
{
	uint32_t n;

	while ((n = cursor_u8(c)) > 0)
		cursor_pass(c, n);
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
	struct cursor c = cursor_of(file);
	uint32_t kind;

	cursor_pass(&c, HEAD);
	cursor_pass(&c, gif_colours(cursor_u8(&c)) + 2);
	while ((kind = cursor_u8(&c)) == EXTENSION) {
		cursor_pass(&c, 1);
		pass_gif_blocks(&c);
	}
	if (kind != PICTURE)
		return false;
	cursor_pass(&c, 8);
	cursor_pass(&c, gif_colours(cursor_u8(&c)) + 1);
	pass_gif_blocks(&c);
	return !c.bad;
}

static bool jpeg_is_whole(struct str file)
{
	struct cursor c = cursor_of(file);
	struct str scans;
	uint32_t marker;
	size_t n;

	cursor_pass(&c, 2);
	while ((marker = next_segment(&c, &n)) && marker != START_OF_SCAN)
		cursor_pass(&c, n);
	scans = cursor_rest(&c);
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

static size_t count_gif(struct str file)
{
	enum { HEAD = 10, EXTENSION = 0x21, PICTURE = 0x2c };
	struct cursor c = cursor_of(file);
	size_t n = 0;

	cursor_pass(&c, HEAD);
	cursor_pass(&c, gif_colours(cursor_u8(&c)) + 2);
	while (!c.bad && n <= PICTURE_FRAMES_MAX) {
		uint32_t kind = cursor_u8(&c);

		if (kind == PICTURE) {
			n++;
			cursor_pass(&c, 8);
			cursor_pass(&c, gif_colours(cursor_u8(&c)));
		} else if (kind != EXTENSION) {
			break;
		}
		cursor_pass(&c, 1);
		pass_gif_blocks(&c);
	}
	return n;
}

static size_t count_png(struct str file)
{
	enum { SIGNATURE = 8, SUM = 4 };
	struct cursor c = cursor_of(file);
	size_t said = 0, n = 0;

	cursor_pass(&c, SIGNATURE);
	while (!c.bad && cursor_left(&c) > 0 && n <= PICTURE_FRAMES_MAX) {
		size_t length = cursor_be32(&c);
		struct str name = cursor_take(&c, 4);
		struct cursor body = c;

		if (str_eq(name, STR("acTL")))
			said = cursor_be32(&body);
		n += str_eq(name, STR("fcTL"));
		cursor_pass(&c, length + SUM);
	}
	return said > n ? said : n;
}

static size_t count_webp(struct str file)
{
	struct cursor c = cursor_of(file);
	size_t n = 0;

	cursor_pass(&c, 12);
	while (!c.bad && cursor_left(&c) > 0 && n <= PICTURE_FRAMES_MAX) {
		bool is_frame = str_eq(cursor_take(&c, 4), STR("ANMF"));
		size_t length = cursor_le32(&c);

		n += is_frame;
		cursor_pass(&c, length + (length & 1));
	}
	return n;
}

static void read_png(struct cursor *c, struct picture_size *size)
{
	cursor_pass(c, 8);
	if (cursor_be32(c) != 13 || !str_starts(cursor_rest(c), STR("IHDR")))
		c->bad = true;
	cursor_pass(c, 4);
	size->width = cursor_be32(c);
	size->height = cursor_be32(c);
}

static void read_gif(struct cursor *c, struct picture_size *size)
{
	cursor_pass(c, 6);
	size->width = cursor_le16(c);
	size->height = cursor_le16(c);
}

static void read_webp(struct cursor *c, struct picture_size *size)
{
	struct str kind = str_part(cursor_rest(c), 12, 4);
	uint32_t bits;

	cursor_pass(c, 20);
	if (str_eq(kind, STR("VP8X"))) {
		cursor_pass(c, 4);
		size->width = cursor_le24(c) + 1;
		size->height = cursor_le24(c) + 1;
	} else if (str_eq(kind, STR("VP8L"))) {
		if (cursor_u8(c) != 0x2f)
			c->bad = true;
		bits = cursor_le32(c);
		size->width = (bits & 0x3fff) + 1;
		size->height = (bits >> 14 & 0x3fff) + 1;
	} else if (str_eq(kind, STR("VP8 "))) {
		cursor_pass(c, 3);
		if (cursor_be24(c) != 0x9d012a)
			c->bad = true;
		size->width = cursor_le16(c) & 0x3fff;
		size->height = cursor_le16(c) & 0x3fff;
	} else {
		c->bad = true;
	}
}

/* The content of the first box KIND in S; p NULL if there is none. */
static struct str box_of(struct str s, struct str kind)
{
	struct cursor c = cursor_of(s);

	while (cursor_left(&c) >= 8) {
		struct str box = cursor_rest(&c);
		size_t head = 8;
		uint64_t n = cursor_be32(&c);
		struct str name = cursor_take(&c, 4);

		if (n == 1) {
			n = cursor_be64(&c);
			head = 16;
		} else if (n == 0) {
			n = box.n;
		}
		if (c.bad || n < head || n > box.n)
			return STR_NONE;
		if (str_eq(name, kind))
			return str_part(box, head, (size_t)n - head);
		c = cursor_of(str_from(box, (size_t)n));
	}
	return STR_NONE;
}

static void read_heif(struct str file, struct picture_size *size)
{
	struct str meta = str_from(box_of(file, STR("meta")), 4);
	struct str rest = box_of(box_of(meta, STR("iprp")), STR("ipco"));

	for (;;) {
		struct str ispe = box_of(rest, STR("ispe"));
		struct cursor c = cursor_of(ispe);
		uint32_t width;
		uint32_t height;

		if (!ispe.p)
			break;
		cursor_pass(&c, 4);
		width = cursor_be32(&c);
		height = cursor_be32(&c);
		if (c.bad)
			break;
		if ((uint64_t)width * height >
		    (uint64_t)size->width * size->height) {
			size->width = width;
			size->height = height;
		}
		rest = str_from(rest, (size_t)(ispe.p + ispe.n - rest.p));
	}
}

/* The number that stands at AT in BOX; 0: it is not there. */
static size_t number_at(struct str box, size_t at)
{
	struct cursor c = cursor_of(box);
	size_t n;

	cursor_pass(&c, at);
	n = cursor_be32(&c);
	return c.bad ? 0 : n;
}

/* Frames of a sequence, or items of which a still one is made, whichever are
 * more. */
static size_t count_heif(struct str file)
{
	struct str meta = str_from(box_of(file, STR("meta")), 4);
	struct str items = box_of(meta, STR("iinf"));
	struct str rest = box_of(file, STR("moov"));
	size_t most = 0;
	unsigned tracks = 0;

	if (items.n > 0 && items.p[0] != 0)
		most = number_at(items, 4);
	for (; tracks <= PICTURE_FRAMES_MAX; tracks++) {
		struct str track = box_of(rest, STR("trak"));
		struct str media = box_of(track, STR("mdia"));
		struct str table =
		    box_of(box_of(media, STR("minf")), STR("stbl"));
		size_t n = number_at(box_of(table, STR("stsz")), 8);

		if (!track.p)
			break;
		most = n > most ? n : most;
		rest = str_from(rest, (size_t)(track.p + track.n - rest.p));
	}
	return tracks > most ? tracks : most;
}

bool picture_is_brief(struct str file, enum picture_kind kind)
{
	switch (kind) {
	case PICTURE_PNG:
		return count_png(file) <= PICTURE_FRAMES_MAX;
	case PICTURE_WEBP:
		return count_webp(file) <= PICTURE_FRAMES_MAX;
	case PICTURE_GIF:
		return count_gif(file) <= PICTURE_FRAMES_MAX;
	case PICTURE_AVIF:
	case PICTURE_HEIC:
		return count_heif(file) <= PICTURE_FRAMES_MAX;
	case PICTURE_JPEG:
		break;
	}
	return true;
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
	struct cursor c = cursor_of(file);

	if (!find_kind(file, &size.kind))
		return RC_INVALID;
	switch (size.kind) {
	case PICTURE_JPEG:
		read_jpeg(&c, &size);
		break;
	case PICTURE_PNG:
		read_png(&c, &size);
		break;
	case PICTURE_GIF:
		read_gif(&c, &size);
		break;
	case PICTURE_WEBP:
		read_webp(&c, &size);
		break;
	case PICTURE_AVIF:
	case PICTURE_HEIC:
		read_heif(file, &size);
		break;
	}
	if (c.bad || size.width == 0 || size.height == 0)
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
