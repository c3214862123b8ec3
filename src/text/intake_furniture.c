/* SPDX-License-Identifier: MIT
 *
 * What stands around a story on a page, in a mail or on a wire, told by the
 * words that a dozen languages use for it and by its shape. Everything is
 * compared in small letters.
 *
 * Four lists, by how much they may claim: what is furniture wherever it
 * stands; what is so only as a whole line, or in a line without other words,
 * for headlines begin with them, too; and what is so only above the story,
 * where a line that looks like a code or a trail is no prose. What stands
 * below it is in intake_end.c.
 */
#include "text/intake_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/script.h"

enum { LABEL_LONGEST = 60, LABEL_OF_AGENCY = 3 };

static const struct {
	const char *what;
	size_t max; /* characters; a longer piece is prose */
	const char *starts;
	const char *has;
} furniture[] = {
    {"support call", 200,
	"support us|support our|keep our newspaper|donate now|donate today|"
	"donate here|please donate|make a donation|become a supporter|"
	"unterstützen sie uns|unterstützen sie unser|unterstütze uns|"
	"soutenez-nous|soutenez notre|faites un don|apóyanos|"
	"apoya nuestro|apoya a nuestro|apoie o nosso|apoie o jornalismo|"
	"sostienici|sostieni il nostro|поддержите нас|поддержите нашу|"
	"поддержите редакцию|підтримайте нас|wesprzyj nas|wspomóż nas|"
	"ادعمنا|후원하기|후원해|支援する|ご支援ください|支持我们",
	"support us with|keep our newspaper alive|"
	"unterstützen sie uns|soutenez notre|поддержите нас|wesprzyj nas|"
	"ask you to support|whether you could support"},
    {"link to another story", 160,
	"read also|read more|also read|see also|related:|related articles|"
	"more on this|lesen sie auch|lesen sie mehr|mehr zum thema|"
	"lire aussi|à lire aussi|à lire|lea también|lee también|"
	"leia também|leggi anche|читайте также|читайте також|czytaj także|"
	"czytaj też|zobacz też|lees ook|läs också|διαβάστε ακόμη|"
	"ayrıca oku|関連ニュース|עוד בנושא|leia mais|اقرأ أيضا|관련기사|関連記事|相关阅读",
	""},
    {"subscription", 160,
	"subscribe|sign up for our|sign up for the newsletter|sign up to our|"
	"sign up now|sign up today|sign up here|already a subscriber|"
	"abonnieren sie|jetzt abonnieren|abonniere|abonnez-vous|suscríbete|"
	"suscríbase|assine|abbonati|подпишитесь|подписывайтесь|subscreva|"
	"abonneer|prenumerera|zaprenumeruj|اشترك الآن|اشترك معنا|"
	"اشترك في النشرة|اشترك في قناة|구독하기|구독하세요|구독 신청|購読する|"
	"購読はこちら",
	"our newsletter|unseren newsletter|notre newsletter|"
	"nuestro boletín|nossa newsletter|нашу рассылку|на рассылку|"
	"有料会員記事"},
    {"copyright line", 160,
	"©|copyright ©|copyright (c)|copyright 1|copyright 2|copyright by|"
	"copyright:|(c) 20|alle rechte vorbehalten|all rights reserved|"
	"tous droits réservés|todos los derechos reservados|"
	"todos os direitos reservados|wszelkie prawa zastrzeżone|"
	"все права защищены|جميع الحقوق محفوظة|저작권자|ⓒ|無断転載",
	"all rights reserved|alle rechte vorbehalten|무단전재"},
    {"mail signature", 60,
	"sent from my|von meinem iphone|von meinem ipad|von meinem samsung|"
	"von meinem mobil|von meinem handy|von meinem smartphone|"
	"von meinem android|envoyé de mon|enviado desde mi|"
	"inviato da iphone|inviato da ipad|inviato da outlook|"
	"inviato dal mio|enviado do meu|отправлено с |wysłane z |"
	"verzonden vanaf",
	"iphone'umdan gönderildi|iphone’umdan gönderildi|"
	"telefonumdan gönderildi"},
    {"privacy notice", 300, "privacy notice|datenschutzhinweis", ""},
    {"note of the print edition", 200,
	"a version of this article appears|"
	"a version of this article appeared",
	""},
    {"note for editors", 200, "editors: ", ""},
    {"note of the agency", 200,
	"eds: |eds.: ", " contributed to this report|-writethru"},
    {"note of the agency", 60,
	"mit material von|with material from|with reporting by|"
	"avec afp|(avec afp|con información de|com lusa|"
	"по материалам|z materiałów",
	""},
    {"call to report errors", 120,
	"нашли ошибку|spotted an error|fehler gefunden|signaler une erreur",
	""},
    {"navigation", 90, "home >|home »|start >|главная >|startseite",
	" > news > | » news » "},
    {"navigation", 22,
	"skip to |zum inhalt|aller au contenu|"
	"ir al contenido|ir para o conteúdo|vai al contenuto|ga naar |gå till |"
	"saltar al |przejdź do|перейти к|本文へ|تخطى إلى",
	""},
    {"note of the encyclopedia", 60, "from the free encyclopedia",
	"from wikipedia, the free"},
    {"reading time", 40,
	"reading time|lesezeit|temps de lecture|tiempo de lectura|"
	"tempo de leitura|tempo di lettura|время чтения",
	" min read| minute read| min. lesezeit"},
};

