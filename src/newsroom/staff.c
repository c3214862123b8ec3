/* SPDX-License-Identifier: MIT
 *
 * The staff: who is here, who is invited, roles and sections. For owners, and
 * after a fresh step-up where something is changed.
 */
#include "newsroom/kept.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/seen.h"
#include "newsroom/token.h"
#include "newsroom/visit.h"
#include "page/desk.h"
#include "page/desk_staff.h"
#include "paper/paper.h"

enum { INVITE_DAYS = 7, RESET_DAYS = 1, SECTIONS_TEXT = 4096 };

static struct str join_names(struct visit *v, const struct str_list *list)
{
	struct buf b;

	buf_init_arena(&b, v->a, SECTIONS_TEXT);
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			buf_add(&b, desk_word(v->lang, MSG_LIST_COMMA));
		buf_add(&b, list->v[i]);
	}
	return buf_str(&b);
}

static struct view_desk_person person_of(struct visit *v, const struct staff *s)
{
	struct view_desk_person p = {
	    .id = s->id,
	    .name = s->name,
	    .login = s->login,
	    .role = (int)s->role,
	    .sections = join_names(v, &s->sections),
	    .is_disabled = s->is_disabled,
	    .has_second = s->totp.n > 0 || s->passkeys > 0,
	    .was_seen = s->seen.us != INSTANT_NEVER.us,
	};

	if (p.was_seen)
		p.seen = visit_civil(v, s->seen);
	return p;
}

static enum rc fill_people(
    struct visit *v, struct view_desk_staff *view, struct err *err)
{
	struct view_desk_person *to;
	struct staff *people;
	size_t n = 0;
	enum rc rc = staff_list(v->paper, v->a, &people, &n, err);

	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_person, n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		to[i] = person_of(v, &people[i]);
	view->people = to;
	view->people_n = n;
	return RC_OK;
}

static enum rc fill_invites(
    struct visit *v, struct view_desk_staff *view, struct err *err)
{
	struct view_desk_invite *to;
	struct staff_link *links;
	size_t n = 0;
	enum rc rc = staff_links(v->paper, v->a, v->now, &links, &n, err);

	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_invite, n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		to[i] = (struct view_desk_invite){
		    .id = links[i].id,
		    .name = links[i].name,
		    .role = (int)links[i].role,
		    .is_reset = links[i].kind == STAFF_LINK_RESET,
		    .expires = visit_civil(v, links[i].expires),
		};
	view->invites = to;
	view->invites_n = n;
	return RC_OK;
}

static struct entity *show_staff(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STAFF);
	struct view_desk_staff view = {0};
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = fill_people(v, &view, &err);

	if (rc == RC_OK)
		rc = fill_invites(v, &view, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	desk_staff(b, &desk, &view);
	return visit_page(v, 200, b);
}

/* The form of a person, or of an invitation. */

static bool has_name(const struct str_list *list, struct str name)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], name))
			return true;
	return false;
}

static enum rc fill_sections(struct visit *v, struct view_desk_staff_edit *view,
    const struct str_list *chosen, struct err *err)
{
	struct view_desk_scope *to;
	struct str_list names;
	enum rc rc = paper_sections(v->paper, v->a, &names, err);

	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_scope, names.n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < names.n; i++)
		to[i] = (struct view_desk_scope){
		    names.v[i], has_name(chosen, names.v[i])};
	view->sections = to;
	view->sections_n = names.n;
	return RC_OK;
}

static struct entity *show_edit(struct visit *v, unsigned status,
    struct view_desk_staff_edit *view, const struct str_list *chosen)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STAFF);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = fill_sections(v, view, chosen, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	desk.has_faults = status == 422;
	desk_staff_edit(b, &desk, view);
	return visit_page(v, status, b);
}

/* What the form says of somebody's rights. */
struct rights {
	enum staff_role role;
	struct str_list sections;
	enum view_scope scope;
	enum msg fault; /* of the choice of sections; MSG_COUNT: none */
};

/* A role and its sections as one value. */
static struct str rights_text(
    struct visit *v, enum staff_role role, const struct str_list *sections)
{
	return role == STAFF_OWNER ? STR("1")
				   : arena_printf(v->a, "%d %.*s", (int)role,
					 STR_ARG(join_names(v, sections)));
}

/* "Editor: News, Sport" */
static struct str rights_words(struct visit *v, const struct staff *staff)
{
	struct str role = desk_word(v->lang, desk_role((int)staff->role));

	return staff->sections.n == 0
		   ? role
		   : arena_printf(v->a, "%.*s: %.*s", STR_ARG(role),
			 STR_ARG(join_names(v, &staff->sections)));
}

/* Another owner has changed the rights meanwhile. */
static enum rc fill_theirs(struct visit *v, struct view_desk_staff_edit *view,
    const struct staff *staff)
{
	struct seen seen = seen_sent(v);

	view->theirs_role = rights_words(v, staff);
	return seen_by(
	    v, &seen, STR("role"), staff->login, v->path, &view->theirs);
}

