/* SPDX-License-Identifier: Apache-2.0 */
/* See climb.h. */
#include <prtos.h>
#include <stdio.h>
#include <string.h>
#include "climb.h"

void succeed(const char *what, RETURN_CODE_TYPE code)
{
    if (code == NO_ERROR)
        return;
    printf("[P%d] %s: return code %d\n", PRTOS_PARTITION_SELF, what, code);
    SET_PARTITION_MODE(IDLE, &code);
}

PROCESS_ID_TYPE process_start(const char *name, void (*entry)(void), PRIORITY_TYPE priority,
                              SYSTEM_TIME_TYPE period, SYSTEM_TIME_TYPE capacity)
{
    PROCESS_ATTRIBUTE_TYPE attributes;
    PROCESS_ID_TYPE id = 0;
    RETURN_CODE_TYPE code;

    memset(&attributes, 0, sizeof(attributes));
    strncpy(attributes.NAME, name, MAX_NAME_LENGTH);
    attributes.ENTRY_POINT = (SYSTEM_ADDRESS_TYPE)entry;
    attributes.STACK_SIZE = 4096;
    attributes.BASE_PRIORITY = priority;
    attributes.PERIOD = period;
    attributes.TIME_CAPACITY = capacity;
    attributes.DEADLINE = HARD;
    CREATE_PROCESS(&attributes, &id, &code);
    succeed("CREATE_PROCESS", code);
    START(id, &code);
    succeed("START", code);
    return id;
}
