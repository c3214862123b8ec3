/* SPDX-License-Identifier: MIT
 *
 * The views that the golden pages are made from: a few days of The Port Lune
 * Farthing, a newspaper of a town that does not exist. Bodies are built in the
 * arena of the test.
 */
#ifndef PAGE_TEST_FIXTURE_H
#define PAGE_TEST_FIXTURE_H

#include "base/arena.h"
#include "page/view.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define LINKS(a)                                                               \
	{                                                                      \
		(a), COUNT(a)                                                  \
	}

static inline struct civil at(int year, int month, int day, int hour, int min)
{
	return (struct civil){
	    .year = year,
	    .month = (uint8_t)month,
	    .day = (uint8_t)day,
	    .hour = (uint8_t)hour,
	    .minute = (uint8_t)min,
	    .has_time = true,
	    .has_offset = true,
	    .offset_s = 3600,
	};
}

/* Trees: make a node, hang nodes into it. */
static inline struct node *make(struct arena *a, enum node_kind kind)
{
	struct node *n = ARENA_NEW(a, struct node);

	assert_non_null(n);
	n->kind = kind;
	return n;
}

static inline struct node *hang(struct node *parent, struct node *child)
{
	struct node **at = &parent->child;

	while (*at)
		at = &(*at)->next;
	*at = child;
	return child;
}

static inline struct node *words(
    struct arena *a, struct node *parent, const char *text)
{
	struct node *n = hang(parent, make(a, NODE_TEXT));

	n->text = str_of(text);
	return n;
}

static inline struct node *block(
    struct arena *a, struct node *parent, enum node_kind kind, const char *text)
{
	struct node *n = hang(parent, make(a, kind));

	words(a, n, text);
	return n;
}

static inline struct node *para(
    struct arena *a, struct node *parent, const char *text)
{
	return block(a, parent, NODE_PARAGRAPH, text);
}

static inline struct node *heading(
    struct arena *a, struct node *parent, uint32_t level, const char *text)
{
	struct node *n = block(a, parent, NODE_HEADING, text);

	n->number = level;
	return n;
}

static inline void note_mark(
    struct arena *a, struct node *parent, uint32_t number, uint32_t reference)
{
	struct node *n = hang(parent, make(a, NODE_NOTE));

	n->number = number;
	n->references = reference;
}

static inline struct node *link_to(
    struct arena *a, struct node *parent, const char *url, const char *text)
{
	struct node *n = hang(parent, make(a, NODE_LINK));

	n->url = str_of(url);
	words(a, n, text);
	return n;
}

static inline void table_row(
    struct arena *a, struct node *table, const char *one, const char *two)
{
	struct node *row = hang(table, make(a, NODE_ROW));

	block(a, row, NODE_CELL, one);
	block(a, row, NODE_CELL, two)->align = ALIGN_RIGHT;
}

static inline void lock_table(struct arena *a, struct node *doc)
{
	struct node *table = hang(doc, make(a, NODE_TABLE));

	table_row(a, table, "Work", "Cost");
	table_row(a, table, "Upper gates", "£412,000");
	table_row(a, table, "Sill and masonry", "£188,500");
	table_row(a, table, "Dredging of the cut", "£96,000");
}

static inline void lock_list(struct arena *a, struct node *doc)
{
	struct node *list = hang(doc, make(a, NODE_LIST));
	static const char *const items[] = {
	    "two crews a day, from six to ten at night;",
	    "a bell, not a horn, after dark;",
	    "and no charge for boats under six metres.",
	};

	list->is_tight = true;
	for (size_t i = 0; i < COUNT(items); i++)
		para(a, hang(list, make(a, NODE_ITEM)), items[i]);
}

