/* SPDX-License-Identifier: Apache-2.0 */
/* Warnings about plans and health monitoring: what is correct but can hardly be meant. The last
 * checks; they change nothing. */
#include <stdlib.h>
#include <string.h>

#include "cf.h"

/* One plan id over all processors. */
struct row {
    const struct cf_plan *plan; /* the first of them */
    bool used;                  /* it has a slot */
    bool system;                /* a system partition has a slot in it */
};

struct rows {
    struct row *at;
    u32 n;
    u32 room;
};

static bool is_action(const struct cf_event *event, const char *action)
{
    return event->action && strcmp(event->action, action) == 0;
}

static void rows_fill(struct cf *cf, struct rows *rows)
{
    for (u32 i = 0; i < cf->plans.n; i++) {
        const struct cf_plan *plan = &cf->plans.at[i];
        u32 number = i - cf->cpus.at[plan->cpu].first_plan;
        struct row *row;

        while (rows->n <= number)
            CF_PUSH(rows)->plan = plan;
        row = &rows->at[number];
        row->used |= plan->n_slots != 0;
        for (u32 j = 0; j < plan->n_slots && !row->system; j++) {
            u32 id = cf->slots.at[plan->first_slot + j].partition;
            const struct cf_partition *partition = cf_partition_by_id(cf, id);

            row->system = partition && partition->flags & CONF_PARTITION_SYSTEM;
        }
    }
}

static bool switches_itself(const struct cf *cf)
{
    for (u32 i = 0; i < cf->events.n; i++)
        if (is_action(&cf->events.at[i], "PRTOS_HM_AC_SWITCH_TO_MAINTENANCE"))
            return true;
    return false;
}

/* Plan 0 runs first; a health event leads to plan 1, a system partition to any. */
static void plans_check(struct cf *cf, const struct rows *rows)
{
    bool health = switches_itself(cf) && rows->n > 1;
    bool any = rows->n && (rows->at[0].system || (health && rows->at[1].system));

    for (u32 i = 0; i < rows->n; i++) {
        const struct cf_plan *plan = rows->at[i].plan;

        if (!rows->at[i].used)
            cf_report(cf, plan->place, CF_RULE_PLAN_IDLE,
                      "plan %u has no slot on any processor: nothing runs in it", plan->id);
        if (i && !any && !(i == 1 && health))
            cf_report(cf, plan->place, CF_RULE_PLAN_UNREACHABLE,
                      "plan %u is never run: no system partition has a slot in a plan before it, "
                      "and no health event switches to it",
                      plan->id);
    }
}

/* Slots of the partition in plan 0, all its vCPUs, in us. */
static void supply_fill(struct cf *cf, u64 *supply)
{
    for (u32 i = 0; i < cf->cpus.n; i++) {
        const struct cf_plan *plan = &cf->plans.at[cf->cpus.at[i].first_plan];

        for (u32 j = 0; cf->cpus.at[i].n_plans && j < plan->n_slots; j++) {
            const struct cf_slot *slot = &cf->slots.at[plan->first_slot + j];
            const struct cf_partition *partition = cf_partition_by_id(cf, slot->partition);

            if (partition)
                supply[partition - cf->partitions.at] += slot->end - slot->start;
        }
    }
}

static void needs_check(struct cf *cf)
{
    u64 frame = cf->plans.n ? cf->plans.at[0].frame : 0;
    CF_LIST(u64) supply = {0};

    for (u32 i = 0; i < cf->partitions.n; i++)
        *CF_PUSH(&supply) = 0;
    supply_fill(cf, supply.at);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        /* Both sides are products of two numbers below 2^34. */
        if (partition->need_period && frame &&
            (unsigned __int128)supply.at[i] * partition->need_period <
                (unsigned __int128)partition->need_duration * frame)
            cf_report(cf, partition->need_place, CF_RULE_TEMPORAL_REQUIREMENTS,
                      "%s needs %s in each %s, plan 0 gives it %s in each %s",
                      cf_partition_text(partition), cf_time_text(partition->need_duration),
                      cf_time_text(partition->need_period), cf_time_text(supply.at[i]),
                      cf_time_text(frame));
    }
    free(supply.at);
}

static bool is_logged(const struct cf_event *event)
{
    return event->log && (strcmp(event->log, "yes") == 0 || strcmp(event->log, "true") == 0);
}

static void log_check(struct cf *cf)
{
    const struct cf_event *first = NULL;
    u32 n = 0;

    for (u32 i = 0; i < cf->events.n; i++) {
        if (!is_logged(&cf->events.at[i]))
            continue;
        first = first ? first : &cf->events.at[i];
        n++;
    }
    if (n && !cf->health_log.name)
        cf_report(cf, first->place, CF_RULE_HM_LOG,
                  "log=\"%s\" (%u times) has no effect: PRTOSHypervisor names no "
                  "healthMonitorDevice to store it",
                  first->log, n);
}

static void suspend_check(struct cf *cf)
{
    u32 n_system = 0;

    for (u32 i = 0; i < cf->partitions.n; i++)
        n_system += (cf->partitions.at[i].flags & CONF_PARTITION_SYSTEM) != 0;
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];
        u32 others = n_system - ((partition->flags & CONF_PARTITION_SYSTEM) != 0);

        for (u32 j = 0; !others && j < partition->n_events; j++) {
            const struct cf_event *event = &cf->events.at[partition->first_event + j];

            if (is_action(event, "PRTOS_HM_AC_SUSPEND"))
                cf_report(cf, event->place, CF_RULE_HM_SUSPEND,
                          "%s suspends %s for ever: there is no other system partition to resume "
                          "it",
                          event->name, cf_partition_text(partition));
        }
    }
}

void cf_check_advice_time(struct cf *cf)
{
    struct rows rows = {0};

    rows_fill(cf, &rows);
    plans_check(cf, &rows);
    free(rows.at);
    needs_check(cf);
    log_check(cf);
    suspend_check(cf);
}
