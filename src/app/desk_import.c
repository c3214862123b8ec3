/* SPDX-License-Identifier: MIT
 *
 * The verbs of the desk that bring manuscripts in: a batch of an import, and
 * one that is saved; see desk_work_priv.h.
 */
#include <string.h>

#include "app/alias_notes.h"
#include "app/desk_when.h"
#include "app/desk_work_priv.h"
#include "app/import_notes.h"
#include "app/missing.h"
#include "base/arena.h"
#include "base/buf.h"
#include "paper/paper.h"
#include "sys/clock.h"

enum {
	HASH_LEAST = 8,
	HASH_MOST = 64,
	SOURCE_MOST = 1000,
};

enum rc desk_known(struct job *job)
{
	if (job->in->n % 2 != 0)
		return err_set(&job->err, RC_INVALID, "a hash is missing");
	for (size_t i = 0; i < job->in->n; i += 2) {
		bool has = false;
		enum rc rc = paper_import_has(job->paper, job->in->v[i],
		    job->in->v[i + 1], &has, &job->err);

		if (rc != RC_OK)
			return rc;
		job_answer(job, has ? STR("yes") : STR("no"));
	}
	return RC_OK;
}

/* What is wrong with one source, and not with the machine: the batch goes on
 * (paper_import). */
static bool is_of_source(enum rc rc)
{
	return rc == RC_INVALID || rc == RC_LIMIT;
}

static void add_notes(struct job *job, int64_t id, const struct manuscript *m,
    bool is_held, struct buf *b)
{
	if (alias_notes(job->paper, job->work->story, id, &m->aliases, b) !=
	    RC_OK)
		buf_lit(b, "aliases: they could not be looked up\n");
	if (import_notes(job->work->story, m, job->lang, is_held, b) != RC_OK)
		buf_lit(b, "proof: too much of it to be read\n");
	if (missing_pictures(job->paper, job->work->story,
		str_of(job->work->dir), m, b, NULL) != RC_OK)
		buf_lit(b, "pictures: they could not be looked up\n");
}

/* Answers "STATE ID", and behind it the lines of notes on IMPORT, if there is
 * one. */
static enum rc import_answer(struct job *job, const char *state, int64_t id,
    const struct paper_import *import)
{
	struct buf b;

	buf_init_arena(&b, job->a, DESK_NOTES_MOST);
	buf_printf(&b, "%s %lld\n", state, (long long)id);
	if (import && *import->ret_is_kept_back)
		buf_add(&b, import_kept_back);
	if (import && *import->ret_waits_no_more)
		buf_add(&b, import_waits_no_more);
	if (import && *import->ret_stays_draft)
		buf_add(&b, import_stays_draft);
	if (import && *import->ret_keeps_embargo)
		buf_add(&b, import_keeps_embargo);
	if (import)
		add_notes(job, id, import->manuscript,
		    strcmp(state, "new") == 0 || *import->ret_is_kept_back, &b);
	job_answer(job, buf_str(&b));
	return b.p ? RC_OK : job_no_memory(job);
}

/* The folder from which KEY and others are brought in; may be empty. */
static struct str root_of(const struct job *job)
{
	struct str root = job_part(job, 0);

	(void)str_cut(&root, '\n');
	return root;
}

static bool is_of_tree(const struct job *job, struct str key)
{
	return root_of(job).n > 0 && str_starts(key, root_of(job));
}

/* A folder of KEY may give it its section, though none below today's root does:
 * the root was another one when it came in. */
static bool may_have_section(struct str key)
{
	static const struct str names[] = {
	    STR_INIT("_posts"), STR_INIT("_drafts")};

	while (key.n > 0) {
		struct str part = str_cut(&key, '/');

		if (key.n > 0 &&
		    (str_eq(part, names[0]) || str_eq(part, names[1])))
			return true;
	}
	return false;
}

static enum rc import_name(
    struct job *job, struct manuscript *m, struct str key)
{
	struct str root = root_of(job);
	struct str option = job_part(job, 0);
	bool is_draft = str_eq(str_cut(&option, '\n'), STR("draft"));
	enum rc rc = manuscript_from_name(job->work->story, m, key);

