/* SPDX-License-Identifier: MIT
 *
 * The messages between a command and the newsroom process: a verb (or, in an
 * answer, a result) and some strings.
 *
 *	byte 0		version, DESK_VERSION
 *	byte 1		verb, or the enum rc of an answer
 *	bytes 2, 3	how many parts, big-endian
 *	bytes 4 to 7	how many bytes follow, big-endian
 *	then each part:	4 bytes of length, big-endian, and its bytes
 *
 * A failed call is answered with its rc and one part, the words for a person.
 */
#ifndef APP_DESK_WIRE_H
#define APP_DESK_WIRE_H

#include <stddef.h>

#include "base/str.h"

struct buf;

enum {
	DESK_VERSION = 1,
	DESK_HEAD = 8, /* bytes of the fixed head */
	DESK_PARTS_MAX = 1024,
	DESK_MESSAGE_MAX = 16 * 1024 * 1024, /* bytes behind the head */
};

/* What can be asked. A REF names a story: its id in digits, or its address
 * "/2026/11/23/harbour". A WHEN is a date as civil_parse reads it, in the
 * paper's own time where it has no offset. An empty part is "not given". */
enum desk_verb {
	/* Nothing. Answers the version of the program. */
	DESK_PING,
	/* SOURCE, TEXT, SOURCE, TEXT, ...: manuscripts and where each comes
	 * from (its key: importing again changes nothing). Answers one part
	 * for each, in order: "STATE ID PATH", STATE being new, changed, same
	 * or, followed by why, refused; a refused one does not hinder the
	 * others. */
	DESK_IMPORT,
	/* REF or empty for a new story, TEXT, SOURCE or empty. Saves TEXT as a
	 * revision (a new story is a draft). Answers ID. */
	DESK_SAVE,
	/* REF. The draft is for an editor to read. Answers ID. */
	DESK_SUBMIT,
	/* REF. Publishes now. Answers PATH. */
	DESK_PUBLISH,
	/* REF, WHEN. Publishes to the second. Answers PATH, TIME. */
	DESK_SCHEDULE,
	/* REF, NOTE. The address answers 410 with the note. Answers PATH. */
	DESK_WITHDRAW,
	/* NAME, VALUE, NAME, VALUE, ...: settings of the paper. */
	DESK_SET,
	/* Nothing. All that is committed is in the database files (checkpoint)
	 * and in the public paper (outbox). */
	DESK_FLUSH,
	DESK_VERBS, /* how many there are */
};

/* The word for VERB in messages: "publish". Lives for ever. */
const char *desk_verb_name(enum desk_verb verb);

struct desk_message {
	unsigned kind; /* an enum desk_verb, or an enum rc */
	size_t n;
	struct str v[DESK_PARTS_MAX];
};

/* Reads a head of DESK_HEAD bytes and says how many bytes follow it.
 * RC_NEWER: another version; RC_INVALID; RC_LIMIT: too many bytes or parts. */
MUST_USE enum rc desk_wire_head(struct str head, size_t *ret_follows);
/* Reads a whole message, head and all; its views look into MESSAGE. Nothing
 * may be left over. RC_NEWER, RC_INVALID, RC_LIMIT. */
MUST_USE enum rc desk_wire_read(
    struct str message, struct desk_message *ret_message);
/* Appends a message. RC_LIMIT: it would pass the limits above or B's own;
 * RC_NO_MEMORY. */
MUST_USE enum rc desk_wire_write(
    struct buf *b, unsigned kind, const struct str *parts, size_t n);

#endif
