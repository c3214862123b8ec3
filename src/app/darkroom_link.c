/* SPDX-License-Identifier: MIT
 *
 * Orders to the darkroom; see darkroom_link.h. One is out at a time. If it is
 * not answered in LATE_MS, because the darkroom died over it, it is given up.
 * Ids are random: what comes for a newsroom that is no more is nobody's here.
 */
#include "app/darkroom_link.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/must.h"
#include "sys/file.h"
#include "sys/oserr.h"
#include "sys/random.h"
#include "sys/socket.h"

/* The darkroom gives up a picture after 90 s; it may have to start first. */
enum { LATE_MS = 120 * 1000, RENDITION_MAX = 16 * 1024 * 1024 };

/* --- files --- */

static bool originals_path(const struct darkroom_link *link, struct str hash,
    const char *ending, char ret[PATH_MAX])
{
	int n = snprintf(ret, PATH_MAX, "%.*s/private/originals/%.*s%s",
	    STR_ARG(link->dir), STR_ARG(hash), ending);

	return n > 0 && n < PATH_MAX;
}

static bool pictures_path(
    const struct darkroom_link *link, struct str name, char ret[PATH_MAX])
{
	int n = snprintf(ret, PATH_MAX, "%.*s/public/pictures/%.*s",
	    STR_ARG(link->dir), STR_ARG(name));

	return n > 0 && n < PATH_MAX;
}

enum { NAME_ROOM = DARKROOM_STEM_LENGTH + 32 };

static const char *const shape_names[PICTURE_SHAPES] = {
    NULL, "1x1", "4x3", "16x9"};

/* "STEM-800.avif", "STEM-1x1.jpg"; narrower ones of a shape "STEM-1x1-400.jpg".
 * WIDTH 0: the widest of a shape. */
static void name_file(const char *stem, enum picture_shape shape,
    uint32_t width, enum picture_format format, char ret[NAME_ROOM])
{
	struct str ending = picture_format_ending(format);

	if (shape == PICTURE_WHOLE)
		snprintf(ret, NAME_ROOM, "%s-%u.%.*s", stem, (unsigned)width,
		    STR_ARG(ending));
	else if (width == 0)
		snprintf(ret, NAME_ROOM, "%s-%s.%.*s", stem, shape_names[shape],
		    STR_ARG(ending));
	else
		snprintf(ret, NAME_ROOM, "%s-%s-%u.%.*s", stem,
		    shape_names[shape], (unsigned)width, STR_ARG(ending));
}

static void rendition_name(const struct darkroom_link *link,
    const struct picture_rendition *v, char ret[NAME_ROOM])
{
	bool is_widest = v->shape != PICTURE_WHOLE;

	for (size_t i = 0; i < link->sheet.n; i++)
		if (link->sheet.v[i].shape == v->shape &&
		    link->sheet.v[i].width > v->width)
			is_widest = false;
	name_file(link->v[0].stem, v->shape, is_widest ? 0 : v->width,
	    v->format, ret);
}

static enum rc make_folders(struct darkroom_link *link, struct err *err)
{
	char path[PATH_MAX];
	enum rc rc;

	if (!originals_path(link, STR_NONE, "", path))
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	rc = file_make_folder(str_of(path), 0700, err);
	if (rc == RC_OK && pictures_path(link, STR_NONE, path))
		rc = file_make_folder(str_of(path), 0755, err);
	return rc;
}

/* Not to the disk: that takes long, and the darkroom does it meanwhile. */
static enum rc keep(
    void *ctx, struct str hash, struct str bytes, struct err *err)
{
	struct darkroom_link *link = ctx;
	char part[PATH_MAX], path[PATH_MAX];
	enum rc rc = make_folders(link, err);
	int fd;

	must(hash.n == DARKROOM_HASH_LENGTH);
	if (rc != RC_OK)
		return rc;
	if (!originals_path(link, hash, ".part", part) ||
	    !originals_path(link, hash, "", path))
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return oserr_set(err, errno, "%s", part);
	rc = file_write_fd(fd, part, bytes, err);
	if (close(fd) != 0 && rc == RC_OK)
		rc = oserr_set(err, errno, "%s", part);
	if (rc == RC_OK && rename(part, path) != 0)
		rc = oserr_set(err, errno, "%s", path);
	if (rc != RC_OK)
		(void)unlink(part);
	return rc;
}

