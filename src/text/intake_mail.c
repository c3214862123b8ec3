/* SPDX-License-Identifier: MIT
 *
 * The text that comes in, be it a mail (text/mail.h) or not, as UTF-8; with
 * the lines of the source that it came from, and what was done to it.
 */
#include "base/arena.h"
#include "text/intake_priv.h"
#include "text/mail.h"

/* The lines of the source that those of the text in a mail were. */
static void map_mail(struct job *job, const struct mail *mail)
{
	struct charset *cs = &job->in.charset;
	uint32_t *lines;
	size_t n = 1;

	for (size_t i = 0; i < cs->text.n; i++)
		n += cs->text.p[i] == '\n';
	lines = ARENA_ARRAY(job->a, uint32_t, n);
	for (size_t i = 0; lines && i < n; i++) {
		uint32_t at = charset_line(cs, (uint32_t)i + 1);

		if (at <= mail->head_n)
			lines[i] = mail->head_lines[at - 1];
		else
			lines[i] =
			    mail->source_line +
			    (mail->keeps_lines ? at - 1 - (uint32_t)mail->head_n
					       : 0);
	}
	cs->lines = lines;
	cs->lines_n = lines ? n : 0;
}

static void say_mail(struct job *job, const struct mail *mail)
{
	uint32_t line = mail->source_line;

	if (mail->was_html)
		intake_did(job, line,
		    STR("Took the HTML of a mail without its tags."));
	else
		intake_did(job, line, STR("Took the plain text of a mail."));
	if (mail->was_base64)
		intake_did(job, line, STR("Undid the base64 of a mail."));
	if (mail->was_quoted)
		intake_did(
		    job, line, STR("Undid the quoted-printable of a mail."));
	if (mail->others > 0)
		intake_doubt(job, 0,
		    arena_printf(job->a,
			"The mail has more parts than its text (%u), such as "
			"files or pictures, which are not in the draft.",
			mail->others));
}

enum rc intake_read_text(struct job *job, struct str bytes, struct err *err)
{
	struct mail mail;
	enum rc rc = mail_read(job->a, bytes, &mail);

	if (rc == RC_NOT_FOUND)
		return charset_read(job->a, bytes, &job->in.charset, err);
	if (rc == RC_INVALID)
		return err_set(err, rc,
		    "this is a mail in which no part is text; save its "
		    "attachment and take that in");
	if (rc != RC_OK)
		return err_set(err, rc, "no memory left");
	rc = charset_read_decoded(job->a, mail.text, &job->in.charset, err);
	if (rc != RC_OK)
		return rc;
	map_mail(job, &mail);
	say_mail(job, &mail);
	return RC_OK;
}
