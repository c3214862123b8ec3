/* SPDX-License-Identifier: MIT
 *
 * What stands below a story: the mark of its end, the greeting and signature of
 * a mail, whom to ask, and lists of other stories. It is none for readers, and
 * often has a telephone number.
 */
#include <string.h>

#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/script.h"

enum {
	LABEL_LONGEST = 60,   /* characters */
	STORY_SHORTEST = 150, /* above notes for editors */
	MAIL_SHORTEST = 100,  /* above a greeting */
	PARAGRAPH_SHORTEST = 60,
	END_MARK_LONGEST = 40,
	WORDS_BEHIND = 2, /* a greeting, on its line */
	CONTACT_LINES = 4,
	PHONE_LEAST = 7, /* digits */
	PHONE_MOST = 11, /* with no zero and no plus before them */
	PHONE_OF_AMERICA = 10
};

/* Whole words, of two that begin alike the longer first. */
static const char *const greetings =
    "mit freundlichen grüßen|freundliche grüße|mit besten grüßen|"
    "beste grüße|viele grüße|herzliche grüße|kind regards|"
    "best regards|best wishes|best,|all the best|yours sincerely|"
    "sincerely|regards|"
    "many thanks|cordialement|bien cordialement|bien à vous|"
    "salutations|un saludo|saludos|atentamente|cordialmente|"
    "atenciosamente|com os melhores cumprimentos|melhores cumprimentos|"
    "cordiali saluti|distinti saluti|un saluto|с уважением|"
    "с наилучшими пожеланиями|з повагою|z poważaniem|pozdrawiam|"
    "met vriendelijke groeten|met vriendelijke groet|"
    "vriendelijke groeten|vriendelijke groet|med vänlig hälsning|"
    "med vänliga hälsningar|vänliga hälsningar|med venlig hilsen|"
    "venlig hilsen|mange hilsner|med vennlig hilsen|vennlig hilsen|"
    "ystävällisin terveisin|terveisin|s pozdravem|s úctou|"
    "s pozdravom|srdačan pozdrav|s poštovanjem|üdvözlettel|"
    "tisztelettel|cu stimă|cu respect|с уважение|поздрави|"
    "saygılarımızla|saygılarımla|saygılarım|saygılar|με εκτίμηση|"
    "مع التحية|مع أطيب التحيات|مع أطيب التمنيات|בברכה|よろしくお願い|敬具|"
    "감사합니다|此致";

/* Behind one of these the press is spoken to; no more of the story comes. */
static const char *const notes =
    "|notes to editors|notes to editor|note to editors|note to editor|"
    "notes for editors|editors' notes|editors’ notes|editor's notes|"
    "editor’s notes|press contact|press contacts|media contact|"
    "media contacts|press enquiries|media enquiries|media inquiries|"
    "pressekontakt|hinweis an die redaktion|hinweis für die redaktion|"
    "hinweise für die redaktion|contact presse|contacts presse|"
    "note aux rédactions|contacto de prensa|nota a los editores|"
    "contatti stampa|contatos para imprensa|контакты для прессы|"
    "kontakt dla mediów|perscontact|noot voor de redactie|presskontakt|";

/* A story may have these words, too. */
static const char *const contacts =
    "|contact|contacts|kontakt|ansprechpartner|contacto|contatti|contato|"
    "контакты|контакти|";

static bool is_sign(uint32_t c)
{
	return c == ' ' || c == '*' || c == '-' || c == '[' || c == ']' ||
	       c == '(' || c == ')' || c == '#' || c == '/' || c == '.' ||
	       c == ':' || c == '<' || c == '>' || c == '=' || c == '+' ||
	       c == '_' || c == 0xA0 || c == 0x2013 || c == 0x2014 ||
	       c == 0x3010 || c == 0x3011 || c == 0xFF08 || c == 0xFF09;
}

/* S without the signs around it. */
static struct str bare_of_signs(struct str s)
{
	for (size_t from = 0; s.n > 0 && is_sign(utf8_next(s, &from)); from = 0)
		s = str_from(s, from);
	for (size_t to = s.n; s.n > 0 && is_sign(utf8_prev(s, &to)); to = s.n)
		s = str_part(s, 0, to);
	return s;
}

bool intake_is_end_mark(const struct piece *p)
{
	static const char *const marks =
	    "|end|ends|the end|ende|fin|fine|fim|конец|кінець|koniec|einde|"
	    "slut|slutt|loppu|konec|vége|sfârșit|край|τέλος|son|النهاية|انتهى|"
	    "סוף|完|终|終|以上|끝|";
	static const char *const unsigned_marks =
	    "|end|ends|ende|fin|fin du communiqué|ende der mitteilung|"
	    "ende der pressemitteilung|fine del comunicato|fin del comunicado|"
	    "fim do comunicado|";
	struct str s = bare_of_signs(p->folded);

	if (p->chars > END_MARK_LONGEST)
		return false;
	if (s.n == 0)
		return p->chars >= 3 && str_starts(p->text, STR("#"));
	if (str_eq(s, STR("30")))
		return s.p > p->folded.p &&
		       s.p + s.n < p->folded.p + p->folded.n;
	return intake_is_one_of(s, unsigned_marks) ||
	       (s.p > p->folded.p && intake_is_one_of(s, marks));
}

