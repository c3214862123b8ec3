/* SPDX-License-Identifier: MIT
 *
 * `farthing batch install`: the one way in which a key or an address comes to
 * the server, from its shell. In order:
 *
 *	1. The file is read whole: its signature holds, its leaves lead to
 *	   the root.
 *	2. It is signed for the place of this paper, and the pin accepts it
 *	   (coin/pin.h): at first use any key, which is shown; afterwards
 *	   only the same or its announced successor.
 *	3. None of its addresses is in till.db: such a batch could never be
 *	   taken in, and what is pinned stays.
 *	4. The file is laid into DIR/till.
 *	5. The pin is written, which now knows the batch.
 *	6. Whoever may write the ledger takes the batch in: this process, if no
 *	   server runs; else the till, which the supervisor starts anew with
 *	   the new pin when it is told to read its settings again.
 *
 * A crash between any two of these is mended by running the command again. The
 * file of 4 is removed only when the batch is in till.db: one that is pinned
 * and in neither of them was lost after it was taken in. Nobody knows which of
 * its addresses readers have, so it is laid ready under another name, and is
 * taken in as used up: all are watched, none is handed out.
 */
#include "app/command_batch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/batch_file.h"
#include "app/command.h"
#include "app/files.h"
#include "app/say.h"
#include "app/till_book.h"
#include "app/till_tally.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/paper.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/oserr.h"
#include "sys/process.h"
#include "sys/random.h"
#include "watch/script_set.h"

enum {
	INSTALL_ARENA = 1024 * 1024,
	PIECE = 64 * 1024,
	WAIT_MS = 60000,
	WAIT_STEP_MS = 50,
	PID_MAX_BYTES = 32,
	SCRIPTS_MOST = INT32_MAX - 1,
	SCRIPTS_AT_ONCE = 500,
};

struct install {
	struct arena *a;
	struct str dir;
	const char *file;
	struct batch_reader reader;
	struct paper_settings settings; /* of the paper in DIR */
	struct pin pin;			/* the new one */
	bool is_first;
	bool is_known; /* the pin had it already */
	bool is_lost;  /* and till.db has lost it */
	struct err err;
};

static enum rc no_memory(struct install *in)
{
	return err_set(&in->err, RC_NO_MEMORY, "no memory");
}

/* The old pin; n_batches 0 if there is none. */
static enum rc read_pin(struct install *in, struct pin *ret_pin)
{
	struct str text;
	enum rc rc = till_read_pin(in->a, in->dir, &text, &in->err);

	memset(ret_pin, 0, sizeof(*ret_pin));
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK) {
		rc = pin_parse(text, ret_pin, &in->err);
		if (rc != RC_OK)
			return err_prefix(&in->err, rc, "trust/pin: ");
	}
	return rc;
}

static enum rc read_settings(struct install *in)
{
	struct paper *paper = NULL;
	enum rc rc = paper_open_reader(in->dir, &paper, &in->err);

	if (rc == RC_OK)
		rc = paper_settings(paper, in->a, &in->settings, &in->err);
	paper_close(paper);
	return rc;
}

static enum rc check_name(struct install *in)
{
	const struct statement *s = &in->reader.head.statement;

	if (str_eq(in->settings.name, s->paper))
		return RC_OK;
	return err_set(&in->err, RC_DENIED,
	    "the batch is signed for \"%.*s\", and this paper is \"%.*s\"; if "
	    "that is meant, say --other-name",
	    STR_ARG(s->paper), STR_ARG(in->settings.name));
}

/* Readers' pages would show no address of it (site/giving_gift.c). */
static enum rc check_origin(struct install *in)
{
	const struct statement *s = &in->reader.head.statement;

	if (statement_is_at(s, in->settings.origin))
		return RC_OK;
	return err_set(&in->err, RC_DENIED,
	    "the batch is signed for a paper at %.*s%s, and this one is at "
	    "%.*s (`farthing set %.*s origin`). Is it another paper's? If this "
	    "one has moved, sign the batch with --origin %.*s",
	    STR_ARG(s->origins[0]), s->n_origins > 1 ? " and elsewhere" : "",
	    STR_ARG(in->settings.origin), STR_ARG(in->dir),
	    STR_ARG(in->settings.origin));
}

