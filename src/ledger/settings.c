/* SPDX-License-Identifier: MIT
 *
 * Reads the newsroom's settings of gifts; see settings.h. A line that is not
 * understood is never passed by. The keys are one table, KEYS.
 */
#include "ledger/settings.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "coin/rate_source.h"
#include "ledger/escape.h"
#include "ledger/purpose.h"

enum {
	CONFIRMATIONS_MOST = 1000,
	YEAR_LEAST = 2009, /* nobody was paid before */
};

enum key_kind {
	KEY_CURRENCY,
	KEY_AMOUNT,
	KEY_AMOUNT_BTC,
	KEY_LEAST,
	KEY_MOST,
	KEY_COST,
	KEY_START,
	KEY_OPENING,
	KEY_CONFIRM,
	KEY_ROUND,
	KEY_ROUND_BTC,
	KEY_CAMPAIGN,
	KEY_CAMPAIGN_TEXT,
	KEY_LINE,
	KEY_TEXT,
	KEY_RATE,
	KEY_SOURCES,
	KEY_NUMBER,
};

struct key {
	const char *name;
	enum key_kind kind;
	size_t offset; /* of a KEY_NUMBER or KEY_LINE */
	uint32_t least, most;
};

#define NUMBER(key, low, high)                                                 \
	{                                                                      \
#key, KEY_NUMBER, offsetof(struct ledger_settings, key),       \
		    (low), (high)                                              \
	}

static const struct key KEYS[] = {
    {"currency", KEY_CURRENCY, 0, 0, 0},
    {"title", KEY_LINE, offsetof(struct ledger_settings, title), 0, 0},
    {"call", KEY_LINE, offsetof(struct ledger_settings, call), 0, 0},
    {"text", KEY_TEXT, 0, 0, 0},
    {"amount", KEY_AMOUNT, 0, 0, 0},
    {"amount_btc", KEY_AMOUNT_BTC, 0, 0, 0},
    {"least", KEY_LEAST, 0, 0, 0},
    {"most", KEY_MOST, 0, 0, 0},
    {"cost", KEY_COST, 0, 0, 0},
    {"start", KEY_START, 0, 0, 0},
    {"opening", KEY_OPENING, 0, 0, 0},
    {"confirm", KEY_CONFIRM, 0, 0, 0},
    NUMBER(confirm_above, 1, CONFIRMATIONS_MOST),
    NUMBER(delay_days, 0, 365),
    {"round", KEY_ROUND, 0, 0, 0},
    {"round_btc", KEY_ROUND_BTC, 0, 0, 0},
    {"campaign", KEY_CAMPAIGN, 0, 0, 0},
    {"campaign_text", KEY_CAMPAIGN_TEXT, 0, 0, 0},
    NUMBER(quote_minutes, 1, 1440),
    NUMBER(window, 1, 100000),
    NUMBER(window_days, 1, 365),
    NUMBER(network_most, 1, 10000),
    {"rate", KEY_RATE, 0, 0, 0},
    {"rate_sources", KEY_SOURCES, 0, 0, 0},
    NUMBER(rate_sources_least, 1, 16),
    NUMBER(rate_band_percent, 1, 50),
    NUMBER(rate_jump_percent, 1, 100),
    NUMBER(rate_stale_minutes, 5, 1440),
    NUMBER(unverified_minutes, 10, 1440),
};

enum { KEYS_N = sizeof(KEYS) / sizeof(KEYS[0]) };

struct reading {
	struct arena *a;
	struct ledger_settings s;
	bool is_given[KEYS_N];
	bool has_confirm;
	struct buf text;
	unsigned line;
	struct str line_text;
	bool is_spoken; /* errors name key and value, not the line */
	struct err *err;
};

void settings_default(struct ledger_settings *settings)
{
	struct ledger_settings s = {
	    .confirms_n = 2,
	    .confirm_above = 3,
	    .delay_days = 2,
	    .round = fiat_of_raw(1000),
	    .round_btc = sat_of_raw(100000),
	    .quote_minutes = 60,
	    .window = 200,
	    .window_days = 14,
	    .network_most = 10,
	    .rate_sources_least = 2,
	    .rate_band_percent = 5,
	    .rate_jump_percent = 20,
	    .rate_stale_minutes = 60,
	    .unverified_minutes = 120,
	};

	s.confirms[0] = (struct settings_confirm){sat_of_raw(100000), 1};
	s.confirms[1] = (struct settings_confirm){sat_of_raw(1000000), 2};
	*settings = s;
}

