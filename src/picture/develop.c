/* SPDX-License-Identifier: MIT
 *
 * Developing by libvips. Its functions are found at run time: it brings some
 * hundred libraries with it, which no reader's process should carry.
 *
 * Only the loaders of the kinds that we take are left unblocked, and the file's
 * size was read by us before any of them sees it. The widest rendition is made
 * first, while the file is read, so that a JPEG is reduced as it is decoded;
 * all others come from it.
 */
#include "picture/develop.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>
#include <vips/vector.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "picture/contact_sheet.h"
#include "picture/late_xml.h"
#include "picture/sniff.h"
#include "picture/words.h"
#include "sys/late.h"

#define VIPS "libvips.so.42"

enum {
	ARENA_MAX = 8 * 1024 * 1024,
	WIDEST = 2400,
	TALLEST = 4800, /* an infographic may be long */
	SHAPE_WIDTH = 1200,
	QUALITY_JPEG = 80,
	QUALITY_WEBP = 76,
	QUALITY_AVIF = 50,
};

static const int widths[] = {WIDEST, 1600, 1200, 800, 400};
enum { WIDTHS = sizeof(widths) / sizeof(*widths) };

/* What we call, and nothing else. */
#define CALLS(X)                                                               \
	X(vips_version)                                                        \
	X(vips_init)                                                           \
	X(vips_cache_set_max)                                                  \
	X(vips_concurrency_set)                                                \
	X(vips_vector_set_enabled)                                             \
	X(vips_operation_block_set)                                            \
	X(vips_error_buffer)                                                   \
	X(vips_error_clear)                                                    \
	X(vips_thumbnail_buffer)                                               \
	X(vips_thumbnail_image)                                                \
	X(vips_extract_area)                                                   \
	X(vips_flatten)                                                        \
	X(vips_array_double_new)                                               \
	X(vips_area_unref)                                                     \
	X(vips_image_copy_memory)                                              \
	X(vips_image_hasalpha)                                                 \
	X(vips_image_get_width)                                                \
	X(vips_image_get_height)                                               \
	X(vips_image_get_typeof)                                               \
	X(vips_image_get_blob)                                                 \
	X(vips_image_get_string)                                               \
	X(vips_image_get_fields)                                               \
	X(vips_image_set_blob_copy)                                            \
	X(vips_image_remove)                                                   \
	X(vips_jpegsave_buffer)                                                \
	X(vips_webpsave_buffer)                                                \
	X(vips_heifsave_buffer)                                                \
	X(g_object_unref)                                                      \
	X(g_strfreev)                                                          \
	X(g_free)

struct calls {
#define X(name) __typeof__(name) *name;
	CALLS(X)
#undef X
};

/* One picture on its way. */
struct work {
	const struct calls *vips;
	struct arena *a;
	struct contact_sheet sheet;
	void *taken[PICTURE_RENDITIONS_MAX]; /* renditions' bytes, of glib */
};

