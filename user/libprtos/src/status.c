/* SPDX-License-Identifier: Apache-2.0 */
/* The status object as functions. */
#include "libprtos.h"

static prtos_s32_t status_of(prtos_id_t partition, prtos_id_t vcpu, prtos_u32_t cmd, void *arg)
{
    if (!arg || vcpu > OBJDESC_VCPUID_MASK)
        return PRTOS_INVALID_PARAM;
    if (partition > OBJDESC_PARTITIONID_MASK)
        return prtos_bad_partition();
    return prtos_ctrl_object(OBJDESC_BUILD_VCPUID(OBJ_CLASS_STATUS, vcpu, partition, 0), cmd, arg);
}

/* The hypervisor's own number would be answered with another structure. */
prtos_s32_t prtos_get_partition_status(prtos_id_t id, prtos_part_status_t *status)
{
    if (id == PRTOS_HYPERVISOR_ID)
        return prtos_bad_partition();
    return status_of(id, 0, PRTOS_GET_SYSTEM_STATUS, status);
}

prtos_s32_t prtos_get_system_status(prtos_sys_status_t *status)
{
    return status_of(PRTOS_HYPERVISOR_ID, 0, PRTOS_GET_SYSTEM_STATUS, status);
}

prtos_s32_t prtos_get_vcpu_status(prtos_id_t vcpu, prtos_virtual_cpu_status_t *status)
{
    return status_of(PRTOS_SELF_ID, vcpu, PRTOS_GET_VCPU_STATUS, status);
}

prtos_s32_t prtos_get_partition_vcpu_status(prtos_id_t id, prtos_id_t vcpu,
                                            prtos_virtual_cpu_status_t *status)
{
    return status_of(id, vcpu, PRTOS_GET_VCPU_STATUS, status);
}

prtos_s32_t prtos_set_partition_opmode(prtos_s32_t op_mode)
{
    union status_fmd cmd;

    cmd.op_mode = (prtos_u32_t)op_mode;
    return status_of(PRTOS_SELF_ID, 0, PRTOS_SET_PARTITION_OPMODE, &cmd);
}

prtos_s32_t prtos_get_plan_status(prtos_plan_status_t *status)
{
    return status_of(PRTOS_SELF_ID, 0, PRTOS_GET_SCHED_PLAN_STATUS, status);
}

prtos_s32_t prtos_get_physpage_status(prtos_address_t p_addr, prtos_phys_page_status_t *status)
{
    if (!status)
        return PRTOS_INVALID_PARAM;
    status->p_addr = p_addr;
    return status_of(PRTOS_SELF_ID, 0, PRTOS_GET_PHYSPAGE_STATUS, status);
}
