/* SPDX-License-Identifier: MIT
 *
 * What the screens of settings, health and the first steps are made from.
 * Everything is the caller's and stays until the page is written.
 */
#ifndef PAGE_VIEW_DESK_SETTINGS_H
#define PAGE_VIEW_DESK_SETTINGS_H

#include "page/view_desk.h"
#include "page/view_theirs.h"

struct view_desk_chain;

/* A way between the kinds of settings. */
struct view_desk_tabs {
	const struct view_desk_link *v;
	size_t n;
};

/* The fields of the paper itself, in the order of the form. */
enum desk_paper_field {
	DESK_PAPER_NAME,
	DESK_PAPER_MOTTO,
	DESK_PAPER_PLACE,
	DESK_PAPER_LANG,
	DESK_PAPER_ZONE,
	DESK_PAPER_ORIGIN,
	DESK_PAPER_PUBLISHER,
	DESK_PAPER_ADDRESS,
	DESK_PAPER_CALL,
	DESK_PAPER_FIELDS,
};

/* The name of a form's field: "name", "motto", ...; lives for ever. */
struct str desk_paper_name(enum desk_paper_field field);

/* A time zone, and the seconds that it is east of UTC now. */
struct view_desk_zone {
	struct str name;
	int32_t offset;
};

struct view_desk_paper {
	struct view_desk_tabs tabs;
	struct str values[DESK_PAPER_FIELDS];
	enum msg faults[DESK_PAPER_FIELDS]; /* MSG_COUNT: none */
	const struct view_desk_zone *zones; /* by name */
	size_t zones_n;
	struct civil there; /* the time in the zone that is set */
	struct str seen;    /* newsroom/seen.h; likewise below */
	struct view_theirs theirs;
	bool has_theirs[DESK_PAPER_FIELDS];
	struct str theirs_values[DESK_PAPER_FIELDS];
};

struct view_desk_section {
	struct str slug, name;
	bool is_named, is_closed;
	enum msg fault; /* MSG_COUNT: none */
};

/* A closed section that has stories still, and the form that gives them to
 * another. */
struct view_desk_move {
	struct str slug, name;
	uint64_t stories;
	struct str to; /* the slug that was chosen */
	struct str seen;
	enum msg fault; /* MSG_COUNT: none */
};

struct view_desk_sections {
	struct view_desk_tabs tabs;
	const struct view_desk_move *moves;
	size_t moves_n;
	/* Those that are open, to which they can go. */
	const struct view_desk_section *open;
	size_t open_n;
	const struct view_desk_section *v;
	size_t n;
	struct str fresh; /* a new one, as it was typed */
	enum msg fresh_fault;
	struct str seen;
	struct view_theirs theirs;
	struct str theirs_list; /* a line for each */
};

struct view_desk_author {
	struct str slug, name, about;
};

struct view_desk_people {
	struct view_desk_tabs tabs;
	const struct view_desk_author *v;
	size_t n;
	struct str older; /* address of those behind; empty: none */
	/* The form: of one who is there, or (slug empty) of a new one. */
	struct view_desk_author form;
	bool is_one; /* only the form */
	enum msg name_fault, about_fault;
	struct str seen;
	struct view_theirs theirs;
	bool has_theirs_name, has_theirs_about;
	struct str theirs_name, theirs_about;
};

/* About, and the pages on how the paper works. */
enum { DESK_PAGES = 9 };

struct view_desk_pages {
	struct view_desk_tabs tabs;
	struct str names[DESK_PAGES]; /* "about", "standards", ... */
	bool is_shown[DESK_PAGES];
};

struct view_desk_page {
	struct view_desk_tabs tabs;
	size_t at; /* of DESK_PAGES */
	struct str name, text;
	struct str url; /* as readers see it; empty: not at all */
	enum msg fault;
	struct str seen;
	struct view_theirs theirs;
	struct str theirs_text;
};

/* Health. */
enum desk_process {
	DESK_READER,
	DESK_NEWSROOM,
	DESK_TILL,
	DESK_WATCH,
	DESK_VAULT,
	DESK_DARKROOM,
	DESK_SUPERVISOR,
	DESK_PROCESSES,
};

struct view_desk_process {
	enum desk_process kind;
	unsigned number; /* of a reader, from 1 */
	bool is_alive;
	bool has_since;
	struct civil since;
	uint64_t restarts;
};

struct view_desk_file {
	enum msg what;
	uint64_t bytes;
};

/* A disk on which folders of the paper lie; bytes. */
struct view_desk_disk {
	struct str folders; /* "private, public" */
	uint64_t free, all;
};

/* A story that was, or will be, published. */
struct view_desk_moment {
	struct str headline; /* empty: there is none */
	struct str url;
	struct civil at;
};

/* Something that is wrong: a message, or words that came from elsewhere. */
struct view_desk_trouble {
	enum msg msg;			     /* MSG_COUNT: only ALARM */
	struct str value, second;	     /* for {0} and {1} */
	const struct view_desk_alarm *alarm; /* of the till; in their place */
	struct str url; /* where one sees to it; may be empty */
	enum msg link;
};

enum { DESK_TROUBLES = 24 };

struct view_desk_health {
	const struct view_desk_process *processes;
	size_t processes_n;
	const struct view_desk_file *files;
	size_t files_n;
	const struct view_desk_disk *disks;
	size_t disks_n;
	int landlock;
	bool has_pin, is_pin_apart;
	struct str version;
	struct view_desk_moment last, next;
	const struct view_desk_chain *chain; /* NULL: not known */
	struct view_desk_trouble troubles[DESK_TROUBLES];
	size_t troubles_n;
};

/* The first steps, in a good order. */
enum desk_step {
	DESK_STEP_NAME,
	DESK_STEP_SECTIONS,
	DESK_STEP_PERSON,
	DESK_STEP_SECOND,
	DESK_STEP_OWNER,
	DESK_STEP_STORY,
	DESK_STEP_PICTURE,
	DESK_STEP_FRONT,
	DESK_STEP_SUPPORT,
	DESK_STEPS,
};

struct view_desk_steps {
	bool is_done[DESK_STEPS];
	struct str
	    urls[DESK_STEPS]; /* empty: the step is not for this person */
	bool is_hidden;
};

#endif
