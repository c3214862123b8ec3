/* SPDX-License-Identifier: MIT
 *
 * The newsroom's steps; see workflow.h.
 */
#include "paper/workflow.h"

#include "base/arena.h"
#include "base/must.h"
#include "paper/approval.h"
#include "paper/paper_priv.h"
#include "paper/version.h"

enum { STEPS_MOST = 1000, VERSIONS_MOST = 1000 };

static const struct str REVIEW_KEY = STR_INIT("review");

/* --- Steps ------------------------------------------------------------- */

enum rc step_add(struct paper *paper, const struct paper_act *act,
    enum paper_step_kind kind, int64_t revision)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO step (story, kind, revision, who, note, at_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));

	query_add_i64(q, act->id);
	query_add_i64(q, kind);
	query_add_i64(q, revision);
	query_add_str(q, act->who);
	query_add_str(q, str_trim(act->note));
	query_add_i64(q, act->now.us);
	return query_run(q, NULL);
}

static enum rc step_row(
    struct query *q, struct arena *a, struct paper_step *ret_step)
{
	*ret_step = (struct paper_step){
	    .id = query_i64(q, 0),
	    .kind = (enum paper_step_kind)query_i64(q, 1),
	    .revision = query_i64(q, 2),
	    .who = query_copy(q, a, 3),
	    .note = query_copy(q, a, 4),
	    .at = {query_i64(q, 5)},
	};
	return ret_step->who.p && ret_step->note.p ? RC_OK : RC_NO_MEMORY;
}

