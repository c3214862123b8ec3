/* SPDX-License-Identifier: MIT
 *
 * A small, suspicious reader of what page/ writes: it knows the tags that we
 * write and nothing else, and wants every one of them closed in order. It
 * gives NULL, or says in a few words what is wrong.
 */
#ifndef PAGE_TEST_MARKUP_H
#define PAGE_TEST_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { MARKUP_DEPTH = 200 };

struct markup {
	struct str in;
	size_t at;
	struct str open[MARKUP_DEPTH];
	size_t depth;
	bool is_xml; /* any name, and no void elements */
};

static inline bool markup_is_listed(struct str name, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(name, str_of(*list)))
			return true;
	return false;
}

static inline bool markup_is_void(struct str name)
{
	static const char *const names[] = {
	    "meta", "link", "img", "br", "hr", "input", "wbr", "source", NULL};

	return markup_is_listed(name, names);
}

static inline bool markup_is_known(struct str name)
{
	static const char *const names[] = {"html", "head", "title", "style",
	    "script", "body", "a", "header", "p", "span", "time", "h1", "h2",
	    "h3", "h4", "nav", "ul", "ol", "li", "main", "article", "section",
	    "aside", "footer", "address", "bdi", "div", "figure", "figcaption",
	    "blockquote", "del", "ins", "table", "thead", "tbody", "tr", "th",
	    "td", "sup", "em", "strong", "s", "code", "pre", "tfoot", "dl",
	    "dt", "dd", "small", "i", "b", "form", "fieldset", "legend",
	    "label", "select", "option", "button", "details", "summary", "svg",
	    "path", "rect", "picture", NULL};

	return markup_is_listed(name, names) || markup_is_void(name);
}

static inline bool markup_has(const struct markup *m, size_t at)
{
	return at < m->in.n;
}

/* "&amp;" and its kind; a bare & is a fault. */
static inline bool markup_entity(struct markup *m)
{
	static const char *const names[] = {
	    "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", NULL};

	for (size_t i = 0; names[i]; i++) {
		if (str_starts(str_from(m->in, m->at), str_of(names[i]))) {
			m->at += str_of(names[i]).n;
			return true;
		}
	}
	return false;
}

static inline struct str markup_name(struct markup *m)
{
	size_t from = m->at;

	while (
	    markup_has(m, m->at) &&
	    (ascii_is_alpha(m->in.p[m->at]) || ascii_is_digit(m->in.p[m->at]) ||
		strchr(":-_", m->in.p[m->at])) &&
	    m->in.p[m->at])
		m->at++;
	return str_part(m->in, from, m->at - from);
}

/* ' name="value"' or ' name'. */
static inline const char *markup_attribute(struct markup *m)
{
	struct str name;

	m->at++;
	name = markup_name(m);
	if (!name.n)
		return "an attribute without a name";
	if (str_starts(name, STR("on")) || str_eq(name, STR("style")))
		return "an attribute that we never write";
	if (!markup_has(m, m->at) || m->in.p[m->at] != '=')
		return NULL;
	m->at++;
	if (!markup_has(m, m->at) || m->in.p[m->at++] != '"')
		return "an attribute without quotation marks";
	while (markup_has(m, m->at) && m->in.p[m->at] != '"') {
		if (m->in.p[m->at] == '<' || m->in.p[m->at] == '\'')
			return "an attribute with a bare mark";
		if (m->in.p[m->at] != '&')
			m->at++;
		else if (!markup_entity(m))
			return "a bare & in an attribute";
	}
	if (!markup_has(m, m->at++))
		return "an attribute without an end";
	return NULL;
}

/* What a style or script element holds ends with the first "</". */
static inline const char *markup_skip_raw(struct markup *m, struct str name)
{
	size_t n = str_find_str(str_from(m->in, m->at), STR("</"));

	m->at += n + 2;
	if (!markup_has(m, m->at) || !str_eq(markup_name(m), name))
		return "raw text that ends early";
	if (!markup_has(m, m->at) || m->in.p[m->at++] != '>')
		return "an end tag without its end";
	m->depth--;
	return NULL;
}

static inline const char *markup_start(struct markup *m)
{
	struct str name = markup_name(m);
	const char *fault = NULL;

	if (!m->is_xml && !markup_is_known(name))
		return "a tag that we never write";
	if (!name.n)
		return "a bare <";
	while (!fault && markup_has(m, m->at) && m->in.p[m->at] == ' ')
		fault = markup_attribute(m);
	if (fault)
		return fault;
	if (m->is_xml && str_starts(str_from(m->in, m->at), STR("/>"))) {
		m->at += 2;
		return NULL;
	}
	if (!markup_has(m, m->at) || m->in.p[m->at++] != '>')
		return "a tag without its end";
	if (!m->is_xml && markup_is_void(name))
		return NULL;
	if (m->depth == MARKUP_DEPTH)
		return "too deep";
	for (size_t i = 0; !m->is_xml && i < m->depth; i++)
		if (str_eq(name, STR("a")) && str_eq(m->open[i], name))
			return "a link in a link";
	m->open[m->depth++] = name;
	if (!m->is_xml &&
	    (str_eq(name, STR("script")) || str_eq(name, STR("style"))))
		return markup_skip_raw(m, name);
	return NULL;
}

static inline const char *markup_end(struct markup *m)
{
	struct str name;

	m->at++;
	name = markup_name(m);
	if (!m->depth || !str_eq(m->open[--m->depth], name))
		return "an end tag that closes nothing";
	if (!markup_has(m, m->at) || m->in.p[m->at++] != '>')
		return "an end tag without its end";
	return NULL;
}

static inline const char *markup_tag(struct markup *m)
{
	static const struct str whole[] = {STR_INIT("<!DOCTYPE html>"),
	    STR_INIT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")};
	struct str rest = str_from(m->in, m->at);

	if (m->at == 0) {
		for (size_t i = 0; i < 2; i++) {
			if (str_starts(rest, whole[i])) {
				m->at = whole[i].n;
				return NULL;
			}
		}
	}
	m->at++;
	if (markup_has(m, m->at) && m->in.p[m->at] == '/')
		return markup_end(m);
	return markup_start(m);
}

static inline const char *markup_fault(struct str in, bool is_xml)
{
	struct markup m = {.in = in, .is_xml = is_xml};
	const char *fault = NULL;

	if (!utf8_is_valid(in))
		return "not UTF-8";
	while (!fault && m.at < in.n) {
		unsigned char c = (unsigned char)in.p[m.at];

		if (c == '<')
			fault = markup_tag(&m);
		else if (c == '&')
			fault = markup_entity(&m) ? NULL : "a bare &";
		else if (c == '>')
			fault = "a bare >";
		else if (c < ' ' && c != '\n' && c != '\t')
			fault = "a control character";
		else
			m.at++;
	}
	if (!fault && m.depth > 0)
		return "a tag that is not closed";
	return fault;
}

#endif
