/* SPDX-License-Identifier: MIT
 *
 * The sandbox: a process that listens to strangers gives up, for good, all
 * that its work does not need. Two fences, so that one may have a hole or be
 * missing on this kernel:
 *
 *	Landlock	which files can be reached at all, and no TCP
 *			connections; from Linux 5.13 on, more from 6.7 on
 *	seccomp		which system calls there are: a list for each role
 *
 * A call that is not on the list fails with EPERM, so that a library which
 * tries something clever gets over it. Those that only an intruder makes
 * (execve, ptrace, mount, io_uring, bpf, userfaultfd, keyctl,
 * process_vm_readv and their like) kill the process.
 *
 * Inside, no memory can be made executable, but by SANDBOX_DARKROOM_WAITING:
 * so no library can be loaded any more, which goes for iconv's tables, too. No
 * process can be started, and no thread but by SANDBOX_WATCH and
 * SANDBOX_DARKROOM, and both by SANDBOX_DARKROOM_PARENT and
 * SANDBOX_DARKROOM_WAITING. Descriptors that are open already stay as they are.
 *
 * Sanitizers make system calls of their own and fork helpers; in a build with
 * address sanitizer seccomp is left out, unless `filters_always` is set.
 */
#ifndef SYS_SANDBOX_H
#define SYS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

enum sandbox_role {
	/* Answers strangers: accepts, reads, writes, and that is all. No
	 * socket can be made or connected; without writable paths, no file
	 * can be opened for writing, made, renamed or removed. */
	SANDBOX_READER,
	/* Serves the staff and writes the databases: as the reader, and may
	 * make Unix sockets, and connect them where Landlock is there to
	 * keep TCP closed. */
	SANDBOX_NEWSROOM,
	/* Keeps the ledger, and speaks only over sockets that it was handed
	 * or made before: as the reader, and may write where the rules say. */
	SANDBOX_TILL,
	/* Asks nodes and sources of rates: may make IPv4 and IPv6 sockets and
	 * connect them, and start threads, in which the C library looks up
	 * names. It has no file of the paper; what looking up names and
	 * checking certificates need is for the rules to name. */
	SANDBOX_WATCH,
	/* Decodes one picture and ends: bytes in and out of what is open, and
	 * threads. No file can be opened, no socket made, no name looked at.
	 */
	SANDBOX_DARKROOM,
	/* Forks those that decode, which start their libraries and then close
	 * a sandbox of their own: as the reader, and may besides fork, into no
	 * other namespace; put tighter fences, and limits, around itself; make
	 * memory files; and kill, with SIGKILL alone. Nothing can be executed,
	 * and no library loaded that is not there already. */
	SANDBOX_DARKROOM_PARENT,
	/* The same before the first order came: it may still load libraries,
	 * and closes the sandbox of SANDBOX_DARKROOM_PARENT around itself
	 * before it reads anything that others wrote. */
	SANDBOX_DARKROOM_WAITING,
};

enum { SANDBOX_PATHS_MAX = 16 };

struct sandbox_rules {
	enum sandbox_role role;
	const struct str *readable; /* folders (with all in them) and files */
	size_t readable_count;
	const struct str *writable; /* the same; reading is included, and in
				       folders making and removing */
	size_t writable_count;
	bool filters_always; /* seccomp in sanitizer builds, too: for tests,
				whose process must end by _exit */
};

/* Which fences stand now, for the log. */
struct sandbox_report {
	int landlock_abi; /* 0: this kernel has none, or has it switched off */
	bool closes_tcp;  /* Landlock also forbids bind and connect */
	bool has_filter;  /* seccomp */
};

/* Closes the sandbox around the calling process, whose only thread this must
 * be. A readable path that is missing is passed over; a writable one that is
 * missing is RC_NOT_FOUND. RC_IO and others: the system refused what it
 * should be able to do; the process must not go on then. That the kernel has
 * no Landlock is no error. */
MUST_USE enum rc sandbox_enter(const struct sandbox_rules *rules,
    struct sandbox_report *ret_report, struct err *err);

/* The version of Landlock that this kernel offers; 0: none, or it is switched
 * off. Not to be asked inside of a sandbox, which forbids that. */
int sandbox_landlock_abi(void);

#endif
