/* SPDX-License-Identifier: MIT
 *
 * Addresses that lead elsewhere by hand. A target may be a path of the paper,
 * a story's number, or the whole address of either.
 */
#include "paper/redirect.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "http/multipart.h"
#include "newsroom/redirect_file.h"
#include "newsroom/seen.h"
#include "newsroom/settings.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "page/desk_front.h"

enum {
	ROWS = 100,
	SHOWN = 200,
	OVER_MAX = 48 * 1024 * 1024, /* bytes of what a file overwrites */
};

static struct view_redirects view_new(void)
{
	return (struct view_redirects){.from_fault = MSG_COUNT,
	    .to_fault = MSG_COUNT,
	    .file_fault = MSG_COUNT};
}

/* "/2026/11/23/harbour" of a story; its number where it has no address. */
static struct str target_of(
    struct visit *v, const struct paper_redirect *redirect)
{
	struct paper_story story;

	if (redirect->story == 0)
		return redirect->to;
	if (paper_show(v->paper, v->a, redirect->story, &story, NULL, NULL) ==
		RC_OK &&
	    story.path.n > 0)
		return story.path;
	return arena_printf(v->a, "%lld", (long long)redirect->story);
}

static struct str encoded(struct visit *v, struct str text)
{
	struct buf b;

	buf_init_arena(&b, v->a, 4 * PAPER_PATH_MAX);
	visit_put_query(&b, text);
	return buf_str(&b);
}

static enum rc fill_rows(
    struct visit *v, struct view_redirects *view, struct err *err)
{
	struct str after = visit_query(v, STR("after"));
	struct view_redirect *rows =
	    ARENA_ARRAY(v->a, struct view_redirect, ROWS);
	struct paper_redirect *list;
	struct people people;
	size_t n = 0;
	enum rc rc = rows ? people_load(v, &people, err) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = paper_redirects(
		    v->paper, v->a, after, ROWS + 1, &list, &n, err);
	if (rc != RC_OK)
		return rc;
	if (n > ROWS) {
		n = ROWS;
		view->older = arena_printf(v->a, "/redirects?after=%.*s",
		    STR_ARG(encoded(v, list[n - 1].from)));
	}
	if (after.n > 0)
		view->first = STR("/redirects");
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct view_redirect){
		    .from = list[i].from,
		    .to = target_of(v, &list[i]),
		    .who = people_name(&people, list[i].who),
		    .made = visit_civil(v, list[i].made),
		};
	view->v = rows;
	view->n = n;
	return RC_OK;
}

