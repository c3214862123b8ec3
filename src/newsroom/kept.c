/* SPDX-License-Identifier: MIT
 *
 * What was sent too late; see kept.h.
 */
#include "newsroom/kept.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "newsroom/route.h"

struct kept_forms {
	struct kept v[KEPT_MOST];
};

struct kept_forms *kept_forms_new(void)
{
	struct kept_forms *forms = calloc(1, sizeof(*forms));

	must(forms);
	return forms;
}

static size_t kept_bytes(const struct kept *k)
{
	return k->path.n + k->body.n;
}

/* PATH and BODY lie behind each other in one piece. */
static void kept_drop(struct kept *k)
{
	if (k->staff == 0)
		return;
	sodium_memzero((char *)k->path.p, kept_bytes(k));
	free((char *)k->path.p);
	*k = (struct kept){0};
}

void kept_forms_free(struct kept_forms *forms)
{
	for (size_t i = 0; forms && i < KEPT_MOST; i++)
		kept_drop(&forms->v[i]);
	free(forms);
}

bool kept_takes(const struct route *route)
{
	static const struct str secrets[] = {STR_INIT("password"),
	    STR_INIT("code"), STR_INIT("client_data"), STR_INIT("signature")};

	if (route->flags & ROUTE_RAW || route->fields[0] == '\0')
		return false;
	switch (route->right) {
	case RIGHT_ANYONE:
	case RIGHT_HALF:
	case RIGHT_ENROL:
	case RIGHT_STAFF:
		return false;
	case RIGHT_SELF:
		if (route->flags & ROUTE_STEP_UP)
			return false;
		break;
	default:
		break;
	}
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (route_takes(route, secrets[i]))
			return false;
	return true;
}

static void drop_old(struct kept_forms *forms, struct instant now)
{
	for (size_t i = 0; i < KEPT_MOST; i++) {
		int64_t age = now.us - forms->v[i].at.us;

		if (age < 0 || age > (int64_t)KEPT_S * 1000000)
			kept_drop(&forms->v[i]);
	}
}

/* How much there is of STAFF (0: of all), and the oldest of it. */
static struct kept *kept_oldest(
    struct kept_forms *forms, int64_t staff, size_t *ret_n, size_t *ret_bytes)
{
	struct kept *oldest = NULL;

	*ret_n = 0;
	*ret_bytes = 0;
	for (size_t i = 0; i < KEPT_MOST; i++) {
		struct kept *k = &forms->v[i];

		if (k->staff == 0 || (staff != 0 && k->staff != staff))
			continue;
		++*ret_n;
		*ret_bytes += kept_bytes(k);
		if (!oldest || k->at.us < oldest->at.us)
			oldest = k;
	}
	return oldest;
}

/* Until MORE bytes are within the limits. */
static void make_room(struct kept_forms *forms, int64_t staff, size_t most,
    size_t limit, size_t more)
{
	size_t n, bytes;
	struct kept *oldest;

	while ((oldest = kept_oldest(forms, staff, &n, &bytes)) != NULL &&
	       (n >= most || bytes + more > limit))
		kept_drop(oldest);
}

bool kept_add(struct kept_forms *forms, const struct kept *form)
{
	size_t n = kept_bytes(form);
	struct kept *place = forms->v;
	char *room;

	must(form->staff > 0 && form->path.n > 0);
	if (n > KEPT_EACH_BYTES)
		return false;
	drop_old(forms, form->at);
	make_room(forms, form->staff, KEPT_EACH, KEPT_EACH_BYTES, n); /* I2 */
	make_room(forms, 0, KEPT_MOST, KEPT_BYTES, n);
	room = malloc(n);
	if (!room)
		return false;
	while (place->staff != 0)
		place++;
	*place = *form;
	memcpy(room, form->path.p, form->path.n);
	if (form->body.n > 0)
		memcpy(room + form->path.n, form->body.p, form->body.n);
	place->path = (struct str){room, form->path.n};
	place->body = (struct str){room + form->path.n, form->body.n};
	return true;
}

void kept_forget(struct kept_forms *forms, int64_t staff)
{
	for (size_t i = 0; i < KEPT_MOST; i++)
		if (forms->v[i].staff == staff)
			kept_drop(&forms->v[i]);
}

const struct kept *kept_find(struct kept_forms *forms,
    const uint8_t token[TOKEN_BYTES], int64_t staff, struct instant now)
{
	drop_old(forms, now);
	for (size_t i = 0; i < KEPT_MOST; i++) {
		struct kept *k = &forms->v[i];

		if (k->staff != 0 && k->staff == staff &&
		    sodium_memcmp(k->token, token, TOKEN_BYTES) == 0)
			return k;
	}
	return NULL;
}
