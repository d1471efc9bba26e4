/* SPDX-License-Identifier: Apache-2.0 */
/* prtos_get_time(): from the clock page of the own vCPU and the virtual counter, without a trap.
 * The trap is taken for the code of a bad argument, and where a pointer is not provably own: the
 * hypervisor judges it then. */
#include "libprtos.h"

static int is_own(prtos_address_t address)
{
    prtos_u32_t i;

    for (i = 0; i < PRTOS_WINDOWS; i++)
        if (address - prtos_windows[i].start < prtos_windows[i].span)
            return !(address & (sizeof(prtos_time_t) - 1));
    return 0;
}

/* The counter may not be read ahead of what stands before. */
static prtos_u64_t count_read(void)
{
    prtos_u64_t count;

    __asm__ __volatile__("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
    return count;
}

/* (count * mult) >> shift, shift 0..32. */
static prtos_u64_t scale(prtos_u64_t count, prtos_u32_t mult, prtos_u32_t shift)
{
    prtos_u64_t high;

    __asm__("umulh %0, %1, %2" : "=r"(high) : "r"(count), "r"((prtos_u64_t)mult));
    return high << 1 << (63 - shift) | count * mult >> shift;
}

prtos_s32_t prtos_get_time(prtos_u32_t clock, prtos_time_t *time)
{
    const volatile struct prtos_clock *page;
    prtos_u32_t sequence;
    prtos_u64_t ns;
    prtos_s32_t result;

    PRTOS_FLUSH_FIRST;
    page = prtos_only_clock ? prtos_only_clock : prtos_clocks[prtos_own_vcpu()];
    if (clock > PRTOS_EXEC_CLOCK || !page || !is_own(PTR2ADDR(time)))
        goto trap;
    do {
        sequence = page->sequence;
        if (sequence & 1)
            goto trap;
        ns = scale(count_read() - page->base_count, page->mult, page->shift);
        ns += clock == PRTOS_HW_CLOCK ? page->base_ns : page->exec_ns;
    } while (page->sequence != sequence);
    *time = (prtos_time_t)(ns / 1000);
    return PRTOS_OK;
trap:
    _PRTOS_HCALL2(clock, time, get_time_nr, result);
    return result;
}
