/* SPDX-License-Identifier: MIT
 *
 * Pins; see pin.h.
 */
#include "coin/pin.h"

#include "base/buf.h"
#include "base/must.h"
#include "coin/line.h"

static bool take_hash(
    struct str *text, struct str name, struct hash256 *ret_hash)
{
	struct str value;

	return line_field(text, name, &value) &&
	       line_hex(value, ret_hash->b, HASH256_BYTES);
}

/* Takes one "batch:" line. */
static bool take_batch(struct str *text, struct pin *pin)
{
	struct pin_batch *batch = &pin->batches[pin->n_batches];
	struct str value;
	uint32_t number;

	if (!line_field(text, STR("batch"), &value) ||
	    pin->n_batches == PIN_BATCHES_MAX ||
	    !line_number(
		str_cut(&value, ' '), 1, STATEMENT_BATCH_MAX, &number) ||
	    !line_hex(value, batch->statement.b, HASH256_BYTES))
		return false;
	if (pin->n_batches == 0)
		pin->first = number;
	if (number != pin->first + pin->n_batches)
		return false;
	batch->key = pin->n_keys - 1;
	pin->n_batches++;
	return true;
}

/* Takes a "key:" line and the batches below it, of which there must be one. */
static bool take_key(struct str *text, struct pin *pin)
{
	struct str value;

	if (!line_field(text, STR("key"), &value) ||
	    pin->n_keys == PIN_KEYS_MAX ||
	    minisign_key_parse(value, &pin->keys[pin->n_keys], NULL) != RC_OK)
		return false;
	for (uint32_t i = 0; i < pin->n_keys; i++)
		if (minisign_key_eq(&pin->keys[i], &pin->keys[pin->n_keys]))
			return false;
	pin->n_keys++;
	if (!take_batch(text, pin))
		return false;
	while (str_starts(*text, STR("batch: ")))
		if (!take_batch(text, pin))
			return false;
	return true;
}

/* Takes what is between the first line and the end. */
static bool take_all(struct str *text, struct pin *pin)
{
	struct str value;

	if (!take_hash(text, STR("paper-id"), &pin->paper_id) ||
	    !line_field(text, STR("network"), &value) ||
	    network_parse(value, &pin->network) != RC_OK ||
	    !take_key(text, pin))
		return false;
	while (str_starts(*text, STR("key: ")))
		if (!take_key(text, pin))
			return false;
	return take_hash(text, STR("next-key"), &pin->next_key) &&
	       line_is(text, STR("end")) && text->n == 0;
}

enum rc pin_parse(struct str text, struct pin *ret_pin, struct err *err)
{
	struct str rest = text;
	size_t line = 1;

	ret_pin->n_batches = 0;
	ret_pin->n_keys = 0;
	if (!line_is(&rest, STR("farthing pin 1")))
		return line_is_newer(text, STR("farthing pin "))
			   ? err_set(err, RC_NEWER,
				 "the pin is of a version that this program "
				 "does not know: take a newer one")
			   : err_set(err, RC_INVALID,
				 "this is no pin: it begins with \"farthing "
				 "pin 1\"");
	if (take_all(&rest, ret_pin))
		return RC_OK;
	ret_pin->n_batches = 0;
	for (size_t i = 0; i < text.n - rest.n; i++)
		line += text.p[i] == '\n';
	return err_set(err, RC_INVALID,
	    "the pin is damaged: line %zu is not what is expected there", line);
}

void pin_write(struct buf *b, const struct pin *pin)
{
	must(pin->n_batches > 0 && pin->n_keys > 0);
	buf_lit(b, "farthing pin 1\npaper-id: ");
	hash256_text(b, &pin->paper_id);
	buf_printf(b, "\nnetwork: %.*s\n", STR_ARG(network_name(pin->network)));
	for (uint32_t i = 0; i < pin->n_batches; i++) {
		const struct pin_batch *batch = &pin->batches[i];

		if (i == 0 || batch->key != pin->batches[i - 1].key) {
			buf_lit(b, "key: ");
			minisign_key_base64(b, &pin->keys[batch->key]);
			buf_char(b, '\n');
		}
		buf_printf(b, "batch: %u ", pin->first + i);
		hash256_text(b, &batch->statement);
		buf_char(b, '\n');
	}
	buf_lit(b, "next-key: ");
	hash256_text(b, &pin->next_key);
	buf_lit(b, "\nend\n");
}

const struct pin_batch *pin_find(const struct pin *pin, uint32_t number)
{
	if (number < pin->first || number - pin->first >= pin->n_batches)
		return NULL;
	return &pin->batches[number - pin->first];
}

const struct minisign_key *pin_key(const struct pin *pin)
{
	must(pin->n_batches > 0);
	return &pin->keys[pin->n_keys - 1];
}

