/* SPDX-License-Identifier: MIT
 *
 * Finding a time zone's file; see zone_file.h.
 */
#include "sys/zone_file.h"

#include "sys/file.h"

enum { NAME_MOST = 64, FILE_MOST = 256 * 1024 };

/* A name as the tz database forms them. There is no dot in it, so that it
 * cannot lead out of the folder. */
static bool is_zone_name(struct str name)
{
	if (name.n == 0 || name.n > NAME_MOST || name.p[0] == '/')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '_' &&
		    c != '+' && c != '-' && c != '/')
			return false;
	}
	return true;
}

enum rc zone_file_load(struct arena *a, struct str name,
    const struct zone **ret_zone, struct err *err)
{
	struct str path;
	struct str bytes;
	enum rc rc;

	if (str_eq(name, STR("UTC")) || str_eq(name, STR("Etc/UTC"))) {
		*ret_zone = zone_utc();
		return RC_OK;
	}
	if (!is_zone_name(name))
		return err_set(err, RC_INVALID,
		    "\"%.*s\" is no name of a time zone; one is Europe/Berlin",
		    STR_ARG(str_part(name, 0, NAME_MOST)));
	path = arena_printf(a, "/usr/share/zoneinfo/%.*s", STR_ARG(name));
	if (!path.p)
		return err_set(
		    err, RC_NO_MEMORY, "no memory to read a time zone");
	rc = file_read(a, path, FILE_MOST, &bytes, err);
	if (rc == RC_NOT_FOUND || file_kind(path) == FILE_FOLDER)
		return err_set(err, RC_NOT_FOUND,
		    "there is no time zone \"%.*s\"; look at the names in "
		    "/usr/share/zoneinfo, of Debian's package tzdata",
		    STR_ARG(name));
	if (rc == RC_OK)
		rc = zone_parse(a, bytes, ret_zone, err);
	return rc == RC_OK ? RC_OK
			   : err_prefix(err, rc, "%.*s: ", STR_ARG(path));
}
