/* SPDX-License-Identifier: MIT
 *
 * Finds the encoding of a text and makes clean UTF-8 of it: see charset.h for
 * the order of the steps.
 *
 * A byte order mark is believed, and valid UTF-8 is believed, because text in
 * another encoding that happens to be valid UTF-8 practically does not occur
 * (three accented words are enough to rule it out). All else is weighed.
 */
#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/charset_priv.h"
#include "text/charset_table.h"
#include "text/mail.h"

/* Files that people drop on a newsroom although they are not plain text. */
static const struct {
	struct str magic;
	const char *what;
	const char *advice;
} not_text[] = {
    {STR_INIT("%PDF-"), "a PDF file", "copy the text out of it"},
    {STR_INIT("PK\003\004"), "an archive or office document (docx, odt, zip)",
	"save it as plain text"},
    {STR_INIT("\xD0\xCF\x11\xE0"),
	"an old Office document or a mail of Outlook (doc, xls, msg)",
	"save it as plain text, or the mail as .eml"},
    {STR_INIT("{\\rtf"), "a rich text (RTF) file", "save it as plain text"},
    {STR_INIT("\x89PNG"), "a PNG picture", "give the text"},
    {STR_INIT("\xFF\xD8\xFF"), "a JPEG picture", "give the text"},
    {STR_INIT("GIF8"), "a GIF picture", "give the text"},
    {STR_INIT("\x1F\x8B"), "a gzip archive", "unpack it first"},
    {STR_INIT("7z\xBC\xAF"), "a 7z archive", "unpack it first"},
    {STR_INIT("\x7F"
	      "ELF"),
	"a program", "give the text"},
    {STR_INIT("SQLite format 3"), "a database", "give the text"},
};

void charset_say(struct charset_job *job, uint32_t line, struct str text)
{
	if (!job->notes)
		job->notes =
		    ARENA_ARRAY(job->a, struct charset_note, CHARSET_NOTES);
	if (!job->notes || job->notes_n == CHARSET_NOTES)
		return;
	job->notes[job->notes_n++] = (struct charset_note){line, text};
}

const uint16_t *charset_upper(const char *name)
{
	size_t n = sizeof(charset_tables) / sizeof(charset_tables[0]);

	for (size_t i = 0; i < n; i++)
		if (str_eq_fold(str_of(name), str_of(charset_tables[i].name)))
			return charset_tables[i].upper;
	return NULL;
}

static size_t convert_by_table(
    struct buf *b, const uint16_t *upper, struct str bytes)
{
	size_t bad = 0, done = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c < 0x80)
			continue;
		buf_add(b, str_part(bytes, done, i - done));
		done = i + 1;
		bad += upper[c - 0x80] == 0;
		utf8_put(b, upper[c - 0x80] ? upper[c - 0x80] : UTF8_BAD);
	}
	buf_add(b, str_from(bytes, done));
	return buf_rc(b) == RC_OK ? bad : SIZE_MAX;
}

enum { FLUSHED_MOST = 64 };

/* Adds what was kept back (L1). */
static bool flush(struct buf *b, iconv_t cd)
{
	size_t n = FLUSHED_MOST;
	char *start = buf_room(b, n), *out = start;
	bool is_good = out && iconv(cd, NULL, NULL, &out, &n) != (size_t)-1;

	if (out)
		buf_commit(b, (size_t)(out - start));
	return is_good;
}

static size_t convert_by_library(
    struct buf *b, const char *name, struct str bytes)
{
	iconv_t cd = iconv_open("UTF-8", name);
	/* iconv never writes to its input, its type notwithstanding. */
	char *in = (char *)(uintptr_t)bytes.p;
	size_t left = bytes.n, bad = 0;

	if (cd == (iconv_t)-1)
		return SIZE_MAX;
	while (left > 0) {
		size_t room = left < 65536 ? left * 4 + 64 : 262144;
		char *start = buf_room(b, room), *out = start;
		size_t n = room;

		if (!out)
			break;
		if (iconv(cd, &in, &left, &out, &n) == (size_t)-1 &&
		    errno != E2BIG) {
			buf_commit(b, (size_t)(out - start));
			utf8_put(b, UTF8_BAD);
			bad++;
			if (left > 0) { /* L1 */
				in++;
				left--;
			}
			continue;
		}
		buf_commit(b, (size_t)(out - start));
	}
	if (!flush(b, cd))
		bad++;
	iconv_close(cd);
	return buf_rc(b) == RC_OK ? bad : SIZE_MAX;
}

/* Where the standard has no meaning for a byte, that of windows may. */
static size_t convert_japanese(
    struct buf *b, const char *name, struct str bytes)
{
	size_t from = b->n, bad = convert_by_library(b, name, bytes), other;
	struct buf wide;

