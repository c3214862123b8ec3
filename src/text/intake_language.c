/* SPDX-License-Identifier: MIT
 *
 * The language a text is in, by its script; where several languages share one,
 * by the small words that each cannot do without, and by the letters it has
 * beyond those of all. What several languages have says so much the less for
 * each; a letter that a language does not have speaks against it.
 *
 * A text that shows no language clearly has none: the paper's is then likelier
 * right than the best of some bad guesses.
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/script.h"

static const struct profile {
	const char *tag;
	enum script script;
	const char *words;
	const char *letters; /* beyond those that all of its script have */
} profiles[] = {
    {"en", SCRIPT_LATIN,
	"the and of to in was that for with said is by it on as at from be "
	"has have were are this which not but they he she who will an his her "
	"their its been would after we or more than when",
	"é"},
    {"de", SCRIPT_LATIN,
	"der die das und ist nicht mit den von ein eine sagte im zu auf für "
	"sich dem des auch es werden wird wurde hat haben an als bei nach aus "
	"sie er einer einem einen über wie war sind noch nur vor zum zur am",
	"äöüß"},
    {"fr", SCRIPT_LATIN,
	"le la les des et est une dans du pour que qui au un en sur par il "
	"elle ce cette ne pas plus avec sont a été aux se son sa ses leur d l "
	"qu n c mais comme ont deux après de à où nous",
	"éèêàçùâîôûëïœ"},
    {"es", SCRIPT_LATIN,
	"el la los las y que en del una por con para se un es no lo al su "
	"como más ha fue sus esta este pero entre sobre años también desde "
	"cuando hasta dijo muy sin son de a ya fueron les",
	"áéíóúñü¿¡"},
    {"it", SCRIPT_LATIN,
	"il di che la una per con del della sono è non un in a le dei alla "
	"gli i da si al nel anche più come ha lo dal delle nella ma l d dell "
	"questo stato ai sul hanno essere dopo due e degli",
	"àèéìòù"},
    {"pt", SCRIPT_LATIN,
	"o os que em uma não para com do da as é um a no na se por dos das "
	"mais ao foi como ele ela mas pelo pela são sua seu também já ser tem "
	"quando disse até sobre anos de e à nos",
	"áâãàçéêíóôõú"},
    {"nl", SCRIPT_LATIN,
	"de het een en van dat niet op zijn met voor is in te aan er ook die "
	"als door wordt om naar maar bij hij ze werd over uit heeft hebben "
	"nog meer tot worden jaar zei was",
	"éëïöü"},
    {"sv", SCRIPT_LATIN,
	"och att det som en på är av för med inte den till har de i om ett "
	"var sig från vid men efter också så kan hon han eller ska under när "
	"blev säger sade mot år",
	"åäöé"},
    {"da", SCRIPT_LATIN,
	"og at det som en på er af for med ikke den til har de i om et var "
	"sig fra ved men efter også så kan hun han eller skal under når blev "
	"siger sagde mod år blive blevet nogle hvad meget mellem nu ud uden "
	"igen op deres hvor",
	"æøåé"},
    {"no", SCRIPT_LATIN,
	"og å det som en på er av for med ikke den til har de i om et var "
	"seg fra ved men etter også så kan hun han eller skal under når ble "
	"sier sa mot år bli blitt noen hva mye mellom nå ut uten igjen opp "
	"deres hvor",
	"æøåé"},
    {"fi", SCRIPT_LATIN,
	"ja on ei että se oli hän mutta ovat myös kun joka mukaan sen kuin "
	"tai jo vain niin ole mitä nyt sekä hänen jossa jotka tämä vuonna "
	"jälkeen sanoo sanoi noin kanssa vielä vuoden olisi ollut ettei siitä",
	"äöå"},
    {"pl", SCRIPT_LATIN,
	"w i na z się nie że do jest przez po od o to jak za a dla ale są był "
	"była oraz ze który która które już tym też go jego co może roku "
	"przed tylko być będzie",
	"ąćęłńóśźż"},
    {"cs", SCRIPT_LATIN,
	"a se na že je v s do který není pro o z i to jsou by ale jako po za "
	"k ve bylo byl podle také však ze od až tak při let již která které "
	"jeho si už u nebo",
	"áčďéěíňóřšťúůýž"},
    {"sk", SCRIPT_LATIN,
	"a sa na že je v s do ktorý nie pre o z aj to sú by ale ako po za k "
	"vo bolo bol podľa tiež však zo od až tak pri rokov už ktorá ktoré "
	"jeho si u alebo",
	"áäčďéíĺľňóôŕšťúýž"},
    {"hu", SCRIPT_LATIN,
	"a az és hogy nem is egy meg volt ez ki de csak már vagy mint el azt "
	"szerint még után ezt lesz ami aki amely pedig majd kell lehet minden "
	"azonban között miatt két mondta",
	"áéíóöőúüű"},
    {"ro", SCRIPT_LATIN,
	"și şi în de la a nu că cu pe din care este o un se mai pentru au "
	"sunt al ale fost dar sau ca prin după lui ei fi această acest când "
	"cel până între spus anul",
	"ăâîșțşţ"},
    {"tr", SCRIPT_LATIN,
	"ve bir bu da de için ile olarak olan çok daha gibi en kadar sonra ne "
	"var olduğu değil ama ise o her dedi söyledi yeni üzere göre ki mi "
	"iki yıl ancak tarafından",
	"çğıöşüâ"},
    {"hr", SCRIPT_LATIN,
	"i je u na se da su za od s a ne koji što bi kao će iz o do nije ali "
	"ili biti koja te bio po kako samo više nakon koje još sam sve rekao "
	"kada prije",
	"čćđšž"},
    {"ca", SCRIPT_LATIN,
	"el la els les de i que en un una per amb és del no al es va ha dels "
	"als més com són aquest aquesta ser també des seva seu hi han però l "
	"d molt fins després",
	"àçèéíïòóúü"},
    {"ru", SCRIPT_CYRILLIC,
	"и в не на что с по это как он она из для к но от за был была его о "
	"также было до у все их при года после так или только если же",
	"ёийщъыьэюя"},
    {"uk", SCRIPT_CYRILLIC,
	"і в не на що з по це як він вона із для до але від за був була його "
	"про також було у та й при року після так або тільки якщо які який",
	"ийщьюяіїєґ"},
    {"be", SCRIPT_CYRILLIC,
	"і ў не на што з па гэта як ён яна для да але ад за быў была яго пра "
	"таксама было у пры года пасля так або толькі калі які",
	"ёйыьэюяіў"},
    {"bg", SCRIPT_CYRILLIC,
	"на и да се за от в с че не са като по е ще това при до той тя ги ни "
	"но или след който която които бе беше има си са към обаче през",
	"ийщъьюя"},
    {"sr", SCRIPT_CYRILLIC,
	"и је у на се да су за од с а не који што би као ће из о до није али "
	"или бити која те био по како само више након које још",
	"ијљњћђџ"},
    {"mk", SCRIPT_CYRILLIC,
	"и на во да се за од со не е дека што ќе како до но или тој таа ги "
	"кој која кои беше има си кон по при",
	"ијљњџѓќѕ"},
    {"ar", SCRIPT_ARABIC,
	"في من على إلى أن عن التي الذي هذا هذه مع ما لا كان قال بعد قبل بين "
	"كما أو لم وقال كل غير خلال",
	"ةىيكأإؤئآ"},
    {"fa", SCRIPT_ARABIC,
	"و در به از که این را است با برای آن یک تا هم او شد بر ها خود می "
	"کرد بود گفت شده پس",
	"پچژگکیآئأ"},
    {"ur", SCRIPT_ARABIC,
	"کے میں کی ہے سے نے کو اور کا کہ پر ہیں اس یہ تھا ایک بھی جو نہیں ان "
	"کیا تو گیا کر",
	"پچژگکیٹڈڑںےہھآئ"},
};

