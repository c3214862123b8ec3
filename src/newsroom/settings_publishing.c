/* SPDX-License-Identifier: MIT
 *
 * /settings/publishing: how publishing goes at this paper. Whether it needs a
 * second pair of eyes, and what in the list before publishing warns or blocks.
 * Each of them is a value by itself, where two save at once (seen.h).
 */
#include "base/buf.h"
#include "newsroom/publish.h"
#include "newsroom/seen.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "page/desk_publish.h"
#include "paper/checklist.h"
#include "paper/paper.h"
#include "paper/workflow.h"

enum { VALUES = CHECK_COUNT + 1, EYES = CHECK_COUNT, DETAIL_MAX = 2000 };

_Static_assert((int)VALUES <= (int)SEEN_MOST, "all of them are seen");

/* The whole of it. */
struct rules {
	bool must_approve;
	struct check_levels levels;
};

static enum rc load_rules(
    struct visit *v, struct rules *ret_rules, struct err *err)
{
	enum rc rc = paper_review(v->paper, &ret_rules->must_approve, err);

	return rc == RC_OK
		   ? paper_check_levels(v->paper, &ret_rules->levels, err)
		   : rc;
}

static int value_at(const struct rules *rules, int at)
{
	return at == EYES ? rules->must_approve : (int)rules->levels.v[at];
}

static void set_value(struct rules *rules, int at, int value)
{
	if (at == EYES)
		rules->must_approve = value != 0;
	else
		rules->levels.v[at] = (enum check_level)value;
}

static struct str digit(int value)
{
	static const char digits[] = "012";

	return (struct str){digits + value, 1};
}

static struct entity *show_form(struct visit *v, unsigned status,
    struct view_publishing *view, const struct rules *mine,
    const struct rules *is)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct view_check_level levels[CHECK_COUNT];
	struct str values[VALUES];
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc;

	for (int i = 0; i < VALUES; i++)
		values[i] = digit(value_at(is, i));
	rc = seen_write(v, values, VALUES, &view->seen, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_PUBLISHING);
	view->must_approve = mine->must_approve;
	view->has_theirs_eyes =
	    view->theirs.is_there && mine->must_approve != is->must_approve;
	view->theirs_eyes = is->must_approve;
	view->levels = levels;
	view->levels_n = CHECK_COUNT;
	for (int i = 0; i < CHECK_COUNT; i++)
		levels[i] = (struct view_check_level){
		    .word = publishing_item_words[i],
		    .name = str_of(check_item_name((enum check_item)i)),
		    .level = value_at(mine, i),
		    .is_fixed = i == CHECK_HEADLINE,
		    .has_theirs = view->theirs.is_there &&
				  value_at(mine, i) != value_at(is, i),
		    .theirs = value_at(is, i),
		};
	desk.has_faults = status == 422;
	desk_publishing(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_publishing(struct visit *v)
{
	struct view_publishing view = {0};
	struct rules is;
	struct err err = {0};
	enum rc rc = load_rules(v, &is, &err);

	return rc == RC_OK ? show_form(v, 200, &view, &is, &is)
			   : visit_failed(v, rc, &err);
}

/* What the form says; a level that it does not name stays. RC_INVALID for what
 * no form of ours sends. */
static enum rc read_rules(struct visit *v, struct rules *rules)
{
	for (int i = 0; i < CHECK_COUNT; i++) {
		struct str name = arena_printf(
		    v->a, "check_%s", check_item_name((enum check_item)i));
		struct str value = name.p ? visit_field(v, name) : STR_NONE;
		uint64_t level;

		if (!value.p || i == CHECK_HEADLINE)
			continue;
		if (str_u64(value, CHECK_BLOCKS, &level) != RC_OK)
			return RC_INVALID;
		rules->levels.v[i] = (enum check_level)level;
	}
	rules->must_approve = visit_field(v, STR("eyes")).n > 0;
	return RC_OK;
}

/* Puts what was sent together with what is saved. False: both have changed the
 * same. */
static bool join_rules(
    const struct seen *seen, struct rules *mine, const struct rules *is)
{
	bool is_one = true;

	for (int i = 0; i < VALUES; i++)
		switch (seen_fate(seen, (size_t)i, digit(value_at(mine, i)),
		    digit(value_at(is, i)))) {
		case SEEN_MINE:
			break;
		case SEEN_THEIRS:
			set_value(mine, i, value_at(is, i));
			break;
		case SEEN_BOTH:
			is_one = false;
			break;
		}
	return is_one;
}

/* "eyes: 0 → 1, byline: 2 → 1" */
static struct str changes(
    struct visit *v, const struct rules *was, const struct rules *is)
{
	struct buf b;

	buf_init_arena(&b, v->a, DETAIL_MAX);
	if (was->must_approve != is->must_approve)
		buf_printf(&b, "second pair of eyes: %s",
		    is->must_approve ? "on" : "off");
	for (int i = 0; i < CHECK_COUNT; i++) {
		if (value_at(was, i) == value_at(is, i))
			continue;
		buf_printf(&b, "%s%s: %d \xE2\x86\x92 %d", b.n ? ", " : "",
		    check_item_name((enum check_item)i), value_at(was, i),
		    value_at(is, i));
	}
	return b.n > 0 && buf_rc(&b) == RC_OK ? buf_str(&b) : STR("");
}

static enum rc keep_rules(struct visit *v, const struct rules *was,
    const struct rules *rules, struct err *err)
{
	enum rc rc = paper_step_begin(v->paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_set_check_levels(v->paper, &rules->levels, err);
	if (rc == RC_OK)
		rc = paper_set_review(v->paper, rules->must_approve, err);
	if (rc == RC_OK)
		rc = settings_log(v, STR("settings"), STR("publishing"),
		    changes(v, was, rules), err);
	return paper_step_end(v->paper, rc, err);
}

static struct entity *save_publishing(struct visit *v)
{
	struct view_publishing view = {0};
	struct seen seen = seen_sent(v);
	struct rules is, mine;
	struct err err = {0};
	enum rc rc = load_rules(v, &is, &err);

	mine = is;
	if (rc == RC_OK)
		rc = read_rules(v, &mine);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!join_rules(&seen, &mine, &is)) {
		rc = seen_by(v, &seen, STR("settings"), STR("publishing"),
		    STR("/settings/publishing"), &view.theirs);
		return rc == RC_OK ? show_form(v, 409, &view, &mine, &is)
				   : visit_failed(v, rc, &err);
	}
	rc = keep_rules(v, &is, &mine, &err);
	return rc == RC_OK
		   ? visit_done(v, STR("/settings/publishing"), STR("saved"))
		   : visit_failed(v, rc, &err);
}

static const struct route routes[] = {
    {HTTP_GET, "/settings/publishing", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_publishing},
    {HTTP_POST, "/settings/publishing", RIGHT_SETTINGS, ROUTE_STEP_UP,
	"seen eyes check_headline check_section check_byline check_text "
	"check_alt check_rights check_proof check_address check_embargo "
	"check_ended",
	save_publishing},
};

const struct route *routes_publishing(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
