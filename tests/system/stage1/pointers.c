/* SPDX-License-Identifier: Apache-2.0 */
/* The time is asked for at addresses of every kind, first with the own translation off, then with
 * it on: what comes where it must not, or is refused where it need not, is a failed check. */
#include <prtos.h>
#include <stdio.h>
#include <string.h>

#define OWN_AREA 0x6000000ul
#define UNCACHED_AREA 0x6200000ul
#define FROZEN_AREA 0x6300000ul
#define MOVED_AREA 0x7000000ul
#define UNMAPPED_AREA 0x6500000ul
#define CLOCK_AREA 0x9010000ul
#define FOREIGN 0x8000000ul /* nobody's memory */
#define PCT_AREA 0xFBFC0000ul

/* Virtual pages that only the tables below give a meaning. */
#define WINDOW 0x80000000ul
#define W_PLAIN (WINDOW + 0x0000)
#define W_NEXT (WINDOW + 0x1000) /* not mapped */
#define W_FROZEN (WINDOW + 0x2000)
#define W_UNCACHED (WINDOW + 0x3000)
#define W_DEVICE (WINDOW + 0x4000)
#define W_FOREIGN (WINDOW + 0x5000)
#define W_HYPERVISOR (WINDOW + 0x6000)
#define W_PCT (WINDOW + 0x7000)
#define HIGH 0xffffff8000000000ul /* by TTBR1_EL1, the same tables */

#define PAGE 0x403ul /* AF, page */
#define SHARED 0x300ul
#define READ_ONLY 0x80ul
#define ATTR(n) ((prtos_u64_t)(n) << 2)
#define BLOCK 0x401ul
#define TABLE 0x3ul
#define MAIR 0x44ff00ul   /* device, write-back, uncached */
#define TCR 0x1b5193519ul /* 39 bits below and above, 4 KB pages, 36 bits physical */
#define TCR_NO_HIGH (1ul << 23)
#define TCR_TAGS (3ul << 37) /* the top byte is none of the address */
#define TAG 0x5a00000000000000ul

#define INVALID PRTOS_INVALID_PARAM
#define UNTOUCHED 0x5a5a5a5a5a5a5a5aul

static prtos_u64_t level1[512] __attribute__((aligned(4096)));
static prtos_u64_t level2[512] __attribute__((aligned(4096)));
static prtos_u64_t level3[512] __attribute__((aligned(4096)));
static char page[8192] __attribute__((aligned(4096)));
static prtos_u32_t count;

static prtos_s64_t call(prtos_u64_t nr, prtos_u64_t a, prtos_u64_t b)
{
    register prtos_u64_t x0 __asm__("x0") = nr;
    register prtos_u64_t x1 __asm__("x1") = a;
    register prtos_u64_t x2 __asm__("x2") = b;

    __asm__ __volatile__("hvc #0" : "+r"(x0) : "r"(x1), "r"(x2) : "memory");
    return (prtos_s64_t)x0;
}

static void check(const char *name, prtos_s64_t expected, prtos_s64_t got)
{
    count++;
    printf("[P0] # %s %ld %ld\n", name, expected, got);
}

/* The call's code for an address; if it is not refused the time must be at `seen` afterwards. */
static void time_at(const char *name, prtos_s64_t code, prtos_u64_t addr, prtos_u64_t seen)
{
    volatile prtos_u64_t *place = (volatile prtos_u64_t *)seen;

    if (seen)
        *place = UNTOUCHED;
    check(name, code, call(get_time_nr, PRTOS_HW_CLOCK, addr));
    if (seen)
        check("...there", code == PRTOS_OK, *place != UNTOUCHED);
}

static void translation_off(void)
{
    time_at("off-own", PRTOS_OK, (prtos_u64_t)page, (prtos_u64_t)page);
    time_at("off-uncached", PRTOS_OK, UNCACHED_AREA, UNCACHED_AREA);
    time_at("off-moved", PRTOS_OK, MOVED_AREA + 8, MOVED_AREA + 8);
    time_at("off-end", PRTOS_OK, MOVED_AREA + 4088, MOVED_AREA + 4088);
    *(volatile prtos_u32_t *)(MOVED_AREA + 4092) = 0x5a5a5a5a;
    time_at("off-over-the-end", INVALID, MOVED_AREA + 4092, 0);
    check("...untouched", 0x5a5a5a5a, *(volatile prtos_u32_t *)(MOVED_AREA + 4092));
    time_at("off-frozen", INVALID, FROZEN_AREA, 0);
    time_at("off-unmapped", INVALID, UNMAPPED_AREA, 0);
    time_at("off-where-it-is", INVALID, 0x6400000, 0);
    time_at("off-device", INVALID, CLOCK_AREA + 8, 0);
    time_at("off-foreign", INVALID, FOREIGN, 0);
    time_at("off-null", INVALID, 0, 0);
    time_at("off-last", INVALID, ~0ul - 3, 0);
    time_at("off-beyond", INVALID, 1ul << 40, 0);
    time_at("off-control-table", PRTOS_OK, PCT_AREA + 0x800, PCT_AREA + 0x800);
}

