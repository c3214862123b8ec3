/* SPDX-License-Identifier: MIT
 *
 * The screens of one's own account; see desk_staff.h.
 */
#include "page/desk_staff.h"
#include "page/qr.h"
#include "page/screen.h"

static void put_alert(const struct screen *s, enum msg msg)
{
	html_lit(s->b, "<p class=\"faults\" role=\"alert\">");
	screen_say(s, msg);
	html_lit(s->b, "</p>\n");
}

/* What was wrong with the last try. */
static void put_trouble(
    const struct screen *s, const struct view_desk_code *view)
{
	if (view->must_wait) {
		html_lit(s->b, "<p class=\"faults\" role=\"alert\">");
		screen_say_count(s, MSG_SIGN_IN_WAIT, view->wait_s);
		html_lit(s->b, "</p>\n");
	} else if (view->is_used) {
		put_alert(s, MSG_CODE_USED);
	} else if (view->is_wrong) {
		put_alert(s, view->is_again ? MSG_AGAIN_WRONG : MSG_CODE_WRONG);
	}
}

static void put_code_field(const struct screen *s, bool has_totp)
{
	screen_field(
	    s, &(struct screen_field){.label = MSG_CODE,
		   .name = HTML("code"),
		   .is_required = true,
		   .has_hint = true,
		   .hint = has_totp ? MSG_CODE_HINT : MSG_CODE_HINT_RECOVERY,
		   .more = HTML(" autocomplete=\"one-time-code\" "
				"autocapitalize=\"none\" "
				"spellcheck=\"false\"")});
}

static void put_password_field(const struct screen *s)
{
	screen_field(
	    s, &(struct screen_field){.label = MSG_PASSWORD,
		   .name = HTML("password"),
		   .type = HTML("password"),
		   .is_required = true,
		   .more = HTML(" autocomplete=\"current-password\"")});
}

void desk_code(struct buf *b, const struct view_desk *desk,
    const struct view_desk_code *view)
{
	struct screen s = screen_start(b, desk,
	    desk_word(
		desk->lang, view->is_again ? MSG_AGAIN_TITLE : MSG_CODE_TITLE));

	if (view->is_again)
		screen_put(&s, "p", MSG_AGAIN_TEXT);
	if (view->has_kept)
		screen_put(&s, "p", MSG_KEPT_AGAIN);
	put_trouble(&s, view);
	if (view->has_passkey)
		screen_passkey(&s,
		    &(struct screen_passkey){.kind = HTML("get"),
			.challenge = view->is_again ? STR("/again/challenge")
						    : STR("/sign-in/challenge"),
			.post = view->is_again ? STR("/again/passkey")
					       : STR("/sign-in/passkey"),
			.next = view->next,
			.button = MSG_PASSKEY_USE});
	if (!view->is_again || !view->is_without_password) {
		screen_form(
		    &s, view->is_again ? STR("/again") : STR("/sign-in/code"));
		screen_hidden(&s, "next", view->next);
		if (view->is_again)
			put_password_field(&s);
		else
			put_code_field(&s, view->has_totp);
		screen_button(&s, MSG_GO_ON, true);
		screen_form_end(&s);
	}
	if (!view->is_again)
		screen_do(&s, STR("/sign-out"), MSG_CANCEL);
	screen_end(&s);
}

static void put_app(const struct screen *s, const struct view_desk_second *view)
{
	struct buf *b = s->b;

	if (view->is_first)
		screen_put(s, "h2", MSG_SECOND_APP);
	screen_put(s, "p", MSG_SECOND_APP_TEXT);
	html_lit(b, "<div class=\"qr\">");
	(void)qr_put(b, view->uri, desk_word(s->lang, MSG_SECOND_QR));
	html_lit(b, "</div>\n<p>");
	screen_say(s, MSG_SECOND_SECRET);
	html_lit(b, "<br><span class=\"code\">");
	html_text(b, view->secret);
	html_lit(b, "</span></p>\n");
	screen_form(s, STR("/account/totp"));
	screen_field(s, &(struct screen_field){.label = MSG_CODE,
			    .name = HTML("code"),
			    .is_required = true,
			    .has_fault = view->is_wrong,
			    .fault = MSG_CODE_WRONG,
			    .more = HTML(" inputmode=\"numeric\" "
					 "autocomplete=\"one-time-code\"")});
	screen_button(s, MSG_GO_ON, true);
	screen_form_end(s);
}

