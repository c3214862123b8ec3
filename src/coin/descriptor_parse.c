/* SPDX-License-Identifier: MIT
 *
 * Descriptors are read; see descriptor.h. The grammar that is known:
 *
 *	text	= ( script [ "#" checksum ] ) | key
 *	script	= "pkh(" key ")" | "wpkh(" key ")" | "tr(" key ")"
 *		| "sh(wpkh(" key "))"
 *		| "wsh(sortedmulti(" number 1*( "," key ) "))"
 *	key	= [ "[" 8*8hex *( "/" step ) "]" ] ( xkey *( "/" part ) | hex )
 *	part	= number | "<" number 1*( ";" number ) ">" | "*"
 *	step	= number [ "h" | "'" ]
 *
 * Invariants:
 *	1. No message repeats a part of the text: it may be a key.
 *	2. Private keys are looked for before anything else is read.
 */
#include "coin/descriptor.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/descriptor_priv.h"
#include "coin/hex.h"

enum { CHECKSUM = 8, FINGERPRINT_HEX = 8, NUMBER_DIGITS_MAX = 10 };

struct reader {
	struct str s;
	size_t at;
	struct err *err;
};

static enum rc refuse(const struct reader *r, size_t at, const char *why)
{
	return err_set(r->err, RC_INVALID, "character %zu: %s", at + 1, why);
}

static bool eat(struct reader *r, const char *word)
{
	if (!str_starts(str_from(r->s, r->at), str_of(word)))
		return false;
	r->at += strlen(word);
	return true;
}

/* The run of characters up to the next that has a meaning of its own. */
static struct str take_word(struct reader *r)
{
	size_t start = r->at;

	while (r->at < r->s.n && !memchr("/[]<>;,()*#'", r->s.p[r->at], 12))
		r->at++;
	return str_part(r->s, start, r->at - start);
}

static enum rc read_number(struct reader *r, uint32_t *ret)
{
	size_t start = r->at;
	uint64_t n;

	while (r->at < r->s.n && ascii_is_digit(r->s.p[r->at]))
		r->at++;
	if (r->at - start > NUMBER_DIGITS_MAX ||
	    str_u64(str_part(r->s, start, r->at - start), DESCRIPTOR_INDEX_MAX,
		&n) != RC_OK)
		return refuse(
		    r, start, "a number from 0 to 2147483647 belongs here");
	*ret = (uint32_t)n;
	return RC_OK;
}

static enum rc read_origin(struct reader *r, struct descriptor_key *key)
{
	size_t start = r->at;
	uint8_t f[4];
	struct str word;

	if (!eat(r, "["))
		return RC_OK;
	word = take_word(r);
	if (word.n != FINGERPRINT_HEX || !hex_read(word, f, sizeof(f)))
		return refuse(
		    r, start, "an origin begins with eight hexadecimal digits");
	key->has_origin = true;
	key->fingerprint = (uint32_t)f[0] << 24 | (uint32_t)f[1] << 16 |
			   (uint32_t)f[2] << 8 | f[3];
	while (eat(r, "/")) {
		uint32_t step;

		if (key->origin_n == DESCRIPTOR_STEPS_MAX)
			return refuse(
			    r, r->at, "the origin has too many steps");
		if (read_number(r, &step) != RC_OK)
			return RC_INVALID;
		if (eat(r, "h") || eat(r, "'"))
			step |= XKEY_HARDENED;
		key->origin[key->origin_n++] = step;
	}
	if (!eat(r, "]"))
		return refuse(r, r->at, "the origin does not end with \"]\"");
	return RC_OK;
}

static enum rc read_choice(struct reader *r, struct descriptor_key *key)
{
	size_t start = r->at;

