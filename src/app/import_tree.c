/* SPDX-License-Identifier: MIT
 *
 * See import_tree.h.
 */
#include "app/import_tree.h"

#include <stdio.h>
#include <string.h>

#include "app/import_notes.h"
#include "base/arena.h"

enum { INDEX_MOST = 256 * 1024 };

bool import_wants(struct str name)
{
	static const struct str ends[] = {
	    STR_INIT(".md"), STR_INIT(".markdown"), STR_INIT(".mdown")};

	/* Hugo's _index.md is the head of a list page, no story. */
	if (str_starts(name, STR(".")) || str_starts(name, STR("_index.")))
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (name.n > ends[i].n &&
		    str_eq_fold(str_from(name, name.n - ends[i].n), ends[i]))
			return true;
	return false;
}

bool import_is_about_tree(const struct file_entry *entry)
{
	struct str stem = str_part(entry->name, 0, str_find(entry->name, '.'));

	return entry->depth == 1 && (import_is_readme(entry->name) ||
					str_eq_fold(stem, STR("changes")) ||
					str_eq_fold(stem, STR("security")));
}

/* Whether one of Hugo's settings lies in FOLDER, which ends in a slash or is
 * empty. */
static bool has_hugo_settings(struct str folder)
{
	static const char *const files[] = {"hugo.toml", "hugo.yaml",
	    "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml",
	    "config.json", "config/_default"};
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int size = snprintf(
		    path, sizeof(path), "%.*s%s", STR_ARG(folder), files[i]);
		enum file_kind kind = size > 0 && (size_t)size < sizeof(path)
					  ? file_kind(str_of(path))
					  : FILE_NONE;

		if (kind == FILE_REGULAR || kind == FILE_FOLDER)
			return true;
	}
	return false;
}

bool import_skips(const struct file_entry *entry)
{
	static const struct str always[] = {STR_INIT("node_modules"),
	    STR_INIT("archetypes"), STR_INIT("_site"), STR_INIT("_includes"),
	    STR_INIT("_layouts"), STR_INIT("_sass"), STR_INIT("_data"),
	    STR_INIT("_plugins")};
	static const struct str hugo[] = {STR_INIT("public"),
	    STR_INIT("resources"), STR_INIT("themes"), STR_INIT("layouts")};

	if (str_starts(entry->name, STR(".")))
		return true;
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (str_eq(entry->name, always[i]))
			return true;
	for (size_t i = 0; i < sizeof(hugo) / sizeof(hugo[0]); i++)
		if (str_eq(entry->name, hugo[i]))
			return has_hugo_settings(str_part(
			    entry->path, 0, entry->path.n - entry->name.n));
	return false;
}

bool import_takes(const struct file_entry *entry)
{
	return entry->kind == FILE_REGULAR && import_wants(entry->name) &&
	       !import_is_about_tree(entry);
}

/* Whether WORD, in small letters, stands in S, whatever its letters are. */
static bool has_word(struct str s, struct str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (str_eq_fold(str_part(s, i, word.n), word))
			return true;
	return false;
}

/* The head of a manuscript, whether in YAML or in TOML; all of TEXT where
 * nothing parts the two, as in JSON. */
static struct str head_of(struct str text)
{
	struct str rest = text, fence = STR_NONE, line, head;

	if (str_starts(rest, STR("\xEF\xBB\xBF")))
		rest = str_from(rest, 3);
	while (str_blank(fence))
		if (!str_line(&rest, &fence))
			return STR_NONE;
	fence = str_trim(fence);
	if (!str_eq(fence, STR("---")) && !str_eq(fence, STR("+++")))
		return text;
	head = rest;
	while (str_line(&rest, &line))
		if (str_eq(str_trim(line), fence))
			return str_part(head, 0, (size_t)(line.p - head.p));
	return text;
}

