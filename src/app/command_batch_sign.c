/* SPDX-License-Identifier: MIT
 *
 * `farthing batch sign`: the wallet's next addresses become leaves of a tree,
 * the tree's root a line of a statement, the statement is signed, and all of
 * it is one file for the server.
 */
#include "app/command_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/batch_file.h"
#include "app/command.h"
#include "app/passphrase.h"
#include "app/progress.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/batch.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/random.h"

enum {
	SIGN_ARENA = 1024 * 1024,
	COUNT_USUAL = 1000,
	SHARED_USUAL = 8,
	DAYS_USUAL = 365,
	DAYS_MOST = 3660,
	AT_ONCE = 1000,			/* addresses derived between two
					 steps of the bar */
	FILE_BYTES = 160 * 1024 * 1024, /* of a million leaves, and more */
};

/* What is being put together. */
struct sign {
	struct arena *a;
	const struct option *options;
	const struct descriptor *descriptor;
	struct minisign_secret secret;
	struct batch_head head;
	struct batch_reader *previous;	      /* NULL: there is none */
	struct script_pubkey previous_script; /* its first address */
	struct script_pubkey *scripts;
	struct batch_secret batch_secret;
};

/* Keeps the first address of the previous batch. */
static enum rc keep_first(
    void *ctx, const struct batch_leaf *leaf, struct err *err)
{
	struct sign *x = ctx;

	(void)err;
	if (leaf->index == 0)
		x->previous_script = leaf->script;
	return RC_OK;
}

static enum rc read_previous(struct sign *x, struct err *err)
{
	static const struct batch_reader_calls calls = {.leaf = keep_first};
	const char *path = option_get(x->options, "previous")->value;

	if (!path)
		return RC_OK;
	x->previous = ARENA_NEW(x->a, struct batch_reader);
	if (!x->previous)
		return err_set(err, RC_NO_MEMORY, "no memory");
	return batch_file_read(path, &calls, x, x->previous, err);
}

/* The announced key, from FILE.next.pub. */
static enum rc read_next_key(
    struct sign *x, const char *key_file, struct err *err)
{
	struct str path = option_value(x->options, "next");
	struct minisign_key next;
	enum rc rc;

	if (path.n == 0)
		path = arena_printf(x->a, "%s.next.pub", key_file);
	rc = batch_read_key(x->a, path, &next, err);
	if (rc == RC_NOT_FOUND)
		return err_prefix(err, rc,
		    "the batch must announce the key that will follow, as "
		    "`batch new-key` makes it: ");
	if (rc == RC_OK)
		x->head.statement.next_key = minisign_key_hash(&next);
	return rc;
}

static enum rc open_key(struct sign *x, const char *key_file, struct err *err)
{
	struct minisign_sealed sealed;
	struct passphrase passphrase = {0};
	struct str text;
	enum rc rc =
	    file_read(x->a, str_of(key_file), MINISIGN_FILE_MAX, &text, err);

	if (rc == RC_OK) {
		rc = minisign_sealed_parse(text, &sealed, err);
		if (rc != RC_OK)
			err_prefix(err, rc, "%s: ", key_file);
	}
	if (rc == RC_OK && sealed.has_passphrase)
		rc =
		    passphrase_read(option_value(x->options, "passphrase-file"),
			"Passphrase", false, &passphrase, err);
	if (rc == RC_OK)
		rc = minisign_unseal(
		    &sealed, passphrase_str(&passphrase), &x->secret, err);
	passphrase_wipe(&passphrase);
	if (rc == RC_OK)
		x->head.key = x->secret.key;
	return rc;
}

static enum rc set_paper(struct sign *x, struct err *err)
{
	const struct option *origin = option_get(x->options, "origin");
	struct statement *s = &x->head.statement;

