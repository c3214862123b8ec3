/* SPDX-License-Identifier: MIT
 *
 * What comes out of the darkroom. What is read is written the same.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "picture/contact_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	struct contact_sheet sheet;
	struct buf b;

	if (contact_sheet_read(s, &sheet) != RC_OK)
		return 0;
	buf_init(&b, n + 1);
	contact_sheet_write(&b, &sheet);
	must(buf_rc(&b) == RC_OK);
	must(str_eq(buf_str(&b), s));
	buf_done(&b);
	return 0;
}
