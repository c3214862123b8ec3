/* SPDX-License-Identifier: MIT
 *
 * How the paper is: first, in plain words, whether all is well and what to do
 * if not; then everything that was looked at. See desk_settings.h.
 */
#include "page/desk_settings.h"

#include "base/must.h"
#include "page/desk_chain.h"
#include "page/screen.h"

static const enum msg process_names[DESK_PROCESSES] = {
    [DESK_READER] = MSG_PROCESS_READER,
    [DESK_NEWSROOM] = MSG_PROCESS_NEWSROOM,
    [DESK_TILL] = MSG_PROCESS_TILL,
    [DESK_WATCH] = MSG_PROCESS_WATCH,
    [DESK_VAULT] = MSG_PROCESS_VAULT,
    [DESK_DARKROOM] = MSG_PROCESS_DARKROOM,
    [DESK_SUPERVISOR] = MSG_PROCESS_SUPERVISOR,
};

/* "12.3 MB" */
void desk_bytes(struct buf *b, uint64_t n)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	uint64_t tenths = n * 10;
	size_t unit = 0;

	if (n > UINT64_MAX / 10)
		tenths = UINT64_MAX;
	while (tenths >= 10000 && unit < 4) {
		tenths /= 1000;
		unit++;
	}
	buf_u64(b, tenths / 10);
	if (unit > 0 && tenths < 1000) {
		buf_char(b, '.');
		buf_u64(b, tenths % 10);
	}
	buf_printf(b, " %s", units[unit]);
}

static void put_bytes(const struct screen *s, uint64_t n)
{
	struct buf b;

	buf_init(&b, 64);
	desk_bytes(&b, n);
	html_lit(s->b, "<bdi>");
	html_text(s->b, buf_str(&b));
	html_lit(s->b, "</bdi>");
	buf_done(&b);
}

void desk_process_name(
    struct buf *b, unsigned lang, enum desk_process kind, unsigned number)
{
	struct str value;
	struct buf n;

	must(kind < DESK_PROCESSES);
	buf_init(&n, 16);
	buf_u64(&n, number);
	value = buf_str(&n);
	desk_fill(b, lang, process_names[kind], &value, 1);
	buf_done(&n);
}

