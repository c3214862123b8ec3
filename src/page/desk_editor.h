/* SPDX-License-Identifier: MIT
 *
 * What the editor's script says, handed to it by the page on which a story is
 * written (web/editor/README.md).
 */
#ifndef PAGE_DESK_EDITOR_H
#define PAGE_DESK_EDITOR_H

#include "base/buf.h"

/* Appends a script element of JSON, which nothing runs, with each message of
 * desk_words_editor.inc by its name without "EDITOR_", in the language of
 * COLUMN (desk_words.h). */
void desk_editor_words(struct buf *b, unsigned column);

#endif
