/* SPDX-License-Identifier: MIT
 *
 * The line below a story's text: how long it is, how long it is wanted, and
 * what is to cut; see desk_write.h. The script goes on counting as one types;
 * without it the length wanted is sent with the story.
 */
#include "page/desk_write.h"
#include "page/screen.h"

enum { WORDS_A_MINUTE = 220 }; /* as in web/editor/count.js */

static void put_counts(const struct screen *s, const struct view_length *length)
{
	uint32_t minutes =
	    (length->words + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE;

	html_lit(s->b, "<span class=\"counted\">");
	screen_say_count(s, MSG_EDITOR_WORDS, length->words);
	if (length->is_characters) {
		html_lit(s->b, " \xC2\xB7 ");
		screen_say_count(s, MSG_EDITOR_CHARACTERS, length->characters);
	}
	if (length->words > 0) {
		html_lit(s->b, " \xC2\xB7 ");
		screen_say_count(s, MSG_EDITOR_MINUTES, minutes ? minutes : 1);
	}
	html_lit(s->b, "</span>\n");
}

static void put_unit(const struct screen *s, bool is_characters, enum msg label)
{
	html_lit(s->b, "<select name=\"unit\" data-unsaved");
	html_attr(s->b, "aria-label", desk_word(s->lang, label));
	html_lit(s->b, ">\n");
	screen_option(s, STR("words"), desk_word(s->lang, MSG_UNIT_WORDS),
	    !is_characters);
	screen_option(s, STR("characters"),
	    desk_word(s->lang, MSG_UNIT_CHARACTERS), is_characters);
	html_lit(s->b, "</select>\n");
}

static void put_field(
    const struct screen *s, int64_t id, const struct view_length *length)
{
	html_lit(s->b, "<span class=\"field\" data-length=\"/stories/");
	buf_i64(s->b, id);
	html_lit(s->b, "/length\"><label for=\"f-length\">");
	screen_say(s, MSG_LENGTH_WANTED);
	html_lit(s->b, "</label>\n<input id=\"f-length\" name=\"length\" "
		       "type=\"number\" min=\"0\" max=\"1000000\" "
		       "inputmode=\"numeric\" autocomplete=\"off\" "
		       "data-unsaved");
	if (length->wanted > 0)
		html_attr_u64(s->b, "value", length->wanted);
	html_lit(s->b, ">\n");
	put_unit(s, length->is_characters, MSG_LENGTH_UNIT);
	html_lit(s->b, "</span>\n");
}

/* Who may not say how long it is to be is told. */
static void put_wish(const struct screen *s, const struct view_length *length)
{
	if (length->wanted == 0)
		return;
	html_lit(s->b, "<span class=\"wanted\"");
	html_attr_u64(s->b, "data-wanted", length->wanted);
	html_attr(s->b, "data-unit",
	    length->is_characters ? STR("characters") : STR("words"));
	html_lit(s->b, ">");
	screen_say_count(s,
	    length->is_characters ? MSG_WANTED_CHARACTERS : MSG_WANTED_WORDS,
	    length->wanted);
	if (length->by.n > 0) {
		html_lit(s->b, " \xC2\xB7 <span dir=\"auto\">");
		html_text(s->b, length->by);
		html_lit(s->b, "</span>");
	}
	html_lit(s->b, "</span>\n");
}

static void put_rest(const struct screen *s, const struct view_length *length)
{
	static const enum msg words[2][2] = {
	    {MSG_EDITOR_FREE, MSG_EDITOR_TO_CUT},
	    {MSG_EDITOR_FREE_CHARACTERS, MSG_EDITOR_TO_CUT_CHARACTERS}};
	uint32_t now =
	    length->is_characters ? length->characters : length->words;
	bool is_over = now > length->wanted;

	html_lit(s->b, "<span class=\"to-cut\">");
	if (length->wanted > 0)
		screen_say_count(s, words[length->is_characters][is_over],
		    is_over ? now - length->wanted : length->wanted - now);
	html_lit(s->b, "</span>\n");
}

void desk_length(
    const struct screen *s, int64_t id, const struct view_length *length)
{
	html_lit(s->b, "<div id=\"counts\" class=\"fe-foot\">\n");
	put_counts(s, length);
	if (length->can_set)
		put_field(s, id, length);
	else
		put_wish(s, length);
	put_rest(s, length);
	html_lit(s->b, "</div>\n");
}