/* "_index.md", "_index.en.md", "_index.html", ... */
static bool is_index(struct str name)
{
	static const struct str ends[] = {STR_INIT("md"), STR_INIT("markdown"),
	    STR_INIT("mdown"), STR_INIT("html"), STR_INIT("htm"),
	    STR_INIT("org"), STR_INIT("adoc"), STR_INIT("asciidoc"),
	    STR_INIT("ad"), STR_INIT("rst"), STR_INIT("pandoc"),
	    STR_INIT("pdc")};
	struct str end = str_from(name, str_find_last(name, '.') + 1);

	if (!str_starts(name, STR("_index.")))
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_eq_fold(end, ends[i]))
			return true;
	return false;
}

static bool index_holds_all(struct str path)
{
	static const struct str gates[] = {STR_INIT("draft"), STR_INIT("build"),
	    STR_INIT("publishdate"), STR_INIT("published"),
	    STR_INIT("expirydate"), STR_INIT("embargo"), STR_INIT("headless"),
	    STR_INIT("private"), STR_INIT("hidden"), STR_INIT("unlisted"),
	    STR_INIT("password")};
	struct arena *a = arena_new(4 * INDEX_MOST);
	struct str text, head = STR_NONE;
	struct err err;
	/* One that cannot be read may say anything. */
	bool holds = file_read(a, path, INDEX_MOST, &text, &err) != RC_OK;

	if (!holds)
		head = head_of(text);
	if (has_word(head, STR("cascade")))
		for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++)
			holds |= has_word(head, gates[i]);
	arena_free(a);
	return holds;
}

static enum file_walk look_for_index(void *ctx, const struct file_entry *entry)
{
	bool *holds = ctx;

	if (entry->kind == FILE_FOLDER)
		return FILE_WALK_SKIP;
	if (is_index(entry->name) && file_kind(entry->path) == FILE_REGULAR)
		*holds |= index_holds_all(entry->path);
	return *holds ? FILE_WALK_END : FILE_WALK_ON;
}

bool import_holds_all(struct str folder)
{
	bool holds = false;
	struct err err;

	/* What is in a folder that cannot be read is not brought in either. */
	(void)!file_walk(folder, look_for_index, &holds, &err);
	return holds;
}

/* The folder that PATH, which begins with a slash, lies in; empty: the root. */
static struct str folder_of(struct str path)
{
	return str_part(path, 0, str_find_last(path, '/'));
}

/* PATH is a folder above which nothing is of its site. */
static bool is_top(struct str path)
{
	char folder[PATH_MAX];
	int n = snprintf(folder, sizeof(folder), "%.*s/", STR_ARG(path));

	return str_ends(path, STR("/content")) || n < 0 ||
	       (size_t)n >= sizeof(folder) || has_hugo_settings(str_of(folder));
}

/* FOLDER is one of those that LAST was found in. */
static bool above_knows(const struct import_above *last, struct str folder)
{
	return folder.n >= last->top_n && folder.n <= last->n &&
	       memcmp(last->folder, folder.p, folder.n) == 0 &&
	       (folder.n == last->n || last->folder[folder.n] == '/');
}

static void above_keep(
    struct import_above *last, struct str folder, size_t top_n, bool is_held)
{
	if (folder.n == 0 || folder.n > sizeof(last->folder) || top_n == 0)
		return;
	memcpy(last->folder, folder.p, folder.n);
	last->n = folder.n;
	last->top_n = top_n;
	last->is_held = is_held;
}

bool import_is_held_above(struct import_above *last, struct str path)
{
	struct str folder = folder_of(path);
	size_t top_n = 0;
	bool is_held = false;

	for (int i = 0; i < FILE_WALK_DEPTH_MAX && !is_held; i++) {
		if (is_top(path))
			break;
		path = folder_of(path);
		if (path.n == 0)
			break;
		if (above_knows(last, path)) {
			top_n = last->top_n;
			is_held = last->is_held;
			break;
		}
		top_n = path.n;
		is_held = import_holds_all(path);
	}
	above_keep(last, folder, top_n, is_held);
	return is_held;
}
