/* SPDX-License-Identifier: MIT
 *
 * The client, over libcurl's easy interface; see client.h. A handle is reset
 * before each call, so that nothing of one call is left for the next but open
 * connections.
 */
#include "http/client.h"

#include <stdlib.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "http/late_curl.h"

enum {
	ARENA_BYTES = 64 * 1024 * 1024, /* for URL, user, and a large body */
	CONNECT_MS_MAX = 20000,
	CONNECTIONS_KEPT = 8,
};

struct http_client {
	CURL *curl;
};

/* One call. */
struct call {
	const struct http_ask *ask;
	struct buf *body;
	size_t start; /* what BODY held before */
	bool is_too_long;
	bool is_given_up;
};

enum rc http_client_new(struct http_client **ret_client, struct err *err)
{
	struct http_client *c;
	enum rc rc = late_curl_load(err);

	if (rc != RC_OK)
		return rc;
	c = calloc(1, sizeof(*c));
	if (!c || curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		goto fail;
	c->curl = curl_easy_init();
	if (!c->curl) {
		curl_global_cleanup();
		goto fail;
	}
	*ret_client = c;
	return RC_OK;
fail:
	free(c);
	return err_set(err, RC_NO_MEMORY, "no memory for an HTTP client");
}

void http_client_free(struct http_client *c)
{
	if (!c)
		return;
	curl_easy_cleanup(c->curl);
	curl_global_cleanup();
	free(c);
}

enum rc http_client_host(struct str url, struct str *ret_host)
{
	struct str rest, host;
	size_t n = 0;

	if (str_starts(url, STR("https://")))
		rest = str_from(url, 8);
	else if (str_starts(url, STR("http://")))
		rest = str_from(url, 7);
	else
		return RC_INVALID;
	while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' &&
	       rest.p[n] != '#')
		n++;
	host = str_part(rest, 0, n);
	if (n == 0 || n > 255 || str_find(host, '@') < n ||
	    str_find(url, '\\') < url.n)
		return RC_INVALID;
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' ||
		    (unsigned char)url.p[i] >= 0x7f)
			return RC_INVALID;
	*ret_host = host;
	return RC_OK;
}

static size_t take_body(char *p, size_t size, size_t n, void *ctx)
{
	struct call *call = ctx;

	n *= size;
	if (n > call->ask->bytes_max - (call->body->n - call->start)) {
		call->is_too_long = true;
		return 0;
	}
	buf_add(call->body, (struct str){p, n});
	if (buf_rc(call->body) != RC_OK) {
		call->is_too_long = true;
		return 0;
	}
	return n;
}

static int go_on(void *ctx, curl_off_t down_all, curl_off_t down,
    curl_off_t up_all, curl_off_t up)
{
	struct call *call = ctx;

	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	if (call->ask->go_on && !call->ask->go_on(call->ask->ctx))
		call->is_given_up = true;
	return call->is_given_up ? 1 : 0;
}

/* Options whose value is text: a NUL is put behind it here. An empty one is
 * not set. */
static bool set_text(
    CURL *curl, CURLoption option, struct arena *a, struct str text)
{
	char *p;

	if (text.n == 0)
		return true;
	if (str_find(text, '\0') < text.n)
		return false;
	p = arena_cstr(a, text);
	return p && curl_easy_setopt(curl, option, p) == CURLE_OK;
}

static bool set_where(CURL *curl, struct arena *a, const struct http_ask *ask)
{
	struct str proxy = STR_NONE;

	if (ask->proxy.n > 0)
		proxy = arena_printf(a, "socks5h://%.*s", STR_ARG(ask->proxy));
	if (ask->proxy.n > 0 && !proxy.p)
		return false;
	/* Also said when empty: else the environment would be asked. */
	if (curl_easy_setopt(curl, CURLOPT_PROXY, proxy.n ? proxy.p : "") !=
	    CURLE_OK)
		return false;
	return curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR,
		   "http,https") == CURLE_OK &&
	       set_text(curl, CURLOPT_URL, a, ask->url) &&
	       set_text(curl, CURLOPT_CAINFO, a, ask->ca_file) &&
	       set_text(curl, CURLOPT_USERNAME, a, ask->user) &&
	       set_text(curl, CURLOPT_PASSWORD, a, ask->password);
}

