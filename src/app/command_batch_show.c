/* SPDX-License-Identifier: MIT
 *
 * `farthing batch show` and `rescue`: what is in a batch, and what a wallet
 * needs to find every coin that was sent to its addresses.
 */
#include "app/command_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/batch_file.h"
#include "app/command.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/batch.h"
#include "coin/proof.h"
#include "page/json.h"
#include "sys/clock.h"
#include "sys/file.h"

enum { SHOW_ARENA = 1024 * 1024, LABELS_MAX = 400 * 1024 * 1024 };

/* SHOW */

struct show {
	const struct option *options;
	struct batch_nodes *nodes; /* for --proof */
	struct batch_leaf wanted;  /* the leaf of --proof */
	uint64_t proof;		   /* its index */
	bool has_proof;
	bool lists;
	enum network network;
	uint32_t first;
};

static void print_address(const struct batch_leaf *leaf, enum network network)
{
	char text[SCRIPT_ADDRESS_MAX + 1];
	struct buf b;

	buf_init(&b, sizeof(text));
	script_address(&b, &leaf->script, network);
	must(buf_rc(&b) == RC_OK);
	printf("%.*s", STR_ARG(buf_str(&b)));
	buf_done(&b);
}

static enum rc show_head(
    void *ctx, const struct batch_head *head, struct err *err)
{
	struct show *x = ctx;

	x->network = head->statement.network;
	x->first = head->statement.first;
	if (!x->has_proof)
		return RC_OK;
	if (x->proof >= head->statement.count)
		return err_set(err, RC_NOT_FOUND,
		    "there is no address %llu: the batch has %u, from 0 on",
		    (unsigned long long)x->proof, head->statement.count);
	x->nodes = batch_nodes_new(head->statement.count);
	return x->nodes ? RC_OK : err_set(err, RC_NO_MEMORY, "no memory");
}

static enum rc show_leaf(
    void *ctx, const struct batch_leaf *leaf, struct err *err)
{
	struct show *x = ctx;

	(void)err;
	if (x->lists) {
		printf("%u ", x->first + leaf->index);
		print_address(leaf, x->network);
		printf("%s\n", leaf->is_shared ? " shared" : "");
	}
	if (x->has_proof) {
		batch_nodes_add(x->nodes, batch_leaf_hash(x->network, leaf));
		if (leaf->index == x->proof)
			x->wanted = *leaf;
	}
	return RC_OK;
}

static void show_proof(struct show *x, const struct batch_head *head)
{
	struct proof proof = {.leaf = x->wanted,
	    .signature = head->signature,
	    .statement = head->statement};
	struct buf b;

	proof.path_n = batch_nodes_path(x->nodes, x->wanted.index, proof.path);
	buf_init(&b, PROOF_MAX);
	proof_write(&b, &proof);
	if (buf_rc(&b) == RC_OK)
		fwrite(b.p, 1, b.n, stdout);
	buf_done(&b);
}

static void show_summary(const struct batch_head *head)
{
	const struct statement *s = &head->statement;
	struct instant now = clock_now();

	batch_print_statement(s);
	batch_print_key("key", minisign_key_hash(&head->key));
	batch_print_key("next key", s->next_key);
	printf("The batch is whole, and signed by that key.\n");
	if (now.us < s->from.us)
		printf("Its time has not come yet.\n");
	if (now.us >= s->until.us)
		printf("Its time is over: a server will not take it.\n");
}

/* The key that must have signed, if one is given. */
static enum rc check_key(struct arena *a, const struct option *options,
    const struct batch_head *head, struct err *err)
{
	struct minisign_key key;
	enum rc rc;

	if (!option_is_set(options, "key"))
		return RC_OK;
	rc = batch_read_key(a, option_value(options, "key"), &key, err);
	if (rc == RC_OK && !minisign_key_eq(&key, &head->key))
		rc = err_set(err, RC_DENIED,
		    "the batch is signed by another key than the given one");
	return rc;
}

int batch_show(int argc, char **argv)
{
	static const struct batch_reader_calls calls = {show_head, show_leaf};
	struct option options[] = {{.name = "key", .has_value = true},
	    {.name = "addresses"}, {.name = "proof", .has_value = true}, {0}};
	struct show x = {.options = options};
	struct batch_reader *reader;
	struct words words;
	struct arena *a;
	struct err err;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK ||
	    option_number(options, "proof", STATEMENT_COUNT_MAX, 0, &x.proof,
		&err) != RC_OK)
		return batch_usage("show", &err);
	if (words.n != 1)
		return batch_usage("show", NULL);
	x.has_proof = option_is_set(options, "proof");
	x.lists = option_is_set(options, "addresses");
	a = arena_new(SHOW_ARENA);
	reader = ARENA_NEW(a, struct batch_reader);
	must(reader);
	rc = batch_file_read(words.v[0], &calls, &x, reader, &err);
	if (rc == RC_OK)
		rc = check_key(a, options, &reader->head, &err);
	if (rc == RC_OK && x.has_proof)
		show_proof(&x, &reader->head);
	else if (rc == RC_OK && !x.lists)
		show_summary(&reader->head);
	batch_nodes_free(x.nodes);
	arena_free(a);
	if (rc != RC_OK && x.lists)
		fprintf(stderr, "What was listed is NOT to be trusted.\n");
	return rc == RC_OK ? EXIT_DONE : batch_failed("show", &err);
}

