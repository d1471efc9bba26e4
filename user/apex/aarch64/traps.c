/* SPDX-License-Identifier: Apache-2.0 */
/* What a trap of an AArch64 processor is to APEX. */
#include "parts.h"

ERROR_CODE_TYPE apex_trap_code(prtos_u32_t trap)
{
    switch (trap) {
    case AARCH64_PREFETCH_ABORT:
    case AARCH64_DATA_ABORT:
    case AARCH64_INSTR_PAGE_FAULT:
    case AARCH64_LOAD_PAGE_FAULT:
        return MEMORY_VIOLATION;
    case AARCH64_SERROR:
        return HARDWARE_FAULT;
    default:
        return ILLEGAL_REQUEST;
    }
}
