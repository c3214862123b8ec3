/* SPDX-License-Identifier: MIT
 *
 * What the newsroom's screens say, in seven languages side by side. Each area
 * has a file desk_words_AREA.inc, one row a message, which desk_words_all.inc
 * names:
 *
 *	WORD(SIGN_IN, "Sign in", "Iniciar sesión", "Se connecter", "Anmelden",
 *	    "Войти", "تسجيل الدخول", "로그인")
 *
 * in the order en es fr de ru ar ko, and is MSG_SIGN_IN in the program. NULL
 * stands for one that is not translated yet: the English one is shown, and a
 * test counts it.
 *
 * Messages are plain text. {0} to {9} stand for what is put in, alike in all
 * languages. One that depends on a number has a form for each plural of its
 * language, with "|" between, and {0} is the number: in the order of the CLDR,
 *
 *	en es fr de	one|other
 *	ru		one|few|many
 *	ar		zero|one|two|few|many|other
 *	ko		other
 */
#ifndef PAGE_DESK_WORDS_H
#define PAGE_DESK_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

enum msg {
#define WORD(id, en, es, fr, de, ru, ar, ko) MSG_##id,
#include "page/desk_words_all.inc"
#undef WORD
	MSG_COUNT
};

enum { DESK_LANGS = 7 };

/* "en", "es", ... of the columns, from 0. Lives for ever. */
struct str desk_lang_code(unsigned column);
/* The language's name in itself: "Français". */
struct str desk_lang_name(unsigned column);
/* The column of LANG ("pt-BR": by its first part), or that of English. */
unsigned desk_lang_column(struct str lang);
/* LANG, exactly, is one of the columns'. */
bool desk_lang_is_known(struct str lang);

/* The message in the language of COLUMN, or, where it is not translated, the
 * English one. Lives for ever. */
struct str desk_word(unsigned column, enum msg msg);
/* The same of a row of its own, in which NULL is not translated. English
 * always is there. */
struct str desk_word_of(const char *const row[DESK_LANGS], unsigned column);
/* It is not translated. For tests. */
bool desk_word_is_missing(unsigned column, enum msg msg);
/* "SIGN_IN"; lives for ever. */
const char *desk_word_id(enum msg msg);
/* The message whose name is "DONE_" and NAME in capitals ("saved", with "-"
 * for "_"); MSG_COUNT if there is none: what a page says after a change
 * stands in its address by this name. */
enum msg desk_word_done(struct str name);

/* The same with "WHAT_": what stands in the audit log. Also a space in NAME
 * stands for "_". */
enum msg desk_word_what(struct str name);

/* Appends the message as plain text, with N of VALUES put in. */
void desk_fill(struct buf *b, unsigned column, enum msg msg,
    const struct str *values, size_t n);
/* Appends that form of the message which COUNT asks for, with COUNT as {0}
 * and, if not empty, VALUE as {1}. */
void desk_fill_count(struct buf *b, unsigned column, enum msg msg,
    uint64_t count, struct str value);

#endif
