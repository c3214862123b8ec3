/* SPDX-License-Identifier: MIT
 *
 * A shared mapping of a file made with O_TMPFILE.
 */
#include "sys/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/must.h"
#include "sys/oserr.h"
#include "sys/path.h"

/* For file systems without O_TMPFILE. */
static int open_unnamed(struct str dir)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%.*s/spool.XXXXXX", STR_ARG(dir));
	int fd;

	if (n < 0 || (size_t)n >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path);
	return fd;
}

enum rc spool_init(struct spool *s, struct str dir)
{
	char path[PATH_MAX];
	enum rc rc = path_cstr(dir, path, NULL);
	int fd;

	if (rc != RC_OK)
		return rc;
	fd = open(path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR))
		fd = open_unnamed(dir);
	if (fd < 0)
		return oserr_rc(errno);
	*s = (struct spool){.fd = fd};
	return RC_OK;
}

enum rc spool_grow(struct spool *s, size_t size)
{
	void *p;
	int bad;

	must(size >= s->size && size > 0);
	bad = posix_fallocate(s->fd, 0, (off_t)size);
	if (bad)
		return oserr_rc(bad);
	if (s->p)
		p = mremap(s->p, s->size, size, MREMAP_MAYMOVE);
	else
		p = mmap(
		    NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, s->fd, 0);
	if (p == MAP_FAILED)
		return RC_NO_MEMORY;
	s->p = p;
	s->size = size;
	return RC_OK;
}

void spool_done(struct spool *s)
{
	if (s->p) {
		munmap(s->p, s->size);
		close(s->fd);
	} else if (s->fd > 0) {
		close(s->fd);
	}
	*s = (struct spool){0};
}
