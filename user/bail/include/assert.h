/* SPDX-License-Identifier: Apache-2.0 */
/* Assertions: checked in debug builds (_DEBUG_), empty otherwise. */
#ifndef BAIL_ASSERT_H
#define BAIL_ASSERT_H

#include <bail.h>

#ifdef _DEBUG_
#define assert(e)                                                                                  \
    do {                                                                                           \
        if (!(e))                                                                                  \
            bail_halt((char *)"%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #e);            \
    } while (0)
#else
#define assert(e) ((void)0)
#endif

#define ASSERT(e) assert(e)

#endif
