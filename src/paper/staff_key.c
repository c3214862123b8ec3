/* SPDX-License-Identifier: MIT
 *
 * Second ways to sign in, and passkeys; see staff.h.
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "paper/staff_priv.h"

enum { KEY_NAME_MAX = 100, KEY_CREDENTIAL_MAX = 1023, KEY_MAX = 2048 };

static enum rc begin(
    struct paper *paper, int64_t staff, struct str *ret_login, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = staff_name_of(paper, staff, ret_login);
	if (rc == RC_NOT_FOUND)
		err_set(err, rc, "there is no such account");
	return rc == RC_OK ? rc
			   : paper_end(paper, rc, "reading an account", err);
}

static enum rc count_passkeys(
    struct paper *paper, int64_t staff, int64_t *ret_count)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT count(*) FROM passkey WHERE staff = ?1"));

	query_add_i64(q, staff);
	return query_one(q, ret_count);
}

enum rc staff_set_totp(struct paper *paper, int64_t id, struct str secret,
    int64_t step, const struct staff_by *by, struct err *err)
{
	struct str login;
	struct query *q;
	int64_t passkeys = 1;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	if (secret.n == 0)
		rc = count_passkeys(paper, id, &passkeys);
	if (rc == RC_OK && passkeys == 0)
		rc = err_set(err, RC_DENIED,
		    "a password alone is not enough; add a passkey first");
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("UPDATE staff SET totp = ?2, totp_step = ?3"
				   " WHERE id = ?1"));
		query_add_i64(q, id);
		if (secret.n)
			query_add_blob(q, secret);
		else
			query_add_null(q);
		query_add_i64(q, step);
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK)
		rc = staff_log(paper, by, secret.n ? "totp" : "totp-remove",
		    login, STR(""));
	return paper_end(paper, rc, "changing the codes", err);
}

enum rc staff_remove_password(struct paper *paper, int64_t id, int64_t keep,
    const struct staff_by *by, struct err *err)
{
	struct str login;
	struct query *q;
	int64_t passkeys = 0;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	rc = count_passkeys(paper, id, &passkeys);
	if (rc == RC_OK && passkeys == 0)
		rc = err_set(err, RC_DENIED,
		    "this is the only way to sign in; add a passkey first");
	if (rc == RC_OK) {
		q = store_query(paper->db,
		    SQL("UPDATE staff SET password = '', totp = NULL,"
			" totp_step = 0 WHERE id = ?1"));
		query_add_i64(q, id);
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK)
		rc = staff_drop_sessions(paper, id, keep);
	if (rc == RC_OK)
		rc = staff_log(paper, by, "password-remove", login, STR(""));
	return paper_end(paper, rc, "removing a password", err);
}

enum rc staff_use_totp(
    struct paper *paper, int64_t id, int64_t step, struct err *err)
{
	int64_t count = 0;
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE staff SET totp_step = ?2 WHERE id = ?1"
			   " AND totp_step < ?2"));
	query_add_i64(q, id);
	query_add_i64(q, step);
	rc = query_run(q, &count);
	if (rc == RC_OK && count == 0)
		rc = err_set(err, RC_DENIED, "that code was used already");
	return paper_end(paper, rc, "using a code", err);
}

enum rc staff_set_recovery(struct paper *paper, int64_t id,
    const uint8_t (*hashes)[STAFF_HASH], size_t n, const struct staff_by *by,
    struct err *err)
{
	struct str login;
	struct query *q;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("DELETE FROM recovery WHERE staff = ?1"));
	query_add_i64(q, id);
	rc = query_run(q, NULL);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		q = store_query(paper->db,
		    SQL("INSERT INTO recovery (staff, hash) VALUES (?1, ?2)"));
		query_add_i64(q, id);
		query_add_blob(
		    q, (struct str){(const char *)hashes[i], STAFF_HASH});
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK)
		rc = staff_log(paper, by, "recovery-codes", login, STR(""));
	return paper_end(paper, rc, "making recovery codes", err);
}

enum rc staff_use_recovery(struct paper *paper, int64_t id,
    const uint8_t hash[STAFF_HASH], const struct staff_by *by, struct err *err)
{
	struct str login;
	int64_t count = 0;
	struct query *q;
	enum rc rc = begin(paper, id, &login, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("DELETE FROM recovery WHERE staff = ?1 AND hash = ?2"));
	query_add_i64(q, id);
	query_add_blob(q, (struct str){(const char *)hash, STAFF_HASH});
	rc = query_run(q, &count);
	if (rc == RC_OK && count == 0)
		rc = err_set(err, RC_NOT_FOUND, "that is no recovery code");
	if (rc == RC_OK)
		rc = staff_log(paper, by, "recovery-use", login, STR(""));
	return paper_end(paper, rc, "using a recovery code", err);
}

/* What is kept under NAME. RC_NOT_FOUND: nothing of that length. */
static enum rc read_secret(
    struct paper *paper, struct str name, uint8_t ret_secret[STAFF_SECRET])
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT value FROM secret WHERE name = ?1"));
	enum rc rc;

	query_add_str(q, name);
	rc = query_step(q);
	if (rc == RC_OK && query_str(q, 0).n == STAFF_SECRET)
		memcpy(ret_secret, query_str(q, 0).p, STAFF_SECRET);
	else if (rc == RC_OK)
		rc = RC_NOT_FOUND;
	query_end(q);
	return rc;
}

