/* SPDX-License-Identifier: Apache-2.0 */
/* Health events and actions: checks of what the description chooses, and the rows of the image.
 * Names, numbers and permitted actions come from core/abi/health.toml. */
#include <string.h>

#include "cf.h"
#include "tool_health.h"

static u8 event_number(const struct cf *cf, const struct cf_health_event *event)
{
    return cf->platform->conf->arch == CONF_ARCH_X86 ? event->number_x86 : event->number_aarch64;
}

static const struct cf_health_event *event_find(const char *name)
{
    for (u32 i = 0; name && i < ARRAY_SIZE(cf_health_events); i++)
        if (strcmp(name, cf_health_events[i].name) == 0)
            return &cf_health_events[i];
    return NULL;
}

static u32 action_find(const char *name)
{
    for (u32 i = 0; name && i < ARRAY_SIZE(cf_health_actions); i++)
        if (strcmp(name, cf_health_actions[i]) == 0)
            return i;
    return CONF_NONE;
}

static bool log_find(const char *word, u16 *log)
{
    bool yes = word && (strcmp(word, "yes") == 0 || strcmp(word, "true") == 0);
    bool no = word && (strcmp(word, "no") == 0 || strcmp(word, "false") == 0);

    *log = yes;
    return yes || no;
}

/* An event of another architecture never comes on this one: one description may serve both. */
static bool may_leave(const struct cf_health_event *event)
{
    return (event->number_x86 & event->number_aarch64) != CF_HM_NOT_THERE;
}

static bool words_check(struct cf *cf, const struct cf_event *event,
                        const struct cf_health_event *known)
{
    u32 errors = cf->n_errors;
    const char *names[ARRAY_SIZE(cf_health_events)];
    u16 log;

    for (u32 i = 0; i < ARRAY_SIZE(names); i++)
        names[i] = cf_health_events[i].name;
    if (!known)
        cf_report(cf, event->place, CF_RULE_HM_WORD, "there is no event '%s'%s", event->name,
                  cf_nearest(event->name, names, ARRAY_SIZE(names)));
    else if (event_number(cf, known) == CF_HM_NOT_THERE)
        cf_report(cf, event->place, may_leave(known) ? CF_RULE_PLATFORM_LEFT_OUT : CF_RULE_HM_WORD,
                  "event '%s' %s %s", event->name,
                  may_leave(known) ? "is left out, it does not exist on" : "does not exist on",
                  cf->platform->arch);
    if (action_find(event->action) == CONF_NONE)
        cf_report(cf, event->place, CF_RULE_HM_WORD, "there is no action '%s'%s", event->action,
                  cf_nearest(event->action, cf_health_actions, ARRAY_SIZE(cf_health_actions)));
    if (!log_find(event->log, &log))
        cf_report(cf, event->place, CF_RULE_HM_WORD,
                  "log is '%s', it can be yes, no, true or false", event->log);
    return cf->n_errors == errors;
}

static const char *set_text(u32 set)
{
    const char *text = "";

    for (u32 i = 0; i < ARRAY_SIZE(cf_health_actions); i++)
        if (set >> i & 1)
            text = cf_text("%s%s%s", text, *text ? ", " : "",
                           cf_health_actions[i] + strlen("PRTOS_HM_AC_"));
    return text;
}

static void maintenance_check(struct cf *cf, const struct cf_event *event)
{
    for (u32 i = 0; i < cf->cpus.n; i++)
        if (cf->cpus.at[i].n_plans < 2)
            cf_report(cf, event->place, CF_RULE_HM_MAINTENANCE,
                      "%s needs plan 1 on every processor, processor %u has none (%s)",
                      event->action, cf->cpus.at[i].id,
                      cf_where(cf, cf->cpus.at[i].place, event->place));
}