/* Furniture only as the whole line. */
static const struct {
	const char *what;
	const char *lines;
} whole[] = {
    {"newsletter",
	"|newsletter|newsletters|newsletter abonnieren|newsletter bestellen|"
	"newsletter anmelden|newsletter-anmeldung|newsletter anmeldung|"
	"newsletter sign-up|newsletter sign up|newsletter signup|"},
    {"navigation",
	"|search|home|start|menu|main menu|sections|close|back|next|"
	"log in|sign in|دخول|войти|zaloguj|zaloguj się|로그인|ログイン|"
	"boletín|boletines|donate|copyright|"
	"suche|suchen|anmelden|einloggen|registrieren|menü|zurück|"
	"rechercher|recherche|accueil|se connecter|connexion|s’abonner|"
	"s'abonner|s’identifier|rubriques|"
	"buscar|inicio|portada|iniciar sesión|regístrate|secciones|"
	"pesquisar|início|entrar|iniciar sessão|assinar|seções|secções|"
	"cerca|accedi|registrati|sezioni|menù|abbonati|"
	"поиск|главная|подписаться|вход|регистрация|разделы|меню|"
	"пошук|головна|увійти|підписатися|"
	"szukaj|strona główna|zarejestruj się|"
	"zoeken|inloggen|voorpagina|sök|logga in|hem|"
	"ara|giriş yap|ana sayfa|üye ol|"
	"αναζήτηση|αρχική|σύνδεση|بحث|الرئيسية|تسجيل الدخول|القائمة|"
	"חיפוש|ראשי|התחברות|"
	"検索|会員登録|メニュー|ホーム|검색|회원가입|홈|搜索|登录|首页|"},
    {"notice to subscribers",
	"|subscribers only|premium|exclusive|members only|"
	"nur für abonnenten|plus|exklusiv|"
	"article réservé aux abonnés|réservé aux abonnés|abonnés|"
	"offrir l’article|offrir l'article|"
	"exclusivo para assinantes|exclusivo|solo para suscriptores|"
	"contenido exclusivo|riservato agli abbonati|solo per abbonati|"
	"только для подписчиков|tylko dla prenumeratorów|"
	"有料会員限定記事|有料会員限定|会員限定|유료회원 전용|"},
    {"share button",
	"|share full article|gift article|save|listen|print|email|"
	"speichern|anhören|écouter|guardar|escuchar|salvar|ouvir|salva|"
	"ascolta|bewaren|zapisz|сохранить|слушать|保存|"},
    {"label of a date",
	"|published|updated|last updated|posted|veröffentlicht|"
	"aktualisiert|publié|mis à jour|publicado|actualizado|atualizado|"
	"pubblicato|aggiornato|опубликовано|обновлено|opublikowano|"
	"gepubliceerd|公開|更新|"},
    {"note of the agency",
	"|urgent|bulletin|flash|advisory|for immediate release|"
	"for release|press release|news release|zur sofortigen "
	"veröffentlichung|pressemitteilung|communiqué de presse|"
	"comunicado de prensa|nota de prensa|nota de imprensa|"
	"comunicato stampa|пресс-релиз|informacja prasowa|persbericht|"
	"pressmeddelande|срочно|молния|"},
    {"advertisement", "|skip advertisement|ad|pub|werbung|"},
    {"end mark", "|###|# # #|___|-30-|- 30 -|* * *|***|ende|end|ends|fin|"},
};

