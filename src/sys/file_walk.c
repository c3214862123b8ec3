/* SPDX-License-Identifier: MIT
 *
 * Walking a tree of files; see file.h.
 *
 * A folder is read whole and sorted before anything in it is shown, so the
 * order depends on the names alone. Folders are opened relative to the one
 * above and never through a link, so a tree that is changed during the walk
 * cannot lead it outside.
 */
#include "sys/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "sys/oserr.h"
#include "sys/path.h"

enum { NAMES_MOST = 256 * 1024 * 1024 }; /* bytes for one folder's names */

struct walk {
	enum file_walk (*fn)(void *ctx, const struct file_entry *entry);
	void *ctx;
	struct buf path; /* of the folder that is being walked */
	bool is_ended;
	struct err *err;
};

struct name {
	struct str text;
	unsigned char type; /* what the folder says of it, DT_... */
};

/* While a folder is read nobody knows how many names it has. */
struct name_link {
	struct name name;
	struct name_link *next;
};

static int name_order(const void *a, const void *b)
{
	return str_cmp(
	    ((const struct name *)a)->text, ((const struct name *)b)->text);
}

/* Reads and sorts the names in DIR. */
static enum rc walk_names(struct walk *w, struct arena *a, DIR *dir,
    struct name **ret_names, size_t *ret_count)
{
	struct name_link *all = NULL;
	struct dirent *d;
	struct name *names;
	size_t count = 0;

	while (errno = 0, (d = readdir(dir)) != NULL) {
		struct str text = str_of(d->d_name);
		struct name_link *link;

		if (str_eq(text, STR(".")) || str_eq(text, STR("..")))
			continue;
		link = ARENA_NEW(a, struct name_link);
		text = arena_copy(a, text);
		if (!link || !text.p)
			return err_set(w->err, RC_LIMIT,
			    "%s: too many files in one folder", w->path.p);
		*link = (struct name_link){{text, d->d_type}, all};
		all = link;
		count++;
	}
	if (errno)
		return oserr_set(w->err, errno, "%s: cannot read", w->path.p);
	names = ARENA_ARRAY(a, struct name, count);
	if (!names)
		return err_set(w->err, RC_LIMIT,
		    "%s: too many files in one folder", w->path.p);
	for (size_t i = 0; all; all = all->next)
		names[i++] = all->name;
	qsort(names, count, sizeof(*names), name_order);
	*ret_names = names;
	*ret_count = count;
	return RC_OK;
}

static enum file_kind kind_of_type(unsigned char type)
{
	return type == DT_REG	? FILE_REGULAR
	       : type == DT_DIR ? FILE_FOLDER
	       : type == DT_LNK ? FILE_LINK
				: FILE_OTHER;
}

/* What NAME in the folder FD is; false if it is not there any more. Most file
 * systems say it with the name, and then the file is not looked at. */
static bool walk_look(int fd, const struct name *name, enum file_kind *ret_kind)
{
	struct stat st;

	if (name->type != DT_UNKNOWN) {
		*ret_kind = kind_of_type(name->type);
		return true;
	}
	if (fstatat(fd, name->text.p, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	*ret_kind = kind_of_type((unsigned char)IFTODT(st.st_mode));
	return true;
}

static enum rc walk_folder(struct walk *w, int fd, unsigned depth);

/* Goes into the folder whose path is in w->path. */
static enum rc walk_into(
    struct walk *w, int parent, const char *name, unsigned depth)
{
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int fd = openat(parent, name, depth > 1 ? flags | O_NOFOLLOW : flags);

	if (fd < 0 && errno == ENOENT && depth > 1)
		return RC_OK; /* it has just disappeared */
	if (fd < 0)
		return oserr_set(
		    w->err, errno, "%s: cannot open this folder", w->path.p);
	if (depth > FILE_WALK_DEPTH_MAX) {
		close(fd);
		return err_set(w->err, RC_LIMIT,
		    "%s: folders nested deeper than %d", w->path.p,
		    FILE_WALK_DEPTH_MAX);
	}
	return walk_folder(w, fd, depth);
}

/* Shows one name of the folder FD and, for a folder, what is in it. */
static enum rc walk_name(
    struct walk *w, int fd, const struct name *name, unsigned depth)
{
	struct file_entry entry = {.depth = depth};
	size_t n = w->path.n;
	enum file_walk answer;
	enum rc rc = RC_OK;

	if (!walk_look(fd, name, &entry.kind))
		return RC_OK;
	if (n == 0 || w->path.p[n - 1] != '/')
		buf_char(&w->path, '/');
	buf_add(&w->path, name->text);
	if (buf_rc(&w->path) != RC_OK) {
		buf_clear(&w->path);
		return err_set(w->err, RC_INVALID, "%.*s: too long a path",
		    STR_ARG(name->text));
	}
	entry.path = buf_str(&w->path);
	entry.name = str_from(entry.path, entry.path.n - name->text.n);
	answer = w->fn(w->ctx, &entry);
	if (answer == FILE_WALK_END)
		w->is_ended = true;
	else if (answer == FILE_WALK_ON && entry.kind == FILE_FOLDER)
		rc = walk_into(w, fd, name->text.p, depth + 1);
	if (rc == RC_OK)
		buf_cut(&w->path, n);
	return rc;
}

/* Walks the folder FD, which it closes. */
static enum rc walk_folder(struct walk *w, int fd, unsigned depth)
{
	struct arena *a = arena_new(NAMES_MOST);
	DIR *dir = fdopendir(fd);
	struct name *names = NULL;
	size_t count = 0;
	enum rc rc;

	if (!dir) {
		rc = oserr_set(w->err, errno, "%s: cannot read", w->path.p);
		close(fd);
		goto done;
	}
	rc = walk_names(w, a, dir, &names, &count);
	for (size_t i = 0; rc == RC_OK && i < count && !w->is_ended; i++)
		rc = walk_name(w, dirfd(dir), &names[i], depth);
	closedir(dir);
done:
	arena_free(a);
	return rc;
}

enum rc file_walk(struct str path,
    enum file_walk (*fn)(void *ctx, const struct file_entry *entry), void *ctx,
    struct err *err)
{
	struct walk w = {.fn = fn, .ctx = ctx, .err = err};
	char z[PATH_MAX];
	enum rc rc = path_cstr(path, z, err);

	if (rc != RC_OK)
		return rc;
	buf_init(&w.path, PATH_MAX - 1);
	buf_add(&w.path, path);
	rc = walk_into(&w, AT_FDCWD, z, 1);
	buf_done(&w.path);
	return rc;
}