	if (x->previous) {
		const struct statement *p = &x->previous->head.statement;

		s->paper = p->paper;
		s->n_origins = p->n_origins;
		memcpy(s->origins, p->origins, sizeof(s->origins));
	}
	if (option_is_set(x->options, "name"))
		s->paper = option_value(x->options, "name");
	if (s->paper.n == 0)
		return err_set(err, RC_INVALID,
		    "the first batch needs --name, the paper's name");
	if (!statement_paper_is_valid(s->paper))
		return err_set(err, RC_INVALID,
		    "--name is not a name: up to %d bytes, no control "
		    "characters",
		    STATEMENT_PAPER_MAX);
	if (origin->is_set)
		s->n_origins = 0;
	for (unsigned i = 0; i < origin->n; i++) {
		struct str one = str_of(origin->values[i]);

		if (str_ends(one, STR("/")))
			one.n--;
		if (!statement_origin_is_valid(one))
			return err_set(err, RC_INVALID,
			    "--origin is such as https://portlune.example, in "
			    "small letters and with nothing behind it");
		s->origins[s->n_origins++] = one;
	}
	return RC_OK;
}

static enum rc set_network(struct sign *x, struct err *err)
{
	struct str name = option_value(x->options, "network");
	struct statement *s = &x->head.statement;

	if (x->previous)
		s->network = x->previous->head.statement.network;
	if (name.n > 0 && network_parse(name, &s->network) != RC_OK)
		return err_set(err, RC_INVALID,
		    "--network is main, testnet, signet or regtest");
	if (x->previous && s->network != x->previous->head.statement.network)
		return err_set(err, RC_INVALID,
		    "the previous batch is for another network");
	if (!descriptor_fits_network(x->descriptor, s->network))
		return err_set(err, RC_INVALID,
		    network_is_test(s->network)
			? "the descriptor's keys belong to the main network"
			: "the descriptor's keys belong to a test network: say "
			  "--network testnet, signet or regtest");
	return RC_OK;
}

/* Which addresses of the wallet come next. */
static enum rc set_range(struct sign *x, struct err *err)
{
	struct statement *s = &x->head.statement;
	uint64_t count, shared, first = 0;
	enum rc rc = option_number(
	    x->options, "count", STATEMENT_COUNT_MAX, COUNT_USUAL, &count, err);

	if (rc == RC_OK)
		rc = option_number(x->options, "shared", STATEMENT_SHARED_MAX,
		    count < 2 * SHARED_USUAL ? count / 2 : SHARED_USUAL,
		    &shared, err);
	if (rc == RC_OK && x->previous) {
		const struct statement *p = &x->previous->head.statement;
		struct script_pubkey script;
		bool is_same = descriptor_script(x->descriptor, 0, p->first,
				   &script) == RC_OK &&
			       script_pubkey_eq(&script, &x->previous_script);

		first = (uint64_t)p->first + p->count;
		if (!is_same && !option_is_set(x->options, "first"))
			rc = err_set(err, RC_INVALID,
			    "the previous batch was made from another "
			    "descriptor. If no batch was ever made from this "
			    "one, say --first 0");
		if (is_same && option_is_set(x->options, "first"))
			rc = err_set(err, RC_INVALID,
			    "the previous batch was made from the same "
			    "descriptor: it goes on at %llu, and --first is "
			    "not needed",
			    (unsigned long long)first);
	}
	if (rc == RC_OK)
		rc = option_number(x->options, "first", DESCRIPTOR_INDEX_MAX,
		    first, &first, err);
	if (rc != RC_OK)
		return rc;
	if (count == 0 || shared > count ||
	    first + count > (uint64_t)DESCRIPTOR_INDEX_MAX + 1)
		return err_set(err, RC_INVALID,
		    "there must be an address, at most as many shared as there "
		    "are, and none above number %d",
		    DESCRIPTOR_INDEX_MAX);
	if (!descriptor_is_ranged(x->descriptor))
		return err_set(err, RC_INVALID,
		    "the descriptor has one address only: it must end in /*");
	s->count = (uint32_t)count;
	s->shared = (uint32_t)shared;
	s->first = (uint32_t)first;
	return RC_OK;
}

static enum rc set_time(struct sign *x, struct err *err)
{
	struct str from = option_value(x->options, "from");
	struct statement *s = &x->head.statement;
	int64_t day = instant_s(clock_now()) / 86400 - 1;
	struct civil c;
	uint64_t days;
	enum rc rc = option_number(
	    x->options, "valid-days", DAYS_MOST, DAYS_USUAL, &days, err);

