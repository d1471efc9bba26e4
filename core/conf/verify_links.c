/* SPDX-License-Identifier: Apache-2.0 */
/* What connects the entries of a configuration image: both ends of each connection must name the
 * other. Called by conf_verify() once each field is in range. About 40 instructions an entry. */
#include "conf/access.h"
#include "conf/platform.h"
#include "conf/verify_conf.h"

#define ACTION_MAX 10u
#define NS_PER_US 1000ull

/* vCPUs that a slot names, bit by bit. */
struct named {
    u32 bits[CONF_MAX_THREADS / 32];
};

static const char *span_check(const struct conf_header *conf, const struct conf_span *span,
                              const struct conf_plan *plan, struct named *named)
{
    if (span->vcpu == CONF_NONE)
        return span->slot_id || span->slot_index || span->slot_us || span->gap_us
                   ? VERIFY_TEXT("an idle span has a slot")
                   : 0;
    if (conf_vcpus(conf)[span->vcpu].cpu != plan->cpu)
        return VERIFY_TEXT("a slot names a vCPU of another CPU");
    if (span->slot_us * NS_PER_US != span->end - span->start)
        return VERIFY_TEXT("a slot's two lengths differ");
    if (span->gap_us * NS_PER_US > plan->frame - (span->end - span->start))
        return VERIFY_TEXT("a vCPU's next slot is out of place");
    named->bits[span->vcpu / 32] |= 1u << span->vcpu % 32;
    return 0;
}

static const char *plan_check(const struct conf_header *conf, const struct conf_plan *plan,
                              struct named *named)
{
    const struct conf_span *span = conf_spans(conf) + plan->first_span;
    const char *fault = 0;
    u64 end = 0;

    for (u32 i = 0; i < plan->n_spans && !fault; i++, span++) {
        if (span->start != end || span->end <= end)
            return VERIFY_TEXT("spans do not follow each other");
        end = span->end;
        fault = span_check(conf, span, plan, named);
    }
    if (!fault && end != plan->frame)
        return VERIFY_TEXT("spans do not fill the major frame");
    return fault;
}

/* A CPU's plans, and that they last as long as those of the CPUs before it. */
static const char *cpu_check(const struct conf_header *conf, u32 cpu, struct named *named)
{
    const struct conf_cpu *cpus = conf_cpus(conf);
    const struct conf_plan *plan = conf_plans(conf) + cpus[cpu].first_plan;

    for (u32 id = 0; id < cpus[cpu].n_plans; id++) {
        const char *fault = plan_check(conf, &plan[id], named);

        if (fault)
            return fault;
        if (plan[id].cpu != cpu)
            return VERIFY_TEXT("a plan names another CPU");
        for (u32 i = 0; i < cpu; i++)
            if (id < cpus[i].n_plans &&
                conf_plans(conf)[cpus[i].first_plan + id].frame != plan[id].frame)
                return VERIFY_TEXT("the major frames of one plan differ");
    }
    return 0;
}

static const char *plans_check(const struct conf_header *conf)
{
    struct named named = {{0}};
    const struct conf_vcpu *vcpu = conf_vcpus(conf);
    const char *fault = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_CPU) && !fault; i++)
        fault = cpu_check(conf, i, &named);
    for (u32 i = 0; i < conf_count(conf, CONF_T_VCPU) && !fault; i++)
        if ((named.bits[i / 32] >> i % 32 & 1) != (vcpu[i].cpu != CONF_NONE))
            fault = "a vCPU has a CPU but no slot";
    return fault;
}

static int device_is(const struct conf_header *conf, u32 device, int stores)
{
    return device == CONF_NONE || (conf_devices(conf)[device].type == CONF_DEV_MEMORY) == stores;
}

static const char *partition_check(const struct conf_header *conf, u32 index, u32 *lines)
{
    const struct conf_partition *partition = conf_partitions(conf) + index;
    const struct conf_vcpu *vcpu = conf_vcpus(conf) + partition->first_vcpu;
    const struct conf_port *port = conf_ports(conf) + partition->first_port;

    for (u32 i = 0; i < partition->n_vcpus; i++)
        if (vcpu[i].partition != index || vcpu[i].number != i)
            return VERIFY_TEXT("a vCPU names another partition");
    for (u32 i = 0; i < partition->n_ports; i++)
        if (port[i].partition != index || port[i].number != i)
            return VERIFY_TEXT("a port names another partition");
    if (partition->entry_area - partition->first_area >= partition->n_areas)
        return VERIFY_TEXT("the entry area is another partition's");
    if (partition->first_health != (index + 1) * CONF_HM_EVENTS)
        return VERIFY_TEXT("a health table is not where it must be");
    if (partition->hw_lines & *lines)
        return VERIFY_TEXT("an interrupt line has two owners");
    *lines |= partition->hw_lines;
    if (!device_is(conf, partition->console, 0) || !device_is(conf, partition->trace, 1))
        return VERIFY_TEXT("a device is of the wrong kind");
    return 0;
}

