/* SPDX-License-Identifier: MIT
 *
 * Mends: each kind of proof mark has one, or a place; each that is offered
 * takes its mark away and adds none, in stories that were damaged at random;
 * and what the likeliest ones make of a text.
 */
#include "text/mend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <dirent.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/proof_priv.h"
#include "text/test/mend_fixture.h"

/* One story for each kind. A kind without a row fails the test below. */
static const char *const samples[PROOF_KINDS] = {
    [PROOF_QUOTE_OPEN] = "He said “no and left.",
    [PROOF_QUOTE_CLOSE] = "He said no” and left.",
    [PROOF_QUOTE_SIDE] = "Russian dumplings ” pelmeni” made with crab.",
    [PROOF_NO_END] = "The mayor went home and left the door wide open",
    [PROOF_FRAGMENT] = "Kim, who arrived by train from North Korea.",
    [PROOF_DOUBLED_WORD] = "It was the the end.",
    [PROOF_DOUBLED_PARAGRAPH] =
	("The mayor went home early and left the door wide open.\n\n"
	 "The mayor went home early and left the door wide open."),
    [PROOF_RELATIVE_DAY] = "They met yesterday.",
    [PROOF_MIXED_SCRIPT] = "The pаypal scam.",
    [PROOF_NO_BYLINE] = "",
    [PROOF_NO_DATELINE] = "",
    [PROOF_NO_CAPTION] = "",
    [PROOF_NO_CREDIT] = "![A boat](/pictures/quay.jpg)",
    [PROOF_NO_ALT] = "![](/pictures/quay.jpg \"Ann\")",
};

static void every_kind_has_a_mend_and_a_place(void **state)
{
	(void)state;
	for (int kind = 0; kind < PROOF_KINDS; kind++) {
		struct arena *a = arena_new(8 << 20);
		struct manuscript m, empty;
		struct read r;
		size_t i = 0;

		if (!samples[kind])
			fail_msg("no story for \"%s\"",
			    proof_kind_name((enum proof_kind)kind));
		m = story(a, "en", samples[kind]);
		empty = (struct manuscript){
		    .picture = {.url = STR("/pictures/quay.jpg")}};
		r = read_all(a, samples[kind][0] ? &m : &empty);
		while (i < r.n && r.marks[i].kind != (enum proof_kind)kind)
			i++;
		if (i == r.n || r.mendings[i].n == 0)
			fail_msg("\"%s\" has no mend",
			    proof_kind_name((enum proof_kind)kind));
		assert_true(r.mendings[i].field.n > 0);
		/* Nothing is known, nothing mends it: there is the place. */
		assert_int_equal(
		    mend_find(a, samples[kind][0] ? &m : &empty, STR("en"),
			NULL, r.marks, r.n, &r.mendings),
		    RC_OK);
		assert_true(r.mendings[i].field.n > 0);
		arena_free(a);
	}
}

/* What one click does where a mend cannot be known. Every kind has a row: what
 * is hard about it, whether a mend is found all the same, and what is done if
 * not. "Leave it" (text/stet.h) is there for each besides. */
static const struct {
	const char *body; /* NULL: an empty story with a picture */
	bool has_mend;
	const char *otherwise;
} hard[PROOF_KINDS] = {
    [PROOF_QUOTE_OPEN] = {"“One. „Two, “three and four.", true, ""},
    [PROOF_QUOTE_CLOSE] = {"It rained, no? Mr. Lee” left.", true, ""},
    [PROOF_QUOTE_SIDE] = {"He wrote “off\" in “ red ” and”.", true, ""},
    [PROOF_NO_END] = {"The mayor went home, he told ลาก่อน", true, ""},
    [PROOF_FRAGMENT] = {"James, whose train was late again.", true, ""},
    [PROOF_DOUBLED_WORD] = {"It was **the** *the end*.", false,
	"the two words are selected"},
    [PROOF_DOUBLED_PARAGRAPH] =
	{("> The mayor went home early and left the door wide open.\n\n"
	  "> The mayor went home early and left the door wide open."),
	    true, ""},
    [PROOF_RELATIVE_DAY] = {"It fell a year ago today.", false,
	"the word is selected"},
    [PROOF_MIXED_SCRIPT] = {"“Pаypаl” it is.", true, ""},
    [PROOF_NO_BYLINE] = {NULL, false, "the field is opened"},
    [PROOF_NO_DATELINE] = {NULL, false, "the field is opened"},
    [PROOF_NO_CAPTION] = {NULL, false, "the field is opened"},
    [PROOF_NO_CREDIT] = {"![A boat](/unknown.jpg)", false,
	"the picture's dialog is opened at the field"},
    [PROOF_NO_ALT] = {"![](/unknown.jpg \"Ann\")", false,
	"the picture's dialog is opened at the field"},
};

