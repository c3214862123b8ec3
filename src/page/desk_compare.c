/* SPDX-License-Identifier: MIT
 *
 * Two revisions of a story side by side; see desk_history.h. Paragraphs that
 * stand beside each other belong to each other; long stretches in which
 * nothing differs are left out.
 */
#include "page/desk_history.h"

#include "base/arena.h"
#include "page/desk_diff.h"
#include "page/desk_write.h"
#include "page/screen.h"

enum { DIFF_ARENA = 64 * 1024 * 1024, SAME_MAX = 600 /* bytes */ };

struct comparing {
	const struct screen *s;
	const struct view_comparison *view;
	struct arena *a;
	size_t went, came;
	bool has_any;
};

static size_t row_size(const struct word_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++)
		n += row->v[i].text.n;
	return n;
}

static void put_row(
    const struct comparing *c, const struct word_diff *diff, size_t at)
{
	struct buf *b = c->s->b;

	if (diff->rows[at].is_same && row_size(&diff->rows[at]) > SAME_MAX) {
		html_lit(b, "<tr><td colspan=\"2\" class=\"same quiet\">");
		screen_say(c->s, MSG_COMPARE_SAME);
		html_lit(b, "</td></tr>\n");
		return;
	}
	html_lit(b, "<tr><td dir=\"auto\">");
	diff_put_old(b, diff, at, at + 1);
	html_lit(b, "</td><td dir=\"auto\">");
	diff_put_new(b, diff, at, at + 1);
	html_lit(b, "</td></tr>\n");
}

static void put_field(struct comparing *c, enum write_field field)
{
	struct str was = c->view->was.v[field], is = c->view->is.v[field];
	struct word_diff diff;
	struct buf *b = c->s->b;

	if (str_eq(was, is))
		return;
	c->has_any = true;
	html_lit(b, "<tbody>\n<tr><th colspan=\"2\" scope=\"rowgroup\">");
	screen_say(c->s, write_field_label(field));
	html_lit(b, "</th></tr>\n");
	if (word_diff(c->a, was, is, &diff) == RC_OK) {
		for (size_t i = 0; i < diff.n; i++)
			put_row(c, &diff, i);
		c->went += diff.went;
		c->came += diff.came;
	} else {
		html_lit(b, "<tr><td>");
		html_text(b, was);
		html_lit(b, "</td><td>");
		html_text(b, is);
		html_lit(b, "</td></tr>\n");
	}
	html_lit(b, "</tbody>\n");
}

static void put_head(const struct comparing *c, const struct view_revision *r)
{
	html_lit(c->s->b, "<th scope=\"col\">");
	screen_time(c->s, r->saved);
	html_lit(c->s->b, " ");
	html_text(c->s->b, r->who);
	if (r->name.n) {
		html_lit(c->s->b, " <strong dir=\"auto\">");
		html_text(c->s->b, r->name);
		html_lit(c->s->b, "</strong>");
	}
	if (r->id == c->view->newest) {
		html_lit(c->s->b, " ");
		screen_status(c->s, "good", MSG_REVISION_NEWEST);
	}
	if (r->is_shown) {
		html_lit(c->s->b, " ");
		screen_status(c->s, "good", MSG_REVISION_SHOWN);
	}
	html_lit(c->s->b, "</th>");
}

static void put_restore(const struct comparing *c)
{
	struct buf *b = c->s->b;

	if (!c->view->can_write || c->view->old.id == c->view->newest)
		return;
	html_lit(b, "<form method=\"post\" action=\"/stories/");
	buf_i64(b, c->view->id);
	html_lit(b, "/restore\">\n<input type=\"hidden\" name=\"revision\"");
	html_attr_u64(b, "value", (uint64_t)c->view->old.id);
	html_lit(b, ">\n<input type=\"hidden\" name=\"base\"");
	html_attr_u64(b, "value", (uint64_t)c->view->newest);
	html_lit(b, ">\n");
	screen_button(c->s, MSG_COMPARE_RESTORE, false);
	html_lit(b, "</form>\n");
}

static void put_sum(const struct comparing *c)
{
	html_lit(c->s->b, "<p class=\"quiet\">");
	if (!c->has_any) {
		screen_say(c->s, MSG_COMPARE_EQUAL);
	} else {
		screen_say_count(c->s, MSG_COMPARE_WENT, c->went);
		html_lit(c->s->b, " \xC2\xB7 ");
		screen_say_count(c->s, MSG_COMPARE_CAME, c->came);
	}
	html_lit(c->s->b, "</p>\n");
}

void desk_comparison(struct buf *b, const struct view_desk *desk,
    const struct view_comparison *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_COMPARE_TITLE));
	struct comparing c = {
	    .s = &s, .view = view, .a = arena_new(DIFF_ARENA)};

	html_lit(b, "<p class=\"back\"><a href=\"/stories/");
	buf_i64(b, view->id);
	html_lit(b, "/revisions\" dir=\"auto\">");
	html_text(b, view->headline);
	html_lit(b, "</a></p>\n");
	screen_wide(&s, MSG_COMPARE_TITLE);
	html_lit(b, "\n<table class=\"compare\">\n<thead><tr>");
	put_head(&c, &view->old);
	put_head(&c, &view->news);
	html_lit(b, "</tr></thead>\n");
	for (int i = 0; i < WRITE_FIELDS; i++)
		put_field(&c, (enum write_field)i);
	html_lit(b, "</table>\n");
	screen_wide_end(&s);
	put_sum(&c);
	put_restore(&c);
	screen_end(&s);
	arena_free(c.a);
}
