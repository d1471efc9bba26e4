/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of ports and channels; settles which port is which end of which channel. */
#include <stdlib.h>
#include <string.h>

#include "cf.h"

/* Ports by partition and name; equal ones in the order of the file. */
static int port_compare(const void *a, const void *b)
{
    const struct cf_port *x = *(struct cf_port *const *)a, *y = *(struct cf_port *const *)b;
    int order = x->partition < y->partition ? -1 : x->partition > y->partition;

    if (!order)
        order = strcmp(x->name, y->name);
    return order ? order : (x < y ? -1 : x > y);
}

static struct cf_port **ports_sorted(struct cf *cf)
{
    CF_LIST(struct cf_port *) list = {0};

    for (u32 i = 0; i < cf->ports.n; i++)
        *CF_PUSH(&list) = &cf->ports.at[i];
    if (list.n)
        qsort(list.at, list.n, sizeof(*list.at), port_compare);
    return list.at;
}

static bool is_twin(const struct cf_port *a, const struct cf_port *b)
{
    return a->partition == b->partition && strcmp(a->name, b->name) == 0;
}

static void twins_check(struct cf *cf, struct cf_port **sorted)
{
    for (u32 i = 1; i < cf->ports.n; i++)
        if (is_twin(sorted[i - 1], sorted[i]))
            cf_report(cf, sorted[i]->place, CF_RULE_PORT_DUPLICATE,
                      "%s has two ports named '%s' (%s)",
                      cf_partition_text(&cf->partitions.at[sorted[i]->partition]), sorted[i]->name,
                      cf_where(cf, sorted[i - 1]->place, sorted[i]->place));
}

/* First port of that name in the partition, or null. */
static struct cf_port *port_find(struct cf *cf, struct cf_port **sorted, u32 partition,
                                 const char *name)
{
    u32 low = 0, high = cf->ports.n;
    struct cf_port key = {.partition = partition, .name = name};

    while (low < high) {
        u32 middle = (low + high) / 2;
        const struct cf_port *port = sorted[middle];
        int order = port->partition != partition ? (port->partition < partition ? -1 : 1)
                                                 : strcmp(port->name, name);

        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cf->ports.n && is_twin(sorted[low], &key) ? sorted[low] : NULL;
}

static const char *type_text(u32 type)
{
    return type == CONF_PORT_QUEUING ? "queuing" : "sampling";
}

static const char *direction_text(u32 direction)
{
    return direction == CONF_PORT_SOURCE ? "source" : "destination";
}

static void port_unknown(struct cf *cf, const struct cf_end *end,
                         const struct cf_partition *partition)
{
    CF_LIST(const char *) names = {0};

    for (u32 i = 0; cf_hint_left() && i < partition->n_ports; i++)
        *CF_PUSH(&names) = cf->ports.at[partition->first_port + i].name;
    cf_report(cf, end->place, CF_RULE_CHANNEL_PORT, "%s has no port '%s' (%s)%s",
              cf_partition_text(partition), end->port_name,
              cf_where(cf, partition->place, end->place),
              cf_nearest(end->port_name, names.at, names.n));
    free(names.at);
}

static void port_take(struct cf *cf, struct cf_end *end, struct cf_port *port, u32 channel,
                      u32 direction)
{
    const char *name = cf_text("port '%s' of %s", port->name,
                               cf_partition_text(&cf->partitions.at[port->partition]));
    const char *where = cf_where(cf, port->place, end->place);

    end->port = (u32)(port - cf->ports.at);
    if (port->type != cf->channels.at[channel].type)
        cf_report(cf, end->place, CF_RULE_CHANNEL_TYPE, "%s is %s (%s), the channel is %s", name,
                  type_text(port->type), where, type_text(cf->channels.at[channel].type));
    if (port->direction != direction)
        cf_report(cf, end->place, CF_RULE_CHANNEL_DIRECTION, "%s is a %s (%s), here a %s is needed",
                  name, direction_text(port->direction), where, direction_text(direction));
    if (port->channel != CONF_NONE)
        cf_report(cf, end->place, CF_RULE_PORT_TWO_CHANNELS, "%s is already connected (%s)", name,
                  cf_where(cf, port->end_place, end->place));
    else
        port->end_place = end->place;
    port->channel = channel;
}

/* Which partition has the name that the end states. */
static const char *name_hint(struct cf *cf, const struct cf_end *end)
{
    if (!end->partition_name || !cf_hint_take())
        return "";
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        if (partition->name && strcmp(partition->name, end->partition_name) == 0)
            return cf_text("; '%s' is partition %u (%s)", partition->name, partition->id,
                           cf_where(cf, partition->place, end->place));
    }
    return "";
}

static void end_check(struct cf *cf, struct cf_port **sorted, struct cf_end *end, u32 channel,
                      u32 direction)
{
    const struct cf_partition *partition = cf_partition_by_id(cf, end->partition);
    struct cf_port *port;

    if (!partition) {
        cf_report(cf, end->place, CF_RULE_CHANNEL_PARTITION,
                  "there is no partition %u, only 0..%u%s", end->partition, cf->partitions.n - 1,
                  name_hint(cf, end));
        return;
    }
    if (end->partition_name &&
        (!partition->name || strcmp(partition->name, end->partition_name) != 0))
        cf_report(cf, end->place, CF_RULE_CHANNEL_PARTITION_NAME,
                  "partitionName is '%s', %s has another name (%s)%s", end->partition_name,
                  cf_partition_text(partition), cf_where(cf, partition->place, end->place),
                  name_hint(cf, end));
    port = port_find(cf, sorted, (u32)(partition - cf->partitions.at), end->port_name);
    if (port)
        port_take(cf, end, port, channel, direction);
    else
        port_unknown(cf, end, partition);
}

void cf_check_ports(struct cf *cf)
{
    struct cf_port **sorted = ports_sorted(cf);

    twins_check(cf, sorted);
    for (u32 i = 0; i < cf->channels.n; i++) {
        struct cf_channel *channel = &cf->channels.at[i];

        if (channel->n_dests > CONF_MAX_DESTS)
            cf_report(cf, channel->place, CF_RULE_VALUE_RANGE,
                      "the channel has %u destinations, at most %u are possible", channel->n_dests,
                      CONF_MAX_DESTS);
        end_check(cf, sorted, &channel->source, i, CONF_PORT_SOURCE);
        for (u32 j = 0; j < channel->n_dests; j++) {
            struct cf_end *dest = &cf->dests.at[channel->first_dest + j];

            end_check(cf, sorted, dest, i, CONF_PORT_DESTINATION);
            if (dest->port != CONF_NONE)
                cf->ports.at[dest->port].position = j;
        }
    }
    for (u32 i = 0; i < cf->ports.n; i++)
        if (cf->ports.at[i].channel == CONF_NONE)
            cf_report(cf, cf->ports.at[i].place, CF_RULE_PORT_UNCONNECTED,
                      "port '%s' of %s is in no channel", cf->ports.at[i].name,
                      cf_partition_text(&cf->partitions.at[cf->ports.at[i].partition]));
}
