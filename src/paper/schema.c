/* SPDX-License-Identifier: MIT
 *
 * Tables; see schema.h. Times are microseconds since 1970, NULL where there
 * is none. Lists of ids are decimal numbers with one space between them,
 * lists of texts are packed (paper/packing.h).
 *
 * paper.db
 *	term	 sections, people and tags share one space of ids; is_named:
 *		 a section of the newsroom's list, shown also when empty
 *	story	 one row each, narrow: what lists of the desk show
 *	revision every save with all its fields; "previous" makes a chain, so
 *		 that no index is needed
 *	save	 what newer revisions have beside that; in a table of its own,
 *		 so that it can be read without passing over the body
 *	step	 what was done with a story: submitted, approved, published
 *	version	 what readers of a story have had, if it was ever changed
 *	correction what readers were told of that
 *	address	 every path that a story has or had (is_old), for ever
 *	source	 where imported stories came from
 *	translation paths that stories name as their translations
 *	outbox	 what public.db has yet to be told. Kinds: see paper/outbox.c
 *
 * public.db
 *	story	 what a teaser shows; the body lies in a table of its own, so
 *		 that lists read little
 *	listing	 the order of every list. "list" is 0 for all stories, the id
 *		 of a term, or below 0 a civil day (paper/edition.h)
 *	calendar counts by year (level 0), month (1) and day (2)
 *	correction notices of what was changed; the id says whose they are
 *		 (paper/version.c)
 *	version	 what a story looked like before
 *	change	 what readers have to forget; the oldest rows are cut off
 */
#include "paper/schema.h"

static const struct migration private_list[] = {
    {1, {"CREATE TABLE setting ("
	 " key TEXT PRIMARY KEY, value TEXT NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE term ("
	 " id INTEGER PRIMARY KEY,"
	 " kind INTEGER NOT NULL,"
	 " slug TEXT NOT NULL,"
	 " name TEXT NOT NULL,"
	 " about TEXT NOT NULL,"
	 " position INTEGER,"
	 " UNIQUE (kind, slug)"
	 ") STRICT;"
	 "CREATE TABLE story ("
	 " id INTEGER PRIMARY KEY,"
	 " status INTEGER NOT NULL,"
	 " revision INTEGER NOT NULL,"
	 " created_us INTEGER NOT NULL,"
	 " saved_us INTEGER NOT NULL,"
	 " published_us INTEGER,"
	 " updated_us INTEGER,"
	 " due_us INTEGER,"
	 " embargo_us INTEGER,"
	 " section INTEGER NOT NULL,"
	 " slug TEXT NOT NULL,"
	 " path TEXT NOT NULL,"
	 " headline TEXT NOT NULL,"
	 " note TEXT NOT NULL,"
	 " people TEXT NOT NULL,"
	 " tags TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX story_desk ON story (status, id)"
	 " WHERE status <> 3;"
	 "CREATE INDEX story_slug ON story (slug)"
	 " WHERE status <> 3;"
	 "CREATE INDEX story_due ON story (due_us)"
	 " WHERE due_us IS NOT NULL;"
	 "CREATE TABLE story_person ("
	 " person INTEGER NOT NULL,"
	 " story INTEGER NOT NULL,"
	 " PRIMARY KEY (person, story)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE revision ("
	 " id INTEGER PRIMARY KEY,"
	 " story INTEGER NOT NULL,"
	 " previous INTEGER,"
	 " saved_us INTEGER NOT NULL,"
	 " who TEXT NOT NULL,"
	 " note TEXT NOT NULL,"
	 " headline TEXT NOT NULL,"
	 " kicker TEXT NOT NULL,"
	 " standfirst TEXT NOT NULL,"
	 " slug TEXT NOT NULL,"
	 " section TEXT NOT NULL,"
	 " dateline TEXT NOT NULL,"
	 " lang TEXT NOT NULL,"
	 " authors TEXT NOT NULL,"
	 " tags TEXT NOT NULL,"
	 " aliases TEXT NOT NULL,"
	 " picture TEXT NOT NULL,"
	 " corrections TEXT NOT NULL,"
	 " translations TEXT NOT NULL,"
	 " is_draft TEXT NOT NULL,"
	 " published TEXT NOT NULL,"
	 " updated TEXT NOT NULL,"
	 " embargo TEXT NOT NULL,"
	 " body TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE address ("
	 " path TEXT PRIMARY KEY,"
	 " story INTEGER NOT NULL,"
	 " is_old INTEGER NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX address_old ON address (story)"
	 " WHERE is_old = 1;"
	 "CREATE TABLE source ("
	 " key TEXT PRIMARY KEY,"
	 " hash BLOB NOT NULL,"
	 " story INTEGER NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE outbox ("
	 " seq INTEGER PRIMARY KEY,"
	 " kind INTEGER NOT NULL,"
	 " first INTEGER NOT NULL,"
	 " last INTEGER NOT NULL"
	 ") STRICT;"}},
    {2, {"CREATE TABLE translation ("
	 " path TEXT NOT NULL,"
	 " story INTEGER NOT NULL,"
	 " PRIMARY KEY (path, story)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX translation_story ON translation (story);"}},
    {3, {"ALTER TABLE term ADD COLUMN is_named INTEGER NOT NULL DEFAULT 0;"}},
    {4, {"ALTER TABLE story ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;"
	 "ALTER TABLE story ADD COLUMN"
	 " shown_section INTEGER NOT NULL DEFAULT 0;"
	 "ALTER TABLE story ADD COLUMN shown_people TEXT NOT NULL DEFAULT '';"
	 "ALTER TABLE story ADD COLUMN shown_tags TEXT NOT NULL DEFAULT '';"
	 "ALTER TABLE story ADD COLUMN assigned TEXT NOT NULL DEFAULT '';"
	 "ALTER TABLE story ADD COLUMN"
	 " due_revision INTEGER NOT NULL DEFAULT 0;"
	 "CREATE TABLE save ("
	 " revision INTEGER PRIMARY KEY,"
	 " kind INTEGER NOT NULL,"
	 " side INTEGER NOT NULL,"
	 " tab TEXT NOT NULL,"
	 " name TEXT NOT NULL"
	 ") STRICT;"}},
    {5, {"CREATE TABLE step ("
	 " id INTEGER PRIMARY KEY,"
	 " story INTEGER NOT NULL,"
	 " kind INTEGER NOT NULL,"
	 " revision INTEGER NOT NULL,"
	 " who TEXT NOT NULL,"
	 " note TEXT NOT NULL,"
	 " at_us INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX step_story ON step (story, id);"
	 "CREATE TABLE version ("
	 " story INTEGER NOT NULL,"
	 " number INTEGER NOT NULL,"
	 " revision INTEGER NOT NULL,"
	 " change INTEGER NOT NULL,"
	 " at_us INTEGER NOT NULL,"
	 " is_taken INTEGER NOT NULL,"
	 " PRIMARY KEY (story, number)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE correction ("
	 " story INTEGER NOT NULL,"
	 " number INTEGER NOT NULL,"
	 " change INTEGER NOT NULL,"
	 " place INTEGER NOT NULL,"
	 " at_us INTEGER NOT NULL,"
	 " text TEXT NOT NULL,"
	 " PRIMARY KEY (story, number)"
	 ") STRICT, WITHOUT ROWID;"}},
};

