/* SPDX-License-Identifier: MIT
 *
 * What the treasurer sees of till and ledger; see desk_money.h. Figures are
 * text in tables; the bars above them say the same to the eye.
 */
#include "page/desk_money.h"

#include "page/desk_chain.h"
#include "page/money.h"
#include "page/screen.h"

enum { BARS_MOST = 36, BAR_WIDE = 14, BAR_STEP = 20, BAR_HIGH = 100 };

/* Around what is read from left to right in a sentence of any language. */
#define LRI "\xE2\x81\xA6"
#define PDI "\xE2\x81\xA9"

static void put_command(struct buf *b, const char *text)
{
	html_text(b, str_of(text));
	html_lit(b, "\n");
}

void desk_money_none(
    struct buf *b, const struct view_desk *desk, bool is_silent)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_RAIL_MONEY));

	if (is_silent) {
		html_lit(b, "<p class=\"verdict\">");
		screen_say(&s, MSG_MONEY_SILENT);
		html_lit(b, "</p>\n");
		screen_end(&s);
		return;
	}
	html_lit(b, "<h2 class=\"first\">");
	screen_say(&s, MSG_MONEY_NONE);
	html_lit(b, "</h2>\n");
	screen_put(&s, "p", MSG_MONEY_NONE_TEXT);
	html_lit(b, "<pre class=\"code\" dir=\"ltr\" tabindex=\"0\">");
	put_command(b, "farthing batch new-key paper.key");
	put_command(b, "farthing batch sign paper.key 'wpkh(xpub...)' \\");
	put_command(b, "    --count 5000 --name \"...\" --origin https://...");
	put_command(
	    b, "farthing batch install DIR batch.txt --key paper.key.pub");
	html_lit(b, "</pre>\n");
	screen_end(&s);
}

static void put_money(const struct screen *s, struct view_money m)
{
	struct buf text;

	if (!m.code.n)
		return;
	buf_init(&text, 200);
	money_write_full(&text, s->words, m);
	html_lit(s->b, "<bdi>");
	html_text(s->b, buf_str(&text));
	html_lit(s->b, "</bdi>");
	buf_done(&text);
}

static void put_number(const struct screen *s, uint64_t n)
{
	struct buf text;

	buf_init(&text, 64);
	money_number(&text, s->words, n);
	html_text(s->b, buf_str(&text));
	buf_done(&text);
}