static inline void lock_middle(struct arena *a, struct node *doc)
{
	struct node *n;
	struct node *quote;
	struct node *figure;

	heading(a, doc, 2, "What the divers found");
	n = para(a, doc,
	    "The survey took eleven tides. The divers found the oak of the "
	    "lower gates sound below the waterline, where the silt had kept "
	    "the air from it, and soft above. “You could push a pencil in to "
	    "the rubber,” the chief diver, Maren Oke, told the board. The "
	    "sill had moved by less than a thumb’s width since 1931");
	note_mark(a, n, 2, 1);
	words(a, n,
	    ", which the engineers call nothing and the insurers call "
	    "movement.");
	quote = hang(doc, make(a, NODE_QUOTE));
	para(a, quote,
	    "A lock is a promise between the town and the tide. We stopped "
	    "keeping our half of it.");
	para(a, doc,
	    "That was the harbourmaster, Tom Weir, who has asked for the money "
	    "at every meeting since the gates were chained. He read his "
	    "sentence from a card, and was applauded from the public bench, "
	    "which the chair let pass.");
	figure = hang(doc, make(a, NODE_FIGURE));
	figure->url = STR("/picture/gates.jpg");
	figure->text = STR("A diver’s lamp on the black oak of a lock gate");
	figure->title = STR("Maren Oke");
	words(
	    a, figure, "The lower gates at low water, in the survey’s light.");
	para(a, doc,
	    "Not everybody is glad. The mussel men of the east bank have worked "
	    "the still water behind the gates for nine years, and say the first "
	    "spring tide through the cut will take their ropes with it. The "
	    "board has promised them a season’s warning and a berth on the far "
	    "side of the mole. They have asked for it in writing.");
	quote = hang(doc, make(a, NODE_QUOTE));
	quote->lang = STR("fr");
	para(a, quote,
	    "On nous a promis la mer, et on nous a donné un parking.");
	n = para(a, doc,
	    "So said Hélène Carrow, who came to Port Lune from Cancale and has "
	    "the longest ropes in the basin. A painted sign on her shed says the "
	    "same in the language of her crew, ");
	hang(n, make(a, NODE_SPAN))->lang = STR("ar");
	n->child->next->dir = DIRECTION_RTL;
	words(a, n->child->next, "البحر لنا جميعاً");
	words(a, n, ": the sea belongs to us all.");
}

static inline void lock_end(struct arena *a, struct node *doc)
{
	struct node *n;

	heading(a, doc, 2, "What it will cost");
	n = para(a, doc, "The board’s own figures, published on Friday with ");
	link_to(a, n,
	    "https://board.portlune.example/minutes/2026-11-20?a=1&b=2",
	    "the minutes");
	words(a, n,
	    ", put the work at a little under seven hundred thousand pounds. "
	    "Two thirds of it is oak. The county will pay half, the harbour "
	    "dues a quarter, and the rest is to come from a levy on moorings "
	    "that runs for twelve years.");
	lock_table(a, doc);
	n = para(a, doc,
	    "Under the terms that the board read out, the lock will be worked "
	    "as it was");
	note_mark(a, n, 1, 2);
	words(a, n, " before 2017, with three changes:");
	lock_list(a, doc);
	hang(doc, make(a, NODE_RULE));
	n = para(a, doc, "The oak has been ");
	words(a, hang(n, make(a, NODE_EMPHASIS)), "felled");
	words(a, n, ", not yet ");
	words(a, hang(n, make(a, NODE_STRONG)), "paid for");
	words(a, n,
	    ". It lies in the yard at Sallow End, forty trunks under "
	    "tarpaulin, and has been counted twice. The gates will be built "
	    "there over the winter and floated down on the first spring tide "
	    "of April. If the weather holds, the bell will ring at six in the "
	    "evening of 14 April, and the Marigold, which has lain above the "
	    "lock since the day it was chained, will go first.");
}

