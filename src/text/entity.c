/* SPDX-License-Identifier: MIT
 *
 * See entity.h. Most names stand in rows: of characters that follow each other
 * in Unicode, too.
 */
#include "text/entity.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/charset_priv.h"

enum { ENTITY_MOST = 12 /* bytes, with "&" and ";" */ };

/* "-": no character of the row has this place. */
static const struct {
	uint32_t first;
	const char *names;
} rows[] = {
    {0xA0,
	"nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not "
	"shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 "
	"ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde "
	"Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc "
	"Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave "
	"Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml "
	"aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml "
	"eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave "
	"uacute ucirc uuml yacute thorn yuml"},
    {0x391, "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda "
	    "Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega"},
    {0x3B1, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda "
	    "mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi "
	    "omega"},
    {0x152, "OElig oelig"}, {0x160, "Scaron scaron"}, {0x2002, "ensp emsp"},
    {0x200C, "zwnj zwj lrm rlm"}, {0x2013, "ndash mdash"},
    {0x2018, "lsquo rsquo sbquo - ldquo rdquo bdquo - dagger Dagger bull"},
    {0x2032, "prime Prime"}, {0x2039, "lsaquo rsaquo"},
    {0x2190, "larr uarr rarr darr harr"}, {0x21D0, "lArr uArr rArr dArr hArr"},
    {0x2207, "nabla isin notin - ni"}, {0x2227, "and or cap cup int"},
    {0x2264, "le ge"}, {0x2282, "sub sup nsub - sube supe"},
    {0x2308, "lceil rceil lfloor rfloor"},
    {0x27E8, "lang rang"}, /* those of HTML 5 */
};

static const struct {
	struct str name;
	uint32_t c;
} others[] = {{STR_INIT("amp"), '&'}, {STR_INIT("lt"), '<'},
    {STR_INIT("gt"), '>'}, {STR_INIT("quot"), '"'}, {STR_INIT("apos"), '\''},
    {STR_INIT("Yuml"), 0x178}, {STR_INIT("fnof"), 0x192},
    {STR_INIT("circ"), 0x2C6}, {STR_INIT("tilde"), 0x2DC},
    {STR_INIT("thinsp"), 0x2009}, {STR_INIT("hellip"), 0x2026},
    {STR_INIT("permil"), 0x2030}, {STR_INIT("oline"), 0x203E},
    {STR_INIT("frasl"), 0x2044}, {STR_INIT("euro"), 0x20AC},
    {STR_INIT("trade"), 0x2122}, {STR_INIT("minus"), 0x2212},
    {STR_INIT("radic"), 0x221A}, {STR_INIT("infin"), 0x221E},
    {STR_INIT("asymp"), 0x2248}, {STR_INIT("ne"), 0x2260},
    {STR_INIT("sum"), 0x2211}, {STR_INIT("part"), 0x2202},
    {STR_INIT("loz"), 0x25CA}, {STR_INIT("hearts"), 0x2665},
    {STR_INIT("thetasym"), 0x3D1}, {STR_INIT("upsih"), 0x3D2},
    {STR_INIT("piv"), 0x3D6}, {STR_INIT("image"), 0x2111},
    {STR_INIT("weierp"), 0x2118}, {STR_INIT("real"), 0x211C},
    {STR_INIT("alefsym"), 0x2135}, {STR_INIT("crarr"), 0x21B5},
    {STR_INIT("forall"), 0x2200}, {STR_INIT("exist"), 0x2203},
    {STR_INIT("empty"), 0x2205}, {STR_INIT("prod"), 0x220F},
    {STR_INIT("lowast"), 0x2217}, {STR_INIT("prop"), 0x221D},
    {STR_INIT("ang"), 0x2220}, {STR_INIT("there4"), 0x2234},
    {STR_INIT("sim"), 0x223C}, {STR_INIT("cong"), 0x2245},
    {STR_INIT("equiv"), 0x2261}, {STR_INIT("oplus"), 0x2295},
    {STR_INIT("otimes"), 0x2297}, {STR_INIT("perp"), 0x22A5},
    {STR_INIT("sdot"), 0x22C5}, {STR_INIT("spades"), 0x2660},
    {STR_INIT("clubs"), 0x2663}, {STR_INIT("diams"), 0x2666}};

static uint32_t named(struct str name)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_eq(others[i].name, name))
			return others[i].c;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str rest = str_of(rows[i].names);

		for (uint32_t c = rows[i].first; rest.p; c++)
			if (str_eq(str_cut(&rest, ' '), name))
				return c;
	}
	return 0;
}

static uint32_t numbered(struct str digits)
{
	bool is_hex = digits.n > 0 && ascii_lower(digits.p[0]) == 'x';
	uint32_t c = 0;

	digits = str_from(digits, is_hex);
	for (size_t i = 0; i < digits.n && c <= 0x10FFFF; i++) {
		int digit = ascii_hex(digits.p[i]);

		if (digit < 0 || (!is_hex && digit > 9))
			return 0;
		c = c * (is_hex ? 16 : 10) + (uint32_t)digit;
	}
	if (c == '\n' || c == '\t' || c == '\r')
		return ' ';
	if (c >= 0x80 && c < 0xA0)
		c = charset_upper("WINDOWS-1252")[c - 0x80];
	return c < 0x20 || c == 0x7F || c > 0x10FFFF ||
		       (c >= 0xD800 && c <= 0xDFFF)
		   ? 0
		   : c;
}

uint32_t entity_read(struct str s, size_t *ret_n)
{
	struct str name = str_part(s, 1, ENTITY_MOST - 1);
	size_t n = str_find(name, ';');

	if (n == name.n || n == 0 || !str_starts(s, STR("&")))
		return 0;
	name.n = n;
	*ret_n = n + 2;
	if (name.p[0] == '#')
		return numbered(str_from(name, 1));
	return name.p[0] == '-' ? 0 : named(name);
}

struct str entity_text(struct arena *a, struct str s)
{
	struct buf b;

	if (str_find(s, '&') == s.n)
		return s;
	/* None takes more bytes than its entity. */
	buf_init_arena(&b, a, s.n);
	for (size_t at = 0; at < s.n;) {
		size_t n = 0;
		uint32_t c =
		    s.p[at] == '&' ? entity_read(str_from(s, at), &n) : 0;

		if (c) {
			utf8_put(&b, c);
			at += n;
		} else {
			buf_char(&b, s.p[at++]);
		}
	}
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}
