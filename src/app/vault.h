/* SPDX-License-Identifier: MIT
 *
 * The vault process: it tries passwords for the newsroom (newsroom/vault.h),
 * one after the other. It has no file and no socket but that to the newsroom.
 */
#ifndef APP_VAULT_H
#define APP_VAULT_H

struct child_order;

/* Works until it is told to end; returns the exit code. */
int vault_run(const struct child_order *order);

#endif
