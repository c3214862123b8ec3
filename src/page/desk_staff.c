/* SPDX-License-Identifier: MIT
 *
 * The screens of the staff and of the log; see desk_staff.h.
 */
#include "page/desk_staff.h"

#include "page/desk.h"
#include "page/screen.h"

static void put_th(const struct screen *s, enum msg msg)
{
	html_lit(s->b, "<th scope=\"col\">");
	screen_say(s, msg);
	html_lit(s->b, "</th>");
}

static void put_status(const struct screen *s, const struct view_desk_person *p)
{
	if (p->is_disabled)
		screen_status(s, "off", MSG_STAFF_DISABLED);
	else if (!p->has_second)
		screen_status(s, "wait", MSG_STAFF_NO_SECOND);
	else
		screen_status(s, "good", MSG_STAFF_ACTIVE);
}

static void put_person(const struct screen *s, const struct view_desk_person *p)
{
	struct buf *b = s->b;

	html_lit(b, "<tr><th scope=\"row\"><a href=\"/staff/");
	buf_i64(b, p->id);
	html_lit(b, "\"><bdi>");
	html_text(b, p->name);
	html_lit(b, "</bdi></a></th>");
	screen_cell(s, MSG_LOGIN);
	html_lit(b, "<bdi>");
	html_text(b, p->login);
	html_lit(b, "</bdi>");
	screen_cell_end(s);
	screen_cell(s, MSG_STAFF_ROLE);
	screen_say(s, desk_role(p->role));
	screen_cell_end(s);
	screen_cell(s, MSG_STAFF_SECTIONS);
	if (p->sections.n)
		html_text(b, p->sections);
	else
		screen_say(s, MSG_STAFF_SECTIONS_ALL);
	screen_cell_end(s);
	screen_cell(s, MSG_STAFF_STATUS);
	put_status(s, p);
	screen_cell_end(s);
	screen_cell(s, MSG_STAFF_SEEN);
	if (p->was_seen)
		screen_time(s, p->seen);
	else
		screen_say(s, MSG_NEVER);
	screen_cell_end(s);
	html_lit(b, "</tr>\n");
}

static void put_people(
    const struct screen *s, const struct view_desk_staff *view)
{
	struct buf *b = s->b;

	screen_wide(s, MSG_STAFF_TITLE);
	html_lit(b, "<table class=\"cards\">\n<thead><tr>");
	put_th(s, MSG_STAFF_PERSON);
	put_th(s, MSG_LOGIN);
	put_th(s, MSG_STAFF_ROLE);
	put_th(s, MSG_STAFF_SECTIONS);
	put_th(s, MSG_STAFF_STATUS);
	put_th(s, MSG_STAFF_SEEN);
	html_lit(b, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->people_n; i++)
		put_person(s, &view->people[i]);
	html_lit(b, "</tbody></table>");
	screen_wide_end(s);
}

static void put_invites(
    const struct screen *s, const struct view_desk_staff *view)
{
	struct buf *b = s->b;

	if (view->invites_n == 0)
		return;
	screen_put(s, "h2", MSG_STAFF_OPEN);
	screen_wide(s, MSG_STAFF_OPEN);
	html_lit(b, "<table class=\"cards\">\n<thead><tr>");
	put_th(s, MSG_STAFF_PERSON);
	put_th(s, MSG_STAFF_ROLE);
	put_th(s, MSG_STAFF_UNTIL);
	html_lit(b, "<td></td></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->invites_n; i++) {
		const struct view_desk_invite *l = &view->invites[i];

		html_lit(b, "<tr><th scope=\"row\">");
		html_lit(b, "<bdi>");
		html_text(b, l->name);
		html_lit(b, "</bdi>");
		html_lit(b, "</th>");
		screen_cell(s, MSG_STAFF_ROLE);
		screen_say(s, desk_role(l->role));
		screen_cell_end(s);
		screen_cell(s, MSG_STAFF_UNTIL);
		screen_time(s, l->expires);
		screen_cell_end(s);
		html_lit(b, "<td><form class=\"do\" method=\"post\" "
			    "action=\"/staff/links/");
		buf_i64(b, l->id);
		html_lit(b, "/remove\">");
		screen_button(s, MSG_ACCOUNT_REMOVE, false);
		html_lit(b, "</form></td></tr>\n");
	}
	html_lit(b, "</tbody></table>");
	screen_wide_end(s);
}

void desk_staff(struct buf *b, const struct view_desk *desk,
    const struct view_desk_staff *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_STAFF_TITLE));

	html_lit(b, "<p class=\"acts\"><a class=\"button main\" "
		    "href=\"/staff/invite\">");
	screen_say(&s, MSG_STAFF_INVITE);
	html_lit(b, "</a></p>\n");
	put_people(&s, view);
	put_invites(&s, view);
	screen_end(&s);
}

