/* SPDX-License-Identifier: MIT
 *
 * The steps of publishing: each reads the story anew, asks whether the person
 * may, does one thing together with its row in the log of changes, and leads
 * back to the screen, which then says what was done and how to undo it. What
 * cannot be done is said on the same screen, with what was typed.
 */
#include "newsroom/publish.h"

#include "newsroom/change.h"
#include "newsroom/moment.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "paper/write.h"

/* A story and its step. */
struct act {
	struct visit *v;
	struct publishing *p;
	struct err err;
	struct entity *answer; /* set: it is done, for better or worse */
};

/* Reads the story. False: it is answered. */
static bool act_begin(struct act *act, struct visit *v, enum right right)
{
	enum rc rc;

	*act = (struct act){.v = v, .p = ARENA_NEW(v->a, struct publishing)};
	if (!act->p)
		return false;
	rc = publishing_load(v, act->p, &act->err);
	if (rc != RC_OK)
		act->answer = visit_failed(v, rc, &act->err);
	else if (!publishing_may(v, right, act->p))
		act->answer = visit_status(v, 403);
	return rc == RC_OK && !act->answer;
}

/* The same screen again, with MSG above it. */
static struct entity *act_refuse(struct act *act, unsigned status, enum msg msg)
{
	act->p->view.fault = msg;
	return publishing_page(act->v, act->p, status);
}

/* What a refused call of paper/ is in words. */
static struct entity *act_failed(struct act *act, enum rc rc)
{
	switch (rc) {
	case RC_BUSY:
		return act_refuse(act, 409, MSG_REFUSED_NEWER);
	case RC_EXISTS:
		return act_refuse(act, 409, MSG_REFUSED_SAME);
	case RC_DENIED:
		return act_refuse(act, 409,
		    act->p->state.must_approve && !act->p->state.is_approved
			? MSG_WHY_OTHER_EYES
			: MSG_REFUSED_STATE);
	case RC_INVALID:
		return act_refuse(act, 422, MSG_REFUSED_TEXT);
	default:
		return visit_failed(act->v, rc, &act->err);
	}
}

/* What a step is called in the log, and on the screen when it is done. */
struct act_words {
	const char *what;
	struct str detail; /* empty: the headline */
	struct str done;
};

/* Ends a step that was begun and came to RC: with its row in the log, or
 * without a trace. Then back to the screen. */
static struct entity *act_end(
    struct act *act, enum rc rc, const struct act_words *words)
{
	struct visit *v = act->v;
	struct str about =
	    arena_printf(v->a, "story %lld", (long long)act->p->story.id);
	struct str url = publishing_url(v, act->p);

	if (rc == RC_OK)
		rc = settings_log(v, str_of(words->what), about,
		    words->detail.n ? words->detail : act->p->text.headline,
		    &act->err);
	rc = paper_step_end(v->paper, rc, &act->err);
	if (rc != RC_OK)
		return act_failed(act, rc);
	return url.p ? visit_done(v, url, words->done) : NULL;
}

/* One of the steps of paper/workflow.h. */
typedef enum rc act_fn(
    struct paper *paper, const struct paper_act *act, struct err *err);

static struct entity *act_do(struct act *act, act_fn *fn,
    const struct paper_act *step, const struct act_words *words)
{
	struct visit *v = act->v;
	enum rc rc = paper_step_begin(v->paper, &act->err);

	if (rc != RC_OK)
		return act_failed(act, rc);
	return act_end(act, fn(v->paper, step, &act->err), words);
}

static struct paper_act paper_act_of(const struct act *act, struct str note)
{
	return (struct paper_act){
	    .id = act->p->story.id,
	    .revision = publishing_revision(act->v),
	    .who = act->v->who.login,
	    .note = note,
	    .now = act->v->now,
	};
}

static struct entity *show_publish(struct visit *v)
{
	struct act act;

	if (!act_begin(&act, v, RIGHT_STORIES))
		return act.answer;
	if (publishing_asks(v, act.p, show_publish))
		return NULL;
	return publishing_page(v, act.p, 200);
}

/* --- On the way -------------------------------------------------------- */

static struct entity *submit(struct visit *v)
{
	static const struct act_words words = {
	    "submit", STR_INIT(""), STR_INIT("submitted")};
	struct act act;
	struct paper_act step;

