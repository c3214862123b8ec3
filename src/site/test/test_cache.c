/* SPDX-License-Identifier: MIT
 *
 * The page cache, against a plain model of it, with entities of the test's
 * own whose size and life can be seen.
 */
#include "site/cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rc.h"
#include "http/entity.h"

/* --- Entities of the test -------------------------------------------- */

struct entity {
	size_t size;
	unsigned refs;
	unsigned number;
};

static int alive; /* Global: entities that exist now */

static struct entity *make(size_t size, unsigned number)
{
	struct entity *e = calloc(1, sizeof(*e));

	assert_non_null(e);
	e->size = size;
	e->refs = 1;
	e->number = number;
	alive++;
	return e;
}

struct entity *entity_ref(struct entity *e)
{
	e->refs++;
	return e;
}

void entity_unref(struct entity *e)
{
	if (!e || --e->refs > 0)
		return;
	alive--;
	free(e);
}

size_t entity_size(const struct entity *e)
{
	return e->size;
}

/* --- Helpers ---------------------------------------------------------- */

static const unsigned char secret[CACHE_KEY_BYTES] = "not very secret";
static const struct instant noon = {1000000};

static bool put(struct cache *c, const char *key, struct entity *e,
    const char *tag, struct instant expires)
{
	uint64_t hash = cache_tag(c, str_of(tag));
	bool is_stored = cache_put(c, &(struct cache_item){.key = str_of(key),
					  .entity = e,
					  .expires = expires,
					  .tags = &hash,
					  .tags_n = 1,
					  .generation = cache_generation(c)});

	entity_unref(e);
	return is_stored;
}

/* The number of the entity under KEY, or -1. */
static int look(struct cache *c, const char *key)
{
	struct entity *e = cache_get(c, str_of(key), noon);
	int number = e ? (int)e->number : -1;

	entity_unref(e);
	return number;
}

static size_t drop(struct cache *c, const char *tag)
{
	return cache_drop(c, cache_tag(c, str_of(tag)));
}

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* --- Tests ------------------------------------------------------------ */

static void what_was_put_is_found_under_its_own_key_only(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);

	(void)state;
	assert_true(put(c, "/a", make(100, 1), "t", INSTANT_NEVER));
	assert_true(put(c, "/b", make(100, 2), "t", INSTANT_NEVER));
	assert_int_equal(look(c, "/a"), 1);
	assert_int_equal(look(c, "/b"), 2);
	assert_int_equal(look(c, "/"), -1);
	assert_int_equal(look(c, "/ab"), -1);
	assert_int_equal(cache_stats(c)->hits, 2);
	assert_int_equal(cache_stats(c)->misses, 2);
	assert_true(put(c, "/a", make(100, 3), "t", INSTANT_NEVER));
	assert_int_equal(look(c, "/a"), 3);
	assert_int_equal(cache_stats(c)->entries, 2);
	cache_free(c);
	assert_int_equal(alive, 0);
}

static void a_drop_takes_what_carries_the_tag_and_no_more(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);

	(void)state;
	put(c, "/a", make(100, 1), "story:1", INSTANT_NEVER);
	put(c, "/b", make(100, 2), "story:2", INSTANT_NEVER);
	put(c, "/c", make(100, 3), "story:1", INSTANT_NEVER);
	assert_int_equal(drop(c, "story:1"), 2);
	assert_int_equal(drop(c, "story:1"), 0);
	assert_int_equal(drop(c, "story:"), 0);
	assert_int_equal(look(c, "/a"), -1);
	assert_int_equal(look(c, "/b"), 2);
	assert_int_equal(look(c, "/c"), -1);
	cache_free(c);
	assert_int_equal(alive, 0);
}

static void an_answer_with_one_tag_many_times_is_dropped_once(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);
	uint64_t tag = cache_tag(c, STR("front"));
	uint64_t tags[5] = {tag, tag, tag, 77, tag};
	struct entity *e = make(10, 1);

	(void)state;
	for (int i = 0; i < 4; i++) {
		char key[16];

		snprintf(key, sizeof(key), "/%d", i);
		assert_true(
		    cache_put(c, &(struct cache_item){.key = str_of(key),
				     .entity = e,
				     .expires = INSTANT_NEVER,
				     .tags = tags,
				     .tags_n = 5,
				     .generation = cache_generation(c)}));
	}
	entity_unref(e);
	assert_int_equal(drop(c, "front"), 4);
	assert_int_equal(alive, 0);
	assert_int_equal(cache_drop(c, 77), 0);
	cache_free(c);
}

