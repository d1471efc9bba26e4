/* SPDX-License-Identifier: Apache-2.0 */
/* Text to the console by lines: each vCPU collects its own, so that lines of two vCPUs do not mix.
 * A device that takes nothing costs a bounded number of tries; what it does not take is dropped
 * and counted. */
#include <bail.h>
#include <prtos.h>
#include <stdio.h>

#include "../libc/format.h"

#define LINE_LENGTH 510
#define PATIENCE 4096 /* tries in a row that may bring nothing */
#define PATIENCE_STALLED 16

struct line {
    prtos_u32_t used;
    char text[LINE_LENGTH];
};

static struct line lines[CONFIG_MAX_NO_VCPUS];
static prtos_u32_t stalled; /* the device took nothing when we last gave up */
prtos_u32_t bail_console_dropped;

static void write_out(char *text, prtos_u32_t length)
{
    prtos_u32_t tries = 0;

    while (length) {
        prtos_u32_t piece = length < PRTOS_CONSOLE_MAX_WRITE ? length : PRTOS_CONSOLE_MAX_WRITE;
        prtos_s32_t taken = prtos_write_console(text, (prtos_s32_t)piece);

        if (taken < 0 || (taken == 0 && ++tries >= (stalled ? PATIENCE_STALLED : PATIENCE))) {
            stalled = 1;
            bail_console_dropped += length;
            return;
        }
        if (taken > 0) {
            tries = 0;
            stalled = 0;
            piece = (prtos_u32_t)taken < piece ? (prtos_u32_t)taken : piece;
            text += piece;
            length -= piece;
        }
    }
}

/* A handler may print in the middle of this: whatever it leaves in `used`, no byte is stored beyond
 * the line. */
static void put_line(void *to, char c)
{
    struct line *line = to;
    prtos_u32_t used = line->used;

    if (!c)
        return;
    if (used < LINE_LENGTH)
        line->text[used++] = c;
    if (c == '\n' || c == '\r' || used == LINE_LENGTH) {
        line->used = 0;
        write_out(line->text, used);
    } else {
        line->used = used;
    }
}

prtos_s32_t putchar(prtos_s32_t c)
{
    put_line(&lines[PRTOS_VCPU_SELF], (char)c);
    return c;
}

prtos_s32_t vprintf(const char *format, va_list args)
{
    return bail_format(put_line, &lines[PRTOS_VCPU_SELF], format, args);
}

prtos_s32_t printf(const char *format, ...)
{
    prtos_s32_t length;
    va_list args;

    va_start(args, format);
    length = vprintf(format, args);
    va_end(args);
    return length;
}
