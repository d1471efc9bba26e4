/* SPDX-License-Identifier: Apache-2.0 */
/* Is started anew in each round and measures what a partition can do once in a life: opening its
 * ports. And what a system partition is never refused. */
#include "../common/bench.h"

enum { EMPTY, SAMPLING, QUEUING, HALT_SYSTEM, FAILED, SERIES };

/* Outlives a warm reset. */
struct bench_series bench_table[SERIES] __attribute__((section(".bss.noinit")));

static struct prtos_create_sampling_port sampling = {"sx", 64, PRTOS_SOURCE_PORT,
                                                     PRTOS_INFINITE_TIME};
static struct prtos_create_queuing_port queuing = {"qx", 4, 64, PRTOS_SOURCE_PORT};
static prtos_u32_t empty;

static prtos_s32_t timed(prtos_u32_t series, prtos_u32_t nr, prtos_word_t a, prtos_word_t b,
                         prtos_word_t c)
{
    prtos_s32_t result;

    BENCH_TIME(series, empty, _PRTOS_HCALL5(a, b, c, 0, 0, nr, result));
    return result;
}

static void expect(prtos_s32_t good)
{
    if (!good)
        bench_add(FAILED, 1);
}

static void measure_empty(void)
{
    prtos_u32_t i;

    bench_table[EMPTY].used = 0;
    for (i = 0; i < 20; i++)
        BENCH_TIME(EMPTY, 0, );
    empty = (prtos_u32_t)bench_table[EMPTY].sample[19];
}

void partition_main(void)
{
    bench_name(EMPTY, "empty");
    bench_name(SAMPLING, "14.3.0 valid");
    bench_name(QUEUING, "14.4.0 valid");
    bench_name(HALT_SYSTEM, "6 refused");
    bench_name(FAILED, "failed");
    measure_empty();
    expect(timed(SAMPLING, ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_SAMPLING_PORT, 1, 0),
                 PRTOS_COMM_CREATE_PORT, PTR2ADDR(&sampling)) >= 0);
    expect(timed(QUEUING, ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_QUEUING_PORT, 1, 0),
                 PRTOS_COMM_CREATE_PORT, PTR2ADDR(&queuing)) >= 0);
    expect(timed(HALT_SYSTEM, halt_system_nr, 0, 0, 0) == PRTOS_PERM_ERROR);
    for (;;)
        prtos_idle_self();
}
