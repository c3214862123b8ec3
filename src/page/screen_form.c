/* SPDX-License-Identifier: MIT
 *
 * The parts of the newsroom's forms; see screen.h.
 */
#include "page/screen.h"

void screen_form(const struct screen *s, struct str action)
{
	html_lit(s->b, "<form method=\"post\"");
	html_url(s->b, "action", STR_NONE, action);
	html_lit(s->b, ">\n");
}

void screen_form_end(const struct screen *s)
{
	html_lit(s->b, "</form>\n");
}

void screen_hidden_(const struct screen *s, struct html name, struct str value)
{
	html_lit(s->b, "<input type=\"hidden\" name=\"");
	html_raw(s->b, name);
	html_lit(s->b, "\"");
	html_attr(s->b, "value", value);
	html_lit(s->b, ">\n");
}

void screen_button_as_(const struct screen *s, enum msg msg, bool is_main,
    struct html name, struct str value)
{
	html_lit(s->b, "<button");
	if (is_main)
		html_lit(s->b, " class=\"main\"");
	if (name.markup.n) {
		html_lit(s->b, " name=\"");
		html_raw(s->b, name);
		html_lit(s->b, "\"");
		html_attr(s->b, "value", value);
	}
	html_lit(s->b, ">");
	screen_say(s, msg);
	html_lit(s->b, "</button>\n");
}

void screen_button(const struct screen *s, enum msg msg, bool is_main)
{
	screen_button_as_(s, msg, is_main, HTML(""), STR_NONE);
}

void screen_do(const struct screen *s, struct str action, enum msg msg)
{
	html_lit(s->b, "<form class=\"do\" method=\"post\"");
	html_url(s->b, "action", STR_NONE, action);
	html_lit(s->b, ">");
	screen_button(s, msg, false);
	html_lit(s->b, "</form>\n");
}

static void put_described(
    const struct screen *s, const struct screen_field *field)
{
	if (!field->has_hint && !field->has_fault && !field->has_theirs)
		return;
	html_lit(s->b, " aria-describedby=\"");
	if (field->has_theirs) {
		html_lit(s->b, "t-");
		html_raw(s->b, field->name);
		if (field->has_fault || field->has_hint)
			html_lit(s->b, " ");
	}
	if (field->has_fault) {
		html_lit(s->b, "x-");
		html_raw(s->b, field->name);
		if (field->has_hint)
			html_lit(s->b, " ");
	}
	if (field->has_hint) {
		html_lit(s->b, "h-");
		html_raw(s->b, field->name);
	}
	html_lit(s->b, "\"");
	if (field->has_fault)
		html_lit(s->b, " aria-invalid=\"true\"");
}

static void put_attrs(const struct screen *s, const struct screen_field *field)
{
	html_lit(s->b, " id=\"f-");
	html_raw(s->b, field->name);
	html_lit(s->b, "\" name=\"");
	html_raw(s->b, field->name);
	html_lit(s->b, "\"");
	put_described(s, field);
	if (field->is_required)
		html_lit(s->b, " required");
	html_raw(s->b, field->more);
}

static void put_input(const struct screen *s, const struct screen_field *field)
{
	struct buf *b = s->b;

	if (field->rows) {
		html_lit(b, "<textarea");
		html_attr_u64(b, "rows", field->rows);
		put_attrs(s, field);
		/* A first line end is not part of the text. */
		html_lit(b, ">\n");
		html_text(b, field->value);
		html_lit(b, "</textarea>\n");
		return;
	}
	html_lit(b, "<input type=\"");
	html_raw(b, field->type.markup.n ? field->type : HTML("text"));
	html_lit(b, "\"");
	put_attrs(s, field);
	html_attr_maybe(b, "value", field->value);
	html_lit(b, ">\n");
}

void screen_theirs(const struct screen *s, const struct view_theirs *theirs)
{
	struct buf *b = s->b;
	struct buf at;

	if (!theirs->is_there)
		return;
	html_lit(b, "<div class=\"faults\" role=\"alert\">\n<p>");
	if (theirs->who.n > 0) {
		struct str values[2] = {theirs->who};

		buf_init(&at, 200);
		words_date(&at, s->words, theirs->at);
		buf_lit(&at, " ");
		words_time(&at, s->words, theirs->at);
		values[1] = buf_rc(&at) == RC_OK ? buf_str(&at) : STR("");
		screen_say_with(s, MSG_THEIRS_BY, values, 2);
		buf_done(&at);
	} else {
		screen_say(s, MSG_THEIRS_COMMAND);
	}
	html_lit(b, " ");
	screen_say(s, MSG_THEIRS_HOW);
	html_lit(b, "</p>\n<p>");
	screen_link(s, theirs->url, MSG_THEIRS_TAKE);
	html_lit(b, "</p>\n</div>\n");
}

