/* SPDX-License-Identifier: Apache-2.0 */
/* Ports and channels: what sampling and queuing have in common. A channel's words have one writer
 * each, so that no CPU waits for another. */
#ifndef HV_PORT_H
#define HV_PORT_H

#include <prtos_inc/objdir.h>

#include "conf/layout.h"
#include "conf/pool.h"
#include "hv/base.h"
#include "hv/clock.h"
#include "hv/guestmem.h"
#include "hv/partition.h"
#include "hv/vcpu.h"
#include "hv/virq.h"

/* In front of each buffered message. */
struct message {
    hv_time written;
    u32 length;
    u32 sequence;
    u8 bytes[];
};
_Static_assert(sizeof(struct message) == CONF_MESSAGE_HEAD, "budget of a message's head");

/* One destination of a channel. */
struct channel_dest {
    u32 reading; /* sampling: bit of the buffer that the reader has in hand */
    u32 reserved;
    struct port *port;
};

#define CHANNEL_IDLE 0u              /* no buffer */
#define CHANNEL_CHOOSING 0x80000000u /* a reader is about to take the latest; bit of no buffer */

struct channel {
    u32 latest;   /* sampling: bit of the last message's buffer; CHANNEL_IDLE: none yet */
    u32 sequence; /* sampling: messages written */
    const struct conf_channel *conf;
    struct port *source;
    u8 *buffers;
    u32 stride;
    u32 n_dests;
    bool forever; /* sampling: messages stay valid */
    u32 filling;  /* sampling: bit of the buffer that the source fills */
    u32 head;     /* queuing: messages sent; written by the source only */
    u32 tail;     /* queuing: messages received; written by the destination only */
    u32 slot_in;  /* queuing: head modulo the number of buffers */
    u32 slot_out;
    u32 reserved[2];
    struct channel_dest dests[];
};

struct port {
    u32 consumed; /* sampling: sequence of the message read last; 0: none */
    u32 open;     /* 0, or PORT_OPEN of its type and direction */
    const struct conf_port *conf;
    struct channel *channel; /* null: not connected */
    u32 *news;               /* its word of the port bitmap in vCPU 0's control table */
    u32 news_mask;
    u32 news_stride;    /* bytes to the next vCPU's word */
    struct vcpu *vcpus; /* of its partition */
    u32 n_vcpus;
    u32 busy;                  /* a message of this port is on its way in pieces */
    u32 size_max;              /* of a message; of an unconnected port as its creator said */
    struct channel_dest *dest; /* of a destination */
    u32 quick; /* messages up to this size go the short way: in one piece, one vCPU at either end */
    u32 name_sum;
    u32 first_named; /* of the ports whose sum, modulo their number, is this port's: number + 1 */
    u32 next_named;  /* ... and the next of this one's kin; 0: none */
    u32 reserved[sizeof(void *) / 8 * 10]; /* 64 or 128 bytes: a shift finds it */
};
_Static_assert(sizeof(struct port) == CONF_BUDGET_PORT(sizeof(void *)), "a power of two");

/* What an open port may be used for: one comparison checks all of it. A port without a channel is
 * open too, but for nothing of this. */
#define PORT_OPEN(type, direction) (4u | (type) << 3 | (direction))
#define PORT_LOOSE 0x10u

extern struct port *ports;

/* Own port called `name` at a guest address: PRTOS_OK, PRTOS_INVALID_PARAM. */
s32 port_by_name(struct vcpu *vcpu, hv_addr name, struct port **port);

/* Checks that are the same for both kinds of create; opens nothing. */
s32 port_check_create(struct vcpu *vcpu, hv_addr name, u32 type, u32 direction, struct port **port);

/* On the owner's CPU, in a restart: closes some of the partition's ports, from *done on; a cold one
 * empties the queues that end there. False: that were all. */
bool ports_reset(struct partition *partition, u32 *done, bool cold);

/* A port serves one message at a time: false if another vCPU of its partition is at one. */
static inline bool port_take(struct port *port)
{
    return likely(port->n_vcpus == 1) || !__atomic_exchange_n(&port->busy, 1, __ATOMIC_ACQUIRE);
}

static inline void port_release(struct port *port)
{
    store_release(&port->busy, 0);
}

/* The same for partitions of several vCPUs. */
void port_news_set_all(const struct port *port);
void port_news_clear_all(const struct port *port);
void port_raise_all(struct cpu *self, const struct port *port, u32 ext);

