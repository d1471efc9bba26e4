/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of conf_verify(), in the order in which it calls them. Each answers null or a short
 * text, and may rely on what the ones before it have checked. */
#ifndef CONF_VERIFY_CONF_H
#define CONF_VERIFY_CONF_H

#include "conf/layout.h"
#include "conf/verify_text.h"

/* Fields in range: plans, vCPUs, ports with channels, devices, health, lines agree. */
const char *conf_verify_links(const struct conf_header *conf);

/* Regions, areas, and the room in the hypervisor's area. */
const char *conf_verify_memory(const struct conf_header *conf);

#endif
