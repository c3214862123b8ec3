/* SPDX-License-Identifier: MIT
 *
 * A story as readers will see it: for the staff, at the width of a phone and of
 * a desk, and by secret links for somebody outside. Whoever opens such a link
 * has no account here: the page asks for nothing, runs nothing, is kept by no
 * cache, found by no search engine, and tells no other site where it was read.
 */
#include <sodium.h>

#include "base/zone.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/pictures.h"
#include "newsroom/settings.h"
#include "newsroom/story.h"
#include "newsroom/token.h"
#include "newsroom/visit.h"
#include "page/desk_history.h"
#include "page/page.h"
#include "paper/body.h"
#include "paper/preview.h"
#include "paper/term.h"
#include "paper/translation.h"
#include "paper/workflow.h"
#include "text/fold.h"
#include "text/slug.h"

enum { URL_MAX = 2000, DAYS_MOST = 30, DAY_S = 24 * 3600 };

/* The page. */

/* Two that are not there yet may want the same slug. */
static bool is_same_term(
    struct arena *a, const struct public_link *one, const struct term *other)
{
	return str_eq(one->slug, other->slug) &&
	       (other->id != 0 ||
		   str_eq(fold_name(a, one->name), fold_name(a, other->name)));
}

/* Each of NAMES once, as readers have them today; a blank one has no slug. */
static enum rc fill_terms(struct visit *v, enum term_kind kind,
    const struct str *names, size_t names_n, struct str lang,
    struct public_links *ret_terms)
{
	struct public_link *terms =
	    ARENA_ARRAY(v->a, struct public_link, names_n);
	size_t n = 0;

	if (!terms)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < names_n; i++) {
		struct term term = {.name = names[i]};
		size_t was = 0;
		enum rc rc = str_blank(names[i])
				 ? RC_OK
				 : term_today(v->paper, v->a, kind, names[i],
				       lang, &term);

		if (rc != RC_OK)
			return rc;
		while (was < n && !is_same_term(v->a, &terms[was], &term))
			was++;
		if (was == n)
			terms[n++] = (struct public_link){term.name, term.slug};
	}
	*ret_terms = (struct public_links){terms, n};
	return RC_OK;
}

/* Where readers find them: "/section/world" with the START "/section/". */
static enum rc fill_links(struct visit *v, struct str start,
    const struct public_links *terms, struct view_links *ret_links)
{
	struct view_link *links = ARENA_ARRAY(v->a, struct view_link, terms->n);

	if (!links)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < terms->n; i++) {
		struct buf url;

		links[i].name = terms->v[i].name;
		if (!terms->v[i].slug.n)
			continue;
		buf_init_arena(&url, v->a, URL_MAX);
		buf_add(&url, start);
		url_encode_path(&url, terms->v[i].slug);
		if (buf_rc(&url) != RC_OK)
			return buf_rc(&url);
		links[i].url = buf_str(&url);
	}
	*ret_links = (struct view_links){links, terms->n};
	return RC_OK;
}

/* How the story is sorted, and what surrounds it for that reason. */
static enum rc fill_places(struct visit *v, const struct manuscript *m,
    struct newsroom_around *around, struct view_story *view, struct err *err)
{
	struct public_links sections, people;
	struct view_links section;
	enum rc rc = fill_terms(
	    v, TERM_SECTION, &m->section, 1, view->head.lang, &sections);

	if (rc == RC_OK)
		rc = fill_links(v, STR("/section/"), &sections, &section);
	if (rc == RC_OK)
		rc = fill_terms(v, TERM_PERSON, m->authors.v, m->authors.n,
		    view->head.lang, &people);
	if (rc == RC_OK)
		rc =
		    fill_links(v, STR("/person/"), &people, &view->head.byline);
	if (rc == RC_OK)
		rc = fill_terms(v, TERM_TAG, m->tags.v, m->tags.n,
		    view->head.lang, &around->story.tags);
	if (rc == RC_OK)
		rc = fill_links(
		    v, STR("/tag/"), &around->story.tags, &view->tags);
	if (rc != RC_OK)
		return rc;
	view->head.section = section.v[0];
	view->head.is_opinion = term_is_opinion(sections.v[0].slug);
	around->story.section = sections.v[0];
	return v->n->config.around_story(v->n->config.ctx, around, err);
}

