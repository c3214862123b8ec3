/* SPDX-License-Identifier: MIT
 *
 * What kind of change it is; see change.h.
 */
#include "newsroom/change.h"

#include "newsroom/visit.h"

bool change_read(struct visit *v, struct view_change_form *view,
    struct paper_release *release)
{
	enum paper_change kind = PAPER_FIRST;

	*view = (struct view_change_form){
	    .kind = visit_field(v, STR("kind")),
	    .text = visit_field(v, STR("text")),
	    .kind_fault = MSG_COUNT,
	    .text_fault = MSG_COUNT,
	    .is_at_head = str_eq(visit_field(v, STR("place")), STR("head")),
	    .is_old_taken = visit_field(v, STR("old")).n > 0,
	};
	if (paper_change_find(view->kind, &kind) != RC_OK)
		view->kind_fault = MSG_CHANGE_KIND_FAULT;
	if (view->text.n > PAPER_NOTE_MAX)
		view->text_fault = MSG_FAULT_LONG;
	else if ((kind == PAPER_CORRECTION || kind == PAPER_CLARIFICATION) &&
		 str_blank(view->text))
		view->text_fault = MSG_CHANGE_TEXT_FAULT;
	if (view->kind_fault != MSG_COUNT || view->text_fault != MSG_COUNT)
		return false;
	release->change = kind;
	release->place = view->is_at_head ? PAPER_HEAD : PAPER_FOOT;
	release->text = str_trim(view->text);
	release->is_old_taken = view->is_old_taken;
	return true;
}
