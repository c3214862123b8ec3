/* SPDX-License-Identifier: MIT
 *
 * What the files of text/proof.h share: proof.c asks for the fields and brings
 * the marks into order, proof_scan.c reads a text once, by lines that
 * proof_line.c tells, proof_quote.c keeps the quotation marks, proof_words.c
 * knows words of languages, proof_day.c which of them say no day.
 *
 * While a text is read, a mark is only an offset and a length; lines, columns
 * and excerpts are found at the end, in one more walk over the text, and only
 * when there are marks.
 */
#ifndef TEXT_PROOF_PRIV_H
#define TEXT_PROOF_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "text/proof.h"

struct arena;

enum language {
	LANGUAGE_NONE,
	LANGUAGE_EN,
	LANGUAGE_DE,
	LANGUAGE_FR,
	LANGUAGE_ES,
	LANGUAGE_IT,
	LANGUAGE_PT,
	LANGUAGE_RU,
	LANGUAGE_UK,
	LANGUAGE_PL,
	LANGUAGE_NL,
	LANGUAGE_SV, /* and Finnish, Norwegian: marks alike on both sides */
	LANGUAGE_CS, /* and Slovak, Slovene, Bulgarian: marks as in German */
	LANGUAGE_AR,
	LANGUAGE_KO,
	LANGUAGE_JA,
	LANGUAGE_ZH,
	LANGUAGE_HE,
	LANGUAGE_TR,
	LANGUAGE_EL,
	LANGUAGE_FA,
	LANGUAGE_HI,
	LANGUAGE_TH, /* without spaces between words */
};

struct proof {
	struct arena *a;
	struct str tag; /* the language, as given */
	enum language lang;
	bool has_date;
	bool has_stops; /* the language ends its sentences by a sign */
	struct str field;
	struct str text;
	struct proof_mark *marks;
	size_t n, room;
	size_t field_from;    /* the first mark of this field */
	uint64_t day_bits[4]; /* a sieve for relative days, by hash */
};

/* An open quotation. */
struct open_quote {
	uint32_t mark; /* the opening character */
	size_t at;
	bool is_soft;	/* a single mark that may be an apostrophe */
	bool is_shared; /* what closed within may have closed it, too */
};

enum { QUOTE_DEPTH = 16 };

struct quote_state {
	struct open_quote open[QUOTE_DEPTH];
	size_t n;
	struct open_quote pending; /* open at the end of the last paragraph */
	bool has_pending;
	bool leads_list;  /* it ends with a colon there */
	bool in_list;	  /* it is open in the item that is read */
	bool is_reversed; /* this text sets »so« */
	bool is_oriented; /* a guillemet has been seen */
};

/* Which characters stand beside a quotation mark. */
enum side { SIDE_GAP, SIDE_WORD, SIDE_POINT };

/* Fills the sieve. */
void proof_scan_days(struct proof *p);
/* Reads P->text: Markdown where IS_BODY, else a line of plain text. */
void proof_scan(struct proof *p, bool is_body);

/* Reads the word at AT of TEXT, a letter or digit; returns where it ends. The
 * hash is proof_hash()'s of the word, the scripts are those of IN_... that are
 * told apart. */
size_t proof_word(
    struct str text, size_t at, uint64_t *ret_hash, unsigned *ret_scripts);
/* Differs, but for chance, where the words differ otherwise than by capitals
 * of ASCII; its top byte is as good as all of it. */
uint64_t proof_hash(struct str word);
/* Whether the character beyond ASCII at AT belongs to words. */
bool proof_is_letter(struct str s, size_t at);

/* The quotation mark C of N bytes at AT. */
void proof_quote(
    struct proof *p, struct quote_state *q, uint32_t c, size_t at, size_t n);
/* A paragraph, or an item of a list, begins at AT (returns how many bytes of it
 * were dealt with), or ends. */
size_t proof_quote_start(
    struct proof *p, struct quote_state *q, size_t at, bool is_item);
