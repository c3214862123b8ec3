/* SPDX-License-Identifier: MIT
 *
 * Sections, people, and the paper's pulse; see roster.h.
 *
 * Renaming a section keeps its slug, and it goes by the old name, too: a
 * manuscript that still says it leads to the same section (paper/term.h). So
 * it is with people.
 */
#include "paper/roster.h"

#include "base/arena.h"
#include "base/buf.h"
#include "paper/audit.h"
#include "paper/packing.h"
#include "paper/paper_priv.h"
#include "paper/staff.h"
#include "text/script.h"

enum { PACKED_MAX = 64 * 1024 };

#define ROSTER_COLUMNS                                                         \
	"SELECT slug, name, about, is_named, is_closed FROM term "

/* Rows of Q, at most LIMIT; ends it. */
static enum rc roster_read(struct query *q, struct arena *a, size_t limit,
    struct roster_term **ret_v, size_t *ret_n)
{
	struct roster_term *v = ARENA_ARRAY(a, struct roster_term, limit);
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	while (rc == RC_OK && n < limit && (rc = query_step(q)) == RC_OK) {
		v[n].slug = query_copy(q, a, 0);
		v[n].name = query_copy(q, a, 1);
		v[n].about = query_copy(q, a, 2);
		v[n].is_named = query_i64(q, 3) != 0;
		v[n].is_closed = query_i64(q, 4) != 0;
		if (!v[n].slug.p || !v[n].name.p || !v[n].about.p)
			rc = RC_NO_MEMORY;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc roster_sections(struct paper *paper, struct arena *a,
    struct roster_term **ret_v, size_t *ret_n, struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("" ROSTER_COLUMNS "WHERE kind = 1 ORDER BY position, id"));
	enum rc rc = roster_read(q, a, PAPER_SECTIONS_MOST, ret_v, ret_n);

	return rc == RC_OK
		   ? rc
		   : store_fail(paper->db, rc, "reading the sections", err);
}

enum rc roster_people(struct paper *paper, struct arena *a, struct str after,
    size_t limit, struct roster_term **ret_v, size_t *ret_n, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("" ROSTER_COLUMNS "WHERE kind = 2 AND name > ?1"
			   " ORDER BY name LIMIT ?2"));
	enum rc rc;

	query_add_str(q, after.p ? after : STR(""));
	query_add_i64(q, (int64_t)limit);
	rc = roster_read(q, a, limit, ret_v, ret_n);
	return rc == RC_OK ? rc
			   : store_fail(paper->db, rc, "reading people", err);
}

enum rc roster_person(struct paper *paper, struct arena *a, struct str slug,
    struct roster_term *ret_term, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("" ROSTER_COLUMNS "WHERE kind = 2 AND slug = ?1"));
	struct roster_term *v = NULL;
	size_t n = 0;
	enum rc rc;

	query_add_str(q, slug);
	rc = roster_read(q, a, 1, &v, &n);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading a person", err);
	if (n == 0)
		return err_set(err, RC_NOT_FOUND, "there is no such person");
	*ret_term = v[0];
	return RC_OK;
}

enum rc roster_person_named(struct paper *paper, struct arena *a,
    struct str name, struct roster_term *ret_term, struct err *err)
{
	struct term term = {.slug = STR("")};
	int64_t id = 0;
	enum rc rc = term_find_name(paper, a, TERM_PERSON, name, STR(""), &id);

	if (rc == RC_OK)
		rc = term_load(paper, a, id, &term);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading a person", err);
	return roster_person(paper, a, term.slug, ret_term, err);
}

/* Another name than ID had is to be nobody else's. */
static enum rc person_check_name(
    struct paper *paper, int64_t id, struct str name)
{
	struct term term;
	enum rc rc = term_load(paper, paper->scratch, id, &term);

	return rc == RC_OK && !str_eq(term.name, name)
		   ? term_name_is_free(paper, TERM_PERSON, name, id)
		   : rc;
}

enum rc paper_set_person(struct paper *paper, struct str slug, struct str name,
    struct str about, struct err *err)
{
	int64_t id = 0;
	struct query *q;
	enum rc rc;

	name = str_trim(name);
	if (name.n == 0)
		return err_set(err, RC_INVALID, "a person needs a name");
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = slug.n > 0 ? term_find(paper, TERM_PERSON, slug, &id)
			: term_id(paper, TERM_PERSON, name, STR(""), &id);
	if (rc == RC_NOT_FOUND)
		err_set(err, rc, "nobody here has the address /person/%.*s",
		    STR_ARG(slug));
	if (rc == RC_OK)
		rc = person_check_name(paper, id, name);
	if (rc == RC_EXISTS)
		err_set(err, rc,
		    "somebody else has this name, or had it, and stories that "
		    "say it are theirs: write another one");
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("UPDATE term SET name = ?2, about = ?3"
				   " WHERE id = ?1"));
		query_add_i64(q, id);
		query_add_str(q, name);
		query_add_str(q, about);
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK)
		rc = term_add_name(paper, TERM_PERSON, name, id);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_TERM, id, 0);
	return paper_end(paper, rc, "changing a person", err);
}

