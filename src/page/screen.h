/* SPDX-License-Identifier: MIT
 *
 * What the newsroom's screens are put together from: the frame, words, and the
 * parts of forms. Private to page/.
 *
 *	struct screen s = screen_start(b, desk, desk_word(desk->lang, MSG_X));
 *
 *	screen_form(&s, STR("/account/name"));
 *	screen_field(&s, &(struct screen_field){.label = MSG_NAME,
 *	    .name = HTML("name"), .value = view->name, .fault = view->fault});
 *	screen_button(&s, MSG_SAVE, true);
 *	screen_form_end(&s);
 *	screen_end(&s);
 *
 * Markup that a screen writes by itself is plain: the style sheet
 * web/desk.css says at its top which classes there are.
 */
#ifndef PAGE_SCREEN_H
#define PAGE_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "page/html.h"
#include "page/view_desk.h"
#include "page/view_theirs.h"
#include "page/words.h"

struct screen {
	struct buf *b;
	const struct view_desk *desk;
	unsigned lang;		   /* column of the messages */
	const struct words *words; /* for dates */
};

/* From the doctype to the open main element and its heading, TITLE. */
struct screen screen_start(
    struct buf *b, const struct view_desk *desk, struct str title);
/* The same without the heading, for a screen that has its own. KIND becomes a
 * class of the body. */
struct screen screen_start_bare(struct buf *b, const struct view_desk *desk,
    struct str title, struct html kind);
/* To the end of the page. */
void screen_end(const struct screen *s);

/* Words, as escaped text. */
void screen_say(const struct screen *s, enum msg msg);
void screen_say_with(
    const struct screen *s, enum msg msg, const struct str *values, size_t n);
void screen_say_count(const struct screen *s, enum msg msg, uint64_t count);
/* In an element: TAG is such as "p", "h2", "li". */
void screen_put_(const struct screen *s, struct html tag, enum msg msg);
#define screen_put(s, tag, msg) screen_put_((s), HTML(tag), (msg))
/* '<a href="URL">words</a>' */
void screen_link(const struct screen *s, struct str url, enum msg msg);
/* A status in words: '<span class="status KIND">'. KIND: good, wait, bad,
 * off. */
void screen_status_(const struct screen *s, struct html kind, enum msg msg);
#define screen_status(s, kind, msg) screen_status_((s), HTML(kind), (msg))
/* An address that is shown to be handed on: text that is selected as one, and,
 * where web/copy.js runs, a button that copies it. Once on a screen. */
void screen_handed(const struct screen *s, struct str url);
/* Date and time, or "never". C as zone_civil gives it. */
void screen_time(const struct screen *s, struct civil c);
/* What an empty list says: what to do next. */
void screen_empty(const struct screen *s, enum msg msg);
/* Newer and older; an empty address leaves one out. */
void screen_pager(const struct screen *s, struct str newer, struct str older);

/* Around a table, which may be wider than a phone: it scrolls by itself, also
 * by the keyboard. LABEL is what it is called. */
void screen_wide(const struct screen *s, enum msg label);
void screen_wide_end(const struct screen *s);
/* A cell of a table of the class "cards", whose rows are read one below the
 * other on a phone: there it says by itself under which HEAD it stands. */
void screen_cell(const struct screen *s, enum msg head);
void screen_cell_end(const struct screen *s);

/* Forms, all sent by POST. */
void screen_form(const struct screen *s, struct str action);
void screen_form_end(const struct screen *s);
void screen_hidden_(const struct screen *s, struct html name, struct str value);
#define screen_hidden(s, name, value) screen_hidden_((s), HTML(name), (value))
void screen_button(const struct screen *s, enum msg msg, bool is_main);
/* A button that sends NAME=VALUE. */
void screen_button_as_(const struct screen *s, enum msg msg, bool is_main,
    struct html name, struct str value);
#define screen_button_as(s, msg, is_main, name, value)                         \
	screen_button_as_((s), (msg), (is_main), HTML(name), (value))
/* A form that is one button. */
void screen_do(const struct screen *s, struct str action, enum msg msg);

/* A labelled field of one line, or, with ROWS, of several. The hint and the
 * fault stand beside it and belong to it for those who listen. */
struct screen_field {
	enum msg label;
	struct html name; /* also makes its id, "f-NAME" */
	struct html type; /* markup NULL: "text" */
	struct html more; /* further attributes, each with a space before it */
	struct str value; /* never that of a password */
	bool has_hint, has_fault;
	enum msg hint, fault;	/* where has_ says so */
	struct str fault_value; /* {0} of the fault */
	unsigned rows;		/* 0: a field of one line */
	bool is_required;
	bool has_theirs; /* somebody else has saved another value meanwhile */
	struct str theirs;
};
void screen_field(const struct screen *s, const struct screen_field *field);
/* A person's own name, with its FAULT or MSG_COUNT. */
void screen_name_field(const struct screen *s, struct str name, enum msg fault);

/* Somebody else has saved meanwhile: who and when, that what was typed is not
 * saved, and the way to what was. Nothing where that is not so. */
void screen_theirs(const struct screen *s, const struct view_theirs *theirs);
/* One value as they have saved it; its id is "t-NAME". */
void screen_theirs_value_(
    const struct screen *s, struct html name, struct str value);
#define screen_theirs_value(s, name, value)                                    \
	screen_theirs_value_((s), HTML(name), (value))

/* The box of web/passkey.js, hidden until that runs: KIND is "get" or
 * "create"; CHALLENGE and POST are the addresses that it asks. With a field
 * for a name where one is made; "join" makes one for the person in the form
 * before it. TEXT stands above the button; 0: nothing. */
struct screen_passkey {
	struct html kind;
	struct str challenge, post, next;
	enum msg text, button;
	bool is_main;
};
void screen_passkey(
    const struct screen *s, const struct screen_passkey *passkey);

/* A list to choose from: start, options, end. */
void screen_select_(const struct screen *s, enum msg label, struct html name);
#define screen_select(s, label, name) screen_select_((s), (label), HTML(name))
void screen_option(
    const struct screen *s, struct str value, struct str text, bool is_chosen);
void screen_select_end(const struct screen *s);

/* A group of boxes or of round buttons: start, choices, end. */
void screen_group(const struct screen *s, enum msg legend);
struct screen_choice {
	struct html name;
	struct str value;
	struct str text;
	struct str hint; /* may be empty */
	bool is_box;	 /* else a round button */
	bool is_chosen;
};
void screen_choice(const struct screen *s, const struct screen_choice *choice);
void screen_group_end(const struct screen *s);

#endif
