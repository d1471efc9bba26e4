/* SPDX-License-Identifier: Apache-2.0 */
/* Port instructions by their bytes, so that a handler knows how long they are. */
#include <irqs.h>
#include "ports.h"

volatile prtos_u32_t faults;
static volatile prtos_u32_t length;

static void on_fault(trap_ctxt_t *ctxt)
{
    faults++;
    ctxt->ip += length;
}

void ports_begin(void)
{
    install_trap_handler(GENERAL_PROTECTION_FAULT, on_fault);
}

prtos_u32_t port_in8(prtos_u32_t port)
{
    prtos_u32_t value = 0;

    length = 1;
    __asm__ __volatile__(".byte 0xec" : "+a"(value) : "d"(port));
    return value;
}

prtos_u32_t port_in16(prtos_u32_t port)
{
    prtos_u32_t value = 0;

    length = 2;
    __asm__ __volatile__(".byte 0x66, 0xed" : "+a"(value) : "d"(port));
    return value;
}

prtos_u32_t port_in32(prtos_u32_t port)
{
    prtos_u32_t value = 0;

    length = 1;
    __asm__ __volatile__(".byte 0xed" : "+a"(value) : "d"(port));
    return value;
}

void port_out8(prtos_u32_t port, prtos_u32_t value)
{
    length = 1;
    __asm__ __volatile__(".byte 0xee" : : "a"(value), "d"(port));
}

prtos_u32_t ports_open(prtos_u32_t *sum)
{
    prtos_u32_t port, open = 0;

    *sum = 0;
    for (port = 0; port < ALL_PORTS; port++) {
        prtos_u32_t before = faults;

        port_in8(port);
        if (faults == before) {
            open++;
            *sum += port;
        }
    }
    return open;
}
