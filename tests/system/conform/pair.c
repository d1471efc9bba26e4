/* SPDX-License-Identifier: Apache-2.0 */
/* A partition of two vCPUs: the codes of the calls about the other one, in each of its states. */
#include "conform.h"

extern struct prtos_image_hdr prtos_image_hdr;

/* The other vCPU never gets this far: it has no slot while this one makes its calls. */
static void other(void)
{
    for (;;)
        ;
}

static void on_other(const char *name, prtos_u32_t nr, prtos_s32_t expected)
{
    check(name, expected, call(nr, 1, 0, 0, 0, 0));
}

void partition_main(void)
{
    prtos_u32_t tables = (prtos_u32_t)prtos_image_hdr.page_table;

    on_other("vcpu.first.halt", halt_vcpu_nr, NONE);
    on_other("vcpu.first.suspend", suspend_vcpu_nr, NONE);
    on_other("vcpu.first.resume", resume_vcpu_nr, NONE);
    check("vcpu.reset", OK, call(reset_vcpu_nr, 1, tables, PTR2ADDR(other), 5, 0));
    on_other("vcpu.ready.resume", resume_vcpu_nr, NONE);
    on_other("vcpu.ready.suspend", suspend_vcpu_nr, OK);
    on_other("vcpu.suspended.suspend", suspend_vcpu_nr, NONE);
    on_other("vcpu.suspended.resume", resume_vcpu_nr, OK);
    on_other("vcpu.ready.halt", halt_vcpu_nr, OK);
    on_other("vcpu.halted.halt", halt_vcpu_nr, NONE);
    on_other("vcpu.halted.suspend", suspend_vcpu_nr, NONE);
    on_other("vcpu.halted.resume", resume_vcpu_nr, NONE);
    check("vcpu.beyond", PARAM, call(halt_vcpu_nr, 2, 0, 0, 0, 0));
    check_end();
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}
