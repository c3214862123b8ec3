/* SPDX-License-Identifier: MIT
 *
 * The filter of system calls, by libseccomp.
 *
 * Three lists: calls that every role may make; calls that kill; and, with
 * conditions on their arguments, calls that have a harmless and a harmful
 * form. What is on none of them fails with EPERM.
 *
 * Not by connect alone does a TCP connection begin: sendto and sendmsg do it,
 * too, with MSG_FASTOPEN. Hence the conditions on these.
 */
#include "sys/sandbox_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/oserr.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const int allowed[] = {
    /* bytes in and out of what is open */
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv),
    SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(pwritev),
    SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(close_range), SCMP_SYS(dup),
    SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(fcntl), SCMP_SYS(pipe),
    SCMP_SYS(pipe2), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate), SCMP_SYS(fadvise64), SCMP_SYS(flock),
    SCMP_SYS(sendfile), SCMP_SYS(copy_file_range),
    /* the C library's fstat is newfstatat */
    SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(fstatfs),
    /* connections that were handed over or are accepted */
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
    SCMP_SYS(shutdown), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
    SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(socketpair),
    /* waiting */
    SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_pwait2), SCMP_SYS(poll),
    SCMP_SYS(ppoll), SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_settime),
    SCMP_SYS(timerfd_gettime), SCMP_SYS(signalfd4), SCMP_SYS(eventfd2),
    SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(sched_yield),
    SCMP_SYS(futex), SCMP_SYS(restart_syscall), SCMP_SYS(wait4),
    /* the time */
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
    SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(getrusage),
    /* memory; executable memory is forbidden below */
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
    SCMP_SYS(msync), SCMP_SYS(mincore), SCMP_SYS(membarrier),
    /* itself */
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getuid),
    SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrandom),
    SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu), SCMP_SYS(getrlimit), SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address), SCMP_SYS(rseq), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigpending),
    SCMP_SYS(sigaltstack), SCMP_SYS(exit), SCMP_SYS(exit_group)};

/* What files are there; Landlock says which. Not for SANDBOX_DARKROOM. */
static const int allowed_to_look[] = {SCMP_SYS(stat), SCMP_SYS(lstat),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
    SCMP_SYS(getcwd), SCMP_SYS(statfs), SCMP_SYS(umask)};

/* Names of files; only for roles that have somewhere to write. */
static const int allowed_to_writers[] = {SCMP_SYS(unlink), SCMP_SYS(unlinkat),
    SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(truncate), SCMP_SYS(chmod),
    SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(utimensat), SCMP_SYS(open),
    SCMP_SYS(openat)};

/* Nothing of ours and of our libraries makes these. */
static const int killing[] = {SCMP_SYS(execve), SCMP_SYS(execveat),
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(kcmp), SCMP_SYS(mount), SCMP_SYS(umount2),
    SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(fsopen),
    SCMP_SYS(fsmount), SCMP_SYS(pivot_root), SCMP_SYS(chroot),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(open_by_handle_at),
    SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
    SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(acct),
    SCMP_SYS(quotactl), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(personality),
    SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setresuid),
    SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(capset)};

/* Adds ACTION for COUNT calls; negative errno, or 0. */
static int filter_add(
    scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
	int bad = 0;

	for (size_t i = 0; bad == 0 && i < count; i++)
		bad = seccomp_rule_add(filter, action, calls[i], 0);
	return bad;
}

/* Allows CALL if one condition holds; negative errno, or 0. */
static int filter_allow_if(
    scmp_filter_ctx filter, int call, struct scmp_arg_cmp condition)
{
	return seccomp_rule_add_array(
	    filter, SCMP_ACT_ALLOW, call, 1, &condition);
}

/* The condition that argument ARG (from 0) is VALUE. */
static struct scmp_arg_cmp equals(unsigned arg, scmp_datum_t value)
{
	return (struct scmp_arg_cmp){
	    .arg = arg, .op = SCMP_CMP_EQ, .datum_a = value};
}

