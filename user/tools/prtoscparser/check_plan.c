/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of plans and slots; settles the major frames and which CPU runs which vCPU. */
#include "cf.h"

#define TIME_MAX 0xffffffffull /* us */

static const char *plan_text(const struct cf *cf, const struct cf_plan *plan)
{
    return cf_text("plan %u of processor %u", plan->id, cf->cpus.at[plan->cpu].id);
}

static u64 plan_length(const struct cf *cf, const struct cf_plan *plan)
{
    u64 end = 0;

    for (u32 i = 0; i < plan->n_slots; i++)
        if (cf->slots.at[plan->first_slot + i].end > end)
            end = cf->slots.at[plan->first_slot + i].end;
    return plan->stated ? plan->stated : end;
}

/* A plan without majorFrame lasts as long as the longest of its id on any processor. */
static void frame_settle(struct cf *cf, struct cf_plan *plan)
{
    plan->frame = plan->stated;
    for (u32 i = 0; !plan->stated && i < cf->plans.n; i++) {
        const struct cf_plan *other = &cf->plans.at[i];
        u64 length = other->id == plan->id ? plan_length(cf, other) : 0;

        if (length > plan->frame)
            plan->frame = length;
    }
    if (!plan->frame)
        cf_report(cf, plan->place, CF_RULE_VALUE_RANGE,
                  "%s has neither a majorFrame nor a slot, on no processor", plan_text(cf, plan));
    if (plan->frame > TIME_MAX)
        cf_report(cf, plan->place, CF_RULE_VALUE_RANGE,
                  "%s ends at %s, beyond its range: at most %lluus", plan_text(cf, plan),
                  cf_time_text(plan->frame), TIME_MAX);
}

static void frame_compare(struct cf *cf, const struct cf_plan *plan)
{
    for (u32 i = 0; i < cf->plans.n && &cf->plans.at[i] != plan; i++) {
        const struct cf_plan *other = &cf->plans.at[i];

        if (other->id != plan->id || other->cpu == plan->cpu)
            continue;
        if (other->frame != plan->frame)
            cf_report(cf, plan->place, CF_RULE_PLAN_FRAMES,
                      "%s has a major frame of %s, on processor %u it is %s (%s)",
                      plan_text(cf, plan), cf_time_text(plan->frame), cf->cpus.at[other->cpu].id,
                      cf_time_text(other->frame), cf_where(cf, other->place, plan->place));
        return;
    }
}

void cf_check_plans(struct cf *cf)
{
    for (u32 i = 0; i < cf->plans.n; i++)
        frame_settle(cf, &cf->plans.at[i]);
    for (u32 i = 0; i < cf->plans.n; i++)
        frame_compare(cf, &cf->plans.at[i]);
    for (u32 i = 1; i < cf->cpus.n; i++) {
        const struct cf_cpu *cpu = &cf->cpus.at[i];

        if (cpu->n_plans != cf->cpus.at[0].n_plans)
            cf_report(cf, cpu->place, CF_RULE_PLAN_COUNTS,
                      "processor %u has %u plans, processor %u has %u (%s)", cpu->id, cpu->n_plans,
                      cf->cpus.at[0].id, cf->cpus.at[0].n_plans,
                      cf_where(cf, cf->cpus.at[0].place, cpu->place));
    }
}

static void slot_time_check(struct cf *cf, const struct cf_plan *plan, u32 index)
{
    const struct cf_slot *slot = &cf->slots.at[plan->first_slot + index];
    const struct cf_slot *last = index ? slot - 1 : NULL;

    if (slot->start == slot->end)
        cf_report(cf, slot->place, CF_RULE_SLOT_EMPTY, "slot %u of %s has a duration of 0us",
                  slot->id, plan_text(cf, plan));
    if (last && slot->start < last->end)
        cf_report(cf, slot->place, CF_RULE_SLOT_OVERLAP,
                  "slot %u of %s starts at %s, before slot %u ends at %s (%s)", slot->id,
                  plan_text(cf, plan), cf_time_text(slot->start), last->id, cf_time_text(last->end),
                  cf_where(cf, last->place, slot->place));
    if (plan->stated && slot->end > plan->stated)
        cf_report(cf, slot->place, CF_RULE_SLOT_BEYOND_FRAME,
                  "slot %u ends at %s, after the major frame of %s, %s (%s)", slot->id,
                  cf_time_text(slot->end), plan_text(cf, plan), cf_time_text(plan->stated),
                  cf_where(cf, plan->place, slot->place));
}

static void slot_vcpu_check(struct cf *cf, const struct cf_plan *plan, const struct cf_slot *slot)
{
    const struct cf_partition *partition = cf_partition_by_id(cf, slot->partition);
    struct cf_vcpu *vcpu;

    if (!partition) {
        cf_report(cf, slot->place, CF_RULE_SLOT_PARTITION,
                  "slot %u of %s names partition %u, there are partitions 0..%u", slot->id,
                  plan_text(cf, plan), slot->partition, cf->partitions.n - 1);
        return;
    }
    if (slot->vcpu >= partition->n_vcpus) {
        cf_report(cf, slot->place, CF_RULE_SLOT_VCPU,
                  "slot %u of %s names vCPU %u, %s has noVCpus=\"%u\" (%s)", slot->id,
                  plan_text(cf, plan), slot->vcpu, cf_partition_text(partition), partition->n_vcpus,
                  cf_where(cf, partition->place, slot->place));
        return;
    }
    vcpu = &cf->vcpus.at[partition->first_vcpu + slot->vcpu];
    if (vcpu->cpu == CONF_NONE) {
        vcpu->cpu = plan->cpu;
        vcpu->place = slot->place;
    }
    if (vcpu->cpu != plan->cpu)
        cf_report(cf, slot->place, CF_RULE_VCPU_TWO_PROCESSORS,
                  "vCPU %u of %s has a slot on processor %u and one on processor %u (%s)",
                  vcpu->number, cf_partition_text(partition), cf->cpus.at[plan->cpu].id,
                  cf->cpus.at[vcpu->cpu].id, cf_where(cf, vcpu->place, slot->place));
}

void cf_check_slots(struct cf *cf)
{
    for (u32 i = 0; i < cf->plans.n; i++) {
        const struct cf_plan *plan = &cf->plans.at[i];

        for (u32 j = 0; j < plan->n_slots; j++) {
            slot_time_check(cf, plan, j);
            slot_vcpu_check(cf, plan, &cf->slots.at[plan->first_slot + j]);
        }
    }
    for (u32 i = 0; i < cf->vcpus.n; i++) {
        const struct cf_vcpu *vcpu = &cf->vcpus.at[i];
        const struct cf_partition *partition = &cf->partitions.at[vcpu->partition];

        if (vcpu->cpu == CONF_NONE)
            cf_report(cf, partition->place, CF_RULE_VCPU_NO_SLOT,
                      "vCPU %u of %s has no slot in any plan", vcpu->number,
                      cf_partition_text(partition));
    }
}
