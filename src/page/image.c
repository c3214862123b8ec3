/* SPDX-License-Identifier: MIT
 *
 * Picture elements; see image.h. AVIF stands first: a browser takes the first
 * kind that it knows. Stems are letters and digits, so that nothing in these
 * addresses needs an escape; they are escaped all the same.
 */
#include "page/image.h"

enum { FOCUS_MAX = 1000, TENTHS = 10, MIDDLE = 5 };

static const struct str folder = STR_INIT("/pictures/");

/* What stands before an address that begins with "/". */
static struct str base_of(const struct image *image)
{
	return image->files && image->files->base.n ? image->files->base
						    : image->origin;
}

static const struct html cut_names[IMAGE_CUTS] = {[IMAGE_WHOLE] = {{NULL, 0}},
    [IMAGE_1_1] = {STR_INIT("1x1")},
    [IMAGE_4_3] = {STR_INIT("4x3")},
    [IMAGE_16_9] = {STR_INIT("16x9")}};

/* The sizes that there are of it, as it is to be cut. */
static struct view_cut_sizes sizes_of(const struct image *image)
{
	const struct view_files *files = image->files;

	if (!files)
		return (struct view_cut_sizes){0};
	if (image->cut != IMAGE_WHOLE && files->cuts[image->cut - 1].n > 0)
		return files->cuts[image->cut - 1];
	return (struct view_cut_sizes){files->whole, files->whole_n};
}

static bool has_cut(const struct image *image)
{
	return image->cut != IMAGE_WHOLE && image->files &&
	       image->files->cuts[image->cut - 1].n > 0;
}

/* "/pictures/STEM-800.avif"; of a shape "STEM-4x3-400.avif", and its widest
 * "STEM-4x3.avif". */
static void put_file(struct buf *b, const struct image *image, uint32_t width,
    struct html ending)
{
	bool is_cut = has_cut(image);
	struct view_cut_sizes sizes = sizes_of(image);

	html_text(b, base_of(image));
	html_text(b, folder);
	html_text(b, image->files->stem);
	if (is_cut) {
		buf_char(b, '-');
		html_raw(b, cut_names[image->cut]);
	}
	if (!is_cut || width != sizes.v[sizes.n - 1].width) {
		buf_char(b, '-');
		buf_u64(b, width);
	}
	html_raw(b, ending);
}

static void put_set(
    struct buf *b, const struct image *image, struct html ending)
{
	struct view_cut_sizes sizes = sizes_of(image);

	html_lit(b, " srcset=\"");
	for (size_t i = 0; i < sizes.n; i++) {
		if (i)
			html_lit(b, ", ");
		put_file(b, image, sizes.v[i].width, ending);
		buf_char(b, ' ');
		buf_u64(b, sizes.v[i].width);
		buf_char(b, 'w');
	}
	html_lit(b, "\" sizes=\"");
	html_raw(b, image->sizes);
	html_lit(b, "\"");
}

static void put_source(struct buf *b, const struct image *image)
{
	struct view_cut_sizes sizes = sizes_of(image);

	if (!has_cut(image)) {
		html_url(b, "src", base_of(image), image->url);
		return;
	}
	html_lit(b, " src=\"");
	put_file(b, image, sizes.v[sizes.n - 1].width, HTML(".jpg"));
	html_lit(b, "\"");
}

static void put_img(struct buf *b, const struct image *image, bool has_files)
{
	struct view_cut_sizes sizes = sizes_of(image);
	uint32_t width = image->width, height = image->height;

	if (has_cut(image)) {
		width = sizes.v[sizes.n - 1].width;
		height = sizes.v[sizes.n - 1].height;
	}
	html_lit(b, "<img");
	put_source(b, image);
	if (has_files && sizes.n > 1)
		put_set(b, image, HTML(".jpg"));
	html_attr(b, "alt", image->alt);
	if (width && height) {
		html_attr_u64(b, "width", width);
		html_attr_u64(b, "height", height);
	}
	if (image->is_lazy)
		html_lit(b, " loading=\"lazy\"");
	html_lit(b, " decoding=\"async\">");
}

bool image_is_cut(const struct view_picture *p, enum image_cut cut)
{
	return cut != IMAGE_WHOLE && p->files.whole_n > 0 &&
	       p->files.cuts[cut - 1].n > 0;
}

unsigned image_place(const struct view_picture *p, enum image_cut cut)
{
	static const struct view_size shapes[IMAGE_CUTS] = {
	    [IMAGE_1_1] = {1, 1}, [IMAGE_4_3] = {4, 3}, [IMAGE_16_9] = {16, 9}};
	uint64_t width = (uint64_t)p->width * shapes[cut].height;
	uint64_t height = (uint64_t)p->height * shapes[cut].width;
	/* Of the longer side, as long as the shorter one makes it. */
	uint64_t all = width > height ? width : height;
	uint64_t part = width > height ? height : width;
	uint64_t over = all - part;
	uint64_t middle =
	    all * (width > height ? p->focus_x : p->focus_y) / FOCUS_MAX;
	uint64_t start = middle > part / 2 ? middle - part / 2 : 0;

	/* What was cut by hand fills its room. */
	if (!p->files.whole_n || over == 0 || image_is_cut(p, cut))
		return MIDDLE;
	if (start > over)
		start = over;
	return (unsigned)((start * TENTHS + over / 2) / over);
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

		/* A rendition; or that very file, which may have a query. */
		if (stem.n && str_starts(rest, stem) &&
		    (stem.n == rest.n || rest.p[stem.n] == '-' ||
			rest.p[stem.n] == '?' || rest.p[stem.n] == '#'))
			return &pictures->v[i];
	}
	return NULL;
}