/* Sections. */

/* Who is for the section WAS is for IS; in "staff", and in open links. */
static enum rc rename_in_list(struct paper *paper, struct sql select,
    struct sql update, const struct str names[2])
{
	int64_t id = 0;
	enum rc rc = RC_OK;

	for (;;) {
		struct query *q = store_query(paper->db, select);
		struct str packed = STR_NONE;
		struct str_list list;
		struct buf b;

		query_add_i64(q, id);
		rc = query_step(q);
		if (rc == RC_OK) {
			id = query_i64(q, 0);
			packed = query_copy(q, paper->scratch, 1);
		}
		query_end(q);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
		if (!packed.p)
			return RC_NO_MEMORY;
		rc = packing_to_list(paper->scratch, packed, &list);
		if (rc != RC_OK)
			return rc;
		for (size_t i = 0; i < list.n; i++)
			if (str_eq(list.v[i], names[0]))
				list.v[i] = names[1];
		buf_init_arena(&b, paper->scratch, PACKED_MAX);
		packing_list(&b, &list);
		if (buf_rc(&b) != RC_OK)
			return buf_rc(&b);
		q = store_query(paper->db, update);
		query_add_i64(q, id);
		query_add_str(q, b.n > 0 ? buf_str(&b) : STR(""));
		rc = query_run(q, NULL);
		if (rc != RC_OK)
			return rc;
	}
}

static enum rc rename_for_staff(
    struct paper *paper, struct str was, struct str is)
{
	const struct str names[2] = {was, is};
	enum rc rc = rename_in_list(paper,
	    SQL("SELECT id, sections FROM staff WHERE id > ?1"
		" AND sections <> '' ORDER BY id LIMIT 1"),
	    SQL("UPDATE staff SET sections = ?2 WHERE id = ?1"), names);

	return rc != RC_OK
		   ? rc
		   : rename_in_list(paper,
			 SQL("SELECT id, sections FROM staff_link WHERE id > ?1"
			     " AND sections <> '' ORDER BY id LIMIT 1"),
			 SQL("UPDATE staff_link SET sections = ?2"
			     " WHERE id = ?1"),
			 names);
}

static enum rc log_section(struct paper *paper, const struct staff_by *by,
    struct str name, struct str detail)
{
	return audit_put(paper, &(struct audit_entry){.at = by->now,
				    .staff = by->id,
				    .name = by->name,
				    .what = STR("section"),
				    .about = name,
				    .detail = detail});
}

static enum rc set_name(
    struct paper *paper, int64_t id, struct str name, const struct staff_by *by)
{
	struct term term;
	struct query *q;
	enum rc rc = term_load(paper, paper->scratch, id, &term);

	if (rc != RC_OK || str_eq(term.name, name))
		return rc;
	rc = term_name_is_free(paper, TERM_SECTION, name, id);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE term SET name = ?2 WHERE id = ?1"));
	query_add_i64(q, id);
	query_add_str(q, name);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = term_add_name(paper, TERM_SECTION, name, id);
	if (rc == RC_OK)
		rc = rename_for_staff(paper, term.name, name);
	if (rc == RC_OK)
		rc = log_section(paper, by, name, term.name);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_TERM, id, 0);
	return rc;
}

/* The section of a wish, made if it is new. */
static enum rc find_section(struct paper *paper, const struct roster_wish *wish,
    const struct staff_by *by, int64_t *ret_id)
{
	struct str name = str_trim(wish->name);
	enum rc rc;

	if (str_blank(name) || name.n > ROSTER_NAME_MAX ||
	    !script_is_plain(name))
		return RC_INVALID;
	if (wish->slug.n > 0) {
		rc = term_find(paper, TERM_SECTION, wish->slug, ret_id);
		return rc == RC_OK ? set_name(paper, *ret_id, name, by) : rc;
	}
	rc = term_name_is_free(paper, TERM_SECTION, name, 0);
	if (rc == RC_OK)
		rc = term_id(paper, TERM_SECTION, name, STR(""), ret_id);
	return rc == RC_OK ? log_section(paper, by, name, STR("+")) : rc;
}

static enum rc place_section(struct paper *paper,
    const struct roster_wish *wish, size_t at, const struct staff_by *by)
{
	struct query *q;
	int64_t id = 0;
	enum rc rc = find_section(paper, wish, by, &id);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE term SET position = ?2, is_named = ?3,"
			   " is_closed = ?4 WHERE id = ?1"));
	query_add_i64(q, id);
	query_add_i64(q, (int64_t)at + 1);
	query_add_i64(q, wish->is_named);
	query_add_i64(q, wish->is_closed);
	return query_run(q, NULL);
}

/* The list in its order, those that are closed in brackets: a log that is read
 * in any language has no words of one. */
