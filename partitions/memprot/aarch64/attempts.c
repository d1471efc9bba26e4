/* SPDX-License-Identifier: Apache-2.0 */
/* The list for AArch64, and the attempts that only AArch64 has: registers of EL2, a return to EL2,
 * the frames of devices, the firmware. */
#include <stddef.h>
#include "attacks.h"

#define DATA PRTOS_HM_EV_ARM_INSTR_PERMISSION_FAULT  /* stage 2, data */
#define FETCH PRTOS_HM_EV_ARM_INSTR_BACKGROUND_FAULT /* stage 2, fetch */
#define UNDEFINED PRTOS_HM_EV_ARM_UNDEF_INSTR

const struct attack attack[ATTACKS] = {
    [READ_VICTIM] = {"read another partition's memory", DATA},
    [WRITE_VICTIM] = {"write another partition's memory", DATA},
    [CALL_VICTIM] = {"run another partition's code", FETCH},
    [READ_HYPERVISOR] = {"read the hypervisor's space", DATA},
    [WRITE_HYPERVISOR] = {"write the hypervisor's space", DATA},
    [CALL_HYPERVISOR] = {"jump into the hypervisor", FETCH},
    [READ_HYPERVISOR_LOAD] = {"read where the hypervisor was loaded", DATA},
    [WRITE_HYPERVISOR_LOAD] = {"write where the hypervisor was loaded", DATA},
    [READ_NULL] = {"read through a null pointer", DATA},
    [WRITE_NULL] = {"write through a null pointer", DATA},
    [CALL_NULL] = {"call a null pointer", FETCH},
    [WRITE_PAGE_TABLE] = {"write its own page table", DATA},
    [WRITE_READ_ONLY] = {"write a read-only area", DATA},
    [READ_HCR] = {"see what is trapped: mrs from hcr_el2", UNDEFINED},
    [WRITE_HCR] = {"turn stage 2 off: msr to hcr_el2", UNDEFINED},
    [WRITE_VTTBR] = {"change the address space: msr to vttbr_el2", UNDEFINED},
    [WRITE_VBAR] = {"take the hypervisor's vectors: msr to vbar_el2", UNDEFINED},
    [FLUSH_EL2] = {"flush the hypervisor's translations: tlbi alle2", UNDEFINED},
    [RETURN_TO_EL2] = {"return to a higher level: eret with EL2h", UNDEFINED},
    [READ_GIC] = {"read the interrupt controller", DATA},
    [WRITE_GIC] = {"turn the interrupt controller off", DATA},
    [READ_UART] = {"read the UART", DATA},
    [WRITE_UART] = {"write to the UART", DATA},
    [POWER_OFF] = {"power the machine off: PSCI by smc", TAKEN_BACK},
    [CORE_WRITES_VICTIM] = {"have the time written to the victim", REFUSED},
    [CORE_COPIES_VICTIM] = {"have the victim's memory copied", REFUSED},
    [CORE_PRINTS_VICTIM] = {"have the victim's memory printed", REFUSED},
    [HALT_VICTIM] = {"halt another partition", REFUSED},
    [RESET_VICTIM] = {"reset another partition", REFUSED},
    [HALT_SYSTEM] = {"halt the system", REFUSED},
    [FORGE_RIGHTS] = {"call itself a system partition, halt the system", REFUSED},
    [SPIN_FOREVER] = {"mask every interrupt by daifset and spin", TAKEN_BACK},
};

#define GIC_DISTRIBUTOR 0x8000000
#define UART_DATA 0x9000000
#define SPSR_EL2H 0x3c9
#define PSCI_SYSTEM_OFF 0x84000008

static volatile prtos_u64_t loot;

const char *event_name(prtos_u32_t event)
{
    switch (event) {
    case DATA:
        return "stage 2 fault, data";
    case FETCH:
        return "stage 2 fault, fetch";
    case UNDEFINED:
        return "undefined instruction";
    default:
        return NULL;
    }
}

static void attack_processor(enum attack_id id)
{
    prtos_u64_t value = 0;

    switch (id) {
    case READ_HCR:
        __asm__ __volatile__("mrs %0, hcr_el2" : "=r"(value));
        break;
    case WRITE_HCR:
        __asm__ __volatile__("msr hcr_el2, %0" : : "r"(value));
        break;
    case WRITE_VTTBR:
        __asm__ __volatile__("msr vttbr_el2, %0" : : "r"(value));
        break;
    case WRITE_VBAR:
        __asm__ __volatile__("msr vbar_el2, %0" : : "r"(value));
        break;
    case FLUSH_EL2:
        __asm__ __volatile__("tlbi alle2");
        break;
    case RETURN_TO_EL2:
        __asm__ __volatile__("adr %0, 1f\n\tmsr elr_el1, %0\n\tmsr spsr_el1, %1\n\teret\n1:"
                             : "=&r"(value)
                             : "r"((prtos_u64_t)SPSR_EL2H)
                             : "memory");
        break;
    default:
        break;
    }
    loot = value;
}

static void attack_device(enum attack_id id)
{
    volatile prtos_u32_t *gic = (prtos_u32_t *)GIC_DISTRIBUTOR;
    volatile prtos_u32_t *uart = (prtos_u32_t *)UART_DATA;

    switch (id) {
    case READ_GIC:
        loot = *gic;
        break;
    case WRITE_GIC:
        *gic = 0;
        break;
    case READ_UART:
        loot = *uart;
        break;
    default:
        *uart = '!';
        break;
    }
}

static prtos_s32_t power_off(void)
{
    register prtos_u64_t x0 __asm__("x0") = PSCI_SYSTEM_OFF;

    __asm__ __volatile__("smc #0" : "+r"(x0) : : "x1", "x2", "x3", "memory");
    return (prtos_s32_t)x0;
}

static void spin_forever(void)
{
    __asm__ __volatile__("msr daifset, #0xf\n\t1: b 1b");
}

prtos_s32_t attack_machine(enum attack_id id)
{
    if (id == POWER_OFF)
        return power_off();
    if (id == SPIN_FOREVER)
        spin_forever();
    if (id >= READ_GIC && id <= WRITE_UART)
        attack_device(id);
    else
        attack_processor(id);
    return 0;
}