/* Furniture where the line has no other words. */
static const struct {
	const char *what;
	const char *words;
	const char *others; /* beside one of these */
} labels[] = {
    {"share button",
	"|share|tweet|facebook|whatsapp|telegram|twitter|linkedin|pinterest|"
	"reddit|teilen|partager|compartir|compartilhar|condividi|поделиться|"
	"udostępnij|شارك|공유|공유하기|シェア|シェアする|ツイート|分享|分享到|"
	"partilhar|deel|delen|dela|paylaş|drucken|imprimir|imprimer|merken|link|",
	"|on|via|by|this|with|the|a|to|and|or|article|story|page|post|friends|"
	"email|e|mail|print|save|copy|auf|per|mit|den|diesen|artikel|sur|par|"
	"cet|cette|en|por|em|este|esta|artículo|artigo|nota|su|questo|articolo|"
	"в|с|друзьями|na|artykuł|op|dit|notícia|noticia|beitrag|på|x|المقال|على|微信|微博|朋友圈|"},
    {"advertisement",
	"|advertisement|ad|ads|anzeige|werbung|publicité|publicidad|"
	"publicidade|pubblicità|реклама|reklama|إعلان|광고|広告|广告|sponsored|"
	"advertorial|",
	"|skip|scroll|to|continue|content|by|story|continues|below|your|"
	"article|with|this|"},
    {"comment count",
	"|comments|comment|kommentare|kommentar|commentaires|commentaire|"
	"comentarios|comentario|comentários|комментарии|комментария|"
	"комментариев|комментарий|komentarze|komentarzy|تعليقات|تعليق|댓글|"
	"reacties|reactie|תגובות|σχόλια|",
	"|leave|a|an|view|show|see|read|all|add|post|your|no|the|join|alle|"
	"anzeigen|lesen|schreiben|keine|lire|les|aucun|laisser|un|ver|los|"
	"todos|deja|tu|sin|deixe|seu|оставить|все|нет|dodaj|brak|plaats|개|"},
    {"note of the agency",
	"|achtung|wiederholung|zusammenfassung|foto|fotos|bild|photo|photos|"
	"release|pressemitteilung|communiqué|comunicado|comunicato|релиз|",
	"|redaktion|redaktionen|neu|mit|with|con|avec|und|and|grafik|uhr|news|"
	"press|media|for|immediate|zur|sofortigen|veröffentlichung|de|presse|"
	"pour|diffusion|immédiate|prensa|imprensa|para|publicación|inmediata|"
	"stampa|пресс|"},
};

/* All words of P are of label I. */
static bool is_label(const struct piece *p, size_t i)
{
	bool has_one = false;

	for (size_t at = 0; at < p->folded.n;) {
		struct str word = intake_next_word(p->folded, &at);
		bool is_one = intake_is_one_of(word, labels[i].words);

		if (word.n > 0 && !is_one &&
		    !intake_is_one_of(word, labels[i].others))
			return false;
		has_one |= is_one;
	}
	return has_one;
}

