/* SPDX-License-Identifier: MIT
 *
 * One story's way to the readers: where it stands, what the list before
 * publishing found, what would change for them, and what was done so far. The
 * forms are in desk_publish_forms.c.
 */
#include "page/desk_publish.h"

#include "page/correction.h"
#include "page/desk_stories.h"
#include "page/desk_write.h"
#include "page/lang.h"
#include "page/screen.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, WHICH_MAX = 64 };

static void start_fact(const struct screen *s, enum msg name)
{
	html_lit(s->b, "<dt>");
	screen_say(s, name);
	html_lit(s->b, "</dt>\n<dd>");
}

static void end_fact(const struct screen *s)
{
	html_lit(s->b, "</dd>\n");
}

static void text_fact(const struct screen *s, enum msg name, struct str text)
{
	if (!text.n)
		return;
	start_fact(s, name);
	html_lit(s->b, "<bdi>");
	html_text(s->b, text);
	html_lit(s->b, "</bdi>");
	end_fact(s);
}

/* "UTC+5:30", as plain text. */
static void add_offset(struct buf *b, struct civil c)
{
	int32_t offset = c.offset_s;
	char sign = offset < 0 ? '-' : '+';

	if (offset < 0)
		offset = -offset;
	buf_lit(b, "UTC");
	buf_char(b, sign);
	buf_u64(b, (uint64_t)(offset / HOUR));
	if (offset % HOUR) {
		buf_char(b, ':');
		buf_u64_wide(b, (uint64_t)(offset % HOUR / MINUTE), 2);
	}
}

static void put_offset(struct buf *b, struct civil c)
{
	html_lit(b, "<bdi>");
	add_offset(b, c);
	html_lit(b, "</bdi>");
}

/* "in 3 days", or nothing of what has passed. */
static void put_distance(const struct screen *s, int64_t in_s)
{
	if (in_s <= 0)
		return;
	html_lit(s->b, ", ");
	if (in_s < HOUR)
		screen_say_count(
		    s, MSG_IN_MINUTES, (uint64_t)((in_s + 59) / MINUTE));
	else if (in_s < 2 * DAY)
		screen_say_count(s, MSG_IN_HOURS, (uint64_t)(in_s / HOUR));
	else
		screen_say_count(s, MSG_IN_DAYS, (uint64_t)(in_s / DAY));
}

static void moment_fact(
    const struct screen *s, enum msg name, const struct view_moment *m)
{
	if (!m->is_known)
		return;
	start_fact(s, name);
	screen_time(s, m->here);
	html_lit(s->b, " ");
	put_offset(s->b, m->here);
	put_distance(s, m->in_s);
	html_lit(s->b, "<br><small><bdi>UTC</bdi> ");
	screen_time(s, m->utc);
	html_lit(s->b, "</small>");
	end_fact(s);
}

void desk_zone(const struct screen *s, struct str zone, struct civil now)
{
	html_lit(s->b, "<p class=\"hint zone\">");
	screen_say(s, MSG_ZONE_NOW);
	html_lit(s->b, " <bdi>");
	html_text(s->b, zone.n ? zone : STR("UTC"));
	html_lit(s->b, "</bdi>, ");
	put_offset(s->b, now);
	html_lit(s->b, ", ");
	screen_time(s, now);
	html_lit(s->b, "</p>\n");
}

void desk_which(
    const struct screen *s, struct str value, enum msg msg, struct civil c)
{
	struct buf date, time, offset, text;
	enum rc rc;

	buf_init(&date, WHICH_MAX);
	buf_init(&time, WHICH_MAX);
	buf_init(&offset, WHICH_MAX);
	buf_init(&text, 4 * WHICH_MAX);
	words_date(&date, s->words, c);
	words_time(&time, s->words, c);
	add_offset(&offset, c);
	rc = buf_rc(&date);
	if (rc == RC_OK)
		rc = buf_rc(&time);
	if (rc == RC_OK) {
		desk_fill(&text, s->lang, msg,
		    (const struct str[]){
			buf_str(&time), buf_str(&offset), buf_str(&date)},
		    3);
		rc = buf_rc(&text);
	}
	if (rc == RC_OK)
		screen_choice(s, &(struct screen_choice){.name = HTML("which"),
				     .value = value,
				     .text = buf_str(&text)});
	else
		buf_fail(s->b, rc);
	buf_done(&text);
	buf_done(&offset);
	buf_done(&time);
	buf_done(&date);
}

