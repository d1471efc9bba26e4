/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of inter-partition virtual interrupts. */
#include <stdlib.h>

#include "cf.h"

static void partition_check(struct cf *cf, const struct cf_ipvi *ipvi, const char *what, u32 id)
{
    if (!cf_partition_by_id(cf, id))
        cf_report(cf, ipvi->place, CF_RULE_IPVI_PARTITION,
                  "%s of Ipvi %u is partition %u, there are partitions 0..%u", what, ipvi->id, id,
                  cf->partitions.n - 1);
}

static int number_compare(const void *a, const void *b)
{
    u32 x = *(const u32 *)a, y = *(const u32 *)b;

    return x < y ? -1 : x > y;
}

static void targets_check(struct cf *cf, const struct cf_ipvi *ipvi)
{
    CF_LIST(u32) sorted = {0};

    for (u32 i = 0; i < ipvi->n_targets; i++) {
        u32 target = cf->targets.at[ipvi->first_target + i];

        partition_check(cf, ipvi, "a destination", target);
        *CF_PUSH(&sorted) = target;
    }
    if (sorted.n)
        qsort(sorted.at, sorted.n, sizeof(*sorted.at), number_compare);
    for (u32 i = 1; i < sorted.n; i++)
        if (sorted.at[i] == sorted.at[i - 1])
            cf_report(cf, ipvi->place, CF_RULE_IPVI_DESTINATION_DUPLICATE,
                      "Ipvi %u of partition %u names destination %u twice", ipvi->id, ipvi->source,
                      sorted.at[i]);
    free(sorted.at);
}

static int ipvi_compare(const void *a, const void *b)
{
    const struct cf_ipvi *x = *(const struct cf_ipvi *const *)a;
    const struct cf_ipvi *y = *(const struct cf_ipvi *const *)b;

    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return x->id != y->id ? (x->id < y->id ? -1 : 1) : (x < y ? -1 : x > y);
}

/* Each against the one before it in the file that has the same id and source. */
static void twins_check(struct cf *cf)
{
    CF_LIST(const struct cf_ipvi *) sorted = {0};

    for (u32 i = 0; i < cf->ipvis.n; i++)
        *CF_PUSH(&sorted) = &cf->ipvis.at[i];
    if (sorted.n)
        qsort(sorted.at, sorted.n, sizeof(*sorted.at), ipvi_compare);
    for (u32 i = 1; i < sorted.n; i++) {
        const struct cf_ipvi *ipvi = sorted.at[i], *other = sorted.at[i - 1];

        if (other->id == ipvi->id && other->source == ipvi->source)
            cf_report(cf, ipvi->place, CF_RULE_IPVI_DUPLICATE,
                      "Ipvi %u of partition %u is described twice (%s); list all its "
                      "destinations in one",
                      ipvi->id, ipvi->source, cf_where(cf, other->place, ipvi->place));
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
    }
    twins_check(cf);
}
