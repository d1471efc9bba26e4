/* SPDX-License-Identifier: Apache-2.0 */
/* Port instructions that may fault: the handler counts and goes on behind them. */
#ifndef TESTS_PORTS_H
#define TESTS_PORTS_H

#include "../../system/guest/check.h"

#define ALL_PORTS 0x10000u

extern volatile prtos_u32_t faults;

void ports_begin(void);
prtos_u32_t port_in8(prtos_u32_t port);
prtos_u32_t port_in16(prtos_u32_t port);
prtos_u32_t port_in32(prtos_u32_t port);
void port_out8(prtos_u32_t port, prtos_u32_t value);

/* Reads a byte from every port; how many could be read, and a sum that tells which. */
prtos_u32_t ports_open(prtos_u32_t *sum);

#endif
