/* SPDX-License-Identifier: MIT
 *
 * The head of a manuscript, YAML 1.1, as a small tree of names and values.
 *
 * Hostile heads cost little: at most FRONT_DEPTH deep, FRONT_NODES values;
 * aliases ("*name") are not followed but kept as such, so nothing grows.
 */
#ifndef TEXT_FRONT_MATTER_H
#define TEXT_FRONT_MATTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

enum {
	FRONT_DEPTH = 16,
	FRONT_NODES = 8192,
	FRONT_BYTES_MAX = 512 * 1024,
};

enum front_kind {
	FRONT_SCALAR,
	FRONT_LIST,
	FRONT_MAP,
	FRONT_ALIAS, /* value: its name */
};

struct front_node {
	enum front_kind kind;
	bool is_plain;	/* a scalar without quotes: may be null or a number */
	bool is_block;	/* a scalar in "|" or ">" form */
	uint32_t line;	/* in the file, from 1 */
	struct str key; /* in a map; else empty */
	struct str value;
	struct front_node *child;
	struct front_node *next;
};

/* Reads YAML, which is valid UTF-8 and starts on line FIRST_LINE of its file.
 * *RET_HEAD is a map, perhaps without children. Everything lives as long as
 * the arena. RC_INVALID and RC_LIMIT with the line in ERR; RC_NO_MEMORY. */
MUST_USE enum rc front_matter_parse(struct arena *a, struct str yaml,
    uint32_t first_line, struct front_node **ret_head, struct err *err);

/* A scalar that says nothing: "", "~" or "null" without quotes. */
bool front_is_null(const struct front_node *node);
/* YAML's words for true and false; RC_INVALID for all else. */
MUST_USE enum rc front_bool(const struct front_node *node, bool *ret_value);
/* The first child of MAP with one of the N names (ASCII case ignored), by the
 * order of the names; NULL if there is none or MAP is no map. */
const struct front_node *front_get(
    const struct front_node *map, const struct str *names, size_t n);

#endif
