/* SPDX-License-Identifier: MIT
 *
 * The words behind a command; see options.h.
 */
#include "app/options.h"

#include <string.h>

#include "base/must.h"

/* The option of that name, or NULL. */
static struct option *option_find(struct option *options, struct str name)
{
	for (struct option *o = options; o->name; o++)
		if (str_eq(str_of(o->name), name))
			return o;
	return NULL;
}

static enum rc option_take(struct option *options, char *text, char *next,
    bool *ret_used_next, struct err *err)
{
	struct str rest = str_of(text);
	struct str name = str_cut(&rest, '=');
	struct option *o = option_find(options, name);

	if (!o)
		return err_set(err, RC_INVALID,
		    "there is no option --%.*s here", STR_ARG(name));
	if (o->is_set && !o->may_repeat)
		return err_set(err, RC_INVALID, "--%s is given twice", o->name);
	if (!o->has_value && rest.p)
		return err_set(err, RC_INVALID, "--%s takes no value", o->name);
	if (o->has_value && !rest.p && !next)
		return err_set(
		    err, RC_INVALID, "--%s needs a value behind it", o->name);
	if (o->n == OPTION_VALUES_MAX)
		return err_set(err, RC_INVALID,
		    "--%s is given more than %d times", o->name,
		    OPTION_VALUES_MAX);
	o->is_set = true;
	o->value = !o->has_value ? NULL : rest.p ? rest.p : next;
	if (o->may_repeat)
		o->values[o->n++] = o->value;
	*ret_used_next = o->has_value && !rest.p;
	return RC_OK;
}

enum rc options_read(int argc, char **argv, struct option *options,
    struct words *ret_words, struct err *err)
{
	bool is_over = false;
	int n = 0;

	for (int i = 0; i < argc; i++) {
		bool used_next = false;
		enum rc rc;

		if (!is_over && strcmp(argv[i], "--") == 0) {
			is_over = true;
			continue;
		}
		if (is_over || strncmp(argv[i], "--", 2) != 0) {
			argv[n++] = argv[i];
			continue;
		}
		rc = option_take(options, argv[i] + 2,
		    i + 1 < argc ? argv[i + 1] : NULL, &used_next, err);
		if (rc != RC_OK)
			return rc;
		i += used_next;
	}
	*ret_words = (struct words){argv, n};
	return RC_OK;
}

const struct option *option_get(const struct option *options, const char *name)
{
	for (const struct option *o = options; o->name; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	unreachable("an option that the command does not list");
}

bool option_is_set(const struct option *options, const char *name)
{
	return option_get(options, name)->is_set;
}

struct str option_value(const struct option *options, const char *name)
{
	return str_of(option_get(options, name)->value);
}

enum rc option_number(const struct option *options, const char *name,
    uint64_t max, uint64_t fallback, uint64_t *ret_n, struct err *err)
{
	struct str value = option_value(options, name);

	if (!option_is_set(options, name)) {
		*ret_n = fallback;
		return RC_OK;
	}
	if (str_u64(value, max, ret_n) != RC_OK)
		return err_set(err, RC_INVALID,
		    "--%s needs a whole number from 0 to %llu, not \"%.*s\"",
		    name, (unsigned long long)max, STR_ARG(value));
	return RC_OK;
}