static void what_has_no_mend_has_one_click_all_the_same(void **state)
{
	static const struct manuscript empty = {
	    .picture = {.url = STR_INIT("/unknown.jpg")}};

	(void)state;
	for (int kind = 0; kind < PROOF_KINDS; kind++) {
		const char *name = proof_kind_name((enum proof_kind)kind);
		struct arena *a = arena_new(8 << 20);
		struct manuscript m = empty;
		struct mending *mendings;
		struct proof_mark *marks, *after;
		struct stet stet = {.kind = str_of(name)};
		size_t n, i = 0, left;

		if (!hard[kind].otherwise)
			fail_msg("\"%s\" has no row", name);
		if (hard[kind].body)
			m = story(a, "en", hard[kind].body);
		assert_int_equal(
		    stet_read(a, &m, STR("en"), NULL, 0, &marks, &n), RC_OK);
		while (i < n && marks[i].kind != (enum proof_kind)kind)
			i++;
		if (i == n)
			fail_msg("\"%s\" is not marked", name);
		assert_int_equal(
		    mend_find(a, &m, STR("en"), hard[kind].body ? &known : NULL,
			marks, n, &mendings),
		    RC_OK);
		if ((mendings[i].n > 0) != hard[kind].has_mend)
			fail_msg("\"%s\" has %zu mends", name, mendings[i].n);
		assert_true(hard[kind].has_mend || hard[kind].otherwise[0]);
		assert_true(mendings[i].field.n > 0);
		stet.field = marks[i].field;
		stet.words = marks[i].excerpt;
		stet.place = stet_place(&m, &marks[i]);
		assert_int_equal(
		    stet_read(a, &m, STR("en"), &stet, 1, &after, &left),
		    RC_OK);
		assert_true(stet.is_met);
		assert_int_equal(left, n - 1);
		arena_free(a);
	}
}

