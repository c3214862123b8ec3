/* SPDX-License-Identifier: MIT
 *
 * One-time links, and the accounts that they make; see staff.h.
 */
#include "base/arena.h"
#include "base/must.h"
#include "paper/packing.h"
#include "paper/staff_priv.h"

static struct str hash_str(const uint8_t *hash)
{
	return (struct str){(const char *)hash, STAFF_HASH};
}

static enum rc may_make(
    struct paper *paper, const struct staff_link *link, struct err *err)
{
	bool has_owner = false;
	int64_t count = 0;
	enum rc rc = staff_has_owner(paper, &has_owner, err);

	if (rc == RC_OK && link->kind == STAFF_LINK_FIRST && has_owner)
		rc = err_set(err, RC_EXISTS, "the newsroom has an owner");
	if (rc == RC_OK)
		rc = query_one(store_query(paper->db,
				   SQL("SELECT count(*) FROM staff_link")),
		    &count);
	if (rc == RC_OK && count >= STAFF_LINKS_MOST)
		rc = err_set(err, RC_LIMIT,
		    "too many links are open; remove some first");
	return rc;
}

static enum rc insert_link(
    struct paper *paper, const struct staff_link *link, const uint8_t *token)
{
	struct str sections = staff_pack(paper->scratch, &link->sections);
	struct query *q;

	if (!sections.p)
		return RC_NO_MEMORY;
	q = store_query(paper->db,
	    SQL("INSERT INTO staff_link (token, kind, staff, name, role,"
		" sections, made_by, created_us, expires_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
	query_add_blob(q, hash_str(token));
	query_add_i64(q, link->kind);
	query_add_i64(q, link->staff);
	query_add_str(q, link->name);
	query_add_i64(q, link->role);
	query_add_str(q, sections);
	query_add_i64(q, link->made_by);
	query_add_i64(q, link->created.us);
	query_add_i64(q, link->expires.us);
	return query_run(q, NULL);
}

/* Those that are of no use any more; and, of a kind of which the newest
 * counts, those before it. */
static enum rc drop_links(
    struct paper *paper, const struct staff_link *link, struct instant now)
{
	struct query *q = store_query(
	    paper->db, SQL("DELETE FROM staff_link WHERE expires_us <= ?1"
			   " OR (?2 <> 2 AND kind = ?2 AND staff = ?3)"));

	query_add_i64(q, now.us);
	query_add_i64(q, link->kind);
	query_add_i64(q, link->staff);
	return query_run(q, NULL);
}

static const char *link_word(enum staff_link_kind kind)
{
	switch (kind) {
	case STAFF_LINK_FIRST:
		return "first-link";
	case STAFF_LINK_JOIN:
		return "invite";
	case STAFF_LINK_RESET:
		return "reset-link";
	}
	unreachable("a kind of link that is not in the list");
}

enum rc staff_make_link(struct paper *paper, const struct staff_link *link,
    const uint8_t token[STAFF_HASH], const struct staff_by *by, struct err *err)
{
	struct str about = link->name;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	must(link->role >= STAFF_OWNER && link->role < STAFF_ROLES);
	rc = drop_links(paper, link, by->now);
	if (rc == RC_OK)
		rc = may_make(paper, link, err);
	if (rc == RC_OK && link->kind == STAFF_LINK_RESET)
		rc = staff_name_of(paper, link->staff, &about);
	if (rc == RC_OK)
		rc = insert_link(paper, link, token);
	if (rc == RC_OK)
		rc = staff_log(paper, by, link_word(link->kind), about,
		    str_of(staff_role_name(link->role)));
	return paper_end(paper, rc, "making a link", err);
}

static enum rc read_link(struct query *q, struct arena *a, struct staff_link *l)
{
	struct str packed;

	*l = (struct staff_link){
	    .id = query_i64(q, 0),
	    .kind = (enum staff_link_kind)query_i64(q, 1),
	    .staff = query_i64(q, 2),
	    .name = query_copy(q, a, 3),
	    .role = (enum staff_role)query_i64(q, 4),
	    .made_by = query_i64(q, 6),
	    .created = query_instant(q, 7),
	    .expires = query_instant(q, 8),
	};
	packed = query_copy(q, a, 5);
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	if (l->role < STAFF_OWNER || l->role >= STAFF_ROLES)
		return RC_INVALID;
	return packing_to_list(a, packed, &l->sections);
}

static enum rc find_link(struct paper *paper, struct arena *a,
    const uint8_t *token, struct instant now, struct staff_link *ret_link)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id, kind, staff, name, role, sections, made_by,"
		" created_us, expires_us FROM staff_link"
		" WHERE token = ?1 AND expires_us > ?2"));
	struct staff_link link;
	enum rc rc;

	query_add_blob(q, hash_str(token));
	query_add_i64(q, now.us);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = read_link(q, a, &link);
	query_end(q);
	if (rc == RC_OK)
		*ret_link = link;
	return rc;
}

enum rc staff_find_link(struct paper *paper, struct arena *a,
    const uint8_t token[STAFF_HASH], struct instant now,
    struct staff_link *ret_link, struct err *err)
{
	bool has_owner = false;
	struct staff_link link;
	enum rc rc = find_link(paper, a, token, now, &link);

	if (rc == RC_OK && link.kind == STAFF_LINK_FIRST) {
		rc = staff_has_owner(paper, &has_owner, err);
		if (rc != RC_OK)
			return rc;
		rc = has_owner ? RC_NOT_FOUND : RC_OK;
	}
	if (rc == RC_OK)
		*ret_link = link;
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? rc
		   : store_fail(paper->db, rc, "looking for a link", err);
}

