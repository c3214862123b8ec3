/* SPDX-License-Identifier: MIT
 *
 * The screens of the picture library. Both work without script; web/pictures.js
 * adds dropping, pasting, progress, and pointing at the focal point.
 */
#include "page/desk_pictures.h"

#include <stdio.h>

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

static void put_focus(
    const struct screen *s, const struct view_desk_picture *view)
{
	struct buf *b = s->b;
	char x[8], y[8];
	const struct html numbers =
	    HTML(" min=\"0\" max=\"100\" step=\"1\" inputmode=\"numeric\"");

	snprintf(x, sizeof(x), "%u", view->focus_x);
	snprintf(y, sizeof(y), "%u", view->focus_y);
	screen_group(s, MSG_PICTURE_FOCUS);
	html_lit(b, "<p class=\"hint\">");
	screen_say(s, MSG_PICTURE_FOCUS_HINT);
	html_lit(b, "</p>\n<div class=\"focus\">\n<img id=\"whole\"");
	html_url(b, "src", STR_NONE, view->src);
	html_attr(b, "alt", view->alt);
	if (view->width && view->height) {
		html_attr_u64(b, "width", view->width);
		html_attr_u64(b, "height", view->height);
	}
	html_lit(b, ">\n</div>\n<div class=\"pair\">\n");
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_FOCUS_X,
			    .name = HTML("x"),
			    .type = HTML("number"),
			    .more = numbers,
			    .value = str_of(x),
			    .is_required = true});
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_FOCUS_Y,
			    .name = HTML("y"),
			    .type = HTML("number"),
			    .more = numbers,
			    .value = str_of(y),
			    .is_required = true});
	html_lit(b, "</div>\n");
	screen_group_end(s);
}

static void put_crops(
    const struct screen *s, const struct view_desk_picture *view)
{
	static const struct {
		struct html kind;
		struct str name;
	} shapes[3] = {{{STR_INIT("square")}, STR_INIT("1:1")},
	    {{STR_INIT("broad")}, STR_INIT("4:3")},
	    {{STR_INIT("wide-crop")}, STR_INIT("16:9")}};
	struct buf *b = s->b;

	screen_group(s, MSG_PICTURE_CROPS);
	html_lit(b, "<ul class=\"crops\">\n");
	for (size_t i = 0; i < 3; i++) {
		if (!view->shapes[i].n)
			continue;
		html_lit(b, "<li class=\"");
		html_raw(b, shapes[i].kind);
		html_lit(b, "\"><img");
		html_url(b, "src", STR_NONE, view->shapes[i]);
		html_lit(b, " alt=\"\"><span>");
		html_text(b, shapes[i].name);
		html_lit(b, "</span></li>\n");
	}
	html_lit(b, "</ul>\n");
	screen_group_end(s);
}

static void put_words(
    const struct screen *s, const struct view_desk_picture *view)
{
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_CAPTION,
			    .name = HTML("caption"),
			    .value = view->caption,
			    .has_hint = true,
			    .hint = MSG_PICTURE_CAPTION_HINT,
			    .more = HTML(" dir=\"auto\" maxlength=\"4000\""),
			    .rows = 3});
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_ALT,
			    .name = HTML("alt"),
			    .value = view->alt,
			    .has_hint = true,
			    .hint = MSG_PICTURE_ALT_HINT,
			    .more = HTML(" dir=\"auto\" maxlength=\"4000\""),
			    .rows = 3});
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_CREDIT,
			    .name = HTML("credit"),
			    .value = view->credit,
			    .more = HTML(" dir=\"auto\" maxlength=\"4000\"")});
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_CREATOR,
			    .name = HTML("creator"),
			    .value = view->creator,
			    .more = HTML(" dir=\"auto\" maxlength=\"4000\"")});
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_RIGHTS,
			    .name = HTML("rights"),
			    .value = view->rights,
			    .has_hint = true,
			    .hint = MSG_PICTURE_RIGHTS_HINT,
			    .more = HTML(" dir=\"auto\" maxlength=\"4000\""),
			    .rows = 2});
	screen_field(s, &(struct screen_field){.label = MSG_PICTURE_EXPIRES,
			    .name = HTML("expires"),
			    .type = HTML("date"),
			    .value = view->expires,
			    .has_hint = true,
			    .hint = MSG_PICTURE_EXPIRES_HINT,
			    .has_fault = view->expires_fault != MSG_COUNT,
			    .fault = view->expires_fault});
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
	if (!view->uses_n) {
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
		else
			screen_status(s, "off", MSG_PICTURE_UNPUBLIC);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n");
}

void desk_picture(struct buf *b, const struct view_desk *desk,
    const struct view_desk_picture *view)
{
	struct screen s = screen_start(b, desk,
	    view->name.n ? view->name
			 : desk_word(desk->lang, MSG_PICTURES_TITLE));

	if (view->right >= VIEW_RIGHT_SOON) {
		html_lit(b, "<p>");
		put_right(&s, view->right, view->expires);
		html_lit(b, "</p>\n");
	}
	if (view->right == VIEW_RIGHT_OVER)
		screen_put(&s, "p", MSG_PICTURE_RIGHT_OVER_TEXT);
	html_lit(b, "<form method=\"post\" id=\"picture\"");
	html_lit(b, " action=\"");
	html_text(b, view->url);
	html_lit(b, "/save\" class=\"cols\">\n<div>\n");
	put_focus(&s, view);
	put_crops(&s, view);
	html_lit(b, "</div>\n<div>\n");
	put_words(&s, view);
	screen_button(&s, MSG_SAVE, true);
	html_lit(b, "</div>\n");
	screen_form_end(&s);
	put_facts(&s, view);
	put_uses(&s, view);
	screen_end(&s);
}
