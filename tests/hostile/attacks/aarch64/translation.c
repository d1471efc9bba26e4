/* SPDX-License-Identifier: Apache-2.0 */
/* Translation tables of the partition's own that lead where it has nothing: pages, tables, roots.
 * The first GB is mapped where it is, and the GB of the control table. */
#include "attacker.h"

#define PAGE 0x703ul /* AF, inner shareable, page */
#define NO_FLAG 0x303ul
#define BLOCK 0x701ul
#define TABLE 0x3ul
#define MAIR 0xfful
#define TCR 0x100803519ul | 1ul << 32 /* 39 bits below, none above, 4 KB pages, 36 bits physical */
#define TCR_HARDWARE_FLAG (1ul << 39)
#define SCTLR_ON 0x1005ul /* M, C, I */
#define WINDOW 0x80000000ul

static prtos_u64_t level1[512] __attribute__((aligned(4096)));
static prtos_u64_t level2[512] __attribute__((aligned(4096)));
static prtos_u64_t level3[512] __attribute__((aligned(4096)));

static void tables_make(prtos_u64_t entry)
{
    level1[0] = BLOCK;
    level1[2] = (prtos_u64_t)level2 | TABLE;
    level1[3] = 0xC0000000ul | BLOCK;
    level2[0] = (prtos_u64_t)level3 | TABLE;
    level3[0] = entry;
}

__NOINLINE static void translate(prtos_u64_t root, prtos_u64_t tcr, prtos_u64_t more)
{
    __asm__ __volatile__(
        "dsb ish\n\tmsr mair_el1, %0\n\tmsr tcr_el1, %1\n\tmsr ttbr0_el1, %2\n\tisb\n\t"
        "tlbi vmalle1\n\tdsb nsh\n\tisb\n\tmrs x0, sctlr_el1\n\t"
        "orr x0, x0, %3\n\tmsr sctlr_el1, x0\n\tisb"
        :
        : "r"(MAIR), "r"(tcr), "r"(root), "r"(more | SCTLR_ON)
        : "x0", "memory");
}

static void map(prtos_u64_t entry)
{
    tables_make(entry);
    translate((prtos_u64_t)level1, TCR, 0);
}

#define WHERE ((volatile prtos_u64_t *)WINDOW)
#define MAPPED(id, address)                                                                        \
    prtos_u32_t attack_map_##id##_read(void)                                                       \
    {                                                                                              \
        map((address) | PAGE);                                                                     \
        (void)*WHERE;                                                                              \
        return WRONG;                                                                              \
    }                                                                                              \
    prtos_u32_t attack_map_##id##_write(void)                                                      \
    {                                                                                              \
        map((address) | PAGE);                                                                     \
        *WHERE = ~0ul;                                                                             \
        return WRONG;                                                                              \
    }                                                                                              \
    prtos_u32_t attack_map_##id##_jump(void)                                                       \
    {                                                                                              \
        map((address) | PAGE);                                                                     \
        ((void (*)(void))WINDOW)();                                                                \
        return WRONG;                                                                              \
    }
MAPPED(core, CORE)
MAPPED(core_physical, CORE_PHYSICAL)
MAPPED(victim, VICTIM_MEMORY)
MAPPED(uart, UART)
MAPPED(distributor, DISTRIBUTOR)
MAPPED(top, 0xffffff000ul)

/* Own rights do not widen those of the area. */
prtos_u32_t attack_map_frozen(void)
{
    map(FROZEN | PAGE);
    *WHERE = 1;
    return WRONG;
}

prtos_u32_t attack_map_own(void)
{
    map(MESSAGE | PAGE);
    *WHERE = 4711;
    return *(volatile prtos_u64_t *)MESSAGE == 4711 ? SURVIVED : WRONG;
}

/* The walk itself leads out: at a fetch and at an access. */
#define ROOT(id, root)                                                                             \
    prtos_u32_t attack_root_##id(void)                                                             \
    {                                                                                              \
        translate(root, TCR, 0);                                                                   \
        return WRONG;                                                                              \
    }
ROOT(core, CORE)
ROOT(core_physical, CORE_PHYSICAL)
ROOT(victim, VICTIM_MEMORY)
ROOT(uart, UART)
ROOT(beyond, 0xffffff000ul)
ROOT(empty, (prtos_u64_t)level1)

#define TABLE_AT(id, address)                                                                      \
    prtos_u32_t attack_table_##id(void)                                                            \
    {                                                                                              \
        tables_make(0);                                                                            \
        level2[0] = (address) | TABLE;                                                             \
        translate((prtos_u64_t)level1, TCR, 0);                                                    \
        (void)*WHERE;                                                                              \
        return WRONG;                                                                              \
    }
TABLE_AT(core, CORE)
TABLE_AT(core_physical, CORE_PHYSICAL)
TABLE_AT(victim, VICTIM_MEMORY)
TABLE_AT(uart, UART)
TABLE_AT(beyond, 0xffffff000ul)

/* A table that is its own: it reads itself. */
prtos_u32_t attack_table_itself(void)
{
    tables_make(0);
    level2[0] = (prtos_u64_t)level2 | TABLE | 0x700;
    translate((prtos_u64_t)level1, TCR, 0);
    return *WHERE == level2[0] ? SURVIVED : WRONG;
}

/* A table in read-only memory into which the processor is to write (FEAT_HAFDBS). */
prtos_u32_t attack_table_frozen(void)
{
    tables_make(0);
    level2[0] = FROZEN | TABLE;
    level1[2] = (prtos_u64_t)level2 | TABLE;
    translate((prtos_u64_t)level1, TCR | TCR_HARDWARE_FLAG, 0);
    (void)*WHERE;
    return WRONG;
}

/* The flag is set by the processor where it can, else it is the partition's fault. */
prtos_u32_t attack_flag_of_hardware(void)
{
    tables_make(MESSAGE | NO_FLAG);
    translate((prtos_u64_t)level1, TCR | TCR_HARDWARE_FLAG, 0);
    (void)*WHERE;
    return SURVIVED;
}

prtos_u32_t attack_call_without_tables(void)
{
    tables_make(0);
    level1[3] = 0;
    translate((prtos_u64_t)level1, TCR, 0);
    return call(get_time_nr, 0, PCT_BASE + 0x800, 0, 0, 0) == PRTOS_INVALID_PARAM ? SURVIVED
                                                                                  : WRONG;
}

#define GARBAGE(id, root, tcr, more)                                                               \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        tables_make(0);                                                                            \
        translate(root, tcr, more);                                                                \
        call(get_time_nr, 0, MESSAGE, 0, 0, 0);                                                    \
        call(idle_self_nr, 0, 0, 0, 0, 0);                                                         \
        return SURVIVED;                                                                           \
    }
GARBAGE(tcr_zero, (prtos_u64_t)level1, 0, 0)
GARBAGE(tcr_ones, (prtos_u64_t)level1, ~0ul, 0)
GARBAGE(tcr_large_pages, (prtos_u64_t)level1, TCR | 1ul << 14, 0)
GARBAGE(root_ones, ~0ul, TCR, 0)
GARBAGE(control_ones, (prtos_u64_t)level1, TCR, ~0ul)
GARBAGE(never_executed, (prtos_u64_t)level1, TCR, 1ul << 19)
