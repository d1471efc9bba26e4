/* SPDX-License-Identifier: Apache-2.0 */
/* Trace streams: one of each partition, one of the hypervisor. */
#ifndef PRTOS_INC_OBJECTS_TRACE_H
#define PRTOS_INC_OBJECTS_TRACE_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/linkage.h>
#include <prtos_inc/objdir.h>

#define PRTOSTRACE_SIGNATURE 0xc33c
#define PRTOSTRACE_PAYLOAD_LENGTH 4

#define TRACE_BM_ALWAYS (~0U)

/* Criticality; UNRECOVERABLE also raises PARTITION_ERROR. */
#define PRTOS_TRACE_NOTIFY 0
#define PRTOS_TRACE_DEBUG 1
#define PRTOS_TRACE_WARNING 2
#define PRTOS_TRACE_UNRECOVERABLE 3

/* op_code_hi */
#define TRACE_OPCODE_SEQ_BIT 4
#define TRACE_OPCODE_SEQ_MASK (0xfffffffU << TRACE_OPCODE_SEQ_BIT)
#define TRACE_OPCODE_CRIT_BIT 1
#define TRACE_OPCODE_CRIT_MASK (0x7U << TRACE_OPCODE_CRIT_BIT)
#define TRACE_OPCODE_SYS_BIT 0
#define TRACE_OPCODE_SYS_MASK (0x1U << TRACE_OPCODE_SYS_BIT)

/* op_code_lo */
#define TRACE_OPCODE_CODE_BIT 16
#define TRACE_OPCODE_CODE_MASK (0xffffU << TRACE_OPCODE_CODE_BIT)
#define TRACE_OPCODE_VCPUID_BIT 8
#define TRACE_OPCODE_VCPUID_MASK (0xffU << TRACE_OPCODE_VCPUID_BIT)
#define TRACE_OPCODE_PARTID_BIT 0
#define TRACE_OPCODE_PARTID_MASK (0xffU << TRACE_OPCODE_PARTID_BIT)

#ifndef __ASSEMBLER__

typedef struct {
    prtos_u16_t signature;
    prtos_u16_t checksum;
    prtos_u32_t op_code_hi;
    prtos_u32_t op_code_lo;
    prtos_time_t timestamp;
    prtos_word_t payload[PRTOSTRACE_PAYLOAD_LENGTH];
} __PACKED prtos_trace_event_t;

typedef struct {
    prtos_s32_t num_of_events;
    prtos_s32_t max_events;
    prtos_s32_t current_event;
} prtos_trace_status_t;

PRTOS_ABI_OFFSET(prtos_trace_event_t, op_code_lo, 8, 8);
PRTOS_ABI_OFFSET(prtos_trace_event_t, timestamp, 12, 12);
PRTOS_ABI_OFFSET(prtos_trace_event_t, payload, 20, 20);
PRTOS_ABI_SIZE(prtos_trace_event_t, 36, 52);
PRTOS_ABI_SIZE(prtos_trace_status_t, 12, 12);

#endif

#endif