/* The functions, from a library that is loaded now or was before. */
static enum rc load(struct calls *calls, struct err *err)
{
	enum rc rc = late_load(VIPS, "libvips42", err);

#define X(name)                                                                \
	if (rc == RC_OK)                                                       \
		calls->name = (__typeof__(name) *)late_function(VIPS, #name);
	CALLS(X)
#undef X
	return rc;
}

/* Of the modules that libvips would load as it starts, the one that is wanted:
 * where this process may load nothing more, the others (ImageMagick, PDF and
 * their like) stay out. In some builds it is part of the library. */
static void load_heif(const struct calls *calls)
{
	char folder[PATH_MAX], path[PATH_MAX + 64];
	void *library = dlopen(VIPS, RTLD_NOW | RTLD_LOCAL);
	int n;

	if (!library || dlinfo(library, RTLD_DI_ORIGIN, folder) != 0)
		return;
	n = snprintf(path, sizeof(path), "%s/vips-modules-%d.%d/vips-heif.so",
	    folder, calls->vips_version(0), calls->vips_version(1));
	if (n > 0 && (size_t)n < sizeof(path))
		(void)dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

enum rc picture_load(struct err *err)
{
	struct calls calls;
	enum rc rc = late_xml_load(err);

	if (rc == RC_OK)
		rc = load(&calls, err);
	if (rc == RC_OK)
		load_heif(&calls);
	return rc == RC_OK
		   ? RC_OK
		   : err_prefix(err, rc, "pictures cannot be developed: ");
}

enum rc picture_begin(struct err *err)
{
	static const char *const loaders[] = {"VipsForeignLoadJpeg",
	    "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif",
	    "VipsForeignLoadNsgif"};
	struct calls calls;

	/* Its remarks on odd files are nothing for the server's log. */
	(void)setenv("VIPS_WARNING", "0", 1);
	if (load(&calls, NULL) != RC_OK || calls.vips_init("farthing"))
		return err_set(err, RC_IO,
		    "pictures cannot be developed: libvips does not start");
	calls.vips_cache_set_max(0);
	calls.vips_concurrency_set(1);
	/* It would write machine code and run it, which no sandbox of ours
	 * lets anybody do. */
	calls.vips_vector_set_enabled(FALSE);
	calls.vips_operation_block_set("VipsForeignLoad", TRUE);
	for (size_t i = 0; i < sizeof(loaders) / sizeof(*loaders); i++)
		calls.vips_operation_block_set(loaders[i], FALSE);
	return RC_OK;
}

/* --- words --- */

static struct str blob_of(
    const struct work *w, VipsImage *image, const char *name)
{
	const void *p = NULL;
	size_t n = 0;

	if (!w->vips->vips_image_get_typeof(image, name) ||
	    w->vips->vips_image_get_blob(image, name, &p, &n))
		return STR_NONE;
	return (struct str){p, n};
}

/* "Ana Ruiz (Ana Ruiz, ASCII, 9 components, 9 bytes)" to "Ana Ruiz". */
static struct str exif_text(struct work *w, VipsImage *image, const char *name)
{
	const char *value = NULL;
	struct str s;
	size_t end;

	if (!w->vips->vips_image_get_typeof(image, name) ||
	    w->vips->vips_image_get_string(image, name, &value))
		return STR_NONE;
	s = str_of(value);
	end = str_find_str(s, STR(" ("));
	return picture_text(w->a, str_part(s, 0, end));
}

/* What the camera says of the place and of itself. */
static void look_for_secrets(struct work *w, VipsImage *image)
{
	static const struct str devices[] = {STR_INIT("exif-ifd0-Make"),
	    STR_INIT("exif-ifd0-Model"), STR_INIT("exif-ifd0-Software"),
	    STR_INIT("exif-ifd0-HostComputer"),
	    STR_INIT("exif-ifd2-BodySerialNumber"),
	    STR_INIT("exif-ifd2-LensSerialNumber"),
	    STR_INIT("exif-ifd2-LensModel"),
	    STR_INIT("exif-ifd2-CameraOwnerName"),
	    STR_INIT("exif-ifd2-MakerNote"),
	    STR_INIT("exif-ifd2-ImageUniqueID")};
	gchar **names = w->vips->vips_image_get_fields(image);

	for (size_t i = 0; names && names[i]; i++) {
		struct str name = str_of(names[i]);

		if (str_starts(name, STR("exif-ifd3-GPSL")) ||
		    str_starts(name, STR("exif-ifd3-GPSD")))
			w->sheet.words.has_place = true;
		for (size_t k = 0; k < sizeof(devices) / sizeof(*devices); k++)
			if (str_eq(name, devices[k]))
				w->sheet.words.has_device = true;
	}
	w->vips->g_strfreev(names);
}

static enum rc read_words(struct work *w, VipsImage *image)
{
	struct picture_words *words = &w->sheet.words;
	struct str xmp = blob_of(w, image, "xmp-data");
	struct str iptc = blob_of(w, image, "iptc-data");
	enum rc rc = RC_OK;

	look_for_secrets(w, image);
	/* Broken words are no reason to refuse a picture. */
	if (xmp.n)
		rc = picture_words_xmp(w->a, xmp, words);
	if (iptc.n && rc != RC_NO_MEMORY)
		rc = picture_words_iptc(w->a, iptc, words);
	if (!words->caption.n)
		words->caption =
		    exif_text(w, image, "exif-ifd0-ImageDescription");
	if (!words->creator.n)
		words->creator = exif_text(w, image, "exif-ifd0-Artist");
	if (!words->rights.n)
		words->rights = exif_text(w, image, "exif-ifd0-Copyright");
	return rc == RC_NO_MEMORY || arena_is_spent(w->a) ? RC_NO_MEMORY
							  : RC_OK;
}

/* Takes off all that the file said, and puts the words on. */
static enum rc redress(
    struct work *w, VipsImage *image, const struct picture_words *words)
{
	gchar **names = w->vips->vips_image_get_fields(image);
	struct buf b;

	for (size_t i = 0; names && names[i]; i++) {
		struct str name = str_of(names[i]);

		if (str_starts(name, STR("exif-")) ||
		    str_starts(name, STR("png-comment-")) ||
		    str_ends(name, STR("-data")) ||
		    str_starts(name, STR("gif-")))
			w->vips->vips_image_remove(image, names[i]);
	}
	w->vips->g_strfreev(names);
	buf_init(&b, 64 * 1024);
	picture_words_write_xmp(&b, words);
	if (buf_rc(&b) != RC_OK) {
		buf_done(&b);
		return RC_NO_MEMORY;
	}
	w->vips->vips_image_set_blob_copy(image, "xmp-data", b.p, b.n);
	buf_done(&b);
	return RC_OK;
}

/* --- renditions --- */

/* Puts IMAGE, which it takes over, in memory; NULL if it cannot be made. */
static VipsImage *settle(const struct work *w, VipsImage *image)
{
	VipsImage *in_memory;

	if (!image)
		return NULL;
	in_memory = w->vips->vips_image_copy_memory(image);
	w->vips->g_object_unref(image);
	return in_memory;
}

static int save(const struct work *w, VipsImage *image,
    enum picture_format format, void **p, size_t *n)
{
	switch (format) {
	case PICTURE_AS_JPEG:
		return w->vips->vips_jpegsave_buffer(image, p, n, "Q",
		    QUALITY_JPEG, "optimize_coding", TRUE, "interlace", TRUE,
		    NULL);
	case PICTURE_AS_WEBP:
		return w->vips->vips_webpsave_buffer(
		    image, p, n, "Q", QUALITY_WEBP, "effort", 4, NULL);
	case PICTURE_AS_AVIF:
		return w->vips->vips_heifsave_buffer(image, p, n, "Q",
		    QUALITY_AVIF, "effort", 2, "compression",
		    VIPS_FOREIGN_HEIF_COMPRESSION_AV1, NULL);
	case PICTURE_FORMATS:
		break;
	}
	unreachable("a picture in no format");
}

static enum rc add(struct work *w, VipsImage *image, enum picture_shape shape,
    enum picture_format format)
{
	struct picture_rendition *v = &w->sheet.v[w->sheet.n];
	void *p = NULL;
	size_t n = 0;

	must(w->sheet.n < PICTURE_RENDITIONS_MAX);
	if (save(w, image, format, &p, &n))
		return RC_IO;
	w->taken[w->sheet.n++] = p;
	v->format = format;
	v->shape = shape;
	v->width = (uint32_t)w->vips->vips_image_get_width(image);
	v->height = (uint32_t)w->vips->vips_image_get_height(image);
	v->bytes = (struct str){p, n};
	return RC_OK;
}

/* JPEG knows no transparency: it lies on white paper. */
static enum rc add_jpeg(
    struct work *w, VipsImage *image, enum picture_shape shape)
{
	VipsImage *flat = NULL;
	double white[] = {255, 255, 255};
	VipsArrayDouble *paper;
	enum rc rc;
	int bad;

	if (!w->vips->vips_image_hasalpha(image))
		return add(w, image, shape, PICTURE_AS_JPEG);
	paper = w->vips->vips_array_double_new(white, 3);
	bad = w->vips->vips_flatten(image, &flat, "background", paper, NULL);
	w->vips->vips_area_unref(VIPS_AREA(paper));
	if (bad)
		return RC_IO;
	rc = add(w, flat, shape, PICTURE_AS_JPEG);
	w->vips->g_object_unref(flat);
	return rc;
}

/* IMAGE, not wider than WIDTH, in memory; NULL: it cannot be made. */
static VipsImage *reduce(const struct work *w, VipsImage *image, int width)
{
	VipsImage *small = NULL;

	if (w->vips->vips_thumbnail_image(image, &small, width, "height",
		TALLEST, "size", VIPS_SIZE_DOWN, NULL))
		return NULL;
	return settle(w, small);
}

/* IMAGE, at most WIDTH wide, in the three formats. */
static enum rc add_three(
    struct work *w, VipsImage *image, enum picture_shape shape, int width)
{
	VipsImage *small = reduce(w, image, width);
	enum rc rc = small ? RC_OK : RC_IO;

	if (rc == RC_OK)
		rc = add(w, small, shape, PICTURE_AS_AVIF);
	if (rc == RC_OK)
		rc = add(w, small, shape, PICTURE_AS_WEBP);
	if (rc == RC_OK)
		rc = add_jpeg(w, small, shape);
	if (small)
		w->vips->g_object_unref(small);
	return rc;
}

/* IMAGE in those of our widths that it has, up to WIDEST. A small one has
 * one rendition: as it is. */
static enum rc add_widths(
    struct work *w, VipsImage *image, enum picture_shape shape, int widest)
{
	int width = w->vips->vips_image_get_width(image);
	bool is_first = true;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < WIDTHS && rc == RC_OK; i++) {
		if (widths[i] > widest ||
		    (widths[i] > width && !(is_first && widths[i] == 400)))
			continue;
		/* What was cut keeps all its points. */
		if (shape != PICTURE_WHOLE && is_first && width < widest &&
		    width > widths[i])
			rc = add_three(w, image, shape, width);
		if (rc == RC_OK)
			rc = add_three(w, image, shape, widths[i]);
		is_first = false;
	}
	return rc;
}

static VipsImage *cut_out(
    const struct work *w, VipsImage *image, const struct picture_rect *r)
{
	VipsImage *part = NULL;

	if (w->vips->vips_extract_area(image, &part, (int)r->left, (int)r->top,
		(int)r->width, (int)r->height, NULL))
		return NULL;
	return settle(w, part);
}

static enum rc add_shape(struct work *w, VipsImage *image,
    enum picture_shape shape, const struct picture_wish *wish)
{
	uint32_t width = (uint32_t)w->vips->vips_image_get_width(image);
	uint32_t height = (uint32_t)w->vips->vips_image_get_height(image);
	struct picture_cut cut = wish->cuts[shape - PICTURE_1_1];
	struct picture_rect r =
	    cut.width ? picture_cut_rect(width, height, shape, cut)
		      : picture_crop(width, height, shape, wish->focus);
	VipsImage *part = cut_out(w, image, &r);
	VipsImage *small = NULL;
	enum rc rc = part ? RC_OK : RC_IO;

