/* SPDX-License-Identifier: Apache-2.0 */
/* Errors and messages of the application itself. A message goes to the partition's trace stream, in
 * events of four words. */
#include <trace.h>

#include "parts.h"

static RETURN_CODE_TYPE error_raise(ERROR_CODE_TYPE code, APEX_BYTE *message,
                                    ERROR_MESSAGE_SIZE_TYPE length)
{
    struct apex_process *self = apex_self();

    if (code != APPLICATION_ERROR || length < 0 || length > MAX_ERROR_MESSAGE_SIZE ||
        (length && !message))
        return INVALID_PARAM;
    if (self) {
        self->failed.process = self;
        self->failed.code = code;
        self->failed.address = (SYSTEM_ADDRESS_TYPE)0;
        self->failed.message = message;
        self->failed.length = length;
    }
    if (!self || !apex_error_post || !apex_error_post(&self->failed))
        apex_monitor_raise(code, self ? apex_object_id(&apex_processes, self) : NULL_PROCESS_ID,
                           (SYSTEM_ADDRESS_TYPE)0);
    return NO_ERROR;
}

/* The error handler runs within the call. */
void RAISE_APPLICATION_ERROR(ERROR_CODE_TYPE ERROR_CODE, MESSAGE_ADDR_TYPE MESSAGE_ADDR,
                             ERROR_MESSAGE_SIZE_TYPE LENGTH, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = error_raise(ERROR_CODE, MESSAGE_ADDR, LENGTH);
}

void REPORT_APPLICATION_MESSAGE(MESSAGE_ADDR_TYPE MESSAGE_ADDR, MESSAGE_SIZE_TYPE LENGTH,
                                RETURN_CODE_TYPE *RETURN_CODE)
{
    prtos_trace_event_t event;
    MESSAGE_SIZE_TYPE done, part;

    *RETURN_CODE = INVALID_PARAM;
    if (!MESSAGE_ADDR || LENGTH < 1 || LENGTH > MAX_ERROR_MESSAGE_SIZE)
        return;
    for (done = 0; done < LENGTH; done += part) {
        __builtin_memset(&event, 0, sizeof(event));
        part = LENGTH - done < (MESSAGE_SIZE_TYPE)sizeof(event.payload)
                   ? LENGTH - done
                   : (MESSAGE_SIZE_TYPE)sizeof(event.payload);
        __builtin_memcpy(event.payload, MESSAGE_ADDR + done, (rtos_size_t)part);
        prtos_trace_event(TRACE_BM_ALWAYS, &event);
    }
    *RETURN_CODE = NO_ERROR;
}
