/* SPDX-License-Identifier: Apache-2.0 */
/* What a program does with a port besides moving messages: open it, ask for its state or for its
 * configuration. Once in a while, so built for size. */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/commports.h>

#include "hv/clock.h"
#include "hv/guestmem.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/port.h"
#include "hv/vcpu.h"
#include "lib/string.h"

#define LOOKS 4u /* at a message that changes meanwhile */

/* A period of the interface (us, or infinite) in the configuration's terms. */
static u64 period_ns(prtos_time_t us)
{
    if (us == (prtos_time_t)PRTOS_INFINITE_TIME)
        return CONF_TIME_INFINITE;
    /* A negative one equals no configured period: those are whole us. */
    return us < 0 ? 1 : clock_ns(us);
}

static prtos_time_t period_us(u64 ns)
{
    return ns == CONF_TIME_INFINITE ? (prtos_time_t)PRTOS_INFINITE_TIME : clock_us(ns);
}

/* The class's own part of the check is done: open. */
static s32 port_open(struct port *port, u32 size)
{
    port->size_max = size;
    port->consumed = 0;
    port->open = PORT_OPEN(port->conf->type, port->conf->direction);
    if (!port->channel)
        port->open |= PORT_LOOSE;
    return (s32)port->conf->number;
}

static s32 sampling_create(struct vcpu *vcpu, hv_addr arg)
{
    struct prtos_create_sampling_port create;
    struct port *port;
    s32 code;

    if (!guest_read(&create, arg, sizeof(create)))
        return PRTOS_INVALID_PARAM;
    code = port_check_create(vcpu, (hv_addr)create.port_name, CONF_PORT_SAMPLING, create.direction,
                             &port);
    if (code)
        return code;
    if (port->channel && (create.max_msg_size != port->channel->conf->message_size ||
                          period_ns(create.valid_period) != port->channel->conf->valid_period))
        return PRTOS_INVALID_CONFIG;
    return port_open(port, create.max_msg_size);
}

static s32 queuing_create(struct vcpu *vcpu, hv_addr arg)
{
    struct prtos_create_queuing_port create;
    struct port *port;
    s32 code;

    if (!guest_read(&create, arg, sizeof(create)))
        return PRTOS_INVALID_PARAM;
    code = port_check_create(vcpu, (hv_addr)create.port_name, CONF_PORT_QUEUING, create.direction,
                             &port);
    if (code)
        return code;
    if (port->channel && (create.max_msg_size != port->channel->conf->message_size ||
                          create.max_num_of_msgs != port->channel->conf->n_messages))
        return PRTOS_INVALID_CONFIG;
    return port_open(port, create.max_msg_size);
}

static s32 answer(hv_addr arg, const void *bytes, u32 size)
{
    return guest_write(arg, bytes, size) ? PRTOS_OK : PRTOS_INVALID_PARAM;
}

/* The head of the latest message; false: there is none. Nobody has it in hand: it is the latest
 * still when it has been read, or the source was so quick that the next one is looked at. */
static bool latest_head(struct channel *channel, struct message *head)
{
    for (u32 i = 0; i < LOOKS; i++) {
        u32 latest = read_ordered(channel->latest);
        const struct message *message;
        const u32 *written;

        if (latest == CHANNEL_IDLE)
            return false;
        message = channel_buffer(channel, latest);
        written = (const u32 *)(const void *)&message->written;
        head->sequence = load_acquire(&message->sequence);
        head->length = load_acquire(&message->length);
        memcpy(&head->written, (const u32[]){load_acquire(written), load_acquire(written + 1)},
               sizeof(head->written));
        if (read_ordered(channel->latest) == latest &&
            read_ordered(message->sequence) == head->sequence)
            break;
    }
    return true;
}

static s32 sampling_status(const struct cpu *cpu, const struct port *port, hv_addr arg)
{
    prtos_sampling_port_status_t status = {0};
    struct channel *channel = port->channel;
    struct message head;

    if (channel && latest_head(channel, &head)) {
        u32 consumed = port->dest ? port->consumed : channel->dests[0].port->consumed;

        status.timestamp = clock_us(head.written);
        status.last_msg_size = head.length;
        status.flags =
            consumed == head.sequence ? PRTOS_COMM_PORT_CONSUMED_MSG : PRTOS_COMM_PORT_NEW_MSG;
        if (sampling_valid(cpu, channel, &head))
            status.flags |= PRTOS_COMM_MSG_VALID;
    }
    return answer(arg, &status, sizeof(status));
}

