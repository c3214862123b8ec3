/* SPDX-License-Identifier: MIT
 *
 * `farthing watch-address`: asks a paper for an address as a reader would, and
 * raises the alarm if it is not one that the newsroom has signed. It runs
 * anywhere but on the paper's own server: at home, at another newspaper's.
 *
 * Each time an address of the batch is used up, or a shared one shown, as for
 * every reader; so it should not be asked more often than some times a day.
 */
#include "app/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/command_batch.h"
#include "app/gift_page.h"
#include "app/options.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "http/client.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/random.h"

enum {
	WATCH_ARENA = 8 * 1024 * 1024,
	PAGE_MAX = 1024 * 1024,
	CALL_MS = 60000,
	EVERY_MOST = 100000, /* minutes */
	EXIT_SILENT = 3,     /* no address could be had */
	MESSAGE_MAX = 2000,
};

enum verdict { VERDICT_GOOD, VERDICT_FORGED, VERDICT_SILENT };

struct look {
	const struct option *options;
	struct str base; /* https://paper.example, without a slash behind */
	struct http_client *client;
	struct arena *a;
	enum verdict last;
	bool has_last;
	char message[MESSAGE_MAX];
};

static void set_message(struct look *l, const char *what, const char *why)
{
	snprintf(l->message, sizeof(l->message), "%.*s: %s%s%s",
	    STR_ARG(l->base), what, why[0] ? ": " : "", why);
}

/* The key to check by: as given, or as kept since the first visit, or, the
 * first time, what the page says. RC_DENIED: the page names none. */
static enum rc find_key(struct look *l, const struct gift_page *page,
    struct minisign_key *ret_key, struct err *err)
{
	struct str kept = option_value(l->options, "keep");
	struct buf b;
	enum rc rc;

	if (option_is_set(l->options, "key"))
		return batch_read_key(
		    l->a, option_value(l->options, "key"), ret_key, err);
	if (file_kind(kept) == FILE_REGULAR)
		return batch_read_key(l->a, kept, ret_key, err);
	if (gift_page_key(page, clock_now(), ret_key) != RC_OK)
		return err_set(err, RC_DENIED,
		    "no key that the page names has signed its proof");
	buf_init_arena(&b, l->a, MINISIGN_FILE_MAX);
	minisign_key_write(&b, ret_key);
	rc = buf_rc(&b);
	if (rc == RC_OK)
		rc = file_write(kept, buf_str(&b), 0644, err);
	if (rc == RC_OK) {
		printf("The key is kept in %.*s from now on. Compare it with "
		       "what the paper has printed:\n",
		    STR_ARG(kept));
		batch_print_key("key", minisign_key_hash(ret_key));
	}
	return rc;
}

static enum verdict check_page(struct look *l, struct str html)
{
	struct gift_page page;
	struct minisign_key key;
	struct err err = {0};
	struct buf address;
	enum rc rc = gift_page_parse(l->a, html, &page);

	if (rc != RC_OK) {
		set_message(l, "no address is shown", "");
		return VERDICT_SILENT;
	}
	buf_init_arena(&address, l->a, 128);
	rc = find_key(l, &page, &key, &err);
	if (rc == RC_OK)
		rc = gift_page_check(
		    l->a, &page, &key, clock_now(), &address, &err);
	if (rc == RC_OK) {
		set_message(l, "genuine", "");
		printf("%.*s is genuine\n", STR_ARG(buf_str(&address)));
		fflush(stdout);
		return VERDICT_GOOD;
	}
	set_message(l, "ALARM", err.why);
	return rc == RC_DENIED ? VERDICT_FORGED : VERDICT_SILENT;
}

static enum verdict ask(struct look *l)
{
	struct str url = arena_printf(l->a, "%.*s/support", STR_ARG(l->base));
	struct http_ask question = {
	    .url = url,
	    .body = STR("amount=none&own=&unit=BTC&for="),
	    .content_type = STR("application/x-www-form-urlencoded"),
	    .proxy = option_value(l->options, "socks5"),
	    .bytes_max = PAGE_MAX,
	    .ms_max = CALL_MS,
	    .redirects = 2,
	};
	unsigned status = 0;
	struct err err = {0};
	struct buf body;
	enum rc rc;

	buf_init_arena(&body, l->a, PAGE_MAX);
	rc = url.p ? http_client_ask(l->client, &question, &body, &status, &err)
		   : RC_NO_MEMORY;
	if (rc != RC_OK) {
		set_message(l, "cannot be asked", err.why);
		return VERDICT_SILENT;
	}
	if (status != 200) {
		char why[40];

		snprintf(why, sizeof(why), "it answers %u", status);
		set_message(l, "no address is given out", why);
		return VERDICT_SILENT;
	}
	return check_page(l, buf_str(&body));
}

/* The alarm. */