enum { VALUE_SHOWN = 60 }; /* bytes of it in an error */

static enum rc refuse(struct reading *r, const char *what)
{
	struct str value = r->line_text;
	struct str key = str_trim(str_cut(&value, '='));

	value = str_trim(value);
	if (r->is_spoken)
		return err_set(r->err, RC_INVALID, "%.*s \"%.*s%s\": %s",
		    STR_ARG(str_part(key, 0, 40)),
		    STR_ARG(utf8_head(value, VALUE_SHOWN)),
		    value.n > VALUE_SHOWN ? "..." : "", what);
	return err_set(r->err, RC_INVALID, "line %u: %s", r->line, what);
}

/* A text of one line, to be kept. Control characters would end up in pages
 * and journals. */
static enum rc read_text(struct reading *r, struct str value, struct str *ret)
{
	struct str text;

	if (value.n > SETTINGS_LINE_MOST)
		return refuse(r, "this text is longer than 400 bytes");
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 127)
			return refuse(r, "there is a control character in it");
	text = arena_copy(r->a, value);
	if (!text.p)
		return err_set(r->err, RC_NO_MEMORY, "no memory");
	*ret = text;
	return RC_OK;
}

static enum rc read_money(
    struct reading *r, struct str value, bool may_be_zero, struct fiat *ret)
{
	struct fiat money;

	if (!r->s.has_currency)
		return refuse(r, "say the currency before sums of it: "
				 "\"currency = EUR\"");
	if (fiat_parse(value, r->s.currency, &money) != RC_OK ||
	    (!may_be_zero && fiat_raw(money) == 0))
		return refuse(r, "this is no sum of the currency, such as "
				 "12.50");
	*ret = money;
	return RC_OK;
}

static enum rc read_btc(struct reading *r, struct str value, struct sat *ret)
{
	struct sat amount;

	if (sat_parse(value, &amount) != RC_OK || sat_raw(amount) == 0)
		return refuse(r, "this is no amount of bitcoin, such as 0.001");
	*ret = amount;
	return RC_OK;
}

static enum rc read_day(struct reading *r, struct str value, int32_t *ret_day)
{
	struct civil c;

	if (value.n != 10 || civil_parse(value, &c) != RC_OK || c.has_time ||
	    c.year < YEAR_LEAST)
		return refuse(r, "this is no date, such as 2026-11-23");
	*ret_day = (int32_t)civil_days(c.year, c.month, c.day);
	return RC_OK;
}

static enum rc read_confirm(struct reading *r, struct str value)
{
	struct settings_confirm c;
	struct str amount = str_cut(&value, ' ');
	uint64_t n;
	enum rc rc = read_btc(r, amount, &c.below);

	if (rc != RC_OK)
		return rc;
	if (str_u64(str_trim(value), CONFIRMATIONS_MOST, &n) != RC_OK || n == 0)
		return refuse(r, "behind the amount stands how many "
				 "confirmations settle it, 1 to 1000");
	/* The first line of the file's own replaces those built in. */
	if (!r->has_confirm)
		r->s.confirms_n = 0;
	r->has_confirm = true;
	if (r->s.confirms_n == SETTINGS_CONFIRMS_MOST)
		return refuse(r, "there are at most 8 lines of \"confirm\"");
	if (r->s.confirms_n > 0 &&
	    sat_cmp(r->s.confirms[r->s.confirms_n - 1].below, c.below) >= 0)
		return refuse(r, "lines of \"confirm\" go from small amounts "
				 "to large ones");
	c.confirmations = (uint32_t)n;
	r->s.confirms[r->s.confirms_n++] = c;
	return RC_OK;
}

static enum rc read_campaign(struct reading *r, struct str value)
{
	struct settings_campaign c = {.id = str_cut(&value, ' ')};
	struct str goal = str_cut(&value, ' ');
	struct str from = str_cut(&value, ' ');
	struct str to = str_cut(&value, ' ');
	struct purpose purpose;
	enum rc rc;

