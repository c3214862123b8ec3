/* SPDX-License-Identifier: MIT
 *
 * The server over one page in memory: what http/ costs without a site.
 *
 *	hot PORT FILE [LOG]	port 0: any; FILE is the page's HTML; prints
 *				"ready PORT" when it listens
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/must.h"
#include "http/server.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/socket.h"

static struct entity *answer(
    void *ctx, const struct http_request *request, struct instant now)
{
	(void)request;
	(void)now;
	return entity_ref(ctx);
}

static struct entity *page_of(const char *path)
{
	static char page[1 << 20];
	FILE *in = fopen(path, "rb");
	size_t n = in ? fread(page, 1, sizeof(page), in) : 0;
	struct entity *e;

	if (!in) {
		perror(path);
		exit(1);
	}
	fclose(in);
	e = entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("text/html; charset=utf-8"),
	    .cache = STR("public, max-age=60"),
	    .modified = INSTANT_OF_S(784111777),
	    .is_html = true,
	    .csp = STR("default-src 'none'; style-src 'self'"),
	    .body = {page, n}});
	must(e);
	return e;
}

int main(int argc, char **argv)
{
	struct address place;
	struct http_config config = {.answer = answer,
	    .connections_max = 20000,
	    .requests_per_s = 1000000,
	    .requests_burst = 1000000,
	    .head_deadline_ms = 10000,
	    .idle_deadline_ms = 60000,
	    .send_min_bytes_per_s = 1000,
	    .cold_budget_ms = 50,
	    .access_log_fd = -1};
	struct http_server *server;
	struct loop *loop;
	int fd;

	if (argc < 3) {
		fprintf(stderr, "usage: %s PORT FILE [LOG]\n", argv[0]);
		return 1;
	}
	must(random_start() == RC_OK);
	must(loop_new(&loop, NULL) == RC_OK);
	socket_raise_limit(20000);
	config.ctx = page_of(argv[2]);
	if (argc > 3)
		config.access_log_fd =
		    open(argv[3], O_WRONLY | O_CREAT | O_APPEND, 0600);
	must(address_parse(STR("127.0.0.1"), &place) == RC_OK);
	place.port = (uint16_t)strtoul(argv[1], NULL, 10);
	must(socket_listen(&place, 4096, &fd, 1, NULL) == RC_OK);
	must(socket_local(fd, &place) == RC_OK);
	server = http_server_new(loop, &config);
	must(http_server_listen(server, fd, NULL) == RC_OK);
	printf("ready %u\n", (unsigned)place.port);
	fflush(stdout);
	loop_run(loop);
}
