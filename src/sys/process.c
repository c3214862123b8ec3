/* SPDX-License-Identifier: MIT
 *
 * Processes; see process.h. Between fork and exec only calls are made that
 * are safe there: no memory is taken, nothing is printed.
 */
#include "sys/process.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/file.h"
#include "sys/oserr.h"

/* Gives the descriptors their numbers and closes all others. They are moved
 * out of the way first, since one's new number may be another's old one.
 * Returns the new number of TELL_FD, or -1. */
static int child_arrange(const struct process_spec *spec, int tell_fd)
{
	int count = (int)spec->fd_count;
	int beyond = PROCESS_FIRST_FD + count + 1;
	int moved[PROCESS_FDS_MAX + 1];

	for (int i = 0; i <= count; i++) {
		moved[i] = fcntl(i < count ? spec->fds[i] : tell_fd,
		    F_DUPFD_CLOEXEC, beyond);
		if (moved[i] < 0)
			return -1;
	}
	for (int i = 0; i < count; i++)
		if (dup2(moved[i], PROCESS_FIRST_FD + i) < 0)
			return -1;
	if (dup3(moved[count], beyond - 1, O_CLOEXEC) < 0)
		return -1;
	if (close_range((unsigned)beyond, ~0u, 0) < 0)
		return -1;
	return beyond - 1;
}

/* The new process, up to the new program. */
static _Noreturn void child_run(
    const struct process_spec *spec, int tell_fd, pid_t parent)
{
	sigset_t none;
	int told;
	ssize_t n;
	int fd;

	if (!spec->outlives_us) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			_exit(1); /* it died before that could work */
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	fd = child_arrange(spec, tell_fd);
	if (fd >= 0) {
		tell_fd = fd;
		execv(spec->path ? spec->path : "/proc/self/exe", spec->argv);
	}
	told = errno;
	n = write(tell_fd, &told, sizeof(told));
	_exit(n < 0 ? 126 : 127);
}

enum rc process_start(
    const struct process_spec *spec, int *ret_pid, struct err *err)
{
	pid_t parent = getpid();
	int pipe_fds[2];
	int told = 0;
	ssize_t n;
	pid_t pid;

	must(spec->fd_count <= PROCESS_FDS_MAX && spec->argv[0]);
	if (pipe2(pipe_fds, O_CLOEXEC) < 0)
		return oserr_set(err, errno, "cannot start a process");
	pid = fork();
	if (pid == 0)
		child_run(spec, pipe_fds[1], parent);
	told = errno;
	close(pipe_fds[1]);
	if (pid < 0) {
		close(pipe_fds[0]);
		return oserr_set(err, told, "cannot start a process");
	}
	/* The pipe ends without a word when the new program runs. */
	do
		n = read(pipe_fds[0], &told, sizeof(told));
	while (n < 0 && errno == EINTR);
	close(pipe_fds[0]);
	if (n == (ssize_t)sizeof(told)) {
		waitpid(pid, NULL, 0);
		return oserr_set(err, told, "cannot start %s",
		    spec->path ? spec->path : spec->argv[0]);
	}
	*ret_pid = (int)pid;
	return RC_OK;
}

static struct process_end process_end_of(pid_t pid, int status)
{
	bool by_signal = WIFSIGNALED(status);

	return (struct process_end){
	    .pid = (int)pid,
	    .by_signal = by_signal,
	    .code = by_signal ? WTERMSIG(status) : WEXITSTATUS(status),
	};
}

enum rc process_reap(struct process_end *ret_end)
{
	int status;
	pid_t pid = waitpid(-1, &status, WNOHANG);

	if (pid <= 0)
		return RC_NOT_FOUND;
	*ret_end = process_end_of(pid, status);
	return RC_OK;
}

enum rc process_wait(int pid, struct process_end *ret_end)
{
	int status;
	pid_t got;

