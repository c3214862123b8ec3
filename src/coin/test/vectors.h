/* SPDX-License-Identifier: MIT
 *
 * Official test vectors, where they lie beside the tree (../shared/vectors).
 * They are not a part of it; a test that does not find them says so in a line
 * "note: ..." and is content.
 */
#ifndef COIN_TEST_VECTORS_H
#define COIN_TEST_VECTORS_H

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/str.h"

/* What the file NAME holds, to be given back with json_decref; NULL where it
 * is not there. */
static inline json_t *vectors_open(const char *name)
{
	char path[200];
	json_error_t fault;
	json_t *all;

	snprintf(path, sizeof(path), "../shared/vectors/%s", name);
	all = json_load_file(path, JSON_ALLOW_NUL, &fault);
	if (!all)
		printf("note: no %s; those vectors are not tested\n", path);
	return all;
}

/* The text of a field; empty where there is none. */
static inline struct str vector_str(const json_t *object, const char *key)
{
	return str_of(json_string_value(json_object_get(object, key)));
}

static inline bool vector_is(
    const json_t *object, const char *key, const char *value)
{
	return str_eq(vector_str(object, key), str_of(value));
}

#endif
