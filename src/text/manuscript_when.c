/* SPDX-License-Identifier: MIT
 *
 * Whether and when readers may see a story: the dates, the embargo and the
 * many ways in which programs say that a text is not for everyone.
 *
 * A story that is out cannot be called back, so the rule is one-sided: it is
 * let out only by what clearly says so. Whatever cannot be read, or is said
 * twice in two ways, keeps it a draft, and is reported with its line.
 */
#include "text/manuscript_priv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/front_matter.h"

enum { DATE_BYTES = 80, SHOWN_BYTES = 40 };

enum reading_found { FOUND_NONE, FOUND_DATE, FOUND_UNREAD };

bool field_is_gate(enum field field)
{
	switch (field) {
	case F_DATE:
	case F_PUBLISH_DATE:
	case F_EMBARGO:
	case F_EXPIRY:
	case F_DRAFT:
	case F_PUBLISHED:
	case F_PUBLIC:
	case F_PRIVATE:
	case F_STATUS:
	case F_STATE:
	case F_VISIBILITY:
	case F_PASSWORD:
	case F_BUILD:
	case F_MERGE:
		return true;
	case F_HEADLINE:
	case F_KICKER:
	case F_STANDFIRST:
	case F_SLUG:
	case F_URL:
	case F_SECTION:
	case F_CATEGORIES:
	case F_AUTHORS:
	case F_TAGS:
	case F_DATELINE:
	case F_UPDATED:
	case F_LANG:
	case F_PICTURE:
	case F_ALIASES:
	case F_CORRECTIONS:
	case F_TRANSLATIONS:
	case FIELD_COUNT:
		return false;
	}
	return false;
}

void reading_hold(
    struct head_reading *r, const struct front_node *node, struct str why)
{
	r->m->is_draft = true;
	left_hold(r->left, node->key, why, node->line);
}

void reading_hold_time(
    struct head_reading *r, const struct front_node *node, struct str why)
{
	reading_hold(r, node, why);
	if (r->m->unread.why.n == 0)
		r->m->unread =
		    (struct manuscript_left){node->key, why, node->line, true};
}

/* What stands there, to be shown. */
static struct str shown(struct head_reading *r, const struct front_node *node)
{
	switch (node->kind) {
	case FRONT_SCALAR:
		return arena_printf(r->a, "\"%.*s\"",
		    STR_ARG(utf8_head(str_trim(node->value), SHOWN_BYTES)));
	case FRONT_LIST:
		return STR("a list");
	case FRONT_MAP:
		return STR("a list of names");
	case FRONT_ALIAS:
		return STR("a YAML alias, which is not followed,");
	}
	return STR("it");
}

static bool says_nothing(const struct front_node *node)
{
	return !node || front_is_null(node) ||
	       (node->kind == FRONT_SCALAR && str_blank(node->value));
}

static enum reading_found find_date(struct head_reading *r,
    const struct front_node *node, struct civil *ret_date)
{
	if (says_nothing(node))
		return FOUND_NONE;
	if (node->kind != FRONT_SCALAR || node->value.n > DATE_BYTES ||
	    manuscript_date(r->a, node->value, ret_date) != RC_OK)
		return FOUND_UNREAD;
	return FOUND_DATE;
}

bool reading_date(struct head_reading *r, const struct front_node *node,
    struct civil *ret_date)
{
	enum reading_found found = find_date(r, node, ret_date);

	if (found == FOUND_UNREAD)
		reading_leave(r, node,
		    arena_printf(r->a,
			"%.*s is not a date; write 2026-11-23 or "
			"2026-11-23T14:05",
			STR_ARG(shown(r, node))));
	return found == FOUND_DATE;
}

/* A date before which nobody may see the story. */
static bool gate_date(struct head_reading *r, const struct front_node *node,
    struct civil *ret_date)
{
	enum reading_found found = find_date(r, node, ret_date);

	if (found == FOUND_UNREAD)
		reading_hold_time(r, node,
		    arena_printf(r->a,
			"%.*s cannot be read: write it as 2026-11-28T06:00",
			STR_ARG(shown(r, node))));
	return found == FOUND_DATE;
}

/* One has an offset and the other has none, and so near are they that some
 * paper's zone makes the one the later, and another's the other. */
