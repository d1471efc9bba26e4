/* SPDX-License-Identifier: Apache-2.0 */
/* What the three write down, in memory that no reset touches. */
#ifndef TESTS_HEALTH_FACTS_H
#define TESTS_HEALTH_FACTS_H

#include "../../system/guest/check.h"

struct facts {
    prtos_u32_t boots; /* of the system; counted by boss */
    prtos_u32_t starts, reset_counter, reset_status, data;
    prtos_u32_t beats;     /* slots of the faulty one */
    prtos_u32_t bystander; /* slots of the other one */
    prtos_u32_t went_on;   /* times it came past its fault */
    prtos_u32_t trapped;   /* vector of the trap that was propagated to it, plus 1 */
    prtos_u32_t trap_ip, trap_error;
    prtos_u32_t shutdowns;
    prtos_u32_t pc;     /* where the processor says that it stopped */
    prtos_u32_t faults; /* times the fault was committed */
};
#define FACTS ((volatile struct facts *)0x6500000)

#define MANY 150 /* faults of the kind `many` */

#endif