static struct entity *redirects_page(
    struct visit *v, struct view_redirects *view, unsigned status)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_REDIRECTS);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? fill_rows(v, view, &err) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	desk.has_faults = status == 422;
	desk_redirects(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_redirects(struct visit *v)
{
	struct view_redirects view = view_new();

	view.undo_from = visit_query(v, STR("from"));
	view.undo_to = visit_query(v, STR("to"));
	return redirects_page(v, &view, 200);
}

/* What stands behind the paper's origin, where the whole address was pasted. */
static struct str path_of(struct visit *v, struct str text)
{
	struct paper_settings settings;
	struct str origin;

	text = str_trim(text);
	if (paper_settings(v->paper, v->a, &settings, NULL) != RC_OK)
		return text;
	origin = settings.origin;
	if (str_ends(origin, STR("/")))
		origin.n--;
	if (origin.n > 0 && str_starts(text, origin) &&
	    str_starts(str_from(text, origin.n), STR("/")))
		return str_from(text, origin.n);
	return text;
}

/* A target of digits alone is a story's number. */
static bool is_number(struct str s, int64_t *ret_id)
{
	uint64_t id;

	if (str_u64(s, INT64_MAX, &id) != RC_OK || id == 0)
		return false;
	*ret_id = (int64_t)id;
	return true;
}

/* A path as readers' requests have it: without percent signs. */
static struct str decoded(struct visit *v, struct str text)
{
	struct buf b;

	if (str_find(text, '%') == text.n)
		return text;
	buf_init_arena(&b, v->a, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		int high = i + 2 < text.n ? ascii_hex(text.p[i + 1]) : -1;
		int low = i + 2 < text.n ? ascii_hex(text.p[i + 2]) : -1;

		if (text.p[i] != '%' || high < 0 || low < 0) {
			buf_char(&b, text.p[i]);
			continue;
		}
		buf_char(&b, (char)(high * 16 + low));
		i += 2;
	}
	return buf_rc(&b) == RC_OK && utf8_is_valid(buf_str(&b)) ? buf_str(&b)
								 : text;
}

/* Where FROM is to lead, as somebody has typed it. */
static struct paper_redirect redirect_of(
    struct visit *v, struct str from, struct str to)
{
	struct paper_redirect redirect = {.from = decoded(v, path_of(v, from)),
	    .to = STR(""),
	    .who = v->who.login,
	    .made = v->now};

	to = path_of(v, to);
	if (!is_number(to, &redirect.story))
		redirect.to = decoded(v, to);
	return redirect;
}

static enum msg fault_of(enum paper_led led)
{
	switch (led) {
	case PAPER_LED:
		return MSG_COUNT;
	case PAPER_LED_NO_PATH:
		break;
	case PAPER_LED_TAKEN:
		return MSG_REDIRECT_TAKEN;
	case PAPER_LED_OWN:
		return MSG_REDIRECT_OWN;
	case PAPER_LED_NO_STORY:
		return MSG_BANNER_STORY_FAULT;
	case PAPER_LED_CIRCLE:
		return MSG_REDIRECT_LOOP;
	case PAPER_LED_CHAIN:
		return MSG_REDIRECT_CHAIN;
	case PAPER_LED_MIDDLE:
		return MSG_REDIRECT_MIDDLE;
	}
	return MSG_REDIRECT_PATH_FAULT;
}

/* Whether the address leads elsewhere already, which the person has not seen:
 * VIEW then says so, to be sent once more. */
static enum rc find_theirs(struct visit *v, struct view_redirects *view,
    const struct paper_redirect *redirect, struct err *err)
{
	struct seen seen = seen_sent(v);
	struct paper_redirect is;
	struct people people;
	enum rc rc = paper_redirect(v->paper, v->a, redirect->from, &is, err);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = people_load(v, &people, err);
	if (rc != RC_OK)
		return rc;
	view->theirs_to = target_of(v, &is);
	if (seen_fate(&seen, 0, target_of(v, redirect), view->theirs_to) ==
	    SEEN_MINE)
		return RC_OK;
	view->theirs = (struct view_theirs){.is_there = true,
	    .who = people_name(&people, is.who),
	    .at = visit_civil(v, is.made),
	    .url = STR("/redirects")};
	return seen_write(v, &view->theirs_to, 1, &view->seen, err);
}

/* One step. RC_BUSY: nothing is wrong with it but that it leads elsewhere. */
static enum rc keep_redirect(struct visit *v, struct view_redirects *view,
    const struct paper_redirect *redirect, enum paper_led *ret_led,
    struct err *err)
{
	enum rc rc = find_theirs(v, view, redirect, err);

	if (rc == RC_OK)
		rc = paper_step_begin(v->paper, err);
	if (rc != RC_OK)
		return rc;
	rc = paper_set_redirect(v->paper, redirect, ret_led, err);
	if (rc == RC_OK && view->theirs.is_there)
		rc = RC_BUSY;
	if (rc == RC_OK)
		rc =
		    settings_log(v, STR("redirect"), view->from, view->to, err);
	return paper_step_end(v->paper, rc, err);
}

static struct entity *set_redirect(struct visit *v)
{
	struct view_redirects view = view_new();
	struct paper_redirect redirect = redirect_of(
	    v, visit_field(v, STR("from")), visit_field(v, STR("to")));
	enum paper_led led = PAPER_LED;
	struct err err = {0};
	enum rc rc;

	view.from = redirect.from;
	view.to = path_of(v, visit_field(v, STR("to")));
	rc = keep_redirect(v, &view, &redirect, &led, &err);
	if (rc == RC_BUSY && view.theirs.is_there)
		return redirects_page(v, &view, 409);
	if (rc != RC_OK && led == PAPER_LED)
		return visit_failed(v, rc, &err);
	view.theirs.is_there = false;
	if (led == PAPER_LED_NO_PATH && redirect.from.n > 1 &&
	    redirect.from.p[0] == '/')
		view.to_fault = fault_of(led);
	else if (led == PAPER_LED_NO_PATH || led == PAPER_LED_TAKEN ||
		 led == PAPER_LED_OWN || led == PAPER_LED_MIDDLE)
		view.from_fault = fault_of(led);
	else
		view.to_fault = fault_of(led);
	if (led != PAPER_LED)
		return redirects_page(v, &view, 422);
	return visit_done(v, STR("/redirects"), STR("redirect"));
}

/* What was sent: a file, or the text of one once more, with what somebody saw
 * that it would overwrite. */
struct sent_file {
	struct str text; /* p NULL: none */
	struct str seen;
	bool replaces, keeps;
};

static struct sent_file sent_file(struct visit *v)
{
	struct http_multipart parts;
	struct str boundary, theirs;
	struct sent_file sent = {.text = STR_NONE};

	if (http_multipart_boundary(v->r, &boundary) != RC_OK ||
	    http_multipart_read(v->a, v->r->body, boundary, &parts) != RC_OK)
		return sent;
	for (size_t i = 0; i < parts.n && !sent.text.p; i++)
		if (str_eq(parts.v[i].name, STR("file")) &&
		    parts.v[i].file_name.p)
			sent.text = parts.v[i].bytes;
	if (sent.text.p)
		return sent;
	sent.text = http_multipart_value(&parts, STR("lines"));
	sent.seen = http_multipart_value(&parts, STR("seen"));
	theirs = http_multipart_value(&parts, STR("theirs"));
	sent.replaces = str_eq(theirs, STR("replace"));
	sent.keeps = str_eq(theirs, STR("keep"));
	return sent;
}

/* A file that is being taken. */
struct taking {
	struct redirect_line *lines;
	size_t n;
	struct paper_redirect *all; /* of each line with two columns */
	size_t *rival;	/* number of a line that leads its address elsewhere;
			  0: none */
	bool *is_again; /* an earlier line says the same */
	bool *is_over;	/* a line's address leads elsewhere already */
	size_t over_n;
	struct view_redirect_over *over; /* the first ROWS of them */
	bool keeps;			 /* those lines are left out */
	struct paper_redirect *v;	 /* what is taken */
	size_t v_n;
	enum paper_led *led;
};

static enum rc read_lines(struct visit *v, struct taking *t, struct str text)
{
	enum rc rc = redirect_file_read(v->a, text, &t->lines, &t->n);

	if (rc != RC_OK)
		return rc;
	t->all = ARENA_ARRAY(v->a, struct paper_redirect, t->n);
	t->rival = ARENA_ARRAY(v->a, size_t, t->n);
	t->is_again = ARENA_ARRAY(v->a, bool, t->n);
	t->is_over = ARENA_ARRAY(v->a, bool, t->n);
	t->over = ARENA_ARRAY(v->a, struct view_redirect_over, ROWS);
	t->v = ARENA_ARRAY(v->a, struct paper_redirect, t->n);
	t->led = ARENA_ARRAY(v->a, enum paper_led, t->n);
	if (!t->all || !t->rival || !t->is_again || !t->is_over || !t->over ||
	    !t->v || !t->led)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < t->n; i++)
		if (!t->lines[i].is_faulty)
			t->all[i] =
			    redirect_of(v, t->lines[i].from, t->lines[i].to);
	return RC_OK;
}

