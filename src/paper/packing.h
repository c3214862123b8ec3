/* SPDX-License-Identifier: MIT
 *
 * Small lists inside one column: records of fields, the records parted by
 * U+001E and their fields by U+001F, the characters that ASCII made for this.
 * In a field they, which no newspaper prints, become spaces.
 */
#ifndef PAPER_PACKING_H
#define PAPER_PACKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "text/manuscript.h"

struct arena;
struct buf;

/* Appends one field; packing_record begins the next record. */
void packing_field(struct buf *b, struct str value);
void packing_record(struct buf *b);
/* Takes the next record from *PACKED; false if there is none. */
bool packing_take(struct str *packed, struct str *ret_record);
/* Takes the next field of a record; empty when it has no more. */
struct str packing_take_field(struct str *record);
/* How many records packing_take will give. */
size_t packing_count(struct str packed);

/* Lists of ids: "3 17 4". Takes the next one; false if there is none. */
void packing_id(struct buf *b, int64_t id);
bool packing_take_id(struct str *ids, int64_t *ret_id);

/* What manuscripts have in lists. Unpacked texts are views of PACKED.
 * RC_NO_MEMORY: the arena is spent. */
void packing_list(struct buf *b, const struct str_list *list);
MUST_USE enum rc packing_to_list(
    struct arena *a, struct str packed, struct str_list *ret_list);
void packing_picture(struct buf *b, const struct manuscript_picture *picture);
struct manuscript_picture packing_to_picture(struct str packed);
void packing_corrections(
    struct buf *b, const struct manuscript_correction *v, size_t n);
MUST_USE enum rc packing_to_corrections(struct arena *a, struct str packed,
    struct manuscript_correction **ret_v, size_t *ret_n);
void packing_translations(
    struct buf *b, const struct manuscript_translation *v, size_t n);
MUST_USE enum rc packing_to_translations(struct arena *a, struct str packed,
    struct manuscript_translation **ret_v, size_t *ret_n);

/* A date as it was written: without a time or an offset if it had none, so
 * that civil_parse gives it back. */
void packing_civil(struct buf *b, struct civil c);

#endif
