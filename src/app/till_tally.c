/* SPDX-License-Identifier: MIT
 *
 * The tally's file; see till_tally.h.
 *
 * It is made whole, with its first line, and after that appended to by this
 * one process. A line that was cut off by a loss of power is ended before the
 * next one is written.
 */
#include "app/till_tally.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/files.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/ledger.h"
#include "ledger/tally.h"
#include "sys/file.h"
#include "sys/oserr.h"

/* Of two million addresses and more. */
enum { FILE_MOST = 64 * 1024 * 1024 };

struct till_tally {
	int fd; /* -1: it is of no use, and "broken" says why */
	struct err broken;
	struct arena *a; /* of the path */
	struct str path;
	bool is_cut_off; /* the last line has no end */
	struct tally tally;
};

static enum rc make(struct till_tally *t)
{
	struct buf b;
	enum rc rc;

	buf_init_arena(&b, t->a, TALLY_LINE_MAX);
	tally_write_head(&b);
	rc = buf_rc(&b);
	return rc == RC_OK ? file_write(t->path, buf_str(&b), 0600, &t->broken)
			   : err_set(&t->broken, rc, "no memory");
}

static enum rc parse(struct till_tally *t, struct str text)
{
	enum rc rc = tally_parse(text, &t->tally, &t->broken);

	t->is_cut_off = text.n > 0 && text.p[text.n - 1] != '\n';
	if (rc == RC_OK)
		return RC_OK;
	return err_prefix(&t->broken, rc,
	    "%.*s (if no old copy of till/ was put back, move this file away "
	    "and it is made anew; else see doc/support.md, 7): ",
	    STR_ARG(t->path));
}

static enum rc read_or_make(struct till_tally *t)
{
	struct arena *a = arena_new(FILE_MOST + TALLY_LINE_MAX);
	struct str text = STR("");
	enum rc rc =
	    file_read_no_link(a, t->path, FILE_MOST, &text, &t->broken);

	if (rc == RC_NOT_FOUND)
		rc = RC_OK;
	if (rc == RC_OK)
		rc = parse(t, text);
	/* Not even its first line is there. */
	if (rc == RC_OK && (text.n == 0 || str_find(text, '\n') == text.n)) {
		t->is_cut_off = false;
		rc = make(t);
	}
	arena_free(a);
	return rc;
}

struct till_tally *till_tally_new(struct str dir)
{
	struct till_tally *t = calloc(1, sizeof(*t));
	enum rc rc;

	must(t);
	t->fd = -1;
	t->a = arena_new(64 * 1024);
	t->path = files_path(t->a, dir, "tally");
	rc = t->path.p ? read_or_make(t)
		       : err_set(&t->broken, RC_NO_MEMORY, "no memory");
	if (rc != RC_OK)
		return t;
	t->fd = open(
	    t->path.p, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
	if (t->fd < 0)
		oserr_set(&t->broken, errno, "%s", t->path.p);
	return t;
}

void till_tally_free(struct till_tally *t)
{
	if (!t)
		return;
	if (t->fd >= 0)
		close(t->fd);
	arena_free(t->a);
	free(t);
}

/* Appends a line. It may have been written in part when this fails; the next
 * one then begins a line of its own. */
static enum rc append(
    struct till_tally *t, const struct tally_batch *batch, struct err *err)
{
	struct buf b;
	enum rc rc;

	buf_init(&b, 2 * TALLY_LINE_MAX);
	if (t->is_cut_off)
		buf_char(&b, '\n');
	tally_write(&b, batch);
	t->is_cut_off = true;
	rc = buf_rc(&b);
	if (rc == RC_OK)
		rc = file_write_fd(t->fd, t->path.p, buf_str(&b), err);
	else
		err_set(err, rc, "no memory");
	t->is_cut_off = rc != RC_OK;
	buf_done(&b);
	return rc;
}

static void look(void *ctx, uint32_t batch, uint32_t *ret_n, bool *ret_is_sure)
{
	const struct till_tally *t = ctx;
	struct tally_batch b = tally_find(&t->tally, batch);

	*ret_n = b.n;
	*ret_is_sure = b.is_sure;
}

static enum rc pledge(void *ctx, uint32_t batch, uint32_t n, struct err *err)
{
	struct till_tally *t = ctx;
	struct tally_batch b = {.number = batch, .n = n};
	enum rc rc;

	if (t->fd < 0)
		return err_set(err, RC_IO, "%s", t->broken.why);
	if (tally_find(&t->tally, batch).n >= n)
		return RC_OK;
	rc = append(t, &b, err);
	if (rc == RC_OK && fdatasync(t->fd) != 0)
		rc = oserr_set(err, errno, "%s", t->path.p);
	if (rc == RC_OK && tally_raise(&t->tally, batch, n, false) != RC_OK)
		rc = err_set(err, RC_LIMIT, "%s: too many batches", t->path.p);
	return rc;
}

static void given(void *ctx, uint32_t batch, uint32_t n)
{
	struct till_tally *t = ctx;
	struct tally_batch b = {.number = batch, .n = n, .is_sure = true};

	/* Without this line a later start takes it for a crash. */
	if (t->fd < 0 || append(t, &b, NULL) != RC_OK ||
	    tally_raise(&t->tally, batch, n, true) != RC_OK)
		return;
}

void till_tally_use(struct till_tally *t, struct ledger *ledger)
{
	static const struct ledger_tally_calls calls = {look, pledge, given};

	ledger_use_tally(ledger, &calls, t);
}
