/* SPDX-License-Identifier: MIT
 *
 * Clean texts, IPTC's data sets, and the packet that goes into renditions.
 *
 * A data set (IIM 4.2, 1.6): 1C, record, number, two bytes of length, value.
 * A length with its top bit set is of an extended one, which no text needs:
 * the reading ends there. A "8BIM" resource: that word, two bytes of number, a
 * name as Pascal has it, padded to even, four bytes of length, value, padded.
 */
#include "picture/words.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/markup.h"
#include "base/utf8.h"

/* Where a text is cut so that no character is broken. */
static struct str cut(struct str s)
{
	if (s.n <= PICTURE_TEXT_MAX)
		return s;
	s.n = PICTURE_TEXT_MAX;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return s;
}

struct str picture_text(struct arena *a, struct str s)
{
	char *to;
	size_t n = 0;
	bool is_gap = false;

	if (!utf8_is_valid(s))
		return STR("");
	s = cut(str_trim(s));
	to = arena_alloc(a, s.n + 1);
	if (!to)
		return STR_NONE;
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = utf8_next(s, &at);

		if (c <= 0x20 || !markup_is_text(c)) {
			is_gap = n > 0;
			continue;
		}
		if (is_gap)
			to[n++] = ' ';
		is_gap = false;
		while (from < at)
			to[n++] = s.p[from++];
	}
	return (struct str){to, n};
}

/* --- IPTC --- */

enum { RECORD_ENVELOPE = 1, RECORD_STORY = 2, BIM_IPTC = 0x0404 };

static unsigned byte_at(struct str s, size_t at)
{
	return (unsigned char)s.p[at];
}

/* Latin-1 to UTF-8. */
static struct str widen(struct arena *a, struct str s)
{
	char *to = arena_alloc(a, 2 * s.n + 1);
	size_t n = 0;

	if (!to)
		return STR_NONE;
	for (size_t i = 0; i < s.n; i++) {
		unsigned c = byte_at(s, i);

		if (c < 0x80) {
			to[n++] = (char)c;
		} else {
			to[n++] = (char)(0xc0 | c >> 6);
			to[n++] = (char)(0x80 | (c & 0x3f));
		}
	}
	return (struct str){to, n};
}

/* The resource's content; S itself if it is no run of resources. */
static struct str find_resource(struct str s)
{
	const struct str photoshop = STR("Photoshop 3.0\0");
	struct str rest;

	if (str_starts(s, photoshop))
		s = str_from(s, photoshop.n);
	rest = s;
	while (rest.n >= 12 && str_starts(rest, STR("8BIM"))) {
		unsigned number = byte_at(rest, 4) << 8 | byte_at(rest, 5);
		size_t name = (byte_at(rest, 6) + 2u) & ~1u;
		size_t at = 6 + name;
		size_t n = 0;

		if (rest.n < at + 4)
			return STR_NONE;
		for (int i = 0; i < 4; i++)
			n = n << 8 | byte_at(rest, at++);
		if (n > rest.n - at)
			return STR_NONE;
		if (number == BIM_IPTC)
			return str_part(rest, at, n);
		rest = str_from(rest, at + n + (n & 1));
	}
	return rest.p == s.p ? s : STR_NONE;
}

/* Sets *FIELD if it says nothing yet; false without memory. */
static bool set(struct arena *a, struct str *field, struct str value)
{
	struct str text = utf8_is_valid(value) ? value : widen(a, value);

	if (field->n || !text.n)
		return text.p || !value.n;
	text = picture_text(a, text);
	if (!text.p)
		return false;
	*field = text;
	return true;
}

/* Several people, cities and countries stand beside one another. */
static bool join(struct arena *a, struct str *field, struct str value)
{
	struct str before = *field;
	struct str text = STR_NONE;

	if (!set(a, &text, value))
		return false;
	if (!before.n || !text.n) {
		if (text.n)
			*field = text;
		return true;
	}
	if (before.n + text.n + 2 > PICTURE_TEXT_MAX)
		return true;
	*field = arena_printf(a, "%.*s, %.*s", STR_ARG(before), STR_ARG(text));
	return field->p;
}

