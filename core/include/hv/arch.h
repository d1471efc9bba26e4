/* SPDX-License-Identifier: Apache-2.0 */
/* The only door from the core to an architecture. Inline parts come from the architecture's
 * hv/arch_types.h: arch_count(), ARCH_GUEST_LIMIT, struct arch_vcpu, struct arch_cpu. */
#ifndef HV_ARCH_H
#define HV_ARCH_H

#include "conf/layout.h"
#include "hv/arch_types.h"
#include "hv/base.h"

struct cpu;
struct health_context;
struct partition;
struct vcpu;

/* Boot. */
void arch_boot(void);              /* first of all: what this machine has */
u32 arch_clock_measure(u64 *base); /* counter's frequency in kHz; *base: a count near now */
void arch_memory_init(const struct conf_header *conf, void *tables);
struct cpu *arch_cpu_place(void *block);        /* where its data lies in a CPU's block */
void arch_cpu_start(struct cpu *cpu);           /* on that CPU: load them, interrupts still off */
u32 arch_cpus_boot(u32 wanted);                 /* starts the others; how many CPUs there are now */
u64 arch_cpu_count(const struct cpu *cpu);      /* counter of one of them, before the release */
void arch_cpus_release(void);                   /* lets them into their plans */
_Noreturn void arch_cpu_enter(struct cpu *cpu); /* onto its own stack, into sched_resume() */
const void *arch_container(u64 *size);          /* joined by rswbuild; null: none */
u64 arch_memory_end(void);                      /* where the machine's memory ends */
u32 arch_records(void);                         /* UART of the loader's records=; CONF_NONE */
bool arch_uart_free(const struct conf_header *conf, u32 id); /* not UART 0, nobody's else */
void *arch_image_end(void);               /* first page behind the core in memory */
hv_phys arch_core_phys(const void *core); /* of memory in the hypervisor's area */
void *arch_core_virt(hv_phys phys);

/* Leaving and waiting. */
_Noreturn void arch_enter(struct vcpu *vcpu);   /* to the guest */
_Noreturn void arch_idle(struct cpu *cpu);      /* wait for an interrupt; the stack is abandoned */
void arch_breathe(void);                        /* one instruction with interrupts on */
void arch_kick(struct cpu *cpu);                /* IPI: look at your mail */
void arch_timer_arm(struct cpu *cpu, u32 wait); /* ring `wait` ns after the CPU's last look */
bool arch_timer_room(const struct cpu *cpu, u32 ns); /* it does not ring before that is over */
void arch_await(u64 count); /* the counter, soon; goes on a fixed time behind it; ends the timer */
_Noreturn void arch_power_off(bool good);      /* good: as the system wanted it */
_Noreturn void arch_restart(struct cpu *self); /* from any CPU */
void arch_stop_others(struct cpu *self);

/* vCPUs. */
void arch_vcpu_init(struct vcpu *vcpu);
void arch_vcpu_away(struct vcpu *vcpu); /* its address space is being made: the core's instead */
void arch_vcpu_start(struct vcpu *vcpu, hv_addr entry, hv_addr root); /* root 0: the image's */
void arch_vcpu_switch(struct cpu *cpu, struct vcpu *from, struct vcpu *to);
bool arch_virq_inject(struct vcpu *vcpu, u32 vector); /* false: the guest cannot take it */
bool arch_trap_inject(struct vcpu *vcpu, u32 trap, u32 error);
/* Out of a process of the guest, where arch_virq_inject() fails, into its kernel. False: it is in
 * none, or its kernel has no stack for that. */
bool arch_kernel_enter(struct vcpu *vcpu);
void arch_vcpu_result(struct vcpu *vcpu, s32 result); /* of the call it made */
s32 arch_vcpu_answer(const struct vcpu *vcpu);        /* that result */
void arch_context(const struct vcpu *vcpu, struct health_context *context);

/* Memory. */
bool arch_guest_touch(hv_addr to, u32 size); /* a write that changes nothing */
/* The map of the I/O ports that a partition owns, before its vCPUs are. */
void arch_ports_init(struct partition *partition, const struct conf_partition *row, u8 *map);
void *arch_window(struct cpu *cpu, u32 which, hv_phys phys); /* one page; which: 0..3 */
const char *arch_space_check(const struct partition *partition, u64 page_table, u64 size);
hv_addr arch_space_root(const struct partition *partition, hv_addr root); /* 0: no vCPU may start */
/* PPAG_* of a page, and what refers to it as a page table. */
u32 arch_page_type(const struct partition *partition, hv_phys page, u32 *references);
/* Around a write by this CPU to a page (by its number) of a partition: false if it is a page table,
 * and while it is claimed it does not become one. */
bool arch_page_claim(struct cpu *cpu, const struct partition *partition, u32 page);
void arch_page_release(struct cpu *cpu);
bool arch_space_step(struct cpu *cpu, struct partition *partition, u32 progress[3]);

/* Interrupt lines, on their owner's CPU. KEPT: an edge that comes waits until the line is open. */
enum arch_line { ARCH_LINE_SHUT, ARCH_LINE_KEPT, ARCH_LINE_OPEN };
void arch_line_set(struct cpu *cpu, u32 line, enum arch_line state);
void arch_line_clear(u32 line); /* forgets what it kept */

#endif
