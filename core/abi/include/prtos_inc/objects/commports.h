/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling and queuing ports: commands of ctrl_object and their arguments. */
#ifndef PRTOS_INC_OBJECTS_COMMPORTS_H
#define PRTOS_INC_OBJECTS_COMMPORTS_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/objdir.h>

#define PRTOS_SAMPLING_PORT 0
#define PRTOS_QUEUING_PORT 1
#define PRTOS_DESTINATION_PORT 1
#define PRTOS_SOURCE_PORT 2

#define PRTOS_INFINITE_TIME ((prtos_u32_t)-1)

/* Flag that reading a sampling port gives. */
#define PRTOS_COMM_MSG_VALID 1

/* `flags` of a sampling port's status: bit 0 valid, bits 1-2 what the port holds. */
#define PRTOS_COMM_PORT_STATUS_B 1
#define PRTOS_COMM_PORT_STATUS_M 3
#define PRTOS_COMM_PORT_EMPTY 0
#define PRTOS_COMM_PORT_CONSUMED_MSG (1 << PRTOS_COMM_PORT_STATUS_B)
#define PRTOS_COMM_PORT_NEW_MSG (2 << PRTOS_COMM_PORT_STATUS_B)

#ifndef __ASSEMBLER__

struct prtos_create_sampling_port {
    char *port_name;
    prtos_u32_t max_msg_size;
    prtos_u32_t direction;
    prtos_time_t valid_period;
};

struct prtos_create_queuing_port {
    char *port_name;
    prtos_u32_t max_num_of_msgs;
    prtos_u32_t max_msg_size;
    prtos_u32_t direction;
};

typedef struct {
    prtos_time_t timestamp;
    prtos_u32_t last_msg_size;
    prtos_u32_t flags;
} prtos_sampling_port_status_t;

typedef struct {
    char *port_name;
    prtos_time_t valid_period;
    prtos_u32_t max_msg_size;
    prtos_u32_t direction;
} prtos_sampling_port_info_t;

typedef struct {
    prtos_u32_t num_of_msgs;
} prtos_queuing_port_status_t;

typedef struct {
    char *port_name;
    prtos_u32_t max_msg_size;
    prtos_u32_t max_num_of_msgs;
    prtos_u32_t direction;
    prtos_time_t valid_period;
} prtos_queuing_port_info_t;

union sampling_port_cmd {
    struct prtos_create_sampling_port create;
    prtos_sampling_port_status_t status;
    prtos_sampling_port_info_t info;
};

union queuing_port_cmd {
    struct prtos_create_queuing_port create;
    prtos_queuing_port_status_t status;
    prtos_queuing_port_info_t info;
};

PRTOS_ABI_OFFSET(struct prtos_create_sampling_port, max_msg_size, 4, 8);
PRTOS_ABI_OFFSET(struct prtos_create_sampling_port, direction, 8, 12);
PRTOS_ABI_OFFSET(struct prtos_create_sampling_port, valid_period, 12, 16);
PRTOS_ABI_SIZE(struct prtos_create_sampling_port, 20, 24);
PRTOS_ABI_OFFSET(struct prtos_create_queuing_port, max_num_of_msgs, 4, 8);
PRTOS_ABI_OFFSET(struct prtos_create_queuing_port, max_msg_size, 8, 12);
PRTOS_ABI_OFFSET(struct prtos_create_queuing_port, direction, 12, 16);
PRTOS_ABI_SIZE(struct prtos_create_queuing_port, 16, 24);
PRTOS_ABI_OFFSET(prtos_sampling_port_status_t, last_msg_size, 8, 8);
PRTOS_ABI_OFFSET(prtos_sampling_port_status_t, flags, 12, 12);
PRTOS_ABI_SIZE(prtos_sampling_port_status_t, 16, 16);
PRTOS_ABI_OFFSET(prtos_sampling_port_info_t, valid_period, 4, 8);
PRTOS_ABI_OFFSET(prtos_sampling_port_info_t, max_msg_size, 12, 16);
PRTOS_ABI_OFFSET(prtos_sampling_port_info_t, direction, 16, 20);
PRTOS_ABI_SIZE(prtos_sampling_port_info_t, 20, 24);
PRTOS_ABI_SIZE(prtos_queuing_port_status_t, 4, 4);
PRTOS_ABI_OFFSET(prtos_queuing_port_info_t, max_msg_size, 4, 8);
PRTOS_ABI_OFFSET(prtos_queuing_port_info_t, max_num_of_msgs, 8, 12);
PRTOS_ABI_OFFSET(prtos_queuing_port_info_t, direction, 12, 16);
PRTOS_ABI_OFFSET(prtos_queuing_port_info_t, valid_period, 16, 24);
PRTOS_ABI_SIZE(prtos_queuing_port_info_t, 24, 32);
PRTOS_ABI_SIZE(union sampling_port_cmd, 20, 24);
PRTOS_ABI_SIZE(union queuing_port_cmd, 24, 32);

#endif

#endif
