/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The program's own folder is not in the library. */
#include "app/config.c"
#include "app/config_watch.c"
#include "app/say.c"

static struct config config;
static struct err err;

static void refused(const char *text, const char *why)
{
	config.readers = 77;
	assert_int_not_equal(config_parse(str_of(text), &config, &err), RC_OK);
	if (!strstr(err.why, why))
		fail_msg("\"%s\" says \"%s\"", text, err.why);
	assert_int_equal(config.readers, 77);
}

static void accepted(const char *text)
{
	if (config_parse(str_of(text), &config, &err) != RC_OK)
		fail_msg("\"%s\" says \"%s\"", text, err.why);
}

static void an_empty_file_means_the_defaults(void **state)
{
	struct config defaults;

	(void)state;
	accepted("");
	config_default(&defaults);
	assert_memory_equal(&config, &defaults, sizeof(config));
	assert_string_equal(config.listen[0], "127.0.0.1:8080");
	assert_string_equal(config.metrics, "127.0.0.1:9180");
	assert_true(config.trusts_loopback);
	assert_false(config.logs_addresses);
}

static void every_key_is_read(void **state)
{
	(void)state;
	accepted("# a comment\n"
		 "\n"
		 "  listen = 127.0.0.1:80 [::1]:80   *:81 \r\n"
		 "metrics=off\n"
		 "readers = 3\n"
		 "cache_mb = 5\n"
		 "access_log = log/access\n"
		 "log_addresses = yes\n"
		 "trust_loopback = no\n"
		 "host = example.org\n"
		 "newsroom = [::1]:82\n"
		 "newsroom_origin = https://desk.example.org\n"
		 "connections = 100\n"
		 "connections_per_address = 9\n"
		 "requests_per_second = 8\n"
		 "requests_burst = 7\n"
		 "head_seconds = 6\n"
		 "idle_seconds = 5\n"
		 "slowest_bytes_per_second = 4\n"
		 "cold_budget_ms = 3\n"
		 "grace_seconds = 2\n"
		 "watchdog_seconds = 0");
	assert_int_equal(config.listen_n, 3);
	assert_string_equal(config.listen[1], "[::1]:80");
	assert_string_equal(config.listen[2], "*:81");
	assert_string_equal(config.metrics, "");
	assert_true(config.has_metrics);
	assert_int_equal(config.readers, 3);
	assert_int_equal(config.cache_mb, 5);
	assert_string_equal(config.access_log, "log/access");
	assert_true(config.logs_addresses);
	assert_false(config.trusts_loopback);
	assert_string_equal(config.host, "example.org");
	assert_int_equal(config.connections, 100);
	assert_int_equal(config.connections_per_address, 9);
	assert_int_equal(config.requests_per_second, 8);
	assert_int_equal(config.requests_burst, 7);
	assert_int_equal(config.head_seconds, 6);
	assert_int_equal(config.idle_seconds, 5);
	assert_int_equal(config.slowest_bytes_per_second, 4);
	assert_int_equal(config.cold_budget_ms, 3);
	assert_int_equal(config.grace_seconds, 2);
	assert_int_equal(config.watchdog_seconds, 0);
	assert_string_equal(config.newsroom, "[::1]:82");
	assert_string_equal(config.newsroom_origin, "https://desk.example.org");
}

static void the_newsrooms_origin_is_as_browsers_write_it(void **state)
{
	static const char *const bad[] = {"desk.example.org",
	    "http://desk.example.org", "https://Desk.example.org",
	    "https://desk.example.org/", "https://desk.example.org:443",
	    "http://localhost:080", "https://", "http://127.0.0.1:8081"};
	static const char *const good[] = {"https://desk.example.org",
	    "https://desk.example.org:8443", "http://localhost:8081",
	    "http://abcdefghijklmnop.onion"};
	char line[200];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		snprintf(line, sizeof(line), "newsroom_origin = %s", good[i]);
		accepted(line);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(line, sizeof(line), "newsroom_origin = %s", bad[i]);
		assert_int_equal(
		    config_parse(str_of(line), &config, &err), RC_INVALID);
	}
}

