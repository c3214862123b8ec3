/* SPDX-License-Identifier: MIT
 *
 * The fields of a manuscript's head; manuscript.h has the list of names.
 *
 * First every name finds its field; where two names of one field are given,
 * the one that stands first in the list wins and the other is reported. Then
 * each field is read by its kind. Nothing here fails for what the head says:
 * what cannot be used is reported.
 */
#include "text/manuscript_priv.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/front_matter.h"
#include "text/link.h"
#include "text/script.h"
#include "text/slug.h"

/* For each field its names, the one that wins first: in small letters, and
 * without the signs between their words, as name_is compares them. */
static const struct {
	struct str name;
	enum field field;
} names[] = {
    {STR_INIT("title"), F_HEADLINE},
    {STR_INIT("headline"), F_HEADLINE},
    {STR_INIT("kicker"), F_KICKER},
    {STR_INIT("overline"), F_KICKER},
    {STR_INIT("description"), F_STANDFIRST},
    {STR_INIT("standfirst"), F_STANDFIRST},
    {STR_INIT("summary"), F_STANDFIRST},
    {STR_INIT("subtitle"), F_STANDFIRST},
    {STR_INIT("excerpt"), F_STANDFIRST},
    {STR_INIT("slug"), F_SLUG},
    {STR_INIT("url"), F_URL},
    {STR_INIT("permalink"), F_URL},
    {STR_INIT("section"), F_SECTION},
    {STR_INIT("categories"), F_CATEGORIES},
    {STR_INIT("category"), F_CATEGORIES},
    {STR_INIT("authors"), F_AUTHORS},
    {STR_INIT("author"), F_AUTHORS},
    {STR_INIT("tags"), F_TAGS},
    {STR_INIT("tag"), F_TAGS},
    {STR_INIT("dateline"), F_DATELINE},
    {STR_INIT("place"), F_DATELINE},
    {STR_INIT("location"), F_DATELINE},
    {STR_INIT("date"), F_DATE},
    {STR_INIT("publishdate"), F_PUBLISH_DATE},
    {STR_INIT("pubdate"), F_PUBLISH_DATE},
    {STR_INIT("publishedat"), F_PUBLISH_DATE},
    {STR_INIT("publishat"), F_PUBLISH_DATE},
    {STR_INIT("publishedon"), F_PUBLISH_DATE},
    {STR_INIT("publishon"), F_PUBLISH_DATE},
    {STR_INIT("publisheddate"), F_PUBLISH_DATE},
    {STR_INIT("publicationdate"), F_PUBLISH_DATE},
    {STR_INIT("expirydate"), F_EXPIRY},
    {STR_INIT("unpublishdate"), F_EXPIRY},
    {STR_INIT("expires"), F_EXPIRY},
    {STR_INIT("lastmod"), F_UPDATED},
    {STR_INIT("updated"), F_UPDATED},
    {STR_INIT("modified"), F_UPDATED},
    {STR_INIT("lastmodifiedat"), F_UPDATED},
    {STR_INIT("embargo"), F_EMBARGO},
    {STR_INIT("embargountil"), F_EMBARGO},
    {STR_INIT("embargoeduntil"), F_EMBARGO},
    {STR_INIT("embargoed"), F_EMBARGO},
    {STR_INIT("draft"), F_DRAFT},
    {STR_INIT("isdraft"), F_DRAFT},
    {STR_INIT("published"), F_PUBLISHED},
    {STR_INIT("ispublished"), F_PUBLISHED},
    {STR_INIT("publish"), F_PUBLIC},
    {STR_INIT("public"), F_PUBLIC},
    {STR_INIT("ispublic"), F_PUBLIC},
    {STR_INIT("visible"), F_PUBLIC},
    {STR_INIT("private"), F_PRIVATE},
    {STR_INIT("isprivate"), F_PRIVATE},
    {STR_INIT("hidden"), F_PRIVATE},
    {STR_INIT("ishidden"), F_PRIVATE},
    {STR_INIT("unlisted"), F_PRIVATE},
    {STR_INIT("headless"), F_PRIVATE},
    {STR_INIT("status"), F_STATUS},
    {STR_INIT("poststatus"), F_STATUS},
    {STR_INIT("state"), F_STATE},
    {STR_INIT("visibility"), F_VISIBILITY},
    {STR_INIT("access"), F_VISIBILITY},
    {STR_INIT("password"), F_PASSWORD},
    {STR_INIT("build"), F_BUILD},
    {STR_INIT("<<"), F_MERGE},
    {STR_INIT("lang"), F_LANG},
    {STR_INIT("language"), F_LANG},
    {STR_INIT("picture"), F_PICTURE},
    {STR_INIT("image"), F_PICTURE},
    {STR_INIT("cover"), F_PICTURE},
    {STR_INIT("featuredimage"), F_PICTURE},
    {STR_INIT("images"), F_PICTURE},
    {STR_INIT("aliases"), F_ALIASES},
    {STR_INIT("redirectfrom"), F_ALIASES},
    {STR_INIT("corrections"), F_CORRECTIONS},
    {STR_INIT("translations"), F_TRANSLATIONS},
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

void left_add(
    struct left_list *list, struct str field, struct str why, uint32_t line)
{
	if (list->n == MANUSCRIPT_LEFT_MAX) {
		list->v[list->n - 1] = (struct manuscript_left){
		    STR("more"), STR("the list ends here"), line, false};
		return;
	}
	if (list->n == list->size) {
		size_t size = list->size ? list->size * 4 : 8;
		struct manuscript_left *v =
		    ARENA_ARRAY(list->a, struct manuscript_left, size);

		if (!v)
			return; /* the arena is spent: its owner will see */
		for (size_t i = 0; i < list->n; i++)
			v[i] = list->v[i];
		list->v = v;
		list->size = size;
	}
	list->v[list->n++] = (struct manuscript_left){field, why, line, false};
}

void left_hold(
    struct left_list *list, struct str field, struct str why, uint32_t line)
{
	struct manuscript_left hold = {field, why, line, true};

	if (list->n == MANUSCRIPT_LEFT_MAX) {
		list->v[list->n - 2] = hold;
		return;
	}
	left_add(list, field, why, line);
	if (list->n > 0)
		list->v[list->n - 1].holds = true;
}

void reading_leave(
    struct head_reading *r, const struct front_node *node, struct str why)
{
	left_add(r->left, node->key, why, node->line);
}

static bool same_value(
    const struct front_node *one, const struct front_node *other)
{
	return one->kind == FRONT_SCALAR && other->kind == FRONT_SCALAR &&
	       str_eq(one->value, other->value);
}

/* NODE says something else of when readers may see the story than another: no
 * one knows which is meant. */
static void reading_contest(
    struct head_reading *r, enum field field, const struct front_node *node)
{
	const struct str why = STR("given twice, and not the same");

	if (field == F_DATE || field == F_PUBLISH_DATE || field == F_EMBARGO)
		reading_hold_time(r, node, why);
	else
		reading_hold(r, node, why);
}

/* Programs write the same word as embargo_until, embargo-until and
 * embargoUntil. */
static bool name_is(struct str name, struct str key)
{
	size_t n = 0;

	for (size_t i = 0; i < key.n; i++) {
		if (key.p[i] == '-' || key.p[i] == '_' || key.p[i] == ' ')
			continue;
		if (n == name.n || ascii_lower(key.p[i]) != name.p[n])
			return false;
		n++;
	}
	return n == name.n;
}

static void sort_field(struct head_reading *r, const struct front_node *node)
{
	size_t i = 0;
	const struct front_node *before;
	const struct front_node *loser = node;
	struct str why;

	while (i < NAMES && !name_is(names[i].name, node->key))
		i++;
	if (i == NAMES) {
		if (str_eq_fold(node->key, STR("layout")) &&
		    node->kind == FRONT_SCALAR)
			r->m->layout = node->value;
		reading_leave(r, node, STR("no such field in a story"));
		return;
	}
	before = r->of[names[i].field];
	if (!before || i < r->rank[names[i].field]) {
		r->of[names[i].field] = node;
		r->rank[names[i].field] = i;
		loser = before;
	}
	if (!loser || same_value(loser, before == loser ? node : before))
		return;
	if (field_is_gate(names[i].field)) {
		reading_contest(r, names[i].field, node);
		return;
	}
	if (before && str_eq_fold(before->key, node->key))
		why = STR("given twice; the first one is used");
	else
		why = arena_printf(r->a, "\"%.*s\" is used instead",
		    STR_ARG(r->of[names[i].field]->key));
	reading_leave(r, loser, why);
}

/* Controls, and what makes the letters behind it read backwards. */
static bool is_control(uint32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F ||
	       (c >= 0x202A && c <= 0x202E);
}

/* S without the characters that IS_OUT names; S itself if it has none. */
static struct str without(
    struct arena *a, struct str s, bool (*is_out)(uint32_t c))
{
	bool has_some = false;
	struct buf b;

	for (size_t at = 0; at < s.n && !has_some;)
		has_some = is_out(utf8_next(s, &at));
	if (!has_some)
		return s;
	buf_init_arena(&b, a, s.n + 1);
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		if (!is_out(c))
			utf8_put(&b, c);
	}
	return b.n > 0 ? buf_str(&b) : STR("");
}