	if (!act_begin(&act, v, RIGHT_WRITE))
		return act.answer;
	act.p->view.note = visit_field(v, STR("note"));
	step = paper_act_of(&act, act.p->view.note);
	return act_do(&act, paper_hand_in, &step, &words);
}

static struct entity *give_back(
    struct act *act, struct str note, const struct act_words *words)
{
	struct paper_act step = paper_act_of(act, note);

	return act_do(act, paper_send_back, &step, words);
}

static struct entity *send_back(struct visit *v)
{
	static const struct act_words words = {
	    "send back", STR_INIT(""), STR_INIT("sent-back")};
	struct act act;
	struct str note = visit_field(v, STR("note"));

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	act.p->view.note = note;
	if (str_blank(note))
		act.p->view.note_fault = MSG_SEND_BACK_FAULT;
	else if (note.n > PAPER_NOTE_MAX)
		act.p->view.note_fault = MSG_FAULT_LONG;
	if (act.p->view.note_fault != MSG_COUNT)
		return act_refuse(&act, 422, MSG_FAULTS_TITLE);
	return give_back(&act, note, &words);
}

/* The writer takes it up again. */
static struct entity *recall(struct visit *v)
{
	static const struct act_words words = {
	    "recall", STR_INIT(""), STR_INIT("recalled")};
	struct act act;

	if (!act_begin(&act, v, RIGHT_WRITE))
		return act.answer;
	return give_back(&act, desk_word(v->lang, MSG_RECALL_NOTE), &words);
}

static struct entity *approve(struct visit *v)
{
	static const struct act_words words = {
	    "approve", STR_INIT(""), STR_INIT("approved")};
	struct act act;
	struct paper_act step;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (publishing_asks(v, act.p, approve))
		return NULL;
	/* It would appear in the place of the one that was approved before. */
	if (act.p->state.status == PAPER_SCHEDULED && act.p->checks.is_blocked)
		return act_refuse(&act, 409, MSG_WHY_BLOCKED);
	step = paper_act_of(&act, STR(""));
	return act_do(&act, paper_approve, &step, &words);
}

/* By who gave it, or by an owner. */
static struct entity *unapprove(struct visit *v)
{
	struct act act;
	struct paper_act step;
	struct str whose = v->who.login;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (v->who.role == STAFF_OWNER && act.p->state.is_approved)
		whose = act.p->state.approved_by;
	else if (act.p->state.is_approved &&
		 !str_eq(act.p->state.approved_by, whose))
		return visit_status(v, 403);
	step = paper_act_of(&act, whose);
	return act_do(&act, paper_take_approval, &step,
	    &(struct act_words){"unapprove", whose, STR("unapproved")});
}

static bool is_staff(const struct people *people, struct str login)
{
	for (size_t i = 0; i < people->n; i++)
		if (str_eq(people->v[i].login, login))
			return true;
	return false;
}

static struct entity *assign(struct visit *v)
{
	struct act act;
	struct paper_act step;
	struct str who = visit_field(v, STR("who"));

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (who.n > 0 && !is_staff(&act.p->people, who))
		return visit_status(v, 400);
	step = paper_act_of(&act, who);
	return act_do(&act, paper_assign, &step,
	    &(struct act_words){"assign", who, STR("saved")});
}

/* --- Publishing -------------------------------------------------------- */

/* Publishes as RELEASE says. */
static struct entity *release(
    struct act *act, struct paper_release *release, const char *what)
{
	struct act_words words = {.what = what};
	struct visit *v = act->v;
	enum paper_status status = PAPER_DRAFT;
	enum rc rc;

	if (act->p->checks.is_blocked)
		return act_refuse(act, 409, MSG_WHY_BLOCKED);
	release->id = act->p->story.id;
	release->revision = publishing_revision(v);
	release->who = v->who.login;
	release->now = v->now;
	rc = paper_step_begin(v->paper, &act->err);
	if (rc != RC_OK)
		return act_failed(act, rc);
	rc = paper_release(v->paper, release, &status, &act->err);
	words.done =
	    status == PAPER_SCHEDULED ? STR("scheduled") : STR("published");
	return act_end(act, rc, &words);
}

