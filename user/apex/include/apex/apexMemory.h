/* SPDX-License-Identifier: Apache-2.0 */
/* Memory blocks (Part 2): the partition's named memory areas. */
#ifndef APEX_MEMORY_H
#define APEX_MEMORY_H

#include "apexType.h"

typedef NAME_TYPE MEMORY_BLOCK_NAME_TYPE;
typedef APEX_INTEGER MEMORY_BLOCK_SIZE_TYPE;
typedef enum { READ = 0, READ_WRITE = 1 } MEMORY_BLOCK_MODE_TYPE;

typedef struct {
    SYSTEM_ADDRESS_TYPE MEMORY_BLOCK_ADDR;
    MEMORY_BLOCK_MODE_TYPE MEMORY_BLOCK_MODE;
    MEMORY_BLOCK_SIZE_TYPE MEMORY_BLOCK_SIZE;
} MEMORY_BLOCK_STATUS_TYPE;

extern void GET_MEMORY_BLOCK_STATUS(char *MEMORY_BLOCK_NAME,
                                    MEMORY_BLOCK_STATUS_TYPE *MEMORY_BLOCK_STATUS,
                                    RETURN_CODE_TYPE *RETURN_CODE);

#endif
