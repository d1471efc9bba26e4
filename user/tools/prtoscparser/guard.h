/* SPDX-License-Identifier: Apache-2.0 */
/* Between source.c and guard.c. */
#ifndef CF_GUARD_H
#define CF_GUARD_H

#include <stddef.h>

#include "lib/types.h"

/* Why these bytes are not given to the XML library, and the line; null: they may be. */
const char *guard_fault(const char *text, size_t size, u32 *line);

#endif