/* Digits in groups, with signs between as in a telephone number. */
struct digits {
	size_t n, groups;
	bool is_amount; /* groups of three, as a large number has */
};

/* Reads those of S from AT on, and moves AT behind them. */
static struct digits read_digits(struct str s, size_t *at)
{
	struct digits d = {.is_amount = true};

	while (*at < s.n) {
		size_t from = *at;

		while (*at < s.n && ascii_is_digit(s.p[*at]))
			++*at;
		if (*at > from) {
			d.n += *at - from;
			d.is_amount &= *at - from == 3 ||
				       (d.groups == 0 && *at - from < 3);
			d.groups++;
		} else if (s.p[from] == ' ' || s.p[from] == '-' ||
			   s.p[from] == '.' || s.p[from] == '/' ||
			   s.p[from] == '(' || s.p[from] == ')') {
			++*at;
		} else {
			break;
		}
	}
	return d;
}

/* As people write them: "+49 40 123456", "(0 40) 12 34 56", "555-123-4567".
 * IS_LIKELY: the place speaks for one, so that one without a 0 is, too. */
static bool has_telephone(struct str s, bool is_likely)
{
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		bool is_abroad = s.p[at] == '+';
		struct civil day;
		struct digits d;

		if (!is_abroad && s.p[at] != '(' && !ascii_is_digit(s.p[at])) {
			at++;
			continue;
		}
		if (!ascii_is_digit(s.p[at]))
			at++;
		d = read_digits(s, &at);
		from += s.p[from] == '(';
		if (d.n < PHONE_LEAST ||
		    intake_date(str_part(s, from, at - from), &day))
			continue;
		if (is_abroad || s.p[from] == '0' ||
		    (d.n == PHONE_OF_AMERICA && d.groups == 3) ||
		    (is_likely && d.n <= PHONE_MOST && !d.is_amount))
			return true;
	}
	return false;
}

bool intake_has_contact(struct str s)
{
	return intake_has_address(s) || has_telephone(s, false);
}

bool intake_is_contact_line(const struct piece *p)
{
	enum { LINE_LONGEST = 200 };
	struct str label = str_part(p->text, 0, LABEL_LONGEST);
	bool has_label = str_find(label, ':') < label.n ||
			 str_find_str(label, STR("：")) < label.n;

	return p->chars <= LINE_LONGEST && !p->is_item &&
	       (has_label || !intake_is_ended(p->text)) &&
	       (intake_has_address(p->text) || has_telephone(p->text, true));
}

/* P may stand above a contact: who or what it is. */
static bool may_be_label(struct arena *a, const struct piece *p)
{
	struct str name, caption, credit;
	struct civil day;

	return p->chars <= LABEL_LONGEST && !p->is_item &&
	       (!intake_is_ended(p->text) || intake_is_label(p)) &&
	       intake_byline(a, p, &name, 1) == 0 &&
	       !intake_date(p->folded, &day) &&
	       !intake_caption(p, &caption, &credit);
}

bool intake_is_label(const struct piece *p)
{
	return p->chars <= LABEL_LONGEST &&
	       (str_ends(p->text, STR(":")) || str_ends(p->text, STR("：")));
}

bool intake_begins_contact(const struct job *job, size_t i)
{
	for (size_t k = i; k < job->n && k < i + CONTACT_LINES; k++) {
		if (intake_is_contact_line(&job->v[k]))
			return true;
		if (!may_be_label(job->a, &job->v[k]))
			return false;
	}
	return false;
}

/* How long the greeting is that S, in small letters, begins with; 0: none. */
static size_t greeting_length(struct str s)
{
	size_t n = intake_starts_with(s, greetings), at = n, end = n;

	if (n == 0 || n == s.n || utf8_prev(s, &end) >= 0x2E80)
		return n;
	return letter_is_word(utf8_next(s, &at)) ? 0 : n;
}

/* Whether all words of S behind the first SKIP may begin a name. */
static bool has_only_names(struct str s, size_t skip)
{
	for (size_t at = 0; at < s.n;) {
		struct str word = intake_next_word(s, &at);
		size_t first = 0;
		uint32_t c = word.n > 0 ? utf8_next(word, &first) : 0;

		if (skip > 0)
			skip--;
		else if (c > 0 && c < 0x590 && !letter_is_capital(c))
			return false;
	}
	return true;
}

/* The greeting below a mail, with a name behind it at most. */
static bool is_farewell(const struct piece *p)
{
	size_t n = greeting_length(p->folded);
	size_t words = intake_count_words(str_part(p->folded, 0, n));

	return n > 0 && p->chars <= LABEL_LONGEST &&
	       p->words <= words + WORDS_BEHIND &&
	       (!intake_is_ended(p->text) || p->words <= words + 1) &&
	       has_only_names(p->text, words);
}

