/* SPDX-License-Identifier: MIT
 *
 * A till.db in which somebody has edited: each column of each table is set to
 * what does not belong there, row by row. Whatever stands in the file, no
 * address is given out that the newsroom did not sign, none twice, and the
 * till goes on speaking or says what is wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/till_view.c"
#include "ledger/export.h"
#include "ledger/summary.h"
#include "ledger/test/till_fixture.h"
#include "ledger/till_wire.h"

enum { GIVEN = 3, MORE = 3, COLUMNS_MOST = 200, NAME_MOST = 64 };

/* Only each so-many-th edit is made, for time; 1 makes all. It shares no factor
 * with the numbers of values and of ways to choose rows, so every column has
 * some of each. */
enum { STEP = 23 };

struct column {
	char table[NAME_MOST], name[NAME_MOST];
};

static const char *const VALUES[] = {"NULL", "0", "1", "2", "5", "6", "7", "-1",
    "-9223372036854775807 - 1", "9223372036854775807", "4294967296",
    "2100000000000001", "'x'", "''", "cast(x'ff00fe0a' AS text)",
    "'/' || hex(zeroblob(300))", "zeroblob(0)", "zeroblob(32)",
    "randomblob(22)", "x'0014' || randomblob(20)", "randomblob(32)"};
#define VALUES_N (sizeof(VALUES) / sizeof(VALUES[0]))

static struct ledger_token token_of(unsigned n)
{
	return (struct ledger_token){{(uint8_t)n, 0x77}};
}

static enum rc ask(struct till *t, unsigned n, enum ledger_ask_limit *limit,
    struct ledger_token *token)
{
	struct ledger_request r = {.token = token_of(n)};

	return ledger_ask(t->ledger, &r, t->now, limit, token, &t->err);
}

/* A book with some of everything. */
static void fill(struct till *t)
{
	enum ledger_ask_limit limit;
	struct ledger_token token;

	till_settings(t, "currency = EUR\nrate_stale_minutes = 60\n"
			 "start = 2026-11-01\nopening = 100\n");
	for (unsigned i = 0; i < GIVEN; i++)
		till_ok(t, ask(t, i, &limit, &token));
	till_rate(t, "one", 5000000, t->now);
	till_rate(t, "two", 5000100, t->now);
	till_blocks(t, 'a', 100, 101);
	till_tell(t, till_paid(t, 'a', 101, 1, 4, 70000));
	till_tell(t, till_seen(t, 2, 5, 80000));
	till_blocks(t, 'a', 102, 106);
	till_tell(t, till_paid(t, 'a', 106, 3, 6, 90000));
}

static void script_run(struct till *t, const char *text)
{
	enum rc rc = store_script(t->ledger->db, (struct sql){text});

	(void)rc; /* many edits cannot be made, and that is well */
}

static size_t columns_list(struct till *t, struct column v[COLUMNS_MOST])
{
	struct query *q = store_query(t->ledger->db,
	    SQL("SELECT m.name, c.name FROM sqlite_schema m,"
		" pragma_table_info(m.name) c WHERE m.type = 'table'"
		" AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2"));
	size_t n = 0;

	while (query_step(q) == RC_OK) {
		assert_true(n < COLUMNS_MOST);
		snprintf(
		    v[n].table, NAME_MOST, "%.*s", STR_ARG(query_str(q, 0)));
		snprintf(
		    v[n].name, NAME_MOST, "%.*s", STR_ARG(query_str(q, 1)));
		n++;
	}
	query_end(q);
	return n;
}

static void triggers_drop(struct till *t)
{
	char names[32][NAME_MOST];
	size_t n = 0;
	struct query *q = store_query(t->ledger->db,
	    SQL("SELECT name FROM sqlite_schema WHERE type = 'trigger'"));

	while (query_step(q) == RC_OK && n < 32)
		snprintf(
		    names[n++], NAME_MOST, "%.*s", STR_ARG(query_str(q, 0)));
	query_end(q);
	for (size_t i = 0; i < n; i++) {
		char text[100];

		snprintf(
		    text, sizeof(text), "DROP TRIGGER \"%.64s\"", names[i]);
		script_run(t, text);
	}
}

