/* SPDX-License-Identifier: MIT
 *
 * See mail_priv.h. Of each mail, one form of its text: of two that are one
 * thing (RFC 2046 5.1.4) the plain one, unless it only says that there is
 * another; else the first. Programs that put pictures between paragraphs make a
 * part of what stands above and below each, so those beside it are taken, too.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "text/charset.h"
#include "text/mail_priv.h"

static bool are_twins(const struct mail_part *one, const struct mail_part *two)
{
	return one->twins > 0 && one->twins == two->twins;
}

/* The line that a list puts below what it sends on. */
static bool is_footer(struct str text)
{
	return str_starts(str_trim(text), STR("__________"));
}

/* PART goes on what FIRST begins. */
static bool goes_on(const struct mail_part *first, const struct mail_part *part)
{
	return part == first ||
	       (first->siblings > 0 && part->siblings == first->siblings &&
		   part->is_html == first->is_html && !is_footer(part->text));
}

/* Letters and signs of S; an entity is one. */
static size_t count_signs(struct str s)
{
	enum { ENTITY_MOST = 10 };
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		size_t end;

		if (ascii_is_space(s.p[i]) ||
		    ((unsigned char)s.p[i] & 0xC0) == 0x80)
			continue;
		n++;
		end = str_find(str_part(s, i, ENTITY_MOST), ';');
		if (s.p[i] == '&' && end < ENTITY_MOST && i + end < s.n)
			i += end;
	}
	return n;
}

static size_t signs_from(struct mail_walk *w, const struct mail_part *first)
{
	size_t n = 0;

	for (size_t i = 0; i < w->texts_n; i++) {
		const struct mail_part *part = w->texts[i];
		struct buf b;

		if (!goes_on(first, part))
			continue;
		if (!part->is_html) {
			n += count_signs(part->text);
			continue;
		}
		buf_init_arena(&b, w->a, part->text.n * 2 + 16);
		mail_put_html(&b, part->text);
		n += count_signs(buf_str(&b));
	}
	return n;
}

/* "Your program cannot show this mail." */
static bool is_stub(struct mail_walk *w, const struct mail_part *plain,
    const struct mail_part *html)
{
	enum { TIMES = 4, STUB_MOST = 400 };
	size_t n = signs_from(w, plain);

	return n <= STUB_MOST && n * TIMES < signs_from(w, html);
}

static struct mail_part *first_of(
    struct mail_walk *w, unsigned message, bool is_html)
{
	for (size_t i = 0; i < w->texts_n; i++)
		if (w->texts[i]->message == message &&
		    w->texts[i]->is_html == is_html)
			return w->texts[i];
	return NULL;
}

static void choose_of(struct mail_walk *w, unsigned message)
{
	struct mail_part *plain = first_of(w, message, false);
	struct mail_part *html = first_of(w, message, true);
	struct mail_part *first = plain ? plain : html;

	if (plain && html &&
	    (are_twins(plain, html) ? is_stub(w, plain, html)
				    : html->line < plain->line))
		first = html;
	for (size_t i = 0; i < w->texts_n; i++) {
		struct mail_part *part = w->texts[i];

		if (part->message != message)
			continue;
		if (goes_on(first, part))
			w->chosen[w->chosen_n++] = part;
		else
			w->other_texts += !are_twins(first, part);
	}
}

/* Parts in encodings of their own become UTF-8, or all but the first are left
 * out. */
static void make_alike(struct mail_walk *w)
{
	bool is_alike = true, is_first_read = true;
	size_t n = 0;

	for (size_t i = 1; i < w->chosen_n; i++)
		is_alike &=
		    str_eq_fold(w->chosen[0]->charset, w->chosen[i]->charset);
	if (is_alike)
		return;
	for (size_t i = 0; i < w->chosen_n; i++) {
		struct mail_part *part = w->chosen[i];
		const char *name =
		    is_first_read
			? charset_read_claimed(w->a, part->charset, &part->text)
			: NULL;

		is_first_read &= i > 0 || name;
		if (i > 0 && !name) {
			w->other_texts++;
			continue;
		}
		if (name) {
			part->charset = STR("utf-8");
			if (!part->read_as &&
			    !str_eq(str_of(name), STR("UTF-8")))
				part->read_as = name;
		}
		w->chosen[n++] = part;
	}
	w->chosen_n = n;
}

void mail_choose(struct mail_walk *w)
{
	for (unsigned i = 0; i < w->messages_n; i++)
		choose_of(w, i);
	if (w->chosen_n > 0) {
		w->others += w->has_named;
		make_alike(w);
		w->others += w->other_texts;
	} else if (w->has_named || w->has_blank) {
		w->chosen[w->chosen_n++] = w->has_named ? &w->named : &w->blank;
	}
}
