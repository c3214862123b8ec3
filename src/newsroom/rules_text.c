/* SPDX-License-Identifier: MIT
 *
 * Changed rules for publishing, from the log's words into the reader's; what
 * settings_publishing.c writes.
 */
#include "newsroom/rules_text.h"

#include "base/buf.h"
#include "newsroom/publish.h"
#include "newsroom/visit.h"
#include "paper/audit.h"

/* "byline: 2 → 1" in words. False: it is nothing of that kind. */
static bool level_put(const struct visit *v, struct buf *b, struct str change)
{
	static const struct {
		struct str text;
		enum msg msg;
	} levels[] = {
	    {STR_INIT("0"), MSG_PUBLISHING_OFF},
	    {STR_INIT("1"), MSG_CHECK_WARNS},
	    {STR_INIT("2"), MSG_CHECK_BLOCKS},
	};
	const struct str arrow = STR(" \xE2\x86\x92 ");
	struct str is = change;
	struct str name = str_cut(&is, ':');
	size_t at = str_find_str(is, arrow);
	struct str side[2] = {
	    str_trim(str_part(is, 0, at)), str_from(is, at + arrow.n)};

	for (int i = 0; i < CHECK_COUNT; i++)
		if (str_eq(name, str_of(check_item_name((enum check_item)i)))) {
			buf_add(
			    b, desk_word(v->lang, publishing_item_words[i]));
			name = STR_NONE;
			break;
		}
	for (int i = 0; i < 2 && name.n == 0; i++) {
		size_t k = 0;

		while (k < 3 && !str_eq(side[i], levels[k].text))
			k++;
		if (k == 3)
			return false;
		buf_add(b, i ? arrow : STR(" "));
		buf_add(b, desk_word(v->lang, levels[k].msg));
	}
	return name.n == 0;
}

struct str rules_text(const struct visit *v, struct str detail)
{
	struct str rest = detail;
	struct buf b;

	buf_init_arena(&b, v->a, 8 * AUDIT_TEXT_MAX);
	while (rest.p) {
		struct str change = str_trim(str_cut(&rest, ','));

		if (b.n > 0)
			buf_add(&b, STR("; "));
		if (str_eq(change, STR("second pair of eyes: on")))
			buf_add(&b, desk_word(v->lang, MSG_PUBLISHING_EYES_ON));
		else if (str_eq(change, STR("second pair of eyes: off")))
			buf_add(&b, desk_word(v->lang, MSG_LOG_EYES_OFF));
		else if (!level_put(v, &b, change))
			return detail;
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : detail;
}
