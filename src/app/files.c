/* SPDX-License-Identifier: MIT
 *
 * Where things lie in a paper's folder; see files.h.
 */
#include "app/files.h"

#include "base/arena.h"
#include "sys/file.h"

enum { FILES_ARENA = 64 * 1024 };

struct str files_path(struct arena *a, struct str dir, const char *name)
{
	return arena_printf(a, "%.*s/%s", STR_ARG(dir), name);
}

enum rc files_make_folders(struct str dir, struct err *err)
{
	static const struct {
		const char *name;
		unsigned mode;
	} folders[] = {
	    {"private", 0700},
	    {"public", 0755},
	    {"public/pictures", 0755},
	    {"run", 0700},
	};
	struct arena *a = arena_new(FILES_ARENA);
	enum rc rc = file_make_folder(dir, 0755, err);

	for (size_t i = 0; rc == RC_OK; i++) {
		if (i == sizeof(folders) / sizeof(folders[0]))
			break;
		rc = file_make_folder(
		    files_path(a, dir, folders[i].name), folders[i].mode, err);
	}
	arena_free(a);
	return rc;
}

enum rc files_need_paper(struct str dir, struct err *err)
{
	struct arena *a = arena_new(FILES_ARENA);
	struct str db = files_path(a, dir, "private/paper.db");
	struct str public = files_path(a, dir, "public/public.db");
	bool was_paper = public.p && file_kind(public) == FILE_REGULAR;
	struct file_id id;
	enum rc rc = db.p ? file_id(db, &id, err) : RC_NO_MEMORY;

	arena_free(a);
	if (rc == RC_NOT_FOUND && was_paper)
		return err_set(err, RC_NOT_FOUND,
		    "%.*s/private/paper.db is gone, and with it all stories: "
		    "put it back from a copy of the folder. What was published "
		    "is still in public/public.db",
		    STR_ARG(dir));
	if (rc == RC_NOT_FOUND)
		return err_set(err, RC_NOT_FOUND,
		    "there is no paper in %.*s; make one: farthing init %.*s "
		    "--name NAME --lang LANG",
		    STR_ARG(dir), STR_ARG(dir));
	return rc;
}

enum rc files_lock_writer(
    struct arena *a, struct str dir, struct file_lock *ret, struct err *err)
{
	struct str run = files_path(a, dir, "run");
	struct str lock = files_path(a, dir, "run/writer.lock");
	enum rc rc = files_need_paper(dir, err);

	if (rc != RC_OK)
		return rc;
	if (!run.p || !lock.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = file_make_folder(run, 0700, err);
	return rc == RC_OK ? file_lock(lock, ret, err) : rc;
}
