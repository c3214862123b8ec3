/* SPDX-License-Identifier: MIT
 *
 * Runs a fuzz target over the files of a folder, so that the corpora are
 * replayed by every `make check`, with any compiler. An empty or missing
 * corpus is a failure: it would test nothing.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int replay_file(const char *dir, const char *name)
{
	char path[4096];
	FILE *in;
	uint8_t *data = malloc(1 << 24);
	uint8_t *exact;
	size_t n;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	in = fopen(path, "rb");
	if (!in || !data) {
		fprintf(stderr, "replay: cannot read %s\n", path);
		exit(1);
	}
	n = fread(data, 1, 1 << 24, in);
	fclose(in);
	/* Exactly as long as the input, so that a step past it is seen. */
	exact = malloc(n ? n : 1);
	if (!exact)
		exit(1);
	for (size_t i = 0; i < n; i++)
		exact[i] = data[i];
	free(data);
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 1;
}

int main(int argc, char **argv)
{
	DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
	struct dirent *entry;
	int count = 0;

	if (!dir) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 1;
	}
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			count += replay_file(argv[1], entry->d_name);
	closedir(dir);
	printf("%d inputs replayed\n", count);
	return count > 0 ? 0 : 1;
}
