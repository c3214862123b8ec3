/* SPDX-License-Identifier: MIT
 *
 * The screen of publishing; see publish.h. What it offers is what the steps of
 * publish.c would let this person do: they ask again by themselves.
 */
#include "newsroom/publish.h"

#include "base/must.h"
#include "newsroom/due.h"
#include "newsroom/mark.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "page/desk_publish.h"
#include "paper/alias.h"
#include "paper/body.h"
#include "paper/library.h"
#include "paper/write.h"
#include "text/document.h"

enum { STEPS = 50, PLAIN_MAX = 2 * MANUSCRIPT_MAX, TILL_MS = 6000 };

/* --- Reading ----------------------------------------------------------- */

int64_t publishing_revision(const struct visit *v)
{
	uint64_t revision;

	if (str_u64(visit_field(v, STR("revision")), INT64_MAX, &revision) !=
	    RC_OK)
		return 0;
	return (int64_t)revision;
}

enum rc publishing_check(struct visit *v, struct publishing *p,
    int64_t revision, struct instant at, struct check_list *ret_list,
    struct err *err)
{
	struct manuscript other;
	struct due_look look = {.n = v->n,
	    .story = p->story.id,
	    .a = v->a,
	    .text = &p->text,
	    .embargo = p->story.embargo,
	    .at = at,
	    .own = &p->own};

	if (revision != 0 && revision != p->state.newest) {
		enum rc rc = paper_text(
		    v->paper, v->a, p->story.id, revision, &other, err);

		if (rc == RC_OK)
			look.text = &other;
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return due_check(&look, ret_list, err);
}

static enum rc read_checks(
    struct visit *v, struct publishing *p, struct err *err)
{
	struct paper_settings settings;
	enum rc rc = paper_settings(v->paper, v->a, &settings, err);

	if (rc != RC_OK)
		return rc;
	p->own = (struct own_look){.n = v->n, .now = v->now};
	p->view.zone = settings.zone;
	p->view.lang = p->text.lang.n ? p->text.lang : settings.lang;
	p->view.public_url = settings.origin;
	rc = publishing_check(
	    v, p, publishing_revision(v), v->now, &p->checks, err);
	if (rc == RC_OK && p->state.due != 0 && p->state.due != p->state.newest)
		rc = publishing_check(v, p, p->state.due,
		    p->story.due.us > v->now.us ? p->story.due : v->now,
		    &p->due_checks, err);
	return rc;
}

bool publishing_may(
    const struct visit *v, enum right right, const struct publishing *p)
{
	return right == RIGHT_PUBLISH || right == RIGHT_WITHDRAW
		   ? story_may_release(v, right, &p->sections)
		   : story_may(v, right, &p->story);
}

enum rc publishing_load(struct visit *v, struct publishing *p, struct err *err)
{
	enum rc rc;

	*p = (struct publishing){
	    .view = {.fault = MSG_COUNT,
		.note_fault = MSG_COUNT,
		.change = {.text_fault = MSG_COUNT, .kind_fault = MSG_COUNT},
		.reason_fault = MSG_COUNT,
		.why = MSG_COUNT,
		.schedule = {.fault = MSG_COUNT},
		.hold = {.fault = MSG_COUNT}}};
	rc = story_open(v, &p->story, &p->text, err);
	if (rc == RC_OK)
		rc = paper_sections_of(v->paper, v->a, p->story.id,
		    publishing_revision(v), &p->sections, err);
	if (rc == RC_OK)
		rc = paper_state(v->paper, v->a, p->story.id, &p->state, err);
	if (rc == RC_OK)
		rc = people_load(v, &p->people, err);
	if (rc == RC_OK)
		rc = read_checks(v, p, err);
	/* What was withdrawn is shown again only where somebody says so. */
	p->view.change.is_old_taken = p->state.status == PAPER_WITHDRAWN;
	return rc;
}

struct asking {
	struct visit *v;
	struct entity *(*again)(struct visit *v);
};

static void till_answered(void *ctx)
{
	struct asking *asking = ctx;
	struct visit *v = asking->v;
	struct entity *e = asking->again(v);

	if (v->route->flags & ROUTE_SHOWS)
		v->n->config.show(v->n->config.ctx);
	visit_answer(v, e);
}

bool publishing_asks(struct visit *v, const struct publishing *p,
    struct entity *(*again)(struct visit *v))
{
	struct asking *asking;