	do
		got = waitpid(pid, &status, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return RC_NOT_FOUND;
	*ret_end = process_end_of(got, status);
	return RC_OK;
}

void process_end_text(struct buf *b, const struct process_end *end)
{
	const char *what = end->by_signal ? sigdescr_np(end->code) : NULL;

	if (end->by_signal)
		buf_printf(b, "was killed by signal %d (%s)", end->code,
		    what ? what : "unknown");
	else
		buf_printf(b, "ended with code %d", end->code);
}

enum rc process_signal(int pid, int signo)
{
	must(pid > 0);
	if (kill(pid, signo) == 0)
		return RC_OK;
	return errno == ESRCH ? RC_NOT_FOUND : RC_DENIED;
}

int process_id(void)
{
	return (int)getpid();
}

void process_set_name(const char *name)
{
	prctl(PR_SET_NAME, name);
}

enum rc process_memory(int pid, uint64_t *ret_bytes)
{
	char path[40] = "/proc/self/statm";
	struct arena *a = arena_new(4096);
	struct str text;
	uint64_t pages;
	enum rc rc;

	if (pid > 0)
		snprintf(path, sizeof(path), "/proc/%d/statm", pid);
	rc = file_read(a, str_of(path), 1024, &text, NULL);
	if (rc == RC_OK) {
		(void)str_cut(&text, ' '); /* the second field is wanted */
		rc = str_u64(str_cut(&text, ' '), UINT32_MAX, &pages);
	}
	if (rc == RC_OK)
		*ret_bytes = pages * (uint64_t)sysconf(_SC_PAGESIZE);
	arena_free(a);
	return rc;
}

enum { SEALS = F_SEAL_SHRINK | F_SEAL_GROW };

enum rc process_share(
    const char *name, size_t n, int *ret_fd, void **ret_p, struct err *err)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	enum rc rc;

	if (fd < 0)
		return oserr_set(err, errno, "cannot make shared memory");
	if (ftruncate(fd, (off_t)n) < 0 ||
	    fcntl(fd, F_ADD_SEALS, SEALS | F_SEAL_SEAL) < 0)
		rc = oserr_set(err, errno, "cannot make shared memory");
	else
		rc = process_map(fd, n, ret_p, err);
	if (rc == RC_OK)
		*ret_fd = fd;
	else
		close(fd);
	return rc;
}

enum rc process_map(int fd, size_t n, void **ret_p, struct err *err)
{
	int seals = fcntl(fd, F_GET_SEALS);
	struct stat st;
	void *p;

	must(n > 0);
	/* Unsealed, it could be cut under us, and a look into it would kill. */
	if (seals < 0 || (seals & SEALS) != SEALS || fstat(fd, &st) < 0 ||
	    st.st_size != (off_t)n)
		return err_set(err, RC_INVALID,
		    "descriptor %d is no shared memory of %zu bytes", fd, n);
	p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return oserr_set(err, errno, "cannot map shared memory");
	*ret_p = p;
	return RC_OK;
}

/* Of the notes in one segment of this program. */
static bool put_build(struct buf *b, const char *p, size_t n)
{
	ElfW(Nhdr) note;

	while (n >= sizeof(note)) {
		size_t name_n, size;

		memcpy(&note, p, sizeof(note));
		name_n = (note.n_namesz + 3u) & ~3u;
		size = sizeof(note) + name_n + ((note.n_descsz + 3u) & ~3u);
		if (size > n)
			return false;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
		    memcmp(p + sizeof(note), "GNU", 4) == 0) {
			p += sizeof(note) + name_n;
			for (size_t i = 0; i < note.n_descsz; i++)
				buf_printf(b, "%02x", (unsigned char)p[i]);
			return true;
		}
		p += size;
		n -= size;
	}
	return false;
}

/* The first one is the program. */
static int look_at_program(struct dl_phdr_info *info, size_t size, void *ctx)
{
	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *h = &info->dlpi_phdr[i];

		if (h->p_type == PT_NOTE &&
		    put_build(ctx, (const char *)(info->dlpi_addr + h->p_vaddr),
			h->p_memsz))
			break;
	}
	return 1;
}

void process_build(struct buf *b)
{
	dl_iterate_phdr(look_at_program, b);
}
