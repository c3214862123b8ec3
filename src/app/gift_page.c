/* SPDX-License-Identifier: MIT
 *
 * The page of a gift, read with distrust; see gift_page.h.
 */
#include "app/gift_page.h"

#include "base/arena.h"
#include "base/buf.h"
#include "coin/address_find.h"
#include "coin/payment_uri.h"
#include "coin/proof.h"
#include "page/qr.h"

enum { KEY_LETTERS = 56 };

/* The few entities that the program writes; others stay as they are. */
static void put_plain(struct buf *b, struct str s)
{
	static const struct {
		struct str entity;
		char is;
	} known[] = {{STR_INIT("&amp;"), '&'}, {STR_INIT("&lt;"), '<'},
	    {STR_INIT("&gt;"), '>'}, {STR_INIT("&quot;"), '"'},
	    {STR_INIT("&#39;"), '\''}};

	while (s.n > 0) {
		size_t n = str_find(s, '&');
		bool is_known = false;

		buf_add(b, str_part(s, 0, n));
		s = str_from(s, n);
		for (size_t i = 0; !is_known && i < 5; i++) {
			if (!str_starts(s, known[i].entity))
				continue;
			buf_char(b, known[i].is);
			s = str_from(s, known[i].entity.n);
			is_known = true;
		}
		if (!is_known && s.n > 0) {
			buf_char(b, s.p[0]);
			s = str_from(s, 1);
		}
	}
}

/* HTML without what stands between "<" and ">". */
static void put_text(struct buf *b, struct str html)
{
	while (html.n > 0) {
		size_t n = str_find(html, '<');

		put_plain(b, str_part(html, 0, n));
		html = str_from(html, n);
		html = str_from(html, str_find(html, '>') + 1);
	}
}

/* What stands between START and END in S; p NULL if there is no such part. */
static struct str between(struct str s, struct str start, struct str end)
{
	size_t from = str_find_str(s, start);

	if (from == s.n)
		return STR_NONE;
	s = str_from(s, from + start.n);
	from = str_find_str(s, end);
	return from == s.n ? STR_NONE : str_part(s, 0, from);
}

enum rc gift_page_parse(
    struct arena *a, struct str html, struct gift_page *ret_page)
{
	struct gift_page page = {.html = html};
	struct str pre = between(html, STR("<pre"), STR("</pre>"));
	struct buf text, proof;

	pre = str_from(pre, str_find(pre, '>') + 1);
	buf_init_arena(&text, a, html.n + 1);
	put_text(&text, html);
	buf_init_arena(&proof, a, html.n + 1);
	put_text(&proof, pre);
	if (buf_rc(&text) != RC_OK || buf_rc(&proof) != RC_OK)
		return RC_NO_MEMORY;
	page.text = buf_str(&text);
	page.proof = buf_str(&proof);
	if (!str_starts(page.proof, STR("farthing proof ")))
		return RC_NOT_FOUND;
	*ret_page = page;
	return RC_OK;
}

enum rc gift_page_key(const struct gift_page *page, struct instant now,
    struct minisign_key *ret_key)
{
	struct str rest = page->text;
	struct minisign_key key;
	struct proof proof;

	if (proof_parse(page->proof, &proof, NULL) != RC_OK)
		return RC_NOT_FOUND;
	for (;;) {
		size_t at = str_find_str(rest, STR("RW"));

		if (at == rest.n)
			return RC_NOT_FOUND;
		rest = str_from(rest, at);
		if (minisign_key_parse(
			str_part(rest, 0, KEY_LETTERS), &key, NULL) == RC_OK &&
		    proof_check_by_key(&key, &proof, now, NULL, NULL) !=
			RC_DENIED)
			break;
		rest = str_from(rest, 1);
	}
	*ret_key = key;
	return RC_OK;
}

/* Every address in TEXT is the one; *RET_COUNT: how many. */
static enum rc check_addresses(
    struct str text, struct str address, size_t *ret_count, struct err *err)
{
	struct address_found found;
	size_t at = 0, count = 0;

	while (address_find(text, &at, &found)) {
		if (!str_eq_fold(found.text, address))
			return err_set(err, RC_DENIED,
			    "the page shows %.*s, and the proof is for %.*s",
			    STR_ARG(str_part(found.text, 0, 90)),
			    STR_ARG(address));
		count++;
	}
	*ret_count = count;
	return RC_OK;
}

/* The modules of the page's code. */
static struct str code_of(struct str html)
{
	struct str svg = between(html, STR("<svg class=\"qr\""), STR("</svg>"));