static bool was_out(const struct act *act)
{
	return act->p->story.published.us != INSTANT_NEVER.us;
}

static struct entity *publish(struct visit *v)
{
	struct act act;
	struct paper_release what = {.when = v->now};

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (publishing_asks(v, act.p, publish))
		return NULL;
	/* Readers have had it: they are told what kind of change it is. */
	if (was_out(&act))
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	return release(&act, &what, "publish");
}

static enum msg moment_fault(enum moment_fit fit)
{
	switch (fit) {
	case MOMENT_OK:
		break;
	case MOMENT_EMPTY:
		return MSG_FAULT_EMPTY;
	case MOMENT_FAULTY:
		return MSG_WHEN_FAULTY;
	case MOMENT_GAP:
		return MSG_WHEN_GAP;
	case MOMENT_TWICE:
		return MSG_WHEN_TWICE;
	}
	return MSG_COUNT;
}

/* Puts what is wrong with it into FIELD. False: something is. */
static bool moment_is_fit(
    const struct visit *v, const struct moment *m, struct view_when *field)
{
	field->fault = moment_fault(m->fit);
	if (m->fit == MOMENT_OK && m->at.us <= v->now.us)
		field->fault = MSG_WHEN_PAST;
	field->is_gap = m->fit == MOMENT_GAP;
	if (field->is_gap || m->fit == MOMENT_TWICE) {
		field->is_twice = !field->is_gap;
		field->first = visit_civil(v, m->at);
		field->second = visit_civil(v, m->later);
	}
	return field->fault == MSG_COUNT;
}

static struct entity *schedule(struct visit *v)
{
	struct act act;
	struct view_when *field;
	struct moment m;
	enum rc rc;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (publishing_asks(v, act.p, schedule))
		return NULL;
	if (was_out(&act))
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	field = &act.p->view.schedule;
	field->date = visit_field(v, STR("date"));
	field->time = visit_field(v, STR("time"));
	m = moment_read(visit_zone(v), field->date, field->time,
	    visit_field(v, STR("which")));
	if (!moment_is_fit(v, &m, field))
		return act_refuse(&act, 422, MSG_FAULTS_TITLE);
	/* As it will be then: rights may have ended. */
	rc = publishing_check(
	    v, act.p, publishing_revision(v), m.at, &act.p->checks, &act.err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &act.err);
	return release(&act, &(struct paper_release){.when = m.at}, "schedule");
}

static struct entity *unschedule(struct visit *v)
{
	static const struct act_words words = {
	    "unschedule", STR_INIT(""), STR_INIT("unscheduled")};
	struct act act;
	struct paper_act step;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (act.p->state.status != PAPER_SCHEDULED)
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	step = paper_act_of(&act, STR(""));
	return act_do(&act, paper_take_back, &step, &words);
}

/* The embargo stands in the text: to set it is to save. */
static struct entity *save_embargo(struct act *act, struct instant until)
{
	struct visit *v = act->v;
	struct manuscript m = act->p->text;
	struct paper_write write = {
	    .id = act->p->story.id,
	    .base = publishing_revision(v),
	    .manuscript = &m,
	    .who = v->who.login,
	    .note = desk_word(v->lang, MSG_EMBARGO_TITLE),
	    .now = v->now,
	};
	static const struct act_words words = {
	    "embargo", STR_INIT(""), STR_INIT("saved")};
	struct paper_write_result result;
	enum rc rc;

	m.has_embargo = until.us != INSTANT_NEVER.us;
	if (m.has_embargo)
		m.embargo = visit_civil(v, until);
	if (write.base == 0)
		write.base = act->p->state.newest;
	rc = paper_step_begin(v->paper, &act->err);
	if (rc != RC_OK)
		return act_failed(act, rc);
	rc = paper_write(v->paper, v->a, &write, &result, &act->err);
	if (rc == RC_OK && result.outcome == PAPER_CONFLICTED)
		rc = RC_BUSY;
	return act_end(act, rc, &words);
}

