/* SPDX-License-Identifier: MIT
 *
 * A photograph of 12 megapixels that nobody took, as JPEG on standard output:
 * hills of noise at every scale, as rough as a camera's. Usage:
 *
 *	photograph [WIDTH HEIGHT] > FILE
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

enum { OCTAVES = 9, BANDS = 3, QUALITY = 92 };

static uint32_t mix(uint32_t x, uint32_t y, uint32_t seed)
{
	uint32_t h = x * 0x9e3779b1u ^ y * 0x85ebca6bu ^ seed * 0xc2b2ae35u;

	h ^= h >> 15;
	h *= 0x2c1b3c6du;
	h ^= h >> 12;
	return h;
}

/* Between four points of a grid 2^SHIFT apart; 0 to 255. */
static uint32_t noise(uint32_t x, uint32_t y, unsigned shift, uint32_t seed)
{
	uint32_t step = 1u << shift;
	uint32_t gx = x >> shift, gy = y >> shift;
	uint32_t fx = x & (step - 1), fy = y & (step - 1);
	uint32_t a = mix(gx, gy, seed) & 255, b = mix(gx + 1, gy, seed) & 255;
	uint32_t c = mix(gx, gy + 1, seed) & 255;
	uint32_t d = mix(gx + 1, gy + 1, seed) & 255;
	uint64_t top = (uint64_t)a * (step - fx) + (uint64_t)b * fx;
	uint64_t low = (uint64_t)c * (step - fx) + (uint64_t)d * fx;

	return (uint32_t)((top * (step - fy) + low * fy) >> (2 * shift));
}

static void paint(uint8_t *p, uint32_t width, uint32_t height)
{
	for (uint32_t y = 0; y < height; y++)
		for (uint32_t x = 0; x < width; x++)
			for (uint32_t band = 0; band < BANDS; band++) {
				uint32_t sum = 0, weight = 0;

				for (unsigned o = 1; o <= OCTAVES; o++) {
					sum += noise(x, y, o, band + 7 * o) * o;
					weight += o;
				}
				*p++ = (uint8_t)(sum / weight);
			}
}

static void *find(void *library, const char *name)
{
	void *p = library ? dlsym(library, name) : NULL;

	if (!p) {
		fprintf(stderr, "photograph: libvips is missing\n");
		exit(1);
	}
	return p;
}

int main(int argc, char **argv)
{
	uint32_t width = argc == 3 ? (uint32_t)atoi(argv[1]) : 4000;
	uint32_t height = argc == 3 ? (uint32_t)atoi(argv[2]) : 3000;
	size_t n = (size_t)width * height * BANDS;
	uint8_t *p = malloc(n);
	void *library = dlopen("libvips.so.42", RTLD_NOW);
	__typeof__(vips_init) *init;
	__typeof__(vips_image_new_from_memory) *new_image;
	__typeof__(vips_jpegsave_buffer) *save;
	VipsImage *image;
	void *jpeg = NULL;
	size_t jpeg_n = 0;
	void *at;

	at = find(library, "vips_init");
	memcpy(&init, &at, sizeof(at));
	at = find(library, "vips_image_new_from_memory");
	memcpy(&new_image, &at, sizeof(at));
	at = find(library, "vips_jpegsave_buffer");
	memcpy(&save, &at, sizeof(at));
	if (!p || init("photograph"))
		return 1;
	paint(p, width, height);
	image =
	    new_image(p, n, (int)width, (int)height, BANDS, VIPS_FORMAT_UCHAR);
	if (!image || save(image, &jpeg, &jpeg_n, "Q", QUALITY, NULL))
		return 1;
	return fwrite(jpeg, 1, jpeg_n, stdout) == jpeg_n ? 0 : 1;
}
