/* SPDX-License-Identifier: MIT
 *
 * The tables of till.db, as the list of migrations that make them. One only
 * appends.
 */
#ifndef LEDGER_SCHEMA_H
#define LEDGER_SCHEMA_H

#include "store/migration.h"

const struct migration *schema_till(size_t *ret_n);

#endif
