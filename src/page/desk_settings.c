/* SPDX-License-Identifier: MIT
 *
 * The screens on which a paper's settings are changed; see desk_settings.h.
 * Every field has its explanation, and its fault, beside it.
 */
#include "page/desk_settings.h"

#include "base/must.h"
#include "page/desk_tabs.h"
#include "page/screen.h"

static const struct {
	struct html name;
	enum msg label, hint;
	unsigned rows;
	bool is_required;
	const char *more;
} fields[DESK_PAPER_FIELDS] = {
    [DESK_PAPER_NAME] = {{STR_INIT("name")}, MSG_SET_NAME, MSG_SET_NAME_HINT, 0,
	true, ""},
    [DESK_PAPER_MOTTO] = {{STR_INIT("motto")}, MSG_SET_MOTTO,
	MSG_SET_MOTTO_HINT, 0, false, ""},
    [DESK_PAPER_PLACE] = {{STR_INIT("place")}, MSG_SET_PLACE,
	MSG_SET_PLACE_HINT, 0, false, ""},
    [DESK_PAPER_LANG] = {{STR_INIT("lang")}, MSG_SET_LANG, MSG_SET_LANG_HINT, 0,
	true, ""},
    [DESK_PAPER_ZONE] = {{STR_INIT("zone")}, MSG_SET_ZONE, MSG_SET_ZONE_HINT, 0,
	false, ""},
    [DESK_PAPER_ORIGIN] = {{STR_INIT("origin")}, MSG_SET_ORIGIN,
	MSG_SET_ORIGIN_HINT, 0, false, ""},
    [DESK_PAPER_PUBLISHER] = {{STR_INIT("publisher")}, MSG_SET_PUBLISHER,
	MSG_SET_PUBLISHER_HINT, 0, false, ""},
    [DESK_PAPER_ADDRESS] = {{STR_INIT("address")}, MSG_SET_ADDRESS,
	MSG_SET_ADDRESS_HINT, 0, false, ""},
    [DESK_PAPER_CALL] = {{STR_INIT("support")}, MSG_SET_CALL, MSG_SET_CALL_HINT,
	3, false, ""},
};

struct str desk_paper_name(enum desk_paper_field field)
{
	must(field < DESK_PAPER_FIELDS);
	return fields[field].name.markup;
}

void desk_tabs(const struct screen *s, const struct view_desk_tabs *tabs)
{
	struct buf *b = s->b;

	html_lit(b, "<nav class=\"tabs\"");
	html_attr(b, "aria-label", desk_word(s->lang, MSG_SET_TABS));
	html_lit(b, ">\n<ul>\n");
	for (size_t i = 0; i < tabs->n; i++) {
		html_lit(b, "<li><a");
		html_url(b, "href", STR_NONE, tabs->v[i].url);
		if (tabs->v[i].is_current)
			html_lit(b, " aria-current=\"page\"");
		html_lit(b, ">");
		screen_say(s, tabs->v[i].word);
		html_lit(b, "</a></li>\n");
	}
	html_lit(b, "</ul>\n</nav>\n");
}

/* Heading of the one kind of settings, and the ways to the others. */
static struct screen start(struct buf *b, const struct view_desk *desk,
    const struct view_desk_tabs *tabs, enum msg title)
{
	struct screen s = screen_start(b, desk, desk_word(desk->lang, title));

	desk_tabs(&s, tabs);
	return s;
}

static void put_fault(const struct screen *s, struct html name, enum msg fault)
{
	if (fault == MSG_COUNT)
		return;
	html_lit(s->b, "<p class=\"fault\" id=\"x-");
	html_raw(s->b, name);
	html_lit(s->b, "\">");
	screen_say(s, fault);
	html_lit(s->b, "</p>\n");
}

/* A list to choose from is of the form's own, for the screen's has no hint. */
static void start_choice(const struct screen *s, enum desk_paper_field field,
    const struct view_desk_paper *view)
{
	struct buf *b = s->b;

	html_lit(b, "<div class=\"field\">\n<label for=\"f-");
	html_raw(b, fields[field].name);
	html_lit(b, "\">");
	screen_say(s, fields[field].label);
	html_lit(b, "</label>\n<select id=\"f-");
	html_raw(b, fields[field].name);
	html_lit(b, "\" name=\"");
	html_raw(b, fields[field].name);
	html_lit(b, "\" aria-describedby=\"");
	if (view->has_theirs[field]) {
		html_lit(b, "t-");
		html_raw(b, fields[field].name);
		html_lit(b, " ");
	}
	if (view->faults[field] != MSG_COUNT) {
		html_lit(b, "x-");
		html_raw(b, fields[field].name);
		html_lit(b, " ");
	}
	html_lit(b, "h-");
	html_raw(b, fields[field].name);
	html_lit(b, "\">\n");
}

