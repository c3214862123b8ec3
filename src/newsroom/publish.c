/* SPDX-License-Identifier: MIT
 *
 * The steps of publishing: each reads the story anew, asks whether the person
 * may, does one thing, notes it in the log of changes and leads back to the
 * screen, which then says what was done and how to undo it. What cannot be
 * done is said on the same screen, with what was typed.
 */
#include "newsroom/publish.h"

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
	else if (!story_may(v, right, &act->p->story))
		act->answer = visit_status(v, 403);
	return rc == RC_OK && !act->answer;
}

/* The same screen again, with MSG above it. */
static struct entity *act_refuse(struct act *act, unsigned status, enum msg msg)
{
	act->p->view.fault = msg;
	return publishing_page(act->v, act->p, status);
}

/* The revision that the person looked at; 0 if it was not said. */
static int64_t looked_at(const struct visit *v)
{
	uint64_t revision;

	if (str_u64(visit_field(v, STR("revision")), INT64_MAX, &revision) !=
	    RC_OK)
		return 0;
	return (int64_t)revision;
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

/* Done: noted, and back to the screen, which says DONE. */
static struct entity *act_done(
    struct act *act, const char *what, struct str detail, struct str done)
{
	struct visit *v = act->v;
	struct str about =
	    arena_printf(v->a, "story %lld", (long long)act->p->story.id);
	struct str url = publishing_url(v, act->p);
	enum rc rc = settings_log(v, str_of(what), about,
	    detail.n ? detail : act->p->text.headline, &act->err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &act->err);
	return url.p ? visit_done(v, url, done) : NULL;
}

static struct paper_act paper_act_of(const struct act *act, struct str note)
{
	return (struct paper_act){
	    .id = act->p->story.id,
	    .revision = looked_at(act->v),
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
	return publishing_page(v, act.p, 200);
}

/* --- On the way -------------------------------------------------------- */

static struct entity *submit(struct visit *v)
{
	struct act act;
	struct paper_act step;
	enum rc rc;

	if (!act_begin(&act, v, RIGHT_WRITE))
		return act.answer;
	act.p->view.note = visit_field(v, STR("note"));
	step = paper_act_of(&act, act.p->view.note);
	rc = paper_hand_in(v->paper, &step, &act.err);
	return rc == RC_OK ? act_done(&act, "submit", STR(""), STR("submitted"))
			   : act_failed(&act, rc);
}

static struct entity *give_back(
    struct act *act, struct str note, const char *what, struct str done)
{
	struct paper_act step = paper_act_of(act, note);
	enum rc rc = paper_send_back(act->v->paper, &step, &act->err);

	return rc == RC_OK ? act_done(act, what, STR(""), done)
			   : act_failed(act, rc);
}

static struct entity *send_back(struct visit *v)
{
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
	return give_back(&act, note, "send back", STR("sent-back"));
}

/* The writer takes it up again. */
static struct entity *recall(struct visit *v)
{
	struct act act;

	if (!act_begin(&act, v, RIGHT_WRITE))
		return act.answer;
	return give_back(&act, desk_word(v->lang, MSG_RECALL_NOTE), "recall",
	    STR("recalled"));
}

static struct entity *approve(struct visit *v)
{
	struct act act;
	struct paper_act step;
	enum rc rc;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	step = paper_act_of(&act, STR(""));
	rc = paper_approve(v->paper, &step, &act.err);
	return rc == RC_OK ? act_done(&act, "approve", STR(""), STR("approved"))
			   : act_failed(&act, rc);
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
	enum rc rc;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (who.n > 0 && !is_staff(&act.p->people, who))
		return visit_status(v, 400);
	step = paper_act_of(&act, who);
	rc = paper_assign(v->paper, &step, &act.err);
	return rc == RC_OK ? act_done(&act, "assign", who, STR("saved"))
			   : act_failed(&act, rc);
}

/* --- Publishing -------------------------------------------------------- */

/* Publishes as RELEASE says. */
static struct entity *release(
    struct act *act, struct paper_release *release, const char *what)
{
	struct visit *v = act->v;
	enum paper_status status;
	enum rc rc;

	if (act->p->checks.is_blocked)
		return act_refuse(act, 409, MSG_WHY_BLOCKED);
	release->id = act->p->story.id;
	release->revision = looked_at(v);
	release->who = v->who.login;
	release->now = v->now;
	rc = paper_release(v->paper, release, &status, &act->err);
	if (rc != RC_OK)
		return act_failed(act, rc);
	return act_done(act, what, STR(""),
	    status == PAPER_SCHEDULED ? STR("scheduled") : STR("published"));
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
	if (m->fit == MOMENT_TWICE) {
		field->is_twice = true;
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

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (was_out(&act))
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	field = &act.p->view.schedule;
	field->date = visit_field(v, STR("date"));
	field->time = visit_field(v, STR("time"));
	m = moment_read(visit_zone(v), field->date, field->time,
	    visit_field(v, STR("which")));
	if (!moment_is_fit(v, &m, field))
		return act_refuse(&act, 422, MSG_FAULTS_TITLE);
	return release(&act, &(struct paper_release){.when = m.at}, "schedule");
}

static struct entity *unschedule(struct visit *v)
{
	struct act act;
	struct paper_act step;
	enum rc rc;

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (act.p->state.status != PAPER_SCHEDULED)
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	step = paper_act_of(&act, STR(""));
	rc = paper_take_back(v->paper, &step, &act.err);
	return rc == RC_OK
		   ? act_done(&act, "unschedule", STR(""), STR("unscheduled"))
		   : act_failed(&act, rc);
}

/* The embargo stands in the text: to set it is to save. */
static struct entity *save_embargo(struct act *act, struct instant until)
{
	struct visit *v = act->v;
	struct manuscript m = act->p->text;
	struct paper_write write = {
	    .id = act->p->story.id,
	    .base = looked_at(v),
	    .manuscript = &m,
	    .who = v->who.login,
	    .note = desk_word(v->lang, MSG_EMBARGO_TITLE),
	    .now = v->now,
	};
	struct paper_write_result result;
	enum rc rc;

	m.has_embargo = until.us != INSTANT_NEVER.us;
	if (m.has_embargo)
		m.embargo = visit_civil(v, until);
	if (write.base == 0)
		write.base = act->p->state.newest;
	rc = paper_write(v->paper, v->a, &write, &result, &act->err);
	if (rc == RC_OK && result.outcome == PAPER_CONFLICTED)
		rc = RC_BUSY;
	return rc == RC_OK ? act_done(act, "embargo", STR(""), STR("saved"))
			   : act_failed(act, rc);
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

static bool change_is_fit(struct act *act, enum paper_change *ret_kind)
{
	struct view_publish *view = &act->p->view;

	*ret_kind = PAPER_FIRST;
	if (paper_change_find(view->kind, ret_kind) != RC_OK)
		view->kind_fault = MSG_CHANGE_KIND_FAULT;
	if (view->text.n > PAPER_NOTE_MAX)
		view->text_fault = MSG_FAULT_LONG;
	else if ((*ret_kind == PAPER_CORRECTION ||
		     *ret_kind == PAPER_CLARIFICATION) &&
		 str_blank(view->text))
		view->text_fault = MSG_CHANGE_TEXT_FAULT;
	return view->kind_fault == MSG_COUNT && view->text_fault == MSG_COUNT;
}

static struct entity *change(struct visit *v)
{
	struct act act;
	struct view_publish *view;
	struct paper_release what = {.when = v->now};

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
	if (!was_out(&act))
		return act_refuse(&act, 409, MSG_REFUSED_STATE);
	view = &act.p->view;
	view->kind = visit_field(v, STR("kind"));
	view->text = visit_field(v, STR("text"));
	view->is_at_head = str_eq(visit_field(v, STR("place")), STR("head"));
	view->is_old_taken = visit_field(v, STR("old")).n > 0;
	if (!change_is_fit(&act, &what.change))
		return act_refuse(&act, 422, MSG_FAULTS_TITLE);
	what.place = view->is_at_head ? PAPER_HEAD : PAPER_FOOT;
	what.text = str_trim(view->text);
	what.is_old_taken = view->is_old_taken;
	return release(&act, &what, paper_change_name(what.change));
}

static struct entity *withdraw(struct visit *v)
{
	struct act act;
	struct view_publish *view;
	struct paper_act step;
	enum rc rc;

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
	rc = paper_take_back(v->paper, &step, &act.err);
	return rc == RC_OK
		   ? act_done(&act, "withdraw", view->reason, STR("withdrawn"))
		   : act_failed(&act, rc);
}

/* Undoes a withdrawal: readers see again what they saw, without a notice. */
static struct entity *put_back(struct visit *v)
{
	struct act act;
	struct paper_release what = {.when = v->now, .change = PAPER_TYPO};

	if (!act_begin(&act, v, RIGHT_PUBLISH))
		return act.answer;
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