static bool is_not_of_names(uint32_t c)
{
	return script_is_unseen(c) && !script_is_space(c);
}

struct str manuscript_line(struct arena *a, struct str text)
{
	return without(a, text, is_control);
}

struct str manuscript_name(struct arena *a, struct str text)
{
	return without(a, text, is_not_of_names);
}

static struct str reading_clean(struct head_reading *r,
    const struct front_node *node, struct str s, bool (*is_out)(uint32_t c))
{
	struct str kept = without(r->a, s, is_out);

	if (kept.n != s.n)
		reading_leave(
		    r, node, STR("its control characters are taken out"));
	return kept;
}

/* The text of a scalar without what no page can show. */
static struct str clean(struct head_reading *r, const struct front_node *node)
{
	struct str s = node->value;

	if (s.n > MANUSCRIPT_FIELD_MAX) {
		reading_leave(r, node,
		    arena_printf(r->a, "longer than %d kB",
			MANUSCRIPT_FIELD_MAX / 1024));
		return STR_NONE;
	}
	while (node->is_block && s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	return reading_clean(r, node, s, is_control);
}

static void take_text(
    struct head_reading *r, const struct front_node *node, struct str *ret_text)
{
	if (!node || front_is_null(node))
		return;
	if (node->kind == FRONT_SCALAR)
		*ret_text = clean(r, node);
	else if (node->kind == FRONT_ALIAS)
		reading_leave(
		    r, node, STR("a YAML alias, which is not followed"));
	else
		reading_leave(r, node, STR("a list where a text was expected"));
}

static bool list_has(const struct str_list *list, struct str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], s))
			return true;
	return false;
}

