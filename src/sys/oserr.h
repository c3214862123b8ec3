/* SPDX-License-Identifier: MIT
 *
 * The operating system's error numbers, as results and words of ours.
 */
#ifndef SYS_OSERR_H
#define SYS_OSERR_H

#include "base/err.h"

/* The result that stands for an errno:
 *	ENOENT ENOTDIR			RC_NOT_FOUND
 *	EEXIST ENOTEMPTY		RC_EXISTS
 *	EACCES EPERM EROFS		RC_DENIED
 *	ENOSPC EDQUOT			RC_NO_SPACE
 *	ENOMEM ENOBUFS			RC_NO_MEMORY
 *	EMFILE ENFILE EFBIG		RC_LIMIT
 *	EAGAIN EBUSY EADDRINUSE ETXTBSY EINPROGRESS	RC_BUSY
 *	ENAMETOOLONG ELOOP EISDIR	RC_INVALID
 *	all others			RC_IO */
enum rc oserr_rc(int errnum);

/* Says "what you format: No space left on device" in *ERR (if not NULL) and
 * returns oserr_rc(ERRNUM). */
enum rc oserr_set(struct err *err, int errnum, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

#endif
