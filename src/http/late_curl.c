/* SPDX-License-Identifier: MIT
 *
 * The functions of libcurl that are called here, handed on to the library; see
 * sys/late.h.
 */
#include "http/late_curl.h"

/* Its checks of arguments are macros in place of the two with "...". */
#define CURL_DISABLE_TYPECHECK

#include <curl/curl.h>
#include <stdarg.h>

#include "base/must.h"
#include "sys/late.h"

#undef curl_easy_setopt
#undef curl_easy_getinfo

#define LIBRARY	   "libcurl.so.4"
#define LATE(name) ((__typeof__(name) *)late_function(LIBRARY, #name))

enum rc late_curl_load(struct err *err)
{
	return late_load(LIBRARY, "libcurl4", err);
}

CURLcode curl_global_init(long flags)
{
	return LATE(curl_global_init)(flags);
}

void curl_global_cleanup(void)
{
	LATE(curl_global_cleanup)();
}

CURL *curl_easy_init(void)
{
	return LATE(curl_easy_init)();
}

void curl_easy_reset(CURL *curl)
{
	LATE(curl_easy_reset)(curl);
}

void curl_easy_cleanup(CURL *curl)
{
	LATE(curl_easy_cleanup)(curl);
}

/* The number of an option says of which type its value is. */
static CURLcode set_option(CURL *curl, CURLoption option, va_list value)
{
	__typeof__(curl_easy_setopt) *set = LATE(curl_easy_setopt);

	switch ((int)option / 10000 * 10000) {
	case CURLOPTTYPE_LONG:
		return set(curl, option, va_arg(value, long));
	case CURLOPTTYPE_OBJECTPOINT:
		return set(curl, option, va_arg(value, void *));
	case CURLOPTTYPE_FUNCTIONPOINT:
		return set(curl, option, va_arg(value, late_function_type *));
	case CURLOPTTYPE_OFF_T:
		return set(curl, option, va_arg(value, curl_off_t));
	}
	unreachable("an option of libcurl of another type");
}

CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...)
{
	va_list value;
	CURLcode code;

	va_start(value, option);
	code = set_option(curl, option, value);
	va_end(value);
	return code;
}

/* All that is asked for is put behind a pointer. */
CURLcode curl_easy_getinfo(CURL *curl, CURLINFO info, ...)
{
	va_list to;
	CURLcode code;

	va_start(to, info);
	code = LATE(curl_easy_getinfo)(curl, info, va_arg(to, void *));
	va_end(to);
	return code;
}

CURLcode curl_easy_perform(CURL *curl)
{
	return LATE(curl_easy_perform)(curl);
}

CURLcode curl_easy_send(CURL *curl, const void *p, size_t n, size_t *ret_n)
{
	return LATE(curl_easy_send)(curl, p, n, ret_n);
}

CURLcode curl_easy_recv(CURL *curl, void *p, size_t n, size_t *ret_n)
{
	return LATE(curl_easy_recv)(curl, p, n, ret_n);
}

const char *curl_easy_strerror(CURLcode code)
{
	return LATE(curl_easy_strerror)(code);
}

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text)
{
	return LATE(curl_slist_append)(list, text);
}

void curl_slist_free_all(struct curl_slist *list)
{
	LATE(curl_slist_free_all)(list);
}

CURLM *curl_multi_init(void)
{
	return LATE(curl_multi_init)();
}

CURLMcode curl_multi_add_handle(CURLM *multi, CURL *curl)
{
	return LATE(curl_multi_add_handle)(multi, curl);
}

CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *curl)
{
	return LATE(curl_multi_remove_handle)(multi, curl);
}

CURLMcode curl_multi_perform(CURLM *multi, int *ret_running)
{
	return LATE(curl_multi_perform)(multi, ret_running);
}

CURLMsg *curl_multi_info_read(CURLM *multi, int *ret_left)
{
	return LATE(curl_multi_info_read)(multi, ret_left);
}

CURLMcode curl_multi_cleanup(CURLM *multi)
{
	return LATE(curl_multi_cleanup)(multi);
}
