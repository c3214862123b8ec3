/* SPDX-License-Identifier: MIT
 *
 * Proofs of addresses; see proof.h.
 */
#include "coin/proof.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/line.h"

static bool take_path(struct str *text, struct proof *p)
{
	uint8_t bytes[BATCH_PATH_MAX * HASH256_BYTES];
	struct str value;
	size_t n;

	if (!line_field(text, STR("path"), &value))
		return false;
	p->path_n = 0;
	if (str_eq(value, STR("none")))
		return true;
	if (!line_base64(value, bytes, sizeof(bytes), &n) ||
	    n % HASH256_BYTES != 0)
		return false;
	p->path_n = (uint32_t)(n / HASH256_BYTES);
	for (uint32_t i = 0; i < p->path_n; i++)
		memcpy(p->path[i].b, bytes + i * HASH256_BYTES, HASH256_BYTES);
	return true;
}

/* Takes the lines of the leaf; the address is left to be read. Returns the
 * name of the line that is wrong, or NULL. */
static const char *take_leaf(
    struct str *text, struct proof *p, struct str *ret_address)
{
	struct str value;

	if (!line_field(text, STR("address"), ret_address))
		return "address";
	if (!line_field(text, STR("leaf"), &value) ||
	    !line_number(value, 0, STATEMENT_COUNT_MAX - 1, &p->leaf.index))
		return "leaf";
	if (!line_field(text, STR("shared"), &value) ||
	    (!str_eq(value, STR("yes")) && !str_eq(value, STR("no"))))
		return "shared";
	p->leaf.is_shared = str_eq(value, STR("yes"));
	if (!line_field(text, STR("salt"), &value) ||
	    !line_hex(value, p->leaf.salt, BATCH_SALT))
		return "salt";
	if (!take_path(text, p))
		return "path";
	return NULL;
}

enum rc proof_parse(struct str text, struct proof *ret_proof, struct err *err)
{
	struct proof p = {0};
	struct str rest = text;
	struct str address = STR_NONE;
	const char *wrong;
	enum rc rc;

	if (text.n > PROOF_MAX)
		return err_set(err, RC_INVALID,
		    "the proof is longer than %d bytes", PROOF_MAX);
	if (!line_is(&rest, STR("farthing proof 1")))
		return line_is_newer(text, STR("farthing proof "))
			   ? err_set(err, RC_NEWER,
				 "the proof is of a version that this program "
				 "does not know: take a newer one")
			   : err_set(err, RC_INVALID,
				 "this is no proof: it begins with \"farthing "
				 "proof 1\"");
	wrong = take_leaf(&rest, &p, &address);
	if (!wrong)
		wrong = line_take_signature(&rest, &p.signature);
	if (wrong)
		return err_set(err, RC_INVALID,
		    "the proof's line \"%s\" is missing or wrong", wrong);
	rc = statement_parse(rest, &p.statement, err);
	if (rc != RC_OK)
		return rc;
	if (!line_address(address, p.statement.network, &p.leaf.script))
		return err_set(err, RC_INVALID,
		    "the proof has no address of the network %.*s",
		    STR_ARG(network_name(p.statement.network)));
	*ret_proof = p;
	return RC_OK;
}

void proof_write(struct buf *b, const struct proof *proof)
{

	must(proof->path_n <= BATCH_PATH_MAX);
	buf_lit(b, "farthing proof 1\naddress: ");
	script_address(b, &proof->leaf.script, proof->statement.network);
	buf_printf(b, "\nleaf: %u\nshared: %s\nsalt: ", proof->leaf.index,
	    proof->leaf.is_shared ? "yes" : "no");
	for (size_t i = 0; i < BATCH_SALT; i++)
		buf_printf(b, "%02x", proof->leaf.salt[i]);
	buf_lit(b, "\npath: ");
	if (proof->path_n > 0)
		line_put_base64(
		    b, proof->path[0].b, (size_t)proof->path_n * HASH256_BYTES);
	else
		buf_lit(b, "none");
	buf_char(b, '\n');
	line_put_signature(b, &proof->signature);
	buf_add(b, proof->statement.text);
}

enum rc proof_clean(struct arena *a, struct str text, struct str *ret_text)
{
	struct str first = STR("farthing proof ");
	size_t at = str_find_str(text, first);
	struct str prefix, line;
	struct buf b;

	if (at == text.n)
		return RC_INVALID;
	prefix = str_part(text, 0, at);
	while (str_find(prefix, '\n') < prefix.n)
		prefix = str_from(prefix, str_find(prefix, '\n') + 1);
	prefix = str_trim(prefix);
	text = str_from(text, at);
	buf_init_arena(&b, a, PROOF_MAX);
	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (b.n > 0 && prefix.n > 0 && str_starts(line, prefix))
			line = str_trim(str_from(line, prefix.n));
		if (line.n == 0)
			continue;
		buf_add(&b, line);
		buf_char(&b, '\n');
		/* The statement's last line: what follows is not ours. */
		if (str_starts(line, STR("next-key: ")))
			break;
	}
	if (buf_rc(&b) != RC_OK)
		return buf_rc(&b);
	/* The space was a line's end, which was cut off. */
	if (!str_starts(buf_str(&b), first))
		return RC_INVALID;
	*ret_text = buf_str(&b);
	return RC_OK;
}

