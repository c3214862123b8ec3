/* SPDX-License-Identifier: MIT
 *
 * Heads of manuscripts; see front_matter.h. libyaml gives events, not a
 * document: a document would follow aliases and be bound by nothing.
 */
#include "text/front_matter.h"

#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/must.h"

struct open {
	struct front_node *node;
	struct front_node *last;
};

struct builder {
	struct arena *a;
	struct err *err;
	struct str yaml;
	uint32_t first_line;
	struct front_node *root;
	struct str key; /* read, waits for its value; p NULL: none */
	struct open open[FRONT_DEPTH];
	size_t depth;
	size_t nodes;
};

static enum rc add_node(
    struct builder *b, const yaml_event_t *event, struct front_node **ret_node)
{
	struct front_node *node = ARENA_NEW(b->a, struct front_node);
	struct open *top = b->depth ? &b->open[b->depth - 1] : NULL;
	uint32_t line = b->first_line + (uint32_t)event->start_mark.line;

	if (!node)
		return err_set(b->err, RC_NO_MEMORY, "no memory left");
	if (++b->nodes > FRONT_NODES)
		return err_set(b->err, RC_LIMIT,
		    "line %u: the head has more than %d values", line,
		    FRONT_NODES);
	node->line = line;
	node->key = b->key;
	b->key = STR_NONE;
	if (!top)
		b->root = node;
	else if (top->last)
		top->last->next = node;
	else
		top->node->child = node;
	if (top)
		top->last = node;
	*ret_node = node;
	return RC_OK;
}

static bool wants_key(const struct builder *b)
{
	return b->depth > 0 && b->open[b->depth - 1].node->kind == FRONT_MAP &&
	       !b->key.p;
}

static struct str scalar_copy(struct builder *b, const yaml_event_t *event)
{
	struct str s = {
	    (const char *)event->data.scalar.value, event->data.scalar.length};

	return arena_copy(b->a, s);
}

static enum rc add_scalar(struct builder *b, const yaml_event_t *event)
{
	yaml_scalar_style_t style = event->data.scalar.style;
	struct str value = scalar_copy(b, event);
	struct front_node *node;
	enum rc rc;

	if (!value.p)
		return err_set(b->err, RC_NO_MEMORY, "no memory left");
	if (wants_key(b)) {
		b->key = value;
		return RC_OK;
	}
	rc = add_node(b, event, &node);
	if (rc)
		return rc;
	node->kind = FRONT_SCALAR;
	node->is_plain = style == YAML_PLAIN_SCALAR_STYLE;
	node->is_block = style == YAML_LITERAL_SCALAR_STYLE ||
			 style == YAML_FOLDED_SCALAR_STYLE;
	node->value = value;
	return RC_OK;
}

static enum rc add_alias(struct builder *b, const yaml_event_t *event)
{
	struct front_node *node;
	struct str name =
	    arena_copy(b->a, str_of((const char *)event->data.alias.anchor));
	enum rc rc;

	if (!name.p)
		return err_set(b->err, RC_NO_MEMORY, "no memory left");
	if (wants_key(b)) {
		b->key = name;
		return RC_OK;
	}
	rc = add_node(b, event, &node);
	if (rc)
		return rc;
	node->kind = FRONT_ALIAS;
	node->value = name;
	return RC_OK;
}

static enum rc open_node(
    struct builder *b, const yaml_event_t *event, enum front_kind kind)
{
	uint32_t line = b->first_line + (uint32_t)event->start_mark.line;
	struct front_node *node;
	enum rc rc;

	if (b->depth == FRONT_DEPTH)
		return err_set(b->err, RC_LIMIT,
		    "line %u: the head is nested more than %d deep", line,
		    FRONT_DEPTH);
	if (wants_key(b))
		return err_set(b->err, RC_INVALID,
		    "line %u: the name of a field must be a word", line);
	rc = add_node(b, event, &node);
	if (rc)
		return rc;
	node->kind = kind;
	b->open[b->depth++] = (struct open){.node = node};
	return RC_OK;
}

