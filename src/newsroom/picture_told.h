/* SPDX-License-Identifier: MIT
 *
 * New words of a picture that readers have in stories: the newsroom is asked
 * what kind of change it is, as before each change of a story's own text
 * (newsroom/change.h), and each of the stories is then changed by it
 * (paper/library_told.h). Private to newsroom/.
 */
#ifndef NEWSROOM_PICTURE_TOLD_H
#define NEWSROOM_PICTURE_TOLD_H

#include "page/view_desk_pictures.h"
#include "paper/library_told.h"

struct visit;

struct picture_told {
	int64_t *stories; /* that are touched, by their numbers */
	size_t n;
	struct view_change_form change;
	struct paper_release release;
	bool is_answered; /* for just these stories, with nothing wrong in it */
	bool is_asked;	  /* an answer came, whatever it was worth */
	bool is_again;	  /* for other stories than these */
};

/* Which stories are touched if PICTURE has the words TO, and what the form
 * says of that. */
MUST_USE enum rc picture_told_read(struct visit *v,
    const struct library_picture *picture, const struct library_words *to,
    struct picture_told *ret_told, struct err *err);
/* The question, as the picture's screen puts it. */
MUST_USE enum rc picture_told_view(struct visit *v,
    const struct picture_told *told, struct view_picture_told *ret_view,
    struct err *err);
/* Rows of the log for the stories that were changed by picture ID. */
MUST_USE enum rc picture_told_log(struct visit *v,
    const struct picture_told *told, int64_t id, struct err *err);

#endif