static bool is_waited_for(const struct darkroom_link *link, struct str hash)
{
	for (size_t i = 0; i < link->n; i++)
		if (str_eq(hash, str_of(link->v[i].hash)))
			return true;
	return false;
}

static void drop(void *ctx, struct str hash)
{
	static const char *const endings[] = {"", ".part"};
	char path[PATH_MAX];

	must(hash.n == DARKROOM_HASH_LENGTH);
	if (is_waited_for(ctx, hash))
		return;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (originals_path(ctx, hash, endings[i], path))
			(void)unlink(path);
}

static void discard(void *ctx, struct str stem)
{
	char path[PATH_MAX];
	DIR *folder;
	const struct dirent *e;

	must(stem.n == DARKROOM_STEM_LENGTH);
	if (!pictures_path(ctx, STR_NONE, path))
		return;
	folder = opendir(path);
	if (!folder)
		return;
	while ((e = readdir(folder)) != NULL) {
		struct str name = str_of(e->d_name);

		if (str_starts(name, stem) && name.n > stem.n &&
		    name.p[stem.n] == '-')
			(void)unlinkat(dirfd(folder), e->d_name, 0);
	}
	closedir(folder);
}

static enum rc read_rendition(
    void *ctx, struct arena *a, struct str name, struct str *ret_bytes)
{
	char path[PATH_MAX];

	if (!pictures_path(ctx, name, path))
		return RC_NOT_FOUND;
	return file_read_no_link(
	    a, str_of(path), RENDITION_MAX, ret_bytes, NULL);
}

static enum rc write_rendition(struct darkroom_link *link, struct err *err)
{
	const struct picture_rendition *v = &link->sheet.v[link->written];
	char name[NAME_ROOM];
	char path[PATH_MAX];

	rendition_name(link, v, name);
	if (!pictures_path(link, str_of(name), path))
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	return file_write(str_of(path), v->bytes, 0644, err);
}

static bool is_in_sheet(const struct darkroom_link *link, const char *name)
{
	char own[NAME_ROOM];

	for (size_t i = 0; i < link->sheet.n; i++) {
		rendition_name(link, &link->sheet.v[i], own);
		if (strcmp(own, name) == 0)
			return true;
	}
	return false;
}

/* Removes what was made of a shape before, as it was cut then, with the words
 * of then. Their names are few: the folder, which is large, is not read. */
static void prune(const struct darkroom_link *link)
{
	static const uint32_t widths[] = {0, 1200, 800, 400};
	char name[NAME_ROOM], path[PATH_MAX];

	for (int shape = PICTURE_1_1; shape < PICTURE_SHAPES; shape++)
		for (size_t i = 0; i < PICTURE_FORMATS * 4; i++) {
			name_file(link->v[0].stem, (enum picture_shape)shape,
			    widths[i % 4], (enum picture_format)(i / 4), name);
			if (!is_in_sheet(link, name) &&
			    pictures_path(link, str_of(name), path))
				(void)unlink(path);
		}
}

/* --- the queue --- */

static void unmap(struct darkroom_link *link)
{
	if (link->map)
		munmap(link->map, link->map_size);
	link->map = NULL;
}

/* The first picture is done, one way or the other. */
static void finish(struct darkroom_link *link, enum rc rc, const char *why)
{
	struct darkroom_wait was = link->v[0];
	void *map = link->map;

	link->n--;
	memmove(&link->v[0], &link->v[1], link->n * sizeof(link->v[0]));
	link->id = 0;
	link->map = NULL;
	loop_disarm(link->loop, &link->late);
	if (link->n)
		loop_defer(link->loop, &link->work);
	buf_done(&was.order);
	was.done(was.ctx, rc, rc == RC_OK ? &link->sheet : NULL, why);
	if (map)
		munmap(map, link->map_size);
}

