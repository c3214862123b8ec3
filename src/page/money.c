/* SPDX-License-Identifier: MIT
 *
 * Writing money; see money.h. Grouping and placement follow the Unicode CLDR,
 * with a narrow space where it has one.
 */
#include "page/money.h"

#include "base/must.h"

#define NARROW "\u202F"
#define SPACE  "\u00A0"

struct style {
	struct str lang;
	struct str point;
	struct str group;
	unsigned ungrouped; /* whole numbers of so many digits stay whole */
	bool is_sign_first;
};

static const struct style styles[] = {
    {STR_INIT("en"), STR_INIT("."), STR_INIT(","), 3, true},
    {STR_INIT("es"), STR_INIT(","), STR_INIT(NARROW), 4, false},
    {STR_INIT("fr"), STR_INIT(","), STR_INIT(NARROW), 3, false},
    {STR_INIT("de"), STR_INIT(","), STR_INIT("."), 3, false},
    {STR_INIT("ru"), STR_INIT(","), STR_INIT(NARROW), 3, false},
    {STR_INIT("ar"), STR_INIT("."), STR_INIT(","), 3, false},
    {STR_INIT("ko"), STR_INIT("."), STR_INIT(","), 3, true},
};

static const struct {
	struct str code;
	struct str sign;
} signs[] = {
    {STR_INIT("EUR"), STR_INIT("€")},
    {STR_INIT("USD"), STR_INIT("$")},
    {STR_INIT("GBP"), STR_INIT("£")},
    {STR_INIT("JPY"), STR_INIT("¥")},
    {STR_INIT("KRW"), STR_INIT("₩")},
    {STR_INIT("INR"), STR_INIT("₹")},
    {STR_INIT("RUB"), STR_INIT("₽")},
    {STR_INIT("UAH"), STR_INIT("₴")},
    {STR_INIT("ILS"), STR_INIT("₪")},
    {STR_INIT("TRY"), STR_INIT("₺")},
    {STR_INIT("NGN"), STR_INIT("₦")},
    {STR_INIT("VND"), STR_INIT("₫")},
    {STR_INIT("BRL"), STR_INIT("R$")},
};

enum { DIGITS_MAX = 20 };

static const struct style *style_of(const struct words *w)
{
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++)
		if (str_eq(styles[i].lang, str_of(w->lang)))
			return &styles[i];
	return &styles[0];
}

static struct str sign_of(struct str code)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (str_eq(signs[i].code, code))
			return signs[i].sign;
	return STR_NONE;
}

/* Fills DIGITS from its end and returns how many there are. */
static unsigned digits_of(uint64_t n, char digits[DIGITS_MAX])
{
	unsigned count = 0;

	do {
		digits[DIGITS_MAX - ++count] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	return count;
}

static void put_whole(struct buf *b, const struct style *style, uint64_t n)
{
	char digits[DIGITS_MAX];
	unsigned count = digits_of(n, digits);

	for (unsigned left = count; left > 0; left--) {
		if (left < count && left % 3 == 0 && count > style->ungrouped)
			buf_add(b, style->group);
		buf_char(b, digits[DIGITS_MAX - left]);
	}
}

/* The number without its sign, with at least LEAST of its decimals. */
static void put_number(struct buf *b, const struct style *style,
    struct view_money m, unsigned least)
{
	uint64_t units =
	    m.units < 0 ? 0 - (uint64_t)m.units : (uint64_t)m.units;
	uint64_t scale = 1;
	unsigned shown = m.decimals;
	uint64_t rest;

	must(m.decimals <= 18);
	for (unsigned i = 0; i < m.decimals; i++)
		scale *= 10;
	rest = units % scale;
	while (shown > least && rest % 10 == 0) {
		rest /= 10;
		shown--;
	}
	put_whole(b, style, units / scale);
	if (shown > 0) {
		buf_add(b, style->point);
		buf_u64_wide(b, rest, shown);
	}
}

/* Decimals that a currency is never without, once one of them is not 0. */
static unsigned least_of(struct view_money m)
{
	uint64_t scale = 1;

	if (str_eq(m.code, STR("BTC")))
		return 0;
	for (unsigned i = 0; i < m.decimals && i < 18; i++)
		scale *= 10;
	return m.units % (int64_t)scale == 0 ? 0 : m.decimals;
}

static void put_money(
    struct buf *b, const struct words *w, struct view_money m, unsigned least)
{
	const struct style *style = style_of(w);
	struct str sign = sign_of(m.code);

	if (!m.code.n)
		return;
	if (m.units < 0)
		buf_lit(b, "−");
	if (sign.n && style->is_sign_first) {
		buf_add(b, sign);
		put_number(b, style, m, least);
		return;
	}
	put_number(b, style, m, least);
	buf_lit(b, SPACE);
	buf_add(b, sign.n ? sign : m.code);
}

void money_write(struct buf *b, const struct words *w, struct view_money m)
{
	put_money(b, w, m, least_of(m));
}

void money_write_full(struct buf *b, const struct words *w, struct view_money m)
{
	put_money(b, w, m, m.decimals);
}

void money_write_sat(struct buf *b, const struct words *w, struct view_money m)
{
	must(m.decimals == 8);
	m.decimals = 0;
	m.code = STR("sat");
	put_money(b, w, m, 0);
}

void money_number(struct buf *b, const struct words *w, uint64_t n)
{
	put_whole(b, style_of(w), n);
}
