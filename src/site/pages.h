/* SPDX-License-Identifier: MIT
 *
 * The pages that a reader reads: rows become views, page/ makes HTML of them.
 * Each appends one page to job->out and fills what the job says of it. Besides
 * what is said beside them: RC_NOT_FOUND, RC_NO_MEMORY, RC_LIMIT (too large a
 * page), RC_IO and RC_BUSY. Private to site/.
 */
#ifndef SITE_PAGES_H
#define SITE_PAGES_H

#include "site/job.h"

MUST_USE enum rc pages_front(struct job *job);
/* A withdrawn story gives its notice, an address of old a redirect. */
MUST_USE enum rc pages_story(struct job *job);
/* Other stories that stand below STORY; none: RET_RELATED is left as it was. */
MUST_USE enum rc pages_related(struct job *job,
    const struct public_story *story, struct view_teasers *ret_related);
MUST_USE enum rc pages_list(struct job *job);
MUST_USE enum rc pages_day(struct job *job);
MUST_USE enum rc pages_archive(struct job *job);
MUST_USE enum rc pages_about(struct job *job);

/* All notices of changes; what a story's readers have had. */
MUST_USE enum rc pages_corrections(struct job *job);
MUST_USE enum rc pages_versions(struct job *job);
MUST_USE enum rc pages_version(struct job *job);
MUST_USE enum rc pages_compare(struct job *job);

/* Where an address that is no page leads by hand. */
MUST_USE enum rc pages_redirect(struct job *job);

/* A page for STATUS, with the newsroom's NOTE (may be empty); HAS_LATEST adds
 * the newest stories, for which the database is read. */
MUST_USE enum rc pages_notice(
    struct job *job, unsigned status, struct str note, bool has_latest);

#endif