/* Brings the one whose turn it is to the front. */
static void choose(struct darkroom_link *link)
{
	struct darkroom_wait chosen;
	size_t at = 0;

	for (size_t i = 1; i < link->n; i++)
		if (link->v[i].round < link->v[at].round)
			at = i;
	chosen = link->v[at];
	memmove(&link->v[1], &link->v[0], at * sizeof(link->v[0]));
	link->v[0] = chosen;
	link->round = chosen.round;
}

/* In which round one more of STAFF is due; *RET_COUNT: how many wait. */
static uint64_t round_of(
    const struct darkroom_link *link, int64_t staff, size_t *ret_count)
{
	uint64_t round = link->round;
	size_t count = 0;

	for (size_t i = 0; i < link->n; i++) {
		if (link->v[i].staff != staff)
			continue;
		count++;
		if (link->v[i].round >= round)
			round = link->v[i].round + 1;
	}
	*ret_count = count;
	return round;
}

static enum rc send_order(struct darkroom_link *link, struct err *err)
{
	const struct darkroom_wait *w = &link->v[0];
	struct darkroom_order order;
	char path[PATH_MAX];
	struct buf b;
	enum rc rc;
	int fd;

	if (!originals_path(link, str_of(w->hash), "", path))
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return oserr_set(err, errno, "%s", path);
	must(darkroom_order_parse(buf_str(&w->order), &order) == RC_OK);
	order.id = random_u64() | 1;
	buf_init(&b, DARKROOM_PACKET_MAX);
	darkroom_put_order(&b, &order);
	rc = buf_rc(&b);
	if (rc == RC_OK)
		rc = socket_send_fds(link->fd, buf_str(&b), &fd, 1);
	buf_done(&b);
	close(fd);
	if (rc != RC_OK)
		return err_set(err, RC_BUSY, "the darkroom does not listen");
	link->id = order.id;
	loop_arm(link->loop, &link->late, LATE_MS);
	return RC_OK;
}

/* The next order, or the next file of the one that came back. */
static void work_due(struct loop *l, struct deferred *deferred)
{
	struct darkroom_link *link =
	    LOOP_OWNER(deferred, struct darkroom_link, work);
	struct err err = {0};
	enum rc rc;

	if (link->n == 0 || (link->id && !link->map))
		return;
	if (!link->map) {
		choose(link);
		rc = send_order(link, &err);
		if (rc != RC_OK)
			finish(link, rc, err.why);
		return;
	}
	if (link->written == link->sheet.n) {
		prune(link);
		finish(link, RC_OK, "");
		return;
	}
	rc = write_rendition(link, &err);
	if (rc != RC_OK) {
		finish(link, rc, err.why);
		return;
	}
	link->written++;
	loop_defer(l, &link->work);
}

/* Takes the contact sheet behind FD, in which nobody can write any more. */
static bool take_sheet(struct darkroom_link *link, int fd)
{
	enum { SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };
	struct stat st;
	int seals = fcntl(fd, F_GET_SEALS);
	void *p;

	if (seals < 0 || (seals & SEALS) != SEALS || fstat(fd, &st) != 0 ||
	    st.st_size < 1 || st.st_size > CONTACT_SHEET_MAX)
		return false;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return false;
	link->map = p;
	link->map_size = (size_t)st.st_size;
	link->written = 0;
	if (contact_sheet_read((struct str){p, link->map_size}, &link->sheet) ==
		RC_OK &&
	    link->sheet.n > 0)
		return true;
	unmap(link);
	return false;
}

static void answered(struct darkroom_link *link,
    const struct darkroom_answer *answer, const int *fds, size_t count)
{
	char why[DARKROOM_WHY_MAX + 1];

	loop_disarm(link->loop, &link->late);
	if (answer->rc != RC_OK) {
		snprintf(why, sizeof(why), "%.*s", STR_ARG(answer->why));
		finish(link, answer->rc, why);
	} else if (count != 1 || !take_sheet(link, fds[0])) {
		finish(link, RC_IO, "the darkroom sent what is no picture");
	} else {
		loop_defer(link->loop, &link->work);
	}
}

