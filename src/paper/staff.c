/* SPDX-License-Identifier: MIT
 *
 * Accounts; see staff.h. Sessions are in staff_session.c, passkeys and codes
 * in staff_key.c, links in staff_link.c.
 */
#include "paper/staff.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "paper/audit.h"
#include "paper/packing.h"
#include "paper/staff_priv.h"

static const char *const roles[STAFF_ROLES] = {
    [STAFF_OWNER] = "owner",
    [STAFF_PUBLISHER] = "publisher",
    [STAFF_EDITOR] = "editor",
    [STAFF_REPORTER] = "reporter",
    [STAFF_PHOTOGRAPHER] = "photographer",
    [STAFF_TREASURER] = "treasurer",
};

const char *staff_role_name(enum staff_role role)
{
	must(role >= STAFF_OWNER && role < STAFF_ROLES);
	return roles[role];
}

enum rc staff_role_find(struct str name, enum staff_role *ret_role)
{
	for (int i = STAFF_OWNER; i < STAFF_ROLES; i++)
		if (str_eq(name, str_of(roles[i]))) {
			*ret_role = (enum staff_role)i;
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

static bool is_login_char(char c, bool is_edge)
{
	if ((c >= 'a' && c <= 'z') || ascii_is_digit(c))
		return true;
	return !is_edge && (c == '.' || c == '-' || c == '_' || c == '@');
}

enum rc staff_login(struct arena *a, struct str login, struct str *ret)
{
	struct str s = str_trim(login);
	char *p;

	if (s.n == 0 || s.n > STAFF_LOGIN_MAX)
		return RC_INVALID;
	p = arena_alloc(a, s.n);
	if (!p)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < s.n; i++) {
		p[i] = ascii_lower(s.p[i]);
		if (!is_login_char(p[i], i == 0 || i + 1 == s.n))
			return RC_INVALID;
	}
	*ret = (struct str){p, s.n};
	return RC_OK;
}

void staff_hash(struct str token, uint8_t ret_hash[STAFF_HASH])
{
	crypto_generichash(ret_hash, STAFF_HASH,
	    (const unsigned char *)(token.p ? token.p : ""), token.n, NULL, 0);
}

struct str staff_pack(struct arena *a, const struct str_list *list)
{
	struct buf b;

	if (!list || list->n == 0)
		return STR("");
	buf_init_arena(&b, a, STAFF_SECTIONS_PACKED);
	packing_list(&b, list);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

enum rc staff_log(struct paper *paper, const struct staff_by *by,
    const char *what, struct str about, struct str detail)
{
	return audit_put(paper, &(struct audit_entry){.at = by->now,
				    .staff = by->id,
				    .name = by->name,
				    .what = str_of(what),
				    .about = about,
				    .detail = detail});
}

enum rc staff_name_of(struct paper *paper, int64_t id, struct str *ret_login)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT login FROM staff WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		struct str login = query_copy(q, paper->scratch, 0);

