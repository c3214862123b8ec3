/* SPDX-License-Identifier: MIT
 *
 * Small forms. What is read lies in the form's own room, is clean text, and
 * is read again the same when it is written with everything encoded.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "http/form.h"

static void put(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_printf(b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
}

static void check(const struct http_form *form, struct str s)
{
	must(s.p >= form->room);
	must(s.p + s.n <= form->room + sizeof(form->room));
	must(utf8_is_valid(s));
	for (size_t i = 0; i < s.n; i++)
		must((unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct http_form form;
	static struct http_form again;
	struct buf b;
	enum rc rc;

	if (http_form_parse((struct str){(const char *)data, n}, &form))
		return 0;
	must(form.n <= HTTP_FORM_FIELDS_MAX);
	buf_init(&b, 3 * HTTP_FORM_MAX + 64);
	for (size_t i = 0; i < form.n; i++) {
		check(&form, form.v[i].name);
		check(&form, form.v[i].value);
		must(form.v[i].name.n > 0);
		must(http_form_value(&form, form.v[i].name).p ==
		     form.v[i].value.p);
		if (i > 0)
			buf_char(&b, '&');
		put(&b, form.v[i].name);
		buf_char(&b, '=');
		put(&b, form.v[i].value);
	}
	must(buf_rc(&b) == RC_OK);
	rc = http_form_parse(buf_str(&b), &again);
	must(rc == (b.n > HTTP_FORM_MAX ? RC_LIMIT : RC_OK));
	for (size_t i = 0; rc == RC_OK && i < form.n; i++) {
		must(str_eq(form.v[i].name, again.v[i].name));
		must(str_eq(form.v[i].value, again.v[i].value));
	}
	buf_done(&b);
	return 0;
}