static void list_add(struct head_reading *r, const struct front_node *node,
    struct str_list *list, struct str s)
{
	if (list != &r->m->aliases)
		s = reading_clean(r, node, s, is_not_of_names);
	if (s.n == 0 || list_has(list, s))
		return;
	if (!list->v)
		list->v = ARENA_ARRAY(r->a, struct str, MANUSCRIPT_LIST_MAX);
	if (!list->v)
		return;
	if (list->n == MANUSCRIPT_LIST_MAX) {
		reading_leave(r, node,
		    arena_printf(r->a, "\"%.*s\" is one too many: at most %d",
			STR_ARG(utf8_head(s, 60)), MANUSCRIPT_LIST_MAX));
		return;
	}
	list->v[list->n++] = s;
}

/* How one text is a list: not at all, or as Hugo and Jekyll take it, by its
 * commas or else by its spaces. */
enum split { SPLIT_NONE, SPLIT_WORDS };

static void list_split(struct head_reading *r, const struct front_node *node,
    enum split split, struct str_list *list)
{
	struct str text = STR_NONE;
	char sep;

	take_text(r, node, &text);
	if (split == SPLIT_NONE) {
		list_add(r, node, list, str_trim(text));
		return;
	}
	sep = str_find(text, ',') < text.n ? ',' : ' ';
	while (text.p)
		list_add(r, node, list, str_trim(str_cut(&text, sep)));
}

