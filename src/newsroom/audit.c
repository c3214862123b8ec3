/* SPDX-License-Identifier: MIT
 *
 * The audit log as a screen; see paper/audit.h.
 */
#include "paper/audit.h"

#include <sodium.h>

#include "base/buf.h"
#include "newsroom/publish.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "page/desk.h"
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

/* The log is kept in words of no language; a word that has no message is shown
 * as it is. */
static struct str what_text(const struct visit *v, struct str what)
{
	enum msg msg = desk_word_what(what);

	return msg == MSG_COUNT ? what : desk_word(v->lang, msg);
}

static struct str name_text(const struct visit *v, struct str name)
{
	return str_eq(name, STR("(shell)")) ? desk_word(v->lang, MSG_LOG_SHELL)
					    : name;
}

static struct str about_text(const struct visit *v, struct str about)
{
	static const struct {
		struct str start;
		enum msg msg;
	} things[] = {
	    {STR_INIT("story "), MSG_LOG_STORY},
	    {STR_INIT("picture "), MSG_LOG_PICTURE},
	};
	struct str number;
	struct buf b;
	uint64_t id;

	if (str_eq(about, STR("front page")))
		return desk_word(v->lang, MSG_LOG_FRONT);
	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
		number = str_from(about, things[i].start.n);
		if (!str_starts(about, things[i].start) ||
		    str_u64(number, INT64_MAX, &id) != RC_OK)
			continue;
		buf_init_arena(&b, v->a, 400);
		desk_fill(&b, v->lang, things[i].msg, &number, 1);
		return buf_rc(&b) == RC_OK ? buf_str(&b) : about;
	}
	return about;
}

/* A role, perhaps with its sections behind it. */
static struct str role_text(const struct visit *v, struct str detail)
{
	struct str sections = detail;
	struct str name = str_cut(&sections, ':');
	struct str role;

	for (int i = STAFF_OWNER; i < STAFF_ROLES; i++) {
		if (!str_eq(name, str_of(staff_role_name((enum staff_role)i))))
			continue;
		role = desk_word(v->lang, desk_role(i));
		return sections.n > 0 ? arena_printf(v->a, "%.*s:%.*s",
					    STR_ARG(role), STR_ARG(sections))
				      : role;
	}
	return detail;
}

static struct str detail_text(const struct visit *v, struct str detail)
{
	static const struct {
		struct str text;
		enum msg msg;
	} ways[] = {
	    {STR_INIT("passkey"), MSG_LOG_BY_PASSKEY},
	    {STR_INIT("password, code"), MSG_LOG_BY_CODE},
	    {STR_INIT("password, recovery code"), MSG_LOG_BY_RECOVERY},
	    {STR_INIT("password, passkey"), MSG_LOG_BY_BOTH},
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (str_eq(detail, ways[i].text))
			return desk_word(v->lang, ways[i].msg);
	if (desk_lang_is_known(detail))
		return desk_lang_name(desk_lang_column(detail));
	return role_text(v, detail);
}

/* "byline: 2 → 1" in words. False: it is nothing of that kind. */
static bool level_put(const struct visit *v, struct buf *b, struct str change)
{
	static const struct {
		struct str text;
		enum msg msg;
	} levels[] = {
	    {STR_INIT("0"), MSG_PUBLISHING_OFF},
	    {STR_INIT("1"), MSG_CHECK_WARNS},
	    {STR_INIT("2"), MSG_CHECK_BLOCKS},
	};
	const struct str arrow = STR(" \xE2\x86\x92 ");
	struct str is = change;
	struct str name = str_cut(&is, ':');
	size_t at = str_find_str(is, arrow);
	struct str side[2] = {
	    str_trim(str_part(is, 0, at)), str_from(is, at + arrow.n)};

	for (int i = 0; i < CHECK_COUNT; i++)
		if (str_eq(name, str_of(check_item_name((enum check_item)i)))) {
			buf_add(
			    b, desk_word(v->lang, publishing_item_words[i]));
			name = STR_NONE;
			break;
		}
	for (int i = 0; i < 2 && name.n == 0; i++) {
		size_t k = 0;

		while (k < 3 && !str_eq(side[i], levels[k].text))
			k++;
		if (k == 3)
			return false;
		buf_add(b, i ? arrow : STR(" "));
		buf_add(b, desk_word(v->lang, levels[k].msg));
	}
	return name.n == 0;
}

/* Changed rules for publishing, in words: what settings_publishing.c writes. */
static struct str rules_text(const struct visit *v, struct str detail)
{
	struct str rest = detail;
	struct buf b;

	buf_init_arena(&b, v->a, 8 * AUDIT_TEXT_MAX);
	while (rest.p) {
		struct str change = str_trim(str_cut(&rest, ','));

		if (b.n > 0)
			buf_add(&b, STR("; "));
		if (str_eq(change, STR("second pair of eyes: on")))
			buf_add(&b, desk_word(v->lang, MSG_PUBLISHING_EYES_ON));
		else if (str_eq(change, STR("second pair of eyes: off")))
			buf_add(&b, desk_word(v->lang, MSG_LOG_EYES_OFF));
		else if (!level_put(v, &b, change))
			return detail;
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : detail;
}

static struct str entry_text(
    const struct visit *v, const struct audit_entry *entry)
{
	return str_eq(entry->what, STR("settings")) &&
		       str_eq(entry->about, STR("publishing"))
		   ? rules_text(v, entry->detail)
		   : detail_text(v, entry->detail);
}

/* Names change, and can be like one another; logins are neither. */
static struct str login_of(const struct people *people, int64_t staff)
{
	for (size_t i = 0; i < people->n; i++)
		if (people->v[i].id == staff)
			return people->v[i].login;
	return STR("");
}

static enum rc fill_rows(struct visit *v, struct view_desk_audit *view,
    int64_t before, struct err *err)
{
	const struct audit_wish wish = {.before = before, .limit = ROWS};
	struct view_desk_audit_row *to;
	struct audit_row *rows;
	struct people people;
	size_t n = 0;
	enum rc rc = audit_list(v->paper, v->a, &wish, &rows, &n, err);

	if (rc == RC_OK)
		rc = people_load(v, &people, err);
	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_audit_row, n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		to[i] = (struct view_desk_audit_row){
		    .seq = rows[i].seq,
		    .at = visit_civil(v, rows[i].entry.at),
		    .name = name_text(v, rows[i].entry.name),
		    .login = login_of(&people, rows[i].entry.staff),
		    .staff = rows[i].entry.staff,
		    .what = what_text(v, rows[i].entry.what),
		    .about = about_text(v, rows[i].entry.about),
		    .detail = entry_text(v, &rows[i].entry),
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
