/* SPDX-License-Identifier: MIT
 *
 * Manuscripts, read; see manuscript.h. Here the file is checked and parted
 * into head and body; manuscript_fields.c reads the head.
 */
#include "text/manuscript.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/front_matter.h"
#include "text/manuscript_priv.h"
#include "text/script.h"
#include "text/slug.h"

/* Of 100, how sure an encoding must be to be named. */
enum { ENCODING_SURE = 50 };

static uint32_t line_at(struct str s, size_t at)
{
	uint32_t line = 1;

	for (size_t i = 0; i < at && i < s.n; i++)
		line += s.p[i] == '\n';
	return line;
}

/* What to do with a text that is not UTF-8. A wrong name would make wrong
 * letters of it, so it is said only where the text bears it out. */
static struct str encoding_advice(struct arena *a, struct str file)
{
	struct charset cs;

	if (charset_read(a, file, &cs, NULL) != RC_OK ||
	    cs.sure < ENCODING_SURE || strcmp(cs.name, "UTF-8") == 0)
		return STR("its encoding cannot be told; save it anew as UTF-8 "
			   "in the program that made it");
	return arena_printf(a,
	    "it looks like %s; convert it with: iconv -f %s -t UTF-8", cs.name,
	    cs.name);
}

static enum rc check_text(struct arena *a, struct str file, struct err *err)
{
	const char *nul;
	size_t at;

	if (file.n > MANUSCRIPT_MAX)
		return err_set(err, RC_LIMIT, "larger than %d MB",
		    MANUSCRIPT_MAX / (1024 * 1024));
	if (str_starts(file, STR("\xFF\xFE")) ||
	    str_starts(file, STR("\xFE\xFF")))
		return err_set(err, RC_INVALID,
		    "line 1: the text is UTF-16; convert it with: iconv -f "
		    "UTF-16 -t UTF-8");
	nul = file.n ? memchr(file.p, '\0', file.n) : NULL;
	if (nul)
		return err_set(err, RC_INVALID,
		    "line %u: a NUL byte: this is a binary file, or UTF-16",
		    line_at(file, (size_t)(nul - file.p)));
	at = utf8_first_fault(file);
	if (at < file.n)
		return err_set(err, RC_INVALID,
		    "line %u: not UTF-8 (byte 0x%02X); %.*s", line_at(file, at),
		    (unsigned char)file.p[at],
		    STR_ARG(encoding_advice(a, file)));
	return RC_OK;
}

/* The same text with LF line ends only. */
static struct str with_line_feeds(struct arena *a, struct str s)
{
	char *out;
	size_t n = 0;

	if (s.n == 0 || !memchr(s.p, '\r', s.n))
		return s;
	out = arena_alloc(a, s.n);
	if (!out)
		return STR_NONE;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\r')
			out[n++] = s.p[i];
		else if (i + 1 == s.n || s.p[i + 1] != '\n')
			out[n++] = '\n';
	}
	return (struct str){out, n};
}

static bool line_is(struct str line, struct str want)
{
	return str_starts(line, want) && str_blank(str_from(line, want.n));
}

struct parts {
	struct str head;
	struct str body;
	uint32_t head_line;
	uint32_t body_line;
	bool has_head;
};

/* Other programs' heads are known and named, so that nobody reads one as the
 * first paragraph of a story. */
static enum rc check_kind(struct str first, uint32_t line, struct err *err)
{
	bool is_json = line_is(first, STR("{")) ||
		       str_starts(first, STR("{\"")) ||
		       str_starts(first, STR("{ \""));

	if (line_is(first, STR("+++")))
		return err_set(err, RC_INVALID,
		    "line %u: the head is TOML (+++), which is not read; "
		    "convert it with: hugo convert toYAML",
		    line);
	if (is_json)
		return err_set(err, RC_INVALID,
		    "line %u: the head is JSON, which is not read; convert it "
		    "with: hugo convert toYAML",
		    line);
	return RC_OK;
}

static enum rc part(struct str text, struct parts *ret_parts, struct err *err)
{
	struct parts p = {.body = text, .body_line = 1};
	struct str rest = text;
	struct str line;
	uint32_t number = 0;
	enum rc rc;

