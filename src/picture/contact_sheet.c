/* SPDX-License-Identifier: MIT
 *
 * The darkroom's answer, written and read.
 */
#include "picture/contact_sheet.h"

#include "base/buf.h"
#include "base/cursor.h"
#include "base/must.h"

enum { TEXTS = 8, HAD_PLACE = 1, HAD_DEVICE = 2 };

static const struct str mark = STR_INIT("FPS1");

/* The texts in the order of the format. */
static void list_texts(struct picture_words *w, struct str *texts[TEXTS])
{
	texts[0] = &w->headline;
	texts[1] = &w->caption;
	texts[2] = &w->alt;
	texts[3] = &w->credit;
	texts[4] = &w->creator;
	texts[5] = &w->rights;
	texts[6] = &w->expires;
	texts[7] = &w->place;
}

/* --- writing --- */

static void put(struct buf *b, uint64_t n, unsigned bytes)
{
	while (bytes-- > 0)
		buf_char(b, (char)(unsigned char)(n >> (8 * bytes)));
}

void contact_sheet_write(struct buf *b, const struct contact_sheet *sheet)
{
	struct picture_words words = sheet->words;
	struct str *texts[TEXTS];

	must(sheet->n <= PICTURE_RENDITIONS_MAX);
	list_texts(&words, texts);
	buf_add(b, mark);
	put(b, sheet->size.width, 4);
	put(b, sheet->size.height, 4);
	put(b, sheet->size.kind, 1);
	put(b,
	    (words.has_place ? HAD_PLACE : 0u) |
		(words.has_device ? HAD_DEVICE : 0u),
	    1);
	for (size_t i = 0; i < TEXTS; i++) {
		must(texts[i]->n <= PICTURE_TEXT_MAX);
		put(b, texts[i]->n, 2);
		buf_add(b, *texts[i]);
	}
	put(b, sheet->n, 2);
	for (size_t i = 0; i < sheet->n; i++) {
		put(b, sheet->v[i].format, 1);
		put(b, sheet->v[i].shape, 1);
		put(b, sheet->v[i].width, 4);
		put(b, sheet->v[i].height, 4);
		put(b, sheet->v[i].bytes.n, 4);
	}
	for (size_t i = 0; i < sheet->n; i++)
		buf_add(b, sheet->v[i].bytes);
}

/* --- reading --- */

static bool is_side(uint32_t n)
{
	return n > 0 && n <= PICTURE_SIDE_MAX;
}

static bool read_head(struct cursor *c, struct picture_rendition *v)
{
	uint32_t format = cursor_u8(c);
	uint32_t shape = cursor_u8(c);

	v->width = cursor_be32(c);
	v->height = cursor_be32(c);
	v->bytes.n = cursor_be32(c);
	if (c->bad || format >= PICTURE_FORMATS || shape >= PICTURE_SHAPES ||
	    !is_side(v->width) || !is_side(v->height) || v->bytes.n == 0)
		return false;
	v->format = (enum picture_format)format;
	v->shape = (enum picture_shape)shape;
	return true;
}

/* It is of its format and size, as far as its own head tells. */
static bool is_as_said(const struct picture_rendition *v)
{
	static const enum picture_kind kinds[PICTURE_FORMATS] = {
	    PICTURE_JPEG, PICTURE_WEBP, PICTURE_AVIF};
	struct picture_size size;

	return picture_sniff(v->bytes, &size) == RC_OK &&
	       size.kind == kinds[v->format] && size.width == v->width &&
	       size.height == v->height;
}

static bool read_front(struct cursor *c, struct contact_sheet *sheet)
{
	struct str *texts[TEXTS];
	uint32_t kind;
	uint32_t flags;

	if (!str_eq(cursor_take(c, mark.n), mark))
		return false;
	sheet->size.width = cursor_be32(c);
	sheet->size.height = cursor_be32(c);
	kind = cursor_u8(c);
	flags = cursor_u8(c);
	if (!is_side(sheet->size.width) || !is_side(sheet->size.height) ||
	    kind > PICTURE_GIF || flags > (HAD_PLACE | HAD_DEVICE))
		return false;
	sheet->size.kind = (enum picture_kind)kind;
	sheet->words.has_place = flags & HAD_PLACE;
	sheet->words.has_device = flags & HAD_DEVICE;
	list_texts(&sheet->words, texts);
	for (size_t i = 0; i < TEXTS; i++) {
		*texts[i] = cursor_take(c, cursor_be16(c));
		if (!picture_is_text(*texts[i]))
			return false;
	}
	sheet->n = cursor_be16(c);
	return !c->bad && sheet->n <= PICTURE_RENDITIONS_MAX;
}

enum rc contact_sheet_read(struct str s, struct contact_sheet *ret_sheet)
{
	struct contact_sheet sheet = {0};
	struct cursor c = cursor_of(s);

	if (s.n > CONTACT_SHEET_MAX || !read_front(&c, &sheet))
		return RC_INVALID;
	for (size_t i = 0; i < sheet.n; i++)
		if (!read_head(&c, &sheet.v[i]))
			return RC_INVALID;
	for (size_t i = 0; i < sheet.n; i++) {
		sheet.v[i].bytes = cursor_take(&c, sheet.v[i].bytes.n);
		if (c.bad || !is_as_said(&sheet.v[i]))
			return RC_INVALID;
	}
	if (cursor_left(&c) > 0)
		return RC_INVALID;
	*ret_sheet = sheet;
	return RC_OK;
}

struct str picture_format_ending(enum picture_format format)
{
	static const struct str endings[PICTURE_FORMATS] = {
	    STR_INIT("jpg"), STR_INIT("webp"), STR_INIT("avif")};

	must(format < PICTURE_FORMATS);
	return endings[format];
}