static void quotation_marks_are_mended_by_language(void **state)
{
	(void)state;
	makes("en", PROOF_QUOTE_OPEN, "He said “no and left.", 0,
	    "He said “no and left.”");
	makes("en", PROOF_QUOTE_OPEN, "He said “no and left.", 1,
	    "He said no and left.");
	makes("en", PROOF_QUOTE_OPEN, "He said “no and left. So did Mr. Lee.",
	    0, "He said “no and left.” So did Mr. Lee.");
	makes("en", PROOF_QUOTE_OPEN, "“No. Never. We wait here.\n\nHe left.",
	    0, "“No. Never. We wait here.”\n\nHe left.");
	makes("en", PROOF_QUOTE_CLOSE, "It rained. He said no” and left.", 0,
	    "It rained. “He said no” and left.");
	makes("en", PROOF_QUOTE_CLOSE, "It rained. He said no” and left.", 1,
	    "It rained. He said no and left.");
	makes("en", PROOF_QUOTE_CLOSE, "It rained . He said no” then.", 1,
	    "It rained . He said no then.");
	makes("en", PROOF_QUOTE_SIDE,
	    "Russian dumplings ” pelmeni” made with crab.", 0,
	    "Russian dumplings “pelmeni” made with crab.");
	makes("en", PROOF_QUOTE_SIDE, "He wrote “off\" in red.", 0,
	    "He wrote “off” in red.");
	makes("de", PROOF_QUOTE_OPEN, "Er sagte „nein und ging.", 0,
	    "Er sagte „nein und ging.“");
	makes("de", PROOF_QUOTE_SIDE, "„Nein”, sagte er.", 0,
	    "„Nein“, sagte er.");
	makes("de", PROOF_QUOTE_SIDE, "„Ja, so ist es.\" Dann ging er.", 0,
	    "„Ja, so ist es.“ Dann ging er.");
	makes(
	    "de", PROOF_QUOTE_SIDE, "„Ja, so ist es.\" Dann ging er.", 1, NULL);
	makes("en", PROOF_QUOTE_SIDE, "“It is ”so it is.", 0,
	    "“It is” so it is.");
	makes("fr", PROOF_QUOTE_OPEN, "Il dit «\u00A0non et partit.", 0,
	    "Il dit «\u00A0non et partit.\u00A0»");
	makes("fr", PROOF_QUOTE_OPEN, "Il dit « non et partit.", 0,
	    "Il dit « non et partit.\u202F»");
	makes("fr", PROOF_QUOTE_OPEN, "Il dit «\u202Fnon et partit.", 1,
	    "Il dit non et partit.");
	makes("ru", PROOF_QUOTE_OPEN, "Он сказал «нет и ушёл.", 0,
	    "Он сказал «нет и ушёл.»");
	makes("ja", PROOF_QUOTE_OPEN, "「はいと彼は言った。", 0,
	    "「はいと彼は言った。」");
	makes("ar", PROOF_QUOTE_OPEN, "قال «لا وخرج.", 0, "قال «لا وخرج.»");
}

static void sentences_are_ended_by_script(void **state)
{
	(void)state;
	makes("en", PROOF_NO_END, "The mayor went home early and left", 0,
	    "The mayor went home early and left.");
	makes("en", PROOF_NO_END, "The mayor went home early and left,\n", 0,
	    "The mayor went home early and left.\n");
	makes("ar", PROOF_NO_END, "عاد العمدة إلى بيته مبكرا وترك الباب", 0,
	    "عاد العمدة إلى بيته مبكرا وترك الباب.");
	makes("ko", PROOF_NO_END, "시장은 일찍 집에 갔다", 0,
	    "시장은 일찍 집에 갔다.");
	makes("ja", PROOF_NO_END,
	    "市長は早く家に帰ってしまい扉を開けたままにした", 0,
	    "市長は早く家に帰ってしまい扉を開けたままにした。");
	makes("hi", PROOF_NO_END, "महापौर जल्दी घर चले गए और दरवाज़ा खुला", 0,
	    "महापौर जल्दी घर चले गए और दरवाज़ा खुला।");
	makes("en", PROOF_FRAGMENT, "Kim, who arrived by train from Korea.", 0,
	    "Kim arrived by train from Korea.");
	makes("fr", PROOF_FRAGMENT, "Dupont, qui est venu par le train.", 0,
	    "Dupont est venu par le train.");
	makes("en", PROOF_FRAGMENT, "Kim, whose train was late again.", 0,
	    "Kim’s train was late again.");
	makes("en", PROOF_FRAGMENT, "James, whose train was late again.", 0,
	    "James’s train was late again.");
	makes("en", PROOF_FRAGMENT, "James, whose train was late again.", 1,
	    "James’ train was late again.");
	makes("en", PROOF_NO_END, "The mayor went home and said ลาก่อน", 0,
	    "The mayor went home and said ลาก่อน.");
}

