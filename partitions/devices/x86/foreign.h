/* SPDX-License-Identifier: Apache-2.0 */
/* A device that the partition does not own, and what an access to it is: the timer's port. */
#ifndef DEVICES_FOREIGN_H
#define DEVICES_FOREIGN_H

#include "ports.h"

#define FOREIGN_NAME "the timer's port"
#define FOREIGN_TRAP GENERAL_PROTECTION_FAULT
#define FOREIGN_BYTES 2 /* in $port, %al */

static __inline__ void foreign_access(void)
{
    port_in(0x40);
}

#endif
