/* SPDX-License-Identifier: MIT
 *
 * The screens of signing in and of joining; see desk.h.
 */
#include "page/desk.h"
#include "page/screen.h"

enum msg desk_role(int role)
{
	static const enum msg roles[] = {MSG_ROLE_OWNER, MSG_ROLE_PUBLISHER,
	    MSG_ROLE_EDITOR, MSG_ROLE_REPORTER, MSG_ROLE_PHOTOGRAPHER,
	    MSG_ROLE_TREASURER};

	return role >= 1 && role <= 6 ? roles[role - 1] : MSG_ROLE_REPORTER;
}

static void put_trouble(
    const struct screen *s, const struct view_desk_sign_in *view)
{
	if (!view->is_wrong && !view->must_wait)
		return;
	html_lit(s->b, "<p class=\"faults\" role=\"alert\">");
	if (view->must_wait)
		screen_say_count(s, MSG_SIGN_IN_WAIT, view->wait_s);
	else
		screen_say(s, MSG_SIGN_IN_WRONG);
	html_lit(s->b, "</p>\n");
}

void desk_sign_in(struct buf *b, const struct view_desk *desk,
    const struct view_desk_sign_in *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_SIGN_IN));

	put_trouble(&s, view);
	screen_passkey(&s, &(struct screen_passkey){.kind = HTML("get"),
			       .challenge = STR("/sign-in/challenge"),
			       .post = STR("/sign-in/passkey"),
			       .next = view->next,
			       .button = MSG_PASSKEY_USE});
	screen_form(&s, STR("/sign-in/password"));
	screen_hidden(&s, "next", view->next);
	screen_field(&s, &(struct screen_field){.label = MSG_LOGIN,
			     .name = HTML("login"),
			     .value = view->login,
			     .is_required = true,
			     .more = HTML(" autocomplete=\"username\" "
					  "autocapitalize=\"none\" "
					  "spellcheck=\"false\"")});
	screen_field(
	    &s, &(struct screen_field){.label = MSG_PASSWORD,
		    .name = HTML("password"),
		    .type = HTML("password"),
		    .is_required = true,
		    .more = HTML(" autocomplete=\"current-password\"")});
	screen_button(&s, MSG_SIGN_IN, true);
	screen_form_end(&s);
	html_lit(b, "<p class=\"hint\">");
	screen_say(&s, MSG_SIGN_IN_HELP);
	html_lit(b, "</p>\n");
	screen_end(&s);
}

static void put_person(
    const struct screen *s, const struct view_desk_join *view)
{
	screen_field(s, &(struct screen_field){.label = MSG_NAME,
			    .name = HTML("name"),
			    .value = view->name,
			    .is_required = true,
			    .has_hint = true,
			    .hint = MSG_NAME_HINT,
			    .has_fault = view->name_fault != MSG_COUNT,
			    .fault = view->name_fault,
			    .more = HTML(" autocomplete=\"name\"")});
	screen_field(s, &(struct screen_field){.label = MSG_LOGIN,
			    .name = HTML("login"),
			    .value = view->login,
			    .is_required = true,
			    .has_hint = true,
			    .hint = MSG_LOGIN_HINT,
			    .has_fault = view->login_fault != MSG_COUNT,
			    .fault = view->login_fault,
			    .more = HTML(" autocomplete=\"username\" "
					 "autocapitalize=\"none\" "
					 "spellcheck=\"false\"")});
}

static enum msg join_title(const struct view_desk_join *view)
{
	if (view->is_reset)
		return MSG_JOIN_RESET;
	return view->is_first ? MSG_JOIN_FIRST : MSG_JOIN_TITLE;
}

void desk_join(struct buf *b, const struct view_desk *desk,
    const struct view_desk_join *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, join_title(view)));
	struct str role = desk_word(desk->lang, view->role);

	html_lit(b, "<p>");
	if (view->is_reset)
		screen_say(&s, MSG_JOIN_RESET_TEXT);
	else if (view->is_first)
		screen_say(&s, MSG_JOIN_FIRST_TEXT);
	else
		screen_say_with(&s, MSG_JOIN_AS, &role, 1);
	html_lit(b, "</p>\n");
	screen_form(&s, view->action);
	if (!view->is_reset)
		put_person(&s, view);
	screen_field(&s, &(struct screen_field){.label = MSG_PASSWORD,
			     .name = HTML("password"),
			     .type = HTML("password"),
			     .is_required = true,
			     .has_hint = true,
			     .hint = MSG_PASSWORD_HINT,
			     .has_fault = view->password_fault != MSG_COUNT,
			     .fault = view->password_fault,
			     .more = HTML(" autocomplete=\"new-password\"")});
	screen_button(&s, view->is_reset ? MSG_SAVE : MSG_JOIN_BUTTON, true);
	screen_form_end(&s);
	screen_end(&s);
}
