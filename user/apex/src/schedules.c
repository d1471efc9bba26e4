/* SPDX-License-Identifier: Apache-2.0 */
/* Module schedules are the hypervisor's plans. Plan 0 is entered again only if the system
 * description
 * allows it: else it is a schedule that may not be set. */
#include <status.h>

#include "parts.h"

#define SCHEDULE_FIRST 0

static RETURN_CODE_TYPE schedule_set(SCHEDULE_ID_TYPE id)
{
    prtos_u32_t before;

    if (id < 0)
        return INVALID_PARAM;
    switch (prtos_switch_sched_plan((prtos_u32_t)id, &before)) {
    case PRTOS_OK:
        return NO_ERROR;
    case PRTOS_NO_ACTION:
        return NO_ACTION;
    case PRTOS_INVALID_PARAM:
        return id == SCHEDULE_FIRST ? INVALID_CONFIG : INVALID_PARAM;
    default:
        return INVALID_CONFIG; /* the partition may not */
    }
}

void SET_MODULE_SCHEDULE(SCHEDULE_ID_TYPE SCHEDULE_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = schedule_set(SCHEDULE_ID);
}

static RETURN_CODE_TYPE status_get(SCHEDULE_STATUS_TYPE *status)
{
    prtos_plan_status_t plan;

    if (!status)
        return INVALID_PARAM;
    if (prtos_get_plan_status(&plan) != PRTOS_OK)
        return INVALID_CONFIG;
    status->TIME_OF_LAST_SCHEDULE_SWITCH = plan.prev < 0 ? 0 : plan.switch_time * NS_IN_US;
    status->CURRENT_SCHEDULE = plan.current;
    status->NEXT_SCHEDULE = plan.next < 0 ? plan.current : plan.next;
    return NO_ERROR;
}

void GET_MODULE_SCHEDULE_STATUS(SCHEDULE_STATUS_TYPE *SCHEDULE_STATUS,
                                RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = status_get(SCHEDULE_STATUS);
}

void GET_MODULE_SCHEDULE_ID(char *SCHEDULE_NAME, SCHEDULE_ID_TYPE *SCHEDULE_ID,
                            RETURN_CODE_TYPE *RETURN_CODE)
{
    char name[MAX_NAME_LENGTH + 1];
    prtos_s32_t id;

    *RETURN_CODE = INVALID_PARAM;
    if (!SCHEDULE_NAME || !SCHEDULE_ID)
        return;
    apex_name_terminate(name, SCHEDULE_NAME);
    id = prtos_get_gid_by_name((prtos_u8_t *)name, PRTOS_PLAN_NAME);
    *RETURN_CODE = id < 0 ? INVALID_CONFIG : NO_ERROR;
    if (id >= 0)
        *SCHEDULE_ID = id;
}
