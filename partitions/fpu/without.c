/* SPDX-License-Identifier: Apache-2.0 */
/* A partition without the flag fp between two that calculate. */
#include <prtos.h>
#include <stdio.h>
#include "fpu.h"

#define TRIES 5

void partition_main(void)
{
    prtos_s32_t i, good = 0;

    fpu_prepare();
    for (i = 0; i < TRIES; i++) {
        good += fpu_try();
        prtos_idle_self();
    }
    printf("[P2] " FPU_RESULT "\n", good, TRIES);
}