static void end_choice(const struct screen *s, enum desk_paper_field field,
    const struct view_desk_paper *view, struct str value)
{
	html_lit(s->b, "</select>\n");
	if (view->has_theirs[field])
		screen_theirs_value_(
		    s, fields[field].name, view->theirs_values[field]);
	put_fault(s, fields[field].name, view->faults[field]);
	html_lit(s->b, "<p class=\"hint\" id=\"h-");
	html_raw(s->b, fields[field].name);
	html_lit(s->b, "\">");
	screen_say_with(s, fields[field].hint, &value, 1);
	html_lit(s->b, "</p>\n</div>\n");
}

static void put_lang(const struct screen *s, const struct view_desk_paper *view)
{
	struct str is = view->values[DESK_PAPER_LANG];

	start_choice(s, DESK_PAPER_LANG, view);
	for (unsigned i = 0; i < DESK_LANGS; i++)
		screen_option(s, desk_lang_code(i), desk_lang_name(i),
		    str_eq(is, desk_lang_code(i)));
	/* The shell may have set another. */
	if (!desk_lang_is_known(is))
		screen_option(s, is, is, true);
	end_choice(s, DESK_PAPER_LANG, view, STR_NONE);
}

static const struct {
	struct str start;
	enum msg name;
} regions[] = {
    {STR_INIT("Africa/"), MSG_ZONE_AFRICA},
    {STR_INIT("America/"), MSG_ZONE_AMERICA},
    {STR_INIT("Antarctica/"), MSG_ZONE_ANTARCTICA},
    {STR_INIT("Asia/"), MSG_ZONE_ASIA},
    {STR_INIT("Atlantic/"), MSG_ZONE_ATLANTIC},
    {STR_INIT("Australia/"), MSG_ZONE_AUSTRALIA},
    {STR_INIT("Europe/"), MSG_ZONE_EUROPE},
    {STR_INIT("Indian/"), MSG_ZONE_INDIAN},
    {STR_INIT("Pacific/"), MSG_ZONE_PACIFIC},
    {STR_INIT(""), MSG_ZONE_OTHER},
};

enum { REGIONS = sizeof(regions) / sizeof(regions[0]) };

static size_t region_of(struct str zone)
{
	size_t i = 0;

	while (!str_starts(zone, regions[i].start))
		i++;
	return i;
}

/* "Buenos Aires (Argentina), UTC-3": first what one would type to find it. */
static void put_zone_text(struct buf *b, const struct view_desk_zone *zone)
{
	struct str rest =
	    str_from(zone->name, regions[region_of(zone->name)].start.n);
	struct str country = str_cut(&rest, '/');
	struct str place = rest.n > 0 ? rest : country;
	unsigned minutes =
	    (unsigned)(zone->offset < 0 ? -zone->offset : zone->offset) / 60;

	for (size_t i = 0; i < place.n; i++)
		buf_char(b, place.p[i] == '_' ? ' ' : place.p[i]);
	if (rest.n > 0)
		buf_printf(b, " (%.*s)", STR_ARG(country));
	if (minutes == 0) {
		buf_lit(b, ", UTC+0");
		return;
	}
	buf_add(b, zone->offset < 0 ? STR(", UTC\xE2\x88\x92") : STR(", UTC+"));
	buf_u64(b, minutes / 60);
	if (minutes % 60)
		buf_printf(b, ":%02u", minutes % 60);
}

static void put_zone_choice(
    const struct screen *s, const struct view_desk_zone *zone, bool is_chosen)
{
	struct buf text;

	buf_init(&text, 400);
	put_zone_text(&text, zone);
	screen_option(s, zone->name,
	    buf_rc(&text) == RC_OK ? buf_str(&text) : zone->name, is_chosen);
	buf_done(&text);
}

/* In groups by their part of the world. */
static void put_zones(
    const struct screen *s, const struct view_desk_paper *view)
{
	struct str is = view->values[DESK_PAPER_ZONE];

	for (size_t r = 0; r < REGIONS; r++) {
		html_lit(s->b, "<optgroup");
		html_attr(s->b, "label", desk_word(s->lang, regions[r].name));
		html_lit(s->b, ">\n");
		for (size_t i = 0; i < view->zones_n; i++)
			if (region_of(view->zones[i].name) == r)
				put_zone_choice(s, &view->zones[i],
				    str_eq(view->zones[i].name, is));
		html_lit(s->b, "</optgroup>\n");
	}
}

