/* SPDX-License-Identifier: MIT
 *
 * Forms that were sent too early: who gets them, and how many there can be.
 */
#include "newsroom/kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "newsroom/route.h"

static struct kept form_of(int64_t staff, uint8_t number, struct str body)
{
	struct kept k = {.staff = staff,
	    .at = INSTANT_OF_S(1000 + number),
	    .path = STR("/stories/1/save"),
	    .body = body};

	memset(k.token, number, sizeof(k.token));
	return k;
}

static const struct kept *find(
    struct kept_forms *forms, int64_t staff, uint8_t number, int64_t at_s)
{
	uint8_t token[TOKEN_BYTES];

	memset(token, number, sizeof(token));
	return kept_find(forms, token, staff, INSTANT_OF_S(at_s));
}

static void a_form_comes_back_to_its_own_account_alone(void **state)
{
	struct kept_forms *forms = kept_forms_new();
	struct kept form = form_of(7, 1, STR("body=Words"));
	const struct kept *back;

	(void)state;
	assert_true(kept_add(forms, &form));
	assert_null(find(forms, 8, 1, 1002));
	assert_null(find(forms, 7, 2, 1002));
	assert_null(find(forms, 0, 0, 1002)); /* a free place is no form */
	back = find(forms, 7, 1, 1002);
	assert_non_null(back);
	assert_true(str_eq(back->path, form.path));
	assert_true(str_eq(back->body, form.body));
	assert_non_null(find(forms, 7, 1, 1001 + KEPT_S));
	assert_null(find(forms, 7, 1, 1002 + KEPT_S));
	assert_null(find(forms, 7, 1, 1002)); /* it is gone for good */
	kept_forms_free(forms);
}

static void an_account_pushes_out_its_own_and_nobody_elses(void **state)
{
	struct kept_forms *forms = kept_forms_new();
	struct kept other = form_of(1, 1, STR("a=b"));

	(void)state;
	assert_true(kept_add(forms, &other));
	for (uint8_t i = 2; i < 40; i++) {
		struct kept form = form_of(2, i, STR("c=d"));

		assert_true(kept_add(forms, &form));
		assert_non_null(find(forms, 2, i, 1040));
		if (i >= 2 + KEPT_EACH)
			assert_null(
			    find(forms, 2, (uint8_t)(i - KEPT_EACH), 1040));
	}
	assert_non_null(find(forms, 1, 1, 1040));
	kept_forget(forms, 1);
	assert_null(find(forms, 1, 1, 1040));
	assert_non_null(find(forms, 2, 39, 1040));
	kept_forms_free(forms);
}

static void all_together_have_a_limit(void **state)
{
	struct kept_forms *forms = kept_forms_new();
	size_t n = KEPT_EACH_BYTES - 100;
	char *bytes = calloc(1, KEPT_EACH_BYTES + 1);
	uint8_t most = KEPT_BYTES / KEPT_EACH_BYTES;

	(void)state;
	assert_non_null(bytes);
	for (uint8_t i = 1; i <= most + 1; i++) {
		struct kept form = form_of(i, i, (struct str){bytes, n});

		assert_true(kept_add(forms, &form));
	}
	assert_null(find(forms, 1, 1, 1100));
	for (uint8_t i = 2; i <= most + 1; i++)
		assert_non_null(find(forms, i, i, 1100));
	n = KEPT_EACH_BYTES + 1;
	assert_false(kept_add(forms,
	    &(struct kept){.staff = 1, .path = STR("/"), .body = {bytes, n}}));
	kept_forms_free(forms);
	free(bytes);
}

static void no_form_with_a_secret_is_kept(void **state)
{
	const struct route *all[ROUTES_MOST];
	size_t n = routes_all(all);
	size_t kept = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		bool is_secret = route_takes(all[i], STR("password")) ||
				 route_takes(all[i], STR("code")) ||
				 route_takes(all[i], STR("signature"));

		if (is_secret || (all[i]->flags & ROUTE_RAW) ||
		    all[i]->right == RIGHT_STAFF ||
		    (all[i]->right == RIGHT_SELF &&
			(all[i]->flags & ROUTE_STEP_UP)))
			assert_false(kept_takes(all[i]));
		kept += kept_takes(all[i]);
		if (strcmp(all[i]->pattern, "/stories/:id/save") == 0)
			assert_true(kept_takes(all[i]));
	}
	assert_true(kept > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_form_comes_back_to_its_own_account_alone),
	    cmocka_unit_test(an_account_pushes_out_its_own_and_nobody_elses),
	    cmocka_unit_test(all_together_have_a_limit),
	    cmocka_unit_test(no_form_with_a_secret_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
