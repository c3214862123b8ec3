/* SPDX-License-Identifier: MIT
 *
 * The editor's messages as JSON; see desk_editor.h.
 */
#include "page/desk_editor.h"

#include "page/desk_words.h"
#include "page/html.h"
#include "page/json.h"

static const enum msg messages[] = {
#define WORD(id, en, es, fr, de, ru, ar, ko) MSG_##id,
#include "page/desk_words_editor.inc"
#undef WORD
};

void desk_editor_words(struct buf *b, unsigned column)
{
	html_lit(b, "<script type=\"application/json\" id=\"editor-words\">{");
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		struct str id = str_of(desk_word_id(messages[i]));

		if (i > 0)
			buf_char(b, ',');
		json_text(b, str_from(id, STR("EDITOR_").n));
		buf_char(b, ':');
		json_text(b, desk_word(column, messages[i]));
	}
	html_lit(b, "}</script>");
}