static void take_list(struct head_reading *r, const struct front_node *node,
    enum split split, struct str_list *list)
{
	static const struct str name[] = {
	    STR_INIT("name"), STR_INIT("title"), STR_INIT("display_name")};

	if (!node || front_is_null(node))
		return;
	if (node->kind == FRONT_MAP) {
		const struct front_node *named = front_get(node, name, 3);

		if (named && named->kind == FRONT_SCALAR)
			list_add(r, node, list, clean(r, named));
		for (struct front_node *c = node->child; c; c = c->next)
			if (c != named)
				reading_leave(
				    r, c, STR("only the name is carried"));
		return;
	}
	if (node->kind != FRONT_LIST) {
		list_split(r, node, split, list);
		return;
	}
	for (struct front_node *c = node->child; c; c = c->next) {
		if (c->key.n == 0)
			c->key = node->key; /* for the report */
		if (c->kind == FRONT_SCALAR && !front_is_null(c))
			list_add(r, c, list, clean(r, c));
		else if (c->kind == FRONT_MAP)
			take_list(r, c, SPLIT_NONE, list);
		else
			reading_leave(r, c, STR("not a text"));
	}
}

static void take_author(
    struct head_reading *r, const struct front_node *node, struct str text)
{
	struct str name = manuscript_author(r->a, text);

	if (!str_eq(name, text))
		reading_leave(r, node,
		    STR("the mail address of an author is not carried"));
	list_add(r, node, &r->m->authors, name);
}

static void take_authors(struct head_reading *r)
{
	const struct front_node *node = r->of[F_AUTHORS];
	struct str_list all = {0};

	take_list(r, node, SPLIT_NONE, &all);
	for (size_t i = 0; i < all.n; i++) {
		struct str rest = all.v[i];
		struct str one = manuscript_cut_author(&rest);

		take_author(r, node, one);
		while (rest.n > 0) {
			one = manuscript_cut_author(&rest);
			take_author(r, node, str_trim(one));
		}
	}
}

static void take_section(struct head_reading *r)
{
	const struct front_node *node = r->of[F_CATEGORIES];
	struct manuscript *m = r->m;
	struct str_list all = {0};
	bool is_singular = node && str_eq_fold(node->key, STR("category"));

	take_text(r, r->of[F_SECTION], &m->section);
	m->section =
	    reading_clean(r, r->of[F_SECTION], m->section, is_not_of_names);
	take_list(r, r->of[F_TAGS],
	    r->of[F_TAGS] && str_eq_fold(r->of[F_TAGS]->key, STR("tag"))
		? SPLIT_NONE
		: SPLIT_WORDS,
	    &m->tags);
	take_list(r, node, is_singular ? SPLIT_NONE : SPLIT_WORDS, &all);
	for (size_t i = 0; i < all.n; i++) {
		if (m->section.n == 0)
			m->section = all.v[i];
		else if (!str_eq(all.v[i], m->section))
			list_add(r, node, &m->tags, all.v[i]);
	}
}

/* Readers have "/ferry/" of the file "/ferry/index.html". */
static struct str without_index(struct str url)
{
	static const struct str ends[] = {
	    STR_INIT("/index.html"), STR_INIT("/index.htm")};

	for (size_t i = 0; i < 2; i++)
		if (str_ends(url, ends[i]))
			return str_part(url, 0, url.n - ends[i].n + 1);
	return url;
}

static struct str slug_of_url(struct str url)
{
	while (url.n > 0 && url.p[url.n - 1] == '/')
		url.n--;
	url = str_from(url, str_find_last(url, '/') + (url.n > 0));
	if (str_ends(url, STR(".html")))
		url.n -= 5;
	else if (str_ends(url, STR(".htm")))
		url.n -= 4;
	return url;
}

/* The address that the story had elsewhere, by its "url" or "permalink": the
 * whole of it leads here, and its end may be the slug. */
static struct str take_url(struct head_reading *r)
{
	const struct front_node *node = r->of[F_URL];
	struct str url = STR_NONE, folder;
	bool says;