	if (!own_asks(&p->own) || v->later)
		return false;
	asking = ARENA_NEW(v->a, struct asking);
	if (!asking || !visit_later(v, TILL_MS))
		return false;
	*asking = (struct asking){v, again};
	own_ask(&p->own, till_answered, asking);
	return true;
}

struct str publishing_url(struct visit *v, const struct publishing *p)
{
	return arena_printf(
	    v->a, "/stories/%lld/publish", (long long)p->story.id);
}

/* --- Where it stands --------------------------------------------------- */

static struct view_moment moment_of(const struct visit *v, struct instant t)
{
	if (t.us == INSTANT_NEVER.us)
		return (struct view_moment){.is_known = false};
	return (struct view_moment){.is_known = true,
	    .here = visit_civil(v, t),
	    .utc = civil_at(t, 0),
	    .in_s = instant_s(t) - instant_s(v->now)};
}

static void fill_stand(struct visit *v, struct publishing *p)
{
	struct view_publish *view = &p->view;
	const struct paper_story *story = &p->story;

	view->url = arena_printf(v->a, "/stories/%lld", (long long)story->id);
	view->headline = p->text.headline;
	view->section = story->section;
	view->writer = people_name(&p->people, story->writer);
	view->assigned_login = story->assigned;
	view->assigned = people_name(&p->people, story->assigned);
	view->revision = p->state.newest;
	view->status = (int)p->state.status;
	view->is_changed = p->state.is_changed;
	view->now = visit_civil(v, v->now);
	view->must_approve = p->state.must_approve;
	view->is_approved = p->state.is_approved;
	view->approved_by = people_name(&p->people, p->state.approved_by);
	view->sent_back = p->state.note;
	view->published = moment_of(v, story->published);
	view->due = moment_of(v, story->due);
	view->embargo = moment_of(v, story->embargo);
	if (p->state.status == PAPER_WITHDRAWN)
		view->withdrawn = story->note;
	if (p->state.status == PAPER_PUBLISHED)
		view->public_url = arena_printf(v->a, "%.*s%.*s",
		    STR_ARG(view->public_url), STR_ARG(story->path));
	else
		view->public_url = STR("");
}

/* --- The list before publishing ---------------------------------------- */

static const struct {
	enum msg word;
	const char *place; /* of the writing screen */
} items[CHECK_COUNT] = {
    [CHECK_HEADLINE] = {MSG_CHECK_HEADLINE, "#f-headline"},
    [CHECK_SECTION] = {MSG_CHECK_SECTION, "#f-section"},
    [CHECK_BYLINE] = {MSG_CHECK_BYLINE, "#f-authors"},
    [CHECK_TEXT] = {MSG_CHECK_TEXT, "#text"},
    [CHECK_ALT] = {MSG_CHECK_ALT, "#text"},
    [CHECK_RIGHTS] = {MSG_CHECK_RIGHTS, "#text"},
    [CHECK_PROOF] = {MSG_CHECK_PROOF, "#proof"},
    [CHECK_ADDRESS] = {MSG_CHECK_ADDRESS, "#text"},
    [CHECK_EMBARGO] = {MSG_CHECK_EMBARGO, NULL},
    [CHECK_ENDED] = {MSG_CHECK_ENDED, "#text"},
};

const enum msg publishing_item_words[CHECK_COUNT] = {
    [CHECK_HEADLINE] = MSG_ITEM_HEADLINE,
    [CHECK_SECTION] = MSG_ITEM_SECTION,
    [CHECK_BYLINE] = MSG_ITEM_BYLINE,
    [CHECK_TEXT] = MSG_ITEM_TEXT,
    [CHECK_ALT] = MSG_ITEM_ALT,
    [CHECK_RIGHTS] = MSG_ITEM_RIGHTS,
    [CHECK_PROOF] = MSG_ITEM_PROOF,
    [CHECK_ADDRESS] = MSG_ITEM_ADDRESS,
    [CHECK_EMBARGO] = MSG_ITEM_EMBARGO,
    [CHECK_ENDED] = MSG_ITEM_ENDED,
};

static enum msg mark_word(enum proof_kind kind)
{
	static const enum msg words[PROOF_KINDS] = {
	    [PROOF_QUOTE_OPEN] = MSG_MARK_QUOTE_OPEN,
	    [PROOF_QUOTE_CLOSE] = MSG_MARK_QUOTE_CLOSE,
	    [PROOF_QUOTE_SIDE] = MSG_MARK_QUOTE_SIDE,
	    [PROOF_NO_END] = MSG_MARK_NO_END,
	    [PROOF_FRAGMENT] = MSG_MARK_FRAGMENT,
	    [PROOF_DOUBLED_WORD] = MSG_MARK_DOUBLED_WORD,
	    [PROOF_DOUBLED_PARAGRAPH] = MSG_MARK_DOUBLED_PARAGRAPH,
	    [PROOF_RELATIVE_DAY] = MSG_MARK_RELATIVE_DAY,
	    [PROOF_MIXED_SCRIPT] = MSG_MARK_MIXED_SCRIPT,
	    [PROOF_NO_BYLINE] = MSG_CHECK_BYLINE,
	    [PROOF_NO_DATELINE] = MSG_MARK_NO_DATELINE,
	    [PROOF_NO_CAPTION] = MSG_MARK_NO_CAPTION,
	    [PROOF_NO_CREDIT] = MSG_ITEM_RIGHTS,
	    [PROOF_NO_ALT] = MSG_ITEM_ALT,
	};

