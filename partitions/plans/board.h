/* SPDX-License-Identifier: Apache-2.0 */
/* A page that all partitions of this system share. */
#ifndef BOARD_H
#define BOARD_H

#include <prtos.h>

struct board {
    volatile prtos_u32_t shifts; /* slots that the worker had */
    volatile prtos_u32_t broken; /* set by the operator: the worker's next shift fails */
};

#define BOARD ((struct board *)0x6300000)

#endif
