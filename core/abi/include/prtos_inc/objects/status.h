/* SPDX-License-Identifier: Apache-2.0 */
/* The status object: what the hypervisor tells about itself, a partition, a vCPU, a page. */
#ifndef PRTOS_INC_OBJECTS_STATUS_H
#define PRTOS_INC_OBJECTS_STATUS_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/objdir.h>

#define PRTOS_STATUS_IDLE 0
#define PRTOS_STATUS_READY 1
#define PRTOS_STATUS_SUSPENDED 2
#define PRTOS_STATUS_HALTED 3

#define PRTOS_OPMODE_IDLE 0
#define PRTOS_OPMODE_COLD_RESET 1
#define PRTOS_OPMODE_WARM_RESET 2
#define PRTOS_OPMODE_NORMAL 3

#ifndef __ASSEMBLER__

typedef struct {
    prtos_u32_t reset_counter;
    prtos_u64_t num_of_hm_events;
    prtos_u64_t num_of_irqs;
    prtos_u64_t current_maf;
    prtos_u64_t num_of_sampling_port_msgs_read;
    prtos_u64_t num_of_sampling_port_msgs_written;
    prtos_u64_t num_of_queuing_port_msgs_sent;
    prtos_u64_t num_of_queuing_port_msgs_received;
} prtos_sys_status_t;

typedef struct {
    prtos_u32_t state;
    prtos_u32_t op_mode;
    prtos_u64_t num_of_virqs;
    prtos_u32_t reset_counter;
    prtos_u32_t reset_status;
    prtos_time_t exec_clock;
    prtos_u64_t num_of_sampling_port_msgs_read;
    prtos_u64_t num_of_sampling_port_msgs_written;
    prtos_u64_t num_of_queuing_port_msgs_sent;
    prtos_u64_t num_of_queuing_port_msgs_received;
} prtos_part_status_t;

typedef struct {
    prtos_u32_t state;
    prtos_u32_t op_mode;
} prtos_virtual_cpu_status_t;

typedef struct {
    prtos_time_t switch_time;
    prtos_s32_t next; /* -1: none */
    prtos_s32_t current;
    prtos_s32_t prev;
} prtos_plan_status_t;

typedef struct {
    prtos_address_t p_addr; /* which page, filled by the caller */
    prtos_u32_t unused : 2;
    prtos_u32_t type : 3;
    prtos_u32_t counter : 27;
} prtos_phys_page_status_t;

union status_fmd {
    prtos_sys_status_t system;
    prtos_part_status_t partition;
    prtos_virtual_cpu_status_t vcpu;
    prtos_plan_status_t plan;
    prtos_phys_page_status_t phys_page;
    prtos_u32_t op_mode;
};

PRTOS_ABI_OFFSET(prtos_sys_status_t, num_of_hm_events, 4, 8);
PRTOS_ABI_OFFSET(prtos_sys_status_t, num_of_queuing_port_msgs_received, 52, 56);
PRTOS_ABI_SIZE(prtos_sys_status_t, 60, 64);
PRTOS_ABI_OFFSET(prtos_part_status_t, num_of_virqs, 8, 8);
PRTOS_ABI_OFFSET(prtos_part_status_t, reset_counter, 16, 16);
PRTOS_ABI_OFFSET(prtos_part_status_t, reset_status, 20, 20);
PRTOS_ABI_OFFSET(prtos_part_status_t, exec_clock, 24, 24);
PRTOS_ABI_OFFSET(prtos_part_status_t, num_of_sampling_port_msgs_read, 32, 32);
PRTOS_ABI_SIZE(prtos_part_status_t, 64, 64);
PRTOS_ABI_SIZE(prtos_virtual_cpu_status_t, 8, 8);
PRTOS_ABI_SIZE(prtos_plan_status_t, 20, 24);
PRTOS_ABI_SIZE(prtos_phys_page_status_t, 8, 16);
PRTOS_ABI_SIZE(union status_fmd, 64, 64);

#endif

#endif