static void doubles_lose_one(void **state)
{
	(void)state;
	makes("en", PROOF_DOUBLED_WORD, "The the end.", 0, "The end.");
	makes("en", PROOF_DOUBLED_WORD, "It was the\nthe end.", 0,
	    "It was the end.");
	makes("en", PROOF_DOUBLED_WORD, "It was **the** the end.", 0,
	    "It was **the** end.");
	makes("en", PROOF_DOUBLED_WORD, "It was the **the end**.", 0,
	    "It was **the end**.");
	makes("en", PROOF_DOUBLED_WORD, "It was **the** *the* end.", 0,
	    "It was **the** end.");
	makes("en", PROOF_DOUBLED_WORD, "It was the [the end](a).", 0,
	    "It was [the end](a).");
	makes("en", PROOF_DOUBLED_WORD, "It was [the](a) the end.", 0,
	    "It was [the](a) end.");
	makes("en", PROOF_DOUBLED_WORD, "It was **the** *the end*.", 0, NULL);
	makes("en", PROOF_DOUBLED_WORD, "See [the](x \"a title\") the cat.", 0,
	    NULL);
	makes("en", PROOF_DOUBLED_WORD, "See the [^1] the cat.\n\n[^1]: Yes.",
	    0, NULL);
	makes("en", PROOF_DOUBLED_WORD, "See the[^1] the cat.\n\n[^1]: Yes.", 0,
	    "See the[^1] cat.\n\n[^1]: Yes.");
	makes("en", PROOF_DOUBLED_WORD, "> It was the\n> the end.", 0,
	    "> It was the end.");
	makes("en", PROOF_DOUBLED_PARAGRAPH,
	    "The mayor went home early and left the door open.\n\nYes.\n\n"
	    "The mayor went home early and left the door open.\n\nNo.\n",
	    0,
	    "The mayor went home early and left the door open.\n\nYes.\n\n"
	    "No.\n");
}

#define TWICE "The mayor went home early and left the door open."

static void what_stands_before_a_doubled_paragraph_stays(void **state)
{
	(void)state;
	makes("en", PROOF_DOUBLED_PARAGRAPH,
	    TWICE "\n\nSee the page at <https://example.org/a>\n\n" TWICE "\n",
	    0, TWICE "\n\nSee the page at <https://example.org/a>\n");
	makes("en", PROOF_DOUBLED_PARAGRAPH,
	    TWICE "\n\n<figure>\n</figure>\n\n> " TWICE "\n", 0,
	    TWICE "\n\n<figure>\n</figure>\n");
	makes("en", PROOF_DOUBLED_PARAGRAPH,
	    "> " TWICE "\n>\n> > " TWICE "\n>\n> Yes.", 0,
	    "> " TWICE "\n>\n> Yes.");
}

