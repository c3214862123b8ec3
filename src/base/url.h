/* SPDX-License-Identifier: MIT
 *
 * Which host an address names: one reading of it for cookies, forms, feeds and
 * cards, since two that differ are how a page of another site passes for ours.
 * And what an address means that says only a part of itself.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/str.h"

struct buf;

/* The host of URL, "scheme://user@host:port/path?query#part" (RFC 3986,
 * section 3.2): without user and port, with the brackets of an IPv6 address, in
 * the letters it was written in. Empty where there is no "://", or nothing
 * behind it. The view looks into URL. Nothing is judged: a host with a space in
 * it is given back as it is. */
struct str url_host(struct str url);

/* Appends REFERENCE, as it stands on the page PATH of ORIGIN, in full (RFC
 * 3986, section 5.2): "../map?a=1#b" on "/2026/11/23/harbour" of
 * "https://news.example" is "https://news.example/2026/11/map?a=1#b". One that
 * has a scheme stays as it is. PATH begins with "/", and has no query and no
 * segment of dots. Nothing is judged here, either. */
void url_resolve(
    struct buf *b, struct str origin, struct str path, struct str reference);

#endif
