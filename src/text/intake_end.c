/* SPDX-License-Identifier: MIT
 *
 * What stands below a story: the mark of its end, the greeting and signature of
 * a mail, whom to ask, and lists of other stories. It is none for readers, and
 * often has a telephone number.
 */
#include "base/utf8.h"
#include "text/intake_priv.h"

enum {
	LABEL_LONGEST = 60,   /* characters */
	STORY_SHORTEST = 150, /* above notes for editors */
	MAIL_SHORTEST = 100,  /* above a greeting */
	PARAGRAPH_SHORTEST = 60,
	END_MARK_LONGEST = 40,
	WORDS_BEHIND = 2 /* a greeting, on its line */
};

static const char *const greetings =
    "mit freundlichen grüßen|freundliche grüße|mit besten grüßen|"
    "beste grüße|viele grüße|herzliche grüße|kind regards|"
    "best regards|best wishes|best,|all the best|yours sincerely|"
    "sincerely|regards|"
    "many thanks|cordialement|bien cordialement|bien à vous|"
    "salutations|un saludo|saludos|atentamente|cordialmente|"
    "atenciosamente|com os melhores|melhores cumprimentos|"
    "cordiali saluti|distinti saluti|un saluto|с уважением|"
    "с наилучшими|з повагою|z poważaniem|pozdrawiam|"
    "met vriendelijke groet|vriendelijke groet|med vänlig|"
    "vänliga hälsningar|med venlig hilsen|venlig hilsen|"
    "mange hilsner|med vennlig hilsen|vennlig hilsen|"
    "ystävällisin terveisin|terveisin|s pozdravem|s úctou|"
    "s pozdravom|srdačan pozdrav|s poštovanjem|üdvözlettel|"
    "tisztelettel|cu stimă|cu respect|с уважение|поздрави|"
    "saygılarım|saygılar|με εκτίμηση|"
    "مع التحية|مع أطيب|בברכה|よろしくお願い|敬具|감사합니다|此致";

/* Behind one of these the press is spoken to; no more of the story comes. */
static const char *const notes =
    "|notes to editors|notes to editor|note to editors|note to editor|"
    "notes for editors|editors' notes|editors’ notes|editor's notes|"
    "editor’s notes|press contact|press contacts|media contact|"
    "media contacts|press enquiries|media enquiries|media inquiries|contact|"
    "contacts|pressekontakt|hinweis an die redaktion|"
    "hinweis für die redaktion|hinweise für die redaktion|kontakt|"
    "ansprechpartner|contact presse|contacts presse|note aux rédactions|"
    "contacto de prensa|contacto|nota a los editores|contatti stampa|"
    "contatti|contato|contatos para imprensa|контакты|контакты для прессы|"
    "контакти|kontakt dla mediów|perscontact|noot voor de redactie|"
    "presskontakt|";

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

/* The greeting below a mail, with a name behind it at most. */
static bool is_farewell(const struct piece *p)
{
	size_t n = intake_starts_with(p->folded, greetings);
	size_t words = intake_count_words(str_part(p->folded, 0, n));

	return n > 0 && p->chars <= LABEL_LONGEST &&
	       p->words <= words + WORDS_BEHIND &&
	       (!intake_is_ended(p->text) || p->words <= words + 1);
}

/* One of NOTES alone, or before a colon. */
static bool is_note(const struct piece *p)
{
	struct str label = str_part(p->folded, 0, str_find(p->folded, ':'));

	return intake_is_one_of(bare_of_signs(label), notes);
}

const char *intake_ends_story(
    const struct job *job, size_t i, size_t chars, size_t behind)
{
	const struct piece *p = &job->v[i], *next = p + 1;

	if (chars > STORY_SHORTEST && is_note(p))
		return "contact";
	if (chars > MAIL_SHORTEST && behind <= chars && is_farewell(p) &&
	    (i + 1 == job->n || next->what || next->chars < PARAGRAPH_SHORTEST))
		return "mail signature";
	return NULL;
}

const char *intake_end_furniture(const struct piece *p)
{
	static const char *const contacts =
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

	if (p->chars <= LABEL_LONGEST &&
	    intake_starts_with(p->folded, greetings))
		return "mail signature";
	if (p->chars <= LABEL_LONGEST &&
	    intake_starts_with(p->folded, contacts))
		return "contact";
	if (intake_is_line(p, lists))
		return "list below the story";
	return NULL;
}
