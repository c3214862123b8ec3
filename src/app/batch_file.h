/* SPDX-License-Identifier: MIT
 *
 * Batch files on the disk, read piece by piece through coin/batch.h.
 */
#ifndef APP_BATCH_FILE_H
#define APP_BATCH_FILE_H

#include "base/err.h"
#include "coin/batch.h"

/* Reads all of the file PATH, calling CALLS with CTX as it goes. READER, some
 * 8 kB, is the caller's, and keeps the head. Results: those of
 * batch_reader_feed and batch_reader_end, of opening and of reading; *ERR
 * begins with the path. Only with RC_OK is anything that was told to be
 * used. */
MUST_USE enum rc batch_file_read(const char *path,
    const struct batch_reader_calls *calls, void *ctx,
    struct batch_reader *reader, struct err *err);

#endif
