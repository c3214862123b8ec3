/* SPDX-License-Identifier: MIT
 *
 * What the supervisor keeps for the newsroom's pages: the socket on which
 * they are served, and both ends of the sockets between the newsroom and its
 * vault and its darkroom, so that what waits there outlives the death of
 * either.
 */
#include <string.h>
#include <stdio.h>

#include "app/say.h"
#include "app/supervisor.h"
#include "app/supervisor_priv.h"
#include "sys/address.h"
#include "sys/socket.h"

enum { STAFF_BACKLOG = 256 };

static const char WHO[] = "farthing";

enum rc supervisor_listen_staff(struct supervisor *s)
{
	const struct config *config = &s->now.config;
	struct err err = {0};
	enum rc rc;

	if (!config->newsroom[0])
		return RC_OK;
	rc = supervisor_listen(
	    s, config->newsroom, STAFF_BACKLOG, &s->newsroom_fd, 1, &err);
	if (rc != RC_OK)
		s->newsroom_fd = -1;
	else
		rc = socket_pair_packets(s->vault, &err);
	if (rc == RC_OK && s->newsroom_fd >= 0)
		rc = socket_pair_packets(s->darkroom, &err);
	if (rc == RC_OK)
		return RC_OK;
	/* A second paper on this machine is served without being told where
	 * its newsroom shall be. */
	if (config->has_newsroom || s->newsroom_fd >= 0) {
		say(WHO, "%s", err.why);
		return rc;
	}
	say(WHO,
	    "serving without the newsroom's pages: another program, perhaps a "
	    "paper of yours, has %s (see \"newsroom\" in farthing.conf)",
	    config->newsroom);
	return RC_OK;
}

void supervisor_staff_order(
    const struct supervisor *s, struct child_order *order)
{
	order->vault_fd = -1;
	order->darkroom_fd = -1;
	if (s->newsroom_fd < 0)
		return;
	if (order->role == CHILD_NEWSROOM) {
		order->listen[0] = s->newsroom_fd;
		order->listen_n = 1;
		order->vault_fd = s->vault[0];
		order->darkroom_fd = s->darkroom[0];
	} else if (order->role == CHILD_VAULT) {
		order->vault_fd = s->vault[1];
	} else if (order->role == CHILD_DARKROOM) {
		order->darkroom_fd = s->darkroom[1];
	}
}

void supervisor_announce_staff(const struct supervisor *s)
{
	struct address address;

	if (s->newsroom_fd < 0)
		return;
	if (socket_local(s->newsroom_fd, &address) != RC_OK)
		return;
	/* Browsers have to come by that name, wherever it listens. */
	if (s->now.config.newsroom_origin[0] &&
	    s->newsroom_port != SUPERVISOR_NO_PORT)
		printf("Newsroom: 127.0.0.1:%u, to browsers that a proxy "
		       "brings there from %s/ (newsroom_origin)\n",
		    address.port, s->now.config.newsroom_origin);
	else if (s->now.config.newsroom_origin[0])
		printf("Newsroom: %s/\n", s->now.config.newsroom_origin);
	else
		printf("Newsroom: http://localhost:%u/\n", address.port);
}