/* The port's news bit in the bitmaps of its partition's vCPUs. `plain` (a constant) says that the
 * partition is known to have one. */
static __hot_inline void port_news_set(const struct port *port, bool plain)
{
    if (plain)
        atomic_or(port->news, port->news_mask);
    else
        port_news_set_all(port);
}

static __hot_inline void port_news_clear(const struct port *port, bool plain)
{
    if (plain)
        atomic_and(port->news, ~port->news_mask);
    else
        port_news_clear_all(port);
}

/* External interrupt `ext` to the vCPUs of the partition, if the port is open. */
static __hot_inline void port_raise(struct cpu *self, const struct port *port, u32 ext, bool plain)
{
    if (unlikely(!port->open))
        return;
    if (plain)
        virq_pend_ext(self, port->vcpus, 1u << ext);
    else
        port_raise_all(self, port, ext);
}

#define PORT_DESC_MASK (OBJDESC_PARTITIONID_MASK << OBJDESC_PARTITIONID_BIT | OBJDESC_ID_MASK)

/* Own port that a descriptor names (its class is known), if it is open for `use`; else null. One
 * comparison checks partition and number. */
static __hot_inline struct port *port_for(struct vcpu *vcpu, u32 desc, u32 use)
{
    const struct partition *partition = vcpu->partition;
    u32 number = (desc & PORT_DESC_MASK) - partition->desc_base;
    struct port *port;

    if (unlikely(number >= partition->n_ports))
        return NULL;
    port = &partition->ports[number];
    return likely(port->open == use) ? port : NULL;
}

/* What a message call answers when port_for() found nothing: the contract's codes, in their order.
 * Also serves open ports without a channel: what is sent is gone, `empty` is what is received. */
s32 port_refuse(struct vcpu *vcpu, u32 desc, u32 use, s32 empty);

/* Where a control table has its port bitmap, and how long it is. */
static inline u32 port_bitmap_offset(const struct partition *partition)
{
    return (u32)(sizeof(partition_control_table_t) +
                 partition->conf->n_areas * sizeof(struct prtos_physical_mem_map));
}

static inline u32 port_bitmap_size(const struct partition *partition)
{
    return (partition->conf->n_ports + 31) / 32 * 4;
}

/* A call on a message that goes on by the calls of `step`, until that ends it; its result. `size`,
 * `done` and `aux` are for the step. */
s32 port_steps(struct vcpu *vcpu, struct port *port, void (*step)(struct vcpu *), u32 size,
               u32 done, u32 aux);

/* A message of several pieces, the first of which is copied: the steps copy the others, with
 * port_piece(). */
static inline s32 port_pieces(struct vcpu *vcpu, struct port *port, void (*step)(struct vcpu *),
                              u32 size, u32 aux)
{
    return port_steps(vcpu, port, step, size, GUEST_PIECE, aux);
}

/* The next piece between the guest and the message in hand, which begins at `bytes`: true if the
 * message is to be ended in this step; where that means to tell many vCPUs it is a step of its own.
 * If the guest's memory cannot be reached the call is over. */
bool port_piece(struct vcpu *vcpu, u8 *bytes);

/* Sets every port and channel up from the configuration. */
void ports_init(const struct conf_header *conf, struct port *place, u8 *channel_place);

/* Queuing: the buffer after `index`. */
static inline u32 channel_next(const struct channel *channel, u32 index)
{
    return index + 1 == channel->conf->n_messages ? 0 : index + 1;
}

static inline struct message *channel_message(struct channel *channel, u32 index)
{
    return (struct message *)(void *)(channel->buffers + index * channel->stride);
}

/* Sampling: the buffer of a bit. */
static inline struct message *channel_buffer(struct channel *channel, u32 bit)
{
    return channel_message(channel, (u32)__builtin_ctz(bit));
}

/* Commands of ctrl_object on the two classes: create, status, info (objects/port_ctrl.c). */
s32 sampling_ctrl(struct vcpu *vcpu, u32 desc);
s32 queuing_ctrl(struct vcpu *vcpu, u32 desc);

/* Whether a message of a sampling channel is still valid (decisions.md 18). */
static inline bool sampling_valid(const struct cpu *cpu, const struct channel *channel,
                                  const struct message *message)
{
    return likely(channel->forever) ||
           message->written + channel->conf->valid_period > clock_recent(cpu);
}

#endif