/* An answer of a story: "No comment." */
static bool is_no_comment(const struct piece *p)
{
	return intake_has(p->folded, "no comment") &&
	       str_find(p->text, '.') < p->text.n;
}

/* The name of a wire's story; one that ends as a sentence is one. */
static bool is_slug(const struct piece *p)
{
	return p->chars <= 200 && str_starts(p->folded, STR("bc-")) &&
	       !intake_is_ended(p->text);
}

/* S starts with an entry of LIST, and no letter goes on its last word. */
static bool starts_with_words(struct str s, const char *list)
{
	size_t at = intake_starts_with(s, list), end = at;
	uint32_t last;

	if (at == 0 || at == s.n)
		return at > 0;
	last = utf8_prev(str_part(s, 0, at), &end);
	return last >= 0x2E80 || letter_class_of(last) != LETTER ||
	       letter_class_of(utf8_next(s, &at)) == LETTER_NONE;
}

/* A notice of cookies also says what is done about them. */
static bool is_cookie_notice(const struct piece *p)
{
	return p->chars <= 300 &&
	       intake_has(p->folded,
		   "cookies|файлы cookie|ملفات تعريف الارتباط|クッキー") &&
	       intake_has(p->folded,
		   "we use|this site|this website|our site|our website|accept|"
		   "consent|privacy|browser|verwenden|nutzen|zustimm|"
		   "akzeptier|utilis|nous et|usamos|utilizamos|utiliza |"
		   "utilizza|aceptar|aceitar|accett|site|sitio|używamy|"
		   "korzystamy|strona|используем|сайт|gebruik|använder|bruger|"
		   "kullan|نستخدم|موقع|使用|当サイト|同意|사이트");
}

/* Below a mail, for whom it is meant. */
static bool is_secrecy_notice(const struct piece *p)
{
	static const char *const starts =
	    "aviso legal|this e-mail and|this email and|this message and|"
	    "this message is intended|diese e-mail enthält|ce message et|"
	    "ce message est|este mensaje y|este correo|esta mensagem|"
	    "questo messaggio|настоящее сообщение|это сообщение и|"
	    "this e-mail is confidential|this email is confidential|"
	    "this message is confidential|this e-mail is intended|"
	    "this email is intended|this e-mail may contain|"
	    "this email may contain|this communication is|disclaimer:|"
	    "confidentiality notice|vertraulichkeitshinweis";
	static const char *const words =
	    "confiden|intended|recipient|addressee|privileged|disclaim|"
	    "vertraulich|empfänger|destinat|réservé| legal|riservat|"
	    "конфиденциал|получател|адресат";

	return p->chars <= 900 && starts_with_words(p->folded, starts) &&
	       intake_has(p->folded, words);
}

bool intake_is_one_of(struct str s, const char *lines)
{
	char key[96] = "|";
	struct str list = str_of(lines);

	if (s.n == 0 || s.n > sizeof(key) - 2)
		return false;
	memcpy(key + 1, s.p, s.n);
	key[s.n + 1] = '|';
	return str_find(s, '|') == s.n &&
	       str_find_str(list, (struct str){key, s.n + 2}) < list.n;
}

static struct str bare_line(struct str s)
{
	while (s.n > 0 && (s.p[s.n - 1] == ':' || s.p[s.n - 1] == ',' ||
			      ascii_is_space(s.p[s.n - 1])))
		s.n--;
	return s;
}

bool intake_is_line(const struct piece *p, const char *lines)
{
	return p->chars > 1 && intake_is_one_of(bare_line(p->folded), lines);
}

bool intake_is_sure_furniture(const char *what)
{
	return intake_is_one_of(str_of(what),
	    "|copyright line|notice of secrecy|note of the print edition|"
	    "note of the agency|reading time|end mark|");
}

