/* SPDX-License-Identifier: MIT
 *
 * Proof marks below the text of a story; see desk_write.h. Without the script
 * each is a link to its field, with the place in words, and what would mend it;
 * with it, the list is made anew from the JSON, with a button for each mend.
 */
#include "page/desk_write.h"
#include "page/json.h"
#include "page/screen.h"
#include "text/script.h"

/* What is put into a message runs its own way, where it has letters: a sign is
 * to be turned as it is among the words of the message. */
#define ISOLATE_START "\xE2\x81\xA8" /* U+2068 */
#define ISOLATE_END   "\xE2\x81\xA9" /* U+2069 */

enum { SAID_MAX = MANUSCRIPT_FIELD_MAX + 4096 };

static void put_isolated(struct buf *b, struct str s)
{
	if (script_most(s) == SCRIPT_COMMON) {
		buf_add(b, s);
		return;
	}
	buf_lit(b, ISOLATE_START);
	buf_add(b, s);
	buf_lit(b, ISOLATE_END);
}

/* "Put . behind “wide open”", as plain text, in a buffer for buf_done. */
static struct buf said(unsigned lang, const struct view_mend *mend)
{
	struct buf made, about, text;
	struct str values[2];

	buf_init(&made, SAID_MAX);
	buf_init(&about, SAID_MAX);
	buf_init(&text, SAID_MAX);
	put_isolated(&about, mend->about);
	put_isolated(&text, str_trim(mend->text));
	values[0] = buf_str(&about);
	values[1] = buf_str(&text);
	desk_fill(&made, lang, mend->say, values, 2);
	buf_done(&about);
	buf_done(&text);
	return made;
}

static void put_mend(const struct screen *s, const struct view_mend *mend)
{
	struct buf words = said(s->lang, mend);

	html_lit(s->b, "<span class=\"hint\">");
	html_text(s->b, buf_str(&words));
	html_lit(s->b, "</span>\n");
	buf_done(&words);
}

static void put_line_number(const struct screen *s, uint32_t number)
{
	struct buf line;
	struct str value;

	buf_init(&line, 16);
	buf_u64(&line, number);
	value = buf_str(&line);
	html_lit(s->b, "<span class=\"hint\">");
	screen_say_with(s, MSG_MARK_LINE, &value, 1);
	html_lit(s->b, "</span>\n");
	buf_done(&line);
}

/* Saves the story, too: what was typed is not lost. */
static void put_button(
    const struct screen *s, const char *name, struct str value, enum msg word)
{
	html_lit(s->b, "<p class=\"acts\"><button");
	html_attr(s->b, "name", str_of(name));
	html_attr(s->b, "value", value);
	html_lit(s->b, ">");
	screen_say(s, word);
	html_lit(s->b, "</button></p>\n");
}

static void put_mark(const struct screen *s, const struct view_mark *mark)
{
	html_lit(s->b, "<li><a class=\"fe-goto\" href=\"#");
	if (!str_eq(mark->place, STR("body")))
		html_lit(s->b, "f-");
	html_text(s->b, mark->place);
	html_lit(s->b, "\">");
	if (mark->length > 0) {
		html_lit(s->b, "<q dir=\"auto\">");
		html_text(s->b, mark->excerpt);
		html_lit(s->b, "</q> ");
	}
	html_lit(s->b, "<span>");
	screen_say(s, mark->message);
	html_lit(s->b, "</span></a>\n");
	if (mark->line > 0)
		put_line_number(s, mark->line);
	for (size_t i = 0; i < mark->mends_n; i++)
		put_mend(s, &mark->mends[i]);
	put_button(s, "stet", mark->stet, MSG_EDITOR_STET);
	html_lit(s->b, "</li>\n");
}

