/* SPDX-License-Identifier: MIT
 *
 * The page of a gift as a watcher reads it: no page is taken for genuine by a
 * key that never signed one.
 */
#include <stdint.h>
#include <string.h>

#include "app/gift_page.c"
#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(16 * 1024 * 1024);
	struct str html = {(const char *)data, n};
	struct instant now = INSTANT_OF_S(1795780000);
	struct minisign_key key = {{0}, {0}};
	struct gift_page page;
	struct buf address;
	struct err err = {0};

	if (n < 512 * 1024 && gift_page_parse(a, html, &page) == RC_OK) {
		must(page.proof.n > 0 && page.text.n <= n);
		buf_init_arena(&address, a, 128);
		must(gift_page_check(a, &page, &key, now, &address, &err) ==
			 RC_DENIED &&
		     err.why[0] && address.n == 0);
		if (gift_page_key(&page, now, &key) == RC_OK &&
		    gift_page_check(a, &page, &key, now, &address, &err) ==
			RC_OK)
			must(address.n > 0);
	}
	arena_free(a);
	return 0;
}
