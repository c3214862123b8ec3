/* SPDX-License-Identifier: MIT
 *
 * The sandbox; see sandbox.h. Landlock comes first, since the filter forbids
 * its system calls.
 */
#include "sys/sandbox.h"

#include <errno.h>
#include <sys/prctl.h>

#include "base/must.h"
#include "sys/oserr.h"
#include "sys/sandbox_priv.h"

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

enum rc sandbox_enter(const struct sandbox_rules *rules,
    struct sandbox_report *ret_report, struct err *err)
{
	struct sandbox_report report = {0};
	enum rc rc;

	must(rules->readable_count <= SANDBOX_PATHS_MAX);
	must(rules->writable_count <= SANDBOX_PATHS_MAX);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return oserr_set(err, errno, "sandbox: cannot begin");
	rc = landlock_enter(rules, &report, err);
	if (rc == RC_OK && (!IS_SANITIZED || rules->filters_always))
		rc = seccomp_enter(rules, &report, err);
	if (rc == RC_OK)
		*ret_report = report;
	return rc;
}