const char *proof_fault_text(enum proof_fault fault)
{
	switch (fault) {
	case PROOF_FAULT_NONE:
		return "the address is genuine";
	case PROOF_FAULT_PAPER:
		return "the proof is another paper's";
	case PROOF_FAULT_NETWORK:
		return "the proof is for another network";
	case PROOF_FAULT_NOT_PINNED:
		return "the statement was never installed for this paper";
	case PROOF_FAULT_KEY:
		return "the statement is signed by another key";
	case PROOF_FAULT_SIGNATURE:
		return "the signature is false: the statement has been changed";
	case PROOF_FAULT_INDEX:
		return "the signed batch has no such address";
	case PROOF_FAULT_SHARED:
		return "the statement says otherwise about the address being "
		       "shared";
	case PROOF_FAULT_ROOT:
		return "the address is not among those that were signed";
	case PROOF_FAULT_EARLY:
		return "the address is genuine, but its time has not come";
	case PROOF_FAULT_LATE:
		return "the address is genuine, but should not be handed out "
		       "any more";
	}
	unreachable("a fault that has no text");
}

/* The leaf against the statement, which is known to be signed. */
static enum proof_fault check_leaf(const struct proof *p, struct instant now)
{
	const struct statement *s = &p->statement;
	const struct batch_leaf *leaf = &p->leaf;
	struct hash256 root;

	if (leaf->index >= s->count || leaf->script.n == 0 ||
	    leaf->script.n > SCRIPT_PUBKEY_MAX)
		return PROOF_FAULT_INDEX;
	if (leaf->is_shared != (leaf->index < s->shared))
		return PROOF_FAULT_SHARED;
	if (p->path_n != batch_path_length(leaf->index, s->count))
		return PROOF_FAULT_ROOT;
	root = batch_path_root(
	    batch_leaf_hash(s->network, leaf), leaf->index, s->count, p->path);
	if (!hash256_eq(&root, &s->root))
		return PROOF_FAULT_ROOT;
	if (now.us < s->from.us)
		return PROOF_FAULT_EARLY;
	if (now.us >= s->until.us)
		return PROOF_FAULT_LATE;
	return PROOF_FAULT_NONE;
}

static enum proof_fault check_signed(
    const struct minisign_key *key, const struct proof *p)
{
	if (memcmp(key->id, p->signature.id, MINISIGN_ID) != 0)
		return PROOF_FAULT_KEY;
	if (minisign_verify(key, &p->signature, p->statement.text, NULL) !=
	    RC_OK)
		return PROOF_FAULT_SIGNATURE;
	return PROOF_FAULT_NONE;
}

static enum rc answer(
    enum proof_fault fault, enum proof_fault *ret_fault, struct err *err)
{
	enum rc rc = fault == PROOF_FAULT_NONE	  ? RC_OK
		     : fault >= PROOF_FAULT_EARLY ? RC_GONE
						  : RC_DENIED;

	if (ret_fault)
		*ret_fault = fault;
	return rc == RC_OK ? rc
			   : err_set(err, rc, "%s", proof_fault_text(fault));
}

enum rc proof_check(const struct pin *pin, const struct proof *proof,
    struct instant now, enum proof_fault *ret_fault, struct err *err)
{
	const struct statement *s = &proof->statement;
	const struct pin_batch *batch = pin_find(pin, s->batch);
	struct hash256 hash = statement_hash(s);
	enum proof_fault fault;

	if (pin->n_batches == 0)
		fault = PROOF_FAULT_NOT_PINNED;
	else if (!hash256_eq(&s->paper_id, &pin->paper_id))
		fault = PROOF_FAULT_PAPER;
	else if (s->network != pin->network)
		fault = PROOF_FAULT_NETWORK;
	else if (!batch || !hash256_eq(&hash, &batch->statement))
		fault = PROOF_FAULT_NOT_PINNED;
	else
		fault = check_signed(&pin->keys[batch->key], proof);
	if (fault == PROOF_FAULT_NONE)
		fault = check_leaf(proof, now);
	return answer(fault, ret_fault, err);
}

enum rc proof_check_by_key(const struct minisign_key *key,
    const struct proof *proof, struct instant now, enum proof_fault *ret_fault,
    struct err *err)
{
	enum proof_fault fault = check_signed(key, proof);

	if (fault == PROOF_FAULT_NONE)
		fault = check_leaf(proof, now);
	return answer(fault, ret_fault, err);
}
