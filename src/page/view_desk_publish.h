/* SPDX-License-Identifier: MIT
 *
 * What the screens of publishing are made from: where a story stands and what
 * can be done with it, the calendar, and the settings of the workflow.
 */
#ifndef PAGE_VIEW_DESK_PUBLISH_H
#define PAGE_VIEW_DESK_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/desk_words.h"
#include "page/view_desk_settings.h"
#include "page/view_desk_write.h"
#include "text/word_diff.h"

/* A moment, as the paper's clock and as all clocks show it. */
struct view_moment {
	bool is_known;
	struct civil here; /* in the paper's zone */
	struct civil utc;
	int64_t in_s; /* from now; below 0: it has passed */
};

/* Something that the checklist found. */
struct view_check {
	enum msg word; /* counts */
	bool blocks;
	uint64_t count;
	enum msg mark;	 /* the first proof mark; MSG_COUNT: none */
	struct str what; /* the address; may be empty */
	struct str url;	 /* where it is mended; may be empty */
};

struct view_check_list {
	const struct view_check *v;
	size_t n;
	bool is_blocked;
	struct view_stands stands; /* marks that somebody let stand */
};

/* What somebody did with the story. */
struct view_step {
	enum msg word;
	struct str who, note;
	struct civil at;
};

/* The one thing to do next, by this person. */
enum view_next {
	VIEW_NEXT_NOTHING, /* says "why" */
	VIEW_NEXT_SUBMIT,
	VIEW_NEXT_APPROVE,
	VIEW_NEXT_PUBLISH,
	VIEW_NEXT_CHANGE, /* readers have had it: with what kind of change */
};

/* A date and a time to be typed. */
struct view_when {
	struct str date, time; /* as typed */
	enum msg fault;	       /* MSG_COUNT: none */
	bool is_twice;	       /* the hour comes twice: which one? */
	bool is_gap;	       /* it never comes: which instead? */
	struct civil first, second;
};

struct view_person {
	struct str login, name;
};

/* What kind of change it is of something that readers have, and what they are
 * told. */
struct view_change_form {
	struct str kind, text;
	enum msg kind_fault, text_fault; /* MSG_COUNT: none */
	bool is_at_head, is_old_taken;
};

struct view_publish {
	struct str url; /* "/stories/17" */
	struct str headline;
	struct str lang; /* of the story */
	struct str section, writer, assigned;
	int64_t revision; /* the newest, which the person looks at */
	int status;	  /* of paper/paper.h */
	bool is_changed;
	struct str public_url; /* where readers find it; empty: nowhere */
	struct str withdrawn;  /* what readers are told instead */
	struct str sent_back;  /* the editor's note; may be empty */
	struct view_moment published, due, embargo;
	bool must_approve, is_approved;
	struct str approved_by;
	struct str zone; /* "Europe/Berlin" */
	struct civil now;

	/* Of the newest text, or the one that was looked at; and of the one
	 * that is to appear by itself, where that is another. */
	struct view_check_list checks, due_checks;
	bool has_due_checks;
	/* What came up when it was due; empty: nothing, or somebody has seen to
	 * it. */
	struct str held;
	bool is_held; /* and it did not appear */

	enum view_next next;
	enum msg why;	  /* MSG_COUNT: nothing to say */
	bool can_publish; /* has the right, here */
	bool can_submit, can_recall, can_approve, can_unapprove, can_send_back;
	bool can_schedule, can_unschedule, can_embargo, can_assign;
	bool can_withdraw, can_put_back;
	bool is_again; /* a change that brings a withdrawn story back */

	/* Of a form that is shown again. */
	enum msg fault;	     /* MSG_COUNT: none */
	enum msg note_fault; /* of the note that sends back, MSG_COUNT */
	enum msg reason_fault;
	struct str note, reason;
	struct view_change_form change;
	struct view_when schedule, hold;

	/* What readers see against what they would see. */
	bool has_diff, is_only_form;
	struct word_diff headline_diff, standfirst_diff, text_diff;
	struct str compare_url;

	const struct view_step *steps;
	size_t steps_n;
	const struct view_person *editors;
	size_t editors_n;
	struct str assigned_login;
};

/* The calendar. */
enum view_calendar_form { VIEW_MONTH, VIEW_WEEK, VIEW_AGENDA };

struct view_date {
	enum msg word; /* published, scheduled, held back */
	struct civil at;
	struct str headline, section, url;
};

struct view_day {
	struct civil date;
	bool is_today, is_outside; /* of the month that is shown */
	int32_t shift_s;	   /* by how much the clock is changed */
	const struct view_date *v;
	size_t n;
};

struct view_calendar {
	enum view_calendar_form form;
	struct civil first;	     /* of the month or week */
	struct civil last;	     /* of the week */
	const struct view_day *days; /* whole weeks, from Monday on */
	size_t days_n;
	struct str zone;
	struct civil now;
	struct str newer, older, today; /* addresses */
	struct str month, week, agenda; /* the same time in each form */
	bool is_cut;			/* there is more than fits */
};

/* How publishing goes here. */
struct view_check_level {
	enum msg word;	 /* what is looked for */
	struct str name; /* of the item, in the form */
	int level;	 /* of paper/checklist.h */
	bool is_fixed;	 /* always blocks */
	bool has_theirs; /* somebody else has saved another meanwhile */
	int theirs;
};

struct view_publishing {
	struct view_desk_tabs tabs;
	bool must_approve;
	const struct view_check_level *levels;
	size_t levels_n;
	struct str seen; /* newsroom/seen.h */
	struct view_theirs theirs;
	bool has_theirs_eyes, theirs_eyes;
};

#endif