/* A telephone number or address stands in the piece I, or soon below it. */
static bool is_contact_near(const struct job *job, size_t i)
{
	for (size_t k = i; k < job->n && k < i + CONTACT_LINES; k++)
		if (intake_has_contact(job->v[k].text))
			return true;
	return false;
}

/* The piece I is a label of NOTES alone, or before a colon; or one of CONTACTS
 * with what belongs to it. */
static bool is_note(const struct job *job, size_t i)
{
	const struct piece *p = &job->v[i];
	struct str label =
	    bare_of_signs(str_part(p->folded, 0, str_find(p->folded, ':')));

	return intake_is_one_of(label, notes) ||
	       (intake_is_one_of(label, contacts) && is_contact_near(job, i));
}

/* What the piece I is that ends the story by its words. */
static const char *end_of(const struct job *job, size_t i, size_t chars)
{
	const struct piece *p = &job->v[i], *next = p + 1;

	if (chars > STORY_SHORTEST && is_note(job, i))
		return "contact";
	if (chars > MAIL_SHORTEST && is_farewell(p) &&
	    (i + 1 == job->n || next->what || next->chars < PARAGRAPH_SHORTEST))
		return "mail signature";
	return NULL;
}

size_t intake_mail_head(struct job *job, size_t i)
{
	enum { LINES_MOST = 7 };
	bool has_subject = false, has_other = false;
	struct str name, value;
	size_t known = 0, end = 0;

	for (size_t n = 0; n < LINES_MOST && i + n < job->n; n++) {
		struct str line = job->v[i + n].text;

		if (intake_mail_header(job->a, line, &name, &value)) {
			has_subject |= intake_header_kind(job->a, name) ==
				       INTAKE_HEADER_SUBJECT;
			known++;
			end = n + 1;
			continue;
		}
		if (known == 0 || has_other ||
		    !intake_field(line, &name, &value))
			break;
		has_other = true;
	}
	return known >= 3 && has_subject ? end : 0;
}

const char *const intake_below_mark = "text below the end mark";

static void doubt_end(struct job *job, const struct piece *p)
{
	intake_doubt(job, p->line,
	    STR("More text stands below this line, which may end the story or "
		"be of it; all that follows is set aside."));
}

const char *intake_ends_story(struct job *job, size_t i, size_t chars,
    size_t behind, bool is_passed_on, const char **ret_what)
{
	struct piece *p = &job->v[i];
	bool is_quoted =
	    p->what && job->was_html && strcmp(p->what, "quoted mail") == 0;
	bool is_answered = intake_starts_answered(p);
	const char *over = NULL;

	if (!is_passed_on && chars > STORY_SHORTEST &&
	    (is_quoted || is_answered || intake_mail_head(job, i) > 0)) {
		*ret_what = "quoted mail";
		over = intake_below_mark;
	} else if (!p->what) {
		over = end_of(job, i, chars);
		/* Below the greeting of whoever passes a mail on stands that
		 * mail. */
		if (over && is_passed_on && strcmp(over, "mail signature") == 0)
			return NULL;
		if (over && behind > chars) {
			intake_doubt(job, p->line,
			    STR("This line may end the story, but more text "
				"stands below it than above; all of it is left "
				"in the story."));
			return NULL;
		}
	}
	if (over && behind > 0 && !is_answered)
		doubt_end(job, p);
	return over;
}

const char *intake_end_furniture(const struct piece *p)
{
	static const char *const labels =
	    "for more information|for further information|notes to editors|"
	    "press contact|media contact|contact:|contacts:|pressekontakt|"
	    "kontakt:|rückfragen|weitere informationen|"
	    "para más información|contacto|más información|"
	    "para mais informações|mais informações|contato|"
	    "pour plus d|contact presse|contacts presse|"
	    "per informazioni|per ulteriori informazioni|contatti|"
	    "контакты|контактная информация|для справки|"
	    "kontakt dla|więcej informacji";
	static const char *const lists =
	    "|most viewed|most read|most popular|related topics|topics|tags|"
	    "related stories|more from|meistgelesen|themen|schlagwörter|"
	    "la rédaction vous conseille|les plus lus|sur le même sujet|"
	    "lo más leído|temas|etiquetas|mais lidas|tópicos|"
	    "i più letti|argomenti|популярное|самое читаемое|темы|теги|"
	    "najczęściej czytane|tematy|meest gelezen|onderwerpen|mest läst|"
	    "ακολουθήστε|konular|etiketler|";

	if (p->chars <= LABEL_LONGEST && greeting_length(p->folded) > 0)
		return "mail signature";
	if (p->chars <= LABEL_LONGEST && intake_starts_with(p->folded, labels))
		return "contact";
	if (intake_is_line(p, lists))
		return "list below the story";
	return NULL;
}
