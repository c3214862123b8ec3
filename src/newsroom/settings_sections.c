/* SPDX-License-Identifier: MIT
 *
 * The paper's sections: their names and order. All of them are one form, and
 * what two have changed at once is shown to the second (seen.h).
 */
#include <stdlib.h>

#include "newsroom/seen.h"
#include "newsroom/section_move.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "page/desk_settings.h"
#include "paper/paper.h"
#include "paper/roster.h"
#include "text/script.h"

enum { LIST_TEXT_MAX = 512 * 1024 };

struct str section_list_text(
    struct visit *v, const struct roster_term *terms, size_t n)
{
	struct buf b;

	buf_init_arena(&b, v->a, LIST_TEXT_MAX);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%.*s\t%.*s\t%d%d\n", STR_ARG(terms[i].slug),
		    STR_ARG(terms[i].name), terms[i].is_named,
		    terms[i].is_closed);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

/* The form; IS: the sections as they are saved. */
static struct entity *show_sections_form(struct visit *v, unsigned status,
    struct view_desk_sections *view, struct str is)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = seen_write(v, &is, 1, &view->seen, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	rc = section_moves(v, view, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view->tabs = settings_tabs(v, MSG_SET_TAB_SECTIONS);
	desk.has_faults = status == 422;
	desk_sections(b, &desk, view);
	return visit_page(v, status, b);
}

struct entity *sections_page(
    struct visit *v, unsigned status, const struct view_desk_move *tried)
{
	struct view_desk_sections view = {
	    .fresh_fault = MSG_COUNT, .moves = tried, .moves_n = tried != NULL};
	struct view_desk_section *rows;
	struct roster_term *terms;
	struct err err = {0};
	size_t n;
	enum rc rc = roster_sections(v->paper, v->a, &terms, &n, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	rows = ARENA_ARRAY(v->a, struct view_desk_section, n);
	if (!rows)
		return NULL;
	for (size_t i = 0; i < n; i++)
		rows[i] =
		    (struct view_desk_section){terms[i].slug, terms[i].name,
			terms[i].is_named, terms[i].is_closed, MSG_COUNT};
	view.v = rows;
	view.n = n;
	return show_sections_form(
	    v, status, &view, section_list_text(v, terms, n));
}

static struct entity *show_sections(struct visit *v)
{
	return sections_page(v, 200, NULL);
}

/* A row of the form. */
struct sent_section {
	struct roster_wish wish;
	uint64_t place;
	size_t at;
};

static struct str numbered(struct visit *v, const char *name, size_t i)
{
	struct str key = arena_printf(v->a, "%s%zu", name, i);

	return key.p ? visit_field(v, key) : STR_NONE;
}

static int compare(const void *a, const void *b)
{
	const struct sent_section *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

/* The rows as they were sent, in the order of their places; 0: no form. */
static bool read_sections(
    struct visit *v, struct sent_section *rows, size_t *ret_n)
{
	size_t n = 0;

	while (n < PAPER_SECTIONS_MOST) {
		struct sent_section *row = &rows[n];
		struct str slug = numbered(v, "slug_", n);

		if (!slug.p)
			break;
		row->wish = (struct roster_wish){.slug = slug,
		    .name = str_trim(numbered(v, "name_", n)),
		    .is_named = numbered(v, "shown_", n).n > 0,
		    .is_closed = numbered(v, "closed_", n).n > 0};
		if (slug.n == 0 || str_u64(numbered(v, "place_", n), 1000000,
				       &row->place) != RC_OK)
			return false;
		row->at = n++;
	}
	qsort(rows, n, sizeof(*rows), compare);
	*ret_n = n;
	return true;
}

/* What is being saved. */
struct sections {
	struct roster_term *is; /* as they are saved */
	size_t is_n;
	struct str is_text;
	struct sent_section *rows; /* as they were sent, then the new one */
	size_t n;
};

static bool is_sent(const struct sections *s, struct str slug)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->rows[i].wish.slug, slug))
			return true;
	return false;
}

static void add_term(struct sections *s, const struct roster_term *term)
{
	s->rows[s->n++] =
	    (struct sent_section){.wish = {.slug = term->slug,
				      .name = term->name,
				      .is_named = term->is_named,
				      .is_closed = term->is_closed}};
}

/* The form once more: with a fault of the row AT, or (its number above all)
 * none. */
static struct entity *show_again(struct visit *v, unsigned status,
    const struct sections *s, struct view_desk_sections *view, size_t at)
{
	struct view_desk_section *list =
	    ARENA_ARRAY(v->a, struct view_desk_section, s->n);
	enum msg fault = view->fresh_fault;

	if (!list)
		return NULL;
	view->v = list;
	view->fresh_fault = MSG_COUNT;
	for (size_t i = 0; i < s->n; i++) {
		const struct roster_wish *wish = &s->rows[i].wish;

		if (wish->slug.n == 0) {
			view->fresh = wish->name;
			view->fresh_fault = i == at ? fault : MSG_COUNT;
			continue;
		}
		list[view->n++] = (struct view_desk_section){wish->slug,
		    wish->name, wish->is_named, wish->is_closed,
		    i == at ? fault : MSG_COUNT};
	}
	return show_sections_form(v, status, view, s->is_text);
}

