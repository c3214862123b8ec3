/* SPDX-License-Identifier: MIT
 *
 * Bare connections, over libcurl's CONNECT_ONLY; see pipe.h. Each has a multi
 * handle of its own, which is how libcurl connects, looks up a name and shakes
 * hands for TLS without waiting.
 */
#include "http/pipe.h"

#include <curl/curl.h>

#include "base/arena.h"
#include "base/must.h"
#include "http/client.h"
#include "http/late_curl.h"

enum { TEXT_ARENA = 64 * 1024, IDLE_S = 60, PROBE_S = 20, HOST_ROOM = 80 };

struct http_pipe {
	struct arena *a; /* in which it lies itself */
	CURL *curl;
	CURLM *multi;
	bool is_added;
	bool stands;
	curl_socket_t fd;
	char host[HOST_ROOM]; /* for messages, cut to what fits */
};

static void keep_host(struct http_pipe *p, struct str host)
{
	size_t n = host.n < HOST_ROOM - 1 ? host.n : HOST_ROOM - 1;

	for (size_t i = 0; i < n; i++)
		p->host[i] = host.p[i];
	p->host[n] = '\0';
}

/* libcurl copies every text that it is given. */
static bool set_text(struct http_pipe *p, CURLoption option, struct str text)
{
	char *z;

	if (text.n == 0)
		return true;
	if (str_find(text, '\0') < text.n)
		return false;
	z = arena_cstr(p->a, text);
	return z && curl_easy_setopt(p->curl, option, z) == CURLE_OK;
}

static bool set_proxy(struct http_pipe *p, struct str proxy)
{
	/* Also said when empty: else the environment would be asked. */
	if (proxy.n == 0)
		return curl_easy_setopt(p->curl, CURLOPT_PROXY, "") == CURLE_OK;
	/* The name, too, is looked up behind it; and the bytes are not HTTP,
	 * which a proxy of SOCKS does not mind. */
	return curl_easy_setopt(p->curl, CURLOPT_PROXYTYPE,
		   (long)CURLPROXY_SOCKS5_HOSTNAME) == CURLE_OK &&
	       set_text(p, CURLOPT_PROXY, proxy);
}

static bool set_all(struct http_pipe *p, const struct http_pipe_place *place)
{
	CURL *curl = p->curl;
	long ms = place->ms_max > 0x7fffffff ? 0x7fffffff : (long)place->ms_max;

	return set_proxy(p, place->proxy) &&
	       curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") ==
		   CURLE_OK &&
	       set_text(p, CURLOPT_URL, place->url) &&
	       set_text(p, CURLOPT_CAINFO, place->ca_file) &&
	       curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L) == CURLE_OK &&
	       /* TLS must not agree on HTTP/2. */
	       curl_easy_setopt(curl, CURLOPT_HTTP_VERSION,
		   (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, ms) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_TCP_KEEPIDLE, (long)IDLE_S) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_TCP_KEEPINTVL, (long)PROBE_S) ==
		   CURLE_OK;
}

enum rc http_pipe_new(const struct http_pipe_place *place,
    struct http_pipe **ret_pipe, struct err *err)
{
	struct arena *a;
	struct http_pipe *p;
	struct str host;
	enum rc rc = late_curl_load(err);

	if (rc != RC_OK)
		return rc;
	must(place->ms_max > 0);
	if (http_client_host(place->url, &host) != RC_OK)
		return err_set(err, RC_INVALID,
		    "not an address that begins with http:// or https://");
	a = arena_new(TEXT_ARENA);
	p = ARENA_NEW(a, struct http_pipe);
	if (!p || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
		arena_free(a);
		return err_set(err, RC_NO_MEMORY, "no memory to connect");
	}
	p->a = a;
	p->fd = CURL_SOCKET_BAD;
	keep_host(p, host);
	p->curl = curl_easy_init();
	p->multi = curl_multi_init();
	if (!p->curl || !p->multi || !set_all(p, place) ||
	    curl_multi_add_handle(p->multi, p->curl) != CURLM_OK) {
		http_pipe_free(p);
		return err_set(err, RC_NO_MEMORY, "no memory to connect");
	}
	p->is_added = true;
	*ret_pipe = p;
	return RC_OK;
}

void http_pipe_free(struct http_pipe *p)
{
	if (!p)
		return;
	if (p->is_added)
		(void)curl_multi_remove_handle(p->multi, p->curl);
	curl_easy_cleanup(p->curl);
	curl_multi_cleanup(p->multi);
	curl_global_cleanup();
	arena_free(p->a);
}

enum rc http_pipe_turn(struct http_pipe *p, struct err *err)
{
	int running = 0, left = 0;
	const CURLMsg *message;

	must(!p->stands);
	if (curl_multi_perform(p->multi, &running) != CURLM_OK)
		return err_set(err, RC_IO, "%s: cannot connect", p->host);
	message = curl_multi_info_read(p->multi, &left);
	if (!message)
		return RC_BUSY;
	if (message->data.result != CURLE_OK)
		return err_set(err, RC_IO, "%s: %s", p->host,
		    curl_easy_strerror(message->data.result));
	if (curl_easy_getinfo(p->curl, CURLINFO_ACTIVESOCKET, &p->fd) !=
		CURLE_OK ||
	    p->fd == CURL_SOCKET_BAD)
		return err_set(err, RC_IO, "%s: not connected", p->host);
	p->stands = true;
	return RC_OK;
}

int http_pipe_fd(const struct http_pipe *p)
{
	return p->stands ? p->fd : -1;
}

static enum rc result(CURLcode code, size_t n, size_t *ret_n)
{
	if (code == CURLE_AGAIN)
		return RC_BUSY;
	if (code != CURLE_OK || n == 0)
		return RC_IO;
	*ret_n = n;
	return RC_OK;
}

enum rc http_pipe_send(struct http_pipe *p, struct str bytes, size_t *ret_n)
{
	size_t n = 0;

	must(p->stands && bytes.n > 0);
	CURLcode code = curl_easy_send(p->curl, bytes.p, bytes.n, &n);

	return result(code, n, ret_n);
}

enum rc http_pipe_recv(struct http_pipe *p, char *room, size_t n, size_t *ret_n)
{
	size_t got = 0;

	must(p->stands && n > 0);
	CURLcode code = curl_easy_recv(p->curl, room, n, &got);

	return result(code, got, ret_n);
}