static bool is_same_target(
    const struct paper_redirect *a, const struct paper_redirect *b)
{
	struct str one = a->to, other = b->to;

	if (one.n > 1 && str_ends(one, STR("/")))
		one.n--;
	if (other.n > 1 && str_ends(other, STR("/")))
		other.n--;
	return a->story == b->story && (a->story > 0 || str_eq(one, other));
}

/* A line by its address. */
struct place {
	struct str from;
	size_t at;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = str_cmp(x->from, y->from);

	return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

/* The N lines at P have one address. Do they lead it to different places, none
 * of them is better than another; lines that say the same count once. */
static void judge_places(struct taking *t, const struct place *p, size_t n)
{
	const struct paper_redirect *first = &t->all[p[0].at];
	size_t other = 0;

	for (size_t i = 1; i < n; i++) {
		bool is_same = is_same_target(first, &t->all[p[i].at]);

		t->is_again[p[i].at] = is_same;
		if (!is_same && other == 0)
			other = i;
	}
	for (size_t i = 0; other > 0 && i < n; i++)
		t->rival[p[i].at] =
		    t->lines[p[is_same_target(first, &t->all[p[i].at]) ? other
								       : 0]
				 .at]
			.number;
}

/* Which lines of the file speak of one address. */
static enum rc find_rivals(struct visit *v, struct taking *t)
{
	struct place *places = ARENA_ARRAY(v->a, struct place, t->n);
	size_t n = 0;

