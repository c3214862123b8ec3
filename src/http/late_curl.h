/* SPDX-License-Identifier: MIT
 *
 * libcurl, loaded where it is used; see sys/late.h. Its functions are called as
 * its own header declares them.
 */
#ifndef HTTP_LATE_CURL_H
#define HTTP_LATE_CURL_H

#include "base/err.h"

/* Loads it, unless that was done before. RC_NOT_FOUND: it is missing, and *ERR
 * says which package has it. */
MUST_USE enum rc late_curl_load(struct err *err);

#endif
