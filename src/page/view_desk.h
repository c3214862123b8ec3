/* SPDX-License-Identifier: MIT
 *
 * What the newsroom's screens are made from: around each the frame, and for
 * the small ones a view struct. A larger area has its own, view_desk_AREA.h.
 * Everything is the caller's and stays until the page is written.
 */
#ifndef PAGE_VIEW_DESK_H
#define PAGE_VIEW_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/desk_words.h"

/* An entry of the rail. */
struct view_desk_link {
	enum msg word;
	struct str url;
	bool is_current;
};

/* What is around every screen. */
struct view_desk {
	unsigned lang;	     /* a column of desk_words.h */
	struct str paper;    /* its name */
	struct str site;     /* address of the public paper; may be empty */
	struct str css;	     /* addresses under /static */
	struct str css_more; /* of this screen alone; empty: none */
	struct str icon;
	struct str script; /* what this screen's script is; empty: none */
	struct str who;	   /* who is signed in; empty: nobody, and no rail */
	const struct view_desk_link *rail;
	size_t rail_n;
	enum msg done;	 /* what was just done; MSG_COUNT: nothing */
	bool has_faults; /* the form that was sent is shown again */
	struct str next; /* where a page that only leads on leads; or empty */
};

/* A page that only says something: an error, a refusal. */
struct view_desk_notice {
	enum msg title;
	enum msg text;	 /* MSG_COUNT: none */
	struct str more; /* plain words behind it; may be empty */
	struct str url;	 /* a way on; may be empty */
	enum msg link;	 /* its words */
};

/* A form that was sent before its sender had signed in. */
struct view_desk_pair {
	struct str name, value;
};

struct view_desk_kept {
	struct str action; /* where it was sent to */
	enum msg does;	   /* in words */
	struct civil at;
	const struct view_desk_pair *fields;
	size_t fields_n;
};

/* Signing in. */
struct view_desk_sign_in {
	struct str login; /* as it was typed */
	struct str next;  /* where it leads */
	bool has_kept;	  /* namely to a form that waits to be sent again */
	bool is_wrong;	  /* name or password */
	bool must_wait;	  /* too many tries */
	uint64_t wait_s;
};

/* Making an account from a link, or new ways into one. */
struct view_desk_join {
	struct str action; /* where the form goes */
	bool is_first;	   /* the newsroom's first owner */
	bool is_reset;	   /* an account that there is */
	enum msg role;
	struct str name; /* as it was typed, or as the link has it */
	struct str login;
	enum msg name_fault, login_fault, password_fault; /* MSG_COUNT: none */
	bool is_key_wrong; /* the passkey would not do */
};

#endif
