/* SPDX-License-Identifier: MIT
 *
 * Alarms over timerfd; see alarm.h.
 */
#include "sys/alarm.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/must.h"
#include "sys/oserr.h"

static void alarm_ring(struct loop *l, struct watch *w, unsigned events)
{
	struct alarm *alarm = LOOP_OWNER(w, struct alarm, watch);
	uint64_t count;
	ssize_t n = read(w->fd, &count, sizeof(count));

	(void)events;
	/* ECANCELED: the clock was set. */
	if (n < 0 && errno != ECANCELED)
		return;
	alarm->fn(l, alarm);
}

enum rc alarm_init(
    struct alarm *alarm, struct loop *l, alarm_fn *fn, struct err *err)
{
	int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	enum rc rc;

	must(fn);
	if (fd < 0)
		return oserr_set(err, errno, "cannot make a timerfd");
	rc = loop_watch(l, &alarm->watch, fd, LOOP_READ, alarm_ring);
	if (rc != RC_OK) {
		close(fd);
		return err_set(err, rc, "cannot watch an alarm");
	}
	alarm->fn = fn;
	alarm_set(alarm, INSTANT_NEVER);
	return RC_OK;
}

void alarm_done(struct alarm *alarm, struct loop *l)
{
	if (!alarm->watch.fn)
		return;
	loop_unwatch(l, &alarm->watch);
	close(alarm->watch.fd);
}

void alarm_set(struct alarm *alarm, struct instant when)
{
	int64_t s = instant_s(when);
	struct itimerspec spec = {
	    .it_value = {.tv_sec = s,
		.tv_nsec = (long)(when.us - s * 1000000) * 1000},
	};
	int failed;

	/* All zeros would switch it off; times before 1970 have passed. */
	if (when.us <= 0)
		spec.it_value = (struct timespec){.tv_nsec = 1};
	failed = timerfd_settime(alarm->watch.fd,
	    TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL);
	/* The clock was set since the last look; the alarm is set all the
	 * same (timerfd_create(2)). */
	must(!failed || errno == ECANCELED);
}