void desk_second(struct buf *b, const struct view_desk *desk,
    const struct view_desk_second *view)
{
	struct screen s = screen_start(b, desk,
	    desk_word(desk->lang,
		view->is_first ? MSG_SECOND_TITLE : MSG_SECOND_APP));

	if (view->is_first) {
		screen_put(&s, "p", MSG_SECOND_TEXT);
		screen_put(&s, "h2", MSG_SECOND_PASSKEY);
		screen_put(&s, "p", MSG_PASSKEY_WHY);
		screen_passkey(
		    &s, &(struct screen_passkey){.kind = HTML("create"),
			    .challenge = STR("/account/passkeys/challenge"),
			    .post = STR("/account/passkeys"),
			    .button = MSG_PASSKEY_ADD});
	}
	put_app(&s, view);
	screen_end(&s);
}

void desk_codes(struct buf *b, const struct view_desk *desk,
    const struct view_desk_codes *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_CODES_TITLE));

	screen_put(&s, "p", MSG_CODES_TEXT);
	html_lit(b, "<ol class=\"codes\">\n");
	for (size_t i = 0; i < view->n; i++) {
		html_lit(b, "<li><span class=\"code\">");
		html_text(b, view->v[i]);
		html_lit(b, "</span></li>\n");
	}
	html_lit(b, "</ol>\n<p class=\"acts\"><a class=\"button main\"");
	html_url(b, "href", STR_NONE, view->next);
	html_lit(b, ">");
	screen_say(&s, MSG_GO_ON);
	html_lit(b, "</a></p>\n");
	screen_end(&s);
}

/* The account. */

static void put_me(const struct screen *s, const struct view_desk_account *view)
{
	struct buf *b = s->b;

	html_lit(b, "<dl class=\"facts\">\n<dt>");
	screen_say(s, MSG_LOGIN);
	html_lit(b, "</dt><dd><bdi>");
	html_text(b, view->login);
	html_lit(b, "</bdi></dd>\n<dt>");
	screen_say(s, MSG_ACCOUNT_ROLE);
	html_lit(b, "</dt><dd>");
	screen_say(s, view->role);
	html_lit(b, "</dd>\n</dl>\n");
	screen_put(s, "h2", MSG_ACCOUNT_ME);
	screen_form(s, STR("/account/me"));
	screen_name_field(s, view->name, view->name_fault);
	screen_select(s, MSG_LANGUAGE, "lang");
	screen_option(s, STR(""), desk_word(s->lang, MSG_LANGUAGE_PAPER),
	    view->lang.n == 0);
	for (unsigned i = 0; i < DESK_LANGS; i++)
		screen_option(s, desk_lang_code(i), desk_lang_name(i),
		    str_eq(view->lang, desk_lang_code(i)));
	screen_select_end(s);
	screen_button(s, MSG_SAVE, true);
	screen_form_end(s);
}

/* "/account/passkeys/17/remove" */
static void put_act(const struct screen *s, struct html start, int64_t id,
    struct html end, enum msg msg)
{
	struct buf *b = s->b;

	html_lit(b, "<form class=\"do\" method=\"post\" action=\"");
	html_raw(b, start);
	buf_i64(b, id);
	html_raw(b, end);
	html_lit(b, "\">");
	screen_button(s, msg, false);
	html_lit(b, "</form>");
}

static void put_th(const struct screen *s, enum msg msg)
{
	html_lit(s->b, "<th scope=\"col\">");
	if (msg != MSG_COUNT)
		screen_say(s, msg);
	html_lit(s->b, "</th>");
}

static void put_keys(
    const struct screen *s, const struct view_desk_account *view)
{
	struct buf *b = s->b;

	screen_wide(s, MSG_SECOND_PASSKEY);
	html_lit(b, "<table>\n<thead><tr>");
	put_th(s, MSG_ACCOUNT_KEY);
	put_th(s, MSG_ACCOUNT_ADDED);
	put_th(s, MSG_ACCOUNT_USED);
	html_lit(b, "<td></td></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->keys_n; i++) {
		const struct view_desk_key *k = &view->keys[i];

		html_lit(b, "<tr><th scope=\"row\">");
		if (k->name.n)
			html_text(b, k->name);
		else
			screen_say(s, MSG_ACCOUNT_KEY);
		html_lit(b, "</th><td>");
		screen_time(s, k->created);
		html_lit(b, "</td><td>");
		if (k->was_used)
			screen_time(s, k->used);
		else
			screen_say(s, MSG_NEVER);
		html_lit(b, "</td><td>");
		put_act(s, HTML("/account/passkeys/"), k->id, HTML("/remove"),
		    MSG_ACCOUNT_REMOVE);
		html_lit(b, "</td></tr>\n");
	}
	html_lit(b, "</tbody></table>");
	screen_wide_end(s);
}

