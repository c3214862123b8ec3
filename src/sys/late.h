/* SPDX-License-Identifier: MIT
 *
 * Shared libraries that only some processes need. One that is linked is loaded
 * by every process and for every command, with all that it needs itself: with
 * libcurl and its thirty, and libxml2, that came to 5 ms and 6 MB each.
 *
 * So these few are compiled against and not linked. Beside the code that calls
 * such a library lies a file late_NAME.c with a function for each of the
 * library's that is called, of the same name, which hands its arguments on.
 * The library's own header checks their types, and the linker that none is
 * missing:
 *
 *	#define LATE(name)                                                     \
 *		((__typeof__(name) *)late_function("libcurl.so.4", #name))
 *
 *	void curl_easy_cleanup(CURL *curl)
 *	{
 *		LATE(curl_easy_cleanup)(curl);
 *	}
 *
 * Looking a function up takes some 0.2 us.
 */
#ifndef SYS_LATE_H
#define SYS_LATE_H

#include "base/err.h"

/* Any function; to be made the type that it has. */
typedef void late_function_type(void);

/* Loads the library, and all that it needs, unless that was done before; it
 * stays for the life of the process. To be called where it may be missing, and
 * before a sandbox is entered: nothing is found from inside. LIBRARY is its
 * file as the linker names it ("libcurl.so.4"), PACKAGE Debian's that has it,
 * for *ERR. RC_NOT_FOUND. */
MUST_USE enum rc late_load(
    const char *library, const char *package, struct err *err);

/* The function NAME of LIBRARY, which is loaded if it is not yet, and is not
 * missing. */
late_function_type *late_function(const char *library, const char *name);

#endif
