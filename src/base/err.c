/* SPDX-License-Identifier: MIT
 *
 * Messages for people; see err.h.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/must.h"

/* Ends WHY at a character's border if it fills the whole array, and takes out
 * what could move a terminal's cursor. */
static void err_clean(char why[ERR_WHY_MAX])
{
	size_t n = strlen(why);

	if (n == ERR_WHY_MAX - 1) {
		while (n > 0 && ((unsigned char)why[n - 1] & 0xC0) == 0x80)
			n--;
		if (n > 0 && (unsigned char)why[n - 1] >= 0xC0)
			n--;
		why[n] = '\0';
	}
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)why[i] < 0x20 || why[i] == 0x7F)
			why[i] = '?';
}

enum rc err_set(struct err *err, enum rc rc, const char *fmt, ...)
{
	va_list ap;

	must(rc != RC_OK);
	if (!err)
		return rc;
	err->rc = rc;
	va_start(ap, fmt);
	vsnprintf(err->why, sizeof(err->why), fmt, ap);
	va_end(ap);
	err_clean(err->why);
	return rc;
}

enum rc err_prefix(struct err *err, enum rc rc, const char *fmt, ...)
{
	char old[ERR_WHY_MAX];
	va_list ap;
	int n;

	must(rc != RC_OK);
	if (!err)
		return rc;
	memcpy(old, err->why, sizeof(old));
	va_start(ap, fmt);
	n = vsnprintf(err->why, sizeof(err->why), fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof(err->why))
		snprintf(err->why + n, sizeof(err->why) - (size_t)n, "%s", old);
	err_clean(err->why);
	return err->rc;
}
