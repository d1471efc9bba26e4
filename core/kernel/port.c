/* SPDX-License-Identifier: Apache-2.0 */
/* What both kinds of ports share: finding, opening, closing, telling the other side. */
#include "hv/port.h"

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "conf/access.h"
#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/system.h"
#include "hv/vcpu.h"
#include "hv/virq.h"
#include "lib/string.h"
#include "lib/text_sum.h"

#define RESET_PIECE 8u /* ports closed in one piece */

struct port *ports;

s32 port_refuse(struct vcpu *vcpu, u32 desc, u32 use, s32 empty)
{
    const struct port *port = port_for(vcpu, desc, use | PORT_LOOSE);
    u32 size = object_size(vcpu);
    hv_addr flags = object_flags(vcpu);

    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
    if (!port)
        return PRTOS_INVALID_PARAM;
    if (size - 1 >= port->size_max)
        return PRTOS_INVALID_CONFIG;
    if (!guest_buffer(object_buffer(vcpu), size, port->conf->direction != CONF_PORT_SOURCE))
        return PRTOS_INVALID_PARAM;
    if (port->conf->direction == CONF_PORT_SOURCE)
        return PRTOS_OK;
    if (port->conf->type == CONF_PORT_SAMPLING && flags && !guest_store32(flags, 0))
        return PRTOS_INVALID_PARAM;
    return empty;
}

/* Copies a name of the guest's; false: it cannot be read. It may end right before memory that is
 * not the guest's: page by page. */
static bool name_read(char copy[CONF_PORT_NAME_MAX + 1], hv_addr name)
{
    u32 front = CONF_PAGE - ((u32)name & (CONF_PAGE - 1));

    if (front > CONF_PORT_NAME_MAX)
        front = CONF_PORT_NAME_MAX;
    memset(copy, 0, CONF_PORT_NAME_MAX + 1);
    if (!guest_read(copy, name, front))
        return false;
    return front == CONF_PORT_NAME_MAX || strlen(copy) < front ||
           guest_read(copy + front, name + front, CONF_PORT_NAME_MAX - front);
}

s32 port_by_name(struct vcpu *vcpu, hv_addr name, struct port **port)
{
    const struct partition *partition = vcpu->partition;
    char copy[CONF_PORT_NAME_MAX + 1];
    u32 sum, next;

    if (!partition->n_ports || !name_read(copy, name))
        return PRTOS_INVALID_PARAM;
    sum = text_sum(copy, CONF_PORT_NAME_MAX);
    for (next = partition->ports[sum % partition->n_ports].first_named; next;
         next = (*port)->next_named) {
        *port = &partition->ports[next - 1];
        if ((*port)->name_sum == sum &&
            !strncmp(conf_text(system_conf, (*port)->conf->name), copy, sizeof(copy)))
            return PRTOS_OK;
    }
    return PRTOS_INVALID_PARAM;
}

s32 port_check_create(struct vcpu *vcpu, hv_addr name, u32 type, u32 direction, struct port **port)
{
    if (direction != CONF_PORT_SOURCE && direction != CONF_PORT_DESTINATION)
        return PRTOS_INVALID_PARAM;
    if (port_by_name(vcpu, name, port))
        return PRTOS_INVALID_PARAM;
    if ((*port)->conf->type != type || (*port)->conf->direction != direction)
        return PRTOS_INVALID_CONFIG;
    return (*port)->open ? PRTOS_NO_ACTION : PRTOS_OK;
}

/* Gives back what a call has in hand, whatever became of the message. */
static void port_drop(struct vcpu *vcpu)
{
    struct port *port = vcpu->cont.object;

    if (port->dest)
        store_release(&port->dest->reading, CHANNEL_IDLE);
    port_release(port);
}

s32 port_steps(struct vcpu *vcpu, struct port *port, void (*step)(struct vcpu *), u32 size,
               u32 done, u32 aux)
{
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = step,
                                            .cancel = port_drop,
                                            .object = port,
                                            .guest = object_buffer(vcpu),
                                            .size = size,
                                            .done = done,
                                            .aux = aux});
    return vcpu_pieces(vcpu);
}

/* The range of the whole was checked when the call began. */
bool port_piece(struct vcpu *vcpu, u8 *bytes)
{
    struct vcpu_cont *cont = &vcpu->cont;
    const struct port *port = cont->object;
    hv_addr guest = cont->guest + cont->done;
    u32 left = cont->size - cont->done;
    u32 piece = left < GUEST_PIECE ? left : GUEST_PIECE;

    if (!left)
        return true;
    bytes += cont->done;
    if (!(port->dest ? arch_guest_write(guest, bytes, piece)
                     : arch_guest_read(bytes, guest, piece))) {
        port_drop(vcpu);
        vcpu_finish(vcpu, PRTOS_INVALID_PARAM);
        return false;
    }
    cont->done += piece;
    return cont->done == cont->size && port->quick;
}

