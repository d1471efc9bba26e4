/* SPDX-License-Identifier: Apache-2.0 */
/* Stopping a thread for a fault: what watchdogs and traps share. */
#ifndef RTOS_FAULT_H
#define RTOS_FAULT_H

#include <rtos/watch.h>

/* Ends the thread, whatever it does, and tells the fault handler. */
void rtos_fault_stop(struct rtos_thread *thread, const struct rtos_fault_info *info);

#endif
