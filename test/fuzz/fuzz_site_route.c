/* SPDX-License-Identifier: MIT
 *
 * Addresses of the paper. The input is a path, and behind the first '?' a
 * query. What is read and written again must mean the same page, under an
 * address that is its own.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/must.h"
#include "site/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The path that TARGET stands for, decoded into ROOM, as http/ would. */
static struct str decode(struct str target, char *room)
{
	size_t n = 0;

	for (size_t i = 0; i < target.n; i++) {
		char c = target.p[i];

		if (c == '%') {
			int high = ascii_hex(target.p[i + 1]);

			must(i + 2 < target.n);
			c = (char)(high * 16 + ascii_hex(target.p[i + 2]));
			i += 2;
		}
		room[n++] = c;
	}
	return (struct str){room, n};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str query = {(const char *)data, n};
	struct str path, target;
	struct route first, again;
	struct buf a, b;
	static char room[1 << 16];

	if (n > 8192)
		return 0;
	path = str_cut(&query, '?');
	if (route_parse(path, query, &first))
		return 0;
	buf_init(&a, 1 << 16);
	buf_init(&b, 1 << 16);
	route_target(&a, &first);
	must(buf_rc(&a) == RC_OK && a.n > 0 && a.p[0] == '/');
	for (size_t i = 0; i < a.n; i++)
		must(a.p[i] > ' ' && a.p[i] < 0x7f);
	query = buf_str(&a);
	target = str_cut(&query, '?');
	path = decode(target, room);
	must(route_parse(path, query, &again) == RC_OK);
	must(!again.is_moved && again.kind == first.kind);
	must(again.year == first.year && again.month == first.month);
	must(again.day == first.day && again.part == first.part);
	must(again.paging == first.paging && again.key.id == first.key.id);
	must(again.key.published_us == first.key.published_us);
	must(str_eq(again.slug, first.slug));
	must(str_eq(again.choice, first.choice));
	must((again.purpose.n > 0) == (first.purpose.n > 0));
	route_key(&b, &again);
	must(str_eq(str_part(buf_str(&b), 0, path.n), path));
	must(str_eq(str_from(buf_str(&b), path.n + 1), query));
	buf_done(&a);
	buf_done(&b);
	return 0;
}
