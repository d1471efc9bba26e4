/* SPDX-License-Identifier: Apache-2.0 */
/* Which core a process runs on. */
#ifndef APEX_PROCESSOR_CORE_H
#define APEX_PROCESSOR_CORE_H

#include "apexProcess.h"

extern void INITIALIZE_PROCESS_CORE_AFFINITY(PROCESS_ID_TYPE PROCESS_ID,
                                             PROCESSOR_CORE_ID_TYPE PROCESSOR_CORE_ID,
                                             RETURN_CODE_TYPE *RETURN_CODE);
extern void GET_MY_PROCESSOR_CORE_ID(PROCESSOR_CORE_ID_TYPE *PROCESSOR_CORE_ID,
                                     RETURN_CODE_TYPE *RETURN_CODE);

#endif
