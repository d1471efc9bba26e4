/* SPDX-License-Identifier: Apache-2.0 */
/* The ends of the machine, the way back to boot, and what rswbuild, the build and the boot
 * loader left for the core. */
#include <prtos_inc/prtosef.h>

#include "conf/access.h"
#include "conf/image.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/driver.h"
#include "hv/io.h"
#include "x86.h"

#define DEBUG_EXIT 0xf4u /* isa-debug-exit of QEMU: ends it with status 2 * value + 1 */
#define DEBUG_EXIT_HALT 0x10u
#define DEBUG_EXIT_PANIC 0x11u
#define COM2 0x2f8u
#define COM_PORTS 8u

extern void boot_again(void) __attribute__((noreturn));

const struct text_driver *const text_drivers[TEXT_DRIVERS] = {
    [CONF_DEV_UART] = &uart_driver, [CONF_DEV_VGA] = &vga_driver};

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

/* From the multiboot loader (Multiboot specification 0.6.96, 3.3): memory above 1 MB up to the
 * first hole. */
extern u32 boot_memory;

/* The character behind records= on its command line; 0: no such word. */
extern u32 boot_records;

u64 arch_memory_end(void)
{
    return ((u64)boot_memory << 10) + 0x100000u;
}

u32 arch_records(void)
{
    u32 id = boot_records - '0';

    return id <= 9 ? id : CONF_NONE;
}

bool arch_uart_free(const struct conf_header *conf, u32 id)
{
    const struct conf_ioport *ioport = conf_ioports(conf);
    bool free = id == 1;

    for (u32 i = 0; i < conf_count(conf, CONF_T_IOPORT); i++)
        if (ioport[i].base < COM2 + COM_PORTS && ioport[i].base + ioport[i].count > COM2)
            free = false;
    return free;
}

const void *arch_container(u64 *size)
{
    u64 start = boot_record.container_start;

    *size = boot_record.container_size;
    if (start < HV_LOAD || start + *size > HV_LOAD + HV_AREA_MAX || start & (CONF_PAGE - 1))
        return NULL;
    return virt_of((u32)start);
}

void arch_power_off(bool good)
{
    io_out8(DEBUG_EXIT, good ? DEBUG_EXIT_HALT : DEBUG_EXIT_PANIC);
    for (;;)
        __asm__ volatile("cli; hlt");
}

/* Only the boot processor can: an INIT sends it to the reset vector (SDM vol. 3A, 9.4). */
void arch_restart(struct cpu *self)
{
    if (self->id != 0) {
        apic_send(cpus[0]->arch.apic_id, APIC_DIRECT | VECTOR_RESTART);
        smp_stop();
    }
    arch_stop_others(self);
    paging_boot_again();
    boot_again();
}
