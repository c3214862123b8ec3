/* SPDX-License-Identifier: MIT
 *
 * farthing.conf. What is accepted lies within its limits; what is refused says
 * why, and nothing else.
 */
#include <stdint.h>
#include <stdlib.h>

/* The program's own folder is not in the library. */
#include "app/config.c"
#include "app/config_watch.c"
#include "app/say.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct config config;
	struct err err = {0};

	if (config_parse((struct str){(const char *)data, n}, &config, &err) !=
	    RC_OK) {
		must(err.why[0] != '\0');
		return 0;
	}
	must(err.why[0] == '\0');
	must(config.listen_n >= 1 && config.listen_n <= CONFIG_LISTEN_MAX);
	must(config.readers <= CONFIG_READERS_MAX);
	must(config.cache_mb >= 1 && config.requests_burst >= 1);
	must(strlen(config.host) < CONFIG_TEXT_MAX);
	must(strlen(config.access_log) < CONFIG_TEXT_MAX);
	must(config.watch.nodes_n <= CONFIG_NODES_MAX);
	must(config.watch.rates_n <= CONFIG_RATES_MAX);
	for (unsigned i = 0; i < config.watch.rates_n; i++)
		must(config.watch.rates[i].name[0] &&
		     config.watch.rates[i].url[0] &&
		     config.watch.rates[i].path[0]);
	return 0;
}
