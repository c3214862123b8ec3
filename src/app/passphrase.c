/* SPDX-License-Identifier: MIT
 *
 * Passphrases; see passphrase.h.
 */
#include "app/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "sys/oserr.h"

void passphrase_wipe(struct passphrase *p)
{
	explicit_bzero(p, sizeof(*p));
}

struct str passphrase_str(const struct passphrase *p)
{
	return (struct str){p->p, p->n};
}

/* Reads up to the first LF, byte by byte, so that what is behind it stays. */
static enum rc read_line(
    int fd, const char *name, struct passphrase *ret, struct err *err)
{
	ret->n = 0;
	for (;;) {
		char c;
		ssize_t n = read(fd, &c, 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return oserr_set(err, errno, "%s", name);
		if (n == 0 || c == '\n')
			break;
		if (ret->n == sizeof(ret->p))
			return err_set(err, RC_INVALID,
			    "%s: the passphrase is longer than %zu bytes", name,
			    sizeof(ret->p));
		ret->p[ret->n++] = c;
	}
	if (ret->n > 0 && ret->p[ret->n - 1] == '\r')
		ret->n--;
	if (ret->n == 0)
		return err_set(
		    err, RC_INVALID, "%s: the passphrase is empty", name);
	return RC_OK;
}

static enum rc ask(
    int tty, const char *prompt, struct passphrase *ret, struct err *err)
{
	struct termios was, quiet;
	enum rc rc;

	if (tcgetattr(tty, &was) != 0)
		return oserr_set(err, errno, "the terminal");
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	dprintf(tty, "%s: ", prompt);
	if (tcsetattr(tty, TCSAFLUSH, &quiet) != 0)
		return oserr_set(err, errno, "the terminal");
	rc = read_line(tty, "the terminal", ret, err);
	tcsetattr(tty, TCSAFLUSH, &was);
	dprintf(tty, "\n");
	return rc;
}

static enum rc ask_twice(int tty, const char *prompt, bool is_new,
    struct passphrase *ret, struct err *err)
{
	struct passphrase again;
	enum rc rc = ask(tty, prompt, ret, err);

	if (rc != RC_OK || !is_new)
		return rc;
	rc = ask(tty, "The same once more", &again, err);
	if (rc == RC_OK &&
	    (again.n != ret->n || memcmp(again.p, ret->p, ret->n) != 0))
		rc = err_set(
		    err, RC_INVALID, "the two passphrases are not the same");
	passphrase_wipe(&again);
	return rc;
}

enum rc passphrase_read(struct str file, const char *prompt, bool is_new,
    struct passphrase *ret, struct err *err)
{
	char path[4096];
	int fd = STDIN_FILENO;
	bool is_tty = file.n == 0;
	enum rc rc;

	if (file.n >= sizeof(path))
		return err_set(err, RC_INVALID, "the file's name is too long");
	snprintf(path, sizeof(path), "%.*s", STR_ARG(file));
	if (is_tty) {
		fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
		is_tty = fd >= 0;
		fd = is_tty ? fd : STDIN_FILENO;
	} else if (!str_eq(file, STR("-"))) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return oserr_set(err, errno, "%s", path);
	}
	rc = is_tty
		 ? ask_twice(fd, prompt, is_new, ret, err)
		 : read_line(fd, fd == STDIN_FILENO ? "standard input" : path,
		       ret, err);
	if (fd != STDIN_FILENO)
		close(fd);
	if (rc != RC_OK)
		passphrase_wipe(ret);
	return rc;
}