/* Scripts that say the language alone. */
static const struct {
	enum script script;
	const char *tag;
} alone[] = {{SCRIPT_HANGUL, "ko"}, {SCRIPT_GREEK, "el"}, {SCRIPT_HEBREW, "he"},
    {SCRIPT_THAI, "th"}, {SCRIPT_GEORGIAN, "ka"}, {SCRIPT_ARMENIAN, "hy"}};

enum {
	PROFILES = sizeof(profiles) / sizeof(profiles[0]),
	LETTERS = 0x700, /* characters that may be in a profile */
	SLOTS = 2048,	 /* several times the words of one script */
	WORD_MAX = 24,	 /* bytes */
	SAMPLE_MAX = 8192,
	/* What a word and a letter weigh that one language alone has, and what
	 * one that a language does not have takes from it. */
	WEIGHT_WORD = 60,
	WEIGHT_LETTER = 30,
	WEIGHT_FOREIGN = 30,
};

_Static_assert(PROFILES <= 32, "a bit for each");

/* Which profiles of the script have a word, or a letter: a bit for each. */
struct index {
	uint32_t all;
	uint32_t letters[LETTERS];
	struct slot {
		struct str word;
		uint32_t bits;
	} slots[SLOTS];
};

static struct slot *slot_of(struct index *x, struct str word)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < word.n; i++)
		hash = (hash ^ (unsigned char)word.p[i]) * 16777619u;
	for (;; hash++) {
		struct slot *s = &x->slots[hash % SLOTS];

		if (s->word.n == 0 || str_eq(s->word, word))
			return s;
	}
}

static void add_profile(struct index *x, size_t i)
{
	struct str words = str_of(profiles[i].words);
	struct str letters = str_of(profiles[i].letters);
	uint32_t bit = UINT32_C(1) << i;

	x->all |= bit;
	while (words.p) {
		struct str word = str_cut(&words, ' ');
		struct slot *s = slot_of(x, word);

		s->word = word;
		s->bits |= bit;
	}
	for (size_t at = 0; at < letters.n;)
		x->letters[utf8_next(letters, &at) % LETTERS] |= bit;
}

