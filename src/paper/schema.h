/* SPDX-License-Identifier: MIT
 *
 * The tables of the two files of a paper, as the list of migrations that make
 * them. One only appends.
 */
#ifndef PAPER_SCHEMA_H
#define PAPER_SCHEMA_H

#include "store/migration.h"

/* The migrations of private/paper.db and of public/public.db. */
const struct migration *schema_private(size_t *ret_n);
const struct migration *schema_public(size_t *ret_n);

#endif