/* CHANGED: what was sent, and is not fit; NULL: as it is. */
static struct entity *show_person_with(struct visit *v, unsigned status,
    enum msg fault, const struct rights *changed)
{
	struct view_desk_staff_edit view = {.name_fault = MSG_COUNT,
	    .sections_fault = MSG_COUNT,
	    .fault = fault};
	struct staff staff;
	struct err err = {0};
	struct str is;
	int64_t id;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, id, &staff, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view.person = person_of(v, &staff);
	view.scope = staff.sections.n > 0 ? VIEW_SCOPE_SOME : VIEW_SCOPE_ALL;
	is = rights_text(v, staff.role, &staff.sections);
	rc = seen_write(v, &is, 1, &view.seen, &err);
	if (rc == RC_OK && status == 409)
		rc = fill_theirs(v, &view, &staff);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (changed) {
		view.person.role = (int)changed->role;
		view.scope = changed->scope;
		view.sections_fault = changed->fault;
	}
	return show_edit(
	    v, status, &view, changed ? &changed->sections : &staff.sections);
}

static struct entity *show_person(struct visit *v)
{
	return show_person_with(v, 200, MSG_COUNT, NULL);
}

static struct entity *show_invite(struct visit *v)
{
	struct view_desk_staff_edit view = {.name_fault = MSG_COUNT,
	    .sections_fault = MSG_COUNT,
	    .fault = MSG_COUNT,
	    .person = {.role = STAFF_REPORTER}};
	struct str_list none = {NULL, 0};

	return show_edit(v, 200, &view, &none);
}

/* Whether all sections are meant or those that are ticked, is said and not
 * guessed: a box that somebody forgot must not open all of the paper. An owner
 * is for all of it, and so is everybody where there are no sections. */
static void read_scope(
    struct visit *v, const struct str_list *names, struct rights *rights)
{
	struct str scope = visit_field(v, STR("scope"));
	bool has_boxes = rights->sections.n > 0;

	if (str_eq(scope, STR("all")))
		rights->scope = VIEW_SCOPE_ALL;
	else if (str_eq(scope, STR("some")))
		rights->scope = VIEW_SCOPE_SOME;
	else
		rights->scope = VIEW_SCOPE_NONE;
	rights->fault = MSG_COUNT;
	if (rights->role == STAFF_OWNER || names->n == 0)
		return;
	if (rights->scope == VIEW_SCOPE_NONE ||
	    has_boxes != (rights->scope == VIEW_SCOPE_SOME))
		rights->fault = MSG_STAFF_SECTIONS_FAULT;
}

/* Role and sections of the form: of these only such as there are. RC_INVALID:
 * no browser of ours sent it. */
static enum rc read_rights(
    struct visit *v, struct rights *ret_rights, struct err *err)
{
	struct str_list names;
	struct str *chosen;
	uint64_t role;
	size_t n = 0;
	enum rc rc =
	    str_u64(visit_field(v, STR("role")), STAFF_ROLES - 1, &role);

	if (rc != RC_OK || role < STAFF_OWNER)
		return RC_INVALID;
	rc = paper_sections(v->paper, v->a, &names, err);
	if (rc != RC_OK)
		return rc;
	chosen = ARENA_ARRAY(v->a, struct str, v->form.n);
	if (!chosen)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < v->form.n; i++) {
		if (!str_starts(v->form.v[i].name, STR("section_")))
			continue;
		if (!has_name(&names, v->form.v[i].value))
			return RC_INVALID;
		chosen[n++] = v->form.v[i].value;
	}
	*ret_rights = (struct rights){
	    .role = (enum staff_role)role, .sections = {chosen, n}};
	read_scope(v, &names, ret_rights);
	return RC_OK;
}

static struct str person_path(struct visit *v, int64_t id)
{
	struct str path = arena_printf(v->a, "/staff/%lld", (long long)id);

	return path.p ? path : STR("/staff");
}

/* What a change of the person in the address comes to. */
static struct entity *changed(struct visit *v, int64_t id, enum rc rc,
    const struct err *err, struct str word)
{
	if (rc == RC_DENIED)
		return show_person_with(v, 422, MSG_STAFF_LAST_OWNER, NULL);
	if (rc != RC_OK)
		return visit_failed(v, rc, err);
	/* One's own sessions have ended with it. */
	return id == v->who.id ? visit_see_other(v, STR("/sign-in"))
			       : visit_done(v, person_path(v, id), word);
}

/* Nobody else has changed the rights of the account ID since the form was
 * drawn, or just so. */
static enum rc is_seen(struct visit *v, int64_t id, const struct rights *rights,
    bool *ret_is_seen, struct err *err)
{
	struct seen seen = seen_sent(v);
	struct staff staff;
	enum rc rc = staff_get(v->paper, v->a, id, &staff, err);

	if (rc == RC_OK)
		*ret_is_seen =
		    seen_fate(&seen, 0,
			rights_text(v, rights->role, &rights->sections),
			rights_text(v, staff.role, &staff.sections)) ==
		    SEEN_MINE;
	return rc;
}

