/* SPDX-License-Identifier: MIT
 *
 * Telling readers what has changed: rows of the table "change", by which they
 * let pages go, and of "told", by which a page knows since when it says what
 * it says (public_told).
 *
 * The instant of a change is a whole second, and no two commits to public.db
 * that could be told apart have the same: a second one within a second counts
 * as made at the next full second. Readers name no instant that still lies
 * ahead, so nobody was told that one before. A clock that is put back makes
 * instants that lie ahead for longer, never one that was used.
 *
 * All of it happens inside a transaction of paper->edition.
 */
#ifndef PAPER_TOLD_H
#define PAPER_TOLD_H

#include "paper/paper_priv.h"

/* Reads where the two tables stand. */
MUST_USE enum rc told_open(struct paper *paper);
/* What is told from here on is changed at NOW. */
void told_begin(struct paper *paper, struct instant now);
/* Keeps the instant, where something was told; before every commit. */
MUST_USE enum rc told_flush(struct paper *paper);

#endif
