/* SPDX-License-Identifier: Apache-2.0 */
/* vCPU 1 changes the last entry, the table above it and that one's above, with and without a word
 * to the processors; vCPU 0 makes calls that read and write through them. Each is done where the
 * partition may, or refused. */
#include <bail.h>
#include <irqs.h>
#include <string.h>
#include "walks.h"

#define PAGE 0x703ul
#define BLOCK 0x701ul
#define TABLE 0x3ul
#define MAIR 0xfful
#define TCR 0x100803519ul
#define SCTLR_ON 0x1005ul
#define WINDOW 0x80000000ul
#define CALLS 10000u

static volatile prtos_u64_t level1[512] __attribute__((aligned(4096)));
static volatile prtos_u64_t level2[512] __attribute__((aligned(4096)));
static volatile prtos_u64_t level3[512] __attribute__((aligned(4096)));
static prtos_u8_t own[8192] __attribute__((aligned(4096)));
static volatile prtos_u32_t ready;

static void translate(void)
{
    __asm__ __volatile__(
        "dsb ish\n\tmsr mair_el1, %0\n\tmsr tcr_el1, %1\n\tmsr ttbr0_el1, %2\n\tisb\n\t"
        "tlbi vmalle1\n\tdsb nsh\n\tisb\n\tmrs x0, sctlr_el1\n\t"
        "orr x0, x0, %3\n\tmsr sctlr_el1, x0\n\tisb"
        :
        : "r"(MAIR), "r"(TCR), "r"(level1), "r"(SCTLR_ON)
        : "x0", "memory");
}

static void tables_make(void)
{
    level1[0] = BLOCK;
    level1[2] = (prtos_u64_t)level2 | TABLE;
    level1[3] = 0xC0000000ul | BLOCK;
    level2[0] = (prtos_u64_t)level3 | TABLE;
    level3[0] = (prtos_u64_t)own | PAGE;
    level3[1] = (prtos_u64_t)(own + 4096) | PAGE;
}

static void flip(prtos_u32_t n)
{
    static const prtos_u64_t pages[] = {VICTIM_MEMORY, FROZEN,         0x100000, 0x40100000,
                                        0x9000000,     0xfffffff000ul, 0};
    prtos_u64_t other = pages[n / 4 % (sizeof(pages) / sizeof(pages[0]))];

    switch (n % 4) {
    case 0:
        level3[0] = other | PAGE;
        break;
    case 1:
        level2[0] = other | TABLE;
        break;
    case 2:
        level1[2] = other | TABLE;
        break;
    default:
        level3[1] = other | PAGE;
        break;
    }
    if (n & 64)
        __asm__ __volatile__("dsb ishst\n\ttlbi vmalle1is\n\tdsb ish" : : : "memory");
    level3[0] = (prtos_u64_t)own | PAGE;
    level3[1] = (prtos_u64_t)(own + 4096) | PAGE;
    level2[0] = (prtos_u64_t)level3 | TABLE;
    level1[2] = (prtos_u64_t)level2 | TABLE;
}

/* One call whose pointer lies in the window, at a place that crosses the pages at times. */
static prtos_s32_t call_one(prtos_u32_t n)
{
    prtos_u64_t at = WINDOW + n * 24 % 4096;

    if (n & 1)
        return call(get_time_nr, PRTOS_HW_CLOCK, at & ~7ul, 0, 0, 0);
    /* A name that is nobody's. */
    return call(get_gid_by_name_nr, at, 0, 0, 0, 0) == PRTOS_INVALID_CONFIG ? PRTOS_OK
                                                                            : PRTOS_INVALID_PARAM;
}

static void call_all(void)
{
    prtos_u32_t n, good = 0, refused = 0, wrong = 0;

    for (n = 0; n < CALLS; n++) {
        prtos_s32_t code = call_one(n);

        good += code == PRTOS_OK;
        refused += code == PRTOS_INVALID_PARAM;
        wrong += code != PRTOS_OK && code != PRTOS_INVALID_PARAM;
    }
    check("wrong", 0, (prtos_s32_t)wrong);
    check_range("good", 100, CALLS, good);
    check_range("refused", 1, CALLS, refused);
    check_range("flips", 1000, ~0u, BOARD->flips);
    check_end();
    BOARD->done = 1;
}

void partition_main(void)
{
    prtos_u32_t n;

    if (PRTOS_VCPU_SELF == 0) {
        memset(own, 'x', sizeof(own));
        tables_make();
        setup_vcpus();
        prtos_reset_vcpu(1, 0, PTR2ADDR(start), 0);
        while (!ready)
            prtos_idle_self();
        translate();
        call_all();
        prtos_halt_partition(PRTOS_PARTITION_SELF);
    }
    ready = 1;
    for (n = 0;; n++) {
        flip(n);
        BOARD->flips = n;
    }
}