static struct entity *embargo(struct visit *v)
{
	struct act act;
	struct view_when *field;
	struct moment m;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (act.p->state.status == PAPER_PUBLISHED)
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	if (visit_field(v, STR("off")).n > 0)
		return save_embargo(&act, INSTANT_NEVER);
	field = &act.p->view.hold;
	field->date = visit_field(v, STR("until"));
	m = moment_read_both(
	    visit_zone(v), field->date, visit_field(v, STR("which")));
	if (!moment_is_fit(v, &m, field))
		return act_refuse(&act, 422, MSG_FAULTS_TITLE);
	return save_embargo(&act, m.at);
}

/* --- Changing what readers see ----------------------------------------- */

static struct entity *change(struct visit *v)
{
	struct act act;
	struct paper_release what = {.when = v->now};

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (publishing_asks(v, act.p, change))
		return NULL;
	if (!was_out(&act))
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	if (!change_read(v, &act.p->view.change, &what))
		return act_refuse(&act, 422, MSG_FAULTS_TITLE);
	return release(&act, &what, paper_change_name(what.change));
}

static struct entity *withdraw(struct visit *v)
{
	struct act act;
	struct view_publish *view;
	struct paper_act step;

	if (!act_begin(&act, v, RIGHT_WITHDRAW))
		return act.answer;
	if (act.p->state.status != PAPER_PUBLISHED)
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	view = &act.p->view;
	view->reason = visit_field(v, STR("reason"));
	if (str_blank(view->reason))
		view->reason_fault = MSG_WITHDRAW_FAULT;
	else if (view->reason.n > PAPER_NOTE_MAX)
		view->reason_fault = MSG_FAULT_LONG;
	if (view->reason_fault != MSG_COUNT)
		return act_refuse(&act, 422, MSG_FAULTS_TITLE);
	step = paper_act_of(&act, view->reason);
	/* It goes, whatever has been saved since. */
	step.revision = 0;
	return act_do(&act, paper_take_back, &step,
	    &(struct act_words){"withdraw", view->reason, STR("withdrawn")});
}

/* Undoes a withdrawal: readers see again what they saw, without a notice. */
static struct entity *put_back(struct visit *v)
{
	struct act act;
	struct paper_release what = {.when = v->now, .change = PAPER_TYPO};

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (publishing_asks(v, act.p, put_back))
		return NULL;
	if (act.p->state.status != PAPER_WITHDRAWN || !was_out(&act))
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	return release(&act, &what, "put back");
}

static const struct route routes[] = {
    {HTTP_GET, "/stories/:id/publish", RIGHT_STORIES, 0, "", show_publish},
    {HTTP_POST, "/stories/:id/submit", RIGHT_WRITE, 0, "revision note", submit},
    {HTTP_POST, "/stories/:id/recall", RIGHT_WRITE, 0, "revision", recall},
    {HTTP_POST, "/stories/:id/send-back", RIGHT_PUBLISH, 0, "revision note",
	send_back},
    {HTTP_POST, "/stories/:id/approve", RIGHT_PUBLISH, ROUTE_SHOWS, "revision",
	approve},
    {HTTP_POST, "/stories/:id/unapprove", RIGHT_PUBLISH, ROUTE_SHOWS,
	"revision", unapprove},
    {HTTP_POST, "/stories/:id/assign", RIGHT_PUBLISH, 0, "revision who",
	assign},
    {HTTP_POST, "/stories/:id/publish", RIGHT_PUBLISH, ROUTE_SHOWS, "revision",
	publish},
    {HTTP_POST, "/stories/:id/schedule", RIGHT_PUBLISH, ROUTE_SHOWS,
	"revision date time which", schedule},
    {HTTP_POST, "/stories/:id/unschedule", RIGHT_PUBLISH, ROUTE_SHOWS,
	"revision", unschedule},
    {HTTP_POST, "/stories/:id/embargo", RIGHT_PUBLISH, ROUTE_SHOWS,
	"revision until which off", embargo},
    {HTTP_POST, "/stories/:id/change", RIGHT_PUBLISH, ROUTE_SHOWS,
	"revision kind text place old", change},
    {HTTP_POST, "/stories/:id/withdraw", RIGHT_WITHDRAW, ROUTE_SHOWS,
	"revision reason", withdraw},
    {HTTP_POST, "/stories/:id/put-back", RIGHT_PUBLISH, ROUTE_SHOWS, "revision",
	put_back},
};

const struct route *routes_publish(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
