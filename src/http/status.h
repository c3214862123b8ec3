/* SPDX-License-Identifier: MIT
 *
 * The status codes in use and their reason phrases (RFC 9110 15).
 */
#ifndef HTTP_STATUS_H
#define HTTP_STATUS_H

#include "base/str.h"

/* "Not Found"; "Unknown" for a code not in use. Lives for ever. */
struct str http_reason(unsigned status);

#endif
