/* SPDX-License-Identifier: MIT
 *
 * What kind of change it is; see desk_change.h.
 */
#include "page/desk_change.h"

#include "page/screen.h"

static void put_kind(const struct screen *s,
    const struct view_change_form *view, struct str value, enum msg word,
    enum msg hint)
{
	screen_choice(s, &(struct screen_choice){.name = HTML("kind"),
			     .value = value,
			     .text = desk_word(s->lang, word),
			     .hint = desk_word(s->lang, hint),
			     .is_chosen = str_eq(view->kind, value)});
}

static void put_kinds(
    const struct screen *s, const struct view_change_form *view)
{
	screen_group(s, MSG_CHANGE_KIND);
	put_kind(s, view, STR("correction"), MSG_CHANGE_CORRECTION,
	    MSG_CHANGE_CORRECTION_HINT);
	put_kind(s, view, STR("clarification"), MSG_CHANGE_CLARIFICATION,
	    MSG_CHANGE_CLARIFICATION_HINT);
	put_kind(
	    s, view, STR("update"), MSG_CHANGE_UPDATE, MSG_CHANGE_UPDATE_HINT);
	put_kind(s, view, STR("typo"), MSG_CHANGE_TYPO, MSG_CHANGE_TYPO_HINT);
	if (view->kind_fault != MSG_COUNT) {
		html_lit(s->b, "<p class=\"fault\">");
		screen_say(s, view->kind_fault);
		html_lit(s->b, "</p>\n");
	}
	screen_group_end(s);
}

void desk_change(const struct screen *s, const struct view_change_form *view)
{
	put_kinds(s, view);
	screen_field(s, &(struct screen_field){.label = MSG_CHANGE_TEXT,
			    .name = HTML("text"),
			    .value = view->text,
			    .rows = 3,
			    .has_hint = true,
			    .hint = MSG_CHANGE_TEXT_HINT,
			    .has_fault = view->text_fault != MSG_COUNT,
			    .fault = view->text_fault});
	screen_group(s, MSG_CHANGE_PLACE);
	screen_choice(s, &(struct screen_choice){.name = HTML("place"),
			     .value = STR("head"),
			     .text = desk_word(s->lang, MSG_CHANGE_HEAD),
			     .is_chosen = view->is_at_head});
	screen_choice(s, &(struct screen_choice){.name = HTML("place"),
			     .value = STR("foot"),
			     .text = desk_word(s->lang, MSG_CHANGE_FOOT),
			     .is_chosen = !view->is_at_head});
	screen_group_end(s);
	screen_choice(s, &(struct screen_choice){.name = HTML("old"),
			     .value = STR("1"),
			     .text = desk_word(s->lang, MSG_CHANGE_OLD),
			     .hint = desk_word(s->lang, MSG_CHANGE_OLD_HINT),
			     .is_box = true,
			     .is_chosen = view->is_old_taken});
}
