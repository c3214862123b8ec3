/* SPDX-License-Identifier: MIT
 *
 * The results that functions return: one small closed list for the whole
 * program. A function says in its header which of these it can give. Outputs
 * are left untouched unless the result is RC_OK.
 *
 * A result says what kind of thing went wrong, so that the caller can decide;
 * what a person should read about it goes into a struct err (base/err.h).
 */
#ifndef BASE_RC_H
#define BASE_RC_H

/* The compiler refuses a call whose answer is dropped. */
#define MUST_USE		__attribute__((warn_unused_result))

/* Checks the arguments of a function like those of printf. FMT and FIRST
 * count from 1; FIRST is 0 for functions that take a va_list. */
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))

enum rc {
	RC_OK = 0,
	RC_NOT_FOUND, /* no such thing */
	RC_EXISTS,    /* it is there already */
	RC_INVALID,   /* the input breaks a rule of its format */
	RC_LIMIT,     /* a limit set at birth was reached */
	RC_NO_MEMORY, /* the machine or an arena has no memory left */
	RC_NO_SPACE,  /* the disk, or the quota on it, is full */
	RC_IO,	      /* the world failed: a file, a socket, a process */
	RC_BUSY,      /* another one holds it; try again later */
	RC_DENIED,    /* not allowed, by the system or by our own rules */
	RC_NEWER,     /* written by a newer version than this one */
	RC_GONE,      /* it was here and has been withdrawn */
	RC_DAMAGED,   /* a file of ours holds what nobody can have written */
	RC_COUNT,     /* how many there are; never returned */
};

/* The name of RC in lower case words, for messages and tests: "no space".
 * Lives for ever. A value outside the list is a programming error. */
const char *rc_name(enum rc rc);

#endif
