/* SPDX-License-Identifier: Apache-2.0 */
/* Lets its device interrupt it while it computes, over and over. The plugin counts from the
 * core's first instruction of the interrupt to the first line of the handler. */
#include "../common/bench.h"
#include <irqs.h>
#include "device.h"

#define ROUNDS 400

static volatile prtos_u32_t heard;

static __attribute__((noinline, noclone)) void on_line(trap_ctxt_t *ctxt)
{
    BENCH_POINT(line_end);
    (void)ctxt;
    device_stop();
    heard++;
}

void partition_main(void)
{
    prtos_u32_t i;

    install_trap_handler(BAIL_PRTOSHW_TRAP(DEVICE_LINE), on_line);
    hw_sti();
    for (i = 0; i < ROUNDS; i++) {
        prtos_clear_irqmask(1u << DEVICE_LINE, 0);
        device_start();
        while (heard == i)
            ;
    }
    prtos_halt_system();
}