/* Rules 1 to 3. */
static enum rc accept_alone(
    const struct pin_offer *offer, struct instant now, struct err *err)
{
	const struct statement *s = offer->statement;
	struct hash256 own = minisign_key_hash(offer->key);
	enum rc rc;

	rc = minisign_verify(offer->key, offer->signature, s->text, err);
	if (rc != RC_OK)
		return rc;
	if (s->until.us <= now.us)
		return err_set(err, RC_GONE,
		    "batch %u is too old: its time is over. Sign a new one",
		    s->batch);
	if (s->from.us > now.us)
		return err_set(err, RC_GONE,
		    "batch %u is not valid yet; if it should be, look at this "
		    "machine's clock and at the signer's",
		    s->batch);
	if (s->batch == 1 && !hash256_eq(&own, &s->paper_id))
		return err_set(err, RC_DENIED,
		    "batch 1 does not name its own key as the paper's id");
	if (hash256_eq(&own, &s->next_key))
		return err_set(err, RC_DENIED,
		    "batch %u announces its own key as the next one", s->batch);
	return RC_OK;
}

/* Rule 4. */
static enum rc accept_order(
    const struct pin *old, const struct statement *s, struct err *err)
{
	uint32_t newest = old->first + old->n_batches - 1;
	const struct hash256 *last =
	    &old->batches[old->n_batches - 1].statement;
	struct hash256 own = statement_hash(s);

	if (!hash256_eq(&s->paper_id, &old->paper_id))
		return err_set(err, RC_DENIED,
		    "the batch is another paper's: it does not come of the key "
		    "that is pinned here");
	if (s->network != old->network)
		return err_set(err, RC_DENIED,
		    "the batch is for the network %.*s, this paper's are for "
		    "%.*s",
		    STR_ARG(network_name(s->network)),
		    STR_ARG(network_name(old->network)));
	if (s->batch == newest && hash256_eq(&own, last))
		return err_set(
		    err, RC_EXISTS, "batch %u is installed already", s->batch);
	if (s->batch <= newest)
		return err_set(err, RC_DENIED,
		    "batch %u is an old number: the newest installed is %u",
		    s->batch, newest);
	if (s->batch != newest + 1)
		return err_set(err, RC_DENIED,
		    "batch %u leaves a gap: %u is to be installed first",
		    s->batch, newest + 1);
	if (!hash256_eq(&s->previous, last))
		return err_set(err, RC_DENIED,
		    "batch %u follows another batch %u than the one that is "
		    "installed",
		    s->batch, newest);
	return RC_OK;
}

/* Rule 5. */
static enum rc accept_key(
    const struct pin *old, const struct pin_offer *offer, struct err *err)
{
	struct hash256 own = minisign_key_hash(offer->key);
	const struct hash256 *next = &offer->statement->next_key;

	if (minisign_key_eq(offer->key, pin_key(old))) {
		if (!hash256_eq(next, &old->next_key))
			return err_set(err, RC_DENIED,
			    "the batch announces another next key than was "
			    "announced before");
		return RC_OK;
	}
	if (!hash256_eq(&own, &old->next_key))
		return err_set(err, RC_DENIED,
		    "the batch is signed by a key that is neither the pinned "
		    "one nor the one announced to follow it");
	for (uint32_t i = 0; i < old->n_keys; i++) {
		struct hash256 used = minisign_key_hash(&old->keys[i]);

		if (hash256_eq(next, &used))
			return err_set(err, RC_DENIED,
			    "the batch announces a next key that was in use "
			    "before");
	}
	return RC_OK;
}

enum rc pin_accept(const struct pin *old, const struct pin_offer *offer,
    struct instant now, struct pin *ret_pin, struct err *err)
{
	const struct statement *s = offer->statement;
	bool is_first = !old || old->n_batches == 0;
	enum rc rc = accept_alone(offer, now, err);
	bool has_new_key;

	if (rc == RC_OK && !is_first)
		rc = accept_order(old, s, err);
	if (rc == RC_OK && !is_first)
		rc = accept_key(old, offer, err);
	if (rc != RC_OK)
		return rc;
	has_new_key = is_first || !minisign_key_eq(offer->key, pin_key(old));
	if (!is_first && (old->n_batches == PIN_BATCHES_MAX ||
			     (has_new_key && old->n_keys == PIN_KEYS_MAX)))
		return err_set(err, RC_LIMIT,
		    "the pin is full: %d batches or %d keys", PIN_BATCHES_MAX,
		    PIN_KEYS_MAX);
	if (is_first) {
		ret_pin->paper_id = s->paper_id;
		ret_pin->network = s->network;
		ret_pin->first = s->batch;
		ret_pin->n_batches = 0;
		ret_pin->n_keys = 0;
	} else if (ret_pin != old) {
		*ret_pin = *old;
	}
	if (has_new_key)
		ret_pin->keys[ret_pin->n_keys++] = *offer->key;
	ret_pin->batches[ret_pin->n_batches++] = (struct pin_batch){
	    .statement = statement_hash(s), .key = ret_pin->n_keys - 1};
	ret_pin->next_key = s->next_key;
	return RC_OK;
}