static enum rc check_key(struct install *in, struct str wanted)
{
	struct minisign_key key;
	enum rc rc;

	if (!wanted.p)
		return RC_OK;
	rc = batch_read_key(in->a, wanted, &key, &in->err);
	if (rc != RC_OK || minisign_key_eq(&key, &in->reader.head.key))
		return rc;
	return err_set(&in->err, RC_DENIED,
	    "the batch is signed by another key than the one given by --key");
}

/* The pin knows this very statement. */
static bool is_pinned(const struct install *in)
{
	const struct statement *s = &in->reader.head.statement;
	const struct pin_batch *batch = pin_find(&in->pin, s->batch);
	struct hash256 hash = statement_hash(s);

	return batch && hash256_eq(&batch->statement, &hash);
}

static enum rc accept(struct install *in, const struct option *options)
{
	const struct batch_head *head = &in->reader.head;
	const struct pin_offer offer = {
	    &head->statement, &head->key, &head->signature};
	enum rc rc = check_key(in, option_value(options, "key"));

	if (rc == RC_OK)
		rc = read_settings(in);
	if (rc == RC_OK)
		rc = read_pin(in, &in->pin);
	if (rc != RC_OK)
		return rc;
	in->is_known = is_pinned(in);
	if (in->is_known)
		return RC_OK;
	in->is_first = in->pin.n_batches == 0;
	if (in->is_first && !option_is_set(options, "other-name"))
		rc = check_name(in);
	if (rc == RC_OK)
		rc = check_origin(in);
	return rc == RC_OK ? pin_accept(&in->pin, &offer, clock_now(), &in->pin,
				 &in->err)
			   : rc;
}

/* Files. */

static enum rc copy(int from, int to, struct err *err)
{
	static char piece[PIECE];

	for (;;) {
		ssize_t n = read(from, piece, sizeof(piece));
		enum rc rc;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return oserr_set(err, errno, "reading the batch");
		if (n == 0)
			break;
		rc = file_write_fd(to, "the batch's copy",
		    (struct str){piece, (size_t)n}, err);
		if (rc != RC_OK)
			return rc;
	}
	return fsync(to) == 0
		   ? RC_OK
		   : oserr_set(err, errno, "writing the batch's copy");
}

/* What root makes here belongs to whom the paper belongs, for the till runs
 * as that user. A link is given itself, never what it points to: the folder is
 * one that the till writes to. */
static enum rc give(struct install *in, struct str path)
{
	struct str private = files_path(in->a, in->dir, "private");
	struct stat is;

	if (!private.p || !path.p)
		return no_memory(in);
	if (geteuid() != 0)
		return RC_OK;
	if (stat(private.p, &is) != 0 ||
	    lchown(path.p, is.st_uid, is.st_gid) != 0)
		return oserr_set(&in->err, errno, "%s", path.p);
	return RC_OK;
}

static enum rc copy_to(struct install *in, const char *path)
{
	int from = open(in->file, O_RDONLY | O_CLOEXEC);
	int to = open(
	    path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	enum rc rc;

	if (from < 0 || to < 0)
		rc = oserr_set(
		    &in->err, errno, "%s", from < 0 ? in->file : path);
	else
		rc = copy(from, to, &in->err);
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	return rc;
}

/* So that the file's name is on the disk before the pin is. */
static enum rc sync_folder(struct install *in, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum rc rc = RC_OK;

	if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
		rc = oserr_set(&in->err, errno, "%s", path);
	if (fd >= 0)
		close(fd);
	return rc;
}

static struct str batch_path(const struct install *in, bool is_lost)
{
	return till_batch_path(
	    in->a, in->dir, in->reader.head.statement.batch, is_lost);
}

static enum rc lay_ready(struct install *in)
{
	struct str folder = files_path(in->a, in->dir, "till");
	struct str path = batch_path(in, in->is_lost);
	struct str new = arena_printf(in->a, "%.*s.new", STR_ARG(path));
	enum rc rc;

