/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of plans and slots; settles the major frames and which CPU runs which vCPU. */
#include <stdlib.h>

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

/* The plans of one id on all processors. */
struct group {
    u64 longest; /* what a plan without majorFrame lasts */
    const struct cf_plan *first;
    const struct cf_plan *other; /* the first on another processor than that */
};

static void frame_settle(struct cf *cf, struct cf_plan *plan, const struct group *group)
{
    plan->frame = plan->stated ? plan->stated : group->longest;
    if (!plan->frame)
        cf_report(cf, plan->place, CF_RULE_VALUE_RANGE,
                  "%s has neither a majorFrame nor a slot, on no processor", plan_text(cf, plan));
    if (plan->frame > TIME_MAX)
        cf_report(cf, plan->place, CF_RULE_VALUE_RANGE,
                  "%s ends at %s, beyond its range: at most %lluus", plan_text(cf, plan),
                  cf_time_text(plan->frame), TIME_MAX);
}

/* With the first plan before it in the file that another processor runs at the same time. */
static void frame_compare(struct cf *cf, const struct cf_plan *plan, const struct group *group)
{
    const struct cf_plan *other = plan->cpu == group->first->cpu ? group->other : group->first;

    if (other && other < plan && other->frame != plan->frame)
        cf_report(cf, plan->place, CF_RULE_PLAN_FRAMES,
                  "%s has a major frame of %s, on processor %u it is %s (%s)", plan_text(cf, plan),
                  cf_time_text(plan->frame), cf->cpus.at[other->cpu].id, cf_time_text(other->frame),
                  cf_where(cf, other->place, plan->place));
}

static int plan_compare(const void *a, const void *b)
{
    const struct cf_plan *x = *(const struct cf_plan *const *)a;
    const struct cf_plan *y = *(const struct cf_plan *const *)b;

    return x->id != y->id ? (x->id < y->id ? -1 : 1) : (x < y ? -1 : x > y);
}

static void group_check(struct cf *cf, struct cf_plan **plans, u32 n)
{
    struct group group = {.first = plans[0]};

    for (u32 i = 0; i < n; i++) {
        u64 length = plan_length(cf, plans[i]);

        if (length > group.longest)
            group.longest = length;
        if (!group.other && plans[i]->cpu != group.first->cpu)
            group.other = plans[i];
    }
    for (u32 i = 0; i < n; i++) {
        frame_settle(cf, plans[i], &group);
        frame_compare(cf, plans[i], &group);
    }
}

static void frames_check(struct cf *cf)
{
    CF_LIST(struct cf_plan *) sorted = {0};

    for (u32 i = 0; i < cf->plans.n; i++)
        *CF_PUSH(&sorted) = &cf->plans.at[i];
    if (sorted.n)
        qsort(sorted.at, sorted.n, sizeof(*sorted.at), plan_compare);
    for (u32 i = 0, n; i < sorted.n; i += n) {
        for (n = 1; i + n < sorted.n && sorted.at[i + n]->id == sorted.at[i]->id; n++)
            ;
        group_check(cf, sorted.at + i, n);
    }
    free(sorted.at);
}

void cf_check_plans(struct cf *cf)
{
    frames_check(cf);
    for (u32 i = 1; i < cf->cpus.n; i++) {
        const struct cf_cpu *cpu = &cf->cpus.at[i];

        if (cpu->n_plans != cf->cpus.at[0].n_plans)
            cf_report(cf, cpu->place, CF_RULE_PLAN_COUNTS,
                      "processor %u has %u plans, processor %u has %u (%s)", cpu->id, cpu->n_plans,
                      cf->cpus.at[0].id, cf->cpus.at[0].n_plans,
                      cf_where(cf, cf->cpus.at[0].place, cpu->place));
    }
}

static int slot_compare(const void *a, const void *b)
{
    const struct cf_slot *x = *(const struct cf_slot *const *)a;
    const struct cf_slot *y = *(const struct cf_slot *const *)b;

    return x->start != y->start ? (x->start < y->start ? -1 : 1) : (x < y ? -1 : x > y);
}

/* Where the slot would fit among the others of its plan, else the longest time that is free. */
static const char *free_time(struct cf *cf, const struct cf_plan *plan, const struct cf_slot *slot)
{
    u64 length = slot->end - slot->start, end = 0, best = 0, at = 0;
    CF_LIST(const struct cf_slot *) others = {0};

    if (!cf_hint_take())
        return "";
    for (u32 i = 0; i < plan->n_slots; i++)
        if (&cf->slots.at[plan->first_slot + i] != slot)
            *CF_PUSH(&others) = &cf->slots.at[plan->first_slot + i];
    if (others.n)
        qsort(others.at, others.n, sizeof(*others.at), slot_compare);
    for (u32 i = 0; i <= others.n && best < length; i++) {
        u64 next = i < others.n ? others.at[i]->start : plan->frame;

        next = next < plan->frame ? next : plan->frame;
        if (next > end && next - end > best) {
            best = next - end;
            at = end;
        }
        if (i < others.n && others.at[i]->end > end)
            end = others.at[i]->end;
    }
    free(others.at);
    if (!best)
        return "; no time of the plan is free";
    return cf_text(best < length ? "; at most %s are free, from %s on" : "; %s are free from %s on",
                   cf_time_text(best < length ? best : length), cf_time_text(at));
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
                  "slot %u of %s starts at %s, before slot %u ends at %s (%s)%s", slot->id,
                  plan_text(cf, plan), cf_time_text(slot->start), last->id, cf_time_text(last->end),
                  cf_where(cf, last->place, slot->place), free_time(cf, plan, slot));
    if (plan->stated && slot->end > plan->stated)
        cf_report(cf, slot->place, CF_RULE_SLOT_BEYOND_FRAME,
                  "slot %u ends at %s, after the major frame of %s, %s (%s)%s", slot->id,
                  cf_time_text(slot->end), plan_text(cf, plan), cf_time_text(plan->stated),
                  cf_where(cf, plan->place, slot->place), free_time(cf, plan, slot));
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
