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

/* A buffer that is neither the latest nor in a reader's hand; for channels of any size. */
static __cold u32 buffer_choose_among_many(const struct channel *channel)
{
    u32 latest = channel->latest;
    u32 used[(CONF_MAX_DESTS + 2 + 31) / 32] = {0};
    u32 index = 0;

    if (latest != CHANNEL_IDLE)
        used[latest / 32] |= 1u << latest % 32;
    for (u32 i = 0; i < channel->n_dests; i++) {
        u32 reading = load_acquire(&channel->dests[i].reading);

        if (reading < CHANNEL_CHOOSING)
            used[reading / 32] |= 1u << reading % 32;
    }
    while (!~used[index])
        index++;
    return index * 32 + (u32)__builtin_ctz(~used[index]);
}

static u32 buffer_choose(const struct channel *channel)
{
    const struct channel_dest *dest = channel->dests;
    u32 left = channel->n_dests;
    u32 used = 0;

    if (unlikely(left > 30))
        return buffer_choose_among_many(channel);
    if (likely(channel->latest != CHANNEL_IDLE))
        used = 1u << channel->latest;
    do {
        u32 reading = load_acquire(&dest->reading);

        if (unlikely(reading < CHANNEL_CHOOSING))
            used |= 1u << reading;
        dest++;
    } while (unlikely(--left));
    return (u32)__builtin_ctz(~used);
}

/* The filled buffer becomes the latest; readers that were choosing get it. */
static void message_publish(struct vcpu *vcpu, struct port *port, struct message *message,
                            u32 index, u32 length)
{
    struct channel *channel = port->channel;
    struct channel_dest *dest = channel->dests;
    u32 left = channel->n_dests;

    message->written = clock_now();
    message->length = length;
    message->sequence = ++channel->sequence;
    __atomic_store_n(&channel->latest, index, __ATOMIC_SEQ_CST);
    port_news_set(port);
    do {
        u32 choosing = CHANNEL_CHOOSING;

        __atomic_compare_exchange_n(&dest->reading, &choosing, index, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_RELAXED);
        port_news_set(dest->port);
        port_raise(vcpu->cpu, dest->port, PRTOS_VT_EXT_SAMPLING_PORT);
        dest++;
    } while (unlikely(--left));
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
    message_publish(vcpu, port, channel_message(port->channel, cont->aux), cont->aux, cont->size);
    port_drop(vcpu);
    vcpu_finish(vcpu, PRTOS_OK);
}

static s32 sampling_write(struct vcpu *vcpu, u32 desc, hv_addr buffer)
{
    u32 size = object_size(vcpu);
    struct port *port;
    struct message *message;
    u32 index;

    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_SOURCE));
    if (unlikely(!port))
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
    message = channel_message(port->channel, index);
    if (unlikely(!arch_guest_copy(message->bytes, (const void *)buffer, size))) {
        port_release(port);
        return PRTOS_INVALID_PARAM;
    }
    message_publish(vcpu, port, message, index, size);
    port_release(port);
    return PRTOS_OK;
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
static __always_inline s32 read_end(struct vcpu *vcpu, struct port *port,
                                    const struct message *message, u32 count, hv_addr flags)
{
    struct channel *channel = port->channel;

    if (flags &&
        unlikely(!guest_store32(
            flags, sampling_valid(channel, message, clock_now()) ? PRTOS_COMM_MSG_VALID : 0)))
        return PRTOS_INVALID_PARAM;
    port->consumed = message->sequence;
    port_news_clear(port);
    port_news_clear(channel->source);
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
        result = read_end(vcpu, port, channel_message(port->channel, cont->aux), cont->size,
                          cont->guest2);
    }
    port_drop(vcpu);
    vcpu_finish(vcpu, result);
}

/* Nothing was ever written, or nobody can: no bytes, not valid. */
static s32 read_nothing(hv_addr flags)
{
    return flags && !guest_store32(flags, 0) ? PRTOS_INVALID_PARAM : 0;
}

static s32 sampling_read(struct vcpu *vcpu, u32 desc, hv_addr buffer)
{
    u32 size = object_size(vcpu);
    hv_addr flags = object_flags(vcpu);
    struct port *port;
    struct message *message;
    u32 index;
    s32 result = PRTOS_INVALID_PARAM;

    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_DESTINATION));
    if (unlikely(!port))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!size || size > port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range(buffer, size) || (flags && !guest_store32(flags, 0))))
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
    if (likely(arch_guest_copy((void *)buffer, message->bytes, size)))
        result = read_end(vcpu, port, message, size, flags);
    store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    return result;
}

const struct object_ops sampling_ops = {
    .read = sampling_read, .write = sampling_write, .ctrl = sampling_ctrl};
