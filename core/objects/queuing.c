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

static void port_drop(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    port_release(port);
}

static __always_inline s32 send_end(struct vcpu *vcpu, struct port *port, struct message *message,
                                    u32 length)
{
    struct channel *channel = port->channel;
    struct port *dest = channel->dests[0].port;

    message->length = length;
    channel->slot_in = channel_next(channel, channel->slot_in);
    store_release(&channel->head, channel->head + 1);
    port_news_set(port);
    port_news_set(dest);
    port_raise(vcpu->cpu, dest, PRTOS_VT_EXT_QUEUING_PORT);
    vcpu->partition->stats.queuing_sent++;
    return PRTOS_OK;
}

static __always_inline s32 receive_end(struct vcpu *vcpu, struct port *port, u32 count)
{
    struct channel *channel = port->channel;

    channel->slot_out = channel_next(channel, channel->slot_out);
    store_release(&channel->tail, channel->tail + 1);
    if (channel->tail == load_acquire(&channel->head)) {
        port_news_clear(port);
        port_news_clear(channel->source);
    }
    port_raise(vcpu->cpu, channel->source, PRTOS_VT_EXT_QUEUING_PORT);
    vcpu->partition->stats.queuing_received++;
    return (s32)count;
}

/* One piece between the guest and the buffer in hand. */
static void copy_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    struct port *port = cont->object;
    bool out = port->dest;
    u8 *bytes = channel_message(port->channel, cont->aux)->bytes + cont->done;
    u32 left = cont->size - cont->done;
    u32 piece = left < GUEST_PIECE ? left : GUEST_PIECE;
    s32 result = PRTOS_INVALID_PARAM;

    if (out ? guest_write(cont->guest + cont->done, bytes, piece)
            : guest_read(bytes, cont->guest + cont->done, piece)) {
        cont->done += piece;
        if (cont->done < cont->size)
            return;
        result = out ? receive_end(vcpu, port, cont->size)
                     : send_end(vcpu, port, channel_message(port->channel, cont->aux), cont->size);
    }
    port_drop(vcpu);
    vcpu_finish(vcpu, result);
}

/* The checks that both directions share; PRTOS_OK with the port found. */
static __always_inline s32 port_begin(struct vcpu *vcpu, u32 desc, u32 direction, hv_addr buffer,
                                      u32 size, struct port **found)
{
    struct port *port;

    if (unlikely(OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id))
        return PRTOS_PERM_ERROR;
    port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_QUEUING, direction));
    if (unlikely(!port))
        return PRTOS_INVALID_PARAM;
    if (unlikely(!size || size > port->size_max))
        return PRTOS_INVALID_CONFIG;
    if (unlikely(!guest_range(buffer, size)))
        return PRTOS_INVALID_PARAM;
    *found = port;
    return PRTOS_OK;
}

static s32 copy_begin(struct vcpu *vcpu, struct port *port, hv_addr buffer, u32 size, u32 slot)
{
    return vcpu_continue(vcpu, &(struct vcpu_cont){.step = copy_step,
                                                   .cancel = port_drop,
                                                   .object = port,
                                                   .guest = buffer,
                                                   .size = size,
                                                   .aux = slot});
}

static s32 queuing_send(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    u32 size = object_size(vcpu);
    struct port *port;
    struct channel *channel;
    struct message *message;
    s32 result = port_begin(vcpu, desc, CONF_PORT_SOURCE, buffer, size, &port);

    if (unlikely(result))
        return result;
    channel = port->channel;
    if (unlikely(!channel))
        return PRTOS_OK;
    if (unlikely(channel->head - load_acquire(&channel->tail) == channel->conf->n_messages ||
                 !port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    if (unlikely(size > GUEST_PIECE))
        return copy_begin(vcpu, port, buffer, size, channel->slot_in);
    message = channel_message(channel, channel->slot_in);
    if (likely(arch_guest_copy(message->bytes, (const void *)buffer, size)))
        result = send_end(vcpu, port, message, size);
    else
        result = PRTOS_INVALID_PARAM;
    port_release(port);
    return result;
}

static s32 queuing_receive(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    u32 size = object_size(vcpu);
    struct port *port;
    struct channel *channel;
    const struct message *message;
    s32 result = port_begin(vcpu, desc, CONF_PORT_DESTINATION, buffer, size, &port);

    if (unlikely(result))
        return result;
    channel = port->channel;
    if (unlikely(!channel || channel->tail == load_acquire(&channel->head) || !port_take(port)))
        return PRTOS_OP_NOT_ALLOWED;
    message = channel_message(channel, channel->slot_out);
    if (size > message->length)
        size = message->length;
    if (unlikely(size > GUEST_PIECE))
        return copy_begin(vcpu, port, buffer, size, channel->slot_out);
    if (likely(arch_guest_copy((void *)buffer, message->bytes, size)))
        result = receive_end(vcpu, port, size);
    else
        result = PRTOS_INVALID_PARAM;
    port_release(port);
    return result;
}

const struct object_ops queuing_ops = {
    .read = queuing_receive, .write = queuing_send, .ctrl = queuing_ctrl};
