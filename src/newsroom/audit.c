/* SPDX-License-Identifier: MIT
 *
 * The audit log as a screen; see paper/audit.h.
 */
#include "paper/audit.h"

#include <sodium.h>

#include "newsroom/visit.h"
#include "page/desk_staff.h"

enum { ROWS = 100, CHECK_ROWS = 20000 };

/* The number that stands in the query under NAME; FALLBACK without it. */
static int64_t number_of(
    const struct visit *v, struct str name, int64_t fallback)
{
	uint64_t n;

	return str_u64(visit_query(v, name), INT64_MAX, &n) == RC_OK && n > 0
		   ? (int64_t)n
		   : fallback;
}

static struct str what_text(const struct visit *v, struct str what)
{
	enum msg msg = desk_word_what(what);

	return msg == MSG_COUNT ? what : desk_word(v->lang, msg);
}

static enum rc fill_rows(struct visit *v, struct view_desk_audit *view,
    int64_t before, struct err *err)
{
	const struct audit_wish wish = {.before = before, .limit = ROWS};
	struct view_desk_audit_row *to;
	struct audit_row *rows;
	size_t n = 0;
	enum rc rc = audit_list(v->paper, v->a, &wish, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_audit_row, n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		to[i] = (struct view_desk_audit_row){
		    .seq = rows[i].seq,
		    .at = visit_civil(v, rows[i].entry.at),
		    .name = rows[i].entry.name,
		    .what = what_text(v, rows[i].entry.what),
		    .about = rows[i].entry.about,
		    .detail = rows[i].entry.detail,
		};
	view->v = to;
	view->n = n;
	if (before != INT64_MAX) {
		view->newer = STR("/audit");
	} else if (n > 0) {
		char *hex = arena_alloc(v->a, 2 * AUDIT_HASH + 1);

		if (!hex)
			return RC_NO_MEMORY;
		sodium_bin2hex(
		    hex, 2 * AUDIT_HASH + 1, rows[0].hash, AUDIT_HASH);
		view->hash = str_of(hex);
	}
	if (n == ROWS && rows[n - 1].seq > 1) {
		view->older = arena_printf(
		    v->a, "/audit?before=%lld", (long long)rows[n - 1].seq);
		if (!view->older.p)
			return RC_NO_MEMORY;
	}
	return RC_OK;
}

static enum rc check(
    struct visit *v, struct view_desk_audit *view, struct err *err)
{
	int64_t from = number_of(v, STR("check"), 0);
	int64_t bad = 0, next = 0;
	enum rc rc;

	if (from == 0)
		return RC_OK;
	rc = audit_check(v->paper, from, CHECK_ROWS, &bad, &next, err);
	if (rc != RC_OK)
		return rc;
	view->was_checked = true;
	view->bad = (uint64_t)bad;
	view->good = (uint64_t)(next ? next - 1 : view->n ? view->v[0].seq : 0);
	if (next == 0 || bad)
		return RC_OK;
	view->go_on = arena_printf(v->a, "/audit?check=%lld", (long long)next);
	return view->go_on.p ? RC_OK : RC_NO_MEMORY;
}

static struct entity *show_audit(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_AUDIT);
	struct view_desk_audit view = {0};
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc =
	    fill_rows(v, &view, number_of(v, STR("before"), INT64_MAX), &err);

	if (rc == RC_OK)
		rc = check(v, &view, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	desk_audit(b, &desk, &view);
	return visit_page(v, 200, b);
}

static const struct route routes[] = {
    {HTTP_GET, "/audit", RIGHT_AUDIT, 0, "", show_audit},
};

const struct route *routes_audit(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
