/* SPDX-License-Identifier: Apache-2.0 */
/* How the hypervisor's area is filled: core | configuration | pools and control tables |
 * container, each on a page. Used by prtospack (does it fit?) and rswbuild (where does the
 * container go?). The core does the same sums at boot from its own end. */
#ifndef HYP_AREA_H
#define HYP_AREA_H

#include "conf/layout.h"
#include "pef_file.h"

struct hyp_area {
    u64 base; /* lowest physical address of the core */
    u64 core; /* bytes of each part, whole pages */
    u64 conf;
    u64 pool;
    u64 container;
    u64 total;
};

/* `core` null: its budget stands for it, and `base` is the area's start. */
void hyp_area_of(const struct pef_file *core, const struct conf_header *conf, u64 container_size,
                 struct hyp_area *area);

/* Checks it against the configuration: budget and size; says what is wrong by tool_error(). */
void hyp_area_check(const struct hyp_area *area, const struct conf_header *conf, const char *path);

/* Physical address = address in the configuration + this. */
u64 hyp_ram_offset(u32 arch);

/* The configuration inside a customisation PEF, verified, or exit 2. */
const struct conf_header *hyp_conf(const struct pef_file *pef);

#endif
