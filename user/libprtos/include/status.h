/* SPDX-License-Identifier: Apache-2.0 */
/* State of the system, of partitions, vCPUs, plans and pages. */
#ifndef LIBPRTOS_STATUS_H
#define LIBPRTOS_STATUS_H

#ifdef _PRTOS_KERNEL_
#error <status.h> is for partitions, not for the hypervisor
#endif

#ifndef __ASSEMBLER__

#include <prtos_inc/objects/status.h>

prtos_s32_t prtos_get_partition_status(prtos_id_t id, prtos_part_status_t *status);
prtos_s32_t prtos_get_system_status(prtos_sys_status_t *status);
prtos_s32_t prtos_get_vcpu_status(prtos_id_t vcpu, prtos_virtual_cpu_status_t *status);
prtos_s32_t prtos_get_partition_vcpu_status(prtos_id_t id, prtos_id_t vcpu,
                                            prtos_virtual_cpu_status_t *status);
prtos_s32_t prtos_set_partition_opmode(prtos_s32_t op_mode);
prtos_s32_t prtos_get_plan_status(prtos_plan_status_t *status);
prtos_s32_t prtos_get_physpage_status(prtos_address_t p_addr, prtos_phys_page_status_t *status);

#endif

#endif
