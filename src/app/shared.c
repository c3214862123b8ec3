/* SPDX-License-Identifier: MIT
 *
 * The shared page, and what is told of it on the metrics port.
 */
#include "app/shared.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/must.h"
#include "sys/oserr.h"

enum rc shared_make(int *ret_fd, struct err *err)
{
	int fd = memfd_create("farthing-shared", MFD_CLOEXEC);

	if (fd < 0)
		return oserr_set(err, errno, "shared page");
	*ret_fd = fd;
	return RC_OK;
}

/* Several processes may do this at once: all do the same. */
static bool shared_lay_out(int fd)
{
	uint64_t layout = SHARED_LAYOUT;

	return ftruncate(fd, sizeof(struct shared)) == 0 &&
	       pwrite(fd, &layout, sizeof(layout), 0) == sizeof(layout);
}

enum rc shared_map(int fd, struct shared **ret_shared, struct err *err)
{
	struct stat is;
	void *p;

	if (fstat(fd, &is) != 0 ||
	    (is.st_size == 0 && (!shared_lay_out(fd) || fstat(fd, &is) != 0)))
		return oserr_set(err, errno, "shared page");
	/* A file that is too short would end the process at its first use. */
	if (is.st_size != sizeof(struct shared))
		return err_set(err, RC_NEWER,
		    "the shared page is that of another version");
	p = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return oserr_set(err, errno, "shared page");
	*ret_shared = p;
	return RC_OK;
}

static void write_count(
    struct buf *b, const char *name, const char *help, const metric *m)
{
	buf_printf(b, "# HELP farthing_%s %s\n# TYPE farthing_%s counter\n",
	    name, help, name);
	buf_printf(b, "farthing_%s ", name);
	buf_u64(b, metric_get(m));
	buf_char(b, '\n');
}

static void write_gauge(
    struct buf *b, const char *name, const char *help, const metric *m)
{
	buf_printf(b, "# HELP farthing_%s %s\n# TYPE farthing_%s gauge\n", name,
	    help, name);
	buf_printf(b, "farthing_%s ", name);
	buf_u64(b, metric_get(m));
	buf_char(b, '\n');
}

static void write_till(struct buf *b, const struct till_metrics *m)
{
	write_gauge(b, "support_paused",
	    "1: no address is handed out; `farthing support DIR` says why.",
	    &m->paused);
	write_gauge(b, "support_addresses_left",
	    "Addresses of the newest batch that nobody has.",
	    &m->addresses_left);
	write_gauge(b, "support_addresses_unpaid",
	    "Addresses that are out and not paid to.", &m->outstanding);
	write_gauge(b, "support_verified",
	    "1: a node was heard of lately, and was well.", &m->verified);
	write_gauge(b, "support_chain_height",
	    "Height of the chain as the till knows it; 0: not at all.",
	    &m->height);
	write_gauge(b, "support_rate_known",
	    "1: there is a rate, and amounts are shown in the currency.",
	    &m->rate_known);
	write_gauge(b, "support_rate_sources",
	    "Sources of rates that are asked; 0: none was heard of yet.",
	    &m->rate_sources);
	write_gauge(b, "support_rate_sources_answering",
	    "Sources of rates that answer.", &m->rate_answering);
	write_gauge(b, "support_watch_silent",
	    "1: the watch process says nothing, and payments are not seen.",
	    &m->watch_silent);
	write_count(b, "support_alarms_total",
	    "Times that something was wrong around the till.", &m->alarms);
}

void shared_write(struct buf *b, const struct shared *shared, unsigned readers)
{
	struct metrics_process list[SHARED_BANKS * CONFIG_READERS_MAX];
	char names[SHARED_BANKS * CONFIG_READERS_MAX][32];
	size_t n = 0;

	must(readers <= CONFIG_READERS_MAX);
	for (unsigned bank = 0; bank < SHARED_BANKS; bank++)
		for (unsigned i = 0; i < readers; i++) {
			/* The second generation appears with its first
			 * connection. */
			const struct http_metrics *m =
			    &shared->readers[bank][i];

			if (bank > 0 && !metric_get(&m->connections_accepted))
				continue;
			snprintf(names[n], sizeof(names[n]), "reader-%u%s",
			    i + 1, bank ? "-b" : "");
			list[n] = (struct metrics_process){
			    .name = str_of(names[n]), .metrics = m};
			n++;
		}
	metrics_write(b, list, n);
	write_count(b, "reader_restarts_total",
	    "Readers started again after a crash.", &shared->readers_restarted);
	write_count(b, "newsroom_restarts_total",
	    "Newsroom processes started again after a crash.",
	    &shared->newsroom_restarted);
	write_count(b, "till_restarts_total",
	    "Till processes started again after a crash.",
	    &shared->till_restarted);
	write_count(b, "watch_restarts_total",
	    "Watch processes started again after a crash.",
	    &shared->watch_restarted);
	write_gauge(b, "sandbox_landlock_abi",
	    "Version of Landlock that fences the processes in; 0: this kernel "
	    "has none.",
	    &shared->landlock_abi);
	write_gauge(b, "sandbox_pin_is_apart",
	    "1: trust/pin belongs to another user than the server's.",
	    &shared->pin_is_apart);
	write_count(b, "vault_restarts_total",
	    "Vault processes started again after a crash.",
	    &shared->vault_restarted);
	write_count(b, "darkroom_restarts_total",
	    "Darkroom processes started again after a crash.",
	    &shared->darkroom_restarted);
	if (metric_get(&shared->till.runs))
		write_till(b, &shared->till);
	write_count(b, "reloads_total", "Settings taken over at run time.",
	    &shared->reloads);
	write_count(b, "takeovers_total", "Programs taken over at run time.",
	    &shared->takeovers);
}
