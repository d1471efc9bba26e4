/* SPDX-License-Identifier: Apache-2.0 */
/* I/O ports of partitions: a bitmap of the task state (SDM vol. 1, 19.5.2) for each partition that
 * owns any. Its pages are mapped behind the CPU's task state while one of its vCPUs has the CPU;
 * all others have none, so that every port is a general protection fault. */
#include "conf/access.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/system.h"
#include "hv/vcpu.h"
#include "lib/string.h"
#include "x86.h"

#define MAP_PAGES 3u     /* 65536 bits, and a byte of ones behind them */
#define MAP_NONE 0xFFFFu /* beyond the segment's limit */

void arch_ports_init(struct partition *partition, const struct conf_partition *row, u8 *map)
{
    const struct conf_ioport *range = conf_ioports(system_conf) + row->first_ioport;

    memset(map, 0xff, 65536 / 8 + 1);
    for (u32 i = 0; i < row->n_ioports; i++)
        for (u32 j = 0; j < range[i].count; j++) {
            u32 port = range[i].base + j;

            map[port / 8] &= (u8) ~(1u << port % 8);
        }
    partition->io_map = phys_of(map);
}

void ports_open(struct cpu *cpu, const struct vcpu *vcpu)
{
    u32 entry = (u32)vcpu->partition->io_map | PTE_P | PTE_A | PTE_D;

    /* Not global: the load of CR3 that follows drops what the CPU knows of them. */
    for (u32 i = 0; i < MAP_PAGES; i++)
        cpu->arch.io_pages[i] = entry + (i << 12);
    cpu->arch.tss.io_map = TSS_IO_MAP;
}

void ports_close_all(struct cpu *cpu)
{
    cpu->arch.tss.io_map = MAP_NONE;
}