static struct entity *set_role(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct rights rights;
	struct err err = {0};
	bool is_one = true;
	int64_t id = 0;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = read_rights(v, &rights, &err);
	if (rc == RC_OK && rights.fault != MSG_COUNT)
		return show_person_with(v, 422, MSG_COUNT, &rights);
	if (rc == RC_OK)
		rc = is_seen(v, id, &rights, &is_one, &err);
	if (rc == RC_OK && !is_one)
		return show_person_with(v, 409, MSG_COUNT, &rights);
	if (rc == RC_OK)
		rc = staff_set_role(
		    v->paper, id, rights.role, &rights.sections, &by, &err);
	return changed(v, id, rc, &err, STR("role-changed"));
}

static struct entity *set_disabled(struct visit *v, bool is_disabled)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	int64_t id = 0;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = staff_set_disabled(v->paper, id, is_disabled, &by, &err);
	if (rc == RC_OK)
		kept_forget(v->n->kept, id);
	return changed(
	    v, id, rc, &err, is_disabled ? STR("disabled") : STR("enabled"));
}

static struct entity *disable(struct visit *v)
{
	return set_disabled(v, true);
}

static struct entity *enable(struct visit *v)
{
	return set_disabled(v, false);
}

/* Links. */

static struct entity *make_link(
    struct visit *v, struct staff_link *link, int64_t days, enum msg text)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STAFF);
	struct view_desk_made view = {.text = text};
	struct staff_by by = visit_by(v);
	uint8_t token[TOKEN_BYTES], hash[STAFF_HASH];
	struct buf *b = visit_buf(v);
	struct err err = {0};
	struct buf url;
	enum rc rc;

	link->made_by = v->who.id;
	link->created = v->now;
	link->expires.us = v->now.us + days * 86400 * 1000000;
	v->n->config.random(token, sizeof(token));
	staff_hash((struct str){(const char *)token, sizeof(token)}, hash);
	rc = staff_make_link(v->paper, link, hash, &by, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	buf_init_arena(&url, v->a, 1024);
	buf_add(&url, v->n->origin);
	buf_lit(&url, "/join/");
	token_put(&url, token);
	if (!b || buf_rc(&url) != RC_OK)
		return NULL;
	view.url = buf_str(&url);
	desk.script = visit_static(v, STR("copy.js"));
	desk_made(b, &desk, &view);
	return visit_page(v, 200, b);
}

static struct entity *invite(struct visit *v)
{
	struct view_desk_staff_edit view = {
	    .name_fault = MSG_COUNT, .fault = MSG_COUNT};
	struct staff_link link = {.kind = STAFF_LINK_JOIN,
	    .name = str_trim(visit_field(v, STR("name")))};
	struct rights rights;
	struct err err = {0};
	enum rc rc = read_rights(v, &rights, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	link.role = rights.role;
	link.sections = rights.sections;
	view.scope = rights.scope;
	view.sections_fault = rights.fault;
	view.name_fault = visit_name_fault(link.name);
	if (view.name_fault != MSG_COUNT || rights.fault != MSG_COUNT) {
		view.person.name = link.name;
		view.person.role = (int)link.role;
		return show_edit(v, 422, &view, &link.sections);
	}
	return make_link(v, &link, INVITE_DAYS, MSG_STAFF_INVITE_TEXT);
}

static struct entity *reset(struct visit *v)
{
	struct staff_link link = {.kind = STAFF_LINK_RESET};
	struct staff staff;
	struct err err = {0};
	enum rc rc = visit_id(v, 0, &link.staff);

	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, link.staff, &staff, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	link.name = staff.name;
	link.role = staff.role;
	return make_link(v, &link, RESET_DAYS, MSG_STAFF_RESET_HINT);
}

static struct entity *remove_link(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	int64_t id;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = staff_remove_link(v->paper, id, &by, &err);
	return rc == RC_OK ? visit_done(v, STR("/staff"), STR("invite-removed"))
			   : visit_failed(v, rc, &err);
}

static const struct route routes[] = {
    {HTTP_GET, "/staff", RIGHT_STAFF, 0, "", show_staff},
    {HTTP_GET, "/staff/invite", RIGHT_STAFF, ROUTE_STEP_UP, "", show_invite},
    {HTTP_POST, "/staff/invite", RIGHT_STAFF, ROUTE_STEP_UP,
	"name role scope section_#", invite},
    {HTTP_POST, "/staff/links/:id/remove", RIGHT_STAFF, ROUTE_STEP_UP, "",
	remove_link},
    {HTTP_GET, "/staff/:id", RIGHT_STAFF, ROUTE_STEP_UP, "", show_person},
    {HTTP_POST, "/staff/:id/role", RIGHT_STAFF, ROUTE_STEP_UP,
	"seen role scope section_#", set_role},
    {HTTP_POST, "/staff/:id/disable", RIGHT_STAFF, ROUTE_STEP_UP, "", disable},
    {HTTP_POST, "/staff/:id/enable", RIGHT_STAFF, ROUTE_STEP_UP, "", enable},
    {HTTP_POST, "/staff/:id/reset", RIGHT_STAFF, ROUTE_STEP_UP, "", reset},
};

const struct route *routes_staff(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
