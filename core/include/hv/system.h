/* SPDX-License-Identifier: Apache-2.0 */
/* The system as a whole: its configuration, its ends and restarts. */
#ifndef HV_SYSTEM_H
#define HV_SYSTEM_H

#include "conf/layout.h"
#include "hv/base.h"

struct cpu;

extern const struct conf_header *system_conf;

/* What survives a warm restart. */
struct system_past {
    u32 reset_counter;
    u32 reset_status;
};

extern struct system_past system_past;

/* Boot, after the architecture has the CPU in the core's address space. */
_Noreturn void system_boot(void);

/* Stops all CPUs; consoles drained; powers the machine off where that can be done. */
_Noreturn void system_halt(struct cpu *self);

/* Restarts the hypervisor. mode: PRTOS_COLD_RESET or PRTOS_WARM_RESET. */
_Noreturn void system_reset(struct cpu *self, u32 mode, u32 status);

/* An error that the core cannot go on from: says what, and halts. */
_Noreturn void system_panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
