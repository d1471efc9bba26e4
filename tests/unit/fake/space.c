/* SPDX-License-Identifier: Apache-2.0 */
/* What an architecture provides of address spaces and page tables: a test names the tables. */
#include "fake.h"

#include <prtos_inc/hypercalls.h>

const char *arch_space_check(const struct partition *partition, u64 page_table, u64 size)
{
    (void)partition;
    (void)page_table;
    (void)size;
    return fake.space_error;
}

u32 arch_page_type(const struct partition *partition, hv_phys page, u32 *references)
{
    bool table = fake.tables && partition->id == 0 && page - fake.tables < 2 * CONF_PAGE;

    *references = table;
    return table ? page == partition->root ? PPAG_PTDL1 : PPAG_PTDL2 : PPAG_STD;
}

bool arch_page_claim(struct cpu *cpu, const struct partition *partition, u32 page)
{
    u32 references;

    cpu->arch.claimed = page;
    return arch_page_type(partition, (hv_phys)page * CONF_PAGE, &references) == PPAG_STD;
}

void arch_page_release(struct cpu *cpu)
{
    cpu->arch.claimed = 0;
}

hv_addr arch_space_root(const struct partition *partition, hv_addr root)
{
    (void)partition;
    return root == FAKE_ROOT ? root : 0;
}

bool arch_space_step(struct cpu *cpu, struct partition *partition, u32 progress[3])
{
    (void)cpu;
    (void)partition;
    return ++progress[0] < fake.space_steps;
}