	if (rc == RC_OK && is_of_tree(job, key))
		rc = manuscript_from_folder(
		    job->work->story, m, str_from(key, root.n));
	m->is_draft |= is_draft;
	return rc;
}

/* A README somewhere in a tree is a story only if it says so. */
static bool is_about_site(
    struct job *job, struct str key, const struct manuscript *m)
{
	return is_of_tree(job, key) && import_is_readme(key) &&
	       !(m->has_published && !str_blank(m->headline));
}

static enum rc import_one(struct job *job, const struct str *v, struct err *err)
{
	static const char *const outcomes[] = {
	    [PAPER_ADDED] = "new",
	    [PAPER_CHANGED] = "changed",
	    [PAPER_UNCHANGED] = "same",
	};
	struct manuscript m;
	bool is_kept_back = false, waits_no_more = false, stays_draft = false;
	bool keeps_embargo = false;
	struct paper_import import = {
	    .key = v[0],
	    .hash = v[1],
	    .manuscript = &m,
	    .who = STR("import"),
	    .now = job->now,
	    .has_no_folder = !is_of_tree(job, v[0]) || may_have_section(v[0]),
	    .ret_is_kept_back = &is_kept_back,
	    .ret_waits_no_more = &waits_no_more,
	    .ret_stays_draft = &stays_draft,
	    .ret_keeps_embargo = &keeps_embargo,
	};
	enum paper_outcome outcome = PAPER_SKIPPED;
	int64_t id = 0;
	bool has = false;
	enum rc rc;

	if (v[0].n == 0 || v[0].n > SOURCE_MOST || v[1].n < HASH_LEAST ||
	    v[1].n > HASH_MOST)
		return err_set(err, RC_INVALID, "its path is too long");
	rc = paper_import_has(job->paper, v[0], v[1], &has, err);
	if (rc != RC_OK || has)
		return rc == RC_OK ? import_answer(job, "same", 0, NULL) : rc;
	rc = manuscript_parse(job->work->story, v[2], &m, err);
	/* Nothing of it is in the paper yet. */
	if (rc == RC_NO_MEMORY)
		return err_set(err, RC_LIMIT, "it takes too much memory");
	if (rc != RC_OK)
		return rc;
	if (manuscript_is_index(&m, v[0])) {
		job_answer(
		    job, STR("passed over: the page of a list, no story"));
		return RC_OK;
	}
	if (is_about_site(job, v[0], &m)) {
		job_answer(job, import_about_site);
		return RC_OK;
	}
	if (m.headline.n == 0 && str_blank(m.body))
		return err_set(err, RC_INVALID, "there is nothing in it");
	if (import_name(job, &m, v[0]) != RC_OK)
		return err_set(err, RC_LIMIT, "it takes too much memory");
	rc = paper_import(job->paper, &import, &outcome, &id, err);
	if (rc != RC_OK)
		return rc;
	if (outcome == PAPER_SKIPPED)
		return err->why[0] ? RC_INVALID
				   : err_set(err, RC_INVALID,
					 "there is no story in it");
	return import_answer(job, outcomes[outcome], id, &import);
}

static enum rc import_all(struct job *job)
{
	for (size_t i = 1; i + 2 < job->in->n; i += 3) {
		struct err err = {0};
		struct str text;
		enum rc rc = import_one(job, &job->in->v[i], &err);

		arena_reset(job->work->story);
		desk_work_alive(job->work);
		if (rc == RC_OK)
			continue;
		if (!is_of_source(rc)) {
			job->err = err;
			return rc;
		}
		text = arena_printf(job->a, "refused %s", err.why);
		if (!text.p)
			return job_no_memory(job);
		job_answer(job, text);
	}
	return RC_OK;
}

enum rc desk_import(struct job *job)
{
	struct paper_settings settings;
	enum rc rc;

