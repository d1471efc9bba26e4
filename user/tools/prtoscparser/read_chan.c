/* SPDX-License-Identifier: Apache-2.0 */
/* Tree to model: Channels. */
#include "attr.h"

#include <string.h>

static void end_read(struct cf *cf, xmlNodePtr node, struct cf_end *end)
{
    end->place = cf_place_of(node);
    end->partition = cf_attr_id(cf, node, "partitionId", 0);
    end->port_name = cf_attr_needed(cf, node, "portName",
                                    cf_attr_name(cf, node, "portName", CONF_PORT_NAME_MAX));
    end->partition_name = cf_attr_name(cf, node, "partitionName", CONF_NAME_MAX);
    end->port = CONF_NONE;
}

static u64 period_read(struct cf *cf, xmlNodePtr node)
{
    const char *text = cf_attr_text(node, "validPeriod");

    if (text && strcmp(text, "infinite") == 0)
        return CONF_TIME_INFINITE;
    return cf_attr_time(cf, node, "validPeriod");
}

static void channel_read(struct cf *cf, xmlNodePtr node, u32 type)
{
    struct cf_channel *channel = CF_PUSH(&cf->channels);

    channel->place = cf_place_of(node);
    channel->type = type;
    channel->message_size = (u32)cf_attr_size(cf, node, "maxMessageLength");
    if (type == CONF_PORT_QUEUING)
        channel->n_messages = cf_attr_id(cf, node, "maxNoMessages", 1);
    else
        channel->valid_period = period_read(cf, node);
    channel->source = (struct cf_end){channel->place, .port_name = "", .port = CONF_NONE};
    channel->first_dest = cf->dests.n;
    CF_EACH_CHILD(child, node)
    {
        if (cf_is(child, "Source"))
            end_read(cf, child, &channel->source);
        else
            end_read(cf, child, CF_PUSH(&cf->dests));
    }
    channel->n_dests = cf->dests.n - channel->first_dest;
}

static void ipvi_read(struct cf *cf, xmlNodePtr node)
{
    struct cf_ipvi *ipvi = CF_PUSH(&cf->ipvis);
    const char *text = cf_attr_text(node, "destinationId");
    u32 target;

    ipvi->place = cf_place_of(node);
    ipvi->id = cf_attr_id(cf, node, "id", 0);
    ipvi->source = cf_attr_id(cf, node, "sourceId", 0);
    ipvi->first_target = cf->targets.n;
    while (text && cf_list_next(cf, node, &text, &target))
        *CF_PUSH(&cf->targets) = target;
    ipvi->n_targets = cf->targets.n - ipvi->first_target;
}

void cf_read_channels(struct cf *cf, xmlNodePtr node)
{
    CF_EACH_CHILD(child, node)
    {
        if (cf_is(child, "SamplingChannel"))
            channel_read(cf, child, CONF_PORT_SAMPLING);
        else if (cf_is(child, "QueuingChannel"))
            channel_read(cf, child, CONF_PORT_QUEUING);
        else
            ipvi_read(cf, child);
    }
}
