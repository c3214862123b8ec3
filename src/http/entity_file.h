/* SPDX-License-Identifier: MIT
 *
 * A file whose bytes are an answer's body. It is never in memory as a whole:
 * the server sends it from its descriptor, a piece at a time, and whoever is
 * sent it costs that descriptor and nothing more.
 */
#ifndef HTTP_ENTITY_FILE_H
#define HTTP_ENTITY_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"
#include "sys/hash.h"

struct entity_file;

/* Opens PATH, a plain file. The codes of file_hold (sys/file.h), and
 * RC_NO_MEMORY. The caller owns it, until an entity does. */
MUST_USE enum rc entity_file_open(
    struct str path, struct entity_file **ret_file);
void entity_file_free(struct entity_file *file); /* NULL is fine */

uint64_t entity_file_size(const struct entity_file *file);
/* When it was last changed, as file_changed tells it. */
struct instant entity_file_changed(const struct entity_file *file);
/* Tells its bytes apart from all others that ever lie at its path, but for two
 * changes within one tick of the file system's clock. */
struct hash entity_file_hash(const struct entity_file *file);
/* As file_held_read. */
MUST_USE enum rc entity_file_read(
    const struct entity_file *file, uint64_t at, char *room, size_t n);

#endif