	return str_from(svg, str_find_str(svg, STR(" viewBox=")));
}

/* Nothing can be seen but letters and the one code. */
static enum rc check_pictures(struct str html, struct err *err)
{
	static const struct str none[] = {STR_INIT("<img"), STR_INIT("<script"),
	    STR_INIT("<iframe"), STR_INIT("<object"), STR_INIT("<embed"),
	    STR_INIT("<canvas"), STR_INIT("<video"), STR_INIT("<picture"),
	    STR_INIT("url(")};
	struct str behind = str_from(html, str_find_str(html, STR("<svg")) + 4);

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (str_find_str(html, none[i]) < html.n)
			return err_set(err, RC_DENIED,
			    "there is a \"%.*s\" in the page, which Farthing "
			    "does not write there",
			    STR_ARG(none[i]));
	if (str_find_str(behind, STR("<svg")) < behind.n)
		return err_set(err, RC_DENIED,
		    "there is a second drawing in the page beside its code");
	return RC_OK;
}

static enum rc check_code(struct arena *a, const struct gift_page *page,
    const struct payment_uri *uri, enum network network, struct err *err)
{
	struct buf text, svg;
	bool is_drawn;

	buf_init_arena(&text, a, QR_TEXT_MAX);
	buf_init_arena(&svg, a, 256 * 1024);
	payment_uri_write_qr(&text, uri, network);
	is_drawn = buf_rc(&text) == RC_OK &&
		   qr_put(&svg, buf_str(&text), STR("x")) &&
		   buf_rc(&svg) == RC_OK;
	if (!is_drawn)
		return err_set(err, RC_NO_MEMORY, "no memory for the code");
	if (!code_of(page->html).n ||
	    !str_eq(code_of(page->html), code_of(buf_str(&svg))))
		return err_set(err, RC_DENIED,
		    "the code in the page is not that of its address and "
		    "amount (or the paper runs another version of Farthing "
		    "than this one)");
	return RC_OK;
}

static enum rc check_link(struct arena *a, const struct gift_page *page,
    const struct proof *proof, struct err *err)
{
	struct str raw = between(page->html, STR("href=\"bitcoin:"), STR("\""));
	enum network network = proof->statement.network;
	struct payment_uri uri;
	struct err why = {0};
	struct buf b;

	if (!raw.p)
		return err_set(
		    err, RC_DENIED, "the page has no link for a wallet");
	buf_init_arena(&b, a, PAYMENT_URI_MAX);
	buf_lit(&b, "bitcoin:");
	put_plain(&b, raw);
	if (buf_rc(&b) != RC_OK ||
	    payment_uri_parse(a, buf_str(&b), network, &uri, &why) != RC_OK)
		return err_set(err, RC_DENIED,
		    "the page's link for a wallet is broken: %s", why.why);
	if (!script_pubkey_eq(&uri.script, &proof->leaf.script))
		return err_set(err, RC_DENIED,
		    "the page's link for a wallet leads to another address");
	return check_code(a, page, &uri, network, err);
}

enum rc gift_page_check(struct arena *a, const struct gift_page *page,
    const struct minisign_key *key, struct instant now, struct buf *address,
    struct err *err)
{
	enum proof_fault fault;
	struct proof proof;
	size_t in_text = 0, in_all = 0;
	struct buf own;
	struct err why = {0};
	enum rc rc = proof_parse(page->proof, &proof, &why);

	if (rc != RC_OK)
		return err_set(
		    err, RC_DENIED, "the proof is broken: %s", why.why);
	rc = proof_check_by_key(key, &proof, now, &fault, NULL);
	if (rc != RC_OK)
		return err_set(err, RC_DENIED, "the address is not genuine: %s",
		    proof_fault_text(fault));
	buf_init_arena(&own, a, SCRIPT_ADDRESS_MAX + 1);
	script_address(&own, &proof.leaf.script, proof.statement.network);
	if (buf_rc(&own) != RC_OK)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = check_addresses(page->text, buf_str(&own), &in_text, err);
	if (rc == RC_OK)
		rc = check_addresses(page->html, buf_str(&own), &in_all, err);
	/* Once in the proof, once for people. */
	if (rc == RC_OK && in_text < 2)
		rc = err_set(err, RC_DENIED,
		    "the page does not show the address of its proof");
	if (rc == RC_OK)
		rc = check_pictures(page->html, err);
	if (rc == RC_OK)
		rc = check_link(a, page, &proof, err);
	if (rc == RC_OK)
		buf_add(address, buf_str(&own));
	return rc;
}
