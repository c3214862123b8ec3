/* SPDX-License-Identifier: MIT
 *
 * `farthing support`: how the till stands, and the newsroom's settings of
 * support (ledger/settings.h). They are one text of lines "key = value"; this
 * changes lines of it by their key. No key of it says where money goes.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/fences.h"
#include "app/files.h"
#include "app/options.h"
#include "app/say.h"
#include "app/till_book.h"
#include "app/till_desk.h"
#include "base/arena.h"
#include "base/buf.h"
#include "coin/statement.h"
#include "ledger/alarm.h"
#include "paper/body.h"
#include "paper/paper.h"
#include "sys/clock.h"
#include "sys/file.h"

enum {
	SUPPORT_ARENA = 4 * 1024 * 1024,
	ALARMS_SHOWN = 2000, /* bytes */
};

static const char *pause_words(enum ledger_pause pause)
{
	switch (pause) {
	case LEDGER_OPEN:
		return "open";
	case LEDGER_NO_BATCH:
		return "PAUSED: no batch of addresses is installed";
	case LEDGER_USED_UP:
		return "PAUSED: all addresses of the batch are handed out";
	case LEDGER_BAD_PROOF:
		return "PAUSED: an address in till.db is not what was signed; "
		       "see doc/support.md";
	case LEDGER_NO_PIN:
		return "PAUSED: there is no pinned key";
	case LEDGER_TAKEN:
		return "PAUSED: too many addresses in a row were paid before "
		       "they were handed out";
	case LEDGER_BAD_SETTINGS:
		return "PAUSED: the settings below cannot be read; put back a "
		       "copy of till/ from before, or write all of them anew "
		       "(--file)";
	case LEDGER_OUT_OF_TIME:
		return "PAUSED: the time for which the batch was signed is "
		       "over, or has not begun; is the clock right? If it is, "
		       "sign the next batch and install it";
	}
	return "PAUSED";
}

static void print_time(const char *what, struct instant t)
{
	struct buf b;

	buf_init(&b, 64);
	civil_rfc3339(&b, civil_at(t, 0));
	printf("  %-10s %.*s\n", what, STR_ARG(buf_str(&b)));
	buf_done(&b);
}

static void print_node(const struct ledger_status *status)
{
	if (!status->node) {
		printf("  node       none has been heard of; see \"node\" in "
		       "farthing.conf\n");
		return;
	}
	printf("  node       %s", node_state_name(status->node));
	if (status->node_text.n > 0) {
		fputs(": ", stdout);
		say_put(stdout, status->node_text, false);
	}
	putchar('\n');
	if (status->has_tip)
		printf("  block      %u\n", (unsigned)status->tip.height);
	if (!status->is_verified)
		printf("             payments are not verified now\n");
	if (status->heard.us != INSTANT_NEVER.us)
		print_time("heard", status->heard);
}

static void print_sources(const struct ledger_status *status)
{
	if (status->sources == 0)
		return;
	printf("  sources    %u of %u answer%s", status->answering,
	    status->sources,
	    status->is_rate_fixed ? "; they do not count while a rate is set"
				  : "");
	if (status->sources_text.n > 0 && status->answering < status->sources) {
		fputs(": ", stdout);
		say_put(stdout, status->sources_text, false);
	}
	putchar('\n');
}

static void print_rate(const struct ledger_status *status)
{
	struct buf b;

	if (!status->has_rate) {
		printf("  rate       none; amounts are asked in bitcoin\n");
		return;
	}
	buf_init(&b, 64);
	fiat_text(&b, status->rate.price, status->rate.currency);
	printf("  rate       %.*s %s (%s)\n", STR_ARG(buf_str(&b)),
	    status->rate.currency.code, status->rate.source);
	buf_done(&b);
}

/* The batch is signed for another place than that of the paper. */
static void print_place(struct arena *a, struct str dir, struct ledger *ledger)
{
	struct paper_settings settings;
	struct paper *paper = NULL;
	struct statement s;
	struct str text;
	bool is_read =
	    paper_open_reader(dir, &paper, NULL) == RC_OK &&
	    paper_settings(paper, a, &settings, NULL) == RC_OK &&
	    ledger_newest_statement(ledger, a, &text, NULL) == RC_OK &&
	    statement_parse(text, &s, NULL) == RC_OK;

	paper_close(paper);
	if (!is_read || statement_is_at(&s, settings.origin))
		return;
	printf("  place      the batch is signed for %.*s, and the paper is "
	       "at %.*s:\n             readers are shown no address of it. "
	       "Sign one with --origin, and install it\n",
	    STR_ARG(s.origins[0]), STR_ARG(settings.origin));
}