/* The number of the leaf whose address is shown; it must be a signed one. */
static unsigned leaf_shown(struct till *t, const struct till_gift *gift)
{
	struct proof proof;
	struct script_pubkey script;

	assert_int_equal(proof_parse(gift->proof, &proof, NULL), RC_OK);
	assert_int_equal(
	    proof_check(&t->pin, &proof, t->now, NULL, NULL), RC_OK);
	script = till_script(1, proof.leaf.index);
	assert_true(proof.leaf.index < TILL_LEAVES);
	assert_true(str_eq(
	    script_pubkey_str(&script), script_pubkey_str(&proof.leaf.script)));
	return proof.leaf.index;
}

/* As the till does for its readers; TILL_LEAVES: nothing is shown. */
static unsigned look(struct till *t, struct ledger_token token)
{
	struct ledger_gift *g = arena_alloc(t->a, sizeof(*g));
	struct till_message *m = arena_alloc(t->a, sizeof(*m));
	struct till_message *read = arena_alloc(t->a, sizeof(*read));
	struct buf b;
	enum rc rc;

	assert_true(g && m && read);
	memset(m, 0, sizeof(*m));
	rc = ledger_gift(t->ledger, t->a, token, t->now, g, &t->err);
	if (rc != RC_OK) {
		assert_true(t->err.why[0] != '\0');
		return TILL_LEAVES;
	}
	m->kind = TILL_GIFT;
	till_view_gift(g, t->now, &m->gift);
	buf_init_arena(&b, t->a, TILL_WIRE_MAX);
	if (till_wire_write(&b, m) != RC_OK)
		return TILL_LEAVES;
	assert_int_equal(till_wire_parse(buf_str(&b), read), RC_OK);
	return leaf_shown(t, &read->gift);
}

static void ask_more(struct till *t, unsigned first)
{
	bool was_given[TILL_LEAVES] = {false};

	for (unsigned i = 0; i < first; i++)
		look(t, token_of(i));
	for (unsigned i = 0; i < GIVEN; i++)
		was_given[TILL_SHARED + i] = true;
	for (unsigned i = 0; i < MORE; i++) {
		struct ledger_token token;
		enum ledger_ask_limit limit;
		unsigned leaf;
		enum rc rc = ask(t, first + i, &limit, &token);

		if (rc != RC_OK) {
			/* For EXISTS the till would ask again, for ever. */
			assert_int_not_equal(rc, RC_EXISTS);
			assert_true(t->err.why[0] != '\0');
			continue;
		}
		leaf = look(t, token);
		if (leaf == TILL_LEAVES || leaf < TILL_SHARED)
			continue;
		assert_false(was_given[leaf]);
		was_given[leaf] = true;
	}
}

static enum rc sink(void *ctx, struct str bytes)
{
	(void)ctx;
	(void)bytes;
	return RC_OK;
}

/* All else that is read from the file. Any result will do. */
static void read_all(struct till *t)
{
	struct till_message *m = arena_alloc(t->a, sizeof(*m));
	struct ledger_status status;
	struct ledger_report report;
	struct ledger_block blocks[16];
	struct script_pubkey scripts[8];
	struct order_pending pending;
	struct hash256 after = {{0}};
	struct instant born;
	struct buf b;
	size_t n;
	enum rc rc;

	assert_non_null(m);
	memset(m, 0, sizeof(*m));
	m->kind = TILL_SUMMARY;
	rc = ledger_status(t->ledger, t->a, t->now, &status, &t->err);
	rc = till_view_summary(
	    t->ledger, t->a, NETWORK_REGTEST, t->now, &m->summary, &t->err);
	buf_init_arena(&b, t->a, TILL_WIRE_MAX);
	if (rc == RC_OK)
		rc = till_wire_write(&b, m);
	rc = ledger_check(t->ledger, NULL, NULL, &report, &t->err);
	for (int f = 0; f < 3; f++)
		rc = ledger_export(
		    t->ledger, (enum ledger_format)f, sink, NULL, &t->err);
	rc = ledger_known_blocks(t->ledger, blocks, 16, &n, &t->err);
	rc = ledger_scripts(t->ledger, 0, scripts, 8, &n, &t->err);
	rc = ledger_next_pending(t->ledger, &after, &pending, &t->err);
	rc = ledger_born(t->ledger, &born, &t->err);
	rc = ledger_tick(t->ledger, t->now, NULL, &t->err);
	(void)rc;
}

