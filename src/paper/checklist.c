/* SPDX-License-Identifier: MIT
 *
 * The list before publishing; see checklist.h. The levels lie in one setting,
 * a digit for each item, so that items to come have their first level in a
 * paper of before.
 */
#include "paper/checklist.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/body.h"
#include "paper/library.h"
#include "paper/paper_priv.h"
#include "text/document.h"
#include "text/stet.h"

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

enum {
	WORDS_MAX = 4 * 1024 * 1024, /* bytes of all that a page shows */
	ADDRESSES_MOST = 100,	     /* that are looked at in one text */
};

/* How many of each were found, and the first one. */
struct finds {
	const struct check_options *options;
	size_t count[CHECK_COUNT];
	struct str what[CHECK_COUNT];
	enum proof_kind proof;
	bool is_over;
};

static void find(struct finds *f, enum check_item item, struct str what)
{
	if (f->count[item]++ == 0)
		f->what[item] = what;
}

/* What the library says of the picture at URL; NULL: it has it not. */
static const struct library_words *known_words(
    const struct finds *f, struct str url)
{
	struct str stem = library_stem(url);

	for (size_t i = 0; stem.p && i < f->options->worries_n; i++)
		if (str_eq(f->options->worries[i].picture.stem, stem))
			return &f->options->worries[i].picture.words;
	return NULL;
}

/* Readers get the library's words where the story says nothing. */
static void look_at_words(
    struct finds *f, struct str url, struct str alt, struct str credit)
{
	const struct library_words *known = known_words(f, url);

	if (str_blank(alt) && (!known || str_blank(known->alt)))
		find(f, CHECK_ALT, url);
	if (str_blank(credit) &&
	    (!known || (str_blank(known->credit) && str_blank(known->creator) &&
			   str_blank(known->rights))))
		find(f, CHECK_RIGHTS, url);
}

static void look_at_fields(const struct manuscript *m, struct finds *f)
{
	const struct manuscript_picture *picture = &m->picture;
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
	if (picture->url.n > 0)
		look_at_words(f, picture->url, picture->alt,
		    str_blank(picture->rights) ? picture->credit
					       : picture->rights);
}

/* Pictures in the text. Inside a line there is no place for a credit. */
static void look_at_pictures(const struct node *node, struct finds *f)
{
	for (; node; node = node->next) {
		if (node->kind == NODE_FIGURE)
			look_at_words(f, node->url, node->text, node->title);
		else if (node->kind == NODE_PICTURE)
			look_at_words(f, node->url, node->text, STR("-"));
		look_at_pictures(node->child, f); /* DOCUMENT_DEPTH deep */
	}
}

/* Those that have no item of their own. */
static bool is_proof_item(enum proof_kind kind)
{
	return kind != PROOF_NO_BYLINE && kind != PROOF_NO_ALT &&
	       kind != PROOF_NO_CREDIT;
}

static bool has_known_caption(const struct finds *f, const struct manuscript *m)
{
	const struct library_words *known = known_words(f, m->picture.url);

	return known && !str_blank(known->caption);
}

static enum rc look_at_marks(struct arena *a, const struct manuscript *m,
    struct str lang, struct finds *f)
{
	struct proof_mark *marks;
	size_t n;
	enum rc rc = stet_read(
	    a, m, lang, f->options->stets, f->options->stets_n, &marks, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (is_proof_item(marks[i].kind) &&
		    !(marks[i].kind == PROOF_NO_CAPTION &&
			has_known_caption(f, m))) {
			if (f->count[CHECK_PROOF] == 0)
				f->proof = marks[i].kind;
			find(f, CHECK_PROOF, marks[i].message);
		}
	return rc;
}

/* All that a page shows of a tree: what is read in one go, which marks do not
 * part, and what stands beside it: where links lead, words for pictures. */
struct shown {
	struct buf words, asides;
};

/* Where a link leads, without percent signs. */
static void put_url(struct buf *b, struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		int high = -1, low = -1;

		if (url.p[i] == '%' && i + 2 < url.n) {
			high = ascii_hex(url.p[i + 1]);
			low = ascii_hex(url.p[i + 2]);
		}
		if (high < 0 || low < 0) {
			buf_char(b, url.p[i]);
			continue;
		}
		buf_char(b, (char)(high * 16 + low));
		i += 2;
	}
	buf_char(b, '\n');
}

static void put_shown(struct shown *s, const struct node *node)
{
	for (; node; node = node->next) {
		bool is_aside =
		    node->kind == NODE_FIGURE || node->kind == NODE_PICTURE;
		struct buf *b = is_aside ? &s->asides : &s->words;

		buf_add(b, node->text);
		if (is_aside || node->kind < NODE_TEXT)
			buf_char(b, '\n');
		if (node->title.n > 0) {
			buf_add(&s->asides, node->title);
			buf_char(&s->asides, '\n');
		}
		if (node->url.n > 0)
			put_url(&s->asides, node->url);
		put_shown(s, node->child); /* DOCUMENT_DEPTH deep */
	}
}

