/* SPDX-License-Identifier: MIT
 *
 * The screen on which a story is written. It is a form that works by itself;
 * the editor's script adds to it what web/editor/README.md says.
 */
#ifndef PAGE_DESK_WRITE_H
#define PAGE_DESK_WRITE_H

#include "page/view_desk.h"
#include "page/view_desk_write.h"

struct buf;
struct screen;

void desk_write(
    struct buf *b, const struct view_desk *desk, const struct view_write *view);
void desk_conflict(struct buf *b, const struct view_desk *desk,
    const struct view_conflict *view);
/* Notes in the margin of story ID, with the forms to answer, resolve and add
 * one; REVISION is that of the text they stand beside. */
void desk_remarks(const struct screen *s, int64_t id, int64_t revision,
    const struct view_remarks *view);

/* How long the text is and is wanted, with a field for that. */
void desk_length(
    const struct screen *s, int64_t id, const struct view_length *length);

/* The list of proof marks, for people, and, for the script, the same as JSON:
 * [{"kind", ...}], as web/editor/README.md says, in the language of COLUMN. */
void desk_marks(const struct screen *s, const struct view_marks *marks);
/* Marks that somebody let stand; with buttons that take it back, in a form. */
void desk_stands(
    const struct screen *s, const struct view_stands *stands, bool has_buttons);
void desk_marks_json(
    struct buf *b, unsigned column, const struct view_marks *marks);

/* The name of a field in forms; lives for ever. */
struct str write_field_name(enum write_field field);
/* What it is called. */
enum msg write_field_label(enum write_field field);

#endif
