/* SPDX-License-Identifier: MIT
 *
 * XMP by libxml2's reader, which walks over the packet once. A packet with a
 * document type is refused before anything of it is used: so there are no
 * entities, no outside files and no laughter.
 *
 * A property is an element right below an rdf:Description that is right below
 * the rdf:RDF, or an attribute of that Description. Its value is its text, or
 * those of the rdf:li in it. What lies deeper is the property's too: nothing
 * of ours has structure.
 */
#include <libxml/xmlreader.h>

#include "base/arena.h"
#include "base/must.h"
#include "picture/words.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

enum field {
	FIELD_NONE,
	FIELD_HEADLINE,
	FIELD_CAPTION,
	FIELD_ALT,
	FIELD_CREDIT,
	FIELD_CREATOR,
	FIELD_RIGHTS,
	FIELD_TERMS,
	FIELD_EXPIRES,
	FIELD_PLACE,
	FIELD_COORDINATE,
	FIELD_DEVICE,
	FIELDS,
};

static const struct {
	const char *space;
	const char *name; /* NULL: all of the space */
	enum field field;
} properties[] = {
    {"http://ns.adobe.com/photoshop/1.0/", "Headline", FIELD_HEADLINE},
    {"http://ns.adobe.com/photoshop/1.0/", "Credit", FIELD_CREDIT},
    {"http://ns.adobe.com/photoshop/1.0/", "City", FIELD_PLACE},
    {"http://ns.adobe.com/photoshop/1.0/", "State", FIELD_PLACE},
    {"http://ns.adobe.com/photoshop/1.0/", "Country", FIELD_PLACE},
    {"http://purl.org/dc/elements/1.1/", "description", FIELD_CAPTION},
    {"http://purl.org/dc/elements/1.1/", "creator", FIELD_CREATOR},
    {"http://purl.org/dc/elements/1.1/", "rights", FIELD_RIGHTS},
    {"http://ns.adobe.com/xap/1.0/rights/", "UsageTerms", FIELD_TERMS},
    {"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "AltTextAccessibility",
	FIELD_ALT},
    {"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Location", FIELD_PLACE},
    {"http://prismstandard.org/namespaces/basic/2.0/", "expirationDate",
	FIELD_EXPIRES},
    {"http://ns.useplus.org/ldf/xmp/1.0/", "LicenseEndDate", FIELD_EXPIRES},
    {"http://ns.adobe.com/exif/1.0/", "GPSLatitude", FIELD_COORDINATE},
    {"http://ns.adobe.com/exif/1.0/", "GPSLongitude", FIELD_COORDINATE},
    {"http://ns.adobe.com/exif/1.0/aux/", NULL, FIELD_DEVICE},
    {"http://cipa.jp/exif/1.0/", NULL, FIELD_DEVICE},
    {"http://ns.adobe.com/tiff/1.0/", "Make", FIELD_DEVICE},
    {"http://ns.adobe.com/tiff/1.0/", "Model", FIELD_DEVICE},
    {"http://ns.adobe.com/xap/1.0/", "CreatorTool", FIELD_DEVICE},
};

struct reading {
	struct arena *a;
	xmlTextReaderPtr reader;
	struct str found[FIELDS];
	enum field field; /* of the property that is open */
	int depth;	  /* of rdf:RDF; -1 before it */
	bool is_inside;	  /* an rdf:Description below it */
};

static struct str view(const xmlChar *s)
{
	return str_of((const char *)s);
}

static enum field field_of(xmlTextReaderPtr reader)
{
	struct str space = view(xmlTextReaderConstNamespaceUri(reader));
	struct str name = view(xmlTextReaderConstLocalName(reader));

	for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++)
		if (str_eq(space, str_of(properties[i].space)) &&
		    (!properties[i].name ||
			str_eq(name, str_of(properties[i].name))))
			return properties[i].field;
	return FIELD_NONE;
}

static bool is_rdf(xmlTextReaderPtr reader, const char *name)
{
	return str_eq(view(xmlTextReaderConstNamespaceUri(reader)), STR(RDF)) &&
	       str_eq(view(xmlTextReaderConstLocalName(reader)), str_of(name));
}

/* A value: people and places are joined, of all else the first is taken. */
static enum rc keep(struct reading *r, enum field field, struct str value)
{
	struct str *to = &r->found[field];
	struct str text = picture_text(r->a, value);

	if (!text.p)
		return RC_NO_MEMORY;
	if (!text.n)
		return RC_OK;
	if (!to->n) {
		*to = text;
		return RC_OK;
	}
	if ((field != FIELD_CREATOR && field != FIELD_PLACE) ||
	    to->n + text.n + 2 > PICTURE_TEXT_MAX)
		return RC_OK;
	*to = arena_printf(r->a, "%.*s, %.*s", STR_ARG(*to), STR_ARG(text));
	return to->p ? RC_OK : RC_NO_MEMORY;
}

