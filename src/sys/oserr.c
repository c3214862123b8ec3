/* SPDX-License-Identifier: MIT
 *
 * From errno to a result; see oserr.h.
 */
#include "sys/oserr.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum rc oserr_rc(int errnum)
{
	switch (errnum) {
	case ENOENT:
	case ENOTDIR:
		return RC_NOT_FOUND;
	case EEXIST:
	case ENOTEMPTY:
		return RC_EXISTS;
	case EACCES:
	case EPERM:
	case EROFS:
		return RC_DENIED;
	case ENOSPC:
	case EDQUOT:
		return RC_NO_SPACE;
	case ENOMEM:
	case ENOBUFS:
		return RC_NO_MEMORY;
	case EMFILE:
	case ENFILE:
	case EFBIG:
		return RC_LIMIT;
	case EAGAIN:
	case EBUSY:
	case EADDRINUSE:
	case ETXTBSY:
	case EINPROGRESS:
		return RC_BUSY;
	case ENAMETOOLONG:
	case ELOOP:
	case EISDIR:
		return RC_INVALID;
	}
	return RC_IO;
}

enum rc oserr_set(struct err *err, int errnum, const char *fmt, ...)
{
	const char *reason = strerrordesc_np(errnum);
	char what[ERR_WHY_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return err_set(err, oserr_rc(errnum), "%s: %s", what,
	    reason ? reason : "unknown error");
}
