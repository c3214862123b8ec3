/* SPDX-License-Identifier: MIT
 *
 * Secret links to a story that is not out: whoever has one sees the newest
 * text without an account, until it expires or is revoked. Only a hash of the
 * secret is kept, so nobody who reads the database can use it.
 */
#ifndef PAPER_PREVIEW_H
#define PAPER_PREVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct paper;

enum {
	PAPER_SECRET_MIN = 16,	   /* bytes that nobody can guess */
	PAPER_PREVIEWS_MOST = 100, /* of one story that can be used */
};

struct paper_preview {
	int64_t id;
	int64_t story;
	struct str who;	 /* made it */
	struct str note; /* for whom */
	struct instant made, expires;
	bool is_revoked;
};

/* Makes the link whose secret is SECRET: random bytes, of which the caller
 * makes the address. RC_NOT_FOUND: no such story; RC_INVALID: it would have
 * expired; RC_LIMIT: PAPER_PREVIEWS_MOST links of the story can be used. */
MUST_USE enum rc paper_add_preview(struct paper *paper, struct str secret,
    const struct paper_preview *preview, struct err *err);
/* The link that SECRET is at NOW; the caller asks whether who made it may still
 * see the story. RC_NOT_FOUND: none; RC_GONE: it has expired or was revoked. */
MUST_USE enum rc paper_open_preview(struct paper *paper, struct arena *a,
    struct str secret, struct instant now, struct paper_preview *ret_preview,
    struct err *err);
/* RC_NOT_FOUND: STORY has no such link. */
MUST_USE enum rc paper_revoke_preview(
    struct paper *paper, int64_t story, int64_t id, struct err *err);
/* Those of a story, newest first, at most 1,000. */
MUST_USE enum rc paper_previews(struct paper *paper, struct arena *a,
    int64_t story, struct paper_preview **ret_v, size_t *ret_n,
    struct err *err);

#endif
