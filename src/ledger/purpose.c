/* SPDX-License-Identifier: MIT
 *
 * What a gift is for; see purpose.h.
 */
#include "ledger/purpose.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"

static bool is_path_letter(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) ||
	       (c != '\0' && strchr("/-_.~%", c));
}

static bool is_id_letter(char c)
{
	return (ascii_is_alpha(c) && !ascii_is_upper(c)) || ascii_is_digit(c);
}

enum rc purpose_parse(struct str s, struct purpose *ret_purpose)
{
	enum purpose_kind kind = PURPOSE_GENERAL;

	if (s.n > 0)
		kind = s.p[0] == '/' ? PURPOSE_STORY : PURPOSE_CAMPAIGN;
	if (s.n > (kind == PURPOSE_STORY ? PURPOSE_PATH_MOST : PURPOSE_ID_MOST))
		return RC_LIMIT;
	if (kind == PURPOSE_CAMPAIGN && s.p[0] == '-')
		return RC_INVALID;
	for (size_t i = 0; i < s.n; i++)
		if (kind == PURPOSE_STORY
			? !is_path_letter(s.p[i])
			: !is_id_letter(s.p[i]) && s.p[i] != '-')
			return RC_INVALID;
	*ret_purpose = (struct purpose){kind, s};
	return RC_OK;
}

void purpose_account(struct buf *b, const struct purpose *purpose)
{
	switch (purpose->kind) {
	case PURPOSE_GENERAL:
		buf_lit(b, "income:gifts:general");
		return;
	case PURPOSE_STORY:
		buf_lit(b, "income:gifts:story:");
		buf_add(b, purpose->name);
		return;
	case PURPOSE_CAMPAIGN:
		buf_lit(b, "income:gifts:campaign:");
		buf_add(b, purpose->name);
		return;
	}
	unreachable("a purpose of no kind");
}
