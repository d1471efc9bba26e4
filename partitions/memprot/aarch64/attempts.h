/* SPDX-License-Identifier: Apache-2.0 */
/* The attempts on AArch64, in order, and where the hypervisor's things are, as the system file
 * counts addresses (intermediate physical). */
#ifndef MEMPROT_ATTEMPTS_H
#define MEMPROT_ATTEMPTS_H

#define HYPERVISOR_LOAD CONFIG_PRTOS_LOAD_ADDR /* physical: RAM begins at 0x40000000 */
#define HYPERVISOR_SPACE 0x100000u
#define PAGE_TABLE 0x180000u

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
    READ_HCR,
    WRITE_HCR,
    WRITE_VTTBR,
    WRITE_VBAR,
    FLUSH_EL2,
    RETURN_TO_EL2,
    READ_GIC,
    WRITE_GIC,
    READ_UART,
    WRITE_UART,
    POWER_OFF,
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
