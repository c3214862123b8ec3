/* SPDX-License-Identifier: MIT
 *
 * Runs of words in another script than what stands around them, which are to
 * be marked as such, with their direction.
 */
#ifndef TEXT_SCRIPT_RUN_H
#define TEXT_SCRIPT_RUN_H

#include "text/script.h"

/* A name in other letters is no run yet. */
enum { SCRIPT_RUN_WORDS = 2 };

/* Where a run of words in a script other than AROUND begins and ends in TEXT,
 * from *AT on; signs between its words belong to it, and those at its end if it
 * stands in quotation marks or brackets with them ("שלום לכם!") or is a sentence
 * behind another; so do the mark before it whose quotation ends in it, the
 * marks behind it that began in it, and, of a run from left to right in a text
 * that runs the other way, the numbers behind it. False if there is none of
 * SCRIPT_RUN_WORDS words. */
bool script_next_run(struct str text, enum script around, size_t *at,
    size_t *ret_end, enum script *ret_script);

/* LANG is written in more than one script, so that its texts are asked. */
bool lang_has_many_scripts(struct str lang);

#endif
