/* SPDX-License-Identifier: MIT
 *
 * A last look at what is due; see due.h.
 */
#include "newsroom/due.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/zone.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/own.h"
#include "paper/held.h"
#include "paper/library.h"
#include "paper/stet.h"
#include "paper/write.h"

enum {
	ARENA = 64 * 1024 * 1024,
	ITEMS_MAX = 200,
	/* Enough for all addresses that are kept; twice, for others ask, too.
	 * Who has more is not the paper's, as far as can be said. */
	QUESTIONS_MOST = 2 * OWN_KEPT / MONEY_ASKED_MAX,
};

static struct str day_of(struct newsroom *n, struct arena *a, struct instant at)
{
	struct civil c = zone_civil(n->config.zone(n->config.ctx), at);

	return arena_printf(a, "%04d-%02u-%02u", (int)c.year, (unsigned)c.month,
	    (unsigned)c.day);
}

enum rc due_check(
    const struct due_look *look, struct check_list *ret_list, struct err *err)
{
	struct newsroom *n = look->n;
	struct paper *paper = n->config.paper;
	struct paper_settings settings;
	struct check_levels levels;
	struct library_worry *worries;
	struct check_options options = {
	    .levels = &levels,
	    .now = look->at,
	    .embargo = look->embargo,
	    .find_address = n->config.find_address,
	    .ctx = n->config.ctx,
	    .is_own = own_is,
	    .own_ctx = look->own,
	};
	struct str day = day_of(n, look->a, look->at);
	enum rc rc = day.p ? paper_settings(paper, look->a, &settings, err)
			   : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = paper_check_levels(paper, &levels, err);
	if (rc == RC_OK)
		rc = paper_stets(paper, look->a, look->story, &options.stets,
		    &options.stets_n, err);
	if (rc == RC_OK)
		rc = library_check(paper, look->a, look->text, day, &worries,
		    &options.worries_n, err);
	if (rc != RC_OK)
		return rc;
	options.worries = worries;
	options.lang = settings.lang;
	return check_story(look->a, look->text, &options, ret_list);
}

enum rc due_check_words(const struct due_look *look,
    const struct library_words *words, struct check_list *ret_list,
    struct err *err)
{
	struct newsroom *n = look->n;
	struct check_levels levels;
	const struct check_options options = {
	    .levels = &levels,
	    .now = look->at,
	    .embargo = INSTANT_NEVER,
	    .find_address = n->config.find_address,
	    .ctx = n->config.ctx,
	    .is_own = own_is,
	    .own_ctx = look->own,
	};
	enum rc rc = paper_check_levels(n->config.paper, &levels, err);

	return rc == RC_OK ? check_words(look->a, words, &options, ret_list)
			   : rc;
}

/* "ended address": what blocks, or what has ended. */
static struct str items_of(
    struct arena *a, const struct check_list *list, bool *ret_is_back)
{
	struct buf b;

	buf_init_arena(&b, a, ITEMS_MAX);
	*ret_is_back = list->is_blocked;
	for (size_t i = 0; i < list->n; i++) {
		const struct check_find *find = &list->v[i];

		if (find->level != CHECK_BLOCKS &&
		    (find->item != CHECK_ENDED || !find->is_over))
			continue;
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_add(&b, str_of(check_item_name(find->item)));
	}
	return buf_str(&b);
}

static void say_held(struct newsroom *n, struct arena *a,
    const struct paper_going *going, struct str items, bool is_back)
{
	struct buf b;

	buf_init_arena(&b, a, 2 * ITEMS_MAX);
	buf_printf(&b, "story %lld %s: %.*s%c", (long long)going->id,
	    is_back ? "was due and is kept back"
		    : "appears, though something has ended",
	    STR_ARG(items), '\0');
	if (buf_rc(&b) == RC_OK)
		n->config.say(n->config.ctx, b.p);
}

/* RC_BUSY: the till has been asked; it goes on when that has answered. */
static enum rc look_at(struct newsroom *n, struct arena *a,
    const struct paper_going *going, struct own_look *own, struct err *err)
{
	struct manuscript m;
	struct due_look look = {.n = n,
	    .story = going->id,
	    .a = a,
	    .text = &m,
	    .embargo = INSTANT_NEVER,
	    .at = own->now,
	    .own = own};
	struct check_list list;
	struct paper_act act = {.id = going->id,
	    .revision = going->revision,
	    .who = STR(""),
	    .now = own->now};
	bool is_back = false;
	enum rc rc =
	    paper_text(n->config.paper, a, going->id, going->revision, &m, err);

	if (rc == RC_OK)
		rc = due_check(&look, &list, err);
	if (rc != RC_OK)
		return rc;
	if (own_asks(own) && n->due.questions < QUESTIONS_MOST)
		return RC_BUSY;
	act.note = items_of(a, &list, &is_back);
	if (act.note.n == 0)
		return RC_OK;
	say_held(n, a, going, act.note, is_back);
	return paper_hold(n->config.paper, &act, is_back, err);
}

static bool is_seen(const struct due *due, const struct paper_going *going)
{
	for (size_t i = 0; i < due->seen_n; i++)
		if (due->seen[i].id == going->id &&
		    due->seen[i].revision == going->revision)
			return true;
	return false;
}

/* As look_at, of one that was not seen yet. */
static enum rc look_once(struct newsroom *n, const struct paper_going *going,
    struct own_look *own, struct err *err)
{
	struct due *due = &n->due;
	struct arena *a;
	enum rc rc;

	if (is_seen(due, going))
		return RC_OK;
	a = arena_new(ARENA);
	rc = look_at(n, a, going, own, err);
	arena_free(a);
	if (rc != RC_OK)
		return rc;
	due->questions = 0;
	if (due->seen_n < PAPER_GOING_MOST)
		due->seen[due->seen_n++] = *going;
	return RC_OK;
}

static void go_on(void *ctx)
{
	struct newsroom *n = ctx;

	n->due.is_asked = false;
	n->config.show(n->config.ctx);
}

enum rc newsroom_due(struct newsroom *n, struct instant now, struct err *err)
{
	struct paper_going *going;
	struct arena *a;
	struct own_look own = {.n = n, .now = now};
	size_t count = 0;
	enum rc rc;

	if (n->due.is_asked)
		return RC_BUSY;
	a = arena_new(ARENA);
	going = ARENA_ARRAY(a, struct paper_going, PAPER_GOING_MOST);
	rc = going ? paper_going(n->config.paper, now, going, &count, err)
		   : err_set(err, RC_NO_MEMORY, "no memory");
	for (size_t i = 0; rc == RC_OK && i < count; i++) {
		own.unknown_n = 0;
		rc = look_once(n, &going[i], &own, err);
	}
	arena_free(a);
	if (rc == RC_BUSY) {
		n->due.is_asked = true;
		n->due.questions++;
		own_ask(&own, go_on, n);
	} else {
		n->due.seen_n = 0;
		n->due.questions = 0;
	}
	return rc;
}