const char *intake_furniture(const struct piece *p)
{
	for (size_t i = 0; i < sizeof(furniture) / sizeof(furniture[0]); i++)
		if (p->chars <= furniture[i].max &&
		    (starts_with_words(p->folded, furniture[i].starts) ||
			intake_has(p->folded, furniture[i].has)))
			return furniture[i].what;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (intake_is_line(p, whole[i].lines))
			return whole[i].what;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]) - 1; i++)
		if (p->chars <= LABEL_LONGEST && is_label(p, i) &&
		    !is_no_comment(p))
			return labels[i].what;
	if (is_slug(p))
		return "note of the agency";
	if (is_cookie_notice(p))
		return "cookie notice";
	if (is_secrecy_notice(p))
		return "notice of secrecy";
	if (p->chars < 90 && (str_ends(p->folded, STR("wrote:")) ||
				 str_ends(p->folded, STR("schrieb:")) ||
				 str_ends(p->folded, STR("a écrit :")) ||
				 str_ends(p->folded, STR("escribió:"))))
		return "quoted mail";
	return NULL;
}

/* "-----Original Message-----", and the line that mail programs write above
 * what they quote: a day, an address, and a colon at the end. */
bool intake_starts_answered(const struct piece *p)
{
	static const char *const originals =
	    "original message|ursprüngliche nachricht|message d'origine|"
	    "message d’origine|message original|mensaje original|"
	    "mensagem original|messaggio originale|исходное сообщение|"
	    "oorspronkelijk bericht|oprindelig meddelelse|"
	    "opprinnelig melding|ursprungligt meddelande|alkuperäinen viesti|"
	    "wiadomość oryginalna|původní zpráva|původná správa|"
	    "eredeti üzenet|mesaj original|orijinal mesaj|αρχικό μήνυμα|"
	    "оригинално съобщение|원본 메시지|الرسالة الأصلية";
	bool has_digit = false;

	if (p->chars <= 80 && str_starts(p->text, STR("---")))
		return intake_has(p->folded, originals);
	for (size_t i = 0; i < p->text.n && i < 400; i++)
		has_digit |= ascii_is_digit(p->text.p[i]);
	return has_digit && p->chars <= 200 && str_ends(p->text, STR(":")) &&
	       intake_has_address(p->text);
}

bool intake_starts_passed_on(const struct piece *p)
{
	static const char *const lines =
	    "forwarded message|weitergeleitete nachricht|message transféré|"
	    "mensaje reenviado|mensagem encaminhada|mensagem reencaminhada|"
	    "messaggio inoltrato|doorgestuurd bericht|"
	    "vidarebefordrat meddelande|videresendt meddelelse|"
	    "videresendt melding|välitetty viesti|przekazana wiadomość|"
	    "wiadomość przekazana|přeposlaná zpráva|preposlaná správa|"
	    "továbbított üzenet|mesaj redirecționat|iletilen mesaj|"
	    "προωθημένο μήνυμα|препратено съобщение|пересылаемое сообщение|"
	    "пересланное сообщение|переслане повідомлення|"
	    "转发的邮件|转发邮件|轉寄郵件|転送メッセージ|전달된 메시지|"
	    "הודעה שהועברה|رسالة معاد توجيهها";
	static const char *const starts =
	    "begin forwarded message|anfang der weitergeleiteten nachricht|"
	    "début du message transféré|début du message réexpédié|"
	    "inicio del mensaje reenviado|início da mensagem encaminhada|"
	    "início da mensagem reencaminhada|inizio messaggio inoltrato|"
	    "begin doorgestuurd bericht|начало переадресованного сообщения";

	return p->chars <= 80 &&
	       (str_starts(p->text, STR("---"))
		       ? intake_has(p->folded, lines)
		       : intake_starts_with(p->folded, starts) > 0);
}

/* --- above the story ------------------------------------------ */

/* Something@something: a person's address, which no reader is to see. */
bool intake_has_address(struct str s)
{
	for (size_t i = 1; i + 1 < s.n; i++)
		if (s.p[i] == '@' && !ascii_is_space(s.p[i - 1]) &&
		    (ascii_is_alpha(s.p[i + 1]) || ascii_is_digit(s.p[i + 1])))
			return true;
	return false;
}