	if (rc != RC_OK)
		return rc;
	if (days == 0)
		return err_set(err, RC_INVALID, "--valid-days is at least 1");
	if (from.n > 0) {
		if (civil_parse(from, &c) != RC_OK)
			return err_set(err, RC_INVALID,
			    "--from is a day, such as 2026-11-23");
		s->from = INSTANT_OF_S(instant_s(civil_instant(c)));
	} else {
		/* Yesterday: two clocks seldom agree. */
		s->from = INSTANT_OF_S(day * 86400);
		days++;
	}
	if (s->from.us < 0)
		return err_set(err, RC_INVALID, "--from is before 1970");
	s->until = INSTANT_OF_S(instant_s(s->from) + (int64_t)days * 86400);
	return RC_OK;
}

/* Number, paper's id and the chain of keys. */
static enum rc set_chain(struct sign *x, struct err *err)
{
	struct statement *s = &x->head.statement;
	struct hash256 own = minisign_key_hash(&x->head.key);
	const struct batch_head *p = x->previous ? &x->previous->head : NULL;

	if (hash256_eq(&own, &s->next_key))
		return err_set(err, RC_INVALID,
		    "the next key is the same as the key itself");
	if (!p) {
		s->batch = 1;
		s->paper_id = own;
		return RC_OK;
	}
	s->batch = p->statement.batch + 1;
	s->paper_id = p->statement.paper_id;
	s->previous = statement_hash(&p->statement);
	if (minisign_key_eq(&p->key, &x->head.key)) {
		if (!hash256_eq(&s->next_key, &p->statement.next_key))
			return err_set(err, RC_INVALID,
			    "the previous batch announced another next key "
			    "than the one that lies here");
		return RC_OK;
	}
	if (!hash256_eq(&own, &p->statement.next_key))
		return err_set(err, RC_INVALID,
		    "the previous batch is neither signed by this key, nor "
		    "does it announce it as the next: the server would refuse "
		    "the batch");
	return RC_OK;
}

/* Derives all addresses. */
static enum rc derive(struct sign *x, struct err *err)
{
	const struct statement *s = &x->head.statement;
	struct progress progress;

	x->scripts = calloc(s->count, sizeof(*x->scripts));
	if (!x->scripts)
		return err_set(
		    err, RC_NO_MEMORY, "no memory for %u addresses", s->count);
	progress_init(&progress, "addresses", s->count);
	for (uint32_t i = 0; i < s->count; i += AT_ONCE) {
		uint32_t n = s->count - i < AT_ONCE ? s->count - i : AT_ONCE;

		descriptor_scripts(
		    x->descriptor, 0, s->first + i, x->scripts + i, n);
		progress_step(&progress, i + n);
	}
	progress_done(&progress);
	for (uint32_t i = 0; i < s->count; i++)
		if (x->scripts[i].n == 0)
			return err_set(err, RC_GONE,
			    "the wallet has no address of the number %u: "
			    "choose a range without it",
			    s->first + i);
	return RC_OK;
}

static struct batch_leaf leaf_of(const struct sign *x, uint32_t index)
{
	struct batch_leaf leaf = {
	    .index = index,
	    .is_shared = index < x->head.statement.shared,
	    .script = x->scripts[index],
	};

	batch_salt(&x->batch_secret, index, leaf.salt);
	return leaf;
}

/* Builds the tree and signs the statement, whose text goes into the arena. */
static enum rc sign_statement(struct sign *x, struct err *err)
{
	struct statement *s = &x->head.statement;
	struct batch_tree tree;
	struct str comment;
	struct buf b;

	batch_secret_make(&x->secret, s, &x->batch_secret);
	batch_tree_init(&tree);
	for (uint32_t i = 0; i < s->count; i++) {
		struct batch_leaf leaf = leaf_of(x, i);

		batch_tree_add(&tree, batch_leaf_hash(s->network, &leaf));
	}
	s->root = batch_tree_root(&tree);
	buf_init_arena(&b, x->a, STATEMENT_MAX);
	statement_write(&b, s);
	comment = arena_printf(x->a, "farthing batch %u", s->batch);
	if (buf_rc(&b) != RC_OK || !comment.p)
		return err_set(err, RC_NO_MEMORY,
		    "the statement is too long, or there is no memory");
	/* What we cannot read ourselves we do not sign. */
	if (statement_parse(buf_str(&b), s, err) != RC_OK)
		return err->rc;
	minisign_sign(&x->secret, s->text, comment, &x->head.signature);
	return RC_OK;
}