static void event_check(struct cf *cf, const struct cf_event *event, const char *whose, bool own)
{
    const struct cf_health_event *known = event_find(event->name);
    u32 action = action_find(event->action), set;

    if (action == CF_HM_ACTION_SWITCH_TO_MAINTENANCE)
        maintenance_check(cf, event);
    if (!words_check(cf, event, known))
        return;
    set = own ? known->hypervisor : known->partition;
    if (!(set >> action & 1))
        cf_report(cf, event->place, CF_RULE_HM_ACTION,
                  "%s is not permitted on %s of %s; permitted: %s", event->action, event->name,
                  whose, set_text(set));
}

static void list_check(struct cf *cf, u32 first, u32 n, const char *whose, bool own)
{
    const struct cf_event *last[ARRAY_SIZE(cf_health_events)] = {NULL};

    for (u32 i = 0; i < n; i++) {
        const struct cf_event *event = &cf->events.at[first + i];
        const struct cf_health_event *known = event_find(event->name);
        const struct cf_event **other = known ? &last[known - cf_health_events] : NULL;

        event_check(cf, event, whose, own);
        if (!known)
            continue;
        if (*other)
            cf_report(cf, event->place, CF_RULE_HM_DUPLICATE,
                      "%s of %s stands twice (%s): the last one counts", event->name, whose,
                      cf_where(cf, (*other)->place, event->place));
        *other = event;
    }
}

void cf_check_health(struct cf *cf)
{
    list_check(cf, 0, cf->n_events, "the hypervisor", true);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        list_check(cf, partition->first_event, partition->n_events, cf_partition_text(partition),
                   false);
    }
}

static void table_fill(const struct cf *cf, struct conf_health *rows, bool own, u32 first, u32 n)
{
    u16 action = own ? CF_HM_DEFAULT_HYPERVISOR : CF_HM_DEFAULT_PARTITION;
    u16 log_trap = own ? CF_HM_DEFAULT_LOG_TRAP_HYPERVISOR : CF_HM_DEFAULT_LOG_TRAP_PARTITION;

    for (u32 i = 0; i < CONF_HM_EVENTS; i++)
        rows[i] = (struct conf_health){.action = action, .log = 0};
    for (u32 i = 0; i < ARRAY_SIZE(cf_health_events); i++) {
        u8 number = event_number(cf, &cf_health_events[i]);

        if (number < CONF_HM_EVENTS)
            rows[number].log = number < CF_HM_GENERIC_EVENTS ? CF_HM_DEFAULT_LOG_GENERIC : log_trap;
    }
    for (u32 i = 0; i < n; i++) {
        const struct cf_event *event = &cf->events.at[first + i];
        u8 number = event_number(cf, event_find(event->name));
        struct conf_health *row = &rows[number];

        if (number == CF_HM_NOT_THERE)
            continue;
        row->action = (u16)action_find(event->action);
        log_find(event->log, &row->log);
    }
}

bool cf_health_line(const struct cf *cf, const struct cf_partition *partition, u32 number,
                    struct cf_health_line *line)
{
    u32 first = partition ? partition->first_event : 0;
    u32 n = partition ? partition->n_events : cf->n_events;
    struct conf_health rows[CONF_HM_EVENTS];

    if (number >= CONF_HM_EVENTS)
        return false;
    table_fill(cf, rows, !partition, first, n);
    *line = (struct cf_health_line){
        .action = cf_health_actions[rows[number].action],
        .log = rows[number].log,
    };
    for (u32 i = 0; i < ARRAY_SIZE(cf_health_events); i++)
        if (event_number(cf, &cf_health_events[i]) == number)
            line->event = cf_health_events[i].name;
    for (u32 i = 0; line->event && i < n; i++)
        line->stated |= strcmp(cf->events.at[first + i].name, line->event) == 0;
    return true;
}

void cf_health_rows(const struct cf *cf, struct conf_health *rows)
{
    table_fill(cf, rows, true, 0, cf->n_events);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        table_fill(cf, rows + (i + 1) * CONF_HM_EVENTS, false, partition->first_event,
                   partition->n_events);
    }
}
