/* SPDX-License-Identifier: MIT
 *
 * `farthing batch`: what the newsroom does on its other computer, the one that
 * is never on a network: keys, batches of addresses, and what a wallet needs
 * to find every coin. doc/address-batch.md says what comes out.
 */
#include "app/command_batch.h"

#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/say.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/file.h"

static const struct batch_command batch_commands[] = {
    {"new-key", "FILE", "make the paper's key, and the one to follow it",
	"Makes FILE and FILE.next, both under one passphrase, and FILE.pub and\n"
	"FILE.next.pub. Keep all four, twice, on paper or sticks, never on\n"
	"the server. minisign can use them.\n"
	"  --passphrase-file F  its first line; - is standard input\n"
	"  --memory MIB         what one guess at the passphrase costs, 16 to\n"
	"                       1024 (default: 1024)\n",
	"  farthing batch new-key lune.key\n", batch_new_key},
    {"sign", "KEY DESCRIPTOR --name PAPER", "sign the next addresses",
	"DESCRIPTOR is a descriptor, xpub, ypub or zpub, or a file with one.\n"
	"  --count N, --shared N    addresses (1000); shown to many (8)\n"
	"  --previous BATCH         the batch before: the paper's name, origins\n"
	"                           and network are taken from it\n"
	"  --name PAPER, --origin URL   (the latter up to eight times)\n"
	"  --network NET            main, testnet, signet or regtest\n"
	"  --from DATE, --valid-days N  (yesterday; 365)\n"
	"  --first N                the wallet's number of the first address\n"
	"  --out FILE               (batch-N.txt)\n"
	"  --next FILE              the next key (KEY.next.pub)\n"
	"  --passphrase-file F\n",
	"  farthing batch sign lune.key zpub6rFR7y... --count 10000 \\\n"
	"      --name \"The Port Lune Farthing\" --origin "
	"https://portlune.example\n"
	"  farthing batch sign lune.key zpub6rFR7y... --previous "
	"batch-1.txt\n",
	batch_sign},
    {"show", "BATCH", "check a batch and say what is in it",
	"  --key KEY      the public key, or its file, that must have signed\n"
	"  --addresses    list them: number in the wallet, address\n"
	"  --proof N      print the proof of address N of the batch\n",
	"  farthing batch show batch-1.txt --key lune.key.pub\n", batch_show},
    {"rotate", "FILE", "put the announced next key into use",
	"FILE.next becomes FILE, and a new FILE.next is made, under the same\n"
	"passphrase. The old one is kept as FILE.old-1 and so on. The next\n"
	"batch, signed with FILE, is then accepted by the server.\n"
	"  --passphrase-file F, --memory MIB   as in new-key\n",
	"  farthing batch rotate lune.key\n", batch_rotate},
    {"rescue", "DESCRIPTOR BATCH...", "what a wallet needs to find every coin",
	"  --labels FILE  write a label for each address (BIP329)\n",
	"  farthing batch rescue zpub6rFR7y... batch-1.txt batch-2.txt \\\n"
	"      --labels labels.jsonl\n",
	batch_rescue},
    {"install", "DIR BATCH", "bring a batch to the paper, on its server",
	"At first use the batch's key is pinned: DIR/trust/pin. Afterwards only\n"
	"batches of that key, or of the one that it has announced, are taken.\n"
	"A server that runs goes on meanwhile. Run again, it changes nothing;\n"
	"but a batch that till.db has lost comes back, watched and used up.\n"
	"  --key KEY      the public key, or its file, that must have signed\n"
	"  --other-name   the batch is signed for a paper of another name\n",
	"  farthing batch install paper batch-1.txt --key lune.key.pub\n",
	batch_install},
    {0},
};