static void a_page_from_before_a_drop_is_not_stored(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);
	uint64_t before = cache_generation(c);
	struct entity *e = make(10, 1);
	struct cache_item item = {.key = STR("/late"),
	    .entity = e,
	    .expires = INSTANT_NEVER,
	    .generation = before};

	(void)state;
	drop(c, "story:1");
	assert_false(cache_put(c, &item));
	cache_drop_all(c);
	assert_false(cache_put(c, &item));
	assert_int_equal(look(c, "/late"), -1);
	item.generation = cache_generation(c);
	assert_true(cache_put(c, &item));
	entity_unref(e);
	cache_free(c);
}

static void an_answer_ends_at_its_instant(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);
	struct instant before = {noon.us - 1};
	struct entity *e;

	(void)state;
	put(c, "/", make(10, 1), "front", noon);
	e = cache_get(c, STR("/"), before);
	assert_non_null(e);
	entity_unref(e);
	assert_int_equal(look(c, "/"), -1);
	e = cache_get_expired(c, STR("/"));
	assert_non_null(e);
	entity_unref(e);
	assert_null(cache_get_expired(c, STR("/x")));
	cache_free(c);
}

static void the_growth_of_an_answer_is_counted(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);
	struct entity *e;
	size_t before;

	(void)state;
	put(c, "/", make(1000, 1), "front", INSTANT_NEVER);
	before = cache_stats(c)->bytes;
	e = cache_get(c, STR("/"), noon);
	assert_non_null(e);
	e->size += 500; /* as the server does when it compresses */
	entity_unref(e);
	assert_int_equal(look(c, "/elsewhere"), -1);
	assert_int_equal(cache_stats(c)->bytes, before + 500);
	drop(c, "front");
	assert_true(cache_stats(c)->bytes < before - 1000);
	cache_free(c);
}

static void the_limit_holds_while_answers_grow(void **state)
{
	const size_t limit = 1 << 20;
	struct cache *c = cache_new(limit, secret);

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		char key[16];
		struct entity *e = make(1000, i);

		snprintf(key, sizeof(key), "/%u", i);
		entity_ref(e);
		put(c, key, e, "t", INSTANT_NEVER);
		e->size += 700;
		entity_unref(e);
		assert_true(cache_stats(c)->bytes <= limit);
	}
	assert_true(cache_stats(c)->evicted > 2000);
	assert_true(cache_stats(c)->bytes > limit / 2);
	assert_int_equal(alive, cache_stats(c)->entries);
	cache_free(c);
	assert_int_equal(alive, 0);
}

static void an_answer_too_large_is_not_stored(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);

	(void)state;
	assert_false(
	    put(c, "/p", make(cache_most(c) + 1, 1), "t", INSTANT_NEVER));
	assert_int_equal(cache_stats(c)->entries, 0);
	assert_int_equal(alive, 0);
	cache_free(c);
}

static void a_crawler_does_not_wash_out_what_readers_want(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);
	char key[32];

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		snprintf(key, sizeof(key), "/hot/%u", i);
		put(c, key, make(2000, i), "t", INSTANT_NEVER);
		assert_int_equal(look(c, key), i);
		assert_int_equal(look(c, key), i);
	}
	for (unsigned i = 0; i < 100000; i++) {
		snprintf(key, sizeof(key), "/old/%u", i);
		put(c, key, make(2000, i), "t", INSTANT_NEVER);
	}
	for (unsigned i = 0; i < 100; i++) {
		snprintf(key, sizeof(key), "/hot/%u", i);
		assert_int_equal(look(c, key), i);
	}
	cache_free(c);
	assert_int_equal(alive, 0);
}

static void what_comes_back_soon_after_eviction_is_kept(void **state)
{
	struct cache *c = cache_new(1 << 20, secret);
	char key[32];

	(void)state;
	put(c, "/again", make(2000, 7), "t", INSTANT_NEVER);
	for (unsigned i = 0; i < 1000; i++) {
		snprintf(key, sizeof(key), "/old/%u", i);
		put(c, key, make(2000, i), "t", INSTANT_NEVER);
	}
	assert_int_equal(look(c, "/again"), -1);
	put(c, "/again", make(2000, 8), "t", INSTANT_NEVER);
	for (unsigned i = 0; i < 300; i++) {
		snprintf(key, sizeof(key), "/more/%u", i);
		put(c, key, make(2000, i), "t", INSTANT_NEVER);
	}
	assert_int_equal(look(c, "/again"), 8);
	cache_free(c);
}