static const struct migration public_list[] = {
    {1, {"CREATE TABLE meta ("
	 " key TEXT PRIMARY KEY, value TEXT NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE term ("
	 " id INTEGER PRIMARY KEY,"
	 " kind INTEGER NOT NULL,"
	 " slug TEXT NOT NULL,"
	 " name TEXT NOT NULL,"
	 " about TEXT NOT NULL,"
	 " position INTEGER,"
	 " UNIQUE (kind, slug)"
	 ") STRICT;"
	 "CREATE INDEX term_order ON term (position)"
	 " WHERE position IS NOT NULL;"
	 "CREATE TABLE story ("
	 " id INTEGER PRIMARY KEY,"
	 " path TEXT NOT NULL,"
	 " published_us INTEGER NOT NULL,"
	 " updated_us INTEGER,"
	 " flags INTEGER NOT NULL,"
	 " lang TEXT NOT NULL,"
	 " section INTEGER NOT NULL,"
	 " people TEXT NOT NULL,"
	 " tags TEXT NOT NULL,"
	 " headline TEXT NOT NULL,"
	 " kicker TEXT NOT NULL,"
	 " standfirst TEXT NOT NULL,"
	 " dateline TEXT NOT NULL,"
	 " picture TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE body ("
	 " id INTEGER PRIMARY KEY,"
	 " corrections TEXT NOT NULL,"
	 " translations TEXT NOT NULL,"
	 " body TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE listing ("
	 " list INTEGER NOT NULL,"
	 " published_us INTEGER NOT NULL,"
	 " id INTEGER NOT NULL,"
	 " PRIMARY KEY (list, published_us, id)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE address ("
	 " path TEXT PRIMARY KEY, story INTEGER NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE withdrawn ("
	 " id INTEGER PRIMARY KEY, note TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE calendar ("
	 " level INTEGER NOT NULL,"
	 " year INTEGER NOT NULL,"
	 " month INTEGER NOT NULL,"
	 " day INTEGER NOT NULL,"
	 " stories INTEGER NOT NULL,"
	 " PRIMARY KEY (level, year, month, day)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE change ("
	 " seq INTEGER PRIMARY KEY, tag TEXT NOT NULL"
	 ") STRICT;"}},
    {2, {"CREATE TABLE correction ("
	 " id INTEGER PRIMARY KEY,"
	 " at_us INTEGER NOT NULL,"
	 " date TEXT NOT NULL,"
	 " change INTEGER NOT NULL,"
	 " place INTEGER NOT NULL,"
	 " text TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX correction_when ON correction (at_us, id);"
	 "CREATE TABLE version ("
	 " story INTEGER NOT NULL,"
	 " number INTEGER NOT NULL,"
	 " change INTEGER NOT NULL,"
	 " at_us INTEGER NOT NULL,"
	 " is_taken INTEGER NOT NULL,"
	 " headline TEXT NOT NULL,"
	 " kicker TEXT NOT NULL,"
	 " standfirst TEXT NOT NULL,"
	 " dateline TEXT NOT NULL,"
	 " lang TEXT NOT NULL,"
	 " picture TEXT NOT NULL,"
	 " body TEXT NOT NULL,"
	 " UNIQUE (story, number)"
	 ") STRICT;"}},
};

const struct migration *schema_private(size_t *ret_n)
{
	*ret_n = sizeof(private_list) / sizeof(private_list[0]);
	return private_list;
}

const struct migration *schema_public(size_t *ret_n)
{
	*ret_n = sizeof(public_list) / sizeof(public_list[0]);
	return public_list;
}