static void tell_more(struct till *t)
{
	struct fact facts[] = {
	    till_block(t, FACT_BLOCK, 'a', 107),
	    till_paid(t, 'a', 107, 2, 5, 80000),
	    till_block(t, FACT_BLOCK_GONE, 'a', 107),
	    till_block(t, FACT_BLOCK_GONE, 'a', 106),
	    till_block(t, FACT_BLOCK, 'b', 106),
	    till_paid(t, 'b', 106, 4, 7, 1234),
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		enum rc rc = ledger_fact(t->ledger, &facts[i], t->now, &t->err);

		(void)rc;
	}
}

static void file_put(const char *path, const char *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	fclose(f);
}

static bool open_edited(struct till *t)
{
	const struct ledger_options options = {
	    .network = NETWORK_REGTEST, .may_lose_newest = true};

	t->ledger = NULL;
	if (ledger_open(str_of(t->path), &options, &t->ledger, &t->err) !=
	    RC_OK) {
		assert_true(t->err.why[0] != '\0');
		return false;
	}
	ledger_use_pin(t->ledger, &t->pin);
	return true;
}

/* The rows with the column's greatest or least value, or all. */
static void edit_write(char *text, size_t room, const struct column *c,
    const char *value, unsigned rows)
{
	static const char *const ends[] = {"max", "min"};
	int n = snprintf(text, room, "UPDATE OR IGNORE %.60s SET %.60s = %s",
	    c->table, c->name, value);

	assert_in_range(n, 1, room / 2);
	if (rows < 2)
		snprintf(text + n, room - (size_t)n,
		    " WHERE %.60s = (SELECT %s(%.60s) FROM %.60s)", c->name,
		    ends[rows], c->name, c->table);
}

static void edit(struct till *t, const char *text)
{
	assert_true(open_edited(t));
	triggers_drop(t);
	script_run(t, text);
	till_close(t);
	if (!open_edited(t))
		return;
	ask_more(t, GIVEN);
	read_all(t);
	tell_more(t);
	read_all(t);
	ask_more(t, GIVEN + MORE);
	till_close(t);
}

static size_t file_get(const char *path, char *room, size_t most)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(room, 1, most, f);
	assert_in_range(n, 1, most - 1);
	fclose(f);
	return n;
}

static void whatever_is_edited_only_signed_addresses_are_given_once(void **s)
{
	static struct column columns[COLUMNS_MOST];
	static char bytes[1 << 20];
	struct till *t = *s;
	struct till clean;
	size_t columns_n;
	size_t n;

	fill(t);
	columns_n = columns_list(t, columns);
	assert_in_range(columns_n, 90, COLUMNS_MOST);
	till_close(t);
	n = file_get(t->path, bytes, sizeof(bytes));
	clean = *t;
	for (size_t i = 0; i < columns_n * VALUES_N * 3; i += STEP) {
		char text[600];

		*t = clean;
		t->a = arena_new(1 << 24);
		file_put(t->path, bytes, n);
		edit_write(text, sizeof(text), &columns[i / 3 / VALUES_N],
		    VALUES[i / 3 % VALUES_N], (unsigned)(i % 3));
		edit(t, text);
		arena_free(t->a);
	}
	*t = clean;
	till_open(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    till_test(whatever_is_edited_only_signed_addresses_are_given_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
