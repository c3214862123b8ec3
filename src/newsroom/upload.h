/* SPDX-License-Identifier: MIT
 *
 * Pictures that are sent: POST /pictures/upload. Private to newsroom/.
 */
#ifndef NEWSROOM_UPLOAD_H
#define NEWSROOM_UPLOAD_H

struct entity;
struct library_files_of;
struct newsroom;
struct visit;

/* A form with one or more files named "file" (http/multipart.h). Each becomes
 * a picture of the library, or is one already, or is refused; the answer says
 * which, and comes when all are done. */
struct entity *take_upload(struct visit *v);

/* Removes the files of pictures that were being sent, or removed, when the
 * newsroom ended: nothing that the library has. Once, at the start. */
void upload_sweep(struct newsroom *n);
/* Removes the files of a picture that the library has forgotten
 * (library_remove). What fails is said in the log, and done at the next
 * start. */
void upload_clear(struct newsroom *n, const struct library_files_of *files);

#endif