	if (!folder.p || !path.p || !new.p)
		return no_memory(in);
	rc = file_make_folder(folder, 0700, &in->err);
	if (rc == RC_OK)
		rc = give(in, folder);
	if (rc == RC_OK)
		rc = copy_to(in, new.p);
	if (rc == RC_OK)
		rc = give(in, new);
	if (rc == RC_OK && rename(new.p, path.p) != 0)
		rc = oserr_set(&in->err, errno, "%s", path.p);
	return rc == RC_OK ? sync_folder(in, folder.p) : rc;
}

static enum rc write_pin(struct install *in)
{
	struct str folder = files_path(in->a, in->dir, "trust");
	struct str path = files_path(in->a, in->dir, "trust/pin");
	struct buf b;
	enum rc rc;

	if (!folder.p || !path.p)
		return no_memory(in);
	buf_init(&b, PIN_FILE_MAX);
	pin_write(&b, &in->pin);
	rc = buf_rc(&b);
	if (rc != RC_OK)
		err_set(&in->err, rc, "no memory");
	else
		rc = file_make_folder(folder, 0755, &in->err);
	if (rc == RC_OK)
		rc = file_write(path, buf_str(&b), 0444, &in->err);
	buf_done(&b);
	return rc;
}

/* Looking into till.db. */

/* The number of the server that runs on the paper; 0: none does. */
static enum rc find_server(struct install *in, int *ret_pid)
{
	struct str path = files_path(in->a, in->dir, "run/farthing.pid");
	struct file_lock lock;
	struct str text;
	uint64_t pid = 0;
	enum rc rc;

	*ret_pid = 0;
	if (!path.p)
		return no_memory(in);
	if (file_kind(path) != FILE_REGULAR)
		return RC_OK;
	rc = file_lock(path, &lock, &in->err);
	if (rc == RC_OK) {
		file_unlock(&lock);
		return RC_OK;
	}
	if (rc != RC_BUSY)
		return rc;
	rc = file_read(in->a, path, PID_MAX_BYTES, &text, &in->err);
	if (rc == RC_OK)
		rc = str_u64(str_trim(text), INT32_MAX, &pid);
	*ret_pid = (int)pid;
	return rc;
}

/* What was made by root, perhaps, and is the server's to write. */
static enum rc give_all(struct install *in)
{
	static const char *const names[] = {"run", "run/till.lock", "tally",
	    "till/till.db", "till/till.db-wal", "till/till.db-shm"};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < sizeof(names) / sizeof(*names);
	     i++) {
		struct str path = files_path(in->a, in->dir, names[i]);

		if (!path.p || file_kind(path) != FILE_NONE)
			rc = give(in, path);
	}
	return rc;
}

static enum rc open_till(
    struct install *in, bool is_reader, struct ledger **ret_ledger)
{
	const struct ledger_options options = {
	    .network = in->reader.head.statement.network,
	    .is_reader = is_reader,
	};
	struct str path = files_path(in->a, in->dir, "till/till.db");

	if (!path.p)
		return no_memory(in);
	return ledger_open(path, &options, ret_ledger, &in->err);
}

/* Who opens a till.db of an older program for writing brings it up to date. */
static enum rc renew_till(struct install *in)
{
	struct till_book *book = NULL;
	struct ledger *ledger = NULL;
	enum rc rc = till_book_lock(in->dir, &book, &in->err);

	if (rc == RC_OK)
		rc = open_till(in, false, &ledger);
	ledger_close(ledger);
	till_book_close(book);
	return rc == RC_OK ? give_all(in) : rc;
}

/* RC_NOT_FOUND: there is no till.db. */
static enum rc look_into_till(struct install *in, struct ledger **ret_ledger)
{
	int pid = 0;
	enum rc rc = open_till(in, true, ret_ledger);

	if (rc != RC_INVALID)
		return rc;
	if (find_server(in, &pid) != RC_OK || pid > 0)
		return rc;
	rc = renew_till(in);
	return rc == RC_OK ? open_till(in, true, ret_ledger) : rc;
}

/* The till has the batch. */
static enum rc look_for_batch(struct install *in, bool *ret_has)
{
	struct ledger *ledger = NULL;
	enum rc rc = look_into_till(in, &ledger);

