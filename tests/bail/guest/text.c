/* SPDX-License-Identifier: Apache-2.0 */
/* The console: long lines, carriage returns, NULs, and text without an end. */
#include <bail.h>

#include "probe.h"

void test_text(void)
{
    volatile prtos_u32_t *shared = (volatile prtos_u32_t *)0x6200000;
    prtos_s32_t i;

    for (i = 0; i < 1000 && !shared[0]; i++)
        prtos_idle_self();
    SHOW("neighbour_printed", shared[0]);
    SHOW("neighbour_dropped", shared[1]);
    SHOW("neighbour_us", shared[2]);
    SHOW("text_length", printf("%s %d %x\n", "text", -1, 0xbeef));
    for (i = 0; i < 1200; i++)
        putchar('a' + i % 26);
    putchar('\n');
    putchar('x');
    putchar(0);
    putchar('y');
    putchar('\r');
    putchar('\n');
    SHOW("text_dropped", bail_console_dropped);
    SHOW("text_direct", prtos_write_console("direct\n", 7));
    SHOW("text_too_long", prtos_write_console("x", 129));
    SHOW("text_negative", prtos_write_console("x", -1));
}