	if (purpose_parse(c.id, &purpose) != RC_OK ||
	    purpose.kind != PURPOSE_CAMPAIGN)
		return refuse(r, "a campaign begins with its id: small "
				 "letters, digits and \"-\"");
	if (settings_campaign(&r->s, c.id))
		return refuse(r, "this campaign was there before");
	if (r->s.campaigns_n == SETTINGS_CAMPAIGNS_MOST)
		return refuse(r, "there are at most 32 campaigns");
	rc = read_money(r, goal, false, &c.goal);
	if (rc == RC_OK)
		rc = read_day(r, from, &c.from_day);
	if (rc == RC_OK)
		rc = read_day(r, to, &c.to_day);
	if (rc != RC_OK)
		return rc;
	if (c.to_day < c.from_day)
		return refuse(r, "the campaign ends before it begins");
	if (str_blank(value))
		return refuse(r, "a campaign ends with its title");
	rc = read_text(r, str_trim(value), &c.title);
	if (rc == RC_OK)
		rc = read_text(r, c.id, &c.id);
	if (rc != RC_OK)
		return rc;
	r->s.campaigns[r->s.campaigns_n++] = c;
	return RC_OK;
}

static enum rc read_campaign_text(struct reading *r, struct str value)
{
	struct str id = str_cut(&value, ' ');

	for (size_t i = 0; i < r->s.campaigns_n; i++)
		if (str_eq(r->s.campaigns[i].id, id))
			return read_text(
			    r, str_trim(value), &r->s.campaigns[i].text);
	return refuse(r, "no line above has a campaign of this id");
}

static enum rc read_amount(struct reading *r, struct str value)
{
	struct settings_amount a = {.what = STR("")};
	enum rc rc;

	if (r->s.amounts_n == SETTINGS_AMOUNTS_MOST)
		return refuse(r, "there are at most 8 suggestions");
	rc = read_money(r, str_cut(&value, ' '), false, &a.worth);
	if (rc == RC_OK)
		rc = read_text(r, str_trim(value), &a.what);
	if (rc == RC_OK)
		r->s.amounts[r->s.amounts_n++] = a;
	return rc;
}

static enum rc read_amount_btc(struct reading *r, struct str value)
{
	struct settings_amount_btc a = {.what = STR("")};
	enum rc rc;

	if (r->s.amounts_btc_n == SETTINGS_AMOUNTS_MOST)
		return refuse(r, "there are at most 8 suggestions");
	rc = read_btc(r, str_cut(&value, ' '), &a.amount);
	if (rc == RC_OK)
		rc = read_text(r, str_trim(value), &a.what);
	if (rc == RC_OK)
		r->s.amounts_btc[r->s.amounts_btc_n++] = a;
	return rc;
}

static enum rc read_cost(struct reading *r, struct str value)
{
	struct settings_cost c = {.label = STR("")};
	enum rc rc;

	if (r->s.costs_n == SETTINGS_COSTS_MOST)
		return refuse(r, "there are at most 24 costs");
	rc = read_money(r, str_cut(&value, ' '), false, &c.monthly);
	if (rc == RC_OK)
		rc = read_text(r, str_trim(value), &c.label);
	if (rc != RC_OK)
		return rc;
	if (c.label.n == 0)
		return refuse(r, "behind the sum stands what it is for");
	if (!fiat_add(&r->s.costs_per_month, r->s.costs_per_month, c.monthly))
		return refuse(r, "the costs are too high");
	r->s.costs[r->s.costs_n++] = c;
	return RC_OK;
}

static enum rc read_long(struct reading *r, struct str value)
{
	struct str line;
	enum rc rc = read_text(r, value, &line);

	if (rc != RC_OK)
		return rc;
	if (r->text.n > 0)
		buf_char(&r->text, '\n');
	buf_add(&r->text, line);
	if (buf_rc(&r->text) != RC_OK)
		return refuse(r, "the text is longer than 16 kB");
	r->s.text = buf_str(&r->text);
	return RC_OK;
}

static enum rc read_opening(struct reading *r, struct str value)
{
	bool is_below = str_starts(value, STR("-"));
	struct fiat money;
	enum rc rc =
	    read_money(r, str_from(value, is_below ? 1 : 0), true, &money);

	if (rc == RC_OK)
		r->s.opening = is_below ? fiat_neg(money) : money;
	return rc;
}

static enum rc read_rate(struct reading *r, struct str value)
{
	struct str kind = str_cut(&value, ' ');
	struct str price = str_cut(&value, ' ');
	enum rc rc;

