/* SPDX-License-Identifier: MIT
 *
 * Probes of the newsroom; see probe_newsroom.h.
 */
#include "app/probe_newsroom.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/form.h"
#include "newsroom/route.h"

static void put_flags(struct buf *out, unsigned flags)
{
	if (flags == 0)
		buf_char(out, '-');
	if (flags & ROUTE_STEP_UP)
		buf_char(out, 'u');
	if (flags & ROUTE_RAW)
		buf_char(out, 'r');
	if (flags & ROUTE_SHOWS)
		buf_char(out, 's');
}

static void put_roles(struct buf *out, enum right right)
{
	bool is_first = true;

	for (int i = STAFF_OWNER; i < STAFF_ROLES; i++) {
		if (!right_of_role((enum staff_role)i, right))
			continue;
		if (!is_first)
			buf_char(out, ',');
		is_first = false;
		buf_add(out, str_of(staff_role_name((enum staff_role)i)));
	}
	if (is_first)
		buf_char(out, '-');
}

enum rc probe_newsroom_routes(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	const struct route *routes[ROUTES_MOST];
	size_t n = routes_all(routes);

	(void)a;
	(void)in;
	(void)err;
	for (size_t i = 0; i < n; i++) {
		const struct route *r = routes[i];

		buf_printf(out, "%s\t%s\t%s\t",
		    r->method == HTTP_POST ? "POST" : "GET", r->pattern,
		    right_name(r->right));
		put_flags(out, r->flags);
		buf_char(out, '\t');
		put_roles(out, r->right);
		buf_printf(out, "\t%s\n", r->fields);
	}
	return RC_OK;
}

enum rc probe_form(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	const struct http_form_limits limits = {
	    .fields_max = 2000, .value_max = 1024 * 1024, .has_lines = true};
	struct http_long_form pairs;
	enum rc rc = http_long_form_read(a, in, &limits, &pairs);

	if (rc != RC_OK)
		return err_set(err, rc, "no browser sends such a form");
	for (size_t i = 0; i < pairs.n; i++)
		buf_printf(out, "%.*s: %.*s\n", STR_ARG(pairs.v[i].name),
		    STR_ARG(pairs.v[i].value));
	return RC_OK;
}
