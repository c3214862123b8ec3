/* SPDX-License-Identifier: MIT
 *
 * Makes archives to measure on: a paper with many stories, or the same
 * stories as Markdown files with front matter.
 *
 *	archive DIR STORIES SEED		a paper in DIR (made if needed)
 *	archive --files DIR STORIES SEED	DIR/YYYY/MM/NAME.md
 *
 * The same seed gives the same stories. Lengths are spread as in a real
 * archive: about 650 words in the middle (log-normal), one in twenty long.
 * The words are invented; the sentences have the shape of real ones.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "paper/paper.h"
#include "text/manuscript.h"

enum {
	WORDS = 4000,
	WORD_MAX = 16,
	SECTIONS = 12,
	PEOPLE = 300,
	TAGS = 2000,
	BATCH = 4000,
	STORY_MAX = 1 << 20,
	PARAGRAPH_SENTENCES = 4,
};

struct archive {
	uint64_t state;
	char words[WORDS][WORD_MAX];
	char people[PEOPLE][2 * WORD_MAX];
	char tags[TAGS][2 * WORD_MAX];
	struct arena *a; /* of one story */
	uint64_t stories;
	uint64_t bytes; /* of bodies */
};

static const char *const sections[SECTIONS] = {"News", "World", "Politics",
    "Business", "Opinion", "Culture", "Science", "Sport", "Harbour", "Law",
    "Weather", "Letters"};

static _Noreturn void fail(const char *fmt, ...) PRINTF_LIKE(1, 2);

static _Noreturn void fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "archive: ");
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\n");
	va_end(ap);
	exit(1);
}

/* xorshift64*: good enough to shape stories, and the same everywhere. */
static uint64_t next(struct archive *g)
{
	uint64_t x = g->state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	g->state = x;
	return x * 0x2545F4914F6CDD1Du;
}

static uint64_t below(struct archive *g, uint64_t n)
{
	return (next(g) >> 11) % n;
}

/* Common words come often: the square of an even spread. */
static const char *word(struct archive *g)
{
	uint64_t r = below(g, WORDS);

	return g->words[r * r / WORDS];
}

static void make_word(struct archive *g, char *w)
{
	static const char *const heads[] = {"b", "br", "c", "ch", "d", "f",
	    "fl", "g", "h", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t",
	    "tr", "v", "w"};
	static const char *const cores[] = {
	    "a", "e", "i", "o", "u", "ai", "ea", "ou"};
	static const char *const tails[] = {
	    "", "", "n", "r", "s", "t", "l", "ld", "nd", "rk"};
	uint64_t syllables = 1 + (below(g, 3) + below(g, 2)) / 2;
	size_t n = 0;

	for (uint64_t i = 0; i < syllables; i++)
		n += (size_t)snprintf(w + n, WORD_MAX - n, "%s%s",
		    heads[below(g, 22)], cores[below(g, 8)]);
	snprintf(w + n, WORD_MAX - n, "%s", tails[below(g, 10)]);
}

static void capital(char *w)
{
	if (w[0] >= 'a' && w[0] <= 'z')
		w[0] = (char)(w[0] - 'a' + 'A');
}

static void make_names(struct archive *g)
{
	for (int i = 0; i < WORDS; i++)
		make_word(g, g->words[i]);
	for (int i = 0; i < PEOPLE; i++) {
		char first[WORD_MAX], last[WORD_MAX];

		make_word(g, first);
		make_word(g, last);
		capital(first);
		capital(last);
		snprintf(
		    g->people[i], sizeof(g->people[i]), "%s %s", first, last);
	}
	for (int i = 0; i < TAGS; i++)
		snprintf(
		    g->tags[i], sizeof(g->tags[i]), "%s %s", word(g), word(g));
}

/* How many words: log-normal around 650, by the sum of twelve evens. */
static unsigned length(struct archive *g)
{
	int64_t sum = 0;
	uint64_t n = 650;

	if (below(g, 20) == 0)
		n = 2600;
	for (int i = 0; i < 12; i++)
		sum += (int64_t)below(g, 1000);
	sum -= 6000; /* -6000 to 6000; one sigma is 1000 */
	/* Each tenth of a sigma is 5 per cent more or less. */
	for (; sum >= 100; sum -= 100)
		n = n * 105 / 100;
	for (; sum <= -100; sum += 100)
		n = n * 100 / 105;
	return n < 40 ? 40 : n > 12000 ? 12000 : (unsigned)n;
}