	must((size_t)kind < PROOF_KINDS);
	return words[kind];
}

/* The first of the addresses from before that has come to lead elsewhere. No
 * rule of the paper's says how much that matters: it is told. */
static enum rc lost_alias(struct visit *v, const struct publishing *p,
    struct str *ret_path, struct err *err)
{
	for (size_t i = 0; i < p->text.aliases.n; i++) {
		enum paper_alias state = PAPER_ALIAS_FREE;
		struct str path;
		enum rc rc =
		    paper_alias_path(v->a, p->text.aliases.v[i], &path);

		if (rc == RC_OK)
			rc = paper_alias_state(
			    v->paper, path, p->story.id, &state, err);
		if (rc == RC_OK && state != PAPER_ALIAS_FREE) {
			*ret_path = path;
			return RC_OK;
		}
		if (rc != RC_OK && rc != RC_INVALID)
			return rc;
	}
	return RC_OK;
}

static enum rc fill_checks(struct visit *v, struct publishing *p,
    const struct check_list *list, struct view_check_list *ret_view,
    struct err *err)
{
	struct view_check *checks =
	    ARENA_ARRAY(v->a, struct view_check, list->n + 1);
	struct str lost = STR_NONE;
	size_t n = list->n;

	if (!checks)
		return RC_NO_MEMORY;
	if (list == &p->checks) {
		enum rc rc = lost_alias(v, p, &lost, err);

		if (rc != RC_OK)
			return rc;
	}
	if (lost.n > 0)
		checks[n++] = (struct view_check){.word = MSG_CHECK_ALIAS,
		    .count = 1,
		    .mark = MSG_COUNT,
		    .what = lost};
	for (size_t i = 0; i < list->n; i++) {
		const struct check_find *find = &list->v[i];

		must((size_t)find->item < CHECK_COUNT);
		checks[i] = (struct view_check){
		    .word = items[find->item].word,
		    .blocks = find->level == CHECK_BLOCKS,
		    .count = find->count,
		    .mark = MSG_COUNT,
		    .what = find->what,
		};
		if (find->item == CHECK_PROOF) {
			checks[i].mark = mark_word(find->proof);
			checks[i].what = STR("");
		}
		if (find->what.n > 0 && str_eq(find->what, p->text.picture.url))
			checks[i].url = arena_printf(v->a, "%.*s%s",
			    STR_ARG(p->view.url),
			    find->item == CHECK_ALT ? "#f-alt" : "#f-rights");
		else if (items[find->item].place)
			checks[i].url = arena_printf(v->a, "%.*s%s",
			    STR_ARG(p->view.url), items[find->item].place);
	}
	*ret_view = (struct view_check_list){
	    .v = checks, .n = n, .is_blocked = list->is_blocked};
	return mark_stands(
	    v, list->stets, list->stets_n, &ret_view->stands, err);
}

/* The names of items as words: "ended address". */
struct str publishing_items(struct visit *v, struct str names)
{
	struct buf b;

