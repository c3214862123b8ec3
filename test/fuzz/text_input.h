/* SPDX-License-Identifier: MIT
 *
 * What keeps the targets that read bytes of any encoding from spending their
 * time where nothing is found.
 */
#ifndef FUZZ_TEXT_INPUT_H
#define FUZZ_TEXT_INPUT_H

#include <iconv.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/* iconv loads a library for each East Asian encoding, and lets go of it when
 * its last descriptor is closed: once for each input, which took longer than
 * all else. So one descriptor of each is kept open. */
enum { KEPT_TABLES = 8 };

static inline void keep_tables(void)
{
	static const char *const names[KEPT_TABLES] = {"SHIFT_JIS", "CP932",
	    "EUC-JP", "EUC-KR", "CP949", "GB18030", "BIG5", "BIG5-HKSCS"};
	static iconv_t kept[KEPT_TABLES * 2];

	if (kept[0])
		return;
	for (size_t i = 0; i < KEPT_TABLES; i++) {
		kept[i] = iconv_open("UTF-32LE", names[i]);
		kept[KEPT_TABLES + i] = iconv_open("UTF-8", names[i]);
	}
}

/* Weighing encodings is what fuzz_charset is for: of eight inputs that are not
 * UTF-8 seven get "?" for what is wrong in them, and so come further. */
static inline struct str made_valid(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + (s.n == 0));

	if (!p || s.n % 8 == 0)
		return s;
	memcpy(p, s.p, s.n);
	for (size_t at = 0; at < s.n;) {
		size_t was = at;

		(void)utf8_next(s, &at);
		if (at == was + 1 && (unsigned char)p[was] >= 0x80)
			p[was] = '?';
	}
	return (struct str){p, s.n};
}

#endif
