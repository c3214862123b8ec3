/* SPDX-License-Identifier: MIT
 *
 * A story's text as a form; see story_form.h.
 */
#include "newsroom/story_form.h"

#include "newsroom/visit.h"
#include "page/desk_write.h"

enum { NAMES_MAX = 64 * 1024 }; /* bytes of a list on one line */

/* Commas of all scripts that have their own. */
static const struct str commas[] = {
    STR_INIT(","), STR_INIT("،"), STR_INIT("、"), STR_INIT("，")};
static const struct str semicolons[] = {
    STR_INIT(";"), STR_INIT("؛"), STR_INIT("；")};

enum {
	COMMAS = sizeof(commas) / sizeof(commas[0]),
	SEMICOLONS = sizeof(semicolons) / sizeof(semicolons[0]),
};

/* How many bytes of one of MARKS stand at the start of S; 0: none does. */
static size_t mark_at(struct str s, const struct str *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(s, marks[i]))
			return marks[i].n;
	return 0;
}

static bool has_mark(struct str s, const struct str *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find_str(s, marks[i]) < s.n)
			return true;
	return false;
}

enum rc story_names_split(
    struct arena *a, struct str line, struct str_list *ret_names)
{
	bool is_wide = has_mark(line, semicolons, SEMICOLONS);
	const struct str *marks = is_wide ? semicolons : commas;
	size_t marks_n = is_wide ? SEMICOLONS : COMMAS;
	struct str *v;
	size_t n = 0, from = 0, places = 1;

	for (size_t i = 0; i < line.n; i++)
		places += mark_at(str_from(line, i), marks, marks_n) > 0;
	v = ARENA_ARRAY(a, struct str, places);
	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i <= line.n; i++) {
		size_t mark = mark_at(str_from(line, i), marks, marks_n);
		struct str name;

		if (i < line.n && mark == 0)
			continue;
		name = str_trim(str_part(line, from, i - from));
		if (name.n > 0)
			v[n++] = name;
		from = i + mark;
	}
	*ret_names = (struct str_list){v, n};
	return RC_OK;
}

static void leave_mail_out(struct arena *a, struct str_list *authors)
{
	size_t n = 0;

	for (size_t i = 0; i < authors->n; i++) {
		struct str name = manuscript_author(a, authors->v[i]);

		if (name.n > 0)
			authors->v[n++] = name;
	}
	authors->n = n;
}

enum rc story_names_join(
    struct arena *a, const struct str_list *names, struct str *ret_line)
{
	bool is_wide = false;
	struct buf b;

	for (size_t i = 0; i < names->n; i++)
		is_wide = is_wide || has_mark(names->v[i], commas, COMMAS);
	buf_init_arena(&b, a, NAMES_MAX);
	for (size_t i = 0; i < names->n; i++) {
		if (i > 0)
			buf_add(&b, is_wide ? STR("; ") : STR(", "));
		buf_add(&b, names->v[i]);
	}
	/* One name that has a comma stays one. */
	if (is_wide && names->n == 1)
		buf_char(&b, ';');
	*ret_line = buf_str(&b);
	return buf_rc(&b);
}

enum rc story_form_of(
    struct arena *a, const struct manuscript *m, struct write_text *ret_text)
{
	struct write_text t = {.v = {
				   [WRITE_KICKER] = m->kicker,
				   [WRITE_HEADLINE] = m->headline,
				   [WRITE_STANDFIRST] = m->standfirst,
				   [WRITE_DATELINE] = m->dateline,
				   [WRITE_BODY] = m->body,
				   [WRITE_SECTION] = m->section,
				   [WRITE_LANG] = m->lang,
				   [WRITE_PICTURE] = m->picture.url,
				   [WRITE_ALT] = m->picture.alt,
				   [WRITE_CAPTION] = m->picture.caption,
				   [WRITE_CREDIT] = m->picture.credit,
				   [WRITE_RIGHTS] = m->picture.rights,
			       }};
	enum rc rc = story_names_join(a, &m->authors, &t.v[WRITE_AUTHORS]);

	if (rc == RC_OK)
		rc = story_names_join(a, &m->tags, &t.v[WRITE_TAGS]);
	if (rc == RC_OK)
		*ret_text = t;
	return rc;
}

/* S with every run of line ends and tabs as one space. */
static enum rc one_line(struct arena *a, struct str s, struct str *ret)
{
	struct buf b;

	s = str_trim(s);
	if (str_find(s, '\n') == s.n && str_find(s, '\t') == s.n) {
		*ret = s;
		return RC_OK;
	}
	buf_init_arena(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != '\t')
			buf_char(&b, s.p[i]);
		else if (b.n > 0 && b.p[b.n - 1] != ' ')
			buf_char(&b, ' ');
	*ret = buf_str(&b);
	return buf_rc(&b);
}

enum rc story_form_read(const struct visit *v, const struct write_text *before,
    struct write_text *ret_text)
{
	struct write_text t = *before;
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < WRITE_FIELDS; i++) {
		struct str sent =
		    visit_field(v, write_field_name((enum write_field)i));

		if (!sent.p)
			continue;
		if (i == WRITE_BODY)
			t.v[i] = sent;
		else
			rc = one_line(v->a, sent, &t.v[i]);
	}
	if (rc == RC_OK)
		*ret_text = t;
	return rc;
}

enum rc story_form_manuscript(struct arena *a, const struct manuscript *base,
    const struct write_text *text, struct manuscript *ret_m)
{
	struct manuscript m = *base;
	enum rc rc = story_names_split(a, text->v[WRITE_AUTHORS], &m.authors);

	if (rc == RC_OK)
		rc = story_names_split(a, text->v[WRITE_TAGS], &m.tags);
	if (rc != RC_OK)
		return rc;
	leave_mail_out(a, &m.authors);
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	m.kicker = text->v[WRITE_KICKER];
	m.headline = text->v[WRITE_HEADLINE];
	m.standfirst = text->v[WRITE_STANDFIRST];
	m.dateline = text->v[WRITE_DATELINE];
	m.body = text->v[WRITE_BODY];
	m.section = text->v[WRITE_SECTION];
	m.lang = text->v[WRITE_LANG];
	m.picture = (struct manuscript_picture){
	    .url = text->v[WRITE_PICTURE],
	    .alt = text->v[WRITE_ALT],
	    .caption = text->v[WRITE_CAPTION],
	    .credit = text->v[WRITE_CREDIT],
	    .rights = text->v[WRITE_RIGHTS],
	};
	*ret_m = m;
	return RC_OK;
}
