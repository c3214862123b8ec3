/* SPDX-License-Identifier: MIT
 *
 * What the supervisor does once, at the start of a server: finds its own
 * program, locks the paper, reads the settings, binds the ports. And how it
 * reads the settings again later.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/handover.h"
#include "app/say.h"
#include "app/supervisor.h"
#include "app/supervisor_priv.h"
#include "base/arena.h"
#include "sys/address.h"
#include "sys/bell.h"
#include "sys/oserr.h"
#include "sys/socket.h"

enum {
	BACKLOG = 4096,
	READERS_DEFAULT_MAX = 8,
	WAITS_MAX = 80,
	WAIT_NS = 25000000,
};

static const char WHO[] = "farthing";

static bool may_try_again(struct supervisor *s, enum rc rc)
{
	const struct timespec moment = {.tv_nsec = WAIT_NS};

	if (rc != RC_BUSY || s->waits == WAITS_MAX)
		return false;
	s->waits++;
	nanosleep(&moment, NULL);
	return true;
}

enum rc supervisor_listen(struct supervisor *s, const char *place, int backlog,
    int *ret_fds, size_t count, struct err *err)
{
	struct address address;
	enum rc rc = address_parse_place(str_of(place), &address, err);

	if (rc != RC_OK)
		return rc;
	do
		rc = socket_listen(&address, backlog, ret_fds, count, err);
	while (may_try_again(s, rc));
	return rc;
}

static enum rc listen_at(struct supervisor *s, const char *place, unsigned at)
{
	struct err err;
	int fds[CONFIG_READERS_MAX];
	enum rc rc =
	    supervisor_listen(s, place, BACKLOG, fds, s->readers, &err);

	if (rc != RC_OK) {
		say(WHO, "%s", err.why);
		return rc;
	}
	for (unsigned i = 0; i < s->readers; i++)
		s->listen[i][at] = fds[i];
	return RC_OK;
}

static enum rc listen_for_metrics(struct supervisor *s)
{
	const struct config *config = &s->now.config;
	struct err err;
	enum rc rc;

	s->metrics_fd = -1;
	if (!config->metrics[0])
		return RC_OK;
	rc = supervisor_listen(s, config->metrics, 16, &s->metrics_fd, 1, &err);
	if (rc == RC_OK)
		return RC_OK;
	/* A second paper on this machine need not set what nobody reads. */
	if (config->has_metrics)
		say(WHO, "%s", err.why);
	else
		say(WHO,
		    "serving without metrics: another program, perhaps a paper "
		    "of yours, has %s (see \"metrics\" in farthing.conf)",
		    config->metrics);
	return config->has_metrics ? rc : RC_OK;
}

static enum rc bind_ports(struct supervisor *s)
{
	const struct config *config = &s->now.config;
	enum rc rc = RC_OK;

	for (unsigned i = 0; rc == RC_OK && i < config->listen_n; i++)
		rc = listen_at(s, config->listen[i], i);
	if (rc != RC_OK)
		return rc;
	s->listen_n = config->listen_n;
	rc = supervisor_listen_staff(s);
	return rc == RC_OK ? listen_for_metrics(s) : rc;
}

