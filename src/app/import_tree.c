/* SPDX-License-Identifier: MIT
 *
 * See import_tree.h.
 */
#include "app/import_tree.h"

#include <limits.h>
#include <stdio.h>

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

/* Whether one of Hugo's settings lies beside PATH, whose last part is NAME. */
static bool import_is_of_hugo(struct str path, struct str name)
{
	static const char *const files[] = {"hugo.toml", "hugo.yaml",
	    "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml",
	    "config.json", "config/_default"};
	char beside[PATH_MAX];
	int n = (int)(path.n - name.n);

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int size = snprintf(
		    beside, sizeof(beside), "%.*s%s", n, path.p, files[i]);
		enum file_kind kind = size > 0 && (size_t)size < sizeof(beside)
					  ? file_kind(str_of(beside))
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
			return import_is_of_hugo(entry->path, entry->name);
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

/* The head of a manuscript, whether in YAML or in TOML, without its lines
 * before and behind. */
static struct str head_of(struct str text)
{
	struct str fence, line, head = text;

	if (!str_line(&head, &fence) || fence.n < 3)
		return STR_NONE;
	text = head;
	while (str_line(&text, &line))
		if (str_eq(str_trim(line), str_trim(fence)))
			return str_part(head, 0, (size_t)(line.p - head.p));
	return STR_NONE;
}

bool import_holds_all(struct str folder)
{
	static const struct str gates[] = {STR_INIT("draft"), STR_INIT("build"),
	    STR_INIT("publishdate"), STR_INIT("expirydate"),
	    STR_INIT("headless"), STR_INIT("private")};
	struct arena *a = arena_new(4 * INDEX_MOST);
	struct str path = arena_printf(a, "%.*s/_index.md", STR_ARG(folder));
	struct str text, head = STR_NONE;
	struct err err;
	bool holds = false;

	if (file_kind(path) == FILE_REGULAR) {
		/* One that cannot be read may say anything. */
		holds = file_read(a, path, INDEX_MOST, &text, &err) != RC_OK;
		head = holds ? STR_NONE : head_of(text);
	}
	if (has_word(head, STR("cascade")))
		for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++)
			holds |= has_word(head, gates[i]);
	arena_free(a);
	return holds;
}
