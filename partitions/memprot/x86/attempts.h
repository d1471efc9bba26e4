/* SPDX-License-Identifier: Apache-2.0 */
/* The attempts on x86, in order, and where the hypervisor's things are. */
#ifndef MEMPROT_ATTEMPTS_H
#define MEMPROT_ATTEMPTS_H

extern struct prtos_image_hdr prtos_image_hdr;

#define HYPERVISOR_LOAD CONFIG_PRTOS_LOAD_ADDR
#define HYPERVISOR_SPACE CONFIG_PRTOS_OFFSET
#define PAGE_TABLE prtos_image_hdr.page_table

enum attack_id {
    READ_VICTIM,
    WRITE_VICTIM,
    CALL_VICTIM,
    READ_HYPERVISOR,
    WRITE_HYPERVISOR,
    CALL_HYPERVISOR,
    READ_HYPERVISOR_LOAD,
    WRITE_HYPERVISOR_LOAD,
    READ_NULL,
    WRITE_NULL,
    CALL_NULL,
    WRITE_PAGE_TABLE,
    WRITE_READ_ONLY,
    DO_CLI,
    DO_HLT,
    LOAD_CR0,
    LOAD_CR3,
    READ_CR3,
    LOAD_GDT,
    LOAD_IDT,
    LOAD_TASK,
    WRITE_MSR,
    READ_MSR,
    OUT_POWEROFF,
    IN_POWEROFF,
    OUT_UART,
    IN_UART,
    INT_PAGE_FAULT,
    INT_TIMER,
    CORE_WRITES_VICTIM,
    CORE_COPIES_VICTIM,
    CORE_PRINTS_VICTIM,
    HALT_VICTIM,
    RESET_VICTIM,
    HALT_SYSTEM,
    FORGE_RIGHTS,
    SPIN_FOREVER,
    ATTACKS
};

#endif
