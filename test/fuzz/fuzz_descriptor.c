/* SPDX-License-Identifier: MIT
 *
 * Descriptors and extended keys: the canonical text is read again as itself
 * and gives the same scripts; what is refused is not repeated.
 */
#include "coin/descriptor.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/xkey.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LEAK_LEAST = 12 };

/* No run of 12 letters and digits of the input stands in the message. Words
 * of the messages themselves, which an input may well have, are shorter. */
static void must_not_leak(struct str s, const struct err *err)
{
	size_t run = 0;

	for (size_t i = 0; i < s.n; i++) {
		run = ascii_is_alpha(s.p[i]) || ascii_is_digit(s.p[i]) ? run + 1
								       : 0;
		if (run < LEAK_LEAST)
			continue;
		struct str part = {s.p + i + 1 - LEAK_LEAST, LEAK_LEAST};
		struct str why = str_of(err->why);

		must(str_find_str(why, part) == why.n ||
		     str_find_str(STR("uncompressed contradicts sortedmulti "
				      "hexadecimal"),
			 part) < 48);
	}
}

static void fuzz_xkey(struct str s)
{
	struct xkey x, child, again;
	struct err err;
	struct buf b;

	if (xkey_parse(s, &x, &err) != RC_OK) {
		must_not_leak(s, &err);
		return;
	}
	buf_init(&b, 200);
	xkey_text(&b, &x);
	must(str_eq(buf_str(&b), s));
	if (xkey_child(&x, 7, &child) == RC_OK) {
		buf_clear(&b);
		xkey_text(&b, &child);
		must(xkey_parse(buf_str(&b), &again, &err) == RC_OK);
		must(again.fingerprint == xkey_fingerprint(&x));
	}
	must(xkey_child(&x, XKEY_HARDENED, &child) == RC_DENIED);
	buf_done(&b);
}

static void fuzz_scripts(struct arena *a, const struct descriptor *d)
{
	const struct descriptor *again, *single;
	struct script_pubkey one, two, three;
	struct err err;

	must(descriptor_parse(a, descriptor_text(d), &again, &err) == RC_OK);
	must(str_eq(descriptor_text(d), descriptor_text(again)));
	must(!descriptor_has_private_key(descriptor_text(d)));
	must(descriptor_branches(d) == descriptor_branches(again));
	for (uint32_t branch = 0; branch < descriptor_branches(d); branch++) {
		uint32_t index = descriptor_is_ranged(d) ? 3 : 0;
		struct buf b;

		buf_init_arena(&b, a, 2 * DESCRIPTOR_MAX);
		descriptor_branch_text(&b, d, branch);
		must(buf_rc(&b) == RC_OK);
		must(descriptor_parse(a, buf_str(&b), &single, &err) == RC_OK);
		must(descriptor_branches(single) == 1);
		must(descriptor_script(d, branch, index, &one) == RC_OK);
		descriptor_scripts(again, branch, index, &two, 1);
		must(descriptor_script(single, 0, index, &three) == RC_OK);
		must(script_pubkey_eq(&one, &two));
		must(script_pubkey_eq(&one, &three));
		must(script_kind(script_pubkey_str(&one)) != SCRIPT_NONE);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	const struct descriptor *d;
	struct arena *a = arena_new(1 << 20);
	struct err err = {0};

	fuzz_xkey(s);
	if (descriptor_parse(a, s, &d, &err) == RC_OK)
		fuzz_scripts(a, d);
	else
		must_not_leak(s, &err);
	arena_free(a);
	return 0;
}
