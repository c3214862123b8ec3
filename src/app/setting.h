/* SPDX-License-Identifier: MIT
 *
 * The names by which `farthing set` knows the paper's settings.
 */
#ifndef APP_SETTING_H
#define APP_SETTING_H

#include "base/str.h"

struct paper_settings;

/* Where the setting NAME ("motto") lies in SETTINGS; NULL: there is none of
 * that name. */
struct str *setting_of(struct paper_settings *settings, struct str name);

#endif