	if (bad == 0 || buf_rc(b) != RC_OK)
		return bad;
	buf_cut(b, from);
	buf_init(&wide, bytes.n * 2 + 1);
	charset_put_shift_jis(&wide, bytes);
	other = buf_rc(&wide) == RC_OK
		    ? convert_by_library(b, "CP932", buf_str(&wide))
		    : SIZE_MAX;
	buf_done(&wide);
	if (other < bad || buf_rc(b) != RC_OK)
		return other;
	buf_cut(b, from);
	return convert_by_library(b, name, bytes);
}

size_t charset_convert(struct buf *b, const char *name, struct str bytes)
{
	const uint16_t *upper = charset_upper(name);

	if (upper)
		return convert_by_table(b, upper, bytes);
	if (str_eq(str_of(name), STR("ISO-2022-JP-2")) ||
	    str_eq_fold(str_of(name), STR("EUC-JP")))
		return convert_japanese(b, name, bytes);
	return convert_by_library(b, name, bytes);
}

struct form {
	const char *name; /* NULL: no byte order mark */
	size_t skip;
};

static struct form form_of_mark(struct str s)
{
	if (str_starts(s, STR("\xEF\xBB\xBF")))
		return (struct form){"UTF-8", 3};
	if (str_starts(s, STR("\xFF\xFE\0\0")))
		return (struct form){"UTF-32LE", 4};
	if (str_starts(s, STR("\0\0\xFE\xFF")))
		return (struct form){"UTF-32BE", 4};
	if (str_starts(s, STR("\xFF\xFE")))
		return (struct form){"UTF-16LE", 2};
	if (str_starts(s, STR("\xFE\xFF")))
		return (struct form){"UTF-16BE", 2};
	return (struct form){NULL, 0};
}

/* UTF-16 without a mark shows itself by its spaces and line ends: the zero
 * halves of them, all on one side. (Zero halves alone prove nothing: U+4E00,
 * the Chinese "one", has its zero on the other side.) */
static const char *form_of_zeros(struct str s)
{
	size_t marks[2] = {0, 0};
	size_t empty = 0;

	for (size_t i = 0; i + 1 < s.n; i += 2) {
		char x = s.p[i], y = s.p[i + 1];

		empty += x == 0 && y == 0;
		marks[0] += x == 0 && (y == ' ' || y == '\n');
		marks[1] += y == 0 && (x == ' ' || x == '\n');
	}
	for (int side = 0; side < 2; side++)
		if (empty == 0 && marks[side] > marks[!side] * 20 &&
		    marks[side] * 400 >= s.n)
			return side == 0 ? "UTF-16BE" : "UTF-16LE";
	return NULL;
}

/* What mails call them; without a mark it is the big end (RFC 2781 4.3). */
static const struct {
	const char *claim, *name;
} wide_sets[] = {{"utf-16le", "UTF-16LE"}, {"utf-16be", "UTF-16BE"},
    {"utf-16", "UTF-16BE"}, {"unicode", "UTF-16BE"}, {"ucs-2", "UTF-16BE"},
    {"iso-10646-ucs-2", "UTF-16BE"}, {"utf-32le", "UTF-32LE"},
    {"utf-32be", "UTF-32BE"}, {"utf-32", "UTF-32BE"}};

static const char *wide_name(struct str claim)
{
	for (size_t i = 0; i < sizeof(wide_sets) / sizeof(wide_sets[0]); i++)
		if (str_eq_fold(claim, str_of(wide_sets[i].claim)))
			return wide_sets[i].name;
	return NULL;
}

bool charset_is_wide(struct str claim)
{
	return wide_name(claim) != NULL;
}

const char *charset_read_wide(
    struct arena *a, struct str claim, struct str *text)
{
	struct form form = form_of_mark(*text);
	const char *name = form.name, *zeros;
	struct str bytes = str_from(*text, form.skip);
	struct buf b;

	if (!name)
		name = wide_name(claim);
	if (!name || form.skip == 3)
		return NULL;
	/* Text that is good UTF-8 as it is has a wrong claim. */
	if (!form.name && str_find(bytes, '\0') == bytes.n &&
	    utf8_is_valid(bytes))
		return NULL;
	zeros = form.name ? NULL : form_of_zeros(bytes);
	name = zeros ? zeros : name;
	/* The last one is cut short. */
	bytes.n -= bytes.n % 2;
	buf_init_arena(&b, a, CHARSET_MAX * (size_t)4);
	if (charset_convert(&b, name, bytes) != 0)
		return NULL;
	*text = buf_str(&b);
	return name;
}

const char *charset_read_shifted(
    struct arena *a, struct str claim, struct str *text)
{
	struct charset_job job = {.a = a, .text = *text};
	struct charset_guess guess;
	struct str doubt;

	if (str_find(*text, '\x1b') == text->n ||
	    !charset_follow(&job, claim, &guess, &doubt))
		return NULL;
	*text = job.text;
	return guess.name;
}

