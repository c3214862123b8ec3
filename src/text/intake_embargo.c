/* SPDX-License-Identifier: MIT
 *
 * Lines that say that a story must wait. They are looked for before anything
 * else is told apart, wherever they stand, for a line that is missed is a story
 * let out too soon. The word alone is none: stories tell of embargoes, too. So
 * it must open the line, or stand behind words such as "press release" or
 * "strictly", and an "until", a day or nothing at all must follow.
 *
 *	E1. Each such line is a doubt that quotes it, before all other doubts.
 *	E2. What is told as a notice never gives the story's date.
 *	E3. What may be of the story stays in it, and is doubted all the same. A
 *	    line that is no sentence becomes no field then, but the headline
 *	    where there is no other.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/script.h"

enum {
	STATEMENT_LONGEST = 400, /* bytes; what is longer is a paragraph */
	FROM_LONGEST = 80,	 /* characters */
	SENTENCE_WORDS = 25,
	BARE_WORDS = 6, /* "Embargo until ..." of more is a headline */
	NONE_WORDS = 3,
	MOMENT_WORDS = 12,
	STORY_SHORTEST = 100
};

/* What a line says, from nothing to all. */
enum said {
	SAID_NOTHING,
	SAID_NONE,	/* "Embargo: none" */
	SAID_MAYBE,	/* it may be of the story, and stays in it */
	SAID_STATEMENT, /* it is no more than that */
};

/* A word that may be of any story. */
static const char *const bare_words[] = {"embargo", "embargó", "embargot",
    "embargotid", "sperrfrist", "sperrvermerk", "gesperrt bis", "эмбарго",
    "ембарго", "ambargo", "yayın yasağı", "εμπάργκο", "εμπαργκο", "klausul",
    "julkaisuvapaa", "hold until", "hold till", "حظر النشر", "محظور النشر",
    "يحظر النشر", "ممنوع النشر", "ممنوع من النشر", "حظر نشر", "אמברגו",
    "ممنوعیت انتشار", "新闻禁发", "新聞禁發", "禁发", "禁發", "禁止发布",
    "解禁日時", "解禁日", "解禁時間", "解禁时间", "解禁時刻", "解禁:", "解禁】",
    "解禁：", "報道解禁", "情報解禁", "エンバーゴ", "엠바고", "보도시점",
    "보도 시점", "보도일시", "एम्बार्गो", "cấm công bố"};

/* What little but a notice says. */
static const char *const sure_words[] = {"embargoed", "under embargo",
    "under strict embargo", "unter embargo", "sous embargo", "bajo embargo",
    "sob embargo", "sotto embargo", "onder embargo", "pod embargiem",
    "под эмбарго", "під ембарго", "embargado", "embargada", "embargué",
    "embargiert", "ambargolu", "embargerad", "klausuleret", "hold for release",
    "not for release", "not for publication", "not for broadcast",
    "not to be published", "not for use", "do not use before", "do not publish",
    "do not release", "no publication", "nicht veröffentlichen",
    "nicht zur veröffentlichung", "ne pas diffuser", "ne pas publier",
    "à ne pas diffuser", "à ne pas publier", "no publicar", "no difundir",
    "non pubblicare", "non diffondere", "não publicar", "não divulgar",
    "не публиковать", "не для публикации", "не публікувати", "niet publiceren",
    "niet voor publicatie", "nie publikować", "får ej publiceras",
    "får inte publiceras", "må ikke offentliggøres", "må ikke publiseres",
    "nezveřejňovat", "אין לפרסם", "請勿發布", "请勿发布"};

/* Usual above any release, and a notice only with an hour. */
static const char *const release_words[] = {"for release", "for publication",
    "for use", "frei ab", "freigegeben ab", "veröffentlichung ab",
    "veröffentlichung erst", "zur veröffentlichung nach",
    "zur veröffentlichung ab", "zur veröffentlichung am"};

static const char *const until_words =
    "|until|till|til|after|nach|après|después|dopo|após|после|після|efter|"
    "sonra|before|prior|ahead|lifts|ends|expires|bis|vor|"
    "endet|jusqu|avant|hasta|antes|fino|prima|sino|até|до|раньше|ранее|раніше|"
    "tot|voor|vóór|före|indtil|frem|før|inntil|asti|saakka|do|przed|až|před|"
    "până|înainte|μέχρι|έως|πριν|kadar|önce|حتى|قبل|لغاية|إلى|تا|עד|לפני|"
    "hingga|sampai|đến|";

