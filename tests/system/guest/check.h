/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of a test program. Each prints a line `# <name> <expected> <got>`; the line `= <n>` at the
 * end says how many there were. A check() of what call() gave ends with the call: `@<number>`, with
 * the object's class and command behind it. The judge is the test that booted the system. */
#ifndef TESTS_GUEST_CHECK_H
#define TESTS_GUEST_CHECK_H

#include <prtos.h>

#define PCT_BASE 0xFBFC0000u
#define HYPERVISOR_BASE 0xFC000000u

#include "machine.h"

void check(const char *name, prtos_s32_t expected, prtos_s32_t got);

/* The same in hexadecimal. */
void check_word(const char *name, prtos_u32_t expected, prtos_u32_t got);

/* Whether low <= got <= high; prints the bounds as what is expected. */
void check_range(const char *name, prtos_u32_t low, prtos_u32_t high, prtos_u32_t got);

void check_end(void);

/* Loads all of `in`, traps, stores all to `out`. */
void raw_call(const struct raw *in, struct raw *out);

/* A hypercall; what it may not have changed is compared, see raw_damage. */
prtos_s32_t call(prtos_u32_t nr, prtos_word_t b, prtos_word_t c, prtos_word_t d, prtos_word_t s,
                 prtos_word_t di);

/* Bit n: register n of struct raw was changed by some call(); the number of the first such call. */
extern prtos_u32_t raw_damage, raw_damage_nr;

/* machine.c: the same without a record of the call; the registers that were changed, as a mask. */
prtos_u32_t machine_call(prtos_u32_t nr, const prtos_word_t *args, prtos_s32_t *result);

/* The counter of the clock page. */
prtos_u64_t machine_count(void);

/* Hardware clock in ns by the clock page; of the last dispatch. */
prtos_u64_t clock_ns(void);
prtos_u64_t dispatch_ns(void);

#endif
