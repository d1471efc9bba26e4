/* SPDX-License-Identifier: Apache-2.0 */
/* What tests do to the host port. */
#ifndef RTOS_HOST_H
#define RTOS_HOST_H

#include "kernel.h"

/* A fresh kernel, not started, at 1 ms of the hardware clock. */
void host_reset(void);

/* rtos_start(), which comes back. */
void host_start(void);

/* `work` as an interrupt handler, the switch at its end included. */
void host_interrupt(void (*work)(void));

/* Time passes; timers ring in it. Not running: the partition has no slot meanwhile. */
void host_pass(rtos_time_t duration, int running);

/* A slot begins. */
void host_slot(prtos_u32_t index, rtos_time_t length);

/* The running thread has a trap of the processor. */
void host_trap(prtos_u32_t trap);

#endif