enum rc staff_secret(struct paper *paper, struct str name,
    const uint8_t fresh[STAFF_SECRET], uint8_t ret_secret[STAFF_SECRET],
    struct err *err)
{
	struct query *q;
	enum rc rc = read_secret(paper, name, ret_secret);

	if (rc == RC_OK)
		return rc;
	if (rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading a key", err);
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("INSERT INTO secret (name, value) VALUES (?1, ?2)"
		" ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
	query_add_str(q, name);
	query_add_blob(q, (struct str){(const char *)fresh, STAFF_SECRET});
	rc = query_run(q, NULL);
	rc = paper_end(paper, rc, "keeping a key", err);
	if (rc == RC_OK)
		memcpy(ret_secret, fresh, STAFF_SECRET);
	return rc;
}

/* Passkeys. */

enum rc staff_insert_passkey(struct paper *paper, const struct staff_passkey *p)
{
	struct query *q;

	if (p->credential.n == 0 || p->credential.n > KEY_CREDENTIAL_MAX ||
	    p->public_key.n == 0 || p->public_key.n > KEY_MAX)
		return RC_INVALID;
	q = store_query(
	    paper->db, SQL("INSERT INTO passkey (staff, credential, algorithm,"
			   " public_key, counter, name, created_us)"
			   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
	query_add_i64(q, p->staff);
	query_add_blob(q, p->credential);
	query_add_i64(q, p->algorithm);
	query_add_blob(q, p->public_key);
	query_add_i64(q, p->counter);
	query_add_str(q, utf8_head(p->name, KEY_NAME_MAX));
	query_add_i64(q, p->created.us);
	return query_run(q, NULL);
}

enum rc staff_add_passkey(struct paper *paper,
    const struct staff_passkey *passkey, const struct staff_by *by,
    struct err *err)
{
	struct str login;
	int64_t count = 0;
	enum rc rc = begin(paper, passkey->staff, &login, err);

	if (rc != RC_OK)
		return rc;
	rc = count_passkeys(paper, passkey->staff, &count);
	if (rc == RC_OK && count >= STAFF_PASSKEYS_MOST)
		rc = err_set(err, RC_LIMIT, "too many passkeys; remove one");
	if (rc == RC_OK)
		rc = staff_insert_passkey(paper, passkey);
	if (rc == RC_EXISTS)
		err_set(err, rc, "that passkey is known already");
	if (rc == RC_OK)
		rc = staff_log(paper, by, "passkey", login, passkey->name);
	return paper_end(paper, rc, "adding a passkey", err);
}

static enum rc read_passkey(
    struct query *q, struct arena *a, struct staff_passkey *p)
{
	*p = (struct staff_passkey){
	    .id = query_i64(q, 0),
	    .staff = query_i64(q, 1),
	    .credential = query_copy(q, a, 2),
	    .algorithm = query_i64(q, 3),
	    .public_key = query_copy(q, a, 4),
	    .counter = query_i64(q, 5),
	    .name = query_copy(q, a, 6),
	    .created = query_instant(q, 7),
	    .used = query_instant(q, 8),
	};
	return arena_is_spent(a) ? RC_NO_MEMORY : RC_OK;
}

enum rc staff_find_passkey(struct paper *paper, struct arena *a,
    struct str credential, struct staff_passkey *ret_passkey, struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id, staff, credential, algorithm, public_key, counter,"
		" name, created_us, used_us FROM passkey"
		" WHERE credential = ?1"));
	struct staff_passkey p;
	enum rc rc;

	query_add_blob(q, credential);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = read_passkey(q, a, &p);
	query_end(q);
	if (rc == RC_OK)
		*ret_passkey = p;
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? rc
		   : store_fail(paper->db, rc, "looking for a passkey", err);
}

enum rc staff_passkeys(struct paper *paper, struct arena *a, int64_t staff,
    struct staff_passkey **ret_v, size_t *ret_n, struct err *err)
{
	struct staff_passkey *v =
	    ARENA_ARRAY(a, struct staff_passkey, STAFF_PASSKEYS_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for passkeys");
	q = store_query(paper->db,
	    SQL("SELECT id, staff, credential, algorithm, public_key, counter,"
		" name, created_us, used_us FROM passkey WHERE staff = ?1"
		" ORDER BY id LIMIT ?2"));
	query_add_i64(q, staff);
	query_add_i64(q, STAFF_PASSKEYS_MOST);
	while (n < STAFF_PASSKEYS_MOST && (rc = query_step(q)) == RC_OK)
		if ((rc = read_passkey(q, a, &v[n++])) != RC_OK)
			break;
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing passkeys", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc staff_use_passkey(struct paper *paper, int64_t passkey, int64_t counter,
    struct instant now, struct err *err)
{
	int64_t count = 0;
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	/* Many authenticators do not count and always say 0. */
	q = store_query(paper->db,
	    SQL("UPDATE passkey SET counter = ?2, used_us = ?3 WHERE id = ?1"
		" AND (counter < ?2 OR (counter = 0 AND ?2 = 0))"));
	query_add_i64(q, passkey);
	query_add_i64(q, counter);
	query_add_i64(q, now.us);
	rc = query_run(q, &count);
	if (rc == RC_OK && count == 0)
		rc = err_set(err, RC_DENIED,
		    "the passkey's counter went back: it may be a copy");
	return paper_end(paper, rc, "using a passkey", err);
}

/* Without its last passkey an account needs a password with codes. */
static enum rc may_remove(struct paper *paper, int64_t staff, struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT (SELECT count(*) FROM passkey WHERE staff = ?1) > 1"
		" OR (password <> '' AND totp IS NOT NULL)"
		" FROM staff WHERE id = ?1"));
	int64_t may = 0;
	enum rc rc;

	query_add_i64(q, staff);
	rc = query_one(q, &may);
	if (rc == RC_OK && !may)
		rc = err_set(err, RC_DENIED,
		    "this is the only way to sign in; set up another first");
	return rc;
}

enum rc staff_remove_passkey(struct paper *paper, int64_t staff,
    int64_t passkey, const struct staff_by *by, struct err *err)
{
	struct str login;
	int64_t count = 0;
	struct query *q;
	enum rc rc = begin(paper, staff, &login, err);

	if (rc != RC_OK)
		return rc;
	rc = may_remove(paper, staff, err);
	if (rc == RC_OK) {
		q = store_query(paper->db,
		    SQL("DELETE FROM passkey WHERE id = ?1 AND staff = ?2"));
		query_add_i64(q, passkey);
		query_add_i64(q, staff);
		rc = query_run(q, &count);
	}
	if (rc == RC_OK && count == 0)
		rc = err_set(err, RC_NOT_FOUND, "there is no such passkey");
	if (rc == RC_OK)
		rc = staff_log(paper, by, "passkey-remove", login, STR(""));
	return paper_end(paper, rc, "removing a passkey", err);
}