/* The long story, with one of everything. */
static inline struct node *lock_body(struct arena *a)
{
	struct node *doc = make(a, NODE_DOCUMENT);
	struct node *n;

	n = para(a, doc,
	    "The tidal lock at Port Lune will open again in April, nine years "
	    "after its gates were chained shut");
	note_mark(a, n, 1, 1);
	words(a, n,
	    ". The harbour board voted for it on Sunday night by five to two, "
	    "at the end of a meeting that began in daylight and ended by the "
	    "caretaker’s torch, because the hall is let by the hour and the "
	    "hour was over.");
	para(a, doc,
	    "The vote ends the longest argument in the town’s recent memory. "
	    "Since the gates were closed, the upper basin has silted to half its "
	    "depth, the chandlery has become a bakery, and the bakery has become "
	    "a place where people go to talk about the lock. Three boards have "
	    "been elected on promises to reopen it, and two have fallen over the "
	    "price.");
	para(a, doc,
	    "What changed on Sunday was a number. The engineers’ new estimate is "
	    "a third below the last one, because the old oak turns out to be "
	    "better than anyone had dared to say. The chair, Ada Penhallow, asked "
	    "for it to be read twice. Then she asked for hands.");
	lock_middle(a, doc);
	lock_end(a, doc);
	n = hang(doc, make(a, NODE_FOOTNOTE));
	n->number = 1;
	n->references = 2;
	para(a, n,
	    "The gates were chained on 3 November 2017, after a barge struck "
	    "the upper pair in fog.");
	n = hang(doc, make(a, NODE_FOOTNOTE));
	n->number = 2;
	n->references = 1;
	para(a, n,
	    "The year of the last full survey, of which one copy survives, in "
	    "the sexton’s cupboard.");
	return doc;
}

static inline struct node *short_body(struct arena *a, const char *text)
{
	struct node *doc = make(a, NODE_DOCUMENT);

	para(a, doc, text);
	return doc;
}

static struct view_link sections[] = {
    {STR_INIT("Town"), STR_INIT("/section/town")},
    {STR_INIT("Harbour"), STR_INIT("/section/harbour")},
    {STR_INIT("Coast"), STR_INIT("/section/coast")},
    {STR_INIT("World"), STR_INIT("/section/world")},
    {STR_INIT("Letters"), STR_INIT("/section/letters")},
    {STR_INIT("Sport"), STR_INIT("/section/sport")},
};

static struct view_link policies[] = {
    {STR_INIT("How we correct"), STR_INIT("/about#corrections")},
};

static const struct view_paper farthing = {
    .name = STR_INIT("The Port Lune Farthing"),
    .lang = STR_INIT("en"),
    .motto = STR_INIT("A small coin, and all of it true"),
    .place = STR_INIT("Port Lune"),
    .origin = STR_INIT("https://farthing.example"),
    .publisher = STR_INIT("Port Lune Newspaper Society"),
    .address = STR_INIT("2 Ropewalk, Port Lune"),
    .sections = LINKS(sections),
    .policies = LINKS(policies),
    .support_text = STR_INIT("No company and no party pays for this paper. Its "
			     "readers do, in small sums, and a day of it costs "
			     "£61."),
    .support_url = STR_INIT("/support"),
    .key = STR_INIT("j4ai a6de k4gp 5mri cvtj 3v4u cdfl hzgp"),
    .css = STR_INIT("body{color:#1a1816}"),
};

static struct view_link by_quill[] = {
    {STR_INIT("Ada Quill"), STR_INIT("/person/ada-quill")},
};
static struct view_link by_two[] = {
    {STR_INIT("Ada Quill"), STR_INIT("/person/ada-quill")},
    {STR_INIT("Yusuf Marr"), STR_INIT("/person/yusuf-marr")},
    {STR_INIT("our harbour staff"), STR_INIT("")},
};

static struct view_link tags[] = {
    {STR_INIT("Tidal lock"), STR_INIT("/tag/tidal-lock")},
    {STR_INIT("Harbour board"), STR_INIT("/tag/harbour-board")},
    {STR_INIT("Oak & iron"), STR_INIT("/tag/oak-iron")},
};