/* The same of its bits in MASK. */
static struct scmp_arg_cmp masked(
    unsigned arg, scmp_datum_t mask, scmp_datum_t value)
{
	return (struct scmp_arg_cmp){.arg = arg,
	    .op = SCMP_CMP_MASKED_EQ,
	    .datum_a = mask,
	    .datum_b = value};
}

/* No memory that can be written and then run; where libraries may be loaded,
 * only parts of files. */
static int filter_memory(
    scmp_filter_ctx filter, const struct sandbox_rules *rules)
{
	int bad =
	    filter_allow_if(filter, SCMP_SYS(mmap), masked(2, PROT_EXEC, 0));

	if (bad == 0 && rules->role == SANDBOX_DARKROOM_WAITING)
		bad = filter_allow_if(filter, SCMP_SYS(mmap),
		    masked(2, PROT_WRITE | PROT_EXEC, PROT_EXEC));

	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(mprotect), masked(2, PROT_EXEC, 0));
	return bad;
}

/* Sends to nobody but the other end of a connection. */
static int filter_sending(scmp_filter_ctx filter)
{
	int bad = filter_allow_if(filter, SCMP_SYS(sendto), equals(4, 0));

	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(sendmsg), masked(2, MSG_FASTOPEN, 0));
	return bad;
}

/* Signals, limits, names and terminals: only to look, or only for itself. */
static int filter_self(scmp_filter_ctx filter)
{
	static const unsigned long ioctls[] = {
	    FIONREAD, FIONBIO, TIOCOUTQ, TCGETS, TIOCGWINSZ};
	static const unsigned long prctls[] = {
	    PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_SET_DUMPABLE};
	pid_t self = getpid();
	int bad = filter_allow_if(
	    filter, SCMP_SYS(tgkill), equals(0, (scmp_datum_t)self));

	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(kill), equals(0, (scmp_datum_t)self));
	if (bad == 0)
		bad =
		    filter_allow_if(filter, SCMP_SYS(prlimit64), equals(2, 0));
	for (size_t i = 0; bad == 0 && i < COUNT(ioctls); i++)
		bad = filter_allow_if(
		    filter, SCMP_SYS(ioctl), equals(1, ioctls[i]));
	for (size_t i = 0; bad == 0 && i < COUNT(prctls); i++)
		bad = filter_allow_if(
		    filter, SCMP_SYS(prctl), equals(0, prctls[i]));
	/* The C library falls back to the older call. */
	if (bad == 0)
		bad = seccomp_rule_add(
		    filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return bad;
}

/* Files are opened for reading only, where there is nothing to write. */
static int filter_files(
    scmp_filter_ctx filter, const struct sandbox_rules *rules)
{
	enum { WRITING = O_ACCMODE | O_CREAT | O_TRUNC };
	int bad;

	if (rules->role == SANDBOX_DARKROOM)
		return 0;
	bad = filter_add(
	    filter, SCMP_ACT_ALLOW, allowed_to_look, COUNT(allowed_to_look));
	if (bad < 0)
		return bad;
	if (rules->writable_count > 0)
		return filter_add(filter, SCMP_ACT_ALLOW, allowed_to_writers,
		    COUNT(allowed_to_writers));
	bad = filter_allow_if(
	    filter, SCMP_SYS(open), masked(1, WRITING, O_RDONLY));
	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(openat), masked(2, WRITING, O_RDONLY));
	return bad;
}

/* What else a process needs whose children close sandboxes of their own: see
 * SANDBOX_DARKROOM_PARENT. */