	do {
		number++;
		if (!str_line(&rest, &line))
			line = STR_NONE;
	} while (rest.n > 0 && str_blank(line));
	rc = check_kind(line, number, err);
	if (rc)
		return rc;
	if (!line_is(line, STR("---"))) {
		*ret_parts = p;
		return RC_OK;
	}
	p.has_head = true;
	p.head_line = number + 1;
	p.head = rest;
	while (str_line(&rest, &line)) {
		number++;
		if (!line_is(line, STR("---")) && !line_is(line, STR("...")))
			continue;
		p.head.n = (size_t)(line.p - p.head.p);
		p.body = rest;
		p.body_line = number + 1;
		*ret_parts = p;
		return RC_OK;
	}
	return err_set(err, RC_INVALID,
	    "line %u: the head that starts here has no end; put a line \"---\" "
	    "behind its last field",
	    p.head_line - 1);
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/* The first of the characters that no page can show, or S.n. Sixty-four bytes
 * are judged together, for hardly any text has one. */
static size_t first_control(struct str s)
{
	size_t at = 0;

	for (; s.n - at >= 64; at += 64) {
		unsigned found = 0;

		for (size_t i = 0; i < 64; i++)
			found |= is_control(s.p[at + i]);
		if (found)
			break;
	}
	while (at < s.n && !is_control(s.p[at]))
		at++;
	return at;
}

/* Characters that no page can show are taken out of the body. */
static void clean_body(
    struct arena *a, struct manuscript *m, struct left_list *left)
{
	size_t at = first_control(m->body);
	size_t n;
	char *out;

	if (at == m->body.n)
		return;
	left_add(left, STR("body"), STR("its control characters are taken out"),
	    m->body_line + line_at(m->body, at) - 1);
	out = arena_alloc(a, m->body.n);
	if (!out)
		return;
	memcpy(out, m->body.p, at);
	for (n = at; at < m->body.n; at++)
		if (!is_control(m->body.p[at]))
			out[n++] = m->body.p[at];
	m->body = (struct str){out, n};
}

/* Takes blank lines off the start of the body, and white space off its end. */
static void trim_body(struct manuscript *m)
{
	struct str rest = m->body;
	struct str line;

	while (str_line(&rest, &line) && str_blank(line)) {
		m->body = rest;
		m->body_line++;
	}
	while (m->body.n > 0 && ascii_is_space(m->body.p[m->body.n - 1]))
		m->body.n--;
	if (m->body.n == 0)
		m->body = STR_NONE;
}

/* "Words ##" without the marks at its end; "C#" is a word. */
static struct str without_closing(struct str line)
{
	size_t n = line.n;

	while (n > 0 && line.p[n - 1] == '#')
		n--;
	if (n == 0 || line.p[n - 1] == ' ' || line.p[n - 1] == '\t')
		line.n = n;
	return str_trim(line);
}

/* LINE underlines the one above it as a heading of the first level. */
static bool is_underline(struct str line)
{
	line = str_trim(line);
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '=')
			return false;
	return line.n > 0;
}

/* The text of a line "# Words"; false if it is no heading. */
static bool heading_text(struct str line, size_t most, struct str *ret_text)
{
	size_t level = 0;

	while (level < line.n && line.p[level] == '#')
		level++;
	if (level == 0 || level > most ||
	    (level < line.n && line.p[level] != ' ' && line.p[level] != '\t'))
		return false;
	line = without_closing(str_trim(str_from(line, level)));
	while (line.n > 4 && str_starts(line, STR("**")) &&
	       str_ends(line, STR("**")))
		line = str_part(line, 2, line.n - 4);
	if (line.n == 0 || line.n > MANUSCRIPT_FIELD_MAX)
		return false;
	*ret_text = line;
	return true;
}

/* The headline of a story whose head has none: a heading that opens the body
 * is moved up; one further down is only copied. */
