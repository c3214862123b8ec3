/* SPDX-License-Identifier: MIT
 *
 * The staff: who is here, who is invited, roles and sections. For owners, and
 * after a fresh step-up where something is changed.
 */
#include "newsroom/newsroom_priv.h"
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
	struct view_desk_section *to;
	struct str_list names;
	enum rc rc = paper_sections(v->paper, v->a, &names, err);

	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_section, names.n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < names.n; i++)
		to[i] = (struct view_desk_section){
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

static struct entity *show_person_with(
    struct visit *v, unsigned status, enum msg fault)
{
	struct view_desk_staff_edit view = {
	    .name_fault = MSG_COUNT, .fault = fault};
	struct staff staff;
	struct err err = {0};
	int64_t id;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, id, &staff, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view.person = person_of(v, &staff);
	return show_edit(v, status, &view, &staff.sections);
}

static struct entity *show_person(struct visit *v)
{
	return show_person_with(v, 200, MSG_COUNT);
}

static struct entity *show_invite(struct visit *v)
{
	struct view_desk_staff_edit view = {.name_fault = MSG_COUNT,
	    .fault = MSG_COUNT,
	    .person = {.role = STAFF_REPORTER}};
	struct str_list none = {NULL, 0};

	return show_edit(v, 200, &view, &none);
}

/* Role and sections of the form: of these only such as there are. RC_INVALID:
 * no browser of ours sent it. */
static enum rc read_rights(struct visit *v, enum staff_role *ret_role,
    struct str_list *ret_sections, struct err *err)
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
	*ret_role = (enum staff_role)role;
	*ret_sections = (struct str_list){chosen, n};
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
		return show_person_with(v, 422, MSG_STAFF_LAST_OWNER);
	if (rc != RC_OK)
		return visit_failed(v, rc, err);
	/* One's own sessions have ended with it. */
	return id == v->who.id ? visit_see_other(v, STR("/sign-in"))
			       : visit_done(v, person_path(v, id), word);
}

static struct entity *set_role(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct str_list sections;
	enum staff_role role;
	struct err err = {0};
	int64_t id = 0;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = read_rights(v, &role, &sections, &err);
	if (rc == RC_OK)
		rc = staff_set_role(v->paper, id, role, &sections, &by, &err);
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
	desk_made(b, &desk, &view);
	return visit_page(v, 200, b);
}

static struct entity *invite(struct visit *v)
{
	struct view_desk_staff_edit view = {
	    .name_fault = MSG_COUNT, .fault = MSG_COUNT};
	struct staff_link link = {.kind = STAFF_LINK_JOIN,
	    .name = str_trim(visit_field(v, STR("name")))};
	struct err err = {0};
	enum rc rc = read_rights(v, &link.role, &link.sections, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (link.name.n == 0)
		view.name_fault = MSG_FAULT_EMPTY;
	else if (link.name.n > STAFF_NAME_MAX)
		view.name_fault = MSG_FAULT_LONG;
	if (view.name_fault != MSG_COUNT) {
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
	"name role section_#", invite},
    {HTTP_POST, "/staff/links/:id/remove", RIGHT_STAFF, ROUTE_STEP_UP, "",
	remove_link},
    {HTTP_GET, "/staff/:id", RIGHT_STAFF, ROUTE_STEP_UP, "", show_person},
    {HTTP_POST, "/staff/:id/role", RIGHT_STAFF, ROUTE_STEP_UP, "role section_#",
	set_role},
    {HTTP_POST, "/staff/:id/disable", RIGHT_STAFF, ROUTE_STEP_UP, "", disable},
    {HTTP_POST, "/staff/:id/enable", RIGHT_STAFF, ROUTE_STEP_UP, "", enable},
    {HTTP_POST, "/staff/:id/reset", RIGHT_STAFF, ROUTE_STEP_UP, "", reset},
};

const struct route *routes_staff(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
