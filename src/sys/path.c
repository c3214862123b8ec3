/* SPDX-License-Identifier: MIT
 *
 * Paths; see path.h.
 */
#include "sys/path.h"

#include <string.h>

#include "base/must.h"

enum rc path_cstr(struct str path, char ret_z[PATH_MAX], struct err *err)
{
	if (path.n == 0)
		return err_set(err, RC_INVALID, "a path is empty");
	if (path.n >= PATH_MAX)
		return err_set(
		    err, RC_INVALID, "%.80s...: too long a path", path.p);
	if (str_find(path, '\0') < path.n)
		return err_set(
		    err, RC_INVALID, "%.*s: a NUL in a path", STR_ARG(path));
	memcpy(ret_z, path.p, path.n);
	ret_z[path.n] = '\0';
	return RC_OK;
}

void path_parent(const char *path, char ret_z[PATH_MAX])
{
	struct str s = str_of(path);
	size_t n = str_find_last(s, '/');

	must(s.n < PATH_MAX);
	if (n == s.n)
		s = STR(".");
	else
		s = n > 0 ? str_part(s, 0, n) : STR("/");
	memcpy(ret_z, s.p, s.n);
	ret_z[s.n] = '\0';
}
