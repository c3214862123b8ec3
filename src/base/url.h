/* SPDX-License-Identifier: MIT
 *
 * Which host an address names: one reading of it for cookies, forms, feeds and
 * cards, since two that differ are how a page of another site passes for ours.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/str.h"

/* The host of URL, "scheme://user@host:port/path?query#part" (RFC 3986,
 * section 3.2): without user and port, with the brackets of an IPv6 address, in
 * the letters it was written in. Empty where there is no "://", or nothing
 * behind it. The view looks into URL. Nothing is judged: a host with a space in
 * it is given back as it is. */
struct str url_host(struct str url);

#endif
