/* SPDX-License-Identifier: MIT
 *
 * Answers that come later: another process has to be asked first, and the loop
 * must not stand still meanwhile. The answer function takes a handle, keeps
 * it, and returns NULL; the program answers when it can.
 *
 *	struct entity *answer(void *ctx, const struct http_request *r, ...)
 *	{
 *		struct http_later *later = http_later_new(r, 2000, busy_page);
 *
 *		if (later)
 *			ask_the_till(later);
 *		return NULL;
 *	}
 *	... and when the till has spoken:
 *		http_later_answer(later, page);
 *
 * While it waits, the connection reads nothing, so answers stay in order. It
 * is answered once: by the program, or, when the deadline has passed, with the
 * entity given for that. Afterwards, or when the reader has gone, the handle
 * is still there, and still has to be ended by http_later_answer.
 *
 * A long answer goes out in pieces, so that only one of them is in memory:
 *
 *	http_later_piece(later, head, bytes, false);
 *	... and whenever MORE is called, which is when that is sent:
 *		http_later_piece(later, NULL, bytes, is_last);
 *
 * The last piece ends the handle. When MORE is called and nobody waits any
 * more, http_later_answer(later, NULL) ends it; called while somebody does, it
 * breaks the connection off, so that the reader sees that not all has come.
 */
#ifndef HTTP_LATER_H
#define HTTP_LATER_H

#include <stdbool.h>

#include "base/rc.h"

struct entity;
struct http_later;
struct http_request;
struct str;

/* To be called by the answer function, which then returns NULL, at most once
 * for a request that a server has read. LATE is what is sent when DEADLINE_MS
 * (at least 1) have passed, of which a reference is taken; NULL: the ready
 * 503. Returns NULL if too many wait already (HTTP_LATER_MAX), if there is no
 * memory, or if R was not read by a server: answer at once then. The handle is
 * the caller's. Of the request it keeps what the answer depends on; R itself
 * and its body are gone when the answer function returns. */
MUST_USE struct http_later *http_later_new(
    const struct http_request *r, unsigned deadline_ms, struct entity *late);

/* Answers with E, of which it takes over the reference (NULL: the ready 503),
 * before the loop sleeps again, unless nobody waits any more; and frees the
 * handle. Must be called once for each handle, also after its server is gone;
 * from the loop's thread, in any function, the answer function included. */
void http_later_answer(struct http_later *later, struct entity *e);

/* MORE(CTX) is called once for each piece but the last. Before the first. */
void http_later_on_more(
    struct http_later *later, void (*more)(void *ctx), void *ctx);
/* HEAD is an entity that IS_STREAMED, with the first piece, else NULL; its
 * reference is taken over. BYTES are copied. The deadline counts anew for each
 * piece. */
void http_later_piece(struct http_later *later, struct entity *head,
    struct str bytes, bool is_last);

/* Nobody waits any more: the reader has gone, or the deadline has passed. */
bool http_later_is_gone(const struct http_later *later);

#endif
