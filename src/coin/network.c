/* SPDX-License-Identifier: MIT
 *
 * Networks; see network.h.
 */
#include "coin/network.h"

#include "base/must.h"

/* The first blocks' hashes, not reversed. */
#define GENESIS_MAIN                                                           \
	{                                                                      \
		{                                                              \
			0x6f, 0xe2, 0x8c, 0x0a, 0xb6, 0xf1, 0xb3, 0x72, 0xc1,  \
			    0xa6, 0xa2, 0x46, 0xae, 0x63, 0xf7, 0x4f, 0x93,    \
			    0x1e, 0x83, 0x65, 0xe1, 0x5a, 0x08, 0x9c, 0x68,    \
			    0xd6, 0x19, 0x00, 0x00, 0x00, 0x00, 0x00           \
		}                                                              \
	}
#define GENESIS_TESTNET                                                        \
	{                                                                      \
		{                                                              \
			0x43, 0x49, 0x7f, 0xd7, 0xf8, 0x26, 0x95, 0x71, 0x08,  \
			    0xf4, 0xa3, 0x0f, 0xd9, 0xce, 0xc3, 0xae, 0xba,    \
			    0x79, 0x97, 0x20, 0x84, 0xe9, 0x0e, 0xad, 0x01,    \
			    0xea, 0x33, 0x09, 0x00, 0x00, 0x00, 0x00           \
		}                                                              \
	}
#define GENESIS_SIGNET                                                         \
	{                                                                      \
		{                                                              \
			0xf6, 0x1e, 0xee, 0x3b, 0x63, 0xa3, 0x80, 0xa4, 0x77,  \
			    0xa0, 0x63, 0xaf, 0x32, 0xb2, 0xbb, 0xc9, 0x7c,    \
			    0x9f, 0xf9, 0xf0, 0x1f, 0x2c, 0x42, 0x25, 0xe9,    \
			    0x73, 0x98, 0x81, 0x08, 0x00, 0x00, 0x00           \
		}                                                              \
	}
#define GENESIS_REGTEST                                                        \
	{                                                                      \
		{                                                              \
			0x06, 0x22, 0x6e, 0x46, 0x11, 0x1a, 0x0b, 0x59, 0xca,  \
			    0xaf, 0x12, 0x60, 0x43, 0xeb, 0x5b, 0xbf, 0x28,    \
			    0xc3, 0x4f, 0x3a, 0x5e, 0x33, 0x2a, 0x1f, 0xc7,    \
			    0xb2, 0xb7, 0x3c, 0xf1, 0x88, 0x91, 0x0f           \
		}                                                              \
	}

static const struct network_facts networks[NETWORK_COUNT] = {
    [NETWORK_MAIN] = {STR_INIT("main"), STR_INIT("bc"), 0x00, 0x05, false,
	GENESIS_MAIN},
    [NETWORK_TESTNET] = {STR_INIT("testnet"), STR_INIT("tb"), 0x6f, 0xc4, true,
	GENESIS_TESTNET},
    [NETWORK_SIGNET] = {STR_INIT("signet"), STR_INIT("tb"), 0x6f, 0xc4, true,
	GENESIS_SIGNET},
    [NETWORK_REGTEST] = {STR_INIT("regtest"), STR_INIT("bcrt"), 0x6f, 0xc4,
	true, GENESIS_REGTEST},
};

const struct network_facts *network_facts(enum network network)
{
	must((unsigned)network < NETWORK_COUNT);
	return &networks[network];
}

struct str network_name(enum network network)
{
	return network_facts(network)->name;
}

bool network_is_test(enum network network)
{
	return network_facts(network)->is_test;
}

enum rc network_parse(struct str name, enum network *ret_network)
{
	for (unsigned i = 0; i < NETWORK_COUNT; i++)
		if (str_eq(name, networks[i].name)) {
			*ret_network = (enum network)i;
			return RC_OK;
		}
	return RC_INVALID;
}

enum rc network_of_genesis(
    const struct hash256 *genesis, enum network *ret_network)
{
	for (unsigned i = 0; i < NETWORK_COUNT; i++)
		if (hash256_eq(genesis, &networks[i].genesis)) {
			*ret_network = (enum network)i;
			return RC_OK;
		}
	return RC_NOT_FOUND;
}
