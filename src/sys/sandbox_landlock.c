/* SPDX-License-Identifier: MIT
 *
 * Landlock by its raw system calls (Linux, Documentation/userspace-api/
 * landlock.rst): there is no C library for it in Debian 12, and the kernel
 * header there knows only its first two versions, so the numbers are here.
 *
 * A right that the running kernel does not know must not be named; what it
 * knows is told by its ABI version:
 *
 *	1 Linux 5.13	the files' rights up to MAKE_SYM
 *	2 Linux 5.19	REFER: moving between folders
 *	3 Linux 6.2	TRUNCATE
 *	4 Linux 6.7	TCP
 *	5 Linux 6.10	IOCTL_DEV
 *	6 Linux 6.12	abstract Unix sockets and signals
 */
#include "sys/sandbox_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/oserr.h"
#include "sys/path.h"

enum {
	FS_EXECUTE = 1 << 0,
	FS_WRITE_FILE = 1 << 1,
	FS_READ_FILE = 1 << 2,
	FS_READ_DIR = 1 << 3,
	FS_REMOVE_DIR = 1 << 4,
	FS_REMOVE_FILE = 1 << 5,
	FS_MAKE_DIR = 1 << 7,
	FS_MAKE_REG = 1 << 8,
	FS_ALL_1 = (1 << 13) - 1,
	FS_REFER = 1 << 13,
	FS_TRUNCATE = 1 << 14,
	FS_IOCTL_DEV = 1 << 15,

	NET_BIND_TCP = 1 << 0,
	NET_CONNECT_TCP = 1 << 1,

	SCOPE_ABSTRACT_UNIX = 1 << 0,
	SCOPE_SIGNAL = 1 << 1,

	FS_READING = FS_READ_FILE | FS_READ_DIR,
	FS_WRITING = FS_WRITE_FILE | FS_REMOVE_DIR | FS_REMOVE_FILE |
		     FS_MAKE_DIR | FS_MAKE_REG | FS_REFER | FS_TRUNCATE,
	/* what can be granted for a file that is no folder */
	FS_OF_FILES = FS_READ_FILE | FS_WRITE_FILE | FS_TRUNCATE,

	CREATE_RULESET_VERSION = 1,
	RULE_PATH_BENEATH = 1,

	ABI_TCP = 4,
};

struct ruleset {
	uint64_t fs;
	uint64_t net;
	uint64_t scope;
};

struct rule_beneath {
	uint64_t allowed;
	int32_t parent_fd;
} __attribute__((packed));

int sandbox_landlock_abi(void)
{
	long abi = syscall(
	    SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);

	/* ENOSYS: not built in; EOPNOTSUPP: switched off. */
	return abi > 0 ? (int)abi : 0;
}

static uint64_t landlock_rights(int abi)
{
	uint64_t fs = FS_ALL_1;

	if (abi >= 2)
		fs |= FS_REFER;
	if (abi >= 3)
		fs |= FS_TRUNCATE;
	if (abi >= 5)
		fs |= FS_IOCTL_DEV;
	return fs;
}

/* Allows RIGHTS for the file or for all in the folder PATH. */
static enum rc landlock_allow(
    int ruleset_fd, struct str path, uint64_t rights, struct err *err)
{
	struct rule_beneath rule = {.allowed = rights};
	char z[PATH_MAX];
	struct stat st;
	enum rc rc = path_cstr(path, z, err);

	if (rc != RC_OK)
		return rc;
	rule.parent_fd = open(z, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return oserr_set(err, errno, "sandbox: %s", z);
	if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed &= FS_OF_FILES;
	if (syscall(SYS_landlock_add_rule, ruleset_fd, RULE_PATH_BENEATH, &rule,
		0) < 0)
		rc = oserr_set(err, errno, "sandbox: %s: landlock", z);
	close(rule.parent_fd);
	return rc;
}

static enum rc landlock_allow_all(const struct sandbox_rules *rules,
    int ruleset_fd, uint64_t known, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < rules->readable_count; i++) {
		rc = landlock_allow(
		    ruleset_fd, rules->readable[i], known & FS_READING, err);
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	for (size_t i = 0; rc == RC_OK && i < rules->writable_count; i++)
		rc = landlock_allow(ruleset_fd, rules->writable[i],
		    known & (FS_READING | FS_WRITING), err);
	return rc;
}

enum rc landlock_enter(const struct sandbox_rules *rules,
    struct sandbox_report *report, struct err *err)
{
	int abi = sandbox_landlock_abi();
	struct ruleset set = {.fs = landlock_rights(abi)};
	size_t size = sizeof(set.fs);
	enum rc rc;
	int fd;

	if (abi == 0)
		return RC_OK;
	if (abi >= ABI_TCP) {
		set.net = rules->role == SANDBOX_WATCH
			      ? NET_BIND_TCP
			      : NET_BIND_TCP | NET_CONNECT_TCP;
		size += sizeof(set.net);
	}
	if (abi >= 6) {
		set.scope = SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL;
		size += sizeof(set.scope);
	}
	fd = (int)syscall(SYS_landlock_create_ruleset, &set, size, 0);
	if (fd < 0)
		return oserr_set(err, errno, "sandbox: landlock");
	rc = landlock_allow_all(rules, fd, set.fs, err);
	if (rc == RC_OK && syscall(SYS_landlock_restrict_self, fd, 0) < 0)
		rc = oserr_set(err, errno, "sandbox: landlock");
	close(fd);
	if (rc == RC_OK) {
		report->landlock_abi = abi;
		report->closes_tcp = (set.net & NET_CONNECT_TCP) != 0;
	}
	return rc;
}
