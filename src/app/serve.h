/* SPDX-License-Identifier: MIT
 *
 * The command `serve`: a paper is served to its readers until a signal ends
 * it. The processes that it consists of are calls of the same command, which
 * a person never makes.
 */
#ifndef APP_SERVE_H
#define APP_SERVE_H

/* Gets the words behind `serve`: DIR [--port N]. Returns the exit code. */
int serve_command(int argc, char **argv);

#endif
