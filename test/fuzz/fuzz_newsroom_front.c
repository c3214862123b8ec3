/* SPDX-License-Identifier: MIT
 *
 * An arrangement of the front page, from an address: the first line is the
 * query, each line behind it what a button says, and may also be a moment.
 * Whatever it is, no more stands on the page than there are places, each story
 * once, slots in their order; and what is written is read as the same.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/zone.h"
#include "newsroom/front.h"
#include "newsroom/moment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_form_limits limits = {
    .fields_max = 100, .value_max = 2000};

static void check(const struct arrangement *plan)
{
	must(plan->n <= PAPER_PLACED_MOST);
	for (size_t i = 0; i < plan->n; i++) {
		must(plan->v[i].story > 0);
		must(i == 0 || plan->v[i - 1].slot <= plan->v[i].slot);
		for (size_t k = 0; k < i; k++)
			must(plan->v[k].story != plan->v[i].story);
	}
}

static void read_again(struct arena *a, const struct arrangement *plan)
{
	struct http_long_form form;
	struct arrangement again;
	struct buf b;

	buf_init_arena(&b, a, 64 * 1024);
	arrangement_write(&b, plan);
	must(http_long_form_read(a, buf_str(&b), &limits, &form) == RC_OK);
	(void)arrangement_read(&form, &again);
	must(again.n == plan->n);
	for (size_t i = 0; i < plan->n; i++)
		must(again.v[i].slot == plan->v[i].slot &&
		     again.v[i].story == plan->v[i].story &&
		     str_eq(again.v[i].until, plan->v[i].until));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(1024 * 1024);
	struct str text = {(const char *)data, size}, line;
	struct arrangement plan = {.n = 0};
	struct http_long_form form;

	if (!str_line(&text, &line))
		line = STR("");
	if (http_long_form_read(a, line, &limits, &form) == RC_OK) {
		(void)arrangement_read(&form, &plan);
		check(&plan);
		read_again(a, &plan);
	}
	while (str_line(&text, &line)) {
		struct moment m =
		    moment_read_both(zone_utc(), line, STR("later"));

		must(m.fit != MOMENT_GAP && m.fit != MOMENT_TWICE);
		arrangement_do(&plan, line);
		check(&plan);
	}
	arena_free(a);
	return 0;
}
