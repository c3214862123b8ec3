/* SPDX-License-Identifier: MIT
 *
 * The reason phrases.
 */
#include "http/status.h"

struct str http_reason(unsigned status)
{
	switch (status) {
	case 200:
		return STR("OK");
	case 301:
		return STR("Moved Permanently");
	case 302:
		return STR("Found");
	case 303:
		return STR("See Other");
	case 304:
		return STR("Not Modified");
	case 307:
		return STR("Temporary Redirect");
	case 308:
		return STR("Permanent Redirect");
	case 400:
		return STR("Bad Request");
	case 403:
		return STR("Forbidden");
	case 404:
		return STR("Not Found");
	case 405:
		return STR("Method Not Allowed");
	case 408:
		return STR("Request Timeout");
	case 410:
		return STR("Gone");
	case 411:
		return STR("Length Required");
	case 413:
		return STR("Content Too Large");
	case 414:
		return STR("URI Too Long");
	case 417:
		return STR("Expectation Failed");
	case 421:
		return STR("Misdirected Request");
	case 429:
		return STR("Too Many Requests");
	case 431:
		return STR("Request Header Fields Too Large");
	case 500:
		return STR("Internal Server Error");
	case 501:
		return STR("Not Implemented");
	case 503:
		return STR("Service Unavailable");
	case 505:
		return STR("HTTP Version Not Supported");
	}
	return STR("Unknown");
}
