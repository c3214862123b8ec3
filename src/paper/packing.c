/* SPDX-License-Identifier: MIT
 *
 * Lists in a column; see packing.h.
 */
#include "paper/packing.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum { RECORD = 0x1E, FIELD = 0x1F };

void packing_field(struct buf *b, struct str value)
{
	size_t from = b->n;

	buf_add(b, value);
	buf_char(b, FIELD);
	if (buf_rc(b) != RC_OK)
		return;
	for (size_t i = from; i + 1 < b->n; i++)
		if (b->p[i] == RECORD || b->p[i] == FIELD)
			b->p[i] = ' ';
}

void packing_record(struct buf *b)
{
	/* The mark behind the last field is not needed before a record's. */
	if (b->n > 0 && b->p[b->n - 1] == FIELD)
		buf_cut(b, b->n - 1);
	buf_char(b, RECORD);
}

bool packing_take(struct str *packed, struct str *ret_record)
{
	if (packed->n == 0)
		return false;
	*ret_record = str_cut(packed, RECORD);
	return true;
}

struct str packing_take_field(struct str *record)
{
	return record->p ? str_cut(record, FIELD) : STR_NONE;
}

size_t packing_count(struct str packed)
{
	size_t n = 0;

	for (size_t i = 0; i < packed.n; i++)
		n += packed.p[i] == RECORD;
	/* We end every record; whoever wrote this column may not have. */
	return n + (packed.n > 0 && packed.p[packed.n - 1] != RECORD);
}

void packing_id(struct buf *b, int64_t id)
{
	if (b->n > 0)
		buf_char(b, ' ');
	buf_i64(b, id);
}

bool packing_take_id(struct str *ids, int64_t *ret_id)
{
	if (ids->n == 0)
		return false;
	return str_i64(str_cut(ids, ' '), ret_id) == RC_OK;
}

void packing_list(struct buf *b, const struct str_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct str item = str_trim(list->v[i]);

		if (item.n == 0)
			continue;
		packing_field(b, item);
		packing_record(b);
	}
}

enum rc packing_to_list(
    struct arena *a, struct str packed, struct str_list *ret_list)
{
	struct str_list list = {0};
	struct str record;

	list.v = ARENA_ARRAY(a, struct str, packing_count(packed));
	if (!list.v)
		return RC_NO_MEMORY;
	while (packing_take(&packed, &record))
		list.v[list.n++] = packing_take_field(&record);
	*ret_list = list;
	return RC_OK;
}

void packing_picture(struct buf *b, const struct manuscript_picture *picture)
{
	if (picture->url.n == 0)
		return;
	packing_field(b, picture->url);
	packing_field(b, picture->alt);
	packing_field(b, picture->caption);
	packing_field(b, picture->credit);
	packing_field(b, picture->rights);
	packing_record(b);
}

struct manuscript_picture packing_to_picture(struct str packed)
{
	struct manuscript_picture picture = {0};
	struct str record;

	if (!packing_take(&packed, &record))
		return picture;
	picture.url = packing_take_field(&record);
	picture.alt = packing_take_field(&record);
	picture.caption = packing_take_field(&record);
	picture.credit = packing_take_field(&record);
	picture.rights = packing_take_field(&record);
	return picture;
}

void packing_corrections(
    struct buf *b, const struct manuscript_correction *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		packing_civil(b, v[i].date);
		buf_char(b, FIELD);
		packing_field(b, v[i].text);
		packing_record(b);
	}
}

enum rc packing_to_corrections(struct arena *a, struct str packed,
    struct manuscript_correction **ret_v, size_t *ret_n)
{
	size_t n = 0;
	struct manuscript_correction *v =
	    ARENA_ARRAY(a, struct manuscript_correction, packing_count(packed));
	struct str record;

	if (!v)
		return RC_NO_MEMORY;
	while (packing_take(&packed, &record)) {
		/* One without a date keeps the zeros. */
		if (civil_parse(packing_take_field(&record), &v[n].date) !=
		    RC_OK)
			v[n].date = (struct civil){0};
		v[n++].text = packing_take_field(&record);
	}
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

void packing_translations(
    struct buf *b, const struct manuscript_translation *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		packing_field(b, v[i].lang);
		packing_field(b, v[i].url);
		packing_record(b);
	}
}

enum rc packing_to_translations(struct arena *a, struct str packed,
    struct manuscript_translation **ret_v, size_t *ret_n)
{
	size_t n = 0;
	struct manuscript_translation *v = ARENA_ARRAY(
	    a, struct manuscript_translation, packing_count(packed));
	struct str record;

	if (!v)
		return RC_NO_MEMORY;
	while (packing_take(&packed, &record)) {
		v[n].lang = packing_take_field(&record);
		v[n++].url = packing_take_field(&record);
	}
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

void packing_civil(struct buf *b, struct civil c)
{
	if (c.year == 0)
		return;
	if (c.has_time && c.has_offset) {
		civil_rfc3339(b, c);
		return;
	}
	buf_u64_wide(b, (uint64_t)c.year, 4);
	buf_char(b, '-');
	buf_u64_wide(b, c.month, 2);
	buf_char(b, '-');
	buf_u64_wide(b, c.day, 2);
	if (!c.has_time)
		return;
	buf_char(b, 'T');
	buf_u64_wide(b, c.hour, 2);
	buf_char(b, ':');
	buf_u64_wide(b, c.minute, 2);
	buf_char(b, ':');
	buf_u64_wide(b, c.second, 2);
}
