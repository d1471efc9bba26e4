/* SPDX-License-Identifier: Apache-2.0 */
/* Values that arguments of hypercalls take. Macros only; <prtos_inc/hypercalls.h> includes it. */
#ifndef PRTOS_INC_HYPERCALL_ARGS_H
#define PRTOS_INC_HYPERCALL_ARGS_H

#define PRTOS_HW_CLOCK 0
#define PRTOS_EXEC_CLOCK 1

#define PRTOS_COLD_RESET 0
#define PRTOS_WARM_RESET 1

/* route_irq */
#define PRTOS_TRAP_TYPE 0
#define PRTOS_HWIRQ_TYPE 1
#define PRTOS_EXTIRQ_TYPE 2

/* get_gid_by_name */
#define PRTOS_PARTITION_NAME 0
#define PRTOS_PLAN_NAME 1

/* set_page_type */
#define PPAG_STD 0
#define PPAG_PTDL1 1
#define PPAG_PTDL2 2
#define PPAG_PTDL3 3

#define PRTOS_DCACHE 1
#define PRTOS_ICACHE 2

#define HYPERCALL_NOT_IMPLEMENTED (~0)

#endif
