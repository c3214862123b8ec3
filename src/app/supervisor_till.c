/* SPDX-License-Identifier: MIT
 *
 * What the supervisor keeps for the till: the pin, and the sockets between
 * readers and till, newsroom and till, and between till and watch.
 *
 * DIR/trust/pin is read anew with the settings and handed on as a sealed
 * memory file. It lies outside every database and in no child's sandbox, so
 * that nobody who has taken over a reader, the newsroom or the till can bring
 * in a key. A paper without it has no till and no watch, and is served as one
 * that takes no support.
 *
 * Both ends of every socket stay open here. A till that dies leaves its
 * readers' questions in their sockets, where the next one finds them; what the
 * watch has told is not lost either. A generation of readers has a bank of
 * sockets of its own, so that those who leave take no answer from those who
 * follow. A third generation waits until the first is gone. Nothing is read
 * from any of them here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files.h"
#include "app/handover.h"
#include "app/supervisor_priv.h"
#include "base/arena.h"
#include "sys/oserr.h"
#include "sys/socket.h"

enum { PIN_MAX = 128 * 1024 };

enum rc supervisor_till_sockets(struct supervisor *s, struct err *err)
{
	enum rc rc = RC_OK;

	if (s->has_till_sockets || s->readers == 0)
		return RC_OK;
	for (unsigned bank = 0; bank < CHILD_BANKS; bank++)
		for (unsigned i = 0; rc == RC_OK && i < s->readers; i++)
			rc = socket_pair_packets(s->till[bank][i], err);
	if (rc == RC_OK)
		rc = socket_pair_packets(s->watch, err);
	if (rc == RC_OK)
		rc = socket_pair_packets(s->books, err);
	/* If they fail the descriptors are used up, and those made are few:
	 * they stay open until this process ends. */
	s->has_till_sockets = rc == RC_OK;
	return rc;
}

unsigned supervisor_next_till_bank(const struct supervisor *s)
{
	return (s->now.till_bank + 1) % CHILD_BANKS;
}

bool supervisor_is_till_bank_held(const struct supervisor *s)
{
	for (unsigned i = 0; s->has_till_sockets && i < CHILDREN_MAX; i++) {
		const struct child *c = &s->children[i];

		if (c->part != PART_NONE && c->slot < SLOT_NEWSROOM &&
		    c->till_bank == supervisor_next_till_bank(s))
			return true;
	}
	return false;
}

void supervisor_till_order(struct supervisor *s, const struct setting *setting,
    struct child_order *order)
{
	order->pin_fd = order->till_fd = order->watch_fd = -1;
	order->books_fd = -1;
	if (setting->pin_fd < 0)
		return;
	switch (order->role) {
	case CHILD_READER:
		order->pin_fd = setting->pin_fd;
		order->till_fd = s->till[setting->till_bank][order->slot][0];
		break;
	case CHILD_NEWSROOM:
		order->books_fd = s->books[0];
		break;
	case CHILD_TILL:
		order->books_fd = s->books[1];
		order->pin_fd = setting->pin_fd;
		order->watch_fd = s->watch[1];
		for (unsigned bank = 0; bank < CHILD_BANKS; bank++)
			for (unsigned i = 0; i < s->readers; i++)
				order->till_ends[order->till_ends_n++] =
				    s->till[bank][i][1];
		break;
	case CHILD_WATCH:
		order->till_fd = s->watch[0];
		order->config_fd = setting->secrets_fd;
		order->shared_fd = -1;
		break;
	case CHILD_VAULT:
	case CHILD_DARKROOM:
	case CHILD_ROLES:
		break;
	}
}

bool supervisor_needs(
    const struct supervisor *s, const struct setting *setting, unsigned slot)
{
	if (slot == SLOT_VAULT || slot == SLOT_DARKROOM)
		return s->newsroom_fd >= 0;
	if (slot == SLOT_TILL)
		return setting->pin_fd >= 0;
	if (slot == SLOT_WATCH)
		return setting->pin_fd >= 0 && setting->secrets_fd >= 0 &&
		       (s->wants_rates || config_watches(&setting->config));
	return slot == SLOT_NEWSROOM || slot < s->readers;
}

void supervisor_look_at_rates(struct supervisor *s)
{
	if (s->wants_rates || s->is_stopping || s->change.step != CHANGE_NONE ||
	    metric_get(&s->shared->till.rates_wanted) == 0)
		return;
	s->wants_rates = true;
	supervisor_fill(s, SLOT_WATCH);
}

/* Whoever may write to the folder may put another file into it. */
static enum rc check_owner(
    const char *path, const struct stat *is, struct err *err)
{
	if (is->st_mode & (S_IWGRP | S_IWOTH))
		return err_set(err, RC_DENIED,
		    "%s: others than its owner may write to it, so it cannot "
		    "be trusted; look what is in it, then: chmod go-w %s",
		    path, path);
	if (is->st_uid != 0 && is->st_uid != geteuid())
		return err_set(err, RC_DENIED,
		    "%s belongs to another user, so it cannot be trusted; look "
		    "what is in it, then: chown root %s",
		    path, path);
	return RC_OK;
}

static enum rc check_folder(
    const struct supervisor *s, struct arena *a, struct err *err)
{
	struct str path = files_path(a, str_of(s->dir), "trust");
	struct stat is;

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory for the pin");
	if (lstat(path.p, &is) != 0)
		return oserr_set(err, errno, "%s", path.p);
	if (!S_ISDIR(is.st_mode))
		return err_set(err, RC_INVALID, "%s is no folder", path.p);
	return check_owner(path.p, &is, err);
}

static enum rc check_pin(const char *path, struct err *err)
{
	struct stat is;

	if (lstat(path, &is) != 0)
		return oserr_set(err, errno, "%s", path);
	if (!S_ISREG(is.st_mode))
		return err_set(err, RC_INVALID,
		    "%s is no plain file; what does it point to?", path);
	return check_owner(path, &is, err);
}

enum rc supervisor_read_pin(
    const struct supervisor *s, struct arena *a, int *ret_fd, struct err *err)
{
	struct str path = files_path(a, str_of(s->dir), "trust/pin");
	struct str text;
	enum rc rc;

	*ret_fd = -1;
	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory for the pin");
	if (file_kind(path) == FILE_NONE)
		return RC_OK;
	rc = check_folder(s, a, err);
	if (rc == RC_OK)
		rc = check_pin(path.p, err);
	if (rc == RC_OK)
		rc = file_read_no_link(a, path, PIN_MAX, &text, err);
	if (rc != RC_OK)
		return rc;
	*ret_fd = handover_file("farthing-pin", text);
	return *ret_fd >= 0 ? RC_OK : oserr_set(err, errno, "%s", path.p);
}

bool supervisor_has_pin(const struct supervisor *s)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/trust/pin", s->dir);

	return n > 0 && (size_t)n < sizeof(path) &&
	       file_kind(str_of(path)) == FILE_REGULAR;
}