	buf_init_arena(&b, v->a, 4096);
	while (names.n > 0) {
		struct str name = str_cut(&names, ' ');

		for (int i = 0; i < CHECK_COUNT; i++) {
			if (!str_eq(name,
				str_of(check_item_name((enum check_item)i))))
				continue;
			if (b.n > 0)
				buf_lit(&b, "; ");
			buf_add(
			    &b, desk_word(v->lang, publishing_item_words[i]));
		}
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR("");
}

/* --- What this person can do ------------------------------------------- */

/* The person who is looking has written some of the newest text. */
static bool wrote_it(struct visit *v, const struct publishing *p)
{
	bool has = true;

	return paper_has_written(v->paper, p->story.id, p->state.newest,
		   v->who.login, &has, NULL) != RC_OK ||
	       has;
}

static bool was_out(const struct publishing *p)
{
	return p->story.published.us != INSTANT_NEVER.us;
}

/* Who may publish it, with all eyes that are wanted. */
static enum view_next next_of_publisher(
    struct visit *v, const struct publishing *p, enum msg *ret_why)
{
	const struct paper_state *state = &p->state;
	bool has_news = state->status != PAPER_PUBLISHED || state->is_changed;

	if (!has_news) {
		*ret_why = MSG_WHY_UP_TO_DATE;
		return VIEW_NEXT_NOTHING;
	}
	if (state->must_approve && !state->is_approved) {
		if (!wrote_it(v, p))
			return VIEW_NEXT_APPROVE;
		*ret_why = MSG_WHY_OTHER_EYES;
		return state->status == PAPER_DRAFT ? VIEW_NEXT_SUBMIT
						    : VIEW_NEXT_NOTHING;
	}
	if (p->checks.is_blocked) {
		*ret_why = MSG_WHY_BLOCKED;
		return VIEW_NEXT_NOTHING;
	}
	if (state->status == PAPER_SCHEDULED)
		*ret_why = MSG_WHY_SCHEDULED;
	return was_out(p) ? VIEW_NEXT_CHANGE : VIEW_NEXT_PUBLISH;
}

static enum view_next next_of_writer(
    const struct publishing *p, bool can_write, enum msg *ret_why)
{
	switch (p->state.status) {
	case PAPER_DRAFT:
		if (can_write)
			return VIEW_NEXT_SUBMIT;
		*ret_why = MSG_WHY_NOT_YOURS;
		break;
	case PAPER_SUBMITTED:
		*ret_why = MSG_WHY_WITH_EDITORS;
		break;
	case PAPER_SCHEDULED:
		*ret_why = MSG_WHY_SCHEDULED;
		break;
	case PAPER_PUBLISHED:
		*ret_why = p->state.is_changed ? MSG_WHY_CHANGE_WAITS
					       : MSG_WHY_UP_TO_DATE;
		break;
	case PAPER_WITHDRAWN:
		*ret_why = MSG_WHY_WITHDRAWN;
		break;
	}
	return VIEW_NEXT_NOTHING;
}

/* The withdrawal was the last thing done, and the text is as it was. */
static bool can_put_back(struct visit *v, const struct publishing *p)
{
	struct paper_step *steps;
	size_t n = 0, i = 1;

	if (p->state.status != PAPER_WITHDRAWN || !was_out(p) ||
	    p->checks.is_blocked ||
	    paper_steps(v->paper, v->a, p->story.id, INT64_MAX, STEPS, &steps,
		&n, NULL) != RC_OK ||
	    n < 2 || steps[0].kind != PAPER_STEP_TAKEN_BACK)
		return false;
	while (i < n && steps[i].kind != PAPER_STEP_PUBLISHED &&
	       steps[i].kind != PAPER_STEP_CHANGED)
		i++;
	return i < n && steps[i].revision == p->state.newest;
}

static void fill_rights(struct visit *v, struct publishing *p)
{
	struct view_publish *view = &p->view;
	bool can_write = story_may(v, RIGHT_WRITE, &p->story);
	enum paper_status status = p->state.status;
	bool can_publish = publishing_may(v, RIGHT_PUBLISH, p);
	bool is_ready = !p->checks.is_blocked &&
			(!p->state.must_approve || p->state.is_approved);

	view->can_publish = can_publish;
	view->next = can_publish ? next_of_publisher(v, p, &view->why)
				 : next_of_writer(p, can_write, &view->why);
	if (!can_publish && status != PAPER_DRAFT &&
	    right_has(&v->who, RIGHT_PUBLISH, p->story.section))
		view->why = MSG_WHY_OTHER_SECTION;
	view->can_submit = status == PAPER_DRAFT && can_write;
	view->can_recall = status == PAPER_SUBMITTED && can_write;
	view->can_send_back = status == PAPER_SUBMITTED && can_publish;
	/* Where nobody has to approve, a submitted story can still be, by
	 * whoever leaves publishing to somebody else. */
	view->can_approve =
	    can_publish && !p->state.is_approved &&
	    (p->state.must_approve
		    ? status != PAPER_WITHDRAWN &&
			  (status != PAPER_PUBLISHED || p->state.is_changed) &&
			  !wrote_it(v, p)
		    : status == PAPER_SUBMITTED);
	view->can_unapprove =
	    can_publish && p->state.is_approved &&
	    (status != PAPER_PUBLISHED || p->state.is_changed) &&
	    (v->who.role == STAFF_OWNER ||
		str_eq(p->state.approved_by, v->who.login));
	view->can_schedule =
	    can_publish && is_ready && status != PAPER_PUBLISHED && !was_out(p);
	view->can_unschedule = can_publish && status == PAPER_SCHEDULED;
	view->can_embargo = can_publish && status != PAPER_PUBLISHED &&
			    status != PAPER_WITHDRAWN;
	view->can_assign = can_publish;
	view->can_withdraw =
	    status == PAPER_PUBLISHED && publishing_may(v, RIGHT_WITHDRAW, p);
	view->can_put_back = can_publish && can_put_back(v, p);
	view->is_again = status != PAPER_PUBLISHED;
}

/* Those who may edit it. */
static enum rc fill_editors(struct visit *v, struct publishing *p)
{
	struct view_person *list =
	    ARENA_ARRAY(v->a, struct view_person, p->people.n);
	size_t n = 0;