/* The head of a table: N headings, those from FIRST_NUMBER on over numbers. */
static void start_table(const struct screen *s, enum msg label,
    const enum msg *heads, size_t n, size_t first_number)
{
	html_lit(s->b, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	html_attr(s->b, "aria-label", desk_word(s->lang, label));
	html_lit(s->b, ">\n<table>\n<thead><tr>");
	for (size_t i = 0; i < n; i++) {
		if (i >= first_number)
			html_lit(s->b, "<th scope=\"col\" class=\"number\">");
		else
			html_lit(s->b, "<th scope=\"col\">");
		screen_say(s, heads[i]);
		html_lit(s->b, "</th>");
	}
	html_lit(s->b, "</tr></thead>\n<tbody>\n");
}

static void end_table(const struct screen *s)
{
	html_lit(s->b, "</tbody>\n</table>\n</div>\n");
}

static void put_cells(const struct screen *s, uint64_t gifts,
    struct view_money received, struct view_money worth)
{
	html_lit(s->b, "<td class=\"number\">");
	put_number(s, gifts);
	html_lit(s->b, "</td><td class=\"number\">");
	put_money(s, received);
	html_lit(s->b, "</td><td class=\"number\">");
	put_money(s, worth);
	html_lit(s->b, "</td></tr>\n");
}

/* Bars. */

static void put_bar(struct buf *b, size_t at, int64_t units, int64_t most)
{
	int64_t high = units > 0 ? units / (most / BAR_HIGH + 1) : 0;

	if (units > 0 && high == 0)
		high = 1;
	html_lit(b, "<rect");
	html_attr_u64(b, "x", at * BAR_STEP + (BAR_STEP - BAR_WIDE) / 2);
	html_attr_u64(b, "y", (uint64_t)(BAR_HIGH - high));
	html_attr_u64(b, "width", BAR_WIDE);
	html_attr_u64(b, "height", (uint64_t)high);
	html_lit(b, "/>");
}

/* From when to when, and how high: what bars alone do not say. */
static void put_range(
    const struct screen *s, const struct view_desk_money *view, size_t n)
{
	const struct view_desk_month *most = &view->months[0];
	struct str values[3];
	struct buf b[3];

	for (size_t i = 1; i < n; i++)
		if (view->months[i].received.units > most->received.units)
			most = &view->months[i];
	for (int i = 0; i < 3; i++)
		buf_init(&b[i], 200);
	words_month_year(&b[0], s->words, view->months[n - 1].month);
	words_month_year(&b[1], s->words, view->months[0].month);
	buf_lit(&b[2], LRI);
	money_write_full(&b[2], s->words, most->received);
	buf_lit(&b[2], PDI);
	for (int i = 0; i < 3; i++)
		values[i] = buf_str(&b[i]);
	html_lit(s->b, "<figcaption class=\"hint\">");
	screen_say_with(s, MSG_MONEY_BARS_RANGE, values, 3);
	html_lit(s->b, "</figcaption>\n");
	for (int i = 0; i < 3; i++)
		buf_done(&b[i]);
}

/* The oldest on the left; the table below says the same. */
static void put_bars(const struct screen *s, const struct view_desk_money *view)
{
	size_t n = view->months_n < BARS_MOST ? view->months_n : BARS_MOST;
	struct buf *b = s->b;
	int64_t most = 1;

	for (size_t i = 0; i < n; i++)
		if (view->months[i].received.units > most)
			most = view->months[i].received.units;
	html_lit(
	    b, "<figure>\n<svg class=\"bars\" role=\"img\" viewBox=\"0 0 ");
	buf_u64(b, n * BAR_STEP);
	html_lit(b, " 101\" width=\"");
	buf_u64(b, n * BAR_STEP);
	html_lit(b, "\" height=\"101\"");
	html_attr(b, "aria-label", desk_word(s->lang, MSG_MONEY_BARS));
	html_lit(b, ">");
	for (size_t i = 0; i < n; i++)
		put_bar(b, i, view->months[n - 1 - i].received.units, most);
	html_lit(b, "<path d=\"M0 100.5H");
	buf_u64(b, n * BAR_STEP);
	html_lit(b, "\"/></svg>\n");
	put_range(s, view, n);
	html_lit(b, "</figure>\n");
}

static void put_months(
    const struct screen *s, const struct view_desk_money *view)
{
	static const enum msg heads[] = {MSG_MONEY_MONTH, MSG_MONEY_GIFTS,
	    MSG_MONEY_RECEIVED, MSG_MONEY_WORTH};

	screen_put(s, "h2", MSG_MONEY_CAME);
	if (view->months_n == 0) {
		screen_empty(s, MSG_MONEY_CAME_NONE);
		return;
	}
	put_bars(s, view);
	start_table(s, MSG_MONEY_CAME, heads, 4, 1);
	for (size_t i = 0; i < view->months_n; i++) {
		const struct view_desk_month *m = &view->months[i];
		struct buf name;

		buf_init(&name, 200);
		words_month_year(&name, s->words, m->month);
		html_lit(s->b, "<tr><th scope=\"row\">");
		html_text(s->b, buf_str(&name));
		html_lit(s->b, "</th>");
		buf_done(&name);
		put_cells(s, m->gifts, m->received, m->worth);
	}
	end_table(s);
}

static void put_purpose_name(const struct screen *s, struct str name)
{
	if (name.n == 0) {
		screen_say(s, MSG_MONEY_GENERAL);
		return;
	}
	html_lit(s->b, "<bdi dir=\"ltr\">");
	html_text(s->b, name);
	html_lit(s->b, "</bdi>");
}

static void put_purposes(
    const struct screen *s, const struct view_desk_money *view)
{
	static const enum msg heads[] = {MSG_MONEY_PURPOSE, MSG_MONEY_GIFTS,
	    MSG_MONEY_RECEIVED, MSG_MONEY_WORTH};

	if (view->purposes_n == 0)
		return;
	screen_put(s, "h2", MSG_MONEY_PURPOSES);
	start_table(s, MSG_MONEY_PURPOSES, heads, 4, 1);
	for (size_t i = 0; i < view->purposes_n; i++) {
		const struct view_desk_purpose *p = &view->purposes[i];

		html_lit(s->b, "<tr><th scope=\"row\">");
		put_purpose_name(s, p->name);
		html_lit(s->b, "</th>");
		put_cells(s, p->gifts, p->received, p->worth);
	}
	end_table(s);
}

/* State. */

static void put_state(
    const struct screen *s, const struct view_desk_money *view)
{
	static const enum msg names[] = {
	    MSG_MONEY_NOTICE, MSG_MONEY_WARNING, MSG_MONEY_URGENT};
	struct buf *b = s->b;

	html_lit(b, "<p class=\"verdict\">");
	if (view->is_open)
		screen_status(s, "good", view->state);
	else
		screen_status(s, "bad", view->state);
	html_lit(b, "</p>\n");
	screen_put(s, "h2", MSG_MONEY_ALARMS);
	if (view->alarms_n == 0) {
		screen_put(s, "p",
		    view->chain.has_heard ? MSG_MONEY_ALARMS_NONE
					  : MSG_MONEY_ALARMS_UNHEARD);
		return;
	}
	html_lit(b, "<ul class=\"list\">\n");
	for (size_t i = 0; i < view->alarms_n; i++) {
		const struct view_desk_alarm *a = &view->alarms[i];
		int at = a->severity < 1 ? 0 : a->severity - 1;

		html_lit(b, "<li>");
		if (at > 1)
			screen_status(s, "bad", names[2]);
		else
			screen_status(s, "wait", names[at]);
		html_lit(b, " ");
		screen_time(s, a->since);
		html_lit(b, "<br>");
		desk_alarm(s, a);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n");
}

static void put_paid(const struct screen *s, const struct view_desk_money *view)
{
	static const enum msg heads[] = {
	    MSG_HEALTH_STATE, MSG_MONEY_GIFTS, MSG_MONEY_RECEIVED};

	screen_put(s, "h2", MSG_MONEY_STATES);
	start_table(s, MSG_MONEY_STATES, heads, 3, 1);
	for (int i = 0; i < DESK_PAID; i++) {
		html_lit(s->b, "<tr><th scope=\"row\">");
		screen_say(s, view->paid[i].what);
		html_lit(s->b, "</th><td class=\"number\">");
		put_number(s, view->paid[i].n);
		html_lit(s->b, "</td><td class=\"number\">");
		put_money(s, view->paid[i].sum);
		html_lit(s->b, "</td></tr>\n");
	}
	end_table(s);
}

static void put_runway(
    const struct screen *s, const struct view_desk_runway *view)
{
	struct buf b[5];
	struct buf until;
	struct str values[5];
	const struct view_money sums[] = {
	    view->opening, view->given, view->monthly};

	screen_put(s, "h2", MSG_MONEY_RUNWAY);
	if (!view->is_known) {
		screen_put(s, "p", MSG_MONEY_RUNWAY_NONE);
		return;
	}
	for (int i = 0; i < 5; i++)
		buf_init(&b[i], 200);
	buf_init(&until, 200);
	words_date(&until, s->words, view->until);
	words_date(&b[0], s->words, view->since);
	for (int i = 0; i < 3; i++) {
		buf_lit(&b[i + 1], LRI);
		money_write_full(&b[i + 1], s->words, sums[i]);
		buf_lit(&b[i + 1], PDI);
	}
	buf_u64(&b[4], view->delay_days);
	for (int i = 0; i < 5; i++)
		values[i] = buf_str(&b[i]);
	html_lit(s->b, "<p class=\"verdict\">");
	screen_say_with(
	    s, MSG_MONEY_RUNWAY_UNTIL, &(struct str){until.p, until.n}, 1);
	html_lit(s->b, "</p>\n<p class=\"quiet\">");
	screen_say_with(s, MSG_MONEY_RUNWAY_HOW, values, 5);
	html_lit(s->b, "</p>\n");
	for (int i = 0; i < 5; i++)
		buf_done(&b[i]);
	buf_done(&until);
}

static void put_batch(
    const struct screen *s, const struct view_desk_batch *batch)
{
	struct buf b[2];
	struct str values[2];

	html_lit(s->b, "<tr><th scope=\"row\">");
	put_number(s, batch->number);
	html_lit(s->b, "</th><td>");
	screen_time(s, batch->installed);
	html_lit(s->b, "</td><td class=\"number\">");
	for (int i = 0; i < 2; i++) {
		buf_init(&b[i], 64);
		money_number(&b[i], s->words, i ? batch->leaves : batch->left);
		values[i] = buf_str(&b[i]);
	}
	screen_say_with(s, MSG_HEALTH_OF, values, 2);
	for (int i = 0; i < 2; i++)
		buf_done(&b[i]);
	html_lit(s->b, "</td></tr>\n");
}

static void put_pace(const struct screen *s, const struct view_desk_money *view)
{
	const uint64_t counts[] = {view->pace_n, view->pace_days};
	struct str values[2];
	struct str until;
	struct buf b[3];

	if (view->pace_days == 0)
		return;
	for (int i = 0; i < 3; i++)
		buf_init(&b[i], 200);
	for (int i = 0; i < 2; i++) {
		money_number(&b[i], s->words, counts[i]);
		values[i] = buf_str(&b[i]);
	}
	html_lit(s->b, "<p>");
	screen_say_with(s, MSG_MONEY_PACE, values, 2);
	if (view->has_end) {
		words_date(&b[2], s->words, view->end);
		until = buf_str(&b[2]);
		html_lit(s->b, " ");
		screen_say_with(s, MSG_MONEY_PACE_UNTIL, &until, 1);
	}
	html_lit(s->b, "</p>\n");
	for (int i = 0; i < 3; i++)
		buf_done(&b[i]);
}

static void put_batches(
    const struct screen *s, const struct view_desk_money *view)
{
	static const enum msg heads[] = {
	    MSG_MONEY_BATCH, MSG_MONEY_INSTALLED, MSG_MONEY_LEFT};

	if (view->batches_n == 0)
		return;
	screen_put(s, "h2", MSG_MONEY_BATCHES);
	if (view->batches[0].left * 5 <= view->batches[0].leaves) {
		html_lit(s->b, "<p class=\"warn\">");
		screen_status(s, "wait", MSG_MONEY_LOW);
		html_lit(s->b, "</p>\n");
	}
	put_pace(s, view);
	start_table(s, MSG_MONEY_BATCHES, heads, 3, 2);
	for (size_t i = 0; i < view->batches_n; i++)
		put_batch(s, &view->batches[i]);
	end_table(s);
}

static void put_export(const struct screen *s)
{
	static const struct {
		struct str url;
		enum msg name;
	} files[] = {
	    {STR_INIT("/money/export/csv"), MSG_MONEY_EXPORT_CSV},
	    {STR_INIT("/money/export/json"), MSG_MONEY_EXPORT_JSON},
	    {STR_INIT("/money/export/hledger"), MSG_MONEY_EXPORT_HLEDGER},
	};

	screen_put(s, "h2", MSG_MONEY_EXPORT);
	html_lit(s->b, "<ul class=\"list\">\n");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		html_lit(s->b, "<li><a download href=\"");
		html_text(s->b, files[i].url);
		html_lit(s->b, "\">");
		screen_say(s, files[i].name);
		html_lit(s->b, "</a></li>\n");
	}
	html_lit(s->b, "</ul>\n");
	screen_put(s, "p", MSG_MONEY_EXPORT_TEXT);
	html_lit(s->b, "<pre class=\"code\" dir=\"ltr\" tabindex=\"0\">");
	put_command(s->b, "farthing ledger DIR export bip329");
	html_lit(s->b, "</pre>\n");
}

void desk_money(struct buf *b, const struct view_desk *desk,
    const struct view_desk_money *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_RAIL_MONEY));

	html_lit(b, "<p class=\"note\">");
	screen_say(&s, MSG_MONEY_NO_EDIT);
	html_lit(b, "</p>\n");
	put_state(&s, view);
	put_months(&s, view);
	put_purposes(&s, view);
	put_paid(&s, view);
	put_runway(&s, &view->runway);
	put_batches(&s, view);
	screen_put(&s, "h2", MSG_MONEY_CHAIN);
	desk_chain(&s, &view->chain);
	screen_put(&s, "h2", MSG_MONEY_LEDGER);
	html_lit(b, "<p>");
	screen_link(&s, STR("/money/ledger"), MSG_MONEY_LEDGER_ALL);
	html_lit(b, " (");
	put_number(&s, view->entries);
	html_lit(b, ")</p>\n");
	put_export(&s);
	screen_end(&s);
}

