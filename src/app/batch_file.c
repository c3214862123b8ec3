/* SPDX-License-Identifier: MIT
 *
 * Batch files; see batch_file.h.
 */
#include "app/batch_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "sys/oserr.h"

static enum rc read_all(int fd, struct batch_reader *reader, struct err *err)
{
	char piece[16384];
	enum rc rc = RC_OK;

	while (rc == RC_OK) {
		ssize_t n = read(fd, piece, sizeof(piece));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return oserr_set(err, errno, "reading");
		if (n == 0)
			return batch_reader_end(reader, err);
		rc = batch_reader_feed(
		    reader, (struct str){piece, (size_t)n}, err);
	}
	return rc;
}

enum rc batch_file_read(const char *path,
    const struct batch_reader_calls *calls, void *ctx,
    struct batch_reader *reader, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum rc rc;

	if (fd < 0)
		return oserr_set(err, errno, "%s", path);
	batch_reader_init(reader, calls, ctx);
	rc = read_all(fd, reader, err);
	close(fd);
	return rc == RC_OK ? rc : err_prefix(err, rc, "%s: ", path);
}
