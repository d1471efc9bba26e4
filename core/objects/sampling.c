/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling ports: one source, many destinations, the last message counts. A message is filled into
 * a buffer that nobody reads and published in one step; a reader pins what it reads. Neither side
 * ever waits: with n readers there are n + 2 buffers (Chen and Burns, 1997). */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/commports.h>

#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/port.h"
#include "lib/string.h"

/* A buffer that is neither the latest nor in a reader's hand. */
static u32 buffer_choose(const struct channel *channel)
{
    u32 latest = channel->latest;
    u32 n = channel->conf->n_dests;
    u32 used[(CONF_MAX_DESTS + 2 + 31) / 32] = {0};
    u32 index = 0;

    if (latest != CHANNEL_IDLE)
        used[latest / 32] |= 1u << latest % 32;
    for (u32 i = 0; i < n; i++) {
        u32 reading = load_acquire(&channel->dests[i].reading);

        if (reading < CHANNEL_CHOOSING)
            used[reading / 32] |= 1u << reading % 32;
    }
    while (!~used[index])
        index++;
    return index * 32 + (u32)__builtin_ctz(~used[index]);
}

/* The filled buffer becomes the latest; readers that were choosing get it. */
static void message_publish(struct vcpu *vcpu, struct port *port, u32 index, u32 length)
{
    struct channel *channel = port->channel;
    struct message *message = channel_message(channel, index);
    u32 n = channel->conf->n_dests;

    message->written = clock_now();
    message->length = length;
    message->sequence = ++channel->sequence;
    __atomic_store_n(&channel->latest, index, __ATOMIC_SEQ_CST);
    port_news_set(port);
    for (u32 i = 0; i < n; i++) {
        struct channel_dest *dest = &channel->dests[i];
        u32 choosing = CHANNEL_CHOOSING;

        __atomic_compare_exchange_n(&dest->reading, &choosing, index, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_RELAXED);
        port_news_set(dest->port);
        if (dest->port->open)
            port_raise(vcpu->cpu, dest->port, PRTOS_VT_EXT_SAMPLING_PORT);
    }
    vcpu->partition->stats.sampling_written++;
}

/* Gives the port back, whatever became of the message. */
static void port_drop(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    if (port->dest)
        store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
}

static void write_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    struct port *port = cont->object;
    u32 left = cont->size - cont->done;
    u32 piece = left < GUEST_PIECE ? left : GUEST_PIECE;

    if (!guest_read(channel_message(port->channel, cont->aux)->bytes + cont->done,
                    cont->guest + cont->done, piece)) {
        port_drop(vcpu);
        vcpu_finish(vcpu, PRTOS_INVALID_PARAM);
        return;
    }
    cont->done += piece;
    if (cont->done < cont->size)
        return;
    message_publish(vcpu, port, cont->aux, cont->size);
    port_drop(vcpu);
    vcpu_finish(vcpu, PRTOS_OK);
}

static s32 sampling_write(struct vcpu *vcpu, u32 desc, hv_addr buffer, u32 size, hv_addr flags)
{
    struct port *port = port_by_number(vcpu, desc, CONF_PORT_SAMPLING);
    u32 index;

    (void)flags;
    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    if (unlikely(!port || port->conf->direction != CONF_PORT_SOURCE))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!size || size > port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range(buffer, size)))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!port->channel))
        return PRTOS_OK;
    if (unlikely(!port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    index = buffer_choose(port->channel);
    if (unlikely(size > GUEST_PIECE))
        return vcpu_continue(vcpu, &(struct vcpu_cont){.step = write_step,
                                                       .cancel = port_drop,
                                                       .object = port,
                                                       .guest = buffer,
                                                       .size = size,
                                                       .aux = index});
    if (unlikely(!guest_read(channel_message(port->channel, index)->bytes, buffer, size))) {
        port_release(port);
        return PRTOS_INVALID_PARAM;
    }
    message_publish(vcpu, port, index, size);
    port_release(port);
    return PRTOS_OK;
}

/* Whether a message is still valid at `now` (decisions.md 18). */
static bool message_valid(const struct channel *channel, const struct message *message, hv_time now)
{
    u64 period = channel->conf->valid_period;

    if (period == CONF_TIME_INFINITE)
        return true;
    return message->written + period > now;
}

/* Takes the latest message in hand; CHANNEL_IDLE: there is none. */
static u32 message_pin(struct port *port)
{
    struct channel_dest *dest = port->dest;
    u32 choosing = CHANNEL_CHOOSING;
    u32 latest;

    __atomic_store_n(&dest->reading, CHANNEL_CHOOSING, __ATOMIC_SEQ_CST);
    latest = __atomic_load_n(&port->channel->latest, __ATOMIC_SEQ_CST);
    if (!__atomic_compare_exchange_n(&dest->reading, &choosing, latest, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_ACQUIRE))
        latest = choosing;
    return latest;
}

/* The message was copied out: the flag, the news, the counters. */
static s32 read_end(struct vcpu *vcpu, struct port *port, u32 index, u32 count, hv_addr flags)
{
    struct channel *channel = port->channel;
    const struct message *message = channel_message(channel, index);
    u32 valid = message_valid(channel, message, clock_now()) ? PRTOS_COMM_MSG_VALID : 0;

    if (flags && unlikely(!guest_write(flags, &valid, sizeof(valid))))
        return PRTOS_INVALID_PARAM;
    port->consumed = message->sequence;
    port_news_clear(port);
    port_news_clear(channel->source);
    if (channel->source->open)
        port_raise(vcpu->cpu, channel->source, PRTOS_VT_EXT_SAMPLING_PORT);
    vcpu->partition->stats.sampling_read++;
    return (s32)count;
}

static void read_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    struct port *port = cont->object;
    u32 left = cont->size - cont->done;
    u32 piece = left < GUEST_PIECE ? left : GUEST_PIECE;
    s32 result;

    if (!guest_write(cont->guest + cont->done,
                     channel_message(port->channel, cont->aux)->bytes + cont->done, piece)) {
        result = PRTOS_INVALID_PARAM;
    } else {
        cont->done += piece;
        if (cont->done < cont->size)
            return;
        result = read_end(vcpu, port, cont->aux, cont->size, cont->guest2);
    }
    port_drop(vcpu);
    vcpu_finish(vcpu, result);
}

