/* SPDX-License-Identifier: MIT
 *
 * Tables; see schema.h. Times are microseconds since 1970, NULL where there
 * is none. Lists of ids are decimal numbers with one space between them,
 * lists of texts are packed (paper/packing.h).
 *
 * paper.db
 *	term	 sections, people and tags share one space of ids; is_named:
 *		 a section of the newsroom's list, shown also when empty
 *	term_name each name that a term was ever given (paper/term.c)
 *	story	 one row each, narrow: what lists of the desk show
 *	revision every save with all its fields; "previous" makes a chain, so
 *		 that no index is needed
 *	save	 what newer revisions have beside that; in a table of its own,
 *		 so that it can be read without passing over the body
 *	thin	 stories whose autosaves may go some day (paper/thin.c)
 *	thinned	 revisions that are gone, and which one lies behind each
 *	step	 what was done with a story: submitted, approved, published
 *	version	 what readers of a story have had, if it was ever changed
 *	correction what readers were told of that
 *	front	 the front page by hand, and "banner" above it
 *	redirect paths that somebody led elsewhere
 *	note	 in the margin of stories
 *	preview	 secret links
 *	address	 every path that a story has or had (is_old), for ever
 *	source	 where imported stories came from, and the embargo that it said
 *	translation paths that stories name as their translations
 *	outbox	 what public.db has yet to be told. Kinds: see paper/outbox.c
 *	staff	 accounts. "sections" is packed, empty for all; "totp" the
 *		 shared secret; "handle" what passkeys know the account by
 *	passkey	 public keys of passkeys
 *	recovery hashes of single-use codes
 *	session	 who is signed in: the hash of what the cookie holds
 *	staff_link one-time links: hashes of what stands in the address
 *	audit	 what was done by whom, each row with the hash of all before it
 *	picture	 the library (paper/library.h): one row for each original.
 *		 "files": the renditions; "flags": 1 had a place, 2 a device
 *	picture_use which story's newest text has which picture
 *	picture_find their words, to be searched
 *	picture_coming  files that are being written, and have no row yet
 *	picture_owed	whose files have yet to be made with what is in its row
 *
 * public.db
 *	story	 what a teaser shows; the body lies in a table of its own, so
 *		 that lists read little
 *	listing	 the order of every list. "list" is 0 for all stories, the id
 *		 of a term, or below 0 a civil day (paper/edition.h)
 *	calendar counts by year (level 0), month (1) and day (2), and the newest
 *		 time of a story or its change, which is never taken back
 *	correction notices of what was changed; the id says whose they are
 *		 (paper/version.c)
 *	version	 what a story looked like before
 *	picture	 those of the library that published stories have
 *	picture_use which story has which: number 0, the text that is shown, or
 *		 that of one of its versions
 *	change	 what readers have to forget; the oldest rows are cut off
 *	told	 since when what has a tag is as it is; "all": every page
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
    {6, {"CREATE TABLE front ("
	 " slot INTEGER NOT NULL,"
	 " position INTEGER NOT NULL,"
	 " story INTEGER NOT NULL,"
	 " until_us INTEGER,"
	 " PRIMARY KEY (slot, position)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE banner ("
	 " id INTEGER PRIMARY KEY,"
	 " text TEXT NOT NULL,"
	 " story INTEGER NOT NULL,"
	 " until_us INTEGER"
	 ") STRICT;"
	 "CREATE TABLE redirect ("
	 " path TEXT PRIMARY KEY,"
	 " target TEXT NOT NULL,"
	 " story INTEGER NOT NULL,"
	 " who TEXT NOT NULL,"
	 " made_us INTEGER NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE note ("
	 " id INTEGER PRIMARY KEY,"
	 " story INTEGER NOT NULL,"
	 " parent INTEGER NOT NULL,"
	 " revision INTEGER NOT NULL,"
	 " who TEXT NOT NULL,"
	 " at_us INTEGER NOT NULL,"
	 " quote TEXT NOT NULL,"
	 " place INTEGER NOT NULL,"
	 " text TEXT NOT NULL,"
	 " resolved_us INTEGER,"
	 " resolved_by TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX note_story ON note (story, id);"
	 "CREATE TABLE preview ("
	 " id INTEGER PRIMARY KEY,"
	 " hash BLOB NOT NULL UNIQUE,"
	 " story INTEGER NOT NULL,"
	 " who TEXT NOT NULL,"
	 " note TEXT NOT NULL,"
	 " made_us INTEGER NOT NULL,"
	 " expires_us INTEGER NOT NULL,"
	 " is_revoked INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX preview_story ON preview (story, id);"}},
    {7, {"CREATE TABLE staff ("
	 " id INTEGER PRIMARY KEY,"
	 " login TEXT NOT NULL UNIQUE,"
	 " name TEXT NOT NULL,"
	 " role INTEGER NOT NULL,"
	 " sections TEXT NOT NULL,"
	 " lang TEXT NOT NULL,"
	 " is_disabled INTEGER NOT NULL,"
	 " password TEXT NOT NULL,"
	 " totp BLOB,"
	 " totp_step INTEGER NOT NULL,"
	 " handle BLOB NOT NULL UNIQUE,"
	 " created_us INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE passkey ("
	 " id INTEGER PRIMARY KEY,"
	 " staff INTEGER NOT NULL,"
	 " credential BLOB NOT NULL UNIQUE,"
	 " algorithm INTEGER NOT NULL,"
	 " public_key BLOB NOT NULL,"
	 " counter INTEGER NOT NULL,"
	 " name TEXT NOT NULL,"
	 " created_us INTEGER NOT NULL,"
	 " used_us INTEGER"
	 ") STRICT;"
	 "CREATE INDEX passkey_staff ON passkey (staff);"
	 "CREATE TABLE recovery ("
	 " staff INTEGER NOT NULL,"
	 " hash BLOB NOT NULL,"
	 " PRIMARY KEY (staff, hash)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE session ("
	 " id INTEGER PRIMARY KEY,"
	 " token BLOB NOT NULL UNIQUE,"
	 " staff INTEGER NOT NULL,"
	 " state INTEGER NOT NULL,"
	 " tries INTEGER NOT NULL,"
	 " created_us INTEGER NOT NULL,"
	 " seen_us INTEGER NOT NULL,"
	 " stepped_us INTEGER,"
	 " agent TEXT NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX session_staff ON session (staff);"
	 "CREATE TABLE staff_link ("
	 " id INTEGER PRIMARY KEY,"
	 " token BLOB NOT NULL UNIQUE,"
	 " kind INTEGER NOT NULL,"
	 " staff INTEGER NOT NULL,"
	 " name TEXT NOT NULL,"
	 " role INTEGER NOT NULL,"
	 " sections TEXT NOT NULL,"
	 " made_by INTEGER NOT NULL,"
	 " created_us INTEGER NOT NULL,"
	 " expires_us INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE audit ("
	 " seq INTEGER PRIMARY KEY,"
	 " at_us INTEGER NOT NULL,"
	 " staff INTEGER NOT NULL,"
	 " name TEXT NOT NULL,"
	 " what TEXT NOT NULL,"
	 " about TEXT NOT NULL,"
	 " detail TEXT NOT NULL,"
	 " hash BLOB NOT NULL"
	 ") STRICT;"}},
    {8, {"ALTER TABLE story ADD COLUMN writer TEXT NOT NULL DEFAULT '';"}},
    {9, {"CREATE TABLE picture ("
	 " id INTEGER PRIMARY KEY,"
	 " hash TEXT NOT NULL UNIQUE,"
	 " stem TEXT NOT NULL UNIQUE,"
	 " name TEXT NOT NULL,"
	 " kind TEXT NOT NULL,"
	 " caption TEXT NOT NULL,"
	 " credit TEXT NOT NULL,"
	 " creator TEXT NOT NULL,"
	 " alt TEXT NOT NULL,"
	 " rights TEXT NOT NULL,"
	 " expires TEXT NOT NULL,"
	 " who TEXT NOT NULL,"
	 " files TEXT NOT NULL,"
	 " bytes INTEGER NOT NULL,"
	 " width INTEGER NOT NULL,"
	 " height INTEGER NOT NULL,"
	 " focus_x INTEGER NOT NULL,"
	 " focus_y INTEGER NOT NULL,"
	 " flags INTEGER NOT NULL,"
	 " added_us INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX picture_ends ON picture (expires)"
	 " WHERE expires <> '';"
	 "CREATE TABLE picture_use ("
	 " story INTEGER NOT NULL,"
	 " picture INTEGER NOT NULL,"
	 " PRIMARY KEY (story, picture)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX picture_used ON picture_use (picture, story);"
	 "CREATE VIRTUAL TABLE picture_find USING fts5 (words,"
	 " tokenize = 'unicode61 remove_diacritics 2');"}},
    {10, {"ALTER TABLE staff ADD COLUMN codes_level INTEGER NOT NULL"
	  " DEFAULT 0;"
	  "ALTER TABLE staff ADD COLUMN codes_at_s INTEGER NOT NULL DEFAULT 0;"
	  "CREATE TABLE secret ("
	  " name TEXT PRIMARY KEY, value BLOB NOT NULL"
	  ") STRICT, WITHOUT ROWID;"}},
    {11, {"CREATE INDEX step_held ON step (id) WHERE kind >= 9;"}},
    {12, {"CREATE TABLE thin ("
	  " story INTEGER PRIMARY KEY,"
	  " due_us INTEGER NOT NULL"
	  ") STRICT;"
	  "CREATE INDEX thin_due ON thin (due_us);"
	  "CREATE TABLE thinned ("
	  " revision INTEGER PRIMARY KEY,"
	  " story INTEGER NOT NULL,"
	  " behind INTEGER NOT NULL"
	  ") STRICT;"
	  "INSERT INTO thin (story, due_us) SELECT DISTINCT revision.story, 0"
	  " FROM save JOIN revision ON revision.id = save.revision"
	  " WHERE save.kind = 1;"}},
    {13, {"ALTER TABLE picture ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;"
	  "CREATE TABLE picture_coming ("
	  " stem TEXT PRIMARY KEY, hash TEXT NOT NULL"
	  ") STRICT, WITHOUT ROWID;"
	  /* Begun words are looked up, too. */
	  "DROP TABLE picture_find;"
	  "CREATE VIRTUAL TABLE picture_find USING fts5 (words,"
	  " tokenize = 'unicode61 remove_diacritics 2',"
	  " prefix = '1 2 3 4');"
	  "INSERT INTO picture_find (rowid, words) SELECT id, caption"
	  " || char(10) || credit || char(10) || creator || char(10) || alt"
	  " || char(10) || rights || char(10) || name || char(10) || who"
	  " FROM picture;"}},
    {14, {"CREATE TABLE redirect_change ("
	  " id INTEGER PRIMARY KEY, path TEXT NOT NULL"
	  ") STRICT;"
	  "CREATE INDEX redirect_target ON redirect (target)"
	  " WHERE story = 0;"}},
    {15, {"ALTER TABLE banner ADD COLUMN is_everywhere INTEGER NOT NULL"
	  " DEFAULT 0;"}},
    {16, {"CREATE TABLE picture_owed ("
	  " picture INTEGER PRIMARY KEY, staff INTEGER NOT NULL"
	  ") STRICT;"}},
    {17, {"ALTER TABLE picture ADD COLUMN cuts TEXT NOT NULL DEFAULT '';"}},
    {18, {"ALTER TABLE story ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0;"
	  "ALTER TABLE story ADD COLUMN wanted_unit INTEGER NOT NULL"
	  " DEFAULT 0;"
	  "ALTER TABLE story ADD COLUMN wanted_by TEXT NOT NULL"
	  " DEFAULT '';"}},
    {19, {"ALTER TABLE term ADD COLUMN is_closed INTEGER NOT NULL"
	  " DEFAULT 0;"}},
    {20, {"CREATE TABLE picture_was ("
	  " story INTEGER NOT NULL,"
	  " stem TEXT NOT NULL,"
	  " until INTEGER NOT NULL,"
	  " caption TEXT NOT NULL,"
	  " credit TEXT NOT NULL,"
	  " alt TEXT NOT NULL,"
	  " rights TEXT NOT NULL,"
	  " PRIMARY KEY (story, stem, until)"
	  ") STRICT, WITHOUT ROWID;"}},
    {21, {"CREATE TABLE stet ("
	  " story INTEGER NOT NULL,"
	  " kind TEXT NOT NULL,"
	  " field TEXT NOT NULL,"
	  " words TEXT NOT NULL,"
	  " place INTEGER NOT NULL,"
	  " who TEXT NOT NULL,"
	  " at_us INTEGER NOT NULL,"
	  " PRIMARY KEY (story, kind, field, words, place)"
	  ") STRICT, WITHOUT ROWID;"}},
    /* Their names stay what they were (paper/authority.h). */
    {22, {"INSERT OR IGNORE INTO setting (key, value) SELECT 'authority', value"
	  " FROM setting WHERE key = 'origin' AND value LIKE '%://%'"
	  " AND value NOT LIKE '%://127.%'"
	  " AND value NOT LIKE '%://localhost'"
	  " AND value NOT LIKE '%://localhost:%'"
	  " AND value NOT LIKE '%://[::1]%';"}},
    {23, {"CREATE TABLE term_name ("
	  " kind INTEGER NOT NULL,"
	  " key TEXT NOT NULL,"
	  " term INTEGER NOT NULL,"
	  " PRIMARY KEY (kind, key)"
	  ") STRICT, WITHOUT ROWID;"}},
    /* A draft with a note was taken back (2: by the desk). */
    {24, {"ALTER TABLE story ADD COLUMN timing INTEGER NOT NULL DEFAULT 0;"
	  "UPDATE story SET timing = 2 WHERE status = 0 AND note <> '';"}},
    /* Of a text saved by hand nobody knows whose its embargo is. */
    {25, {"ALTER TABLE source ADD COLUMN embargo TEXT NOT NULL DEFAULT '';"
	  "UPDATE source SET embargo = r.embargo FROM story AS s"
	  " JOIN revision AS r ON r.id = s.revision"
	  " WHERE s.id = source.story AND s.embargo_us IS NOT NULL"
	  " AND r.who = 'import';"}},
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
    {3, {"CREATE TABLE front ("
	 " slot INTEGER NOT NULL,"
	 " position INTEGER NOT NULL,"
	 " story INTEGER NOT NULL,"
	 " until_us INTEGER,"
	 " PRIMARY KEY (slot, position)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE banner ("
	 " id INTEGER PRIMARY KEY,"
	 " text TEXT NOT NULL,"
	 " story INTEGER NOT NULL,"
	 " until_us INTEGER"
	 ") STRICT;"
	 "CREATE TABLE redirect ("
	 " path TEXT PRIMARY KEY,"
	 " target TEXT NOT NULL,"
	 " story INTEGER NOT NULL"
	 ") STRICT, WITHOUT ROWID;"}},
    {4, {"CREATE TABLE picture ("
	 " stem TEXT PRIMARY KEY,"
	 " caption TEXT NOT NULL,"
	 " credit TEXT NOT NULL,"
	 " alt TEXT NOT NULL,"
	 " rights TEXT NOT NULL,"
	 " focus_x INTEGER NOT NULL,"
	 " focus_y INTEGER NOT NULL,"
	 " files TEXT NOT NULL"
	 ") STRICT, WITHOUT ROWID;"}},
    /* "applied" that fits nothing has all be written anew. */
    {5, {"CREATE TABLE picture_use ("
	 " story INTEGER NOT NULL,"
	 " number INTEGER NOT NULL,"
	 " stem TEXT NOT NULL,"
	 " PRIMARY KEY (story, number, stem)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX picture_used ON picture_use (stem, story);"
	 "UPDATE meta SET value = '-1' WHERE key = 'applied';"}},
    {6, {"ALTER TABLE banner ADD COLUMN is_everywhere INTEGER NOT NULL"
	 " DEFAULT 0;"}},
    /* What versions had: all is written anew, as in 5. */
    {7, {"ALTER TABLE version ADD COLUMN pictures TEXT NOT NULL DEFAULT '';"
	 "UPDATE meta SET value = '-1' WHERE key = 'applied';"}},
    {8, {"INSERT OR IGNORE INTO meta (key, value) SELECT 'authority', value"
	 " FROM meta WHERE key = 'origin' AND value LIKE '%://%'"
	 " AND value NOT LIKE '%://127.%'"
	 " AND value NOT LIKE '%://localhost'"
	 " AND value NOT LIKE '%://localhost:%'"
	 " AND value NOT LIKE '%://[::1]%';"}},
    {9, {"ALTER TABLE calendar ADD COLUMN changed_us INTEGER NOT NULL"
	 " DEFAULT 0;"
	 "UPDATE calendar SET changed_us = s.changed_us FROM ("
	 "SELECT CAST(substr(path, 2, 4) AS INTEGER) AS year,"
	 " CAST(substr(path, 7, 2) AS INTEGER) AS month,"
	 " CAST(substr(path, 10, 2) AS INTEGER) AS day,"
	 " max(coalesce(updated_us, published_us)) AS changed_us"
	 " FROM story GROUP BY 1, 2, 3) AS s"
	 " WHERE calendar.level = 2 AND calendar.year = s.year"
	 " AND calendar.month = s.month AND calendar.day = s.day;"
	 "UPDATE calendar SET changed_us = s.changed_us FROM ("
	 "SELECT year, month, max(changed_us) AS changed_us FROM calendar"
	 " WHERE level = 2 GROUP BY 1, 2) AS s"
	 " WHERE calendar.level = 1 AND calendar.year = s.year"
	 " AND calendar.month = s.month;"}},
    /* Sizes of pictures put there by hand: all is written anew, as in 5. */
    {10, {"UPDATE meta SET value = '-1' WHERE key = 'applied';"}},
    {11, {"CREATE TABLE told ("
	  " tag TEXT PRIMARY KEY, at_s INTEGER NOT NULL"
	  ") STRICT, WITHOUT ROWID;"}},
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
