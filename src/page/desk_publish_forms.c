/* SPDX-License-Identifier: MIT
 *
 * What can be done with a story: one main action, and beside it those that are
 * rarer, each folded away until it is wanted or its form has a fault.
 */
#include "page/desk_change.h"
#include "page/desk_publish.h"
#include "page/screen.h"

/* The form that goes to VIEW->url WAY, with the revision that was looked at. */
static void start_form(
    const struct screen *s, const struct view_publish *view, struct html way)
{
	html_lit(s->b, "<form method=\"post\" action=\"");
	html_text(s->b, view->url);
	html_raw(s->b, way);
	html_lit(
	    s->b, "\">\n<input type=\"hidden\" name=\"revision\" value=\"");
	buf_i64(s->b, view->revision);
	html_lit(s->b, "\">\n");
}

static void put_do(const struct screen *s, const struct view_publish *view,
    struct html way, enum msg msg)
{
	start_form(s, view, way);
	screen_button(s, msg, false);
	screen_form_end(s);
}

static void start_fold(const struct screen *s, enum msg msg, bool is_open)
{
	html_lit(s->b, "<details");
	if (is_open)
		html_lit(s->b, " open");
	html_lit(s->b, ">\n<summary>");
	screen_say(s, msg);
	html_lit(s->b, "</summary>\n");
}

static void end_fold(const struct screen *s)
{
	html_lit(s->b, "</details>\n");
}

static void put_note(const struct screen *s, enum msg label, enum msg hint,
    enum msg fault, struct str value)
{
	screen_field(s, &(struct screen_field){.label = label,
			    .name = HTML("note"),
			    .value = value,
			    .rows = 3,
			    .has_hint = true,
			    .hint = hint,
			    .has_fault = fault != MSG_COUNT,
			    .fault = fault});
}

/* A change of a story that readers have had. */

static void put_change(const struct screen *s, const struct view_publish *view)
{
	start_form(s, view, HTML("/change"));
	desk_change(s, &view->change);
	html_lit(s->b, "<p class=\"acts\">");
	screen_button(s, view->is_again ? MSG_CHANGE_AGAIN : MSG_CHANGE_BUTTON,
	    view->next == VIEW_NEXT_CHANGE);
	html_lit(s->b, "</p>\n");
	screen_form_end(s);
}

/* Times. */

/* Where the clock is changed: which of two, or which in place of none. */
static void put_choice(const struct screen *s, const struct view_when *when)
{
	if (when->is_twice) {
		screen_group(s, MSG_WHEN_WHICH);
		desk_which(s, STR("earlier"), MSG_WHEN_FIRST, when->first);
		desk_which(s, STR("later"), MSG_WHEN_SECOND, when->second);
		screen_group_end(s);
	} else if (when->is_gap) {
		screen_group(s, MSG_WHEN_INSTEAD);
		desk_which(s, STR("before"), MSG_WHEN_BEFORE, when->first);
		desk_which(s, STR("after"), MSG_WHEN_AFTER, when->second);
		screen_group_end(s);
	}
}

static void put_fields(
    const struct screen *s, const struct view_when *when, bool is_required)
{
	struct screen_field date = {.label = MSG_WHEN_DATE,
	    .name = HTML("date"),
	    .type = HTML("date"),
	    .value = when->date,
	    .is_required = is_required};
	struct screen_field time = {.label = MSG_WHEN_TIME,
	    .name = HTML("time"),
	    .type = HTML("time"),
	    .value = when->time,
	    .has_fault = when->fault != MSG_COUNT,
	    .fault = when->fault,
	    .fault_value = when->time,
	    .is_required = is_required};

	html_lit(s->b, "<div class=\"pair\">\n");
	screen_field(s, &date);
	screen_field(s, &time);
	html_lit(s->b, "</div>\n");
	put_choice(s, when);
}

static void put_schedule(
    const struct screen *s, const struct view_publish *view)
{
	start_fold(s,
	    view->due.is_known ? MSG_SCHEDULE_AGAIN : MSG_SCHEDULE_TITLE,
	    view->schedule.fault != MSG_COUNT);
	start_form(s, view, HTML("/schedule"));
	put_fields(s, &view->schedule, true);
	desk_zone(s, view->zone, view->now);
	screen_button(s, MSG_SCHEDULE_BUTTON, false);
	screen_form_end(s);
	end_fold(s);
}

/* Its fields have other names: two forms of a page share no ids. */
static void put_embargo(const struct screen *s, const struct view_publish *view)
{
	const struct view_when *when = &view->hold;
	struct screen_field until = {.label = MSG_EMBARGO_UNTIL,
	    .name = HTML("until"),
	    .type = HTML("datetime-local"),
	    .value = when->date,
	    .has_hint = true,
	    .hint = MSG_EMBARGO_HINT,
	    .has_fault = when->fault != MSG_COUNT,
	    .fault = when->fault,
	    .fault_value = when->date};

	start_fold(s, MSG_EMBARGO_TITLE, when->fault != MSG_COUNT);
	start_form(s, view, HTML("/embargo"));
	screen_field(s, &until);
	put_choice(s, when);
	desk_zone(s, view->zone, view->now);
	html_lit(s->b, "<p class=\"acts\">");
	screen_button(s, MSG_EMBARGO_BUTTON, false);
	if (view->embargo.is_known)
		screen_button_as(s, MSG_EMBARGO_OFF, false, "off", STR("1"));
	html_lit(s->b, "</p>\n");
	screen_form_end(s);
	end_fold(s);
}

