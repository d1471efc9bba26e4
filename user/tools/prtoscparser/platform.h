/* SPDX-License-Identifier: Apache-2.0 */
/* A board, as config/platforms/NAME.xml or a file of that form describes it. platform.c reads it,
 * board.c gives a system what it leaves out; nobody else changes it. */
#ifndef CF_PLATFORM_H
#define CF_PLATFORM_H

#include <stdbool.h>

#include "conf/platform.h"
#include "list.h"

struct cf_region {
    struct cf_place place;
    u64 start;
    u64 size;
    u32 type;
};

/* Addresses of a device: reserved, or such as a partition may be given. */
struct cf_window {
    struct cf_place place;
    u64 start;
    u64 size;
    bool dma; /* it can read and write memory by itself */
    const char *what;
};

/* I/O ports base .. base + count - 1. */
struct cf_port_range {
    struct cf_place place;
    u32 base;
    u32 count;
    const char *what;
};

struct cf_uart {
    struct cf_place place;
    const char *name;
    const char *driver; /* null: none */
    u64 address;
    u32 id; /* its index */
    u32 baud;
};

struct cf_platform {
    struct cf_place place;
    const char *name;
    const char *arch;                 /* as -a takes it */
    const struct conf_platform *conf; /* what the core knows */
    bool chosen;                      /* by -p, not by default */

    u64 area_size; /* of the hypervisor */
    u32 n_cpus;
    u32 khz;
    CF_LIST(struct cf_region) regions;
    CF_LIST(struct cf_window) reserved;
    CF_LIST(struct cf_uart) uarts;
    const char *vga; /* name of the text screen, null: it has none */
    struct cf_place lines_place;
    u32 reserved_lines; /* bit n: line n */
    bool has_ports;
    CF_LIST(struct cf_port_range) reserved_ports;
    CF_LIST(struct cf_port_range) dma_ports;
    CF_LIST(struct cf_window) windows;
    bool other_windows; /* device areas may lie elsewhere: they count as DMA-capable */
};

struct cf;

/* The built-in platform of an architecture, null if there is no such one. */
const char *cf_platform_default(const char *arch);
/* "pc, virt" */
const char *cf_platform_names(void);
/* A name with a '/' is a file; whether it can be read shows later. */
bool cf_platform_exists(const char *name);
/* Reads it into cf->platform; false: what is wrong is reported. */
bool cf_platform_read(struct cf *cf, const char *name, bool chosen);

#endif