/* "20270131" to "2027-01-31". */
static bool set_date(struct arena *a, struct str *field, struct str value)
{
	if (field->n || value.n != 8)
		return true;
	for (size_t i = 0; i < 8; i++)
		if (!ascii_is_digit(value.p[i]))
			return true;
	*field = arena_printf(
	    a, "%.4s-%.2s-%.2s", value.p, value.p + 4, value.p + 6);
	return field->p;
}

static bool take_set(struct arena *a, unsigned number, struct str value,
    struct picture_words *found)
{
	switch (number) {
	case 37: /* Expiration Date */
		return set_date(a, &found->expires, value);
	case 80: /* By-line */
		return join(a, &found->creator, value);
	case 90:  /* City */
	case 92:  /* Sub-location */
	case 95:  /* Province or State */
	case 101: /* Country */
		found->has_place |= value.n > 0;
		return join(a, &found->place, value);
	case 105: /* Headline */
		return set(a, &found->headline, value);
	case 110: /* Credit */
		return set(a, &found->credit, value);
	case 116: /* Copyright Notice */
		return set(a, &found->rights, value);
	case 120: /* Caption */
		return set(a, &found->caption, value);
	}
	return true;
}

/* What FOUND says and W does not. */
static void add(struct picture_words *w, const struct picture_words *found)
{
#define ADD(field)                                                             \
	if (!w->field.n)                                                       \
	w->field = found->field
	ADD(headline);
	ADD(caption);
	ADD(alt);
	ADD(credit);
	ADD(creator);
	ADD(rights);
	ADD(expires);
	ADD(place);
#undef ADD
	w->has_place |= found->has_place;
	w->has_device |= found->has_device;
}

enum rc picture_words_iptc(
    struct arena *a, struct str iptc, struct picture_words *w)
{
	struct picture_words found = {0};
	struct str s = find_resource(iptc);
	enum rc rc = RC_OK;

	if (iptc.n > PICTURE_IPTC_MAX)
		return RC_LIMIT;
	while (s.n > 0 && rc == RC_OK) {
		size_t n;

		if (s.n < 5 || byte_at(s, 0) != 0x1c) {
			rc = RC_INVALID;
			break;
		}
		n = byte_at(s, 3) << 8 | byte_at(s, 4);
		if (n > 0x7fff || n > s.n - 5) {
			rc = RC_INVALID;
			break;
		}
		if (byte_at(s, 1) == RECORD_STORY &&
		    !take_set(a, byte_at(s, 2), str_part(s, 5, n), &found))
			rc = RC_NO_MEMORY;
		s = str_from(s, 5 + n);
	}
	if (rc != RC_NO_MEMORY)
		add(w, &found);
	return rc;
}

bool picture_is_text(struct str s)
{
	if (s.n > PICTURE_TEXT_MAX || !utf8_is_valid(s))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

/* --- the packet in renditions --- */

/* A property of one text, or of one in a container. */
static void put(
    struct buf *b, const char *name, const char *container, struct str value)
{
	if (!value.n)
		return;
	buf_printf(b, "<%s>", name);
	if (container)
		buf_printf(b, "<rdf:%s><rdf:li%s>", container,
		    container[0] == 'A' ? " xml:lang=\"x-default\"" : "");
	markup_text(b, value);
	if (container)
		buf_printf(b, "</rdf:li></rdf:%s>", container);
	buf_printf(b, "</%s>\n", name);
}

void picture_words_write_xmp(struct buf *b, const struct picture_words *w)
{
	buf_lit(b, "<?xpacket begin=\"\xef\xbb\xbf\" "
		   "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
		   "<rdf:RDF xmlns:rdf="
		   "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
		   "<rdf:Description rdf:about=\"\"\n"
		   " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
		   " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"\n"
		   " xmlns:prism="
		   "\"http://prismstandard.org/namespaces/basic/2.0/\"\n"
		   " xmlns:Iptc4xmpCore="
		   "\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\">\n");
	put(b, "photoshop:Headline", NULL, w->headline);
	put(b, "dc:description", "Alt", w->caption);
	put(b, "Iptc4xmpCore:AltTextAccessibility", "Alt", w->alt);
	put(b, "photoshop:Credit", NULL, w->credit);
	put(b, "dc:creator", "Seq", w->creator);
	put(b, "dc:rights", "Alt", w->rights);
	put(b, "prism:expirationDate", NULL, w->expires);
	buf_lit(b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
		   "<?xpacket end=\"r\"?>");
}