	if (key->choice != DESCRIPTOR_NO_CHOICE)
		return refuse(r, start, "a key can have one <...;...> only");
	do {
		uint32_t n;

		if (key->choices_n == DESCRIPTOR_BRANCHES_MAX)
			return refuse(r, r->at, "these are too many branches");
		if (read_number(r, &n) != RC_OK)
			return RC_INVALID;
		if (eat(r, "h") || eat(r, "'"))
			return refuse(r, r->at - 1,
			    "a hardened step cannot be taken with a public "
			    "key");
		for (unsigned i = 0; i < key->choices_n; i++)
			if (key->choices[i] == n)
				return refuse(
				    r, start, "a branch is named twice");
		key->choices[key->choices_n++] = n;
	} while (eat(r, ";"));
	if (!eat(r, ">"))
		return refuse(r, r->at, "\"<\" is not closed by \">\"");
	if (key->choices_n < 2)
		return refuse(r, start, "<...> holds at least two branches");
	key->choice = (int)key->steps_n;
	key->steps[key->steps_n++] = 0;
	return RC_OK;
}

static enum rc read_path(struct reader *r, struct descriptor_key *key)
{
	while (eat(r, "/")) {
		uint32_t step;

		if (key->is_ranged)
			return refuse(r, r->at - 1, "nothing follows \"/*\"");
		if (eat(r, "*")) {
			key->is_ranged = true;
		} else if (key->steps_n == DESCRIPTOR_STEPS_MAX) {
			return refuse(r, r->at, "the path has too many steps");
		} else if (eat(r, "<")) {
			if (read_choice(r, key) != RC_OK)
				return RC_INVALID;
		} else {
			if (read_number(r, &step) != RC_OK)
				return RC_INVALID;
			key->steps[key->steps_n++] = step;
		}
		if (eat(r, "h") || eat(r, "'"))
			return refuse(r, r->at - 1,
			    "a hardened step cannot be taken with a public "
			    "key: ask the wallet for the key behind it");
	}
	return RC_OK;
}

/* A key in hexadecimal digits. WORD starts at START. */
static enum rc read_plain_key(const struct reader *r, struct str word,
    size_t start, enum descriptor_kind kind, struct descriptor_key *key)
{
	secp256k1_pubkey point;

	if (word.n == 130 && str_starts(word, STR("04")))
		return refuse(r, start,
		    "this is an uncompressed key, and a compressed one is "
		    "needed");
	key->is_xonly = word.n == 64 && kind == DESCRIPTOR_TR;
	key->pubkey[0] = 2;
	if (key->is_xonly ? !hex_read(word, key->pubkey + 1, 32)
			  : !hex_read(word, key->pubkey, 33))
		return refuse(r, start,
		    "neither an extended nor a compressed public key");
	if (!secp256k1_ec_pubkey_parse(secp256k1_context_static, &point,
		key->pubkey, sizeof(key->pubkey)))
		return refuse(r, start, "this is no public key");
	return RC_OK;
}

/* Whether the version bytes of a key contradict the script around it. */
static bool key_fits(enum xkey_kind written, enum descriptor_kind kind)
{
	switch (written) {
	case XKEY_PLAIN:
		return true;
	case XKEY_SH_WPKH:
		return kind == DESCRIPTOR_SH_WPKH;
	case XKEY_WPKH:
		return kind == DESCRIPTOR_WPKH;
	case XKEY_WSH:
		return kind == DESCRIPTOR_WSH_SORTEDMULTI;
	case XKEY_SH_WSH:
		return false;
	}
	return false;
}

static enum rc read_key(
    struct reader *r, enum descriptor_kind kind, struct descriptor_key *key)
{
	size_t start;
	struct str word;

	key->choice = DESCRIPTOR_NO_CHOICE;
	if (read_origin(r, key) != RC_OK)
		return RC_INVALID;
	start = r->at;
	word = take_word(r);
	if (word.n == 0)
		return refuse(r, start, "a key belongs here");
	/* An extended key has 111 or 112 characters, others less or more. */
	key->is_xkey = word.n != 64 && word.n != 66 && word.n != 130;
	if (!key->is_xkey)
		return read_plain_key(r, word, start, kind, key);
	if (xkey_parse(word, &key->xkey, r->err) != RC_OK)
		return err_prefix(r->err, RC_INVALID,
		    "the key at character %zu: ", start + 1);
	key->written = key->xkey.kind;
	key->xkey.kind = XKEY_PLAIN;
	return read_path(r, key);
}