static enum rc fill_translations(struct visit *v, int64_t id,
    const struct manuscript *m, struct view_story *view)
{
	struct manuscript_translation *seen;
	struct view_translation *translations;
	size_t n = 0;
	enum rc rc = translation_seen(v->paper, v->a, id, m, &seen, &n);

	if (rc != RC_OK)
		return rc;
	translations = ARENA_ARRAY(v->a, struct view_translation, n);
	if (!translations)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		translations[i] =
		    (struct view_translation){seen[i].lang, seen[i].url};
	view->translations = translations;
	view->translations_n = n;
	return RC_OK;
}

/* The way to the versions that readers have had. */
static enum rc fill_versions(
    struct visit *v, const struct paper_story *story, struct view_story *view)
{
	struct buf url;

	buf_init_arena(&url, v->a, URL_MAX);
	url_encode_path(&url, story->path);
	buf_lit(&url, "/versions");
	view->versions_url = buf_str(&url);
	return buf_rc(&url);
}

static enum view_change change_of(enum paper_change change)
{
	switch (change) {
	case PAPER_CORRECTION:
		return VIEW_CORRECTION;
	case PAPER_CLARIFICATION:
		return VIEW_CLARIFICATION;
	case PAPER_UPDATE:
		return VIEW_UPDATE;
	case PAPER_TYPO:
		return VIEW_TYPO;
	case PAPER_FIRST:
		break;
	}
	return VIEW_FIRST;
}

struct told {
	struct instant at;
	struct view_correction view;
};

/* Behind those that are not later, as on the readers' page. */
static void put_told(struct told *list, size_t n, struct told told)
{
	while (n > 0 && list[n - 1].at.us > told.at.us) {
		list[n] = list[n - 1];
		n--;
	}
	list[n] = told;
}

static struct told told_by_text(
    const struct visit *v, const struct manuscript_correction *c)
{
	struct told told = {
	    .view = {.date = c->date, .change = VIEW_CORRECTION}};

	if (c->date.has_offset)
		told.at = civil_instant(c->date);
	else
		zone_instant(visit_zone(v), c->date, ZONE_EARLIER, &told.at);
	if (c->date.has_time)
		told.view.date = visit_civil(v, told.at);
	told.view.text = c->text;
	return told;
}

/* What readers were told of changes, by the manuscript and by the newsroom, as
 * their page has it. */
static enum rc fill_corrections(struct visit *v,
    const struct paper_story *story, const struct manuscript *m,
    struct view_story *view)
{
	struct view_correction *list;
	struct paper_notice *notices;
	struct told *told;
	size_t n = 0, at = 0;
	enum rc rc =
	    paper_notices(v->paper, v->a, story->id, &notices, &n, NULL);

	if (rc != RC_OK)
		return rc;
	list = ARENA_ARRAY(v->a, struct view_correction, m->corrections_n + n);
	told = ARENA_ARRAY(v->a, struct told, m->corrections_n + n);
	if (!list || !told)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < m->corrections_n; i++)
		put_told(told, at++, told_by_text(v, &m->corrections[i]));
	for (size_t i = 0; i < n; i++)
		put_told(told, at++,
		    (struct told){notices[i].at,
			{.date = visit_civil(v, notices[i].at),
			    .text = notices[i].text,
			    .change = change_of(notices[i].change),
			    .is_at_head = notices[i].place == PAPER_HEAD}});
	for (size_t i = 0; i < at; i++) {
		list[i] = told[i].view;
		list[i].text = paper_line(v->a, list[i].text, view->head.lang);
	}
	view->corrections = list;
	view->corrections_n = at;
	view->head.has_corrections = at > 0;
	return RC_OK;
}

