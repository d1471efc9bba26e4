/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses that the build of one architecture fixes, shared by the compiler of configurations
 * and by conf_verify(), so that the two cannot disagree. */
#ifndef CONF_PLATFORM_H
#define CONF_PLATFORM_H

#include "conf/layout.h"

#define CONF_RESERVED_PAGES 3u

struct conf_platform {
    u32 arch;         /* enum conf_arch */
    u32 device_space; /* 1: `device` areas are numbered apart from memory (AArch64) */
    u64 area_start;   /* of the hypervisor's area, as the XML counts addresses */
    u64 area_max;     /* size of the hypervisor's area at most */
    u64 address_end;  /* first address that does not exist */
    u64 window_start; /* guest addresses [start, end) are the control tables' and the core's */
    u64 window_end;
    u64 pct_start; /* where a partition sees its control tables */
    u64 pct_size;  /* room for them */
    u32 n_uarts;
    u32 reserved_lines;                     /* bit n: line n belongs to the hypervisor */
    u32 n_reserved;                         /* pages that no partition may own */
    u32 reserved_page[CONF_RESERVED_PAGES]; /* page number */
};

/* Null if there is no such architecture. */
const struct conf_platform *conf_platform_of(u32 arch);

#endif