static void what_somebody_lets_stand_is_no_mark_until_it_changes(void **state)
{
	struct arena *a = arena_new(8 << 20);
	struct manuscript m = story(a, "en", "It fell a year ago today.");
	struct proof_mark *marks;
	struct stet v = {.who = STR("ada")};
	size_t n;

	(void)state;
	assert_int_equal(stet_read(a, &m, STR("en"), &v, 1, &marks, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_false(v.is_met);
	v.kind = str_of(proof_kind_name(marks[0].kind));
	v.field = marks[0].field;
	v.words = marks[0].excerpt;
	v.place = stet_place(&m, &marks[0]);
	assert_int_equal(stet_read(a, &m, STR("en"), &v, 1, &marks, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_true(v.is_met);
	m.body = STR("It rained. It fell there a year ago today.");
	assert_int_equal(stet_read(a, &m, STR("en"), &v, 1, &marks, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_false(v.is_met);
	/* Of two in the same words, one. */
	m.body = STR("It is today or tomorrow.");
	assert_int_equal(
	    stet_read(a, &m, STR("en"), NULL, 0, &marks, &n), RC_OK);
	assert_int_equal(n, 2);
	v.words = marks[1].excerpt;
	v.place = stet_place(&m, &marks[1]);
	assert_int_equal(stet_read(a, &m, STR("en"), &v, 1, &marks, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(marks[0].offset, 6);
	arena_free(a);
}

static void pictures_take_the_words_of_the_library(void **state)
{
	(void)state;
	makes("en", PROOF_NO_ALT, "![](/pictures/quay.jpg \"Ann\")", 0,
	    "![The old quay](/pictures/quay.jpg \"Ann\")");
	makes("en", PROOF_NO_CREDIT, "![A](/pictures/quay.jpg)\n\nOn.", 0,
	    "![A](/pictures/quay.jpg)\n*Photo: Rita Vaz*\n\nOn.");
	makes("de", PROOF_NO_CREDIT, "![A](/pictures/quay.jpg)\n*Der Kai*\n", 0,
	    "![A](/pictures/quay.jpg)\n*Der Kai (Foto: Rita Vaz)*\n");
	makes("en", PROOF_NO_ALT, "![](other.jpg \"Ann\")", 0, NULL);
}

/* --- at random --------------------------------------------------------- */

static uint64_t seed = 20261127;

static size_t below(size_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return n ? (size_t)(seed >> 33) % n : 0;
}

static void counts_of(
    struct arena *a, const struct manuscript *m, size_t counts[PROOF_KINDS])
{
	struct proof_mark *marks;
	size_t n;

	memset(counts, 0, PROOF_KINDS * sizeof(*counts));
	assert_int_equal(
	    stet_read(a, m, STR("en"), NULL, 0, &marks, &n), RC_OK);
	for (size_t i = 0; i < n; i++)
		counts[marks[i].kind]++;
}

/* Takes out or puts in what is mistyped every day. */
static struct str damaged(struct arena *a, struct str body)
{
	static const char *const bits[] = {"“", "”", "\"", "„", "«", "»", "‘",
	    "’", " the the ", "\n\n", ",", ".", "「", "]", "![](a.jpg)", "*",
	    " yesterday "};
	struct buf b;

	buf_init_arena(&b, a, body.n + 4096);
	for (size_t at = 0; at < body.n;) {
		size_t was = at;

		(void)utf8_next(body, &at);
		if (below(150) == 0)
			buf_add(&b,
			    str_of(
				bits[below(sizeof(bits) / sizeof(bits[0]))]));
		if (below(300) != 0)
			buf_add(&b, str_part(body, was, at - was));
	}
	if (below(3) == 0) {
		buf_lit(&b, "\n\n");
		buf_add(&b, str_part(body, 0, str_find_str(body, STR("\n\n"))));
	}
	return buf_str(&b);
}

static size_t check_mends(const char *name, const struct manuscript *m)
{
	struct arena *a = arena_new(64 << 20);
	struct read r = read_all(a, m);
	size_t before[PROOF_KINDS], after[PROOF_KINDS], mends = 0;

	counts_of(a, m, before);
	for (size_t i = 0; i < r.n; i++)
		for (size_t k = 0; k < r.mendings[i].n; k++) {
			struct manuscript made =
			    mend_apply(a, m, &r.mendings[i].v[k]);

			assert_true(utf8_is_valid(made.body));
			counts_of(a, &made, after);
			mends++;
			if (after[r.marks[i].kind] >= before[r.marks[i].kind])
				fail_msg("%s: \"%s\" stays", name,
				    proof_kind_name(r.marks[i].kind));
			for (int j = 0; j < PROOF_KINDS; j++)
				if (after[j] > before[j])
					fail_msg("%s: \"%s\" comes with it",
					    name,
					    proof_kind_name(
						(enum proof_kind)j));
		}
	arena_free(a);
	return mends;
}

static int is_story(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), STR(".md")) &&
	       strcmp(d->d_name, "README.md") != 0;
}

static void a_mend_takes_its_mark_away_and_adds_none(void **state)
{
	static const char *const folders[] = {
	    "test/proof/clean", "test/proof/faulty"};
	size_t mends = 0;

	(void)state;
	for (int f = 0; f < 2; f++) {
		struct dirent **v = NULL;
		int n = scandir(folders[f], &v, is_story, alphasort);

		assert_true(n >= 5);
		for (int i = 0; i < n; i++) {
			struct arena *a = arena_new(8 << 20);
			struct str path =
			    arena_printf(a, "%s/%s", folders[f], v[i]->d_name);
			FILE *file = fopen(path.p, "rb");
			char *p = arena_alloc(a, 1 << 16);
			struct manuscript m;
			struct err err;
			struct str body;

			assert_non_null(file);
			body = (struct str){p, fread(p, 1, 1 << 16, file)};
			(void)fclose(file);
			if (manuscript_parse(a, body, &m, &err) != RC_OK)
				fail_msg("%s", err.why);
			body = m.body;
			for (int round = 0; round < 3; round++) {
				mends += check_mends(v[i]->d_name, &m);
				m.body = damaged(a, body);
				m.has_published = false;
			}
			arena_free(a);
			free(v[i]);
		}
		free(v);
	}
	printf("note: mend: %zu mends tried\n", mends);
	assert_true(mends > 200);
}

/* --- limits ------------------------------------------------------------ */

static void a_text_of_faults_is_not_read_for_ever(void **state)
{
	struct arena *a = arena_new(256 << 20);
	struct manuscript m = {.lang = STR("en")};
	struct buf b;
	clock_t start;
	double s;

	(void)state;
	buf_init_arena(&b, a, 2 << 20);
	for (int i = 0; b.n < 200 << 10; i++)
		buf_add(
		    &b, i % 400 == 0 ? STR("“One \n\n") : STR("Words of it. "));
	m.body = buf_str(&b);
	start = clock();
	assert_true(read_all(a, &m).n > 10);
	s = (double)(clock() - start) / CLOCKS_PER_SEC;
	if (s > 2.0)
		fail_msg("200 kB takes %.1f s", s);
	arena_free(a);
}

/* Each mark asks whether its words are quoted, back to where the paragraph
 * begins: that ends with the bytes that may be read. */
static void many_days_of_one_paragraph_take_no_longer_than_it_does(void **state)
{
	struct arena *a = arena_new(256 << 20);
	struct manuscript m = {.lang = STR("en")};
	struct buf b;
	clock_t start;
	double s;

	(void)state;
	buf_init_arena(&b, a, 2 << 20);
	while (b.n < 1000 << 10)
		buf_add(&b, STR("Words of it. "));
	for (int i = 0; i < 480; i++)
		buf_add(&b, STR("He came yesterday. "));
	m.body = buf_str(&b);
	start = clock();
	assert_true(read_all(a, &m).n > 470);
	s = (double)(clock() - start) / CLOCKS_PER_SEC;
	if (s > 2.0)
		fail_msg("1 MB takes %.1f s", s);
	arena_free(a);
}

static void no_memory_is_told(void **state)
{
	(void)state;
	for (unsigned long n = 1; n < 400; n++) {
		struct arena *a = arena_new(8 << 20);
		struct manuscript m =
		    story(a, "en", "He said “no and and left");
		struct proof_mark *marks;
		struct mending *mendings;
		size_t count;
		enum rc rc;

		assert_int_equal(
		    proof_read(a, &m, STR("en"), &marks, &count), RC_OK);
		arena_fail_after(n);
		rc = mend_find(
		    a, &m, STR("en"), &known, marks, count, &mendings);
		arena_fail_after(0);
		assert_true(rc == RC_OK || rc == RC_NO_MEMORY);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_has_a_mend_and_a_place),
	    cmocka_unit_test(what_has_no_mend_has_one_click_all_the_same),
	    cmocka_unit_test(quotation_marks_are_mended_by_language),
	    cmocka_unit_test(sentences_are_ended_by_script),
	    cmocka_unit_test(doubles_lose_one),
	    cmocka_unit_test(what_stands_before_a_doubled_paragraph_stays),
	    cmocka_unit_test(
		what_somebody_lets_stand_is_no_mark_until_it_changes),
	    cmocka_unit_test(pictures_take_the_words_of_the_library),
	    cmocka_unit_test(a_mend_takes_its_mark_away_and_adds_none),
	    cmocka_unit_test(a_text_of_faults_is_not_read_for_ever),
	    cmocka_unit_test(
		many_days_of_one_paragraph_take_no_longer_than_it_does),
	    cmocka_unit_test(no_memory_is_told),
	};

	return cmocka_run_group_tests_name("mend", tests, NULL, NULL);
}
