/* SPDX-License-Identifier: Apache-2.0 */
/* What the subject does between its two marks, and where the boss finds out about addresses. */
#ifndef TESTS_AUDIT_H
#define TESTS_AUDIT_H

#include "../../system/guest/check.h"

#define SHARED ((volatile struct shared *)0x6800000)
#define MARK 0x77u /* an interrupt number that route_irq refuses */
#define COPY_SIZE 5000

struct shared {
    prtos_u32_t fault;      /* address of the exception */
    prtos_u32_t start, end; /* of the batch */
    prtos_u32_t copy;       /* address of the command */
    prtos_u32_t lives;
};

#endif
