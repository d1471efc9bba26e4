/* SPDX-License-Identifier: Apache-2.0 */
/* The control table as it must be at each start of this life. */
#ifndef TESTS_START_H
#define TESTS_START_H

#include "../../system/guest/check.h"

struct life {
    const char *name;
    prtos_u32_t reset_counter, reset_status;
};

void check_registers(const char *life);
void check_table(const struct life *life);
void check_map(const char *life);
void check_clock(const char *life);

/* check_word with "<life>.<name>" */
void note(const char *life, const char *name, prtos_u32_t expected, prtos_u32_t got);

prtos_s32_t try_read(const prtos_u32_t *from);
prtos_s32_t try_fpu(prtos_u16_t *control);
void fpu_image(prtos_u32_t image[128]);
void spoil_registers(prtos_u32_t fp);
void try_trapped(void); /* their way back after a trap */

#endif
