/* SPDX-License-Identifier: Apache-2.0 */
/* Trace streams: the own one for writing, any permitted one for reading. */
#ifndef LIBPRTOS_TRACE_H
#define LIBPRTOS_TRACE_H

#ifdef _PRTOS_KERNEL_
#error <trace.h> is for partitions, not for the hypervisor
#endif

#ifndef __ASSEMBLER__

#include <prtos_inc/objects/trace.h>

#define PRTOS_TRACE_SEEK_CUR PRTOS_OBJ_SEEK_CUR
#define PRTOS_TRACE_SEEK_SET PRTOS_OBJ_SEEK_SET
#define PRTOS_TRACE_SEEK_END PRTOS_OBJ_SEEK_END

/* PRTOS_OK if stored, PRTOS_INVALID_CONFIG if the system description filters it. */
prtos_s32_t prtos_trace_event(prtos_u32_t bitmask, prtos_trace_event_t *event);
/* Stream of a partition, or of the hypervisor (PRTOS_HYPERVISOR_ID): a descriptor or an error. */
prtos_s32_t prtos_trace_open(prtos_id_t id);
/* Events read (1 or 0), or an error. */
prtos_s32_t prtos_trace_read(prtos_s32_t stream, prtos_trace_event_t *event);
prtos_s32_t prtos_trace_seek(prtos_s32_t stream, prtos_s32_t offset, prtos_u32_t whence);
prtos_s32_t prtos_trace_status(prtos_s32_t stream, prtos_trace_status_t *status);

#endif

#endif
