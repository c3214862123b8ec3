/* SPDX-License-Identifier: MIT
 *
 * All stories of a closed section go to another; see section_move.h. The
 * button says how many they are: if that, or a section, has changed since the
 * page was drawn, it is asked once more.
 */
#include "newsroom/section_move.h"

#include "newsroom/seen.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "page/desk_words.h"
#include "paper/paper.h"
#include "paper/roster.h"
#include "paper/section.h"

enum { NOTE_MAX = 2000 };

/* The sections, and how many stories stand in FROM, as one value. */
static struct str move_text(struct visit *v, const struct roster_term *terms,
    size_t n, struct str from, int64_t stories)
{
	struct str list = section_list_text(v, terms, n);

	return list.p ? arena_printf(v->a, "%.*s%.*s %lld", STR_ARG(list),
			    STR_ARG(from), (long long)stories)
		      : STR_NONE;
}

/* The sections as they are saved, and how many stories stand in each that is
 * closed. */
struct saved {
	struct roster_term *terms;
	int64_t *counts;
	size_t n;
};

static enum rc read_saved(
    struct visit *v, struct saved *ret_saved, struct err *err)
{
	struct saved s;
	enum rc rc = roster_sections(v->paper, v->a, &s.terms, &s.n, err);

	if (rc != RC_OK)
		return rc;
	s.counts = ARENA_ARRAY(v->a, int64_t, s.n + 1);
	if (!s.counts)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	*ret_saved = s;
	return section_counts(v->paper, s.terms, s.n, s.counts, err);
}

/* The form for the section AT. */
static enum rc fill_move(struct visit *v, const struct saved *s, size_t at,
    const struct view_desk_move *tried, struct view_desk_move *ret_move,
    struct err *err)
{
	struct str text =
	    move_text(v, s->terms, s->n, s->terms[at].slug, s->counts[at]);
	struct view_desk_move m = {.slug = s->terms[at].slug,
	    .name = s->terms[at].name,
	    .stories = (uint64_t)s->counts[at],
	    .to = STR(""),
	    .fault = MSG_COUNT};
	enum rc rc = text.p ? seen_write(v, &text, 1, &m.seen, err)
			    : err_set(err, RC_NO_MEMORY, "no memory");

	if (tried && str_eq(tried->slug, m.slug)) {
		m.fault = tried->fault;
		m.to = tried->to;
	}
	*ret_move = m;
	return rc;
}

enum rc section_moves(
    struct visit *v, struct view_desk_sections *view, struct err *err)
{
	const struct view_desk_move *tried = view->moves_n ? view->moves : NULL;
	struct view_desk_section *open;
	struct view_desk_move *moves;
	struct saved s;
	enum rc rc = read_saved(v, &s, err);

	if (rc != RC_OK)
		return rc;
	open = ARENA_ARRAY(v->a, struct view_desk_section, s.n + 1);
	moves = ARENA_ARRAY(v->a, struct view_desk_move, s.n + 1);
	if (!open || !moves)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	view->moves = moves;
	view->open = open;
	view->moves_n = view->open_n = 0;
	for (size_t i = 0; rc == RC_OK && i < s.n; i++)
		if (!s.terms[i].is_closed)
			open[view->open_n++] = (struct view_desk_section){
			    .slug = s.terms[i].slug, .name = s.terms[i].name};
		else if (s.counts[i] > 0)
			rc = fill_move(
			    v, &s, i, tried, &moves[view->moves_n++], err);
	return rc;
}

static const struct roster_term *find(
    const struct roster_term *terms, size_t n, struct str slug)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(terms[i].slug, slug))
			return &terms[i];
	return NULL;
}

static struct str note_text(struct visit *v, struct str from, struct str to)
{
	const struct str names[] = {from, to};
	struct buf b;

	buf_init_arena(&b, v->a, NOTE_MAX);
	desk_fill(&b, v->lang, MSG_MOVE_NOTE, names, 2);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR("");
}

static struct entity *refuse(
    struct visit *v, unsigned status, struct str from, enum msg fault)
{
	const struct view_desk_move tried = {
	    .slug = from, .to = visit_field(v, STR("to")), .fault = fault};

	return sections_page(v, status, &tried);
}

/* What a story's own change of section takes, and the settings besides. */
static bool may_move(const struct visit *v, const struct roster_term *from,
    const struct roster_term *to)
{
	return right_has(&v->who, RIGHT_PUBLISH, from->name) &&
	       right_has(&v->who, RIGHT_PUBLISH, to->name);
}

static struct entity *do_move(struct visit *v, const struct roster_term *from,
    const struct roster_term *to)
{
	const struct section_move move = {.from = from->slug,
	    .to = to->slug,
	    .login = v->who.login,
	    .note = note_text(v, from->name, to->name)};
	struct staff_by by = visit_by(v);
	struct err err = {0};
	enum rc rc = section_move(v->paper, v->a, &move, &by, NULL, &err);

	return rc == RC_OK
		   ? visit_done(v, STR("/settings/sections"), STR("moved"))
		   : visit_failed(v, rc, &err);
}

static struct entity *move_stories(struct visit *v)
{
	const struct roster_term *from, *to;
	struct seen seen = seen_sent(v);
	struct err err = {0};
	struct saved s;
	struct str is;
	enum rc rc = read_saved(v, &s, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	from = find(s.terms, s.n, visit_field(v, STR("from")));
	to = find(s.terms, s.n, visit_field(v, STR("to")));
	if (!from)
		return visit_status(v, 404);
	if (to && !may_move(v, from, to))
		return visit_status(v, 403);
	is = move_text(v, s.terms, s.n, from->slug, s.counts[from - s.terms]);
	if (!is.p || seen_fate(&seen, 0, STR(""), is) != SEEN_MINE)
		return refuse(v, 409, from->slug, MSG_MOVE_AGAIN);
	if (!to || to->is_closed || !from->is_closed)
		return refuse(v, 422, from->slug, MSG_MOVE_FAULT);
	return do_move(v, from, to);
}

static const struct route routes[] = {
    {HTTP_POST, "/settings/sections/move", RIGHT_SETTINGS,
	ROUTE_STEP_UP | ROUTE_SHOWS, "seen from to", move_stories},
};

const struct route *routes_section_move(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
