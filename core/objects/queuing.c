/* SPDX-License-Identifier: Apache-2.0 */
/* Queuing ports: one source, one destination, first in first out. A ring with one writer for each
 * of its two counters; a message is there, or gone, when its last piece has been copied. */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/commports.h>

#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/port.h"

/* The message in the ring's head becomes visible. */
static __hot_inline s32 send_end(struct vcpu *vcpu, struct port *port, struct message *message,
                                 u32 length, bool plain)
{
    struct channel *channel = port->channel;
    struct port *dest = channel->dests[0].port;

    message->length = length;
    channel->slot_in = channel_next(channel, channel->slot_in);
    store_release(&channel->head, channel->head + 1);
    MESSAGE_COUNT(vcpu, queuing_sent);
    port_news_set(port, plain);
    port_news_set(dest, plain);
    if (!plain)
        port_release(port);
    port_raise(vcpu->cpu, dest, PRTOS_VT_EXT_QUEUING_PORT, plain);
    return PRTOS_OK;
}

/* The message at the ring's tail is gone. */
static __hot_inline s32 receive_end(struct vcpu *vcpu, struct port *port, u32 count, bool plain)
{
    struct channel *channel = port->channel;
    struct port *source = channel->source;

    channel->slot_out = channel_next(channel, channel->slot_out);
    store_release(&channel->tail, channel->tail + 1);
    MESSAGE_COUNT(vcpu, queuing_received);
    if (channel->tail == load_acquire(&channel->head)) {
        port_news_clear(port, plain);
        port_news_clear(source, plain);
        /* One that came in between has news after all. */
        if (unlikely(channel->tail != load_acquire(&channel->head))) {
            port_news_set(port, plain);
            port_news_set(source, plain);
        }
    }
    /* Not sooner: the tail belongs to who has the port. */
    if (!plain)
        port_release(port);
    port_raise(vcpu->cpu, source, PRTOS_VT_EXT_QUEUING_PORT, plain);
    return (s32)count;
}

static __cold s32 send_end_many(struct vcpu *vcpu, struct port *port, struct message *message,
                                u32 length)
{
    return send_end(vcpu, port, message, length, false);
}

static __cold s32 receive_end_many(struct vcpu *vcpu, struct port *port, u32 count)
{
    return receive_end(vcpu, port, count, false);
}

static void send_step(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;
    struct message *message = channel_message(port->channel, vcpu->cont.aux);

    if (port_piece(vcpu, message->bytes))
        vcpu_finish(vcpu, port->channel->plain
                              ? send_end(vcpu, port, message, vcpu->cont.size, true)
                              : send_end_many(vcpu, port, message, vcpu->cont.size));
}

static void receive_step(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    if (port_piece(vcpu, channel_message(port->channel, vcpu->cont.aux)->bytes))
        vcpu_finish(vcpu, port->channel->plain ? receive_end(vcpu, port, vcpu->cont.size, true)
                                               : receive_end_many(vcpu, port, vcpu->cont.size));
}

static s32 queuing_send(struct vcpu *vcpu, u32 desc)
{
    const u32 use = PORT_OPEN(CONF_PORT_QUEUING, CONF_PORT_SOURCE);
    struct port *port = port_for(vcpu, desc, use);
    u32 size = object_size(vcpu);
    struct channel *channel;
    struct message *message;

    if (unlikely(!port))
        return port_refuse(vcpu, desc, use, 0);
    if (unlikely(size - 1 >= port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range_small(object_buffer(vcpu), size)))
        return PRTOS_INVALID_PARAM;
    channel = port->channel;
    if (unlikely(!channel->plain && !port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    if (unlikely(channel->head - load_acquire(&channel->tail) == channel->conf->n_messages)) {
        port_release(port);
        return PRTOS_OP_NOT_ALLOWED;
    }
    message = channel_message(channel, channel->slot_in);
    if (unlikely(!arch_guest_read_inline(message->bytes, object_buffer(vcpu),
                                         guest_first_piece(size)))) {
        port_release(port);
        return PRTOS_INVALID_PARAM;
    }
    if (unlikely(size > GUEST_PIECE))
        return port_pieces(vcpu, port, send_step, size, channel->slot_in);
    if (likely(channel->plain))
        return send_end(vcpu, port, message, size, true);
    return send_end_many(vcpu, port, message, size);
}

static s32 queuing_receive(struct vcpu *vcpu, u32 desc)
{
    const u32 use = PORT_OPEN(CONF_PORT_QUEUING, CONF_PORT_DESTINATION);
    struct port *port = port_for(vcpu, desc, use);
    u32 size = object_size(vcpu);
    struct channel *channel;
    const struct message *message;

    if (unlikely(!port))
        return port_refuse(vcpu, desc, use, PRTOS_OP_NOT_ALLOWED);
    if (unlikely(size - 1 >= port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range_small(object_buffer(vcpu), size)))
        return PRTOS_INVALID_PARAM;
    channel = port->channel;
    if (unlikely(!channel->plain && !port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    if (unlikely(channel->tail == load_acquire(&channel->head))) {
        port_release(port);
        return PRTOS_OP_NOT_ALLOWED;
    }
    message = channel_message(channel, channel->slot_out);
    if (size > message->length)
        size = message->length;
    if (unlikely(!guest_ends_writable(object_buffer(vcpu), size) ||
                 !arch_guest_write_inline(object_buffer(vcpu), message->bytes,
                                          guest_first_piece(size)))) {
        port_release(port);
        return PRTOS_INVALID_PARAM;
    }
    if (unlikely(size > GUEST_PIECE))
        return port_pieces(vcpu, port, receive_step, size, channel->slot_out);
    if (likely(channel->plain))
        return receive_end(vcpu, port, size, true);
    return receive_end_many(vcpu, port, size);
}

const struct object_ops queuing_ops = {queuing_receive, queuing_send, object_absent, queuing_ctrl};
