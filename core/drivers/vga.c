/* SPDX-License-Identifier: Apache-2.0 */
/* VGA text, 80 x 25. Scrolls by moving the screen's start (CRTC 0x0C, 0x0D), never by moving text:
 * every line is written twice, RING lines apart, so that any 25 lines in a row lie together. */
#include "hv/driver.h"
#include "hv/io.h"
#include "hv/platform.h"

#define COLUMNS 80u
#define LINES 25u
#define RING 102u /* 2 * RING lines fit the 32 KB of text memory */
#define CELL(c) ((u16)(0x0700u | (u8)(c)))

static u32 line; /* in the ring */
static u32 column;

static volatile u16 *cells(u32 row)
{
    return (volatile u16 *)PLATFORM_VGA + row * COLUMNS;
}

static void crtc(u8 index, u8 value)
{
    io_out8(0x3d4, index);
    io_out8(0x3d5, value);
}

static void screen_move(void)
{
    u32 top = (line + RING - (LINES - 1)) % RING;
    u32 start = top * COLUMNS;
    u32 cursor = start + (LINES - 1) * COLUMNS + column;

    crtc(0x0c, (u8)(start >> 8));
    crtc(0x0d, (u8)start);
    crtc(0x0e, (u8)(cursor >> 8));
    crtc(0x0f, (u8)cursor);
}

/* Two cells at a time: a slot's start may wait for it. */
static void line_clear(u32 row)
{
    const u32 blank = CELL(' ') * 0x10001u;

    io_fill32(cells(row), blank, COLUMNS / 2);
    io_fill32(cells(row + RING), blank, COLUMNS / 2);
}

static void vga_init(u32 id, u32 baud)
{
    (void)id;
    (void)baud;
    line = LINES - 1;
    column = 0;
    for (u32 row = 0; row < RING; row++)
        line_clear(row);
    screen_move();
}

static void newline(void)
{
    column = 0;
    line = (line + 1) % RING;
    line_clear(line);
}

/* At most one new line in a call keeps it short. */
static u32 vga_push(u32 id, const char *bytes, u32 size)
{
    u32 done = 0;
    bool moved = false;

    (void)id;
    while (done < size && !moved) {
        char c = bytes[done++];

        if (c == '\n' || column == COLUMNS) {
            newline();
            moved = true;
        }
        if (c == '\r')
            column = 0;
        if ((u8)c < ' ')
            continue;
        cells(line)[column] = CELL(c);
        cells(line + RING)[column] = CELL(c);
        column++;
    }
    screen_move();
    return done;
}

const struct text_driver vga_driver = {vga_init, vga_push, 8};
