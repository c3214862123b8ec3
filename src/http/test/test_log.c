/* SPDX-License-Identifier: MIT
 *
 * What the server writes into its access log, and what it leaves out.
 */
#include "http/test/rig.h"

static void the_log_has_no_address_and_no_tricks(void **state)
{
	struct http_config config = fair_config();
	FILE *out = tmpfile();
	char line[1000];
	struct rig *rig;
	int fd;

	(void)state;
	assert_non_null(out);
	config.access_log_fd = fileno(out);
	rig = rig_new(config);
	fd = dial(rig);
	SAY(fd, "GET /%D0%BF%20%22?secret HTTP/1.1\r\nHost: a\r\n"
		"User-Agent: x\"\\\t\x80y\r\n\r\nnonsense\r\n");
	receive_all(rig, fd);
	close(fd);
	rig_free(rig);
	rewind(out);
	assert_non_null(fgets(line, sizeof(line), out));
	assert_int_equal(count(str_of(line), "127.0.0.1"), 0);
	assert_int_equal(count(str_of(line), "secret"), 0);
	assert_int_equal(count(str_of(line), "Z GET /%D0%BF%20%22 200 "), 1);
	assert_int_equal(
	    count(str_of(line), "us identity \"x\\x22\\x5C\\x09\\x80y\"\n"), 1);
	assert_non_null(fgets(line, sizeof(line), out));
	assert_int_equal(count(str_of(line), "Z - - 400 "), 1);
	assert_null(fgets(line, sizeof(line), out));
	fclose(out);
}

static void the_log_hides_what_is_private(void **state)
{
	struct http_config config = fair_config();
	FILE *out = tmpfile();
	char line[1000];
	struct rig *rig;
	int fd;

	(void)state;
	assert_non_null(out);
	config.access_log_fd = fileno(out);
	config.logs_addresses = true;
	config.trusts_loopback = true;
	config.private_path = STR("/support");
	rig = rig_new(config);
	fd = dial(rig);
#define ASK(path)                                                              \
	"GET " path " HTTP/1.1\r\nHost: a\r\nUser-Agent: rare\r\n"             \
	"X-Forwarded-For: 192.0.2.7\r\n\r\n"
	SAY(fd, ASK("/support") ASK("/support/gift/TOKEN?TOKEN")
		    ASK("/SupporT/gift/TOKEN") ASK("/%73upport/TOKEN")
			ASK("http://a/support/TOKEN") ASK("/supporters"));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 6);
	close(fd);
	rig_free(rig);
#undef ASK
	rewind(out);
	for (int i = 0; i < 5; i++) {
		assert_non_null(fgets(line, sizeof(line), out));
		assert_int_equal(count(str_of(line), "Z GET /support 200 "), 1);
		assert_true(str_ends(str_of(line), STR("us identity \"\"\n")));
	}
	/* And hides nothing else. */
	assert_non_null(fgets(line, sizeof(line), out));
	assert_int_equal(count(str_of(line), "Z GET /supporters 200 "), 1);
	assert_true(str_ends(str_of(line), STR(" \"rare\" 192.0.2.7\n")));
	assert_null(fgets(line, sizeof(line), out));
	fclose(out);
}

/* What readers wrote into the field themselves stands before what the proxy saw
 * (RFC 7239 8.1), and limits are counted by the latter. */
static void the_log_names_the_reader_whom_the_proxy_saw(void **state)
{
	static const char *const names[] = {"203.0.113.9", "203.0.113.9",
	    "2001:db8::7", "203.0.113.10", "127.0.0.1", "127.0.0.1"};
	struct http_config config = fair_config();
	FILE *out = tmpfile();
	char line[1000];
	struct rig *rig;
	int fd;

	(void)state;
	assert_non_null(out);
	config.access_log_fd = fileno(out);
	config.logs_addresses = true;
	config.trusts_loopback = true;
	rig = rig_new(config);
	fd = dial(rig);
#define ASK(path, from)                                                        \
	"GET " path " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " from "\r\n\r\n"
	SAY(fd, ASK("/", "6.6.6.6, 203.0.113.9") ASK("/", "203.0.113.9:4711")
		    ASK("/", "6.6.6.6,[2001:db8::7]"));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 3);
	SAY(fd, ASK("/later", "6.6.6.1, 6.6.6.2, 6.6.6.3, 6.6.6.4, 6.6.6.5, "
			      "6.6.6.6, 6.6.6.7, 203.0.113.10"));
	turn(rig, 20);
	assert_int_equal(rig->later_n, 1);
	http_later_answer(rig->later[0], entity_ref(rig->page));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 1);
	SAY(fd, ASK("/", "6.6.6.6, nobody\xff") ASK("/", ""));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 2);
#undef ASK
	close(fd);
	rig_free(rig);
	rewind(out);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		assert_non_null(fgets(line, sizeof(line), out));
		line[strcspn(line, "\n")] = '\0';
		assert_string_equal(strrchr(line, ' ') + 1, names[i]);
	}
	assert_null(fgets(line, sizeof(line), out));
	fclose(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_log_has_no_address_and_no_tricks),
	    cmocka_unit_test(the_log_hides_what_is_private),
	    cmocka_unit_test(the_log_names_the_reader_whom_the_proxy_saw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
