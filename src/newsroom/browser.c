/* SPDX-License-Identifier: MIT
 *
 * What a browser is called; see browser.h.
 */
#include "newsroom/browser.h"

#include <stddef.h>

#include "base/utf8.h"

struct known {
	struct str word, name;
};

/* The word of the first that fits; those that name others stand above them. */
static const struct known browsers[] = {
    {STR_INIT("TorBrowser/"), STR_INIT("Tor Browser")},
    {STR_INIT("Edg/"), STR_INIT("Edge")},
    {STR_INIT("EdgA/"), STR_INIT("Edge")},
    {STR_INIT("EdgiOS/"), STR_INIT("Edge")},
    {STR_INIT("Edge/"), STR_INIT("Edge")},
    {STR_INIT("OPR/"), STR_INIT("Opera")},
    {STR_INIT("OPT/"), STR_INIT("Opera")},
    {STR_INIT("Opera"), STR_INIT("Opera")},
    {STR_INIT("SamsungBrowser/"), STR_INIT("Samsung Internet")},
    {STR_INIT("Vivaldi/"), STR_INIT("Vivaldi")},
    {STR_INIT("YaBrowser/"), STR_INIT("Yandex Browser")},
    {STR_INIT("Whale/"), STR_INIT("Whale")},
    {STR_INIT("DuckDuckGo/"), STR_INIT("DuckDuckGo")},
    {STR_INIT("Ddg/"), STR_INIT("DuckDuckGo")},
    {STR_INIT("FxiOS/"), STR_INIT("Firefox")},
    {STR_INIT("SeaMonkey/"), STR_INIT("SeaMonkey")},
    {STR_INIT("Firefox/"), STR_INIT("Firefox")},
    {STR_INIT("CriOS/"), STR_INIT("Chrome")},
    {STR_INIT("Chromium/"), STR_INIT("Chromium")},
    {STR_INIT("Chrome/"), STR_INIT("Chrome")},
    {STR_INIT("Epiphany/"), STR_INIT("GNOME Web")},
    {STR_INIT("Safari/"), STR_INIT("Safari")},
};

static const struct known systems[] = {
    {STR_INIT("CrOS"), STR_INIT("ChromeOS")},
    {STR_INIT("Android"), STR_INIT("Android")},
    {STR_INIT("iPhone"), STR_INIT("iPhone")},
    {STR_INIT("iPad"), STR_INIT("iPad")},
    {STR_INIT("Windows"), STR_INIT("Windows")},
    {STR_INIT("Macintosh"), STR_INIT("Mac")},
    {STR_INIT("OpenBSD"), STR_INIT("OpenBSD")},
    {STR_INIT("FreeBSD"), STR_INIT("FreeBSD")},
    {STR_INIT("Linux"), STR_INIT("Linux")},
};

static const struct str tor_like = STR_INIT("(Windows NT 10.0; rv:");

static bool has(struct str agent, struct str word)
{
	return str_find_str(agent, word) < agent.n;
}

static struct str find(struct str agent, const struct known *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has(agent, v[i].word))
			return v[i].name;
	return STR_NONE;
}

#define FIND(agent, table)                                                     \
	find((agent), (table), sizeof(table) / sizeof((table)[0]))

struct browser browser_of(struct str agent)
{
	struct browser b = {.name = FIND(agent, browsers)};

	b.is_known = b.name.n > 0;
	if (!b.is_known) {
		b.name = str_trim(utf8_head(agent, BROWSER_WORDS_MAX));
		return b;
	}
	b.system = FIND(agent, systems);
	if (has(agent, tor_like) && str_eq(b.name, STR("Firefox")))
		return (struct browser){
		    .is_known = true, .name = STR("Firefox / Tor Browser")};
	if (str_eq(b.system, STR("Mac")) && str_eq(b.name, STR("Safari")))
		b.system = STR("Mac / iPad");
	return b;
}
