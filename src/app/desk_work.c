/* SPDX-License-Identifier: MIT
 *
 * What each verb of the desk does. A verb is a row of WORK; each is one step
 * of the paper, so that a crash in the middle leaves nothing half done, and
 * whoever has no answer may ask again.
 */
#include "app/desk_work.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/alias_notes.h"
#include "app/desk_public.h"
#include "app/desk_staff.h"
#include "app/desk_when.h"
#include "app/files.h"
#include "app/import_notes.h"
#include "app/missing.h"
#include "app/picture_size.h"
#include "app/setting.h"
#include "app/version.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/zone.h"
#include "paper/audit.h"
#include "paper/paper.h"
#include "paper/workflow.h"
#include "sys/bell.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/zone_file.h"

enum {
	CALL_ARENA = 256 * 1024 * 1024, /* of one manuscript, or one call */
	ZONE_ARENA = 4 * 1024 * 1024,
	OUTBOX_STEP = 500, /* stories; some tens of milliseconds */
	HASH_LEAST = 8,
	HASH_MOST = 64,
	SOURCE_MOST = 1000,
	NOTES_MOST = 1024 * 1024, /* on one story */
	SCHEDULE_LATE_US = 60 * 1000 * 1000,
};

struct desk_work {
	struct file_lock lock;
	struct paper *paper;
	struct arena *zone_arena;
	const struct zone *zone;
	int bell;	     /* rung when readers have something to look at */
	struct str origin;   /* of the staff's pages; empty: none served */
	char *dir;	     /* the paper's folder */
	struct arena *call;  /* of one call: its answer */
	struct arena *story; /* of one manuscript of it */
	void (*beat)(void *ctx); /* NULL: nobody wants to know */
	void *beat_ctx;
};

/* One call that is being done. */
struct job {
	struct desk_work *work;
	struct paper *paper;
	struct arena *a;
	const struct desk_message *in;
	struct instant now;
	struct str lang; /* the paper's; filled for imports */
	struct str out[DESK_PARTS_MAX];
	size_t out_n;
	struct err err;
};

typedef enum rc work_fn(struct job *job);

static void show_life(const struct desk_work *work)
{
	if (work->beat)
		work->beat(work->beat_ctx);
}

void desk_work_beat(struct desk_work *work, void (*beat)(void *ctx), void *ctx)
{
	work->beat = beat;
	work->beat_ctx = ctx;
}

static void answer(struct job *job, struct str part)
{
	must(job->out_n < DESK_PARTS_MAX);
	job->out[job->out_n++] = part;
}

static struct str part_of(const struct job *job, size_t i)
{
	return i < job->in->n ? job->in->v[i] : STR_NONE;
}

static enum rc no_memory(struct job *job)
{
	return err_set(&job->err, RC_NO_MEMORY, "no memory for this call");
}

/* The time of a story as it is told to a person; empty for never. */
static struct str time_text(struct job *job, struct instant t)
{
	struct buf b;

	if (t.us == INSTANT_NEVER.us)
		return STR_NONE;
	buf_init_arena(&b, job->a, 64);
	civil_rfc3339(&b, zone_civil(job->work->zone, t));
	return buf_str(&b);
}

static enum rc answer_id(struct job *job, int64_t id)
{
	struct str text = arena_printf(job->a, "%lld", (long long)id);

	answer(job, text);
	return text.p ? RC_OK : no_memory(job);
}

static enum rc answer_story(struct job *job, int64_t id)
{
	struct paper_story story;
	enum rc rc =
	    paper_show(job->paper, job->a, id, &story, NULL, &job->err);

	if (rc == RC_OK)
		rc = answer_id(job, id);
	if (rc != RC_OK)
		return rc;
	answer(job, str_of(paper_status_name(story.status)));
	answer(job, story.path);
	answer(job,
	    time_text(job,
		story.status == PAPER_SCHEDULED ? story.due : story.published));
	return RC_OK;
}

/* The same, and lines on what is wrong with the addresses that it had. */
static enum rc answer_released(struct job *job, int64_t id)
{
	struct paper_story story;
	struct manuscript m;
	struct buf b;
	enum rc rc = answer_story(job, id);

