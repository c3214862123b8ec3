/* SPDX-License-Identifier: MIT
 *
 * The commands of the binary: `farthing NAME words...`. Each is a row of the
 * table in command.c, from which `farthing help` is made, and a function in a
 * file command_*.c.
 *
 * A command gets the words behind its name. It prints what was asked for to
 * standard output and everything else to standard error, and returns the exit
 * code.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/err.h"

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1, /* and it said why */
	EXIT_USAGE = 2,	 /* it was called wrongly */
};

struct command {
	const char *name;
	const char *words;   /* "DIR STORY --note TEXT" */
	const char *summary; /* half a line for the list */
	const char *help;    /* some lines more, each ended by a newline */
	const char *example; /* whole lines as one types them */
	int (*run)(int argc, char **argv);
};

/* Ends with a row whose name is NULL. */
extern const struct command commands[];

/* The row of that name, or NULL. */
const struct command *command_find(const char *name);

/* Says on standard error that WHO was given NAME, which is none. */
void command_is_unknown(const char *who, const char *name);

/* Prints "farthing NAME: why" to standard error; returns EXIT_FAILED. */
int command_failed(const char *name, const struct err *err);
/* The same, and how the command is called; ERR may be NULL. Returns
 * EXIT_USAGE. */
int command_usage(const char *name, const struct err *err);

/* Prints WORD to standard output as a shell takes it: in quotation marks if
 * it has a space or a sign that the shell has a use for. */
void command_word(const char *word);

int command_help(int argc, char **argv);
int command_version(int argc, char **argv);
int command_init(int argc, char **argv);
int command_set(int argc, char **argv);
int command_import(int argc, char **argv);
int command_intake(int argc, char **argv);
int command_list(int argc, char **argv);
int command_show(int argc, char **argv);
int command_save(int argc, char **argv);
int command_submit(int argc, char **argv);
int command_publish(int argc, char **argv);
int command_withdraw(int argc, char **argv);
int command_schedule(int argc, char **argv);
int command_render(int argc, char **argv);
int command_probe(int argc, char **argv);
int command_watch_address(int argc, char **argv);
int command_support(int argc, char **argv);
int command_ledger(int argc, char **argv);
int command_batch(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_newsroom(int argc, char **argv);

#endif