static void tables_make(void)
{
    prtos_u32_t i;

    /* The first GB where it is, cached; the window by pages. */
    for (i = 0; i < 512; i++)
        level2[i] = 0;
    level1[0] = BLOCK | SHARED | ATTR(1);
    level1[2] = (prtos_u64_t)level2 | TABLE;
    level1[3] = 0xC0000000ul | BLOCK | SHARED | ATTR(1); /* the library's control table */
    level2[0] = (prtos_u64_t)level3 | TABLE;
    level3[0] = (prtos_u64_t)page | PAGE | SHARED | ATTR(1);
    level3[2] = (prtos_u64_t)page | PAGE | SHARED | ATTR(1) | READ_ONLY;
    level3[3] = UNCACHED_AREA | PAGE | SHARED | ATTR(2);
    level3[4] = CLOCK_AREA | PAGE | ATTR(0);
    level3[5] = FOREIGN | PAGE | SHARED | ATTR(1);
    level3[6] = 0x100000 | PAGE | SHARED | ATTR(1);
    level3[7] = PCT_AREA | PAGE | SHARED | ATTR(1);
}

static void translation_start(prtos_u64_t tcr)
{
    prtos_u64_t sctlr;

    __asm__ __volatile__("dsb ish\n\t"
                         "msr mair_el1, %1\n\tmsr tcr_el1, %2\n\tmsr ttbr0_el1, %3\n\t"
                         "msr ttbr1_el1, %3\n\tisb\n\ttlbi vmalle1\n\tdsb nsh\n\tisb\n\t"
                         "mrs %0, sctlr_el1\n\torr %0, %0, #1\n\torr %0, %0, #4\n\t"
                         "orr %0, %0, #0x1000\n\tmsr sctlr_el1, %0\n\tisb"
                         : "=&r"(sctlr)
                         : "r"(MAIR), "r"(tcr), "r"(level1)
                         : "memory");
}

static void translation_on(void)
{
    static char text[] = "[P0] a line by another address\n";
    prtos_u32_t slots;

    time_at("on-own", PRTOS_OK, (prtos_u64_t)page, (prtos_u64_t)page);
    time_at("on-window", PRTOS_OK, W_PLAIN + 16, (prtos_u64_t)page + 16);
    time_at("on-window-to-the-next", INVALID, W_PLAIN + 4092, 0);
    time_at("on-not-mapped", INVALID, W_NEXT, 0);
    *(volatile prtos_u64_t *)(page + 32) = UNTOUCHED;
    time_at("on-frozen-by-itself", INVALID, W_FROZEN + 32, 0);
    check("...untouched", 1, *(volatile prtos_u64_t *)(page + 32) == UNTOUCHED);
    time_at("on-uncached", PRTOS_OK, W_UNCACHED + 64, W_UNCACHED + 64);
    time_at("on-device", INVALID, W_DEVICE + 8, 0);
    time_at("on-foreign", INVALID, W_FOREIGN, 0);
    time_at("on-hypervisor", INVALID, W_HYPERVISOR, 0);
    time_at("on-control-table", PRTOS_OK, W_PCT + 0x900, W_PCT + 0x900);
    time_at("on-high", PRTOS_OK, HIGH + W_PLAIN + 48, (prtos_u64_t)page + 48);
    time_at("on-between", INVALID, 1ul << 45, 0);
    memcpy(page + 128, text, sizeof(text));
    check("on-console", (prtos_s64_t)strlen(text),
          prtos_write_console((char *)(W_PLAIN + 128), (prtos_s32_t)strlen(text)));
    /* Its own tables are still in force when it comes back. */
    for (slots = 0; slots < 3; slots++)
        call(idle_self_nr, 0, 0);
    time_at("on-later", PRTOS_OK, W_PLAIN + 16, (prtos_u64_t)page + 16);
}

/* Tables that are none: the walk itself leads where the guest has nothing, or into a device. */
static void tables_broken(void)
{
    level2[1] = FOREIGN | TABLE;
    level2[2] = CLOCK_AREA | TABLE;
    level2[3] = 0x100000 | TABLE;
    __asm__ __volatile__("dsb ishst");
    time_at("table-foreign", INVALID, WINDOW + 0x200000, 0);
    time_at("table-device", INVALID, WINDOW + 0x400000, 0);
    time_at("table-hypervisor", INVALID, WINDOW + 0x600000, 0);
    time_at("on-tagged", INVALID, TAG | (W_PLAIN + 48), 0);
    translation_start(TCR | TCR_TAGS);
    time_at("tags-ignored", PRTOS_OK, TAG | (W_PLAIN + 48), (prtos_u64_t)page + 48);
    time_at("tags-ignored-high", PRTOS_OK, (HIGH + W_PLAIN + 48) ^ TAG, (prtos_u64_t)page + 48);
    time_at("tags-ignored-not-mapped", INVALID, TAG | W_NEXT, 0);
    time_at("tags-ignored-last", INVALID, TAG | (W_PLAIN + 4092), 0);
    translation_start(TCR | TCR_NO_HIGH);
    time_at("no-high", INVALID, HIGH + W_PLAIN, 0);
}

void partition_main(void)
{
    memset((void *)MOVED_AREA, 0x5a, 4096);
    translation_off();
    tables_make();
    translation_start(TCR);
    translation_on();
    tables_broken();
    printf("[P0] = %d\n", count);
    prtos_halt_system();
}
