/* SPDX-License-Identifier: MIT
 *
 * What was changed: the page of all notices, a story's versions, one of them,
 * and two compared; see pages.h. A version is compared in its plain words, as
 * one reads it, and where those are the same the page says that something else
 * is not.
 */
#include "site/pages.h"

#include "base/arena.h"
#include "page/dress.h"
#include "page/page.h"
#include "paper/body.h"

enum {
	NOTICES = 50,
	VERSIONS = 500,
	PLAIN_MAX = 2 * MANUSCRIPT_MAX,
};

/* --- Notices ----------------------------------------------------------- */

static struct public_key key_of(const struct public_notice *notice)
{
	return (struct public_key){
	    notice->correction.at.us, notice->correction.id};
}

static enum rc fill_notices(struct job *job, const struct public_notice *v,
    size_t n, struct view_notices *view)
{
	struct view_notice_row *rows =
	    ARENA_ARRAY(job->a, struct view_notice_row, n);

	if (!rows)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		struct str lang = v[i].lang.n ? v[i].lang : job->paper->lang;

		rows[i] = (struct view_notice_row){
		    .correction = job_correction(job, &v[i].correction, lang),
		    .story = {paper_line(job->a, v[i].headline, lang),
			job_url_notices(job, v[i].path)},
		    .lang = lang,
		};
		job_tag_story(job, v[i].story);
	}
	view->rows = rows;
	view->rows_n = n;
	return arena_is_spent(job->a) ? RC_NO_MEMORY : RC_OK;
}

/* The slice that the route asks for, newest first. A key that is no notice's
 * gives no page. */
static enum rc read_notices(struct job *job, struct public_notice **ret_v,
    size_t *ret_n, bool *ret_has_older)
{
	const struct route *r = &job->route;
	size_t skip = r->paging == PAGING_FIRST ? 0 : 1;
	struct public_key from = PUBLIC_KEY_NEWEST;
	struct public_notice *v;
	size_t n;
	enum rc rc;

	if (skip)
		from = (struct public_key){r->key.published_us, r->key.id + 1};
	rc = public_notices(job->db, job->a, from, false, NOTICES + 2, &v, &n);
	if (rc)
		return rc;
	if (skip && (n < 2 || key_of(&v[0]).id != r->key.id ||
			key_of(&v[0]).published_us != r->key.published_us))
		return RC_NOT_FOUND;
	n -= skip;
	*ret_v = v + skip;
	*ret_n = n > NOTICES ? NOTICES : n;
	*ret_has_older = n > NOTICES;
	return RC_OK;
}

enum rc pages_corrections(struct job *job)
{
	const struct route *r = &job->route;
	struct str base = STR("/corrections");
	struct job_page page = {.number = 1, .url = base};
	struct public_above above;
	struct view_notices view = {0};
	struct public_notice *v;
	bool is_after = r->paging == PAGING_AFTER, has_older;
	size_t n;
	enum rc rc = RC_OK;

	job_tag(job, STR("corrections"), STR_NONE);
	if (r->paging != PAGING_FIRST)
		rc = public_notices_above(job->db, r->key,
		    NOTICES + (is_after ? 1 : 0), NOTICES * JOB_PAGES_COUNTED,
		    &above);
	if (rc == RC_OK && is_after)
		return job_after(job, base, &above);
	if (rc == RC_OK)
		rc = read_notices(job, &v, &n, &has_older);
	if (rc)
		return rc;
	if (r->paging != PAGING_FIRST)
		page = job_page(job, base, r->key, NOTICES, &above);
	if (has_older)
		view.older =
		    job_url_page(job, base, PAGING_BEFORE, key_of(&v[n - 1]));
	view.newer = page.newer;
	view.url = page.url;
	view.page = page.number;
	rc = fill_notices(job, v, n, &view);
	if (rc)
		return rc;
	page_corrections(job->out, job->paper, &view);
	return buf_rc(job->out);
}

/* --- Versions ---------------------------------------------------------- */

/* The story that the route is about. With another state than PUBLIC_LIVE the
 * job is done. */
static enum rc find_story(struct job *job, struct public_story *ret_story,
    enum public_state *ret_state)
{
	const struct route *r = &job->route;
	struct str text;
	struct str rest = str_from(r->path, r->slug.n);
	enum rc rc =
	    public_story(job->db, job->a, r->slug, ret_state, ret_story, &text);

