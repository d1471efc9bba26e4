/* SPDX-License-Identifier: Apache-2.0 */
/* The ends of the machine, the way back to boot, and what rswbuild, the build and the boot
 * loader left for the core. */
#include <prtos_inc/prtosef.h>

#include "aarch64.h"
#include "conf/image.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/driver.h"

extern void boot_again(void) __attribute__((noreturn));

const struct text_driver *const text_drivers[TEXT_DRIVERS] = {[CONF_DEV_UART] = &uart_driver};

/* What kind of executable this is; its one customisation file is the configuration. */
struct prtos_hdr prtos_hdr __PRTOS_HDR = {
    .start_signature = PRTOS_EXEC_HYP_MAGIC,
    .compilation_prtos_abi_version = ARCH_ABI_VERSION,
    .compilation_prtos_api_version = ARCH_API_VERSION,
    .num_of_custom_files = 1,
    .end_signature = PRTOS_EXEC_HYP_MAGIC,
};

/* Filled by rswbuild; never written here. */
volatile struct boot_record boot_record
    __attribute__((section(".boot_record"), used, aligned(8))) = {BOOT_RECORD_MAGIC0,
                                                                  BOOT_RECORD_MAGIC1, 0, 0};

const void *arch_container(u64 *size)
{
    u64 start = boot_record.container_start;

    *size = boot_record.container_size;
    if (start < HV_LOAD || start & (CONF_PAGE - 1))
        return NULL;
    return (const void *)start;
}

/* The board has no exit code: whoever runs it sees whether it was switched off or reset. */
void arch_power_off(bool good)
{
    psci_call(good ? PSCI_SYSTEM_OFF : PSCI_SYSTEM_RESET, 0, 0, 0);
    for (;;)
        __asm__ volatile("msr daifset, #15\n\twfi");
}

/* CPU 0 does it, as it did the first time. */
void arch_restart(struct cpu *self)
{
    if (self->id != 0) {
        gic_send(GIC_RESTART, cpus[0]->arch.affinity);
        smp_stop();
    }
    arch_stop_others(self);
    boot_again();
}
