/* SPDX-License-Identifier: MIT
 *
 * library DIR N: puts N pictures into the library of the paper in DIR, with
 * captions as agencies write them, some with rights that end. Each has the word
 * "quay"; one in a hundred "ferry"; one alone "lighthouse". There are no files
 * to them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "paper/library.h"
#include "paper/paper.h"

enum { WORDS = 3000, CAPTION_WORDS = 24, BYTES = 2000 };

/* A word of syllables. Rare words are rare: as in a language, roughly. */
static void put_word(struct buf *b, uint64_t *seed)
{
	static const char first[] = "bcdfghklmnprstvwz";
	static const char then[] = "aeiou";
	unsigned n = WORDS;

	for (int i = 0; i < 2; i++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		n = (unsigned)(*seed >> 33) % n + 1;
	}
	buf_char(b, ' ');
	for (n = n * 7919; n > 0; n /= (sizeof(first) - 1) * 5) {
		buf_char(b, first[n % (sizeof(first) - 1)]);
		buf_char(b, then[n / (sizeof(first) - 1) % 5]);
	}
}

static struct str caption(struct arena *a, unsigned i, unsigned all)
{
	uint64_t seed = i + 1;
	struct buf b;

	buf_init_arena(&b, a, BYTES);
	buf_lit(&b, "The quay");
	if (i % 100 == 7)
		buf_lit(&b, " with the ferry");
	if (i == all / 2)
		buf_lit(&b, " and the lighthouse");
	for (int k = 0; k < CAPTION_WORDS; k++)
		put_word(&b, &seed);
	return buf_str(&b);
}

static enum rc add(
    struct paper *paper, struct arena *a, unsigned i, unsigned all)
{
	static const struct staff_by by = {
	    1, STR_INIT("Ada Quay"), {INT64_C(1790000000000000)}};
	const struct library_picture picture = {
	    .hash = arena_printf(a, "%064u", i),
	    .stem = arena_printf(a, "%026u", i),
	    .name = arena_printf(a, "IMG_%05u.jpg", i),
	    .kind = STR("JPEG"),
	    .bytes = 4000000,
	    .width = 4000,
	    .height = 3000,
	    .words = {.caption = caption(a, i, all),
		.credit = STR("Ines Corvo / Port Lune Pictures"),
		.alt = caption(a, i + all, all * 4),
		.rights = STR("© Port Lune Pictures"),
		.expires = i % 20 ? STR("") : STR("2026-12-01"),
		.focus_x = 500,
		.focus_y = 500},
	    .files = {.whole = {{400, 300}, {800, 600}, {1200, 900},
			  {1600, 1200}, {2400, 1800}},
		.whole_n = 5,
		.shapes = {{1200, 1200}, {1200, 900}, {1200, 675}}},
	};
	int64_t id;
	struct err err;
	enum rc rc = library_add(paper, &picture, &by, &id, &err);

	if (rc != RC_OK)
		fprintf(stderr, "library: %s\n", err.why);
	return rc;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(16 << 20);
	unsigned n = argc == 3 ? (unsigned)atoi(argv[2]) : 0;
	struct paper *paper;
	struct err err;
	enum rc rc = RC_OK;

	if (n == 0) {
		fputs("usage: library DIR N\n", stderr);
		return 2;
	}
	if (paper_open(str_of(argv[1]), &paper, &err) != RC_OK) {
		fprintf(stderr, "library: %s\n", err.why);
		return 1;
	}
	for (unsigned i = 0; rc == RC_OK && i < n; i++) {
		arena_reset(a);
		rc = add(paper, a, i, n);
	}
	paper_close(paper);
	arena_free(a);
	return rc == RC_OK ? 0 : 1;
}