static void put_zone(const struct screen *s, const struct view_desk_paper *view)
{
	struct str is = view->values[DESK_PAPER_ZONE];
	bool is_listed = false;
	struct buf there;

	start_choice(s, DESK_PAPER_ZONE, view);
	for (size_t i = 0; i < view->zones_n; i++)
		is_listed |= str_eq(view->zones[i].name, is);
	if (!is_listed)
		screen_option(s, is, is.n > 0 ? is : STR("UTC"), true);
	put_zones(s, view);
	buf_init(&there, 200);
	words_long_date(&there, s->words, view->there);
	buf_lit(&there, ", ");
	words_time(&there, s->words, view->there);
	end_choice(s, DESK_PAPER_ZONE, view,
	    buf_rc(&there) == RC_OK ? buf_str(&there) : STR_NONE);
	buf_done(&there);
}

void desk_paper(struct buf *b, const struct view_desk *desk,
    const struct view_desk_paper *view)
{
	struct screen s = start(b, desk, &view->tabs, MSG_SET_TAB_PAPER);

	screen_theirs(&s, &view->theirs);
	html_lit(b, "<p class=\"note\">");
	screen_say(&s, MSG_SETTINGS_EFFECT);
	html_lit(b, "</p>\n");
	screen_form(&s, STR("/settings/paper"));
	screen_hidden(&s, "seen", view->seen);
	for (int i = 0; i < DESK_PAPER_FIELDS; i++) {
		if (i == DESK_PAPER_LANG) {
			put_lang(&s, view);
			continue;
		}
		if (i == DESK_PAPER_ZONE) {
			put_zone(&s, view);
			continue;
		}
		screen_field(
		    &s, &(struct screen_field){.label = fields[i].label,
			    .name = fields[i].name,
			    .value = view->values[i],
			    .has_hint = true,
			    .hint = fields[i].hint,
			    .has_fault = view->faults[i] != MSG_COUNT,
			    .fault = view->faults[i],
			    .rows = fields[i].rows,
			    .is_required = fields[i].is_required,
			    .has_theirs = view->has_theirs[i],
			    .theirs = view->theirs_values[i]});
	}
	screen_button(&s, MSG_SAVE, true);
	screen_form_end(&s);
	screen_end(&s);
}

/* Sections. */

/* "Place of World", for those who do not see the table's head. */
static void put_label(const struct screen *s, enum msg what, struct str of)
{
	const struct str values[] = {desk_word(s->lang, what), of};
	struct buf b;

	buf_init(&b, 2000);
	desk_fill(&b, s->lang, MSG_SECTION_OF, values, 2);
	html_attr(
	    s->b, "aria-label", buf_rc(&b) == RC_OK ? buf_str(&b) : values[0]);
	buf_done(&b);
}

static void put_numbered(struct buf *b, struct html name, size_t i)
{
	html_lit(b, " name=\"");
	html_raw(b, name);
	buf_u64(b, i);
	html_lit(b, "\"");
}

