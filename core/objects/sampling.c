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

/* A buffer that is neither the latest nor in a reader's hand, as its bit: there is always one. */
static inline u32 buffer_choose(const struct channel *channel)
{
    const struct channel_dest *dest = channel->dests;
    u32 left = channel->n_dests;
    u32 used = channel->latest;

    do
        used |= load_acquire(&dest++->reading);
    while (unlikely(--left));
    return ~used & (used + 1);
}

/* The filled buffer, whose length is set, becomes the latest; readers that were choosing get it. */
static __attribute__((noinline)) s32 message_publish(struct vcpu *vcpu, struct port *port,
                                                     struct message *message)
{
    struct channel *channel = port->channel;
    struct channel_dest *dest = channel->dests;
    const struct channel_dest *end = dest + channel->n_dests;
    u32 buffer = channel->filling;

    message->written = clock_recent(vcpu->cpu);
    message->sequence = ++channel->sequence;
    __atomic_store_n(&channel->latest, buffer, __ATOMIC_SEQ_CST);
    port_news_set(port);
    do {
        u32 choosing = CHANNEL_CHOOSING;

        __atomic_compare_exchange_n(&dest->reading, &choosing, buffer, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_RELAXED);
        port_news_set(dest->port);
        port_raise(vcpu->cpu, dest->port, PRTOS_VT_EXT_SAMPLING_PORT);
    } while (unlikely(++dest < end));
    vcpu->partition->stats.sampling_written++;
    port_release(port);
    return PRTOS_OK;
}

/* Gives the port back, whatever became of the message. */
static void port_drop(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    if (port->dest)
        store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
}

/* A message of several pieces. */
static __cold s32 port_continue(struct vcpu *vcpu, struct port *port, void (*step)(struct vcpu *),
                                hv_addr buffer, u32 size)
{
    return vcpu_continue(
        vcpu,
        &(struct vcpu_cont){
            .step = step, .cancel = port_drop, .object = port, .guest = buffer, .size = size});
}

static void write_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    struct port *port = cont->object;
    struct message *message = channel_buffer(port->channel, port->channel->filling);
    u32 left = cont->size - cont->done;
    u32 piece = left < GUEST_PIECE ? left : GUEST_PIECE;

    if (!guest_read(message->bytes + cont->done, cont->guest + cont->done, piece)) {
        port_drop(vcpu);
        vcpu_finish(vcpu, PRTOS_INVALID_PARAM);
        return;
    }
    cont->done += piece;
    if (cont->done < cont->size)
        return;
    message->length = cont->size;
    vcpu_finish(vcpu, message_publish(vcpu, port, message));
}

static s32 sampling_write(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    u32 size = object_size(vcpu);
    struct port *port;
    struct channel *channel;
    struct message *message;

    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_SOURCE));
    if (unlikely(!port))
        return PRTOS_INVALID_PARAM;
    if (unlikely(size - 1 >= port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range(buffer, size)))
        return PRTOS_INVALID_PARAM;
    channel = port->channel;
    if (unlikely(!channel))
        return PRTOS_OK;
    if (unlikely(!port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    channel->filling = buffer_choose(channel);
    message = channel_buffer(channel, channel->filling);
    if (unlikely(size > GUEST_PIECE))
        return port_continue(vcpu, port, write_step, buffer, size);
    message->length = size;
    if (likely(arch_guest_copy(message->bytes, (const void *)buffer, size)))
        return message_publish(vcpu, port, message);
    port_release(port);
    return PRTOS_INVALID_PARAM;
}

/* Takes the latest message in hand: its buffer's bit, or 0 if there is none. */
static inline u32 message_pin(struct port *port)
{
    struct channel_dest *dest = port->dest;
    u32 choosing = CHANNEL_CHOOSING;
    u32 latest;

    __atomic_store_n(&dest->reading, CHANNEL_CHOOSING, __ATOMIC_SEQ_CST);
    latest = __atomic_load_n(&port->channel->latest, __ATOMIC_SEQ_CST);
    if (unlikely(!__atomic_compare_exchange_n(&dest->reading, &choosing, latest, false,
                                              __ATOMIC_SEQ_CST, __ATOMIC_ACQUIRE)))
        latest = choosing;
    return latest;
}

/* The message in hand was copied out: the news, the counters. */
static __attribute__((noinline)) void read_end(struct vcpu *vcpu, struct port *port,
                                               const struct message *message)
{
    struct port *source = port->channel->source;

    port->consumed = message->sequence;
    store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    port_news_clear(port);
    port_news_clear(source);
    port_raise(vcpu->cpu, source, PRTOS_VT_EXT_SAMPLING_PORT);
    vcpu->partition->stats.sampling_read++;
}

static void read_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    struct port *port = cont->object;
    const struct message *message = channel_buffer(port->channel, port->dest->reading);
    u32 left = cont->size - cont->done;
    u32 piece = left < GUEST_PIECE ? left : GUEST_PIECE;

    if (!guest_write(cont->guest + cont->done, message->bytes + cont->done, piece)) {
        port_drop(vcpu);
        vcpu_finish(vcpu, PRTOS_INVALID_PARAM);
        return;
    }
    cont->done += piece;
    if (cont->done < cont->size)
        return;
    read_end(vcpu, port, message);
    vcpu_finish(vcpu, (s32)cont->size);
}

/* There is no message to read: no bytes, not valid. */
static __cold s32 read_nothing(struct vcpu *vcpu, struct port *port)
{
    hv_addr flags = object_flags(vcpu);

    if (port->dest)
        store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    return flags && !guest_store32(flags, 0) ? PRTOS_INVALID_PARAM : 0;
}

/* The word of flags is written first: from the copy on only the buffer can fail. */
static s32 sampling_read(struct vcpu *vcpu, u32 desc)
{
    u32 size = object_size(vcpu);
    struct port *port;
    const struct message *message;
    u32 pinned;

    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_DESTINATION));
    if (unlikely(!port))
        return PRTOS_INVALID_PARAM;
    if (unlikely(size - 1 >= port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range(object_buffer(vcpu), size)))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    pinned = likely(port->dest) ? message_pin(port) : 0;
    if (unlikely(!pinned))
        return read_nothing(vcpu, port);
    message = channel_buffer(port->channel, pinned);
    if (object_flags(vcpu) &&
        unlikely(!guest_store32(
            object_flags(vcpu),
            sampling_valid(vcpu->cpu, port->channel, message) ? PRTOS_COMM_MSG_VALID : 0)))
        goto bad;
    if (size > message->length)
        size = message->length;
    if (unlikely(size > GUEST_PIECE))
        return port_continue(vcpu, port, read_step, object_buffer(vcpu), size);
    if (likely(arch_guest_copy((void *)object_buffer(vcpu), message->bytes, size))) {
        read_end(vcpu, port, message);
        return (s32)size;
    }
bad:
    store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    return PRTOS_INVALID_PARAM;
}

const struct object_ops sampling_ops = {
    .read = sampling_read, .write = sampling_write, .ctrl = sampling_ctrl};
