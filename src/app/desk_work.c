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
#include "app/desk_work_priv.h"
#include "app/desk_when.h"
#include "app/files.h"
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
	SCHEDULE_LATE_US = 60 * 1000 * 1000,
};

typedef enum rc work_fn(struct job *job);

void desk_work_alive(const struct desk_work *work)
{
	if (work->beat)
		work->beat(work->beat_ctx);
}

void desk_work_beat(struct desk_work *work, void (*beat)(void *ctx), void *ctx)
{
	work->beat = beat;
	work->beat_ctx = ctx;
}

void job_answer(struct job *job, struct str part)
{
	must(job->out_n < DESK_PARTS_MAX);
	job->out[job->out_n++] = part;
}

struct str job_part(const struct job *job, size_t i)
{
	return i < job->in->n ? job->in->v[i] : STR_NONE;
}

enum rc job_no_memory(struct job *job)
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

enum rc job_answer_id(struct job *job, int64_t id)
{
	struct str text = arena_printf(job->a, "%lld", (long long)id);

	job_answer(job, text);
	return text.p ? RC_OK : job_no_memory(job);
}

static enum rc answer_story(struct job *job, int64_t id)
{
	struct paper_story story;
	enum rc rc =
	    paper_show(job->paper, job->a, id, &story, NULL, &job->err);

	if (rc == RC_OK)
		rc = job_answer_id(job, id);
	if (rc != RC_OK)
		return rc;
	job_answer(job, str_of(paper_status_name(story.status)));
	job_answer(job, story.path);
	job_answer(job,
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
	buf_init_arena(&b, job->a, DESK_NOTES_MOST);
	if (alias_notes(job->paper, job->a, id, &m.aliases, &b) != RC_OK)
		buf_lit(&b, "aliases: they could not be looked up\n");
	job_answer(job, buf_str(&b));
	return buf_rc(&b) == RC_OK ? RC_OK : job_no_memory(job);
}

enum rc job_find(struct job *job, int64_t *ret_id)
{
	return paper_find(job->paper, job_part(job, 0), ret_id, &job->err);
}

/* The verbs. */

static enum rc work_ping(struct job *job)
{
	job_answer(job, str_of(version_text()));
	return RC_OK;
}

enum rc desk_flush(struct job *job)
{
	bool is_done = false;
	enum rc rc = RC_OK;

	while (rc == RC_OK && !is_done) {
		rc = desk_public_apply(job->paper, str_of(job->work->dir),
		    DESK_OUTBOX_STEP, &is_done, &job->err);
		desk_work_alive(job->work);
	}
	return rc;
}

static enum rc work_submit(struct job *job)
{
	int64_t id;
	enum rc rc = job_find(job, &id);

	if (rc == RC_OK)
		rc = paper_submit(job->paper, id, job->now, &job->err);
	return rc == RC_OK ? job_answer_id(job, id) : rc;
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
	enum rc rc = job_find(job, &id);

	if (rc == RC_OK)
		rc = release(job, id, job->now, job_part(job, 1));
	return rc == RC_OK ? answer_released(job, id) : rc;
}

static enum rc work_schedule(struct job *job)
{
	struct instant when;
	int64_t id;
	enum rc rc = job_find(job, &id);

	if (rc == RC_OK)
		rc = desk_when(job->a, job->work->zone, job_part(job, 1), &when,
		    &job->err);
	/* A wrong year would put the story out at once, at an address that it
	 * then keeps. A minute is left for what was typed and sent slowly. */
	if (rc == RC_OK && when.us < job->now.us - SCHEDULE_LATE_US)
		rc = err_set(&job->err, RC_INVALID,
		    "that time is past; `farthing publish` puts a story out "
		    "now");
	if (rc == RC_OK)
		rc = release(job, id, when, job_part(job, 2));
	return rc == RC_OK ? answer_released(job, id) : rc;
}

static enum rc work_withdraw(struct job *job)
{
	int64_t id;
	enum rc rc = job_find(job, &id);

	if (rc == RC_OK)
		rc = paper_withdraw(
		    job->paper, id, job_part(job, 1), job->now, &job->err);
	return rc == RC_OK ? answer_story(job, id) : rc;
}

static enum rc work_rename(struct job *job)
{
	int64_t id;
	enum rc rc = job_find(job, &id);

