/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of the platforms that the checks of a description need, as data. */
#ifndef CF_PLATFORM_H
#define CF_PLATFORM_H

#include "conf/platform.h"

/* I/O ports base .. base + count - 1. */
struct cf_port_range {
    u32 base;
    u32 count;
    const char *what;
};

/* Addresses of a device that a partition may be given. */
struct cf_mmio {
    u64 start;
    u64 size;
    bool dma; /* it can read and write memory by itself */
    const char *what;
};

struct cf_platform {
    const char *name;
    const char *arch; /* as -a takes it */
    const struct conf_platform *conf;
    const char *event_prefix; /* health events of this processor begin with it */
    u32 n_uart_drivers;
    bool has_vga;
    bool has_ports;
    const struct cf_port_range *reserved_ports; /* lists end with what = null */
    const struct cf_port_range *dma_ports;
    const char *reserved_names[CONF_RESERVED_PAGES]; /* what is on conf->reserved_page */
    const struct cf_mmio *mmio;       /* where `device` areas may lie; null: anywhere */
    const struct cf_mmio *quiet_mmio; /* devices that cannot do DMA, when mmio is null */
};

/* The platform with that name, or null. */
const struct cf_platform *cf_platform_by_name(const char *name);

#endif
