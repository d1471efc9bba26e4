/* SPDX-License-Identifier: Apache-2.0 */
/* core/conf/pool.c with budgets that fit the host's structures, whose pointers are wider. */
#include "conf/access.h"
#include "conf/pool.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/port.h"
#include "hv/vcpu.h"

#define conf_budget_of target_budget_of
const struct conf_budget *target_budget_of(u32 arch);

#include "conf/pool.c"

#undef conf_budget_of

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

const struct conf_budget *conf_budget_of(u32 arch)
{
    return target_budget_of(arch) ? &budget_host : 0;
}