static void put_boxes(
    const struct screen *s, const struct view_desk_staff_edit *view)
{
	for (size_t i = 0; i < view->sections_n; i++) {
		html_lit(s->b, "<label class=\"choice under\"><input "
			       "type=\"checkbox\" name=\"section_");
		buf_u64(s->b, i);
		html_lit(s->b, "\"");
		html_attr(s->b, "value", view->sections[i].name);
		if (view->sections[i].is_chosen)
			html_lit(s->b, " checked");
		html_lit(s->b, "> <span>");
		html_text(s->b, view->sections[i].name);
		html_lit(s->b, "</span></label>\n");
	}
}

/* All sections, or only those that are ticked. */
static void put_scope(
    const struct screen *s, const struct view_desk_staff_edit *view)
{
	bool has_fault = view->sections_fault != MSG_COUNT;

	html_lit(s->b, "<fieldset");
	if (has_fault)
		html_lit(s->b, " aria-describedby=\"x-scope\"");
	html_lit(s->b, ">\n<legend>");
	screen_say(s, MSG_STAFF_SECTIONS);
	html_lit(s->b, "</legend>\n");
	if (has_fault) {
		html_lit(s->b, "<p class=\"fault\" id=\"x-scope\">");
		screen_say(s, view->sections_fault);
		html_lit(s->b, "</p>\n");
	}
	screen_choice(s, &(struct screen_choice){.name = HTML("scope"),
			     .value = STR("all"),
			     .text = desk_word(s->lang, MSG_STAFF_SCOPE_ALL),
			     .is_chosen = view->scope == VIEW_SCOPE_ALL});
	screen_choice(s, &(struct screen_choice){.name = HTML("scope"),
			     .value = STR("some"),
			     .text = desk_word(s->lang, MSG_STAFF_SCOPE_SOME),
			     .hint = desk_word(s->lang, MSG_STAFF_SCOPE_HINT),
			     .is_chosen = view->scope == VIEW_SCOPE_SOME});
	put_boxes(s, view);
	screen_group_end(s);
}

static void put_rights(
    const struct screen *s, const struct view_desk_staff_edit *view)
{
	screen_group(s, MSG_STAFF_ROLE);
	for (int role = 1; role <= 6; role++) {
		static const char digits[] = "0123456";

		screen_choice(
		    s, &(struct screen_choice){.name = HTML("role"),
			   .value = {digits + role, 1},
			   .text = desk_word(s->lang, desk_role(role)),
			   .hint = desk_word(s->lang, desk_role_hint(role)),
			   .is_chosen = role == view->person.role});
	}
	screen_group_end(s);
	if (view->sections_n > 0)
		put_scope(s, view);
}

/* A form of one button, "/staff/17/END", with words on what it does. */
static void put_act(const struct screen *s, int64_t id, struct html end,
    enum msg msg, enum msg hint)
{
	struct buf *b = s->b;

	html_lit(b, "<form method=\"post\" action=\"/staff/");
	buf_i64(b, id);
	html_raw(b, end);
	html_lit(b, "\">\n<div class=\"field\">");
	screen_button(s, msg, false);
	if (hint != MSG_COUNT) {
		html_lit(b, "<p class=\"hint\">");
		screen_say(s, hint);
		html_lit(b, "</p>");
	}
	html_lit(b, "</div>\n</form>\n");
}

static void put_account_acts(
    const struct screen *s, const struct view_desk_person *p)
{
	screen_put(s, "h2", MSG_STAFF_STATUS);
	html_lit(s->b, "<p>");
	put_status(s, p);
	html_lit(s->b, "</p>\n");
	if (p->is_disabled) {
		put_act(s, p->id, HTML("/enable"), MSG_STAFF_ENABLE, MSG_COUNT);
		return;
	}
	put_act(s, p->id, HTML("/disable"), MSG_STAFF_DISABLE,
	    MSG_STAFF_DISABLE_HINT);
	put_act(
	    s, p->id, HTML("/reset"), MSG_STAFF_RESET, MSG_STAFF_RESET_HINT);
}

