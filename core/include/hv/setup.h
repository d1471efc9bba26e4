/* SPDX-License-Identifier: Apache-2.0 */
/* From the configuration to the core's structures, once, at boot. */
#ifndef HV_SETUP_H
#define HV_SETUP_H

#include "conf/pool.h"
#include "hv/base.h"

/* Places everything in the pools, which are zero: CPUs, partitions, vCPUs with their control
 * tables, ports and channels. */
void setup_pools(const struct conf_header *conf, u8 *place, const struct conf_pool *pool);

/* The pools' room for console devices. */
u8 *setup_devices(void);

#endif
