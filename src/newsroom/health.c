/* SPDX-License-Identifier: MIT
 *
 * How the paper is, in plain words; see page/desk_health.c for what is said.
 */
#include "newsroom/health.h"

#include "base/must.h"
#include "ledger/alarm.h"
#include "newsroom/money.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/publish.h"
#include "newsroom/visit.h"
#include "page/desk_settings.h"
#include "paper/held.h"
#include "paper/roster.h"

/* Below either of them there is too little room. */
static const uint64_t DISK_LEAST = UINT64_C(500) * 1000 * 1000;
enum { DISK_LEAST_PERCENT = 5 };

static void add_trouble(struct view_desk_health *view, enum msg msg,
    struct str value, struct str url)
{
	if (view->troubles_n < DESK_TROUBLES)
		view->troubles[view->troubles_n++] =
		    (struct view_desk_trouble){.msg = msg,
			.value = value,
			.url = url,
			.link = MSG_RAIL_MONEY};
}

static struct str process_name(
    struct visit *v, const struct health_process *process)
{
	struct buf b;

	buf_init_arena(&b, v->a, 400);
	desk_process_name(&b, v->lang, process->kind, process->number);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

static enum rc fill_processes(
    struct visit *v, const struct health *health, struct view_desk_health *view)
{
	struct view_desk_process *rows =
	    ARENA_ARRAY(v->a, struct view_desk_process, HEALTH_PROCESSES_MOST);

	if (!rows)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < health->processes_n; i++) {
		const struct health_process *p = &health->processes[i];

		rows[i] = (struct view_desk_process){.kind = p->kind,
		    .number = p->number,
		    .is_alive = p->is_alive,
		    .has_since = p->since.us != INSTANT_NEVER.us,
		    .restarts = p->restarts};
		if (rows[i].has_since)
			rows[i].since = visit_civil(v, p->since);
		if (!p->is_alive)
			add_trouble(view, MSG_TROUBLE_PROCESS,
			    process_name(v, p), STR_NONE);
	}
	view->processes = rows;
	view->processes_n = health->processes_n;
	return RC_OK;
}

static enum rc fill_disks(
    struct visit *v, const struct health *health, struct view_desk_health *view)
{
	struct view_desk_disk *rows =
	    ARENA_ARRAY(v->a, struct view_desk_disk, HEALTH_DISKS_MOST);
	struct buf left;

	if (!rows)
		return RC_NO_MEMORY;
	view->disks = rows;
	view->disks_n = health->disks_n;
	for (size_t i = 0; i < health->disks_n; i++) {
		const struct health_disk *d = &health->disks[i];

		rows[i] = (struct view_desk_disk){
		    arena_copy(v->a, str_of(d->folders)), d->free, d->all};
		if (!rows[i].folders.p)
			return RC_NO_MEMORY;
		if (d->free >= DISK_LEAST &&
		    d->free / DISK_LEAST_PERCENT >= d->all / 100)
			continue;
		buf_init_arena(&left, v->a, 64);
		desk_bytes(&left, d->free);
		if (buf_rc(&left) != RC_OK)
			return RC_NO_MEMORY;
		add_trouble(view, MSG_TROUBLE_DISK, buf_str(&left), STR_NONE);
	}
	return RC_OK;
}

static enum rc fill_machine(
    struct visit *v, const struct health *health, struct view_desk_health *view)
{
	struct view_desk_file *files =
	    ARENA_ARRAY(v->a, struct view_desk_file, 3);

	if (!files)
		return RC_NO_MEMORY;
	files[0] =
	    (struct view_desk_file){MSG_HEALTH_FILE_PAPER, health->paper_bytes};
	files[1] = (struct view_desk_file){
	    MSG_HEALTH_FILE_PUBLIC, health->public_bytes};
	files[2] =
	    (struct view_desk_file){MSG_HEALTH_FILE_TILL, health->till_bytes};
	view->files = files;
	view->files_n = health->till_bytes > 0 ? 3 : 2;
	view->landlock = health->landlock;
	view->has_pin = health->has_pin;
	view->is_pin_apart = health->is_pin_apart;
	view->version = health->version;
	return fill_disks(v, health, view);
}

static struct view_desk_moment moment(
    struct visit *v, int64_t id, struct str headline, struct instant at)
{
	struct view_desk_moment m = {0};