/* Between the word and the day. */
static const char *const ties =
    "|on|at|or|am|um|ab|den|der|le|el|il|la|du|au|à|a|to|by|for|from|til|time|"
    "date|and|the|set|vom|as|of|o|në|na|с|в|with|effect|ist|ends|is|release|"
    "publication|use|lift|then|broadcast|fixé|às|las|los|";

static const char *const days =
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tonight|"
    "tomorrow|noon|midnight|midday|montag|dienstag|mittwoch|donnerstag|"
    "freitag|samstag|sonntag|heute|morgen|mittag|lundi|mardi|mercredi|jeudi|"
    "vendredi|samedi|dimanche|demain|midi|minuit|lunes|martes|miércoles|"
    "jueves|viernes|sábado|domingo|mañana|lunedì|martedì|mercoledì|giovedì|"
    "venerdì|sabato|domenica|domani|segunda|terça|quarta|quinta|sexta|amanhã|"
    "понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|завтра|"
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|måndag|tisdag|lördag|"
    "söndag|poniedział|wtor|środ|czwart|piąt|sobot|niedziel|"
    "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|يوم";

static const char *const none_words =
    "|none|no|immediate|kein|keine|keiner|aucun|sans|ninguno|sin|nessuno|"
    "nenhum|нет|без|немає|geen|ingen|inget|brak|yok|즉시|";

/* Words that may stand before it in a notice. */
static const char *const leads =
    "|publication|frei|für|alle|medien|médias|medios|strictly|strict|"
    "absolutely|streng|strikt|under|unter|sous|bajo|sob|es|gilt|eine|web|"
    "online|print|tv|radio|"
    "sotto|onder|with|mit|avec|con|com|news|press|media|release|report|"
    "statement|article|story|study|text|copy|draft|note|please|that|"
    "important|attention|achtung|wichtig|hinweis|pressemitteilung|meldung|"
    "communiqué|de|presse|comunicado|prensa|nota|comunicato|stampa|"
    "пресс|релиз|внимание|прес|реліз|persbericht|the|all|this|these|content|"
    "contents|information|material|following|attached|diese|dieser|dieses|"
    "ce|cet|cette|este|esta|questo|данный|этот|is|are|remains|remain|ist|sind|"
    "est|sont|es|está|é|è|bitte|beachten|sie|die|der|das|nur|merci|l|d|le|la|"
    "respecter|por|favor|respetar|el|respeitar|o|observe|respect|si|prega|di|"
    "rispettare|просьба|просим|соблюдать|";

/* How long the entry of LIST is that S starts with, as a word of its own. */
static size_t word_at(struct str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str one;
		size_t at, end;

		if (list[i][0] != s.p[0])
			continue;
		one = str_of(list[i]);
		at = end = one.n;
		if (!str_starts(s, one))
			continue;
		if (one.n == s.n || utf8_prev(one, &end) >= 0x2E80 ||
		    !letter_is_word(utf8_next(s, &at)))
			return one.n;
	}
	return 0;
}

#define WORD_AT(s, list) word_at(s, list, sizeof(list) / sizeof((list)[0]))

size_t intake_starts_embargo(struct str folded)
{
	size_t n = WORD_AT(folded, sure_words);

	n = n > 0 ? n : WORD_AT(folded, bare_words);
	return n > 0 ? n : WORD_AT(folded, release_words);
}

bool intake_is_notice_word(struct str word)
{
	enum { CASE_LONGEST = 4 }; /* bytes, of a day: "пятницу" */
	size_t n = intake_starts_with(word, days);

	return (n > 0 && word.n - n <= CASE_LONGEST) ||
	       intake_is_one_of(word, leads) || intake_is_one_of(word, ties) ||
	       intake_is_one_of(word, until_words);
}

/* P has a number that may be a day or an hour. IS_ELSE: what it is where there
 * is no number at all; a year alone is none. */
static bool has_day_number(const struct piece *p, bool is_else)
{
	struct intake_numbers d = intake_numbers(p->folded);

	for (size_t i = 0; i < d.n; i++)
		if (d.v[i].digits <= 2)
			return true;
	return d.n == 0 && is_else;
}

