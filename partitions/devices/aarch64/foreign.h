/* SPDX-License-Identifier: Apache-2.0 */
/* A device that the partition does not own, and what an access to it is: the clock's registers. */
#ifndef DEVICES_FOREIGN_H
#define DEVICES_FOREIGN_H

#include "registers.h"

#define FOREIGN_NAME "the clock's registers"
#define FOREIGN_TRAP AARCH64_LOAD_PAGE_FAULT
#define FOREIGN_BYTES 4

static __inline__ void foreign_access(void)
{
    (void)*CLOCK_DATA;
}

#endif
