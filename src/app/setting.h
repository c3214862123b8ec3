/* SPDX-License-Identifier: MIT
 *
 * The names by which `farthing set` knows the paper's settings.
 */
#ifndef APP_SETTING_H
#define APP_SETTING_H

#include "base/err.h"
#include "base/str.h"

struct paper;
struct paper_settings;

/* Where the setting NAME ("motto") lies in SETTINGS; NULL: there is none of
 * that name. */
struct str *setting_of(struct paper_settings *settings, struct str name);

/* Sets the order of the sections to VALUE, names parted by commas. RC_LIMIT:
 * too many; and what paper_set_sections says. */
MUST_USE enum rc setting_sections(
    struct paper *paper, struct str value, struct err *err);

#endif