static void readable(struct loop *l, struct watch *w, unsigned events)
{
	struct darkroom_link *link = LOOP_OWNER(w, struct darkroom_link, watch);
	char room[DARKROOM_PACKET_MAX + 1];
	int fds[SOCKET_FDS_MAX];
	struct darkroom_answer answer;
	size_t n = 0, count = 0;
	enum rc rc =
	    socket_recv_fds(w->fd, room, sizeof(room), &n, fds, &count);

	(void)events;
	if (rc == RC_BUSY)
		return;
	/* The supervisor holds the other end: this cannot be for long. */
	if (rc != RC_OK || n == 0) {
		loop_unwatch(l, w);
		return;
	}
	rc = darkroom_answer_parse((struct str){room, n}, &answer);
	if (rc == RC_OK && link->id && link->id == answer.id && !link->map)
		answered(link, &answer, fds, count);
	for (size_t i = 0; i < count; i++)
		close(fds[i]);
}

static void late_due(struct timer *t)
{
	finish(LOOP_OWNER(t, struct darkroom_link, late), RC_BUSY,
	    "the darkroom does not answer");
}

static bool are_texts(const struct picture_words *w)
{
	return picture_is_text(w->caption) && picture_is_text(w->alt) &&
	       picture_is_text(w->credit) && picture_is_text(w->creator) &&
	       picture_is_text(w->rights) && picture_is_text(w->expires);
}

static enum rc write_order(struct buf *b, const struct darkroom_ask *ask)
{
	struct darkroom_order order = {
	    .focus = ask->focus, .has_words = ask->words != NULL};

	buf_init(b, DARKROOM_PACKET_MAX);
	if (ask->words && !are_texts(ask->words))
		return RC_INVALID;
	if (ask->words)
		order.words = *ask->words;
	memcpy(order.cuts, ask->cuts, sizeof(order.cuts));
	darkroom_put_order(b, &order);
	return buf_rc(b);
}

static enum rc develop(void *ctx, const struct darkroom_ask *ask,
    darkroom_done_fn *done, void *done_ctx)
{
	struct darkroom_link *link = ctx;
	struct darkroom_wait *w;
	uint64_t round;
	size_t count;
	enum rc rc;

	must(ask->hash.n == DARKROOM_HASH_LENGTH);
	must(ask->stem.n == DARKROOM_STEM_LENGTH);
	round = round_of(link, ask->staff, &count);
	if (link->n == DARKROOM_QUEUE_MAX || count >= DARKROOM_QUEUE_EACH)
		return RC_BUSY;
	w = &link->v[link->n];
	*w = (struct darkroom_wait){
	    .staff = ask->staff, .round = round, .done = done, .ctx = done_ctx};
	rc = write_order(&w->order, ask);
	if (rc != RC_OK) {
		buf_done(&w->order);
		return rc;
	}
	memcpy(w->hash, ask->hash.p, ask->hash.n);
	memcpy(w->stem, ask->stem.p, ask->stem.n);
	link->n++;
	if (link->n == 1)
		loop_defer(link->loop, &link->work);
	return RC_OK;
}

enum rc darkroom_link_init(struct darkroom_link *link, struct loop *loop,
    int fd, struct str dir, struct err *err)
{
	enum rc rc;

	*link = (struct darkroom_link){.loop = loop,
	    .fd = fd,
	    .dir = dir,
	    .late = {.fn = late_due},
	    .work = {.fn = work_due}};
	rc = loop_watch(loop, &link->watch, fd, LOOP_READ, readable);
	return rc == RC_OK ? rc
			   : err_set(err, rc, "cannot wait for the darkroom");
}

void darkroom_link_done(struct darkroom_link *link)
{
	if (!link->loop)
		return;
	while (link->n) {
		unmap(link);
		finish(link, RC_IO, "the newsroom is ending");
	}
	loop_undefer(link->loop, &link->work);
	loop_unwatch(link->loop, &link->watch);
	link->loop = NULL;
}

struct darkroom darkroom_link_darkroom(struct darkroom_link *link)
{
	return (struct darkroom){.ctx = link,
	    .keep = keep,
	    .drop = drop,
	    .discard = discard,
	    .develop = develop,
	    .read = read_rendition};
}
