/* SPDX-License-Identifier: MIT
 *
 * What picture files say in words.
 */
#include "picture/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "picture/crop.h"

#define XMP(inside)                                                            \
	STR("<x:xmpmeta xmlns:x='adobe:ns:meta/'>"                             \
	    "<rdf:RDF xmlns:rdf="                                              \
	    "'http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"                   \
	    "<rdf:Description rdf:about=''"                                    \
	    " xmlns:dc='http://purl.org/dc/elements/1.1/'"                     \
	    " xmlns:tiff='http://ns.adobe.com/tiff/1.0/'"                      \
	    " xmlns:p='http://ns.adobe.com/photoshop/1.0/'"                    \
	    " xmlns:r='http://ns.adobe.com/xap/1.0/rights/'"                   \
	    " xmlns:e='http://ns.adobe.com/exif/1.0/'" inside                  \
	    "</rdf:Description></rdf:RDF></x:xmpmeta>")

#define assert_says(field, text) assert_true(str_eq((field), STR(text)))

static void xmp_is_read_from_elements_and_attributes(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct picture_words w = {0};

	(void)state;
	assert_int_equal(
	    picture_words_xmp(a,
		XMP(" p:Credit='The  Gazette &amp; others' p:City='Lune'>"
		    "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>"
		    "Boats\n in the harbour</rdf:li><rdf:li xml:lang='fr'>"
		    "Bateaux</rdf:li></rdf:Alt></dc:description>"
		    "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li>"
		    "<rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>"
		    "<dc:rights><rdf:Alt><rdf:li>(c) us</rdf:li></rdf:Alt>"
		    "</dc:rights><r:UsageTerms><rdf:Alt><rdf:li>once"
		    "</rdf:li></rdf:Alt></r:UsageTerms>"
		    "<tiff:Make>Lumen</tiff:Make>"
		    "<e:GPSLatitude>57,6N</e:GPSLatitude>"),
		&w),
	    RC_OK);
	assert_says(w.credit, "The Gazette & others");
	assert_says(w.caption, "Boats in the harbour");
	assert_says(w.creator, "Ana, Bo");
	assert_says(w.rights, "(c) us. once");
	assert_says(w.place, "Lune");
	assert_true(w.has_place);
	assert_true(w.has_device);
	arena_free(a);
}

static void xmp_that_laughs_is_refused(void **state)
{
	static const struct str bad[] = {
	    STR_INIT("<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"
		     "<x>&b;</x>"),
	    STR_INIT("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"),
	    STR_INIT("<x>&undefined;</x>"), STR_INIT("<x>"), STR_INIT("x"),
	    STR_INIT(""), STR_INIT("\0\0"), STR_INIT("<x>\xff</x>")};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct picture_words w = {0};

		assert_int_equal(picture_words_xmp(a, bad[i], &w), RC_INVALID);
		assert_int_equal(w.caption.n, 0);
	}
	arena_free(a);
}

static void what_is_known_already_stays(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct picture_words w = {.credit = STR("Known")};

	(void)state;
	assert_int_equal(
	    picture_words_xmp(a, XMP(" p:Credit='Other'>"), &w), RC_OK);
	assert_says(w.credit, "Known");
	arena_free(a);
}

#define SET(number, length, value) "\x1c\x02" number "\0" length value

static void iptc_is_read_bare_and_within_photoshops(void **state)
{
	static const struct str both[] = {
	    STR_INIT(SET("\x78", "\x05", "Boats") SET("\x50", "\x03", "Ana")
		    SET("\x50", "\x02", "Bo") SET("\x25", "\x08", "20270131")
			SET("\x5a", "\x04", "Lune")),
	    STR_INIT("Photoshop 3.0\0"
		     "8BIM\x04\x22\0\0\0\0\0\x03xyz\0"
		     "8BIM\x04\x04\0\0\0\0\0\x2f" SET("\x78", "\x05", "Boats")
			 SET("\x50", "\x03", "Ana") SET("\x50", "\x02", "Bo")
			     SET("\x25", "\x08", "20270131")
				 SET("\x5a", "\x04", "Lune") "\0")};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct picture_words w = {0};

		assert_int_equal(picture_words_iptc(a, both[i], &w), RC_OK);
		assert_says(w.caption, "Boats");
		assert_says(w.creator, "Ana, Bo");
		assert_says(w.expires, "2027-01-31");
		assert_says(w.place, "Lune");
		assert_true(w.has_place);
	}
	arena_free(a);
}

