/* SPDX-License-Identifier: MIT
 *
 * The archive: years, the months of a year, the days of a month, each with
 * its count of stories; see pages.h. Counts are kept by the writer, so a page
 * costs the same whatever the paper's age.
 */
#include "site/pages.h"

#include "base/arena.h"
#include "page/page.h"

static struct str archive_url(struct job *job, int32_t year, unsigned month)
{
	struct str url;

	if (!year)
		return STR("/archive");
	if (!month)
		url = arena_printf(job->a, "/archive/%04d", (int)year);
	else
		url = arena_printf(
		    job->a, "/archive/%04d/%02u", (int)year, month);
	return url;
}

static struct str row_url(struct job *job, const struct public_count *row)
{
	if (!row->day)
		return archive_url(job, row->year, row->month);
	return arena_printf(job->a, "/%04d/%02u/%02u", (int)row->year,
	    (unsigned)row->month, (unsigned)row->day);
}

static enum rc fill_rows(struct job *job, const struct public_count *v,
    size_t n, struct view_archive *view)
{
	struct view_archive_row *rows =
	    ARENA_ARRAY(job->a, struct view_archive_row, n);

	if (!rows)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		struct civil c = {.year = v[i].year,
		    .month = v[i].month ? v[i].month : 1,
		    .day = v[i].day ? v[i].day : 1};

		rows[i] = (struct view_archive_row){
		    .date = civil_at(civil_instant(c), 0),
		    .url = row_url(job, &v[i]),
		    .stories = v[i].stories};
	}
	view->rows = rows;
	view->rows_n = n;
	return RC_OK;
}

/* The places of years and months on one line. */
static int32_t month_number(const struct public_count *row)
{
	return row->year * 12 + row->month;
}

/* Of ROWS, the nearest above and the nearest below AT, if better than what
 * the two hold. */
static void seek_neighbours(const struct public_count *rows, size_t n,
    int32_t at, const struct public_count **above,
    const struct public_count **below)
{
	for (size_t i = 0; i < n; i++) {
		int32_t place = month_number(&rows[i]);

		if (place > at && (!*above || place < month_number(*above)))
			*above = &rows[i];
		if (place < at && (!*below || place > month_number(*below)))
			*below = &rows[i];
	}
}

/* The page shows which years (or months) beside its own have stories and
 * which have none: it depends on all years up to the next that has some. */
static void tag_years(
    struct job *job, int32_t from, const struct public_count *to)
{
	int32_t step = to && to->year < from ? -1 : 1;

	if (!to || (to->year - from) * step > CACHE_TAGS_MAX / 4) {
		job_tag(job, STR("archive"), STR_NONE);
		return;
	}
	for (int32_t year = from; year != to->year + step; year += step)
		job_tag_date(job, STR("year:"), year, 0, 0);
}

/* Links to the year or month before and after which has stories. A month
 * looks for them in its own year and in those on either side. */
static enum rc fill_neighbours(struct job *job, struct view_archive *view)
{
	int32_t at = job->route.year * 12 + job->route.month;
	const struct public_count *above = NULL, *below = NULL;
	const struct public_count *next = NULL, *previous = NULL;
	struct public_count *years, *months;
	size_t years_n, n;
	int32_t around[3] = {0};
	enum rc rc = public_counts(job->db, job->a, 0, 0, &years, &years_n);

	if (rc)
		return rc;
	seek_neighbours(years, years_n, job->route.year * 12, &next, &previous);
	tag_years(job, job->route.year, next);
	tag_years(job, job->route.year, previous);
	above = next;
	below = previous;
	if (job->route.month) {
		above = below = NULL;
		around[0] = job->route.year;
		around[1] = next ? next->year : 0;
		around[2] = previous ? previous->year : 0;
	}
	for (size_t i = 0; i < 3; i++) {
		if (!around[i])
			continue;
		rc = public_counts(job->db, job->a, around[i], 0, &months, &n);
		if (rc)
			return rc;
		seek_neighbours(months, n, at, &above, &below);
	}
	if (above)
		view->newer = archive_url(job, above->year, above->month);
	if (below)
		view->older = archive_url(job, below->year, below->month);
	return arena_is_spent(job->a) ? RC_NO_MEMORY : RC_OK;
}

enum rc pages_archive(struct job *job)
{
	const struct route *r = &job->route;
	struct view_archive view = {.year = r->year,
	    .month = r->month,
	    .url = archive_url(job, r->year, r->month)};
	struct public_count *v;
	size_t n;
	enum rc rc = public_counts(job->db, job->a, r->year, r->month, &v, &n);

	if (rc)
		return rc;
	if (n == 0 && r->year)
		return RC_NOT_FOUND;
	if (!r->year)
		job_tag(job, STR("archive"), STR_NONE);
	else
		job_tag_date(job, r->month ? STR("month:") : STR("year:"),
		    r->year, r->month, 0);
	rc = fill_rows(job, v, n, &view);
	if (rc == RC_OK && r->year)
		rc = fill_neighbours(job, &view);
	if (rc)
		return rc;
	page_archive(job->out, job->paper, &view);
	return buf_rc(job->out);
}
