/* SPDX-License-Identifier: MIT
 *
 * Addresses that lead elsewhere by hand.
 */
#include "page/desk_front.h"
#include "page/screen.h"

static void put_undo(const struct screen *s, const struct view_redirects *view)
{
	if (!view->undo_from.n)
		return;
	screen_form(s, STR("/redirects"));
	screen_hidden(s, "from", view->undo_from);
	screen_hidden(s, "to", view->undo_to);
	screen_button(s, MSG_UNDO, false);
	screen_form_end(s);
}

static void put_form(const struct screen *s, const struct view_redirects *view)
{
	struct screen_field from = {.label = MSG_REDIRECT_FROM,
	    .name = HTML("from"),
	    .value = view->from,
	    .has_hint = true,
	    .hint = MSG_REDIRECT_FROM_HINT,
	    .is_required = true,
	    .has_fault = view->from_fault != MSG_COUNT,
	    .fault = view->from_fault,
	    .more = HTML(" dir=\"ltr\" spellcheck=\"false\"")};
	struct screen_field to = {.label = MSG_REDIRECT_TO,
	    .name = HTML("to"),
	    .value = view->to,
	    .has_hint = true,
	    .hint = MSG_REDIRECT_TO_HINT,
	    .is_required = true,
	    .has_fault = view->to_fault != MSG_COUNT,
	    .fault = view->to_fault,
	    .has_theirs = view->theirs.is_there,
	    .theirs = view->theirs_to,
	    .more = HTML(" dir=\"ltr\" spellcheck=\"false\"")};

	screen_theirs(s, &view->theirs);
	screen_form(s, STR("/redirects"));
	if (view->theirs.is_there)
		screen_hidden(s, "seen", view->seen);
	screen_field(s, &from);
	screen_field(s, &to);
	html_lit(s->b, "<p class=\"acts\">");
	screen_button(s, MSG_REDIRECT_BUTTON, true);
	html_lit(s->b, "</p>\n");
	screen_form_end(s);
}