	if (!list)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < p->people.n; i++) {
		const struct staff *staff = &p->people.v[i];

		if (!staff->is_disabled &&
		    right_of_role(staff->role, RIGHT_WRITE))
			list[n++] =
			    (struct view_person){staff->login, staff->name};
	}
	p->view.editors = list;
	p->view.editors_n = n;
	return RC_OK;
}

/* --- What would change ------------------------------------------------- */

static enum rc plain(struct visit *v, const struct manuscript *m,
    struct str lang, struct str *ret_text)
{
	const struct node *document;
	struct buf b;
	enum rc rc = paper_body(v->a, m->body, lang, &document);

	if (rc != RC_OK)
		return rc;
	buf_init_arena(&b, v->a, PLAIN_MAX);
	node_plain(document, PLAIN_MAX, &b);
	*ret_text = buf_str(&b);
	return buf_rc(&b);
}

static enum rc fill_diff(struct visit *v, struct publishing *p, struct err *err)
{
	struct view_publish *view = &p->view;
	struct manuscript old;
	struct str was, is;
	enum rc rc;

	if (!p->state.is_changed)
		return RC_OK;
	rc = paper_text(v->paper, v->a, p->story.id, p->state.shown, &old, err);
	if (rc == RC_OK)
		rc = plain(v, &old, view->lang, &was);
	if (rc == RC_OK)
		rc = plain(v, &p->text, view->lang, &is);
	if (rc == RC_OK)
		rc = word_diff(
		    v->a, old.headline, p->text.headline, &view->headline_diff);
	if (rc == RC_OK)
		rc = word_diff(v->a, old.standfirst, p->text.standfirst,
		    &view->standfirst_diff);
	if (rc == RC_OK)
		rc = word_diff(v->a, was, is, &view->text_diff);
	if (rc != RC_OK)
		return rc;
	view->has_diff = true;
	view->is_only_form = str_eq(old.headline, p->text.headline) &&
			     str_eq(old.standfirst, p->text.standfirst) &&
			     str_eq(was, is);
	view->compare_url =
	    arena_printf(v->a, "%.*s/compare?a=%lld&b=%lld", STR_ARG(view->url),
		(long long)p->state.shown, (long long)p->state.newest);
	return RC_OK;
}

/* --- What was done ----------------------------------------------------- */

static enum msg step_word(enum paper_step_kind kind)
{
	static const enum msg words[] = {
	    [PAPER_STEP_SUBMITTED] = MSG_STEP_SUBMITTED,
	    [PAPER_STEP_SENT_BACK] = MSG_STEP_SENT_BACK,
	    [PAPER_STEP_APPROVED] = MSG_STEP_APPROVED,
	    [PAPER_STEP_PUBLISHED] = MSG_STEP_PUBLISHED,
	    [PAPER_STEP_SCHEDULED] = MSG_STEP_SCHEDULED,
	    [PAPER_STEP_CHANGED] = MSG_STEP_CHANGED,
	    [PAPER_STEP_TAKEN_BACK] = MSG_STEP_TAKEN_BACK,
	    [PAPER_STEP_ASSIGNED] = MSG_STEP_ASSIGNED,
	    [PAPER_STEP_HELD] = MSG_STEP_HELD,
	    [PAPER_STEP_WARNED] = MSG_STEP_WARNED,
	    [PAPER_STEP_UNAPPROVED] = MSG_STEP_UNAPPROVED,
	};

