/* SPDX-License-Identifier: MIT
 *
 * What intake did, set aside, found and doubts, as lines for a person.
 */
#include "text/intake.h"

#include "base/buf.h"

static void put_place(struct buf *b, struct str file, uint32_t line)
{
	buf_add(b, file);
	if (line)
		buf_printf(b, ":%u", line);
	buf_lit(b, ": ");
}

static void put_notes(struct buf *b, const char *title,
    const struct intake_note *v, size_t n, struct str file)
{
	if (n > 0)
		buf_printf(b, "%s:\n", title);
	for (size_t i = 0; i < n; i++) {
		put_place(b, file, v[i].line);
		buf_add(b, v[i].text);
		buf_char(b, '\n');
	}
}

void intake_report(struct buf *b, const struct intake *in, struct str file)
{
	put_notes(b, "Done", in->actions, in->actions_n, file);
	if (in->aside_n > 0)
		buf_lit(b, "Set aside:\n");
	for (size_t i = 0; i < in->aside_n; i++) {
		put_place(b, file, in->aside[i].line);
		buf_printf(b, "%s: %.*s\n", in->aside[i].what,
		    STR_ARG(in->aside[i].text));
	}
	if (in->quotations_n > 0)
		buf_lit(b, "Quotations:\n");
	for (size_t i = 0; i < in->quotations_n; i++) {
		put_place(b, file, in->quotations[i].line);
		buf_add(b, in->quotations[i].text);
		buf_char(b, '\n');
	}
	put_notes(b, "Doubtful", in->doubts, in->doubts_n, file);
}
