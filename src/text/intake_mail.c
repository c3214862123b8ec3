/* SPDX-License-Identifier: MIT
 *
 * The text that comes in, be it a mail (text/mail.h) or not, as UTF-8; with
 * the lines of the source that it came from, and what was done to it. Then the
 * head that it begins with is set aside: that of a mail as it was sent, or as
 * a program shows it, in the words of its reader's language.
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
		size_t at = charset_line(cs, (uint32_t)i + 1);

		lines[i] = mail->lines[at <= mail->lines_n ? at - 1
							   : mail->lines_n - 1];
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
	if (mail->charset)
		intake_did(job, line,
		    arena_printf(
			job->a, "Read the text as %s.", mail->charset));
	if (mail->texts > 1)
		intake_did(job, line,
		    arena_printf(job->a, "Joined %u texts that the mail has.",
			mail->texts));
	if (mail->others > 0)
		intake_doubt(job, 0,
		    arena_printf(job->a,
			"The mail has more parts than its text (%u), such as "
			"%s, which are not in the draft.",
			mail->others,
			mail->other_texts > 0 ? "another text"
					      : "files or pictures"));
}

static enum rc refuse_large(struct err *err, int most)
{
	return err_set(
	    err, RC_LIMIT, "the text is larger than %d MB", most / 1024 / 1024);
}

enum rc intake_read_text(struct job *job, struct str bytes, struct err *err)
{
	struct mail mail;
	enum rc rc;

	if (bytes.n > CHARSET_MAX)
		return refuse_large(err, CHARSET_MAX);
	rc = mail_read(job->a, bytes, &mail);
	if (rc == RC_NOT_FOUND && bytes.n > MANUSCRIPT_MAX)
		return refuse_large(err, MANUSCRIPT_MAX);
	if (rc == RC_NOT_FOUND)
		return charset_read(job->a, bytes, &job->in.charset, err);
	if (rc == RC_INVALID)
		return err_set(err, rc,
		    "this is a mail in which no part is text; save its "
		    "attachment and take that in");
	if (rc != RC_OK)
		return err_set(err, rc, "no memory left");
	if (mail.text.n > MANUSCRIPT_MAX)
		return refuse_large(err, MANUSCRIPT_MAX);
	rc = charset_read_decoded(job->a, mail.text, &job->in.charset, err);
	if (rc != RC_OK)
		return rc;
	job->was_html = mail.was_html;
	map_mail(job, &mail);
	say_mail(job, &mail);
	return RC_OK;
}

/* What of a mail's head is used. IS_MORE: VALUE goes on from the line before,
 * and of a day the first line is enough. */
static void know_header(
    struct job *job, struct str name, struct str value, bool is_more)
{
	enum intake_header kind = intake_header_kind(job->a, name);

	if (kind == INTAKE_HEADER_SUBJECT && !is_more)
		job->subject = value;
	else if (kind == INTAKE_HEADER_SUBJECT &&
		 job->subject.n <= INTAKE_SUBJECT_LONGEST)
		job->subject = arena_printf(
		    job->a, "%.*s %.*s", STR_ARG(job->subject), STR_ARG(value));
	if (kind == INTAKE_HEADER_DATE && !is_more)
		job->mail_date = value;
	if (str_eq_fold(name, STR("content-type"))) {
		struct str low = intake_fold(job->a, value);

		job->is_flowed |=
		    intake_has(low, "format=flowed|format=\"flowed");
		job->is_delsp |= intake_has(low, "delsp=yes|delsp=\"yes");
	}
}

/* How long the head is that TEXT begins with: two fields of people at least,
 * and what programs have put beside them. Where it has no field with a name as
 * programs give it, a single word before a colon may be the first of the story,
 * if no field stands below it. */
static size_t mail_head_length(struct job *job, struct str text)
{
	struct str rest = text, line, name, value;
	size_t known = 0, end = 0;
	bool is_sure = false, is_programs = false;

	for (size_t i = 0; str_line(&rest, &line) && !str_blank(line); i++) {
		bool is_more = i > 0 && ascii_is_space(line.p[0]);
		bool is_known =
		    !is_more && intake_mail_header(job->a, line, &name, &value);
		struct str field = str_part(line, 0, mail_field_name(line));

		if (!is_more && !is_known && field.n == 0 &&
		    !(known > 0 && intake_field(line, &name, &value)) &&
		    !(i == 0 && mail_is_mbox(line)))
			break;
		known += is_known;
		is_programs |= !is_more && (str_find(field, '-') < field.n ||
					       str_find(field, '_') < field.n);
		if (!is_more)
			is_sure = is_known || is_programs;
		if (is_sure)
			end = rest.p ? (size_t)(rest.p - text.p) : text.n;
	}
	return known >= 2 ? end : 0;
}

struct str intake_cut_mail_head(
    struct job *job, struct str text, uint32_t *line_no)
{
	size_t end = mail_head_length(job, text);
	struct str head = str_part(text, 0, end), rest = str_from(text, end);
	struct str line, behind, name = STR_NONE, value;
	uint32_t no = 0;

	while (str_line(&head, &line)) {
		bool is_more = no > 0 && ascii_is_space(line.p[0]);

		if (!is_more &&
		    !intake_mail_header(job->a, line, &name, &value))
			name = value = STR_NONE;
		intake_set_aside(job, charset_line(&job->in.charset, ++no),
		    "mail header", str_trim(line));
		know_header(
		    job, name, is_more ? str_trim(line) : value, is_more);
	}
	behind = rest;
	if (no > 0 && str_line(&behind, &line) && str_blank(line)) {
		rest = behind;
		no++;
	}
	*line_no = no;
	return rest;
}
