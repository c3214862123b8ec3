/* SPDX-License-Identifier: MIT
 *
 * Which Farthing this is; see version.h. The only object that is built again
 * with every commit.
 */
#include "app/version.h"

#ifndef FARTHING_VERSION
#define FARTHING_VERSION "unknown"
#endif

const char *version_text(void)
{
	return FARTHING_VERSION;
}
