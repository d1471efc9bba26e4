/* SPDX-License-Identifier: Apache-2.0 */
/* Budgets that fit the host's structures. */
#include "conf/access.h"
#include "conf/pool.h"
#include "fake.h"

static const struct conf_budget budget_host = {
    .core = 4096,
    .cpu = ROUND_UP((u32)sizeof(struct cpu), 64u),
    .vcpu = ROUND_UP((u32)sizeof(struct vcpu), 64u),
    .partition = ROUND_UP((u32)sizeof(struct partition), 64u),
    .port = ROUND_UP((u32)sizeof(struct port), 64u),
    .channel = sizeof(struct channel),
    .dest = sizeof(struct channel_dest),
    .device = 8192,
    .pct = sizeof(partition_control_table_t),
    .pct_area = sizeof(struct prtos_physical_mem_map),
    .pct_word = 4,
    .pct_clock = 64,
    .table_shift = 22,
};

const u32 fake_budget = 1; /* brings this file into each program */

const struct conf_budget *conf_budget_of(u32 arch)
{
    return arch == CONF_ARCH_X86 ? &budget_host : 0;
}