	if (id == 0)
		return m;
	m.headline = headline.n > 0 ? headline : STR("\xE2\x80\x93");
	m.url = arena_printf(v->a, "/stories/%lld", (long long)id);
	m.at = visit_civil(v, at);
	return m;
}

/* What was due and did not appear, or should not have. */
static enum rc fill_held(
    struct visit *v, struct view_desk_health *view, struct err *err)
{
	struct paper_held *held;
	size_t n;
	enum rc rc = paper_held(v->paper, v->a, &held, &n, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n && view->troubles_n < DESK_TROUBLES; i++)
		view->troubles[view->troubles_n++] = (struct view_desk_trouble){
		    .msg =
			held[i].is_back ? MSG_TROUBLE_HELD : MSG_TROUBLE_WARNED,
		    .value = held[i].headline,
		    .second = publishing_items(v, held[i].items),
		    .url = arena_printf(
			v->a, "/stories/%lld/publish", (long long)held[i].id),
		    .link = MSG_WAY_PUBLISH};
	return RC_OK;
}

static enum rc fill_publishing(
    struct visit *v, struct view_desk_health *view, struct err *err)
{
	struct roster_pulse pulse;
	enum rc rc = roster_pulse(v->paper, v->a, v->who.name, &pulse, err);

	if (rc != RC_OK)
		return rc;
	rc = fill_held(v, view, err);
	if (rc != RC_OK)
		return rc;
	view->last = moment(v, pulse.last, pulse.last_headline, pulse.last_at);
	view->next = moment(v, pulse.next, pulse.next_headline, pulse.next_at);
	if (pulse.has_outbox)
		add_trouble(view, MSG_TROUBLE_OUTBOX, STR_NONE, STR_NONE);
	return RC_OK;
}

/* What the till says, NULL: it is silent. */
static void fill_till(struct visit *v, const struct money_report *report,
    struct view_desk_health *view)
{
	struct view_desk_chain *chain;

	if (!report) {
		add_trouble(view, MSG_MONEY_SILENT, STR_NONE, STR("/money"));
		return;
	}
	chain = ARENA_NEW(v->a, struct view_desk_chain);
	if (chain)
		*chain = money_chain(v, report);
	view->chain = chain;
	for (size_t i = 0; i < report->alarms_n; i++) {
		struct view_desk_alarm *alarm =
		    ARENA_NEW(v->a, struct view_desk_alarm);
		size_t at = view->troubles_n;

		if (!alarm || report->alarms[i].severity < ALARM_WARNING)
			continue;
		*alarm = money_alarm(v, &report->alarms[i]);
		add_trouble(view, MSG_COUNT, STR_NONE, STR("/money"));
		if (view->troubles_n > at)
			view->troubles[at].alarm = alarm;
	}
}

static struct entity *health_page(
    struct visit *v, bool has_till, const struct money_report *report)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_HEALTH);
	struct view_desk_health *view =
	    ARENA_NEW(v->a, struct view_desk_health);
	struct health *health = ARENA_NEW(v->a, struct health);
	struct err err = {0};
	struct buf *b = visit_buf(v);
	enum rc rc;

	if (!b || !view || !health)
		return NULL;
	v->n->config.health(v->n->config.ctx, v->now, health);
	must(health->processes_n <= HEALTH_PROCESSES_MOST);
	rc = fill_machine(v, health, view);
	if (rc == RC_OK)
		rc = fill_processes(v, health, view);
	if (rc == RC_OK)
		rc = fill_publishing(v, view, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (has_till)
		fill_till(v, report, view);
	desk_health(b, &desk, view);
	return visit_page(v, 200, b);
}

static void looked(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct visit *v = ctx;
	bool is_good = rc == RC_OK && reply->kind == MONEY_REPORT;

	visit_answer(v, health_page(v, true, is_good ? &reply->report : NULL));
}

static struct entity *show_health(struct visit *v)
{
	struct money_message ask = {.kind = MONEY_LOOK};

	if (!v->n->config.till.ask)
		return health_page(v, false, NULL);
	return money_ask(v, &ask, looked) ? NULL : visit_status(v, 503);
}

static const struct route routes[] = {
    {HTTP_GET, "/health", RIGHT_HEALTH, 0, "", show_health},
};

const struct route *routes_health(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