/* When it is, or will be, out. */
static struct instant out_at(
    const struct visit *v, const struct paper_story *story)
{
	if (story->published.us != INSTANT_NEVER.us)
		return story->published;
	return story->due.us != INSTANT_NEVER.us ? story->due : v->now;
}

static enum rc fill_story(struct visit *v, const struct paper_story *story,
    const struct manuscript *m, struct newsroom_around *around,
    struct view_story *view, struct err *err)
{
	struct instant out = out_at(v, story);
	struct str lang = m->lang;
	enum rc rc = RC_OK;

	if (!lang.n)
		rc = paper_lang(v->paper, v->a, &lang, err);
	if (rc != RC_OK)
		return rc;
	*around = (struct newsroom_around){.now = v->now,
	    .story = {.id = story->id, .path = story->path, .published = out}};
	*view = (struct view_story){
	    .head = {
		.headline = paper_line(v->a, m->headline, lang),
		.kicker = paper_line(v->a, m->kicker, lang),
		.standfirst = paper_line(v->a, m->standfirst, lang),
		.lang = lang,
		.dateline = paper_line(v->a, m->dateline, lang),
		.published = visit_civil(v, out),
		.has_updated = story->updated.us != INSTANT_NEVER.us &&
			       story->updated.us > out.us,
	    }};
	if (view->head.has_updated)
		view->head.updated = visit_civil(v, story->updated);
	rc = fill_places(v, m, around, view, err);
	if (rc == RC_OK)
		rc = fill_translations(v, story->id, m, view);
	if (rc == RC_OK)
		rc = fill_corrections(v, story, m, view);
	if (rc == RC_OK)
		rc = paper_body(v->a, m->body, lang, &view->body);
	if (rc != RC_OK)
		return rc;
	view->related = around->related;
	if (around->has_versions)
		return fill_versions(v, story, view);
	return RC_OK;
}

/* Nothing but the page's own style sheet and pictures of this host. */
static struct str policy_for(struct visit *v, struct str css, bool is_framed)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char text[64];

	crypto_hash_sha256(hash, (const unsigned char *)css.p, css.n);
	sodium_bin2base64(text, sizeof(text), hash, sizeof(hash),
	    sodium_base64_VARIANT_ORIGINAL);
	return arena_printf(v->a,
	    "default-src 'none'; style-src 'sha256-%s'; img-src 'self'; "
	    "base-uri 'none'; form-action 'none'; frame-ancestors %s",
	    text, is_framed ? "'self'" : "'none'");
}

/* Pictures have addresses below the secret one, which open those of this story
 * and no others. */
static struct str pictures_base(struct visit *v, bool is_secret)
{
	return is_secret ? arena_printf(v->a, "/p/%.*s", STR_ARG(v->params[0]))
			 : STR("");
}

