/* SPDX-License-Identifier: MIT
 *
 * `farthing ledger`: balance, check and export of the till's book. It only
 * reads, beside whoever writes.
 */
#include "app/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/options.h"
#include "app/say.h"
#include "app/till_book.h"
#include "base/arena.h"
#include "base/buf.h"
#include "ledger/check.h"
#include "ledger/export.h"

enum { LEDGER_ARENA = 1024 * 1024 };

static enum rc print_account(
    void *ctx, struct str account, struct sat amount, uint64_t entries)
{
	struct buf b;

	(void)ctx;
	buf_init(&b, 64);
	sat_text(&b, amount);
	printf("%18.*s BTC  %8" PRIu64 "  ", STR_ARG(buf_str(&b)), entries);
	say_put(stdout, account, false);
	putchar('\n');
	buf_done(&b);
	return RC_OK;
}

static enum rc balance(struct ledger *ledger, struct err *err)
{
	printf("%22s  %8s  %s\n", "balance", "entries", "account");
	return ledger_balance(ledger, print_account, NULL, err);
}

static void print_fault(void *ctx, const char *why)
{
	(void)ctx;
	fputs("  ", stdout);
	say_put(stdout, str_of(why), false);
	putchar('\n');
}

static enum rc check(struct ledger *ledger, struct err *err)
{
	struct ledger_report report;
	struct buf b;
	enum rc rc = ledger_check(ledger, print_fault, NULL, &report, err);

	if (rc != RC_OK)
		return rc;
	buf_init(&b, 256);
	sat_text(&b, report.balance);
	buf_char(&b, '\0');
	hash256_text(&b, &report.head);
	printf("%" PRIu64 " %s, %" PRIu64 " payment%s, %" PRIu64
	       " address%s: %s\nBalance %s BTC\nHead    %.*s\n",
	    report.entries, report.entries == 1 ? "entry" : "entries",
	    report.payments, report.payments == 1 ? "" : "s", report.leaves,
	    report.leaves == 1 ? "" : "es",
	    report.faults == 0 ? "all of it follows from the first entry on"
			       : "NOT in order",
	    b.p, HASH256_HEX, b.p + strlen(b.p) + 1);
	buf_done(&b);
	return report.faults == 0
		   ? RC_OK
		   : err_set(err, RC_INVALID,
			 "%" PRIu64
			 " fault%s found; keep the file, and compare "
			 "it with a copy",
			 report.faults, report.faults == 1 ? "" : "s");
}

static enum rc print_piece(void *ctx, struct str bytes)
{
	(void)ctx;
	return fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n ? RC_OK : RC_IO;
}

static enum rc export(
    struct ledger *ledger, const char *format_name, struct err *err) {
	enum ledger_format format;
	enum rc rc = export_format_find(str_of(format_name), &format);

	if (rc != RC_OK) return err_set(err, rc,
	    "there is no format \"%s\"; it is csv, json, hledger or "
	    "bip329",
	    format_name);
	return ledger_export(ledger, format, print_piece, NULL, err);
}

static enum rc run(
    struct ledger *ledger, const struct words *words, struct err *err)
{
	if (words->n == 3)
		return export(ledger, words->v[2], err);
	return strcmp(words->v[1], "balance") == 0 ? balance(ledger, err)
						   : check(ledger, err);
}

static bool is_called_rightly(const struct words *words)
{
	if (words->n == 3)
		return strcmp(words->v[1], "export") == 0;
	return words->n == 2 && (strcmp(words->v[1], "balance") == 0 ||
				    strcmp(words->v[1], "check") == 0);
}

int command_ledger(int argc, char **argv)
{
	struct option options[] = {{0}};
	struct ledger *ledger = NULL;
	struct arena *a;
	struct words words;
	struct pin *pin;
	struct err err;
	enum rc rc = options_read(argc, argv, options, &words, &err);

	if (rc != RC_OK)
		return command_usage("ledger", &err);
	if (!is_called_rightly(&words))
		return command_usage("ledger", NULL);
	a = arena_new(LEDGER_ARENA);
	rc = till_look(a, str_of(words.v[0]), &ledger, &pin, &err);
	if (rc == RC_OK)
		rc = run(ledger, &words, &err);
	ledger_close(ledger);
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : command_failed("ledger", &err);
}
