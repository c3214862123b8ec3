/* SPDX-License-Identifier: MIT
 *
 * Links and lists for the shell; see desk_staff.h.
 */
#include "app/desk_staff.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "newsroom/token.h"
#include "paper/staff.h"
#include "sys/random.h"

enum { LINK_HOURS = 24, LIST_MAX = 1024 * 1024 };

static enum rc fill_link(struct paper *paper, struct arena *a, struct str login,
    struct staff_link *link, struct err *err)
{
	struct str clean;
	struct staff staff;
	enum rc rc;

	if (login.n == 0) {
		link->kind = STAFF_LINK_FIRST;
		link->role = STAFF_OWNER;
		return RC_OK;
	}
	rc = staff_login(a, login, &clean);
	if (rc == RC_OK)
		rc = staff_find(paper, a, clean, &staff, err);
	if (rc == RC_INVALID || rc == RC_NOT_FOUND)
		return err_set(err, RC_NOT_FOUND,
		    "nobody here has the user name \"%.*s\"; `farthing "
		    "newsroom DIR staff` lists them",
		    (int)(login.n < 64 ? login.n : 64), login.p);
	if (rc == RC_OK && staff.is_disabled)
		return err_set(err, RC_DENIED,
		    "that account is disabled; an owner can enable it");
	if (rc != RC_OK)
		return rc;
	link->kind = STAFF_LINK_RESET;
	link->staff = staff.id;
	link->role = staff.role;
	link->name = staff.name;
	return RC_OK;
}

enum rc desk_staff_link(struct paper *paper, struct arena *a, struct str login,
    struct instant now, struct str *ret_path, struct err *err)
{
	const struct staff_by by = {0, STR("(shell)"), now};
	struct staff_link link = {
	    .created = now,
	    .expires = {now.us + (int64_t)LINK_HOURS * 3600 * 1000000},
	};
	uint8_t token[TOKEN_BYTES], hash[STAFF_HASH];
	struct buf b;
	enum rc rc = random_start();

	if (rc != RC_OK)
		return err_set(err, rc, "no random numbers");
	rc = fill_link(paper, a, login, &link, err);
	if (rc != RC_OK)
		return rc;
	random_bytes(token, sizeof(token));
	staff_hash((struct str){(const char *)token, sizeof(token)}, hash);
	rc = staff_make_link(paper, &link, hash, &by, err);
	if (rc != RC_OK)
		return rc;
	buf_init_arena(&b, a, 256);
	if (link.kind == STAFF_LINK_FIRST)
		buf_lit(&b, "/first/");
	else
		buf_lit(&b, "/join/");
	token_put(&b, token);
	*ret_path = buf_str(&b);
	return buf_rc(&b) == RC_OK ? RC_OK
				   : err_set(err, RC_NO_MEMORY, "no memory");
}

enum rc desk_staff_list(
    struct paper *paper, struct arena *a, struct str *ret_text, struct err *err)
{
	struct staff *v;
	struct buf b;
	size_t n;
	enum rc rc = staff_list(paper, a, &v, &n, err);

	if (rc != RC_OK)
		return rc;
	buf_init_arena(&b, a, LIST_MAX);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%-20.*s %-12s %.*s%s\n", STR_ARG(v[i].login),
		    staff_role_name(v[i].role), STR_ARG(v[i].name),
		    v[i].is_disabled ? " (disabled)" : "");
	*ret_text = buf_str(&b);
	return buf_rc(&b) == RC_OK ? RC_OK
				   : err_set(err, RC_NO_MEMORY, "no memory");
}
