/* SPDX-License-Identifier: MIT
 *
 * The list before publishing; see checklist.h. The levels lie in one setting,
 * a digit for each item, so that items to come have their first level in a
 * paper of before.
 */
#include "paper/checklist.h"

#include "base/arena.h"
#include "base/must.h"
#include "paper/body.h"
#include "paper/library.h"
#include "paper/paper_priv.h"
#include "text/document.h"
#include "text/proof.h"

static const struct str LEVELS_KEY = STR_INIT("checklist");

static const char *const item_names[CHECK_COUNT] = {
    [CHECK_HEADLINE] = "headline",
    [CHECK_SECTION] = "section",
    [CHECK_BYLINE] = "byline",
    [CHECK_TEXT] = "text",
    [CHECK_ALT] = "alt",
    [CHECK_RIGHTS] = "rights",
    [CHECK_PROOF] = "proof",
    [CHECK_ADDRESS] = "address",
    [CHECK_EMBARGO] = "embargo",
    [CHECK_ENDED] = "ended",
};

const struct check_levels check_levels_first = {{
    [CHECK_HEADLINE] = CHECK_BLOCKS,
    [CHECK_SECTION] = CHECK_WARNS,
    [CHECK_BYLINE] = CHECK_WARNS,
    [CHECK_TEXT] = CHECK_WARNS,
    [CHECK_ALT] = CHECK_WARNS,
    [CHECK_RIGHTS] = CHECK_WARNS,
    [CHECK_PROOF] = CHECK_WARNS,
    [CHECK_ADDRESS] = CHECK_BLOCKS,
    [CHECK_EMBARGO] = CHECK_WARNS,
    [CHECK_ENDED] = CHECK_WARNS,
}};

const char *check_item_name(enum check_item item)
{
	must((size_t)item < CHECK_COUNT);
	return item_names[item];
}

/* How many of each were found, and the first one. */
struct finds {
	size_t count[CHECK_COUNT];
	struct str what[CHECK_COUNT];
	enum proof_kind proof;
};

static void find(struct finds *f, enum check_item item, struct str what)
{
	if (f->count[item]++ == 0)
		f->what[item] = what;
}

static void look_at_fields(const struct manuscript *m, struct finds *f)
{
	size_t names = 0;

	for (size_t i = 0; i < m->authors.n; i++)
		names += !str_blank(m->authors.v[i]);
	if (str_blank(m->headline))
		find(f, CHECK_HEADLINE, STR(""));
	if (str_blank(m->section))
		find(f, CHECK_SECTION, STR(""));
	if (names == 0)
		find(f, CHECK_BYLINE, STR(""));
	if (str_blank(m->body))
		find(f, CHECK_TEXT, STR(""));
	if (m->picture.url.n == 0)
		return;
	if (str_blank(m->picture.alt))
		find(f, CHECK_ALT, m->picture.url);
	if (str_blank(m->picture.rights) && str_blank(m->picture.credit))
		find(f, CHECK_RIGHTS, m->picture.url);
}

/* Pictures in the text. Inside a line there is no place for a credit. */
static void look_at_pictures(const struct node *node, struct finds *f)
{
	for (; node; node = node->next) {
		bool is_figure = node->kind == NODE_FIGURE;

		if ((is_figure || node->kind == NODE_PICTURE) &&
		    str_blank(node->text))
			find(f, CHECK_ALT, node->url);
		if (is_figure && str_blank(node->title))
			find(f, CHECK_RIGHTS, node->url);
		look_at_pictures(node->child, f); /* DOCUMENT_DEPTH deep */
	}
}

/* Those that have no item of their own. */
static bool is_proof_item(enum proof_kind kind)
{
	return kind != PROOF_NO_BYLINE && kind != PROOF_NO_ALT &&
	       kind != PROOF_NO_CREDIT;
}

