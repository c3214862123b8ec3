/* SPDX-License-Identifier: MIT
 *
 * Payment links; see payment_uri.h.
 */
#include "coin/payment_uri.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"

/* RFC 3986 section 2.3: what needs no %XX anywhere. */
static bool is_unreserved(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) ||
	       (c && strchr("-._~", c));
}

/* What may stand in a query beside %XX, but "&" and "=". */
static bool is_query(char c)
{
	return is_unreserved(c) || (c && strchr("!$'()*+,;:@/?", c));
}

static void write_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_unreserved(s.p[i]))
			buf_char(b, s.p[i]);
		else
			buf_printf(b, "%%%02X", (unsigned)(uint8_t)s.p[i]);
}

static void write_key(struct buf *b, char *separator, const char *key)
{
	buf_char(b, *separator);
	buf_add(b, str_of(key));
	buf_char(b, '=');
	*separator = '&';
}

static void write_amount(
    struct buf *b, char *separator, const struct payment_uri *uri)
{
	if (!uri->has_amount)
		return;
	write_key(b, separator, "amount");
	sat_text_short(b, uri->amount);
}

void payment_uri_write(
    struct buf *b, const struct payment_uri *uri, enum network network)
{
	char separator = '?';

	must(uri->script.n > 0);
	buf_lit(b, "bitcoin:");
	script_address(b, &uri->script, network);
	write_amount(b, &separator, uri);
	if (uri->label.n > 0) {
		write_key(b, &separator, "label");
		write_text(b, uri->label);
	}
	if (uri->message.n > 0) {
		write_key(b, &separator, "message");
		write_text(b, uri->message);
	}
}

void payment_uri_write_qr(
    struct buf *b, const struct payment_uri *uri, enum network network)
{
	enum script_kind kind = script_kind(script_pubkey_str(&uri->script));
	char separator = '?';
	size_t start;

	must(uri->script.n > 0);
	buf_lit(b, "BITCOIN:");
	start = b->n;
	script_address(b, &uri->script, network);
	/* Base58 tells letters apart by their case. */
	if (kind != SCRIPT_P2PKH && kind != SCRIPT_P2SH)
		for (size_t i = start; i < b->n; i++)
			if (ascii_is_alpha(b->p[i]))
				b->p[i] &= ~0x20;
	write_amount(b, &separator, uri);
}

/* Takes %XX out of S. RC_INVALID where it is broken, or the text is not UTF-8
 * or steers the terminal. */
static enum rc decode(struct arena *a, struct str s, struct str *ret)
{
	struct buf b;

	buf_init_arena(&b, a, PAYMENT_URI_MAX);
	for (size_t i = 0; i < s.n; i++) {
		int high, low;

		if (s.p[i] != '%') {
			if (!is_query(s.p[i]) && s.p[i] != '=')
				return RC_INVALID;
			buf_char(&b, s.p[i]);
			continue;
		}
		if (s.n - i < 3)
			return RC_INVALID;
		high = ascii_hex(s.p[i + 1]);
		low = ascii_hex(s.p[i + 2]);
		if (high < 0 || low < 0)
			return RC_INVALID;
		buf_char(&b, (char)(high << 4 | low));
		i += 2;
	}
	if (buf_rc(&b) != RC_OK)
		return buf_rc(&b);
	if (!utf8_is_valid(buf_str(&b)))
		return RC_INVALID;
	for (size_t at = 0; at < b.n;) {
		uint32_t c = utf8_next(buf_str(&b), &at);

		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			return RC_INVALID;
	}
	*ret = buf_str(&b);
	return RC_OK;
}

enum { KEY_AMOUNT, KEY_LABEL, KEY_MESSAGE, KEY_LIGHTNING, KEY_LNO, KEYS };

static enum rc text_fault(struct err *err, enum rc rc)
{
	return err_set(err, rc, "the payment link holds text that %s",
	    rc == RC_INVALID ? "cannot be read" : "there is no memory for");
}

