/* SPDX-License-Identifier: Apache-2.0 */
/* Helpers for the tests of ports: one channel from partition 0 to partitions 1..n, a vCPU for each,
 * messages whose bytes follow from their number. */
#ifndef PORTS_H
#define PORTS_H

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/commports.h>

#include "fake.h"
#include "hv/guestmem.h"
#include "hv/object.h"
#include "random.h"

#define NAME (GUEST_BASE + 0x100)  /* where create finds the port's name */
#define ARG (GUEST_BASE + 0x200)   /* arguments of ctrl */
#define FLAGS (GUEST_BASE + 0x300) /* what a read stores besides */
#define BUFFER (GUEST_BASE + 0x1000)
#define BUFFER_SIZE 0x4000u

/* Sets the time; the CPU has just looked at it, as it does every half second at least. */
static inline void time_look(hv_time time)
{
    fake_time(time);
    clock_look_far(cpus[0], fake_count);
}

/* What a restart does to the ports of a partition. */
static inline void fake_ports_reset(struct partition *partition, bool cold)
{
    u32 done = 0;

    while (ports_reset(partition, &done, cold))
        ;
}

/* Byte `i` of message `number`. */
static inline u8 message_byte(u32 number, u32 i)
{
    return (u8)((number * 2654435761u ^ i * 40503u) >> 9);
}

static inline u32 desc_of(const struct vcpu *vcpu, u32 class, u32 port)
{
    return OBJDESC_BUILD(class, vcpu->partition->id, port);
}

/* One port "in" or "out" in each of the partitions, number `skip` (so that its bit is not the
 * first), all partitions started on one CPU. */
static inline void ports_boot(u32 type, u32 size, u32 n_messages, u64 period, u32 n_dests, u32 skip)
{
    u32 source = 0;
    u32 dests[CONF_MAX_DESTS];

    fake_one_cpu();
    for (u32 i = 0; i < n_dests; i++)
        fake_span(1000000 + 1000 * (i + 1), i + 1, i + 1);
    for (u32 i = 0; i <= n_dests; i++) {
        fake_partition("p", 0, 1);
        for (u32 j = 0; j < skip; j++)
            fake_port("unused", type, CONF_PORT_SOURCE);
        if (i)
            dests[i - 1] = fake_port("in", type, CONF_PORT_DESTINATION);
        else
            source = fake_port("out", type, CONF_PORT_SOURCE);
    }
    fake_channel(type, size, n_messages, period, source, dests, n_dests);
    fake_boot();
    for (u32 i = 0; i <= n_dests; i++)
        fake_start(vcpu_of(i));
}

/* Opens the port of a vCPU's partition by the call; answers its code. */
static inline s32 sampling_open(struct vcpu *vcpu, const char *name, u32 size, u32 direction,
                                s64 period)
{
    struct prtos_create_sampling_port create = {(char *)NAME, size, direction, period};

    fake_space_load(vcpu);
    strcpy((char *)guest_at(NAME), name);
    memcpy(guest_at(ARG), &create, sizeof(create));
    return CALL(vcpu, ctrl_object_nr, desc_of(vcpu, OBJ_CLASS_SAMPLING_PORT, 0),
                PRTOS_COMM_CREATE_PORT, ARG);
}

static inline s32 queuing_open(struct vcpu *vcpu, const char *name, u32 number, u32 size,
                               u32 direction)
{
    struct prtos_create_queuing_port create = {(char *)NAME, number, size, direction};

    fake_space_load(vcpu);
    strcpy((char *)guest_at(NAME), name);
    memcpy(guest_at(ARG), &create, sizeof(create));
    return CALL(vcpu, ctrl_object_nr, desc_of(vcpu, OBJ_CLASS_QUEUING_PORT, 0),
                PRTOS_COMM_CREATE_PORT, ARG);
}

/* A port's bit in the bitmap that the partition sees. */
static inline bool news(const struct vcpu *vcpu, u32 port)
{
    const u32 *bitmap =
        (const void *)((const u8 *)vcpu->pct + sizeof(*vcpu->pct) +
                       vcpu->partition->conf->n_areas * sizeof(struct prtos_physical_mem_map));

    return load_acquire(&bitmap[port / 32]) >> port % 32 & 1;
}

/* A guest fills its buffer with message `number`. */
static inline void message_write(hv_addr at, u32 number, u32 size)
{
    for (u32 i = 0; i < size; i++)
        *guest_at(at + i) = message_byte(number, i);
}

/* The first `count` bytes are message `number`, the rest of the buffer is as it was (0xee). */
static inline void message_check(hv_addr at, u32 number, u32 count, u32 size)
{
    for (u32 i = 0; i < count; i++)
        assert_int_equal(*guest_at(at + i), message_byte(number, i));
    for (u32 i = count; i < size; i++)
        assert_int_equal(*guest_at(at + i), 0xee);
}

static inline u32 random_size(u32 max)
{
    switch (random_below(4)) {
    case 0:
        return 1 + (u32)random_below(64) % max;
    case 1:
        return GUEST_PIECE - 1 + (u32)random_below(3) > max
                   ? max
                   : GUEST_PIECE - 1 + (u32)random_below(3);
    default:
        return 1 + (u32)random_below(max);
    }
}

#endif