/* A model that forgets nothing: the cache may have less, never other. */
enum { KEYS = 200, TAGS = 40 };

struct model {
	bool is_there[KEYS];
	unsigned number[KEYS];
	unsigned tag[KEYS][2];
	int64_t expires[KEYS];
};

static void model_put(
    struct cache *c, struct model *m, unsigned k, unsigned n, uint64_t *seed)
{
	char key[16], tag[16];
	uint64_t tags[2];
	struct entity *e = make(next_random(seed) % 4000, n);

	snprintf(key, sizeof(key), "/%u", k);
	for (int i = 0; i < 2; i++) {
		m->tag[k][i] = (unsigned)(next_random(seed) % TAGS);
		snprintf(tag, sizeof(tag), "tag:%u", m->tag[k][i]);
		tags[i] = cache_tag(c, str_of(tag));
	}
	m->is_there[k] = true;
	m->number[k] = n;
	m->expires[k] = (int64_t)(next_random(seed) % 2000000);
	assert_true(cache_put(c, &(struct cache_item){.key = str_of(key),
				     .entity = e,
				     .expires = {m->expires[k]},
				     .tags = tags,
				     .tags_n = 2,
				     .generation = cache_generation(c)}));
	if (next_random(seed) % 2)
		e->size += next_random(seed) % 2000;
	entity_unref(e);
}

static size_t model_drop(struct cache *c, struct model *m, unsigned t)
{
	char tag[16];
	size_t most = 0;

	for (unsigned k = 0; k < KEYS; k++) {
		if (m->is_there[k] &&
		    (m->tag[k][0] == t || m->tag[k][1] == t)) {
			m->is_there[k] = false;
			most++;
		}
	}
	snprintf(tag, sizeof(tag), "tag:%u", t);
	assert_true(drop(c, tag) <= most);
	return most;
}

static void a_random_life_agrees_with_the_model(void **state)
{
	const uint64_t start = 20261123;
	const size_t limit = 300 * 1024;
	struct model *m = calloc(1, sizeof(*m));
	struct cache *c = cache_new(limit, secret);
	uint64_t seed = start;
	unsigned found = 0, dropped = 0;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)start);
	for (unsigned step = 0; step < 60000; step++) {
		unsigned k = (unsigned)(next_random(&seed) % KEYS);
		unsigned what = (unsigned)(next_random(&seed) % 100);
		char key[16];
		int n;

		if (what < 30) {
			model_put(c, m, k, step, &seed);
		} else if (what < 33) {
			dropped += (unsigned)model_drop(c, m, k % TAGS);
		} else {
			snprintf(key, sizeof(key), "/%u", k);
			n = look(c, key);
			if (n >= 0) {
				found++;
				assert_true(m->is_there[k]);
				assert_int_equal(n, m->number[k]);
				assert_true(m->expires[k] > noon.us);
			}
		}
		assert_true(cache_stats(c)->bytes <= limit + 2000);
		assert_int_equal(alive, cache_stats(c)->entries);
	}
	/* A test that finds nothing shows nothing. */
	assert_true(found > 1000 && dropped > 1000);
	assert_true(cache_stats(c)->evicted > 100);
	cache_drop_all(c);
	assert_int_equal(alive, 0);
	cache_free(c);
	free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_put_is_found_under_its_own_key_only),
	    cmocka_unit_test(a_drop_takes_what_carries_the_tag_and_no_more),
	    cmocka_unit_test(an_answer_with_one_tag_many_times_is_dropped_once),
	    cmocka_unit_test(a_page_from_before_a_drop_is_not_stored),
	    cmocka_unit_test(an_answer_ends_at_its_instant),
	    cmocka_unit_test(the_growth_of_an_answer_is_counted),
	    cmocka_unit_test(the_limit_holds_while_answers_grow),
	    cmocka_unit_test(an_answer_too_large_is_not_stored),
	    cmocka_unit_test(a_crawler_does_not_wash_out_what_readers_want),
	    cmocka_unit_test(what_comes_back_soon_after_eviction_is_kept),
	    cmocka_unit_test(a_random_life_agrees_with_the_model),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
