/* SPDX-License-Identifier: MIT
 *
 * Texts of the till, read with distrust; see giving_text.h.
 */
#include "site/giving_text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "ledger/till_wire.h"
#include "paper/body.h"

enum {
	WORDS_MAX = 4 * TILL_WIRE_MAX,
	TEXTS_MAX =
	    4 + 2 * TILL_OFFERS_MAX + TILL_COSTS_MAX + 3 * TILL_CAMPAIGNS_MAX,
};

/* All texts of a summary of one line, in the order of the page. */
struct texts {
	struct str *v[TEXTS_MAX];
	size_t n;
};

static void list_texts(struct till_summary *s, struct texts *t)
{
	t->n = 0;
	t->v[t->n++] = &s->title;
	for (size_t i = 0; i < s->offers_n; i++)
		t->v[t->n++] = &s->offers[i].what;
	for (size_t i = 0; i < s->sat_offers_n; i++)
		t->v[t->n++] = &s->sat_offers[i].what;
	for (size_t i = 0; i < s->costs_n; i++)
		t->v[t->n++] = &s->costs[i].label;
	for (size_t i = 0; i < s->campaigns_n; i++)
		t->v[t->n++] = &s->campaigns[i].title;
	for (size_t i = 0; i < s->campaigns_n; i++)
		t->v[t->n++] = &s->campaigns[i].text;
	for (size_t i = 0; i < s->campaigns_n; i++)
		t->v[t->n++] = &s->campaigns[i].id;
	t->v[t->n++] = &s->rate.source;
}

static void empty(struct till_summary *s, const struct texts *t)
{
	s->text = STR("");
	for (size_t i = 0; i < t->n; i++)
		*t->v[i] = STR("");
	/* Without their names they would be empty lines. */
	s->campaigns_n = 0;
	s->costs_n = 0;
}

/* Takes out the places of others, and puts all words into WORDS. */
static enum rc read_all(struct arena *a, const struct giving_text *text,
    const struct texts *t, struct buf *words)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < t->n; i++) {
		buf_add(words, *t->v[i]);
		buf_char(words, '\n');
		rc = paper_text_own(a, *t->v[i], text->origin, t->v[i]);
	}
	return rc == RC_OK ? buf_rc(words) : rc;
}

/* The same for the one that is Markdown, both as it came and as it is read. */
static enum rc read_long(const struct giving_text *text,
    const struct till_summary *s, struct buf *words)
{
	const struct paper_source source = {s->text, text->lang};
	struct arena *a = arena_new(WORDS_MAX * 16);
	const struct node *document;
	enum rc rc;

	buf_add(words, s->text);
	buf_char(words, '\n');
	buf_add(words, s->title); /* stands above it */
	buf_char(words, '\n');
	rc = paper_body_own(a, &source, text->origin, &document, words);
	arena_free(a);
	return rc == RC_OK ? buf_rc(words) : rc;
}

enum rc giving_text_read(
    struct arena *a, struct giving_text *text, struct till_summary *s)
{
	struct texts t;
	struct buf words;
	enum rc rc;

	list_texts(s, &t);
	buf_init(&words, WORDS_MAX);
	rc = read_long(text, s, &words);
	if (rc == RC_OK)
		rc = read_all(a, text, &t, &words);
	text->payee = rc == RC_OK ? payee_find(buf_str(&words)) : PAYEE_NONE;
	if (rc != RC_OK || text->payee != PAYEE_NONE)
		empty(s, &t);
	buf_done(&words);
	return rc;
}
