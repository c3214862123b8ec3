/* SPDX-License-Identifier: MIT
 *
 * Two have changed the same words: both texts side by side, one's own to be
 * made into what both want; see desk_write.h.
 */
#include "page/desk_write.h"

#include "base/arena.h"
#include "page/desk_diff.h"
#include "page/screen.h"

enum { DIFF_ARENA = 64 * 1024 * 1024 };

struct conflict {
	const struct screen *s;
	const struct view_conflict *view;
	struct arena *a;
};

static void put_mine(const struct conflict *c, enum write_field field)
{
	struct buf *b = c->s->b;

	html_lit(b, "<div class=\"field\">\n<label for=\"f-");
	html_text(b, write_field_name(field));
	html_lit(b, "\">");
	screen_say(c->s, write_field_label(field));
	html_lit(b, ": ");
	screen_say(c->s, MSG_CONFLICT_YOURS);
	html_lit(b, "</label>\n<textarea dir=\"auto\" id=\"f-");
	html_text(b, write_field_name(field));
	html_lit(b, "\"");
	html_attr(b, "name", write_field_name(field));
	html_attr_u64(b, "rows", field == WRITE_BODY ? 24 : 3);
	html_lit(b, ">\n");
	html_text(b, c->view->merged.v[field]);
	html_lit(b, "</textarea>\n</div>\n");
}

/* What they wrote, with what is not in one's own marked. */
static void put_theirs(const struct conflict *c, enum write_field field)
{
	struct str mine = c->view->merged.v[field];
	struct str theirs = c->view->theirs.v[field];
	struct word_diff diff;
	struct buf *b = c->s->b;

	html_lit(b, "<section>\n<h2>");
	screen_say(c->s, write_field_label(field));
	html_lit(b, ": ");
	screen_say_with(c->s, MSG_CONFLICT_OTHER, &c->view->by, 1);
	html_lit(b, "</h2>\n<div class=\"version\" dir=\"auto\" tabindex=\"0\" "
		    "role=\"region\"");
	html_attr(b, "aria-label", c->view->by);
	html_lit(b, ">");
	if (word_diff(c->a, mine, theirs, &diff) == RC_OK)
		diff_put_new(b, &diff, 0, diff.n);
	else
		html_text(b, theirs);
	html_lit(b, "</div>\n</section>\n");
}

static void put_fields(const struct conflict *c)
{
	struct buf *b = c->s->b;

	for (int i = 0; i < WRITE_FIELDS; i++) {
		enum write_field field = (enum write_field)i;

		if (c->view->is_open[i]) {
			html_lit(b, "<div class=\"both\">\n");
			put_mine(c, field);
			put_theirs(c, field);
			html_lit(b, "</div>\n");
			continue;
		}
		html_lit(b, "<textarea hidden");
		html_attr(b, "name", write_field_name(field));
		html_lit(b, ">\n");
		html_text(b, c->view->merged.v[i]);
		html_lit(b, "</textarea>\n");
	}
}

void desk_conflict(struct buf *b, const struct view_desk *desk,
    const struct view_conflict *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_CONFLICT));
	struct conflict c = {&s, view, arena_new(DIFF_ARENA)};

	html_lit(b, "<p>");
	screen_say_with(&s, MSG_CONFLICT_HOW, &view->by, 1);
	html_lit(b, " ");
	screen_time(&s, view->saved);
	html_lit(b, "</p>\n<form class=\"solve\" method=\"post\" "
		    "action=\"/stories/");
	buf_i64(b, view->id);
	html_lit(b, "/save\">\n<input type=\"hidden\" name=\"base\"");
	html_attr_u64(b, "value", (uint64_t)view->revision);
	html_lit(b, ">\n");
	screen_hidden(&s, "kind", STR("merge"));
	screen_hidden(&s, "tab", view->tab);
	screen_hidden(&s, "account", view->account);
	put_fields(&c);
	html_lit(b, "<p class=\"acts\">");
	screen_button(&s, MSG_CONFLICT_SAVE, true);
	html_lit(b, "<a href=\"/stories/");
	buf_i64(b, view->id);
	html_lit(b, "\">");
	screen_say(&s, MSG_CONFLICT_LEAVE);
	html_lit(b, "</a></p>\n</form>\n");
	screen_end(&s);
	arena_free(c.a);
}