static enum rc read_value(struct arena *a, int key, struct str value,
    struct payment_uri *uri, struct err *err)
{
	struct str *texts[KEYS] = {[KEY_LABEL] = &uri->label,
	    [KEY_MESSAGE] = &uri->message,
	    [KEY_LIGHTNING] = &uri->lightning,
	    [KEY_LNO] = &uri->offer};
	enum rc rc;

	if (key != KEY_AMOUNT) {
		rc = decode(a, value, texts[key]);
		return rc == RC_OK ? rc : text_fault(err, rc);
	}
	rc = sat_parse(value, &uri->amount);
	if (rc != RC_OK)
		return err_set(err, RC_INVALID,
		    rc == RC_LIMIT
			? "the payment link asks for more bitcoin than "
			  "there are"
			: "the amount of the payment link is no number of "
			  "bitcoin, such as 0.001");
	uri->has_amount = true;
	return RC_OK;
}

static enum rc read_field(struct arena *a, struct str field, unsigned *seen,
    struct payment_uri *uri, struct err *err)
{
	static const char *const names[KEYS] = {
	    [KEY_AMOUNT] = "amount",
	    [KEY_LABEL] = "label",
	    [KEY_MESSAGE] = "message",
	    [KEY_LIGHTNING] = "lightning",
	    [KEY_LNO] = "lno",
	};
	struct str value = field;
	struct str key = str_cut(&value, '=');
	struct str unused;
	enum rc rc;

	/* BIP321: keys are the same in capitals. */
	if (key.n >= 4 && str_eq_fold(str_part(key, 0, 4), STR("req-")))
		return err_set(err, RC_INVALID,
		    "the payment link asks for something that is not known "
		    "here (a key that begins with \"req-\")");
	for (int i = 0; i < KEYS; i++) {
		if (!str_eq_fold(key, str_of(names[i])))
			continue;
		if (*seen & 1u << i)
			return err_set(err, RC_INVALID,
			    "the payment link says twice: %s", names[i]);
		*seen |= 1u << i;
		return read_value(a, i, value, uri, err);
	}
	for (size_t i = 0; i < key.n; i++)
		if (!is_query(key.p[i]) && key.p[i] != '%')
			return err_set(err, RC_INVALID,
			    "the payment link has a character that no link "
			    "may have");
	rc = decode(a, value, &unused);
	return rc == RC_OK ? rc : text_fault(err, rc);
}

enum rc payment_uri_parse(struct arena *a, struct str text,
    enum network network, struct payment_uri *ret_uri, struct err *err)
{
	static const struct str scheme = STR_INIT("bitcoin:");
	struct payment_uri uri = {0};
	struct str query, address;
	unsigned seen = 0;
	enum rc rc;

	if (text.n > PAYMENT_URI_MAX)
		return err_set(err, RC_LIMIT, "the payment link is too long");
	if (text.n < scheme.n ||
	    !str_eq_fold(str_part(text, 0, scheme.n), scheme))
		return err_set(err, RC_INVALID,
		    "this is no payment link: those begin with \"bitcoin:\"");
	query = str_from(text, scheme.n);
	address = str_cut(&query, '?');
	if (address.n > 0) {
		rc = script_parse_address(address, network, &uri.script, err);
		if (rc != RC_OK)
			return err_prefix(err, rc, "the payment link: ");
	}
	/* An empty query, and empty fields between "&", say nothing. */
	while (query.p) {
		struct str field = str_cut(&query, '&');

		if (field.n == 0)
			continue;
		rc = read_field(a, field, &seen, &uri, err);
		if (rc != RC_OK)
			return rc;
	}
	if (uri.script.n == 0 && uri.lightning.n == 0 && uri.offer.n == 0)
		return err_set(err, RC_INVALID,
		    "the payment link names nothing to pay to");
	*ret_uri = uri;
	return RC_OK;
}
