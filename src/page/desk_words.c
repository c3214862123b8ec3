/* SPDX-License-Identifier: MIT
 *
 * The catalogue of the newsroom's screens; see desk_words.h.
 */
#include "page/desk_words.h"

#include "base/must.h"
#include "page/lang.h"
#include "page/words.h"

static const char *const catalogue[MSG_COUNT][DESK_LANGS] = {
#define WORD(id, en, es, fr, de, ru, ar, ko) {en, es, fr, de, ru, ar, ko},
#include "page/desk_words_all.inc"
#undef WORD
};

static const char *const ids[MSG_COUNT] = {
#define WORD(id, en, es, fr, de, ru, ar, ko) #id,
#include "page/desk_words_all.inc"
#undef WORD
};

static const struct {
	const char *code, *name;
} langs[DESK_LANGS] = {{"en", "English"}, {"es", "Español"}, {"fr", "Français"},
    {"de", "Deutsch"}, {"ru", "Русский"}, {"ar", "العربية"}, {"ko", "한국어"}};

struct str desk_lang_code(unsigned column)
{
	must(column < DESK_LANGS);
	return str_of(langs[column].code);
}

struct str desk_lang_name(unsigned column)
{
	must(column < DESK_LANGS);
	return str_of(langs[column].name);
}

unsigned desk_lang_column(struct str lang)
{
	for (unsigned i = 0; i < DESK_LANGS; i++)
		if (str_eq_fold(lang_base(lang), str_of(langs[i].code)))
			return i;
	return 0;
}

bool desk_lang_is_known(struct str lang)
{
	for (unsigned i = 0; i < DESK_LANGS; i++)
		if (str_eq(lang, str_of(langs[i].code)))
			return true;
	return false;
}

bool desk_word_is_missing(unsigned column, enum msg msg)
{
	must(column < DESK_LANGS && msg < MSG_COUNT);
	return !catalogue[msg][column];
}

struct str desk_word_of(const char *const row[DESK_LANGS], unsigned column)
{
	must(column < DESK_LANGS && row[0]);
	return str_of(row[column] ? row[column] : row[0]);
}

struct str desk_word(unsigned column, enum msg msg)
{
	must(msg < MSG_COUNT);
	return desk_word_of(catalogue[msg], column);
}

const char *desk_word_id(enum msg msg)
{
	must(msg < MSG_COUNT);
	return ids[msg];
}

static bool is_named(const char *id, struct str start, struct str name)
{
	struct str rest = str_of(id);

	if (!str_starts(rest, start))
		return false;
	rest = str_from(rest, start.n);
	if (rest.n != name.n)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = rest.p[i] == '_' ? '-' : ascii_lower(rest.p[i]);

		if (name.p[i] != c && (c != '-' || name.p[i] != ' '))
			return false;
	}
	return true;
}

static enum msg find(struct str start, struct str name)
{
	for (int i = 0; i < MSG_COUNT; i++)
		if (is_named(ids[i], start, name))
			return (enum msg)i;
	return MSG_COUNT;
}

enum msg desk_word_done(struct str name)
{
	return find(STR("DONE_"), name);
}

enum msg desk_word_what(struct str name)
{
	return find(STR("WHAT_"), name);
}

static void fill(
    struct buf *b, struct str text, const struct str *values, size_t n)
{
	for (size_t i = 0; i < text.n; i++) {
		size_t at;

		if (text.p[i] != '{' || i + 2 >= text.n ||
		    text.p[i + 2] != '}' || !ascii_is_digit(text.p[i + 1])) {
			buf_char(b, text.p[i]);
			continue;
		}
		at = (size_t)(text.p[i + 1] - '0');
		if (at < n)
			buf_add(b, values[at]);
		i += 2;
	}
}

void desk_fill(struct buf *b, unsigned column, enum msg msg,
    const struct str *values, size_t n)
{
	fill(b, desk_word(column, msg), values, n);
}

/* The place of a plural among the forms of a language. */
static unsigned form_of(struct str lang, enum plural plural)
{
	if (str_eq(lang, STR("ar")))
		return (unsigned)plural;
	if (str_eq(lang, STR("ko")))
		return 0;
	if (str_eq(lang, STR("ru")))
		return plural == PLURAL_ONE ? 0 : plural == PLURAL_FEW ? 1 : 2;
	return plural == PLURAL_ONE ? 0 : 1;
}

void desk_fill_count(struct buf *b, unsigned column, enum msg msg,
    uint64_t count, struct str value)
{
	unsigned used = desk_word_is_missing(column, msg) ? 0 : column;
	struct str lang = desk_lang_code(used);
	struct str forms = desk_word(column, msg);
	unsigned at = form_of(lang, words_plural(lang, count));
	struct str form = str_cut(&forms, '|');
	struct str values[2] = {STR_NONE, value};
	struct buf number;

	while (at-- > 0 && forms.p)
		form = str_cut(&forms, '|');
	buf_init(&number, 32);
	buf_u64(&number, count);
	values[0] = buf_str(&number);
	fill(b, form, values, 2);
	buf_done(&number);
}