/* "Home › News › Rivers": short parts with signs between them. Of the signs
 * that headlines use too ("/", "|"), only with parts of a word or two. */
static bool is_trail(const struct piece *p)
{
	static const char *const signs[] = {
	    " › ", " » ", " > ", " → ", " / ", " | "};

	if (p->chars > 90 || intake_is_ended(p->text))
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		struct str sign = str_of(signs[i]), rest = p->folded;
		size_t most = 0, parts = 0;

		for (size_t n = 0; rest.n > 0; parts++) {
			size_t words = 0;
			struct str part;

			n = str_find_str(rest, sign);
			part = str_part(rest, 0, n);
			while (part.p)
				words += str_cut(&part, ' ').n > 0;
			most = words > most ? words : most;
			rest = str_from(rest, n + sign.n);
		}
		if (parts > 1 && most <= (i < 4 ? 4u : 2u))
			return true;
	}
	return false;
}

/* A wire's marks of its own: CWS1234, "bfk0123 3 pl 150", "121530 Mär 26". */
bool intake_is_code(const struct piece *p)
{
	struct str rest = p->text;
	size_t words = 0, mixed = 0, numbers = 0, longest = 0, at = 0;
	uint32_t first = rest.n > 0 ? utf8_next(rest, &at) : 0;

	if (p->chars > 50 || p->words > 8)
		return false;
	while (rest.p) {
		struct str word = str_cut(&rest, ' ');
		size_t digits = 0, letters = 0;

		for (size_t i = 0; i < word.n; i++) {
			digits += ascii_is_digit(word.p[i]);
			letters += ascii_is_alpha(word.p[i]);
		}
		if (digits + letters < word.n &&
		    utf8_count(word) != digits + letters + 1)
			return false;
		words += word.n > 0;
		mixed += digits > 0 && letters > 0;
		numbers += digits > 0 && letters == 0;
		longest = letters > longest ? letters : longest;
	}
	if (words == 1)
		return (mixed || numbers) && !intake_is_ended(p->text);
	if (longest > 4 || (mixed > 0 && words < 3))
		return false;
	/* "What the G7 want" is a headline, "ufr mk yyni n1 lat" is none. */
	return (mixed + numbers) * 2 >= words ||
	       (mixed > 0 && !letter_is_capital(first));
}

static bool has_digit(const struct piece *p)
{
	for (size_t i = 0; i < p->text.n; i++)
		if (ascii_is_digit(p->text.p[i]))
			return true;
	return false;
}

/* "2 hours ago" in the languages that say it in few words. */
static bool is_time_ago(const struct piece *p)
{
	enum { WORDS_MOST = 3 }; /* behind more of them a headline goes on */

	return has_digit(p) && p->chars <= 40 && p->words <= 6 &&
	       (str_ends(p->folded, STR(" ago")) ||
		   str_ends(p->folded, STR(" назад")) ||
		   str_ends(p->folded, STR(" temu")) ||
		   str_ends(p->folded, STR(" fa")) ||
		   str_ends(p->folded, STR(" geleden")) ||
		   str_ends(p->folded, STR("前")) ||
		   str_ends(p->folded, STR(" 전")) ||
		   intake_starts_with(p->folded, "il y a ") ||
		   (p->words <= WORDS_MOST &&
		       intake_starts_with(
			   p->folded, "vor |hace |há |قبل |منذ |לפני ")));
}

