/* SPDX-License-Identifier: MIT
 *
 * Which Farthing this is.
 */
#ifndef APP_VERSION_H
#define APP_VERSION_H

/* From git at build time, such as "v0.1-12-g53364ee"; lives for ever. */
const char *version_text(void);

#endif