static void put_codes(
    const struct screen *s, const struct view_desk_account *view)
{
	struct str count;
	struct buf *b = s->b;
	struct buf number;

	screen_put(s, "h3", MSG_SECOND_APP);
	if (view->has_totp) {
		html_lit(b, "<p>");
		screen_say(s, MSG_ACCOUNT_TOTP_ON);
		html_lit(b, "</p>\n<p class=\"acts\">");
		screen_link(s, STR("/account/second"), MSG_ACCOUNT_TOTP_AGAIN);
		html_lit(b, "</p>\n");
		screen_do(
		    s, STR("/account/totp/remove"), MSG_ACCOUNT_TOTP_REMOVE);
	} else {
		html_lit(b, "<p>");
		screen_link(s, STR("/account/second"), MSG_ACCOUNT_TOTP_SET);
		html_lit(b, "</p>\n");
	}
	screen_put(s, "h3", MSG_CODES_TITLE);
	buf_init(&number, 32);
	buf_u64(&number, view->codes);
	count = buf_str(&number);
	html_lit(b, "<p>");
	screen_say_with(s, MSG_CODES_LEFT, &count, 1);
	html_lit(b, "</p>\n");
	buf_done(&number);
	screen_do(s, STR("/account/codes"), MSG_CODES_MAKE);
}

static void put_ways(
    const struct screen *s, const struct view_desk_account *view)
{
	screen_put(s, "h2", MSG_ACCOUNT_WAYS);
	if (view->key_fault != MSG_COUNT)
		put_alert(s, view->key_fault);
	screen_put(s, "h3", MSG_SECOND_PASSKEY);
	if (view->keys_n)
		put_keys(s, view);
	else
		screen_put(s, "p", MSG_ACCOUNT_KEYS_NONE);
	screen_passkey(s, &(struct screen_passkey){.kind = HTML("create"),
			      .challenge = STR("/account/passkeys/challenge"),
			      .post = STR("/account/passkeys"),
			      .button = MSG_PASSKEY_ADD});
	put_codes(s, view);
	screen_put(s, "h3", MSG_PASSWORD);
	if (!view->has_password)
		screen_put(s, "p", MSG_ACCOUNT_PASSWORD_NONE);
	screen_form(s, STR("/account/password"));
	screen_field(s, &(struct screen_field){.label = MSG_PASSWORD_NEW,
			    .name = HTML("password"),
			    .type = HTML("password"),
			    .is_required = true,
			    .has_hint = true,
			    .hint = MSG_PASSWORD_HINT,
			    .has_fault = view->password_fault != MSG_COUNT,
			    .fault = view->password_fault,
			    .more = HTML(" autocomplete=\"new-password\"")});
	screen_button(s,
	    view->has_password ? MSG_PASSWORD_CHANGE : MSG_ACCOUNT_PASSWORD_ADD,
	    false);
	screen_form_end(s);
	if (view->has_password && view->keys_n > 0)
		screen_do(s, STR("/account/password/remove"),
		    MSG_ACCOUNT_PASSWORD_REMOVE);
}

static void put_browser(
    const struct screen *s, const struct view_desk_session *session)
{
	struct str names[] = {session->browser, session->system};

	if (session->browser.n && session->system.n) {
		screen_say_with(s, MSG_SESSION_ON, names, 2);
		return;
	}
	html_lit(s->b, "<bdi>");
	if (session->browser.n)
		html_text(s->b, session->browser);
	else if (session->words.n)
		html_text(s->b, session->words);
	else
		screen_say(s, MSG_SESSION_UNKNOWN);
	html_lit(s->b, "</bdi>");
}

static void put_sessions(
    const struct screen *s, const struct view_desk_account *view)
{
	struct buf *b = s->b;

	screen_put(s, "h2", MSG_SESSIONS);
	screen_wide(s, MSG_SESSIONS);
	html_lit(b, "<table>\n<thead><tr>");
	put_th(s, MSG_SESSION_BROWSER);
	put_th(s, MSG_SESSION_SINCE);
	put_th(s, MSG_SESSION_SEEN);
	html_lit(b, "<td></td></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->sessions_n; i++) {
		const struct view_desk_session *k = &view->sessions[i];

		html_lit(b, "<tr><th scope=\"row\">");
		put_browser(s, k);
		html_lit(b, "</th><td>");
		screen_time(s, k->created);
		html_lit(b, "</td><td>");
		screen_time(s, k->seen);
		html_lit(b, "</td><td>");
		if (k->is_this)
			screen_say(s, MSG_SESSION_THIS);
		else
			put_act(s, HTML("/account/sessions/"), k->id,
			    HTML("/end"), MSG_SESSION_END);
		html_lit(b, "</td></tr>\n");
	}
	html_lit(b, "</tbody></table>");
	screen_wide_end(s);
	if (view->sessions_n > 1)
		screen_do(s, STR("/account/sessions/end"), MSG_SESSIONS_END);
}

void desk_account(struct buf *b, const struct view_desk *desk,
    const struct view_desk_account *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_ACCOUNT_TITLE));

	put_me(&s, view);
	put_ways(&s, view);
	put_sessions(&s, view);
	screen_end(&s);
}
