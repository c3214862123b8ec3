/* SPDX-License-Identifier: MIT
 *
 * What one process of a server hands to the next over exec: descriptors,
 * numbers of processes, slots. It is written as one line of items,
 * "key=1/2/3,key=4", in which all values are whole numbers; so it fits an
 * argument or a variable of the environment, and can be read in a list of
 * processes.
 */
#ifndef APP_HANDOVER_H
#define APP_HANDOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct buf;

enum { HANDOVER_VALUES = 4, HANDOVER_MAX = 64 * 1024 };

struct handover_item {
	struct str key;
	int v[HANDOVER_VALUES];
	size_t n; /* values given, at least 1 */
};

/* Appends an item of N values (1 to HANDOVER_VALUES). */
void handover_put(struct buf *b, const char *key, const int *v, size_t n);
/* The same with one value. */
void handover_put_one(struct buf *b, const char *key, int value);

/* Takes the next item from *REST. RC_NOT_FOUND: none is left; RC_INVALID: it
 * is no item. The key looks into *REST. */
MUST_USE enum rc handover_next(
    struct str *rest, struct handover_item *ret_item);

/* A memory file with BYTES in it which nobody can change any more, for a text
 * that several processes shall read. -1 with errno. NAME is for a list of
 * open files. */
int handover_file(const char *name, struct str bytes);

#endif
