/* SPDX-License-Identifier: Apache-2.0 */
/* The list of attempts, in order: what is tried, and what must stop it. The attacker tries entry n
 * after its n-th reset; the monitor reads from the partition's status what ended it. */
#ifndef MEMPROT_ATTACKS_H
#define MEMPROT_ATTACKS_H

#define ATTACKER 0
#define VICTIM 1
#define FRAME 10000 /* us */

/* Places, as in the XML. */
#define VICTIM_AREA 0x6100000u
#define VICTIM_SECRET (VICTIM_AREA + 0x80000u) /* middle of the victim's memory */
#define READ_ONLY_AREA 0x6300000u
#define HYPERVISOR_LOAD CONFIG_PRTOS_LOAD_ADDR
#define HYPERVISOR_SPACE CONFIG_PRTOS_OFFSET

/* reset_status with which the attacker restarts itself when nothing else has stopped it. */
#define SURVIVED 0x1000u
#define REFUSED 0x2000u /* plus the code of the hypercall, without its sign */
#define REFUSED_WITH(code) (REFUSED + (prtos_u32_t)(-(code)))

/* reset_status with which the monitor restarts an attacker that will not come back by itself. */
#define TAKEN_BACK 0x4000u

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

struct attack {
    const char *what;
    prtos_u32_t stopped_by; /* health event, REFUSED (with any code) or TAKEN_BACK */
};

#define MEMORY PRTOS_HM_EV_MEM_PROTECTION
#define PAGE PRTOS_HM_EV_X86_PAGE_FAULT
#define GENERAL PRTOS_HM_EV_X86_GENERAL_PROTECTION

static const struct attack attack[ATTACKS] = {
    [READ_VICTIM] = {"read another partition's memory", PAGE},
    [WRITE_VICTIM] = {"write another partition's memory", PAGE},
    [CALL_VICTIM] = {"run another partition's code", PAGE},
    [READ_HYPERVISOR] = {"read the hypervisor's space", MEMORY},
    [WRITE_HYPERVISOR] = {"write the hypervisor's space", MEMORY},
    [CALL_HYPERVISOR] = {"jump into the hypervisor", MEMORY},
    [READ_HYPERVISOR_LOAD] = {"read where the hypervisor was loaded", PAGE},
    [WRITE_HYPERVISOR_LOAD] = {"write where the hypervisor was loaded", PAGE},
    [READ_NULL] = {"read through a null pointer", PAGE},
    [WRITE_NULL] = {"write through a null pointer", PAGE},
    [CALL_NULL] = {"call a null pointer", PAGE},
    [WRITE_PAGE_TABLE] = {"write its own page table", PAGE},
    [WRITE_READ_ONLY] = {"write a read-only area", PAGE},
    [DO_CLI] = {"turn interrupts off: cli", GENERAL},
    [DO_HLT] = {"stop the processor: hlt", GENERAL},
    [LOAD_CR0] = {"turn paging off: mov to cr0", GENERAL},
    [LOAD_CR3] = {"change the address space: mov to cr3", GENERAL},
    [READ_CR3] = {"find the page tables: mov from cr3", GENERAL},
    [LOAD_GDT] = {"load segment descriptors: lgdt", GENERAL},
    [LOAD_IDT] = {"load interrupt gates: lidt", GENERAL},
    [LOAD_TASK] = {"load a task register: ltr", GENERAL},
    [WRITE_MSR] = {"write a machine register: wrmsr", GENERAL},
    [READ_MSR] = {"read a machine register: rdmsr", GENERAL},
    [OUT_POWEROFF] = {"power the machine off: out to port 0xf4", GENERAL},
    [IN_POWEROFF] = {"in from port 0xf4", GENERAL},
    [OUT_UART] = {"out to the UART's port 0x3f8", GENERAL},
    [IN_UART] = {"in from the UART's port 0x3f8", GENERAL},
    [INT_PAGE_FAULT] = {"fake a page fault: int 14", GENERAL},
    [INT_TIMER] = {"fake a device interrupt: int 32", GENERAL},
    [CORE_WRITES_VICTIM] = {"have the time written to the victim", REFUSED},
    [CORE_COPIES_VICTIM] = {"have the victim's memory copied", REFUSED},
    [CORE_PRINTS_VICTIM] = {"have the victim's memory printed", REFUSED},
    [HALT_VICTIM] = {"halt another partition", REFUSED},
    [RESET_VICTIM] = {"reset another partition", REFUSED},
    [HALT_SYSTEM] = {"halt the system", REFUSED},
    [FORGE_RIGHTS] = {"call itself a system partition, halt the system", REFUSED},
    [SPIN_FOREVER] = {"clear the interrupt flag by popf and spin", TAKEN_BACK},
};

/* What the victim tells the monitor in each frame. */
struct testimony {
    prtos_u32_t frames;
    prtos_u32_t words_changed;
    prtos_u32_t slots_missed;
    prtos_u32_t slot_spread; /* us between the earliest and the latest start in the frame */
};

#endif