static enum rc open_log(
    const char *dir, const struct config *config, int *ret_fd, struct err *err)
{
	char path[PATH_MAX];
	const char *log = config->access_log;
	int n, fd;

	if (!log[0]) {
		*ret_fd = -1;
		return RC_OK;
	}
	n = snprintf(path, sizeof(path), "%s%s%s", log[0] == '/' ? "" : dir,
	    log[0] == '/' ? "" : "/", log);
	if (n < 0 || (size_t)n >= sizeof(path))
		return err_set(err, RC_INVALID, "access_log: path too long");
	fd = open(
	    path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
	if (fd < 0)
		return oserr_set(err, errno, "access_log %s", path);
	*ret_fd = fd;
	return RC_OK;
}

void supervisor_use_port(const struct supervisor *s, struct config *config)
{
	if (s->newsroom_port != SUPERVISOR_NO_PORT) {
		snprintf(config->newsroom, CONFIG_TEXT_MAX, "127.0.0.1:%u",
		    s->newsroom_port);
		config->has_newsroom = true;
	}
	if (!s->port)
		return;
	snprintf(config->listen[0], CONFIG_TEXT_MAX, "127.0.0.1:%u", s->port);
	config->listen_n = 1;
}

static enum rc load_files(
    const struct supervisor *s, struct setting *next, struct err *err)
{
	struct arena *a = arena_new(8 * CONFIG_MAX);
	struct str text, open_text;
	enum rc rc = config_load(a, str_of(s->dir), &text, &next->config, err);

	if (rc == RC_OK)
		rc = config_without_secrets(a, text, &open_text, err);
	if (rc == RC_OK) {
		next->config_fd = handover_file("farthing-config", open_text);
		next->secrets_fd = handover_file("farthing-secrets", text);
		if (next->config_fd < 0 || next->secrets_fd < 0)
			rc = oserr_set(err, errno, "settings");
	}
	if (rc == RC_OK)
		rc = supervisor_read_pin(s, a, &next->pin_fd, err);
	arena_free(a);
	if (rc == RC_OK && next->config.watch.has_rate_currency)
		say(WHO, "farthing.conf: \"rate_currency\" has no effect any "
			 "more, and the line can go: rates are asked for in "
			 "the currency that `farthing support DIR currency` "
			 "sets");
	return rc;
}

static void close_files(const struct setting *setting)
{
	const int fds[] = {setting->config_fd, setting->secrets_fd,
	    setting->pin_fd, setting->log_fd};

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

enum rc supervisor_load(
    struct supervisor *s, struct setting *setting, struct err *err)
{
	struct setting next = *setting;
	enum rc rc;

	next.config_fd = next.secrets_fd = next.pin_fd = next.log_fd = -1;
	rc = load_files(s, &next, err);
	if (rc == RC_OK)
		rc = open_log(s->dir, &next.config, &next.log_fd, err);
	if (rc == RC_OK && next.pin_fd >= 0)
		rc = supervisor_till_sockets(s, err);
	if (rc != RC_OK) {
		close_files(&next);
		return rc;
	}
	supervisor_use_port(s, &next.config);
	*setting = next;
	return RC_OK;
}

static unsigned count_readers(const struct config *config)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (config->readers)
		return config->readers;
	if (cores < 1)
		return 1;
	return cores > READERS_DEFAULT_MAX ? READERS_DEFAULT_MAX
					   : (unsigned)cores;
}

static void explain_lock(struct supervisor *s, struct err *err)
{
	char why[ERR_WHY_MAX];

	memcpy(why, err->why, sizeof(why));
	err_set(err, RC_BUSY,
	    "%s is being served already: %s. With its number, kill stops it, "
	    "kill -HUP gives it new settings, kill -USR2 a new program",
	    s->dir, why);
}

static enum rc take_lock(struct supervisor *s, struct err *err)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/run", s->dir);
	enum rc rc;

	if (n < 0 || (size_t)n >= sizeof(path) - 16)
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	rc = file_make_folder(str_of(path), 0700, err);
	if (rc != RC_OK)
		return rc;
	snprintf(path + n, sizeof(path) - (size_t)n, "/farthing.pid");
	rc = file_lock(str_of(path), &s->lock, err);
	if (rc == RC_BUSY)
		explain_lock(s, err);
	return rc;
}

/* Readers listen to it from their start on and cannot make it themselves. */
static enum rc hang_bell(struct supervisor *s, struct err *err)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/public/bell", s->dir);
	enum rc rc;
	int fd;

	if (n < 0 || (size_t)n >= sizeof(path))
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	rc = bell_open(str_of(path), &fd, err);
	if (rc == RC_OK)
		close(fd);
	return rc;
}

static enum rc find_program(struct supervisor *s, struct err *err)
{
	ssize_t n = readlink("/proc/self/exe", s->binary, sizeof(s->binary));

	if (n <= 0 || (size_t)n >= sizeof(s->binary))
		return oserr_set(err, n < 0 ? errno : ENAMETOOLONG,
		    "cannot find the program itself by /proc/self/exe");
	s->binary[n] = '\0';
	/* Children are of this very program, also while its file is being
	 * replaced. */
	s->now.exe_fd = open("/proc/self/exe", O_PATH | O_CLOEXEC);
	if (s->now.exe_fd < 0)
		return oserr_set(err, errno, "/proc/self/exe");
	return RC_OK;
}

/* The newsroom would not come up, and nobody would be told why. */
static enum rc check_path(const struct supervisor *s, struct err *err)
{
	static const char socket[] = "/run/newsroom.sock";
	size_t most = sizeof(((struct sockaddr_un *)NULL)->sun_path);

	most -= sizeof(socket);
	return strlen(s->dir) <= most
		   ? RC_OK
		   : err_set(err, RC_LIMIT,
			 "%s: the path is too long for the sockets in it, of "
			 "at most %zu bytes; go into the folder and serve "
			 "\".\", or move it",
			 s->dir, most);
}

enum rc supervisor_open(struct supervisor *s, struct err *err)
{
	enum rc rc = find_program(s, err);

	if (rc == RC_OK)
		rc = check_path(s, err);
	if (rc == RC_OK)
		rc = take_lock(s, err);
	if (rc == RC_OK)
		rc = hang_bell(s, err);
	if (rc == RC_OK)
		rc = supervisor_load(s, &s->now, err);
	if (rc == RC_OK)
		s->readers = count_readers(&s->now.config);
	if (rc == RC_OK && s->now.pin_fd >= 0)
		rc = supervisor_till_sockets(s, err);
	if (rc == RC_OK)
		rc = shared_make(&s->now.shared_fd, err);
	if (rc == RC_OK)
		rc = shared_map(s->now.shared_fd, &s->shared, err);
	if (rc != RC_OK) {
		say(WHO, "%s", err->why);
		return rc;
	}
	return bind_ports(s);
}