static bool is_order_unclear(struct civil a, struct civil b)
{
	int64_t apart = civil_instant(a).us - civil_instant(b).us;
	int64_t most = (int64_t)26 * 3600 * 1000000;

	return a.has_offset != b.has_offset && apart < most && apart > -most;
}

/* The story waits until AT, too; NODE says so. The later of two times holds. */
static void wait_until(
    struct head_reading *r, const struct front_node *node, struct civil at)
{
	struct manuscript *m = r->m;

	if (!m->has_embargo) {
		m->embargo = at;
	} else if (is_order_unclear(at, m->embargo)) {
		reading_hold_time(r, node,
		    STR("nobody can tell whether it or the embargo is later: "
			"write both with their offset from UTC, or one alone"));
		return;
	} else if (civil_instant(at).us > civil_instant(m->embargo).us) {
		m->embargo = at;
		reading_leave(r, r->of[F_EMBARGO] ? r->of[F_EMBARGO] : node,
		    arena_printf(r->a, "\"%.*s\" is later, and is used",
			STR_ARG(node->key)));
	} else {
		reading_leave(r, node, STR("the embargo is used instead"));
	}
	m->has_embargo = true;
}

/* Some write "embargoed: false"; that it is true says no time. */
static void take_embargo(struct head_reading *r)
{
	const struct front_node *node = r->of[F_EMBARGO];
	bool is_embargoed;

	if (node && front_bool(node, &is_embargoed) == RC_OK && !is_embargoed)
		return;
	r->m->has_embargo = gate_date(r, node, &r->m->embargo);
}

/* Hugo's two times: "date" stands on the page, and nobody sees the story
 * before "publishDate". */
static void take_dates(struct head_reading *r)
{
	const struct front_node *publish = r->of[F_PUBLISH_DATE];
	struct manuscript *m = r->m;
	struct civil date;

	m->has_published = gate_date(r, r->of[F_DATE], &m->published);
	m->has_updated = reading_date(r, r->of[F_UPDATED], &m->updated);
	take_embargo(r);
	if (!gate_date(r, publish, &date))
		return;
	if (m->has_published) {
		wait_until(r, publish, date);
	} else {
		m->published = date;
		m->has_published = true;
	}
}

static bool is_word(
    const struct front_node *node, const struct str *words, size_t n)
{
	for (size_t i = 0; node->kind == FRONT_SCALAR && i < n; i++)
		if (str_eq_fold(str_trim(node->value), words[i]))
			return true;
	return false;
}

static bool is_clear(const struct front_node *node, bool value)
{
	bool says = !value;

	if (node->kind == FRONT_SCALAR &&
	    str_eq(node->value, value ? STR("1") : STR("0")))
		return true;
	return front_bool(node, &says) == RC_OK && says == value;
}

static void take_draft(struct head_reading *r)
{
	const struct front_node *node = r->of[F_DRAFT];

	if (!node || front_is_null(node) || is_clear(node, false))
		return;
	r->m->is_draft = true;
	if (!is_clear(node, true) || str_eq(node->value, STR("1")))
		reading_hold(r, node,
		    arena_printf(r->a, "%.*s is neither true nor false",
			STR_ARG(shown(r, node))));
}

/* Jekyll's "published", or another name for it, is a word for yes or no; others
 * write a date there. */
static void take_published(
    struct head_reading *r, const struct front_node *node)
{
	struct manuscript *m = r->m;
	struct civil date;
	bool is_published;

	if (!node || front_is_null(node) || is_clear(node, true))
		return;
	if (front_bool(node, &is_published) == RC_OK) {
		m->is_draft = true;
		return;
	}
	if (is_clear(node, false) || says_nothing(node)) {
		reading_hold(r, node, STR("it does not say true"));
	} else if (find_date(r, node, &date) != FOUND_DATE) {
		reading_hold_time(r, node,
		    arena_printf(r->a,
			"%.*s cannot be read: write true, or the time as "
			"2026-11-28T06:00",
			STR_ARG(shown(r, node))));
	} else if (m->has_published) {
		wait_until(r, node, date);
	} else {
		m->published = date;
		m->has_published = true;
	}
}

/* What was meant to vanish must not come back for ever. */
static void take_expiry(struct head_reading *r)
{
	const struct front_node *node = r->of[F_EXPIRY];

	if (node && !front_is_null(node))
		reading_hold(r, node, STR("no story goes by itself"));
}

