/* SPDX-License-Identifier: Apache-2.0 */
/* What the victim's eyes need on x86: a segment that fs and gs look through, an FPU that is off. */
#include <irqs.h>
#include "watch.h"

extern prtos_u32_t hold_secret;

void use_fpu(void);

static volatile prtos_u32_t traps;

static void on_trap(trap_ctxt_t *ctxt)
{
    traps++;
    ctxt->ip += 2; /* fldz */
}

/* fs and gs look at a word of ours through a descriptor that every partition may fill otherwise. */
void hold_prepare(void)
{
    struct x86_desc desc;
    prtos_u32_t base = PTR2ADDR(&hold_secret);

    desc.low = 3 | base << 16;
    desc.high = (base >> 16 & 0xff) | 0xf200 | 0x400000 | (base & 0xff000000u);
    prtos_x86_update_gdt(3, &desc);
    install_trap_handler(DEVICE_NOT_AVAILABLE, on_trap);
}

prtos_s32_t fpu_right(void)
{
    prtos_u32_t before = traps;

    use_fpu();
    return traps == before + 1;
}