static unsigned sentence(struct archive *g, struct buf *b)
{
	unsigned n = 6 + (unsigned)below(g, 20);
	size_t at = b->n;

	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_char(b, ' ');
		if (i > 3 && below(g, 12) == 0)
			buf_lit(b, "and ");
		buf_add(b, str_of(word(g)));
		if (i + 2 < n && below(g, 11) == 0)
			buf_char(b, ',');
	}
	buf_char(b, '.');
	capital(b->p + at);
	return n;
}

static void body(struct archive *g, struct buf *b)
{
	unsigned words = length(g);
	unsigned n = 0;

	for (unsigned paragraph = 1; n < words; paragraph++) {
		bool is_quote = below(g, 9) == 0;

		if (paragraph % 7 == 0) {
			buf_lit(b, "## ");
			buf_add(b, str_of(word(g)));
			buf_char(b, ' ');
			buf_add(b, str_of(word(g)));
			buf_lit(b, "\n\n");
		}
		if (is_quote)
			buf_lit(b, "\xE2\x80\x9C");
		for (int i = 0; i < PARAGRAPH_SENTENCES; i++) {
			if (i > 0)
				buf_char(b, ' ');
			n += sentence(g, b);
		}
		if (is_quote)
			buf_lit(b, "\xE2\x80\x9D");
		buf_lit(b, "\n\n");
	}
}

static struct str words(struct archive *g, unsigned n)
{
	struct buf b;

	buf_init_arena(&b, g->a, 4096);
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_add(&b, str_of(word(g)));
	}
	capital(b.p);
	return buf_str(&b);
}

static struct str *list(struct archive *g, size_t n)
{
	struct str *v = ARENA_ARRAY(g->a, struct str, n);

	if (!v)
		fail("no memory");
	(void)g;
	return v;
}

/* Story number I of N, from twenty years ago to now. */
static void story(
    struct archive *g, uint64_t i, struct instant now, struct manuscript *ret_m)
{
	int64_t span_s = 20 * 365 * 86400;
	struct manuscript m = {.body_line = 0};
	struct instant at;
	struct buf b;

	at.us = now.us - span_s * 1000000 +
		(int64_t)((double)span_s * (double)i / (double)g->stories) *
		    1000000;
	m.has_published = true;
	m.published = civil_at(at, 0);
	m.published.has_time = true;
	m.published.has_offset = true;
	m.headline = words(g, 4 + (unsigned)below(g, 6));
	m.standfirst = words(g, 12 + (unsigned)below(g, 14));
	m.section = str_of(sections[below(g, SECTIONS)]);
	m.dateline = words(g, 1);
	m.authors.n = below(g, 5) == 0 ? 2 : 1;
	m.authors.v = list(g, m.authors.n);
	for (size_t k = 0; k < m.authors.n; k++)
		m.authors.v[k] = str_of(g->people[below(g, PEOPLE)]);
	m.tags.n = 2 + below(g, 3);
	m.tags.v = list(g, m.tags.n);
	for (size_t k = 0; k < m.tags.n; k++)
		m.tags.v[k] = str_of(g->tags[below(g, TAGS)]);
	if (below(g, 3) == 0) {
		m.picture.url = STR("/media/harbour.jpg");
		m.picture.alt = words(g, 8);
		m.picture.caption = words(g, 12);
		m.picture.credit = m.authors.v[0];
	}
	buf_init_arena(&b, g->a, STORY_MAX);
	body(g, &b);
	if (buf_rc(&b) != RC_OK)
		fail("a story is too long");
	m.body = buf_str(&b);
	g->bytes += m.body.n;
	*ret_m = m;
}

static uint64_t cpu_us(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (uint64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000 +
	       (uint64_t)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static void folder(const char *path)
{
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		fail("%s: %s", path, strerror(errno));
}

static void open_paper(const char *dir, struct paper **ret_paper)
{
	struct paper_settings settings = {
	    .name = STR("The Port Lune Farthing"),
	    .lang = STR("en"),
	    .zone = STR("Europe/London"),
	    .place = STR("Port Lune"),
	    .origin = STR("http://127.0.0.1:8080"),
	};
	char path[4096];
	struct err err;
	enum rc rc;

	folder(dir);
	snprintf(path, sizeof(path), "%s/private", dir);
	folder(path);
	snprintf(path, sizeof(path), "%s/public", dir);
	folder(path);
	snprintf(path, sizeof(path), "%s/run", dir);
	folder(path);
	rc = paper_create(str_of(dir), &settings, INSTANT_OF_S(0), &err);
	if (rc != RC_OK && rc != RC_EXISTS)
		fail("%s", err.why);
	if (paper_open(str_of(dir), ret_paper, &err) != RC_OK)
		fail("%s", err.why);
}

static void import_one(struct archive *g, struct paper *paper, uint64_t i,
    struct instant now, uint64_t *own_us)
{
	struct manuscript m;
	struct paper_import import = {.manuscript = &m, .now = now};
	enum paper_outcome outcome;
	char key[64], hash[20];
	struct err err;
	uint64_t before = cpu_us();

	arena_reset(g->a);
	story(g, i, now, &m);
	snprintf(key, sizeof(key), "archive/%010llu.md", (unsigned long long)i);
	snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)i);
	import.key = str_of(key);
	import.hash = str_of(hash);
	*own_us += cpu_us() - before;
	if (paper_import(paper, &import, &outcome, NULL, &err) != RC_OK)
		fail("%s", err.why);
}