	if (rc == RC_OK)
		rc = paper_show(job->paper, job->a, id, &story, &m, &job->err);
	if (rc != RC_OK)
		return rc;
	buf_init_arena(&b, job->a, NOTES_MOST);
	if (alias_notes(job->paper, job->a, id, &m.aliases, &b) != RC_OK)
		buf_lit(&b, "aliases: they could not be looked up\n");
	answer(job, buf_str(&b));
	return buf_rc(&b) == RC_OK ? RC_OK : no_memory(job);
}

static enum rc find(struct job *job, int64_t *ret_id)
{
	return paper_find(job->paper, part_of(job, 0), ret_id, &job->err);
}

/* The verbs. */

static enum rc work_ping(struct job *job)
{
	answer(job, str_of(version_text()));
	return RC_OK;
}

static enum rc work_known(struct job *job)
{
	if (job->in->n % 2 != 0)
		return err_set(&job->err, RC_INVALID, "a hash is missing");
	for (size_t i = 0; i < job->in->n; i += 2) {
		bool has = false;
		enum rc rc = paper_import_has(job->paper, job->in->v[i],
		    job->in->v[i + 1], &has, &job->err);

		if (rc != RC_OK)
			return rc;
		answer(job, has ? STR("yes") : STR("no"));
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

	buf_init_arena(&b, job->a, NOTES_MOST);
	buf_printf(&b, "%s %lld\n", state, (long long)id);
	if (import && *import->ret_is_kept_back)
		buf_add(&b, import_kept_back);
	if (import && *import->ret_waits_no_more)
		buf_add(&b, import_waits_no_more);
	if (import && *import->ret_no_embargo)
		buf_printf(&b,
		    "embargo: left out: story %lld is published; withdraw it "
		    "first\n",
		    (long long)id);
	if (import)
		add_notes(job, id, import->manuscript,
		    strcmp(state, "new") == 0 || *import->ret_is_kept_back, &b);
	answer(job, buf_str(&b));
	return b.p ? RC_OK : no_memory(job);
}

/* The folder from which KEY and others are brought in; may be empty. */
static struct str root_of(const struct job *job)
{
	struct str root = part_of(job, 0);

	(void)str_cut(&root, '\n');
	return root;
}

static bool is_of_tree(const struct job *job, struct str key)
{
	return root_of(job).n > 0 && str_starts(key, root_of(job));
}

static enum rc import_name(
    struct job *job, struct manuscript *m, struct str key)
{
	struct str root = root_of(job);
	struct str option = part_of(job, 0);
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
	bool has_no_embargo = false, is_kept_back = false;
	bool waits_no_more = false;
	struct paper_import import = {
	    .key = v[0],
	    .hash = v[1],
	    .manuscript = &m,
	    .who = STR("import"),
	    .now = job->now,
	    .has_no_folder = !is_of_tree(job, v[0]),
	    .ret_no_embargo = &has_no_embargo,
	    .ret_is_kept_back = &is_kept_back,
	    .ret_waits_no_more = &waits_no_more,
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
		answer(job, STR("passed over: the page of a list, no story"));
		return RC_OK;
	}
	if (is_about_site(job, v[0], &m)) {
		answer(job, import_about_site);
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
		show_life(job->work);
		if (rc == RC_OK)
			continue;
		if (!is_of_source(rc)) {
			job->err = err;
			return rc;
		}
		text = arena_printf(job->a, "refused %s", err.why);
		if (!text.p)
			return no_memory(job);
		answer(job, text);
	}
	return RC_OK;
}

static enum rc work_flush(struct job *job)
{
	bool is_done = false;
	enum rc rc = RC_OK;

	while (rc == RC_OK && !is_done) {
		rc = desk_public_apply(job->paper, str_of(job->work->dir),
		    OUTBOX_STEP, &is_done, &job->err);
		show_life(job->work);
	}
	return rc;
}

static enum rc work_import(struct job *job)
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
	rc = work_flush(job);
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
    struct job *job, int64_t id, const struct manuscript *m)
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
	buf_init_arena(&b, job->a, NOTES_MOST);
	if (is_kept_back)
		buf_add(&b, import_kept_back);
	add_notes(job, id, m, is_kept_back || story.path.n == 0, &b);
	answer(job, buf_str(&b));
	answer(job, story.path);
	return buf_rc(&b) == RC_OK ? RC_OK : no_memory(job);
}

