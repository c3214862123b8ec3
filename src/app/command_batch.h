/* SPDX-License-Identifier: MIT
 *
 * What the parts of `farthing batch` share; see command_batch.c. All of them
 * but install work on a computer without a network and never open a socket.
 */
#ifndef APP_COMMAND_BATCH_H
#define APP_COMMAND_BATCH_H

#include "app/options.h"
#include "base/err.h"
#include "coin/descriptor.h"
#include "coin/minisign.h"
#include "coin/statement.h"

struct arena;

/* A row of the table in command_batch.c, as in app/command.h. */
struct batch_command {
	const char *name;
	const char *words;
	const char *summary;
	const char *help;
	const char *example;
	int (*run)(int argc, char **argv);
};

int batch_new_key(int argc, char **argv);
int batch_rotate(int argc, char **argv);
int batch_sign(int argc, char **argv);
int batch_show(int argc, char **argv);
int batch_rescue(int argc, char **argv);
int batch_install(int argc, char **argv);

/* Prints "farthing batch NAME: why"; returns EXIT_FAILED. */
int batch_failed(const char *name, const struct err *err);
/* The same, and how it is called; ERR may be NULL. Returns EXIT_USAGE. */
int batch_usage(const char *name, const struct err *err);

/* Reads the public key that TEXT is, or that lies in the file TEXT. */
MUST_USE enum rc batch_read_key(struct arena *a, struct str text,
    struct minisign_key *ret_key, struct err *err);
/* Reads the descriptor that TEXT is, or that lies in the file TEXT ("-":
 * standard input). No message repeats any of it. */
MUST_USE enum rc batch_read_descriptor(struct arena *a, struct str text,
    const struct descriptor **ret_descriptor, struct err *err);

/* What a person compares: "  key: abcd efgh ...". */
void batch_print_key(const char *what, struct hash256 key_hash);
/* Lines about a statement, each with two spaces before it. */
void batch_print_statement(const struct statement *s);
/* A number with commas, "1,000,000". */
void batch_print_number(uint64_t n);

#endif
