/* SPDX-License-Identifier: MIT
 *
 * Settings of gifts: what is read can be written, and is read again as the
 * same. A purpose, too: its account is a name without a space.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/purpose.h"
#include "ledger/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_purpose(struct str s)
{
	struct purpose purpose;
	struct buf b;

	if (purpose_parse(s, &purpose) != RC_OK)
		return;
	must(str_eq(purpose.name, s));
	buf_init(&b, 300);
	purpose_account(&b, &purpose);
	must(buf_rc(&b) == RC_OK);
	must(str_find(buf_str(&b), ' ') == b.n);
	buf_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct arena *a = arena_new(4 << 20);
	struct ledger_settings s, again;
	struct err err = {.rc = RC_OK};
	struct buf first, second;

	try_purpose(text);
	buf_init(&first, 1 << 20);
	buf_init(&second, 1 << 20);
	if (settings_parse(a, text, &s, &err) == RC_OK) {
		settings_write(&first, &s);
		must(buf_rc(&first) == RC_OK);
		if (first.n <= SETTINGS_TEXT_MOST) {
			must(settings_parse(a, buf_str(&first), &again, &err) ==
			     RC_OK);
			settings_write(&second, &again);
			must(str_eq(buf_str(&first), buf_str(&second)));
		}
		for (int64_t n = 1; n < SAT_MAX; n *= 7)
			must(settings_confirmations(&s, sat_of_raw(n), n % 2) >=
			     1);
	} else {
		must(err.why[0] != '\0');
	}
	buf_done(&first);
	buf_done(&second);
	arena_free(a);
	return 0;
}