static void put_verdict(
    const struct screen *s, const struct view_desk_health *view)
{
	struct buf *b = s->b;

	if (view->troubles_n == 0) {
		html_lit(b, "<p class=\"verdict\">");
		screen_status(s, "good", MSG_HEALTH_WELL);
		html_lit(b, "</p>\n");
		return;
	}
	html_lit(b, "<p class=\"verdict\"><span class=\"status bad\">");
	screen_say_count(s, MSG_HEALTH_TROUBLES, view->troubles_n);
	html_lit(b, "</span></p>\n<ul class=\"list\">\n");
	for (size_t i = 0; i < view->troubles_n; i++) {
		const struct view_desk_trouble *t = &view->troubles[i];

		html_lit(b, "<li>");
		if (t->alarm) {
			desk_alarm(s, t->alarm);
		} else {
			const struct str values[] = {t->value, t->second};

			screen_say_with(s, t->msg, values, 2);
		}
		if (t->url.n > 0) {
			html_lit(b, " ");
			screen_link(s, t->url, t->link);
		}
		if (t->alarm) {
			html_lit(b, "<br><small>");
			screen_say(s, MSG_HEALTH_SINCE);
			html_lit(b, ": ");
			screen_time(s, t->alarm->since);
			html_lit(b, "</small>");
		}
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n");
}

static void start_fact(const struct screen *s, enum msg name)
{
	html_lit(s->b, "<dt>");
	screen_say(s, name);
	html_lit(s->b, "</dt><dd>");
}

static void end_fact(const struct screen *s)
{
	html_lit(s->b, "</dd>\n");
}

static void put_moment(const struct screen *s, enum msg name,
    const struct view_desk_moment *moment)
{
	start_fact(s, name);
	if (moment->headline.n == 0) {
		screen_say(s, MSG_HEALTH_NOTHING);
	} else {
		html_lit(s->b, "<a");
		html_url(s->b, "href", STR_NONE, moment->url);
		html_lit(s->b, " dir=\"auto\">");
		html_text(s->b, moment->headline);
		html_lit(s->b, "</a> ");
		screen_time(s, moment->at);
	}
	end_fact(s);
}

static void put_process(
    const struct screen *s, const struct view_desk_process *p)
{
	struct buf *b = s->b;
	struct buf name;

	buf_init(&name, 400);
	desk_process_name(&name, s->lang, p->kind, p->number);
	html_lit(b, "<tr><th scope=\"row\">");
	html_text(b, buf_str(&name));
	buf_done(&name);
	html_lit(b, "</th><td>");
	if (p->is_alive)
		screen_status(s, "good", MSG_PROCESS_ALIVE);
	else
		screen_status(s, "bad", MSG_PROCESS_SILENT);
	html_lit(b, "</td><td>");
	if (p->has_since)
		screen_time(s, p->since);
	html_lit(b, "</td><td class=\"number\">");
	buf_u64(b, p->restarts);
	html_lit(b, "</td></tr>\n");
}

static void put_processes(
    const struct screen *s, const struct view_desk_health *view)
{
	struct buf *b = s->b;

	screen_put(s, "h2", MSG_HEALTH_PROCESSES);
	html_lit(b, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	html_attr(b, "aria-label", desk_word(s->lang, MSG_HEALTH_PROCESSES));
	html_lit(b, ">\n<table>\n<thead><tr><th scope=\"col\">");
	screen_say(s, MSG_HEALTH_PROCESS);
	html_lit(b, "</th><th scope=\"col\">");
	screen_say(s, MSG_HEALTH_STATE);
	html_lit(b, "</th><th scope=\"col\">");
	screen_say(s, MSG_HEALTH_SINCE);
	html_lit(b, "</th><th scope=\"col\" class=\"number\">");
	screen_say(s, MSG_HEALTH_RESTARTS);
	html_lit(b, "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->processes_n; i++)
		put_process(s, &view->processes[i]);
	html_lit(b, "</tbody>\n</table>\n</div>\n");
}

static void put_storage(
    const struct screen *s, const struct view_desk_health *view)
{
	screen_put(s, "h2", MSG_HEALTH_STORAGE);
	html_lit(s->b, "<dl class=\"facts\">\n");
	for (size_t at = 0; at < view->disks_n; at++) {
		const struct view_desk_disk *disk = &view->disks[at];
		struct buf b[2];
		struct str values[2];

		for (int i = 0; i < 2; i++) {
			buf_init(&b[i], 64);
			desk_bytes(&b[i], i ? disk->all : disk->free);
			values[i] = buf_str(&b[i]);
		}
		start_fact(s, MSG_HEALTH_DISK);
		screen_say_with(s, MSG_HEALTH_OF, values, 2);
		html_lit(s->b, " <code class=\"quiet\" dir=\"ltr\">");
		html_text(s->b, disk->folders);
		html_lit(s->b, "</code>");
		end_fact(s);
		for (int i = 0; i < 2; i++)
			buf_done(&b[i]);
	}
	for (size_t i = 0; i < view->files_n; i++) {
		start_fact(s, view->files[i].what);
		put_bytes(s, view->files[i].bytes);
		end_fact(s);
	}
	start_fact(s, MSG_HEALTH_BACKUPS);
	screen_say(s, MSG_HEALTH_BACKUPS_TEXT);
	end_fact(s);
	html_lit(s->b, "</dl>\n");
}

static void put_server(
    const struct screen *s, const struct view_desk_health *view)
{
	struct buf n;
	struct str value;

	screen_put(s, "h2", MSG_HEALTH_SERVER);
	html_lit(s->b, "<dl class=\"facts\">\n");
	start_fact(s, MSG_HEALTH_VERSION);
	html_lit(s->b, "<bdi>");
	html_text(s->b, view->version);
	html_lit(s->b, "</bdi>");
	end_fact(s);
	start_fact(s, MSG_HEALTH_FENCES);
	buf_init(&n, 16);
	buf_u64(&n, (uint64_t)(view->landlock > 0 ? view->landlock : 0));
	value = buf_str(&n);
	if (view->landlock > 0)
		screen_say_with(s, MSG_HEALTH_LANDLOCK, &value, 1);
	else
		screen_say(s, MSG_HEALTH_NO_LANDLOCK);
	buf_done(&n);
	if (view->has_pin && !view->is_pin_apart) {
		html_lit(s->b, " ");
		screen_say(s, MSG_HEALTH_PIN_SAME);
	}
	end_fact(s);
	start_fact(s, MSG_HEALTH_TLS);
	screen_say(s, MSG_HEALTH_TLS_TEXT);
	end_fact(s);
	html_lit(s->b, "</dl>\n");
}

void desk_health(struct buf *b, const struct view_desk *desk,
    const struct view_desk_health *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_RAIL_HEALTH));

	put_verdict(&s, view);
	screen_put(&s, "h2", MSG_HEALTH_PUBLISHING);
	html_lit(b, "<dl class=\"facts\">\n");
	put_moment(&s, MSG_HEALTH_LAST, &view->last);
	put_moment(&s, MSG_HEALTH_NEXT, &view->next);
	html_lit(b, "</dl>\n");
	if (view->chain) {
		screen_put(&s, "h2", MSG_MONEY_CHAIN);
		desk_chain(&s, view->chain);
	}
	put_processes(&s, view);
	put_storage(&s, view);
	put_server(&s, view);
	screen_end(&s);
}
