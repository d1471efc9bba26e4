/* SPDX-License-Identifier: Apache-2.0 */
/* The page that nurse and patient share. */
#ifndef CHART_H
#define CHART_H

#include "faults.h"

struct chart {
    volatile prtos_u32_t order;   /* the nurse's: which fault comes next */
    volatile prtos_u32_t done;    /* the patient's: which one it has begun */
    volatile prtos_u32_t handled; /* by the patient itself */
    volatile prtos_u32_t starts;  /* of the patient */
};

#define CHART ((struct chart *)0x6300000)

#endif