/* For the user to whom private/ belongs, as whom the server runs. */
static void print_fences(struct arena *a, struct str dir)
{
	struct str private = files_path(a, dir, "private");
	struct stat is;
	struct fences fences;
	struct buf b;

	if (!private.p || stat(private.p, &is) != 0)
		return;
	fences = fences_look(arena_cstr(a, dir), is.st_uid);
	buf_init(&b, 1000);
	fences_tell(&b, &fences);
	if (buf_str(&b).n > 0)
		printf("  sandbox    %.*s\n", STR_ARG(buf_str(&b)));
	buf_done(&b);
}

static void print_status(
    const struct ledger_status *status, const struct pin *pin)
{
	printf("  support    %s\n", pause_words(status->pause));
	printf("  network    %.*s%s\n", STR_ARG(network_name(pin->network)),
	    network_is_test(pin->network) ? " (its coins are worth nothing)"
					  : "");
	printf("  batch      %u: %llu of %llu addresses left%s\n",
	    (unsigned)status->batch, (unsigned long long)status->left,
	    (unsigned long long)status->leaves,
	    status->is_low ? "; time for a new batch" : "");
	if (status->until.us != INSTANT_NEVER.us)
		print_time("until", status->until);
	printf("  unpaid     %llu addresses are out\n",
	    (unsigned long long)status->outstanding);
	print_node(status);
	print_rate(status);
	print_sources(status);
}

static void print_alarms(const struct str *v, size_t n, struct str past)
{
	if (n > 0)
		printf("\nWhat is wrong now, and since when:\n");
	for (size_t i = 0; i < n; i++) {
		fputs("  ", stdout);
		say_put(stdout, v[i], false);
		putchar('\n');
	}
	if (past.n > 0) {
		printf("\nWhat the newsroom was told, the newest last "
		       "(till/alarms):\n");
		say_put(stdout, past, true);
	}
}

/* The running till knows best: that it cannot write into till.db may be what
 * is wrong. RC_NOT_FOUND: none runs, or it does not say. */
static enum rc ask_till(struct arena *a, struct str dir,
    struct str ret_v[ALARM_KINDS], size_t *ret_n)
{
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct desk *desk = NULL;
	enum rc rc = reply ? desk_open_running(&till_desk, dir, &desk, NULL)
			   : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = desk_call(desk, a, TILL_TELL_ALARMS, NULL, 0, reply, NULL);
	desk_close(desk);
	if (rc != RC_OK || reply->n > ALARM_KINDS)
		return RC_NOT_FOUND;
	for (size_t i = 0; i < reply->n; i++)
		ret_v[i] = reply->v[i];
	*ret_n = reply->n;
	return RC_OK;
}

static enum rc show_alarms(struct arena *a, struct str dir,
    struct ledger *ledger, const struct ledger_status *status, struct err *err)
{
	struct alarm_list *list = ARENA_NEW(a, struct alarm_list);
	struct str lines[ALARM_KINDS];
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!list)
		return err_set(err, RC_NO_MEMORY, "no memory");
	if (ask_till(a, dir, lines, &n) != RC_OK) {
		rc = ledger_alarms(ledger, list, err);
		if (rc != RC_OK)
			return rc;
		alarm_look(list, status, clock_now(), NULL, NULL);
		n = alarm_lines(list, a, lines);
	}
	print_alarms(lines, n, till_alarms(a, dir, ALARMS_SHOWN));
	return rc;
}

static enum rc show(struct arena *a, struct str dir, struct err *err)
{
	struct ledger *ledger = NULL;
	struct ledger_status status;
	struct pin *pin;
	struct str text;
	enum rc rc = till_look(a, dir, &ledger, &pin, err);

	if (rc == RC_OK)
		rc = ledger_status(ledger, a, clock_now(), &status, err);
	if (rc == RC_OK && status.pause == LEDGER_OPEN &&
	    ledger_look_ahead(ledger, clock_now(), NULL) == RC_DENIED)
		status.pause = LEDGER_BAD_PROOF;
	if (rc == RC_OK) {
		print_status(&status, pin);
		print_place(a, dir, ledger);
		print_fences(a, dir);
		rc = show_alarms(a, dir, ledger, &status, err);
	}
	if (rc == RC_OK) {
		text = ledger_settings_text(ledger);
		printf("\nSettings%s\n", text.n > 0 ? ":" : ": none yet");
		say_put(stdout, text, true);
	}
	ledger_close(ledger);
	return rc;
}

/* Whether LINE sets KEY. */
static bool is_of(struct str line, struct str key)
{
	return str_eq(str_trim(str_cut(&line, '=')), key);
}