static enum rc write_batch(struct sign *x, struct str path, struct err *err)
{
	const struct statement *s = &x->head.statement;
	struct buf b;
	enum rc rc;

	buf_init(&b, FILE_BYTES);
	batch_write_head(&b, &x->head);
	for (uint32_t i = 0; i < s->count; i++) {
		struct batch_leaf leaf = leaf_of(x, i);

		batch_write_leaf(&b, s->network, &leaf);
	}
	batch_write_end(&b);
	rc = buf_rc(&b);
	rc = rc != RC_OK ? err_set(err, rc, "no memory for the batch")
			 : file_write(path, buf_str(&b), 0600, err);
	buf_done(&b);
	return rc;
}

static void tell(const struct sign *x, struct str path)
{
	const struct statement *s = &x->head.statement;
	struct buf b;

	batch_print_statement(s);
	batch_print_key("key", minisign_key_hash(&x->head.key));
	batch_print_key("next key", s->next_key);
	buf_init(&b, 200);
	buf_lit(&b, "");
	script_address(&b, &x->scripts[0], s->network);
	if (buf_rc(&b) == RC_OK)
		printf("  %-12s %.*s\n", "address 0", STR_ARG(buf_str(&b)));
	buf_done(&b);
	printf("\nWritten: %.*s\nLook whether your wallet shows the same "
	       "address as its number %u. Then, on\nthe server:\n"
	       "  farthing batch install DIR %.*s\n",
	    STR_ARG(path), s->first, STR_ARG(path));
}

static enum rc sign(
    struct sign *x, const char *key_file, const char *keys, struct err *err)
{
	struct str out = option_value(x->options, "out");
	enum rc rc =
	    batch_read_descriptor(x->a, str_of(keys), &x->descriptor, err);

	if (rc == RC_OK)
		rc = read_previous(x, err);
	if (rc == RC_OK)
		rc = set_paper(x, err);
	if (rc == RC_OK)
		rc = set_network(x, err);
	if (rc == RC_OK)
		rc = set_range(x, err);
	if (rc == RC_OK)
		rc = set_time(x, err);
	if (rc == RC_OK)
		rc = read_next_key(x, key_file, err);
	if (rc == RC_OK)
		rc = open_key(x, key_file, err);
	if (rc == RC_OK)
		rc = set_chain(x, err);
	if (rc != RC_OK)
		return rc;
	if (out.n == 0)
		out =
		    arena_printf(x->a, "batch-%u.txt", x->head.statement.batch);
	if (file_kind(out) != FILE_NONE)
		return err_set(err, RC_EXISTS,
		    "%.*s is there already; say --out with another name",
		    STR_ARG(out));
	rc = derive(x, err);
	if (rc == RC_OK)
		rc = sign_statement(x, err);
	if (rc == RC_OK)
		rc = write_batch(x, out, err);
	if (rc == RC_OK)
		tell(x, out);
	return rc;
}

int batch_sign(int argc, char **argv)
{
	struct option options[] = {{.name = "count", .has_value = true},
	    {.name = "shared", .has_value = true},
	    {.name = "name", .has_value = true},
	    {.name = "origin", .has_value = true, .may_repeat = true},
	    {.name = "network", .has_value = true},
	    {.name = "from", .has_value = true},
	    {.name = "valid-days", .has_value = true},
	    {.name = "first", .has_value = true},
	    {.name = "previous", .has_value = true},
	    {.name = "next", .has_value = true},
	    {.name = "out", .has_value = true},
	    {.name = "passphrase-file", .has_value = true}, {0}};
	struct sign x = {.options = options};
	struct words words;
	struct err err;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return batch_usage("sign", &err);
	if (words.n != 2)
		return batch_usage("sign", NULL);
	must(random_start() == RC_OK);
	x.a = arena_new(SIGN_ARENA);
	rc = sign(&x, words.v[0], words.v[1], &err);
	minisign_secret_wipe(&x.secret);
	explicit_bzero(&x.batch_secret, sizeof(x.batch_secret));
	free(x.scripts);
	arena_free(x.a);
	return rc == RC_OK ? EXIT_DONE : batch_failed("sign", &err);
}