/* The queue that ends in a port has no message any more. */
static void port_empty(struct port *port)
{
    struct channel *channel = port->channel;
    u32 head = load_acquire(&channel->head);
    u32 slot = channel->slot_out + (head - channel->tail);

    channel->slot_out = slot < channel->conf->n_messages ? slot : slot - channel->conf->n_messages;
    store_release(&channel->tail, head);
    port_news_clear_all(port);
    port_news_clear_all(channel->source);
}

/* What a vCPU has in hand it gives back itself, where it runs (vcpu_quiet). */
bool ports_reset(struct partition *partition, u32 *done, bool cold)
{
    u32 end = *done + RESET_PIECE;

    for (; *done < end && *done < partition->n_ports; ++*done) {
        struct port *port = &partition->ports[*done];

        write_once(port->open, 0);
        if (cold && port->dest && port->conf->type == CONF_PORT_QUEUING)
            port_empty(port);
    }
    return *done < partition->n_ports;
}

/* The port's word in the control table of vCPU n. */
static u32 *news_word(const struct port *port, u32 n)
{
    return (u32 *)(void *)((u8 *)port->news + n * port->news_stride);
}

void port_news_set_all(const struct port *port)
{
    for (u32 i = 0; i < port->n_vcpus; i++)
        atomic_or(news_word(port, i), port->news_mask);
}

void port_news_clear_all(const struct port *port)
{
    for (u32 i = 0; i < port->n_vcpus; i++)
        atomic_and(news_word(port, i), ~port->news_mask);
}

void port_raise_all(struct cpu *self, const struct port *port, u32 ext)
{
    for (u32 i = 0; i < port->n_vcpus; i++)
        virq_pend_ext(self, &port->vcpus[i], 1u << ext);
}

static void port_init(const struct conf_header *conf, u32 index, struct partition *partition)
{
    struct port *port = &ports[index];
    struct port *kin;

    port->conf = conf_ports(conf) + index;
    port->name_sum = text_sum(conf_text(conf, port->conf->name), CONF_PORT_NAME_MAX);
    kin = &partition->ports[port->name_sum % partition->n_ports];
    port->next_named = kin->first_named;
    kin->first_named = (u32)(port - partition->ports) + 1;
    port->news = (u32 *)(void *)((u8 *)partition->vcpus[0].pct + port_bitmap_offset(partition) +
                                 port->conf->number / 32 * 4);
    port->news_mask = 1u << port->conf->number % 32;
    port->news_stride = partition->pct_stride;
    port->vcpus = partition->vcpus;
    port->n_vcpus = partition->n_vcpus;
}

static void channel_init(const struct conf_header *conf, struct channel *channel,
                         const struct conf_channel *row)
{
    struct port *source = &ports[row->source], *dest = source;

    channel->conf = row;
    channel->stride = (u32)conf_message_stride(row->message_size);
    channel->buffers = (u8 *)(channel->dests + row->n_dests);
    channel->n_dests = row->n_dests;
    channel->forever = row->valid_period == CONF_TIME_INFINITE;
    channel->latest = CHANNEL_IDLE;
    channel->source = source;
    source->channel = channel;
    for (u32 i = 0; i < row->n_dests; i++) {
        dest = &ports[conf_dests(conf)[row->first_dest + i]];
        channel->dests[i].port = dest;
        channel->dests[i].reading = CHANNEL_IDLE;
        dest->dest = &channel->dests[i];
        dest->channel = channel;
    }
    if (row->n_dests == 1 && source->n_vcpus == 1 && dest->n_vcpus == 1)
        source->quick = dest->quick = guest_first_piece(row->message_size);
}

void ports_init(const struct conf_header *conf, struct port *place, u8 *channel_place)
{
    const struct conf_budget *budget = conf_budget_of(conf->arch);
    const struct conf_channel *row = conf_channels(conf);

    ports = place;
    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION); i++) {
        const struct conf_partition *partition = conf_partitions(conf) + i;

        partitions[i].ports = ports + partition->first_port;
        partitions[i].n_ports = partition->n_ports;
        partitions[i].desc_base = i << OBJDESC_PARTITIONID_BIT;
        for (u32 j = 0; j < partition->n_ports; j++)
            port_init(conf, partition->first_port + j, &partitions[i]);
    }
    for (u32 i = 0; i < conf_count(conf, CONF_T_CHANNEL); i++) {
        channel_init(conf, (struct channel *)(void *)channel_place, &row[i]);
        channel_place +=
            conf_channel_bytes(budget, row[i].message_size, row[i].n_messages, row[i].n_dests);
    }
}
