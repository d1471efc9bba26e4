/* SPDX-License-Identifier: Apache-2.0 */
/* What the architecture adds to the common test of the FPU. */
#ifndef TESTS_FPU_H
#define TESTS_FPU_H

#include "../../system/guest/check.h"

#define ROUNDS 12 /* of the first; the second has half of them */

/* Its own number is still there in later slots. */
void fpu_use(prtos_u32_t id);

/* own.c: handlers, if any; what partition n does besides. */
void own_prepare(void);
void own_part(prtos_u32_t id);
extern volatile prtos_u32_t traps;

#endif
