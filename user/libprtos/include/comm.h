/* SPDX-License-Identifier: Apache-2.0 */
/* Ports of the partition: functions over the port objects. */
#ifndef LIBPRTOS_COMM_H
#define LIBPRTOS_COMM_H

#ifdef _PRTOS_KERNEL_
#error <comm.h> is for partitions, not for the hypervisor
#endif

#ifndef __ASSEMBLER__

#include <prtos_inc/objects/commports.h>

/* The port's id, or an error. valid_period in us, as in the system description. */
prtos_s32_t prtos_create_sampling_port(char *name, prtos_u32_t max_size, prtos_u32_t direction,
                                       prtos_time_t valid_period);
/* Bytes read (0: nothing was ever written), or an error. */
prtos_s32_t prtos_read_sampling_message(prtos_s32_t port, void *buffer, prtos_u32_t size,
                                        prtos_u32_t *flags);
prtos_s32_t prtos_write_sampling_message(prtos_s32_t port, void *buffer, prtos_u32_t size);
prtos_s32_t prtos_get_sampling_port_status(prtos_u32_t port, prtos_sampling_port_status_t *status);
prtos_s32_t prtos_get_sampling_port_info(char *name, prtos_sampling_port_info_t *info);

prtos_s32_t prtos_create_queuing_port(char *name, prtos_u32_t max_msgs, prtos_u32_t max_size,
                                      prtos_u32_t direction);
prtos_s32_t prtos_send_queuing_message(prtos_s32_t port, void *buffer, prtos_u32_t size);
/* Bytes received, or an error. */
prtos_s32_t prtos_receive_queuing_message(prtos_s32_t port, void *buffer, prtos_u32_t size);
prtos_s32_t prtos_get_queuing_port_status(prtos_u32_t port, prtos_queuing_port_status_t *status);
prtos_s32_t prtos_get_queuing_port_info(char *name, prtos_queuing_port_info_t *info);

#endif

#endif