static void headline_from_body(struct manuscript *m, bool has_head)
{
	struct str rest = m->body;
	struct str line;
	struct str under;
	struct str behind;
	bool is_fence = false;

	if (!str_line(&rest, &line))
		return;
	behind = rest;
	if (heading_text(line, has_head ? 1 : 6, &m->headline)) {
		m->body = rest;
		m->body_line++;
		trim_body(m);
		return;
	}
	if (str_line(&behind, &under) && !str_blank(line) &&
	    line.n <= MANUSCRIPT_FIELD_MAX && is_underline(under)) {
		m->headline = str_trim(line);
		m->body = behind;
		m->body_line += 2;
		trim_body(m);
		return;
	}
	if (has_head)
		return;
	while (str_line(&rest, &line)) {
		is_fence ^= str_starts(line, STR("```"));
		if (!is_fence && heading_text(line, 6, &m->headline))
			return;
	}
}

enum rc manuscript_parse(
    struct arena *a, struct str file, struct manuscript *ret_m, struct err *err)
{
	static const struct str title[] = {
	    STR_INIT("title"), STR_INIT("headline")};
	struct manuscript m = {0};
	struct left_list left = {.a = a};
	struct front_node *head = NULL;
	struct parts parts = {0};
	enum rc rc = check_text(a, file, err);

	if (rc)
		return rc;
	if (str_starts(file, STR("\xEF\xBB\xBF")))
		file = str_from(file, 3);
	rc = part(with_line_feeds(a, file), &parts, err);
	if (rc)
		return rc;
	if (parts.has_head) {
		rc = front_matter_parse(
		    a, parts.head, parts.head_line, &head, err);
		if (rc)
			return rc;
		if (manuscript_take_fields(a, head, &left, &m))
			return err_set(err, RC_NO_MEMORY, "no memory left");
	}
	if (!parts.has_head) {
		/* A tree holds notes and licences beside its stories. */
		m.is_draft = true;
		left_hold(&left, STR("head"), STR("there is none"), 1);
	}
	m.body = parts.body;
	m.body_line = parts.body_line;
	clean_body(a, &m, &left);
	trim_body(&m);
	if (!head || !front_get(head, title, 2)) {
		headline_from_body(&m, parts.has_head);
		m.headline = manuscript_line(a, m.headline);
	}
	if (arena_is_spent(a))
		return err_set(err, RC_NO_MEMORY, "no memory left");
	m.left = left.v;
	m.left_n = left.n;
	*ret_m = m;
	return RC_OK;
}

/* How many bytes of NAME are a date as Jekyll writes it, "2024-1-02-"; 0: it
 * begins with none. The date may be in no calendar. */
static size_t name_date_bytes(struct str name)
{
	static const size_t most[] = {4, 2, 2};
	size_t at = 0;

	for (size_t i = 0; i < 3; i++) {
		size_t from = at;

		while (at < name.n && at - from < most[i] &&
		       ascii_is_digit(name.p[at]))
			at++;
		if (at == from || (i == 0 && at != 4) || at == name.n ||
		    name.p[at] != '-')
			return 0;
		at++;
	}
	return at < name.n ? at : 0;
}

/* "2024-01-02-words" parted. */
static void name_date(struct arena *a, struct str *name, struct manuscript *m,
    struct left_list *left)
{
	size_t n = name_date_bytes(*name);
	struct str text = str_part(*name, 0, n - (n > 0));
	struct civil date;

	if (n == 0)
		return;
	if (manuscript_date(a, text, &date) != RC_OK) {
		left_add(left, STR("date"),
		    arena_printf(a,
			"the file's name has %.*s, which is in no calendar",
			STR_ARG(text)),
		    0);
		return;
	}
	*name = str_from(*name, n);
	if (m->has_published)
		return;
	m->published = date;
	m->has_published = true;
}

/* LANG is one of ISO 639-1's codes, in small letters. */
static bool is_language(struct str lang)
{
	static const char codes[] =
	    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo "
	    "br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es "
	    "et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr "
	    "ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj "
	    "kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
	    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
	    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd "
	    "se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th "
	    "ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh "
	    "yi yo za zh zu ";

	for (size_t i = 0; i + 3 < sizeof(codes); i += 3)
		if (str_eq(lang, (struct str){codes + i, 2}))
			return true;
	return false;
}

/* "harbour.de" parted at its language; "node.js" has none. */
static void name_lang(struct str *name, struct manuscript *m)
{
	size_t dot = str_find_last(*name, '.');
	struct str lang = str_from(*name, dot + 1);

	if (!is_language(lang))
		return;
	if (m->lang.n == 0)
		m->lang = lang;
	name->n = dot;
}