/* What shall become of the lines of one key. */
struct change {
	struct str key;
	char **values; /* a line for each */
	int n;
	bool adds; /* to those that are there */
};

static void put_lines(struct buf *b, const struct change *change)
{
	for (int i = 0; i < change->n; i++)
		buf_printf(
		    b, "%.*s = %s\n", STR_ARG(change->key), change->values[i]);
}

static struct str changed(
    struct arena *a, struct str text, const struct change *change)
{
	struct buf b;
	struct str line;
	bool is_put = false;

	buf_init_arena(&b, a, 2 * SETTINGS_TEXT_MOST);
	while (str_line(&text, &line)) {
		bool is_ours = is_of(line, change->key);

		if (is_ours && !change->adds) {
			if (!is_put)
				put_lines(&b, change);
			is_put = true;
			continue;
		}
		buf_add(&b, line);
		buf_char(&b, '\n');
	}
	if (!is_put)
		put_lines(&b, change);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

static enum rc old_text(
    struct arena *a, struct str dir, struct str *ret_text, struct err *err)
{
	struct ledger *ledger = NULL;
	struct pin *pin;
	enum rc rc = till_look(a, dir, &ledger, &pin, err);

	if (rc == RC_OK) {
		*ret_text = arena_copy(a, ledger_settings_text(ledger));
		if (!ret_text->p)
			rc = err_set(err, RC_NO_MEMORY, "no memory");
	}
	ledger_close(ledger);
	return rc;
}

static enum rc set_text(
    struct arena *a, struct str dir, struct str text, struct err *err)
{
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct desk *desk = NULL;
	enum rc rc = reply && text.p ? desk_open_at(&till_desk, dir, &desk, err)
				     : err_set(err, RC_NO_MEMORY, "no memory");

	if (rc == RC_OK)
		rc = desk_call(desk, a, TILL_SET, &text, 1, reply, err);
	desk_close(desk);
	return rc;
}

static enum rc check_key(struct arena *a, struct str key, struct err *err)
{
	struct buf b;

	if (settings_has_key(key) && !str_eq(key, STR("call")))
		return RC_OK;
	buf_init_arena(&b, a, 2000);
	settings_put_keys(&b);
	if (str_eq(key, STR("call")))
		return err_set(err, RC_INVALID,
		    "the call below stories is the paper's own: farthing set "
		    "DIR support \"We live on what our readers give.\"");
	return err_set(err, RC_INVALID,
	    "there is no setting \"%.*s\". There are: %.*s. doc/support.md "
	    "says what they do",
	    STR_ARG(str_part(key, 0, 40)), STR_ARG(buf_str(&b)));
}

/* So that an error names what was typed, not a line of a text that whoever
 * typed it has not seen. */
static enum rc check_text(struct arena *a, struct str text,
    struct ledger_settings *settings, struct err *err)
{
	return text.p ? settings_parse_spoken(a, text, settings, err)
		      : err_set(err, RC_NO_MEMORY, "no memory");
}

/* What may not be what was meant. */
static void print_notes(
    const struct change *change, const struct ledger_settings *s)
{
	bool is_amount = str_eq(change->key, STR("amount"));
	bool is_btc = str_eq(change->key, STR("amount_btc"));
	size_t silent = 0;

	for (size_t i = 0; is_amount && i < s->amounts_n; i++)
		silent += s->amounts[i].what.n == 0;
	for (size_t i = 0; is_btc && i < s->amounts_btc_n; i++)
		silent += s->amounts_btc[i].what.n == 0;
	if (silent > 0)
		printf("Readers are not told what %s for. Write it behind the "
		       "sum, within\nthe same quotation marks: \"%s a coffee "
		       "for the night desk\"\n",
		    silent == 1 ? "one of these is" : "some of these are",
		    is_btc ? "0.0001" : "5.00");
	if (s->amounts_n > 4 || s->amounts_btc_n > 4)
		printf("Readers are shown the first four amounts.\n");
}

/* Readers are not shown all of it (site/giving_text.h). */
static void print_places(
    struct arena *a, struct str dir, const struct change *change)
{
	struct paper_settings settings = {.origin = STR("")};
	struct paper *paper = NULL;
	bool is_cut = false;

