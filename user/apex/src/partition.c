/* SPDX-License-Identifier: Apache-2.0 */
/* The partition's mode. Before NORMAL only partition_main() runs. A start of any kind but NORMAL
 * is a
 * reset of the partition by the hypervisor. */
#include "parts.h"

static OPERATING_MODE_TYPE mode_get(void)
{
    if (apex_state.normal)
        return NORMAL;
    return prtos_get_pct()->reset_counter ? WARM_START : COLD_START;
}

/* The health monitor's resets say so above the event that caused them. */
static START_CONDITION_TYPE start_condition(void)
{
    prtos_u32_t status = prtos_get_pct()->reset_status;
    prtos_u32_t cause = status >> PRTOS_HM_RESET_STATUS_USER_CODE_BIT;

    if (!cause)
        cause = status;
    return cause <= HM_PARTITION_RESTART ? (START_CONDITION_TYPE)cause : PARTITION_RESTART;
}

static RETURN_CODE_TYPE status_get(PARTITION_STATUS_TYPE *status)
{
    if (!status)
        return INVALID_PARAM;
    status->PERIOD = &apex_partition ? apex_partition.period : 0;
    status->DURATION = &apex_partition ? apex_partition.duration : 0;
    status->IDENTIFIER = (PARTITION_ID_TYPE)PRTOS_PARTITION_SELF;
    status->LOCK_LEVEL = apex_state.normal ? apex_state.lock_level : 1;
    status->OPERATING_MODE = mode_get();
    status->START_CONDITION = start_condition();
    status->NUM_ASSIGNED_CORES = 1;
    return NO_ERROR;
}

void GET_PARTITION_STATUS(PARTITION_STATUS_TYPE *PARTITION_STATUS, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = status_get(PARTITION_STATUS);
}

static struct apex_process *process_at(prtos_u32_t index)
{
    return process_get((PROCESS_ID_TYPE)index + 1);
}

/* In the interrupt of each start of a slot: the first one that begins a period of the partition is
 * the origin of all release points, and the first of those. */
static void slot_began(void)
{
    struct apex_process *process;
    prtos_u32_t i;

    if (apex_state.period_start || port_slot_index() != apex_partition.first_slot)
        return;
    apex_state.period_start = port_slot_began();
    for (i = 0; (process = process_at(i)) != (struct apex_process *)0; i++)
        if (process->pending == PENDING_PERIOD)
            apex_release_pending(process, apex_state.period_start);
}

static void processes_begin(void)
{
    static const struct rtos_hooks hooks = {.slot = slot_began};
    SYSTEM_TIME_TYPE now = rtos_now();
    struct apex_process *process;
    prtos_u32_t i;

    apex_state.normal = 1;
    for (i = 0; (process = process_at(i)) != (struct apex_process *)0; i++)
        if (process->pending == PENDING_DELAY)
            apex_release_pending(process, now);
        else if (!(process->thread.state & STATE_DORMANT))
            apex_deadline_set(process, apex_time_add(now, process->attributes.TIME_CAPACITY));
    if (&apex_partition)
        rtos_hooks_set(&hooks);
    /* The start of the slot in which this happens is over. */
    prtos_clear_irqpend(0, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START);
    rtos_start();
}

static RETURN_CODE_TYPE mode_set(OPERATING_MODE_TYPE mode)
{
    switch (mode) {
    case IDLE:
        prtos_halt_partition((prtos_u32_t)PRTOS_PARTITION_SELF);
        return NO_ERROR;
    case WARM_START:
        if (mode_get() == COLD_START)
            return INVALID_MODE;
        prtos_reset_partition((prtos_u32_t)PRTOS_PARTITION_SELF, PRTOS_WARM_RESET,
                              PRTOS_RESET_STATUS_PARTITION_RESTART);
        return NO_ERROR;
    case COLD_START:
        prtos_reset_partition((prtos_u32_t)PRTOS_PARTITION_SELF, PRTOS_COLD_RESET,
                              PRTOS_RESET_STATUS_PARTITION_RESTART);
        return NO_ERROR;
    case NORMAL:
        if (apex_state.normal)
            return NO_ACTION;
        processes_begin();
        return NO_ERROR;
    }
    return INVALID_PARAM;
}

void SET_PARTITION_MODE(OPERATING_MODE_TYPE OPERATING_MODE, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = mode_set(OPERATING_MODE);
}
