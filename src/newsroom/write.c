/* SPDX-License-Identifier: MIT
 *
 * A story is written: the page, and saving, for forms and for the editor's
 * script. What was typed is never thrown away: where it cannot be saved the
 * page comes again with it.
 *
 * Saves that arrive in one turn of the loop are written together: twenty who
 * pause at the same moment wait for the disk once, and each is answered as if
 * it had been alone.
 */
#include "newsroom/write.h"

#include "newsroom/intake.h"
#include "newsroom/length.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/stet.h"
#include "newsroom/story_form.h"
#include "newsroom/visit.h"
#include "page/desk_write.h"
#include "paper/presence.h"
#include "paper/thin.h"
#include "text/script.h"

enum {
	SAVE_MS = 10000,
	TOGETHER_ARENA = 512 * 1024 * 1024, /* some six times 64 texts */
};

static struct entity *show_story(struct visit *v)
{
	struct saving s = {.v = v};
	enum rc rc = story_open(v, &s.story, &s.base, &s.err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &s.story)) {
		struct str url = arena_printf(
		    v->a, "/stories/%lld/preview", (long long)s.story.id);

		return url.p ? visit_see_other(v, url) : NULL;
	}
	if (rc == RC_OK)
		rc = story_form_of(v->a, &s.base, &s.text);
	if (rc != RC_OK)
		return visit_failed(v, rc, &s.err);
	return write_page(&s,
	    &(struct write_page){
		.status = 200, .fault = MSG_COUNT, .note_fault = MSG_COUNT});
}

/* Saving. */

static enum rc read_i64(struct str s, int64_t *ret)
{
	uint64_t u;
	enum rc rc = str_u64(s, INT64_MAX, &u);

	if (rc == RC_OK)
		*ret = (int64_t)u;
	return rc;
}

static enum paper_kind kind_of(const struct visit *v)
{
	struct str kind = visit_field(v, STR("kind"));

	if (str_eq(kind, STR("merge")))
		return PAPER_KIND_MERGE;
	if (str_eq(kind, STR("autosave")) || (v->is_json && kind.n == 0))
		return PAPER_KIND_AUTOSAVE;
	return PAPER_KIND_SAVE;
}

/* Who has not touched the section does not move the story back to where it was
 * when the page was opened. */
static void keep_section(struct saving *s, struct str before)
{
	struct str *to = &s->text.v[WRITE_SECTION];

	if (str_eq(*to, before) && !story_may_move(s->v, &s->story, *to))
		*to = s->story.section;
}

static enum rc read_save(struct saving *s)
{
	struct visit *v = s->v;
	struct write_text before;
	int64_t base = 0;
	enum rc rc = story_open(v, &s->story, NULL, &s->err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &s->story))
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = read_i64(visit_field(v, STR("base")), &s->write.base);
	if (rc == RC_OK)
		rc = paper_base(
		    v->paper, s->story.id, s->write.base, &base, &s->err);
	if (rc == RC_OK)
		rc = paper_text(
		    v->paper, v->a, s->story.id, base, &s->base, &s->err);
	if (rc == RC_OK)
		rc = story_form_of(v->a, &s->base, &before);
	if (rc == RC_OK)
		rc = story_form_read(v, &before, &s->text);
	if (rc == RC_OK)
		keep_section(s, before.v[WRITE_SECTION]);
	if (rc == RC_OK)
		rc = story_form_manuscript(v->a, &s->base, &s->text, &s->typed);
	if (rc != RC_OK)
		return rc;
	s->write.id = s->story.id;
	s->write.manuscript = &s->typed;
	s->write.kind = kind_of(v);
	s->write.who = v->who.login;
	s->write.tab = visit_field(v, STR("tab"));
	s->write.now = v->now;
	return s->write.tab.n > PAPER_TAB_MAX ? RC_INVALID : RC_OK;
}

