/* SPDX-License-Identifier: MIT
 *
 * Late libraries; see late.h. Nothing is kept between two calls: the loader
 * knows what is loaded.
 */
#include "sys/late.h"

#include <dlfcn.h>
#include <string.h>

#include "base/must.h"

/* It stays when it is closed: from inside of a sandbox it would not come
 * back. */
static void *open_library(const char *library)
{
	return dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

enum rc late_load(const char *library, const char *package, struct err *err)
{
	void *handle = open_library(library);

	if (handle) {
		(void)dlclose(handle);
		return RC_OK;
	}
	return err_set(err, RC_NOT_FOUND,
	    "the library %s is missing; install the package %s", library,
	    package);
}

late_function_type *late_function(const char *library, const char *name)
{
	void *handle = open_library(library);
	late_function_type *function;
	void *p;

	must(handle);
	p = dlsym(handle, name);
	must(p);
	(void)dlclose(handle);
	/* C has no conversion between the two; POSIX says they are alike. */
	_Static_assert(sizeof(function) == sizeof(p), "POSIX");
	memcpy(&function, &p, sizeof(p));
	return function;
}
