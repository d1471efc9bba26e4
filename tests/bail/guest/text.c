/* SPDX-License-Identifier: Apache-2.0 */
/* The console: long lines, carriage returns, NULs, and text without an end. */
#include <bail.h>

#include "probe.h"

void test_text(void)
{
    prtos_s32_t i;

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