		if (login.p)
			*ret_login = login;
		else
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	return rc;
}

enum rc staff_other_owner(struct paper *paper, int64_t id, struct err *err)
{
	int64_t count = 0;
	struct query *q = store_query(paper->db,
	    SQL("SELECT count(*) FROM staff WHERE role = 1 AND is_disabled = 0"
		" AND id <> ?1 AND (password <> '' OR EXISTS (SELECT 1 FROM"
		" passkey WHERE passkey.staff = staff.id))"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_one(q, &count);
	if (rc == RC_OK && count == 0)
		rc = err_set(err, RC_DENIED,
		    "this is the last owner; make another one first");
	return rc;
}

/* Reads the columns that all the SELECTs below name. */
static enum rc read_staff(struct query *q, struct arena *a, struct staff *s)
{
	struct str packed;
	enum rc rc;

	*s = (struct staff){0};
	s->id = query_i64(q, 0);
	s->login = query_copy(q, a, 1);
	s->name = query_copy(q, a, 2);
	s->role = (enum staff_role)query_i64(q, 3);
	packed = query_copy(q, a, 4);
	s->lang = query_copy(q, a, 5);
	s->is_disabled = query_i64(q, 6) != 0;
	s->password = query_copy(q, a, 7);
	if (!query_is_null(q, 8))
		s->totp = query_copy(q, a, 8);
	s->totp_step = query_i64(q, 9);
	s->handle = query_copy(q, a, 10);
	s->created = query_instant(q, 11);
	s->passkeys = (size_t)query_i64(q, 12);
	s->recovery_codes = (size_t)query_i64(q, 13);
	s->seen = query_instant(q, 14);
	s->codes_level = (uint32_t)query_i64(q, 15);
	s->codes_at_s = query_i64(q, 16);
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	/* A row that somebody has edited has no rights that we do not know. */
	if (s->role < STAFF_OWNER || s->role >= STAFF_ROLES)
		return RC_INVALID;
	rc = packing_to_list(a, packed, &s->sections);
	return rc;
}

static enum rc read_one(
    struct query *q, struct arena *a, struct staff *ret_staff)
{
	struct staff s;
	enum rc rc = query_step(q);

	if (rc == RC_OK)
		rc = read_staff(q, a, &s);
	query_end(q);
	if (rc == RC_OK)
		*ret_staff = s;
	return rc;
}

#define STAFF_COLUMNS                                                          \
	"SELECT id, login, name, role, sections, lang, is_disabled, password," \
	" totp, totp_step, handle, created_us,"                                \
	" (SELECT count(*) FROM passkey WHERE passkey.staff = staff.id),"      \
	" (SELECT count(*) FROM recovery WHERE recovery.staff = staff.id),"    \
	" (SELECT max(seen_us) FROM session WHERE session.staff = staff.id),"  \
	" codes_level, codes_at_s"                                             \
	" FROM staff"

enum rc staff_get(struct paper *paper, struct arena *a, int64_t id,
    struct staff *ret_staff, struct err *err)
{
	struct query *q =
	    store_query(paper->db, SQL("" STAFF_COLUMNS " WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = read_one(q, a, ret_staff);
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? rc
		   : store_fail(paper->db, rc, "reading an account", err);
}

enum rc staff_find(struct paper *paper, struct arena *a, struct str login,
    struct staff *ret_staff, struct err *err)
{
	struct query *q =
	    store_query(paper->db, SQL("" STAFF_COLUMNS " WHERE login = ?1"));
	enum rc rc;

	query_add_str(q, login);
	rc = read_one(q, a, ret_staff);
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? rc
		   : store_fail(paper->db, rc, "reading an account", err);
}

enum rc staff_find_handle(struct paper *paper, struct arena *a,
    struct str handle, struct staff *ret_staff, struct err *err)
{
	struct query *q =
	    store_query(paper->db, SQL("" STAFF_COLUMNS " WHERE handle = ?1"));
	enum rc rc;

	query_add_blob(q, handle);
	rc = read_one(q, a, ret_staff);
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? rc
		   : store_fail(paper->db, rc, "reading an account", err);
}

enum rc staff_list(struct paper *paper, struct arena *a, struct staff **ret_v,
    size_t *ret_n, struct err *err)
{
	struct staff *v = ARENA_ARRAY(a, struct staff, STAFF_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for the accounts");
	q = store_query(paper->db,
	    SQL("" STAFF_COLUMNS " ORDER BY is_disabled, name, id LIMIT ?1"));
	query_add_i64(q, STAFF_MOST);
	while (n < STAFF_MOST && (rc = query_step(q)) == RC_OK)
		if ((rc = read_staff(q, a, &v[n++])) != RC_OK)
			break;
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading the accounts", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc staff_has_owner(struct paper *paper, bool *ret_has, struct err *err)
{
	int64_t count = 0;
	enum rc rc = query_one(
	    store_query(paper->db, SQL("SELECT count(*) FROM staff"
				       " WHERE role = 1 AND is_disabled = 0")),
	    &count);

	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for an owner", err);
	*ret_has = count > 0;
	return RC_OK;
}

/* Begins a change of an account, whose login is *RET. */
static enum rc begin(
    struct paper *paper, int64_t id, struct str *ret, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = staff_name_of(paper, id, ret);
	if (rc == RC_NOT_FOUND)
		err_set(err, rc, "there is no such account");
	if (rc == RC_OK)
		return RC_OK;
	return paper_end(paper, rc, "reading an account", err);
}

enum rc staff_set_name(struct paper *paper, int64_t id, struct str name,
    const struct staff_by *by, struct err *err)
{
	struct str login;
	struct query *q;
	enum rc rc;

	name = str_trim(name);
	if (!staff_name_may_be(name))
		return err_set(err, RC_INVALID,
		    "a person needs a name of characters that are seen");
	rc = begin(paper, id, &login, err);
	if (rc != RC_OK)
		return rc;
	rc = staff_claim_name(paper, name, id, err);
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("UPDATE staff SET name = ?2 WHERE id = ?1"));
		query_add_i64(q, id);
		query_add_str(q, name);
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK)
		rc = staff_log(paper, by, "name", login, name);
	return paper_end(paper, rc, "changing a name", err);
}

enum rc staff_set_lang(struct paper *paper, int64_t id, struct str lang,
    const struct staff_by *by, struct err *err)
{
	struct str login;
	struct query *q;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE staff SET lang = ?2 WHERE id = ?1"));
	query_add_i64(q, id);
	query_add_str(q, lang);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = staff_log(paper, by, "language", login, lang);
	return paper_end(paper, rc, "changing a language", err);
}

/* "editor: News, Sport", in the scratch arena. */
static struct str role_text(
    struct paper *paper, enum staff_role role, const struct str_list *sections)
{
	struct buf b;

	buf_init_arena(&b, paper->scratch, STAFF_SECTIONS_PACKED);
	buf_add(&b, str_of(staff_role_name(role)));
	for (size_t i = 0; sections && i < sections->n; i++) {
		if (i == 0)
			buf_lit(&b, ": ");
		else
			buf_lit(&b, ", ");
		buf_add(&b, sections->v[i]);
	}
	return buf_str(&b);
}

static enum rc write_role(struct paper *paper, int64_t id, enum staff_role role,
    const struct str_list *sections)
{
	struct str packed = staff_pack(paper->scratch, sections);
	struct query *q;

	if (!packed.p)
		return RC_NO_MEMORY;
	q = store_query(paper->db,
	    SQL("UPDATE staff SET role = ?2, sections = ?3 WHERE id = ?1"));
	query_add_i64(q, id);
	query_add_i64(q, role);
	query_add_str(q, packed);
	return query_run(q, NULL);
}

/* The links that ID has made, which may let in an owner, and one for ID itself
 * if IS_OUT. */
static enum rc drop_links(struct paper *paper, int64_t id, bool is_out)
{
	struct query *q = store_query(
	    paper->db, SQL("DELETE FROM staff_link WHERE made_by = ?1"
			   " OR (?2 AND staff = ?1)"));

	query_add_i64(q, id);
	query_add_i64(q, is_out);
	return query_run(q, NULL);
}

enum rc staff_set_role(struct paper *paper, int64_t id, enum staff_role role,
    const struct str_list *sections, const struct staff_by *by, struct err *err)
{
	struct str login;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	must(role >= STAFF_OWNER && role < STAFF_ROLES);
	/* What an owner may is not parted. */
	if (role == STAFF_OWNER)
		sections = NULL;
	else
		rc = staff_other_owner(paper, id, err);
	if (rc == RC_OK)
		rc = write_role(paper, id, role, sections);
	if (rc == RC_OK)
		rc = staff_drop_sessions(paper, id, 0);
	if (rc == RC_OK && role != STAFF_OWNER)
		rc = drop_links(paper, id, false);
	if (rc == RC_OK)
		rc = staff_log(
		    paper, by, "role", login, role_text(paper, role, sections));
	return paper_end(paper, rc, "changing a role", err);
}

enum rc staff_set_disabled(struct paper *paper, int64_t id, bool is_disabled,
    const struct staff_by *by, struct err *err)
{
	struct str login;
	struct query *q;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	if (is_disabled)
		rc = staff_other_owner(paper, id, err);
	if (rc == RC_OK) {
		q = store_query(paper->db,
		    SQL("UPDATE staff SET is_disabled = ?2 WHERE id = ?1"));
		query_add_i64(q, id);
		query_add_i64(q, is_disabled);
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK)
		rc = staff_drop_sessions(paper, id, 0);
	if (rc == RC_OK && is_disabled)
		rc = drop_links(paper, id, true);
	if (rc == RC_OK)
		rc = staff_log(paper, by, is_disabled ? "disable" : "enable",
		    login, STR(""));
	return paper_end(paper, rc, "changing an account", err);
}

enum rc staff_set_password(struct paper *paper, int64_t id, struct str hash,
    int64_t keep, const struct staff_by *by, struct err *err)
{
	struct str login;
	struct query *q;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE staff SET password = ?2 WHERE id = ?1"));
	query_add_i64(q, id);
	query_add_str(q, hash);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = staff_drop_sessions(paper, id, keep);
	if (rc == RC_OK)
		rc = staff_log(paper, by, "password", login, STR(""));
	return paper_end(paper, rc, "changing a password", err);
}
