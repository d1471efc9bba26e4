/* SPDX-License-Identifier: Apache-2.0 */
/* Has no console: printing must end all the same. Tells the partition under test through shared
 * memory, then takes its slots and does nothing with them. */
#include <bail.h>
#include <prtos.h>
#include <stdio.h>

#define LINES 40

void partition_main(void)
{
    volatile prtos_u32_t *shared = (volatile prtos_u32_t *)0x6200000;
    prtos_time_t before, after;
    prtos_s32_t i;

    for (i = 0; i < LINES; i++)
        printf("nobody sees this line\n");
    prtos_get_time(PRTOS_EXEC_CLOCK, &before);
    printf("nor this one\n");
    prtos_get_time(PRTOS_EXEC_CLOCK, &after);
    shared[1] = bail_console_dropped;
    shared[2] = (prtos_u32_t)(after - before);
    shared[0] = 1;
    for (;;)
        ;
}
