/* SPDX-License-Identifier: MIT
 *
 * The words behind a command: options and what they stand before. An option
 * is "--name VALUE", "--name=VALUE" or, without a value, "--name"; "--" ends
 * them. Options and other words may be mixed. An option that the command does
 * not know, one given twice and one without its value are refused with a
 * message that says which.
 *
 *	struct option options[] = {
 *		{.name = "port", .has_value = true},
 *		{.name = "dry-run"},
 *		{0},
 *	};
 *	struct words words;
 *	rc = options_read(argc, argv, options, &words, &err);
 */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

enum { OPTION_VALUES_MAX = 8 };

struct option {
	const char *name; /* without the dashes; NULL ends the table */
	bool has_value;
	bool may_repeat;   /* given more than once, each value counts */
	bool is_set;	   /* filled */
	const char *value; /* filled; NUL-terminated, lives as argv does */
	const char *values[OPTION_VALUES_MAX]; /* filled, if may_repeat */
	unsigned n;			       /* filled: how many of them */
};

/* The words that are no options, in their order: a part of argv itself, which
 * options_read puts in front. */
struct words {
	char **v;
	int n;
};

/* Reads ARGV (without the program's and the command's name). RC_INVALID with
 * a message in ERR. */
MUST_USE enum rc options_read(int argc, char **argv, struct option *options,
    struct words *ret_words, struct err *err);

/* The option itself. NAME must be in the table, here and below. */
const struct option *option_get(const struct option *options, const char *name);
/* The value of an option as a view; empty if it is not set. */
struct str option_value(const struct option *options, const char *name);
bool option_is_set(const struct option *options, const char *name);

/* A whole number from 0 to MAX as the option's value; FALLBACK if not set. */
MUST_USE enum rc option_number(const struct option *options, const char *name,
    uint64_t max, uint64_t fallback, uint64_t *ret_n, struct err *err);

#endif
