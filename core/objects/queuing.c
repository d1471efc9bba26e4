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

/* The message in the ring's head, whose length is set, becomes visible. */
static __hot_inline s32 send_end(struct vcpu *vcpu, struct port *port, bool plain)
{
    struct channel *channel = port->channel;
    struct port *dest = channel->dests[0].port;

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

static __cold s32 send_end_many(struct vcpu *vcpu, struct port *port)
{
    return send_end(vcpu, port, false);
}

static __cold s32 receive_end_many(struct vcpu *vcpu, struct port *port, u32 count)
{
    return receive_end(vcpu, port, count, false);
}

static void send_step(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    if (port_piece(vcpu, channel_message(port->channel, vcpu->cont.aux)->bytes))
        vcpu_finish(vcpu, port->quick ? send_end(vcpu, port, true) : send_end_many(vcpu, port));
}

static void receive_step(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    if (port_piece(vcpu, channel_message(port->channel, vcpu->cont.aux)->bytes))
        vcpu_finish(vcpu, receive_end_many(vcpu, port, vcpu->cont.size));
}

/* How many messages wait. */
static __hot_inline u32 channel_used(const struct channel *channel)
{
    return load_acquire(&channel->head) - load_acquire(&channel->tail);
}

/* Whatever is not quick. */
static __cold s32 send_slow(struct vcpu *vcpu, u32 desc)
{
    const u32 use = PORT_OPEN(CONF_PORT_QUEUING, CONF_PORT_SOURCE);
    struct port *port = port_for(vcpu, desc, use);
    u32 size = object_size(vcpu);
    s32 code = PRTOS_OP_NOT_ALLOWED;
    struct channel *channel;
    struct message *message;

    if (!port)
        return port_refuse(vcpu, desc, use, 0);
    if (size - 1 >= port->size_max)
        return PRTOS_INVALID_CONFIG;
    if (!guest_range(object_buffer(vcpu), size))
        return PRTOS_INVALID_PARAM;
    channel = port->channel;
    if (!port_take(port))
        return PRTOS_OP_NOT_ALLOWED;
    if (channel_used(channel) < channel->conf->n_messages) {
        code = PRTOS_INVALID_PARAM;
        message = channel_message(channel, channel->slot_in);
        message->length = size;
        if (arch_guest_read(message->bytes, object_buffer(vcpu), guest_first_piece(size)))
            return size > GUEST_PIECE ? port_pieces(vcpu, port, send_step, size, channel->slot_in)
                                      : send_end_many(vcpu, port);
    }
    port_release(port);
    return code;
}

static s32 queuing_send(struct vcpu *vcpu, u32 desc)
{
    struct port *port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_QUEUING, CONF_PORT_SOURCE));
    u32 size = object_size(vcpu);

    if (likely(port && size - 1 < port->quick)) {
        struct channel *channel = port->channel;
        struct message *message = channel_message(channel, channel->slot_in);

        if (likely(channel->head - load_acquire(&channel->tail) < channel->conf->n_messages &&
                   guest_quick_read(vcpu, message->bytes, object_buffer(vcpu), size))) {
            message->length = size;
            return send_end(vcpu, port, true);
        }
    }
    return send_slow(vcpu, desc);
}

/* Whatever is not quick. */
static __cold s32 receive_slow(struct vcpu *vcpu, u32 desc)
{
    const u32 use = PORT_OPEN(CONF_PORT_QUEUING, CONF_PORT_DESTINATION);
    struct port *port = port_for(vcpu, desc, use);
    hv_addr buffer = object_buffer(vcpu);
    u32 size = object_size(vcpu);
    s32 code = PRTOS_OP_NOT_ALLOWED;
    struct channel *channel;
    const struct message *message;

    if (!port)
        return port_refuse(vcpu, desc, use, PRTOS_OP_NOT_ALLOWED);
    if (size - 1 >= port->size_max)
        return PRTOS_INVALID_CONFIG;
    if (!guest_range(buffer, size))
        return PRTOS_INVALID_PARAM;
    channel = port->channel;
    if (!port_take(port))
        return PRTOS_OP_NOT_ALLOWED;
    if (channel_used(channel)) {
        message = channel_message(channel, channel->slot_out);
        if (size > message->length)
            size = message->length;
        code = PRTOS_INVALID_PARAM;
        if (guest_ends_writable(buffer, size) &&
            arch_guest_write(buffer, message->bytes, guest_first_piece(size)))
            return size > GUEST_PIECE
                       ? port_pieces(vcpu, port, receive_step, size, channel->slot_out)
                       : receive_end_many(vcpu, port, size);
    }
    port_release(port);
    return code;
}

static s32 queuing_receive(struct vcpu *vcpu, u32 desc)
{
    struct port *port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_QUEUING, CONF_PORT_DESTINATION));
    u32 size = object_size(vcpu);

    if (likely(port && size - 1 < port->quick)) {
        struct channel *channel = port->channel;
        const struct message *message = channel_message(channel, channel->slot_out);

        if (likely(channel->tail != load_acquire(&channel->head))) {
            if (size > message->length)
                size = message->length;
            if (likely(guest_quick_writable(object_buffer(vcpu), size) &&
                       guest_quick_write(vcpu, object_buffer(vcpu), message->bytes, size)))
                return receive_end(vcpu, port, size, true);
        }
    }
    return receive_slow(vcpu, desc);
}

const struct object_ops queuing_ops = {queuing_receive, queuing_send, object_absent, queuing_ctrl};