#define SECTION(name, slug)                                                    \
	{                                                                      \
		STR_INIT(name), STR_INIT("/section/" slug)                     \
	}
#define PUBLISHED(d, h, m)                                                     \
	{                                                                      \
		.year = 2026, .month = 11, .day = (d), .hour = (h),            \
		.minute = (m), .has_time = true, .has_offset = true            \
	}

static struct view_teaser stories[] = {
    {
	.url = STR_INIT("/2026/11/23/tidal-lock"),
	.headline = STR_INIT("Board votes to open the tidal lock again"),
	.kicker = STR_INIT("The lock"),
	.standfirst =
	    STR_INIT("After nine years of chained gates, five hands to "
		     "two: the bell will ring in April, if the oak is "
		     "paid for."),
	.lang = STR_INIT("en"),
	.dateline = STR_INIT("Port Lune"),
	.section = SECTION("Harbour", "harbour"),
	.byline = LINKS(by_two),
	.picture = {.url = STR_INIT("/picture/lock.jpg"),
	    .alt = STR_INIT("The closed gates of the tidal lock at low water"),
	    .caption = STR_INIT("The lock on Sunday, an hour before the vote."),
	    .credit = STR_INIT("Yusuf Marr"),
	    .rights = STR_INIT("CC BY 4.0"),
	    .width = 1200,
	    .height = 750},
	.published = PUBLISHED(23, 6, 40),
	.updated = PUBLISHED(23, 11, 15),
	.has_updated = true,
	.has_corrections = true,
    },
    {
	.url = STR_INIT("/2026/11/22/night-ferry"),
	.headline = STR_INIT("The night ferry will sail through the winter"),
	.standfirst =
	    STR_INIT("Eleven passengers a crossing is not enough, the "
		     "company says, but it is eleven more than last "
		     "year."),
	.lang = STR_INIT("en"),
	.section = SECTION("Coast", "coast"),
	.byline = LINKS(by_quill),
	.picture = {.url = STR_INIT("/picture/ferry.jpg"),
	    .alt = STR_INIT("A lit ferry on dark water"),
	    .credit = STR_INIT("Ines Holm"),
	    .width = 1200,
	    .height = 800},
	.published = PUBLISHED(22, 19, 5),
    },
    {
	.url = STR_INIT("/2026/11/22/mussels-in-writing"),
	.headline =
	    STR_INIT("“In writing, please”: what the mussel men were promised"),
	.standfirst = STR_INIT("A berth, a season’s warning, and no date for "
			       "either."),
	.lang = STR_INIT("en"),
	.section = SECTION("Harbour", "harbour"),
	.byline = LINKS(by_quill),
	.published = PUBLISHED(22, 8, 30),
    },
    {
	.url = STR_INIT("/2026/11/22/bakery"),
	.headline = STR_INIT("Against the bell"),
	.standfirst =
	    STR_INIT("A horn can be argued with. A bell only wakes you "
		     "and is right."),
	.lang = STR_INIT("en"),
	.section = SECTION("Letters", "letters"),
	.byline = LINKS(by_quill),
	.published = PUBLISHED(22, 7, 0),
	.is_opinion = true,
    },
    {
	.url = STR_INIT("/2026/11/21/puerto-hermano"),
	.headline = STR_INIT("El puerto hermano abre sus archivos"),
	.standfirst =
	    STR_INIT("Cartas de tres siglos entre dos pueblos que nunca "
		     "se han visto."),
	.lang = STR_INIT("es"),
	.section = SECTION("World", "world"),
	.byline = LINKS(by_quill),
	.published = PUBLISHED(21, 16, 20),
    },
    {
	.url = STR_INIT("/2026/11/21/rain"),
	.headline = STR_INIT("Rain gauge at the school breaks, overflowing"),
	.lang = STR_INIT("en"),
	.section = SECTION("Town", "town"),
	.published = PUBLISHED(21, 9, 45),
    },
    {
	.url = STR_INIT("/2026/11/20/bahr"),
	.headline = STR_INIT("مرفأ بورت لون يفتح أبوابه من جديد"),
	.standfirst =
	    STR_INIT("بعد تسع سنوات من الإغلاق، صوّت المجلس بخمسة أصوات "
		     "مقابل صوتين."),
	.lang = STR_INIT("ar"),
	.section = SECTION("World", "world"),
	.byline = LINKS(by_quill),
	.published = PUBLISHED(20, 18, 0),
    },
    {
	.url = STR_INIT("/2026/11/20/chess"),
	.headline = STR_INIT("Chess club draws with itself & loses"),
	.standfirst = STR_INIT("Two boards short, the second team played the "
			       "first."),
	.lang = STR_INIT("en"),
	.section = SECTION("Sport", "sport"),
	.published = PUBLISHED(20, 12, 10),
    },
};