static bool has_clock(const struct piece *p)
{
	struct intake_numbers d = intake_numbers(p->folded);

	for (size_t i = 0; i < d.n; i++)
		if (d.v[i].is_clock)
			return true;
	return false;
}

/* S without the signs that it begins with; HAS_SIGN: one that parts. */
static struct str skip_signs(struct str s, bool *ret_has_sign)
{
	*ret_has_sign = false;
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = utf8_next(s, &at);

		if (letter_is_word(c))
			return str_from(s, from);
		*ret_has_sign |= c != ' ' && c != ',' && c != 0xA0;
	}
	return STR_NONE;
}

/* An "until", a day or an hour, with words of notices before it. */
static bool starts_day(struct str s)
{
	bool has_sign;

	s = skip_signs(s, &has_sign);
	for (size_t i = 0; i < 4 && s.n > 0; i++) {
		size_t at = 0;
		struct str word = intake_next_word(s, &at);

		if (ascii_is_digit(s.p[0]) || intake_month(word) ||
		    intake_is_one_of(word, until_words) ||
		    intake_starts_with(s, days))
			return true;
		if (!intake_is_one_of(word, ties) &&
		    !intake_is_one_of(word, leads))
			return false;
		s = skip_signs(str_from(s, at), &has_sign);
	}
	return false;
}

static bool says_moment(const struct piece *p)
{
	struct civil c;

	return intake_moment(p->folded, &c) != INTAKE_MOMENT_NONE;
}

static bool names_weekday(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		struct str word = intake_next_word(s, &at);

		if (intake_starts_with(word, days))
			return true;
	}
	return false;
}

/* What the line P says, behind an opening that may be of a story; REST begins
 * with a letter, and SIGNS stand before it. */
static enum said judge_bare(
    const struct piece *p, struct str rest, struct str signs, bool is_until)
{
	struct intake_numbers d = intake_numbers(p->folded);
	bool is_short = p->words <= BARE_WORDS;
	bool is_notice = d.n == 0 || has_clock(p) || d.months > 0 ||
			 !intake_has_other_words(p->folded);

	if (is_until && is_notice && has_day_number(p, is_short))
		return SAID_STATEMENT;
	if (is_until || (signs.n > 0 && is_short))
		return SAID_MAYBE;
	return !intake_is_ended(p->text) &&
		       (intake_has(signs, ":|：") || has_day_number(p, false) ||
			   names_weekday(rest))
		   ? SAID_MAYBE
		   : SAID_NOTHING;
}

/* What REST, behind an opening, makes of the line P; IS_BARE: the opening may
 * be of a story. */
static enum said judge(const struct piece *p, struct str rest, bool is_bare)
{
	struct str signs = rest;
	bool has_sign, is_until;
	size_t at = 0;
	struct str word;

	rest = skip_signs(rest, &has_sign);
	if (rest.n == 0)
		return SAID_STATEMENT;
	signs = has_sign ? str_part(signs, 0, signs.n - rest.n) : STR_NONE;
	word = intake_next_word(rest, &at);
	if (has_sign && p->words <= NONE_WORDS &&
	    intake_is_one_of(word, none_words))
		return SAID_NONE;
	is_until = intake_starts_with(rest, "至|到|於|于") ||
		   starts_day(rest) || (has_sign && says_moment(p));
	if (is_bare)
		return judge_bare(p, rest, signs, is_until);
	return is_until || has_sign ||
		       (p->words <= NONE_WORDS && intake_is_one_of(word, leads))
		   ? SAID_STATEMENT
		   : SAID_NOTHING;
}

/* Signs that part a line into what may be a notice, and what not. */
static bool is_parting(uint32_t c)
{
	return c == ':' || c == '|' || c == '(' || c == '[' || c == '*' ||
	       c == '/' || c == '.' || c == '!' || c == '+' || c == 0x2013 ||
	       c == 0x2014 || c == 0x3010 || c == 0xFF08 || c == 0xFF1A;
}

/* What the word at AT of the line P says; IS_OPEN: only words that may stand
 * before a notice do. */
static enum said said_at(const struct piece *p, size_t at, bool is_open)
{
	struct str s = str_from(p->folded, at);
	size_t n = WORD_AT(s, sure_words);
	enum said said;