static enum rc look_at_marks(struct arena *a, const struct manuscript *m,
    struct str lang, struct finds *f)
{
	struct proof_mark *marks;
	size_t n;
	enum rc rc = proof_read(a, m, lang, &marks, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (is_proof_item(marks[i].kind)) {
			if (f->count[CHECK_PROOF] == 0)
				f->proof = marks[i].kind;
			find(f, CHECK_PROOF, marks[i].message);
		}
	return rc;
}

/* Everything that a reader can copy an address from. */
static void look_for_addresses(const struct manuscript *m,
    const struct check_options *options, struct finds *f)
{
	const struct str texts[] = {m->body, m->standfirst, m->headline,
	    m->kicker, m->picture.caption, m->picture.alt, m->picture.credit,
	    m->picture.rights, m->dateline};
	struct str address;

	if (!options->find_address)
		return;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].n > 0 &&
		    options->find_address(options->ctx, texts[i], &address))
			find(f, CHECK_ADDRESS, address);
	for (size_t i = 0; i < m->corrections_n; i++)
		if (options->find_address(
			options->ctx, m->corrections[i].text, &address))
			find(f, CHECK_ADDRESS, address);
}

static enum check_level level_of(
    const struct check_options *options, enum check_item item)
{
	return item == CHECK_HEADLINE ? CHECK_BLOCKS : options->levels->v[item];
}

static enum rc list_make(struct arena *a, const struct finds *f,
    const struct check_options *options, struct check_list *ret_list)
{
	struct check_list list = {
	    .v = ARENA_ARRAY(a, struct check_find, CHECK_COUNT)};

	if (!list.v)
		return RC_NO_MEMORY;
	for (enum check_item i = CHECK_HEADLINE; i < CHECK_COUNT; i++) {
		enum check_level level = level_of(options, i);

		if (f->count[i] == 0 || level == CHECK_OFF)
			continue;
		list.is_blocked |= level == CHECK_BLOCKS;
		list.v[list.n++] = (struct check_find){
		    i, level, f->count[i], f->what[i], f->proof};
	}
	*ret_list = list;
	return RC_OK;
}

enum rc check_story(struct arena *a, const struct manuscript *m,
    const struct check_options *options, struct check_list *ret_list)
{
	const struct node *document;
	struct finds f = {0};
	enum rc rc = paper_body(
	    a, m->body, m->lang.n > 0 ? m->lang : options->lang, &document);

	if (rc == RC_OK)
		rc = look_at_marks(a, m, options->lang, &f);
	if (rc != RC_OK)
		return rc;
	look_at_fields(m, &f);
	look_at_pictures(document, &f);
	look_for_addresses(m, options, &f);
	if (options->embargo.us != INT64_MAX &&
	    options->embargo.us > options->now.us)
		find(&f, CHECK_EMBARGO, STR(""));
	for (size_t i = 0; i < options->worries_n; i++)
		if (options->worries[i].right >= LIBRARY_RIGHT_SOON)
			find(&f, CHECK_ENDED,
			    options->worries[i].picture.words.expires);
	return list_make(a, &f, options, ret_list);
}

/* --- Settings ---------------------------------------------------------- */

enum rc paper_check_levels(
    struct paper *paper, struct check_levels *ret_levels, struct err *err)
{
	struct check_levels levels = check_levels_first;
	struct query *q = store_query(
	    paper->db, SQL("SELECT value FROM setting WHERE key = ?1"));
	enum rc rc;

	query_add_str(q, LEVELS_KEY);
	rc = query_step(q);
	if (rc == RC_OK) {
		struct str value = query_str(q, 0);

		for (size_t i = 0; i < value.n && i < CHECK_COUNT; i++)
			if (value.p[i] >= '0' && value.p[i] <= '2')
				levels.v[i] =
				    (enum check_level)(value.p[i] - '0');
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading the settings", err);
	levels.v[CHECK_HEADLINE] = CHECK_BLOCKS;
	*ret_levels = levels;
	return RC_OK;
}

enum rc paper_set_check_levels(
    struct paper *paper, const struct check_levels *levels, struct err *err)
{
	char text[CHECK_COUNT];
	struct query *q;
	enum rc rc;

	for (size_t i = 0; i < CHECK_COUNT; i++) {
		if (levels->v[i] < CHECK_OFF || levels->v[i] > CHECK_BLOCKS)
			return err_set(err, RC_INVALID,
			    "%s: off, warns or blocks", item_names[i]);
		text[i] = (char)('0' + (int)levels->v[i]);
	}
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("INSERT INTO setting (key, value) VALUES (?1, ?2)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value"));
	query_add_str(q, LEVELS_KEY);
	query_add_str(q, (struct str){text, CHECK_COUNT});
	rc = query_run(q, NULL);
	return paper_end(paper, rc, "changing the settings", err);
}
