/* SPDX-License-Identifier: Apache-2.0 */
/* Edges of the timer chip's line that come in the slot, outside it, and while the line is masked.
 * Counter 0 of the 8254 counts 1193182 times a second. */
#include <irqs.h>
#include "../../system/guest/check.h"

#define LINE (1u << 0)
#define MS 1193u

static volatile prtos_u32_t n;

static void handler(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    n++;
}

static void port_write(prtos_u16_t port, prtos_u32_t value)
{
    __asm__ __volatile__("outb %b0, %w1" ::"a"(value), "d"(port));
}

/* Mode 0: one edge after `count`; mode 2: one every `count`. */
static void counter(prtos_u32_t mode, prtos_u32_t count)
{
    port_write(0x43, 0x30u | mode << 1);
    port_write(0x40, count & 0xff);
    port_write(0x40, count >> 8);
}

static void spin(prtos_u32_t ns)
{
    prtos_u64_t end = clock_ns() + ns;

    while (clock_ns() < end)
        ;
}

void partition_main(void)
{
    install_trap_handler(0x20, handler);
    call(clear_irqmask_nr, LINE, 0, 0, 0, 0);
    call(x86_set_if_nr, 0, 0, 0, 0, 0);
    prtos_idle_self();
    n = 0;
    counter(0, MS / 10);
    spin(200000);
    check_word("in-slot", 1, n);
    counter(0, 3 * MS);
    check_word("not-yet", 1, n);
    prtos_idle_self();
    check_word("outside", 2, n);
    prtos_idle_self();
    check_word("outside.once", 2, n);
    call(set_irqmask_nr, LINE, 0, 0, 0, 0);
    counter(0, MS / 10);
    spin(200000);
    check_word("masked.nothing", 2, n);
    call(clear_irqmask_nr, LINE, 0, 0, 0, 0);
    check_word("masked.kept", 3, n);
    call(set_irqmask_nr, LINE, 0, 0, 0, 0);
    counter(0, MS / 10);
    spin(200000);
    call(clear_irqpend_nr, LINE, 0, 0, 0, 0);
    call(clear_irqmask_nr, LINE, 0, 0, 0, 0);
    check_word("taken-back", 3, n);
    counter(0, MS / 10);
    spin(200000);
    check_word("in-slot.again", 4, n);
    prtos_idle_self();
    counter(2, 2 * MS);
    prtos_idle_self();
    counter(0, 0xffff); /* 55 ms: not while anybody looks */
    check_word("outside.merged", 5, n);
    prtos_idle_self();
    check_word("outside.none", 5, n);
    check_end();
}
