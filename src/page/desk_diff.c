/* SPDX-License-Identifier: MIT
 *
 * Marked texts; see desk_diff.h.
 */
#include "page/desk_diff.h"

#include "page/html.h"

static void put_side(struct buf *b, const struct word_row *row, bool is_new)
{
	enum word_fate other = is_new ? WORD_WENT : WORD_CAME;

	for (size_t i = 0; i < row->n; i++) {
		const struct word_piece *piece = &row->v[i];

		if (piece->fate == other)
			continue;
		if (piece->fate == WORD_STAYED) {
			html_text(b, piece->text);
			continue;
		}
		html_raw(b, is_new ? HTML("<ins>") : HTML("<del>"));
		html_text(b, piece->text);
		html_raw(b, is_new ? HTML("</ins>") : HTML("</del>"));
	}
}

void diff_put_old(
    struct buf *b, const struct word_diff *diff, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		put_side(b, &diff->rows[i], false);
}

void diff_put_new(
    struct buf *b, const struct word_diff *diff, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		put_side(b, &diff->rows[i], true);
}