static void every_key_of_the_watch_is_read(void **state)
{
	(void)state;
	accepted("node = http://anna:secret@127.0.0.1:8332\n"
		 "node = https://node.example\n"
		 "node_auth = /var/lib/node/.cookie\n"
		 "node_ca = /etc/node/rpc.cert\n"
		 "node_poll_seconds = 11\n"
		 "node_notices = tcp://127.0.0.1:28332\n"
		 "node_notices = tcp://[::1]:28333\n"
		 "rates = coinbase, kraken bitstamp\n"
		 "rate_source = mine https://example.org/{cur} data.0.last\n"
		 "rate_currency = CHF\n"
		 "rate_minutes = 12\n"
		 "socks5 = [::1]:9050");
	assert_int_equal(config.watch.nodes_n, 2);
	assert_string_equal(config.watch.nodes[1], "https://node.example");
	assert_string_equal(config.watch.node_auth, "/var/lib/node/.cookie");
	assert_int_equal(config.watch.node_poll_seconds, 11);
	assert_int_equal(config.watch.notices_n, 2);
	assert_string_equal(config.watch.notices[1], "tcp://[::1]:28333");
	assert_false(config.watch.notices_off);
	assert_int_equal(config.watch.rates_n, 4);
	assert_string_equal(config.watch.rates[2].name, "bitstamp");
	assert_string_equal(config.watch.rates[3].name, "mine");
	assert_string_equal(
	    config.watch.rates[3].url, "https://example.org/{cur}");
	assert_string_equal(config.watch.rates[3].path, "data.0.last");
	assert_true(config.watch.has_rate_currency);
	assert_int_equal(config.watch.rate_minutes, 12);
	assert_string_equal(config.watch.socks5, "[::1]:9050");
	assert_true(config_watches(&config));
	assert_true(config_has_secret(&config));
}

static void every_key_is_in_a_test_above_and_in_the_header(void **state)
{
	(void)state;
	assert_int_equal(KEYS_N, 30);
}

static void what_is_not_understood_is_refused_with_its_line(void **state)
{
	(void)state;
	refused("readers = 1\nreader = 2\n",
	    "farthing.conf:2: unknown key \"reader\"; the keys are: listen, ");
	refused("readers = 1\n\nreaders = 1\n",
	    "farthing.conf:3: readers was given in line 1 already");
	refused("hello\n", "farthing.conf:1: not understood");
	refused("readers =\n", "the value is missing");
	refused(" = 5\n", "unknown key \"\"");
	refused("Readers = 5\n", "unknown key");
	refused("include = other.conf\n", "unknown key");
}

static void values_that_cannot_be_are_refused(void **state)
{
	(void)state;
	refused("readers = 33\n", "from 0 to 32");
	refused("readers = -1\n", "whole number");
	refused("readers = 1.5\n", "whole number");
	refused("readers = 0x2\n", "whole number");
	refused("cache_mb = 0\n", "from 1 to 65536");
	refused("cache_mb = 99999999999999999999\n", "from 1");
	refused("trust_loopback = true\n", "write yes or no");
	refused("listen = localhost:80\n", "write addresses as");
	refused("listen = 127.0.0.1\n", "write addresses as");
	refused("listen = 127.0.0.1:0\n", "write addresses as");
	refused("listen = 127.0.0.1:65536\n", "write addresses as");
	refused("listen = *:1 *:2 *:3 *:4 *:5 *:6 *:7 *:8 *:9\n", "at most 8");
	refused("metrics = 192.0.2.1:9180\n", "loopback");
	refused("metrics = *:9180\n", "loopback");
	refused("host = http://example.org\n", "example.org");
	refused("node = 127.0.0.1:8332\n", "write it as http://");
	refused("node = http://\n", "write it as http://");
	refused("node = http://a b\n", "write it as http://");
	refused("node = http://a\nnode = http://a\nnode = http://a\n"
		"node = http://a\nnode = http://a\n",
	    "at most 4 nodes");
	refused("node_auth = .cookie\n", "whole path");
	refused("node_auth = /a\nnode_auth = /b\n", "in line 1 already");
	refused("node_notices = http://127.0.0.1:1\n", "write tcp://");
	refused("node_notices = tcp://127.0.0.1\n", "write tcp://");
	refused("node_notices = tcp://127.0.0.1:0\n", "write tcp://");
	refused("node_notices = tcp://u@a:1\n", "write tcp://");
	refused("node_notices = off\nnode_notices = tcp://a:1\n", "either");
	refused("rates = coinbase, coinbase\n", "already");
	refused("rates = somebody\n", "no ready source");
	refused("rate_source = mine\n", "write NAME URL PATH");
	refused("rate_source = mine ftp://a b\n", "write NAME URL PATH");
	refused("rate_source = mine http://a b c\n", "write NAME URL PATH");
	refused("rate_minutes = 0\n", "from 1 to 1440");
	refused("socks5 = 127.0.0.1\n", "write HOST:PORT");
	refused("socks5 = 127.0.0.1:0\n", "write HOST:PORT");
}

