/* SPDX-License-Identifier: MIT
 *
 * The screens of settings, health and the first steps; see desk.h.
 */
#ifndef PAGE_DESK_SETTINGS_H
#define PAGE_DESK_SETTINGS_H

#include "page/view_desk_settings.h"

struct buf;

void desk_paper(struct buf *b, const struct view_desk *desk,
    const struct view_desk_paper *view);
void desk_sections(struct buf *b, const struct view_desk *desk,
    const struct view_desk_sections *view);
void desk_people(struct buf *b, const struct view_desk *desk,
    const struct view_desk_people *view);
void desk_pages(struct buf *b, const struct view_desk *desk,
    const struct view_desk_pages *view);
void desk_page(struct buf *b, const struct view_desk *desk,
    const struct view_desk_page *view);
void desk_health(struct buf *b, const struct view_desk *desk,
    const struct view_desk_health *view);
/* "12.3 MB", as plain text. */
void desk_bytes(struct buf *b, uint64_t n);
/* "Readers’ pages 2", as plain text. */
void desk_process_name(
    struct buf *b, unsigned lang, enum desk_process kind, unsigned number);
void desk_steps(struct buf *b, const struct view_desk *desk,
    const struct view_desk_steps *view);

#endif
