/* SPDX-License-Identifier: Apache-2.0 */
/* Log of the health monitor as functions. The hypervisor checks permission as well; asking here
 * first gives an ordinary partition the same code whatever its pointer is. */
#include "libprtos.h"

#define HM_DESC OBJDESC_BUILD(OBJ_CLASS_HM, PRTOS_HYPERVISOR_ID, 0)

static prtos_s32_t check(const void *pointer)
{
    if (!(prtos_get_pct()->flags & PRTOS_PART_SYSTEM))
        return PRTOS_PERM_ERROR;
    return pointer ? PRTOS_OK : PRTOS_INVALID_PARAM;
}

prtos_s32_t prtos_hm_read(prtos_hm_log_t *log)
{
    prtos_s32_t result = check(log);

    if (result == PRTOS_OK)
        result = prtos_read_object(HM_DESC, log, sizeof(*log), 0);
    return result > 0 ? 1 : result;
}

prtos_s32_t prtos_hm_seek(prtos_s32_t offset, prtos_u32_t whence)
{
    prtos_s32_t result = check(&offset);

    if (result == PRTOS_OK)
        result = prtos_seek_object(HM_DESC, (prtos_u32_t)offset, whence);
    return result;
}

prtos_s32_t prtos_hm_status(prtos_hm_status_t *status)
{
    prtos_s32_t result = check(status);

    if (result == PRTOS_OK)
        result = prtos_ctrl_object(HM_DESC, PRTOS_HM_GET_STATUS, status);
    return result;
}
