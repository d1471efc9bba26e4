/* SPDX-License-Identifier: Apache-2.0 */
/* Writes its own pattern to every register of the table's rows SAVED (and NEWER), lets the others
 * run, and finds its own again; before the first write it finds the values of a start. Not SP_EL1:
 * it is this program's stack, and shown by each call that returns. */
#include <prtos.h>
#include <stdio.h>
#include <string.h>

#define ROUNDS 5
#define CPACR_EL1_START 0x300000ul
#define SCTLR_EL1_START 0x30D00800ul

/* What may be changed without changing what the program does. */
#define MASK_sp_el0 ~0xful
#define MASK_elr_el1 ~0x3ul
#define MASK_spsr_el1 0xf00003c0ul
#define MASK_sctlr_el1 0x04008000ul
#define MASK_cpacr_el1 0ul
#define MASK_ttbr0_el1 0xff00fffffffff000ul
#define MASK_ttbr1_el1 0xff00fffffffff000ul
#define MASK_tcr_el1 0x0000003f003f003ful
#define MASK_mair_el1 ~0ul
#define MASK_vbar_el1 0x0000fffffffff800ul
#define MASK_esr_el1 0xfffffffful
#define MASK_far_el1 ~0ul
#define MASK_par_el1 0xff00fffffffff001ul
#define MASK_contextidr_el1 0xfffffffful
#define MASK_tpidr_el1 ~0ul
#define MASK_tpidr_el0 ~0ul
#define MASK_tpidrro_el0 ~0ul
#define MASK_csselr_el1 1ul
#define MASK_cntkctl_el1 0x3fful
#define MASK_cntv_cval_el0 ~0ul
#define MASK_cntv_ctl_el0 2ul

struct row {
    const char *name;
    prtos_u64_t mask, start;
    prtos_u64_t (*get)(void);
    void (*set)(prtos_u64_t value);
};

#define ACCESS(id, name)                                                                           \
    static prtos_u64_t get_##id(void)                                                              \
    {                                                                                              \
        prtos_u64_t value;                                                                         \
        __asm__ __volatile__("mrs %0, " name : "=r"(value));                                       \
        return value;                                                                              \
    }                                                                                              \
    static void set_##id(prtos_u64_t value)                                                        \
    {                                                                                              \
        __asm__ __volatile__("msr " name ", %0\n\tisb" : : "r"(value));                            \
    }
#define OWN(...)
#define OPEN(...)
#define DENIED(...)
#ifdef NEWER_CPU
#define NEWER(id, encoding, feature) ACCESS(id, GUEST_##feature(#encoding))
#define GUEST_AUTH(text) text
#define GUEST_SME(text) text
#define GUEST_AUX(text) text
#define GUEST_RAS(text) "s3_0_c12_c1_1" /* DISR_EL1 is its name here */
#else
#define NEWER(...)
#endif
#define SAVED(id, first) ACCESS(id, #id)
#define ALSO SAVED
#define LAST SAVED
#define AUX(id, encoding) NEWER(id, encoding, AUX)
#define AUTH(id, encoding) NEWER(id, encoding, AUTH)
#define SME(id, encoding) NEWER(id, encoding, SME)
#define RAS(id, encoding) NEWER(id, encoding, RAS)
#include "register_rows.h"
#undef SAVED
#undef NEWER

#define SAVED(id, first) {#id, MASK_##id, first, get_##id, set_##id},
#ifdef NEWER_CPU
#define NEWER(id, encoding, feature) {#id, WIDTH_##feature, 0, get_##id, set_##id},
#define WIDTH_AUTH ~0ul
#define WIDTH_AUX ~0ul
#define WIDTH_SME ~0ul
#define WIDTH_RAS 0x80000000ul
#else
#define NEWER(...)
#endif

static const struct row rows[] = {
#include "register_rows.h"
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

extern void fpu_set(const prtos_u64_t *image);
extern void fpu_get(prtos_u64_t *image);

static prtos_u64_t begun[ROWS], written[ROWS], kept[ROWS];
static prtos_u32_t wrong[ROWS], wrong_fpu, start_fpu;
static prtos_u64_t fpu[66], fpu_found[66];

/* Another for each partition, round and register. */
static prtos_u64_t pattern(prtos_u32_t round, prtos_u32_t row)
{
    prtos_u64_t seed = (PRTOS_PARTITION_SELF + 1ul) << 32 | round << 16 | row;

    return seed * 0x9e3779b97f4a7c15ul ^ (PRTOS_PARTITION_SELF ? ~0ul : 0);
}

static void fpu_fill(prtos_u32_t round)
{
    prtos_u32_t i;

    for (i = 0; i < 64; i++)
        fpu[i] = pattern(round, 100 + i);
    fpu[64] = (pattern(round, 164) & 3) << 22; /* rounding */
    fpu[65] = pattern(round, 165) & 0x1f;      /* exceptions */
}

static void round_of(prtos_u32_t round)
{
    prtos_u32_t i;

    fpu_fill(round);
    for (i = 0; i < ROWS; i++) {
        rows[i].set((kept[i] & ~rows[i].mask) | (pattern(round, i) & rows[i].mask));
        written[i] = rows[i].get();
    }
    fpu_set(fpu);
    prtos_idle_self();
    fpu_get(fpu_found);
    for (i = 0; i < ROWS; i++)
        wrong[i] += rows[i].get() != written[i];
    wrong_fpu += memcmp(fpu, fpu_found, sizeof(fpu)) != 0;
}

/* BAIL has set VBAR_EL1, and CPACR_EL1 so that the first use of the FPU is seen. */
static prtos_u32_t start_known(const struct row *row)
{
    return strcmp(row->name, "vbar_el1") && strcmp(row->name, "cpacr_el1");
}

void partition_main(void)
{
    prtos_u32_t i, n = 0;

    for (i = 0; i < ROWS; i++)
        begun[i] = rows[i].get();
    fpu_get(fpu_found);
    for (i = 0; i < 66; i++)
        start_fpu += fpu_found[i] != 0;
    for (i = 0; i < ROWS; i++)
        kept[i] = rows[i].get();
    for (i = 0; i < ROUNDS; i++)
        round_of(i);
    for (i = 0; i < ROWS; i++) {
        if (start_known(&rows[i]))
            printf("[P%d] # start.%s %lu %lu\n", PRTOS_PARTITION_SELF, rows[i].name, rows[i].start,
                   begun[i]);
        printf("[P%d] # kept.%s 0 %u\n", PRTOS_PARTITION_SELF, rows[i].name, wrong[i]);
        n += 1 + !!start_known(&rows[i]);
    }
    printf("[P%d] # start.fpu 0 %u\n", PRTOS_PARTITION_SELF, start_fpu);
    printf("[P%d] # kept.fpu 0 %u\n", PRTOS_PARTITION_SELF, wrong_fpu);
    printf("[P%d] = %u\n", PRTOS_PARTITION_SELF, n + 2);
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}
