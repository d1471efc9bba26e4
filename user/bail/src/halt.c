/* SPDX-License-Identifier: Apache-2.0 */
/* The ends of a partition. */
#include <bail.h>
#include <prtos.h>
#include <stdio.h>
#include <stdlib.h>

void part_halt(void)
{
    for (;;)
        prtos_halt_partition(PRTOS_PARTITION_SELF);
}

void bail_halt(char *msg, ...)
{
    va_list args;

    va_start(args, msg);
    vprintf(msg, args);
    va_end(args);
    part_halt();
}

void exit(prtos_s32_t status)
{
    (void)status;
    part_halt();
}
