/* SPDX-License-Identifier: MIT
 *
 * The supervisor: the first process of a server. It binds the ports, starts
 * the readers and the newsroom, starts them again when they die, and hands
 * the server over to new settings (SIGHUP) or to a new program (SIGUSR2)
 * without a refused connection. It reads nothing that comes over the net.
 */
#ifndef APP_SUPERVISOR_H
#define APP_SUPERVISOR_H

#include "base/err.h"

enum { SUPERVISOR_NO_PORT = 65536 };

/* Serves the paper in DIR (an absolute path) until a signal ends it. PORT, if
 * not 0, stands in for the addresses of farthing.conf: 127.0.0.1:PORT, and so
 * does NEWSROOM_PORT (0: any that is free), if not SUPERVISOR_NO_PORT, for
 * that of the newsroom. Returns the exit code of the program; what went wrong
 * was said. */
int supervisor_run(const char *dir, unsigned port, unsigned newsroom_port);

#endif