static enum rc take_attributes(struct reading *r)
{
	enum rc rc = RC_OK;

	while (
	    rc == RC_OK && xmlTextReaderMoveToNextAttribute(r->reader) == 1) {
		enum field field = field_of(r->reader);

		if (field != FIELD_NONE)
			rc = keep(
			    r, field, view(xmlTextReaderConstValue(r->reader)));
	}
	xmlTextReaderMoveToElement(r->reader);
	return rc;
}

static enum rc take_element(struct reading *r)
{
	int depth = xmlTextReaderDepth(r->reader);

	if (r->depth < 0) {
		if (is_rdf(r->reader, "RDF"))
			r->depth = depth;
		return RC_OK;
	}
	if (depth == r->depth + 1) {
		r->is_inside = is_rdf(r->reader, "Description");
		r->field = FIELD_NONE;
		return r->is_inside ? take_attributes(r) : RC_OK;
	}
	if (depth == r->depth + 2 && r->is_inside)
		r->field = field_of(r->reader);
	return RC_OK;
}

static enum rc take_node(struct reading *r)
{
	switch (xmlTextReaderNodeType(r->reader)) {
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return RC_INVALID;
	case XML_READER_TYPE_ELEMENT:
		return take_element(r);
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
		if (r->field != FIELD_NONE &&
		    xmlTextReaderDepth(r->reader) > r->depth + 2)
			return keep(r, r->field,
			    view(xmlTextReaderConstValue(r->reader)));
	}
	return RC_OK;
}

/* Rights, and what may be done behind them. */
static enum rc join_terms(struct reading *r)
{
	struct str *rights = &r->found[FIELD_RIGHTS];
	struct str terms = r->found[FIELD_TERMS];

	if (!rights->n)
		*rights = terms;
	else if (terms.n && rights->n + terms.n + 2 <= PICTURE_TEXT_MAX)
		*rights = arena_printf(
		    r->a, "%.*s. %.*s", STR_ARG(*rights), STR_ARG(terms));
	return rights->p || !terms.n ? RC_OK : RC_NO_MEMORY;
}

static void hand_over(const struct reading *r, struct picture_words *w)
{
	const struct {
		struct str *to;
		enum field field;
	} all[] = {{&w->headline, FIELD_HEADLINE}, {&w->caption, FIELD_CAPTION},
	    {&w->alt, FIELD_ALT}, {&w->credit, FIELD_CREDIT},
	    {&w->creator, FIELD_CREATOR}, {&w->rights, FIELD_RIGHTS},
	    {&w->place, FIELD_PLACE}};
	struct str expires = str_part(r->found[FIELD_EXPIRES], 0, 10);

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (!all[i].to->n)
			*all[i].to = r->found[all[i].field];
	if (!w->expires.n && expires.n == 10 && expires.p[4] == '-')
		w->expires = expires;
	w->has_place |=
	    r->found[FIELD_PLACE].n > 0 || r->found[FIELD_COORDINATE].n > 0;
	w->has_device |= r->found[FIELD_DEVICE].n > 0;
}

static void be_quiet(void *ctx, const char *message,
    xmlParserSeverities severity, xmlTextReaderLocatorPtr where)
{
	(void)ctx;
	(void)message;
	(void)severity;
	(void)where;
}

enum rc picture_words_xmp(
    struct arena *a, struct str xmp, struct picture_words *w)
{
	struct reading r = {.a = a, .depth = -1};
	enum rc rc = RC_OK;
	int got;

	if (xmp.n > PICTURE_XMP_MAX)
		return RC_LIMIT;
	/* Some writers end it with a zero. */
	while (xmp.n > 0 && xmp.p[xmp.n - 1] == '\0')
		xmp.n--;
	if (xmp.n == 0)
		return RC_INVALID;
	r.reader =
	    xmlReaderForMemory(xmp.p, (int)xmp.n, NULL, NULL, XML_PARSE_NONET);
	if (!r.reader)
		return RC_NO_MEMORY;
	xmlTextReaderSetErrorHandler(r.reader, be_quiet, NULL);
	while ((got = xmlTextReaderRead(r.reader)) == 1 && rc == RC_OK)
		rc = take_node(&r);
	if (rc == RC_OK && got < 0)
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = join_terms(&r);
	if (rc == RC_OK)
		hand_over(&r, w);
	xmlFreeTextReader(r.reader);
	return rc;
}