static void put_section(
    const struct screen *s, const struct view_desk_section *v, size_t i)
{
	struct buf *b = s->b;

	html_lit(b, "<tr>\n");
	screen_cell(s, MSG_SECTION_PLACE);
	html_lit(b, "<input class=\"short\" type=\"number\" "
		    "min=\"1\" max=\"1000\" required "
		    "aria-describedby=\"h-place\"");
	put_numbered(b, HTML("place_"), i);
	html_attr_u64(b, "value", i + 1);
	put_label(s, MSG_SECTION_PLACE, v->name);
	html_lit(b, ">");
	screen_cell_end(s);
	screen_cell(s, MSG_SECTION_NAME);
	html_lit(b, "<input type=\"text\" required "
		    "aria-describedby=\"h-name\"");
	put_numbered(b, HTML("name_"), i);
	html_attr(b, "value", v->name);
	put_label(s, MSG_SECTION_NAME, v->name);
	if (v->fault != MSG_COUNT)
		html_lit(b, " aria-invalid=\"true\"");
	html_lit(b, ">");
	put_fault(s, HTML("name"), v->fault);
	html_lit(b, "<input type=\"hidden\"");
	put_numbered(b, HTML("slug_"), i);
	html_attr(b, "value", v->slug);
	html_lit(b, ">");
	screen_cell_end(s);
	screen_cell(s, MSG_SECTION_SHOWN);
	html_lit(b, "<input type=\"checkbox\" value=\"1\" "
		    "aria-describedby=\"h-shown\"");
	put_numbered(b, HTML("shown_"), i);
	put_label(s, MSG_SECTION_SHOWN, v->name);
	if (v->is_named)
		html_lit(b, " checked");
	html_lit(b, ">");
	screen_cell_end(s);
	screen_cell(s, MSG_SECTION_CLOSED);
	html_lit(b, "<input type=\"checkbox\" value=\"1\" "
		    "aria-describedby=\"h-closed\"");
	put_numbered(b, HTML("closed_"), i);
	put_label(s, MSG_SECTION_CLOSED, v->name);
	if (v->is_closed)
		html_lit(b, " checked");
	html_lit(b, ">");
	screen_cell_end(s);
	screen_cell(s, MSG_SECTION_ADDRESS);
	html_lit(b, "<code dir=\"ltr\">/section/");
	html_text(b, v->slug);
	html_lit(b, "</code>");
	screen_cell_end(s);
	html_lit(b, "</tr>\n");
}

static void put_sections(
    const struct screen *s, const struct view_desk_sections *view)
{
	static const enum msg heads[] = {MSG_SECTION_PLACE, MSG_SECTION_NAME,
	    MSG_SECTION_SHOWN, MSG_SECTION_CLOSED, MSG_SECTION_ADDRESS};

	static const struct {
		struct html id;
		enum msg msg;
	} hints[] = {{{STR_INIT("h-place")}, MSG_SECTION_PLACE_HINT},
	    {{STR_INIT("h-name")}, MSG_SECTION_NAME_HINT},
	    {{STR_INIT("h-shown")}, MSG_SECTION_SHOWN_HINT},
	    {{STR_INIT("h-closed")}, MSG_SECTION_CLOSED_HINT}};

	html_lit(s->b, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	html_attr(s->b, "aria-label", desk_word(s->lang, MSG_SET_TAB_SECTIONS));
	html_lit(s->b, ">\n<table class=\"cards\">\n<thead>\n<tr>");
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		html_lit(s->b, "<th scope=\"col\">");
		screen_say(s, heads[i]);
		html_lit(s->b, "</th>");
	}
	html_lit(s->b, "</tr>\n</thead>\n<tbody>\n");
	for (size_t i = 0; i < view->n; i++)
		put_section(s, &view->v[i], i);
	html_lit(
	    s->b, "</tbody>\n</table>\n</div>\n<dl class=\"facts below\">\n");
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		html_lit(s->b, "<dt>");
		screen_say(s, heads[i]);
		html_lit(s->b, "</dt>\n<dd class=\"hint\" id=\"");
		html_raw(s->b, hints[i].id);
		html_lit(s->b, "\">");
		screen_say(s, hints[i].msg);
		html_lit(s->b, "</dd>\n");
	}
	html_lit(s->b, "</dl>\n");
}

static void put_move_fault(
    const struct screen *s, const struct view_desk_move *m, size_t at)
{
	if (m->fault == MSG_COUNT)
		return;
	html_lit(s->b, "<p class=\"fault\" id=\"x-");
	buf_u64(s->b, at);
	html_lit(s->b, "\">");
	screen_say(s, m->fault);
	html_lit(s->b, "</p>\n");
}

/* To which section the stories of the closed one AT go: none is chosen, so
 * that nobody moves them by mistake. */
static void put_targets(
    const struct screen *s, const struct view_desk_sections *view, size_t at)
{
	const struct view_desk_move *m = &view->moves[at];
	struct buf *b = s->b;

	html_lit(b, "<div class=\"field\">\n<label for=\"f-to-");
	buf_u64(b, at);
	html_lit(b, "\">");
	screen_say_with(s, MSG_MOVE_TO, &m->name, 1);
	html_lit(b, "</label>\n<select name=\"to\" required id=\"f-to-");
	buf_u64(b, at);
	if (m->fault != MSG_COUNT) {
		html_lit(b, "\" aria-invalid=\"true\" aria-describedby=\"x-");
		buf_u64(b, at);
	}
	html_lit(b, "\">\n");
	screen_option(s, STR(""), desk_word(s->lang, MSG_MOVE_CHOOSE), false);
	for (size_t i = 0; i < view->open_n; i++)
		screen_option(s, view->open[i].slug, view->open[i].name,
		    str_eq(view->open[i].slug, m->to));
	html_lit(b, "</select>\n");
	put_move_fault(s, m, at);
	html_lit(b, "</div>\n");
}