/* Nothing was ever written, or nobody can: no bytes, not valid. */
static s32 read_nothing(hv_addr flags)
{
    u32 valid = 0;

    if (flags && !guest_write(flags, &valid, sizeof(valid)))
        return PRTOS_INVALID_PARAM;
    return 0;
}

static s32 sampling_read(struct vcpu *vcpu, u32 desc, hv_addr buffer, u32 size, hv_addr flags)
{
    struct port *port = port_by_number(vcpu, desc, CONF_PORT_SAMPLING);
    struct message *message;
    u32 index;
    s32 result = PRTOS_INVALID_PARAM;

    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    if (unlikely(!port || port->conf->direction != CONF_PORT_DESTINATION))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!size || size > port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range(buffer, size) || (flags && !guest_writable(flags, sizeof(u32)))))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!port->channel))
        return read_nothing(flags);
    if (unlikely(!port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    index = message_pin(port);
    if (unlikely(index == CHANNEL_IDLE)) {
        port_release(port);
        return read_nothing(flags);
    }
    message = channel_message(port->channel, index);
    if (size > message->length)
        size = message->length;
    if (unlikely(size > GUEST_PIECE))
        return vcpu_continue(vcpu, &(struct vcpu_cont){.step = read_step,
                                                       .cancel = port_drop,
                                                       .object = port,
                                                       .guest = buffer,
                                                       .guest2 = flags,
                                                       .size = size,
                                                       .aux = index});
    if (likely(guest_write(buffer, message->bytes, size)))
        result = read_end(vcpu, port, index, size, flags);
    store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    return result;
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
    if (port->channel) {
        const struct conf_channel *conf = port->channel->conf;
        u64 period = create.valid_period == (prtos_time_t)PRTOS_INFINITE_TIME ? CONF_TIME_INFINITE
                     : create.valid_period < 0                                ? 1
                                               : clock_ns(create.valid_period);

        if (create.max_msg_size != conf->message_size || period != conf->valid_period)
            return PRTOS_INVALID_CONFIG;
    }
    port->size_max = create.max_msg_size;
    port->consumed = 0;
    port->open = 1;
    return (s32)port->conf->number;
}

static s32 sampling_status(struct vcpu *vcpu, u32 desc, hv_addr arg)
{
    struct port *port = port_by_number(vcpu, desc, CONF_PORT_SAMPLING);
    prtos_sampling_port_status_t status = {0};

    if (!port)
        return PRTOS_INVALID_PARAM;
    if (port->channel && port->channel->latest != CHANNEL_IDLE) {
        const struct message *message = channel_message(port->channel, port->channel->latest);
        u32 consumed = port->dest ? port->consumed : port->channel->dests[0].port->consumed;

        status.timestamp = clock_us(message->written);
        status.last_msg_size = message->length;
        status.flags =
            consumed == message->sequence ? PRTOS_COMM_PORT_CONSUMED_MSG : PRTOS_COMM_PORT_NEW_MSG;
        if (message_valid(port->channel, message, clock_now()))
            status.flags |= PRTOS_COMM_MSG_VALID;
    }
    return guest_write(arg, &status, sizeof(status)) ? PRTOS_OK : PRTOS_INVALID_PARAM;
}

static s32 sampling_info(struct vcpu *vcpu, hv_addr arg)
{
    prtos_sampling_port_info_t info;
    struct port *port;

    if (!guest_read(&info, arg, sizeof(info)) ||
        port_by_name(vcpu, (hv_addr)info.port_name, &port) ||
        port->conf->type != CONF_PORT_SAMPLING)
        return PRTOS_INVALID_PARAM;
    info.direction = port->conf->direction;
    info.max_msg_size = port->channel ? port->channel->conf->message_size : 0;
    info.valid_period = (prtos_time_t)PRTOS_INFINITE_TIME;
    if (port->channel && port->channel->conf->valid_period != CONF_TIME_INFINITE)
        info.valid_period = clock_us(port->channel->conf->valid_period);
    if (!port->channel)
        info.direction = 0;
    return guest_write(arg, &info, sizeof(info)) ? PRTOS_OK : PRTOS_INVALID_PARAM;
}

static s32 sampling_ctrl(struct vcpu *vcpu, u32 desc, u32 cmd, hv_addr arg)
{
    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
    switch (cmd) {
    case PRTOS_COMM_CREATE_PORT:
        return sampling_create(vcpu, arg);
    case PRTOS_COMM_GET_PORT_STATUS:
        return sampling_status(vcpu, desc, arg);
    case PRTOS_COMM_GET_PORT_INFO:
        return sampling_info(vcpu, arg);
    default:
        return PRTOS_INVALID_PARAM;
    }
}

const struct object_ops sampling_ops = {
    .read = sampling_read, .write = sampling_write, .ctrl = sampling_ctrl};