	if (!places)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < t->n; i++) {
		struct str from = t->all[i].from;

		if (t->lines[i].is_faulty)
			continue;
		if (from.n > 1 && str_ends(from, STR("/")))
			from.n--;
		places[n++] = (struct place){from, i};
	}
	qsort(places, n, sizeof(*places), compare_places);
	for (size_t i = 0, next; i < n; i = next) {
		next = i + 1;
		while (next < n && str_eq(places[next].from, places[i].from))
			next++;
		judge_places(t, &places[i], next - i);
	}
	return RC_OK;
}

/* The line says one thing about its address, and nothing speaks against it. */
static bool is_clear(const struct taking *t, size_t line)
{
	return !t->lines[line].is_faulty && t->rival[line] == 0 &&
	       !t->is_again[line];
}

/* Which lines lead an address elsewhere than it leads already; *RET_TEXT says
 * where these lead now, to be known again. */
static enum rc find_over(
    struct visit *v, struct taking *t, struct str *ret_text, struct err *err)
{
	struct buf b;
	enum rc rc = RC_OK;

	buf_init_arena(&b, v->a, OVER_MAX);
	for (size_t i = 0; rc == RC_OK && i < t->n; i++) {
		struct paper_redirect is;

		if (!is_clear(t, i))
			continue;
		rc = paper_redirect(v->paper, v->a, t->all[i].from, &is, err);
		if (rc == RC_NOT_FOUND ||
		    (rc == RC_OK && is_same_target(&is, &t->all[i]))) {
			rc = RC_OK;
			continue;
		}
		if (rc != RC_OK)
			return rc;
		buf_printf(&b, "%.*s %lld %.*s\n", STR_ARG(is.from),
		    (long long)is.story, STR_ARG(is.to));
		t->is_over[i] = true;
		if (t->over_n++ < ROWS)
			t->over[t->over_n - 1] = (struct view_redirect_over){
			    .from = utf8_head(is.from, SHOWN),
			    .is = utf8_head(target_of(v, &is), SHOWN),
			    .to = utf8_head(t->lines[i].to, SHOWN)};
	}
	*ret_text = buf_str(&b);
	return rc == RC_OK ? buf_rc(&b) : rc;
}

static bool is_taken(const struct taking *t, size_t line)
{
	return is_clear(t, line) && !(t->keeps && t->is_over[line]);
}

static enum rc take_lines(struct visit *v, struct taking *t, struct err *err)
{
	for (size_t i = 0; i < t->n; i++)
		if (is_taken(t, i))
			t->v[t->v_n++] = t->all[i];
	return paper_set_redirects(v->paper, t->v, t->v_n, t->led, err);
}

/* What is wrong with which lines. */
static enum rc fill_faults(
    struct visit *v, const struct taking *t, struct view_redirects *view)
{
	struct view_redirect_fault *faults =
	    ARENA_ARRAY(v->a, struct view_redirect_fault, ROWS);
	size_t at = 0;

	if (!faults)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < t->n; i++) {
		const struct redirect_line *line = &t->lines[i];
		enum msg why = MSG_REDIRECT_LINE_FAULT;

		if (t->rival[i] > 0)
			why = MSG_REDIRECT_LINE_TWICE;
		else if (!line->is_faulty && !is_taken(t, i))
			continue;
		else if (!line->is_faulty)
			why = fault_of(t->led[at++]);
		if (why == MSG_COUNT) {
			view->taken++;
			continue;
		}
		if (view->refused++ >= ROWS)
			continue;
		faults[view->faults_n++] =
		    (struct view_redirect_fault){.line = line->number,
			.text = arena_printf(v->a, "%.*s \xE2\x86\x92 %.*s",
			    STR_ARG(utf8_head(line->from, SHOWN)),
			    STR_ARG(utf8_head(line->to, SHOWN))),
			.why = why,
			.other = t->rival[i]};
	}
	view->faults = faults;
	return RC_OK;
}

