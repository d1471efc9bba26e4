/* SPDX-License-Identifier: Apache-2.0 */
/* Dispatcher, exceptions and registers of AArch64. */
#include "probe.h"

/* Spoils what is not the interrupted program's: floating point, and the registers of exceptions. */
void own_handler(const trap_ctxt_t *ctxt)
{
    (void)ctxt;
    __asm__ __volatile__(".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 23, 30, 31\n\t"
                         "movi v\\n\\().16b, #0xff\n\t"
                         ".endr\n\t"
                         "msr elr_el1, xzr\n\t"
                         "msr spsr_el1, xzr"
                         :
                         :
                         : "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v15", "v16",
                           "v23", "v30", "v31", "memory");
}

static prtos_u32_t floating_on(void)
{
    prtos_u64_t control;

    __asm__ __volatile__("mrs %0, cpacr_el1" : "=r"(control));
    return (prtos_u32_t)control >> 20 & 3;
}

void own_start(void)
{
    partition_control_table_t *pct = prtos_get_pct();

    SHOW("entry", pct->arch.trap_entry != 0);
    SHOW("vector_of_trap0", pct->trap_to_vector[0]);
    SHOW("vector_of_line3", pct->hw_irq_to_vector[3]);
    SHOW("flag_at_start", prtos_is_sti_());
    SHOW("floating_before", floating_on());
}

void own_lazy(void)
{
    prtos_lazy_hypercall(raise_ipvi_nr, 1, 0);
    prtos_lazy_hypercall(route_irq_nr, 3, 9, 9, 9);
}

/* All registers through an interrupt that comes inside the call which raises it. */
void own_registers(void)
{
    prtos_u32_t before = irq_count, floating = ~0u;
    prtos_u64_t kept = 0x1234560, elr, spsr;

    __asm__ __volatile__("msr elr_el1, %0\n\tmsr spsr_el1, %1" : : "r"(kept), "r"(0x3c5ul));
    SHOW("regs_changed", probe_call(set_irqpend_nr, 0, IPVI(0), &floating));
    SHOW("regs_floating", floating);
    SHOW("floating_after", floating_on());
    SHOW("regs_irq", irq_count - before);
    __asm__ __volatile__("mrs %0, elr_el1\n\tmrs %1, spsr_el1" : "=r"(elr), "=r"(spsr));
    SHOW("regs_elr", elr == kept && spsr == 0x3c5);
}

void own_traps(void)
{
    prtos_u32_t before = irq_count;
    prtos_address_t at;

    install_trap_handler(AARCH64_UNDEFINED_INSTR, irq_handler);
    install_trap_handler(AARCH64_SVC_TRAP, irq_handler);
    install_trap_handler(AARCH64_DATA_ABORT, irq_handler);
    install_trap_handler(AARCH64_LOAD_PAGE_FAULT, irq_handler);
    irq_skip = 4;
    __asm__ __volatile__("adr %0, 1f\n1: udf #0" : "=r"(at));
    SHOW("trap_opcode_nr", irq_last_nr);
    SHOW("trap_opcode_ip", irq_last_ip == at);
    __asm__ __volatile__("ldxr %0, [%1]" : "=r"(at) : "r"(PTR2ADDR(&at) + 1));
    SHOW("trap_data_nr", irq_last_nr);
    *(volatile prtos_u32_t *)0x8000010 = 1;
    SHOW("trap_page_nr", irq_last_nr);
    irq_skip = 0;
    __asm__ __volatile__("svc #0");
    SHOW("trap_svc_nr", irq_last_nr);
    SHOW("trap_count", irq_count - before);
    /* the default: says so and goes on */
    install_trap_handler(AARCH64_SVC_TRAP, 0);
    __asm__ __volatile__("svc #0");
    prtos_set_irqpend(0, IPVI(2));
    prtos_clear_irqmask(0, IPVI(2));
}