static void import_all(struct archive *g, const char *dir, struct instant now)
{
	struct paper *paper;
	struct err err;
	uint64_t own_us = 0;
	uint64_t start = cpu_us();
	uint64_t us;

	open_paper(dir, &paper);
	for (uint64_t i = 0; i < g->stories; i++) {
		if (i % BATCH == 0 &&
		    paper_batch_begin(paper, now, &err) != RC_OK)
			fail("%s", err.why);
		import_one(g, paper, i, now, &own_us);
		if (i % BATCH < BATCH - 1 && i + 1 < g->stories)
			continue;
		if (paper_batch_commit(paper, now, &err) != RC_OK)
			fail("%s", err.why);
		us = cpu_us() - start - own_us;
		fprintf(stderr, "\r%llu of %llu, %.1f us CPU a story ",
		    (unsigned long long)i + 1, (unsigned long long)g->stories,
		    (double)us / (double)(i + 1));
	}
	paper_close(paper);
	us = cpu_us() - start - own_us;
	fprintf(stderr, "\n");
	printf("stories %llu\nbody_bytes %llu\ncpu_us_per_story %.2f\n",
	    (unsigned long long)g->stories, (unsigned long long)g->bytes,
	    (double)us / (double)g->stories);
}

static void write_file(
    struct archive *g, const char *dir, uint64_t i, const struct manuscript *m)
{
	char path[4096];
	struct buf b;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%04d", dir, (int)m->published.year);
	folder(path);
	snprintf(path, sizeof(path), "%s/%04d/%02d", dir,
	    (int)m->published.year, m->published.month);
	folder(path);
	snprintf(path, sizeof(path), "%s/%04d/%02d/story-%010llu.md", dir,
	    (int)m->published.year, m->published.month, (unsigned long long)i);
	buf_init_arena(&b, g->a, 2 * STORY_MAX);
	manuscript_write(&b, m);
	if (buf_rc(&b) != RC_OK)
		fail("a story is too long");
	f = fopen(path, "wb");
	if (!f || fwrite(b.p, 1, b.n, f) != b.n || fclose(f) != 0)
		fail("%s: %s", path, strerror(errno));
}

static void write_all(struct archive *g, const char *dir, struct instant now)
{
	folder(dir);
	for (uint64_t i = 0; i < g->stories; i++) {
		struct manuscript m;

		arena_reset(g->a);
		story(g, i, now, &m);
		write_file(g, dir, i, &m);
		if (i % 1000 == 999)
			fprintf(stderr, "\r%llu of %llu ",
			    (unsigned long long)i + 1,
			    (unsigned long long)g->stories);
	}
	fprintf(stderr, "\n");
	printf("stories %llu\nbody_bytes %llu\n",
	    (unsigned long long)g->stories, (unsigned long long)g->bytes);
}

int main(int argc, char **argv)
{
	bool has_files = argc > 1 && strcmp(argv[1], "--files") == 0;
	struct archive *g = calloc(1, sizeof(*g));
	/* Not the clock's: the same seed is to give the same dates. */
	struct instant now = INSTANT_OF_S(1795428000);
	char **arg = argv + 1 + has_files;
	uint64_t seed;

	if (!g || argc - has_files != 4 ||
	    str_u64(str_of(arg[1]), 100000000, &g->stories) != RC_OK ||
	    str_u64(str_of(arg[2]), UINT64_MAX / 2, &seed) != RC_OK)
		fail("usage: archive [--files] DIR STORIES SEED");
	g->state = seed * 2 + 0x9E3779B97F4A7C15u;
	g->a = arena_new(16 * STORY_MAX);
	make_names(g);
	if (has_files)
		write_all(g, arg[0], now);
	else
		import_all(g, arg[0], now);
	arena_free(g->a);
	free(g);
	return 0;
}