static const struct batch_command *find(const char *name)
{
	for (const struct batch_command *c = batch_commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static int list(FILE *out)
{
	fprintf(out, "farthing batch: sign addresses, away from the "
		     "network.\n\n");
	for (const struct batch_command *c = batch_commands; c->name; c++)
		fprintf(
		    out, "  %-8s %-30s %s\n", c->name, c->words, c->summary);
	fprintf(out, "\n`farthing batch help sign` explains one, with an "
		     "example.\n");
	return out == stdout ? EXIT_DONE : EXIT_USAGE;
}

static int help(const struct batch_command *c)
{
	printf("farthing batch %s %s\n\n%c%s.\n%s\nExample:\n%s", c->name,
	    c->words, c->summary[0] - 'a' + 'A', c->summary + 1, c->help,
	    c->example);
	return EXIT_DONE;
}

int command_batch(int argc, char **argv)
{
	const struct batch_command *c;
	bool wants_help = argc > 0 && strcmp(argv[0], "help") == 0;

	if (argc == 0)
		return list(stderr);
	if (wants_help && argc == 1)
		return list(stdout);
	c = find(argv[wants_help]);
	if (!c) {
		fprintf(stderr,
		    "farthing batch: there is no \"%s\"; `farthing batch "
		    "help` lists what there is\n",
		    argv[wants_help]);
		return EXIT_USAGE;
	}
	for (int i = 1; i < argc; i++)
		wants_help = wants_help || strcmp(argv[i], "--help") == 0;
	return wants_help ? help(c) : c->run(argc - 1, argv + 1);
}

int batch_failed(const char *name, const struct err *err)
{
	fprintf(stderr, "farthing batch %s: ", name);
	say_put(stderr, str_of(err->why), false);
	fputc('\n', stderr);
	return EXIT_FAILED;
}

int batch_usage(const char *name, const struct err *err)
{
	const struct batch_command *c = find(name);

	must(c);
	if (err)
		batch_failed(name, err);
	fprintf(stderr, "Usage: farthing batch %s %s\n", c->name, c->words);
	fprintf(stderr, "More:  farthing batch help %s\n", c->name);
	return EXIT_USAGE;
}

enum rc batch_read_key(struct arena *a, struct str text,
    struct minisign_key *ret_key, struct err *err)
{
	struct str content;
	enum rc rc;

	if (minisign_key_parse(text, ret_key, NULL) == RC_OK)
		return RC_OK;
	rc = file_read(a, text, MINISIGN_FILE_MAX, &content, err);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc,
		    "%.*s: neither a public key, 56 letters that begin with "
		    "RW, nor a file with one",
		    STR_ARG(text));
	if (rc != RC_OK)
		return rc;
	rc = minisign_key_parse(content, ret_key, err);
	return rc == RC_OK ? rc : err_prefix(err, rc, "%.*s: ", STR_ARG(text));
}

enum rc batch_read_descriptor(struct arena *a, struct str text,
    const struct descriptor **ret_descriptor, struct err *err)
{
	struct str content = text;
	enum rc rc = RC_OK;

	if (str_eq(text, STR("-")))
		rc = file_read_fd(
		    a, 0, "standard input", DESCRIPTOR_MAX, &content, err);
	else if (!descriptor_has_private_key(text) &&
		 file_kind(text) == FILE_REGULAR)
		rc = file_read(a, text, DESCRIPTOR_MAX, &content, err);
	if (rc != RC_OK)
		return rc;
	return descriptor_parse(a, content, ret_descriptor, err);
}

void batch_print_key(const char *what, struct hash256 key_hash)
{
	struct buf b;

	buf_init(&b, 64);
	minisign_fingerprint(&b, key_hash);
	if (buf_rc(&b) == RC_OK)
		printf("  %-12s %.*s\n", what, STR_ARG(buf_str(&b)));
	buf_done(&b);
}

void batch_print_number(uint64_t n)
{
	if (n >= 1000) {
		batch_print_number(n / 1000);
		printf(",%03u", (unsigned)(n % 1000));
	} else {
		printf("%u", (unsigned)n);
	}
}

static void print_day(const char *what, struct instant t)
{
	struct civil c = civil_at(t, 0);

	printf("  %-12s %04d-%02u-%02u %02u:%02u UTC\n", what, c.year, c.month,
	    c.day, c.hour, c.minute);
}

void batch_print_statement(const struct statement *s)
{
	printf("  %-12s ", "paper");
	say_put(stdout, s->paper, false);
	putchar('\n');
	for (uint32_t i = 0; i < s->n_origins; i++)
		printf("  %-12s %.*s\n", "at", STR_ARG(s->origins[i]));
	printf("  %-12s %u\n  %-12s bitcoin, %.*s%s\n  %-12s ", "batch",
	    s->batch, "network", STR_ARG(network_name(s->network)),
	    network_is_test(s->network) ? " (its coins are worth nothing)" : "",
	    "addresses");
	batch_print_number(s->count);
	printf(", in the wallet %u to %u", s->first, s->first + s->count - 1);
	if (s->shared > 0)
		printf("; the first %u are shared", s->shared);
	putchar('\n');
	print_day("from", s->from);
	print_day("until", s->until);
}