	if (n > 0) {
		said = judge(p, str_from(s, n), false);
		return is_open || said != SAID_STATEMENT ? said : SAID_MAYBE;
	}
	n = is_open ? WORD_AT(s, bare_words) : 0;
	if (n > 0)
		return judge(p, str_from(s, n), true);
	n = is_open ? WORD_AT(s, release_words) : 0;
	return n > 0 && has_clock(p) ? judge(p, str_from(s, n), false)
				     : SAID_NOTHING;
}

/* A short line that tells from when it may be used, without any such word. */
static bool tells_from_when(const struct piece *p)
{
	static const char *const starts =
	    "nicht vor dem |nicht vor |не раньше |не ранее |not before ";
	static const char *const within =
	    "解禁】|以降に報|以降の報|以後に報|后发布|後發布|부터 보도|이후 보도";

	return p->chars <= FROM_LONGEST && has_day_number(p, false) &&
	       (intake_has(p->folded, within) ||
		   (!intake_is_ended(p->text) &&
		       intake_starts_with(p->folded, starts) > 0));
}

static enum said what_says(const struct piece *p)
{
	enum said most = tells_from_when(p) ? SAID_MAYBE : SAID_NOTHING;
	bool is_open = true, is_first = true;

	for (size_t at = 0; at < p->folded.n;) {
		size_t from = at;
		uint32_t c = utf8_next(p->folded, &at);
		struct str word;
		enum said said;

		if (letter_class_of(c) != LETTER) {
			if (is_parting(c) || (c == '-' && at < p->folded.n &&
						 p->folded.p[at] == ' ')) {
				is_first &= is_open;
				is_open = true;
			}
			continue;
		}
		said = said_at(p, from, is_open);
		/* A sentence is a notice only if it begins as one. */
		if (said == SAID_STATEMENT && intake_is_ended(p->text) &&
		    (!is_first || p->words > SENTENCE_WORDS))
			said = SAID_MAYBE;
		most = said > most ? said : most;
		at = from;
		word = intake_next_word(p->folded, &at);
		is_open = is_open && intake_is_one_of(word, leads);
	}
	return most;
}

/* --- what is made of it -------------------------------------------------- */

static void set_embargo(struct job *job, struct civil c)
{
	struct manuscript *m = &job->in.m;

	if (m->has_embargo &&
	    civil_instant(m->embargo).us >= civil_instant(c).us)
		return;
	m->has_embargo = true;
	m->embargo = c;
}

/* E1. */
static void say_embargo(struct job *job, uint32_t line, struct str text)
{
	struct civil c;
	enum intake_moment kind = intake_moment(intake_fold(job->a, text), &c);
	struct str zone = STR("the paper's own time");

	if (kind == INTAKE_MOMENT_NONE) {
		intake_warn(job, line,
		    arena_printf(job->a,
			"EMBARGO: \"%.*s\". No whole day can be read in it "
			"beyond doubt. Set the embargo before anything else, "
			"and let nothing out before it.",
			STR_ARG(text)));
		return;
	}
	set_embargo(job, c);
	if (c.has_offset)
		zone = arena_printf(job->a, "UTC%+d", (int)(c.offset_s / 3600));
	intake_warn(job, line,
	    arena_printf(job->a,
		"EMBARGO: \"%.*s\". It is read as until %04d-%02u-%02u "
		"%02u:%02u, %.*s%s. Compare it with the story's embargo.",
		STR_ARG(text), c.year, c.month, c.day, c.hour, c.minute,
		STR_ARG(zone),
		kind == INTAKE_MOMENT_DAY
		    ? ": no hour is beyond doubt, so the day's end"
		    : ""));
}

static struct piece piece_of(struct arena *a, struct str text)
{
	return (struct piece){.text = text,
	    .folded = intake_fold(a, text),
	    .chars = utf8_count(text),
	    .words = intake_count_words(text)};
}

struct str intake_without_embargo(struct arena *a, struct str subject)
{
	static const char *const ends[] = {
	    ": ", "] ", ") ", " | ", " - ", " – ", " — ", "】", "："};
	size_t first = subject.n;

	if (subject.n > STATEMENT_LONGEST)
		return subject;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct str end = str_of(ends[i]);
		size_t at = str_find_str(subject, end);
		struct piece before = piece_of(a, str_part(subject, 0, at));
		struct piece rest =
		    piece_of(a, str_trim(str_from(subject, at + end.n)));

