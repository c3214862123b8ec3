/* SPDX-License-Identifier: MIT
 *
 * The till's book; see till_book.h.
 *
 * A batch is brought in two steps, so that a crash between any two of them is
 * mended by running `farthing batch install` again: its file is laid into
 * DIR/till, then the pin is written that knows it. Whoever holds the till's
 * lock with that pin takes it in, in one transaction, and removes the file.
 */
#include "app/till_book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/batch.h"
#include "sys/oserr.h"

enum {
	BOOK_ARENA = 1024 * 1024,
	CALL_ARENA = 4 * 1024 * 1024,
	PIECE = 64 * 1024,
	ALARMS_MAX = 64 * 1024,
	ALARM_LINE_MAX = 600,
};

struct str till_batch_path(
    struct arena *a, struct str dir, uint32_t number, bool is_lost)
{
	return arena_printf(a, "%.*s/till/%s-%u", STR_ARG(dir),
	    is_lost ? "lost" : "batch", (unsigned)number);
}

enum rc till_book_lock(
    struct str dir, struct till_book **ret_book, struct err *err)
{
	struct till_book *book = calloc(1, sizeof(*book));
	struct str run, folder, lock;
	enum rc rc;

	must(book);
	book->lock.fd = -1;
	book->a = arena_new(BOOK_ARENA);
	book->call = arena_new(CALL_ARENA);
	book->dir = arena_copy(book->a, dir);
	run = files_path(book->call, dir, "run");
	folder = files_path(book->call, dir, "till");
	lock = files_path(book->call, dir, "run/till.lock");
	if (!book->dir.p || !run.p || !folder.p || !lock.p)
		rc = err_set(err, RC_NO_MEMORY, "no memory");
	else
		rc = file_make_folder(run, 0700, err);
	if (rc == RC_OK)
		rc = file_make_folder(folder, 0700, err);
	if (rc == RC_OK)
		rc = file_lock(lock, &book->lock, err);
	arena_reset(book->call);
	if (rc == RC_OK)
		*ret_book = book;
	else
		till_book_close(book);
	return rc;
}

enum rc till_book_open(
    struct till_book *book, struct str pin_text, struct err *err)
{
	struct ledger_options options = {.may_create = true};
	struct str path = files_path(book->a, book->dir, "till/till.db");
	enum rc rc;

	must(book->lock.fd >= 0 && !book->ledger);
	book->pin = ARENA_NEW(book->a, struct pin);
	if (!path.p || !book->pin)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = pin_parse(pin_text, book->pin, err);
	if (rc != RC_OK)
		return err_prefix(err, rc, "trust/pin: ");
	options.network = book->pin->network;
	rc = ledger_open(path, &options, &book->ledger, err);
	if (rc == RC_OK)
		ledger_use_pin(book->ledger, book->pin);
	return rc;
}

void till_book_close(struct till_book *book)
{
	if (!book)
		return;
	ledger_close(book->ledger);
	if (book->lock.fd >= 0)
		file_unlock(&book->lock);
	arena_free(book->call);
	arena_free(book->a);
	free(book);
}

enum rc till_read_pin(
    struct arena *a, struct str dir, struct str *ret_text, struct err *err)
{
	struct str path = files_path(a, dir, "trust/pin");
	enum rc rc;

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = file_read_no_link(a, path, PIN_FILE_MAX, ret_text, err);
	if (rc == RC_NOT_FOUND)
		err_set(err, rc,
		    "this paper has no addresses yet; doc/support.md shows how "
		    "they are made, and `farthing batch install` brings them "
		    "in");
	return rc;
}

enum rc till_look(struct arena *a, struct str dir, struct ledger **ret_ledger,
    struct pin **ret_pin, struct err *err)
{
	struct ledger_options options = {.is_reader = true};
	struct str path = files_path(a, dir, "till/till.db");
	struct pin *pin = ARENA_NEW(a, struct pin);
	struct str text;
	enum rc rc;

	if (!path.p || !pin)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = till_read_pin(a, dir, &text, err);
	if (rc == RC_OK) {
		rc = pin_parse(text, pin, err);
		if (rc != RC_OK)
			return err_prefix(err, rc, "trust/pin: ");
	}
	if (rc != RC_OK)
		return rc;
	options.network = pin->network;
	rc = ledger_open(path, &options, ret_ledger, err);
	if (rc != RC_OK)
		return rc;
	ledger_use_pin(*ret_ledger, pin);
	*ret_pin = pin;
	return RC_OK;
}

/* Taking in. */

struct taking {
	struct ledger *ledger;
	struct instant now;
	bool is_lost;
	bool has_begun;
	struct buf signature;
};

static enum rc head_came(
    void *ctx, const struct batch_head *head, struct err *err)
{
	struct taking *t = ctx;
	struct ledger_batch batch = {
	    .statement = head->statement.text, .is_lost = t->is_lost};
	enum rc rc;

	minisign_signature_write(
	    &t->signature, &head->signature, STR("farthing statement"));
	rc = buf_rc(&t->signature);
	if (rc != RC_OK)
		return err_set(err, rc, "no memory");
	batch.signature = buf_str(&t->signature);
	rc = ledger_install_begin(t->ledger, &batch, t->now, err);
	t->has_begun = rc == RC_OK;
	return rc;
}

