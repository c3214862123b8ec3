/* SPDX-License-Identifier: MIT
 *
 * The first steps of a new paper; see desk_settings.h.
 */
#include "page/desk_settings.h"
#include "page/screen.h"

static const struct {
	enum msg title, text;
} steps[DESK_STEPS] = {
    [DESK_STEP_NAME] = {MSG_STEP_NAME, MSG_STEP_NAME_TEXT},
    [DESK_STEP_SECTIONS] = {MSG_STEP_SECTIONS, MSG_STEP_SECTIONS_TEXT},
    [DESK_STEP_PERSON] = {MSG_STEP_PERSON, MSG_STEP_PERSON_TEXT},
    [DESK_STEP_SECOND] = {MSG_STEP_SECOND, MSG_STEP_SECOND_TEXT},
    [DESK_STEP_OWNER] = {MSG_STEP_OWNER, MSG_STEP_OWNER_TEXT},
    [DESK_STEP_STORY] = {MSG_STEP_STORY, MSG_STEP_STORY_TEXT},
    [DESK_STEP_PICTURE] = {MSG_STEP_PICTURE, MSG_STEP_PICTURE_TEXT},
    [DESK_STEP_FRONT] = {MSG_STEP_FRONT, MSG_STEP_FRONT_TEXT},
    [DESK_STEP_SUPPORT] = {MSG_STEP_SUPPORT, MSG_STEP_SUPPORT_TEXT},
};

static void put_step(
    const struct screen *s, const struct view_desk_steps *view, int i)
{
	struct buf *b = s->b;

	html_lit(b, "<li>");
	if (view->is_done[i])
		screen_status(s, "good", MSG_STEP_DONE);
	else
		screen_status(s, "wait", MSG_STEP_OPEN);
	html_lit(b, " ");
	screen_link(s, view->urls[i], steps[i].title);
	if (!view->is_done[i]) {
		html_lit(b, "<br><span class=\"quiet\">");
		screen_say(s, steps[i].text);
		html_lit(b, "</span>");
	}
	html_lit(b, "</li>\n");
}

void desk_steps(struct buf *b, const struct view_desk *desk,
    const struct view_desk_steps *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_RAIL_STEPS));
	uint64_t left = 0;

	for (int i = 0; i < DESK_STEPS; i++)
		left += view->urls[i].n > 0 && !view->is_done[i];
	screen_put(&s, "p", MSG_STEPS_INTRO);
	html_lit(b, "<p>");
	if (left > 0)
		screen_say_count(&s, MSG_STEPS_LEFT, left);
	else
		screen_say(&s, MSG_STEPS_DONE);
	html_lit(b, "</p>\n<ol class=\"list steps\">\n");
	for (int i = 0; i < DESK_STEPS; i++)
		if (view->urls[i].n > 0)
			put_step(&s, view, i);
	html_lit(b, "</ol>\n");
	if (!view->is_hidden && left > 0) {
		html_lit(b, "<div class=\"after\">");
		screen_do(&s, STR("/steps/hide"), MSG_STEPS_HIDE);
		html_lit(b, "\n<p class=\"hint\">");
		screen_say(&s, MSG_STEPS_HIDE_HINT);
		html_lit(b, "</p>\n</div>\n");
	}
	screen_end(&s);
}