void proof_quote_end(
    struct proof *p, struct quote_state *q, bool ends_in_colon);
/* The text is over. */
void proof_quote_done(struct proof *p, struct quote_state *q);

/* Adds a mark; MESSAGE and SUGGESTION must live as long as the arena. */
void proof_add(struct proof *p, enum proof_kind kind, size_t at, size_t n,
    struct str message, struct str suggestion);

/* The mark just added at AT can be mended by putting TEXT in its place. */
void proof_mend(struct proof *p, size_t at, struct str text);

/* Lines of Markdown, without the space around them and not empty; END of a list
 * item's is that of its line in S. */

/* How long the mark of a list item at AT is ("- ", "12. "), or 0. */
size_t proof_item_mark(struct str s, size_t at, size_t end);
/* No prose: it ends what came before it. */
bool proof_is_apart(struct str line);
/* "--- | ---": "a | b" above it is the head of a table, "c | d" below a row. */
bool proof_is_table_rule(struct str line);
/* "---": makes a heading of the paragraph above it. CommonMark 0.31, 4.3. */
bool proof_is_underline(struct str line);
/* The first or last line of code; LINE may be empty. */
bool proof_is_fence(struct str line);

/* The line in emphasis below a picture whose Markdown ends at END, at most
 * LINES line ends below; returns where it begins. N is 0 if there is none. */
size_t proof_caption(
    struct str s, size_t end, unsigned lines, struct str *ret_caption);

/* Scripts of a word's letters, as bits. */
enum { IN_LATIN = 1, IN_CYRILLIC = 2, IN_GREEK = 4 };

/* Looks at WORD, which stands at AT: behind the same word at FIRST_AT; as the
 * name of a day; as letters of several SCRIPTS. */
void proof_check_double(struct proof *p, struct str first, size_t first_at,
    struct str word, size_t at);
void proof_check_day(struct proof *p, struct str word, size_t at);
/* In scripts without spaces, where a word is all up to the next sign. */
void proof_check_dense_days(struct proof *p, struct str word, size_t at);
void proof_check_scripts(
    struct proof *p, struct str word, size_t at, unsigned scripts);
void proof_say_day(struct proof *p, size_t at, size_t n);
/* How many bytes at the start of S are the "'s" of what owns. */
size_t proof_owner(struct str s);
/* The word behind AT, spaces before it left out. */
struct str word_behind(struct str s, size_t at);
bool word_is_capital(struct str word);

enum language language_of(struct str tag);
/* WORD may stand twice in a row in this language. */
bool word_may_double(enum language lang, struct str word);
/* WORD, twice with capitals, is still no name. */
bool word_is_common(enum language lang, struct str word);
/* The language doubles words as part of its grammar, or is not known here. */
bool language_doubles(enum language lang);
/* The relative days of a language, ended by NULL; never NULL itself. */
const char *const *language_days(enum language lang);
/* A word that opens a relative clause after a comma. */
bool word_is_relative(enum language lang, struct str word);
/* "last" and "next" beside the name of a day: WORD is the first of the two
 * words. */
bool day_is_relative(enum language lang, struct str word, struct str next);
/* DAY, a view into S, is none by what stands beside it: Spanish "la mañana",
 * the newspaper «Сегодня». */
bool day_is_none(enum language lang, struct str s, struct str day);
/* WORD is a Korean day and what may hang on one. */
bool day_is_korean(struct str word);
/* The first day from *RET_AT on in RUN, letters without a space: returns its
 * length, and where it is; 0: there is none. */
size_t day_in_run(enum language lang, struct str run, size_t *ret_at);
/* LIST, words between spaces, has WORD; ASCII capitals make no difference, nor
 * does any capital at the start of WORD. */
bool list_has(const char *list, struct str word);
/* The place of WORD among the words of LIST, from 1; 0: it is none. */
int list_place(const char *list, struct str word);

#endif