static void approval_fact(
    const struct screen *s, const struct view_publish *view)
{
	start_fact(s, MSG_PUBLISH_APPROVAL);
	if (view->is_approved)
		screen_say_with(
		    s, MSG_PUBLISH_APPROVED_BY, &view->approved_by, 1);
	else if (view->must_approve)
		screen_say(s, MSG_PUBLISH_APPROVAL_MISSING);
	else
		screen_say(s, MSG_PUBLISH_APPROVAL_NOT_NEEDED);
	end_fact(s);
}

static void put_stand(const struct screen *s, const struct view_publish *view)
{
	struct buf *b = s->b;

	html_lit(b, "<dl class=\"facts\">\n");
	start_fact(s, MSG_PUBLISH_STATUS);
	desk_status(s, view->status, view->is_changed);
	end_fact(s);
	text_fact(s, MSG_STORY_SECTION, view->section);
	text_fact(s, MSG_PUBLISH_WRITER, view->writer);
	text_fact(s, MSG_PUBLISH_EDITOR, view->assigned);
	approval_fact(s, view);
	moment_fact(s, MSG_PUBLISH_PUBLISHED, &view->published);
	moment_fact(s, MSG_PUBLISH_DUE, &view->due);
	moment_fact(s, MSG_PUBLISH_EMBARGO, &view->embargo);
	text_fact(s, MSG_PUBLISH_WITHDRAWN_NOTE, view->withdrawn);
	if (view->public_url.n) {
		start_fact(s, MSG_PUBLISH_AT);
		html_lit(b, "<a rel=\"noreferrer\" target=\"_blank\"");
		html_url(b, "href", STR_NONE, view->public_url);
		html_lit(b, "><bdi>");
		html_text(b, view->public_url);
		html_lit(b, "</bdi></a>");
		end_fact(s);
	}
	html_lit(b, "</dl>\n");
	if (view->held.n) {
		html_lit(b, "<p class=\"note\" role=\"alert\"><strong>");
		screen_say(s, view->is_held ? MSG_HELD_BACK : MSG_HELD_OUT);
		html_lit(b, "</strong> ");
		html_text(b, view->held);
		html_lit(b, "</p>\n");
	}
	if (view->sent_back.n) {
		html_lit(b, "<p class=\"note\"><strong>");
		screen_say(s, MSG_PUBLISH_SENT_BACK_NOTE);
		html_lit(b, "</strong> <bdi>");
		html_text(b, view->sent_back);
		html_lit(b, "</bdi></p>\n");
	}
}

/* The list before publishing. */

static void put_check(const struct screen *s, const struct view_check *check)
{
	struct buf *b = s->b;

	html_lit(b, "<li>");
	if (check->blocks)
		screen_status(s, "bad", MSG_CHECK_BLOCKS);
	else
		screen_status(s, "wait", MSG_CHECK_WARNS);
	html_lit(b, " <span>");
	screen_say_count(s, check->word, check->count);
	html_lit(b, "</span>");
	if (check->mark != MSG_COUNT) {
		html_lit(b, " <span class=\"quiet\">");
		screen_say(s, check->mark);
		html_lit(b, "</span>");
	}
	if (check->what.n) {
		html_lit(b, " <q><bdi>");
		html_text(b, check->what);
		html_lit(b, "</bdi></q>");
	}
	if (check->url.n) {
		html_lit(b, " ");
		screen_link(s, check->url, MSG_CHECK_MEND);
	}
	html_lit(b, "</li>\n");
}

static void put_finds(
    const struct screen *s, const struct view_check_list *list)
{
	if (list->n == 0) {
		html_lit(s->b, "<p class=\"quiet\">");
		screen_say(s, MSG_CHECK_NONE);
		html_lit(s->b, "</p>\n");
		return;
	}
	if (list->is_blocked)
		screen_put(s, "p", MSG_CHECK_BLOCKED);
	html_lit(s->b, "<ul class=\"list checks\">\n");
	for (size_t i = 0; i < list->n; i++)
		put_check(s, &list->v[i]);
	html_lit(s->b, "</ul>\n");
}

static void put_list(const struct screen *s, const struct view_check_list *list)
{
	put_finds(s, list);
	desk_stands(s, &list->stands, false);
}

/* A text that was approved appears, whatever has been saved since. */
static void put_checks(const struct screen *s, const struct view_publish *view)
{
	screen_put(s, "h2", MSG_CHECK_TITLE);
	if (!view->has_due_checks) {
		put_list(s, &view->checks);
		return;
	}
	screen_put(s, "h3", MSG_CHECK_OF_DUE);
	put_list(s, &view->due_checks);
	screen_put(s, "h3", MSG_CHECK_OF_NEWEST);
	put_list(s, &view->checks);
}