static enum rc work_save(struct job *job)
{
	struct manuscript m;
	struct paper_edit edit = {
	    .manuscript = &m, .note = part_of(job, 2), .now = job->now};
	bool is_new = false;
	int64_t id = 0;
	enum rc rc = RC_OK;

	if (part_of(job, 0).n > 0)
		rc = find(job, &edit.id);
	if (rc == RC_OK)
		rc = manuscript_parse(
		    job->work->story, part_of(job, 1), &m, &job->err);
	/* The next step may be to publish it, and nobody would know that it was
	 * to wait. */
	if (rc == RC_OK && m.unread.why.n > 0)
		rc = err_set(&job->err, RC_INVALID,
		    "line %u: %.*s: %.*s; nothing is saved", m.unread.line,
		    STR_ARG(m.unread.field), STR_ARG(m.unread.why));
	if (rc == RC_OK)
		rc = paper_save(job->paper, &edit, &id, &is_new, &job->err);
	if (rc == RC_OK)
		rc = answer_id(job, id);
	if (rc == RC_OK)
		answer(job, is_new ? STR("new") : STR("same"));
	return rc == RC_OK ? answer_notes(job, id, &m) : rc;
}

static enum rc work_submit(struct job *job)
{
	int64_t id;
	enum rc rc = find(job, &id);

	if (rc == RC_OK)
		rc = paper_submit(job->paper, id, job->now, &job->err);
	return rc == RC_OK ? answer_id(job, id) : rc;
}

/* What is published without the approval that the paper wants is so said, and
 * stands in the log; inside of a step. */
static enum rc check_approval(struct job *job, int64_t id, struct str option)
{
	enum rc rc = paper_check_approval(job->paper, id, &job->err);
	struct paper_story story;

	if (rc != RC_DENIED || !str_eq(option, STR("without-approval")))
		return rc;
	rc = paper_show(job->paper, job->a, id, &story, NULL, &job->err);
	if (rc != RC_OK)
		return rc;
	return audit_add(job->paper,
	    &(struct audit_entry){.at = job->now,
		.name = STR("(shell)"),
		.what = STR("publish-without-approval"),
		.about = arena_printf(job->a, "story %lld", (long long)id),
		.detail = story.headline},
	    &job->err);
}

/* Has the story ID appear at WHEN. */
static enum rc release(
    struct job *job, int64_t id, struct instant when, struct str option)
{
	enum rc rc = paper_step_begin(job->paper, &job->err);

	if (rc != RC_OK)
		return rc;
	rc = check_approval(job, id, option);
	if (rc == RC_OK)
		rc = paper_schedule(
		    job->paper, id, when, job->now, NULL, &job->err);
	return paper_step_end(job->paper, rc, &job->err);
}

static enum rc work_publish(struct job *job)
{
	int64_t id;
	enum rc rc = find(job, &id);

	if (rc == RC_OK)
		rc = release(job, id, job->now, part_of(job, 1));
	return rc == RC_OK ? answer_released(job, id) : rc;
}

static enum rc work_schedule(struct job *job)
{
	struct instant when;
	int64_t id;
	enum rc rc = find(job, &id);

	if (rc == RC_OK)
		rc = desk_when(
		    job->a, job->work->zone, part_of(job, 1), &when, &job->err);
	/* A wrong year would put the story out at once, at an address that it
	 * then keeps. A minute is left for what was typed and sent slowly. */
	if (rc == RC_OK && when.us < job->now.us - SCHEDULE_LATE_US)
		rc = err_set(&job->err, RC_INVALID,
		    "that time is past; `farthing publish` puts a story out "
		    "now");
	if (rc == RC_OK)
		rc = release(job, id, when, part_of(job, 2));
	return rc == RC_OK ? answer_released(job, id) : rc;
}

static enum rc work_withdraw(struct job *job)
{
	int64_t id;
	enum rc rc = find(job, &id);

	if (rc == RC_OK)
		rc = paper_withdraw(
		    job->paper, id, part_of(job, 1), job->now, &job->err);
	return rc == RC_OK ? answer_story(job, id) : rc;
}

static enum rc work_rename(struct job *job)
{
	int64_t id;
	enum rc rc = find(job, &id);

