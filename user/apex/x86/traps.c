/* SPDX-License-Identifier: Apache-2.0 */
/* What a trap of a 32-bit x86 processor is to APEX. */
#include "parts.h"

ERROR_CODE_TYPE apex_trap_code(prtos_u32_t trap)
{
    switch (trap) {
    case DIVIDE_ERROR:
    case OVERFLOW_EXCEPTION:
    case FLOATING_POINT_ERROR:
    case SIMD_EXCEPTION:
        return NUMERIC_ERROR;
    case PAGE_FAULT:
    case STACK_SEGMENT_FAULT:
    case ALIGNMENT_CHECK:
        return MEMORY_VIOLATION;
    case MACHINE_CHECK:
    case NMI_INTERRUPT:
        return HARDWARE_FAULT;
    default:
        return ILLEGAL_REQUEST;
    }
}
