/* SPDX-License-Identifier: MIT
 *
 * See fences.h.
 */
#include "app/fences.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "sys/sandbox.h"

/* USER cannot write NAME of DIR, nor put something else in its place. */
static bool is_apart(const char *dir, const char *name, uid_t user)
{
	char path[PATH_MAX];
	struct stat is;
	int n = snprintf(path, sizeof(path), "%s/%s", dir, name);

	return n > 0 && (size_t)n < sizeof(path) && lstat(path, &is) == 0 &&
	       user != 0 && is.st_uid != user &&
	       !(is.st_mode & (S_IWGRP | S_IWOTH));
}

static bool has_pin(const char *dir)
{
	char path[PATH_MAX];
	struct stat is;
	int n = snprintf(path, sizeof(path), "%s/trust/pin", dir);

	return n > 0 && (size_t)n < sizeof(path) && lstat(path, &is) == 0;
}

struct fences fences_look(const char *dir, uid_t user)
{
	return (struct fences){.landlock_abi = sandbox_landlock_abi(),
	    .has_pin = has_pin(dir),
	    .is_pin_apart = is_apart(dir, ".", user) &&
			    is_apart(dir, "trust", user) &&
			    is_apart(dir, "trust/pin", user)};
}

void fences_tell(struct buf *b, const struct fences *f)
{
	if (f->landlock_abi > 0)
		return;
	buf_lit(b, "this kernel has no Landlock, or has it switched off: only "
		   "their owners say which files a process of the server can "
		   "write");
	if (!f->has_pin)
		return;
	if (f->is_pin_apart)
		buf_lit(b, ". The pinned key is safe all the same: it and its "
			   "folders belong to another user than the server's");
	else
		buf_lit(b, ". The pinned key, trust/pin, can be replaced by "
			   "the user as whom it runs: let it run as a user of "
			   "its own and give the folders to root, or start "
			   "Linux with landlock; doc/serving.md says how");
}