static s32 queuing_status(const struct port *port, hv_addr arg)
{
    prtos_queuing_port_status_t status = {0};

    if (port->channel)
        status.num_of_msgs =
            load_acquire(&port->channel->head) - load_acquire(&port->channel->tail);
    return answer(arg, &status, sizeof(status));
}

/* By name, open or not; a port without a channel has zeros. The name's pointer comes first in both
 * structures. */
static s32 port_info(struct vcpu *vcpu, u32 type, hv_addr arg)
{
    union {
        prtos_sampling_port_info_t sampling;
        prtos_queuing_port_info_t queuing;
    } info = {0};
    const struct conf_channel *channel;
    hv_addr name;
    struct port *port;

    if (!guest_read(&name, arg, sizeof(name)) || port_by_name(vcpu, name, &port) ||
        port->conf->type != type)
        return PRTOS_INVALID_PARAM;
    channel = port->channel ? port->channel->conf : NULL;
    if (type == CONF_PORT_SAMPLING) {
        info.sampling.port_name = (char *)name;
        info.sampling.valid_period =
            period_us(channel ? channel->valid_period : CONF_TIME_INFINITE);
        info.sampling.max_msg_size = channel ? channel->message_size : 0;
        info.sampling.direction = channel ? port->conf->direction : 0;
        return answer(arg, &info.sampling, sizeof(info.sampling));
    }
    info.queuing.port_name = (char *)name;
    info.queuing.max_msg_size = channel ? channel->message_size : 0;
    info.queuing.max_num_of_msgs = channel ? channel->n_messages : 0;
    info.queuing.direction = channel ? port->conf->direction : 0;
    info.queuing.valid_period = period_us(CONF_TIME_INFINITE);
    return answer(arg, &info.queuing, sizeof(info.queuing));
}

/* Own open port of a type, whatever its direction, connected or not. */
static struct port *port_open_any(struct vcpu *vcpu, u32 desc, u32 type)
{
    static const u8 uses[] = {PORT_OPEN(0u, CONF_PORT_SOURCE), PORT_OPEN(0u, CONF_PORT_DESTINATION),
                              PORT_OPEN(0u, CONF_PORT_SOURCE) | PORT_LOOSE,
                              PORT_OPEN(0u, CONF_PORT_DESTINATION) | PORT_LOOSE};
    struct port *port = NULL;

    for (u32 i = 0; i < ARRAY_SIZE(uses) && !port; i++)
        port = port_for(vcpu, desc, uses[i] | PORT_OPEN(type, 0u));
    return port;
}

static s32 port_ctrl(struct vcpu *vcpu, u32 desc, u32 type)
{
    hv_addr arg = object_arg(vcpu);
    struct port *port;

    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
    switch (object_cmd(vcpu)) {
    case PRTOS_COMM_CREATE_PORT:
        return type == CONF_PORT_SAMPLING ? sampling_create(vcpu, arg) : queuing_create(vcpu, arg);
    case PRTOS_COMM_GET_PORT_STATUS:
        port = port_open_any(vcpu, desc, type);
        if (!port)
            return PRTOS_INVALID_PARAM;
        return type == CONF_PORT_SAMPLING ? sampling_status(vcpu->cpu, port, arg)
                                          : queuing_status(port, arg);
    case PRTOS_COMM_GET_PORT_INFO:
        return port_info(vcpu, type, arg);
    default:
        return PRTOS_INVALID_PARAM;
    }
}

s32 sampling_ctrl(struct vcpu *vcpu, u32 desc)
{
    return port_ctrl(vcpu, desc, CONF_PORT_SAMPLING);
}

s32 queuing_ctrl(struct vcpu *vcpu, u32 desc)
{
    return port_ctrl(vcpu, desc, CONF_PORT_QUEUING);
}