static void add_to_all(long scores[static PROFILES], uint32_t bits, long n)
{
	for (size_t i = 0; i < PROFILES; i++)
		if (bits >> i & 1)
			scores[i] += n;
}

/* What those have that BITS are for is worth WEIGHT among them. */
static void add_shared(long scores[static PROFILES], uint32_t bits, long weight)
{
	if (bits)
		add_to_all(scores, bits, weight / __builtin_popcount(bits));
}

static void weigh_letter(
    const struct index *x, uint32_t c, long scores[static PROFILES])
{
	uint32_t bits = c < LETTERS ? x->letters[c] : 0;

	add_shared(scores, bits, WEIGHT_LETTER);
	if (bits || letter_class_of(c) == LETTER)
		add_to_all(scores, x->all & ~bits, -WEIGHT_FOREIGN);
}

/* Whether C is one of the letters that are worth looking at: all of Latin
 * beyond ASCII, of others those that some profile has as its own. */
static bool is_telling(const struct index *x, uint32_t c, enum script script)
{
	if (c < 0x80)
		return false;
	if (c < LETTERS && x->letters[c])
		return true;
	return script == SCRIPT_LATIN && script_of(c) == script;
}

/* A word of an address or a file's name says nothing: "example.com". */
static bool is_in_address(struct str s, size_t from, size_t to)
{
	char before = from > 0 ? s.p[from - 1] : ' ';
	char behind = to + 1 < s.n && s.p[to + 1] > ' ' ? s.p[to] : ' ';

	return before == '.' || before == '@' || before == '/' ||
	       before == '_' || behind == '@' || behind == '/' ||
	       behind == '_' || (behind == '.' && ascii_is_alpha(s.p[to + 1]));
}

/* Weighs each word of S, which is in small letters; gives how many it has. */
static size_t weigh_words(struct index *x, struct str s, enum script script,
    long scores[static PROFILES])
{
	size_t words = 0;

	for (size_t at = 0; at < s.n;) {
		size_t from = at, to = at;

		while (at < s.n) {
			uint32_t c = utf8_next(s, &at);

			if (is_telling(x, c, script))
				weigh_letter(x, c, scores);
			if (letter_class_of(c) != LETTER &&
			    letter_class_of(c) != LETTER_MARK)
				break;
			to = at;
		}
		if (to == from || is_in_address(s, from, to))
			continue;
		words++;
		if (to - from <= WORD_MAX)
			add_shared(scores,
			    slot_of(x, str_part(s, from, to - from))->bits,
			    WEIGHT_WORD);
	}
	return words;
}

/* The profile of SCRIPT that is best by far, as a tag. */
static struct str best_of(struct arena *a, struct str s, enum script script)
{
	struct index *x = ARENA_ARRAY(a, struct index, 1);
	long scores[PROFILES] = {0}, second = 0;
	size_t best = PROFILES, words;

	if (!x)
		return STR_NONE;
	for (size_t i = 0; i < PROFILES; i++)
		if (profiles[i].script == script)
			add_profile(x, i);
	words = weigh_words(x, s, script, scores);
	for (size_t i = 0; i < PROFILES; i++) {
		if (profiles[i].script != script)
			continue;
		if (best == PROFILES || scores[i] > scores[best]) {
			second = best < PROFILES ? scores[best] : 0;
			best = i;
		} else if (scores[i] > second) {
			second = scores[i];
		}
	}
	/* What a word of its own weighs, of twenty words another one, and half
	 * a word and a tenth more than what comes next. */
	if (best == PROFILES || scores[best] < WEIGHT_WORD ||
	    scores[best] < (long)words * WEIGHT_WORD / 20 ||
	    scores[best] < second + WEIGHT_WORD / 2 ||
	    scores[best] * 10 < second * 11)
		return STR_NONE;
	return str_of(profiles[best].tag);
}

struct str intake_language(struct arena *a, struct str folded)
{
	size_t count[SCRIPT_COUNT] = {0}, all = 0, kana, han;
	struct str s = utf8_head(folded, SAMPLE_MAX);
	enum script most = SCRIPT_LATIN;

	for (size_t at = 0; at < s.n;) {
		enum script script = script_of(utf8_next(s, &at));

		if (script != SCRIPT_COMMON) {
			count[script]++;
			all++;
		}
	}
	kana = count[SCRIPT_HIRAGANA] + count[SCRIPT_KATAKANA];
	han = count[SCRIPT_HAN];
	if ((kana + han) * 2 > all && all > 0)
		return kana * 5 > han ? STR("ja") : STR("zh");
	for (enum script i = SCRIPT_OTHER; i < SCRIPT_COUNT; i++)
		if (count[i] > count[most])
			most = i;
	if (count[most] * 2 <= all)
		return STR_NONE;
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		if (alone[i].script == most)
			return str_of(alone[i].tag);
	return best_of(a, s, most);
}
