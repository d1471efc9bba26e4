/* SPDX-License-Identifier: Apache-2.0 */
/* Cores and indexes. The kernel runs on vCPU 0, the partition's only core. */
#include "parts.h"

void INITIALIZE_PROCESS_CORE_AFFINITY(PROCESS_ID_TYPE PROCESS_ID,
                                      PROCESSOR_CORE_ID_TYPE PROCESSOR_CORE_ID,
                                      RETURN_CODE_TYPE *RETURN_CODE)
{
    if (!process_get(PROCESS_ID))
        *RETURN_CODE = INVALID_PARAM;
    else if (PROCESSOR_CORE_ID != 0 && PROCESSOR_CORE_ID != CORE_AFFINITY_NO_PREFERENCE)
        *RETURN_CODE = INVALID_CONFIG;
    else
        *RETURN_CODE = apex_state.normal ? INVALID_MODE : NO_ERROR;
}

void GET_MY_PROCESSOR_CORE_ID(PROCESSOR_CORE_ID_TYPE *PROCESSOR_CORE_ID,
                              RETURN_CODE_TYPE *RETURN_CODE)
{
    *PROCESSOR_CORE_ID = 0;
    *RETURN_CODE = NO_ERROR;
}

void GET_MY_INDEX(PROCESS_INDEX_TYPE *PROCESS_INDEX, RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_process *self = apex_self();

    if (self)
        *PROCESS_INDEX = apex_object_id(&apex_processes, self) - 1;
    *RETURN_CODE = self ? NO_ERROR : INVALID_MODE;
}