static void iptc_in_latin_1_is_brought_to_utf_8(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct picture_words w = {0};

	(void)state;
	assert_int_equal(
	    picture_words_iptc(a, STR(SET("\x78", "\x05", "Caf\xe9\x07")), &w),
	    RC_OK);
	assert_says(w.caption, "Caf\xc3\xa9");
	arena_free(a);
}

static void of_broken_iptc_the_sound_part_is_taken(void **state)
{
	static const struct str bad[] = {
	    STR_INIT(SET("\x78", "\x05", "Boats") "\x1c\x02\x50\0\x09short"),
	    STR_INIT(SET("\x78", "\x05", "Boats") "\x1c\x02"),
	    STR_INIT(SET("\x78", "\x05", "Boats") "junk...."),
	    STR_INIT(SET("\x78", "\x05", "Boats") "\x1c\x02\x50\x80\x04....")};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct picture_words w = {0};

		assert_int_equal(picture_words_iptc(a, bad[i], &w), RC_INVALID);
		assert_says(w.caption, "Boats");
		assert_int_equal(w.creator.n, 0);
	}
	arena_free(a);
}

static void a_packet_written_is_read_back_without_secrets(void **state)
{
	const struct picture_words said = {.headline = STR("A < B & C"),
	    .caption = STR("\xe2\x80\x9cQuay\xe2\x80\x9d ]]> '\""),
	    .alt = STR("A boat"),
	    .credit = STR("The Gazette"),
	    .creator = STR("Nuria Salas"),
	    .rights = STR("One use"),
	    .expires = STR("2027-01-31"),
	    .place = STR("Port Lune"),
	    .has_place = true,
	    .has_device = true};
	struct picture_words w = {0};
	struct arena *a = arena_new(1 << 20);
	struct buf b;

	(void)state;
	buf_init_arena(&b, a, 64 * 1024);
	picture_words_write_xmp(&b, &said);
	assert_int_equal(picture_words_xmp(a, buf_str(&b), &w), RC_OK);
	assert_true(str_eq(w.headline, said.headline));
	assert_true(str_eq(w.caption, said.caption));
	assert_true(str_eq(w.alt, said.alt));
	assert_true(str_eq(w.credit, said.credit));
	assert_true(str_eq(w.creator, said.creator));
	assert_true(str_eq(w.rights, said.rights));
	assert_true(str_eq(w.expires, said.expires));
	assert_int_equal(w.place.n, 0);
	assert_false(w.has_place);
	assert_false(w.has_device);
	arena_free(a);
}

static void what_is_no_character_becomes_a_space(void **state)
{
	struct arena *a = arena_new(64 * 1024);
	struct str text =
	    picture_text(a, STR("a\1b\302\232c\357\277\276d\177"));

	(void)state;
	assert_true(str_eq(text, STR("a b c d")));
	arena_free(a);
}

static void long_texts_are_cut_between_characters(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b;
	struct str text;

	(void)state;
	buf_init_arena(&b, a, 8000);
	buf_char(&b, 'x');
	for (int i = 0; i < 2500; i++)
		buf_lit(&b, "\xc3\xa9");
	text = picture_text(a, buf_str(&b));
	assert_int_equal(text.n, PICTURE_TEXT_MAX - 1);
	assert_int_equal(picture_text(a, STR("\xff")).n, 0);
	arena_free(a);
}

