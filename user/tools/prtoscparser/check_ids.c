/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of ids, numbers of things and names; fills the list of vCPUs. */
#include <stdlib.h>
#include <string.h>

#include "cf.h"

_Static_assert(CONF_MAX_PARTITIONS *CONF_MAX_VCPUS <= CONF_MAX_THREADS,
               "else the sum of all vCPUs needs a check of its own (too-many-partitions)");

/* `of`: the plan's processor or the slot's plan, CONF_NONE for the others. */
static void id_check(struct cf *cf, struct cf_place place, enum cf_rule rule, const char *what,
                     u32 of, u32 id, u32 expected)
{
    if (id != expected && !cf_unlisted(cf, place, rule))
        cf_report(cf, place, rule, "%s%s has id %u where %u is expected: ids are 0, 1, 2 in order",
                  what, of == CONF_NONE ? "" : cf_text(" %u", of), id, expected);
}

static void plans_check(struct cf *cf)
{
    for (u32 i = 0; i < cf->cpus.n; i++) {
        const struct cf_cpu *cpu = &cf->cpus.at[i];

        id_check(cf, cpu->place, CF_RULE_PROCESSOR_IDS, "Processor", CONF_NONE, cpu->id, i);
        for (u32 j = 0; j < cpu->n_plans; j++) {
            const struct cf_plan *plan = &cf->plans.at[cpu->first_plan + j];

            id_check(cf, plan->place, CF_RULE_PLAN_IDS, "Plan of processor", cpu->id, plan->id, j);
            for (u32 k = 0; k < plan->n_slots; k++) {
                const struct cf_slot *slot = &cf->slots.at[plan->first_slot + k];

                id_check(cf, slot->place, CF_RULE_SLOT_IDS, "Slot of plan", plan->id, slot->id, k);
            }
        }
        if (i == CONF_MAX_CPUS)
            cf_report(cf, cpu->place, CF_RULE_TOO_MANY_PROCESSORS,
                      "%u processors are described, this build supports %u", cf->cpus.n,
                      CONF_MAX_CPUS);
        else if (i == cf->platform->n_cpus)
            cf_report(cf, cpu->place, CF_RULE_TOO_MANY_PROCESSORS,
                      "%u processors are described, platform %s has %u", cf->cpus.n,
                      cf->platform->name, cf->platform->n_cpus);
    }
}

static int id_compare(const void *a, const void *b)
{
    const struct cf_partition *x = *(const struct cf_partition *const *)a;
    const struct cf_partition *y = *(const struct cf_partition *const *)b;

    return x->id != y->id ? (x->id < y->id ? -1 : 1) : (x < y ? -1 : x > y);
}

static int name_compare(const void *a, const void *b)
{
    const struct cf_partition *x = *(const struct cf_partition *const *)a;
    const struct cf_partition *y = *(const struct cf_partition *const *)b;
    int order = strcmp(x->name, y->name);

    return order ? order : (x < y ? -1 : x > y);
}

/* Each partition against the first one of its name. */
static void names_check(struct cf *cf)
{
    CF_LIST(const struct cf_partition *) named = {0};
    const struct cf_partition *first = NULL;

    for (u32 i = 0; i < cf->partitions.n; i++)
        if (cf->partitions.at[i].name)
            *CF_PUSH(&named) = &cf->partitions.at[i];
    if (named.n)
        qsort(named.at, named.n, sizeof(*named.at), name_compare);
    for (u32 i = 0; i < named.n; i++) {
        const struct cf_partition *partition = named.at[i];

        if (first && strcmp(first->name, partition->name) == 0)
            cf_report(cf, partition->place, CF_RULE_PARTITION_NAME_DUPLICATE,
                      "partition %u is named '%s' like partition %u (%s)", partition->id,
                      partition->name, first->id, cf_where(cf, first->place, partition->place));
        else
            first = partition;
    }
}

static void vcpus_fill(struct cf *cf, u32 index)
{
    struct cf_partition *partition = &cf->partitions.at[index];

    if (partition->n_vcpus > CONF_MAX_VCPUS) {
        cf_report(cf, partition->place, CF_RULE_TOO_MANY_VCPUS,
                  "%s has noVCpus=\"%u\", this build supports %u", cf_partition_text(partition),
                  partition->n_vcpus, CONF_MAX_VCPUS);
        partition->n_vcpus = CONF_MAX_VCPUS;
    }
    partition->first_vcpu = cf->vcpus.n;
    for (u32 i = 0; i < partition->n_vcpus; i++) {
        struct cf_vcpu *vcpu = CF_PUSH(&cf->vcpus);

        vcpu->partition = index;
        vcpu->number = i;
        vcpu->cpu = CONF_NONE;
    }
}

void cf_check_ids(struct cf *cf)
{
    for (u32 i = 0; i < cf->partitions.n; i++)
        *CF_PUSH(&cf->by_id) = &cf->partitions.at[i];
    if (cf->by_id.n)
        qsort(cf->by_id.at, cf->by_id.n, sizeof(*cf->by_id.at), id_compare);
    plans_check(cf);
    names_check(cf);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        id_check(cf, partition->place, CF_RULE_PARTITION_IDS, "Partition", CONF_NONE, partition->id,
                 i);
        vcpus_fill(cf, i);
        if (i == CONF_MAX_PARTITIONS)
            cf_report(cf, partition->place, CF_RULE_TOO_MANY_PARTITIONS,
                      "%u partitions are described, this build supports %u", cf->partitions.n,
                      CONF_MAX_PARTITIONS);
    }
}
