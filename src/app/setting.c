/* SPDX-License-Identifier: MIT
 *
 * The names of settings; see setting.h.
 */
#include "app/setting.h"

#include <stddef.h>

#include "paper/paper.h"

struct str *setting_of(struct paper_settings *settings, struct str name)
{
	const struct {
		const char *name;
		struct str *at;
	} rows[] = {
	    {"name", &settings->name},
	    {"lang", &settings->lang},
	    {"motto", &settings->motto},
	    {"place", &settings->place},
	    {"zone", &settings->zone},
	    {"origin", &settings->origin},
	    {"publisher", &settings->publisher},
	    {"address", &settings->address},
	    {"support", &settings->support_text},
	    {"about", &settings->about},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(name, str_of(rows[i].name)))
			return rows[i].at;
	return NULL;
}

enum rc setting_sections(struct paper *paper, struct str value, struct err *err)
{
	struct str names[MANUSCRIPT_LIST_MAX];
	struct str_list list = {names, 0};

	while (value.p && value.n > 0) {
		struct str name = str_trim(str_cut(&value, ','));

		if (name.n == 0)
			continue;
		if (list.n == MANUSCRIPT_LIST_MAX)
			return err_set(err, RC_LIMIT, "too many sections");
		names[list.n++] = name;
	}
	return paper_set_sections(paper, &list, err);
}
