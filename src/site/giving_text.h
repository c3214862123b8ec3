/* SPDX-License-Identifier: MIT
 *
 * The newsroom's words on gifts reach a reader through the till, whose file
 * may have been written to by others. An address among them would be one that
 * nobody has signed. Private to site/.
 */
#ifndef SITE_GIVING_TEXT_H
#define SITE_GIVING_TEXT_H

#include <stdbool.h>

struct till_summary;

/* Takes out of SUMMARY each text in which an address of a coin stands, whole,
 * and says whether there was one. It is found as a wallet would take it, by its
 * checksum (coin/address_find.h): words that tell a person to go elsewhere are
 * not seen by this. */
bool giving_text_cut(struct till_summary *summary);

#endif