/* Keys in a script: those that say by their version what they are for must be
 * in such a script. */
static enum rc read_script_key(
    struct reader *r, enum descriptor_kind kind, struct descriptor_key *key)
{
	size_t start = r->at;

	if (read_key(r, kind, key) != RC_OK)
		return RC_INVALID;
	if (key->is_xkey && !key_fits(key->written, kind))
		return refuse(r, start,
		    "this kind of extended key is not for this kind of "
		    "script: give it as an xpub or tpub, or by itself");
	return RC_OK;
}

static enum rc read_multi(struct reader *r, struct descriptor *d)
{
	size_t start = r->at;
	uint32_t needed;

	if (read_number(r, &needed) != RC_OK)
		return RC_INVALID;
	while (eat(r, ",")) {
		if (d->keys_n == DESCRIPTOR_KEYS_MAX)
			return refuse(
			    r, r->at, "sortedmulti takes at most 20 keys");
		if (read_script_key(r, d->kind, &d->keys[d->keys_n]) != RC_OK)
			return RC_INVALID;
		d->keys_n++;
	}
	if (d->keys_n == 0)
		return refuse(r, r->at, "sortedmulti has no key");
	if (needed < 1 || needed > d->keys_n)
		return refuse(r, start,
		    "sortedmulti asks for no signature, or for more than "
		    "there are keys");
	d->needed = needed;
	return RC_OK;
}

static enum rc read_script(struct reader *r, struct descriptor *d)
{
	static const struct {
		const char *before, *after;
	} frames[] = {
	    [DESCRIPTOR_PKH] = {"pkh(", ")"},
	    [DESCRIPTOR_SH_WPKH] = {"sh(wpkh(", "))"},
	    [DESCRIPTOR_WPKH] = {"wpkh(", ")"},
	    [DESCRIPTOR_TR] = {"tr(", ")"},
	    [DESCRIPTOR_WSH_SORTEDMULTI] = {"wsh(sortedmulti(", "))"},
	};
	size_t i = 0;

	while (
	    i < sizeof(frames) / sizeof(*frames) && !eat(r, frames[i].before))
		i++;
	if (i == sizeof(frames) / sizeof(*frames))
		return refuse(r, 0,
		    "this is none of the descriptors that are known: "
		    "pkh(KEY), sh(wpkh(KEY)), wpkh(KEY), tr(KEY), "
		    "wsh(sortedmulti(N,KEY,...))");
	d->kind = (enum descriptor_kind)i;
	if (d->kind == DESCRIPTOR_WSH_SORTEDMULTI) {
		if (read_multi(r, d) != RC_OK)
			return RC_INVALID;
	} else {
		if (read_script_key(r, d->kind, &d->keys[0]) != RC_OK)
			return RC_INVALID;
		d->keys_n = 1;
	}
	if (d->kind == DESCRIPTOR_TR && r->at < r->s.n && r->s.p[r->at] == ',')
		return refuse(
		    r, r->at, "tr() with scripts is not known, only tr(KEY)");
	if (!eat(r, frames[i].after))
		return refuse(r, r->at, "a \")\" belongs here");
	if (r->at < r->s.n)
		return refuse(r, r->at, "nothing may follow the descriptor");
	return RC_OK;
}

/* An extended key by itself: SLIP-132 says what script it is for. */
static enum rc read_lone_key(struct reader *r, struct descriptor *d)
{
	struct descriptor_key *key = &d->keys[0];