	if (rc == RC_OK)
		rc = paper_rename(
		    job->paper, id, job_part(job, 1), job->now, &job->err);
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
	work->zone_lost = (struct err){0};
	return RC_OK;
}

enum rc desk_work_zone_known(const struct desk_work *work, struct err *err)
{
	return work->zone_lost.why[0]
		   ? err_set(err, RC_NOT_FOUND, "%s", work->zone_lost.why)
		   : RC_OK;
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
	return paper_set_person(job->paper, job_part(job, 0), job_part(job, 1),
	    job_part(job, 2), &job->err);
}

static enum rc work_staff_link(struct job *job)
{
	struct str path;
	enum rc rc = desk_staff_link(
	    job->paper, job->a, job_part(job, 0), job->now, &path, &job->err);

	if (rc != RC_OK)
		return rc;
	job_answer(job, path);
	job_answer(job, job->work->origin);
	return RC_OK;
}

static enum rc work_staff_list(struct job *job)
{
	struct str text;
	enum rc rc = desk_staff_list(job->paper, job->a, &text, &job->err);

	if (rc == RC_OK)
		job_answer(job, text);
	return rc;
}

static const struct {
	work_fn *fn;
	size_t least; /* parts that it must have */
	size_t most;
	bool is_change; /* readers must see it */
} WORK[DESK_VERBS] = {
    [DESK_PING] = {work_ping, 0, 0, false},
    [DESK_KNOWN] = {desk_known, 0, DESK_PARTS_MAX, false},
    [DESK_IMPORT] = {desk_import, 1, DESK_PARTS_MAX, true},
    [DESK_SAVE] = {desk_save, 2, 3, true},
    [DESK_SUBMIT] = {work_submit, 1, 1, true},
    [DESK_PUBLISH] = {work_publish, 1, 2, true},
    [DESK_SCHEDULE] = {work_schedule, 2, 3, true},
    [DESK_WITHDRAW] = {work_withdraw, 1, 2, true},
    [DESK_RENAME] = {work_rename, 2, 2, true},
    [DESK_SET] = {work_set, 2, DESK_PARTS_MAX, true},
    [DESK_PERSON] = {work_person, 2, 3, true},
    [DESK_FLUSH] = {desk_flush, 0, 0, false},
    [DESK_STAFF_LINK] = {work_staff_link, 1, 1, false},
    [DESK_STAFF_LIST] = {work_staff_list, 0, 0, false},
};

/* The change is done: what cannot reach the public paper now waits in the
 * outbox, and desk_work_due tries again. So this is no failure of the call. */
void desk_work_show(struct desk_work *work)
{
	(void)!desk_public_apply(
	    work->paper, str_of(work->dir), DESK_OUTBOX_STEP, NULL, NULL);
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
	enum rc rc = RC_OK;

	if (kind >= DESK_VERBS)
		return err_set(&job->err, RC_INVALID,
		    "the running server does not know this command; it is "
		    "older than this program");
	if (job->in->n < WORK[kind].least || job->in->n > WORK[kind].most)
		return err_set(&job->err, RC_INVALID,
		    "%s: a wrong number of parts",
		    desk_verb_name((enum desk_verb)kind));
	if (kind != DESK_SET)
		rc = desk_work_zone_known(job->work, &job->err);
	if (rc == RC_OK)
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
		rc = desk_public_apply(work->paper, str_of(work->dir),
		    DESK_OUTBOX_STEP, &is_done, err);
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

/* The machine is another, or its tzdata: the paper can still be given a zone
 * that there is. */
static void lose_zone(struct desk_work *work, const struct err *why)
{
	work->zone = zone_utc();
	paper_use_zone(work->paper, work->zone);
	(void)err_set(&work->zone_lost, RC_NOT_FOUND,
	    "the paper's time zone is missing: %s; or give the paper another: "
	    "`farthing set DIR zone Europe/Berlin`",
	    why->why);
}

static enum rc open_zone(
    struct desk_work *work, struct arena *a, struct err *err)
{
	struct paper_settings settings;
	enum rc rc = paper_settings(work->paper, a, &settings, err);

	if (rc == RC_OK)
		rc = desk_work_use_zone(work, settings.zone, err);
	if (rc != RC_NOT_FOUND && rc != RC_INVALID)
		return rc;
	lose_zone(work, err);
	return RC_OK;
}

enum rc desk_work_open(
    struct str dir, struct desk_work **ret_work, struct err *err)
{
	struct arena *call = arena_new(CALL_ARENA);
	struct desk_work *work = calloc(1, sizeof(*work));
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
		rc = open_zone(work, call, err);
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
