/* SPDX-License-Identifier: Apache-2.0 */
/* Makes every call once in each round, valid and refused, and ends rounds by sleeping in both
 * ways. */
#include "../common/bench.h"
#include <irqs.h>
#include <stdio.h>
#include "rows.h"

#define ROUNDS 1000
#define WARM 4
#define EMPTY 0
#define FAILED 1
#define FIRST 2 /* series of the first row; two of each row, valid and refused */

struct bench_series bench_table[FIRST + 2 * MAX_ROWS + 1];

static prtos_u32_t empty;

static void on_exception(trap_ctxt_t *ctxt)
{
    ctxt->ip += BENCH_FAULT_BYTES;
}

static __attribute__((noinline, noclone)) prtos_s32_t timed(prtos_u32_t series, prtos_u32_t nr,
                                                            const prtos_word_t *args)
{
    prtos_word_t a = args[0], b = args[1], c = args[2], d = args[3], e = args[4];
    prtos_s32_t result;

    BENCH_TIME(series, empty, _PRTOS_HCALL5(a, b, c, d, e, nr, result));
    return result;
}

static void make(const struct made *made)
{
    prtos_s32_t result;

    if (made->nr)
        _PRTOS_HCALL5(made->args[0], made->args[1], made->args[2], made->args[3], made->args[4],
                      made->nr, result);
    (void)result;
}

static void expect(prtos_s32_t good, const struct row *row)
{
    if (!good)
        bench_add(FAILED, row->nr);
}

static void measure(const struct row *row, prtos_u32_t series)
{
    if (!(row->flags & ROW_NEVER_VALID)) {
        make(&row->before);
        expect(timed(series, row->nr, row->valid) >= 0, row);
        make(&row->after);
    }
    if (!(row->flags & ROW_NEVER_REFUSED))
        expect(timed(series + 1, row->nr, row->refused) < 0, row);
}

static void name_series(const struct row *row, prtos_u32_t series)
{
    char name[32];

    sprintf(name, "%s valid", row->name);
    bench_name(series, name);
    sprintf(name, "%s refused", row->name);
    bench_name(series + 1, name);
}

static const struct row *row_of(prtos_u32_t number)
{
    return number < n_rows ? &rows[number] : &own_rows[number - n_rows];
}

/* From here the plugin counts until the CPU sleeps, or is switched off. */
static __attribute__((noinline, noclone)) void sleep(prtos_u32_t number)
{
    prtos_s32_t result;

    if (number % 2) {
        BENCH_POINT(wait_irq);
        _PRTOS_HCALL0(wait_irq_nr, result);
    } else {
        BENCH_POINT(idle_self);
        _PRTOS_HCALL0(idle_self_nr, result);
    }
    (void)result;
}

static __attribute__((noinline, noclone)) void halt(void)
{
    prtos_s32_t result;

    BENCH_POINT(halt_system);
    _PRTOS_HCALL0(halt_system_nr, result);
    (void)result;
}

static void measure_empty(void)
{
    prtos_u32_t i;

    for (i = 0; i < 200; i++)
        BENCH_TIME(EMPTY, 0, );
    empty = (prtos_u32_t)bench_table[EMPTY].sample[199];
}

/* An event for the health log. */
static __attribute__((noinline, noclone)) void undefined(void)
{
    BENCH_POINT(undefined);
    BENCH_OPCODE;
}

static void measure_rounds(prtos_u32_t all)
{
    prtos_u32_t round, i;

    for (round = 0; round < ROUNDS + WARM; round++) {
        if (round == WARM)
            for (i = FIRST; i < FIRST + 2 * all; i++)
                bench_table[i].used = 0;
        rows_round();
        undefined();
        for (i = 0; i < all; i++)
            measure(row_of(i), FIRST + 2 * i);
        sleep(round);
    }
}

void partition_main(void)
{
    prtos_u32_t i, all = n_rows + n_own_rows;

    if (PRTOS_VCPU_SELF != 0)
        for (;;)
            prtos_idle_self();
    bench_name(EMPTY, "empty");
    bench_name(FAILED, "failed");
    for (i = 0; i < all; i++)
        name_series(row_of(i), FIRST + 2 * i);
    install_trap_handler(BENCH_OPCODE_TRAP, on_exception);
    rows_prepare();
    own_prepare();
    measure_empty();
    measure_rounds(all);
    halt();
}
