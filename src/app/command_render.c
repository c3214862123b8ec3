/* SPDX-License-Identifier: MIT
 *
 * `farthing render`: a manuscript as a page of HTML on standard output, to be
 * looked at before there is a paper.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/options.h"
#include "base/arena.h"
#include "base/buf.h"
#include "page/asset.h"
#include "page/page.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "text/manuscript.h"
#include "text/markdown.h"

enum {
	RENDER_ARENA = 128 * 1024 * 1024,
	RENDER_MOST = 64 * 1024 * 1024, /* of HTML */
};

/* Reads FILE, or standard input for "-". */
static enum rc render_read(
    struct arena *a, const char *file, struct str *ret_bytes, struct err *err)
{
	if (strcmp(file, "-") == 0)
		return file_read_fd(
		    a, 0, "standard input", MANUSCRIPT_MAX, ret_bytes, err);
	return file_read(a, str_of(file), MANUSCRIPT_MAX, ret_bytes, err);
}

static struct view_links render_links(struct arena *a, struct str_list names)
{
	struct view_links links = {
	    ARENA_ARRAY(a, struct view_link, names.n), names.n};

	if (!links.v)
		return (struct view_links){0};
	for (size_t i = 0; i < names.n; i++)
		links.v[i].name = names.v[i];
	return links;
}

/* The page of a story that belongs to no paper yet. */
static void render_page(struct buf *b, struct arena *a,
    const struct manuscript *m, const struct node *body, struct str lang)
{
	struct view_paper paper = {
	    .name = STR("Farthing"),
	    .lang = lang,
	    .origin = STR("http://127.0.0.1"),
	    .css = asset_find(STR("broadsheet.css")),
	};
	struct view_story story = {
	    .head =
		{
		    .url = STR("/preview"),
		    .headline = m->headline,
		    .kicker = m->kicker,
		    .standfirst = m->standfirst,
		    .lang = m->lang.n ? m->lang : lang,
		    .dateline = m->dateline,
		    .section = {m->section, STR_NONE},
		    .byline = render_links(a, m->authors),
		    .picture = {.url = m->picture.url,
			.alt = m->picture.alt,
			.caption = m->picture.caption,
			.credit = m->picture.credit,
			.rights = m->picture.rights},
		    .published = m->published,
		    .updated = m->updated,
		    .has_updated = m->has_updated,
		},
	    .body = body,
	    .tags = render_links(a, m->tags),
	    .words = node_words(body),
	};

	if (!m->has_published)
		story.head.published = civil_at(clock_now(), 0);
	page_story(b, &paper, &story);
}

static enum rc render_file(const char *file, struct str lang, bool only_body,
    struct buf *b, struct err *err)
{
	struct arena *a = arena_new(RENDER_ARENA);
	struct markdown_options options = {
	    .lang = lang, .has_typography = true};
	struct manuscript m;
	struct node *body;
	struct str bytes;
	enum rc rc = render_read(a, file, &bytes, err);

	if (rc == RC_OK) {
		rc = manuscript_parse(a, bytes, &m, err);
		if (rc != RC_OK)
			rc = err_prefix(err, rc, "%s: ", file);
	}
	if (rc == RC_OK) {
		options.lang = m.lang.n ? m.lang : lang;
		options.first_line = m.body_line;
		rc = markdown_parse(a, m.body, &options, &body, NULL, NULL);
		if (rc != RC_OK)
			err_set(err, rc, "%s: the body: %s", file, rc_name(rc));
	}
	if (rc == RC_OK && only_body)
		page_body(b, body);
	else if (rc == RC_OK)
		render_page(b, a, &m, body, lang);
	if (rc == RC_OK && buf_rc(b) != RC_OK)
		rc = err_set(err, buf_rc(b), "%s: the page is too large", file);
	arena_free(a);
	return rc;
}

int command_render(int argc, char **argv)
{
	struct option options[] = {
	    {.name = "lang", .has_value = true}, {.name = "body"}, {0}};
	struct words words;
	struct err err;
	struct str lang;
	struct buf b;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("render", &err);
	if (words.n != 1)
		return command_usage("render", NULL);
	lang = option_value(options, "lang");
	buf_init(&b, RENDER_MOST);
	rc = render_file(words.v[0], lang.n ? lang : STR("en"),
	    option_is_set(options, "body"), &b, &err);
	if (rc == RC_OK)
		rc = file_write_fd(1, "standard output", buf_str(&b), &err);
	buf_done(&b);
	return rc == RC_OK ? EXIT_DONE : command_failed("render", &err);
}
