/* SPDX-License-Identifier: Apache-2.0 */
/* The list of all checks, and what they share. Each check reports every violation it finds and
 * leaves a model that the next ones can read, whatever the description said. Advice is given about
 * correct descriptions only. */
#include "cf.h"

static void (*const checks[])(struct cf *cf) = {
    cf_check_ids,    cf_check_plans,   cf_check_slots,  cf_check_devices,
    cf_check_memory, cf_check_overlap, cf_check_mapped, cf_check_resources,
    cf_check_ports,  cf_check_ipvis,   cf_check_health, cf_check_room,
};

void cf_check(struct cf *cf)
{
    for (u32 i = 0; i < ARRAY_SIZE(checks); i++)
        checks[i](cf);
    if (cf->n_errors)
        return;
    cf_check_advice(cf);
    cf_check_advice_time(cf);
}

struct cf_partition *cf_partition_by_id(struct cf *cf, u32 id)
{
    u32 low = 0, high = cf->by_id.n;

    while (low < high) {
        u32 middle = (low + high) / 2;

        if (cf->by_id.at[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == cf->by_id.n || cf->by_id.at[low]->id != id)
        return NULL;
    return &cf->partitions.at[cf->by_id.at[low] - cf->partitions.at];
}

const char *cf_partition_text(const struct cf_partition *partition)
{
    if (partition->name)
        return cf_text("partition %u '%s'", partition->id, partition->name);
    return cf_text("partition %u", partition->id);
}
