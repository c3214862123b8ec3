/* SPDX-License-Identifier: MIT
 *
 * What the files of text/mail.h share: mail.c walks over the parts of a mail,
 * mail_coding.c undoes their codings, mail_choose.c says which are the text,
 * mail_html.c takes the tags out of HTML and mail_put.c puts the text together.
 */
#ifndef TEXT_MAIL_PRIV_H
#define TEXT_MAIL_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"
#include "text/mail.h"

struct arena;
struct buf;

enum { MAIL_HEAD_LINES_MAX = 1000 };

/* What the head of a part says of it. */
struct mail_part {
	struct str type;     /* "text/plain"; empty: not said */
	struct str boundary; /* of its parts */
	struct str charset;
	struct str format; /* "flowed" (RFC 3676) */
	struct str delsp;
	struct str coding;
	struct str body;
	struct str text;     /* the body without its coding */
	const char *read_as; /* the text's encoding until it was UTF-8; NULL */
	uint32_t line;	     /* of the source, where the body begins */
	bool is_file;	     /* not to be shown in place (RFC 2183) */
	bool has_name;	     /* as files have */
	bool is_html;
	unsigned twins;	   /* those of one multipart/alternative; 0: none */
	unsigned siblings; /* those of one multipart/mixed; 0: none */
	unsigned message;  /* the mail it is part of; 0: the outer one */
};

/* A mail, or one within it: its bytes, and how many lines stand above them. */
struct mail_message {
	struct str bytes;
	uint32_t line_no;
};

struct mail_walk {
	struct arena *a;
	/* What is shown in place, in the order of the mail. */
	struct mail_part *texts[MAIL_PARTS_MAX];
	size_t texts_n;
	struct mail_part *chosen[MAIL_PARTS_MAX];
	size_t chosen_n;
	struct mail_part named, blank;
	bool has_named, has_blank;
	struct mail_message messages[MAIL_MESSAGES_MAX];
	unsigned messages_n;
	unsigned parts, multiparts;
	unsigned others;      /* parts that are not to be in the text */
	unsigned other_texts; /* those of them that are text */
};

/* BODY without its CODING, as the mail names it; one that is not known is none.
 * The result lives as long as the arena and BODY. */
struct str mail_decode(struct arena *a, struct str coding, struct str body);

/* Fills in W's CHOSEN, in the order of the mails, with what is to be the text;
 * they are in one encoding. */
void mail_choose(struct mail_walk *w);

/* The text of what was chosen. RC_NO_MEMORY. */
MUST_USE enum rc mail_put(struct mail_walk *w, struct mail *ret_mail);

/* Appends the text of S, which is HTML, without its tags: at most four bytes
 * for a tag. Entities stay; they are text/charset.h's. */
void mail_put_html(struct buf *b, struct str s);

#endif
