/* SPDX-License-Identifier: MIT
 *
 * The grammars inside of field values. What is read as a date must come out
 * the same when it is written and read again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "http/entity.h"
#include "http/field.h"

static void check_date(struct str s)
{
	struct instant t;
	struct instant again;
	struct buf b;

	if (http_date_parse(s, &t) != RC_OK)
		return;
	buf_init(&b, 64);
	instant_http(&b, t);
	must(buf_rc(&b) == RC_OK);
	must(http_date_parse(buf_str(&b), &again) == RC_OK);
	must(again.us == t.us);
	buf_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *bytes = malloc(n ? n : 1);
	struct str s = {bytes, n};
	struct str rest = s;
	struct str member;
	struct address address;
	struct entity *e;

	must(bytes);
	if (n)
		memcpy(bytes, data, n);
	while (http_list_next(&rest, &member))
		must(member.n > 0 && member.n <= n);
	check_date(s);
	if (http_ip_parse(s, &address) == RC_OK)
		must(http_forwarded_parse(s, &address) == RC_OK);
	(void)!http_forwarded_parse(s, &address);
	must(coding_choose(s) < CODING_COUNT);
	e = entity_new(&(struct entity_spec){.status = 200,
	    .body = STR("x"),
	    .modified = INSTANT_OF_S(784111777)});
	must(e);
	entity_is_fresh(e, CODING_IDENTITY, s, STR_NONE);
	entity_is_fresh(e, CODING_GZIP, STR_NONE, s);
	entity_unref(e);
	free(bytes);
	return 0;
}
