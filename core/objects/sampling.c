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

/* The filled buffer becomes the latest; readers that were choosing get it. */
static __always_inline void message_publish(struct vcpu *vcpu, struct port *port,
                                            struct message *message, u32 buffer, u32 length)
{
    struct channel *channel = port->channel;
    struct channel_dest *dest = channel->dests;
    u32 left = channel->n_dests;

    message->written = clock_now();
    message->length = length;
    message->sequence = ++channel->sequence;
    __atomic_store_n(&channel->latest, buffer, __ATOMIC_SEQ_CST);
    port_news_set(port);
    do {
        u32 choosing = CHANNEL_CHOOSING;

        __atomic_compare_exchange_n(&dest->reading, &choosing, buffer, false, __ATOMIC_SEQ_CST,
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

    if (!guest_read(channel_buffer(port->channel, cont->aux)->bytes + cont->done,
                    cont->guest + cont->done, piece)) {
        port_drop(vcpu);
        vcpu_finish(vcpu, PRTOS_INVALID_PARAM);
        return;
    }
    cont->done += piece;
    if (cont->done < cont->size)
        return;
    message_publish(vcpu, port, channel_buffer(port->channel, cont->aux), cont->aux, cont->size);
    port_drop(vcpu);
    vcpu_finish(vcpu, PRTOS_OK);
}

static s32 sampling_write(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    u32 size = object_size(vcpu);
    struct port *port;
    struct message *message;
    u32 chosen;

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
    chosen = buffer_choose(port->channel);
    if (unlikely(size > GUEST_PIECE))
        return vcpu_continue(vcpu, &(struct vcpu_cont){.step = write_step,
                                                       .cancel = port_drop,
                                                       .object = port,
                                                       .guest = buffer,
                                                       .size = size,
                                                       .aux = chosen});
    message = channel_buffer(port->channel, chosen);
    if (unlikely(!arch_guest_copy(message->bytes, (const void *)buffer, size))) {
        port_release(port);
        return PRTOS_INVALID_PARAM;
    }
    message_publish(vcpu, port, message, chosen, size);
    port_release(port);
    return PRTOS_OK;
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

/* The message was copied out: the news, the counters. */
static __always_inline s32 read_end(struct vcpu *vcpu, struct port *port,
                                    const struct message *message, u32 count)
{
    struct channel *channel = port->channel;

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
    const struct message *message = channel_buffer(port->channel, cont->aux);
    u32 left = cont->size - cont->done;
    u32 piece = left < GUEST_PIECE ? left : GUEST_PIECE;
    s32 result = PRTOS_INVALID_PARAM;

    if (guest_write(cont->guest + cont->done, message->bytes + cont->done, piece)) {
        cont->done += piece;
        if (cont->done < cont->size)
            return;
        result = read_end(vcpu, port, message, cont->size);
    }
    port_drop(vcpu);
    vcpu_finish(vcpu, result);
}

/* The word of flags comes first: from the copy on only the buffer can fail. */
static inline bool flags_store(hv_addr flags, const struct channel *channel,
                               const struct message *message)
{
    return !flags ||
           guest_store32(flags,
                         message && sampling_valid(channel, message) ? PRTOS_COMM_MSG_VALID : 0);
}

static s32 sampling_read(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    u32 size = object_size(vcpu);
    struct port *port;
    struct message *message = NULL;
    u32 pinned = 0;
    s32 result = PRTOS_INVALID_PARAM;

    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_DESTINATION));
    if (unlikely(!port))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!size || size > port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range(buffer, size)))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    if (likely(port->channel))
        pinned = message_pin(port);
    if (likely(pinned)) {
        message = channel_buffer(port->channel, pinned);
        if (size > message->length)
            size = message->length;
    }
    if (unlikely(!flags_store(object_flags(vcpu), port->channel, message)))
        goto out;
    result = 0;
    if (unlikely(!message))
        goto out;
    if (unlikely(size > GUEST_PIECE))
        return vcpu_continue(vcpu, &(struct vcpu_cont){.step = read_step,
                                                       .cancel = port_drop,
                                                       .object = port,
                                                       .guest = buffer,
                                                       .size = size,
                                                       .aux = pinned});
    result = likely(arch_guest_copy((void *)buffer, message->bytes, size))
                 ? read_end(vcpu, port, message, size)
                 : PRTOS_INVALID_PARAM;
out:
    if (likely(port->dest))
        store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    return result;
}

const struct object_ops sampling_ops = {
    .read = sampling_read, .write = sampling_write, .ctrl = sampling_ctrl};