	must((size_t)kind < sizeof(words) / sizeof(words[0]));
	return words[kind];
}

static enum rc fill_steps(
    struct visit *v, struct publishing *p, struct err *err)
{
	struct view_step *list = ARENA_ARRAY(v->a, struct view_step, STEPS);
	struct paper_step *steps;
	size_t n = 0;
	enum rc rc = list ? paper_steps(v->paper, v->a, p->story.id, INT64_MAX,
				STEPS, &steps, &n, err)
			  : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		list[i] = (struct view_step){
		    .word = step_word(steps[i].kind),
		    .who = people_name(&p->people, steps[i].who),
		    .note = steps[i].note,
		    .at = visit_civil(v, steps[i].at),
		};
		if (steps[i].kind == PAPER_STEP_ASSIGNED ||
		    steps[i].kind == PAPER_STEP_UNAPPROVED)
			list[i].note = people_name(&p->people, steps[i].note);
		if (steps[i].kind == PAPER_STEP_HELD ||
		    steps[i].kind == PAPER_STEP_WARNED)
			list[i].note = publishing_items(v, steps[i].note);
	}
	p->view.steps = list;
	p->view.steps_n = n;
	if (rc == RC_OK && n > 0 && steps[0].kind >= PAPER_STEP_HELD) {
		p->view.held = list[0].note;
		p->view.is_held = steps[0].kind == PAPER_STEP_HELD;
	}
	return rc;
}

struct entity *publishing_page(
    struct visit *v, struct publishing *p, unsigned status)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? RC_OK : RC_NO_MEMORY;

	fill_stand(v, p);
	if (rc == RC_OK)
		rc = fill_checks(v, p, &p->checks, &p->view.checks, &err);
	if (rc == RC_OK)
		rc = fill_checks(
		    v, p, &p->due_checks, &p->view.due_checks, &err);
	p->view.has_due_checks =
	    p->state.due != 0 && p->state.due != p->state.newest;
	if (rc == RC_OK)
		rc = fill_editors(v, p);
	if (rc == RC_OK)
		rc = fill_diff(v, p, &err);
	if (rc == RC_OK)
		rc = fill_steps(v, p, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	fill_rights(v, p);
	desk.has_faults = status >= 400;
	desk_publish(b, &desk, &p->view);
	return visit_page(v, status, b);
}
