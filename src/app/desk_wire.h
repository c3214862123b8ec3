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
	DESK_PARTS_MAX = 4096,
	DESK_MESSAGE_MAX = 16 * 1024 * 1024, /* bytes behind the head */
};

/* What can be asked. A REF names a story: its id in digits, an address it has
 * or had ("/2026/11/23/harbour"), or its slug. A WHEN is a date as civil_parse
 * reads it, in the paper's own time where it has no offset. An empty part is
 * "not given". */
enum desk_verb {
	/* Nothing. Answers the version of the program. */
	DESK_PING,
	/* SOURCE, HASH, SOURCE, HASH, ...: which of these were imported as
	 * they are now? Answers one part for each, in order: "yes" or "no". */
	DESK_KNOWN,
	/* OPTION, then SOURCE, HASH, TEXT, SOURCE, HASH, TEXT, ...:
	 * manuscripts, where each comes from (its key), and the hash of its
	 * text (8 to 64 bytes of any kind, the same for the same text).
	 * OPTION is a line, "draft" (all of them are kept as drafts) or empty,
	 * and behind it the folder where their tree begins, with which all
	 * SOURCEs of it begin; empty: none. Importing again changes nothing.
	 * Answers one part for each, in order: "new ID", "changed ID", "same
	 * 0", "passed WHY" (it is no story) or "refused WHY", and behind that
	 * lines of notes on the story. A refused one does not hinder the
	 * others. */
	DESK_IMPORT,
	/* REF (empty: a new story, a draft), TEXT, NOTE. Saves the
	 * manuscript TEXT as a revision; that of a published story is
	 * published. Answers ID, "new" or "same", and lines of notes as
	 * DESK_IMPORT has them. */
	DESK_SAVE,
	/* REF. The draft is for an editor to read. Answers ID. */
	DESK_SUBMIT,
	/* REF, OPTION. Publishes now, or at the end of its embargo. Where the
	 * paper wants a second pair of eyes, an unapproved text is refused
	 * unless OPTION is "without-approval". Answers ID,
	 * STATUS ("published" or "scheduled"), PATH (empty if it has none
	 * yet), the time of it (RFC 3339, the paper's own time; empty
	 * if none), and lines on the addresses from before that do not lead to
	 * it. */
	DESK_PUBLISH,
	/* REF, WHEN, OPTION. Publishes to the second. OPTION and answers as
	 * DESK_PUBLISH. */
	DESK_SCHEDULE,
	/* REF, NOTE. Its address answers 410 with the note. Answers as
	 * DESK_PUBLISH. */
	DESK_WITHDRAW,
	/* REF, SLUG. Another slug; the old address leads to the new one.
	 * Answers as DESK_PUBLISH. */
	DESK_RENAME,
	/* NAME, VALUE, NAME, VALUE, ...: settings of the paper: name, lang,
	 * motto, place, zone, origin, publisher, address, support, about
	 * (Markdown), and sections (names in order, parted by commas). */
	DESK_SET,
	/* SLUG (empty: made of the name), NAME, ABOUT: who stands in a
	 * byline. */
	DESK_PERSON,
	/* Nothing. All that is committed is in the database files
	 * (checkpoint) and in the public paper (outbox). */
	DESK_FLUSH,
	/* LOGIN: a one-time link with new ways into that account; empty: for
	 * the newsroom's first owner. Answers the path, and the origin of the
	 * newsroom's pages if a server runs. */
	DESK_STAFF_LINK,
	/* Nothing. Answers a line for each account. */
	DESK_STAFF_LIST,
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