/* Says no more than NODE is one of the words for "everyone may see it". */
static void take_public_word(
    struct head_reading *r, const struct front_node *node)
{
	static const struct str words[] = {STR_INIT("publish"),
	    STR_INIT("published"), STR_INIT("public"), STR_INIT("live")};

	if (says_nothing(node) ||
	    is_word(node, words, sizeof(words) / sizeof(words[0])))
		return;
	reading_hold(r, node,
	    arena_printf(r->a, "%.*s is not \"published\" or \"public\"",
		STR_ARG(shown(r, node))));
}

/* "state" may be one of a country. */
static void take_state(struct head_reading *r)
{
	static const struct str words[] = {STR_INIT("draft"), STR_INIT("new"),
	    STR_INIT("idea"), STR_INIT("wip"), STR_INIT("pending"),
	    STR_INIT("review"), STR_INIT("in review"), STR_INIT("in-review"),
	    STR_INIT("scheduled"), STR_INIT("future"), STR_INIT("embargoed"),
	    STR_INIT("private"), STR_INIT("hidden"), STR_INIT("unlisted"),
	    STR_INIT("unpublished"), STR_INIT("withdrawn"),
	    STR_INIT("archived"), STR_INIT("trash"), STR_INIT("deleted"),
	    STR_INIT("inactive"), STR_INIT("disabled"), STR_INIT("false")};
	const struct front_node *node = r->of[F_STATE];

	if (says_nothing(node))
		return;
	if (node->kind == FRONT_ALIAS ||
	    is_word(node, words, sizeof(words) / sizeof(words[0])))
		reading_hold(r, node,
		    arena_printf(r->a, "%.*s is not \"published\"",
			STR_ARG(shown(r, node))));
	else
		reading_leave(r, node, STR("no such field in a story"));
}

/* Hugo's build options: what no list or page of the old site shows. */
static void take_build(struct head_reading *r)
{
	static const struct str names[] = {
	    STR_INIT("list"), STR_INIT("render")};
	static const struct str words[] = {
	    STR_INIT("always"), STR_INIT("true")};
	const struct front_node *node = r->of[F_BUILD];

	if (says_nothing(node))
		return;
	if (node->kind != FRONT_MAP) {
		reading_hold(r, node,
		    arena_printf(
			r->a, "%.*s cannot be read", STR_ARG(shown(r, node))));
		return;
	}
	for (const struct front_node *c = node->child; c; c = c->next)
		for (size_t i = 0; i < 2; i++)
			if (str_eq_fold(c->key, names[i]) && !says_nothing(c) &&
			    !is_word(c, words, 2))
				reading_hold(r, node,
				    arena_printf(r->a,
					"\"%.*s\" is %.*s, and not \"always\"",
					STR_ARG(names[i]),
					STR_ARG(shown(r, c))));
}

/* Eleventy makes no page of what says "permalink: false". */
static void take_no_page(struct head_reading *r)
{
	const struct front_node *node = r->of[F_URL];
	bool says = true;

	if (node && front_bool(node, &says) == RC_OK && !says)
		reading_hold(r, node, STR("no page is to be made of it"));
}

static void take_not_public(struct head_reading *r)
{
	const struct front_node *node = r->of[F_PRIVATE];

	if (node && !front_is_null(node) && !is_clear(node, false))
		reading_hold(r, node,
		    arena_printf(r->a, "%.*s is not \"false\"",
			STR_ARG(shown(r, node))));
	take_public_word(r, r->of[F_STATUS]);
	take_state(r);
	take_public_word(r, r->of[F_VISIBILITY]);
	if (!says_nothing(r->of[F_PASSWORD]))
		reading_hold(r, r->of[F_PASSWORD],
		    STR("readers are not asked for a password here"));
	take_build(r);
	take_no_page(r);
	if (r->of[F_MERGE])
		reading_hold(r, r->of[F_MERGE],
		    STR("a YAML merge is not followed; it may say more"));
}

void reading_when(struct head_reading *r)
{
	take_dates(r);
	take_draft(r);
	take_published(r, r->of[F_PUBLISHED]);
	take_published(r, r->of[F_PUBLIC]);
	take_expiry(r);
	take_not_public(r);
}
