/* SPDX-License-Identifier: MIT
 *
 * Writes a C file which holds the files named on the command line, as the
 * table that src/page/asset.h declares. Runs while building, on files of the
 * tree only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Style sheets go into every page: their comments, indents and needless spaces
 * stay at home. Only what cannot change a meaning is taken out: strings are
 * left alone, and a space is dropped only beside ; { } and a comma. */
struct squeeze {
	FILE *in;
	int before;  /* the last byte that was given */
	int held;    /* a byte read ahead, or EOF */
	char string; /* the quotation mark we are in, or 0 */
};

static int skip_comment(struct squeeze *q)
{
	int was = 0;
	int c;

	while ((c = fgetc(q->in)) != EOF && !(was == '*' && c == '/'))
		was = c;
	return ' ';
}

static int next_raw(struct squeeze *q)
{
	int c = q->held;
	int after;

	q->held = EOF;
	if (c == EOF)
		c = fgetc(q->in);
	if (c != '/' || q->string)
		return c;
	after = fgetc(q->in);
	if (after == '*')
		return skip_comment(q);
	q->held = after;
	return c;
}

static int is_edge(int c)
{
	return c == 0 || c == EOF || strchr(";{},", c) != NULL;
}

static int squeeze_next(struct squeeze *q)
{
	int c = next_raw(q);

	if (q->string) {
		if (c == q->string)
			q->string = 0;
	} else if (c == '"' || c == '\'') {
		q->string = (char)c;
	} else if (c != EOF && strchr(" \t\n\r", c)) {
		do
			c = next_raw(q);
		while (c != EOF && strchr(" \t\n\r", c));
		if (!is_edge(q->before) && !is_edge(c)) {
			q->held = c;
			c = ' ';
		} else if (c == '"' || c == '\'') {
			q->string = (char)c;
		}
	}
	q->before = c;
	return c;
}

static size_t embed_bytes(const char *path, int index)
{
	FILE *in = fopen(path, "rb");
	struct squeeze q = {.in = in, .held = EOF};
	size_t length = strlen(path);
	int is_css = length > 4 && strcmp(path + length - 4, ".css") == 0;
	size_t n = 0;
	int c;

	if (!in) {
		fprintf(stderr, "embed: cannot open %s\n", path);
		exit(1);
	}
	printf("static const unsigned char bytes_%d[] = {", index);
	while ((c = is_css ? squeeze_next(&q) : fgetc(in)) != EOF)
		printf("%s%d,", n++ % 16 ? "" : "\n\t", c);
	printf("%s\n};\n", n ? "" : "0");
	fclose(in);
	return n;
}

int main(int argc, char **argv)
{
	size_t *sizes = calloc((size_t)argc, sizeof(*sizes));

	if (!sizes)
		return 1;
	puts("/* Made by tools/embed.c from web/. */");
	puts("#include \"page/asset.h\"\n");
	for (int i = 1; i < argc; i++)
		sizes[i] = embed_bytes(argv[i], i);
	puts("const struct asset assets[] = {");
	for (int i = 1; i < argc; i++) {
		const char *name = strrchr(argv[i], '/');

		printf("\t{\"%s\", {(const char *)bytes_%d, %zu}},\n",
		    name ? name + 1 : argv[i], i, sizes[i]);
	}
	printf("\t{0},\n};\n");
	free(sizes);
	return ferror(stdout) ? 1 : 0;
}
