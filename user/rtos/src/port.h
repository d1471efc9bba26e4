/* SPDX-License-Identifier: Apache-2.0 */
/* The door to an architecture and to the hypervisor. Each port folder has rtos_port.h with what
 * is inline, and the rest in files of its own. On the host the same door leads to a model.
 *
 * Inline: port_lock() turns interrupts off and gives a key, port_unlock(key) puts back what was,
 * port_unlock_with(key, status) does and answers the status, port_key_on(key) whether they were
 * on, PORT_KEY_ON, port_breathe() lets waiting interrupts in for a moment, port_stamp() reads the
 * counter, port_may_start() says whether this is the vCPU on which the kernel may run. */
#ifndef RTOS_PORT_DOOR_H
#define RTOS_PORT_DOOR_H

#include <rtos/types.h>

/* The smallest build is one unit (small.c): what files share is its own. */
#ifdef RTOS_SMALL
#define INTERNAL static
#else
#define INTERNAL
#endif

#include "rtos_port.h"

/* Both clocks, in ns. */
INTERNAL rtos_time_t port_now(void);
rtos_time_t port_executed(void);
prtos_u64_t port_stamp_rate(void);

/* One-shot timers at a moment of the hardware or the execution clock; they ring by calling
 * rtos_timer_rang() and rtos_slice_over() within an interrupt. */
INTERNAL void port_timer_arm(rtos_time_t moment);
void port_slice_arm(rtos_time_t moment);

/* The slot that runs: when it began and ends, its length, its place in the plan; the start of the
 * vCPU's next one. */
rtos_time_t port_slot_began(void);
rtos_time_t port_slot_length(void);
prtos_u32_t port_slot_index(void);
rtos_time_t port_slot_end(void);
rtos_time_t port_slot_next(void);

/* A new thread's stack, so that a switch to what is returned begins rtos_thread_main(). */
INTERNAL void *port_stack_init(void *stack, rtos_size_t size);

/* Leaves the running context in *from and goes on with another one, all with interrupts off. `from`
 * null: nothing is left. To idle: rtos_idle() on the kernel's stack. */
void port_switch(void **from, void *to);
void port_switch_to_idle(void **from, void *stack);
void port_switch_from_idle(void *to);

/* Called with interrupts off, turns them on: asleep until an interrupt, or with nothing to come in
 * this slot until the next one. */
INTERNAL void port_sleep(int nothing_due);

/* Takes the caller's stack as the kernel's, opens the kernel's interrupts and idles. */
INTERNAL void port_start(void) __attribute__((noreturn));

/* Interrupts of the program: 0 to 31 lines, 32 to 63 the hypervisor's; rtos_irq_run(irq) is
 * called. */
int port_irq_is_kernels(prtos_u32_t irq);
void port_irq_open(prtos_u32_t irq);
void port_irq_close(prtos_u32_t irq);
void port_irq_mask(prtos_u32_t irq, int masked);
void rtos_irq_run(prtos_u32_t irq);
__attribute__((weak)) void rtos_slice_over(void);

/* Floating point registers: whether there are any, and a picture of them. */
struct rtos_fpu;
int port_fpu_exists(void);
void port_fpu_init(struct rtos_fpu *room);
void port_fpu_save(struct rtos_fpu *room);
void port_fpu_load(const struct rtos_fpu *room);

/* librtos-vcpus.a: port_vcpu() is the own one's number, inline; an interrupt for all vCPUs of the
 * partition, in which each calls rtos_mail_came(). */
void port_vcpus_tell(void);
void rtos_mail_came(void);

/* Traps of the processor come to rtos_fault_trap(). */
void port_traps_open(void);
void rtos_fault_trap(prtos_u32_t trap, rtos_size_t address);
/* A fault that no thread can be held to account for: the partition's PARTITION_ERROR. */
void port_partition_error(prtos_u32_t trap, rtos_size_t address);

#endif