	*ret_has = false;
	if (rc == RC_OK)
		rc = ledger_has_batch(
		    ledger, in->reader.head.statement.batch, ret_has, &in->err);
	ledger_close(ledger);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc add_known(struct install *in, struct script_set *set)
{
	struct script_pubkey *v =
	    ARENA_ARRAY(in->a, struct script_pubkey, SCRIPTS_AT_ONCE);
	struct ledger *ledger = NULL;
	enum rc rc = v ? look_into_till(in, &ledger) : no_memory(in);
	uint64_t from = 0;
	size_t n = 1;

	while (rc == RC_OK && n > 0) {
		rc = ledger_scripts(
		    ledger, from, v, SCRIPTS_AT_ONCE, &n, &in->err);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			if (script_set_add(set, &v[i]) == RC_NO_MEMORY)
				rc = no_memory(in);
		from += n;
	}
	ledger_close(ledger);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc leaf_is_new(
    void *ctx, const struct batch_leaf *leaf, struct err *err)
{
	enum rc rc = script_set_add(ctx, &leaf->script);

	if (rc == RC_EXISTS)
		return err_set(err, RC_DENIED,
		    "the address of leaf %u is in an earlier batch, or twice "
		    "in this one. Nothing was installed: sign the batch with "
		    "addresses that were in none, by --first or of another key",
		    (unsigned)leaf->index);
	return rc == RC_OK ? rc : err_set(err, rc, "no memory");
}

/* Where the pin was lost, the batch may be in till.db already. */
static enum rc check_addresses(struct install *in)
{
	const struct batch_reader_calls calls = {.leaf = leaf_is_new};
	struct batch_reader *reader = ARENA_NEW(in->a, struct batch_reader);
	struct script_set *set = NULL;
	bool has = false;
	enum rc rc = look_for_batch(in, &has);

	if (rc != RC_OK || has)
		return rc;
	must(random_start() == RC_OK);
	if (!reader || script_set_new(SCRIPTS_MOST, &set) != RC_OK)
		return no_memory(in);
	rc = add_known(in, set);
	if (rc == RC_OK)
		rc = batch_file_read(in->file, &calls, set, reader, &in->err);
	script_set_free(set);
	return rc;
}

/* Taking in. */

/* What is no good of others is said, and is not this one's fault. */
static enum rc take_in_book(struct install *in, struct till_book *book)
{
	enum rc rc = till_book_take_in(book, clock_now(), NULL, &in->err);
	bool has = false;

	if (rc == RC_OK ||
	    ledger_has_batch(book->ledger, in->reader.head.statement.batch,
		&has, NULL) != RC_OK ||
	    !has)
		return rc;
	batch_failed("install", &in->err);
	return RC_OK;
}

static enum rc take_in_here(struct install *in)
{
	struct till_book *book = NULL;
	struct str pin;
	enum rc rc = till_book_lock(in->dir, &book, &in->err);

	if (rc != RC_OK)
		return rc;
	rc = till_read_pin(in->a, in->dir, &pin, &in->err);
	if (rc == RC_OK)
		rc = till_book_open(book, pin, &in->err);
	if (rc == RC_OK)
		rc = take_in_book(in, book);
	till_book_close(book);
	return rc == RC_OK ? give_all(in) : rc;
}

static enum rc have_it_taken(struct install *in, int pid)
{
	bool has = false;
	enum rc rc = process_signal(pid, SIGHUP);

	if (rc != RC_OK)
		return err_set(&in->err, rc,
		    "the running server (process %d) cannot be told; tell it "
		    "by: kill -HUP %d",
		    pid, pid);
	for (int ms = 0; ms < WAIT_MS; ms += WAIT_STEP_MS) {
		if (look_for_batch(in, &has) == RC_OK && has)
			return RC_OK;
		usleep(WAIT_STEP_MS * 1000);
	}
	return err_set(&in->err, RC_BUSY,
	    "the running server was told, but has not taken the batch in; see "
	    "what it says, and `farthing support`");
}

/* The till makes its tally itself, but not where the paper's folder is
 * another user's. */
static enum rc make_tally(struct install *in)
{
	struct str path = files_path(in->a, in->dir, "tally");

	if (!path.p)
		return no_memory(in);
	if (file_kind(path) != FILE_NONE)
		return RC_OK;
	till_tally_free(till_tally_new(in->dir));
	return file_kind(path) != FILE_NONE ? give(in, path) : RC_OK;
}

static enum rc take_in(struct install *in)
{
	int pid = 0;
	enum rc rc = find_server(in, &pid);

	if (rc == RC_OK)
		rc = make_tally(in);
	if (rc != RC_OK)
		return rc;
	return pid > 0 ? have_it_taken(in, pid) : take_in_here(in);
}

static void tell_lost(const struct install *in)
{
	const struct statement *s = &in->reader.head.statement;
	struct buf b;

	buf_init(&b, 64);
	civil_rfc3339(&b, civil_at(s->from, 0));
	printf("Batch %u had been installed before, but till/till.db did not "
	       "have it any more: it\nwas lost, or an old copy was put back. "
	       "It is installed again as used up:\n\n"
	       "  all of its %u addresses are watched, in blocks from %.*s on, "
	       "so that\n  gifts to them are found;\n"
	       "  none of them is handed out any more, for readers may have "
	       "them already.\n\nSign and install the next batch to open "
	       "support again (doc/support.md, 7).\n\n",
	    (unsigned)s->batch, (unsigned)s->count, STR_ARG(buf_str(&b)));
	buf_done(&b);
}

static void tell(const struct install *in)
{
	const struct batch_head *head = &in->reader.head;

	if (in->is_lost)
		tell_lost(in);
	else
		printf("Batch %u is installed%s.\n",
		    (unsigned)head->statement.batch,
		    in->is_known ? " (the pin knew it already)" : "");
	batch_print_statement(&head->statement);
	batch_print_key("signed by", minisign_key_hash(&head->key));
	if (head->statement.n_origins > 0 && in->settings.origin.n == 0)
		printf("\nWhether it is meant for this paper's place could not "
		       "be looked at: the paper has\nnone yet. Say it: "
		       "farthing set %.*s origin %.*s\n",
		    STR_ARG(in->dir), STR_ARG(head->statement.origins[0]));
	if (in->is_first)
		printf("\nThis key is pinned now: from here on only batches "
		       "signed by it, or by the key it\nannounces, are "
		       "accepted. Compare it with what `farthing batch "
		       "new-key` showed, and\nprint it where readers can find "
		       "it: they check addresses against it.\n");
}

/* A batch that the pin knows, and that is in till.db or lies ready, or neither.
 * The newest may be given again, if only to be sure. */
static enum rc look_at_known(struct install *in, bool *ret_is_done)
{
	uint32_t number = in->reader.head.statement.batch;
	struct str path = batch_path(in, false);
	enum rc rc = path.p ? look_for_batch(in, ret_is_done) : no_memory(in);

	if (rc != RC_OK)
		return rc;
	if (*ret_is_done && number + 1 < in->pin.first + in->pin.n_batches)
		return err_set(&in->err, RC_DENIED,
		    "batch %u is installed already, and a later one, too",
		    (unsigned)number);
	in->is_lost = !*ret_is_done && file_kind(path) == FILE_NONE;
	return RC_OK;
}

static enum rc install(struct install *in, const struct option *options)
{
	bool is_done = false;
	enum rc rc = files_need_paper(in->dir, &in->err);

	if (rc == RC_OK)
		rc = batch_file_read(in->file, &(struct batch_reader_calls){0},
		    NULL, &in->reader, &in->err);
	if (rc == RC_OK)
		rc = accept(in, options);
	if (rc == RC_OK)
		rc = in->is_known ? look_at_known(in, &is_done)
				  : check_addresses(in);
	if (rc == RC_OK && !is_done)
		rc = lay_ready(in);
	if (rc == RC_OK && !in->is_known)
		rc = write_pin(in);
	if (rc == RC_OK)
		rc = take_in(in);
	return rc;
}

int batch_install(int argc, char **argv)
{
	struct option options[] = {
	    {.name = "key", .has_value = true}, {.name = "other-name"}, {0}};
	struct install *in;
	struct words words;
	struct err err;
	enum rc rc = options_read(argc, argv, options, &words, &err);

	if (rc != RC_OK)
		return batch_usage("install", &err);
	if (words.n != 2)
		return batch_usage("install", NULL);
	in = calloc(1, sizeof(*in));
	if (!in)
		return EXIT_FAILED;
	in->a = arena_new(INSTALL_ARENA);
	in->dir = str_of(words.v[0]);
	in->file = words.v[1];
	rc = install(in, options);
	if (rc == RC_OK)
		tell(in);
	else
		batch_failed("install", &in->err);
	arena_free(in->a);
	free(in);
	return rc == RC_OK ? EXIT_DONE : EXIT_FAILED;
}