	if (paper_open_reader(dir, &paper, NULL) == RC_OK &&
	    paper_settings(paper, a, &settings, NULL) != RC_OK)
		settings.origin = STR("");
	paper_close(paper);
	for (int i = 0; i < change->n; i++) {
		struct str is = str_of(change->values[i]);
		struct str shown = is;

		is_cut |=
		    paper_text_own(a, is, settings.origin, &shown) == RC_OK &&
		    !str_eq(is, shown);
	}
	if (!is_cut)
		return;
	printf(
	    "Readers are shown \"[\xE2\x80\xA6]\" for places elsewhere than "
	    "%.*s: nobody\nhas signed these words, and they could lead to "
	    "somebody else's address. Write of\nsuch places on a page of the "
	    "paper, and link to that.\n",
	    STR_ARG(settings.origin.n > 0
			? settings.origin
			: STR("the paper (which has no origin "
			      "yet)")));
}

/* The lines of KEY, as they are now. */
static void print_lines(struct str text, struct str key)
{
	struct str line;
	bool has = false;

	while (str_line(&text, &line)) {
		if (!is_of(line, key))
			continue;
		fputs("  ", stdout);
		say_put(stdout, line, false);
		putchar('\n');
		has = true;
	}
	if (!has)
		printf("  %.*s is not set\n", STR_ARG(key));
}

/* A rate that is set by hand is set today, if nothing else is said. */
static enum rc date_rate(
    struct arena *a, const struct change *change, struct err *err)
{
	struct str value =
	    str_trim(str_of(change->n == 1 ? change->values[0] : ""));
	struct buf b;

	if (!str_eq(change->key, STR("rate")) ||
	    !str_starts(value, STR("fixed ")) ||
	    str_find(str_trim(str_from(value, 6)), ' ') <
		str_trim(str_from(value, 6)).n)
		return RC_OK;
	buf_init_arena(&b, a, SETTINGS_LINE_MOST);
	buf_printf(&b, "%.*s ", STR_ARG(value));
	civil_rfc3339(&b, civil_at(clock_now(), 0));
	buf_cut(&b, value.n + 1 + 10);
	change->values[0] = arena_cstr(a, buf_str(&b));
	return change->values[0] ? RC_OK
				 : err_set(err, RC_NO_MEMORY, "no memory");
}

static enum rc set_lines(struct arena *a, struct str dir,
    const struct change *change, struct err *err)
{
	struct ledger_settings *settings = ARENA_NEW(a, struct ledger_settings);
	struct str text = STR_NONE;
	enum rc rc = settings ? check_key(a, change->key, err)
			      : err_set(err, RC_NO_MEMORY, "no memory");

	if (rc == RC_OK)
		rc = old_text(a, dir, &text, err);
	if (rc == RC_OK)
		rc = date_rate(a, change, err);
	if (rc != RC_OK)
		return rc;
	text = changed(a, text, change);
	rc = check_text(a, text, settings, err);
	if (rc == RC_OK)
		rc = set_text(a, dir, text, err);
	if (rc != RC_OK)
		return rc;
	print_lines(text, change->key);
	print_notes(change, settings);
	print_places(a, dir, change);
	return RC_OK;
}

static enum rc set_file(
    struct arena *a, struct str dir, struct str path, struct err *err)
{
	struct str text = STR_NONE;
	enum rc rc = str_eq(path, STR("-"))
			 ? file_read_fd(a, 0, "standard input",
			       SETTINGS_TEXT_MOST, &text, err)
			 : file_read(a, path, SETTINGS_TEXT_MOST, &text, err);

	return rc == RC_OK ? set_text(a, dir, text, err) : rc;
}

static bool is_called_rightly(
    const struct option *options, const struct words *words)
{
	bool has_file = option_is_set(options, "file");
	bool clears = option_is_set(options, "clear");
	bool adds = option_is_set(options, "add");

	if (words->n < 1 || has_file + clears + adds > 1)
		return false;
	if (has_file)
		return words->n == 1;
	if (clears)
		return words->n == 2;
	return words->n == 1 ? !adds : words->n >= 3;
}

int command_support(int argc, char **argv)
{
	struct option options[] = {{.name = "file", .has_value = true},
	    {.name = "add"}, {.name = "clear"}, {0}};
	struct arena *a;
	struct words words;
	struct str dir;
	struct err err;
	enum rc rc = options_read(argc, argv, options, &words, &err);

	if (rc != RC_OK)
		return command_usage("support", &err);
	if (!is_called_rightly(options, &words))
		return command_usage("support", NULL);
	a = arena_new(SUPPORT_ARENA);
	dir = str_of(words.v[0]);
	if (option_is_set(options, "file")) {
		rc = set_file(a, dir, option_value(options, "file"), &err);
	} else if (words.n == 1) {
		rc = show(a, dir, &err);
	} else {
		struct change change = {.key = str_of(words.v[1]),
		    .values = words.v + 2,
		    .n = words.n - 2,
		    .adds = option_is_set(options, "add")};

		rc = set_lines(a, dir, &change, &err);
	}
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : command_failed("support", &err);
}
