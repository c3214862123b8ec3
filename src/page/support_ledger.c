/* SPDX-License-Identifier: MIT
 *
 * What readers have given, in the open; and how anyone can check that an
 * address is the paper's.
 */
#include "base/must.h"
#include "page/money.h"
#include "page/page.h"
#include "page/support_priv.h"

enum { LATE_MAX = 128 };

/* So few gifts that their number is cut down to none are not none. */
static void put_count(const struct sheet *s, uint64_t n, struct view_money coin)
{
	if (n == 0 && coin.units > 0) {
		support_cell(s, (struct view_money){0});
		return;
	}
	html_lit(s->b, "<td class=\"end\">");
	money_number(s->b, s->words, n);
	html_lit(s->b, "</td>");
}

static void put_month(const struct sheet *s, const struct view_ledger_month *m)
{
	html_lit(s->b, "<tr><th scope=\"row\">");
	if (m->month.month)
		words_month_year(s->b, s->words, m->month);
	support_bar(s, m->permille);
	html_lit(s->b, "</th>");
	put_count(s, m->gifts, m->coin);
	support_cell(s, m->coin);
	support_cell(s, m->value);
	html_lit(s->b, "</tr>\n");
}

/* The sum of the months that are not listed. */
static void put_earlier(
    const struct sheet *s, const struct view_ledger_month *m)
{
	html_lit(s->b, "<tr><th scope=\"row\">");
	support_say(s, SAY_EARLIER, NULL);
	html_lit(s->b, "</th>");
	put_count(s, m->gifts, m->coin);
	support_cell(s, m->coin);
	support_cell(s, m->value);
	html_lit(s->b, "</tr>\n");
}

