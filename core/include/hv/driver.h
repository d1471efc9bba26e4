/* SPDX-License-Identifier: Apache-2.0 */
/* Devices of the platform that the core drives itself. */
#ifndef HV_DRIVER_H
#define HV_DRIVER_H

#include "hv/base.h"

struct cpu;

/* A text device: takes bytes as long as it is ready. */
struct text_driver {
    void (*init)(u32 id, u32 baud);
    /* Gives up to `size` bytes to device `id` without waiting; returns how many it took. */
    u32 (*push)(u32 id, const char *bytes, u32 size);
    u32 piece; /* bytes that one push may be given: 400 instructions at most */
};

extern const struct text_driver uart_driver;
extern const struct text_driver vga_driver;

/* The machine's drivers by enum conf_device_type; null: no text goes there. From the
 * architecture. */
#define TEXT_DRIVERS 4u
extern const struct text_driver *const text_drivers[TEXT_DRIVERS];

/* Log storage in a memory block: entries of one size, the oldest dropped. */
struct log_store {
    hv_phys start;
    u32 entry; /* bytes of one */
    u32 max;   /* entries that fit; 0: no store */
    u32 first; /* place of the oldest */
    u32 count;
    u32 cursor; /* next to read, 0 = oldest */
    u32 locked; /* full means refusing, not dropping */
};

/* The store in a block of `size` bytes at `start`, a multiple of 64. Entries of a former run are
 * kept if the block still holds them whole and of this size. */
void log_open(struct cpu *cpu, struct log_store *store, hv_phys start, u64 size, u32 entry);

/* Whether an entry would be taken: not where there is no room for any, or none left and the oldest
 * may not go. */
static inline bool log_takes(const struct log_store *store)
{
    return store->max && (store->count < store->max || !store->locked);
}

/* Appends an entry; false: not taken. */
bool log_append(struct cpu *cpu, struct log_store *store, const void *bytes);

/* Entry `index` (0 = oldest) into `to`; false: there is none. */
bool log_read(struct cpu *cpu, struct log_store *store, u32 index, void *to);

void log_reset(struct cpu *cpu, struct log_store *store);

#endif
