/* SPDX-License-Identifier: MIT
 *
 * See desk_chain.h.
 */
#include "page/desk_chain.h"

#include "page/money.h"

static void start(const struct screen *s, enum msg name)
{
	html_lit(s->b, "<dt>");
	screen_say(s, name);
	html_lit(s->b, "</dt><dd>");
}

static void end(const struct screen *s)
{
	html_lit(s->b, "</dd>\n");
}

static void put_node(const struct screen *s, const struct view_desk_chain *v)
{
	start(s, MSG_MONEY_NODE);
	if (v->node == MSG_COUNT)
		screen_say(s, MSG_MONEY_NODE_NONE);
	else if (v->is_node_well)
		screen_status(s, "good", v->node);
	else
		screen_status(s, "bad", v->node);
	if (v->node_text.n > 0) {
		html_lit(s->b, " <span lang=\"en\" dir=\"ltr\">");
		html_text(s->b, v->node_text);
		html_lit(s->b, "</span>");
	}
	if (!v->is_verified) {
		html_lit(s->b, " ");
		screen_say(s, MSG_MONEY_UNVERIFIED);
	}
	end(s);
	if (v->has_heard) {
		start(s, MSG_MONEY_HEARD);
		screen_time(s, v->heard);
		end(s);
	}
	if (v->height > 0) {
		start(s, MSG_MONEY_HEIGHT);
		buf_u64(s->b, v->height);
		end(s);
	}
	if (v->has_tip) {
		start(s, MSG_MONEY_TIP);
		screen_time(s, v->tip);
		if (v->behind > 0) {
			html_lit(s->b, " ");
			screen_say_count(s, MSG_MONEY_BEHIND, v->behind);
		}
		end(s);
	}
}

static void put_sources(const struct screen *s, const struct view_desk_chain *v)
{
	const uint64_t counts[] = {v->answering, v->sources};
	struct str values[2];
	struct buf b[2];

	for (int i = 0; i < 2; i++) {
		buf_init(&b[i], 64);
		buf_u64(&b[i], counts[i]);
		values[i] = buf_str(&b[i]);
	}
	start(s, MSG_MONEY_SOURCES);
	screen_say_with(s, MSG_HEALTH_OF, values, 2);
	if (v->sources_text.n > 0 && v->answering < v->sources) {
		html_lit(s->b, " <span lang=\"en\" dir=\"ltr\">");
		html_text(s->b, v->sources_text);
		html_lit(s->b, "</span>");
	}
	end(s);
	for (int i = 0; i < 2; i++)
		buf_done(&b[i]);
}

static void put_fixed(struct buf *b, const struct screen *s, struct civil day)
{
	struct str value;
	struct buf text;

	buf_init(&text, 200);
	words_date(&text, s->words, day);
	value = buf_str(&text);
	desk_fill(b, s->lang, MSG_MONEY_RATE_SET, &value, 1);
	buf_done(&text);
}

static void put_rate(const struct screen *s, const struct view_desk_chain *v)
{
	struct str values[2];
	struct buf b[2];

	start(s, MSG_MONEY_RATE);
	if (v->has_rate) {
		/* Both are read from left to right, also in Arabic; but for
		 * what is said in its words. */
		for (int i = 0; i < 2; i++) {
			buf_init(&b[i], 1000);
			if (i == 1 && v->is_rate_fixed)
				buf_lit(&b[i], "\xE2\x81\xA8");
			else
				buf_lit(&b[i], "\xE2\x81\xA6");
		}
		money_write_full(&b[0], s->words, v->rate);
		if (v->is_rate_fixed)
			put_fixed(&b[1], s, v->rate_day);
		else
			buf_add(&b[1], v->rate_source);
		for (int i = 0; i < 2; i++) {
			buf_lit(&b[i], "\xE2\x81\xA9");
			values[i] = buf_str(&b[i]);
		}
		screen_say_with(s, MSG_MONEY_RATE_IS, values, 2);
		for (int i = 0; i < 2; i++)
			buf_done(&b[i]);
	} else {
		screen_say(s, MSG_MONEY_RATE_NONE);
	}
	end(s);
	if (v->sources > 0)
		put_sources(s, v);
}

void desk_chain(const struct screen *s, const struct view_desk_chain *view)
{
	html_lit(s->b, "<dl class=\"facts\">\n");
	start(s, MSG_MONEY_NETWORK);
	html_lit(s->b, "<bdi>");
	html_text(s->b, view->network);
	html_lit(s->b, "</bdi>");
	if (view->is_test) {
		html_lit(s->b, " (");
		screen_say(s, MSG_MONEY_TEST);
		html_lit(s->b, ")");
	}
	end(s);
	put_node(s, view);
	put_rate(s, view);
	html_lit(s->b, "</dl>\n");
}

void desk_alarm(const struct screen *s, const struct view_desk_alarm *alarm)
{
	struct buf *b = s->b;

	if (alarm->msg != MSG_COUNT)
		screen_say_with(s, alarm->msg, alarm->values, 3);
	if (alarm->what.n == 0)
		return;
	html_lit(b, " <span lang=\"en\" dir=\"ltr\">");
	html_text(b, alarm->what);
	html_lit(b, "</span>");
}
