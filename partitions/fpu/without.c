/* SPDX-License-Identifier: Apache-2.0 */
/* Without the flag fp each use of the FPU is a fault, so nothing of the others can be seen. */
#include <prtos.h>
#include <stdio.h>
#include <irqs.h>

#define FLD1_BYTES 2
#define TRIES 5

static volatile prtos_u32_t faults;

static void no_fpu(trap_ctxt_t *ctxt)
{
    faults++;
    ctxt->ip += FLD1_BYTES;
}

void partition_main(void)
{
    prtos_s32_t i;

    install_trap_handler(DEVICE_NOT_AVAILABLE, no_fpu);
    for (i = 0; i < TRIES; i++) {
        __asm__ __volatile__("fld1");
        prtos_idle_self();
    }
    printf("[P2] the FPU is not mine: %d of %d tries were faults\n", faults, TRIES);
}