static void put_move(
    const struct screen *s, const struct view_desk_sections *view, size_t at)
{
	const struct view_desk_move *m = &view->moves[at];
	struct buf *b = s->b;

	screen_form(s, STR("/settings/sections/move"));
	screen_hidden(s, "seen", m->seen);
	screen_hidden(s, "from", m->slug);
	put_targets(s, view, at);
	html_lit(b, "<button>");
	screen_say_count(s, MSG_MOVE_BUTTON, m->stories);
	html_lit(b, "</button>\n");
	screen_form_end(s);
}

static void put_moves(
    const struct screen *s, const struct view_desk_sections *view)
{
	if (view->moves_n == 0)
		return;
	screen_put(s, "h2", MSG_MOVE_TITLE);
	screen_put(s, "p", MSG_MOVE_INTRO);
	if (view->open_n == 0)
		screen_empty(s, MSG_MOVE_NOWHERE);
	for (size_t i = 0; view->open_n > 0 && i < view->moves_n; i++)
		put_move(s, view, i);
}

void desk_sections(struct buf *b, const struct view_desk *desk,
    const struct view_desk_sections *view)
{
	struct screen s = start(b, desk, &view->tabs, MSG_SET_TAB_SECTIONS);

	screen_theirs(&s, &view->theirs);
	if (view->theirs.is_there)
		screen_theirs_value(&s, "list", view->theirs_list);
	screen_put(&s, "p", MSG_SECTIONS_INTRO);
	screen_form(&s, STR("/settings/sections"));
	screen_hidden(&s, "seen", view->seen);
	if (view->n > 0)
		put_sections(&s, view);
	else
		screen_empty(&s, MSG_SECTIONS_EMPTY);
	screen_field(&s, &(struct screen_field){.label = MSG_SECTION_NEW,
			     .name = HTML("new"),
			     .value = view->fresh,
			     .has_hint = true,
			     .hint = MSG_SECTION_NEW_HINT,
			     .has_fault = view->fresh_fault != MSG_COUNT,
			     .fault = view->fresh_fault});
	screen_button(&s, MSG_SAVE, true);
	screen_form_end(&s);
	put_moves(&s, view);
	screen_end(&s);
}

/* People. */

static void put_person(
    const struct screen *s, const struct view_desk_author *person)
{
	struct buf *b = s->b;

	html_lit(b, "<li><a href=\"/settings/people/");
	html_text(b, person->slug);
	html_lit(b, "\" dir=\"auto\">");
	html_text(b, person->name);
	html_lit(b, "</a>");
	if (person->about.n > 0) {
		html_lit(b, "<br><span class=\"quiet\" dir=\"auto\">");
		html_text(b, person->about);
		html_lit(b, "</span>");
	}
	html_lit(b, "</li>\n");
}

static void put_person_form(
    const struct screen *s, const struct view_desk_people *view)
{
	screen_form(s, STR("/settings/people"));
	if (view->form.slug.n > 0) {
		screen_hidden(s, "slug", view->form.slug);
		screen_hidden(s, "seen", view->seen);
	}
	screen_field(s, &(struct screen_field){.label = MSG_PERSON_NAME,
			    .name = HTML("name"),
			    .value = view->form.name,
			    .has_hint = true,
			    .hint = MSG_PERSON_NAME_HINT,
			    .has_fault = view->name_fault != MSG_COUNT,
			    .fault = view->name_fault,
			    .has_theirs = view->has_theirs_name,
			    .theirs = view->theirs_name,
			    .is_required = true});
	screen_field(s, &(struct screen_field){.label = MSG_PERSON_ABOUT,
			    .name = HTML("about"),
			    .value = view->form.about,
			    .has_hint = true,
			    .hint = MSG_PERSON_ABOUT_HINT,
			    .has_fault = view->about_fault != MSG_COUNT,
			    .fault = view->about_fault,
			    .has_theirs = view->has_theirs_about,
			    .theirs = view->theirs_about,
			    .rows = 4});
	screen_button(s, view->is_one ? MSG_SAVE : MSG_PERSON_ADD, true);
	screen_form_end(s);
}