static enum rc leaf_came(
    void *ctx, const struct batch_leaf *leaf, struct err *err)
{
	struct taking *t = ctx;
	return ledger_install_leaf(t->ledger, leaf, err);
}

static enum rc feed_all(
    struct batch_reader *reader, int fd, const char *path, struct err *err)
{
	char *piece = malloc(PIECE);
	enum rc rc = RC_OK;
	bool is_end = false;

	must(piece);
	while (rc == RC_OK && !is_end) {
		ssize_t n = read(fd, piece, PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		is_end = n == 0;
		if (n < 0)
			rc = oserr_set(err, errno, "%s", path);
		else if (n > 0)
			rc = batch_reader_feed(
			    reader, (struct str){piece, (size_t)n}, err);
	}
	free(piece);
	return rc == RC_OK ? batch_reader_end(reader, err) : rc;
}

static enum rc take_file(
    struct taking *t, int fd, const char *path, struct err *err)
{
	static const struct batch_reader_calls calls = {head_came, leaf_came};
	struct batch_reader *reader = malloc(sizeof(*reader));
	enum rc rc;

	must(reader);
	buf_init(&t->signature, MINISIGN_FILE_MAX);
	batch_reader_init(reader, &calls, t);
	rc = feed_all(reader, fd, path, err);
	if (rc == RC_OK)
		rc = ledger_install_commit(t->ledger, err);
	else if (t->has_begun)
		ledger_install_cancel(t->ledger);
	buf_done(&t->signature);
	free(reader);
	return rc == RC_OK ? rc : err_prefix(err, rc, "%s: ", path);
}

/* RC_NOT_FOUND: there is no such file. */
static enum rc take_number(
    struct till_book *book, uint32_t number, struct taking *t, struct err *err)
{
	struct str path =
	    till_batch_path(book->call, book->dir, number, t->is_lost);
	enum rc rc;
	int fd;

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
	if (fd < 0)
		return oserr_set(err, errno, "%s", path.p);
	rc = take_file(t, fd, path.p, err);
	close(fd);
	/* What was in already has been cut off before its file was removed. */
	if (rc == RC_OK || rc == RC_EXISTS) {
		enum rc removed = file_remove(path, err);

		rc = rc == RC_OK || removed == RC_OK ? RC_OK : removed;
	}
	return rc;
}

/* The file is no good and will not be. Of any other failure a later try may
 * find nothing; and when a later batch is in, this one cannot come in as new
 * any more. */
static bool is_no_good(enum rc rc)
{
	return rc == RC_INVALID || rc == RC_DENIED || rc == RC_NEWER;
}

enum rc till_book_take_in(struct till_book *book, struct instant now,
    unsigned *ret_count, struct err *err)
{
	const struct pin *pin = book->pin;
	unsigned count = 0;
	enum rc first = RC_OK;

	for (uint32_t i = 0; i < 2 * pin->n_batches; i++) {
		struct taking t = {
		    .ledger = book->ledger, .now = now, .is_lost = i % 2 == 1};
		struct err why;
		enum rc rc = take_number(book, pin->first + i / 2, &t, &why);

		arena_reset(book->call);
		if (rc == RC_OK)
			count++;
		if (rc == RC_OK || rc == RC_NOT_FOUND)
			continue;
		if (first == RC_OK) {
			first = rc;
			if (err)
				*err = why;
		}
		if (!is_no_good(rc))
			break;
	}
	if (ret_count)
		*ret_count = count;
	return first;
}

/* Alarms. */

static void keep_small(struct till_book *book, struct str path)
{
	struct stat is;
	struct str old = files_path(book->call, book->dir, "till/alarms.old");

	if (old.p && stat(path.p, &is) == 0 && is.st_size > ALARMS_MAX)
		rename(path.p, old.p);
}

void till_book_alarm(
    struct till_book *book, struct instant now, struct str what)
{
	struct str path = files_path(book->call, book->dir, "till/alarms");
	struct buf line;
	int fd;

	if (!path.p)
		return;
	keep_small(book, path);
	buf_init(&line, ALARM_LINE_MAX + 64);
	civil_rfc3339(&line, civil_at(now, 0));
	buf_char(&line, ' ');
	for (size_t i = 0; i < what.n && i < ALARM_LINE_MAX; i++)
		buf_char(
		    &line, what.p[i] >= 0 && what.p[i] < ' ' ? ' ' : what.p[i]);
	buf_char(&line, '\n');
	fd = open(path.p,
	    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0) {
		/* It was said on standard error, too; there is no more to
		 * do if this fails. */
		enum rc rc = file_write_fd(fd, path.p, buf_str(&line), NULL);

		(void)rc;
		close(fd);
	}
	buf_done(&line);
}

struct str till_alarms(struct arena *a, struct str dir, size_t most)
{
	struct str path = files_path(a, dir, "till/alarms");
	struct str text;

	if (!path.p ||
	    file_read_no_link(a, path, 2 * ALARMS_MAX, &text, NULL) != RC_OK)
		return STR_NONE;
	if (text.n > most) {
		text = str_from(text, text.n - most);
		text = str_from(text, str_find(text, '\n') + 1);
	}
	return text;
}
