/* SPDX-License-Identifier: Apache-2.0 */
/* BAIL, the bare-metal application interface library: start-up and end of a partition. */
#ifndef BAIL_BAIL_H
#define BAIL_BAIL_H

#ifndef __ASSEMBLER__

#include <prtos_inc/arch/arch_types.h>

/* The user's program; every vCPU that runs comes here. Returning halts the partition. */
void partition_main(void);

/* Entry of the image. */
void start(void);

/* On vCPU 0 starts the others, which run partition_main() too; elsewhere nothing. */
void setup_vcpus(void);

/* Halts the partition; does not return. */
void part_halt(void) __attribute__((__noreturn__));

/* The same with a message. */
void bail_halt(char *msg, ...) __attribute__((__noreturn__));

/* Characters that the console did not take. */
extern prtos_u32_t bail_console_dropped;

#endif

#endif
