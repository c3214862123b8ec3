/* SPDX-License-Identifier: MIT
 *
 * `farthing verify`: is this address the paper's? For readers: nothing is
 * needed but the proof that the support page shows and the paper's key, which
 * should come from elsewhere: from print, from an earlier visit, from a friend.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/command_batch.h"
#include "app/say.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/pin.h"
#include "coin/proof.h"
#include "sys/clock.h"
#include "sys/file.h"

enum { VERIFY_ARENA = 4 * 1024 * 1024, EXIT_OUT_OF_DATE = 3 };

struct verify {
	struct arena *a;
	const struct option *options;
	struct proof proof;
	struct minisign_key key; /* the one that signed, if it held */
	enum proof_fault fault;
};

static enum rc read_proof(struct verify *x, const char *file, struct err *err)
{
	struct str text, clean;
	enum rc rc;

	if (strcmp(file, "-") == 0)
		rc = file_read_fd(
		    x->a, 0, "standard input", 16 * PROOF_MAX, &text, err);
	else
		rc = file_read(x->a, str_of(file), 16 * PROOF_MAX, &text, err);
	if (rc != RC_OK)
		return rc;
	rc = proof_clean(x->a, text, &clean);
	if (rc != RC_OK)
		return err_set(err, rc,
		    "%s: there is no proof in it: one begins with \"farthing "
		    "proof 1\"",
		    file);
	rc = proof_parse(clean, &x->proof, err);
	return rc == RC_OK ? rc : err_prefix(err, rc, "%s: ", file);
}

/* Checks against each of the keys; the one that signed has the last word. */
static enum rc check_keys(struct verify *x, struct instant now, struct err *err)
{
	const struct option *keys = option_get(x->options, "key");

	x->fault = PROOF_FAULT_KEY;
	for (unsigned i = 0; i < keys->n; i++) {
		enum proof_fault fault;
		struct minisign_key key;
		enum rc rc =
		    batch_read_key(x->a, str_of(keys->values[i]), &key, err);

		if (rc != RC_OK)
			return rc;
		rc = proof_check_by_key(&key, &x->proof, now, &fault, NULL);
		if (fault != PROOF_FAULT_KEY) {
			x->fault = fault;
			x->key = key;
		}
		if (rc != RC_DENIED)
			break;
	}
	return RC_OK;
}

static enum rc check_pin(struct verify *x, struct instant now, struct err *err)
{
	struct str path = option_value(x->options, "pin");
	struct pin *pin = ARENA_NEW(x->a, struct pin);
	const struct pin_batch *batch;
	struct str text;
	enum rc rc;

	must(pin);
	rc = file_read(x->a, path, PIN_FILE_MAX, &text, err);
	if (rc == RC_OK) {
		rc = pin_parse(text, pin, err);
		if (rc != RC_OK)
			err_prefix(err, rc, "%.*s: ", STR_ARG(path));
	}
	if (rc != RC_OK)
		return rc;
	/* What it answers is in the fault. */
	if (proof_check(pin, &x->proof, now, &x->fault, NULL) == RC_DENIED)
		return RC_OK;
	batch = pin_find(pin, x->proof.statement.batch);
	must(batch);
	x->key = pin->keys[batch->key];
	return RC_OK;
}

/* What a wallet or a person makes of an address: capitals, groups of four. */
static bool is_same_address(struct str given, struct str address)
{
	size_t at = 0;
	bool is_segwit = str_find(address, '1') > 0 && address.n > 40;

	if (str_starts(given, STR("bitcoin:")) ||
	    str_starts(given, STR("BITCOIN:")))
		given = str_from(given, 8);
	given = str_part(given, 0, str_find(given, '?'));
	for (size_t i = 0; i < given.n; i++) {
		char c = given.p[i];

		if (ascii_is_space(c))
			continue;
		if (at == address.n ||
		    (c != address.p[at] &&
			(!is_segwit || ascii_lower(c) != address.p[at])))
			return false;
		at++;
	}
	return at == address.n;
}

static void print_groups(struct str address)
{
	printf("\n   ");
	for (size_t i = 0; i < address.n; i += 4)
		printf(" %.*s", STR_ARG(str_part(address, i, 4)));
	printf("\n\n");
}

static void tell_genuine(const struct verify *x, struct str address)
{
	const struct statement *s = &x->proof.statement;

	printf("GENUINE. This address is the one that was signed:\n");
	print_groups(address);
	batch_print_statement(s);
	batch_print_key("signed by", minisign_key_hash(&x->key));
	if (x->proof.leaf.is_shared)
		printf("The address is SHARED: it is shown to many readers, "
		       "and who looks at the chain\nsees their gifts "
		       "together.\n");
	if (x->fault == PROOF_FAULT_LATE)
		printf("But its time is over. A gift that was sent to it is "
		       "not lost; for a new one take\na new address.\n");
	if (x->fault == PROOF_FAULT_EARLY)
		printf("But its time has not come, by this computer's "
		       "clock.\n");
	printf("Compare the key, letter by letter, with the one that the paper "
	       "prints.\n");
}

static int tell(const struct verify *x, const char *given)
{
	bool is_denied = x->fault != PROOF_FAULT_NONE &&
			 x->fault != PROOF_FAULT_EARLY &&
			 x->fault != PROOF_FAULT_LATE;
	struct str address;
	struct buf b;

	buf_init_arena(&b, x->a, SCRIPT_ADDRESS_MAX + 1);
	script_address(&b, &x->proof.leaf.script, x->proof.statement.network);
	must(buf_rc(&b) == RC_OK);
	address = buf_str(&b);
	if (is_denied) {
		printf("NOT GENUINE: %s.\nDo not pay to\n",
		    proof_fault_text(x->fault));
		print_groups(address);
		printf("What the proof says of its paper and its time is not "
		       "proven, and not shown.\n");
		return EXIT_FAILED;
	}
	if (given && !is_same_address(str_of(given), address)) {
		printf("NOT THE SAME: the proof holds, but for another address "
		       "than the one you gave.\nDo not pay to\n\n    ");
		say_put(stdout, str_of(given), false);
		printf("\n\nThe proof is for\n");
		print_groups(address);
		return EXIT_FAILED;
	}
	tell_genuine(x, address);
	return x->fault == PROOF_FAULT_NONE ? EXIT_DONE : EXIT_OUT_OF_DATE;
}

int command_verify(int argc, char **argv)
{
	struct option options[] = {
	    {.name = "key", .has_value = true, .may_repeat = true},
	    {.name = "pin", .has_value = true}, {0}};
	struct verify x = {.options = options};
	struct words words;
	struct err err;
	enum rc rc;
	int code;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("verify", &err);
	if (words.n < 1 || words.n > 2)
		return command_usage("verify", NULL);
	if (option_is_set(options, "key") == option_is_set(options, "pin")) {
		err_set(&err, RC_INVALID,
		    "say --key, the paper's public key, or --pin: without one "
		    "of them nothing can be told");
		return command_usage("verify", &err);
	}
	x.a = arena_new(VERIFY_ARENA);
	rc = read_proof(&x, words.v[0], &err);
	if (rc == RC_OK)
		rc = option_is_set(options, "pin")
			 ? check_pin(&x, clock_now(), &err)
			 : check_keys(&x, clock_now(), &err);
	code = rc == RC_OK ? tell(&x, words.n == 2 ? words.v[1] : NULL)
			   : command_failed("verify", &err);
	arena_free(x.a);
	return code;
}
