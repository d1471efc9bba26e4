/* SPDX-License-Identifier: Apache-2.0 */
/* Commits its fault in its third slot, once in the life of the machine; its name says which. */
#include <irqs.h>
#include <string.h>
#include "facts.h"

void fault_breakpoint(void);
void fault_memory(void);
void fault_page(void);
void fault_invalid(void);
extern char fault_breakpoint_pc[];

static prtos_u32_t data = 0x600d;

static void on_trap(trap_ctxt_t *ctxt)
{
    FACTS->trapped = ctxt->irq_nr + 1;
    FACTS->trap_ip = ctxt->ip;
    FACTS->trap_error = ctxt->err_code;
    if (ctxt->irq_nr == PAGE_FAULT)
        ctxt->ip += 5; /* mov %eax, moffs */
    if (ctxt->irq_nr == INVALID_OPCODE)
        ctxt->ip += 2;
}

/* A virtual interrupt that has nowhere to go. */
static void fault_fatal(void)
{
    struct x86_desc_reg none = {0, 0};

    none.linear_base = PTR2ADDR(&data);
    prtos_x86_load_idtr(&none);
    prtos_clear_irqmask(0, 1u << 27);
    prtos_x86_set_if();
    prtos_set_irqpend(0, 1u << 27);
}

static void commit(const char *kind)
{
    prtos_s32_t i;

    FACTS->faults++;
    if (!strcmp(kind, "breakpoint")) {
        FACTS->pc = PTR2ADDR(fault_breakpoint_pc);
        fault_breakpoint();
    } else if (!strcmp(kind, "memory")) {
        FACTS->pc = PTR2ADDR(fault_memory);
        fault_memory();
    } else if (!strcmp(kind, "page")) {
        FACTS->pc = PTR2ADDR(fault_page);
        fault_page();
    } else if (!strcmp(kind, "invalid")) {
        FACTS->pc = PTR2ADDR(fault_invalid);
        fault_invalid();
    } else if (!strcmp(kind, "fatal")) {
        fault_fatal();
    } else {
        for (i = 0; i < MANY; i++)
            fault_breakpoint();
    }
    FACTS->went_on++;
}

void partition_main(void)
{
    volatile partition_control_table_t *pct = prtos_get_pct();
    prtos_u32_t slot;

    FACTS->starts++;
    FACTS->reset_counter = pct->reset_counter;
    FACTS->reset_status = pct->reset_status;
    FACTS->data = data;
    data = 0xbad;
    install_trap_handler(BREAKPOINT_EXCEPTION, on_trap);
    install_trap_handler(PAGE_FAULT, on_trap);
    install_trap_handler(INVALID_OPCODE, on_trap);
    for (slot = 1;; slot++) {
        FACTS->beats++;
        if (slot == 3 && !FACTS->faults)
            commit((const char *)prtos_get_pct()->name);
        if (pct->ext_irqs_pend >> PRTOS_VT_EXT_SHUTDOWN & 1) {
            FACTS->shutdowns++;
            prtos_clear_irqpend(0, 1u << PRTOS_VT_EXT_SHUTDOWN);
        }
        prtos_idle_self();
    }
}
