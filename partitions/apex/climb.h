/* SPDX-License-Identifier: Apache-2.0 */
/* What the three partitions agree upon: messages, times, and the frame with the fault. */
#ifndef CLIMB_H
#define CLIMB_H

#include <apex.h>

#define MS 1000000
#define FRAME (20 * MS)

/* Guidance loses its way in this frame; the log ends the system after the last one. */
#define FAULT_FRAME 6
#define LAST_FRAME 10

struct altitude {
    prtos_u32_t frame;
    prtos_s32_t feet;
};

struct command {
    prtos_u32_t frame;
    prtos_s32_t climb; /* feet for a frame */
};

#define TARGET 1000

/* process.c: makes and starts a process; halts the partition, with a line, if a code is not
 * NO_ERROR. */
PROCESS_ID_TYPE process_start(const char *name, void (*entry)(void), PRIORITY_TYPE priority,
                              SYSTEM_TIME_TYPE period, SYSTEM_TIME_TYPE capacity);
void succeed(const char *what, RETURN_CODE_TYPE code);

#endif