	if (rc == RC_OK && cut.width) {
		rc = add_widths(w, part, shape, SHAPE_WIDTH);
	} else if (rc == RC_OK) {
		small = reduce(w, part, SHAPE_WIDTH);
		rc = small ? add_jpeg(w, small, shape) : RC_IO;
	}
	if (small)
		w->vips->g_object_unref(small);
	if (part)
		w->vips->g_object_unref(part);
	return rc;
}

static enum rc add_all(
    struct work *w, VipsImage *image, const struct picture_wish *wish)
{
	enum rc rc = add_widths(w, image, PICTURE_WHOLE, WIDEST);

	for (int shape = PICTURE_1_1; shape < PICTURE_SHAPES && rc == RC_OK;
	     shape++)
		rc = add_shape(w, image, (enum picture_shape)shape, wish);
	return rc;
}

/* Decodes, turns upright, brings to sRGB, reduces to the widest. */
static VipsImage *decode(const struct work *w, struct str file)
{
	VipsImage *image = NULL;
	void *bytes;

	/* libvips does not write to it, but does not say so. */
	memcpy(&bytes, &file.p, sizeof(bytes));
	if (w->vips->vips_thumbnail_buffer(bytes, file.n, &image, WIDEST,
		"height", TALLEST, "size", VIPS_SIZE_DOWN, "export_profile",
		"srgb", "fail_on", VIPS_FAIL_ON_ERROR, NULL))
		return NULL;
	return settle(w, image);
}

/* The size of the picture upright, of which IMAGE is a reduced one. */
static void set_size(struct work *w, const VipsImage *image)
{
	struct picture_size *size = &w->sheet.size;
	bool is_tall = w->vips->vips_image_get_height(image) >
		       w->vips->vips_image_get_width(image);

	if (is_tall != (size->height > size->width)) {
		uint32_t width = size->width;

		size->width = size->height;
		size->height = width;
	}
}

static enum rc develop(
    struct work *w, struct str file, const struct picture_wish *wish)
{
	VipsImage *image = decode(w, file);
	enum rc rc;