/* MSG_COUNT: all can be saved. */
static enum msg find_faults(struct saving *s, enum msg faults[WRITE_FIELDS])
{
	enum msg first = MSG_COUNT;

	for (int i = 0; i < WRITE_FIELDS; i++) {
		faults[i] = MSG_COUNT;
		if (i != WRITE_BODY && s->text.v[i].n > MANUSCRIPT_FIELD_MAX)
			faults[i] = MSG_FAULT_LONG;
	}
	if (s->text.v[WRITE_BODY].n > MANUSCRIPT_MAX)
		faults[WRITE_BODY] = MSG_FAULT_TEXT_LONG;
	if (s->text.v[WRITE_LANG].n > 0 &&
	    !lang_is_valid(s->text.v[WRITE_LANG]))
		faults[WRITE_LANG] = MSG_STORY_FAULT_LANG;
	if (!story_may_move(s->v, &s->story, s->text.v[WRITE_SECTION]))
		faults[WRITE_SECTION] = MSG_FAULT_SECTION;
	for (int i = WRITE_FIELDS - 1; i >= 0; i--)
		if (faults[i] != MSG_COUNT)
			first = faults[i];
	return first;
}

static struct entity *refuse_fields(
    struct saving *s, const enum msg faults[WRITE_FIELDS], enum msg first)
{
	bool is_long = first == MSG_FAULT_TEXT_LONG;

	if (s->v->is_json)
		return write_refusal(s->v, is_long ? 413 : 422, first);
	return write_page(s, &(struct write_page){.status = is_long ? 413 : 422,
				 .fault = MSG_WRITE_NOT_SAVED,
				 .faults = faults,
				 .note_fault = MSG_COUNT});
}

/* Nothing is saved under somebody's name that another had typed. */
static struct entity *refuse_other(struct saving *s)
{
	if (s->v->is_json)
		return write_refuse_other(s->v);
	return write_page(s, &(struct write_page){.status = 409,
				 .fault = MSG_WRITE_OTHER_ACCOUNT,
				 .note_fault = MSG_COUNT});
}

/* Our side failed: what was typed comes back. */
static struct entity *fail_save(struct saving *s, enum rc rc)
{
	struct visit *v = s->v;
	unsigned status = rc == RC_NO_SPACE			? 507
			  : rc == RC_BUSY || rc == RC_NO_MEMORY ? 503
								: 500;
	enum msg why =
	    rc == RC_NO_SPACE ? MSG_WRITE_DISK_FULL : MSG_WRITE_NOT_SAVED;

	if (rc == RC_NOT_FOUND)
		return visit_failed(v, rc, &s->err);
	if (rc == RC_DENIED || rc == RC_LIMIT || rc == RC_INVALID) {
		status = 422;
		why = rc == RC_DENIED ? MSG_FAULT_WAITS : MSG_FAULT_LONG;
	} else {
		v->n->config.say(
		    v->n->config.ctx, s->err.why[0] ? s->err.why : rc_name(rc));
	}
	if (v->is_json)
		return write_refusal(v, status, why);
	return write_page(
	    s, &(struct write_page){
		   .status = status, .fault = why, .note_fault = MSG_COUNT});
}

static struct entity *go_on(struct saving *s)
{
	struct visit *v = s->v;
	struct str url = stories_url(v, s->story.id);

	if (!url.p)
		return NULL;
	/* The text is saved, whatever comes of this. */
	if (visit_field(v, STR("length")).p) {
		enum rc rc = length_save(v, &s->story, &s->err);

		if (rc == RC_INVALID || rc == RC_DENIED)
			return visit_done(v, url, STR("no-length"));
		if (rc != RC_OK)
			return visit_failed(v, rc, &s->err);
	}
	if (visit_field(v, STR("stet")).p || visit_field(v, STR("unstet")).p) {
		enum rc rc = stet_save(v, &s->story, &s->err);

		if (rc != RC_OK)
			return visit_failed(v, rc, &s->err);
	}
	if (str_eq(visit_field(v, STR("then")), STR("publish"))) {
		url = arena_printf(v->a, "%.*s/publish", STR_ARG(url));
		return url.p ? visit_see_other(v, url) : NULL;
	}
	return visit_done(v, url,
	    s->result.outcome == PAPER_MERGED ? STR("merged") : STR("saved"));
}

