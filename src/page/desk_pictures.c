/* SPDX-License-Identifier: MIT
 *
 * The screens of the picture library. Both work without script; web/pictures.js
 * adds dropping, pasting, progress, and pointing at the focal point.
 */
#include "page/desk_pictures.h"

#include <stdio.h>

#include "page/desk_change.h"
#include "page/screen.h"

enum { KILOBYTE = 1000, MEGABYTE = 1000 * 1000 };

static void put_data(const struct screen *s, struct html name, enum msg msg)
{
	html_lit(s->b, " data-");
	html_raw(s->b, name);
	html_lit(s->b, "=\"");
	screen_say(s, msg);
	html_lit(s->b, "\"");
}

static void put_upload(const struct screen *s)
{
	struct buf *b = s->b;

	html_lit(b, "<form id=\"upload\" method=\"post\" "
		    "action=\"/pictures/upload\" "
		    "enctype=\"multipart/form-data\"");
	put_data(s, HTML("progress"), MSG_PICTURE_PROGRESS);
	put_data(s, HTML("developing"), MSG_PICTURE_DEVELOPING);
	put_data(s, HTML("taken"), MSG_PICTURE_TAKEN);
	put_data(s, HTML("known"), MSG_PICTURE_KNOWN);
	put_data(s, HTML("network"), MSG_PICTURE_NETWORK);
	put_data(s, HTML("cancel"), MSG_CANCEL);
	put_data(s, HTML("cancelled"), MSG_PICTURE_CANCELLED);
	put_data(s, HTML("safe"), MSG_PICTURE_SAFE_BOTH);
	put_data(s, HTML("safe-place"), MSG_PICTURE_SAFE_PLACE);
	put_data(s, HTML("safe-device"), MSG_PICTURE_SAFE_DEVICE);
	html_lit(b, ">\n<div class=\"field\">\n<label for=\"f-file\">");
	screen_say(s, MSG_PICTURES_FILES);
	html_lit(b, "</label>\n<input type=\"file\" id=\"f-file\" "
		    "name=\"file\" multiple required "
		    "accept=\"image/jpeg,image/png,image/webp,image/avif,"
		    "image/heic,image/heif,image/gif\" "
		    "aria-describedby=\"h-file\">\n"
		    "<p class=\"hint\" id=\"h-file\">");
	screen_say(s, MSG_PICTURES_FILES_HINT);
	html_lit(b, "</p>\n</div>\n");
	screen_button(s, MSG_PICTURES_SEND, true);
	html_lit(b, "<ul class=\"list\" id=\"sent\" aria-live=\"polite\" "
		    "hidden></ul>\n</form>\n");
}