static bool is_greeting(const struct piece *p)
{
	static const char *const starts =
	    "sehr geehrte|liebe |lieber |guten tag|hallo|dear |hello|hi |hi,|"
	    "good morning|bonjour|madame|monsieur|chers |chère|cher |"
	    "buenos días|buenas tardes|estimad|hola|bom dia|boa tarde|"
	    "prezad|caros|caro |gentile|gentili|buongiorno|egregi|"
	    "добрый день|здравствуйте|уважаемы|добрый вечер|dzień dobry|"
	    "szanown|witam|geachte|beste |hej|bästa |sayın|merhaba|"
	    "αγαπητ|καλημέρα|تحية|السلام عليكم|שלום|お世話になって|안녕하세요";
	size_t at = p->text.n;
	uint32_t last = utf8_prev(p->text, &at);

	return p->chars <= 60 && p->words <= 7 &&
	       intake_starts_with(p->folded, starts) > 0 &&
	       (last == ',' || last == ':' || last == '!' || p->words <= 2);
}

static bool is_covering_note(const struct piece *p)
{
	return p->chars <= 200 && intake_is_ended(p->text) &&
	       (str_starts(p->folded, STR("ekte ")) ||
		   intake_has(p->folded,
		       "anbei |im anhang |adjunt|please find|find attached|"
		       "is attached|ci-joint|en pièce jointe|em anexo|"
		       "in allegato|направляем |прилагаем |во вложении|"
		       "w załączeniu|w załączniku|bijgaand|in de bijlage|bifogat|"
		       " ekte |添付")) &&
	       intake_has(p->folded,
		   "press|comuni|communiqu|release|mitteilung|nota |note|"
		   "релиз|сообщение|informacj|persbericht|bülten|プレス|"
		   "text|texto|texte|testo|article|artikel|artícul");
}

const char *intake_front_furniture(const struct piece *p)
{
	static const char *const changed =
	    "last modified|last updated|updated |aktualisiert|stand: |"
	    "mis à jour|actualizado|atualizado|aggiornato|обновлено|"
	    "zaktualizowano|bijgewerkt|uppdaterad|更新";
	static const char *const desks =
	    "foto ab |fotos ab |contact:|media contact|press contact|kontakt:|"
	    "importance:|importancia:|priorität:|wichtigkeit:|важность:|"
	    "begin forwarded|attachments:|anlagen:|adjuntos:|pièces jointes";

	if (is_trail(p))
		return "navigation";
	if (p->chars <= 60 && intake_starts_with(p->folded, changed) &&
	    (p->words <= 3 || has_digit(p)))
		return "date of a change";
	if (p->chars <= LABEL_LONGEST && is_label(p, LABEL_OF_AGENCY))
		return "note of the agency";
	if (p->chars <= 60 && intake_starts_with(p->folded, desks))
		return "note of the agency";
	if (p->chars <= 60 && str_ends(p->text, STR("/")))
		return "note of the agency";
	if (p->chars <= 60 && str_starts(p->text, STR("(")) &&
	    str_find(p->text, ')') == p->text.n - 1)
		return "note of the agency";
	if (intake_is_code(p))
		return "code";
	if (is_time_ago(p))
		return "label of a date";
	if (is_greeting(p))
		return "greeting";
	if (is_covering_note(p))
		return "covering note";
	if (p->chars <= 160 && intake_has_address(p->text))
		return "address";
	if (str_starts(p->text, STR("----")))
		return "quoted mail";
	return NULL;
}

/* --- mail --------------------------------------------------------------- */

/* As programs name them in the language of their reader; two names of one line
 * stand side by side. */
static const char *const subject_names =
    "|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|"
    "temat|předmět|predmet|naslov|tárgy|subiect|subiectul|teema|temats|tema|"
    "konu|тема|относно|предмет|наслов|θέμα|"
    "الموضوع|موضوع|נושא|विषय|件名|제목|主题|主旨|主題|subjek|perihal|chủ đề|"
    "tiêu đề|เรื่อง|หัวเรื่อง|";

