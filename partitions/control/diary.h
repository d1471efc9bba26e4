/* SPDX-License-Identifier: Apache-2.0 */
/* What the subject writes down where the boss can read it. Shared memory outlives every reset. */
#ifndef DIARY_H
#define DIARY_H

#include <prtos.h>

#define VCPUS 2

struct diary {
    volatile prtos_u32_t slots[VCPUS]; /* that each vCPU had */
    volatile prtos_u32_t memory;       /* a variable of the program, counted by vCPU 0 */
    volatile prtos_u32_t farewells;    /* ends by its own will */
};

#define DIARY ((struct diary *)0x6300000)

#endif