const char *charset_read_claimed(
    struct arena *a, struct str claim, struct str *text)
{
	struct charset_job job = {.a = a, .text = *text};
	struct charset_guess guess;
	struct str doubt;
	struct buf b;

	if (!charset_follow(&job, claim, &guess, &doubt)) {
		if (utf8_is_valid(*text))
			return "UTF-8";
		guess = charset_guess(a, *text, charset_claim_name(claim));
		buf_init_arena(&b, a, CHARSET_MAX * (size_t)4);
		if (!guess.name || charset_convert(&b, guess.name, *text) != 0)
			return NULL;
		job.text = buf_str(&b);
	}
	*text = job.text;
	return guess.name;
}

static size_t count_controls(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		n += c < 32 && c != '\n' && c != '\r' && c != '\t' &&
		     c != '\f' && c != '\v' && c != 27;
	}
	return n;
}

static enum rc refuse_binary(struct str s, struct err *err)
{
	for (size_t i = 0; i < sizeof(not_text) / sizeof(not_text[0]); i++)
		if (str_starts(s, not_text[i].magic))
			return err_set(err, RC_INVALID,
			    "this is %s, not text: %s", not_text[i].what,
			    not_text[i].advice);
	return RC_OK;
}

/* How much of S may say it: the beginning of a page, or the whole head of a
 * mail, which has no limit. */
static size_t head_length(struct str s)
{
	enum { PAGE_MOST = 8192 };
	struct str rest = s, line;
	size_t n = 0;

	while (str_line(&rest, &line) && line.n > 0 &&
	       (mail_field_name(line) > 0 || ascii_is_space(line.p[0]) ||
		   mail_is_mbox(line)))
		n = (size_t)(line.p + line.n - s.p);
	return n > PAGE_MOST ? n : PAGE_MOST;
}

/* What the head of a mail or page says of its own encoding. */
static struct str declared_charset(struct str s)
{
	struct str head = str_part(s, 0, head_length(s));

	for (size_t i = 0; i + 8 < head.n; i++) {
		size_t from = i + 8, n = 0;

		if (head.p[i + 7] != '=' ||
		    !str_eq_fold(str_part(head, i, 7), STR("charset")))
			continue;
		if (head.p[from] == '"' || head.p[from] == '\'')
			from++;
		while (from + n < head.n && n < 24 &&
		       (ascii_is_alpha(head.p[from + n]) ||
			   ascii_is_digit(head.p[from + n]) ||
			   head.p[from + n] == '-' || head.p[from + n] == '_'))
			n++;
		return str_part(head, from, n);
	}
	return STR_NONE;
}

/* UTF-8 with a few bytes broken in transport is still UTF-8: text in another
 * encoding hardly has one good sequence for two that are none. */
static bool is_damaged_utf8(struct str s, size_t *ret_bad)
{
	size_t good = 0, bad = 0;

	for (size_t at = 0; at < s.n;) {
		size_t was = at;
		uint32_t c = utf8_next(s, &at);

		if (c == UTF8_BAD && at == was + 1)
			bad++;
		else if (c >= 0x80)
			good++;
	}
	*ret_bad = bad;
	return good >= 3 && bad * 2 <= good;
}

/* Converts BYTES from *NAME, or from the larger encoding that they are in by
 * that name, which *NAME is then. */
static enum rc convert_as(
    struct charset_job *job, const char **name, struct str bytes)
{
	const char *larger;
	struct buf b, other;
	size_t bad, other_bad;

	buf_init_arena(&b, job->a, CHARSET_MAX * (size_t)4);
	bad = charset_convert(&b, *name, bytes);
	if (bad == SIZE_MAX)
		return RC_NO_MEMORY;
	job->text = buf_str(&b);
	larger = charset_larger(*name, bytes, bad);
	if (larger) {
		buf_init_arena(&other, job->a, CHARSET_MAX * (size_t)4);
		other_bad = charset_convert(&other, larger, bytes);
		if (charset_upper(larger) || other_bad < bad) {
			job->text = buf_str(&other);
			bad = other_bad;
			*name = larger;
		}
		if (bad == SIZE_MAX)
			return RC_NO_MEMORY;
	}
	if (bad > 0)
		charset_say(job, 0,
		    arena_printf(job->a,
			"%zu byte%s had no meaning in %s and became U+FFFD; "
			"look for %s.",
			bad, bad == 1 ? "" : "s", *name,
			bad == 1 ? "it" : "them"));
	return RC_OK;
}