	if (read_key(r, DESCRIPTOR_PKH, key) != RC_OK)
		return RC_INVALID;
	d->keys_n = 1;
	if (r->at < r->s.n)
		return refuse(r, r->at, "nothing may follow the key");
	if (!key->is_xkey)
		return refuse(r, 0,
		    "a key by itself does not say what addresses it is for: "
		    "give a descriptor or an extended key");
	switch (key->written) {
	case XKEY_PLAIN:
		d->kind = DESCRIPTOR_PKH;
		break;
	case XKEY_SH_WPKH:
		d->kind = DESCRIPTOR_SH_WPKH;
		break;
	case XKEY_WPKH:
		d->kind = DESCRIPTOR_WPKH;
		break;
	case XKEY_SH_WSH:
	case XKEY_WSH:
		return refuse(r, 0,
		    "this is one key of a wallet of several: give the "
		    "wallet's descriptor, wsh(sortedmulti(N,KEY,...))");
	}
	if (key->steps_n == 0 && !key->is_ranged) {
		key->choice = 0;
		key->choices[1] = 1;
		key->choices_n = 2;
		key->steps_n = 1;
		key->is_ranged = true;
	}
	return RC_OK;
}

/* What one branch of a key comes down to. */
static enum rc derive_branch(
    struct descriptor_key *key, unsigned branch, struct err *err)
{
	struct xkey x = key->xkey;
	const uint8_t *pubkey = key->is_xkey ? x.pubkey : key->pubkey;

	for (unsigned i = 0; i < key->steps_n; i++) {
		uint32_t step = key->choice == (int)i ? key->choices[branch]
						      : key->steps[i];
		enum rc rc = xkey_child(&x, step, &x);

		if (rc == RC_LIMIT)
			return err_set(err, RC_INVALID,
			    "the path of a key leads deeper than 255 steps");
		if (rc != RC_OK)
			return err_set(
			    err, RC_INVALID, "a key has no such child");
	}
	if (key->is_ranged && x.depth == UINT8_MAX)
		return err_set(err, RC_INVALID,
		    "the path of a key leads deeper than 255 steps");
	if (key->is_ranged)
		xkey_parent_init(&key->parents[branch], &x);
	else
		must(secp256k1_ec_pubkey_parse(secp256k1_context_static,
		    &key->points[branch], pubkey, XKEY_PUBKEY_BYTES));
	return RC_OK;
}

static enum rc derive_key(
    struct arena *a, struct descriptor_key *key, struct err *err)
{
	unsigned n = key->choice == DESCRIPTOR_NO_CHOICE ? 1 : key->choices_n;

