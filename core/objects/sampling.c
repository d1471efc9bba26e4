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

#define TELL_PIECE 5u /* vCPUs that hear of a message in one piece */
_Static_assert(TELL_PIECE >= CONFIG_MAX_NO_VCPUS, "one destination can be told");

/* A buffer that is neither the latest nor in a reader's hand, as its bit: there is always one. */
static __hot_inline u32 buffer_choose(const struct channel *channel, bool plain)
{
    const struct channel_dest *dest = channel->dests;
    u32 left = channel->n_dests;
    u32 used = channel->latest;

    do
        used |= load_acquire(&dest++->reading);
    while (!plain && --left);
    return ~used & (used + 1);
}

/* The destination hears of the new message. */
static __hot_inline void dest_tell(struct cpu *self, const struct channel_dest *dest, bool plain)
{
    port_news_set(dest->port, plain);
    port_raise(self, dest->port, PRTOS_VT_EXT_SAMPLING_PORT, plain);
}

/* The filled buffer, whose length is set, becomes the latest, and that of every reader that was
 * choosing. */
static __hot_inline void message_publish(struct vcpu *vcpu, struct port *port,
                                         struct message *message, bool plain)
{
    struct channel *channel = port->channel;
    u32 filled = channel->filling;
    struct channel_dest *dest = channel->dests;
    u32 left = channel->n_dests;

    message->written = clock_recent(vcpu->cpu);
    message->sequence = ++channel->sequence;
    __atomic_store_n(&channel->latest, filled, __ATOMIC_SEQ_CST);
    MESSAGE_COUNT(vcpu, sampling_written);
    port_news_set(port, plain);
    do {
        u32 choosing = CHANNEL_CHOOSING;

        __atomic_compare_exchange_n(&dest++->reading, &choosing, filled, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_RELAXED);
    } while (!plain && --left);
}

/* The published message is told to some destinations; true when all have heard of it. Who has read
 * it meanwhile has no news. */
static bool tell_some(struct vcpu *vcpu, struct channel *channel, u32 *done)
{
    u32 left = TELL_PIECE;

    for (; *done < channel->n_dests; ++*done) {
        const struct channel_dest *dest = &channel->dests[*done];

        if (left < dest->port->n_vcpus)
            return false;
        left -= dest->port->n_vcpus;
        if (likely(load_acquire(&dest->port->consumed) != channel->sequence))
            dest_tell(vcpu->cpu, dest, false);
    }
    return true;
}

static __cold void tell_step(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    if (!tell_some(vcpu, port->channel, &vcpu->cont.done))
        return;
    port_release(port);
    vcpu_finish(vcpu, PRTOS_OK);
}

static __hot_inline s32 write_end(struct vcpu *vcpu, struct port *port, struct message *message)
{
    message_publish(vcpu, port, message, true);
    dest_tell(vcpu->cpu, port->channel->dests, true);
    return PRTOS_OK;
}

static __cold void message_publish_many(struct vcpu *vcpu, struct port *port,
                                        struct message *message)
{
    message_publish(vcpu, port, message, false);
}

static void write_step(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;
    struct message *message = channel_buffer(port->channel, port->channel->filling);

    if (!port_piece(vcpu, message->bytes))
        return;
    if (likely(port->quick)) {
        vcpu_finish(vcpu, write_end(vcpu, port, message));
        return;
    }
    message_publish_many(vcpu, port, message);
    vcpu->cont.step = tell_step;
    vcpu->cont.done = 0;
    tell_step(vcpu);
}

/* Whatever is not quick. */
static __cold s32 write_slow(struct vcpu *vcpu, u32 desc)
{
    const u32 use = PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_SOURCE);
    struct port *port = port_for(vcpu, desc, use);
    u32 size = object_size(vcpu);
    struct channel *channel;
    struct message *message;
    u32 done = 0;

    if (!port)
        return port_refuse(vcpu, desc, use, 0);
    if (size - 1 >= port->size_max)
        return PRTOS_INVALID_CONFIG;
    if (!guest_range(object_buffer(vcpu), size))
        return PRTOS_INVALID_PARAM;
    if (!port_take(port))
        return PRTOS_OP_NOT_ALLOWED;
    channel = port->channel;
    channel->filling = buffer_choose(channel, false);
    message = channel_buffer(channel, channel->filling);
    message->length = size;
    if (!arch_guest_read(message->bytes, object_buffer(vcpu), guest_first_piece(size))) {
        port_release(port);
        return PRTOS_INVALID_PARAM;
    }
    if (size > GUEST_PIECE)
        return port_pieces(vcpu, port, write_step, size, 0);
    message_publish_many(vcpu, port, message);
    if (!tell_some(vcpu, channel, &done))
        return port_steps(vcpu, port, tell_step, 0, done, 0);
    port_release(port);
    return PRTOS_OK;
}

static s32 sampling_write(struct vcpu *vcpu, u32 desc)
{
    struct port *port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_SOURCE));
    u32 size = object_size(vcpu);

    if (likely(port && size - 1 < port->quick)) {
        struct channel *channel = port->channel;
        u32 filled = buffer_choose(channel, true);
        struct message *message = channel_buffer(channel, filled);

        if (likely(guest_quick_read(vcpu, message->bytes, object_buffer(vcpu), size))) {
            message->length = size;
            channel->filling = filled;
            return write_end(vcpu, port, message);
        }
    }
    return write_slow(vcpu, desc);
}