	if (rc)
		return rc;
	job_tag_story(job, ret_story->id);
	if (*ret_state == PUBLIC_WITHDRAWN)
		return pages_notice(job, 410, text, true);
	if (*ret_state == PUBLIC_MOVED) {
		struct str to = arena_printf(
		    job->a, "%.*s%.*s", STR_ARG(text), STR_ARG(rest));

		job->status = 301;
		job->is_html = false;
		job->location = job_url_path(job, to);
		return job->location.n ? RC_OK : RC_NO_MEMORY;
	}
	/* One that was never changed has its one version at its own address. */
	return ret_story->has_versions ? RC_OK : RC_NOT_FOUND;
}

static struct view_version_row version_row(struct job *job,
    const struct public_version *v, struct str lang, struct str story_url)
{
	struct view_version_row row = {
	    .number = (uint32_t)v->number,
	    .at = job_civil(job, v->at),
	    .change = job_change(v->change),
	    .headline = paper_line(job->a, v->headline, lang),
	    .is_taken = v->is_taken,
	};

	row.url = arena_printf(job->a, "%.*s/versions/%lld", STR_ARG(story_url),
	    (long long)v->number);
	return row;
}

static struct str version_lang(
    struct job *job, const struct public_story *story)
{
	return story->lang.n ? story->lang : job->paper->lang;
}

enum rc pages_versions(struct job *job)
{
	struct public_story story;
	struct public_version *v;
	struct view_version_row *rows;
	struct view_versions view = {0};
	enum public_state state;
	size_t n = 0;
	enum rc rc = find_story(job, &story, &state);

	if (rc || state != PUBLIC_LIVE)
		return rc;
	rc = public_versions(job->db, job->a, story.id, VERSIONS, &v, &n);
	if (rc)
		return rc;
	rows = ARENA_ARRAY(job->a, struct view_version_row, n);
	if (!rows)
		return RC_NO_MEMORY;
	view.lang = version_lang(job, &story);
	view.story =
	    (struct view_link){paper_line(job->a, story.headline, view.lang),
		job_url_path(job, story.path)};
	for (size_t i = 0; i < n; i++) {
		rows[i] = version_row(job, &v[i], view.lang, view.story.url);
		if (i + 1 < n && !v[i].is_taken && !v[i + 1].is_taken)
			rows[i].compare_url = arena_printf(job->a,
			    "%.*s/versions/%lld-%lld", STR_ARG(view.story.url),
			    (long long)v[i + 1].number, (long long)v[i].number);
	}
	view.rows = rows;
	view.rows_n = n;
	page_versions(job->out, job->paper, &view);
	return buf_rc(job->out);
}

static void fill_links(struct job *job, const struct public_story *story,
    struct view_link *ret_story, struct view_link *ret_versions)
{
	struct str url = job_url_path(job, story->path);
	struct str headline =
	    paper_line(job->a, story->headline, version_lang(job, story));

	*ret_story = (struct view_link){headline, url};
	*ret_versions = (struct view_link){
	    headline, arena_printf(job->a, "%.*s/versions", STR_ARG(url))};
}

/* What the library's pictures said in version V. */
static enum rc version_pictures(struct job *job, const struct public_version *v,
    struct str lang, struct view_pictures *ret)
{
	struct view_picture *pictures =
	    ARENA_ARRAY(job->a, struct view_picture, v->pictures_n);

	if (!pictures)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < v->pictures_n; i++) {
		const struct public_picture *p = &v->pictures[i];

		pictures[i] = (struct view_picture){.alt = p->alt,
		    .caption = p->caption,
		    .credit = p->credit,
		    .rights = p->rights,
		    .files = {.stem = p->stem}};
		job_polish(job, &pictures[i], lang);
	}
	*ret = (struct view_pictures){pictures, v->pictures_n};
	return RC_OK;
}

static const struct view_picture *find_stem(
    const struct view_pictures *pictures, struct str stem)
{
	for (size_t i = 0; stem.n && i < pictures->n; i++)
		if (str_eq(pictures->v[i].files.stem, stem))
			return &pictures->v[i];
	return NULL;
}

/* The picture at its head, as readers had it. */
static struct view_picture version_head(
    const struct public_version *v, const struct view_pictures *pictures)
{
	const struct view_picture *found =
	    find_stem(pictures, library_stem(v->picture.url));
	struct view_picture known = found ? *found : (struct view_picture){0};

	return dress_picture(&known, &v->picture);
}

enum rc pages_version(struct job *job)
{
	struct public_story story;
	struct public_version v;
	struct view_version view = {0};
	enum public_state state;
	enum rc rc = find_story(job, &story, &state);

