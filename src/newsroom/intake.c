/* SPDX-License-Identifier: MIT
 *
 * Raw text; see intake.h.
 */
#include "newsroom/intake.h"

#include "base/utf8.h"
#include "newsroom/story_form.h"
#include "newsroom/visit.h"
#include "page/desk_write.h"
#include "page/json.h"
#include "paper/note.h"
#include "paper/paper.h"
#include "text/script.h"

enum { NOTE_ROOM = 4 * 1024 * 1024 };

enum rc intake_of(
    struct visit *v, struct str text, struct intake **ret, struct err *err)
{
	struct intake *in = ARENA_NEW(v->a, struct intake);
	struct str lang = visit_field(v, STR("lang"));
	struct paper_settings settings;
	enum rc rc = paper_settings(v->paper, v->a, &settings, err);

	if (rc != RC_OK)
		return rc;
	if (!in)
		return RC_NO_MEMORY;
	if (lang.n == 0 || !lang_is_valid(lang))
		lang = settings.lang;
	if (str_blank(text))
		return RC_INVALID;
	rc = intake_read(v->a, text, lang, in, err);
	if (rc == RC_OK)
		*ret = in;
	return rc;
}

/* Comma before all but the first. */
static void put_comma(struct buf *b, size_t i)
{
	if (i > 0)
		buf_char(b, ',');
}

static void put_notes(
    struct buf *b, const struct intake_note *v, size_t n, size_t before)
{
	for (size_t i = 0; i < n; i++) {
		put_comma(b, before + i);
		buf_printf(b, "{\"line\":%u,\"text\":", v[i].line);
		json_text(b, v[i].text);
		buf_char(b, '}');
	}
}

static void put_aside(struct buf *b, const struct intake *in)
{
	for (size_t i = 0; i < in->aside_n; i++) {
		put_comma(b, i);
		buf_lit(b, "{\"what\":");
		json_text(b, str_of(in->aside[i].what));
		buf_lit(b, ",\"text\":");
		json_text(b, in->aside[i].text);
		buf_char(b, '}');
	}
}

struct entity *intake_json(struct visit *v, const struct intake *in)
{
	struct buf *b = visit_buf(v);
	struct write_text text;
	enum rc rc = story_form_of(v->a, &in->m, &text);

	if (!b || rc != RC_OK)
		return NULL;
	buf_lit(b, "{\"fields\":{");
	for (int i = 0, n = 0; i < WRITE_FIELDS; i++) {
		if (text.v[i].n == 0)
			continue;
		put_comma(b, (size_t)n++);
		json_text(b, write_field_name((enum write_field)i));
		buf_char(b, ':');
		json_text(b, text.v[i]);
	}
	buf_lit(b, "},\"notes\":[");
	/* Doubts first: an embargo may be the first of them. */
	put_notes(b, in->doubts, in->doubts_n, 0);
	put_notes(b, in->actions, in->actions_n, in->doubts_n);
	buf_lit(b, "],\"aside\":[");
	put_aside(b, in);
	buf_lit(b, "]}\n");
	return visit_json(v, 200, b);
}

struct entity *intake_refuse(struct visit *v, enum msg why)
{
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	buf_lit(b, "{\"message\":");
	json_text(b, desk_word(v->lang, why));
	buf_lit(b, "}\n");
	return visit_json(v, 422, b);
}

static void say_notes(
    struct visit *v, struct buf *b, const struct intake_note *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i].line > 0) {
			buf_add(b, desk_word(v->lang, MSG_EDITOR_LINE));
			buf_printf(b, " %u: ", list[i].line);
		}
		buf_add(b, list[i].text);
		buf_char(b, '\n');
	}
}

/* In as many notes as it takes, parted between lines where that is possible. */
static enum rc keep_text(
    struct visit *v, struct str text, int64_t id, struct err *err)
{
	enum rc rc = RC_OK;

	while (rc == RC_OK && text.n > 0) {
		struct str part = utf8_head(text, PAPER_NOTE_TEXT_MAX);
		size_t end = str_find_last(part, '\n');

		if (part.n < text.n && end < part.n && end > 0)
			part.n = end;
		text = str_trim(str_from(text, part.n));
		rc = paper_add_note(v->paper,
		    &(struct paper_remark){.story = id,
			.who = v->who.login,
			.text = part,
			.now = v->now},
		    NULL, err);
	}
	/* A story can have only so many. */
	return rc == RC_LIMIT ? RC_OK : rc;
}

enum rc intake_note_down(
    struct visit *v, const struct intake *in, int64_t id, struct err *err)
{
	struct buf b;

	if (in->actions_n + in->doubts_n + in->aside_n == 0)
		return RC_OK;
	buf_init_arena(&b, v->a, NOTE_ROOM);
	buf_add(&b, desk_word(v->lang, MSG_EDITOR_RAW_DONE));
	buf_lit(&b, ":\n");
	say_notes(v, &b, in->doubts, in->doubts_n);
	say_notes(v, &b, in->actions, in->actions_n);
	for (size_t i = 0; i < in->aside_n; i++) {
		buf_add(&b, desk_word(v->lang, MSG_EDITOR_RAW_ASIDE));
		buf_lit(&b, ": ");
		buf_add(&b, in->aside[i].text);
		buf_char(&b, '\n');
	}
	if (buf_rc(&b) != RC_OK)
		return buf_rc(&b);
	return keep_text(v, str_trim(buf_str(&b)), id, err);
}
