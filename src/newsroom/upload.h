/* SPDX-License-Identifier: MIT
 *
 * Pictures that are sent: POST /pictures/upload. Private to newsroom/.
 */
#ifndef NEWSROOM_UPLOAD_H
#define NEWSROOM_UPLOAD_H

struct entity;
struct visit;

/* A form with one or more files named "file" (http/multipart.h). Each becomes
 * a picture of the library, or is one already, or is refused; the answer says
 * which, and comes when all are done. */
struct entity *take_upload(struct visit *v);

#endif
