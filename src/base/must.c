/* SPDX-License-Identifier: MIT
 *
 * What happens when an assertion fails; see must.h.
 */
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

void must_failed(
    const char *what, const char *file, int line, const char *function)
{
	fprintf(stderr, "farthing: %s:%d: %s: this cannot be: %s\n", file, line,
	    function, what);
	abort();
}
