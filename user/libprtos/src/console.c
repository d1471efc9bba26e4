/* SPDX-License-Identifier: Apache-2.0 */
/* Console and memory objects as functions. */
#include "libprtos.h"

prtos_s32_t prtos_write_console(char *buffer, prtos_s32_t length)
{
    prtos_s32_t result;

    PRTOS_FLUSH_FIRST;
    _PRTOS_HCALL4(PRTOS_SELF_DESC(OBJ_CLASS_CONSOLE, 0), buffer, length, 0, write_object_nr,
                  result);
    return result;
}

prtos_s32_t prtos_memory_copy(prtos_id_t dst_id, prtos_u32_t dst_addr, prtos_id_t src_id,
                              prtos_u32_t src_addr, prtos_u32_t size)
{
    union mem_cmd cmd;

    cmd.cpy_area.dst_id = dst_id;
    cmd.cpy_area.dst_addr = dst_addr;
    cmd.cpy_area.src_id = src_id;
    cmd.cpy_area.src_addr = src_addr;
    cmd.cpy_area.size = (prtos_s_size_t)size;
    return prtos_ctrl_object(PRTOS_SELF_DESC(OBJ_CLASS_MEM, 0), PRTOS_OBJ_MEM_CPY_AREA, &cmd);
}