static const char *const date_names =
    "|date|sent|datum|gesendet|date d’envoi|date d'envoi|envoyé|fecha|"
    "enviado el|enviado|enviada em|enviada|data|inviato|verzonden|skickat|"
    "dato|sendt|päivämäärä|lähetetty|data wysłania|wysłano|odesláno|dátum|"
    "odoslané|poslano|elküldve|küldve|dată|trimis|saadetud|kuupäev|nosūtīts|"
    "išsiųsta|tarih|gönderildi|gönderilen|gönderme tarihi|"
    "дата|отправлено|дата отправки|надіслано|дата надсилання|изпратено|"
    "датум|послато|ημερομηνία|στάλθηκε|εστάλη|"
    "التاريخ|تم الإرسال|تاريخ الإرسال|تاریخ|ارسال شده|תאריך|נשלח|"
    "दिनांक|तारीख|भेजा गया|日時|送信日時|日付|보낸 날짜|날짜|"
    "发送时间|发件时间|发送日期|日期|寄件日期|傳送時間|tanggal|dikirim|ngày|"
    "đã gửi|đã gởi|วันที่|ส่ง|";

static const char *const other_names =
    "|from|to|cc|bcc|reply-to|message-id|received|mime-version|content-type|"
    "content-transfer-encoding|return-path|user-agent|x-mailer|importance|"
    "attachments|"
    "von|an|kopie|priorität|wichtigkeit|anlagen|de|à|pièces jointes|para|"
    "importancia|adjuntos|anexos|da|a|allegati|van|aan|från|till|kopia|"
    "fra|til|kopi|kopi til|lähettäjä|vastaanottaja|kopio|od|do|dw|"
    "odesílatel|komu|kópia|šalje|prima|za|kopija|feladó|címzett|"
    "másolat|másolatot kap|expeditor|de la|către|saatja|saaja|koopia|"
    "kam|kopā|kimden|gönderen|kime|alıcı|bilgi|"
    "от|кому|копия|важность|вложения|від|від кого|копія|до|за|копие|"
    "από|προς|κοιν.|κοινοποίηση|"
    "من|إلى|نسخة|نسخة إلى|از|به|رونوشت|מאת|אל|עותק|प्रेषक|प्रति|प्रतिलिपि|"
    "差出人|送信者|宛先|보낸 사람|보낸사람|받는 사람|받는사람|참조|"
    "发件人|收件人|抄送|寄件者|寄件人|收件者|副本|dari|kepada|ke|"
    "tembusan|từ|người gửi|đến|tới|จาก|ถึง|สำเนา|";

static enum intake_header kind_of(struct str folded)
{
	if (intake_is_one_of(folded, subject_names))
		return INTAKE_HEADER_SUBJECT;
	return intake_is_one_of(folded, date_names) ? INTAKE_HEADER_DATE
						    : INTAKE_HEADER_OTHER;
}

enum intake_header intake_header_kind(struct arena *a, struct str name)
{
	return kind_of(intake_fold(a, name));
}

bool intake_field(struct str line, struct str *ret_name, struct str *ret_value)
{
	size_t n = str_find(line, ':');
	struct str wide = str_part(line, 0, 60), name, value;
	size_t colon = str_find_str(wide, STR("："));
	size_t skip = 1;

	if (colon < n && colon < wide.n) {
		n = colon;
		skip = 3;
	}
	if (n == 0 || n > 40 || n >= line.n)
		return false;
	name = str_trim(str_part(line, 0, n));
	while (str_ends(name, STR("\xC2\xA0")))
		name = str_trim(str_part(name, 0, name.n - 2));
	value = str_trim(str_from(line, n + skip));
	if (str_starts(name, STR("*")) && str_starts(value, STR("*"))) {
		name = str_from(name, 1);
		value = str_trim(str_from(value, 1));
	}
	*ret_name = name;
	*ret_value = value;
	return name.n > 0;
}

bool intake_mail_header(struct arena *a, struct str line, struct str *ret_name,
    struct str *ret_value)
{
	struct str name, value, folded;

	if (!intake_field(line, &name, &value))
		return false;
	folded = intake_fold(a, name);
	if (!intake_is_one_of(folded, other_names) &&
	    kind_of(folded) == INTAKE_HEADER_OTHER)
		return false;
	*ret_name = name;
	*ret_value = value;
	return true;
}