static struct entity *story_page(struct visit *v,
    const struct paper_story *story, const struct manuscript *m, bool is_secret)
{
	struct newsroom_around around;
	struct view_story view;
	struct str policy;
	struct buf *b = visit_buf(v), *page = visit_buf(v);
	struct err err = {0};
	enum rc rc = b && page ? RC_OK : RC_NO_MEMORY;

	if (rc == RC_OK && !v->n->config.around_story)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = fill_story(v, story, m, &around, &view, &err);
	if (rc == RC_OK)
		rc =
		    pictures_of(v, m, pictures_base(v, is_secret), &view, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	page_story(page, around.paper, &view);
	if (buf_rc(page) != RC_OK)
		return NULL;
	page_lead_out(b, buf_str(page), around.paper->origin);
	policy = policy_for(v, around.paper->css, !is_secret);
	if (!policy.p)
		return NULL;
	return is_secret ? visit_secret_page(b, policy)
			 : visit_page_csp(v, 200, b, policy);
}

static struct entity *show_page(struct visit *v)
{
	struct paper_story story;
	struct manuscript m;
	struct err err = {0};
	enum rc rc = story_open(v, &story, &m, &err);

	return rc == RC_OK ? story_page(v, &story, &m, false)
			   : visit_failed(v, rc, &err);
}

/* Secret links. */

static enum rc fill_previews(
    struct visit *v, struct view_preview *view, struct err *err)
{
	struct view_preview_link *links;
	struct paper_preview *previews;
	struct people people;
	size_t n = 0;
	enum rc rc = people_load(v, &people, err);

	if (rc == RC_OK)
		rc = paper_previews(
		    v->paper, v->a, view->id, &previews, &n, err);
	if (rc != RC_OK)
		return rc;
	links = ARENA_ARRAY(v->a, struct view_preview_link, n);
	if (!links)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		links[i] = (struct view_preview_link){
		    .id = previews[i].id,
		    .note = previews[i].note,
		    .who = people_name(&people, previews[i].who),
		    .made = visit_civil(v, previews[i].made),
		    .expires = visit_civil(v, previews[i].expires),
		    .is_over = previews[i].expires.us <= v->now.us,
		    .is_revoked = previews[i].is_revoked,
		};
	view->links = links;
	view->links_n = n;
	return RC_OK;
}

/* MADE: the address of a link just made, or empty. */
static struct entity *preview_screen(
    struct visit *v, const struct paper_story *story, struct str made)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct view_preview view = {.id = story->id,
	    .headline = story->headline,
	    .is_phone = str_eq(visit_query(v, STR("width")), STR("phone")),
	    .can_write = story_may(v, RIGHT_WRITE, story),
	    .made = made};
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? fill_previews(v, &view, &err) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (made.n)
		desk.script = visit_static(v, STR("copy.js"));
	desk_preview(b, &desk, &view);
	return visit_page(v, 200, b);
}

static struct entity *show_preview(struct visit *v)
{
	struct paper_story story;
	struct err err = {0};
	enum rc rc = story_open(v, &story, NULL, &err);

	return rc == RC_OK ? preview_screen(v, &story, STR(""))
			   : visit_failed(v, rc, &err);
}

/* Such a link takes a draft out of the house: who made it stands in the log. */
static enum rc log_link(struct visit *v, const struct paper_story *story,
    struct str what, struct str note, struct err *err)
{
	struct str about = arena_printf(
	    v->a, "%lld: %.*s", (long long)story->id, STR_ARG(story->headline));

	if (!about.p)
		return RC_NO_MEMORY;
	return settings_log(v, what, about, note, err);
}

static struct entity *send_link(struct visit *v)
{
	uint8_t secret[TOKEN_BYTES];
	struct paper_preview preview = {.who = v->who.login,
	    .note = str_trim(visit_field(v, STR("note"))),
	    .made = v->now};
	struct paper_story story;
	uint64_t days = 0;
	struct buf url;
	struct err err = {0};
	enum rc rc = story_open(v, &story, NULL, &err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &story))
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = str_u64(visit_field(v, STR("days")), DAYS_MOST, &days);
	if (rc != RC_OK || days == 0 || preview.note.n > 400)
		return visit_failed(v, rc != RC_OK ? rc : RC_INVALID, &err);
	preview.story = story.id;
	preview.expires.us =
	    v->now.us + (int64_t)days * (int64_t)DAY_S * 1000000;
	rc = paper_step_begin(v->paper, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	v->n->config.random(secret, sizeof(secret));
	rc = paper_add_preview(v->paper,
	    (struct str){(const char *)secret, sizeof(secret)}, &preview, &err);
	buf_init_arena(&url, v->a, 4096);
	buf_add(&url, v->n->origin);
	buf_lit(&url, "/p/");
	token_put(&url, secret);
	sodium_memzero(secret, sizeof(secret));
	if (rc == RC_OK)
		rc =
		    log_link(v, &story, STR("secret-link"), preview.note, &err);
	rc = paper_step_end(v->paper, rc, &err);
	if (rc == RC_OK)
		rc = buf_rc(&url);
	return rc == RC_OK ? preview_screen(v, &story, buf_str(&url))
			   : visit_failed(v, rc, &err);
}