static void put_refused(
    const struct screen *s, const struct view_desk_pictures *view)
{
	struct buf *b = s->b;

	if (!view->refused_n)
		return;
	html_lit(b, "<div class=\"faults\" role=\"alert\">\n<p>");
	if (view->added_n) {
		screen_say_count(s, MSG_PICTURES_ADDED, view->added_n);
		html_lit(b, " ");
	}
	if (view->known_n) {
		screen_say_count(s, MSG_PICTURES_KNOWN, view->known_n);
		html_lit(b, " ");
	}
	screen_say(s, MSG_PICTURES_REFUSED);
	html_lit(b, "</p>\n<ul>\n");
	for (size_t i = 0; i < view->refused_n; i++) {
		html_lit(b, "<li>");
		if (view->refused[i].name.n) {
			html_lit(b, "<bdi>");
			html_text(b, view->refused[i].name);
			html_lit(b, "</bdi>: ");
		}
		screen_say(s, view->refused[i].why);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n</div>\n");
}

static void put_search(
    const struct screen *s, const struct view_desk_pictures *view)
{
	struct buf *b = s->b;

	html_lit(b, "<form class=\"search\" method=\"get\" "
		    "action=\"/pictures\" role=\"search\">\n"
		    "<label for=\"f-q\">");
	screen_say(s, MSG_PICTURES_SEARCH);
	html_lit(b, "</label>\n<div class=\"acts\"><input type=\"search\" "
		    "id=\"f-q\" name=\"q\"");
	html_attr_maybe(b, "value", view->query);
	html_lit(b, ">\n");
	screen_button(s, MSG_PICTURES_SEARCH_DO, false);
	if (view->is_ending || view->query.n)
		screen_link(s, STR("/pictures"), MSG_PICTURES_ALL);
	if (!view->is_ending)
		screen_link(s, STR("/pictures?ending=1"), MSG_PICTURES_ENDING);
	html_lit(b, "</div>\n</form>\n");
}

/* Only where there is something to warn of. */
static void put_right(
    const struct screen *s, enum view_right right, struct str expires)
{
	bool is_over = right == VIEW_RIGHT_OVER;

	if (!is_over && right != VIEW_RIGHT_SOON)
		return;
	html_lit(s->b, "<span class=\"status ");
	html_raw(s->b, is_over ? HTML("bad") : HTML("wait"));
	html_lit(s->b, "\">");
	screen_say_with(s,
	    is_over ? MSG_PICTURE_RIGHT_OVER : MSG_PICTURE_RIGHT_SOON, &expires,
	    1);
	html_lit(s->b, "</span>\n");
}

static void put_thumb(const struct screen *s, const struct view_thumb *v)
{
	struct buf *b = s->b;

	html_lit(b, "<li><a");
	html_url(b, "href", STR_NONE, v->url);
	html_lit(b, "><img");
	html_url(b, "src", STR_NONE, v->src);
	html_attr(b, "alt", v->alt);
	if (v->width && v->height) {
		html_attr_u64(b, "width", v->width);
		html_attr_u64(b, "height", v->height);
	}
	html_lit(b, " loading=\"lazy\" decoding=\"async\"><span dir=\"auto\">");
	html_text(b, v->caption);
	html_lit(b, "</span></a>\n");
	if (v->credit.n) {
		html_lit(b, "<small dir=\"auto\">");
		html_text(b, v->credit);
		html_lit(b, "</small>\n");
	}
	put_right(s, v->right, v->expires);
	html_lit(b, "</li>\n");
}

void desk_pictures(struct buf *b, const struct view_desk *desk,
    const struct view_desk_pictures *view)
{
	struct screen s = screen_start_bare(
	    b, desk, desk_word(desk->lang, MSG_PICTURES_TITLE), HTML("screen"));

	screen_put(&s, "h1", MSG_PICTURES_TITLE);
	put_refused(&s, view);
	put_upload(&s);
	put_search(&s, view);
	if (view->n) {
		html_lit(b, "<ul class=\"thumbs\">\n");
		for (size_t i = 0; i < view->n; i++)
			put_thumb(&s, &view->v[i]);
		html_lit(b, "</ul>\n");
	} else if (view->is_ending) {
		screen_empty(&s, MSG_PICTURES_NONE_ENDING);
	} else {
		screen_empty(&s, view->query.n ? MSG_PICTURES_NONE_FOUND
					       : MSG_PICTURES_EMPTY);
	}
	screen_pager(&s, view->newer, view->older);
	screen_end(&s);
}

/* --- one picture --- */

/* FIELD, and beside it what somebody else has written into it meanwhile. */
static void put_field(const struct screen *s, struct screen_field field,
    struct str mine, const struct str *theirs)
{
	field.value = mine;
	if (theirs && !str_eq(mine, *theirs)) {
		field.has_fault = true;
		field.fault = MSG_PICTURE_MEANWHILE;
		field.fault_value = theirs->n ? *theirs : STR("–");
	}
	screen_field(s, &field);
}

static struct screen_field number_field(enum msg label, struct html name)
{
	return (struct screen_field){.label = label,
	    .name = name,
	    .type = HTML("number"),
	    .more = HTML(" min=\"0\" max=\"100\" step=\"1\" "
			 "inputmode=\"numeric\""),
	    .is_required = true};
}

static void put_focus(
    const struct screen *s, const struct view_desk_picture *view)
{
	struct buf *b = s->b;
	const struct view_picture_words *other = view->meanwhile;
	char mine[2][8], theirs[2][8] = {{0}};
	struct str other_x, other_y;

	snprintf(mine[0], sizeof(mine[0]), "%u", view->words.focus_x);
	snprintf(mine[1], sizeof(mine[1]), "%u", view->words.focus_y);
	if (other) {
		snprintf(theirs[0], sizeof(theirs[0]), "%u", other->focus_x);
		snprintf(theirs[1], sizeof(theirs[1]), "%u", other->focus_y);
	}
	other_x = str_of(theirs[0]);
	other_y = str_of(theirs[1]);
	screen_group(s, MSG_PICTURE_FOCUS);
	html_lit(b, "<p class=\"hint\">");
	screen_say(s, MSG_PICTURE_FOCUS_HINT);
	html_lit(b, "</p>\n<div class=\"focus\">\n<img id=\"whole\"");
	html_url(b, "src", STR_NONE, view->src);
	html_attr(b, "alt", view->words.alt);
	if (view->width && view->height) {
		html_attr_u64(b, "width", view->width);
		html_attr_u64(b, "height", view->height);
	}
	html_lit(b, ">\n</div>\n<div class=\"pair\">\n");
	put_field(s, number_field(MSG_PICTURE_FOCUS_X, HTML("x")),
	    str_of(mine[0]), other ? &other_x : NULL);
	put_field(s, number_field(MSG_PICTURE_FOCUS_Y, HTML("y")),
	    str_of(mine[1]), other ? &other_y : NULL);
	html_lit(b, "</div>\n");
	screen_group_end(s);
}

/* "12.5" */
static struct str percent(unsigned thousandths, char room[16])
{
	if (thousandths % 10)
		snprintf(room, 16, "%u.%u", thousandths / 10, thousandths % 10);
	else
		snprintf(room, 16, "%u", thousandths / 10);
	return str_of(room);
}

/* One number of a cut, and what somebody else has set meanwhile. */
static void put_part(const struct screen *s, enum msg label, struct str name,
    struct str mine, const unsigned *theirs)
{
	char other[16] = "";
	struct str has = STR("");
	struct screen_field field = {.label = label,
	    .name = {name},
	    .type = HTML("number"),
	    .more = HTML(" min=\"0\" max=\"100\" step=\"0.1\" "
			 "inputmode=\"decimal\"")};

	if (theirs && theirs[1])
		has = percent(theirs[0], other);
	put_field(s, field, mine, theirs ? &has : NULL);
}

/* Where one shape is cut by hand: three numbers, which a script adds a frame
 * in the picture to. */
static void put_cut(const struct screen *s,
    const struct view_desk_picture *view, size_t i, struct str name)
{
	const struct view_cut *c = &view->words.cuts[i];
	const struct view_cut *other =
	    view->meanwhile ? &view->meanwhile->cuts[i] : NULL;
	struct buf *b = s->b;
	char room[3][16];
	struct view_cut_fields mine = {STR(""), STR(""), STR("")};
	unsigned theirs[3][2] = {{0}};

	if (view->typed)
		mine = view->typed[i];
	else if (c->width)
		mine = (struct view_cut_fields){percent(c->left, room[0]),
		    percent(c->top, room[1]), percent(c->width, room[2])};

	if (other) {
		theirs[0][0] = other->left;
		theirs[1][0] = other->top;
		theirs[2][0] = other->width;
		for (size_t k = 0; k < 3; k++)
			theirs[k][1] = other->width;
	}
	html_lit(b, "<details");
	if (mine.left.n || mine.top.n || mine.width.n || view->meanwhile)
		html_lit(b, " open");
	html_lit(b, "><summary>");
	screen_say_with(s, MSG_PICTURE_CUT, &name, 1);
	html_lit(b, "</summary>\n<div class=\"triple\">\n");
	put_part(s, MSG_PICTURE_CUT_LEFT, view->cuts[i].left, mine.left,
	    other ? theirs[0] : NULL);
	put_part(s, MSG_PICTURE_CUT_TOP, view->cuts[i].top, mine.top,
	    other ? theirs[1] : NULL);
	put_part(s, MSG_PICTURE_CUT_WIDTH, view->cuts[i].width, mine.width,
	    other ? theirs[2] : NULL);
	html_lit(b, "</div>\n</details>\n");
}

static void put_crops(
    const struct screen *s, const struct view_desk_picture *view)
{
	static const struct {
		struct html kind;
		struct str name;
	} shapes[VIEW_SHAPES] = {{{STR_INIT("square")}, STR_INIT("1:1")},
	    {{STR_INIT("broad")}, STR_INIT("4:3")},
	    {{STR_INIT("wide-crop")}, STR_INIT("16:9")}};
	struct buf *b = s->b;

	screen_group(s, MSG_PICTURE_CROPS);
	html_lit(b, "<p class=\"hint\">");
	screen_say(s, MSG_PICTURE_CUT_HINT);
	html_lit(b, "</p>\n<ul class=\"crops\"");
	put_data(s, HTML("frame"), MSG_PICTURE_CUT_FRAME);
	put_data(s, HTML("begin"), MSG_PICTURE_CUT_BEGIN);
	put_data(s, HTML("clear"), MSG_PICTURE_CUT_CLEAR);
	html_lit(b, ">\n");
	for (size_t i = 0; i < VIEW_SHAPES; i++) {
		html_lit(b, "<li class=\"");
		html_raw(b, shapes[i].kind);
		html_lit(b, "\">");
		if (view->shapes[i].n) {
			html_lit(b, "<img");
			html_url(b, "src", STR_NONE, view->shapes[i]);
			html_lit(b, " alt=\"\">");
		}
		html_lit(b, "<span>");
		html_text(b, shapes[i].name);
		html_lit(b, "</span>\n");
		put_cut(s, view, i, shapes[i].name);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n");
	screen_group_end(s);
}

static void put_words(
    const struct screen *s, const struct view_desk_picture *view)
{
	const struct view_picture_words *w = &view->words;
	const struct view_picture_words *other = view->meanwhile;
	const struct html text = HTML(" dir=\"auto\" maxlength=\"4000\"");

	put_field(s,
	    (struct screen_field){.label = MSG_PICTURE_CAPTION,
		.name = HTML("caption"),
		.has_hint = true,
		.hint = MSG_PICTURE_CAPTION_HINT,
		.more = text,
		.rows = 3},
	    w->caption, other ? &other->caption : NULL);
	put_field(s,
	    (struct screen_field){.label = MSG_PICTURE_ALT,
		.name = HTML("alt"),
		.has_hint = true,
		.hint = MSG_PICTURE_ALT_HINT,
		.more = text,
		.rows = 3},
	    w->alt, other ? &other->alt : NULL);
	put_field(s,
	    (struct screen_field){.label = MSG_PICTURE_CREDIT,
		.name = HTML("credit"),
		.more = text},
	    w->credit, other ? &other->credit : NULL);
	put_field(s,
	    (struct screen_field){.label = MSG_PICTURE_CREATOR,
		.name = HTML("creator"),
		.more = text},
	    w->creator, other ? &other->creator : NULL);
	put_field(s,
	    (struct screen_field){.label = MSG_PICTURE_RIGHTS,
		.name = HTML("rights"),
		.has_hint = true,
		.hint = MSG_PICTURE_RIGHTS_HINT,
		.more = text,
		.rows = 2},
	    w->rights, other ? &other->rights : NULL);
	put_field(s,
	    (struct screen_field){.label = MSG_PICTURE_EXPIRES,
		.name = HTML("expires"),
		.type = HTML("date"),
		.has_hint = true,
		.hint = MSG_PICTURE_EXPIRES_HINT,
		.has_fault = view->expires_fault != MSG_COUNT,
		.fault = view->expires_fault},
	    w->expires, other ? &other->expires : NULL);
}

static enum msg secret_of(const struct view_desk_picture *view)
{
	if (view->had_place && view->had_device)
		return MSG_PICTURE_SAFE_BOTH;
	if (view->had_place)
		return MSG_PICTURE_SAFE_PLACE;
	return view->had_device ? MSG_PICTURE_SAFE_DEVICE
				: MSG_PICTURE_SAFE_NONE;
}

static void put_facts(
    const struct screen *s, const struct view_desk_picture *view)
{
	struct buf *b = s->b;

	screen_put(s, "h2", MSG_PICTURE_FACTS);
	html_lit(b, "<dl class=\"facts\">\n<dt>");
	screen_say(s, MSG_PICTURE_SAFE);
	html_lit(b, "</dt><dd>");
	screen_say(s, secret_of(view));
	html_lit(b, "</dd>\n<dt>");
	screen_say(s, MSG_PICTURE_FILE);
	html_lit(b, "</dt><dd><bdi>");
	html_text(b, view->name);
	html_lit(b, "</bdi></dd>\n<dt>");
	screen_say(s, MSG_PICTURE_SIZE);
	html_lit(b, "</dt><dd><bdi>");
	html_text(b, view->kind);
	buf_printf(
	    b, ", %u × %u, ", (unsigned)view->width, (unsigned)view->height);
	if (view->bytes < MEGABYTE)
		buf_printf(b, "%lld kB", (long long)(view->bytes / KILOBYTE));
	else
		buf_printf(b, "%lld.%lld MB",
		    (long long)(view->bytes / MEGABYTE),
		    (long long)(view->bytes % MEGABYTE / (MEGABYTE / 10)));
	html_lit(b, "</bdi></dd>\n<dt>");
	screen_say(s, MSG_PICTURE_SENT);
	html_lit(b, "</dt><dd><bdi>");
	html_text(b, view->who);
	html_lit(b, "</bdi>, ");
	screen_time(s, view->added);
	html_lit(b, "</dd>\n<dt>");
	screen_say(s, MSG_PICTURE_ADDRESS);
	html_lit(b, "</dt><dd class=\"code\">");
	html_text(b, view->src);
	html_lit(b, "</dd>\n</dl>\n");
}

static void put_uses(
    const struct screen *s, const struct view_desk_picture *view)
{
	struct buf *b = s->b;

	screen_put(s, "h2", MSG_PICTURE_USES);
	if (view->is_used_elsewhere)
		screen_put(s, "p", MSG_PICTURE_USED_ELSEWHERE);
	if (!view->uses_n) {
		if (!view->is_used_elsewhere)
			screen_empty(s, MSG_PICTURE_UNUSED);
		return;
	}
	html_lit(b, "<ul class=\"list\">\n");
	for (size_t i = 0; i < view->uses_n; i++) {
		const struct view_picture_use *use = &view->uses[i];

		html_lit(b, "<li><a dir=\"auto\"");
		html_url(b, "href", STR_NONE, use->url);
		html_lit(b, ">");
		html_text(b, use->headline);
		html_lit(b, "</a> ");
		if (use->is_public)
			screen_status(s, "good", MSG_PICTURE_PUBLIC);
		else if (use->is_in_version)
			screen_status(s, "wait", MSG_PICTURE_IN_VERSION);
		else
			screen_status(s, "off", MSG_PICTURE_UNPUBLIC);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n");
}

/* Only what nobody needs can go. */
static void put_remove(
    const struct screen *s, const struct view_desk_picture *view)
{
	struct buf *b = s->b;

	screen_put(s, "h2", MSG_PICTURE_REMOVE);
	if (view->uses_n) {
		screen_put(s, "p", MSG_PICTURE_REMOVE_NOT);
		return;
	}
	screen_put(s, "p", MSG_PICTURE_REMOVE_HINT);
	html_lit(b, "<form method=\"post\" action=\"");
	html_text(b, view->url);
	html_lit(b, "/remove\">\n");
	screen_button(s, MSG_PICTURE_REMOVE, false);
	screen_form_end(s);
}

static void put_refusal(
    const struct screen *s, const struct view_desk_picture *view)
{
	if (view->fault == MSG_COUNT)
		return;
	html_lit(s->b, "<div class=\"faults\" role=\"alert\">\n");
	screen_put(s, "p", view->fault);
	if (view->address.n) {
		html_lit(s->b, "<p><q><bdi>");
		html_text(s->b, view->address);
		html_lit(s->b, "</bdi></q></p>\n");
	}
	html_lit(s->b, "</div>\n");
}

static void put_told(const struct screen *s, const struct view_picture_told *t)
{
	struct buf *b = s->b;

	html_lit(b, "<div class=\"told\">\n<div class=\"asks\" "
		    "role=\"alert\">\n<p>");
	screen_say_count(s, MSG_PICTURE_TOLD, t->n);
	html_lit(b, "</p>\n");
	if (t->is_again)
		screen_put(s, "p", MSG_PICTURE_TOLD_AGAIN);
	html_lit(b, "<ul>\n");
	for (size_t i = 0; i < t->v_n; i++) {
		html_lit(b, "<li><a dir=\"auto\"");
		html_url(b, "href", STR_NONE, t->v[i].url);
		html_lit(b, ">");
		html_text(b, t->v[i].name);
		html_lit(b, "</a></li>\n");
	}
	if (t->n > t->v_n) {
		html_lit(b, "<li>");
		screen_say_count(s, MSG_PICTURE_TOLD_MORE, t->n - t->v_n);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n</div>\n");
	screen_hidden(s, "told", t->stories);
	desk_change(s, t->change);
	html_lit(b, "<p class=\"acts\">");
	screen_button(s, MSG_CHANGE_BUTTON, true);
	html_lit(b, "</p>\n</div>\n");
}

void desk_picture(struct buf *b, const struct view_desk *desk,
    const struct view_desk_picture *view)
{
	struct screen s = screen_start(b, desk,
	    view->name.n ? view->name
			 : desk_word(desk->lang, MSG_PICTURES_TITLE));

	if (view->right >= VIEW_RIGHT_SOON) {
		html_lit(b, "<p>");
		put_right(&s, view->right, view->words.expires);
		html_lit(b, "</p>\n");
	}
	if (view->right == VIEW_RIGHT_OVER)
		screen_put(&s, "p", MSG_PICTURE_RIGHT_OVER_TEXT);
	if (view->meanwhile) {
		html_lit(b, "<div class=\"faults\" role=\"alert\">\n");
		screen_put(&s, "p", MSG_PICTURE_CHANGED);
		html_lit(b, "</div>\n");
	}
	put_refusal(&s, view);
	if (view->is_owed) {
		html_lit(b, "<p class=\"note\" role=\"status\">");
		screen_say(&s, MSG_PICTURE_OWED);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "<form method=\"post\" id=\"picture\"");
	html_lit(b, " action=\"");
	html_text(b, view->url);
	html_lit(b, "/save\" class=\"cols\">\n");
	screen_hidden(&s, "base", view->base);
	if (view->told)
		put_told(&s, view->told);
	html_lit(b, "<div>\n");
	put_focus(&s, view);
	put_crops(&s, view);
	html_lit(b, "</div>\n<div>\n");
	put_words(&s, view);
	if (view->wants_tick)
		screen_choice(
		    &s, &(struct screen_choice){.name = HTML("despite"),
			    .value = view->address,
			    .text = desk_word(s.lang, MSG_PICTURE_DESPITE),
			    .is_box = true,
			    .is_chosen = view->is_ticked});
	screen_button(&s, view->told ? MSG_CHANGE_BUTTON : MSG_SAVE, true);
	html_lit(b, "</div>\n");
	screen_form_end(&s);
	put_facts(&s, view);
	put_uses(&s, view);
	put_remove(&s, view);
	screen_end(&s);
}