/* Takes the latest message in hand: its buffer's bit, or 0 if there is none. */
static inline u32 message_pin(const struct channel *channel, struct channel_dest *dest)
{
    u32 choosing = CHANNEL_CHOOSING;
    u32 latest;

    __atomic_store_n(&dest->reading, CHANNEL_CHOOSING, __ATOMIC_SEQ_CST);
    latest = __atomic_load_n(&channel->latest, __ATOMIC_SEQ_CST);
    if (unlikely(!__atomic_compare_exchange_n(&dest->reading, &choosing, latest, false,
                                              __ATOMIC_SEQ_CST, __ATOMIC_ACQUIRE)))
        latest = choosing;
    return latest;
}

/* The message in hand was copied out: the news, the counters. */
static __hot_inline void read_end(struct vcpu *vcpu, struct port *port, struct channel *channel,
                                  struct channel_dest *dest, u32 buffer, u32 sequence, bool plain)
{
    struct port *source = channel->source;

    store_release(&port->consumed, sequence);
    MESSAGE_COUNT(vcpu, sampling_read);
    port_news_clear(port, plain);
    port_news_clear(source, plain);
    /* One that came in between has news after all. The message stays in hand until here: put down
     * sooner, its buffer could hold a later one and look the same. */
    if (unlikely(load_acquire(&channel->latest) != buffer)) {
        port_news_set(port, plain);
        port_news_set(source, plain);
    }
    store_release(&dest->reading, CHANNEL_IDLE);
    if (!plain)
        port_release(port);
    port_raise(vcpu->cpu, source, PRTOS_VT_EXT_SAMPLING_PORT, plain);
}

static __cold void read_end_many(struct vcpu *vcpu, struct port *port, u32 buffer)
{
    read_end(vcpu, port, port->channel, port->dest, buffer,
             channel_buffer(port->channel, buffer)->sequence, false);
}

static void read_step(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;
    u32 pinned = vcpu->cont.aux;

    if (!port_piece(vcpu, channel_buffer(port->channel, pinned)->bytes))
        return;
    read_end_many(vcpu, port, pinned);
    vcpu_finish(vcpu, (s32)vcpu->cont.size);
}

/* There is no message to read: no bytes, not valid. */
static __cold s32 read_nothing(struct vcpu *vcpu, struct port *port)
{
    hv_addr flags = object_flags(vcpu);

    store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    if (!guest_buffer(object_buffer(vcpu), object_size(vcpu), true) ||
        (flags && !guest_store32(flags, 0)))
        return PRTOS_INVALID_PARAM;
    return 0;
}

static inline u32 message_flags(const struct vcpu *vcpu, const struct port *port,
                                const struct message *message)
{
    return sampling_valid(vcpu->cpu, port->channel, message) ? PRTOS_COMM_MSG_VALID : 0;
}

/* Whatever is not quick. All or nothing: the ends of the buffer are tried and the word of flags is
 * written before the copy. */
static __cold s32 read_slow(struct vcpu *vcpu, u32 desc)
{
    const u32 use = PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_DESTINATION);
    struct port *port = port_for(vcpu, desc, use);
    hv_addr buffer = object_buffer(vcpu), flags = object_flags(vcpu);
    u32 size = object_size(vcpu);
    const struct message *message;
    u32 pinned;

    if (!port)
        return port_refuse(vcpu, desc, use, 0);
    if (size - 1 >= port->size_max)
        return PRTOS_INVALID_CONFIG;
    if (!guest_range(buffer, size))
        return PRTOS_INVALID_PARAM;
    if (!port_take(port))
        return PRTOS_OP_NOT_ALLOWED;
    pinned = message_pin(port->channel, port->dest);
    if (!pinned)
        return read_nothing(vcpu, port);
    message = channel_buffer(port->channel, pinned);
    if (size > message->length)
        size = message->length;
    if (guest_ends_writable(buffer, size) &&
        (!flags || guest_store32(flags, message_flags(vcpu, port, message))) &&
        arch_guest_write(buffer, message->bytes, guest_first_piece(size))) {
        if (size > GUEST_PIECE)
            return port_pieces(vcpu, port, read_step, size, pinned);
        read_end_many(vcpu, port, pinned);
        return (s32)size;
    }
    store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
    return PRTOS_INVALID_PARAM;
}

static s32 sampling_read(struct vcpu *vcpu, u32 desc)
{
    struct port *port = port_for(vcpu, desc, PORT_OPEN(CONF_PORT_SAMPLING, CONF_PORT_DESTINATION));
    hv_addr buffer = object_buffer(vcpu), flags = object_flags(vcpu);
    u32 size = object_size(vcpu);

    if (likely(port && size - 1 < port->quick && guest_quick_writable(buffer, size))) {
        struct channel *channel = port->channel;
        struct channel_dest *dest = port->dest;
        u32 pinned = message_pin(channel, dest);
        const struct message *message;

        if (unlikely(!pinned))
            return read_slow(vcpu, desc);
        message = channel_buffer(channel, pinned);
        if (size > message->length)
            size = message->length;
        if (likely(
                (!flags || guest_quick_store32(vcpu, flags, message_flags(vcpu, port, message))) &&
                guest_quick_write(vcpu, buffer, message->bytes, size))) {
            read_end(vcpu, port, channel, dest, pinned, message->sequence, true);
            return (s32)size;
        }
    }
    return read_slow(vcpu, desc);
}

const struct object_ops sampling_ops = {sampling_read, sampling_write, object_absent,
                                        sampling_ctrl};
