/* SPDX-License-Identifier: MIT
 *
 * `farthing probe KIND FILE`: one parser, called from a shell. What a fuzz
 * target has found, or a reader has reported, can so be looked at without a
 * debugger. Exit code 1 means that the parser refused the input.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/config.h"
#include "app/options.h"
#include "app/probe_chain.h"
#include "app/probe_coin.h"
#include "app/probe_newsroom.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/zone.h"
#include "http/entity.h"
#include "http/request.h"
#include "page/page.h"
#include "site/route.h"
#include "sys/file.h"
#include "text/charset.h"
#include "text/intake.h"
#include "text/manuscript.h"
#include "text/markdown.h"
#include "text/proof.h"
#include "text/slug.h"
#include "text/typography.h"

enum { PROBE_ARENA = 512 * 1024 * 1024, PROBE_MOST = 64 * 1024 * 1024 };

typedef enum rc probe_fn(
    struct arena *a, struct str in, struct buf *out, struct err *err);

static enum rc probe_date(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct civil c;
	enum rc rc = civil_parse(str_trim(in), &c);

	(void)a;
	if (rc != RC_OK)
		return err_set(err, rc, "not a date");
	civil_rfc3339(out, c);
	buf_printf(out, "\n%s, %s\n", c.has_time ? "with a time" : "a day",
	    c.has_offset ? "with an offset" : "in the paper's own time");
	return RC_OK;
}

static enum rc probe_zone(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	const struct zone *zone;
	enum rc rc = zone_parse(a, in, &zone, err);

	if (rc != RC_OK)
		return rc;
	for (int month = 1; month <= 12; month++) {
		struct civil c = {.year = 2026,
		    .month = (uint8_t)month,
		    .day = 15,
		    .hour = 12};

		civil_rfc3339(out, zone_civil(zone, civil_instant(c)));
		buf_char(out, '\n');
	}
	return RC_OK;
}

static enum rc probe_slug(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	(void)err;
	buf_add(out, slug_make(a, str_trim(in), STR_NONE));
	buf_char(out, '\n');
	return RC_OK;
}

static enum rc probe_charset(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct charset cs;
	enum rc rc = charset_read(a, in, &cs, err);

	if (rc != RC_OK)
		return rc;
	buf_printf(out, "%s, %u %% sure\n", cs.name, cs.sure);
	for (size_t i = 0; i < cs.notes_n; i++)
		buf_printf(out, "line %u: %.*s\n", (unsigned)cs.notes[i].line,
		    STR_ARG(cs.notes[i].text));
	buf_char(out, '\n');
	buf_add(out, cs.text);
	return RC_OK;
}

static enum rc probe_intake(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct intake intake;
	enum rc rc = intake_read(a, in, STR("en"), &intake, err);

	if (rc != RC_OK)
		return rc;
	manuscript_write(out, &intake.m);
	buf_char(out, '\n');
	intake_report(out, &intake, STR("input"));
	return RC_OK;
}

static enum rc probe_manuscript(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct manuscript m;
	enum rc rc = manuscript_parse(a, in, &m, err);

	if (rc != RC_OK)
		return rc;
	manuscript_write(out, &m);
	for (size_t i = 0; i < m.left_n; i++)
		buf_printf(out, "not carried: line %u: %.*s: %.*s\n",
		    (unsigned)m.left[i].line, STR_ARG(m.left[i].field),
		    STR_ARG(m.left[i].why));
	return RC_OK;
}

static enum rc probe_markdown(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct markdown_options options = {.lang = STR("en")};
	struct manuscript_left *left;
	struct node *document;
	size_t n;
	enum rc rc = markdown_parse(a, in, &options, &document, &left, &n);

	if (rc != RC_OK)
		return err_set(err, rc, "%s", rc_name(rc));
	page_body(out, document);
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "not carried: line %u: %.*s: %.*s\n",
		    (unsigned)left[i].line, STR_ARG(left[i].field),
		    STR_ARG(left[i].why));
	return RC_OK;
}

static enum rc probe_count(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct markdown_options options = {.lang = STR("en")};
	struct manuscript m;
	struct node *document;
	enum rc rc = manuscript_parse(a, in, &m, err);

	if (rc == RC_OK)
		rc = markdown_parse(a, m.body, &options, &document, NULL, NULL);
	if (rc == RC_OK)
		buf_printf(out, "%u words, %u characters\n",
		    node_words(document), node_characters(document));
	return rc;
}

/* The language stands in the first line, and after it lines to be set. */
static enum rc probe_typography(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct str lang = str_trim(str_cut(&in, '\n')), line;

	(void)a;
	(void)err;
	while (str_line(&in, &line)) {
		typography_line(out, line, lang);
		buf_char(out, '\n');
	}
	return RC_OK;
}

static enum rc probe_proof(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct proof_mark *marks;
	struct manuscript m;
	size_t n;
	enum rc rc = manuscript_parse(a, in, &m, err);

	if (rc == RC_OK)
		rc = proof_read(a, &m, STR("en"), &marks, &n);
	if (rc == RC_OK)
		proof_report(out, marks, n, STR("input"));
	return rc;
}