/* The ledger. */

static void put_entry(const struct screen *s, const struct view_desk_entry *e)
{
	struct buf *b = s->b;

	html_lit(b, "<tr><th scope=\"row\">");
	buf_u64(b, e->seq);
	html_lit(b, "</th><td>");
	screen_time(s, e->date);
	html_lit(b, "</td><td>");
	screen_say(s, e->kind);
	if (e->about > 0) {
		html_lit(b, " (");
		buf_u64(b, e->about);
		html_lit(b, ")");
	}
	html_lit(b, "</td><td>");
	put_purpose_name(s, e->purpose);
	html_lit(b, "</td><td><code dir=\"ltr\"");
	html_attr(b, "title", e->txid);
	html_lit(b, ">");
	html_text(b, str_part(e->txid, 0, 12));
	html_lit(b, "\xE2\x80\xA6</code></td><td class=\"number\">");
	put_money(s, e->amount);
	html_lit(b, "</td><td class=\"number\">");
	put_money(s, e->worth);
	html_lit(b, "</td></tr>\n");
}

void desk_ledger(struct buf *b, const struct view_desk *desk,
    const struct view_desk_ledger *view)
{
	static const enum msg heads[] = {MSG_MONEY_ENTRY, MSG_MONEY_DATE,
	    MSG_MONEY_KIND, MSG_MONEY_PURPOSE, MSG_MONEY_TXID,
	    MSG_MONEY_RECEIVED, MSG_MONEY_WORTH};
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_MONEY_LEDGER));

	html_lit(b, "<p>");
	screen_link(&s, STR("/money"), MSG_RAIL_MONEY);
	html_lit(b, "</p>\n");
	if (view->n == 0) {
		screen_empty(&s, MSG_MONEY_LEDGER_NONE);
		screen_end(&s);
		return;
	}
	start_table(&s, MSG_MONEY_LEDGER, heads, 7, 5);
	for (size_t i = 0; i < view->n; i++)
		put_entry(&s, &view->v[i]);
	end_table(&s);
	screen_pager(&s, view->newer, view->older);
	screen_end(&s);
}