static void replace_faults(struct charset_job *job, size_t bad)
{
	struct buf b;

	buf_init_arena(&b, job->a, job->text.n * 3 + 16);
	for (size_t at = 0; at < job->text.n;)
		utf8_put(&b, utf8_next(job->text, &at));
	if (buf_rc(&b) != RC_OK)
		return;
	job->text = buf_str(&b);
	charset_say(job, 0,
	    arena_printf(job->a,
		"%zu damaged byte%s in the UTF-8 became U+FFFD; look for %s.",
		bad, bad == 1 ? "" : "s", bad == 1 ? "it" : "them"));
}

/* Makes valid UTF-8 of job->text and fills in the encoding's name. */
static enum rc make_utf8(
    struct charset_job *job, struct charset *cs, struct err *err)
{
	struct form form = form_of_mark(job->text);
	struct charset_guess guess;
	const char *wide = NULL;
	struct str claim = STR_NONE;
	size_t bad;
	enum rc rc;

	cs->name = "UTF-8";
	cs->sure = 100;
	if (form.name) {
		job->text = str_from(job->text, form.skip);
		cs->name = form.name;
		if (form.skip != 3)
			return convert_as(job, &form.name, job->text);
	} else if (str_find(job->text, '\0') < job->text.n) {
		wide = form_of_zeros(job->text);
		if (!wide)
			return err_set(err, RC_INVALID,
			    "this is not text but binary data: "
			    "it holds zero bytes");
		cs->name = wide;
		cs->sure = 90;
		rc = convert_as(job, &wide, job->text);
		if (rc != RC_OK)
			return rc;
	}
	if (!form.name && !wide) {
		claim = declared_charset(job->text);
		if (charset_follow(job, claim, &guess, &cs->doubt)) {
			cs->name = guess.name;
			cs->sure = guess.sure;
		}
	}
	if (count_controls(job->text) * 50 > job->text.n)
		return err_set(err, RC_INVALID,
		    "this is not text but binary data: it is full of control "
		    "characters");
	if (utf8_is_valid(job->text))
		return RC_OK;
	if (form.name || is_damaged_utf8(job->text, &bad)) {
		(void)is_damaged_utf8(job->text, &bad);
		replace_faults(job, bad);
		cs->sure = 90;
		return RC_OK;
	}
	guess = charset_guess(job->a, job->text, charset_claim_name(claim));
	if (!guess.name)
		return err_set(err, RC_INVALID,
		    "this is not text in any encoding known here: save it as "
		    "UTF-8");
	cs->name = guess.name;
	cs->sure = guess.sure;
	rc = convert_as(job, &cs->name, job->text);
	if (rc == RC_OK && cs->doubt.n == 0)
		cs->doubt = charset_doubt_claim(job->a, claim, cs->name);
	return rc;
}

/* Reads JOB's text. */
static enum rc read_job(
    struct charset_job *job, struct charset *ret_charset, struct err *err)
{
	struct charset cs = {.name = NULL};
	enum rc rc = make_utf8(job, &cs, err);

	if (rc != RC_OK)
		return rc == RC_NO_MEMORY ? err_set(err, rc, "no memory left")
					  : rc;
	if (str_find(job->text, '\0') < job->text.n)
		return err_set(err, RC_INVALID,
		    "this is not text but binary data: it holds zero bytes");
	charset_mend_words(job);
	charset_mend_twice(job);
	charset_mend_entities(job);
	charset_mend_junk(job);
	if (arena_is_spent(job->a))
		return err_set(err, RC_NO_MEMORY, "no memory left");
	must_slow(utf8_is_valid(job->text));
	cs.text = job->text;
	cs.notes = job->notes;
	cs.notes_n = job->notes_n;
	cs.lines = job->lines;
	cs.lines_n = job->lines_n;
	*ret_charset = cs;
	return RC_OK;
}

static enum rc refuse(struct str bytes, struct err *err)
{
	if (bytes.n > CHARSET_MAX)
		return err_set(err, RC_LIMIT, "the text is larger than %d MB",
		    CHARSET_MAX / 1024 / 1024);
	return refuse_binary(bytes, err);
}

enum rc charset_read(struct arena *a, struct str bytes,
    struct charset *ret_charset, struct err *err)
{
	struct charset_job job = {.a = a, .text = bytes};
	enum rc rc = refuse(bytes, err);

	if (rc != RC_OK)
		return rc;
	charset_mend_quoted(&job);
	return read_job(&job, ret_charset, err);
}

enum rc charset_read_decoded(struct arena *a, struct str bytes,
    struct charset *ret_charset, struct err *err)
{
	struct charset_job job = {.a = a, .text = bytes};
	enum rc rc = refuse(bytes, err);

	return rc == RC_OK ? read_job(&job, ret_charset, err) : rc;
}

uint32_t charset_line(const struct charset *cs, uint32_t line)
{
	if (!cs->lines || line == 0 || cs->lines_n == 0)
		return line;
	if (line > cs->lines_n)
		line = (uint32_t)cs->lines_n;
	return cs->lines[line - 1];
}
