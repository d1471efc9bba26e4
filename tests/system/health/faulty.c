/* SPDX-License-Identifier: Apache-2.0 */
/* Commits its fault in its third slot, once in the life of the machine; its name says which. */
#include <irqs.h>
#include <string.h>
#include "facts.h"
#include "own.h"

void fault_breakpoint(void);
void fault_memory(void);
void fault_page(void);
void fault_invalid(void);
extern char fault_breakpoint_pc[], fault_page_pc[];

static prtos_u32_t data = 0x600d;

static void on_trap(trap_ctxt_t *ctxt)
{
    FACTS->trapped = (prtos_u32_t)ctxt->irq_nr + 1;
    FACTS->trap_ip = (prtos_u32_t)ctxt->ip;
    FACTS->trap_error = own_error(ctxt);
    ctxt->ip += own_length((prtos_u32_t)ctxt->irq_nr);
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
        FACTS->pc = PTR2ADDR(fault_page_pc);
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
    install_trap_handler(OWN_BREAK, on_trap);
    install_trap_handler(OWN_PAGE, on_trap);
    install_trap_handler(OPCODE_TRAP, on_trap);
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