/* The answer to a save that ended with RC. */
static struct entity *end_save(struct saving *s, enum rc rc)
{
	struct visit *v = s->v;
	struct entity *e;

	if (rc != RC_OK)
		return fail_save(s, rc);
	presence_touch(v->n->presence, s->story.id, v->who.login, s->write.tab,
	    s->result.outcome != PAPER_SAME, v->now);
	if (v->is_json)
		return write_answer(s);
	if (s->result.outcome != PAPER_CONFLICTED)
		return go_on(s);
	e = write_conflict_page(s);
	/* Both texts are more than a page holds: one's own at least comes
	 * back. */
	return e ? e : fail_save(s, RC_NO_MEMORY);
}

/* Has it wait for those that come in the same moment. */
static bool gather(struct saving *s)
{
	struct newsroom *n = s->v->n;

	if (!n->config.wake || n->saves_n == SAVES_MOST ||
	    !visit_later(s->v, SAVE_MS))
		return false;
	if (n->saves_n == 0)
		n->config.wake(n->config.ctx);
	n->saves[n->saves_n++] = s;
	return true;
}

void newsroom_work(struct newsroom *n)
{
	size_t count = n->saves_n;
	struct paper_write_task *tasks;
	struct arena *a;

	if (count == 0)
		return;
	n->saves_n = 0;
	a = arena_new(TOGETHER_ARENA);
	tasks = ARENA_ARRAY(a, struct paper_write_task, count);
	for (size_t i = 0; tasks && i < count; i++)
		tasks[i].write = n->saves[i]->write;
	if (tasks)
		paper_write_all(n->config.paper, a, tasks, count);
	for (size_t i = 0; i < count; i++) {
		struct saving *s = n->saves[i];
		enum rc rc = tasks ? tasks[i].rc : RC_NO_MEMORY;

		if (rc == RC_OK)
			s->result = tasks[i].result;
		else if (tasks)
			s->err = tasks[i].err;
		visit_answer(s->v, end_save(s, rc));
	}
	arena_free(a);
}

enum rc newsroom_thin(
    struct newsroom *n, struct instant now, bool *ret_more, struct err *err)
{
	if (n->saves_n > 0) {
		*ret_more = true;
		return RC_OK;
	}
	return paper_thin(n->config.paper, now, ret_more, err);
}

void newsroom_rest(struct newsroom *n)
{
	if (n->saves_n == 0)
		paper_rest(n->config.paper);
}

static struct entity *send_save(struct visit *v)
{
	struct saving *s = ARENA_NEW(v->a, struct saving);
	enum msg faults[WRITE_FIELDS], first;
	enum rc rc;

	if (!s)
		return NULL;
	s->v = v;
	rc = read_save(s);
	if (rc != RC_OK)
		return visit_failed(v, rc, &s->err);
	if (visit_is_of_other(v))
		return refuse_other(s);
	first = find_faults(s, faults);
	if (first != MSG_COUNT)
		return refuse_fields(s, faults, first);
	if (gather(s))
		return NULL;
	return end_save(
	    s, paper_write(v->paper, v->a, &s->write, &s->result, &s->err));
}

static const struct route routes[] = {
    {HTTP_GET, "/stories/:id", RIGHT_STORIES, 0, "", show_story},
    {HTTP_POST, "/stories/:id/save", RIGHT_WRITE, 0,
	STORY_FORM_FIELDS " base tab account kind then length unit"
			  " stet unstet",
	send_save},
};

const struct route *routes_write(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
