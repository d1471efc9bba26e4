/* SPDX-License-Identifier: Apache-2.0 */
/* The health monitor's log as a system partition reads it. */
#ifndef PRTOS_INC_OBJECTS_HM_H
#define PRTOS_INC_OBJECTS_HM_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/hm_events.h>
#include <prtos_inc/linkage.h>
#include <prtos_inc/objdir.h>

#define PRTOS_HM_LOG_DISABLED 0
#define PRTOS_HM_LOG_ENABLED 1

/* `reset_status` of a control table. */
#define PRTOS_RESET_STATUS_PARTITION_NORMAL_START 0
#define PRTOS_RESET_STATUS_PARTITION_RESTART 1
#define PRTOS_HM_RESET_STATUS_MODULE_RESTART 2
#define PRTOS_HM_RESET_STATUS_PARTITION_RESTART 3
#define PRTOS_HM_RESET_STATUS_USER_CODE_BIT 16
#define PRTOS_HM_RESET_STATUS_EVENT_MASK 0xffff

#define PRTOS_HMLOG_SIGNATURE 0xfecf
#define PRTOS_HMLOG_PAYLOAD_LENGTH 4

/* op_code_hi */
#define HMLOG_OPCODE_SEQ_BIT 4
#define HMLOG_OPCODE_SEQ_MASK (0xfffffffU << HMLOG_OPCODE_SEQ_BIT)
#define HMLOG_OPCODE_VALID_CPUCTXT_BIT 1
#define HMLOG_OPCODE_VALID_CPUCTXT_MASK (0x1U << HMLOG_OPCODE_VALID_CPUCTXT_BIT)
#define HMLOG_OPCODE_SYS_BIT 0
#define HMLOG_OPCODE_SYS_MASK (0x1U << HMLOG_OPCODE_SYS_BIT)

/* op_code_lo */
#define HMLOG_OPCODE_EVENT_BIT 16
#define HMLOG_OPCODE_EVENT_MASK (0xffffU << HMLOG_OPCODE_EVENT_BIT)
#define HMLOG_OPCODE_VCPUID_BIT 8
#define HMLOG_OPCODE_VCPUID_MASK (0xffU << HMLOG_OPCODE_VCPUID_BIT)
#define HMLOG_OPCODE_PARTID_BIT 0
#define HMLOG_OPCODE_PARTID_MASK (0xffU << HMLOG_OPCODE_PARTID_BIT)

#ifndef __ASSEMBLER__

struct prtos_hm_cpu_ctxt {
    prtos_word_t pc;
    prtos_word_t psr;
} __PACKED;

typedef struct {
    prtos_u16_t signature;
    prtos_u16_t checksum;
    prtos_u32_t op_code_hi;
    prtos_u32_t op_code_lo;
    prtos_time_t timestamp;
    __extension__ union {
        struct prtos_hm_cpu_ctxt cpu_ctxt; /* where op_code_hi says that it is valid */
        prtos_word_t payload[PRTOS_HMLOG_PAYLOAD_LENGTH];
    } __PACKED;
} __PACKED prtos_hm_log_t;

typedef struct {
    prtos_s32_t num_of_events;
    prtos_s32_t max_events;
    prtos_s32_t current_event;
} prtos_hm_status_t;

PRTOS_ABI_OFFSET(prtos_hm_log_t, op_code_lo, 8, 8);
PRTOS_ABI_OFFSET(prtos_hm_log_t, timestamp, 12, 12);
PRTOS_ABI_OFFSET(prtos_hm_log_t, payload, 20, 20);
PRTOS_ABI_SIZE(prtos_hm_log_t, 36, 52);
PRTOS_ABI_SIZE(prtos_hm_status_t, 12, 12);

#endif

#endif
