/* SPDX-License-Identifier: MIT */
#include "page/desk_editor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <jansson.h>

#include "page/desk_words.h"

static void the_script_gets_every_message_of_its_own_by_name(void **state)
{
	struct str open =
	    STR("<script type=\"application/json\" id=\"editor-words\">");
	struct str close = STR("</script>");

	(void)state;
	for (unsigned column = 0; column < DESK_LANGS; column++) {
		struct buf b;
		struct str json;
		json_t *words;
		size_t expected = 0;

		buf_init(&b, 256 * 1024);
		desk_editor_words(&b, column);
		json = buf_str(&b);
		assert_true(str_starts(json, open) && str_ends(json, close));
		json = str_part(json, open.n, json.n - open.n - close.n);
		/* Nothing in it can end the element. */
		assert_int_equal(str_find(json, '<'), json.n);
		words =
		    json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(words);
		for (int i = 0; i < MSG_COUNT; i++) {
			const char *id = desk_word_id((enum msg)i);
			const char *word;

			if (strncmp(id, "EDITOR_", 7) != 0)
				continue;
			expected++;
			word =
			    json_string_value(json_object_get(words, id + 7));
			assert_non_null(word);
			assert_true(str_eq(
			    str_of(word), desk_word(column, (enum msg)i)));
		}
		assert_int_equal(json_object_size(words), expected);
		assert_true(expected > 100);
		json_decref(words);
		buf_done(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_script_gets_every_message_of_its_own_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