	if (rc == RC_OK)
		rc = paper_rename(
		    job->paper, id, part_of(job, 1), job->now, &job->err);
	return rc == RC_OK ? answer_story(job, id) : rc;
}

enum rc desk_work_use_zone(
    struct desk_work *work, struct str name, struct err *err)
{
	struct arena *a = arena_new(ZONE_ARENA);
	const struct zone *zone;
	enum rc rc = zone_file_load(a, name, &zone, err);

	if (rc != RC_OK) {
		arena_free(a);
		return rc;
	}
	paper_use_zone(work->paper, zone);
	arena_free(work->zone_arena);
	work->zone_arena = a;
	work->zone = zone;
	return RC_OK;
}

static enum rc work_set(struct job *job)
{
	struct paper_settings settings;
	struct str sections = STR_NONE;
	enum rc rc = paper_settings(job->paper, job->a, &settings, &job->err);

	if (rc == RC_OK && job->in->n % 2 != 0)
		rc = err_set(&job->err, RC_INVALID, "a value is missing");
	for (size_t i = 0; rc == RC_OK && i < job->in->n; i += 2) {
		struct str name = job->in->v[i];
		struct str *at = setting_of(&settings, name);

		if (at)
			*at = job->in->v[i + 1];
		else if (str_eq(name, STR("sections")))
			sections = job->in->v[i + 1];
		else
			rc = err_set(&job->err, RC_INVALID,
			    "there is no setting \"%.*s\"; `farthing help "
			    "set` lists them",
			    (int)(name.n < 60 ? name.n : 60),
			    name.n ? name.p : "");
	}
	/* First what can be refused without anything having been done. */
	if (rc == RC_OK)
		rc = desk_work_use_zone(job->work, settings.zone, &job->err);
	if (rc == RC_OK)
		rc = paper_set_settings(
		    job->paper, &settings, job->now, &job->err);
	if (rc == RC_OK && sections.n > 0)
		rc = setting_sections(job->paper, sections, &job->err);
	return rc;
}

static enum rc work_person(struct job *job)
{
	return paper_set_person(job->paper, part_of(job, 0), part_of(job, 1),
	    part_of(job, 2), &job->err);
}

static enum rc work_staff_link(struct job *job)
{
	struct str path;
	enum rc rc = desk_staff_link(
	    job->paper, job->a, part_of(job, 0), job->now, &path, &job->err);

	if (rc != RC_OK)
		return rc;
	answer(job, path);
	answer(job, job->work->origin);
	return RC_OK;
}

static enum rc work_staff_list(struct job *job)
{
	struct str text;
	enum rc rc = desk_staff_list(job->paper, job->a, &text, &job->err);

	if (rc == RC_OK)
		answer(job, text);
	return rc;
}

static const struct {
	work_fn *fn;
	size_t least; /* parts that it must have */
	size_t most;
	bool is_change; /* readers must see it */
} WORK[DESK_VERBS] = {
    [DESK_PING] = {work_ping, 0, 0, false},
    [DESK_KNOWN] = {work_known, 0, DESK_PARTS_MAX, false},
    [DESK_IMPORT] = {work_import, 1, DESK_PARTS_MAX, true},
    [DESK_SAVE] = {work_save, 2, 3, true},
    [DESK_SUBMIT] = {work_submit, 1, 1, true},
    [DESK_PUBLISH] = {work_publish, 1, 2, true},
    [DESK_SCHEDULE] = {work_schedule, 2, 3, true},
    [DESK_WITHDRAW] = {work_withdraw, 1, 2, true},
    [DESK_RENAME] = {work_rename, 2, 2, true},
    [DESK_SET] = {work_set, 2, DESK_PARTS_MAX, true},
    [DESK_PERSON] = {work_person, 2, 3, true},
    [DESK_FLUSH] = {work_flush, 0, 0, false},
    [DESK_STAFF_LINK] = {work_staff_link, 1, 1, false},
    [DESK_STAFF_LIST] = {work_staff_list, 0, 0, false},
};

/* The change is done: what cannot reach the public paper now waits in the
 * outbox, and desk_work_due tries again. So this is no failure of the call. */
void desk_work_show(struct desk_work *work)
{
	(void)!desk_public_apply(
	    work->paper, str_of(work->dir), OUTBOX_STEP, NULL, NULL);
	bell_ring(work->bell);
}

