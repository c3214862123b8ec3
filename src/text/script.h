/* SPDX-License-Identifier: MIT
 *
 * What a character is: its script, whether it builds words, which way it runs,
 * and its small letter; and what a language is written in. Unicode 14, without
 * a library: the tables are in text/script_table.h.
 *
 * Characters are Unicode scalar values, as utf8_next gives them.
 */
#ifndef TEXT_SCRIPT_H
#define TEXT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "text/document.h"

enum script {
	SCRIPT_COMMON, /* digits, signs, marks that every script uses */
	SCRIPT_OTHER,  /* a letter of a script that is not in this list */
	SCRIPT_LATIN,
	SCRIPT_GREEK,
	SCRIPT_CYRILLIC,
	SCRIPT_ARMENIAN,
	SCRIPT_HEBREW,
	SCRIPT_ARABIC,
	SCRIPT_SYRIAC,
	SCRIPT_THAANA,
	SCRIPT_NKO,
	SCRIPT_DEVANAGARI,
	SCRIPT_BENGALI,
	SCRIPT_GURMUKHI,
	SCRIPT_GUJARATI,
	SCRIPT_ORIYA,
	SCRIPT_TAMIL,
	SCRIPT_TELUGU,
	SCRIPT_KANNADA,
	SCRIPT_MALAYALAM,
	SCRIPT_SINHALA,
	SCRIPT_THAI,
	SCRIPT_LAO,
	SCRIPT_TIBETAN,
	SCRIPT_MYANMAR,
	SCRIPT_GEORGIAN,
	SCRIPT_HANGUL,
	SCRIPT_ETHIOPIC,
	SCRIPT_KHMER,
	SCRIPT_MONGOLIAN,
	SCRIPT_HIRAGANA,
	SCRIPT_KATAKANA,
	SCRIPT_BOPOMOFO,
	SCRIPT_HAN,
	SCRIPT_CHEROKEE,
	SCRIPT_TIFINAGH,
	SCRIPT_COUNT,
};

enum letter_class {
	LETTER_NONE, /* space, punctuation, sign, control, unassigned */
	LETTER,
	LETTER_MARK,  /* an accent or vowel sign on the letter before it */
	LETTER_DIGIT, /* a decimal digit of any script */
};

/* The script of C; SCRIPT_COMMON for whatever belongs to none. */
enum script script_of(uint32_t c);
enum letter_class letter_class_of(uint32_t c);
/* A letter, mark or digit. */
bool letter_is_word(uint32_t c);
/* The small letter of C, C itself if it has none (simple case mapping). */
uint32_t letter_lower(uint32_t c);
/* It is a capital: letter_lower gives another one. */
bool letter_is_capital(uint32_t c);

/* Which way the script runs; DIRECTION_SAME for SCRIPT_COMMON. */
enum direction script_direction(enum script script);
/* ISO 15924: "Latn", "Arab"; "Zyyy" for SCRIPT_COMMON, "Zzzz" for other. */
struct str script_code(enum script script);
/* Words of it are parted by spaces: not Han, Kana, Thai, Lao, Khmer,
 * Myanmar, Tibetan. */
bool script_has_spaces(enum script script);
/* Texts mix the two as one: the same, or both out of Han, Kana, Bopomofo and
 * Hangul, or one of them common. */
bool script_same(enum script one, enum script other);

/* The script in which LANG (BCP 47, any case, "_" for "-" allowed) is written:
 * by its script part ("sr-Latn") or its language; SCRIPT_LATIN for those that
 * are not known, SCRIPT_COMMON when LANG is empty. */
enum script script_of_lang(struct str lang);
enum direction lang_direction(struct str lang);
/* The two are the same language ("de-AT" and "de"), by the first part. */
bool lang_same(struct str one, struct str other);
/* The first part of LANG: "pt" of "pt-BR". */
struct str lang_base(struct str lang);
/* It has the form of a BCP 47 tag: parts of 1 to 8 ASCII letters and digits,
 * the first one 2 to 8 letters (or "x", "i"), at most 35 bytes in all. */
bool lang_is_valid(struct str lang);

/* The script with most letters in TEXT; SCRIPT_COMMON if it has no letter. */
enum script script_most(struct str text);

/* C is white space, as Unicode says. */
bool script_is_space(uint32_t c);
/* C is a control, a letter that shows nothing, or one that only says how others
 * run or join, but for the two joiners with which some scripts spell. */
bool script_is_unseen(uint32_t c);
/* S is UTF-8 in which every character is seen, or a space (script_is_unseen).
 * What is not so is no name: it could turn the letters around it, or look like
 * another. */
bool script_is_plain(struct str s);

#endif
