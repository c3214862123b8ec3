/* SPDX-License-Identifier: MIT
 *
 * Finding a row of the table; see route.h. The first that fits is taken, so
 * "/stories/new" stands before "/stories/:id".
 */
#include "newsroom/route.h"

#include "base/must.h"

static bool fits(
    struct str pattern, struct str path, struct str params[ROUTE_PARAMS_MAX])
{
	size_t n = 0;

	while (pattern.p && path.p) {
		struct str want = str_cut(&pattern, '/');
		struct str is = str_cut(&path, '/');

		if (want.n > 0 && want.p[0] == ':') {
			if (is.n == 0)
				return false;
			must(n < ROUTE_PARAMS_MAX);
			params[n++] = is;
		} else if (!str_eq(want, is)) {
			return false;
		}
	}
	return !pattern.p && !path.p;
}

enum rc route_find(const struct route *const *routes, size_t count,
    enum http_method method, struct str path, const struct route **ret_route,
    struct str ret_params[ROUTE_PARAMS_MAX])
{
	enum rc rc = RC_NOT_FOUND;

	if (method == HTTP_HEAD)
		method = HTTP_GET;
	for (size_t i = 0; i < count; i++) {
		struct str params[ROUTE_PARAMS_MAX] = {
		    STR_NONE, STR_NONE, STR_NONE};

		if (!fits(str_of(routes[i]->pattern), path, params))
			continue;
		if (routes[i]->method != method) {
			rc = RC_DENIED;
			continue;
		}
		*ret_route = routes[i];
		for (size_t k = 0; k < ROUTE_PARAMS_MAX; k++)
			ret_params[k] = params[k];
		return RC_OK;
	}
	return rc;
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

bool route_takes(const struct route *route, struct str name)
{
	struct str fields = str_of(route->fields);

	while (fields.p) {
		struct str field = str_cut(&fields, ' ');

		if (str_ends(field, STR("#"))) {
			field.n--;
			if (str_starts(name, field) &&
			    is_digits(str_from(name, field.n)))
				return true;
		} else if (field.n > 0 && str_eq(field, name)) {
			return true;
		}
	}
	return false;
}