	if (!str_eq(kind, STR("fixed")) || price.n == 0 || value.n == 0)
		return refuse(r, "a rate set by hand is written with its day: "
				 "\"fixed 60000.00 2026-11-27\"");
	rc = read_money(r, price, false, &r->s.rate_price);
	if (rc == RC_OK)
		rc = read_day(r, value, &r->s.rate_day);
	r->s.has_rate = rc == RC_OK;
	return rc;
}

static enum rc read_number(
    struct reading *r, const struct key *key, struct str value)
{
	uint64_t n;
	char what[80];

	if (str_u64(value, key->most, &n) != RC_OK || n < key->least) {
		snprintf(what, sizeof(what), "this is a number from %u to %u",
		    (unsigned)key->least, (unsigned)key->most);
		return refuse(r, what);
	}
	*(uint32_t *)(void *)((char *)&r->s + key->offset) = (uint32_t)n;
	return RC_OK;
}

static enum rc read_value(
    struct reading *r, const struct key *key, struct str value)
{
	enum rc rc;

	switch (key->kind) {
	case KEY_CURRENCY:
		if (currency_parse(value, &r->s.currency) != RC_OK)
			return refuse(r, "a currency has three capitals, such "
					 "as EUR");
		r->s.has_currency = true;
		return RC_OK;
	case KEY_AMOUNT:
		return read_amount(r, value);
	case KEY_AMOUNT_BTC:
		return read_amount_btc(r, value);
	case KEY_LEAST:
		return read_money(r, value, true, &r->s.least);
	case KEY_MOST:
		return read_money(r, value, true, &r->s.most);
	case KEY_COST:
		return read_cost(r, value);
	case KEY_START:
		rc = read_day(r, value, &r->s.start_day);
		r->s.has_start = rc == RC_OK;
		return rc;
	case KEY_OPENING:
		return read_opening(r, value);
	case KEY_CONFIRM:
		return read_confirm(r, value);
	case KEY_ROUND:
		return read_money(r, value, false, &r->s.round);
	case KEY_ROUND_BTC:
		return read_btc(r, value, &r->s.round_btc);
	case KEY_CAMPAIGN:
		return read_campaign(r, value);
	case KEY_CAMPAIGN_TEXT:
		return read_campaign_text(r, value);
	case KEY_LINE:
		return read_text(r, value,
		    (struct str *)(void *)((char *)&r->s + key->offset));
	case KEY_TEXT:
		return read_long(r, value);
	case KEY_RATE:
		return read_rate(r, value);
	case KEY_SOURCES:
		if (value.n == 0)
			return RC_OK;
		if (rate_ready_parse(value, &r->s.rate_sources) != RC_OK)
			return refuse(r,
			    "sources are off, or some of coinbase, "
			    "kraken, bitstamp, coingecko, mempool, "
			    "bitfinex, blockchain, gemini");
		r->s.has_rate_sources = true;
		return RC_OK;
	case KEY_NUMBER:
		return read_number(r, key, value);
	}
	unreachable("a key of no kind");
}

static bool may_repeat(const struct key *key)
{
	return key->kind == KEY_AMOUNT || key->kind == KEY_AMOUNT_BTC ||
	       key->kind == KEY_CONFIRM || key->kind == KEY_CAMPAIGN ||
	       key->kind == KEY_CAMPAIGN_TEXT || key->kind == KEY_COST ||
	       key->kind == KEY_TEXT;
}

static enum rc read_line(struct reading *r, struct str line)
{
	struct str value = line;
	struct str name;
	enum rc rc;

	if (str_blank(line) || str_starts(str_trim(line), STR("#")))
		return RC_OK;
	if (str_find(line, '=') == line.n)
		return refuse(r, "a setting is written \"key = value\"");
	name = str_trim(str_cut(&value, '='));
	value = str_trim(value);
	for (size_t i = 0; i < KEYS_N; i++) {
		if (!str_eq(name, str_of(KEYS[i].name)))
			continue;
		if (r->is_given[i] && !may_repeat(&KEYS[i]))
			return refuse(r, "this key was given before");
		rc = read_value(r, &KEYS[i], value);
		r->is_given[i] = true;
		return rc;
	}
	return err_set(r->err, RC_INVALID,
	    "line %u: there is no setting \"%.*s\"", r->line,
	    STR_ARG(str_part(name, 0, 40)));
}

