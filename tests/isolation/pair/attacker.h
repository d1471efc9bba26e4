/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the attacker. Whatever they do to this partition, its next life goes on with the
 * random numbers where the last one ended. */
#ifndef TESTS_ATTACKER_H
#define TESTS_ATTACKER_H

#include "pair.h"

prtos_u32_t random_word(void);
void random_call(void);

/* storms.c */
void storms_prepare(void);
void storm_ports(void);
void storm_interrupts(void);
void storm_resets(void);
void storm_console(void);
void storm_table(void);
void storm_batch(void);
void storm_logs(void);
void storm_copies(void);

/* wild.c of the architecture: any fault, page tables, every register and flag full of garbage. */
void wild_prepare(void);
void wild_fault(void);
void wild_pages(void);
void wild_registers(void);

#endif