static enum rc probe_request(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct http_request request;
	unsigned status = 0;
	size_t used = 0;
	char *bytes = arena_cstr(a, in);

	if (!bytes)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	switch (http_request_parse(bytes, in.n, &request, &used, &status)) {
	case HTTP_PARSE_MORE:
		return err_set(err, RC_INVALID, "the request is not whole");
	case HTTP_PARSE_REFUSE:
		return err_set(err, RC_INVALID, "refused with %u", status);
	case HTTP_PARSE_DONE:
		buf_printf(out,
		    "%zu bytes\npath   %.*s\nquery  %.*s\nhost   %.*s\n", used,
		    STR_ARG(request.path), STR_ARG(request.query),
		    STR_ARG(request.host));
	}
	return RC_OK;
}

static enum rc probe_coding(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	static const char *const names[CODING_COUNT] = {
	    [CODING_IDENTITY] = "identity",
	    [CODING_GZIP] = "gzip",
	    [CODING_BR] = "br",
	};

	(void)a;
	(void)err;
	buf_printf(out, "%s\n", names[coding_choose(str_trim(in))]);
	return RC_OK;
}

static enum rc probe_route(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct str query = str_trim(in);
	struct str path = str_cut(&query, '?');
	struct route route;
	enum rc rc = route_parse(path, query, &route);

	(void)a;
	if (rc != RC_OK)
		return err_set(err, rc, "no page can be there");
	buf_printf(out, "kind %d%s\n", (int)route.kind,
	    route.is_moved ? ", moved to" : ", at");
	route_target(out, &route);
	buf_char(out, '\n');
	return RC_OK;
}

static enum rc probe_config(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct config config;
	enum rc rc = config_parse(in, &config, err);

	(void)a;
	if (rc == RC_OK)
		buf_printf(out, "listen %s, %u readers\n", config.listen[0],
		    config.readers);
	return rc;
}

static const struct probe {
	const char *name;
	const char *what;
	probe_fn *fn;
} probes[] = {
    {"date", "a date of front matter", probe_date},
    {"zone", "a time zone file", probe_zone},
    {"slug", "a headline, to its slug", probe_slug},
    {"charset", "bytes in any encoding, to UTF-8", probe_charset},
    {"intake", "raw text, to a manuscript", probe_intake},
    {"manuscript", "a manuscript, written anew", probe_manuscript},
    {"markdown", "a body, to HTML", probe_markdown},
    {"proof", "a manuscript, to its proof marks", probe_proof},
    {"count", "a manuscript, to the length of its body", probe_count},
    {"typography", "a language, and lines to be set below", probe_typography},
    {"request", "bytes of an HTTP request", probe_request},
    {"coding", "an Accept-Encoding field", probe_coding},
    {"route", "a path and query", probe_route},
    {"config", "a farthing.conf", probe_config},
    {"address", "a bitcoin address, to its script", probe_address},
    {"addresses", "running text, to the addresses in it", probe_addresses},
    {"xkey", "an extended public key", probe_xkey},
    {"descriptor", "a descriptor, to its addresses", probe_descriptor},
    {"payment-uri", "a payment link", probe_payment_uri},
    {"amount", "an amount of bitcoin", probe_amount},
    {"tx", "a transaction, as bytes or digits", probe_tx},
    {"block", "a block, the same", probe_block},
    {"fact", "a message between till and watch, the same", probe_fact},
    {"rate", "\"EUR PLACE\", and a source's answer below", probe_rate},
    {"gift-page", "a page that shows an address", probe_gift_page},
    {"form", "a form of the newsroom as it is sent", probe_form},
    {"newsroom-routes", "no file: the newsroom's addresses",
	probe_newsroom_routes},
    {0},
};

static bool reads_nothing(const struct probe *probe)
{
	return probe->fn == probe_newsroom_routes;
}

static int probe_run(const struct probe *probe, const char *file)
{
	struct arena *a = arena_new(PROBE_ARENA);
	struct err err = {0};
	struct str in;
	struct buf out;
	enum rc rc = RC_OK;

	buf_init(&out, PROBE_MOST);
	if (reads_nothing(probe))
		in = STR("");
	else
		rc = strcmp(file, "-") == 0
			 ? file_read_fd(
			       a, 0, "standard input", CHARSET_MAX, &in, &err)
			 : file_read(a, str_of(file), CHARSET_MAX, &in, &err);
	if (rc == RC_OK)
		rc = probe->fn(a, in, &out, &err);
	if (rc == RC_OK && buf_rc(&out) != RC_OK)
		rc = err_set(&err, buf_rc(&out), "too much to print");
	if (rc == RC_OK)
		rc = file_write_fd(1, "standard output", buf_str(&out), &err);
	buf_done(&out);
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : command_failed("probe", &err);
}

int command_probe(int argc, char **argv)
{
	struct option options[] = {{0}};
	struct words words;
	struct err err;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("probe", &err);
	if (words.n == 0) {
		for (const struct probe *p = probes; p->name; p++)
			printf("  %-15s %s\n", p->name, p->what);
		return EXIT_DONE;
	}
	if (words.n > 2)
		return command_usage("probe", NULL);
	for (const struct probe *p = probes; p->name; p++)
		if (strcmp(p->name, words.v[0]) == 0)
			return words.n == 2 || reads_nothing(p)
				   ? probe_run(p, words.v[words.n - 1])
				   : command_usage("probe", NULL);
	err_set(&err, RC_INVALID, "there is no probe \"%s\"", words.v[0]);
	return command_usage("probe", &err);
}
