/* SPDX-License-Identifier: Apache-2.0 */
/* PL011 UARTs (Arm DDI 0183), transmit only, by looking, never by waiting. Interrupts of the device
 * stay off. */
#include "hv/driver.h"
#include "hv/platform.h"

#define REG_DATA 0x00u
#define REG_FLAGS 0x18u
#define REG_BAUD_WHOLE 0x24u
#define REG_BAUD_PART 0x28u
#define REG_LINE 0x2Cu
#define REG_CONTROL 0x30u
#define REG_INTERRUPTS 0x38u
#define REG_CLEAR 0x44u

#define FLAG_BUSY 0x08u
#define FLAG_EMPTY 0x80u /* of the transmitter */
#define FIFO_BYTES 16u
#define LINE_8N1_FIFO 0x70u
#define CONTROL_ON 0x301u /* UART, transmitter, receiver */
#define DRAIN_TRIES 100000u

static const unsigned long base[] = {PLATFORM_UART0};

static volatile u32 *reg(u32 id, u32 offset)
{
    return (volatile u32 *)(base[id] + offset);
}

/* The divisor is clock / (16 * baud), in 64ths; a baud rate of 0 leaves the firmware's. */
static void uart_init(u32 id, u32 baud)
{
    u32 tries = DRAIN_TRIES;
    u32 divisor;

    if (id >= ARRAY_SIZE(base))
        return;
    while ((*reg(id, REG_FLAGS) & FLAG_BUSY) && --tries)
        ;
    *reg(id, REG_CONTROL) = 0;
    *reg(id, REG_INTERRUPTS) = 0;
    *reg(id, REG_CLEAR) = 0x7ffu;
    if (baud && baud <= PLATFORM_UART_CLOCK / 16) {
        divisor = PLATFORM_UART_CLOCK * 4u / baud;
        *reg(id, REG_BAUD_WHOLE) = divisor >> 6 & 0xffffu;
        *reg(id, REG_BAUD_PART) = divisor & 63u;
    }
    *reg(id, REG_LINE) = LINE_8N1_FIFO; /* takes the divisor */
    *reg(id, REG_CONTROL) = CONTROL_ON;
}

/* A FIFO full for each time the device says that it is empty. */
static u32 uart_push(u32 id, const char *bytes, u32 size)
{
    volatile u32 *data;
    u32 done = 0;

    if (id >= ARRAY_SIZE(base))
        return size;
    data = reg(id, REG_DATA);
    while (done < size && (*reg(id, REG_FLAGS) & FLAG_EMPTY)) {
        u32 end = size - done < FIFO_BYTES ? size : done + FIFO_BYTES;

        for (; done + 4 <= end; done += 4) {
            *data = (u8)bytes[done];
            *data = (u8)bytes[done + 1];
            *data = (u8)bytes[done + 2];
            *data = (u8)bytes[done + 3];
        }
        for (; done < end; done++)
            *data = (u8)bytes[done];
    }
    return done;
}

const struct text_driver uart_driver = {uart_init, uart_push, 48};
