/* SPDX-License-Identifier: MIT
 *
 * Who is where; see presence.h. Some dozen places are looked through for each
 * call: a newsroom has no more pages open than that.
 */
#include "paper/presence.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"

enum { TEXT_MAX = 64 };

struct place {
	int64_t id; /* 0: free */
	bool types;
	struct instant since, heard;
	size_t who_n, tab_n;
	char who[TEXT_MAX], tab[TEXT_MAX];
};

struct presence {
	struct place v[PRESENCE_MOST];
};

struct presence *presence_new(void)
{
	struct presence *p = calloc(1, sizeof(*p));

	if (!p)
		must_failed(
		    "memory for a newsroom", __FILE__, __LINE__, __func__);
	return p;
}

void presence_free(struct presence *presence)
{
	free(presence);
}

static struct str place_who(const struct place *place)
{
	return (struct str){place->who, place->who_n};
}

static bool place_is(const struct place *place, int64_t id, struct str tab)
{
	return place->id == id && str_eq((struct str){place->tab, place->tab_n},
				      utf8_head(tab, TEXT_MAX));
}

static bool place_is_over(const struct place *place, struct instant now)
{
	return now.us - place->heard.us > (int64_t)PRESENCE_S * 1000000;
}

static void copy(char *room, size_t *ret_n, struct str text)
{
	text = utf8_head(text, TEXT_MAX);
	if (text.n > 0)
		memcpy(room, text.p, text.n);
	*ret_n = text.n;
}

/* The page's own place, else a free one, else the longest silent. */
static struct place *place_for(
    struct presence *p, int64_t id, struct str tab, bool *ret_is_own)
{
	struct place *best = &p->v[0];

	for (size_t i = 0; i < PRESENCE_MOST; i++) {
		struct place *place = &p->v[i];

		if (place_is(place, id, tab)) {
			*ret_is_own = true;
			return place;
		}
		if (best->id != 0 &&
		    (place->id == 0 || place->heard.us < best->heard.us))
			best = place;
	}
	*ret_is_own = false;
	return best;
}

void presence_touch(struct presence *presence, int64_t id, struct str who,
    struct str tab, bool types, struct instant now)
{
	bool is_own;
	struct place *place = place_for(presence, id, tab, &is_own);

	must(id > 0);
	if (!is_own || place_is_over(place, now))
		place->since = now;
	place->id = id;
	place->types = types;
	place->heard = now;
	copy(place->who, &place->who_n, who);
	copy(place->tab, &place->tab_n, tab);
}

void presence_leave(struct presence *presence, int64_t id, struct str tab)
{
	for (size_t i = 0; i < PRESENCE_MOST; i++)
		if (place_is(&presence->v[i], id, tab))
			presence->v[i].id = 0;
}

/* Adds a place to the list, or to the one whom it names already. */
static enum rc list_add(
    struct arena *a, const struct place *place, struct present_list *list)
{
	struct str who = place_who(place);

	for (size_t i = 0; i < list->n; i++) {
		struct present *old = &list->v[i];

		if (!str_eq(old->who, who))
			continue;
		old->types |= place->types;
		if (place->since.us < old->since.us)
			old->since = place->since;
		if (place->heard.us > old->heard.us)
			old->heard = place->heard;
		return RC_OK;
	}
	list->v[list->n] = (struct present){.who = arena_copy(a, who),
	    .types = place->types,
	    .since = place->since,
	    .heard = place->heard};
	return list->v[list->n++].who.p ? RC_OK : RC_NO_MEMORY;
}

enum rc presence_list(const struct presence *presence, struct arena *a,
    int64_t id, struct str except, struct instant now,
    struct present_list *ret_list)
{
	struct present_list list = {
	    ARENA_ARRAY(a, struct present, PRESENCE_MOST), 0};
	enum rc rc = list.v ? RC_OK : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < PRESENCE_MOST; i++) {
		const struct place *place = &presence->v[i];

		if (place->id != id || id == 0 || place_is_over(place, now) ||
		    (except.n > 0 && place_is(place, id, except)))
			continue;
		rc = list_add(a, place, &list);
	}
	if (rc == RC_OK)
		*ret_list = list;
	return rc;
}