	if (job->in->n % 3 != 1)
		return err_set(&job->err, RC_INVALID, "a part is missing");
	rc = paper_settings(job->paper, job->a, &settings, &job->err);
	if (rc != RC_OK)
		return rc;
	job->lang = settings.lang;
	/* A batch begins when nothing waits any more. */
	rc = desk_flush(job);
	if (rc == RC_OK)
		rc = paper_batch_begin(job->paper, job->now, &job->err);
	if (rc != RC_OK)
		return rc;
	rc = import_all(job);
	if (rc == RC_OK)
		return paper_batch_commit(job->paper, clock_now(), &job->err);
	paper_batch_cancel(job->paper);
	return rc;
}

/* Answers what a person should hear of M, which is saved as story ID. */
static enum rc answer_notes(
    struct job *job, int64_t id, const struct manuscript *m, bool waits)
{
	struct paper_settings settings;
	struct paper_story story;
	struct buf b;
	bool is_kept_back;
	enum rc rc = paper_settings(job->paper, job->a, &settings, &job->err);

	if (rc == RC_OK)
		rc =
		    paper_show(job->paper, job->a, id, &story, NULL, &job->err);
	if (rc != RC_OK)
		return rc;
	job->lang = settings.lang;
	is_kept_back = m->is_draft && story.status == PAPER_PUBLISHED;
	buf_init_arena(&b, job->a, DESK_NOTES_MOST);
	if (is_kept_back)
		buf_add(&b, import_kept_back);
	if (waits)
		buf_lit(&b,
		    "date: it is to come, and taken as the story's embargo: "
		    "`farthing publish` lets nobody see it before\n");
	add_notes(job, id, m, is_kept_back || story.path.n == 0, &b);
	job_answer(job, buf_str(&b));
	job_answer(job, story.path);
	return buf_rc(&b) == RC_OK ? RC_OK : job_no_memory(job);
}

/* A date that is to come says that nobody is to see the story before it; a save
 * schedules nothing, and whoever publishes it next may not know the date. */
static enum rc wait_for_date(
    struct job *job, int64_t id, struct manuscript *m, bool *ret_waits)
{
	const struct zone *zone = job->work->zone;
	struct paper_story story = {.status = PAPER_DRAFT};
	enum rc rc = RC_OK;

	if (!m->has_published ||
	    desk_when_last(zone, m->published).us <= job->now.us)
		return RC_OK;
	if (id != 0)
		rc =
		    paper_show(job->paper, job->a, id, &story, NULL, &job->err);
	if (rc != RC_OK || story.status == PAPER_PUBLISHED)
		return rc;
	if (m->has_embargo && desk_when_last(zone, m->embargo).us >=
				  desk_when_last(zone, m->published).us)
		return RC_OK;
	m->embargo = m->published;
	m->has_embargo = true;
	*ret_waits = true;
	return RC_OK;
}

enum rc desk_save(struct job *job)
{
	struct manuscript m;
	struct paper_edit edit = {
	    .manuscript = &m, .note = job_part(job, 2), .now = job->now};
	bool is_new = false, waits = false;
	int64_t id = 0;
	enum rc rc = RC_OK;

	if (job_part(job, 0).n > 0)
		rc = job_find(job, &edit.id);
	if (rc == RC_OK)
		rc = manuscript_parse(
		    job->work->story, job_part(job, 1), &m, &job->err);
	/* The next step may be to publish it, and nobody would know that it was
	 * to wait. */
	if (rc == RC_OK && m.unread.why.n > 0)
		rc = err_set(&job->err, RC_INVALID,
		    "line %u: %.*s: %.*s; nothing is saved", m.unread.line,
		    STR_ARG(m.unread.field), STR_ARG(m.unread.why));
	if (rc == RC_OK)
		rc = wait_for_date(job, edit.id, &m, &waits);
	if (rc == RC_OK)
		rc = paper_save(job->paper, &edit, &id, &is_new, &job->err);
	if (rc == RC_OK)
		rc = job_answer_id(job, id);
	if (rc == RC_OK)
		job_answer(job, is_new ? STR("new") : STR("same"));
	return rc == RC_OK ? answer_notes(job, id, &m, waits) : rc;
}
