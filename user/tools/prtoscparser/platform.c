/* SPDX-License-Identifier: Apache-2.0 */
/* The platforms' facts. Read by the checks; never changed. */
#include <string.h>

#include "cf.h"

/* PIC 1, PIC 2 and COM1 belong to the hypervisor. */
static const struct cf_port_range pc_reserved_ports[] = {
    {0x20, 2, "the interrupt controller"},
    {0xa0, 2, "the second interrupt controller"},
    {0x3f8, 5, "COM1"},
    {0, 0, NULL},
};

static const struct cf_port_range pc_dma_ports[] = {
    {0x00, 16, "the ISA DMA controller"},        {0x80, 16, "the ISA DMA page registers"},
    {0xc0, 32, "the second ISA DMA controller"}, {0xcf8, 8, "PCI configuration"},
    {0x1000, 0xf000, "ports of PCI devices"},    {0, 0, NULL},
};

static const struct cf_mmio pc_quiet_mmio[] = {
    {0xa0000, 0x20000, false, "VGA memory"},
    {0, 0, false, NULL},
};

static const struct cf_mmio virt_mmio[] = {
    {0x09000000, 0x1000, false, "PL011"},
    {0x09010000, 0x1000, false, "PL031 clock"},
    {0x09030000, 0x1000, false, "PL061 GPIO"},
    {0x0a000000, 0x4000, true, "virtio"},
    {0, 0, false, NULL},
};

const struct cf_platform *cf_platform_by_name(const char *name)
{
    static struct cf_platform platforms[] = {
        {
            .name = "pc",
            .arch = "x86",
            .event_prefix = "X86_",
            .n_uart_drivers = 1,
            .has_vga = true,
            .has_ports = true,
            .reserved_ports = pc_reserved_ports,
            .dma_ports = pc_dma_ports,
            .quiet_mmio = pc_quiet_mmio,
            .reserved_names = {"I/O APIC", "HPET", "local APIC"},
        },
        {
            .name = "virt",
            .arch = "aarch64",
            .event_prefix = "ARM_",
            .n_uart_drivers = 1,
            .mmio = virt_mmio,
        },
    };
    static const u32 arch[] = {CONF_ARCH_X86, CONF_ARCH_AARCH64};

    for (u32 i = 0; i < ARRAY_SIZE(platforms); i++) {
        if (strcmp(name, platforms[i].arch) != 0)
            continue;
        platforms[i].conf = conf_platform_of(arch[i]);
        return &platforms[i];
    }
    return NULL;
}