static struct entity *send_revoke(struct visit *v)
{
	struct paper_story story;
	int64_t link = 0;
	struct str url;
	struct err err = {0};
	enum rc rc = story_open(v, &story, NULL, &err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &story))
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = visit_id(v, 1, &link);
	if (rc == RC_OK)
		rc = paper_step_begin(v->paper, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	rc = paper_revoke_preview(v->paper, story.id, link, &err);
	if (rc == RC_OK)
		rc = log_link(
		    v, &story, STR("secret-link-revoke"), STR(""), &err);
	rc = paper_step_end(v->paper, rc, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	url = arena_printf(v->a, "/stories/%lld/preview", (long long)story.id);
	return url.p ? visit_done(v, url, STR("revoked")) : NULL;
}

/* The story that the secret in the address opens. One whose maker could not
 * make it any more opens nothing. */
static enum rc open_secret(struct visit *v, struct paper_story *ret_story,
    struct manuscript *ret_m, struct err *err)
{
	uint8_t secret[TOKEN_BYTES];
	struct paper_preview link;
	struct paper_story story;
	struct staff maker;
	enum rc rc =
	    token_parse(v->params[0], secret) == RC_OK ? RC_OK : RC_NOT_FOUND;

	if (rc == RC_OK)
		rc = paper_open_preview(v->paper, v->a,
		    (struct str){(const char *)secret, sizeof(secret)}, v->now,
		    &link, err);
	if (rc == RC_OK)
		rc = paper_show(v->paper, v->a, link.story, &story, ret_m, err);
	if (rc == RC_OK)
		rc = staff_find(v->paper, v->a, link.who, &maker, err);
	if (rc == RC_OK && !story_may_account(&maker, RIGHT_WRITE, &story))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		*ret_story = story;
	return rc;
}

/* For somebody outside. A link that never was, that has expired or was revoked
 * gets the same answer. */
static struct entity *show_secret(struct visit *v)
{
	struct paper_story story;
	struct manuscript m;
	struct err err = {0};
	enum rc rc = open_secret(v, &story, &m, &err);

	return rc == RC_OK ? story_page(v, &story, &m, true)
			   : visit_failed(v, rc, &err);
}

/* A picture of that story; of any other the answer is that there is none. */
static struct entity *show_secret_picture(struct visit *v)
{
	struct str path =
	    arena_printf(v->a, "/pictures/%.*s", STR_ARG(v->params[1]));
	struct str stem = library_stem(path);
	struct paper_story story;
	struct manuscript m;
	struct err err = {0};
	enum rc rc = open_secret(v, &story, &m, &err);

	if (rc == RC_OK && stem.p && !library_is_in(&m, stem))
		rc = RC_NOT_FOUND;
	return rc == RC_OK ? picture_file(v, v->params[1])
			   : visit_failed(v, rc, &err);
}

static const struct route routes[] = {
    {HTTP_GET, "/stories/:id/preview", RIGHT_STORIES, 0, "", show_preview},
    {HTTP_GET, "/stories/:id/page", RIGHT_STORIES, 0, "", show_page},
    {HTTP_POST, "/stories/:id/links", RIGHT_WRITE, 0, "note days", send_link},
    {HTTP_POST, "/stories/:id/links/:link/revoke", RIGHT_WRITE, 0, "",
	send_revoke},
    {HTTP_GET, "/p/:token", RIGHT_ANYONE, 0, "", show_secret},
    {HTTP_GET, "/p/:token/pictures/:name", RIGHT_ANYONE, 0, "",
	show_secret_picture},
};

const struct route *routes_preview(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