static enum rc take_event(struct builder *b, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (b->root)
			return err_set(b->err, RC_INVALID,
			    "line %u: a second document starts in the head",
			    b->first_line + (uint32_t)event->start_mark.line);
		return RC_OK;
	case YAML_SCALAR_EVENT:
		return add_scalar(b, event);
	case YAML_ALIAS_EVENT:
		return add_alias(b, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_node(b, event, FRONT_LIST);
	case YAML_MAPPING_START_EVENT:
		return open_node(b, event, FRONT_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		must(b->depth > 0);
		b->depth--;
		return RC_OK;
	case YAML_DOCUMENT_END_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_NO_EVENT:
		return RC_OK;
	}
	return RC_OK;
}

/* The white space that LINE (from 0) of the head begins with has a tab. */
static bool line_has_tab(struct str yaml, size_t line)
{
	struct str s;

	for (size_t i = 0; str_line(&yaml, &s); i++)
		if (i == line) {
			size_t n = 0;

			while (n < s.n && s.p[n] == ' ')
				n++;
			return n < s.n && s.p[n] == '\t';
		}
	return false;
}

/* The two faults that people make most, in their own words: what libyaml says
 * of them is true, but does not lead to the place. Returns whether it was one
 * of them. */
static bool yaml_fault_common(
    const struct builder *b, const yaml_parser_t *parser)
{
	const char *context = parser->context ? parser->context : "";
	const char *problem = parser->problem ? parser->problem : "";

	if (strcmp(context, "while scanning a quoted scalar") == 0) {
		err_set(b->err, RC_INVALID,
		    "line %u: the text in quotation marks that begins here "
		    "does not end",
		    b->first_line + (uint32_t)parser->context_mark.line);
		return true;
	}
	if (strcmp(problem, "mapping values are not allowed in this context") ==
	    0) {
		err_set(b->err, RC_INVALID,
		    "line %u: a colon inside a text; put the whole text into "
		    "quotation marks: name: \"a: b\"",
		    b->first_line + (uint32_t)parser->problem_mark.line);
		return true;
	}
	return false;
}

static enum rc yaml_fault(struct builder *b, const yaml_parser_t *parser)
{
	size_t line = parser->problem_mark.line;
	const char *problem =
	    parser->problem ? parser->problem : "not understood";

	if (parser->error == YAML_MEMORY_ERROR)
		return err_set(b->err, RC_NO_MEMORY, "no memory left");
	if (parser->error == YAML_READER_ERROR) {
		size_t at = parser->problem_offset;

		line = 0;
		for (size_t i = 0; i < at && i < b->yaml.n; i++)
			line += b->yaml.p[i] == '\n';
	}
	/* The fault is sometimes found a line behind the tab. */
	for (size_t back = 0; back < 2 && back <= line; back++)
		if (line_has_tab(b->yaml, line - back))
			return err_set(b->err, RC_INVALID,
			    "line %u: a tab at the start of the line; YAML "
			    "wants spaces",
			    b->first_line + (uint32_t)(line - back));
	if (yaml_fault_common(b, parser))
		return RC_INVALID;
	return err_set(b->err, RC_INVALID, "line %u: broken YAML: %s%s%s",
	    b->first_line + (uint32_t)line,
	    parser->context ? parser->context : "", parser->context ? ", " : "",
	    problem);
}

enum rc front_matter_parse(struct arena *a, struct str yaml,
    uint32_t first_line, struct front_node **ret_head, struct err *err)
{
	struct builder b = {
	    .a = a, .err = err, .yaml = yaml, .first_line = first_line};
	yaml_parser_t parser;
	yaml_event_t event;
	enum rc rc = RC_OK;
	bool is_end = false;

	if (yaml.n > FRONT_BYTES_MAX)
		return err_set(err, RC_LIMIT, "the head is larger than %d kB",
		    FRONT_BYTES_MAX / 1024);
	if (!yaml_parser_initialize(&parser))
		return err_set(err, RC_NO_MEMORY, "no memory left");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &parser, (const unsigned char *)(yaml.n ? yaml.p : ""), yaml.n);
	while (!rc && !is_end) {
		if (!yaml_parser_parse(&parser, &event)) {
			rc = yaml_fault(&b, &parser);
			break;
		}
		is_end = event.type == YAML_STREAM_END_EVENT;
		rc = take_event(&b, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	if (rc)
		return rc;
	if (!b.root || front_is_null(b.root)) {
		b.root = ARENA_NEW(a, struct front_node);
		if (!b.root)
			return err_set(err, RC_NO_MEMORY, "no memory left");
		b.root->kind = FRONT_MAP;
		b.root->line = first_line;
	}
	if (b.root->kind != FRONT_MAP)
		return err_set(err, RC_INVALID,
		    "line %u: the head is no list of \"name: value\" lines",
		    b.root->line);
	*ret_head = b.root;
	return RC_OK;
}

bool front_is_null(const struct front_node *node)
{
	if (node->kind != FRONT_SCALAR || !node->is_plain)
		return false;
	return node->value.n == 0 || str_eq(node->value, STR("~")) ||
	       str_eq_fold(node->value, STR("null"));
}

enum rc front_bool(const struct front_node *node, bool *ret_value)
{
	static const char *const words[2][3] = {
	    {"false", "no", "off"}, {"true", "yes", "on"}};

	if (node->kind != FRONT_SCALAR)
		return RC_INVALID;
	for (int value = 0; value < 2; value++)
		for (int i = 0; i < 3; i++)
			if (str_eq_fold(node->value, str_of(words[value][i]))) {
				*ret_value = value;
				return RC_OK;
			}
	return RC_INVALID;
}

const struct front_node *front_get(
    const struct front_node *map, const struct str *names, size_t n)
{
	if (map->kind != FRONT_MAP)
		return NULL;
	for (size_t i = 0; i < n; i++)
		for (const struct front_node *c = map->child; c; c = c->next)
			if (str_eq_fold(c->key, names[i]))
				return c;
	return NULL;
}