void desk_stands(
    const struct screen *s, const struct view_stands *stands, bool has_buttons)
{
	if (stands->n == 0)
		return;
	html_lit(s->b, "<p class=\"quiet\">");
	screen_say_count(s, MSG_EDITOR_STANDS, stands->n);
	html_lit(s->b, "</p>\n<ul");
	html_attr(
	    s->b, "class", has_buttons ? STR("fe-marks") : STR("list checks"));
	html_lit(s->b, ">\n");
	for (size_t i = 0; i < stands->n; i++) {
		const struct view_stand *stand = &stands->v[i];

		html_lit(s->b, "<li>");
		if (stand->excerpt.n > 0) {
			html_lit(s->b, "<q dir=\"auto\">");
			html_text(s->b, stand->excerpt);
			html_lit(s->b, "</q> ");
		}
		html_lit(s->b, "<span>");
		screen_say(s, stand->message);
		html_lit(s->b, "</span> <span class=\"hint\">");
		screen_say_with(s, MSG_EDITOR_STET_BY, &stand->by, 1);
		html_lit(s->b, "</span>\n");
		if (has_buttons)
			put_button(
			    s, "unstet", stand->unstet, MSG_EDITOR_STET_BACK);
		html_lit(s->b, "</li>\n");
	}
	html_lit(s->b, "</ul>\n");
}

void desk_marks(const struct screen *s, const struct view_marks *marks)
{
	html_lit(s->b, "<section id=\"proof\" "
		       "aria-labelledby=\"proof-title\">\n"
		       "<h2 id=\"proof-title\">");
	screen_say(s, MSG_EDITOR_PROOF);
	html_lit(s->b, "</h2>\n<p class=\"quiet\">");
	if (marks->n > 0)
		screen_say_count(s, MSG_EDITOR_PROOF_COUNT, marks->n);
	else
		screen_say(s, MSG_EDITOR_PROOF_NONE);
	html_lit(s->b, "</p>\n");
	if (marks->n > 0) {
		html_lit(s->b, "<ol class=\"fe-marks\">\n");
		for (size_t i = 0; i < marks->n; i++)
			put_mark(s, &marks->v[i]);
		html_lit(s->b, "</ol>\n");
	}
	desk_stands(s, &marks->stands, true);
	html_lit(s->b, "</section>\n");
}

static void put_mend_json(
    struct buf *b, unsigned lang, const struct view_mend *mend)
{
	struct buf words = said(lang, mend);

	buf_lit(b, "{\"say\":");
	json_text(b, buf_str(&words));
	buf_done(&words);
	buf_lit(b, ",\"field\":");
	json_text(b, mend->field);
	buf_printf(b, ",\"offset\":%zu,\"length\":%zu,\"text\":", mend->offset,
	    mend->length);
	json_text(b, mend->text);
	buf_char(b, '}');
}

static void put_mark_json(
    struct buf *b, unsigned lang, const struct view_mark *mark)
{
	buf_lit(b, "{\"kind\":");
	json_text(b, mark->kind);
	buf_lit(b, ",\"field\":");
	json_text(b, mark->field);
	buf_printf(b,
	    ",\"offset\":%zu,\"length\":%zu,\"message\":", mark->offset,
	    mark->length);
	json_text(b, desk_word(lang, mark->message));
	buf_lit(b, ",\"excerpt\":");
	json_text(b, mark->excerpt);
	buf_lit(b, ",\"go\":");
	json_text(b, desk_word(lang, mark->go));
	buf_lit(b, ",\"place\":{\"field\":");
	json_text(b, mark->place);
	buf_printf(b, ",\"offset\":%zu,\"length\":%zu},\"mends\":[",
	    mark->place_offset, mark->place_length);
	for (size_t i = 0; i < mark->mends_n; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_mend_json(b, lang, &mark->mends[i]);
	}
	buf_lit(b, "],\"stet\":");
	json_text(b, mark->stet);
	buf_char(b, '}');
}

static void put_stand_json(
    struct buf *b, unsigned lang, const struct view_stand *stand)
{
	buf_lit(b, "{\"kind\":");
	json_text(b, stand->kind);
	buf_lit(b, ",\"message\":");
	json_text(b, desk_word(lang, stand->message));
	buf_lit(b, ",\"excerpt\":");
	json_text(b, stand->excerpt);
	buf_lit(b, ",\"by\":");
	json_text(b, stand->by);
	buf_lit(b, ",\"unstet\":");
	json_text(b, stand->unstet);
	buf_char(b, '}');
}

void desk_marks_json(
    struct buf *b, unsigned column, const struct view_marks *marks)
{
	buf_char(b, '[');
	for (size_t i = 0; i < marks->n; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_mark_json(b, column, &marks->v[i]);
	}
	for (size_t i = 0; i < marks->stands.n; i++) {
		if (i > 0 || marks->n > 0)
			buf_char(b, ',');
		put_stand_json(b, column, &marks->stands.v[i]);
	}
	buf_char(b, ']');
}
