/* SPDX-License-Identifier: MIT
 *
 * Sizes of pictures put there by hand; see picture_size.h.
 */
#include "app/picture_size.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "picture/sniff.h"

/* Behind a camera's words, its small picture and a profile of colours stands
 * the size; few have more than that before it. */
enum { HEAD_BYTES = 256 * 1024, PATH_BYTES = 4096 };

/* Up to HEAD_BYTES of the file at PATH into ROOM. */
static size_t read_head(const char *path, char *room)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	size_t n = 0;
	ssize_t got;

	if (fd < 0)
		return 0;
	while (n < HEAD_BYTES && (got = read(fd, room + n, HEAD_BYTES - n)) > 0)
		n += (size_t)got;
	close(fd);
	return n;
}

bool picture_size_of(
    void *ctx, struct str name, uint32_t *ret_width, uint32_t *ret_height)
{
	const char *dir = ctx;
	char path[PATH_BYTES];
	int path_n = snprintf(
	    path, sizeof(path), "%s/public/pictures/%.*s", dir, STR_ARG(name));
	struct picture_size size;
	struct str head;
	char *room;
	bool is_known;

	if (path_n < 0 || (size_t)path_n >= sizeof(path))
		return false;
	room = malloc(HEAD_BYTES);
	if (!room)
		return false;
	head = (struct str){room, read_head(path, room)};
	is_known = picture_sniff(head, &size) == RC_OK;
	if (is_known) {
		bool is_on_side = picture_is_on_side(head, size.kind);

		*ret_width = is_on_side ? size.height : size.width;
		*ret_height = is_on_side ? size.width : size.height;
	}
	free(room);
	return is_known;
}