	if (node && front_bool(node, &says) == RC_OK)
		return STR_NONE;
	take_text(r, node, &url);
	url = str_trim(url);
	if (url.n == 0)
		return STR_NONE;
	if (str_find(url, ':') < url.n) {
		reading_leave(r, node,
		    str_find_str(url, STR("://")) < url.n
			? STR("an address elsewhere")
			: STR("a pattern, not an address"));
		return STR_NONE;
	}
	if (str_find(url, '?') < url.n || str_find(url, '#') < url.n) {
		reading_leave(r, node, STR("more than a path"));
		return STR_NONE;
	}
	if (!str_starts(url, STR("/")))
		url = arena_printf(r->a, "/%.*s", STR_ARG(url));
	if (url.n > 1)
		list_add(r, node, &r->m->aliases, url);
	folder = without_index(url);
	if (folder.n > 1 && folder.n < url.n)
		list_add(r, node, &r->m->aliases, folder);
	return slug_of_url(folder);
}

/* What the escapes in SLUG stand for, if that is text. */
static struct str unescaped(struct head_reading *r, struct str slug)
{
	struct buf b;

	if (str_find(slug, '%') == slug.n)
		return slug;
	buf_init_arena(&b, r->a, slug.n + 1);
	link_decode(&b, slug);
	if (!utf8_is_valid(buf_str(&b)))
		return slug;
	for (size_t i = 0; i < b.n; i++)
		if (is_control((unsigned char)b.p[i]))
			return slug;
	return buf_str(&b);
}

static void take_slug(struct head_reading *r)
{
	struct manuscript *m = r->m;
	struct str slug = STR_NONE;
	struct str end = take_url(r);
	const struct front_node *node = r->of[F_SLUG];

	take_text(r, node, &slug);
	if (slug.n == 0) {
		node = r->of[F_URL];
		slug = end;
	}
	if (slug.n == 0)
		return;
	slug = unescaped(r, slug);
	m->slug = slug;
	if (slug_is_valid(slug))
		return;
	m->slug = slug_make(r->a, slug, m->lang);
	reading_leave(
	    r, node, arena_printf(r->a, "becomes \"%.*s\"", STR_ARG(m->slug)));
}

static void take_lang(struct head_reading *r)
{
	const struct front_node *node = r->of[F_LANG];
	struct str lang = STR_NONE;
	struct buf b;

	take_text(r, node, &lang);
	if (lang.n == 0)
		return;
	buf_init_arena(&b, r->a, lang.n);
	for (size_t i = 0; i < lang.n; i++)
		buf_char(&b, lang.p[i] == '_' ? '-' : lang.p[i]);
	if (lang_is_valid(buf_str(&b)))
		r->m->lang = buf_str(&b);
	else
		reading_leave(
		    r, node, STR("not a language tag such as \"en\""));
}

static void take_picture_map(
    struct head_reading *r, const struct front_node *map)
{
	static const struct {
		struct str name;
		uint8_t part;
	} parts[] = {{STR_INIT("url"), 0}, {STR_INIT("src"), 0},
	    {STR_INIT("path"), 0}, {STR_INIT("image"), 0}, {STR_INIT("alt"), 1},
	    {STR_INIT("caption"), 2}, {STR_INIT("credit"), 3},
	    {STR_INIT("attribution"), 3}, {STR_INIT("rights"), 4},
	    {STR_INIT("license"), 4}};
	struct manuscript_picture *p = &r->m->picture;
	struct str *const to[] = {
	    &p->url, &p->alt, &p->caption, &p->credit, &p->rights};

	for (const struct front_node *c = map->child; c; c = c->next) {
		size_t i = 0;

		while (i < sizeof(parts) / sizeof(parts[0]) &&
		       !str_eq_fold(parts[i].name, c->key))
			i++;
		if (i == sizeof(parts) / sizeof(parts[0]))
			reading_leave(r, c, STR("no such field of a picture"));
		else if (to[parts[i].part]->n)
			reading_leave(
			    r, c, STR("given twice; the first one is used"));
		else
			take_text(r, c, to[parts[i].part]);
	}
}

