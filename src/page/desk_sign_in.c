/* SPDX-License-Identifier: MIT
 *
 * The screens of signing in and of joining; see desk.h.
 */
#include "page/desk.h"
#include "page/screen.h"

enum { SHORT = 80 }; /* bytes of a field that is shown in one line */

enum msg desk_role(int role)
{
	static const enum msg roles[] = {MSG_ROLE_OWNER, MSG_ROLE_PUBLISHER,
	    MSG_ROLE_EDITOR, MSG_ROLE_REPORTER, MSG_ROLE_PHOTOGRAPHER,
	    MSG_ROLE_TREASURER};

	return role >= 1 && role <= 6 ? roles[role - 1] : MSG_ROLE_REPORTER;
}

enum msg desk_role_hint(int role)
{
	static const enum msg hints[] = {MSG_ROLE_OWNER_HINT,
	    MSG_ROLE_PUBLISHER_HINT, MSG_ROLE_EDITOR_HINT,
	    MSG_ROLE_REPORTER_HINT, MSG_ROLE_PHOTOGRAPHER_HINT,
	    MSG_ROLE_TREASURER_HINT};

	return role >= 1 && role <= 6 ? hints[role - 1]
				      : MSG_ROLE_REPORTER_HINT;
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

/* All that will be sent stands there to be read, and nothing is hidden: whoever
 * presses the button has seen it. */
static void put_kept_field(
    const struct screen *s, const struct view_desk_pair *field)
{
	bool is_long = field->value.n > SHORT ||
		       str_find(field->value, '\n') < field->value.n;

	html_lit(s->b, "<p><label><code>");
	html_text(s->b, field->name);
	html_lit(s->b, "</code>\n<textarea readonly dir=\"auto\"");
	html_attr(s->b, "name", field->name);
	html_attr(s->b, "rows", is_long ? STR("8") : STR("1"));
	html_lit(s->b, ">\n");
	html_text(s->b, field->value);
	html_lit(s->b, "</textarea></label></p>\n");
}

void desk_kept(struct buf *b, const struct view_desk *desk,
    const struct view_desk_kept *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_KEPT_TITLE));

	html_lit(b, "<p>");
	screen_say(&s, MSG_KEPT_TEXT);
	html_lit(b, " ");
	screen_time(&s, view->at);
	html_lit(b, "</p>\n<p>");
	screen_say(&s, MSG_KEPT_DOES);
	html_lit(b, " <strong>");
	screen_say(&s, view->does);
	html_lit(b, "</strong> <code>");
	html_text(b, view->action);
	html_lit(b, "</code></p>\n");
	screen_form(&s, view->action);
	for (size_t i = 0; i < view->fields_n; i++)
		put_kept_field(&s, &view->fields[i]);
	screen_button(&s, MSG_KEPT_SEND, true);
	screen_form_end(&s);
	screen_end(&s);
}

void desk_sign_in(struct buf *b, const struct view_desk *desk,
    const struct view_desk_sign_in *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_SIGN_IN));

	put_trouble(&s, view);
	if (view->has_kept)
		screen_put(&s, "p", MSG_KEPT_SIGN_IN);
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
	screen_say(&s, MSG_SIGN_IN_NO_PASSWORD);
	html_lit(b, "</p>\n<p class=\"hint\">");
	screen_say(&s, MSG_SIGN_IN_HELP);
	html_lit(b, "</p>\n");
	screen_end(&s);
}

static void put_person(
    const struct screen *s, const struct view_desk_join *view)
{
	screen_name_field(s, view->name, view->name_fault);
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

/* Without a password: web/passkey.js reads the form above. */
static void put_join_key(
    const struct screen *s, const struct view_desk_join *view)
{
	struct buf url;

	buf_init(&url, 2 * view->action.n + 64);
	buf_add(&url, view->action);
	buf_lit(&url, "/passkey");
	buf_add(&url, view->action);
	buf_lit(&url, "/challenge");
	screen_passkey(
	    s, &(struct screen_passkey){.kind = HTML("join"),
		   .challenge = str_from(buf_str(&url), view->action.n + 8),
		   .post = str_part(buf_str(&url), 0, view->action.n + 8),
		   .text = MSG_JOIN_PASSKEY_TEXT,
		   .button = MSG_JOIN_PASSKEY});
	buf_done(&url);
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
	if (view->is_key_wrong) {
		html_lit(b, "<p class=\"faults\" role=\"alert\">");
		screen_say(&s, MSG_PASSKEY_WRONG);
		html_lit(b, "</p>\n");
	}
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
	put_join_key(&s, view);
	screen_end(&s);
}