/* RESCUE */

struct rescue {
	struct arena *a;
	const struct descriptor *descriptor;
	const struct batch_head *head; /* of the batch being read */
	struct script_pubkey script;   /* of its leaf, derived */
	uint64_t end;		       /* one above the highest number */
	uint64_t addresses;
	struct buf labels;
	bool has_labels;
};

static enum rc rescue_head(
    void *ctx, const struct batch_head *head, struct err *err)
{
	struct rescue *x = ctx;

	(void)err;
	x->head = head;
	return RC_OK;
}

/* BIP329: one JSON object a line. */
static void rescue_label(struct rescue *x, const struct batch_leaf *leaf)
{
	const struct statement *s = &x->head->statement;
	struct buf *b = &x->labels;

	buf_lit(b, "{\"type\":\"addr\",\"ref\":\"");
	script_address(b, &leaf->script, s->network);
	buf_lit(b, "\",\"label\":\"");
	json_part(b, s->paper);
	buf_printf(b, ", batch %u, address %u%s\"}\n", s->batch, leaf->index,
	    leaf->is_shared ? " (shared)" : "");
}

static enum rc rescue_leaf(
    void *ctx, const struct batch_leaf *leaf, struct err *err)
{
	struct rescue *x = ctx;
	const struct statement *s = &x->head->statement;
	uint32_t number = s->first + leaf->index;

	if (descriptor_script(x->descriptor, 0, number, &x->script) != RC_OK ||
	    !script_pubkey_eq(&x->script, &leaf->script))
		return err_set(err, RC_DENIED,
		    "address %u of batch %u does not come out of this "
		    "descriptor: give the one that the batch was made from",
		    leaf->index, s->batch);
	if ((uint64_t)number + 1 > x->end)
		x->end = (uint64_t)number + 1;
	x->addresses++;
	if (x->has_labels)
		rescue_label(x, leaf);
	return RC_OK;
}

static void rescue_tell(const struct rescue *x)
{
	struct buf b;

	printf(
	    "descriptor     %.*s\n", STR_ARG(descriptor_text(x->descriptor)));
	buf_init(&b, 2 * DESCRIPTOR_MAX);
	descriptor_branch_text(&b, x->descriptor, 0);
	if (buf_rc(&b) == RC_OK && descriptor_branches(x->descriptor) > 1)
		printf("receiving only %.*s\n", STR_ARG(buf_str(&b)));
	buf_done(&b);
	printf("addresses      %llu in these batches\n"
	       "highest        number %llu\n"
	       "gap to set     %llu\n\n",
	    (unsigned long long)x->addresses, (unsigned long long)(x->end - 1),
	    (unsigned long long)x->end);
	printf("A wallet stops to look after some unused addresses in a row, "
	       "20 for most;\na gift may lie behind. With the gap above none "
	       "is missed, whatever was used.\n"
	       "  Electrum, in its console:\n"
	       "    wallet.change_gap_limit(%llu); wallet.synchronize()\n"
	       "  Bitcoin Core: importdescriptors with \"range\": [0, %llu]\n"
	       "  Sparrow: Settings, Advanced, Gap limit\n",
	    (unsigned long long)x->end, (unsigned long long)(x->end - 1));
}

static enum rc rescue(struct rescue *x, const struct words *words,
    struct str out, struct err *err)
{
	static const struct batch_reader_calls calls = {
	    rescue_head, rescue_leaf};
	struct batch_reader *reader = ARENA_NEW(x->a, struct batch_reader);
	enum rc rc;

	must(reader);
	rc = batch_read_descriptor(
	    x->a, str_of(words->v[0]), &x->descriptor, err);
	for (int i = 1; i < words->n && rc == RC_OK; i++)
		rc = batch_file_read(words->v[i], &calls, x, reader, err);
	if (rc == RC_OK && x->has_labels) {
		rc = buf_rc(&x->labels);
		rc = rc != RC_OK
			 ? err_set(err, rc, "too many labels")
			 : file_write(out, buf_str(&x->labels), 0600, err);
	}
	if (rc == RC_OK)
		rescue_tell(x);
	return rc;
}

int batch_rescue(int argc, char **argv)
{
	struct option options[] = {{.name = "labels", .has_value = true}, {0}};
	struct rescue x = {0};
	struct words words;
	struct err err;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return batch_usage("rescue", &err);
	if (words.n < 2)
		return batch_usage("rescue", NULL);
	x.a = arena_new(SHOW_ARENA);
	x.has_labels = option_is_set(options, "labels");
	buf_init(&x.labels, LABELS_MAX);
	rc = rescue(&x, &words, option_value(options, "labels"), &err);
	buf_done(&x.labels);
	arena_free(x.a);
	return rc == RC_OK ? EXIT_DONE : batch_failed("rescue", &err);
}