	if (!image)
		return RC_INVALID;
	set_size(w, image);
	rc = read_words(w, image);
	if (rc == RC_OK)
		rc = redress(
		    w, image, wish->words ? wish->words : &w->sheet.words);
	if (rc == RC_OK)
		rc = add_all(w, image, wish);
	w->vips->g_object_unref(image);
	return rc;
}

static enum rc refuse(const struct work *w, enum rc rc, struct err *err)
{
	if (rc == RC_INVALID)
		return err_set(err, rc,
		    "the file is damaged or not quite a picture: %s",
		    w->vips->vips_error_buffer());
	if (rc == RC_NO_MEMORY)
		return err_set(err, rc, "no memory to develop the picture");
	return err_set(err, rc, "the picture cannot be written anew: %s",
	    w->vips->vips_error_buffer());
}

enum rc picture_develop(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	struct calls calls;
	struct work w = {.vips = &calls};
	enum rc rc = picture_sniff(file, &w.sheet.size);

	if (rc == RC_LIMIT || file.n > PICTURE_FILE_MAX)
		return err_set(err, RC_LIMIT,
		    "the picture is too large: at most %d points on a side, "
		    "%d million in all and %d MB are taken",
		    PICTURE_SIDE_MAX, PICTURE_POINTS_MAX / 1000000,
		    PICTURE_FILE_MAX / (1024 * 1024));
	if (rc != RC_OK)
		return err_set(err, rc,
		    "this is no picture of a kind that is taken: JPEG, PNG, "
		    "WebP, AVIF, HEIC and GIF are");
	if (!picture_is_brief(file, w.sheet.size.kind))
		return err_set(err, RC_LIMIT,
		    "there are more than %d pictures in the file",
		    PICTURE_FRAMES_MAX);
	if (!picture_is_whole(file, w.sheet.size.kind))
		return err_set(err, RC_INVALID,
		    "the file breaks off before its end; send it again");
	if (load(&calls, NULL) != RC_OK)
		return err_set(err, RC_NOT_FOUND, "libvips is missing");
	w.a = arena_new(ARENA_MAX);
	calls.vips_error_clear();
	rc = develop(&w, file, wish);
	if (rc == RC_OK) {
		contact_sheet_write(b, &w.sheet);
		rc = buf_rc(b);
	}
	if (rc != RC_OK)
		rc = refuse(&w, rc, err);
	for (size_t i = 0; i < w.sheet.n; i++)
		calls.g_free(w.taken[i]);
	arena_free(w.a);
	return rc;
}