bool settings_has_key(struct str key)
{
	for (size_t i = 0; i < KEYS_N; i++)
		if (str_eq(key, str_of(KEYS[i].name)))
			return true;
	return false;
}

void settings_put_keys(struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < KEYS_N; i++) {
		if (strcmp(KEYS[i].name, "call") == 0)
			continue;
		if (n++ > 0)
			buf_lit(b, ", ");
		buf_add(b, str_of(KEYS[i].name));
	}
}

static enum rc read_all(
    struct reading r, struct str text, struct ledger_settings *ret_settings)
{
	struct arena *a = r.a;
	struct err *err = r.err;
	struct str line;

	if (text.n > SETTINGS_TEXT_MOST)
		return err_set(err, RC_LIMIT, "longer than 64 kB");
	if (!utf8_is_valid(text) || str_find(text, '\0') < text.n)
		return err_set(err, RC_INVALID, "this is no UTF-8 text");
	settings_default(&r.s);
	buf_init_arena(&r.text, a, SETTINGS_LONG_MOST);
	while (str_line(&text, &line)) {
		enum rc rc;

		r.line++;
		r.line_text = line;
		rc = read_line(&r, line);
		if (rc != RC_OK)
			return rc;
	}
	r.s.text = str_trim(r.s.text);
	if (fiat_raw(r.s.costs_per_month) > 0 && !r.s.has_start)
		return err_set(err, RC_INVALID,
		    "a \"cost\" needs a \"start\", the day from which it is "
		    "counted");
	*ret_settings = r.s;
	return RC_OK;
}

enum rc settings_parse(struct arena *a, struct str text,
    struct ledger_settings *ret_settings, struct err *err)
{
	return read_all(
	    (struct reading){.a = a, .err = err}, text, ret_settings);
}

enum rc settings_parse_spoken(struct arena *a, struct str text,
    struct ledger_settings *ret_settings, struct err *err)
{
	struct ledger_settings settings;
	enum rc rc =
	    read_all((struct reading){.a = a, .err = err, .is_spoken = true},
		text, &settings);

	if (rc == RC_OK)
		rc = settings_check(&settings, err);
	if (rc == RC_OK)
		*ret_settings = settings;
	return rc;
}

bool settings_offers(const struct ledger_settings *settings, struct fiat worth)
{
	return fiat_cmp(worth, settings->least) >= 0 &&
	       (fiat_raw(settings->most) == 0 ||
		   fiat_cmp(worth, settings->most) <= 0);
}

enum rc settings_check(const struct ledger_settings *settings, struct err *err)
{
	struct buf b;

	if (fiat_raw(settings->most) > 0 &&
	    fiat_cmp(settings->least, settings->most) > 0)
		return err_set(err, RC_INVALID,
		    "\"least\" is more than \"most\": no sum could be asked "
		    "for");
	for (size_t i = 0; i < settings->amounts_n; i++) {
		enum rc rc;

		if (settings_offers(settings, settings->amounts[i].worth))
			continue;
		buf_init(&b, SETTINGS_LINE_MOST);
		fiat_text(&b, settings->amounts[i].worth, settings->currency);
		rc = err_set(err, RC_INVALID,
		    "the suggestion \"amount = %.*s\" is below \"least\" or "
		    "above \"most\": who chose it would be refused. Change "
		    "the one or the other",
		    STR_ARG(buf_str(&b)));
		buf_done(&b);
		return rc;
	}
	return RC_OK;
}

static void put_money(struct buf *b, const struct ledger_settings *s,
    const char *key, struct fiat money, struct str what)
{
	buf_add(b, str_of(key));
	buf_lit(b, " = ");
	if (fiat_raw(money) < 0) {
		buf_char(b, '-');
		money = fiat_neg(money);
	}
	fiat_text(b, money, s->currency);
	if (what.n > 0)
		buf_char(b, ' ');
	buf_add(b, what);
	buf_char(b, '\n');
}

static void put_btc(
    struct buf *b, const char *key, struct sat amount, struct str what)
{
	buf_add(b, str_of(key));
	buf_lit(b, " = ");
	sat_text_short(b, amount);
	if (what.n > 0)
		buf_char(b, ' ');
	buf_add(b, what);
	buf_char(b, '\n');
}

static void put_line(struct buf *b, const char *key, struct str line)
{
	buf_add(b, str_of(key));
	buf_lit(b, " = ");
	buf_add(b, line);
	buf_char(b, '\n');
}

