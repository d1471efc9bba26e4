/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of inter-partition virtual interrupts. */
#include "cf.h"

static void partition_check(struct cf *cf, const struct cf_ipvi *ipvi, const char *what, u32 id)
{
    if (!cf_partition_by_id(cf, id))
        cf_report(cf, ipvi->place, CF_RULE_IPVI_PARTITION,
                  "%s of Ipvi %u is partition %u, there are partitions 0..%u", what, ipvi->id, id,
                  cf->partitions.n - 1);
}

static void targets_check(struct cf *cf, const struct cf_ipvi *ipvi)
{
    for (u32 i = 0; i < ipvi->n_targets; i++) {
        const u32 *target = cf->targets.at + ipvi->first_target;

        partition_check(cf, ipvi, "a destination", target[i]);
        for (u32 j = 0; j < i; j++) {
            if (target[j] != target[i])
                continue;
            cf_report(cf, ipvi->place, CF_RULE_IPVI_DESTINATION_DUPLICATE,
                      "Ipvi %u of partition %u names destination %u twice", ipvi->id, ipvi->source,
                      target[i]);
            break;
        }
    }
}

void cf_check_ipvis(struct cf *cf)
{
    for (u32 i = 0; i < cf->ipvis.n; i++) {
        const struct cf_ipvi *ipvi = &cf->ipvis.at[i];

        if (ipvi->id >= CONF_MAX_IPVI)
            cf_report(cf, ipvi->place, CF_RULE_IPVI_ID, "Ipvi has id %u, there are 0..%u", ipvi->id,
                      CONF_MAX_IPVI - 1);
        if (!ipvi->n_targets)
            cf_report(cf, ipvi->place, CF_RULE_SCHEMA, "Ipvi %u: destinationId is empty", ipvi->id);
        partition_check(cf, ipvi, "the source", ipvi->source);
        targets_check(cf, ipvi);
        for (u32 j = 0; j < i; j++) {
            const struct cf_ipvi *other = &cf->ipvis.at[j];

            if (other->id == ipvi->id && other->source == ipvi->source)
                cf_report(cf, ipvi->place, CF_RULE_IPVI_DUPLICATE,
                          "Ipvi %u of partition %u is described twice (%s); list all its "
                          "destinations in one",
                          ipvi->id, ipvi->source, cf_where(cf, other->place, ipvi->place));
        }
    }
}