enum rc staff_links(struct paper *paper, struct arena *a, struct instant now,
    struct staff_link **ret_v, size_t *ret_n, struct err *err)
{
	struct staff_link *v =
	    ARENA_ARRAY(a, struct staff_link, STAFF_LINKS_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for the links");
	q = store_query(paper->db,
	    SQL("SELECT id, kind, staff, name, role, sections, made_by,"
		" created_us, expires_us FROM staff_link"
		" WHERE expires_us > ?1 AND kind <> 1 ORDER BY id LIMIT ?2"));
	query_add_i64(q, now.us);
	query_add_i64(q, STAFF_LINKS_MOST);
	while (n < STAFF_LINKS_MOST && (rc = query_step(q)) == RC_OK)
		if ((rc = read_link(q, a, &v[n++])) != RC_OK)
			break;
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing links", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

static enum rc delete_link(
    struct paper *paper, int64_t link, int64_t *ret_count)
{
	struct query *q =
	    store_query(paper->db, SQL("DELETE FROM staff_link WHERE id = ?1"));

	query_add_i64(q, link);
	return query_run(q, ret_count);
}

enum rc staff_remove_link(struct paper *paper, int64_t link,
    const struct staff_by *by, struct err *err)
{
	struct str name = STR("");
	int64_t count = 0;
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("SELECT name FROM staff_link WHERE id = ?1"));
	query_add_i64(q, link);
	rc = query_step(q);
	if (rc == RC_OK)
		name = query_copy(q, paper->scratch, 0);
	query_end(q);
	if (rc == RC_OK)
		rc = name.p ? delete_link(paper, link, &count) : RC_NO_MEMORY;
	if (rc == RC_NOT_FOUND)
		err_set(err, rc, "that link is used up or gone");
	if (rc == RC_OK)
		rc = staff_log(paper, by, "invite-remove", name, STR(""));
	return paper_end(paper, rc, "removing a link", err);
}

/* Joining. */

static enum rc insert_staff(struct paper *paper, const struct staff_joining *j,
    const struct staff_link *link, int64_t *ret_id)
{
	struct str sections = staff_pack(paper->scratch, &link->sections);
	int64_t count = 0;
	struct query *q;
	enum rc rc = query_one(
	    store_query(paper->db, SQL("SELECT count(*) FROM staff")), &count);

	if (rc == RC_OK && count >= STAFF_MOST)
		rc = RC_LIMIT;
	if (rc == RC_OK && !sections.p)
		rc = RC_NO_MEMORY;
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("INSERT INTO staff (login, name, role, sections, lang,"
		" is_disabled, password, totp_step, handle, created_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, 0, ?7, ?8)"));
	query_add_str(q, j->login);
	query_add_str(q, str_trim(j->name));
	query_add_i64(q, link->role);
	query_add_str(q, link->role == STAFF_OWNER ? STR("") : sections);
	query_add_str(q, j->lang);
	query_add_str(q, j->password);
	query_add_blob(q, (struct str){(const char *)j->handle, STAFF_HANDLE});
	query_add_i64(q, j->now.us);
	rc = query_run(q, NULL);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("SELECT id FROM staff WHERE login = ?1"));
	query_add_str(q, j->login);
	return query_one(q, ret_id);
}

/* Whoever lost a device or a password begins anew. */
static enum rc reset_staff(
    struct paper *paper, const struct staff_joining *j, int64_t id)
{
	struct query *q = store_query(paper->db,
	    SQL("UPDATE staff SET password = ?2, totp = NULL, totp_step = 0"
		" WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	query_add_str(q, j->password);
	rc = query_run(q, NULL);
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("DELETE FROM passkey WHERE staff = ?1"));
		query_add_i64(q, id);
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("DELETE FROM recovery WHERE staff = ?1"));
		query_add_i64(q, id);
		rc = query_run(q, NULL);
	}
	return rc == RC_OK ? staff_drop_sessions(paper, id, 0) : rc;
}

static enum rc join(struct paper *paper, const struct staff_joining *j,
    int64_t *ret_id, struct err *err)
{
	struct staff_by by = {.name = j->name, .now = j->now};
	struct staff_link link;
	struct str login;
	bool is_reset;
	int64_t id = 0;
	enum rc rc =
	    staff_find_link(paper, paper->scratch, j->link, j->now, &link, err);

	if (rc == RC_OK)
		rc = delete_link(paper, link.id, NULL);
	if (rc != RC_OK)
		return rc;
	is_reset = link.kind == STAFF_LINK_RESET;
	if (is_reset) {
		id = link.staff;
		rc = reset_staff(paper, j, id);
	} else {
		rc = staff_claim_name(paper, str_trim(j->name), 0, err);
		if (rc == RC_OK)
			rc = insert_staff(paper, j, &link, &id);
	}
	if (rc == RC_OK && j->passkey) {
		struct staff_passkey passkey = *j->passkey;

		passkey.staff = id;
		rc = staff_insert_passkey(paper, &passkey);
	}
	if (rc == RC_OK)
		rc = staff_name_of(paper, id, &login);
	if (rc != RC_OK)
		return rc;
	by.id = id;
	*ret_id = id;
	if (is_reset)
		by.name = login;
	return staff_log(paper, &by, is_reset ? "reset" : "join", login,
	    str_of(staff_role_name(link.role)));
}

enum rc staff_join(struct paper *paper, const struct staff_joining *joining,
    int64_t *ret_id, struct err *err)
{
	int64_t id = 0;
	enum rc rc = paper_begin(paper, err);

	must(joining->password.n > 0 || joining->passkey);
	if (rc != RC_OK)
		return rc;
	rc = join(paper, joining, &id, err);
	rc = paper_end(paper, rc, "making an account", err);
	if (rc == RC_OK)
		*ret_id = id;
	return rc;
}