		if (at < first && rest.chars > 12 &&
		    !has_day_number(&rest, false) &&
		    what_says(&before) == SAID_STATEMENT &&
		    what_says(&rest) == SAID_NOTHING)
			first = at + end.n;
	}
	return first < subject.n ? str_trim(str_from(subject, first)) : subject;
}

static void look_at_subject(struct job *job, uint32_t line, struct str subject)
{
	struct piece p;
	struct str rest;

	subject = intake_bare_subject(job->a, subject);
	p = piece_of(job->a, subject);
	rest = intake_without_embargo(job->a, subject);
	if (what_says(&p) >= SAID_MAYBE)
		say_embargo(job, line,
		    rest.n < subject.n
			? str_part(subject, 0, subject.n - rest.n)
			: subject);
}

/* A piece that says so is no more than that, unless it is a sentence with
 * paragraphs on both sides of it. */
/* Of a paragraph its beginning counts, and is doubted at most. */
static enum said what_begins(struct job *job, const struct piece *p)
{
	struct piece head;

	if (p->text.n <= STATEMENT_LONGEST)
		return what_says(p);
	head = piece_of(job->a, utf8_head(p->text, STATEMENT_LONGEST));
	return what_says(&head) >= SAID_MAYBE ? SAID_MAYBE : SAID_NOTHING;
}

/* "6:00" ends a line, and "PM EST" is the next. */
static void join_half(struct job *job, struct piece *p)
{
	struct piece *next = p + 1;

	if (next == job->v + job->n || next->words > 4 ||
	    !intake_starts_with(next->folded, "am|pm|a.m|p.m|a. m|p. m") ||
	    what_says(p) == SAID_NOTHING)
		return;
	next->text = arena_printf(
	    job->a, "%.*s %.*s", STR_ARG(p->text), STR_ARG(next->text));
	next->line = p->line;
	next->folded = intake_fold(job->a, next->text);
	next->chars = utf8_count(next->text);
	next->words = intake_count_words(next->text);
	*p = *next;
	next->is_gone = true;
}

static void look_at_piece(struct job *job, struct piece *p, bool is_around)
{
	enum said said;
	struct str name, value;

	join_half(job, p);
	said = what_begins(job, p);

	if (said == SAID_NOTHING)
		return;
	if (intake_mail_header(job->a, p->text, &name, &value)) {
		if (intake_header_kind(job->a, name) == INTAKE_HEADER_SUBJECT)
			look_at_subject(job, p->line, value);
		return;
	}
	if (said == SAID_STATEMENT && intake_is_ended(p->text) && !is_around &&
	    p->words > BARE_WORDS)
		said = SAID_MAYBE;
	/* "Until 12 March 2027 not for publication" */
	if (said == SAID_MAYBE && !intake_is_ended(p->text) &&
	    p->words <= MOMENT_WORDS && says_moment(p) &&
	    (has_clock(p) || !intake_has_other_words(p->folded)))
		said = SAID_STATEMENT;
	if (said == SAID_STATEMENT) {
		say_embargo(job, p->line, p->text);
	} else if (said == SAID_MAYBE) {
		p->may_hold = !intake_is_ended(p->text);
		intake_warn(job, p->line,
		    arena_printf(job->a,
			"EMBARGO? \"%.*s\". This may say that the story must "
			"wait. Set the embargo if it does.",
			STR_ARG(utf8_head(p->text, STATEMENT_LONGEST))));
		return;
	}
	p->is_gone = true;
	intake_set_aside(job, p->line,
	    said == SAID_NONE ? "note of the agency" : "embargo", p->text);
}

void intake_find_embargo(struct job *job)
{
	size_t last = 0;
	bool is_above = true;

	for (size_t i = 0; i < job->n; i++)
		if (job->v[i].chars >= STORY_SHORTEST)
			last = i;
	look_at_subject(job, 0, job->subject);
	for (size_t i = 0; i < job->n; i++) {
		if (job->v[i].is_gone)
			continue;
		look_at_piece(job, &job->v[i], is_above || i >= last);
		is_above = is_above && (job->v[i].is_gone ||
					   job->v[i].chars < STORY_SHORTEST);
	}
}