static void put_campaign(struct buf *b, const struct ledger_settings *s,
    const struct settings_campaign *c)
{
	buf_lit(b, "campaign = ");
	buf_add(b, c->id);
	buf_char(b, ' ');
	fiat_text(b, c->goal, s->currency);
	buf_char(b, ' ');
	escape_day(b, c->from_day);
	buf_char(b, ' ');
	escape_day(b, c->to_day);
	buf_char(b, ' ');
	buf_add(b, c->title);
	buf_char(b, '\n');
	if (c->text.n == 0)
		return;
	buf_lit(b, "campaign_text = ");
	buf_add(b, c->id);
	buf_char(b, ' ');
	buf_add(b, c->text);
	buf_char(b, '\n');
}

static void put_in_currency(struct buf *b, const struct ledger_settings *s)
{
	buf_lit(b, "currency = ");
	buf_add(b, str_of(s->currency.code));
	buf_char(b, '\n');
	for (size_t i = 0; i < s->amounts_n; i++)
		put_money(
		    b, s, "amount", s->amounts[i].worth, s->amounts[i].what);
	put_money(b, s, "least", s->least, STR(""));
	put_money(b, s, "most", s->most, STR(""));
	for (size_t i = 0; i < s->costs_n; i++)
		put_money(b, s, "cost", s->costs[i].monthly, s->costs[i].label);
	put_money(b, s, "opening", s->opening, STR(""));
	put_money(b, s, "round", s->round, STR(""));
	if (s->has_rate) {
		buf_lit(b, "rate = fixed ");
		fiat_text(b, s->rate_price, s->currency);
		buf_char(b, ' ');
		escape_day(b, s->rate_day);
		buf_char(b, '\n');
	}
	for (size_t i = 0; i < s->campaigns_n; i++)
		put_campaign(b, s, &s->campaigns[i]);
}

static void put_texts(struct buf *b, const struct ledger_settings *s)
{
	struct str text = s->text;
	struct str line;

	put_line(b, "title", s->title);
	put_line(b, "call", s->call);
	while (str_line(&text, &line))
		put_line(b, "text", line);
}

void settings_write(struct buf *b, const struct ledger_settings *s)
{
	put_texts(b, s);
	if (s->has_currency)
		put_in_currency(b, s);
	for (size_t i = 0; i < s->amounts_btc_n; i++)
		put_btc(b, "amount_btc", s->amounts_btc[i].amount,
		    s->amounts_btc[i].what);
	if (s->has_start) {
		buf_lit(b, "start = ");
		escape_day(b, s->start_day);
		buf_char(b, '\n');
	}
	for (size_t i = 0; i < s->confirms_n; i++) {
		buf_lit(b, "confirm = ");
		sat_text_short(b, s->confirms[i].below);
		buf_char(b, ' ');
		buf_u64(b, s->confirms[i].confirmations);
		buf_char(b, '\n');
	}
	put_btc(b, "round_btc", s->round_btc, STR(""));
	if (s->has_rate_sources) {
		buf_lit(b, "rate_sources = ");
		rate_ready_write(b, s->rate_sources);
		buf_char(b, '\n');
	}
	for (size_t i = 0; i < KEYS_N; i++) {
		if (KEYS[i].kind != KEY_NUMBER)
			continue;
		buf_add(b, str_of(KEYS[i].name));
		buf_lit(b, " = ");
		buf_u64(b, *(const uint32_t *)(const void *)((const char *)s +
							     KEYS[i].offset));
		buf_char(b, '\n');
	}
}

uint32_t settings_confirmations(
    const struct ledger_settings *settings, struct sat amount, bool is_coinbase)
{
	uint32_t n = settings->confirm_above;

	for (size_t i = 0; i < settings->confirms_n; i++) {
		if (sat_cmp(amount, settings->confirms[i].below) < 0) {
			n = settings->confirms[i].confirmations;
			break;
		}
	}
	return is_coinbase && n < COINBASE_CONFIRMATIONS
		   ? COINBASE_CONFIRMATIONS
		   : n;
}

const struct settings_campaign *settings_campaign(
    const struct ledger_settings *settings, struct str id)
{
	for (size_t i = 0; i < settings->campaigns_n; i++)
		if (str_eq(settings->campaigns[i].id, id))
			return &settings->campaigns[i];
	return NULL;
}