static void put_one(const struct screen *s, const struct view_desk_people *view)
{
	struct str path;
	struct buf b;

	buf_init(&b, 1000);
	buf_lit(&b, "/person/");
	buf_add(&b, view->form.slug);
	path = buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
	html_lit(s->b, "<p>");
	screen_say_with(s, MSG_PERSON_ADDRESS, &path, 1);
	html_lit(s->b, "</p>\n");
	buf_done(&b);
	put_person_form(s, view);
}

void desk_people(struct buf *b, const struct view_desk *desk,
    const struct view_desk_people *view)
{
	struct screen s = start(b, desk, &view->tabs, MSG_SET_TAB_PEOPLE);

	if (view->is_one) {
		screen_theirs(&s, &view->theirs);
		put_one(&s, view);
		screen_end(&s);
		return;
	}
	screen_put(&s, "p", MSG_PEOPLE_INTRO);
	if (view->n == 0)
		screen_empty(&s, MSG_PEOPLE_EMPTY);
	else
		html_lit(b, "<ul class=\"list\">\n");
	for (size_t i = 0; i < view->n; i++)
		put_person(&s, &view->v[i]);
	if (view->n > 0)
		html_lit(b, "</ul>\n");
	screen_pager(&s, STR_NONE, view->older);
	screen_put(&s, "h2", MSG_PERSON_ADD);
	put_person_form(&s, view);
	screen_end(&s);
}

/* Pages. */

static const enum msg page_hints[DESK_PAGES] = {MSG_PAGE_ABOUT_HINT,
    MSG_PAGE_STANDARDS_HINT, MSG_PAGE_ETHICS_HINT, MSG_PAGE_CORRECTIONS_HINT,
    MSG_PAGE_SOURCES_HINT, MSG_PAGE_CHECKING_HINT, MSG_PAGE_OWNERSHIP_HINT,
    MSG_PAGE_FEEDBACK_HINT, MSG_PAGE_PRIVACY_HINT};

static struct str page_title(const struct screen *s, size_t at)
{
	return words_say(s->words, (enum word)(WORD_ABOUT + (int)at));
}

void desk_pages(struct buf *b, const struct view_desk *desk,
    const struct view_desk_pages *view)
{
	struct screen s = start(b, desk, &view->tabs, MSG_SET_TAB_PAGES);

	screen_put(&s, "p", MSG_PAGES_INTRO);
	html_lit(b, "<ul class=\"list\">\n");
	for (size_t i = 0; i < DESK_PAGES; i++) {
		html_lit(b, "<li><a href=\"/settings/pages/");
		html_text(b, view->names[i]);
		html_lit(b, "\">");
		html_text(b, page_title(&s, i));
		html_lit(b, "</a> ");
		if (view->is_shown[i])
			screen_status(&s, "good", MSG_PAGE_SHOWN);
		else
			screen_status(&s, "off", MSG_PAGE_EMPTY);
		html_lit(b, "<br><span class=\"quiet\">");
		screen_say(&s, page_hints[i]);
		html_lit(b, "</span></li>\n");
	}
	html_lit(b, "</ul>\n");
	screen_end(&s);
}

void desk_page(struct buf *b, const struct view_desk *desk,
    const struct view_desk_page *view)
{
	struct screen s = start(b, desk, &view->tabs, MSG_SET_TAB_PAGES);

	must(view->at < DESK_PAGES);
	html_lit(b, "<h2 class=\"first\">");
	html_text(b, page_title(&s, view->at));
	html_lit(b, "</h2>\n");
	screen_theirs(&s, &view->theirs);
	screen_put(&s, "p", page_hints[view->at]);
	html_lit(b, "<form method=\"post\" action=\"/settings/pages/");
	html_text(b, view->name);
	html_lit(b, "\">\n");
	screen_hidden(&s, "seen", view->seen);
	screen_field(&s, &(struct screen_field){.label = MSG_PAGE_TEXT,
			     .name = HTML("text"),
			     .value = view->text,
			     .has_hint = true,
			     .hint = MSG_PAGE_TEXT_HINT,
			     .has_fault = view->fault != MSG_COUNT,
			     .fault = view->fault,
			     .has_theirs = view->theirs.is_there,
			     .theirs = view->theirs_text,
			     .rows = 18});
	html_lit(b, "<p class=\"acts\">");
	screen_button(&s, MSG_SAVE, true);
	if (view->url.n > 0)
		screen_link(&s, view->url, MSG_PAGE_SEE);
	html_lit(b, "</p>\n");
	screen_form_end(&s);
	screen_end(&s);
}