/* What would change. */

static void put_diff(const struct screen *s, const struct view_publish *view)
{
	struct buf *b = s->b;

	if (!view->has_diff)
		return;
	screen_put(s, "h2", MSG_DIFF_TITLE);
	if (view->is_only_form) {
		screen_put(s, "p", MSG_DIFF_ONLY_FORM);
	} else {
		html_lit(b, "<p class=\"hint\"><del>");
		screen_say(s, MSG_DIFF_WENT);
		html_lit(b, "</del> <ins>");
		screen_say(s, MSG_DIFF_CAME);
		html_lit(b, "</ins></p>\n<div class=\"compared\" "
			    "tabindex=\"0\" role=\"region\"");
		html_attr(b, "aria-label", desk_word(s->lang, MSG_DIFF_TITLE));
		lang_attrs(b, view->lang, desk_lang_code(s->lang));
		html_lit(b, ">\n<h3>");
		correction_diff(b, &view->headline_diff, false);
		html_lit(b, "</h3>\n");
		if (view->standfirst_diff.n) {
			html_lit(b, "<p><em>");
			correction_diff(b, &view->standfirst_diff, false);
			html_lit(b, "</em></p>\n");
		}
		correction_diff(b, &view->text_diff, true);
		html_lit(b, "</div>\n");
	}
	html_lit(b, "<p>");
	screen_link(s, view->compare_url, MSG_DIFF_COMPARE);
	html_lit(b, "</p>\n");
}

/* What was done so far. */

static void put_steps(const struct screen *s, const struct view_publish *view)
{
	struct buf *b = s->b;

	if (view->steps_n == 0)
		return;
	screen_put(s, "h2", MSG_STEPS_TITLE);
	html_lit(b, "<ol class=\"list steps\" reversed>\n");
	for (size_t i = 0; i < view->steps_n; i++) {
		const struct view_step *step = &view->steps[i];

		html_lit(b, "<li>");
		screen_time(s, step->at);
		html_lit(b, " <strong>");
		screen_say(s, step->word);
		html_lit(b, "</strong> <bdi>");
		html_text(b, step->who);
		html_lit(b, "</bdi>");
		if (step->note.n) {
			html_lit(b, " <q><bdi>");
			html_text(b, step->note);
			html_lit(b, "</bdi></q>");
		}
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ol>\n");
}

/* The other screens of the story. */
static void put_ways(const struct screen *s, const struct view_publish *view)
{
	static const struct {
		struct html path;
		enum msg word;
	} ways[] = {
	    {{STR_INIT("")}, MSG_WAY_WRITE},
	    {{STR_INIT("/preview")}, MSG_WAY_PREVIEW},
	    {{STR_INIT("/revisions")}, MSG_WAY_REVISIONS},
	    {{STR_INIT("/notes")}, MSG_WAY_NOTES},
	};
	struct buf *b = s->b;

	html_lit(b, "<nav class=\"acts ways\"");
	html_attr(b, "aria-label", desk_word(s->lang, MSG_WAYS));
	html_lit(b, ">\n");
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		html_lit(b, "<a href=\"");
		html_text(b, view->url);
		html_raw(b, ways[i].path);
		html_lit(b, "\">");
		screen_say(s, ways[i].word);
		html_lit(b, "</a>\n");
	}
	html_lit(b, "</nav>\n");
}

void desk_publish(struct buf *b, const struct view_desk *desk,
    const struct view_publish *view)
{
	struct str headline = view->headline.n
				  ? view->headline
				  : desk_word(desk->lang, MSG_STORY_UNTITLED);
	struct screen s =
	    screen_start_bare(b, desk, headline, HTML("screen publish"));

	html_lit(b, "<h1><span");
	if (view->headline.n)
		lang_attrs(b, view->lang, desk_lang_code(s.lang));
	html_lit(b, ">");
	html_text(b, headline);
	html_lit(b, "</span></h1>\n");
	if (view->fault != MSG_COUNT) {
		html_lit(b, "<p class=\"faults\" role=\"alert\">");
		screen_say(&s, view->fault);
		html_lit(b, "</p>\n");
	}
	put_ways(&s, view);
	html_lit(b, "<div class=\"cols\">\n<div>\n");
	put_stand(&s, view);
	put_checks(&s, view);
	html_lit(b, "</div>\n<div>\n");
	desk_publish_forms(&s, view);
	html_lit(b, "</div>\n</div>\n");
	put_diff(&s, view);
	put_steps(&s, view);
	screen_end(&s);
}
