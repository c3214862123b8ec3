/* SPDX-License-Identifier: MIT
 *
 * A file that is an answer's body; see entity_file.h.
 */
#include "http/entity_file.h"

#include <stdlib.h>

#include "sys/file.h"

struct entity_file {
	struct file_held held;
};

enum rc entity_file_open(struct str path, struct entity_file **ret_file)
{
	struct entity_file *file = malloc(sizeof(*file));
	enum rc rc = file ? file_hold(path, &file->held, NULL) : RC_NO_MEMORY;

	if (rc == RC_OK)
		*ret_file = file;
	else
		free(file);
	return rc;
}

void entity_file_free(struct entity_file *file)
{
	if (!file)
		return;
	file_let_go(&file->held);
	free(file);
}

uint64_t entity_file_size(const struct entity_file *file)
{
	return file->held.size;
}

struct instant entity_file_changed(const struct entity_file *file)
{
	return (struct instant){file->held.changed_ns / 1000};
}

struct hash entity_file_hash(const struct entity_file *file)
{
	const uint64_t told[] = {file->held.number, file->held.size,
	    (uint64_t)file->held.changed_ns};

	return hash_of((struct str){(const char *)told, sizeof(told)});
}

enum rc entity_file_read(
    const struct entity_file *file, uint64_t at, char *room, size_t n)
{
	return file_held_read(&file->held, at, room, n);
}
