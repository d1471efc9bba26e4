/* SPDX-License-Identifier: Apache-2.0 */
/* The memory object: copies between areas, by physical addresses. */
#ifndef PRTOS_INC_OBJECTS_MEM_H
#define PRTOS_INC_OBJECTS_MEM_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/objdir.h>

#ifndef __ASSEMBLER__

union mem_cmd {
    struct cpy_area {
        prtos_id_t dst_id;
        prtos_address_t dst_addr;
        prtos_id_t src_id;
        prtos_address_t src_addr;
        prtos_s_size_t size;
    } cpy_area;
};

PRTOS_ABI_SIZE(union mem_cmd, 20, 40);

#endif

#endif