/* What became of a file. */
static void put_outcome(
    const struct screen *s, const struct view_redirects *view)
{
	struct buf *b = s->b;

	if (view->refused == 0)
		return;
	html_lit(b, "<div class=\"note\" role=\"alert\">\n<p>");
	screen_say_count(s, MSG_REDIRECT_FILE_TAKEN, view->taken);
	html_lit(b, " <strong>");
	screen_say_count(s, MSG_REDIRECT_FILE_REFUSED, view->refused);
	html_lit(b, "</strong></p>\n<ul class=\"list\">\n");
	for (size_t i = 0; i < view->faults_n; i++) {
		const struct view_redirect_fault *fault = &view->faults[i];

		html_lit(b, "<li><strong>");
		screen_say_count(s, MSG_REDIRECT_FILE_LINE, fault->line);
		html_lit(b, "</strong> <bdi dir=\"ltr\">");
		html_text(b, fault->text);
		html_lit(b, "</bdi><br>");
		screen_say_count(s, fault->why, fault->other);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n</div>\n");
}

static void put_path(const struct screen *s, enum msg head, struct str path)
{
	screen_cell(s, head);
	html_lit(s->b, "<bdi dir=\"ltr\">");
	html_text(s->b, path);
	html_lit(s->b, "</bdi>");
	screen_cell_end(s);
}

static void put_over_row(
    const struct screen *s, const struct view_redirect_over *over)
{
	struct buf *b = s->b;

	html_lit(b, "<tr><th scope=\"row\"><bdi dir=\"ltr\">");
	html_text(b, over->from);
	html_lit(b, "</bdi></th>");
	put_path(s, MSG_REDIRECT_OVER_IS, over->is);
	put_path(s, MSG_REDIRECT_OVER_TO, over->to);
	html_lit(b, "</tr>\n");
}

/* What a file would overwrite, before it does. */
static void put_over(const struct screen *s, const struct view_redirects *view)
{
	struct buf *b = s->b;

	if (view->over_all == 0)
		return;
	html_lit(b, "<div class=\"note\" role=\"alert\">\n<p><strong>");
	screen_say_count(s, MSG_REDIRECT_OVER, view->over_all);
	html_lit(b, "</strong> ");
	screen_say(s, MSG_REDIRECT_OVER_NOTHING);
	html_lit(b, "</p>\n</div>\n");
	screen_wide(s, MSG_REDIRECT_OVER_TITLE);
	html_lit(b, "\n<table class=\"cards\">\n<thead><tr><th scope=\"col\">");
	screen_say(s, MSG_REDIRECT_FROM);
	html_lit(b, "</th><th scope=\"col\">");
	screen_say(s, MSG_REDIRECT_OVER_IS);
	html_lit(b, "</th><th scope=\"col\">");
	screen_say(s, MSG_REDIRECT_OVER_TO);
	html_lit(b, "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->over_n; i++)
		put_over_row(s, &view->over[i]);
	html_lit(b, "</tbody>\n</table>\n");
	screen_wide_end(s);
	if (view->over_n < view->over_all) {
		html_lit(b, "<p class=\"hint\">");
		screen_say_count(
		    s, MSG_REDIRECT_OVER_MORE, view->over_all - view->over_n);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "<form method=\"post\" action=\"/redirects/file\" "
		    "enctype=\"multipart/form-data\">\n");
	screen_hidden(s, "seen", view->seen);
	screen_hidden(s, "lines", view->lines);
	html_lit(b, "<p class=\"acts\">");
	screen_button_as(
	    s, MSG_REDIRECT_OVER_KEEP, true, "theirs", STR("keep"));
	screen_button_as(
	    s, MSG_REDIRECT_OVER_REPLACE, false, "theirs", STR("replace"));
	html_lit(b, "</p>\n</form>\n");
}

static void put_file_form(
    const struct screen *s, const struct view_redirects *view)
{
	struct buf *b = s->b;
	bool is_open = view->refused > 0 || view->file_fault != MSG_COUNT;

	html_lit(b, "<details");
	if (is_open)
		html_lit(b, " open");
	html_lit(b, ">\n<summary>");
	screen_say(s, MSG_REDIRECT_FILE_TITLE);
	html_lit(b, "</summary>\n<form method=\"post\" "
		    "action=\"/redirects/file\" "
		    "enctype=\"multipart/form-data\">\n"
		    "<div class=\"field\">\n<label for=\"f-file\">");
	screen_say(s, MSG_REDIRECT_FILE);
	html_lit(b, "</label>\n<input type=\"file\" id=\"f-file\" "
		    "name=\"file\" required accept=\".csv,.txt,.tsv,"
		    "text/csv,text/plain\" aria-describedby=\"h-file");
	if (view->file_fault != MSG_COUNT)
		html_lit(b, " e-file\" aria-invalid=\"true");
	html_lit(b, "\">\n<p class=\"hint\" id=\"h-file\">");
	screen_say(s, MSG_REDIRECT_FILE_HINT);
	html_lit(b, "</p>\n");
	if (view->file_fault != MSG_COUNT) {
		html_lit(b, "<p class=\"error\" id=\"e-file\">");
		screen_say(s, view->file_fault);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "</div>\n<p class=\"acts\">");
	screen_button(s, MSG_REDIRECT_FILE_BUTTON, false);
	html_lit(b, "</p>\n</form>\n</details>\n");
}

static void put_row(const struct screen *s, const struct view_redirect *row)
{
	struct buf *b = s->b;

	html_lit(b, "<tr><th scope=\"row\"><bdi dir=\"ltr\">");
	html_text(b, row->from);
	html_lit(b, "</bdi></th>");
	put_path(s, MSG_REDIRECT_TO, row->to);
	screen_cell(s, MSG_REDIRECT_MADE);
	html_lit(b, "<bdi>");
	html_text(b, row->who);
	html_lit(b, "</bdi> ");
	screen_time(s, row->made);
	screen_cell_end(s);
	html_lit(b, "<td><form class=\"do\" method=\"post\" "
		    "action=\"/redirects/remove\">");
	screen_hidden(s, "from", row->from);
	html_lit(b, "<button>");
	screen_say(s, MSG_REDIRECT_REMOVE);
	html_lit(b, "<span class=\"spoken\">: ");
	html_text(b, row->from);
	html_lit(b, "</span></button></form></td></tr>\n");
}

static void put_list(const struct screen *s, const struct view_redirects *view)
{
	struct buf *b = s->b;

	if (view->n == 0) {
		screen_empty(s, MSG_REDIRECT_NONE);
		return;
	}
	screen_wide(s, MSG_REDIRECTS_TITLE);
	html_lit(b, "\n<table class=\"cards\">\n<thead><tr><th scope=\"col\">");
	screen_say(s, MSG_REDIRECT_FROM);
	html_lit(b, "</th><th scope=\"col\">");
	screen_say(s, MSG_REDIRECT_TO);
	html_lit(b, "</th><th scope=\"col\">");
	screen_say(s, MSG_REDIRECT_MADE);
	html_lit(b, "</th><td></td></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->n; i++)
		put_row(s, &view->v[i]);
	html_lit(b, "</tbody>\n</table>\n");
	screen_wide_end(s);
	screen_pager(s, view->first, view->older);
}

void desk_redirects(struct buf *b, const struct view_desk *desk,
    const struct view_redirects *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_REDIRECTS_TITLE));

	put_undo(&s, view);
	html_lit(b, "<p class=\"hint\">");
	screen_say(&s, MSG_REDIRECTS_HINT);
	html_lit(b, "</p>\n");
	put_outcome(&s, view);
	put_over(&s, view);
	put_form(&s, view);
	put_file_form(&s, view);
	put_list(&s, view);
	screen_end(&s);
}