/* Everything that a reader can copy an address from. */
static void look_in(struct finds *f, struct str text)
{
	const struct check_options *o = f->options;
	struct check_address address;
	size_t at = 0;

	for (size_t i = 0;
	     i < ADDRESSES_MOST && o->find_address(o->ctx, text, &at, &address);
	     i++)
		if (!address.plain[0] || !o->is_own ||
		    !o->is_own(o->own_ctx, str_of(address.plain)))
			find(f, CHECK_ADDRESS, address.text);
}

/* Those of the library: readers get them where a story says nothing. */
static void look_in_words(struct finds *f, const struct library_words *w)
{
	const struct str texts[] = {
	    w->caption, w->alt, w->credit, w->creator, w->rights};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		look_in(f, texts[i]);
}

static enum rc look_for_addresses(struct arena *a, const struct manuscript *m,
    const struct node *document, struct finds *f)
{
	const struct str texts[] = {m->standfirst, m->headline, m->kicker,
	    m->picture.caption, m->picture.alt, m->picture.credit,
	    m->picture.rights, m->dateline};
	struct shown shown;

	if (!f->options->find_address)
		return RC_OK;
	buf_init_arena(&shown.words, a, WORDS_MAX);
	buf_init_arena(&shown.asides, a, WORDS_MAX);
	put_shown(&shown, document);
	if (buf_rc(&shown.words) != RC_OK || buf_rc(&shown.asides) != RC_OK)
		return RC_NO_MEMORY;
	look_in(f, buf_str(&shown.words));
	look_in(f, buf_str(&shown.asides));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		look_in(f, texts[i]);
	for (size_t i = 0; i < m->authors.n; i++)
		look_in(f, m->authors.v[i]);
	for (size_t i = 0; i < m->tags.n; i++)
		look_in(f, m->tags.v[i]);
	for (size_t i = 0; i < m->corrections_n; i++)
		look_in(f, m->corrections[i].text);
	for (size_t i = 0; i < f->options->worries_n; i++)
		look_in_words(f, &f->options->worries[i].picture.words);
	return RC_OK;
}

/* Whose rights end. */
static void look_at_ends(struct finds *f)
{
	const struct check_options *o = f->options;

	for (size_t i = 0; i < o->worries_n; i++) {
		const struct library_worry *worry = &o->worries[i];
		bool is_over = worry->right == LIBRARY_RIGHT_OVER;

		if (worry->right < LIBRARY_RIGHT_SOON)
			continue;
		find(f, CHECK_ENDED, worry->picture.words.expires);
		if (is_over && !f->is_over)
			f->what[CHECK_ENDED] = worry->picture.words.expires;
		f->is_over |= is_over;
	}
}

static enum check_level level_of(const struct finds *f, enum check_item item)
{
	enum check_level level = f->options->levels->v[item];

	if (item == CHECK_HEADLINE)
		return CHECK_BLOCKS;
	if (item == CHECK_ENDED && !f->is_over && level == CHECK_BLOCKS)
		return CHECK_WARNS;
	return level;
}

static enum rc list_make(
    struct arena *a, const struct finds *f, struct check_list *ret_list)
{
	struct check_list list = {
	    .v = ARENA_ARRAY(a, struct check_find, CHECK_COUNT),
	    .stets = f->options->stets,
	    .stets_n = f->options->stets_n};

	if (!list.v)
		return RC_NO_MEMORY;
	for (enum check_item i = CHECK_HEADLINE; i < CHECK_COUNT; i++) {
		enum check_level level = level_of(f, i);

		if (f->count[i] == 0 || level == CHECK_OFF)
			continue;
		list.is_blocked |= level == CHECK_BLOCKS;
		list.v[list.n++] = (struct check_find){.item = i,
		    .level = level,
		    .count = f->count[i],
		    .what = f->what[i],
		    .proof = f->proof,
		    .is_over = f->is_over};
	}
	*ret_list = list;
	return RC_OK;
}

enum rc check_story(struct arena *a, const struct manuscript *m,
    const struct check_options *options, struct check_list *ret_list)
{
	const struct node *document;
	struct finds f = {.options = options};
	enum rc rc = paper_body(
	    a, m->body, m->lang.n > 0 ? m->lang : options->lang, &document);

	if (rc == RC_OK)
		rc = look_at_marks(a, m, options->lang, &f);
	if (rc == RC_OK)
		rc = look_for_addresses(a, m, document, &f);
	if (rc != RC_OK)
		return rc;
	look_at_fields(m, &f);
	look_at_pictures(document, &f);
	look_at_ends(&f);
	if (options->embargo.us != INT64_MAX &&
	    options->embargo.us > options->now.us)
		find(&f, CHECK_EMBARGO, STR(""));
	return list_make(a, &f, ret_list);
}

enum rc check_words(struct arena *a, const struct library_words *words,
    const struct check_options *options, struct check_list *ret_list)
{
	struct finds f = {.options = options};

	if (options->find_address)
		look_in_words(&f, words);
	return list_make(a, &f, ret_list);
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