static enum rc log_order(struct paper *paper, const struct roster_wish *v,
    size_t n, const struct staff_by *by)
{
	struct buf b;

	buf_init_arena(
	    &b, paper->scratch, AUDIT_TEXT_MAX + ROSTER_NAME_MAX + 16);
	for (size_t i = 0; i < n && b.n < AUDIT_TEXT_MAX; i++) {
		if (i > 0)
			buf_lit(&b, ", ");
		if (v[i].is_closed)
			buf_char(&b, '(');
		buf_add(&b, str_trim(v[i].name));
		if (v[i].is_closed)
			buf_char(&b, ')');
	}
	return log_section(paper, by, STR(""), buf_str(&b));
}

enum rc roster_arrange(struct paper *paper, const struct roster_wish *v,
    size_t n, const struct staff_by *by, size_t *ret_at, struct err *err)
{
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("UPDATE term SET position = position + ?1 WHERE kind = 1"));
	query_add_i64(q, (int64_t)n);
	rc = query_run(q, NULL);
	terms_forget(paper->terms);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		rc = place_section(paper, &v[i], i, by);
		if (rc != RC_OK && ret_at)
			*ret_at = i;
	}
	terms_forget(paper->terms);
	if (rc == RC_OK)
		rc = log_order(paper, v, n, by);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_SETTINGS, 0, 0);
	if (rc == RC_EXISTS)
		err_set(err, rc,
		    "another section has this name, or had it, and stories "
		    "that say it go there: choose another name");
	return paper_end(paper, rc, "changing the sections", err);
}

/* The pulse. */

static enum rc read_story(struct query *q, struct arena *a, int64_t *ret_id,
    struct str *ret_headline, struct instant *ret_at)
{
	enum rc rc = query_step(q);

	if (rc == RC_OK) {
		*ret_id = query_i64(q, 0);
		*ret_headline = query_copy(q, a, 1);
		*ret_at = query_instant(q, 2);
		rc = ret_headline->p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc is_there(struct query *q, bool *ret)
{
	int64_t one;
	enum rc rc = query_one(q, &one);

	*ret = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc pulse_stories(
    struct paper *paper, struct arena *a, struct roster_pulse *p)
{
	struct query *q;
	enum rc rc = read_story(
	    store_query(paper->edition,
		SQL("SELECT s.id, s.headline, s.published_us FROM listing l"
		    " JOIN story s ON s.id = l.id WHERE l.list = 0"
		    " ORDER BY l.published_us DESC LIMIT 1")),
	    a, &p->last, &p->last_headline, &p->last_at);

	if (rc == RC_OK)
		rc = read_story(store_query(paper->db,
				    SQL("SELECT id, headline, due_us FROM story"
					" WHERE due_us IS NOT NULL"
					" ORDER BY due_us LIMIT 1")),
		    a, &p->next, &p->next_headline, &p->next_at);
	if (rc == RC_OK)
		rc = is_there(
		    store_query(paper->db, SQL("SELECT id FROM story LIMIT 1")),
		    &p->has_story);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("SELECT seq FROM outbox WHERE seq > ?1 LIMIT 1"));
	query_add_i64(q, paper->applied);
	return is_there(q, &p->has_outbox);
}

static enum rc pulse_steps(
    struct paper *paper, struct str name, struct roster_pulse *p)
{
	struct query *q =
	    store_query(paper->db, SQL("SELECT id FROM term WHERE kind = 2 AND"
				       " name = ?1 AND about <> '' LIMIT 1"));
	enum rc rc;

	query_add_str(q, name);
	rc = is_there(q, &p->has_person);
	if (rc != RC_OK)
		return rc;
	/* Of the newest texts only: an archive need not be searched. */
	q = store_query(paper->db,
	    SQL("SELECT 1 FROM (SELECT picture FROM revision"
		" ORDER BY id DESC LIMIT 200) WHERE picture <> '' LIMIT 1"));
	return is_there(q, &p->has_picture);
}

enum rc roster_pulse(struct paper *paper, struct arena *a, struct str name,
    struct roster_pulse *ret_pulse, struct err *err)
{
	struct roster_pulse p = {
	    .last_headline = STR(""), .next_headline = STR("")};
	enum rc rc = pulse_stories(paper, a, &p);

	if (rc == RC_OK)
		rc = pulse_steps(paper, name.p ? name : STR(""), &p);
	if (rc != RC_OK)
		return store_fail(
		    paper->db, rc, "reading how the paper stands", err);
	*ret_pulse = p;
	return RC_OK;
}

enum rc roster_number(
    struct paper *paper, struct str key, int64_t *ret_value, struct err *err)
{
	enum rc rc = paper_number(paper, key, ret_value);

	return rc == RC_OK ? rc
			   : store_fail(paper->db, rc, "reading a number", err);
}

enum rc roster_set_number(
    struct paper *paper, struct str key, int64_t value, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_set_number(paper, key, value);
	return paper_end(paper, rc, "keeping a number", err);
}
