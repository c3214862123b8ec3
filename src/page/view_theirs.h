/* SPDX-License-Identifier: MIT
 *
 * That somebody else has saved meanwhile what a form is about; see
 * screen_theirs in screen.h.
 */
#ifndef PAGE_VIEW_THEIRS_H
#define PAGE_VIEW_THEIRS_H

#include <stdbool.h>

#include "base/instant.h"
#include "base/str.h"

struct view_theirs {
	bool is_there;
	struct str who;	 /* empty: a command on the server, AT says nothing */
	struct civil at; /* when */
	struct str url;	 /* the form as it is saved now */
};

#endif