enum rc paper_steps(struct paper *paper, struct arena *a, int64_t id,
    int64_t before, size_t limit, struct paper_step **ret_v, size_t *ret_n,
    struct err *err)
{
	struct paper_step *v;
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	limit = limit > STEPS_MOST ? STEPS_MOST : limit;
	v = ARENA_ARRAY(a, struct paper_step, limit);
	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(paper->db,
	    SQL("SELECT id, kind, revision, who, note, at_us FROM step"
		" WHERE story = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3"));
	query_add_i64(q, id);
	query_add_i64(q, before);
	query_add_i64(q, (int64_t)limit);
	while (n < limit && (rc = query_step(q)) == RC_OK) {
		rc = step_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing steps", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

/* --- Settings ---------------------------------------------------------- */

enum rc paper_review(struct paper *paper, bool *ret_is_wanted, struct err *err)
{
	int64_t value;
	enum rc rc = paper_number(paper, REVIEW_KEY, &value);

	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading the settings", err);
	*ret_is_wanted = value != 0;
	return RC_OK;
}

enum rc paper_set_review(struct paper *paper, bool is_wanted, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_set_number(paper, REVIEW_KEY, is_wanted);
	return paper_end(paper, rc, "changing the settings", err);
}

/* --- What the staff do ------------------------------------------------- */

static enum rc text_check(
    struct str text, bool is_needed, const char *what, struct err *err)
{
	if (is_needed && str_blank(text))
		return err_set(err, RC_INVALID, "%s is needed", what);
	if (text.n > PAPER_NOTE_MAX)
		return err_set(err, RC_INVALID, "%s: longer than %d bytes",
		    what, PAPER_NOTE_MAX);
	return RC_OK;
}

static enum rc headline_check(
    const struct story_row *row, struct str headline, struct err *err)
{
	return str_blank(headline)
		   ? err_set(err, RC_INVALID, "story %lld has no headline",
			 (long long)row->id)
		   : RC_OK;
}

static enum rc newest_check(
    const struct story_row *row, int64_t revision, struct err *err)
{
	if (revision == 0 || revision == row->revision)
		return RC_OK;
	return err_set(err, RC_BUSY,
	    "a newer text of story %lld has been saved meanwhile: look at it "
	    "first",
	    (long long)row->id);
}

static enum rc act_begin(struct paper *paper, const struct paper_act *act,
    bool needs_note, const char *what, struct story_row *ret_row,
    struct err *err)
{
	enum rc rc = text_check(act->note, needs_note, what, err);

	return rc == RC_OK ? story_begin(paper, act->id, ret_row, err) : rc;
}

enum rc paper_hand_in(
    struct paper *paper, const struct paper_act *act, struct err *err)
{
	struct story_row row;
	enum rc rc = act_begin(paper, act, false, "a note", &row, err);

	if (rc != RC_OK)
		return rc;
	rc = newest_check(&row, act->revision, err);
	if (rc == RC_OK && row.status != PAPER_DRAFT)
		rc = err_set(err, RC_DENIED,
		    "story %lld is %s: only a draft can be submitted",
		    (long long)row.id, paper_status_name(row.status));
	if (rc == RC_OK) {
		row.status = PAPER_SUBMITTED;
		rc = story_update(paper, &row);
	}
	if (rc == RC_OK)
		rc = step_add(paper, act, PAPER_STEP_SUBMITTED, row.revision);
	return paper_end(paper, rc, "submitting a story", err);
}

enum rc paper_send_back(
    struct paper *paper, const struct paper_act *act, struct err *err)
{
	struct story_row row;
	enum rc rc = act_begin(
	    paper, act, true, "a note that says what is to be done", &row, err);

	if (rc != RC_OK)
		return rc;
	rc = newest_check(&row, act->revision, err);
	if (rc == RC_OK && row.status != PAPER_SUBMITTED)
		rc = err_set(err, RC_DENIED,
		    "story %lld is %s: only what was submitted can be sent "
		    "back",
		    (long long)row.id, paper_status_name(row.status));
	if (rc == RC_OK) {
		row.status = PAPER_DRAFT;
		row.timing = TIMING_DESK;
		rc = story_update(paper, &row);
	}
	if (rc == RC_OK)
		rc = step_add(paper, act, PAPER_STEP_SENT_BACK, row.revision);
	return paper_end(paper, rc, "sending a story back", err);
}

static enum rc approve(struct paper *paper, const struct paper_act *act,
    struct story_row *row, struct err *err)
{
	bool is_wanted = false, has_written = false;
	enum rc rc = newest_check(row, act->revision, err);

	if (rc == RC_OK)
		rc = headline_check(row, row->headline, err);
	if (rc == RC_OK)
		rc = paper_review(paper, &is_wanted, err);
	if (rc == RC_OK && is_wanted)
		rc = paper_has_written(
		    paper, row->id, row->revision, act->who, &has_written, err);
	if (rc != RC_OK)
		return rc;
	if (has_written)
		return err_set(err, RC_DENIED,
		    "some of what changed in this text is yours: somebody else "
		    "has to approve it");
	if (row->status == PAPER_SCHEDULED && row->due_revision != 0) {
		row->due_revision = row->revision;
		rc = story_update(paper, row);
	}
	return rc == RC_OK
		   ? step_add(paper, act, PAPER_STEP_APPROVED, row->revision)
		   : rc;
}

enum rc paper_approve(
    struct paper *paper, const struct paper_act *act, struct err *err)
{
	struct story_row row;
	enum rc rc = act_begin(paper, act, false, "a note", &row, err);

	if (rc != RC_OK)
		return rc;
	rc = approve(paper, act, &row, err);
	return paper_end(paper, rc, "approving a story", err);
}

/* WHO has an approval of REVISION that holds. */
static enum rc approval_is_there(
    struct paper *paper, int64_t id, int64_t revision, struct str who)
{
	int64_t count = 0;
	struct query *q = store_query(paper->db,
	    SQL("SELECT coalesce(max(kind = 3), 0) FROM step WHERE id ="
		" (SELECT max(id) FROM step WHERE story = ?1"
		" AND revision = ?2 AND ((kind = 3 AND who = ?3)"
		" OR (kind = 0 AND note = ?3)))"));
	enum rc rc;

	query_add_i64(q, id);
	query_add_i64(q, revision);
	query_add_str(q, who);
	rc = query_one(q, &count);
	return rc == RC_OK && count == 0 ? RC_DENIED : rc;
}

static enum rc take_approval(struct paper *paper, const struct paper_act *act,
    struct story_row *row, struct err *err)
{
	bool is_wanted = false;
	bool is_out = row->status == PAPER_PUBLISHED && row->shown == 0;
	enum rc rc = newest_check(row, act->revision, err);

	if (rc == RC_OK)
		rc = is_out ? RC_DENIED
			    : approval_is_there(
				  paper, row->id, row->revision, act->note);
	if (rc == RC_DENIED)
		err_set(err, rc,
		    "there is no such approval of the newest text, or readers "
		    "see it already");
	if (rc == RC_OK)
		rc = paper_review(paper, &is_wanted, err);
	if (rc == RC_OK && is_wanted && row->status == PAPER_SCHEDULED &&
	    (row->due_revision == 0 || row->due_revision == row->revision))
		rc = story_take_back(paper, row, STR(""), act->now, err);
	return rc == RC_OK
		   ? step_add(paper, act, PAPER_STEP_UNAPPROVED, row->revision)
		   : rc;
}

enum rc paper_take_approval(
    struct paper *paper, const struct paper_act *act, struct err *err)
{
	struct story_row row;
	enum rc rc = act_begin(paper, act, true, "a name", &row, err);

	if (rc != RC_OK)
		return rc;
	rc = take_approval(paper, act, &row, err);
	return paper_end(paper, rc, "taking an approval back", err);
}

enum rc paper_check_approval(struct paper *paper, int64_t id, struct err *err)
{
	struct arena *a = arena_new(64 * 1024);
	struct paper_state state = {0};
	enum rc rc = paper_state(paper, a, id, &state, err);

	if (rc == RC_OK && state.must_approve && !state.is_approved &&
	    state.newest != state.shown)
		rc = err_set(err, RC_DENIED,
		    "story %lld is not approved, and this paper wants a second "
		    "pair of eyes: have it approved in the newsroom, or say "
		    "--without-approval",
		    (long long)id);
	arena_free(a);
	return rc;
}

enum rc paper_assign(
    struct paper *paper, const struct paper_act *act, struct err *err)
{
	struct story_row row;
	enum rc rc = act_begin(paper, act, false, "a name", &row, err);

	if (rc != RC_OK)
		return rc;
	row.assigned = str_trim(act->note);
	rc = story_update(paper, &row);
	if (rc == RC_OK)
		rc = step_add(paper, act, PAPER_STEP_ASSIGNED, row.revision);
	return paper_end(paper, rc, "assigning a story", err);
}

enum rc paper_take_back(
    struct paper *paper, const struct paper_act *act, struct err *err)
{
	struct story_row row;
	enum rc rc = act_begin(paper, act, false, "a reason", &row, err);

	if (rc != RC_OK)
		return rc;
	if (row.status == PAPER_PUBLISHED)
		rc = text_check(act->note, true, "a reason", err);
	if (rc == RC_OK)
		rc = story_take_back(
		    paper, &row, str_trim(act->note), act->now, err);
	if (rc == RC_OK)
		rc = step_add(paper, act, PAPER_STEP_TAKEN_BACK, row.revision);
	return paper_end(paper, rc, "taking a story back", err);
}

/* --- Publishing -------------------------------------------------------- */

/* RC_DENIED: nobody else has approved REVISION. */
static enum rc approval_check(
    struct paper *paper, int64_t id, int64_t revision, struct err *err)
{
	struct str who;
	enum rc rc =
	    approval_find(paper, paper->scratch, id, revision, false, &who);

	return rc == RC_NOT_FOUND
		   ? err_set(err, RC_DENIED,
			 "this text has yet to be approved by somebody else "
			 "than those who wrote it")
		   : rc;
}

/* Which revision it is about. */
static enum rc release_revision(struct paper *paper,
    const struct paper_release *r, const struct story_row *row,
    int64_t *ret_revision, struct err *err)
{
	int64_t revision = r->revision != 0 ? r->revision : row->revision;
	struct str who;
	bool is_wanted = false;
	enum rc rc = paper_review(paper, &is_wanted, err);

	if (rc == RC_OK && is_wanted)
		rc = approval_check(paper, row->id, revision, err);
	if (rc == RC_OK && revision != row->revision) {
		rc = approval_find(
		    paper, paper->scratch, row->id, revision, true, &who);
		if (rc == RC_NOT_FOUND)
			rc = newest_check(row, revision, err);
	}
	if (rc == RC_OK)
		*ret_revision = revision;
	return rc;
}

enum rc release_check(
    const struct paper_release *r, bool was_out, struct err *err)
{
	bool needs_text =
	    r->change == PAPER_CORRECTION || r->change == PAPER_CLARIFICATION;

	if (!was_out)
		return RC_OK;
	if (r->change == PAPER_FIRST)
		return err_set(err, RC_INVALID,
		    "say what kind of change it is: a correction, a "
		    "clarification, an update or a typing error");
	return text_check(r->text, needs_text, "a word to the readers", err);
}

enum rc release_notice(struct paper *paper, const struct paper_release *r,
    const struct story_row *row, struct instant at)
{
	if (r->change == PAPER_FIRST || r->change == PAPER_TYPO ||
	    str_blank(r->text))
		return RC_OK;
	return correction_add(paper, row->id, r->change, r->place, r->text, at);
}

/* Readers see it from now on: the version, and the notice. */
static enum rc release_tell(struct paper *paper, const struct paper_release *r,
    struct story_row *row, int64_t revision)
{
	enum rc rc = version_add(paper, row, revision, r->change, r->now);

	if (rc == RC_OK && r->is_old_taken)
		rc = version_take_old(paper, row->id);
	if (r->change != PAPER_TYPO)
		row->updated =
		    r->now.us > row->published.us ? r->now : row->published;
	return rc == RC_OK ? release_notice(paper, r, row, r->now) : rc;
}

/* Changes what readers of a published story see. */
static enum rc release_change(struct paper *paper,
    const struct paper_release *r, struct story_row *row, int64_t revision,
    struct err *err)
{
	int64_t shown = row->shown != 0 ? row->shown : row->revision;
	struct fields f;
	int64_t previous;
	enum rc rc =
	    story_fields(paper, paper->scratch, revision, &f, &previous);

	if (rc == RC_OK)
		rc = headline_check(row, f.v[FIELD_HEADLINE], err);
	if (rc != RC_OK)
		return rc;
	if (revision == shown && str_blank(r->text))
		return err_set(err, RC_EXISTS,
		    "readers see this text already, at %.*s",
		    STR_ARG(row->path));
	if (story_not_before(paper, row, revision, &f, r->now).us > r->now.us)
		return err_set(err, RC_DENIED,
		    "the text is under an embargo that has not ended: take it "
		    "off, or take the story back");
	rc = version_keep(paper, row);
	if (rc == RC_OK)
		rc = story_show(paper, row, revision, &f);
	if (rc == RC_OK)
		rc = release_tell(paper, r, row, revision);
	if (rc == RC_OK)
		rc = story_go_live(paper, row, &f, r->now);
	if (rc == RC_OK)
		rc = story_update(paper, row);
	return rc == RC_OK ? outbox_add(paper, OUTBOX_STORY, row->id, 0) : rc;
}

/* What a story that comes back brings along, in the place of what it was to
 * bring. One that waits is in no file of the readers; so its notice may lie
 * there before its time. */
static enum rc release_again(struct paper *paper, const struct paper_release *r,
    struct story_row *row, int64_t revision, const struct fields *f)
{
	struct instant at = story_not_before(
	    paper, row, revision, f, r->when.us > r->now.us ? r->when : r->now);
	enum rc rc = RC_OK;

	if (!story_was_published(row))
		return RC_OK;
	if (row->status == PAPER_SCHEDULED)
		rc = correction_drop(paper, row->id, row->due);
	if (rc != RC_OK)
		return rc;
	return at.us > r->now.us ? release_notice(paper, r, row, at)
				 : release_tell(paper, r, row, revision);
}

/* Publishes or schedules a story that readers do not see. */
static enum rc release_first(struct paper *paper, const struct paper_release *r,
    struct story_row *row, int64_t revision, struct err *err)
{
	bool is_fixed = false;
	struct fields f;
	int64_t previous;
	enum rc rc =
	    story_fields(paper, paper->scratch, revision, &f, &previous);

	if (rc == RC_OK)
		rc = headline_check(row, f.v[FIELD_HEADLINE], err);
	if (rc == RC_OK)
		rc = paper_review(paper, &is_fixed, err);
	if (rc == RC_OK)
		rc = release_again(paper, r, row, revision, &f);
	if (rc != RC_OK)
		return rc;
	/* Where texts are approved, that one appears; else the newest. */
	is_fixed |= revision != row->revision;
	return story_set_due(
	    paper, row, is_fixed ? revision : 0, r->when, r->now);
}

static enum rc release(struct paper *paper, const struct paper_release *r,
    struct story_row *row, struct err *err)
{
	struct paper_act act = {
	    .id = r->id, .who = r->who, .note = r->text, .now = r->now};
	bool is_out = row->status == PAPER_PUBLISHED;
	int64_t revision = 0;
	enum rc rc = release_check(r, story_was_published(row), err);

	if (rc == RC_OK)
		rc = release_revision(paper, r, row, &revision, err);
	if (rc == RC_OK)
		rc = is_out ? release_change(paper, r, row, revision, err)
			    : release_first(paper, r, row, revision, err);
	if (rc != RC_OK)
		return rc;
	return step_add(paper, &act,
	    is_out			     ? PAPER_STEP_CHANGED
	    : row->status == PAPER_SCHEDULED ? PAPER_STEP_SCHEDULED
					     : PAPER_STEP_PUBLISHED,
	    revision);
}

enum rc paper_release(struct paper *paper, const struct paper_release *r,
    enum paper_status *ret_status, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, r->id, &row, err);

	if (rc != RC_OK)
		return rc;
	rc = release(paper, r, &row, err);
	rc = paper_end(paper, rc, "publishing a story", err);
	if (rc == RC_OK && ret_status)
		*ret_status = row.status;
	return rc;
}

/* --- Where a story stands ---------------------------------------------- */

/* The note with which a draft was sent back, if that was the last step. */
static enum rc state_note(
    struct paper *paper, struct arena *a, int64_t id, struct str *ret_note)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT kind, note FROM step WHERE story = ?1 AND kind <> 8"
		" ORDER BY id DESC LIMIT 1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	*ret_note = STR("");
	if (rc == RC_OK && query_i64(q, 0) == PAPER_STEP_SENT_BACK) {
		*ret_note = query_copy(q, a, 1);
		rc = ret_note->p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc state_load(struct paper *paper, struct arena *a, int64_t id,
    struct paper_state *ret_state)
{
	struct paper_state s = {0};
	struct story_row row;
	enum rc rc = story_load(paper, id, &row);

	if (rc == RC_OK)
		rc = paper_review(paper, &s.must_approve, NULL);
	if (rc == RC_OK)
		rc = state_note(paper, a, id, &s.note);
	if (rc != RC_OK)
		return rc;
	s.status = row.status;
	s.newest = row.revision;
	if (row.status == PAPER_PUBLISHED)
		s.shown = row.shown != 0 ? row.shown : row.revision;
	if (row.status == PAPER_SCHEDULED)
		s.due = row.due_revision != 0 ? row.due_revision : row.revision;
	s.is_changed = s.shown != 0 && s.shown != s.newest;
	s.assigned = arena_copy(a, row.assigned);
	s.approved_by = STR("");
	rc = approval_find(
	    paper, a, id, row.revision, !s.must_approve, &s.approved_by);
	s.is_approved = rc == RC_OK;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (!s.assigned.p)
		return RC_NO_MEMORY;
	*ret_state = s;
	return RC_OK;
}

enum rc paper_state(struct paper *paper, struct arena *a, int64_t id,
    struct paper_state *ret_state, struct err *err)
{
	enum rc rc;

	arena_reset(paper->scratch);
	rc = state_load(paper, a, id, ret_state);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc,
		    "there is no story with the number %lld", (long long)id);
	return rc == RC_OK ? RC_OK
			   : store_fail(paper->db, rc, "reading a story", err);
}

enum rc paper_versions(struct paper *paper, struct arena *a, int64_t id,
    struct paper_version **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_version *v =
	    ARENA_ARRAY(a, struct paper_version, VERSIONS_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(paper->db,
	    SQL("SELECT number, revision, change, at_us, is_taken FROM version"
		" WHERE story = ?1 ORDER BY number DESC"));
	query_add_i64(q, id);
	while (n < VERSIONS_MOST && (rc = query_step(q)) == RC_OK)
		v[n++] = (struct paper_version){
		    .number = query_i64(q, 0),
		    .revision = query_i64(q, 1),
		    .change = (enum paper_change)query_i64(q, 2),
		    .at = {query_i64(q, 3)},
		    .is_taken = query_i64(q, 4) != 0,
		};
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing versions", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

static enum rc take_version(struct paper *paper, const struct story_row *row,
    int64_t number, bool is_taken, struct err *err)
{
	int64_t count = 0, newer = 0;
	struct query *q =
	    store_query(paper->db, SQL("UPDATE version SET is_taken = ?3"
				       " WHERE story = ?1 AND number = ?2"));
	enum rc rc;

	query_add_i64(q, row->id);
	query_add_i64(q, number);
	query_add_i64(q, is_taken);
	rc = query_run(q, &count);
	if (rc == RC_OK && count == 0)
		rc =
		    err_set(err, RC_NOT_FOUND, "story %lld has no version %lld",
			(long long)row->id, (long long)number);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("SELECT count(*) FROM version WHERE story = ?1"
			   " AND number > ?2"));
	query_add_i64(q, row->id);
	query_add_i64(q, number);
	rc = query_one(q, &newer);
	if (rc == RC_OK && newer == 0 && is_taken)
		rc = err_set(err, RC_DENIED,
		    "that is what readers see: take the story back instead");
	return rc == RC_OK ? outbox_add(paper, OUTBOX_STORY, row->id, 0) : rc;
}

enum rc paper_take_version(struct paper *paper, int64_t id, int64_t number,
    bool is_taken, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc != RC_OK)
		return rc;
	rc = take_version(paper, &row, number, is_taken, err);
	return paper_end(paper, rc, "taking a version away", err);
}
