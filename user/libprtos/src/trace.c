/* SPDX-License-Identifier: Apache-2.0 */
/* Trace streams as functions. A stream is the descriptor of its object. */
#include "libprtos.h"

prtos_s32_t prtos_trace_event(prtos_u32_t bitmask, prtos_trace_event_t *event)
{
    prtos_s32_t result;

    if (!event)
        return PRTOS_INVALID_PARAM;
    result =
        prtos_write_object(PRTOS_SELF_DESC(OBJ_CLASS_TRACE, 0), event, sizeof(*event), &bitmask);
    if (result == 0)
        return PRTOS_INVALID_CONFIG;
    return result > 0 ? PRTOS_OK : result;
}

prtos_s32_t prtos_trace_open(prtos_id_t id)
{
    partition_control_table_t *pct = prtos_get_pct();

    if (id != PCT_GET_PARTITION_ID(pct)) {
        if (!(pct->flags & PRTOS_PART_SYSTEM))
            return PRTOS_PERM_ERROR;
        if (id != PRTOS_HYPERVISOR_ID &&
            id >= (pct->flags & PRTOS_PART_COUNT_MASK) >> PRTOS_PART_COUNT_SHIFT)
            return PRTOS_INVALID_PARAM;
    }
    return (prtos_s32_t)OBJDESC_BUILD(OBJ_CLASS_TRACE, id, 0);
}

static prtos_s32_t is_stream(prtos_s32_t stream)
{
    return stream >= 0 && OBJDESC_GET_CLASS((prtos_u32_t)stream) == OBJ_CLASS_TRACE;
}

prtos_s32_t prtos_trace_read(prtos_s32_t stream, prtos_trace_event_t *event)
{
    prtos_s32_t result;

    if (!is_stream(stream) || !event)
        return PRTOS_INVALID_PARAM;
    result = prtos_read_object((prtos_obj_desc_t)stream, event, sizeof(*event), 0);
    return result > 0 ? 1 : result;
}

prtos_s32_t prtos_trace_seek(prtos_s32_t stream, prtos_s32_t offset, prtos_u32_t whence)
{
    if (!is_stream(stream))
        return PRTOS_INVALID_PARAM;
    return prtos_seek_object((prtos_obj_desc_t)stream, (prtos_u32_t)offset, whence);
}

prtos_s32_t prtos_trace_status(prtos_s32_t stream, prtos_trace_status_t *status)
{
    if (!is_stream(stream) || !status)
        return PRTOS_INVALID_PARAM;
    return prtos_ctrl_object((prtos_obj_desc_t)stream, PRTOS_TRACE_GET_STATUS, status);
}