static void a_message_repeats_no_password(void **state)
{
	(void)state;
	assert_int_not_equal(
	    config_parse(STR("node = ftp://anna:Geheim7@a\n"), &config, &err),
	    RC_OK);
	assert_null(strstr(err.why, "Geheim7"));
}

static void what_is_the_watch_s_alone_is_left_out_line_for_line(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct str text;

	(void)state;
	assert_int_equal(
	    config_without_secrets(a,
		STR("readers = 2\n node=http://u:Geheim7@a\r\n# x\n"
		    "socks5 = a:1\nnode_auth = /c\nrates = off\nhost = h"),
		&text, &err),
	    RC_OK);
	assert_true(str_eq(text, STR("readers = 2\n\n# x\n\n\n\nhost = h\n")));
	for (size_t i = 0; i < KEYS_N; i++) {
		struct str line = arena_printf(a, "%s = x", KEYS[i].name);
		bool is_watch =
		    KEYS[i].kind == KEY_WATCH ||
		    str_starts(str_of(KEYS[i].name), STR("rate_")) ||
		    str_starts(str_of(KEYS[i].name), STR("node_"));

		assert_int_equal(
		    config_without_secrets(a, line, &text, &err), RC_OK);
		assert_int_equal(text.n == 1, is_watch);
	}
	arena_free(a);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
	char nul[] = "readers = 1\0\n";

	(void)state;
	refused("\xef\xbb\xbfreaders = 1\n", "byte order mark");
	refused("# \xff\n", "no UTF-8");
	refused("access_log = a\x1b[31m\n", "no UTF-8 text");
	assert_int_equal(
	    config_parse((struct str){nul, sizeof(nul) - 1}, &config, &err),
	    RC_INVALID);
}

static void a_file_that_is_too_large_is_refused(void **state)
{
	static char big[CONFIG_MAX + 1];
	char value[CONFIG_TEXT_MAX + 20] = "access_log = ";

	(void)state;
	memset(big, '#', sizeof(big));
	assert_int_equal(
	    config_parse((struct str){big, sizeof(big)}, &config, &err),
	    RC_LIMIT);
	memset(value + 13, 'a', CONFIG_TEXT_MAX);
	refused(value, "too long");
}

static void write_file(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static void a_file_that_anyone_may_write_is_refused(void **state)
{
	char dir[] = "/tmp/farthing-config-XXXXXX";
	char path[sizeof(dir) + 20];
	struct arena *a = arena_new(1 << 20);
	struct str text;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/farthing.conf", dir);
	assert_int_equal(
	    config_load(a, str_of(dir), &text, &config, &err), RC_OK);
	assert_int_equal(text.n, 0);
	write_file(path, "readers = 2\n", 0644);
	assert_int_equal(
	    config_load(a, str_of(dir), &text, &config, &err), RC_OK);
	assert_int_equal(config.readers, 2);
	assert_true(str_eq(text, STR("readers = 2\n")));
	write_file(path, "readers = 3\n", 0646);
	assert_int_equal(
	    config_load(a, str_of(dir), &text, &config, &err), RC_DENIED);
	assert_non_null(strstr(err.why, "chmod o-w"));
	assert_int_equal(config.readers, 2);
	unlink(path);
	assert_int_equal(symlink("not-there", path), 0);
	assert_int_equal(
	    config_load(a, str_of(dir), &text, &config, &err), RC_NOT_FOUND);
	unlink(path);
	rmdir(dir);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_empty_file_means_the_defaults),
	    cmocka_unit_test(every_key_is_read),
	    cmocka_unit_test(the_newsrooms_origin_is_as_browsers_write_it),
	    cmocka_unit_test(every_key_of_the_watch_is_read),
	    cmocka_unit_test(every_key_is_in_a_test_above_and_in_the_header),
	    cmocka_unit_test(what_is_not_understood_is_refused_with_its_line),
	    cmocka_unit_test(values_that_cannot_be_are_refused),
	    cmocka_unit_test(a_message_repeats_no_password),
	    cmocka_unit_test(
		what_is_the_watch_s_alone_is_left_out_line_for_line),
	    cmocka_unit_test(bytes_that_are_no_text_are_refused),
	    cmocka_unit_test(a_file_that_is_too_large_is_refused),
	    cmocka_unit_test(a_file_that_anyone_may_write_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
