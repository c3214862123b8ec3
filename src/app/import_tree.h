/* SPDX-License-Identifier: MIT
 *
 * Which files of a tree that Hugo or Jekyll makes a site of are its stories,
 * and which of them are not for readers yet.
 */
#ifndef APP_IMPORT_TREE_H
#define APP_IMPORT_TREE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "sys/file.h"

/* NAME is one of a manuscript. */
bool import_wants(struct str name);
/* Words about a site, for whoever works on it; at the top of its tree. */
bool import_is_about_tree(const struct file_entry *entry);
/* ENTRY is a manuscript that is a story. */
bool import_takes(const struct file_entry *entry);
/* ENTRY is a folder of what other programs keep beside a site, or have made of
 * it, with manuscripts of their own. */
bool import_skips(const struct file_entry *entry);
/* FOLDER has an "_index.md", in any language or format, that may say of all
 * below it that readers are not to have it (Hugo's "cascade": "draft: true",
 * "build"). Of which pages it says so is not read: it may hold back too much,
 * never too little. */
bool import_holds_all(struct str folder);

/* What was found last of the folders above a path: zeroed, nothing. */
struct import_above {
	char folder[PATH_MAX]; /* the lowest */
	size_t n, top_n;       /* its bytes, and those of the highest */
	bool is_held;
};

/* The same as import_holds_all of the folders above PATH, which begins with a
 * slash, up to the top of its site: where Hugo's settings lie, or "content".
 * Those of *LAST are not read again, so that many files that lie together cost
 * one reading of their folder; what is found is left there. */
bool import_is_held_above(struct import_above *last, struct str path);

#endif