static struct view_correction corrections[] = {
    {.date = {.year = 2026, .month = 11, .day = 23},
	.text =
	    STR_INIT("An earlier version gave the vote as six to two. It was "
		     "five to two; one member had gone to move her car.")},
};

static struct view_translation translations[] = {
    {STR_INIT("ar"), STR_INIT("/2026/11/20/bahr")},
    {STR_INIT("fr"), STR_INIT("/2026/11/23/ecluse")},
};

static inline struct view_story long_story(struct arena *a)
{
	return (struct view_story){
	    .head = stories[0],
	    .body = lock_body(a),
	    .tags = LINKS(tags),
	    .corrections = corrections,
	    .corrections_n = COUNT(corrections),
	    .translations = translations,
	    .translations_n = COUNT(translations),
	    .related = {stories + 1, 3},
	    .words = 702,
	};
}

static struct view_link arabic_sections[] = {
    {STR_INIT("المدينة"), STR_INIT("/section/town")},
    {STR_INIT("المرفأ"), STR_INIT("/section/harbour")},
    {STR_INIT("العالم"), STR_INIT("/section/world")},
};
static struct view_link by_arabic[] = {
    {STR_INIT("ليلى مرّ"), STR_INIT("/person/layla")},
    {STR_INIT("Ada Quill"), STR_INIT("/person/ada-quill")},
};

static const struct view_paper arabic = {
    .name = STR_INIT("فلس بورت لون"),
    .lang = STR_INIT("ar"),
    .motto = STR_INIT("عملة صغيرة، وكلها صدق"),
    .place = STR_INIT("بورت لون"),
    .origin = STR_INIT("https://fils.example"),
    .publisher = STR_INIT("جمعية صحيفة بورت لون"),
    .address = STR_INIT("٢ شارع الحبال"),
    .sections = LINKS(arabic_sections),
    .support_text =
	STR_INIT("لا تدفع شركة ولا حزب ثمن هذه الصحيفة، بل قراؤها."),
    .support_url = STR_INIT("/support"),
    .key = STR_INIT("j4ai a6de k4gp 5mri cvtj 3v4u cdfl hzgp"),
    .css = STR_INIT("body{color:#1a1816}"),
};

