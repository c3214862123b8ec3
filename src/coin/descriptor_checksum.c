/* SPDX-License-Identifier: MIT
 *
 * The checksum of descriptors, BIP380 "Checksum": a BCH code like bech32's,
 * over an alphabet of all that a descriptor is written with.
 */
#include "coin/descriptor.h"

#include <string.h>

#include "base/must.h"

enum { CHECKSUM = 8 };

static const char inputs[] = "0123456789()[],'/*abcdefgh@:$%{}"
			     "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
			     "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
static const char outputs[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static uint64_t polymod_step(uint64_t chk, unsigned value)
{
	static const uint64_t generator[5] = {0xf5dee51989, 0xa9fdca3312,
	    0x1bab10e32d, 0x3706b1677a, 0x644d626ffd};
	uint64_t top = chk >> 35;

	chk = (chk & 0x7ffffffff) << 5 ^ value;
	for (unsigned i = 0; i < 5; i++)
		if (top >> i & 1)
			chk ^= generator[i];
	return chk;
}

enum rc descriptor_checksum(struct str text, char ret_checksum[CHECKSUM])
{
	uint64_t chk = 1;
	unsigned group = 0, grouped = 0;

	for (size_t i = 0; i < text.n; i++) {
		const char *at = text.p[i] ? strchr(inputs, text.p[i]) : NULL;
		unsigned position;

		if (!at)
			return RC_INVALID;
		position = (unsigned)(at - inputs);
		chk = polymod_step(chk, position & 31);
		group = group * 3 + (position >> 5);
		if (++grouped == 3) {
			chk = polymod_step(chk, group);
			group = grouped = 0;
		}
	}
	if (grouped > 0)
		chk = polymod_step(chk, group);
	for (unsigned i = 0; i < CHECKSUM; i++)
		chk = polymod_step(chk, 0);
	chk ^= 1;
	for (unsigned i = 0; i < CHECKSUM; i++)
		ret_checksum[i] = outputs[chk >> 5 * (7 - i) & 31];
	return RC_OK;
}