void desk_work_set_origin(struct desk_work *work, struct str origin)
{
	work->origin = origin;
}

struct paper *desk_work_paper(struct desk_work *work)
{
	return work->paper;
}

const struct zone *desk_work_zone(const struct desk_work *work)
{
	return work->zone;
}

static enum rc do_job(struct job *job)
{
	unsigned kind = job->in->kind;
	enum rc rc;

	if (kind >= DESK_VERBS)
		return err_set(&job->err, RC_INVALID,
		    "the running server does not know this command; it is "
		    "older than this program");
	if (job->in->n < WORK[kind].least || job->in->n > WORK[kind].most)
		return err_set(&job->err, RC_INVALID,
		    "%s: a wrong number of parts",
		    desk_verb_name((enum desk_verb)kind));
	rc = WORK[kind].fn(job);
	if (rc == RC_OK && WORK[kind].is_change)
		desk_work_show(job->work);
	return rc;
}

enum rc desk_work_do(
    struct desk_work *work, const struct desk_message *message, struct buf *out)
{
	struct job *job;
	enum rc rc = RC_NO_MEMORY;

	arena_reset(work->call);
	arena_reset(work->story);
	job = ARENA_NEW(work->call, struct job);
	if (!job)
		return RC_NO_MEMORY;
	job->work = work;
	job->paper = work->paper;
	job->a = work->call;
	job->in = message;
	job->now = clock_now();
	rc = do_job(job);
	if (rc == RC_OK) {
		rc = desk_wire_write(out, RC_OK, job->out, job->out_n);
	} else {
		struct str why =
		    str_of(job->err.why[0] ? job->err.why : rc_name(rc));

		rc = desk_wire_write(out, (unsigned)rc, &why, 1);
	}
	arena_reset(work->call);
	arena_reset(work->story);
	return rc;
}

enum rc desk_work_due(struct desk_work *work, struct instant now,
    struct instant *ret_next, struct err *err)
{
	struct instant next;
	bool is_done = true;
	size_t count = 0;
	enum rc rc = paper_due(work->paper, now, &count, &next, err);

	if (rc == RC_OK)
		rc = desk_public_apply(
		    work->paper, str_of(work->dir), OUTBOX_STEP, &is_done, err);
	if (count > 0 || !is_done)
		bell_ring(work->bell);
	if (rc == RC_OK)
		*ret_next = is_done ? next : now;
	return rc;
}

static enum rc open_bell(
    struct arena *a, struct str dir, int *ret_fd, struct err *err)
{
	struct str path = files_path(a, dir, "public/bell");

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	return bell_open(path, ret_fd, err);
}

enum rc desk_work_open(
    struct str dir, struct desk_work **ret_work, struct err *err)
{
	struct arena *call = arena_new(CALL_ARENA);
	struct desk_work *work = calloc(1, sizeof(*work));
	struct paper_settings settings;
	enum rc rc;

	must(work);
	work->call = call;
	work->lock.fd = -1;
	work->bell = -1;
	work->story = arena_new(CALL_ARENA);
	work->dir = strndup(dir.p, dir.n);
	must(work->dir);
	rc = files_lock_writer(call, dir, &work->lock, err);
	if (rc == RC_OK)
		rc = desk_public_open(dir, &work->paper, err);
	if (rc == RC_OK)
		paper_use_pictures(work->paper, picture_size_of, work->dir);
	if (rc == RC_OK)
		rc = open_bell(call, dir, &work->bell, err);
	if (rc == RC_OK)
		rc = paper_settings(work->paper, call, &settings, err);
	if (rc == RC_OK)
		rc = desk_work_use_zone(work, settings.zone, err);
	arena_reset(call);
	if (rc == RC_OK)
		*ret_work = work;
	else
		desk_work_close(work);
	return rc;
}

void desk_work_close(struct desk_work *work)
{
	if (!work)
		return;
	paper_close(work->paper);
	if (work->bell >= 0)
		close(work->bell);
	if (work->lock.fd >= 0)
		file_unlock(&work->lock);
	arena_free(work->story);
	arena_free(work->call);
	arena_free(work->zone_arena);
	free(work->dir);
	free(work);
}