static inline struct view_story arabic_story(struct arena *a)
{
	struct node *doc = make(a, NODE_DOCUMENT);
	struct node *n = para(a, doc,
	    "سيُفتح هويس المد في بورت لون من جديد في أبريل، بعد تسع سنوات من "
	    "إغلاق بواباته بالسلاسل");
	struct node *quote;

	note_mark(a, n, 1, 1);
	words(a, n,
	    ". وقد صوّت مجلس المرفأ على ذلك مساء الأحد بخمسة أصوات مقابل صوتين، في "
	    "ختام اجتماع بدأ نهاراً وانتهى على ضوء مصباح الحارس.");
	heading(a, doc, 2, "ما وجده الغواصون");
	para(a, doc,
	    "استغرق المسح أحد عشر مداً. ووجد الغواصون خشب البلوط سليماً تحت خط "
	    "الماء، حيث حجب الطمي عنه الهواء، وليّناً فوقه.");
	quote = hang(doc, make(a, NODE_QUOTE));
	quote->lang = STR("en");
	quote->dir = DIRECTION_LTR;
	para(a, quote, "A lock is a promise between the town and the tide.");
	para(a, doc,
	    "ليس الجميع سعداء. فقد عمل صيادو بلح البحر في المياه الراكدة خلف "
	    "البوابات تسع سنوات، وطلبوا الوعد مكتوباً.");
	n = hang(doc, make(a, NODE_FOOTNOTE));
	n->number = 1;
	n->references = 1;
	para(a, n, "أُغلقت البوابات في 3 نوفمبر 2017.");
	return (struct view_story){
	    .head =
		{
		    .url = STR_INIT("/2026/11/20/bahr"),
		    .headline = STR_INIT("مرفأ بورت لون يفتح أبوابه من جديد"),
		    .kicker = STR_INIT("الهويس"),
		    .standfirst =
			STR_INIT("بعد تسع سنوات من الإغلاق، صوّت المجلس "
				 "بخمسة أصوات مقابل صوتين."),
		    .lang = STR_INIT("ar"),
		    .dateline = STR_INIT("بورت لون"),
		    .section = {STR_INIT("المرفأ"),
			STR_INIT("/section/harbour")},
		    .byline = LINKS(by_arabic),
		    .picture = stories[0].picture,
		    .published = at(2026, 11, 20, 18, 0),
		    .updated = at(2026, 11, 21, 9, 5),
		    .has_updated = true,
		},
	    .body = doc,
	    .related = {stories, 2},
	};
}

static struct view_link korean_sections[] = {
    {STR_INIT("마을"), STR_INIT("/section/town")},
    {STR_INIT("항구"), STR_INIT("/section/harbour")},
};
static struct view_link by_korean[] = {
    {STR_INIT("박하나"), STR_INIT("/person/park-hana")},
};

static const struct view_paper korean = {
    .name = STR_INIT("포트룬 신문"),
    .lang = STR_INIT("ko"),
    .motto = STR_INIT("작은 동전, 온전한 사실"),
    .place = STR_INIT("포트룬"),
    .origin = STR_INIT("https://ko.farthing.example"),
    .sections = LINKS(korean_sections),
    .css = STR_INIT("body{color:#1a1816}"),
};

static inline struct view_story korean_story(struct arena *a)
{
	struct node *doc = make(a, NODE_DOCUMENT);

	para(a, doc,
	    "포트룬의 조수 갑문이 아홉 해 만에 다시 열린다. 항만위원회는 일요일 밤 "
	    "찬성 다섯, 반대 둘로 이를 의결했다.");
	heading(a, doc, 2, "잠수부가 본 것");
	para(a, doc,
	    "조사는 열한 번의 물때에 걸쳐 이루어졌다. 물 아래의 참나무는 단단했고, "
	    "물 위의 참나무는 무른 상태였다.");
	return (struct view_story){
	    .head =
		{
		    .url = STR_INIT("/2026/11/23/gapmun"),
		    .headline = STR_INIT("조수 갑문, 아홉 해 만에 다시 열린다"),
		    .standfirst =
			STR_INIT("참나무 값만 치르면 4월에 종이 울린다."),
		    .lang = STR_INIT("ko"),
		    .dateline = STR_INIT("포트룬"),
		    .section = {STR_INIT("항구"), STR_INIT("/section/harbour")},
		    .byline = LINKS(by_korean),
		    .published = at(2026, 11, 23, 6, 40),
		},
	    .body = doc,
	};
}

#endif