void desk_staff_edit(struct buf *b, const struct view_desk *desk,
    const struct view_desk_staff_edit *view)
{
	const struct view_desk_person *p = &view->person;
	struct screen s = screen_start(
	    b, desk, p->id ? p->name : desk_word(desk->lang, MSG_STAFF_INVITE));

	if (view->fault != MSG_COUNT) {
		html_lit(b, "<p class=\"fault\">");
		screen_say(&s, view->fault);
		html_lit(b, "</p>\n");
	}
	screen_theirs(&s, &view->theirs);
	if (view->theirs.is_there)
		screen_theirs_value(&s, "role", view->theirs_role);
	if (p->id) {
		html_lit(b, "<form method=\"post\" action=\"/staff/");
		buf_i64(b, p->id);
		html_lit(b, "/role\">\n");
		screen_hidden(&s, "seen", view->seen);
	} else {
		screen_put(&s, "p", MSG_STAFF_INVITE_TEXT);
		screen_form(&s, STR("/staff/invite"));
		screen_field(&s, &(struct screen_field){.label = MSG_NAME,
				     .name = HTML("name"),
				     .value = p->name,
				     .is_required = true,
				     .has_fault = view->name_fault != MSG_COUNT,
				     .fault = view->name_fault,
				     .more = HTML(" autocomplete=\"off\"")});
	}
	put_rights(&s, view);
	screen_button(&s, p->id ? MSG_SAVE : MSG_STAFF_INVITE, true);
	screen_form_end(&s);
	if (p->id)
		put_account_acts(&s, p);
	screen_end(&s);
}

void desk_made(struct buf *b, const struct view_desk *desk,
    const struct view_desk_made *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_STAFF_LINK_TITLE));

	screen_put(&s, "p", MSG_STAFF_LINK_TEXT);
	screen_put(&s, "p", view->text);
	screen_handed(&s, view->url);
	html_lit(b, "<p class=\"acts\">");
	screen_link(&s, STR("/staff"), MSG_BACK);
	html_lit(b, "</p>\n");
	screen_end(&s);
}

/* The log. */

static void put_check(
    const struct screen *s, const struct view_desk_audit *view)
{
	struct buf *b = s->b;
	struct buf number;
	struct str text;

	if (!view->was_checked) {
		html_lit(b, "<p>");
		screen_link(s, STR("/audit?check=1"), MSG_AUDIT_CHECK);
		html_lit(b, "</p>\n");
		return;
	}
	buf_init(&number, 32);
	buf_u64(&number, view->bad ? view->bad : view->good);
	text = buf_str(&number);
	html_lit(b, "<p role=\"status\" class=\"");
	if (view->bad)
		html_lit(b, "faults\">");
	else
		html_lit(b, "done\">");
	screen_say_with(
	    s, view->bad ? MSG_AUDIT_BAD : MSG_AUDIT_GOOD, &text, 1);
	html_lit(b, "</p>\n");
	buf_done(&number);
	if (view->go_on.n) {
		html_lit(b, "<p>");
		screen_link(s, view->go_on, MSG_GO_ON);
		html_lit(b, "</p>\n");
	}
}

static void put_row(
    const struct screen *s, const struct view_desk_audit_row *row)
{
	struct buf *b = s->b;

	html_lit(b, "<tr><td>");
	buf_i64(b, row->seq);
	html_lit(b, "</td><td>");
	screen_time(s, row->at);
	html_lit(b, "</td>");
	screen_cell(s, MSG_AUDIT_WHO);
	html_lit(b, "<bdi>");
	html_text(b, row->name);
	html_lit(b, "</bdi>");
	if (row->staff > 0) {
		html_lit(b, " <small><bdi>");
		html_text(b, row->login);
		html_lit(b, "</bdi> #");
		buf_i64(b, row->staff);
		html_lit(b, "</small>");
	}
	screen_cell_end(s);
	screen_cell(s, MSG_AUDIT_WHAT_DONE);
	html_text(b, row->what);
	screen_cell_end(s);
	screen_cell(s, MSG_AUDIT_ABOUT);
	html_lit(b, "<bdi>");
	html_text(b, row->about);
	html_lit(b, "</bdi> <small><bdi>");
	html_text(b, row->detail);
	html_lit(b, "</bdi></small>");
	screen_cell_end(s);
	html_lit(b, "</tr>\n");
}

void desk_audit(struct buf *b, const struct view_desk *desk,
    const struct view_desk_audit *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_AUDIT_TITLE));

	put_check(&s, view);
	screen_wide(&s, MSG_AUDIT_TITLE);
	html_lit(b, "<table class=\"cards\">\n<thead><tr><td></td>");
	put_th(&s, MSG_AUDIT_WHEN);
	put_th(&s, MSG_AUDIT_WHO);
	put_th(&s, MSG_AUDIT_WHAT_DONE);
	put_th(&s, MSG_AUDIT_ABOUT);
	html_lit(b, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->n; i++)
		put_row(&s, &view->v[i]);
	html_lit(b, "</tbody></table>");
	screen_wide_end(&s);
	screen_pager(&s, view->newer, view->older);
	if (view->hash.n) {
		html_lit(b, "<p class=\"quiet\">");
		screen_say(&s, MSG_AUDIT_HASH);
		html_lit(b, "<br><span class=\"code\">");
		html_text(b, view->hash);
		html_lit(b, "</span></p>\n");
	}
	screen_end(&s);
}
