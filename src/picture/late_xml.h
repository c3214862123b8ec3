/* SPDX-License-Identifier: MIT
 *
 * libxml2, loaded where it is used; see sys/late.h. Its functions are called as
 * its own header declares them.
 */
#ifndef PICTURE_LATE_XML_H
#define PICTURE_LATE_XML_H

#include "base/err.h"

/* Loads it, unless that was done before. RC_NOT_FOUND: it is missing, and *ERR
 * says which package has it. */
MUST_USE enum rc late_xml_load(struct err *err);

#endif