/* The rarer things. */

static void put_withdraw(
    const struct screen *s, const struct view_publish *view)
{
	start_fold(s, MSG_WITHDRAW_TITLE, view->reason_fault != MSG_COUNT);
	start_form(s, view, HTML("/withdraw"));
	screen_field(s, &(struct screen_field){.label = MSG_WITHDRAW_REASON,
			    .name = HTML("reason"),
			    .value = view->reason,
			    .rows = 3,
			    .has_hint = true,
			    .hint = MSG_WITHDRAW_HINT,
			    .is_required = true,
			    .has_fault = view->reason_fault != MSG_COUNT,
			    .fault = view->reason_fault});
	screen_button(s, MSG_WITHDRAW_BUTTON, false);
	screen_form_end(s);
	end_fold(s);
}

static void put_send_back(
    const struct screen *s, const struct view_publish *view)
{
	start_fold(s, MSG_SEND_BACK_TITLE, view->note_fault != MSG_COUNT);
	start_form(s, view, HTML("/send-back"));
	put_note(s, MSG_SEND_BACK_NOTE, MSG_SEND_BACK_HINT, view->note_fault,
	    view->note);
	screen_button(s, MSG_SEND_BACK_BUTTON, false);
	screen_form_end(s);
	end_fold(s);
}

static void put_assign(const struct screen *s, const struct view_publish *view)
{
	start_fold(s, MSG_ASSIGN_TITLE, false);
	start_form(s, view, HTML("/assign"));
	screen_select(s, MSG_ASSIGN_WHO, "who");
	screen_option(s, STR(""), desk_word(s->lang, MSG_ASSIGN_NOBODY),
	    view->assigned_login.n == 0);
	for (size_t i = 0; i < view->editors_n; i++)
		screen_option(s, view->editors[i].login, view->editors[i].name,
		    str_eq(view->editors[i].login, view->assigned_login));
	screen_select_end(s);
	screen_button(s, MSG_SAVE, false);
	screen_form_end(s);
	end_fold(s);
}

static void put_submit(const struct screen *s, const struct view_publish *view)
{
	start_form(s, view, HTML("/submit"));
	screen_field(s, &(struct screen_field){.label = MSG_SUBMIT_NOTE,
			    .name = HTML("note"),
			    .value = view->note,
			    .rows = 2});
	screen_button(s, MSG_SUBMIT_BUTTON, view->next == VIEW_NEXT_SUBMIT);
	screen_form_end(s);
}

static void put_main(const struct screen *s, const struct view_publish *view)
{
	switch (view->next) {
	case VIEW_NEXT_NOTHING:
		break;
	case VIEW_NEXT_SUBMIT:
		put_submit(s, view);
		break;
	case VIEW_NEXT_APPROVE:
		start_form(s, view, HTML("/approve"));
		screen_button(s, MSG_APPROVE_BUTTON, true);
		screen_form_end(s);
		break;
	case VIEW_NEXT_PUBLISH:
		start_form(s, view, HTML("/publish"));
		screen_button(s,
		    view->embargo.is_known && view->embargo.in_s > 0
			? MSG_PUBLISH_AT_EMBARGO
			: MSG_PUBLISH_NOW,
		    true);
		screen_form_end(s);
		break;
	case VIEW_NEXT_CHANGE:
		put_change(s, view);
		break;
	}
}

/* One click, and one click back. */
static void put_clicks(const struct screen *s, const struct view_publish *view)
{
	html_lit(s->b, "<div class=\"acts\">\n");
	if (view->can_recall)
		put_do(s, view, HTML("/recall"), MSG_RECALL_BUTTON);
	if (view->can_approve && view->next != VIEW_NEXT_APPROVE)
		put_do(s, view, HTML("/approve"), MSG_APPROVE_BUTTON);
	if (view->can_unapprove)
		put_do(s, view, HTML("/unapprove"), MSG_UNAPPROVE_BUTTON);
	if (view->can_unschedule)
		put_do(s, view, HTML("/unschedule"), MSG_UNSCHEDULE_BUTTON);
	if (view->can_put_back)
		put_do(s, view, HTML("/put-back"), MSG_PUT_BACK_BUTTON);
	html_lit(s->b, "</div>\n");
}

void desk_publish_forms(const struct screen *s, const struct view_publish *view)
{
	screen_put(s, "h2", MSG_NEXT_TITLE);
	if (view->why != MSG_COUNT)
		screen_put(s, "p", view->why);
	put_main(s, view);
	put_clicks(s, view);
	if (view->can_schedule)
		put_schedule(s, view);
	if (view->can_embargo)
		put_embargo(s, view);
	if (view->can_send_back)
		put_send_back(s, view);
	if (view->can_submit && view->next != VIEW_NEXT_SUBMIT) {
		start_fold(s, MSG_SUBMIT_TITLE, false);
		put_submit(s, view);
		end_fold(s);
	}
	if (view->can_assign)
		put_assign(s, view);
	if (view->status == 3 && view->can_publish &&
	    view->next != VIEW_NEXT_CHANGE) {
		start_fold(s, MSG_CHANGE_NOTICE_TITLE,
		    view->change.kind_fault != MSG_COUNT ||
			view->change.text_fault != MSG_COUNT);
		put_change(s, view);
		end_fold(s);
	}
	if (view->can_withdraw)
		put_withdraw(s, view);
}
