/* SPDX-License-Identifier: MIT
 *
 * The child that decodes; see darkroom_child.h. Its exit code is the result,
 * and where that is not RC_OK, the memory file holds the reason in words.
 */
#include "app/darkroom_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "picture/contact_sheet.h"
#include "picture/develop.h"
#include "sys/file.h"
#include "sys/oserr.h"
#include "sys/sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
#define MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEMORY 0
#endif
#endif
#ifndef MEMORY
#define MEMORY (UINT64_C(1536) << 20)
#endif

enum { IN_FD = 3, OUT_FD, SPARE_FD = 20, DESCRIPTORS = 64 };

const struct darkroom_limits darkroom_limits = {.cpu_s = 60, .memory = MEMORY};

static bool limit(int what, uint64_t most)
{
	/* At the harder limit of time the system kills without saying why. */
	struct rlimit r = {
	    .rlim_cur = most, .rlim_max = most + (what == RLIMIT_CPU)};

	return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

static bool set_limits(const struct darkroom_limits *limits)
{
	bool is_good = limit(RLIMIT_CORE, 0) &&
		       limit(RLIMIT_CPU, limits->cpu_s) &&
		       limit(RLIMIT_NOFILE, DESCRIPTORS) &&
		       limit(RLIMIT_FSIZE, CONTACT_SHEET_MAX);

	return is_good &&
	       (limits->memory == 0 || limit(RLIMIT_DATA, limits->memory));
}

/* Only the two descriptors and the log are left, at fixed places. */
static bool keep_two(int in_fd, int out_fd)
{
	int in = fcntl(in_fd, F_DUPFD, SPARE_FD);
	int out = fcntl(out_fd, F_DUPFD, SPARE_FD);

	return in >= 0 && out >= 0 && dup2(in, IN_FD) == IN_FD &&
	       dup2(out, OUT_FD) == OUT_FD &&
	       close_range(OUT_FD + 1, ~0U, 0) == 0;
}

static enum rc read_original(struct str *ret_file, struct err *err)
{
	struct stat st;
	void *p;

	if (fstat(IN_FD, &st) != 0 || st.st_size < 1)
		return err_set(err, RC_INVALID, "the file is empty");
	if (st.st_size > PICTURE_FILE_MAX)
		return err_set(err, RC_LIMIT,
		    "the picture is too large: at most %d MB are taken",
		    PICTURE_FILE_MAX / (1024 * 1024));
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, IN_FD, 0);
	if (p == MAP_FAILED)
		return err_set(err, RC_NO_MEMORY, "no memory for the picture");
	*ret_file = (struct str){p, (size_t)st.st_size};
	return RC_OK;
}

static enum rc close_sandbox(struct err *err)
{
	const struct sandbox_rules rules = {.role = SANDBOX_DARKROOM};
	struct sandbox_report report;

	return sandbox_enter(&rules, &report, err);
}

static _Noreturn void be_child(const struct darkroom_work *work,
    const struct picture_wish *wish, const struct darkroom_limits *limits)
{
	struct err err = {0};
	struct str file;
	struct buf b;
	enum rc rc = RC_OK;

	buf_init(&b, CONTACT_SHEET_MAX);
	if (!set_limits(limits))
		rc = err_set(&err, RC_IO, "the darkroom cannot set its limits");
	if (rc == RC_OK)
		rc = work->begin(&err);
	if (rc == RC_OK)
		rc = close_sandbox(&err);
	if (rc == RC_OK)
		rc = read_original(&file, &err);
	if (rc == RC_OK)
		rc = work->develop(file, wish, &b, &err);
	if (rc == RC_OK)
		rc = file_write_fd(OUT_FD, "the result", buf_str(&b), &err);
	else if (file_write_fd(OUT_FD, "the result", str_of(err.why), NULL) !=
		 RC_OK)
		rc = RC_IO;
	/* Leaks of the libraries are not ours. */
	_exit((int)rc);
}

enum rc darkroom_child_start(struct darkroom_child *c, int in_fd,
    const struct picture_wish *wish, const struct darkroom_work *work,
    const struct darkroom_limits *limits, struct err *err)
{
	pid_t parent = getpid();
	int out_fd =
	    memfd_create("farthing-sheet", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	pid_t pid;

	if (out_fd < 0)
		return oserr_set(err, errno, "no room for a picture");
	pid = fork();
	if (pid < 0) {
		close(out_fd);
		return oserr_set(err, errno, "cannot start a process");
	}
	if (pid == 0) {
		sigset_t none;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		if (getppid() != parent || !keep_two(in_fd, out_fd))
			_exit(RC_IO);
		be_child(work, wish, limits);
	}
	*c = (struct darkroom_child){.pid = pid, .out_fd = out_fd};
	return RC_OK;
}

/* The reason that the child wrote, if it is one that can be shown. */
static enum rc tell_reason(
    const struct darkroom_child *c, enum rc rc, struct err *err)
{
	char why[ERR_WHY_MAX];
	ssize_t n = pread(c->out_fd, why, sizeof(why) - 1, 0);
	struct str s = {why, n > 0 ? (size_t)n : 0};

	if (s.n == 0 || !utf8_is_valid(s))
		return err_set(err, rc, "the picture could not be developed");
	return err_set(err, rc, "%.*s", STR_ARG(s));
}

static enum rc judge(
    const struct darkroom_child *c, int status, struct err *err)
{
	if (WIFSIGNALED(status) && (c->is_late || WTERMSIG(status) == SIGXCPU))
		return err_set(err, RC_LIMIT,
		    "the picture takes too long to develop; save it anew with "
		    "another program, smaller, and send it again");
	if (WIFSIGNALED(status))
		return err_set(err, RC_INVALID,
		    "the file could not be developed: it is damaged, needs "
		    "too much memory, or was made to do harm (signal %d)",
		    WTERMSIG(status));
	if (WEXITSTATUS(status) == RC_OK)
		return RC_OK;
	if (WEXITSTATUS(status) >= RC_COUNT)
		return err_set(
		    err, RC_INVALID, "the picture could not be developed");
	return tell_reason(c, (enum rc)WEXITSTATUS(status), err);
}

enum rc darkroom_child_end(
    struct darkroom_child *c, int status, int *ret_fd, struct err *err)
{
	enum rc rc = judge(c, status, err);

	if (rc == RC_OK &&
	    fcntl(c->out_fd, F_ADD_SEALS,
		F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
		rc = oserr_set(err, errno, "a picture's memory file");
	if (rc == RC_OK)
		*ret_fd = c->out_fd;
	else
		close(c->out_fd);
	*c = (struct darkroom_child){.out_fd = -1};
	return rc;
}