static void say_ended(const char *name, int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	fprintf(stderr,
	    "farthing watch-address: %s ended with %d: the alarm may not have "
	    "reached anybody\n",
	    name,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

/* Runs ARGV with TEXT as its standard input, and waits for it. */
static void run_with(char *const *argv, const char *text)
{
	posix_spawn_file_actions_t actions;
	int fds[2], status;
	pid_t pid, ended;

	if (pipe2(fds, O_CLOEXEC) != 0)
		return;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[0], 0);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) != 0) {
		fprintf(stderr,
		    "farthing watch-address: cannot run %s: the alarm has not "
		    "reached anybody\n",
		    argv[0]);
	} else {
		/* A program that does not read its input is none of ours. */
		enum rc rc = file_write_fd(fds[1], argv[0], str_of(text), NULL);

		(void)rc;
		close(fds[1]);
		fds[1] = -1;
		while ((ended = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
			;
		if (ended == pid)
			say_ended(argv[0], status);
	}
	posix_spawn_file_actions_destroy(&actions);
	close(fds[0]);
	if (fds[1] >= 0)
		close(fds[1]);
}

/* Debian's mail programs all have a sendmail; SENDMAIL names another. */
static void send_mail(const struct look *l, struct str to)
{
	char usual[] = "/usr/sbin/sendmail", to_all[] = "-t", dots[] = "-i";
	char *other = getenv("SENDMAIL");
	char *argv[] = {other && *other ? other : usual, to_all, dots, NULL};
	struct buf b;

	buf_init(&b, 2 * MESSAGE_MAX);
	buf_printf(&b,
	    "To: %.*s\nSubject: %s\nContent-Type: text/plain; "
	    "charset=utf-8\n\n%s\n\nThis was found by `farthing "
	    "watch-address`.\n",
	    STR_ARG(to),
	    l->last == VERDICT_FORGED ? "ALARM: a forged address"
				      : "The support page of a paper",
	    l->message);
	buf_char(&b, '\0');
	if (buf_rc(&b) == RC_OK)
		run_with(argv, b.p);
	buf_done(&b);
}

static void run_command(const struct look *l, struct str command)
{
	char shell[] = "/bin/sh", option[] = "-c";
	char *argv[] = {shell, option, (char *)(void *)command.p, NULL};
	char *text = arena_cstr(l->a, str_of(l->message));

	setenv("FARTHING_VERDICT",
	    l->last == VERDICT_GOOD	? "genuine"
	    : l->last == VERDICT_FORGED ? "forged"
					: "silent",
	    1);
	if (text)
		run_with(argv, text);
}

/* A forgery is told each time, all else when it changes. */
static void tell(struct look *l, enum verdict verdict)
{
	bool is_news =
	    l->has_last ? l->last != verdict : verdict != VERDICT_GOOD;

	l->last = verdict;
	l->has_last = true;
	if (verdict != VERDICT_GOOD)
		fprintf(stderr, "farthing watch-address: %s\n", l->message);
	if (verdict != VERDICT_FORGED && !is_news)
		return;
	if (option_is_set(l->options, "mail"))
		send_mail(l, option_value(l->options, "mail"));
	if (option_is_set(l->options, "command"))
		run_command(l, option_value(l->options, "command"));
}

/* Up to a fifth sooner or later, so that nobody knows the minute. */
static void wait_minutes(uint64_t every)
{
	uint64_t ms = every * 60000;
	uint64_t spread = ms / 5;

	ms = ms - spread + random_u64() % (2 * spread + 1);
	while (ms > 0) {
		int step = ms > 1000000 ? 1000000 : (int)ms;

		poll(NULL, 0, step);
		ms -= (uint64_t)step;
	}
}

static enum verdict look_once(struct look *l)
{
	enum verdict verdict;

	l->a = arena_new(WATCH_ARENA);
	verdict = ask(l);
	tell(l, verdict);
	arena_free(l->a);
	return verdict;
}

static int look_on(struct look *l, uint64_t every)
{
	enum verdict verdict = look_once(l);

	while (every > 0) {
		wait_minutes(every);
		verdict = look_once(l);
	}
	switch (verdict) {
	case VERDICT_GOOD:
		return EXIT_DONE;
	case VERDICT_FORGED:
		return EXIT_FAILED;
	case VERDICT_SILENT:
		return EXIT_SILENT;
	}
	unreachable("a verdict that is not in the list");
}

/* The address without /support or a slash at its end. */
static struct str base_of(struct str url)
{
	while (url.n > 0 && url.p[url.n - 1] == '/')
		url.n--;
	if (str_ends(url, STR("/support")))
		url.n -= STR("/support").n;
	return url;
}

int command_watch_address(int argc, char **argv)
{
	struct option options[] = {{.name = "key", .has_value = true},
	    {.name = "keep", .has_value = true},
	    {.name = "every", .has_value = true},
	    {.name = "socks5", .has_value = true},
	    {.name = "mail", .has_value = true},
	    {.name = "command", .has_value = true}, {0}};
	struct look look = {.options = options};
	struct words words;
	struct err err;
	uint64_t every = 0;
	int code;
	enum rc rc = options_read(argc, argv, options, &words, &err);

	if (rc == RC_OK)
		rc = option_number(
		    options, "every", EVERY_MOST, 0, &every, &err);
	if (rc != RC_OK)
		return command_usage("watch-address", &err);
	if (words.n != 1)
		return command_usage("watch-address", NULL);
	if (option_is_set(options, "key") == option_is_set(options, "keep")) {
		err_set(&err, RC_INVALID,
		    "say --key, the paper's public key, or --keep, a file to "
		    "keep it in");
		return command_usage("watch-address", &err);
	}
	look.base = base_of(str_of(words.v[0]));
	rc = random_start();
	if (rc == RC_OK)
		rc = http_client_new(&look.client, &err);
	if (rc != RC_OK)
		return command_failed("watch-address", &err);
	code = look_on(&look, every);
	http_client_free(look.client);
	return code;
}