static struct str headline_of_slug(struct arena *a, struct str slug)
{
	struct str copy = arena_copy(a, slug);
	char *p = (char *)copy.p;

	for (size_t i = 0; i < copy.n; i++)
		if (p[i] == '-' || p[i] == '_' || ascii_is_space(p[i]))
			p[i] = ' ';
	if (copy.n > 0 && p[0] >= 'a' && p[0] <= 'z')
		p[0] = (char)(p[0] - 'a' + 'A');
	return copy;
}

/* Nobody has said that readers may have it, and today is no date for what may
 * be years old. */
static void need_date(struct manuscript *m, struct left_list *left)
{
	if (m->has_published || m->is_draft)
		return;
	if (m->has_embargo) {
		m->published = m->embargo;
		m->has_published = true;
		return;
	}
	m->is_draft = true;
	left_hold(left, STR("date"),
	    STR("there is none, neither in the head nor in the file's name"),
	    0);
}

/* Jekyll keeps drafts in a folder, and says it nowhere else. */
static bool in_drafts(struct str folder)
{
	while (folder.n > 0)
		if (str_eq(str_cut(&folder, '/'), STR("_drafts")))
			return true;
	return false;
}

enum rc manuscript_from_name(
    struct arena *a, struct manuscript *m, struct str path)
{
	struct str folder = str_part(path, 0, str_find_last(path, '/'));
	struct str name = path;
	struct left_list left = {
	    .a = a, .v = m->left, .n = m->left_n, .size = m->left_n};

	if (str_find_last(path, '/') < path.n)
		name = str_from(path, str_find_last(path, '/') + 1);
	else
		folder = STR_NONE;
	m->is_draft |= in_drafts(folder);
	name = str_part(name, 0, str_find_last(name, '.'));
	name_lang(&name, m);
	if (str_eq(name, STR("index")) && folder.n > 0) {
		size_t at = str_find_last(folder, '/');

		name = at < folder.n ? str_from(folder, at + 1) : folder;
	}
	name_date(a, &name, m, &left);
	need_date(m, &left);
	m->left = left.v;
	m->left_n = left.n;
	if (!utf8_is_valid(name) || memchr(name.p ? name.p : "", 0, name.n))
		return arena_is_spent(a) ? RC_NO_MEMORY : RC_OK;
	name = str_trim(manuscript_name(a, name));
	if (m->slug.n == 0 && name.n > 0)
		m->slug = slug_make(a, name, m->lang);
	if (m->headline.n == 0 && name.n > 0) {
		m->headline = headline_of_slug(a, name);
		left_add(&left, STR("title"),
		    STR("missing; the headline is made from the file's name"),
		    0);
		m->left = left.v;
		m->left_n = left.n;
	}
	return arena_is_spent(a) ? RC_NO_MEMORY : RC_OK;
}

enum rc manuscript_from_folder(
    struct arena *a, struct manuscript *m, struct str path)
{
	struct str section = STR_NONE;
	struct str rest = path;

	if (m->section.n > 0 || !utf8_is_valid(path))
		return RC_OK;
	while (rest.n > 0) {
		struct str part = str_cut(&rest, '/');

		if (str_eq(part, STR("_posts")) ||
		    str_eq(part, STR("_drafts"))) {
			m->section = str_trim(manuscript_name(a, section));
			break;
		}
		if (section.n == 0)
			section = part;
	}
	return arena_is_spent(a) ? RC_NO_MEMORY : RC_OK;
}

bool manuscript_is_index(const struct manuscript *m, struct str path)
{
	static const struct str layouts[] = {STR_INIT("home"),
	    STR_INIT("default"), STR_INIT("page"), STR_INIT("index"),
	    STR_INIT("blog"), STR_INIT("list"), STR_INIT("archive"),
	    STR_INIT("archives"), STR_INIT("landing"), STR_INIT("splash")};
	struct str name = path;

	if (str_find_last(path, '/') < path.n)
		name = str_from(path, str_find_last(path, '/') + 1);
	if (!str_starts(name, STR("index.")))
		return false;
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
		if (str_eq_fold(m->layout, layouts[i]))
			return true;
	return false;
}
