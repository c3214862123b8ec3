/* SPDX-License-Identifier: MIT
 *
 * Writes a C file which holds the files named on the command line, as the
 * table that src/page/asset.h declares. Runs while building, on files of the
 * tree only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t embed_bytes(const char *path, int index)
{
	FILE *in = fopen(path, "rb");
	size_t n = 0;
	int c;

	if (!in) {
		fprintf(stderr, "embed: cannot open %s\n", path);
		exit(1);
	}
	printf("static const unsigned char bytes_%d[] = {", index);
	while ((c = fgetc(in)) != EOF)
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
