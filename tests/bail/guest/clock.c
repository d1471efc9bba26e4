/* SPDX-License-Identifier: Apache-2.0 */
/* get_time: against the scale's definition, against the trap, under preemption, and with pointers
 * that it must hand over to the hypervisor. */
#include "probe.h"

/* The library's pointer to the clock page of a partition with one vCPU, and how it finds memory
 * that is surely its own. */
extern struct prtos_clock *prtos_only_clock;
struct prtos_window {
    prtos_address_t start;
    prtos_u_size_t span;
};
struct prtos_window prtos_window_find(const struct prtos_physical_mem_map *map, prtos_s32_t n_areas,
                                      prtos_address_t start, prtos_address_t end);

#define VECTORS 400
#define STRESS 200000

static prtos_time_t in_bss;
static prtos_time_t in_data = 1;
static const prtos_time_t in_rodata[2] = {1, 1};
static prtos_u64_t seed = 99;

static prtos_u64_t random_bits(void)
{
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return seed >> 13 ^ seed << 41;
}

static prtos_s32_t trapped(prtos_u32_t clock, prtos_time_t *time)
{
    prtos_s32_t result;

    _PRTOS_HCALL2(clock, time, get_time_nr, result);
    return result;
}

static void vector(prtos_u32_t i)
{
    static struct prtos_clock page;
    struct prtos_clock *real = prtos_only_clock;
    prtos_u32_t clock = (prtos_u32_t)random_bits() & 1;
    prtos_u64_t before, after;
    prtos_time_t us = -1;
    prtos_s32_t result;

    page.magic = PRTOS_CLOCK_MAGIC;
    page.version = PRTOS_CLOCK_VERSION;
    page.sequence = (prtos_u32_t)random_bits() & ~1U;
    page.mult = (prtos_u32_t)(random_bits() >> random_bits() % 32);
    page.shift = i % 33;
    page.base_ns = random_bits() >> 2;
    page.exec_ns = random_bits() >> 2;
    /* the scaled difference fits 62 bits */
    before = random_bits() >> (i % 3 ? 34 - page.shift : 36);
    page.base_count = counter() - (before >> 2);
    prtos_only_clock = &page;
    before = counter();
    result = prtos_get_time(clock, &us);
    after = counter();
    prtos_only_clock = real;
    printf("V %d %d %lld %lld %u %u %lld %lld %lld\n", result, clock, page.base_ns, page.exec_ns,
           page.mult, page.shift, before - page.base_count, after - page.base_count, us);
}

/* Time never runs backwards and the trap's lies between two of the library's, whatever falls
 * between. */
static void stress(void)
{
    prtos_time_t last[2] = {0, 0}, first, traps, now;
    prtos_u32_t i, backwards = 0, outside = 0;

    prtos_get_time(PRTOS_HW_CLOCK, &first);
    for (i = 0; i < STRESS; i++) {
        prtos_u32_t clock = i & 1;

        prtos_get_time(clock, &now);
        backwards += now < last[clock];
        last[clock] = now;
        if (i % 16 < 2) {
            trapped(clock, &traps);
            prtos_get_time(clock, &now);
            outside += traps < last[clock] || traps > now;
            last[clock] = now;
        }
    }
    SHOW("time_backwards", backwards);
    SHOW("time_outside", outside);
    SHOW("time_slots", (last[0] - first) / 300);
    SHOW("time_exec_below_hw", last[1] < last[0]);
}

/* The same code as the trap's, and the same time written or not. */
static void pointer(const char *name, prtos_u32_t clock, prtos_time_t *time)
{
    printf("= code_%s %d\n= trap_code_%s %d\n", name, prtos_get_time(clock, time), name,
           trapped(clock, time));
}

static void window(const char *name, prtos_address_t start, prtos_address_t end)
{
    static const struct prtos_physical_mem_map map[] = {
        {"", 0x1000, 0x10000, 0x4000, 0},
        {"", 0x5000, 0x14000, 0x1000, PRTOS_MEM_AREA_READONLY},
        {"", 0x6000, 0x15000, 0x1000, PRTOS_MEM_AREA_UNMAPPED},
        {"", 0x7000, 0x16000, 0x2000, PRTOS_MEM_AREA_SHARED | PRTOS_MEM_AREA_TAGGED},
        {"", 0x9000, 0x18000, 0x1000, PRTOS_MEM_AREA_ROM},
        {"", 0xa000, 0xfffff000, 0x1000, 0},
    };
    struct prtos_window found = prtos_window_find(map, 6, start, end);

    printf("= window_%s %lX+%lX\n", name, (unsigned long)found.start, (unsigned long)found.span);
}

static void show_windows(void)
{
    window("inside", 0x10010, 0x10100);
    window("cut", 0x13ff0, 0x16010);
    window("larger", 0x13ff0, 0x20000);
    window("read_only", 0x14000, 0x15000);
    window("unmapped", 0x15000, 0x16000);
    window("rom", 0x18000, 0x19000);
    window("too_small", 0x10000, 0x10007);
    window("just_fits", 0x10000, 0x10008);
    window("empty", 0, 0);
    window("backwards", 0x12000, 0x11000);
    window("top", 0xfffff800, 0xfffffff8);
}

static prtos_s32_t timed(prtos_u32_t clock, prtos_u32_t time)
{
    return prtos_get_time(clock, ADDR2PTR(time));
}

static prtos_s32_t timed_trap(prtos_u32_t clock, prtos_u32_t time)
{
    return trapped(clock, ADDR2PTR(time));
}

void test_clock(void)
{
    static prtos_u32_t odd[3];
    struct prtos_clock *real = prtos_only_clock, page = *real;
    prtos_time_t time;
    prtos_u32_t i;

    SHOW("clock_page", prtos_only_clock != 0);
    show_windows();
    for (i = 0; i < VECTORS; i++)
        vector(i);
    stress();
    pointer("null", 0, 0);
    pointer("clock2", 2, &in_bss);
    pointer("odd", 0, (prtos_time_t *)((char *)odd + 1));
    pointer("pct", 0, (prtos_time_t *)PRTOS_PCTRLTAB_ADDR);
    pointer("hypervisor", 0, (prtos_time_t *)CONFIG_PRTOS_OFFSET);
    pointer("nowhere", 1, (prtos_time_t *)0x8000000);
    pointer("read_only", 1, (prtos_time_t *)0x6200000);
    pointer("other_area", 1, (prtos_time_t *)0x6210000);
    pointer("rodata", 0, (prtos_time_t *)in_rodata);
    pointer("top", 0, (prtos_time_t *)0xfffffffc);
    /* an odd sequence: the hypervisor knows */
    page.sequence |= 1;
    prtos_only_clock = &page;
    SHOW("odd_sequence", prtos_get_time(0, &time));
    prtos_only_clock = 0;
    SHOW("no_clock_page", prtos_get_time(0, &time));
    prtos_only_clock = real;
    SHOW("cost_time_bss", probe_cost(timed, 0, PTR2ADDR(&in_bss)));
    SHOW("cost_time_data", probe_cost(timed, 1, PTR2ADDR(&in_data)));
    SHOW("cost_time_trap", probe_cost(timed_trap, 0, PTR2ADDR(&in_bss)));
    SHOW("cost_time_stack", probe_cost(timed, 0, PTR2ADDR(&time)));
    /* after a request for page tables nothing is taken for writable any more */
    prtos_lazy_set_page_type(0, 7);
    init_batch();
    SHOW("cost_time_forgotten", probe_cost(timed, 0, PTR2ADDR(&in_bss)));
}