static void a_shape_is_cut_around_its_focus(void **state)
{
	struct picture_rect r;

	(void)state;
	r = picture_crop(1200, 900, PICTURE_1_1, PICTURE_FOCUS_MIDDLE);
	assert_int_equal(r.left, 150);
	assert_int_equal(r.top, 0);
	assert_int_equal(r.width, 900);
	assert_int_equal(r.height, 900);
	r = picture_crop(
	    1200, 900, PICTURE_1_1, (struct picture_focus){1000, 0});
	assert_int_equal(r.left, 300);
	r = picture_crop(1200, 900, PICTURE_1_1, (struct picture_focus){0, 0});
	assert_int_equal(r.left, 0);
	r = picture_crop(
	    900, 1200, PICTURE_16_9, (struct picture_focus){500, 250});
	assert_int_equal(r.width, 900);
	assert_int_equal(r.height, 506);
	assert_int_equal(r.top, 47);
	r = picture_crop(
	    900, 1200, PICTURE_WHOLE, (struct picture_focus){0, 0});
	assert_int_equal(r.width, 900);
	assert_int_equal(r.height, 1200);
	for (uint32_t w = 1; w < 70; w++)
		for (uint32_t h = 1; h < 70; h++)
			for (int s = 0; s < PICTURE_SHAPES; s++) {
				r = picture_crop(w, h, (enum picture_shape)s,
				    (struct picture_focus){999, 1});
				assert_true(r.width > 0 && r.height > 0);
				assert_true(r.left + r.width <= w);
				assert_true(r.top + r.height <= h);
			}
}

static void a_part_set_by_hand_stays_within_the_picture(void **state)
{
	struct picture_cut cut, again;
	struct picture_rect r;

	(void)state;
	r = picture_cut_rect(
	    1200, 900, PICTURE_4_3, (struct picture_cut){250, 500, 500});
	assert_int_equal(r.left, 300);
	assert_int_equal(r.top, 450);
	assert_int_equal(r.width, 600);
	assert_int_equal(r.height, 450);
	/* Too far to the right, too low, too large. */
	cut = picture_cut_fit(
	    1200, 900, PICTURE_4_3, (struct picture_cut){900, 900, 500});
	assert_int_equal(cut.left, 500);
	assert_int_equal(cut.top, 500);
	cut = picture_cut_fit(
	    1200, 900, PICTURE_1_1, (struct picture_cut){0, 0, 1000});
	assert_int_equal(cut.width, 750);
	cut = picture_cut_fit(
	    1200, 900, PICTURE_1_1, (struct picture_cut){0, 0, 1});
	assert_int_equal(cut.width, PICTURE_CUT_MIN);
	cut = picture_cut_fit(
	    1200, 900, PICTURE_1_1, (struct picture_cut){10, 10, 0});
	assert_int_equal(cut.left + cut.top + cut.width, 0);
	for (uint32_t w = 1; w < 70; w += 3)
		for (uint32_t h = 1; h < 70; h += 2)
			for (int s = PICTURE_1_1; s < PICTURE_SHAPES; s++)
				for (uint16_t n = 1; n <= 1000; n += 37) {
					cut = (struct picture_cut){
					    n, (uint16_t)(1000 - n), n};
					r = picture_cut_rect(
					    w, h, (enum picture_shape)s, cut);
					assert_true(r.width && r.height);
					assert_true(r.left + r.width <= w);
					assert_true(r.top + r.height <= h);
					cut = picture_cut_fit(
					    w, h, (enum picture_shape)s, cut);
					again = picture_cut_fit(
					    w, h, (enum picture_shape)s, cut);
					/* What fits is not changed again. */
					assert_memory_equal(
					    &cut, &again, sizeof(cut));
				}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(xmp_is_read_from_elements_and_attributes),
	    cmocka_unit_test(xmp_that_laughs_is_refused),
	    cmocka_unit_test(what_is_known_already_stays),
	    cmocka_unit_test(iptc_is_read_bare_and_within_photoshops),
	    cmocka_unit_test(iptc_in_latin_1_is_brought_to_utf_8),
	    cmocka_unit_test(of_broken_iptc_the_sound_part_is_taken),
	    cmocka_unit_test(a_packet_written_is_read_back_without_secrets),
	    cmocka_unit_test(what_is_no_character_becomes_a_space),
	    cmocka_unit_test(long_texts_are_cut_between_characters),
	    cmocka_unit_test(a_shape_is_cut_around_its_focus),
	    cmocka_unit_test(a_part_set_by_hand_stays_within_the_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
