/* SPDX-License-Identifier: Apache-2.0 */
/* 16550 UARTs of a PC, transmit only, by looking, never by waiting (National PC16550D data sheet,
 * table II). Interrupts of the device stay off. */
#include "hv/driver.h"
#include "hv/io.h"

#define CLOCK 115200u /* baud at divisor 1 */

#define REG_DATA 0
#define REG_IER 1
#define REG_FCR 2
#define REG_LCR 3
#define REG_MCR 4
#define REG_LSR 5

#define FIFO_ON 0x07 /* enable and clear both */
#define LINE_8N1 0x03
#define LINE_DIVISOR 0x80
#define MODEM_READY 0x03 /* DTR, RTS */
#define STATUS_EMPTY 0x20
#define FIFO_BYTES 16u

static const u16 base[] = {0x3f8, 0x2f8};

static void uart_init(u32 id, u32 baud)
{
    u16 port;
    u32 divisor;

    if (id >= ARRAY_SIZE(base))
        return;
    port = base[id];
    divisor = baud && baud <= CLOCK ? CLOCK / baud : 1;
    if (divisor > 0xffff)
        divisor = 0xffff;
    io_out8(port + REG_IER, 0);
    io_out8(port + REG_LCR, LINE_DIVISOR);
    io_out8(port + REG_DATA, (u8)divisor);
    io_out8(port + REG_IER, (u8)(divisor >> 8));
    io_out8(port + REG_LCR, LINE_8N1);
    io_out8(port + REG_FCR, FIFO_ON);
    io_out8(port + REG_MCR, MODEM_READY);
}

/* A FIFO full for each time the device says that it is empty. */
static u32 uart_push(u32 id, const char *bytes, u32 size)
{
    u16 port;
    u32 done = 0;

    if (id >= ARRAY_SIZE(base))
        return size;
    port = base[id];
    while (done < size && (io_in8(port + REG_LSR) & STATUS_EMPTY)) {
        u32 piece = size - done < FIFO_BYTES ? size - done : FIFO_BYTES;

        io_out_bytes(port + REG_DATA, bytes + done, piece);
        done += piece;
    }
    return done;
}

const struct text_driver uart_driver = {uart_init, uart_push, 64};