static const char *partitions_check(const struct conf_header *conf)
{
    u32 lines = conf_platform_of(conf->arch)->reserved_lines;
    const char *fault = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION) && !fault; i++)
        fault = partition_check(conf, i, &lines);
    return fault;
}

static int port_agrees(const struct conf_header *conf, u32 port, u32 channel, u32 direction,
                       u32 position)
{
    const struct conf_port *p = conf_ports(conf) + port;

    return p->channel == channel && p->direction == direction && p->position == position &&
           p->type == conf_channels(conf)[channel].type;
}

static const char *channel_check(const struct conf_header *conf, u32 index)
{
    const struct conf_channel *channel = conf_channels(conf) + index;
    const u32 *dest = conf_dests(conf) + channel->first_dest;
    int queuing = channel->type == CONF_PORT_QUEUING;

    if (!channel->message_size || (channel->n_messages != 0) != queuing ||
        channel->n_dests > (queuing ? 1 : CONF_MAX_DESTS))
        return VERIFY_TEXT("a channel has no room, or room of the other kind");
    if (!port_agrees(conf, channel->source, index, CONF_PORT_SOURCE, 0))
        return VERIFY_TEXT("a channel and its source differ");
    for (u32 i = 0; i < channel->n_dests; i++)
        if (!port_agrees(conf, dest[i], index, CONF_PORT_DESTINATION, i))
            return VERIFY_TEXT("a channel and its destination differ");
    return 0;
}

/* Each end agrees with exactly one port, so the numbers tell whether a port names a channel that
 * does not name it. */
static const char *channels_check(const struct conf_header *conf)
{
    u32 n = conf_count(conf, CONF_T_CHANNEL), ends = n + conf_count(conf, CONF_T_DEST);
    const struct conf_port *port = conf_ports(conf);
    u32 connected = 0;
    const char *fault = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_PORT); i++) {
        connected += port[i].channel != CONF_NONE;
        if (!port[i].direction)
            return VERIFY_TEXT("a port has no direction");
    }
    for (u32 i = 0; i < n && !fault; i++)
        fault = channel_check(conf, i);
    return fault || connected == ends ? fault
                                      : VERIFY_TEXT("a port names a channel that does not name it");
}

static const char *device_check(const struct conf_header *conf, const struct conf_device *device)
{
    switch (device->type) {
    case CONF_DEV_UART:
        return device->id < conf_platform_of(conf->arch)->n_uarts
                   ? 0
                   : VERIFY_TEXT("there is no such UART");
    case CONF_DEV_VGA:
    case CONF_DEV_MEMORY:
        return 0;
    default:
        return VERIFY_TEXT("a device is of no kind");
    }
}

static const char *devices_check(const struct conf_header *conf)
{
    const struct conf_device *device = conf_devices(conf);
    const struct conf_ioport *ioport = conf_ioports(conf);
    u32 n = conf_count(conf, CONF_T_DEVICE);

    for (u32 i = 0; i < n; i++) {
        const char *fault = device_check(conf, &device[i]);

        if (fault)
            return fault;
    }
    if ((conf->console >= n && conf->console != CONF_NONE) ||
        (conf->health_log >= n && conf->health_log != CONF_NONE) ||
        (conf->trace >= n && conf->trace != CONF_NONE))
        return VERIFY_TEXT("the hypervisor's device does not exist");
    if (!device_is(conf, conf->console, 0) || !device_is(conf, conf->health_log, 1) ||
        !device_is(conf, conf->trace, 1))
        return VERIFY_TEXT("a device is of the wrong kind");
    for (u32 i = 0; i < conf_count(conf, CONF_T_IOPORT); i++)
        if (ioport[i].base > 0xffff || ioport[i].count - 1 > 0xffff - ioport[i].base)
            return VERIFY_TEXT("an I/O port is out of range");
    return 0;
}

static const char *health_check(const struct conf_header *conf)
{
    const struct conf_health *row = conf_healths(conf);
    u32 n = conf_count(conf, CONF_T_HEALTH);

    if (n != (conf_count(conf, CONF_T_PARTITION) + 1) * CONF_HM_EVENTS)
        return VERIFY_TEXT("a health table is missing");
    for (u32 i = 0; i < n; i++)
        if (row[i].action > ACTION_MAX || row[i].log > 1)
            return VERIFY_TEXT("a health event has no such action");
    return 0;
}

const char *conf_verify_links(const struct conf_header *conf)
{
    static const char *(*const checks[])(const struct conf_header *conf) = {
        plans_check, devices_check, partitions_check, channels_check, health_check,
    };
    const char *fault = 0;

    for (u32 i = 0; i < ARRAY_SIZE(checks) && !fault; i++)
        fault = checks[i](conf);
    return fault;
}