static bool set_limits(CURL *curl, const struct http_ask *ask)
{
	long ms = ask->ms_max > 0x7fffffff ? 0x7fffffff : (long)ask->ms_max;
	long redirects = (long)ask->redirects;

	return curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, ms) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
		   ms < CONNECT_MS_MAX ? ms : (long)CONNECT_MS_MAX) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE,
		   (curl_off_t)ask->bytes_max) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION,
		   redirects > 0 ? 1L : 0L) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_MAXREDIRS, redirects) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_MAXCONNECTS,
		   (long)CONNECTIONS_KEPT) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_HTTP_VERSION,
		   (long)CURL_HTTP_VERSION_1_1) == CURLE_OK;
}

static bool set_calls(CURL *curl, struct call *call)
{
	return curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_WRITEDATA, call) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_XFERINFODATA, call) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_USERAGENT, "farthing") ==
		   CURLE_OK;
}

/* Sets the body and its head fields. *RET_FIELDS is freed by the caller. */
static bool set_body(CURL *curl, struct arena *a, const struct http_ask *ask,
    struct curl_slist **ret_fields)
{
	struct curl_slist *more;
	struct str type;

	if (!ask->body.p)
		return true;
	type =
	    arena_printf(a, "Content-Type: %.*s", STR_ARG(ask->content_type));
	if (!type.p)
		return false;
	*ret_fields = curl_slist_append(NULL, type.p);
	if (!*ret_fields)
		return false;
	/* No waiting for "100 Continue". */
	more = curl_slist_append(*ret_fields, "Expect:");
	if (!more)
		return false;
	return curl_easy_setopt(curl, CURLOPT_HTTPHEADER, *ret_fields) ==
		   CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		   (curl_off_t)ask->body.n) == CURLE_OK &&
	       curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask->body.p) ==
		   CURLE_OK;
}

/* What CODE means for the caller. */
static enum rc result(
    const struct call *call, CURLcode code, struct str host, struct err *err)
{
	if (call->is_given_up)
		return err_set(err, RC_BUSY, "%.*s: given up", STR_ARG(host));
	if (call->is_too_long || code == CURLE_FILESIZE_EXCEEDED)
		return err_set(err, RC_LIMIT,
		    "%.*s: the answer is above %zu bytes", STR_ARG(host),
		    call->ask->bytes_max);
	if (code == CURLE_OPERATION_TIMEDOUT)
		return err_set(err, RC_LIMIT, "%.*s: no whole answer in %u ms",
		    STR_ARG(host), call->ask->ms_max);
	return err_set(
	    err, RC_IO, "%.*s: %s", STR_ARG(host), curl_easy_strerror(code));
}

enum rc http_client_ask(struct http_client *c, const struct http_ask *ask,
    struct buf *body, unsigned *ret_status, struct err *err)
{
	struct call call = {.ask = ask, .body = body, .start = body->n};
	struct curl_slist *fields = NULL;
	struct arena *a;
	struct str host;
	CURLcode code;
	long status = 0;
	enum rc rc = RC_OK;

	must(ask->bytes_max > 0 && ask->ms_max > 0);
	must(ask->redirects <= HTTP_CLIENT_REDIRECTS_MAX);
	if (http_client_host(ask->url, &host) != RC_OK)
		return err_set(err, RC_INVALID,
		    "not an address that begins with http:// or https://");
	a = arena_new(ARENA_BYTES);
	curl_easy_reset(c->curl);
	if (!set_where(c->curl, a, ask) || !set_limits(c->curl, ask) ||
	    !set_calls(c->curl, &call) || !set_body(c->curl, a, ask, &fields)) {
		rc = err_set(err, RC_INVALID, "%.*s: the call cannot be made",
		    STR_ARG(host));
		goto done;
	}
	code = curl_easy_perform(c->curl);
	(void)curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status);
	if (code != CURLE_OK || call.is_given_up)
		rc = result(&call, code, host, err);
	else
		*ret_status = status < 0 ? 0 : (unsigned)status;
done:
	if (rc != RC_OK)
		buf_cut(body, call.start);
	curl_slist_free_all(fields);
	arena_free(a);
	return rc;
}
