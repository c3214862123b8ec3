/* SPDX-License-Identifier: MIT
 *
 * What the editor's script is told after a save; see web/editor/README.md.
 */
#include "newsroom/mark.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/story_form.h"
#include "newsroom/visit.h"
#include "newsroom/write.h"
#include "page/desk_write.h"
#include "page/json.h"
#include "paper/presence.h"

static const char *const outcomes[] = {
    [PAPER_WRITTEN] = "saved",
    [PAPER_SAME] = "unchanged",
    [PAPER_MERGED] = "merged",
    [PAPER_CONFLICTED] = "conflict",
};

static void put_time(struct buf *b, struct instant t)
{
	buf_char(b, '"');
	civil_rfc3339(b, civil_at(t, 0));
	buf_char(b, '"');
}

static void put_fields(struct buf *b, const struct write_text *text)
{
	buf_lit(b, ",\"fields\":{");
	for (int i = 0; i < WRITE_FIELDS; i++) {
		if (i > 0)
			buf_char(b, ',');
		json_text(b, write_field_name((enum write_field)i));
		buf_char(b, ':');
		json_text(b, text->v[i]);
	}
	buf_char(b, '}');
}

/* Names are looked up where one is told: mostly nobody else is here. */
static enum rc put_person(struct buf *b, struct saving *s, struct str login)
{
	struct people people;
	enum rc rc = people_load(s->v, &people, &s->err);

	if (rc == RC_OK)
		json_text(b, people_name(&people, login));
	return rc;
}

enum rc write_present(struct buf *b, struct saving *s)
{
	struct visit *v = s->v;
	struct present_list list;
	bool is_first = true;
	enum rc rc = presence_list(
	    v->n->presence, v->a, s->story.id, s->write.tab, v->now, &list);

	buf_lit(b, ",\"present\":[");
	for (size_t i = 0; rc == RC_OK && i < list.n; i++) {
		if (str_eq(list.v[i].who, v->who.login))
			continue;
		if (!is_first)
			buf_char(b, ',');
		is_first = false;
		buf_lit(b, "{\"name\":");
		rc = put_person(b, s, list.v[i].who);
		buf_lit(b, ",\"since\":");
		put_time(b, list.v[i].since);
		buf_char(b, '}');
	}
	buf_char(b, ']');
	return rc;
}

static enum rc put_marks(
    struct buf *b, struct saving *s, const struct manuscript *m)
{
	struct view_marks marks;
	enum rc rc = mark_fill(s->v, s->story.id, m, false, &marks, &s->err);

	if (rc != RC_OK)
		return rc;
	buf_lit(b, ",\"marks\":");
	desk_marks_json(b, s->v->lang, &marks);
	return RC_OK;
}

/* The text that the answer is about. */
static enum rc put_text(struct buf *b, struct saving *s)
{
	const struct paper_write_result *r = &s->result;
	bool has_other =
	    r->outcome == PAPER_MERGED || r->outcome == PAPER_CONFLICTED;
	struct write_text text;
	enum rc rc;

	if (has_other) {
		rc = story_form_of(s->v->a, &r->text, &text);
		if (rc != RC_OK)
			return rc;
		put_fields(b, &text);
		buf_lit(b, ",\"by\":");
		rc = put_person(b, s, r->who);
		if (rc != RC_OK)
			return rc;
	}
	return r->outcome == PAPER_CONFLICTED
		   ? RC_OK
		   : put_marks(b, s, has_other ? &r->text : &s->typed);
}

/* When the revision that is now the newest was saved. */
static struct instant saved_when(const struct saving *s)
{
	const struct paper_write_result *r = &s->result;

	if (r->outcome == PAPER_SAME)
		return s->story.saved;
	return r->outcome == PAPER_CONFLICTED ? r->saved : s->write.now;
}

struct entity *write_answer(struct saving *s)
{
	struct visit *v = s->v;
	struct buf *b = visit_buf(v);
	enum rc rc;

	if (!b)
		return NULL;
	buf_printf(b, "{\"status\":\"%s\",\"revision\":%lld,\"saved_at\":",
	    outcomes[s->result.outcome], (long long)s->result.revision);
	put_time(b, saved_when(s));
	rc = put_text(b, s);
	if (rc == RC_OK)
		rc = write_present(b, s);
	if (rc != RC_OK)
		return visit_failed(v, rc, &s->err);
	buf_lit(b, "}\n");
	return visit_json(
	    v, s->result.outcome == PAPER_CONFLICTED ? 409 : 200, b);
}

struct entity *write_refusal(struct visit *v, unsigned status, enum msg why)
{
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	buf_printf(b, "{\"error\":%u,\"message\":", status);
	json_text(b, desk_word(v->lang, why));
	buf_lit(b, "}\n");
	return visit_json(v, status, b);
}

struct entity *write_refuse_other(struct visit *v)
{
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	buf_lit(b, "{\"status\":\"other-account\"}\n");
	return visit_json(v, 401, b);
}