/* What somebody has not seen, a file does not overwrite: VIEW shows it then. */
static enum rc show_over(struct visit *v, struct taking *t,
    const struct sent_file *sent, struct view_redirects *view, struct err *err)
{
	struct seen seen = seen_read(sent->seen);
	struct str text;
	enum rc rc = find_over(v, t, &text, err);

	if (rc != RC_OK || t->over_n == 0)
		return rc;
	t->keeps = sent->keeps;
	if (t->keeps ||
	    (sent->replaces && seen_fate(&seen, 0, STR(""), text) == SEEN_MINE))
		return RC_OK;
	view->over_all = t->over_n;
	view->over = t->over;
	view->over_n = t->over_n < ROWS ? t->over_n : ROWS;
	view->lines = sent->text;
	return seen_write(v, &text, 1, &view->seen, err);
}

static enum rc log_file(struct visit *v, const struct taking *t,
    const struct view_redirects *view, struct err *err)
{
	struct str detail = arena_printf(v->a,
	    "%llu addresses, %llu lines left out, %zu %s",
	    (unsigned long long)view->taken, (unsigned long long)view->refused,
	    t->over_n, t->keeps ? "not replaced" : "replaced");

	return settings_log(v, STR("redirects"), STR("a file"), detail, err);
}

static struct entity *take_file(struct visit *v)
{
	struct view_redirects view = view_new();
	struct taking t = {.n = 0};
	struct err err = {0};
	struct sent_file sent = sent_file(v);
	enum rc rc = read_lines(v, &t, sent.text);

	if (rc == RC_LIMIT || (rc == RC_OK && t.n == 0)) {
		view.file_fault = rc == RC_LIMIT ? MSG_REDIRECT_FILE_LONG
						 : MSG_REDIRECT_FILE_NONE;
		return redirects_page(v, &view, 422);
	}
	if (rc == RC_OK)
		rc = find_rivals(v, &t);
	if (rc == RC_OK)
		rc = show_over(v, &t, &sent, &view, &err);
	if (rc == RC_OK && view.over_all > 0)
		return redirects_page(v, &view, 409);
	if (rc == RC_OK)
		rc = paper_step_begin(v->paper, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	rc = take_lines(v, &t, &err);
	if (rc == RC_OK)
		rc = fill_faults(v, &t, &view);
	if (rc == RC_OK)
		rc = log_file(v, &t, &view, &err);
	rc = paper_step_end(v->paper, rc, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (view.refused > 0)
		return redirects_page(v, &view, 422);
	return visit_done(v, STR("/redirects"),
	    t.keeps ? STR("redirect-rest") : STR("redirect-file"));
}

static struct entity *drop_redirect(struct visit *v)
{
	struct str from = visit_field(v, STR("from"));
	struct paper_redirect was;
	struct str to = STR(""), next;
	struct err err = {0};
	enum rc rc = paper_redirect(v->paper, v->a, from, &was, &err);

	if (rc == RC_OK) {
		to = target_of(v, &was);
		rc = paper_step_begin(v->paper, &err);
	}

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	rc = paper_drop_redirect(v->paper, from, &err);
	if (rc == RC_OK)
		rc = settings_log(v, STR("redirect removed"), from, to, &err);
	rc = paper_step_end(v->paper, rc, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	next = arena_printf(v->a, "/redirects?from=%.*s&to=%.*s",
	    STR_ARG(encoded(v, from)), STR_ARG(encoded(v, to)));
	return next.p ? visit_done(v, next, STR("redirect-gone")) : NULL;
}

static const struct route routes[] = {
    {HTTP_GET, "/redirects", RIGHT_REDIRECTS, 0, "", show_redirects},
    {HTTP_POST, "/redirects", RIGHT_REDIRECTS, ROUTE_SHOWS, "seen from to",
	set_redirect},
    {HTTP_POST, "/redirects/file", RIGHT_REDIRECTS, ROUTE_RAW | ROUTE_SHOWS, "",
	take_file},
    {HTTP_POST, "/redirects/remove", RIGHT_REDIRECTS, ROUTE_SHOWS, "from",
	drop_redirect},
};

const struct route *routes_redirects(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
