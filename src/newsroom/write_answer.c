/* SPDX-License-Identifier: MIT
 *
 * What the editor's script is told after a save; see web/editor/README.md.
 */
#include "newsroom/newsroom_priv.h"
#include "newsroom/story_form.h"
#include "newsroom/visit.h"
#include "newsroom/write.h"
#include "page/desk_write.h"
#include "page/json.h"
#include "paper/body.h"
#include "paper/presence.h"
#include "text/document.h"
#include "text/proof.h"

enum { MARKS_MOST = 200 };

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

/* Whoever else has the story open. */
static enum rc put_present(
    struct buf *b, struct saving *s, const struct people *people)
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
		json_text(b, people_name(people, list.v[i].who));
		buf_lit(b, ",\"since\":");
		put_time(b, list.v[i].since);
		buf_char(b, '}');
	}
	buf_char(b, ']');
	return rc;
}

static const enum msg messages[PROOF_KINDS] = {
    [PROOF_QUOTE_OPEN] = MSG_PROOF_QUOTE_OPEN,
    [PROOF_QUOTE_CLOSE] = MSG_PROOF_QUOTE_CLOSE,
    [PROOF_QUOTE_SIDE] = MSG_PROOF_QUOTE_SIDE,
    [PROOF_NO_END] = MSG_PROOF_NO_END,
    [PROOF_FRAGMENT] = MSG_PROOF_FRAGMENT,
    [PROOF_DOUBLED_WORD] = MSG_PROOF_DOUBLED_WORD,
    [PROOF_DOUBLED_PARAGRAPH] = MSG_PROOF_DOUBLED_PARAGRAPH,
    [PROOF_RELATIVE_DAY] = MSG_PROOF_RELATIVE_DAY,
    [PROOF_MIXED_SCRIPT] = MSG_PROOF_MIXED_SCRIPT,
    [PROOF_NO_BYLINE] = MSG_PROOF_NO_BYLINE,
    [PROOF_NO_DATELINE] = MSG_PROOF_NO_DATELINE,
    [PROOF_NO_CAPTION] = MSG_PROOF_NO_CAPTION,
    [PROOF_NO_CREDIT] = MSG_PROOF_NO_CREDIT,
    [PROOF_NO_ALT] = MSG_PROOF_NO_ALT,
};

/* What the mark says, in the person's language: text/ has it in English. */
static void put_mark(
    struct buf *b, unsigned lang, const struct proof_mark *mark)
{
	buf_lit(b, "{\"kind\":");
	json_text(b, str_of(proof_kind_name(mark->kind)));
	buf_lit(b, ",\"field\":");
	json_text(b, mark->field);
	buf_printf(b,
	    ",\"offset\":%zu,\"length\":%zu,\"message\":", mark->offset,
	    mark->length);
	json_text(b, desk_word(lang, messages[mark->kind]));
	if (mark->replacement.p) {
		buf_lit(b, ",\"replacement\":");
		json_text(b, mark->replacement);
	}
	buf_char(b, '}');
}

static enum rc put_marks(struct buf *b, struct saving *s,
    const struct manuscript *m, struct str lang)
{
	struct proof_mark *marks;
	size_t n;
	enum rc rc = proof_read(s->v->a, m, lang, &marks, &n);

	if (rc != RC_OK)
		return rc;
	buf_lit(b, ",\"marks\":[");
	for (size_t i = 0; i < n && i < MARKS_MOST; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_mark(b, s->v->lang, &marks[i]);
	}
	buf_char(b, ']');
	return RC_OK;
}

static enum rc put_words(
    struct buf *b, struct saving *s, const struct manuscript *m)
{
	const struct node *document;
	struct paper_settings settings;
	struct str lang = m->lang;
	enum rc rc = paper_settings(s->v->paper, s->v->a, &settings, &s->err);

	if (rc == RC_OK && lang.n == 0)
		lang = settings.lang;
	if (rc == RC_OK)
		rc = paper_body(s->v->a, m->body, lang, &document);
	if (rc != RC_OK)
		return rc;
	buf_printf(b, ",\"words\":%u", node_words(document));
	return put_marks(b, s, m, lang);
}

/* The text that the answer is about. */
static enum rc put_text(
    struct buf *b, struct saving *s, const struct people *people)
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
		json_text(b, people_name(people, r->who));
	}
	return r->outcome == PAPER_CONFLICTED
		   ? RC_OK
		   : put_words(b, s, has_other ? &r->text : &s->typed);
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
	struct people people;
	enum rc rc = b ? people_load(v, &people, &s->err) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return visit_failed(v, rc, &s->err);
	buf_printf(b, "{\"status\":\"%s\",\"revision\":%lld,\"saved_at\":",
	    outcomes[s->result.outcome], (long long)s->result.revision);
	put_time(b, saved_when(s));
	rc = put_text(b, s, &people);
	if (rc == RC_OK)
		rc = put_present(b, s, &people);
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
