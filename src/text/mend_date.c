/* SPDX-License-Identifier: MIT
 *
 * Dates as languages write them in a sentence, the month in the case that a
 * date takes. Those that the newsroom's pages speak are asked of them (struct
 * mend_known); the others, of which no page is made, stand here. See
 * mend_priv.h.
 */
#include "text/mend_priv.h"

#include "base/must.h"
#include "text/script.h"

/* %d the day, %M the month, %Y the year, %B that of the Buddha. FIRST: how the
 * first of a month is counted; NULL: as any other. */
static const struct {
	const char *tag;
	const char *form;
	const char *first;
	const char *months[12];
} dates[] = {
    {"it", "%d %M %Y", "1º",
	{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio",
	    "agosto", "settembre", "ottobre", "novembre", "dicembre"}},
    {"pt", "%d de %M de %Y", "1º",
	{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho",
	    "agosto", "setembro", "outubro", "novembro", "dezembro"}},
    {"uk", "%d %M %Y року", NULL,
	{"січня", "лютого", "березня", "квітня", "травня", "червня", "липня",
	    "серпня", "вересня", "жовтня", "листопада", "грудня"}},
    {"pl", "%d %M %Y roku", NULL,
	{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca",
	    "sierpnia", "września", "października", "listopada", "grudnia"}},
    {"nl", "%d %M %Y", NULL,
	{"januari", "februari", "maart", "april", "mei", "juni", "juli",
	    "augustus", "september", "oktober", "november", "december"}},
    {"sv", "%d %M %Y", NULL,
	{"januari", "februari", "mars", "april", "maj", "juni", "juli",
	    "augusti", "september", "oktober", "november", "december"}},
    {"nb", "%d. %M %Y", NULL,
	{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august",
	    "september", "oktober", "november", "desember"}},
    {"da", "%d. %M %Y", NULL,
	{"januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
	    "september", "oktober", "november", "december"}},
    {"fi", "%d. %M %Y", NULL,
	{"tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta",
	    "kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta",
	    "marraskuuta", "joulukuuta"}},
    {"cs", "%d. %M %Y", NULL,
	{"ledna", "února", "března", "dubna", "května", "června", "července",
	    "srpna", "září", "října", "listopadu", "prosince"}},
    {"sk", "%d. %M %Y", NULL,
	{"januára", "februára", "marca", "apríla", "mája", "júna", "júla",
	    "augusta", "septembra", "októbra", "novembra", "decembra"}},
    {"sl", "%d. %M %Y", NULL,
	{"januarja", "februarja", "marca", "aprila", "maja", "junija", "julija",
	    "avgusta", "septembra", "oktobra", "novembra", "decembra"}},
    {"bg", "%d %M %Y година", NULL,
	{"януари", "февруари", "март", "април", "май", "юни", "юли", "август",
	    "септември", "октомври", "ноември", "декември"}},
    {"he", "%d ב%M %Y", NULL,
	{"ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט",
	    "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"}},
    {"tr", "%d %M %Y", NULL,
	{"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz",
	    "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"}},
    {"el", "%d %M %Y", NULL,
	{"Ιανουαρίου", "Φεβρουαρίου", "Μαρτίου", "Απριλίου", "Μαΐου", "Ιουνίου",
	    "Ιουλίου", "Αυγούστου", "Σεπτεμβρίου", "Οκτωβρίου", "Νοεμβρίου",
	    "Δεκεμβρίου"}},
    {"fa", "%d %M %Y", NULL,
	{"ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت",
	    "سپتامبر", "اکتبر", "نوامبر", "دسامبر"}},
    {"hi", "%d %M %Y", NULL,
	{"जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर",
	    "अक्टूबर", "नवंबर", "दिसंबर"}},
    {"th", "%d %M %B", NULL,
	{"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม",
	    "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"}},
    {"ja", "%Y年%m月%d日", NULL, {0}},
    {"zh", "%Y年%m月%d日", NULL, {0}},
};

static void put_date(struct buf *b, size_t row, struct civil day)
{
	must(day.month >= 1 && day.month <= 12);
	for (const char *p = dates[row].form; *p; p++) {
		if (*p != '%') {
			buf_char(b, *p);
			continue;
		}
		p++;
		if (*p == 'M')
			buf_add(b, str_of(dates[row].months[day.month - 1]));
		else if (*p == 'd' && day.day == 1 && dates[row].first)
			buf_add(b, str_of(dates[row].first));
		else
			buf_printf(b, "%d",
			    *p == 'Y'	? day.year
			    : *p == 'B' ? day.year + 543
			    : *p == 'm' ? day.month
					: day.day);
	}
}

bool mend_date(const struct mend_job *j, struct buf *b, struct civil day)
{
	struct str tag = lang_same(j->tag, STR("no")) ? STR("nb") : j->tag;

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		if (lang_same(tag, str_of(dates[i].tag))) {
			put_date(b, i, day);
			return true;
		}
	return j->known->day && j->known->day(b, j->tag, day);
}
