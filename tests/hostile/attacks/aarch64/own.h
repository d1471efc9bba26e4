/* SPDX-License-Identifier: Apache-2.0 */
/* What the attempts on AArch64 share: ways out of C that come back by an exception or interrupt. */
#ifndef TESTS_OWN_H
#define TESTS_OWN_H

#define COUNTS_PER_FRAME 62500u /* of the counter, 62.5 MHz */

#define EL0 0x3c0u /* PSTATE: D, A, I, F masked */
#define EL1T 0x3c4u
#define EL1H 0x3c5u
#define EL2T 0x3c8u
#define EL2H 0x3c9u
#define EL3H 0x3cdu
#define A32 0x1d0u

#define CORE 0x100000ul /* its area, as a partition would name it */
#define CORE_PHYSICAL 0x40100000ul
#define UART 0x9000000ul
#define DISTRIBUTOR 0x8000000ul
#define REDISTRIBUTOR 0x80a0000ul
#define BEYOND_STAGE2 (1ul << 39)
#define BIT_50 (1ul << 50) /* beyond the memory of some processors */
#define BEYOND_MEMORY (1ul << 53)

/* Dispatcher `entry` in force, LINE routed and unmasked, the virtual interrupt flag set. */
void prepare(prtos_word_t entry);

/* entry.S. Each gives SURVIVED when it came back the right way, REFUSED when nothing happened. */
prtos_u32_t raise_line(prtos_word_t sp);            /* LINE, with this stack; 0: as it is */
prtos_u32_t iret_call(void);                        /* virtual return, to `returned` */
prtos_u32_t go(prtos_word_t pc, prtos_word_t spsr); /* ERET; back by an exception to EL1 */
extern char arrived[], returned[], back[], own_vectors[];
extern prtos_u64_t caught_esr, caught_far; /* of the exception that ended go() */
#define CAUGHT_CLASS (caught_esr >> 26)

#define PCT ((volatile partition_control_table_t *)PCT_BASE)

#endif