void screen_theirs_value_(
    const struct screen *s, struct html name, struct str value)
{
	struct buf *b = s->b;

	html_lit(b, "<div class=\"theirs\" id=\"t-");
	html_raw(b, name);
	html_lit(b, "\"><strong>");
	screen_say(s, MSG_THEIRS_VALUE);
	html_lit(b, "</strong>\n<div class=\"version\" dir=\"auto\">");
	if (value.n > 0)
		html_text(b, value);
	else
		screen_say(s, MSG_THEIRS_EMPTY);
	html_lit(b, "</div>\n</div>\n");
}

void screen_field(const struct screen *s, const struct screen_field *field)
{
	struct buf *b = s->b;

	html_lit(b, "<div class=\"field\">\n<label for=\"f-");
	html_raw(b, field->name);
	html_lit(b, "\">");
	screen_say(s, field->label);
	html_lit(b, "</label>\n");
	put_input(s, field);
	if (field->has_theirs)
		screen_theirs_value_(s, field->name, field->theirs);
	if (field->has_fault) {
		html_lit(b, "<p class=\"fault\" id=\"x-");
		html_raw(b, field->name);
		html_lit(b, "\">");
		screen_say_with(s, field->fault, &field->fault_value, 1);
		html_lit(b, "</p>\n");
	}
	if (field->has_hint) {
		html_lit(b, "<p class=\"hint\" id=\"h-");
		html_raw(b, field->name);
		html_lit(b, "\">");
		screen_say(s, field->hint);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "</div>\n");
}

void screen_name_field(const struct screen *s, struct str name, enum msg fault)
{
	screen_field(s, &(struct screen_field){.label = MSG_NAME,
			    .name = HTML("name"),
			    .value = name,
			    .is_required = true,
			    .has_hint = true,
			    .hint = MSG_NAME_HINT,
			    .has_fault = fault != MSG_COUNT,
			    .fault = fault,
			    .more = HTML(" autocomplete=\"name\"")});
}

void screen_select_(const struct screen *s, enum msg label, struct html name)
{
	html_lit(s->b, "<div class=\"field\">\n<label for=\"f-");
	html_raw(s->b, name);
	html_lit(s->b, "\">");
	screen_say(s, label);
	html_lit(s->b, "</label>\n<select id=\"f-");
	html_raw(s->b, name);
	html_lit(s->b, "\" name=\"");
	html_raw(s->b, name);
	html_lit(s->b, "\">\n");
}

void screen_option(
    const struct screen *s, struct str value, struct str text, bool is_chosen)
{
	html_lit(s->b, "<option");
	html_attr(s->b, "value", value);
	if (is_chosen)
		html_lit(s->b, " selected");
	html_lit(s->b, ">");
	html_text(s->b, text);
	html_lit(s->b, "</option>\n");
}

void screen_select_end(const struct screen *s)
{
	html_lit(s->b, "</select>\n</div>\n");
}

void screen_group(const struct screen *s, enum msg legend)
{
	html_lit(s->b, "<fieldset>\n<legend>");
	screen_say(s, legend);
	html_lit(s->b, "</legend>\n");
}

void screen_choice(const struct screen *s, const struct screen_choice *choice)
{
	struct buf *b = s->b;

	html_lit(b, "<label class=\"choice\"><input type=\"");
	if (choice->is_box)
		html_lit(b, "checkbox");
	else
		html_lit(b, "radio");
	html_lit(b, "\" name=\"");
	html_raw(b, choice->name);
	html_lit(b, "\"");
	html_attr(b, "value", choice->value);
	if (choice->is_chosen)
		html_lit(b, " checked");
	html_lit(b, "> <span>");
	html_text(b, choice->text);
	if (choice->hint.n) {
		html_lit(b, " <small>");
		html_text(b, choice->hint);
		html_lit(b, "</small>");
	}
	html_lit(b, "</span></label>\n");
}

void screen_group_end(const struct screen *s)
{
	html_lit(s->b, "</fieldset>\n");
}

void screen_passkey(const struct screen *s, const struct screen_passkey *p)
{
	struct buf *b = s->b;
	bool is_made = str_eq(p->kind.markup, STR("create"));

	html_lit(b, "<div class=\"passkey\" hidden data-passkey=\"");
	html_raw(b, p->kind);
	html_lit(b, "\"");
	html_attr(b, "data-challenge", p->challenge);
	html_attr(b, "data-post", p->post);
	html_attr_maybe(b, "data-next", p->next);
	html_attr(b, "data-refused", desk_word(s->lang, MSG_PASSKEY_REFUSED));
	html_attr(b, "data-known", desk_word(s->lang, MSG_PASSKEY_KNOWN));
	html_lit(b, ">\n<p class=\"faults\" role=\"alert\" hidden></p>\n");
	if (is_made)
		screen_field(
		    s, &(struct screen_field){.label = MSG_PASSKEY_NAME,
			   .name = HTML("name"),
			   .more = HTML(" maxlength=\"60\"")});
	if (p->text)
		screen_put(s, "p", p->text);
	screen_button(s, p->button, p->is_main);
	html_lit(b, "</div>\n");
}