	if (key->is_ranged)
		key->parents = ARENA_ARRAY(a, struct xkey_parent, n);
	else
		key->points = ARENA_ARRAY(a, secp256k1_pubkey, n);
	if (!key->parents && !key->points)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	for (unsigned branch = 0; branch < n; branch++) {
		enum rc rc = derive_branch(key, branch, err);

		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static bool same_key(
    const struct descriptor_key *a, const struct descriptor_key *b)
{
	return a->is_xkey == b->is_xkey &&
	       (a->is_xkey
		       ? memcmp(a->xkey.pubkey, b->xkey.pubkey,
			     XKEY_PUBKEY_BYTES) == 0 &&
			     memcmp(a->xkey.chain, b->xkey.chain,
				 sizeof(a->xkey.chain)) == 0
		       : memcmp(a->pubkey, b->pubkey, XKEY_PUBKEY_BYTES) == 0);
}

/* What the keys have to agree on. */
static enum rc join_keys(struct descriptor *d, struct err *err)
{
	d->branches = 1;
	for (unsigned i = 0; i < d->keys_n; i++) {
		const struct descriptor_key *key = &d->keys[i];

		for (unsigned k = 0; k < i; k++)
			if (same_key(key, &d->keys[k]))
				return err_set(err, RC_INVALID,
				    "keys %u and %u are the same: each of "
				    "the signers needs one of their own",
				    k + 1, i + 1);
		d->is_ranged = d->is_ranged || key->is_ranged;
		if (key->is_xkey && d->has_network &&
		    d->is_test != key->xkey.is_test)
			return err_set(err, RC_INVALID,
			    "some keys are of main, some of a test network");
		if (key->is_xkey) {
			d->has_network = true;
			d->is_test = key->xkey.is_test;
		}
		if (key->choice == DESCRIPTOR_NO_CHOICE)
			continue;
		if (d->branches > 1 && d->branches != key->choices_n)
			return err_set(err, RC_INVALID,
			    "the keys have different numbers of branches");
		d->branches = key->choices_n;
	}
	return RC_OK;
}

/* Takes "#..." off the end of *TEXT and checks it. */
static enum rc take_checksum(struct str *text, struct err *err)
{
	size_t hash = str_find(*text, '#');
	struct str given = str_from(*text, hash + 1);
	char sum[CHECKSUM];

	if (hash == text->n)
		return RC_OK;
	*text = str_part(*text, 0, hash);
	if (given.n != CHECKSUM)
		return err_set(err, RC_INVALID,
		    "the checksum behind \"#\" has eight characters, and "
		    "this one has %zu",
		    given.n);
	if (descriptor_checksum(*text, sum) != RC_OK ||
	    memcmp(sum, given.p, CHECKSUM) != 0)
		return err_set(err, RC_INVALID,
		    "the checksum is wrong: a character is mistyped, or "
		    "some are missing");
	return RC_OK;
}

static enum rc descriptor_read(
    struct str text, struct descriptor *d, struct err *err)
{
	struct reader r = {.err = err};
	enum rc rc;

	/* The checksum does not count: a text of the greatest length can have
	 * one behind it. */
	if (text.n > DESCRIPTOR_MAX &&
	    (text.n > DESCRIPTOR_MAX + 1 + CHECKSUM ||
		str_find(text, '#') > DESCRIPTOR_MAX))
		return err_set(err, RC_LIMIT,
		    "the descriptor is longer than %d characters",
		    DESCRIPTOR_MAX);
	if (descriptor_has_private_key(text))
		return err_set(err, RC_DENIED,
		    "this is, or holds, a private key, and whoever has that "
		    "can take the coins. It was not kept. Give the public "
		    "one: an xpub, ypub or zpub, or the descriptor of a "
		    "watch-only wallet");
	if (text.n == 0)
		return err_set(err, RC_INVALID, "there is no descriptor");
	rc = take_checksum(&text, err);
	if (rc != RC_OK)
		return rc;
	r.s = text;
	rc = str_find(text, '(') < text.n ? read_script(&r, d)
					  : read_lone_key(&r, d);
	return rc == RC_OK ? join_keys(d, err) : rc;
}

enum rc descriptor_parse(struct arena *a, struct str text,
    const struct descriptor **ret_descriptor, struct err *err)
{
	struct descriptor *d = ARENA_NEW(a, struct descriptor);
	struct buf b;
	enum rc rc;

	if (d)
		d->keys =
		    ARENA_ARRAY(a, struct descriptor_key, DESCRIPTOR_KEYS_MAX);
	if (!d || !d->keys)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	rc = descriptor_read(str_trim(text), d, err);
	for (unsigned i = 0; rc == RC_OK && i < d->keys_n; i++)
		rc = derive_key(a, &d->keys[i], err);
	if (rc != RC_OK)
		return rc;
	buf_init_arena(&b, a, 2 * DESCRIPTOR_MAX);
	descriptor_write(&b, d, -1);
	if (buf_rc(&b) == RC_OK) {
		char sum[CHECKSUM];

		must(descriptor_checksum(buf_str(&b), sum) == RC_OK);
		buf_char(&b, '#');
		buf_add(&b, (struct str){sum, sizeof(sum)});
	}
	if (buf_rc(&b) != RC_OK)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	d->text = buf_str(&b);
	*ret_descriptor = d;
	return RC_OK;
}
