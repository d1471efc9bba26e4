/* SPDX-License-Identifier: Apache-2.0 */
/* Does one thing of each kind between two marks, with registers that the boss knows. */
#include <irqs.h>
#include "audit.h"
#include "refused.h"

static prtos_u32_t batch[] = {get_vcpuid_nr, 0, get_time_nr, 2, 9, 0};
static prtos_u8_t bytes[2 * COPY_SIZE];
static union mem_cmd copy;

static void on_fault(trap_ctxt_t *ctxt)
{
    SHARED->fault = ctxt->ip;
    ctxt->ip += OPCODE_BYTES;
}

static void mark(void)
{
    call(route_irq_nr, 0, MARK, 3, 4, 5);
}

void partition_main(void)
{
    SHARED->lives++;
    if (SHARED->lives > 1)
        for (;;)
            prtos_idle_self();
    SHARED->start = PTR2ADDR(batch);
    SHARED->end = PTR2ADDR(batch + 6);
    SHARED->copy = PTR2ADDR(&copy);
    copy.cpy_area.dst_id = copy.cpy_area.src_id = PRTOS_PARTITION_SELF;
    copy.cpy_area.dst_addr = PTR2ADDR(bytes + COPY_SIZE);
    copy.cpy_area.src_addr = PTR2ADDR(bytes);
    copy.cpy_area.size = COPY_SIZE;
    install_trap_handler(OPCODE_TRAP, on_fault);
    prtos_idle_self();
    mark();
    call(get_vcpuid_nr, 1, 2, 3, 4, 5);
    call(read_object_nr, 0, 7, 8, 9, 10);
    call(51, 1, 2, 3, 4, 5);
    call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_MEM, 1, 0), 1, SHARED->copy, 4, 5);
    call(multicall_nr, SHARED->start, SHARED->end, 3, 4, 5);
    fault_opcode();
    refused_pages();
    call(idle_self_nr, 1, 2, 3, 4, 5);
    mark();
    for (;;)
        prtos_idle_self();
}
