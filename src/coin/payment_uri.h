/* SPDX-License-Identifier: MIT
 *
 * Payment links: bitcoin:ADDRESS?amount=0.001&label=..., BIP321 (which took
 * the place of BIP21). A wallet opens them, a telephone scans them.
 */
#ifndef COIN_PAYMENT_URI_H
#define COIN_PAYMENT_URI_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "coin/amount.h"
#include "coin/network.h"
#include "coin/script.h"

struct arena;
struct buf;

enum { PAYMENT_URI_MAX = 8192 };

struct payment_uri {
	struct script_pubkey script; /* n 0: the link has no address */
	bool has_amount;	     /* 0 can be meant, too */
	struct sat amount;
	struct str label;   /* who is paid; UTF-8, empty where there is none */
	struct str message; /* what for */
	struct str lightning; /* an invoice (BOLT11), not looked into */
	struct str offer;     /* "lno", an offer (BOLT12), not looked into */
};

/* Appends the link. SCRIPT and AMOUNT as they are; label and message where
 * they are not empty, all but unreserved characters as %XX. LIGHTNING and
 * OFFER are left out: Farthing has none yet. */
void payment_uri_write(
    struct buf *b, const struct payment_uri *uri, enum network network);
/* The same for a QR code: no label and no message, scheme and a segwit address
 * in capitals, which QR codes hold in less room (BIP173 "Uppercase"). */
void payment_uri_write_qr(
    struct buf *b, const struct payment_uri *uri, enum network network);

/* Reads a link of NETWORK, strictly: RC_INVALID with *ERR for another scheme,
 * an address that is none of NETWORK's, an amount out of range, a broken %XX,
 * text that is not UTF-8 or holds control characters, a key given twice, and
 * any key that begins with "req-", since none of those is known. Other unknown
 * keys are passed over. An address may be missing only where lightning or lno
 * is there. Texts live as long as A. RC_NO_MEMORY; RC_LIMIT: longer than
 * PAYMENT_URI_MAX. */
MUST_USE enum rc payment_uri_parse(struct arena *a, struct str text,
    enum network network, struct payment_uri *ret_uri, struct err *err);

#endif