static enum msg section_fault(enum rc rc, struct str name)
{
	if (rc == RC_EXISTS)
		return MSG_FAULT_SECTION_TAKEN;
	if (name.n > ROSTER_NAME_MAX)
		return MSG_FAULT_LONG;
	return str_blank(name) ? MSG_FAULT_EMPTY : MSG_FAULT_UNSEEN;
}

/* Two have changed the list: theirs above, mine in the fields, and behind it
 * what only they have. */
static struct entity *show_both_lists(
    struct visit *v, struct sections *s, const struct seen *seen)
{
	struct view_desk_sections view = {.fresh_fault = MSG_COUNT};
	struct err err = {0};
	struct buf b;
	enum rc rc = seen_by(v, seen, STR("section"), STR(""),
	    STR("/settings/sections"), &view.theirs);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	buf_init_arena(&b, v->a, LIST_TEXT_MAX);
	for (size_t i = 0; i < s->is_n; i++) {
		buf_printf(&b, "%zu. %.*s\n", i + 1, STR_ARG(s->is[i].name));
		if (!is_sent(s, s->is[i].slug))
			add_term(s, &s->is[i]);
	}
	view.theirs_list = str_trim(buf_str(&b));
	return show_again(v, 409, s, &view, SIZE_MAX);
}

/* What was sent, put together with what is saved; *RET_IS_ONE false: both have
 * changed the list. RC_INVALID: no form of ours. */
static enum rc join_sections(struct visit *v, struct sections *s,
    const struct seen *seen, bool *ret_is_one, struct err *err)
{
	struct str fresh = str_trim(visit_field(v, STR("new")));
	struct roster_term *mine =
	    ARENA_ARRAY(v->a, struct roster_term, PAPER_SECTIONS_MOST);
	enum seen_fate fate;
	enum rc rc =
	    mine ? roster_sections(v->paper, v->a, &s->is, &s->is_n, err)
		 : RC_NO_MEMORY;

	if (rc != RC_OK)
		return rc;
	s->rows =
	    ARENA_ARRAY(v->a, struct sent_section, 2 * PAPER_SECTIONS_MOST + 1);
	if (!s->rows)
		return RC_NO_MEMORY;
	if (!read_sections(v, s->rows, &s->n))
		return RC_INVALID;
	for (size_t i = 0; i < s->n; i++)
		mine[i] = (struct roster_term){.slug = s->rows[i].wish.slug,
		    .name = s->rows[i].wish.name,
		    .is_named = s->rows[i].wish.is_named,
		    .is_closed = s->rows[i].wish.is_closed};
	s->is_text = section_list_text(v, s->is, s->is_n);
	fate = seen_fate(seen, 0, section_list_text(v, mine, s->n), s->is_text);
	if (fate == SEEN_THEIRS) {
		s->n = 0;
		for (size_t i = 0; i < s->is_n; i++)
			add_term(s, &s->is[i]);
	}
	if (fresh.n > 0)
		s->rows[s->n++] = (struct sent_section){
		    .wish = {.slug = STR(""), .name = fresh, .is_named = true}};
	*ret_is_one = fate != SEEN_BOTH;
	return RC_OK;
}

static struct entity *save_sections(struct visit *v)
{
	struct roster_wish *wishes =
	    ARENA_ARRAY(v->a, struct roster_wish, PAPER_SECTIONS_MOST + 1);
	struct view_desk_sections view = {.fresh_fault = MSG_COUNT};
	struct seen seen = seen_sent(v);
	struct sections s = {0};
	struct staff_by by = visit_by(v);
	struct err err = {0};
	bool is_one;
	size_t at = 0;
	enum rc rc =
	    wishes ? join_sections(v, &s, &seen, &is_one, &err) : RC_NO_MEMORY;

	if (rc == RC_INVALID)
		return visit_status(v, 400);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!is_one)
		return show_both_lists(v, &s, &seen);
	for (size_t i = 0; i < s.n; i++)
		wishes[i] = s.rows[i].wish;
	if (s.n == 0)
		return visit_see_other(v, STR("/settings/sections"));
	rc = roster_arrange(v->paper, wishes, s.n, &by, &at, &err);
	if (rc == RC_INVALID || rc == RC_EXISTS) {
		view.fresh_fault = section_fault(rc, wishes[at].name);
		return show_again(v, 422, &s, &view, at);
	}
	return rc == RC_OK
		   ? visit_done(v, STR("/settings/sections"), STR("saved"))
		   : visit_failed(v, rc, &err);
}

enum { CHANGES = ROUTE_STEP_UP | ROUTE_SHOWS };

static const struct route routes[] = {
    {HTTP_GET, "/settings/sections", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_sections},
    {HTTP_POST, "/settings/sections", RIGHT_SETTINGS, CHANGES,
	"seen place_# name_# slug_# shown_# closed_# new", save_sections},
};

const struct route *routes_sections(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
