/* SPDX-License-Identifier: Apache-2.0 */
/* Computes to the end of its slot, hears signals and restarts itself when it is told to. */
#include "../common/bench.h"
#include <irqs.h>
#include "board.h"

static __attribute__((noinline, noclone)) void on_signal(trap_ctxt_t *ctxt)
{
    BENCH_POINT(signal_end);
    (void)ctxt;
}

static __attribute__((noinline, noclone)) void restart(prtos_u32_t command)
{
    BOARD->command = NOTHING;
    if (command == WARM) {
        BENCH_POINT(partition_warm);
        prtos_reset_partition(PRTOS_PARTITION_SELF, PRTOS_WARM_RESET, 0);
    } else {
        BENCH_POINT(partition_cold);
        prtos_reset_partition(PRTOS_PARTITION_SELF, PRTOS_COLD_RESET, 0);
    }
    BOARD->failed++; /* it came back */
}

void partition_main(void)
{
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0), on_signal);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_IPVI0);
    hw_sti();
    for (;;)
        if (BOARD->command)
            restart(BOARD->command);
}