static int filter_parent(scmp_filter_ctx filter)
{
	static const int calls[] = {SCMP_SYS(seccomp),
	    SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_add_rule),
	    SCMP_SYS(landlock_restrict_self), SCMP_SYS(memfd_create),
	    SCMP_SYS(sched_getscheduler), SCMP_SYS(sched_getparam),
	    SCMP_SYS(sched_getattr)};
	static const unsigned long prctls[] = {
	    PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_GET_SECCOMP};
	enum {
		NAMESPACES = CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET |
			     CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER |
			     CLONE_NEWUTS
	};
	int bad = filter_add(filter, SCMP_ACT_ALLOW, calls, COUNT(calls));

	for (size_t i = 0; bad == 0 && i < COUNT(prctls); i++)
		bad = filter_allow_if(
		    filter, SCMP_SYS(prctl), equals(0, prctls[i]));
	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(clone), masked(0, NAMESPACES, 0));
	if (bad == 0)
		bad =
		    filter_allow_if(filter, SCMP_SYS(prlimit64), equals(0, 0));
	if (bad == 0)
		bad =
		    filter_allow_if(filter, SCMP_SYS(kill), equals(1, SIGKILL));
	return bad;
}

/* Threads, as the C library and glib start them. */
static int filter_threads(scmp_filter_ctx filter)
{
	static const int calls[] = {SCMP_SYS(sched_getscheduler),
	    SCMP_SYS(sched_getparam), SCMP_SYS(sched_getattr)};
	enum { THREAD = CLONE_VM | CLONE_THREAD | CLONE_SIGHAND };
	int bad = filter_add(filter, SCMP_ACT_ALLOW, calls, COUNT(calls));

	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(clone), masked(0, THREAD, THREAD));
	return bad;
}

/* Connections out, and the threads in which names are looked up. */
static int filter_going_out(scmp_filter_ctx filter)
{
	static const int calls[] = {
	    SCMP_SYS(connect), SCMP_SYS(sendmmsg), SCMP_SYS(recvmmsg)};
	int bad = filter_add(filter, SCMP_ACT_ALLOW, calls, COUNT(calls));

	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(socket), equals(0, AF_INET));
	if (bad == 0)
		bad = filter_allow_if(
		    filter, SCMP_SYS(socket), equals(0, AF_INET6));
	return bad == 0 ? filter_threads(filter) : bad;
}

/* Sockets of the newsroom. A filter cannot see the address that connect is
 * given, so Landlock must see to it that it is not TCP. */
static int filter_sockets(scmp_filter_ctx filter,
    const struct sandbox_rules *rules, const struct sandbox_report *report)
{
	int bad = 0;

	if (rules->role == SANDBOX_WATCH)
		return filter_going_out(filter);
	if (rules->role == SANDBOX_DARKROOM)
		return filter_threads(filter);
	if (rules->role == SANDBOX_DARKROOM_PARENT ||
	    rules->role == SANDBOX_DARKROOM_WAITING)
		return filter_parent(filter);
	if (rules->role == SANDBOX_NEWSROOM)
		bad = filter_allow_if(
		    filter, SCMP_SYS(socket), equals(0, AF_UNIX));
	if (bad == 0 && rules->role == SANDBOX_NEWSROOM && report->closes_tcp)
		bad = seccomp_rule_add(
		    filter, SCMP_ACT_ALLOW, SCMP_SYS(connect), 0);
	return bad;
}

enum rc seccomp_enter(const struct sandbox_rules *rules,
    struct sandbox_report *report, struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int bad;

	if (!filter)
		return err_set(err, RC_NO_MEMORY, "sandbox: no memory");
	bad = seccomp_attr_set(
	    filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	/* A tree instead of a line of comparisons: each call of the server
	 * walks it. */
	if (bad == 0)
		bad = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (bad == 0)
		bad =
		    filter_add(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
	if (bad == 0)
		bad = filter_add(
		    filter, SCMP_ACT_KILL_PROCESS, killing, COUNT(killing));
	if (bad == 0)
		bad = filter_memory(filter, rules);
	if (bad == 0)
		bad = filter_sending(filter);
	if (bad == 0)
		bad = filter_self(filter);
	if (bad == 0)
		bad = filter_files(filter, rules);
	if (bad == 0)
		bad = filter_sockets(filter, rules, report);
	if (bad == 0)
		bad = seccomp_load(filter);
	seccomp_release(filter);
	if (bad < 0)
		return oserr_set(err, -bad, "sandbox: seccomp");
	report->has_filter = true;
	return RC_OK;
}
