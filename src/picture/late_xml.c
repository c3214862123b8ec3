/* SPDX-License-Identifier: MIT
 *
 * The functions of libxml2 that are called here, handed on to the library; see
 * sys/late.h.
 */
#include "picture/late_xml.h"

#include <libxml/xmlreader.h>

#include "sys/late.h"

#define LIBRARY	   "libxml2.so.2"
#define LATE(name) ((__typeof__(name) *)late_function(LIBRARY, #name))

enum rc late_xml_load(struct err *err)
{
	return late_load(LIBRARY, "libxml2", err);
}

xmlTextReaderPtr xmlReaderForMemory(
    const char *p, int n, const char *url, const char *encoding, int options)
{
	return LATE(xmlReaderForMemory)(p, n, url, encoding, options);
}

void xmlFreeTextReader(xmlTextReaderPtr reader)
{
	LATE(xmlFreeTextReader)(reader);
}

void xmlTextReaderSetErrorHandler(
    xmlTextReaderPtr reader, xmlTextReaderErrorFunc fn, void *ctx)
{
	LATE(xmlTextReaderSetErrorHandler)(reader, fn, ctx);
}

int xmlTextReaderRead(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderRead)(reader);
}

int xmlTextReaderNodeType(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderNodeType)(reader);
}

int xmlTextReaderDepth(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderDepth)(reader);
}

const xmlChar *xmlTextReaderConstLocalName(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderConstLocalName)(reader);
}

const xmlChar *xmlTextReaderConstNamespaceUri(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderConstNamespaceUri)(reader);
}

const xmlChar *xmlTextReaderConstValue(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderConstValue)(reader);
}

int xmlTextReaderMoveToNextAttribute(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderMoveToNextAttribute)(reader);
}

int xmlTextReaderMoveToElement(xmlTextReaderPtr reader)
{
	return LATE(xmlTextReaderMoveToElement)(reader);
}
