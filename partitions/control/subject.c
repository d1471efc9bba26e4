/* SPDX-License-Identifier: Apache-2.0 */
/* Is controlled. Its two vCPUs count their slots; asked to shut down it says farewell and halts. */
#include <prtos.h>
#include <bail.h>
#include <irqs.h>
#include "diary.h"

/* Not in .bss, which is cleared at each start: a warm reset leaves it, a cold one reloads it. */
static prtos_u32_t memory __attribute__((section(".data"))) = 0;
static volatile prtos_u32_t asked;

static void shutdown(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    asked = 1;
}

void partition_main(void)
{
    prtos_u32_t self = PRTOS_VCPU_SELF;

    if (self == 0) {
        install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_SHUTDOWN), shutdown);
        prtos_clear_irqmask(0, 1 << PRTOS_VT_EXT_SHUTDOWN);
        hw_sti();
        setup_vcpus();
    }
    while (!asked) {
        DIARY->slots[self]++;
        if (self == 0)
            DIARY->memory = ++memory;
        prtos_idle_self();
    }
    if (self == 0) {
        DIARY->farewells++;
        prtos_halt_partition(PRTOS_PARTITION_SELF);
    }
}