static void take_picture(struct head_reading *r, const struct front_node *node)
{
	if (!node || front_is_null(node))
		return;
	if (node->kind == FRONT_LIST && node->child) {
		for (struct front_node *c = node->child; c; c = c->next) {
			c->key = node->key;
			if (c != node->child)
				reading_leave(
				    r, c, STR("only one picture is carried"));
		}
		node = node->child;
	}
	if (node->kind == FRONT_MAP)
		take_picture_map(r, node);
	else
		take_text(r, node, &r->m->picture.url);
}

static size_t map_count(const struct front_node *list)
{
	size_t n = 0;

	for (const struct front_node *c = list->child; c; c = c->next)
		n++;
	return n < MANUSCRIPT_LIST_MAX ? n : MANUSCRIPT_LIST_MAX;
}

/* The list behind a field whose items are maps; NULL, reported, if not. */
static const struct front_node *map_list(
    struct head_reading *r, const struct front_node *node)
{
	if (!node || front_is_null(node))
		return NULL;
	if (node->kind == FRONT_LIST)
		return node;
	reading_leave(r, node, STR("a list was expected here"));
	return NULL;
}

static void take_corrections(struct head_reading *r)
{
	static const struct str date[] = {STR_INIT("date")};
	static const struct str text[] = {STR_INIT("text")};
	const struct front_node *list = map_list(r, r->of[F_CORRECTIONS]);
	struct manuscript *m = r->m;
	size_t size = list ? map_count(list) : 0;

	if (!size)
		return;
	m->corrections = ARENA_ARRAY(r->a, struct manuscript_correction, size);
	if (!m->corrections)
		return;
	for (struct front_node *c = list->child; c; c = c->next) {
		struct manuscript_correction one = {0};

		c->key = list->key;
		if (m->corrections_n == size)
			reading_leave(r, c, STR("one too many"));
		else if (!reading_date(r, front_get(c, date, 1), &one.date))
			reading_leave(
			    r, c, STR("a correction needs date and text"));
		else {
			take_text(r, front_get(c, text, 1), &one.text);
			if (one.text.n)
				m->corrections[m->corrections_n++] = one;
			else
				reading_leave(
				    r, c, STR("a correction has no text"));
		}
	}
}

static void take_translations(struct head_reading *r)
{
	static const struct str lang[] = {STR_INIT("lang")};
	static const struct str url[] = {STR_INIT("url")};
	const struct front_node *list = map_list(r, r->of[F_TRANSLATIONS]);
	struct manuscript *m = r->m;
	size_t size = list ? map_count(list) : 0;

	if (!size)
		return;
	m->translations =
	    ARENA_ARRAY(r->a, struct manuscript_translation, size);
	if (!m->translations)
		return;
	for (struct front_node *c = list->child; c; c = c->next) {
		struct manuscript_translation one = {0};

		c->key = list->key;
		take_text(r, front_get(c, lang, 1), &one.lang);
		take_text(r, front_get(c, url, 1), &one.url);
		if (m->translations_n == size)
			reading_leave(r, c, STR("one too many"));
		else if (!lang_is_valid(one.lang) || one.url.n == 0)
			reading_leave(
			    r, c, STR("a translation needs lang and url"));
		else if (!link_is_safe(one.url))
			reading_leave(
			    r, c, STR("no page may point to that address"));
		else
			m->translations[m->translations_n++] = one;
	}
}

enum rc manuscript_take_fields(struct arena *a, const struct front_node *head,
    struct left_list *left, struct manuscript *m)
{
	struct head_reading r = {.a = a, .left = left, .m = m};

	for (const struct front_node *c = head->child; c; c = c->next)
		sort_field(&r, c);
	take_text(&r, r.of[F_HEADLINE], &m->headline);
	take_text(&r, r.of[F_KICKER], &m->kicker);
	take_text(&r, r.of[F_STANDFIRST], &m->standfirst);
	take_text(&r, r.of[F_DATELINE], &m->dateline);
	take_lang(&r);
	take_section(&r);
	take_authors(&r);
	take_list(&r, r.of[F_ALIASES], SPLIT_NONE, &m->aliases);
	take_slug(&r);
	reading_when(&r);
	take_picture(&r, r.of[F_PICTURE]);
	take_corrections(&r);
	take_translations(&r);
	return arena_is_spent(a) ? RC_NO_MEMORY : RC_OK;
}
