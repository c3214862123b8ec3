/* SPDX-License-Identifier: MIT
 *
 * Picture elements; see image.h. AVIF stands first: a browser takes the first
 * kind that it knows. Stems are letters and digits, so that nothing in these
 * addresses needs an escape; they are escaped all the same.
 */
#include "page/image.h"

static const struct str folder = STR_INIT("/pictures/");

static void put_file(struct buf *b, const struct image *image, uint32_t width,
    struct html ending)
{
	html_text(b, image->origin);
	html_text(b, folder);
	html_text(b, image->files->stem);
	buf_char(b, '-');
	buf_u64(b, width);
	html_raw(b, ending);
}

static void put_set(
    struct buf *b, const struct image *image, struct html ending)
{
	const struct view_files *files = image->files;

	html_lit(b, " srcset=\"");
	for (size_t i = 0; i < files->whole_n; i++) {
		if (i)
			html_lit(b, ", ");
		put_file(b, image, files->whole[i].width, ending);
		buf_char(b, ' ');
		buf_u64(b, files->whole[i].width);
		buf_char(b, 'w');
	}
	html_lit(b, "\" sizes=\"");
	html_raw(b, image->sizes);
	html_lit(b, "\"");
}

static void put_img(struct buf *b, const struct image *image, bool has_files)
{
	html_lit(b, "<img");
	html_url(b, "src", image->origin, image->url);
	if (has_files && image->files->whole_n > 1)
		put_set(b, image, HTML(".jpg"));
	html_attr(b, "alt", image->alt);
	if (image->width && image->height) {
		html_attr_u64(b, "width", image->width);
		html_attr_u64(b, "height", image->height);
	}
	if (image->is_lazy)
		html_lit(b, " loading=\"lazy\"");
	html_lit(b, " decoding=\"async\">");
}

void image_put(struct buf *b, const struct image *image)
{
	bool has_files = image->files && image->files->whole_n > 0;

	if (!has_files) {
		put_img(b, image, false);
		return;
	}
	html_lit(b, "<picture><source type=\"image/avif\"");
	put_set(b, image, HTML(".avif"));
	html_lit(b, "><source type=\"image/webp\"");
	put_set(b, image, HTML(".webp"));
	html_lit(b, ">");
	put_img(b, image, true);
	html_lit(b, "</picture>");
}

const struct view_picture *image_find(
    const struct view_pictures *pictures, struct str url)
{
	struct str rest = str_from(url, folder.n);

	if (!pictures || !str_starts(url, folder))
		return NULL;
	for (size_t i = 0; i < pictures->n; i++) {
		struct str stem = pictures->v[i].files.stem;

		if (stem.n && stem.n < rest.n && str_starts(rest, stem) &&
		    rest.p[stem.n] == '-')
			return &pictures->v[i];
	}
	return NULL;
}
