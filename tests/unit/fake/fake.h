/* SPDX-License-Identifier: Apache-2.0 */
/* A machine and a configuration for unit tests of the core. Tests describe a system by fake_*()
 * calls, boot it with fake_boot(), and then call the core's rooms directly, watching `fake`. */
#ifndef FAKE_H
#define FAKE_H

#include "hv/base.h" /* before the host's headers, which have some names too */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "conf/access.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/port.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/vcpu.h"
#include "hv/virq.h"
#include "image_make.h"

/* Guest memory: one space for each partition, rights for each byte. */
#define GUEST_BASE 0x06000000ul
#define GUEST_SIZE 0x10000u
#define GUEST_SPACES 16u
#define GUEST_READ 1u
#define GUEST_WRITE 2u

/* Physical memory behind arch_window(). */
#define PHYS_BASE 0x06000000ull
#define PHYS_SIZE 0x100000u

#define FAKE_ROOT 0x7000u /* the one directory where a vCPU may start */

/* How a call that does not return ended. */
enum fake_exit {
    FAKE_RETURNED,
    FAKE_ENTER, /* arch_enter(): fake.entered */
    FAKE_IDLE,
    FAKE_POWER_OFF,
    FAKE_RESTART,
    FAKE_CPU_ENTER
};

struct fake_space {
    u8 bytes[GUEST_SIZE];
    u8 rights[GUEST_SIZE];
};

struct fake {
    struct fake_space *space; /* the loaded one */
    struct vcpu *entered;
    void (*on_switch)(struct cpu *cpu, struct vcpu *from, struct vcpu *to);
    void (*on_breathe)(void);
    bool no_interrupts;   /* a long call is done in one go */
    bool memory_anywhere; /* behind every address below 4 GB */
    u32 kicks;
    u32 stops; /* arch_stop_others() */
    bool powered_off_good;
    u32 restarts;
    u32 released;
    u32 copies;       /* guest copies, and */
    u32 largest_copy; /* the longest */
    hv_phys tables;   /* two pages of partition 0 hold page tables; 0: none */
    u32 space_steps;  /* pieces that arch_space_step() takes */
    const char *space_error;
    const void *container;
    u64 container_size;
    void *image_end;
    u32 cpus_found;
    u64 asking_takes;  /* counts that a question to another CPU takes, each way ... */
    u64 count_of_them; /* ... and what its counter is more than this one's */
    u32 khz;
    u32 uart_ready; /* bytes that one push takes at most */
    u32 uart_size;
    u32 second_size;
    u32 vga_size;
    u32 records; /* UART that the boot loader names, 0: none */
    char uart[65536];
    char second[65536]; /* UART 1 */
    char vga[65536];
};

extern _Thread_local struct fake fake; /* each thread is a machine of its own in this */
extern u8 *fake_phys;                  /* PHYS_SIZE bytes */

/* Between the files of the fake. */
void fake_die(const char *what);
void fake_guest_reset(void);

/* Everything back to the start; call before each description. */
void fake_reset(void);

/* Ends a call of a _Noreturn function, or of one that may lead to one. */
enum fake_exit fake_catch(void (*call)(void *arg), void *arg);
enum fake_exit fake_resume(struct cpu *cpu);

/* Sets the hypervisor's clock, which runs at one count a ns. */
void fake_time(hv_time now);

/* A guest's hypercall: through the decoder, in its own address space; its result. */
#define CALL(vcpu, nr, ...) fake_call((vcpu), (nr), (const hv_addr[5]){__VA_ARGS__})
void fake_breathe(void);
s32 fake_call(struct vcpu *vcpu, u32 nr, const hv_addr arg[5]);

struct fake_space *fake_space_of(const struct vcpu *vcpu);
void fake_space_load(const struct vcpu *vcpu);
u8 *guest_at(hv_addr addr); /* of the loaded space */
void guest_rights(hv_addr addr, u32 size, u32 rights);

/* The configuration. Order: CPUs; for each CPU its plans with their spans; for each partition its
 * ports; channels; ipvis. Each answers the index of its row. */
u32 fake_cpu(void);
u32 fake_plan(u32 cpu, u64 frame);
void fake_span(u64 end, u32 vcpu, u32 slot_id);
u32 fake_partition(const char *name, u32 flags, u32 n_vcpus);
void fake_region(u64 start, u64 size, u32 type);
u32 fake_area(u64 start, u64 size, u64 mapped_at, u32 flags);
u32 fake_port(const char *name, u32 type, u32 direction);
u32 fake_channel(u32 type, u32 message_size, u32 n_messages, u64 valid_period, u32 source,
                 const u32 *dests, u32 n_dests);
u32 fake_ipvi(u32 source, u32 number, const u32 *targets, u32 n_targets);
u32 fake_device(u32 type, u32 id, u64 start, u64 size);
void fake_health(u32 partition, u32 event, u32 action, u32 log); /* CONF_NONE: the hypervisor's */
struct conf_header *fake_conf(void);
struct conf_partition *fake_conf_partition(u32 id);

/* Fills the last fields, makes the pools and calls setup_pools(); clock at 0. */
void fake_boot(void);

/* PEFs and containers. A PEF is described from its header to its last custom, then made. */
void fake_pef(u32 kind, u64 entry);
void fake_segment(u64 phys, const void *stored, u32 stored_size, u64 size, u64 mem_size, u32 flags);
void fake_custom(u64 start, u64 size);
struct blob fake_pef_end(void);
/* Of these files; they may be freed. */
struct blob fake_container(const struct blob *files, u32 n_files,
                           const struct container_entry *entries, u32 n_entries);

/* A small image for each partition, at its first area, in a container; loads them all. */
void fake_images(void);

/* Makes a vCPU ready, as if its image had been loaded. */
void fake_start(struct vcpu *vcpu);

/* The pieces of what a vCPU is in. */
static inline void fake_finish(struct vcpu *vcpu)
{
    while (vcpu->work & VCPU_WORK_CONT)
        vcpu->cont.step(vcpu);
}

/* One CPU, one plan of 1 ms for vCPU 0 of partition 0 (created by the caller next). */
void fake_one_cpu(void);

#endif
