/* SPDX-License-Identifier: MIT
 *
 * gzip by libdeflate and brotli by libbrotlienc. The levels are chosen so that
 * a page of 20 kB costs well below half a millisecond, once; doc/
 * http-performance.md has the measurements.
 */
#include "http/coding.h"

#include <brotli/encode.h>
#include <libdeflate.h>

#include "base/must.h"
#include "http/field.h"

enum {
	GZIP_LEVEL = 6,
	/* Below 5, brotli is no smaller than gzip. With a window of 16 bits, 5
	 * uses a small hash table, which is quicker to clear. */
	BROTLI_LEVEL = 5,
	BROTLI_WINDOW_MIN = 16,
	BROTLI_WINDOW_MAX = 18,
	/* Smaller bodies go into the first packet with their head anyway. */
	PAYS_FROM_BYTES = 256,
};

struct str coding_name(enum coding coding)
{
	switch (coding) {
	case CODING_IDENTITY:
		return STR("identity");
	case CODING_GZIP:
		return STR("gzip");
	case CODING_BR:
		return STR("br");
	case CODING_COUNT:
		break;
	}
	unreachable("a coding outside of the list");
}

bool coding_pays(struct str type, size_t n)
{
	static const struct str types[] = {STR_INIT("text/"),
	    STR_INIT("application/xml"), STR_INIT("application/rss+xml"),
	    STR_INIT("application/atom+xml"), STR_INIT("application/json"),
	    STR_INIT("application/feed+json"), STR_INIT("application/ld+json"),
	    STR_INIT("application/manifest+json"),
	    STR_INIT("application/javascript"), STR_INIT("image/svg+xml")};

	if (n < PAYS_FROM_BYTES)
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_starts(type, types[i]))
			return true;
	return false;
}

/* --- making --- */

size_t coding_bound(enum coding coding, size_t n)
{
	must(coding == CODING_GZIP || coding == CODING_BR);
	if (coding == CODING_GZIP)
		return libdeflate_gzip_compress_bound(NULL, n);
	return BrotliEncoderMaxCompressedSize(n);
}

static enum rc gzip(struct str body, char *room, size_t *ret_n)
{
	struct libdeflate_compressor *c =
	    libdeflate_alloc_compressor(GZIP_LEVEL);

	if (!c)
		return RC_NO_MEMORY;
	*ret_n = libdeflate_gzip_compress(c, body.p, body.n, room,
	    libdeflate_gzip_compress_bound(NULL, body.n));
	libdeflate_free_compressor(c);
	must(*ret_n > 0);
	return RC_OK;
}

static enum rc brotli(struct str body, char *room, size_t *ret_n)
{
	size_t n = BrotliEncoderMaxCompressedSize(body.n);
	int window = body.n > (size_t)1 << BROTLI_WINDOW_MIN
			 ? BROTLI_WINDOW_MAX
			 : BROTLI_WINDOW_MIN;

	if (!BrotliEncoderCompress(BROTLI_LEVEL, window, BROTLI_MODE_TEXT,
		body.n, (const uint8_t *)body.p, &n, (uint8_t *)room))
		return RC_NO_MEMORY;
	*ret_n = n;
	return RC_OK;
}

enum rc coding_apply(
    enum coding coding, struct str body, char *room, size_t *ret_n)
{
	must(coding == CODING_GZIP || coding == CODING_BR);
	return coding == CODING_GZIP ? gzip(body, room, ret_n)
				     : brotli(body, room, ret_n);
}

/* --- choosing --- */

/* A weight in thousandths, -1 if S is none: "0", "0.5", "1.000". */
static int weight(struct str s)
{
	int value = 0;
	int unit = 1000;

	if (s.n == 0 || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1') ||
	    (s.n > 1 && s.p[1] != '.'))
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (i == 1)
			continue;
		if (!ascii_is_digit(s.p[i]))
			return -1;
		value += (s.p[i] - '0') * unit;
		unit /= 10;
	}
	return value <= 1000 ? value : -1;
}

/* Takes "gzip ; q=0.5" apart. The weight is 0 where it cannot be read. */
static struct str weighted(struct str member, int *ret_weight)
{
	struct str name = http_trim(str_cut(&member, ';'));
	int q = 1000;

	if (member.p) {
		struct str rest = http_trim(member);

		q = -1;
		if (rest.n > 2 && (rest.p[0] | 0x20) == 'q' && rest.p[1] == '=')
			q = weight(str_from(rest, 2));
	}
	*ret_weight = q < 0 ? 0 : q;
	return name;
}

enum coding coding_choose(struct str accept_encoding)
{
	int q[CODING_COUNT] = {-1, -1, -1}; /* -1: not named */
	int star = -1;
	struct str member;

	while (http_list_next(&accept_encoding, &member)) {
		int w;
		struct str name = weighted(member, &w);

		if (str_eq_fold(name, STR("br")))
			q[CODING_BR] = w;
		else if (str_eq_fold(name, STR("gzip")) ||
			 str_eq_fold(name, STR("x-gzip")))
			q[CODING_GZIP] = w;
		else if (str_eq_fold(name, STR("identity")))
			q[CODING_IDENTITY] = w;
		else if (str_eq(name, STR("*")))
			star = w;
	}
	for (int i = 0; i < CODING_COUNT; i++)
		if (q[i] < 0)
			q[i] = star;
	/* Of equals the smallest; what was not named at all is not sent, but
	 * identity, which is always allowed. */
	if (q[CODING_BR] > 0 && q[CODING_BR] >= q[CODING_GZIP] &&
	    q[CODING_BR] >= q[CODING_IDENTITY])
		return CODING_BR;
	if (q[CODING_GZIP] > 0 && q[CODING_GZIP] >= q[CODING_IDENTITY])
		return CODING_GZIP;
	return CODING_IDENTITY;
}