	if (rc || state != PUBLIC_LIVE)
		return rc;
	rc = public_version(job->db, job->a, story.id, job->route.part, &v);
	if (rc)
		return rc;
	fill_links(job, &story, &view.story, &view.versions);
	view.lang = v.lang.n ? v.lang : job->paper->lang;
	view.row = version_row(job, &v, view.lang, view.story.url);
	view.standfirst = paper_line(job->a, v.standfirst, view.lang);
	rc = version_pictures(job, &v, view.lang, &view.pictures);
	if (rc)
		return rc;
	view.picture = version_head(&v, &view.pictures);
	job_polish(job, &view.picture, view.lang);
	if (!v.is_taken)
		rc = paper_body(job->a, v.body, view.lang, &view.body);
	if (rc)
		return rc;
	page_version(job->out, job->paper, &view);
	return buf_rc(job->out);
}

/* A version as one reads it. */
struct reading {
	struct str text;     /* the words of its body */
	struct str pictures; /* those of its pictures, a paragraph each */
};

static void add_words(struct buf *b, struct str words)
{
	if (!words.n)
		return;
	if (b->n)
		buf_lit(b, "\n\n");
	buf_add(b, words);
}

/* What pictures in the text say that the text itself does not. */
static void add_pictures(
    struct buf *b, const struct node *n, const struct view_pictures *pictures)
{
	for (; n; n = n->next) {
		const struct view_picture *p =
		    n->kind == NODE_FIGURE || n->kind == NODE_PICTURE
			? find_stem(pictures, library_stem(n->url))
			: NULL;

		if (p && n->kind == NODE_FIGURE && !n->child)
			add_words(b, p->caption);
		if (p && n->kind == NODE_FIGURE && !n->title.n)
			add_words(b, p->credit);
		if (p && !n->text.n)
			add_words(b, p->alt);
		add_pictures(b, n->child, pictures);
	}
}

static enum rc read_version(
    struct job *job, const struct public_version *v, struct reading *ret)
{
	const struct node *document;
	struct view_pictures pictures;
	struct view_picture head;
	struct buf text, words;
	struct str lang = v->lang.n ? v->lang : job->paper->lang;
	enum rc rc = paper_body(job->a, v->body, lang, &document);

	if (rc == RC_OK)
		rc = version_pictures(job, v, lang, &pictures);
	if (rc)
		return rc;
	buf_init_arena(&text, job->a, PLAIN_MAX);
	node_plain(document, PLAIN_MAX, &text);
	head = version_head(v, &pictures);
	buf_init_arena(&words, job->a, PLAIN_MAX);
	add_words(&words, head.caption);
	add_words(&words, head.credit);
	add_words(&words, head.rights);
	add_words(&words, head.alt);
	add_pictures(&words, document, &pictures);
	*ret = (struct reading){buf_str(&text), buf_str(&words)};
	rc = buf_rc(&text);
	return rc ? rc : buf_rc(&words);
}

static enum rc fill_diffs(struct job *job, const struct public_version *old,
    const struct public_version *news, struct view_compare *view)
{
	struct reading was, is;
	bool has_other_pictures;
	enum rc rc = read_version(job, old, &was);

	if (rc == RC_OK)
		rc = read_version(job, news, &is);
	if (rc == RC_OK)
		rc = word_diff(
		    job->a, old->headline, news->headline, &view->headline);
	if (rc == RC_OK)
		rc = word_diff(job->a, old->standfirst, news->standfirst,
		    &view->standfirst);
	if (rc == RC_OK)
		rc = word_diff(job->a, was.text, is.text, &view->text);
	if (rc)
		return rc;
	has_other_pictures = !str_eq(was.pictures, is.pictures);
	if (has_other_pictures)
		rc = word_diff(
		    job->a, was.pictures, is.pictures, &view->pictures);
	view->is_only_form = str_eq(old->headline, news->headline) &&
			     str_eq(old->standfirst, news->standfirst) &&
			     str_eq(was.text, is.text) && !has_other_pictures;
	return rc;
}

enum rc pages_compare(struct job *job)
{
	const struct route *r = &job->route;
	struct public_story story;
	struct public_version old, news;
	struct view_compare view = {0};
	enum public_state state;
	enum rc rc = find_story(job, &story, &state);

	if (rc || state != PUBLIC_LIVE)
		return rc;
	rc = public_version(job->db, job->a, story.id, r->part, &old);
	if (rc == RC_OK)
		rc = public_version(
		    job->db, job->a, story.id, r->part_to, &news);
	if (rc == RC_OK && (old.is_taken || news.is_taken))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = fill_diffs(job, &old, &news, &view);
	if (rc)
		return rc;
	fill_links(job, &story, &view.story, &view.versions);
	view.lang = news.lang.n ? news.lang : job->paper->lang;
	view.old = version_row(job, &old, view.lang, view.story.url);
	view.news = version_row(job, &news, view.lang, view.story.url);
	page_compare(job->out, job->paper, &view);
	return buf_rc(job->out);
}