static void put_months(const struct sheet *s, const struct view_ledger *v)
{
	struct buf *b = s->b;

	html_lit(b, "<section class=\"months\">\n");
	support_heading(s, SAY_BY_MONTH);
	if (!v->months_n) {
		support_note(s, HTML("sentence"), SAY_NO_GIFTS, NULL);
		html_lit(b, "</section>\n");
		return;
	}
	html_lit(b, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	html_attr(b, "aria-label", words_saying(s->words, SAY_BY_MONTH));
	html_lit(b, ">\n<table>\n<thead><tr>");
	support_column(s, SAY_MONTH, false);
	support_column(s, SAY_GIFTS, true);
	support_column(s, SAY_BITCOIN, true);
	support_column(s, SAY_VALUE, true);
	html_lit(b, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < v->months_n; i++)
		put_month(s, &v->months[i]);
	if (v->has_earlier)
		put_earlier(s, &v->earlier);
	html_lit(b, "</tbody>\n<tfoot><tr><th scope=\"row\">");
	support_say(s, SAY_TOTAL, NULL);
	html_lit(b, "</th>");
	put_count(s, v->total_gifts, v->total_coin);
	support_cell(s, v->total_coin);
	support_cell(s, v->total_value);
	html_lit(b, "</tr></tfoot>\n</table>\n</div>\n");
	if (v->total_value.code.n)
		support_note(s, HTML("hint"), SAY_WORTH_TEXT, NULL);
	html_lit(b, "</section>\n");
}

static void put_money_row(
    const struct sheet *s, enum saying saying, struct view_money money)
{
	if (!money.code.n)
		return;
	support_row(s, saying);
	support_money(s, money);
	support_row_end(s);
}

static void put_formula(const struct sheet *s, const struct view_ledger *v)
{
	struct piece days[2] = {
	    {.kind = PIECE_DATE, .time = v->since},
	    {.kind = PIECE_DATE, .time = v->as_of},
	};
	struct buf *b = s->b;

	html_lit(b, "<section class=\"formula\">\n");
	support_heading(s, SAY_FORMULA);
	support_note(s, HTML("sentence"), SAY_FORMULA_TEXT, NULL);
	html_lit(b, "<dl>\n");
	if (v->since.month) {
		support_row(s, SAY_BEGAN);
		support_time(s, v->since, TIME_DATE);
		support_row_end(s);
	}
	put_money_row(s, SAY_OPENING, v->opening);
	put_money_row(s, SAY_GIVEN, v->given);
	put_money_row(s, SAY_COST_MONTH, v->cost_month);
	put_money_row(s, SAY_COST_DAY, v->cost_day);
	if (v->used.code.n && v->since.month && v->as_of.month) {
		html_lit(b, "<div><dt>");
		support_say(s, SAY_USED_SINCE, days);
		html_lit(b, "</dt> <dd>");
		support_money(s, v->used);
		support_row_end(s);
	} else {
		put_money_row(s, SAY_USED, v->used);
	}
	html_lit(b, "</dl>\n</section>\n");
}

static void put_coarse(const struct sheet *s, const struct view_ledger *v)
{
	struct piece step[2] = {{.kind = PIECE_MONEY, .money = v->step}};
	struct piece counted[2] = {{.kind = PIECE_DATE, .time = v->as_of}};
	struct piece days[2] = {{.kind = PIECE_TEXT}};
	struct buf late;

	buf_init(&late, LATE_MAX);
	words_days(&late, s->words, v->delay_days);
	days[0].text = buf_str(&late);
	html_lit(s->b, "<p class=\"hint\">");
	if (v->as_of.month)
		support_say(s, SAY_COUNTED, counted);
	if (v->step.code.n) {
		html_lit(s->b, " ");
		support_say(s, SAY_COARSE, step);
	}
	if (v->delay_days) {
		html_lit(s->b, " ");
		support_say(s, SAY_DELAYED, days);
	}
	if (v->step.code.n || v->delay_days) {
		html_lit(s->b, " ");
		support_say(s, SAY_COARSE_WHY, NULL);
	}
	html_lit(s->b, "</p>\n");
	buf_done(&late);
}

void page_support_ledger(struct buf *b, const struct view_paper *paper,
    const struct view_ledger *ledger)
{
	struct sheet s = support_sheet(b, paper, SAY_LEDGER);

	s.url = STR("/support/ledger");
	sheet_start(&s);
	html_lit(b, "<div class=\"open\">\n");
	support_network(&s, ledger->network);
	html_lit(b, "<header>\n"
		    "<p class=\"kicker\"><a href=\"/support\">");
	sheet_say(&s, WORD_SUPPORT);
	html_lit(b, "</a></p>\n<h1>");
	support_say(&s, SAY_LEDGER, NULL);
	html_lit(b, "</h1>\n");
	support_runway(&s, &ledger->runway);
	put_coarse(&s, ledger);
	html_lit(b, "</header>\n");
	put_months(&s, ledger);
	support_campaigns(&s, ledger->campaigns, ledger->campaigns_n);
	if (ledger->cost_day.code.n)
		put_formula(&s, ledger);
	support_link(&s, ledger->file_url, SAY_FILE);
	html_lit(b, "</div>\n");
	sheet_end(&s);
}

/* A command to be typed, with the key where it takes one. */
static void put_command(const struct sheet *s, struct html before,
    struct str key, struct html after)
{
	html_lit(s->b, "<p><code class=\"command\" dir=\"ltr\">");
	html_raw(s->b, before);
	html_text(s->b, key);
	html_raw(s->b, after);
	html_lit(s->b, "</code></p>\n");
}

static void put_old_key(const struct sheet *s, const struct view_old_key *k)
{
	struct piece both[2] = {
	    {.kind = PIECE_NUMBER, .number = k->first},
	    {.kind = PIECE_NUMBER, .number = k->last},
	};
	struct buf *b = s->b;

	html_lit(b, "<li>\n<code class=\"key\" dir=\"ltr\">");
	html_text(b, k->key);
	html_lit(b, "</code>\n<p class=\"hint\"><bdi dir=\"ltr\">");
	html_text(b, k->fingerprint);
	html_lit(b, "</bdi><br>");
	support_say(s, k->first == k->last ? SAY_BATCH_ONE : SAY_BATCHES, both);
	html_lit(b, "</p>\n</li>\n");
}

/* A gift's proof can be one by a key that is no longer in use. */
static void put_old_keys(const struct sheet *s, const struct view_verify *v)
{
	if (!v->old_keys_n)
		return;
	html_lit(s->b, "<section class=\"old-keys\">\n");
	support_heading(s, SAY_OLD_KEYS);
	support_note(s, HTML("sentence"), SAY_OLD_KEYS_TEXT, NULL);
	html_lit(s->b, "<ol>\n");
	for (size_t i = 0; i < v->old_keys_n; i++)
		put_old_key(s, &v->old_keys[i]);
	html_lit(s->b, "</ol>\n</section>\n");
}

static void put_key(const struct sheet *s, const struct view_verify *v)
{
	struct piece valid[2] = {
	    {.kind = PIECE_NUMBER, .number = v->batch},
	    {.kind = PIECE_DATE, .time = v->valid_until},
	};
	struct buf *b = s->b;

	html_lit(b, "<section>\n");
	support_heading(s, SAY_KEY);
	if (!v->key.n) {
		support_note(s, HTML("sentence"), SAY_KEY_NONE, NULL);
		html_lit(b, "</section>\n");
		return;
	}
	html_lit(b, "<p><code class=\"key\" dir=\"ltr\">");
	html_text(b, v->key);
	html_lit(b, "</code></p>\n");
	support_note(s, HTML("sentence"), SAY_KEY_TEXT, NULL);
	html_lit(b, "<dl>\n");
	if (v->fingerprint.n) {
		support_row(s, SAY_FINGERPRINT);
		html_lit(b, "<code dir=\"ltr\">");
		html_text(b, v->fingerprint);
		html_lit(b, "</code>");
		support_row_end(s);
	}
	if (v->key_id.n) {
		support_row(s, SAY_KEY_ID);
		html_lit(b, "<code dir=\"ltr\">");
		html_text(b, v->key_id);
		html_lit(b, "</code>");
		support_row_end(s);
	}
	html_lit(b, "</dl>\n");
	if (v->valid_until.month)
		support_note(s, HTML("hint"), SAY_VALID, valid);
	html_lit(b, "</section>\n");
	put_old_keys(s, v);
}

static void put_ways(const struct sheet *s, const struct view_verify *v)
{
	struct buf *b = s->b;

	html_lit(b, "<section>\n");
	support_heading(s, SAY_BY_PAGE);
	support_note(s, HTML("sentence"), SAY_BY_PAGE_TEXT, NULL);
	support_link(s, v->html_url, SAY_BY_PAGE_LINK);
	html_lit(b, "</section>\n<section>\n");
	support_heading(s, SAY_BY_COMMAND);
	support_note(s, HTML("sentence"), SAY_BY_COMMAND_TEXT, NULL);
	put_command(
	    s, HTML("farthing verify --key "), v->key, HTML(" proof.txt"));
	html_lit(b, "</section>\n");
	html_lit(b, "<section>\n");
	support_heading(s, SAY_BY_MINISIGN);
	support_note(s, HTML("sentence"), SAY_BY_MINISIGN_TEXT, NULL);
	put_command(s,
	    HTML("sed -n '/^farthing statement /,$p' proof.txt &gt;s.txt\n"
		 "sed -n -e '1s/.*/untrusted comment: /p' "
		 "-e 's/^signature: //p' "
		 "-e 's/^comment: /trusted comment: /p' "
		 "-e 's/^comment-signature: //p' proof.txt &gt;s.txt.minisig\n"
		 "minisign -V -P "),
	    v->key, HTML(" -m s.txt"));
	html_lit(b, "</section>\n");
}

void page_support_verify(struct buf *b, const struct view_paper *paper,
    const struct view_verify *verify)
{
	struct sheet s = support_sheet(b, paper, SAY_SEE_VERIFY);

	s.url = STR("/support/verify");
	sheet_start(&s);
	html_lit(b, "<div class=\"open\">\n");
	support_network(&s, verify->network);
	html_lit(b, "<header>\n"
		    "<p class=\"kicker\"><a href=\"/support\">");
	sheet_say(&s, WORD_SUPPORT);
	html_lit(b, "</a></p>\n<h1>");
	support_say(&s, SAY_SEE_VERIFY, NULL);
	html_lit(b, "</h1>\n");
	support_note(&s, HTML("sentence"), SAY_VERIFY_WHY, NULL);
	html_lit(b, "</header>\n");
	put_key(&s, verify);
	if (verify->key.n)
		put_ways(&s, verify);
	html_lit(b, "</div>\n");
	sheet_end(&s);
}

/* Appends FILE up to and with PLACE, and TEXT, and gives the rest. */
static struct str put_into(
    struct buf *b, struct str file, struct str place, struct str text)
{
	size_t at = str_find_str(file, place);

	for (size_t i = 0; i < text.n; i++)
		must(ascii_is_alpha(text.p[i]) || ascii_is_digit(text.p[i]) ||
		     text.p[i] == '+' || text.p[i] == '/' || text.p[i] == '=' ||
		     text.p[i] == ' ');
	if (at == file.n)
		return file;
	at += place.n;
	buf_add(b, str_part(file, 0, at));
	buf_add(b, text);
	return str_from(file, at);
}

void page_support_verify_file(
    struct buf *b, struct str file, struct str key, struct str batches)
{
	file = put_into(b, file, STR("name=\"farthing-key\" content=\""), key);
	file = put_into(
	    b, file, STR("name=\"farthing-batches\" content=\""), batches);
	buf_add(b, file);
}
