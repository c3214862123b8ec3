/* SPDX-License-Identifier: MIT
 *
 * What is handed on over exec; the format is in the header. Both sides are
 * ours, but perhaps of two versions: an item that is not understood makes the
 * newer one refuse the hand-over, and the older goes on.
 */
#include "app/handover.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/must.h"

void handover_put(struct buf *b, const char *key, const int *v, size_t n)
{
	must(n >= 1 && n <= HANDOVER_VALUES);
	/* Not behind the "=" of the option that begins the line. */
	if (b->n > 0 && b->p[b->n - 1] != '=')
		buf_char(b, ',');
	buf_add(b, str_of(key));
	for (size_t i = 0; i < n; i++) {
		buf_char(b, i == 0 ? '=' : '/');
		buf_i64(b, v[i]);
	}
}

void handover_put_one(struct buf *b, const char *key, int value)
{
	handover_put(b, key, &value, 1);
}

enum rc handover_next(struct str *rest, struct handover_item *ret_item)
{
	struct handover_item item = {0};
	struct str values;

	if (!rest->p || rest->n == 0)
		return RC_NOT_FOUND;
	values = str_cut(rest, ',');
	item.key = str_cut(&values, '=');
	while (values.p) {
		int64_t n;

		if (item.n == HANDOVER_VALUES ||
		    str_i64(str_cut(&values, '/'), &n) != RC_OK ||
		    n < INT_MIN || n > INT_MAX)
			return RC_INVALID;
		item.v[item.n++] = (int)n;
	}
	if (item.key.n == 0 || item.n == 0)
		return RC_INVALID;
	*ret_item = item;
	return RC_OK;
}

static bool write_all(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

int handover_file(const char *name, struct str bytes)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	if (!write_all(fd, bytes) || fcntl(fd, F_ADD_SEALS,
					 F_SEAL_SEAL | F_SEAL_SHRINK |
					     F_SEAL_GROW | F_SEAL_WRITE) != 0) {
		int saved = errno;

		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}
